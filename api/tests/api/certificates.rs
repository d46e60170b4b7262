//! Certificates: nodes show each other theirs, make others in time, and the authority is replaced while all works.

use std::fs;

use evenkeel_api::auth::Caller;
use evenkeel_api::pki::{self, Pair};
use reqwest::{Certificate, Client, Identity, Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Farm, wait_until};
use crate::login::tokens;
use crate::secret::{all_hear, all_settled, kept};

/// A file in a node's data folder.
fn in_data(farm: &Farm, node: usize, name: &str) -> String {
    fs::read_to_string(farm.path(&format!("data{node}/{name}"))).unwrap()
}

/// Who shows this certificate, and believes the cluster's authority.
fn who_shows(farm: &Farm, pair: Option<&Pair>) -> Client {
    let ca = Certificate::from_pem(in_data(farm, 0, "ca.pem").as_bytes()).unwrap();
    let mut client = Client::builder().no_proxy().tls_certs_only([ca]);
    if let Some(Pair { certificate, key }) = pair {
        let pem = format!("{certificate}{key}");
        client = client.identity(Identity::from_pem(pem.as_bytes()).unwrap());
    }
    client.build().unwrap()
}

/// What a node shows.
fn pair(farm: &Farm, node: usize) -> Pair {
    let [certificate, key] = ["node.pem", "node.key"].map(|name| in_data(farm, node, name));
    Pair { certificate, key }
}

/// The token with which a node asks the others.
fn token_of_node(farm: &Farm, node: &str) -> String {
    Caller::node(&tokens(farm), node).unwrap().bearer
}

async fn certificates(farm: &Farm, token: &str) -> Value {
    let path = "/v1/cluster/certificates";
    let answer = farm.ask(0, Method::GET, path, Some(token), None).await;
    assert_eq!(answer.body["complete"], true, "{answer:?}");
    answer.body["nodes"].clone()
}

async fn fingerprint(farm: &Farm, node: &str, token: &str) -> Value {
    let path = format!("/v1/nodes/{node}/certificate");
    let answer = farm.ask(0, Method::GET, &path, Some(token), None).await;
    answer.body["fingerprint"].clone()
}

#[tokio::test]
async fn who_speaks_for_a_node_has_its_certificate() {
    let farm = Farm::start(2).await;
    let url = format!("{}/v1/nodes/self/records", farm.url(0));
    let ask = async |pair: Option<Pair>, node: &str| {
        let token = token_of_node(&farm, node);
        let request = who_shows(&farm, pair.as_ref()).get(&url).bearer_auth(token);
        let answer = request.send().await.unwrap();
        (answer.status(), answer.text().await.unwrap())
    };
    for (shown, node) in [(None, "node2"), (Some(pair(&farm, 0)), "node2")] {
        let (status, said) = ask(shown, node).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{said}");
        assert!(said.contains("without the certificate of node2"), "{said}");
    }
    let (status, said) = ask(Some(pair(&farm, 1)), "node2").await;
    assert_eq!(status, StatusCode::OK, "{said}");
    assert!(said.contains("phc"), "only nodes get it: {said}");
    // A certificate of somebody else's authority is none, whoever comes with it.
    let authority = pki::make_authority().unwrap();
    let cluster = evenkeel_api::data_dir::read_cluster(&in_data(&farm, 0, "cluster.xml")).unwrap();
    let forged = pki::make_node(&authority.key, "node2", &cluster).unwrap();
    let health = format!("{}/healthz", farm.url(0));
    let refused = who_shows(&farm, Some(&forged)).get(&health).send().await;
    assert!(refused.is_err(), "{refused:?}");
}

#[tokio::test]
async fn the_authority_every_certificate_and_every_key_are_replaced_while_all_works() {
    let mut farm = Farm::start(3).await;
    let token = farm.token().await;
    all_hear(&farm, 3, &token).await;
    let (before, former, shown) = (kept(&farm, 0), who_shows(&farm, None), pair(&farm, 1));
    let old = certificates(&farm, &token).await;
    let path = "/v1/cluster/secret/rotate?authority=true";
    let rotated = farm.ask(1, Method::POST, path, Some(&token), None).await;
    assert_eq!(rotated.status, StatusCode::OK, "{rotated:?}");
    // Until then some show what the one authority signed, and some what the other did.
    wait_until("every node has dropped the former authority", async || {
        let settled = |node| {
            let kept = kept(&farm, node);
            kept["generation"] == 1 && kept["former"].is_null()
        };
        (0..3).all(settled)
    })
    .await;
    // What is kept is put in force right after.
    wait_until("every node believes the new authority alone", async || {
        let nodes = certificates(&farm, &token).await;
        let mut nodes = nodes.as_array().unwrap().iter();
        nodes.all(|node| {
            node["certificate"]["authorities"]
                .as_array()
                .is_some_and(|all| all.len() == 1)
        })
    })
    .await;

    let after = kept(&farm, 0);
    for secret in ["cluster", "token", "authority"] {
        assert_ne!(before[secret], after[secret], "{secret}");
        assert_eq!(after[secret], kept(&farm, 2)[secret], "{secret}");
    }
    let new = certificates(&farm, &token).await;
    let told = farm.ask(2, Method::GET, "/v1/authority", None, None).await;
    for (old, new) in old.as_array().unwrap().iter().zip(new.as_array().unwrap()) {
        let [old, new] = [old, new].map(|node| &node["certificate"]);
        assert_ne!(old["fingerprint"], new["fingerprint"]);
        assert_eq!(new["authorities"], json!([told.body["fingerprint"]]));
    }
    // Who was not told of the new authority believes nobody, and who shows what the former one signed is nobody.
    let health = format!("{}/healthz", farm.url(2));
    assert!(former.get(&health).send().await.is_err());
    assert!(
        who_shows(&farm, Some(&shown))
            .get(&health)
            .send()
            .await
            .is_err()
    );
    who_shows(&farm, Some(&pair(&farm, 1)))
        .get(&health)
        .send()
        .await
        .unwrap();

    farm.kill_node(2);
    farm.start_node(2).await;
    all_hear(&farm, 3, &token).await;
    let old = new;
    assert_eq!(
        certificates(&farm, &token).await,
        old,
        "kept over a restart"
    );
    // The next rotation leaves the authority alone.
    let path = "/v1/cluster/secret/rotate";
    farm.ask(0, Method::POST, path, Some(&token), None).await;
    all_settled(&farm, 3, &token, 2).await;
    assert_eq!(certificates(&farm, &token).await, old);
    let log = fs::read_to_string(farm.path("node0.log")).unwrap();
    assert!(!log.contains("PRIVATE KEY"), "no key in the log");
}

#[tokio::test]
async fn a_certificate_is_made_anew_when_asked_for_and_where_it_is_no_good() {
    let mut farm = Farm::start(2).await;
    let token = farm.token().await;
    let first = fingerprint(&farm, "node2", &token).await;
    let renew = "/v1/nodes/node2/certificate/renew";
    let renewed = farm.ask(0, Method::POST, renew, Some(&token), None).await;
    assert_eq!(renewed.status, StatusCode::OK, "{renewed:?}");
    let second = fingerprint(&farm, "node2", &token).await;
    assert_eq!(renewed.body["fingerprint"], second);
    assert_ne!(first, second);
    let kept = pki::fingerprint(&in_data(&farm, 1, "node.pem")).unwrap();
    assert_eq!(second, kept);
    // One of another node, one whose key is another's, and none.
    let (other, own) = (pair(&farm, 0), pair(&farm, 1));
    let bad = [
        (other.certificate.clone(), other.key.clone()),
        (own.certificate.clone(), other.key),
        (String::new(), String::new()),
    ];
    for (certificate, key) in bad {
        farm.kill_node(1);
        fs::write(farm.path("data1/node.pem"), certificate).unwrap();
        fs::write(farm.path("data1/node.key"), key).unwrap();
        farm.start_node(1).await;
        let now = fingerprint(&farm, "node2", &token).await;
        assert_ne!(now, second);
        let names = pki::fingerprint(&in_data(&farm, 1, "node.pem")).unwrap();
        assert_eq!(now, names);
    }
}

#[tokio::test]
async fn what_is_no_authority_is_refused() {
    let farm = Farm::start(1).await;
    let token = farm.token().await;
    let [one, other] = [
        pki::make_authority().unwrap(),
        pki::make_authority().unwrap(),
    ];
    let hidden = "5a".repeat(32);
    let cases = [
        ("none", one.key.as_str()),
        (&other.certificate, &one.key),
        (&one.certificate, ""),
    ];
    for (certificate, key) in cases {
        let next = json!({
            "generation": 1, "begun_at": "node1", "secret": hidden, "token": hidden,
            "authority": {"certificate": certificate, "key": key}
        });
        let path = "/v1/nodes/self/secret/next";
        let refused = farm
            .ask(0, Method::PUT, path, Some(&token), Some(next))
            .await;
        assert_eq!(refused.problem(), "malformed-request", "{refused:?}");
        assert!(refused.says("authority: "), "{refused:?}");
    }
    assert_eq!(kept(&farm, 0)["next"], Value::Null);
}
