//! Nodes that come and go: all take part or nothing changes, also where somebody dies on the way.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Answer, Farm, wait_until};
use crate::secret::all_hear;

const NODES: &str = "/v1/cluster/nodes";

fn fourth() -> Value {
    json!({"name": "node4", "addresses": [{"lan": "default", "address": "127.0.4.4"}]})
}

async fn add(farm: &Farm, at: usize, token: &str, node: Value) -> Answer {
    farm.ask(at, Method::POST, NODES, Some(token), Some(node))
        .await
}

async fn remove(farm: &Farm, at: usize, token: &str, node: &str) -> Answer {
    let path = format!("{NODES}/{node}");
    farm.ask(at, Method::DELETE, &path, Some(token), None).await
}

async fn state(farm: &Farm, at: usize, token: &str) -> Value {
    let path = "/v1/nodes/self/cluster";
    farm.ask(at, Method::GET, path, Some(token), None)
        .await
        .body
}

/// Names and numbers of the nodes, as one of them has it.
async fn known(farm: &Farm, at: usize, token: &str) -> Vec<(String, u64)> {
    let cluster = farm.ask(at, Method::GET, "/v1/cluster", Some(token), None);
    let cluster = cluster.await.body;
    let nodes = cluster["nodes"].as_array().unwrap().iter();
    let name = |node: &Value| node["name"].as_str().unwrap().to_owned();
    nodes
        .map(|node| (name(node), node["id"].as_u64().unwrap()))
        .collect()
}

fn names(numbers: &[u64]) -> Vec<(String, u64)> {
    let name = |number: &u64| (format!("node{}", number + 1), *number);
    numbers.iter().map(name).collect()
}

/// What a node is sent by who leads a change: the configuration of a node, with the fourth.
async fn next(farm: &Farm, token: &str) -> Value {
    let own = state(farm, 0, token).await;
    let own = own["configuration"].as_str().unwrap();
    let fourth = r#"<node name="node4" addr="127.0.4.4"/></lan>"#;
    let text = own.replacen("</lan>", fourth, 1);
    json!({"configuration": text.replacen("<cluster>", r#"<cluster revision="1">"#, 1)})
}

#[tokio::test]
async fn a_node_comes_and_goes_and_the_others_keep_their_numbers() {
    let mut farm = Farm::start(3).await;
    let token = farm.token().await;
    let added = add(&farm, 1, &token, fourth()).await;
    assert_eq!(
        (added.status, &added.body["complete"]),
        (StatusCode::OK, &json!(true)),
        "{added:?}"
    );
    assert_eq!(added.body["revision"], 1);
    for at in 0..3 {
        assert_eq!(known(&farm, at, &token).await, names(&[0, 1, 2, 3]));
    }
    // A machine can join as the new node.
    let new = json!({"node": "node4"});
    let path = "/v1/cluster/join-tokens";
    let made = farm.ask(2, Method::POST, path, Some(&token), Some(new));
    assert_eq!(made.await.status, StatusCode::CREATED);

    // The second one goes, with the third one asked, which leads nothing.
    farm.kill_node(1);
    let away = remove(&farm, 2, &token, "node2").await;
    assert_eq!(away.problem(), "node-unreachable", "{away:?}");
    assert!(away.says("nothing changed"), "{away:?}");
    // Nor is the fourth one there, which never came: both are off, and go together.
    let blocked = remove(&farm, 2, &token, "node2?lost=true").await;
    assert_eq!(blocked.problem(), "node-unreachable", "{blocked:?}");
    assert!(blocked.says("node4 cannot"), "{blocked:?}");
    let gone = remove(&farm, 2, &token, "node2?lost=true&also=node4").await;
    assert_eq!(gone.body["complete"], true, "{gone:?}");
    for at in [0, 2] {
        assert_eq!(known(&farm, at, &token).await, names(&[0, 2]));
    }
    // The second one was not off at all. It learns where it stands, and starts nothing.
    farm.start_node(1).await;
    wait_until("node2 knows that it is out", async || {
        state(&farm, 1, &token).await["leaving"] == true
    })
    .await;

    // It outlives the daemon, and the number is free again.
    farm.end_node(2).await;
    farm.start_node(2).await;
    assert_eq!(known(&farm, 2, &token).await, names(&[0, 2]));
    assert_eq!(state(&farm, 2, &token).await["revision"], 2);
    let added = add(&farm, 0, &token, fourth()).await;
    assert_eq!(added.status, StatusCode::OK, "{added:?}");
    let expected = [("node1", 0), ("node3", 2), ("node4", 1)];
    let expected = expected.map(|(name, number)| (name.to_owned(), number));
    assert_eq!(known(&farm, 2, &token).await, expected);
}

#[tokio::test]
async fn what_cannot_be_a_node_is_refused_with_the_place() {
    let farm = Farm::start(2).await;
    let token = farm.token().await;
    let with = |name: &str, lan: &str, address: &str| json!({"name": name, "addresses": [{"lan": lan, "address": address}]});
    let own = known_address(&farm, &token).await;
    for (node, kind, words) in [
        (
            with("node2", "default", "127.0.4.4"),
            "wrong-state",
            "already",
        ),
        (
            with("node4", "backbone", "127.0.4.4"),
            "invalid-configuration",
            "no such LAN",
        ),
        (
            with("node4", "default", "somewhere"),
            "invalid-configuration",
            "is no address",
        ),
        (
            with("node4", "default", &own),
            "invalid-configuration",
            "already",
        ),
        (
            with("", "default", "127.0.4.4"),
            "invalid-configuration",
            "name",
        ),
        (
            json!({"name": "node4", "addresses": []}),
            "invalid-configuration",
            "give its address",
        ),
    ] {
        let refused = add(&farm, 0, &token, node.clone()).await;
        assert_eq!(refused.problem(), kind, "{node}: {refused:?}");
        assert!(refused.says(words), "{node}: {refused:?}");
    }
    let unknown = remove(&farm, 1, &token, "node9").await;
    assert_eq!(unknown.problem(), "unknown-node", "{unknown:?}");
    let alone = remove(&farm, 1, &token, "node1").await;
    assert!(alone.says("at least two nodes"), "{alone:?}");
    for at in 0..2 {
        assert_eq!(state(&farm, at, &token).await["revision"], 0);
        assert_eq!(known(&farm, at, &token).await, names(&[0, 1]));
    }
}

async fn known_address(farm: &Farm, token: &str) -> String {
    let cluster = farm.ask(0, Method::GET, "/v1/cluster", Some(token), None);
    let address = &cluster.await.body["nodes"][1]["addresses"][0]["address"];
    address.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn where_one_node_is_away_nothing_changes() {
    let mut farm = Farm::start(3).await;
    let token = farm.token().await;
    farm.kill_node(2);
    let refused = add(&farm, 1, &token, fourth()).await;
    assert_eq!(refused.problem(), "node-unreachable", "{refused:?}");
    assert!(
        refused.says("node3") && refused.says("nothing changed"),
        "{refused:?}"
    );
    for at in 0..2 {
        let state = state(&farm, at, &token).await;
        assert_eq!((&state["revision"], state.get("next")), (&json!(0), None));
    }
}

#[tokio::test]
async fn a_change_that_was_interrupted_is_undone_or_taken() {
    let mut farm = Farm::start(3).await;
    let token = farm.token().await;
    all_hear(&farm, 3, &token).await;
    let next = next(&farm, &token).await;
    let put = async |farm: &Farm, at: usize, path: &str| {
        let put = farm.ask(at, Method::PUT, path, Some(&token), Some(next.clone()));
        assert_eq!(put.await.status, StatusCode::OK);
    };
    // Whoever led it died between the steps, before anybody had it in force: the next change begins anew.
    for at in 1..3 {
        put(&farm, at, "/v1/nodes/self/cluster/next").await;
        assert_eq!(state(&farm, at, &token).await["next"], 1);
    }
    let other = json!({"name": "node5", "addresses": [{"lan": "default", "address": "127.0.5.5"}]});
    let added = add(&farm, 0, &token, other).await;
    assert_eq!(added.body["complete"], true, "{added:?}");
    let gone = remove(&farm, 0, &token, "node5?lost=true").await;
    assert_eq!(gone.body["revision"], 2, "{gone:?}");

    // After the first one had it in force the others take it: at their start, or when they hear somebody.
    let next = next_after(&farm, &token, &next).await;
    for at in 0..3 {
        let put = farm.ask(
            at,
            Method::PUT,
            "/v1/nodes/self/cluster/next",
            Some(&token),
            Some(next.clone()),
        );
        assert_eq!(put.await.status, StatusCode::OK);
    }
    let put = farm.ask(
        0,
        Method::PUT,
        "/v1/nodes/self/cluster",
        Some(&token),
        Some(next),
    );
    assert_eq!(put.await.body["revision"], 3);
    farm.end_node(2).await;
    farm.start_node(2).await;
    wait_until("every node has it", async || {
        let mut all = true;
        for at in 0..3 {
            all &= state(&farm, at, &token).await["revision"] == 3;
        }
        all
    })
    .await;
    assert_eq!(known(&farm, 1, &token).await, names(&[0, 1, 2, 3]));
}

/// The same node as in `before`, added to what is in force.
async fn next_after(farm: &Farm, token: &str, before: &Value) -> Value {
    let text = before["configuration"].as_str().unwrap();
    assert!(text.contains("node4"), "{text}");
    let own = state(farm, 0, token).await;
    let own = own["configuration"].as_str().unwrap();
    let fourth = r#"<node name="node4" addr="127.0.4.4" number="3"/></lan>"#;
    let text = own.replacen("</lan>", fourth, 1);
    json!({"configuration": text.replacen(r#"revision="2""#, r#"revision="3""#, 1)})
}
