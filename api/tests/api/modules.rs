//! Modules through the generated client: configured, started, watched, stopped.

use std::fs;

use crate::common::{Farm, LIGHT, light, other_mode, problem};
use evenkeel_client::types::{self, ModuleSettings, NodeSelection, Phase, ProblemType, Readiness};
use reqwest::{Method, StatusCode};
use serde_json::json;

fn all() -> NodeSelection {
    NodeSelection { nodes: None }
}

/// A farm module with this virtual address.
fn farm_module(vip: &str) -> ModuleSettings {
    let userconfig = "<safe>
<service mode=\"farm\">
<farm><lan name=\"default\"/></farm>
<vip><interface_list><interface>
<virtual_interface type=\"vmac_directed\"><virtual_addr addr=\"%VIP%\" where=\"alias\"/></virtual_interface>
</interface></interface_list>
<loadbalancing_list><group name=\"web\"><rule port=\"80\" proto=\"tcp\" filter=\"on_addr\"/></group></loadbalancing_list>
</vip>
<user/>
</service>
</safe>";
    let macros = [("VIP".to_owned(), vip.to_owned())].into();
    ModuleSettings {
        userconfig: userconfig.to_owned(),
        macros,
        scripts: light().scripts,
    }
}

#[tokio::test]
async fn a_module_goes_from_configured_to_ready_to_removed_on_all_nodes() {
    let farm = Farm::start(2).await;
    let client = farm.client(0).await;
    let made = client
        .configure_module()
        .module("app")
        .body(light())
        .send()
        .await
        .unwrap();
    assert!(
        made.complete && made.missing.is_empty() && made.revision == 1,
        "{made:?}"
    );
    let script = farm.path("data1/modules/app/bin/start_both");
    assert_eq!(fs::read_to_string(script).unwrap(), "#!/bin/sh\nexit 0\n");
    let started = client
        .start_module()
        .module("app")
        .body(all())
        .send()
        .await
        .unwrap();
    assert!(started.complete && started.nodes.len() == 2, "{started:?}");
    for node in ["node1", "node2"] {
        let wait = client.wait_for_module().node(node).module("app");
        let status = wait
            .phase(Phase::Up)
            .readiness(Readiness::Ready)
            .send()
            .await
            .unwrap();
        assert_eq!((status.node.as_str(), status.revision), (node, 1));
        assert_eq!(status.signature, made.signature);
    }
    // A second start.
    let again = problem(
        client
            .start_module_on_node()
            .node("node2")
            .module("app")
            .send()
            .await,
    );
    assert_eq!(again.type_, ProblemType::ProblemsWrongState);
    assert_eq!(again.status, 409);
    let everywhere = problem(client.start_module().module("app").body(all()).send().await);
    assert_eq!((everywhere.status, everywhere.nodes.len()), (409, 2));
    // A module that runs gets no other mode.
    let other = other_mode(light());
    let refused = problem(
        client
            .configure_module()
            .module("app")
            .body(other)
            .send()
            .await,
    );
    assert_eq!(refused.type_, ProblemType::ProblemsWrongState);
    let removed = problem(client.delete_module().module("app").send().await);
    assert_eq!(removed.type_, ProblemType::ProblemsWrongState);
    log_tells_the_story(&client).await;
    restart_and_stopstart(&client).await;
    stop_and_remove(&client).await;
}

async fn log_tells_the_story(client: &evenkeel_client::Client) {
    let log = client
        .get_module_log()
        .node("node2")
        .module("app")
        .limit(50)
        .send()
        .await
        .unwrap();
    let messages: Vec<&str> = log
        .entries
        .iter()
        .map(|entry| entry.message.as_str())
        .collect();
    assert!(
        messages.contains(&"Action start called by admin"),
        "{messages:?}"
    );
    assert!(messages.contains(&"Script start_both"), "{messages:?}");
    assert!(messages.contains(&"Local state UP Ready"), "{messages:?}");
}

/// The application is stopped and started anew both times; by a stopstart the module as well.
async fn restart_and_stopstart(client: &evenkeel_client::Client) {
    let some = NodeSelection {
        nodes: Some(vec!["node2".into()]),
    };
    let restart = client.restart_module().module("app").body(some);
    let restarted = restart.send().await.unwrap();
    let anew = messages_until_ready(client, &restarted).await;
    let expected = [
        "Action restart called by admin",
        "Local state UP Transient",
        "Script stop_both",
        "Script start_both",
        "Local state UP Ready",
    ];
    assert!(in_this_order(&anew, &expected), "{anew:?}");
    let some = NodeSelection {
        nodes: Some(vec!["node2".into()]),
    };
    let stopstart = client.stopstart_module().module("app").body(some);
    let stopped = stopstart.send().await.unwrap();
    let anew = messages_until_ready(client, &stopped).await;
    let expected = [
        "Action stopstart called by admin",
        "Script stop_both",
        "Local state STOP NotReady",
        "Action start called automatically",
        "Script start_both",
        "Local state UP Ready",
    ];
    assert!(in_this_order(&anew, &expected), "{anew:?}");
}

/// The module's log on node2 when what was accepted there has ended in UP (Ready).
async fn messages_until_ready(
    client: &evenkeel_client::Client,
    accepted: &types::NodeResults,
) -> Vec<String> {
    assert_eq!(accepted.nodes.len(), 1);
    let wait = client.wait_for_module().node("node2").module("app");
    let wait = wait.phase(Phase::Up).readiness(Readiness::Ready);
    wait.generation(accepted.nodes[0].generation.unwrap())
        .send()
        .await
        .unwrap();
    let log = client.get_module_log().node("node2").module("app");
    let log = log.limit(100).send().await.unwrap();
    log.entries
        .iter()
        .map(|entry| entry.message.clone())
        .collect()
}

/// Whether the log has these messages one after the other, with others between them, at its end.
fn in_this_order(log: &[String], expected: &[&str]) -> bool {
    let mut missing = expected.iter().rev().peekable();
    for message in log.iter().rev() {
        missing.next_if(|wanted| *message == ***wanted);
    }
    missing.peek().is_none()
}

async fn stop_and_remove(client: &evenkeel_client::Client) {
    let some = NodeSelection {
        nodes: Some(vec!["node2".into()]),
    };
    let stopped = client
        .stop_module()
        .module("app")
        .body(some)
        .send()
        .await
        .unwrap();
    assert_eq!(stopped.nodes.len(), 1);
    let wait = client
        .wait_for_module()
        .node("node2")
        .module("app")
        .phase(Phase::Stop);
    wait.generation(stopped.nodes[0].generation.unwrap())
        .send()
        .await
        .unwrap();
    let module = client.get_module().module("app").send().await.unwrap();
    let phase = |entry: &types::ModuleEntry| entry.status.as_ref().map(|status| status.phase);
    let phases: Vec<_> = module.nodes.iter().map(phase).collect();
    assert_eq!(phases, [Some(Phase::Up), Some(Phase::Stop)]);
    client
        .stop_module()
        .module("app")
        .body(all())
        .send()
        .await
        .unwrap();
    client
        .wait_for_module()
        .node("node1")
        .module("app")
        .phase(Phase::Stop)
        .send()
        .await
        .unwrap();
    let removed = client.delete_module().module("app").send().await.unwrap();
    assert!(removed.complete, "{removed:?}");
    let gone = problem(client.get_module().module("app").send().await);
    assert_eq!(gone.type_, ProblemType::ProblemsUnknownModule);
}

#[tokio::test]
async fn a_wait_that_is_in_vain_says_which_state_it_is() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    client
        .configure_module_on_node()
        .node("self")
        .module("app")
        .body(light())
        .send()
        .await
        .unwrap();
    let wait = client
        .wait_for_module()
        .node("self")
        .module("app")
        .phase(Phase::Up);
    let late = problem(wait.timeout_ms(10u64).send().await);
    assert_eq!(
        (late.type_, late.status),
        (ProblemType::ProblemsWaitTimedOut, 504)
    );
    assert!(late.detail.contains("STOP NotReady"), "{}", late.detail);
    let unknown = problem(
        client
            .wait_for_module()
            .node("self")
            .module("other")
            .send()
            .await,
    );
    assert_eq!(unknown.type_, ProblemType::ProblemsUnknownModule);
}

#[tokio::test]
async fn everything_wrong_with_a_file_is_reported_with_its_place() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let configure = async |userconfig: &str| {
        let body = ModuleSettings {
            userconfig: userconfig.to_owned(),
            ..light()
        };
        problem(
            client
                .configure_module()
                .module("app")
                .body(body)
                .send()
                .await,
        )
    };
    let malformed = configure("<safe>\n  <service mode=\"light\">\n</safe>").await;
    assert_eq!(malformed.type_, ProblemType::ProblemsInvalidConfiguration);
    assert_eq!(malformed.status, 422);
    assert_eq!(malformed.problems.len(), 1);
    assert_eq!(
        (malformed.problems[0].line, malformed.problems[0].column > 0),
        (3, true)
    );
    let wrong =
        configure("<safe>\n<service mode=\"light\" maxloop=\"x\" boot=\"maybe\"/>\n</safe>");
    let wrong = wrong.await;
    let places: Vec<_> = wrong
        .problems
        .iter()
        .map(|p| (p.line, p.column, p.path.as_str()))
        .collect();
    for place in [(2, 32, "service@maxloop"), (2, 41, "service@boot")] {
        assert!(places.contains(&place), "{place:?} in {places:?}");
    }
    let scripts = [("../start".to_owned(), String::new())].into();
    let body = ModuleSettings { scripts, ..light() };
    let script = problem(
        client
            .configure_module()
            .module("app")
            .body(body)
            .send()
            .await,
    );
    assert_eq!(script.problems[0].path, "scripts.../start");
    let none = client.list_modules().send().await.unwrap();
    assert!(none.modules.is_empty(), "{none:?}");
}

#[tokio::test]
async fn a_virtual_address_in_no_local_network_is_refused_everywhere() {
    let farm = Farm::start(2).await;
    let client = farm.client(0).await;
    let refused = problem(
        client
            .configure_module()
            .module("web")
            .body(farm_module("203.0.113.9"))
            .send()
            .await,
    );
    assert_eq!(refused.type_, ProblemType::ProblemsNoLocalNetwork);
    assert_eq!((refused.status, refused.nodes.len()), (422, 2));
    assert!(refused.detail.contains("203.0.113.9"), "{}", refused.detail);
    assert!(
        client
            .list_modules()
            .send()
            .await
            .unwrap()
            .modules
            .is_empty()
    );
}

#[tokio::test]
async fn a_dry_run_changes_nothing_and_an_unchanged_file_keeps_its_revision() {
    let farm = Farm::start(2).await;
    let client = farm.client(0).await;
    let dry = client
        .configure_module()
        .module("app")
        .dry_run(true)
        .body(light());
    let dry = dry.send().await.unwrap();
    assert!(dry.dry_run && dry.complete && dry.revision == 1, "{dry:?}");
    assert!(
        client
            .list_modules()
            .send()
            .await
            .unwrap()
            .modules
            .is_empty()
    );
    for _ in 0..2 {
        let made = client
            .configure_module()
            .module("app")
            .body(light())
            .send()
            .await
            .unwrap();
        assert_eq!((made.revision, &made.signature), (1, &dry.signature));
    }
    let changed = ModuleSettings {
        macros: [("A".into(), "1".into())].into(),
        ..light()
    };
    let changed = client
        .configure_module()
        .module("app")
        .body(changed)
        .send()
        .await
        .unwrap();
    assert_eq!(changed.revision, 2);
    let put = client
        .configure_module_on_node()
        .node("node2")
        .module("app")
        .revision(1u64);
    let stale = problem(put.body(light()).send().await);
    assert_eq!(stale.type_, ProblemType::ProblemsStaleRevision);
    let config = client
        .get_module_config_on_node()
        .node("node2")
        .module("app");
    let config = config.send().await.unwrap();
    assert_eq!((config.revision, config.userconfig.as_str()), (2, LIGHT));
    assert_eq!(config.applied_by, "admin");
}

#[tokio::test]
async fn requests_that_cannot_be_read_are_refused_with_the_reason() {
    let farm = Farm::start(1).await;
    let token = farm.token().await;
    let ask = async |method: Method, path: &str, body: Option<serde_json::Value>| {
        farm.ask(0, method, path, Some(&token), body).await
    };
    let field = json!({"userconfig": LIGHT, "scrpts": {}});
    let unknown = ask(Method::PUT, "/v1/modules/app", Some(field)).await;
    assert!(
        unknown.problem() == "malformed-request" && unknown.says("scrpts"),
        "{unknown:?}"
    );
    let name = ask(Method::GET, "/v1/modules/9app", None).await;
    assert!(
        name.problem() == "malformed-request" && name.says("a letter first"),
        "{name:?}"
    );
    let path = "/v1/nodes/self/modules/app/wait?phase=DOWN";
    assert_eq!(
        ask(Method::GET, path, None).await.problem(),
        "malformed-request"
    );
    assert_eq!(
        ask(Method::GET, "/v1/nothing", None).await.problem(),
        "not-found"
    );
    let method = ask(Method::PATCH, "/v1/modules", None).await;
    assert_eq!(method.problem(), "method-not-allowed");
    assert_eq!(
        ask(Method::GET, "/v1/nodes/nobody", None).await.problem(),
        "unknown-node"
    );
    let nodes = json!({"nodes": ["nobody"]});
    let nobody = ask(Method::POST, "/v1/modules/app/start", Some(nodes)).await;
    assert_eq!(nobody.problem(), "unknown-node");
    let large = json!({"userconfig": "x".repeat(1024 * 1024)});
    let large = ask(Method::PUT, "/v1/modules/app", Some(large)).await;
    assert_eq!(large.problem(), "body-too-large");
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
}
