//! Rolling operations on two real nodes, with a module that needs no root: begun, followed, failed, called
//! off, interrupted. With traffic they are tried in the lab.

use std::fs;
use std::path::Path;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Answer, Farm, PATIENCE, wait_until};

const ROLL: &str = "/v1/modules/web/rolling";

/// Its `start_both` waits where a file of this name stands, and fails where another does.
fn module(folder: &Path) -> Value {
    let folder = folder.to_str().unwrap();
    let start = format!(
        "#!/bin/sh\nwhile [ -e {folder}/hold-$SAFENODE ]; do sleep 0.02; done\n\
         [ ! -e {folder}/fail-$SAFENODE ]\n"
    );
    json!({
        "userconfig": "<safe><service mode=\"light\"><user/></service></safe>",
        "scripts": {"start_both": start, "stop_both": "#!/bin/sh\n"}
    })
}

/// Two nodes that serve the module.
async fn farm() -> (Farm, String) {
    let farm = Farm::start(2).await;
    let admin = farm.token().await;
    let made = module(&farm.path(""));
    let made = farm.ask(0, Method::PUT, "/v1/modules/web", Some(&admin), Some(made));
    assert_eq!(made.await.status, StatusCode::OK);
    let start = Some(json!({}));
    let start = farm.ask(
        0,
        Method::POST,
        "/v1/modules/web/start",
        Some(&admin),
        start,
    );
    assert_eq!(start.await.status, StatusCode::ACCEPTED);
    for node in ["node1", "node2"] {
        let ready = format!("/v1/nodes/{node}/modules/web/wait?phase=UP&readiness=Ready");
        let ready = farm.ask(0, Method::GET, &ready, Some(&admin), None).await;
        assert_eq!(ready.status, StatusCode::OK, "{ready:?}");
    }
    (farm, admin)
}

async fn roll(farm: &Farm, token: &str, request: Value) -> Answer {
    farm.ask(0, Method::POST, ROLL, Some(token), Some(request))
        .await
}

/// The path of an operation that was begun.
fn path(begun: &Answer) -> String {
    assert_eq!(begun.status, StatusCode::ACCEPTED, "{begun:?}");
    format!(
        "/v1/nodes/node1/modules/web/operations/{}",
        begun.body["id"]
    )
}

/// An operation when it has ended, asked of the other node.
async fn ended(farm: &Farm, token: &str, path: &str) -> Value {
    let path = format!("{path}/wait?timeout_ms={}", PATIENCE.as_millis());
    let answer = farm.ask(1, Method::GET, &path, Some(token), None).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_ne!(answer.body["state"], "running", "{answer:?}");
    answer.body
}

fn steps(operation: &Value) -> Vec<&str> {
    let steps = operation["steps"].as_array().unwrap().iter();
    steps.map(|step| step["state"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn one_node_after_the_other_and_not_on_after_a_failure() {
    let (farm, admin) = farm().await;
    let done = ended(&farm, &admin, &path(&roll(&farm, &admin, json!({})).await)).await;
    assert_eq!(
        (&done["state"], &done["by"]),
        (&json!("succeeded"), &json!("admin"))
    );
    assert_eq!(steps(&done), ["done", "done"]);
    let starts = async |node: &str| {
        let log = format!("/v1/nodes/{node}/modules/web/log?limit=1000");
        let log = farm.ask(0, Method::GET, &log, Some(&admin), None).await;
        let entries = log.body["entries"].as_array().unwrap().clone();
        let started = entries
            .iter()
            .filter(|entry| entry["message"] == "Script start_both");
        started.count()
    };
    assert_eq!((starts("node1").await, starts("node2").await), (2, 2));

    let request = json!({"action": "stopstart", "nodes": ["node2"], "drain_s": 0});
    let done = ended(&farm, &admin, &path(&roll(&farm, &admin, request).await)).await;
    assert_eq!(
        (steps(&done), &done["action"]),
        (vec!["done"], &json!("stopstart"))
    );

    fs::write(farm.path("fail-node1"), "").unwrap();
    let failed = ended(&farm, &admin, &path(&roll(&farm, &admin, json!({})).await)).await;
    assert_eq!(
        (&failed["state"], steps(&failed)),
        (&json!("failed"), vec!["failed", "waiting"])
    );
    assert!(
        failed["detail"]
            .as_str()
            .unwrap()
            .starts_with("node1: module web is "),
        "{failed}"
    );
    assert_eq!((starts("node1").await, starts("node2").await), (3, 3));
    // One of two is down: the other one cannot be spared.
    let refused = roll(&farm, &admin, json!({"nodes": ["node2"]})).await;
    assert_eq!(refused.problem(), "wrong-state");
    let list = farm.ask(
        1,
        Method::GET,
        "/v1/modules/web/operations",
        Some(&admin),
        None,
    );
    let list = list.await.body["operations"].as_array().unwrap().clone();
    let states: Vec<_> = list
        .iter()
        .map(|one| one["state"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["failed", "succeeded", "succeeded"]);
}

#[tokio::test]
async fn one_at_a_time_until_it_is_called_off_or_the_daemon_ends() {
    let (mut farm, admin) = farm().await;
    let hold = farm.path("hold-node1");
    fs::write(&hold, "").unwrap();
    let both = tokio::join!(
        roll(&farm, &admin, json!({})),
        roll(&farm, &admin, json!({}))
    );
    let (begun, refused): (Vec<_>, Vec<_>) = [both.0, both.1]
        .into_iter()
        .partition(|answer| answer.status == StatusCode::ACCEPTED);
    assert_eq!(refused[0].problem(), "in-progress");
    let first = path(&begun[0]);
    let acting = async || {
        let operation = farm.ask(1, Method::GET, &first, Some(&admin), None).await;
        steps(&operation.body)[0] == "acting"
    };
    wait_until("the application of node1 is stopped", acting).await;
    // Asked of either node.
    for node in 0..2 {
        let second = farm.ask(node, Method::POST, ROLL, Some(&admin), Some(json!({})));
        assert_eq!(second.await.problem(), "in-progress");
    }
    let cancel = format!("{first}/cancel");
    let cancelled = farm.ask(1, Method::POST, &cancel, Some(&admin), None).await;
    assert_eq!(cancelled.status, StatusCode::ACCEPTED, "{cancelled:?}");
    fs::remove_file(&hold).unwrap();
    let operation = ended(&farm, &admin, &first).await;
    assert_eq!(
        (&operation["state"], steps(&operation)),
        (&json!("cancelled"), vec!["done", "waiting"])
    );
    let again = farm.ask(0, Method::POST, &cancel, Some(&admin), None).await;
    assert_eq!(again.problem(), "wrong-state");

    fs::write(&hold, "").unwrap();
    let last = path(&roll(&farm, &admin, json!({})).await);
    farm.kill_node(0);
    fs::remove_file(&hold).unwrap();
    farm.start_node(0).await;
    let admin = farm.token().await;
    let operation = farm.ask(0, Method::GET, &last, Some(&admin), None).await;
    assert_eq!(operation.body["state"], "interrupted", "{operation:?}");
}

#[tokio::test]
async fn an_answer_that_was_lost_is_given_again_with_the_operation_that_was_begun() {
    let (farm, admin) = farm().await;
    let begin = async || {
        let request = farm.http().post(format!("{}{ROLL}", farm.url(0)));
        let request = request.bearer_auth(&admin).header("idempotency-key", "1");
        let answer = request
            .json(&json!({"nodes": ["node1"]}))
            .send()
            .await
            .unwrap();
        let location = answer.headers()["location"].to_str().unwrap().to_owned();
        (location, answer.json::<Value>().await.unwrap())
    };
    let first = begin().await;
    assert_eq!(begin().await, first);
    let done = ended(&farm, &admin, &first.0).await;
    assert_eq!((steps(&done), &done["id"]), (vec!["done"], &first.1["id"]));
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let (farm, admin) = farm().await;
    for (request, problem) in [
        (json!({"nodes": ["node9"]}), "unknown-node"),
        (json!({"nodes": []}), "malformed-request"),
        (json!({"action": "explode"}), "malformed-request"),
        (json!({"drain_s": 3601}), "malformed-request"),
        (json!({"ready_s": 0}), "malformed-request"),
    ] {
        let refused = roll(&farm, &admin, request.clone()).await;
        assert_eq!(refused.problem(), problem, "{request}");
    }
    for (path, problem) in [
        (
            "/v1/nodes/node2/modules/web/operations/7",
            "unknown-operation",
        ),
        (
            "/v1/nodes/node2/modules/web/operations/last",
            "malformed-request",
        ),
    ] {
        let refused = farm.ask(0, Method::GET, path, Some(&admin), None).await;
        assert_eq!(refused.problem(), problem, "{path}");
    }
    // What has no virtual address has nothing to drain.
    let nodes = json!({"nodes": ["node2"]});
    let drain = "/v1/modules/web/drain";
    let refused = farm
        .ask(0, Method::POST, drain, Some(&admin), Some(nodes))
        .await;
    assert_eq!(refused.problem(), "wrong-state");
    assert!(refused.says("no virtual address"), "{refused:?}");
    let all = farm
        .ask(0, Method::POST, drain, Some(&admin), Some(json!({})))
        .await;
    assert_eq!(all.problem(), "wrong-state");
}
