//! Several nodes: any answers for all, and a node that is down is named, not waited for in vain.

use crate::common::{Farm, light, other_mode, problem};
use evenkeel_client::types::{NodeSelection, Phase, ProblemType, Readiness};
use reqwest::{Method, StatusCode};

#[tokio::test]
async fn any_node_answers_for_all() {
    let farm = Farm::start(2).await;
    let client = farm.client(1).await;
    for node in ["node1", "node2"] {
        let status = client.get_node().node(node).send().await.unwrap();
        assert_eq!(status.name, node);
        assert_eq!(status.backend.name, "memory");
        // One that joins counts from where no machine of its name can have come.
        assert_eq!(status.incarnation == 1, node == "node1");
    }
    assert_eq!(
        client.get_node().node("self").send().await.unwrap().name,
        "node2"
    );
    let cluster = client.get_cluster().send().await.unwrap();
    assert_eq!(
        (cluster.answered_by.as_str(), cluster.nodes.len()),
        ("node2", 2)
    );
    crate::common::wait_until("the nodes hear each other", async || {
        let cluster = client.get_cluster().send().await.unwrap();
        cluster.nodes.iter().all(|node| node.alive)
    })
    .await;
    let nodes = client.list_nodes().send().await.unwrap();
    assert!(
        nodes.nodes.iter().all(|node| node.status.is_some()),
        "{nodes:?}"
    );
}

#[tokio::test]
async fn a_node_that_is_down_is_named_and_completed_later() {
    let mut farm = Farm::start(2).await;
    farm.kill_node(1);
    let client = farm.client(0).await;
    let unreachable = problem(client.get_node().node("node2").send().await);
    assert_eq!(unreachable.type_, ProblemType::ProblemsNodeUnreachable);
    assert_eq!(unreachable.status, 502);
    assert!(
        unreachable.detail.starts_with("node2: "),
        "{}",
        unreachable.detail
    );
    let made = client
        .configure_module()
        .module("app")
        .body(light())
        .send()
        .await
        .unwrap();
    assert!(!made.complete, "{made:?}");
    assert_eq!(made.missing, ["node2"]);
    let list = client.list_modules().send().await.unwrap();
    assert!(!list.modules[0].consistent, "{list:?}");
    assert_eq!(list.unreachable[0].node, "node2");
    let all = NodeSelection { nodes: None };
    let started = client
        .start_module()
        .module("app")
        .body(all)
        .send()
        .await
        .unwrap();
    let oks: Vec<bool> = started.nodes.iter().map(|node| node.ok).collect();
    assert_eq!((started.complete, oks), (false, vec![true, false]));
    let wait = client
        .wait_for_module()
        .node("node1")
        .module("app")
        .phase(Phase::Up);
    wait.readiness(Readiness::Ready).send().await.unwrap();
    let module = client.get_module().module("app").send().await.unwrap();
    let lacks = module.nodes[1].problem.as_ref().unwrap();
    assert_eq!(lacks.type_, ProblemType::ProblemsNodeUnreachable);
    // Back again it takes the module by itself, though that runs on the other node.
    farm.start_node(1).await;
    crate::common::wait_until("the node has the module", async || {
        let list = client.list_modules().send().await.unwrap();
        list.modules[0].consistent && list.unreachable.is_empty()
    })
    .await;
    let again = client
        .configure_module()
        .module("app")
        .body(light())
        .send()
        .await
        .unwrap();
    assert!(
        again.complete && again.revision == made.revision,
        "{again:?}"
    );
    assert!(client.list_modules().send().await.unwrap().modules[0].consistent);
}

#[tokio::test]
async fn a_revision_that_differs_shows_in_the_list() {
    let farm = Farm::start(2).await;
    let client = farm.client(0).await;
    client
        .configure_module()
        .module("app")
        .body(light())
        .send()
        .await
        .unwrap();
    // Where it runs a node does not take by itself what needs a stop.
    let start = client.start_module_on_node().node("node1").module("app");
    start.send().await.unwrap();
    let wait = client.wait_for_module().node("node1").module("app");
    wait.phase(Phase::Up).send().await.unwrap();
    let put = client
        .configure_module_on_node()
        .node("node2")
        .module("app")
        .body(other_mode(light()));
    assert_eq!(put.send().await.unwrap().revision, 2);
    let list = client.list_modules().send().await.unwrap();
    assert!(!list.modules[0].consistent, "{list:?}");
    let revisions: Vec<_> = list.modules[0]
        .nodes
        .iter()
        .map(|node| node.revision)
        .collect();
    assert_eq!(revisions, [1, 2]);
}

#[tokio::test]
async fn a_proxied_request_is_not_proxied_again() {
    let farm = Farm::start(2).await;
    let token = farm.token().await;
    let request = farm.http().get(format!("{}/v1/nodes/node2", farm.url(0)));
    let answer = request
        .bearer_auth(token)
        .header("evenkeel-proxied-by", "node2");
    let answer = answer.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn users_and_modules_survive_a_crash() {
    let mut farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let token = farm.token().await;
    let user = serde_json::json!({"name": "eve", "password": "a good password", "role": "control"});
    farm.ask(0, Method::POST, "/v1/users", Some(&token), Some(user))
        .await;
    let made = client
        .configure_module()
        .module("app")
        .body(light())
        .send()
        .await
        .unwrap();
    let selection = NodeSelection {
        nodes: Some(vec!["node1".into()]),
    };
    client
        .start_module()
        .module("app")
        .body(selection)
        .send()
        .await
        .unwrap();
    let script = farm.path("data0/modules/app/bin/start_both");
    std::fs::remove_file(&script).unwrap();
    farm.kill_node(0);
    farm.start_node(0).await;
    let status = client
        .get_module_on_node()
        .node("self")
        .module("app")
        .send()
        .await
        .unwrap();
    assert_eq!(
        (status.phase, status.readiness),
        (Phase::Stop, Readiness::NotReady)
    );
    assert_eq!(
        (status.revision, &status.signature),
        (made.revision, &made.signature)
    );
    assert!(script.exists());
    assert_eq!(
        farm.login(0, "eve", "a good password").await.body["role"],
        "control"
    );
    let node = client.get_node().node("self").send().await.unwrap();
    assert_eq!(node.incarnation, 2);
    let log = client
        .get_module_log()
        .node("self")
        .module("app")
        .send()
        .await
        .unwrap();
    assert_eq!(log.entries[0].message, "Action start called by admin");
}

#[tokio::test]
async fn the_daemon_ends_in_order_when_told_to() {
    let mut farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let stopped = farm.path("stopped");
    let mut settings = light();
    let script = format!("#!/bin/sh\ntouch {}\n", stopped.display());
    settings.scripts.insert("stop_both".into(), script);
    client
        .configure_module()
        .module("app")
        .body(settings)
        .send()
        .await
        .unwrap();
    client
        .start_module_on_node()
        .node("self")
        .module("app")
        .send()
        .await
        .unwrap();
    let wait = client
        .wait_for_module()
        .node("self")
        .module("app")
        .phase(Phase::Up);
    wait.readiness(Readiness::Ready).send().await.unwrap();
    assert_eq!(farm.end_node(0).await, Some(0));
    assert!(stopped.exists(), "stop_both ran");
}

#[tokio::test]
async fn the_audit_trail_names_caller_operation_target_and_outcome() {
    let farm = Farm::start(2).await;
    let client = farm.client(0).await;
    client
        .configure_module()
        .module("app")
        .body(light())
        .send()
        .await
        .unwrap();
    problem(
        client
            .delete_module_on_node()
            .node("node2")
            .module("other")
            .send()
            .await,
    );
    farm.login(0, "mallory", "a guessed password").await;
    let trail = async |node: &str| {
        let trail = client
            .get_audit_trail()
            .node(node)
            .limit(100)
            .send()
            .await
            .unwrap();
        let entry = |e: &evenkeel_client::types::AuditEntry| {
            [&e.caller, &e.operation, &e.target, &e.outcome].map(Clone::clone)
        };
        trail.entries.iter().map(entry).collect::<Vec<_>>()
    };
    let here = trail("node1").await;
    let has = |trail: &[[String; 4]], wanted: [&str; 4]| {
        assert!(
            trail.iter().any(|entry| entry == &wanted),
            "{wanted:?} in {trail:#?}"
        );
    };
    has(&here, ["admin", "login", "/v1/login", "accepted"]);
    has(&here, ["mallory", "login", "/v1/login", "unauthenticated"]);
    has(
        &here,
        ["admin", "configure_module", "/v1/modules/app", "accepted"],
    );
    let removed = "/v1/nodes/node2/modules/other";
    has(
        &here,
        ["admin", "delete_module_on_node", removed, "unknown-module"],
    );
    let there = trail("node2").await;
    let applied = "/v1/nodes/node2/modules/app?dry_run=false&revision=1";
    has(
        &there,
        ["admin", "configure_module_on_node", applied, "accepted"],
    );
    has(
        &there,
        ["admin", "delete_module_on_node", removed, "unknown-module"],
    );
}
