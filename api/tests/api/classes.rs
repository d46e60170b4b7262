//! Processes of a class that the module's scripts switch, and programs of the module for their failure.

use std::fs;

use evenkeel_client::types::{CheckSwitches, ProblemType};
use reqwest::Method;

use crate::common::{Farm, fail, light, problem, succeed, wait_until};
use crate::local::{local, ready, says};

/// No machine has such a process.
const PROCESS: &str = "evk-no-such";

/// A node with a module that looks for a process at night, which its first start begins. The program
/// for the failure does this.
async fn farm(handler: &str) -> Farm {
    let farm = Farm::start(1).await;
    let said = farm.path("said").display().to_string();
    let mut settings = light();
    let errd = format!(
        "<errd polltimer=\"1s\">\
            <proc name=\"{PROCESS}\" class=\"night\" action=\"batch-handler\"/>\
            <proc name=\"sh\" class=\"day\" action=\"noaction\"/></errd></service>"
    );
    settings.userconfig = settings.userconfig.replace("</service>", &errd);
    let scripts = [
        (
            "start_both",
            format!("[ -e {said} ] || evenkeel errd enable night"),
        ),
        ("batch-handler", format!("echo \"$*\" >>{said}\n{handler}")),
    ];
    let scripts = scripts.map(|(name, text)| (name.to_owned(), format!("#!/bin/sh\n{text}\n")));
    settings.scripts.extend(scripts);
    let client = farm.client(0).await;
    let configure = client.configure_module().module("app").body(settings);
    configure.send().await.unwrap();
    let start = client.start_module_on_node().node("self").module("app");
    start.send().await.unwrap();
    farm
}

fn said(farm: &Farm) -> String {
    fs::read_to_string(farm.path("said")).unwrap_or_default()
}

/// What `evenkeel errd list` prints.
fn list(farm: &Farm) -> String {
    let listed = succeed(&mut local(farm, &["errd", "list"])).stdout;
    String::from_utf8(listed).unwrap()
}

#[tokio::test]
async fn scripts_switch_a_class_and_a_program_handles_its_failure() {
    let farm = farm("evenkeel errd disable night").await;
    let called = format!("app proc.{PROCESS}\n");
    for line in [
        "Action errd enable night called by root",
        &format!("Process {PROCESS} not running"),
        "Action batch-handler called by errd",
        "Action errd disable night called by root",
    ] {
        says(&farm, line).await;
    }
    ready(&farm).await;
    assert_eq!(
        (said(&farm), list(&farm)),
        (called.clone(), "day off\nnight off\n".to_owned())
    );
    // By the API as well.
    let client = farm.client(0).await;
    let switch = async |class: &str, on| {
        let put = client.switch_checks_on_node().node("self").module("app");
        let put = put.body(CheckSwitches {
            checkers: None,
            processes: None,
            classes: [(class.to_owned(), on)].into(),
        });
        put.send().await
    };
    let checks = switch("night", true).await.unwrap();
    assert_eq!(checks.classes.get("night"), Some(&true));
    wait_until("the handler", async || said(&farm) == called.repeat(2)).await;
    says(&farm, "Action errd enable night called by admin").await;
    let unknown = problem(switch("nigth", true).await);
    assert_eq!(unknown.type_, ProblemType::ProblemsNotFound);
    assert!(
        unknown.detail.contains("there are day, night"),
        "{}",
        unknown.detail
    );
    let (_, refused) = fail(&mut local(&farm, &["errd", "enable", "nigth"]));
    assert!(refused.contains("no process is of class"), "{refused}");
}

#[tokio::test]
async fn what_a_program_did_not_handle_is_a_stopstart() {
    let farm = farm("exit 3").await;
    for line in [
        "Action batch-handler called by errd",
        "Action stopstart called by errd",
        "Action start called automatically",
    ] {
        says(&farm, line).await;
    }
    ready(&farm).await;
    assert_eq!(list(&farm), "day off\nnight off\n", "off at each start");
    let token = farm.token().await;
    let path = "/v1/nodes/self/modules/app";
    let status = farm.ask(0, Method::GET, path, Some(&token), None).await;
    assert_eq!(status.body["automatic_actions"]["count"], 1, "{status:?}");
    assert_eq!(status.body["checks"]["classes"]["night"], false);
}
