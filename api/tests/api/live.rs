//! Another configuration, and other scripts, for a module that runs on a node.

use std::fs;

use evenkeel_client::Client;
use evenkeel_client::types::{
    Applied, CheckSwitches, ModuleSettings, Phase, ProblemType, Readiness,
};

use crate::common::{Farm, light, other_mode, problem, wait_until};

async fn put(client: &Client, settings: ModuleSettings) -> Applied {
    let put = client.configure_module_on_node().node("self").module("app");
    put.body(settings).send().await.unwrap().into_inner()
}

async fn start(client: &Client) {
    let start = client.start_module_on_node().node("self").module("app");
    start.send().await.unwrap();
    let wait = client.wait_for_module().node("self").module("app");
    let wait = wait.phase(Phase::Up).readiness(Readiness::Ready);
    wait.send().await.unwrap();
}

fn with(scripts: &[(&str, String)], elements: &str) -> ModuleSettings {
    let mut settings = light();
    for (name, text) in scripts {
        let text = format!("#!/bin/sh\n{text}\n");
        settings.scripts.insert((*name).into(), text);
    }
    let elements = format!("{elements}</service>");
    settings.userconfig = settings.userconfig.replace("</service>", &elements);
    settings
}

/// Has the script `update` called.
async fn switch(client: &Client) {
    let put = client.switch_checks_on_node().node("self").module("app");
    let switches = CheckSwitches {
        checkers: Some(false),
        processes: None,
        classes: [].into(),
    };
    put.body(switches).send().await.unwrap();
}

#[tokio::test]
async fn scripts_change_while_the_module_runs_and_the_one_that_runs_goes_on() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let (said, go) = (farm.path("said"), farm.path("go"));
    let says = |what: &str| format!("echo {what} >>{}", said.display());
    let has_said = async |expected: &str| {
        wait_until(expected, async || {
            fs::read_to_string(&said).unwrap_or_default() == expected
        })
        .await;
    };
    let waits = format!("while [ ! -e {} ]; do sleep 0.02; done", go.display());
    let old = format!("{}\n{waits}\n{}", says("begins"), says("old"));
    put(
        &client,
        with(&[("update", old), ("more", String::new())], ""),
    )
    .await;
    start(&client).await;
    switch(&client).await;
    has_said("begins\n").await;

    let new = with(&[("update", says("new")), ("stop_both", says("stop"))], "");
    let applied = put(&client, new).await;
    assert!(applied.live, "{applied:?}");
    let bin = farm.path("data0/modules/app/bin");
    let names = fs::read_dir(bin).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["start_both", "stop_both", "update"]);
    fs::write(&go, "").unwrap();
    has_said("begins\nold\nnew\n").await;
    let stop = client.stop_module_on_node().node("self").module("app");
    stop.send().await.unwrap();
    // Gracefully, and by force.
    has_said("begins\nold\nnew\nstop\nstop\n").await;
}

#[tokio::test]
async fn the_program_of_a_check_comes_with_it() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    put(&client, light()).await;
    start(&client).await;
    let says = "evenkeel set -r $2 -v up -i watch\nexec sleep 600".to_owned();
    let check = r#"<check><custom ident="disk" when="both" exec="watch" action="stop"/></check>"#;
    put(&client, with(&[("watch", says)], check)).await;
    let log = async || {
        let log = client.get_module_log().node("self").module("app");
        let log = log.send().await.unwrap().into_inner().entries;
        log.into_iter()
            .map(|entry| entry.message)
            .collect::<Vec<_>>()
    };
    wait_until("the check says something", async || {
        let log = log().await;
        let mut said = log.iter();
        said.any(|line| line.starts_with("Resource custom.disk set to"))
    })
    .await;
    let log = log().await;
    let up = "Resource custom.disk set to up by watch".to_owned();
    assert!(log.contains(&up), "{log:?}");
}

#[tokio::test]
async fn a_change_that_is_refused_changes_no_script() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    put(&client, light()).await;
    start(&client).await;
    let other = other_mode(with(&[("start_both", "exit 1".to_owned())], ""));
    let refused = client.configure_module_on_node().node("self").module("app");
    let refused = problem(refused.body(other).send().await);
    assert_eq!(refused.type_, ProblemType::ProblemsWrongState);
    assert!(refused.detail.contains("its mode changes"), "{refused:?}");
    let script = farm.path("data0/modules/app/bin/start_both");
    let text = fs::read_to_string(script).unwrap();
    assert_eq!(text, light().scripts["start_both"]);
}
