//! A machine becomes a node with a token that is good once, of the cluster that it means and no other.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use evenkeel_api::store::{self, join_tokens};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Farm, evenkeel, wait_until};

const TOKENS: &str = "/v1/cluster/join-tokens";

async fn make(farm: &Farm, admin: &str, node: &str) -> Value {
    let new = json!({"node": node});
    let made = farm.ask(0, Method::POST, TOKENS, Some(admin), Some(new));
    let made = made.await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    made.body
}

/// `evenkeel join` into this folder, with the token on its standard input.
async fn join(farm: &Farm, data: &str, token: &str, fingerprint: &str) -> Output {
    let mut command: Command = evenkeel();
    command.args(["join", "--data", data, "--from", &farm.url(0)]);
    command.args(["--fingerprint", fingerprint]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let token = format!("{token}\n");
    let run = move || {
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut input = process.stdin.take().unwrap();
        // Who refuses at once does not read it.
        drop(input.write_all(token.as_bytes()));
        drop(input);
        process.wait_with_output().unwrap()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

/// What it said, having done nothing.
fn refused(output: &Output, data: &str) -> String {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(!fs::exists(data).unwrap(), "nothing is left behind");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn a_machine_joins_with_a_token_and_a_fingerprint() {
    let mut farm = Farm::start(2).await;
    let admin = farm.token().await;
    let data = farm.data(1);
    farm.lose(1);
    let made = make(&farm, &admin, "node2").await;
    let word = |name: &str| made[name].as_str().unwrap();
    assert_eq!((word("node"), word("at")), ("node2", "node1"));
    let joined = join(&farm, &data, word("token"), word("fingerprint")).await;
    let said = String::from_utf8_lossy(&joined.stdout).into_owned();
    assert!(joined.status.success(), "{joined:?}");
    assert!(said.contains("node node2 is initialised"), "{said}");
    farm.start_node(1).await;
    wait_until("the nodes hear each other", async || {
        let cluster = farm.ask(1, Method::GET, "/v1/cluster", Some(&admin), None);
        let cluster = cluster.await.body;
        let nodes = cluster["nodes"].as_array().unwrap();
        nodes.iter().all(|node| node["alive"] == true)
    })
    .await;
    // Used up.
    let elsewhere = farm.data(7);
    let again = join(&farm, &elsewhere, word("token"), word("fingerprint")).await;
    let said = refused(&again, &elsewhere);
    assert!(said.contains("none of this node"), "{said}");
    let trail = farm.ask(0, Method::GET, "/v1/nodes/self/audit", Some(&admin), None);
    let trail = trail.await.body.to_string();
    assert!(trail.contains("create_join_token") && trail.contains("/v1/join"));
    let log = fs::read_to_string(farm.path("node0.log")).unwrap();
    for text in [&trail, &log] {
        assert!(!text.contains(word("token")), "no token in {text}");
    }
}

#[tokio::test]
async fn another_cluster_s_machine_gets_nothing() {
    let mut farm = Farm::start(2).await;
    let admin = farm.token().await;
    let data = farm.data(1);
    farm.lose(1);
    let made = make(&farm, &admin, "node2").await;
    let (token, fingerprint) = (
        made["token"].as_str().unwrap(),
        made["fingerprint"].as_str(),
    );
    // It means another cluster: the token is not even sent, and good afterwards.
    let other = join(&farm, &data, token, &"AB:".repeat(32)).await;
    let said = refused(&other, &data);
    assert!(said.contains("is of another cluster"), "{said}");
    let joined = join(&farm, &data, token, fingerprint.unwrap()).await;
    assert!(joined.status.success(), "{joined:?}");
    // The folder has something: it is not asked either.
    let made = make(&farm, &admin, "node2").await;
    let full = join(
        &farm,
        &data,
        made["token"].as_str().unwrap(),
        fingerprint.unwrap(),
    )
    .await;
    let said = String::from_utf8_lossy(&full.stderr).into_owned();
    assert!(said.contains("is not empty"), "{said}");
    let file = Path::new(&farm.data(0)).join("evenkeel.db");
    let db = store::open(&file, false).unwrap();
    let digest = evenkeel_api::auth::api_key::digest(made["token"].as_str().unwrap());
    assert_eq!(
        join_tokens::take(&db, &digest, 0).unwrap().as_deref(),
        Some("node2")
    );
}

#[tokio::test]
async fn a_token_is_for_a_node_that_there_is_and_for_so_long() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let cases = [
        (json!({"node": "nobody"}), "unknown-node", "nobody"),
        (json!({"node": "node1"}), "wrong-state", "this node"),
        (
            json!({"node": "absent", "valid_s": 59}),
            "malformed-request",
            "valid_s: 60 to 86400",
        ),
        (
            json!({"node": "absent", "valid_s": 86401}),
            "malformed-request",
            "valid_s",
        ),
    ];
    for (new, problem, words) in cases {
        let refused = farm
            .ask(0, Method::POST, TOKENS, Some(&admin), Some(new))
            .await;
        assert_eq!(refused.problem(), problem, "{refused:?}");
        assert!(refused.says(words), "{refused:?}");
    }
    let wrong = json!({"token": "evj_guessed"});
    let wrong = farm
        .ask(0, Method::POST, "/v1/join", None, Some(wrong))
        .await;
    assert_eq!(wrong.problem(), "unauthenticated", "{wrong:?}");
}
