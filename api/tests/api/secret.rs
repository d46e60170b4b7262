//! The rotation of the cluster's secret: all nodes or none, without a gap, also when interrupted.

use std::fs;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Answer, Farm, wait_until};

const ROTATE: &str = "/v1/cluster/secret/rotate";

async fn rotate(farm: &Farm, node: usize, token: &str) -> Answer {
    farm.ask(node, Method::POST, ROTATE, Some(token), None)
        .await
}

async fn state(farm: &Farm, node: usize, token: &str) -> Value {
    let path = "/v1/nodes/self/secret";
    farm.ask(node, Method::GET, path, Some(token), None)
        .await
        .body
}

/// Waits until every node sends under this generation and accepts no other.
pub(crate) async fn all_settled(farm: &Farm, nodes: usize, token: &str, generation: u64) {
    let settled = json!({"generation": generation, "step": "settled"});
    wait_until("every node has dropped the former secret", async || {
        for node in 0..nodes {
            if state(farm, node, token).await != settled {
                return false;
            }
        }
        true
    })
    .await;
}

/// Waits until every node hears every other one.
pub(crate) async fn all_hear(farm: &Farm, nodes: usize, token: &str) {
    wait_until("the nodes hear each other", async || {
        for node in 0..nodes {
            let path = "/v1/cluster";
            let cluster = farm.ask(node, Method::GET, path, Some(token), None).await;
            let all = cluster.body["nodes"].as_array().unwrap().clone();
            if !all.iter().all(|node| node["alive"] == true) {
                return false;
            }
        }
        true
    })
    .await;
}

pub(crate) fn kept(farm: &Farm, node: usize) -> Value {
    let file = farm.path(&format!("data{node}/secrets.json"));
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn keep(farm: &Farm, node: usize, secrets: &Value) {
    let file = farm.path(&format!("data{node}/secrets.json"));
    fs::write(file, secrets.to_string()).unwrap();
}

/// The next secret as a node keeps it that accepts it.
fn next(begun_at: &str) -> Value {
    let secret = "5a".repeat(32);
    let token = "6b".repeat(32);
    json!({
        "generation": 1, "secret": secret, "token": token, "begun_at": begun_at, "begun_by": "admin"
    })
}

#[tokio::test]
async fn a_secret_is_replaced_on_all_nodes_and_again() {
    let farm = Farm::start(3).await;
    let token = farm.token().await;
    all_hear(&farm, 3, &token).await;
    let first = kept(&farm, 0);
    for generation in 1..3 {
        let node = usize::try_from(generation).unwrap();
        let answer = rotate(&farm, node, &token).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        assert_eq!(answer.body["generation"], generation);
        all_settled(&farm, 3, &token, generation).await;
        let [one, other, third] = [0, 1, 2].map(|node| kept(&farm, node));
        for secret in ["cluster", "token", "authority", "identity"] {
            let is_same = one[secret] == other[secret] && one[secret] == third[secret];
            assert!(is_same, "all keep the same {secret}");
        }
        assert_ne!(one["cluster"], first["cluster"]);
        assert_eq!(
            one["identity"], first["identity"],
            "flows stay where they are"
        );
    }
    for node in 0..3 {
        let path = "/v1/nodes/self";
        let status = farm
            .ask(node, Method::GET, path, Some(&token), None)
            .await
            .body;
        let peers = status["peers"].as_array().unwrap();
        assert!(peers.iter().all(|peer| peer["alive"] == true), "{status}");
    }
    // What is kept is what is sent under after a restart, too.
    let mut farm = farm;
    farm.kill_node(2);
    farm.start_node(2).await;
    all_hear(&farm, 3, &token).await;
    let trail = farm.ask(1, Method::GET, "/v1/nodes/self/audit", Some(&token), None);
    let trail = trail.await.body.to_string();
    assert!(trail.contains("rotate_secret") && trail.contains("accept_secret_on_node"));
    let cluster = kept(&farm, 0)["cluster"].as_str().unwrap().to_owned();
    assert!(!trail.contains(&cluster), "no secret in the audit trail");
    let log = fs::read_to_string(farm.path("node0.log")).unwrap();
    assert!(!log.contains(&cluster), "no secret in the log");
}

#[tokio::test]
async fn a_node_that_is_away_is_named_and_nothing_changes() {
    let mut farm = Farm::start(3).await;
    let token = farm.token().await;
    all_hear(&farm, 3, &token).await;
    farm.kill_node(2);
    let refused = rotate(&farm, 0, &token).await;
    assert_eq!(refused.problem(), "node-unreachable", "{refused:?}");
    assert!(
        refused.says("node3") && refused.says("nothing changed"),
        "{refused:?}"
    );
    assert_eq!(refused.body["nodes"][0]["node"], "node3");
    assert_eq!(refused.body["nodes"].as_array().unwrap().len(), 1);
    for node in 0..3 {
        assert_eq!(kept(&farm, node)["next"], Value::Null, "node {node}");
    }
    farm.start_node(2).await;
    assert_eq!(rotate(&farm, 0, &token).await.status, StatusCode::OK);
    all_settled(&farm, 3, &token, 1).await;
}

#[tokio::test]
async fn a_rotation_that_was_interrupted_before_all_accepted_is_finished_at_start() {
    let mut farm = Farm::init(2);
    let mut secrets = kept(&farm, 0);
    secrets["next"] = next("node1");
    keep(&farm, 0, &secrets);
    farm.start_node(0).await;
    let token = farm.token().await;
    // While the other node is away nothing is sent under the new secret.
    let refused = rotate(&farm, 0, &token).await;
    assert!(matches!(
        refused.problem(),
        "node-unreachable" | "wrong-state"
    ));
    let waiting = json!({"generation": 0, "step": "accepting", "begun_at": "node1"});
    assert_eq!(state(&farm, 0, &token).await, waiting);
    farm.start_node(1).await;
    all_settled(&farm, 2, &token, 1).await;
    all_hear(&farm, 2, &token).await;
    assert_eq!(kept(&farm, 1)["cluster"], "5a".repeat(32));
}

#[tokio::test]
async fn a_node_that_missed_the_second_phase_follows_what_it_hears() {
    let mut farm = Farm::init(2);
    let mut secrets = kept(&farm, 1);
    secrets["next"] = next("node1");
    keep(&farm, 1, &secrets);
    let mut ahead = kept(&farm, 0);
    ahead["former"] = ahead["cluster"].clone();
    ahead["cluster"] = next("node1")["secret"].clone();
    ahead["token"] = next("node1")["token"].clone();
    ahead["generation"] = json!(1);
    keep(&farm, 0, &ahead);
    farm.start_node(0).await;
    let token = farm.token().await;
    let retiring = json!({"generation": 1, "step": "retiring"});
    assert_eq!(
        state(&farm, 0, &token).await,
        retiring,
        "not before the other was heard"
    );
    let refused = rotate(&farm, 0, &token).await;
    assert!(refused.says("still accepted"), "{refused:?}");
    farm.start_node(1).await;
    all_settled(&farm, 2, &token, 1).await;
    all_hear(&farm, 2, &token).await;
}

#[tokio::test]
async fn a_node_s_part_is_refused_where_it_does_not_fit() {
    let farm = Farm::start(2).await;
    let token = farm.token().await;
    let ask = async |method, path: &str, body| {
        let path = format!("/v1/nodes/node2/secret{path}");
        farm.ask(0, method, &path, Some(&token), body).await
    };
    let offer = |generation: u64, begun_at: &str, secret: &str| {
        let token = "6b".repeat(32);
        let body = json!({
            "generation": generation, "begun_at": begun_at, "secret": secret, "token": token
        });
        ask(Method::PUT, "/next", Some(body))
    };
    let secret = "5a".repeat(32);
    let cases = [
        (
            offer(1, "node1", "5a").await,
            "malformed-request",
            "64 hexadecimal",
        ),
        (offer(1, "node9", &secret).await, "unknown-node", "node9"),
        (
            offer(2, "node1", &secret).await,
            "wrong-state",
            "generation 0",
        ),
    ];
    for (answer, problem, words) in cases {
        assert_eq!(answer.problem(), problem, "{answer:?}");
        assert!(answer.says(words), "{answer:?}");
    }
    let accepted = offer(1, "node1", &secret).await;
    assert_eq!(accepted.body["step"], "accepting", "{accepted:?}");
    assert_eq!(
        offer(1, "node1", &secret).await.body,
        accepted.body,
        "idempotent"
    );
    let other = offer(1, "node1", &"6b".repeat(32)).await;
    assert!(other.says("begun at node1"), "{other:?}");
    // The other node is not ready for one of its own, and says so.
    let refused = rotate(&farm, 0, &token).await;
    assert_eq!(refused.problem(), "wrong-state");
    assert!(refused.says("node2"), "{refused:?}");
    let refused = rotate(&farm, 1, &token).await;
    assert!(refused.says("goes on there"), "{refused:?}");
    let in_use = ask(Method::DELETE, "/next?generation=0", None).await;
    assert_eq!(in_use.problem(), "wrong-state");
    for _ in 0..2 {
        let gone = ask(Method::DELETE, "/next?generation=1", None).await;
        assert_eq!(
            gone.body,
            json!({"generation": 0, "step": "settled"}),
            "{gone:?}"
        );
    }
}
