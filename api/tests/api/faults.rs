//! Faults on purpose: refused by a daemon that was not started for them, done by one that was.

use std::fs;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Answer, Farm, wait_until};

const FAULTS: &str = "/v1/nodes/self/faults";

async fn post(farm: &Farm, what: &str, body: Option<Value>) -> Answer {
    let token = farm.token().await;
    let path = format!("{FAULTS}/{what}");
    farm.ask(0, Method::POST, &path, Some(&token), body).await
}

async fn list(farm: &Farm) -> Value {
    let token = farm.token().await;
    let listed = farm.ask(0, Method::GET, FAULTS, Some(&token), None).await;
    assert_eq!(listed.status, StatusCode::OK, "{listed:?}");
    listed.body
}

async fn permitting() -> Farm {
    let mut farm = Farm::init(1);
    farm.permit_faults();
    farm.start_node(0).await;
    farm
}

/// What the kernel says a process does: `S` sleeps, `T` is stopped.
fn state(pid: u32) -> char {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    fields.chars().next().unwrap()
}

#[tokio::test]
async fn a_daemon_that_was_not_started_for_faults_does_none() {
    let farm = Farm::start(1).await;
    let cut = json!({"lan": "default", "duration_ms": 1000});
    for (what, body) in [
        ("cut", Some(cut)),
        ("freeze", Some(json!({"duration_ms": 1000}))),
        ("kill", None),
    ] {
        let refused = post(&farm, what, body).await;
        assert_eq!(refused.problem(), "wrong-state", "{what}");
        assert!(refused.says("--permit-faults"), "{refused:?}");
    }
    let listed = list(&farm).await;
    assert_eq!(listed, json!({"permitted": false, "faults": []}));
}

#[tokio::test]
async fn a_frozen_daemon_stands_still_and_goes_on() {
    let farm = permitting().await;
    let pid = farm.pid(0);
    let fault = post(&farm, "freeze", Some(json!({"duration_ms": 2000}))).await;
    assert_eq!(fault.status, StatusCode::ACCEPTED, "{fault:?}");
    assert_eq!(fault.body["kind"], "freeze");
    let [begins, ends] = ["begins_at", "ends_at"].map(|at| fault.body[at].as_str().unwrap());
    assert!(begins < ends, "{fault:?}");
    wait_until("the daemon stands still", async || state(pid) == 'T').await;
    wait_until("it goes on", async || state(pid) != 'T').await;
    wait_until("the fault has ended", async || {
        list(&farm).await["faults"] == json!([])
    })
    .await;
}

#[tokio::test]
async fn a_killed_daemon_is_gone_after_its_answer() {
    let mut farm = permitting().await;
    let fault = post(&farm, "kill", None).await;
    assert_eq!(fault.status, StatusCode::ACCEPTED, "{fault:?}");
    assert!(fault.body.get("ends_at").is_none(), "{fault:?}");
    let status = farm.ended(0).await;
    assert_eq!(
        std::os::unix::process::ExitStatusExt::signal(&status),
        Some(9)
    );
    farm.start_node(0).await;
    // What was asked is in the audit trail all the same.
    let token = farm.token().await;
    let audit = farm
        .ask(0, Method::GET, "/v1/nodes/self/audit", Some(&token), None)
        .await;
    let entries = audit.body["entries"].as_array().unwrap();
    let kill = entries.iter().find(|e| e["operation"] == "kill_daemon");
    assert_eq!(kill.unwrap()["outcome"], "accepted", "{audit:?}");
}

#[tokio::test]
async fn what_cannot_be_done_is_refused_and_nothing_is_done() {
    let farm = permitting().await;
    let cut = json!({"lan": "default", "duration_ms": 1000});
    let refused = post(&farm, "cut", Some(cut)).await;
    assert_eq!(refused.problem(), "wrong-state");
    assert!(
        refused.says("the back end memory cannot cut"),
        "{refused:?}"
    );
    for bad in [
        json!({"duration_ms": 0}),
        json!({"duration_ms": 60_001}),
        json!({"duration_ms": 1.5}),
        json!({}),
    ] {
        let refused = post(&farm, "freeze", Some(bad)).await;
        assert_eq!(refused.problem(), "malformed-request", "{refused:?}");
    }
    assert_eq!(list(&farm).await["faults"], json!([]));
    let token = farm.token().await;
    let path = format!("{FAULTS}/1");
    let ended = farm.ask(0, Method::DELETE, &path, Some(&token), None).await;
    assert_eq!(ended.problem(), "unknown-fault");
}

#[tokio::test]
async fn a_freeze_cannot_be_called_off() {
    let farm = permitting().await;
    let token = farm.token().await;
    let fault = post(&farm, "freeze", Some(json!({"duration_ms": 1}))).await;
    let path = format!("{FAULTS}/{}", fault.body["id"]);
    let ended = farm.ask(0, Method::DELETE, &path, Some(&token), None).await;
    // It may have ended meanwhile.
    assert!(
        ["wrong-state", "unknown-fault"].contains(&ended.problem()),
        "{ended:?}"
    );
}
