//! The switches of a module's checks: kept on the node, over stops, other configurations and the daemon's end.

use std::collections::BTreeMap;

use evenkeel_client::Client;
use evenkeel_client::types::{
    BootSwitch, CheckSwitches, ModuleChecks, ModuleSettings, Phase, ProblemType, Readiness,
};

use crate::common::{Farm, light, problem, wait_until};

/// A module with a checker that finds its process missing, and one that nobody answers.
fn watched() -> ModuleSettings {
    let plain = light();
    let checks = "<check><tcp ident=\"web\" when=\"both\" action=\"stop\">\
        <to addr=\"127.0.0.1\" port=\"9\" interval=\"1\"/></tcp></check></service>";
    ModuleSettings {
        userconfig: plain.userconfig.replace("</service>", checks),
        ..plain
    }
}

async fn switch(client: &Client, checkers: Option<bool>, processes: Option<bool>) -> ModuleChecks {
    let put = client.switch_checks_on_node().node("self").module("app");
    let put = put.body(CheckSwitches {
        checkers,
        processes,
        classes: BTreeMap::new(),
    });
    put.send().await.unwrap().into_inner()
}

async fn status(client: &Client) -> evenkeel_client::types::ModuleStatus {
    let get = client.get_module_on_node().node("self").module("app");
    get.send().await.unwrap().into_inner()
}

async fn start(client: &Client) {
    let start = client.start_module_on_node().node("self").module("app");
    start.send().await.unwrap();
}

#[tokio::test]
async fn what_is_switched_off_stays_off_until_it_is_switched_on() {
    let mut farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let put = client.configure_module_on_node().node("self").module("app");
    put.body(watched()).send().await.unwrap();
    let checks = status(&client).await.checks;
    assert!(checks.checkers && checks.processes, "{checks:?}");
    let checks = switch(&client, Some(false), None).await;
    assert!(!checks.checkers && checks.processes, "{checks:?}");
    // What nobody looks at keeps no module from being up, nor stops it.
    start(&client).await;
    let wait = client.wait_for_module().node("self").module("app");
    let wait = wait.phase(Phase::Up).readiness(Readiness::Ready);
    wait.send().await.unwrap();
    let log = client.get_module_log().node("self").module("app");
    let log = log.send().await.unwrap();
    let said = |message: &str| log.entries.iter().any(|entry| entry.message == message);
    assert!(said("Action checker off called by admin"), "{log:?}");
    assert!(!said("Resource tcp.web set to down by tcpcheck"), "{log:?}");
    farm.kill_node(0);
    farm.start_node(0).await;
    let client = farm.client(0).await;
    assert!(!status(&client).await.checks.checkers, "after a crash");
    start(&client).await;
    let wait = client.wait_for_module().node("self").module("app");
    let wait = wait.phase(Phase::Up).readiness(Readiness::Ready);
    wait.send().await.unwrap();
    // On again it is found down, and the module is stopped for it.
    assert!(switch(&client, Some(true), None).await.checkers);
    wait_until("the module is stopped", async || {
        status(&client).await.phase == Phase::Stop
    })
    .await;
    let reason = status(&client).await.reason.unwrap_or_default();
    assert!(
        reason.contains("t_web") || reason.contains("web"),
        "{reason}"
    );
}

#[tokio::test]
async fn the_switches_go_with_the_module() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let absent = client.switch_checks_on_node().node("self").module("app");
    let absent = absent.body(CheckSwitches {
        checkers: None,
        processes: None,
        classes: BTreeMap::new(),
    });
    let absent = problem(absent.send().await);
    assert_eq!(absent.type_, ProblemType::ProblemsUnknownModule);
    let configure = async || {
        let put = client.configure_module_on_node().node("self").module("app");
        put.body(light()).send().await.unwrap();
    };
    configure().await;
    assert!(!switch(&client, None, Some(false)).await.processes);
    let remove = client.delete_module_on_node().node("self").module("app");
    remove.send().await.unwrap();
    configure().await;
    assert!(status(&client).await.checks.processes);
}

#[tokio::test]
async fn scripts_follow_what_is_switched_while_the_module_runs() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let said = farm.path("said");
    let mut settings = light();
    let script = format!("#!/bin/sh\necho $* >>{}\n", said.display());
    settings.scripts.insert("update".into(), script);
    let put = client.configure_module_on_node().node("self").module("app");
    put.body(settings).send().await.unwrap();
    let follows = async |times: usize| {
        wait_until("the script", async || {
            let text = std::fs::read_to_string(&said).unwrap_or_default();
            text == "UP UP update\n".repeat(times)
        })
        .await;
    };
    let boot = async |enabled| {
        let put = client.set_module_boot_on_node().node("self").module("app");
        put.body(BootSwitch { enabled }).send().await.unwrap();
    };
    // There is nothing to follow yet.
    boot(true).await;
    switch(&client, Some(false), None).await;
    start(&client).await;
    let wait = client.wait_for_module().node("self").module("app");
    let wait = wait.phase(Phase::Up).readiness(Readiness::Ready);
    wait.send().await.unwrap();
    switch(&client, Some(true), None).await;
    follows(1).await;
    boot(false).await;
    follows(2).await;
    // Neither is a change.
    boot(false).await;
    switch(&client, Some(true), Some(true)).await;
    boot(true).await;
    follows(3).await;
    let log = client.get_module_log().node("self").module("app");
    let log = log.send().await.unwrap();
    let said = |message: &str| log.entries.iter().any(|entry| entry.message == message);
    assert!(said("Action boot off called by admin"), "{log:?}");
}
