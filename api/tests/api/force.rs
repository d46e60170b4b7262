//! A stop by force, when a stop has no effect.

use std::path::PathBuf;

use evenkeel_client::types::{ModuleSettings, NodeSelection, Phase};
use reqwest::{Method, StatusCode};

use crate::common::{Farm, light, succeed, wait_until};
use crate::local::{local, ready, says};

/// A script that hangs for ever unless it is called by force, with a child that has left its process group.
const HANGS: &str = "#!/bin/sh\n[ \"$1\" = force ] && exit 0\n\
    setsid sleep 7654 &\necho $! > \"$SAFEUSERVAR/child\"\nsleep 7654\n";

async fn configure(farm: &Farm, script: &str) {
    let mut settings: ModuleSettings = light();
    settings.scripts.insert(script.into(), HANGS.into());
    let client = farm.client(0).await;
    let configured = client.configure_module().module("app").body(settings);
    configured.send().await.unwrap();
    let start = client.start_module_on_node().node("self").module("app");
    start.send().await.unwrap();
}

/// The child of the script that hangs, once it runs.
async fn child(farm: &Farm) -> PathBuf {
    let file = format!("{}/modules/app/var/child", farm.data(0));
    let mut child = PathBuf::new();
    wait_until("the script hangs", async || {
        let id = std::fs::read_to_string(&file).unwrap_or_default();
        child = PathBuf::from(format!("/proc/{}", id.trim()));
        id.ends_with('\n')
    })
    .await;
    assert!(child.exists());
    child
}

async fn ends(farm: &Farm, child: PathBuf) {
    let client = farm.client(0).await;
    let wait = client.wait_for_module().node("self").module("app");
    wait.phase(Phase::Stop).send().await.unwrap();
    wait_until("what hung is gone", async || {
        let stat = std::fs::read_to_string(child.join("stat"));
        stat.map_or(true, |stat| stat.contains(") Z "))
    })
    .await;
}

#[tokio::test]
async fn a_start_that_hangs_is_ended_by_force() {
    let farm = Farm::start(1).await;
    configure(&farm, "start_both").await;
    let child = child(&farm).await;
    let client = farm.client(0).await;
    // It waits for the script.
    let stop = client.stop_module_on_node().node("self").module("app");
    stop.send().await.unwrap();
    let some = NodeSelection {
        nodes: Some(vec!["node1".into()]),
    };
    let forced = client.forcestop_module().module("app").body(some);
    assert!(forced.send().await.unwrap().nodes[0].ok);
    says(&farm, "Action forcestop called by admin").await;
    ends(&farm, child).await;
    let token = farm.token().await;
    let path = "/v1/nodes/self/modules/app/forcestop";
    let again = farm.ask(0, Method::POST, path, Some(&token), None).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{again:?}");
    assert_eq!(again.problem(), "wrong-state");
}

#[tokio::test]
async fn a_stop_that_hangs_is_ended_by_force() {
    let farm = Farm::start(1).await;
    configure(&farm, "stop_both").await;
    ready(&farm).await;
    succeed(&mut local(&farm, &["stop"]));
    let child = child(&farm).await;
    succeed(&mut local(&farm, &["forcestop", "-i", "watcher"]));
    says(&farm, "Action forcestop called by watcher").await;
    ends(&farm, child).await;
}
