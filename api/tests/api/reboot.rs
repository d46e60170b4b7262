//! `automatic_reboot`: a module reboots the machine where the daemon may, by a program that only says so here.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use evenkeel_client::types::Readiness;

use crate::common::{Farm, light, succeed, wait_until};
use crate::local::{local, ready, says, told};

/// What the log says of the reboots.
const PLANNED: &str = "automatic_reboot: the machine is rebooted when the module has stopped";
const BEGINS: &str = "automatic_reboot: the machine is rebooted";

/// A node whose module runs and may reboot the machine once a day, if the daemon may at all. What stops
/// the application says so in the file in which the reboot says so.
async fn farm(permit: bool) -> Farm {
    let mut farm = Farm::init(1);
    let program = farm.path("reboot");
    let said = farm.path("said").display().to_string();
    fs::write(&program, format!("#!/bin/sh\necho reboot >>{said}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    if permit {
        farm.permit_reboot(program.to_str().unwrap());
    }
    farm.start_node(0).await;
    let mut settings = light();
    let service = r#"mode="light" automatic_reboot="on" maxloop="1""#;
    settings.userconfig = settings.userconfig.replace(r#"mode="light""#, service);
    let script = format!("#!/bin/sh\necho stop $* >>{said}\n");
    settings.scripts.insert("poststop".into(), script);
    let client = farm.client(0).await;
    let configure = client.configure_module().module("app").body(settings);
    configure.send().await.unwrap();
    start(&farm).await;
    farm
}

async fn start(farm: &Farm) {
    let client = farm.client(0).await;
    let start = client.start_module_on_node().node("self").module("app");
    start.send().await.unwrap();
    ready(farm).await;
}

fn said(farm: &Farm) -> Vec<String> {
    let text = fs::read_to_string(farm.path("said")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

#[tokio::test]
async fn a_machine_is_rebooted_once_when_the_module_has_stopped() {
    let mut farm = farm(true).await;
    succeed(&mut local(&farm, &["stopstart", "-i", "watcher"]));
    let all = ["stop WAIT STOP stopstart", "reboot"];
    wait_until("the reboot", async || said(&farm) == all).await;
    for line in ["Action stopstart called by watcher", PLANNED, BEGINS] {
        says(&farm, line).await;
    }
    let client = farm.client(0).await;
    let status = client.get_module_on_node().node("self").module("app");
    let status = status.send().await.unwrap();
    assert_eq!(status.readiness, Readiness::NotReady);
    // The machine comes back, and its module is no better: there was a reboot already.
    assert_eq!(farm.end_node(0).await, Some(0));
    farm.start_node(0).await;
    ready_or_start(&farm).await;
    succeed(&mut local(&farm, &["stopstart", "-i", "watcher"]));
    let refused = "automatic_reboot: the machine is not rebooted, so the module is started again: it was 1 times \
                   within 86400 s, and maxloop allows no more";
    says(&farm, refused).await;
    ready(&farm).await;
    assert_eq!(said(&farm), [all[0], all[1], all[0]]);
}

/// A daemon that starts again starts the modules that were.
async fn ready_or_start(farm: &Farm) {
    let client = farm.client(0).await;
    let start = client.start_module_on_node().node("self").module("app");
    drop(start.send().await);
    ready(farm).await;
}

#[tokio::test]
async fn nothing_is_rebooted_without_permission() {
    let farm = farm(false).await;
    succeed(&mut local(&farm, &["stopstart", "-i", "watcher"]));
    says(&farm, "Action start called automatically").await;
    ready(&farm).await;
    assert_eq!(said(&farm), ["stop WAIT STOP stopstart"]);
    let lines = told(&farm, "normal").await;
    let denied = lines
        .iter()
        .find(|(line, _)| line.starts_with("automatic_reboot"));
    let (denied, _) = denied.unwrap();
    assert!(
        denied.contains("evenkeel serve --permit-reboot permits it"),
        "{denied}"
    );
}
