//! What scripts wrote, as an operator gets it who has no shell on the node.

use evenkeel_client::types::{Phase, Readiness};
use reqwest::{Method, StatusCode};

use crate::common::{Farm, light};

const LOGS: &str = "/v1/nodes/node2/modules/app/script-logs";

#[tokio::test]
async fn the_output_of_a_script_is_read_at_any_node() {
    let farm = Farm::start(2).await;
    let client = farm.client(0).await;
    let mut settings = light();
    let script = "#!/bin/sh\necho starts on \"$SAFEMODULE\"\necho and complains >&2\n";
    settings.scripts.insert("start_both".into(), script.into());
    let configured = client.configure_module().module("app").body(settings);
    configured.send().await.unwrap();
    let token = farm.token().await;
    let none = farm.ask(0, Method::GET, LOGS, Some(&token), None).await;
    assert_eq!(none.body["logs"].as_array().unwrap().len(), 0, "{none:?}");
    let start = client.start_module_on_node().node("node2").module("app");
    start.send().await.unwrap();
    let wait = client.wait_for_module().node("node2").module("app");
    let wait = wait.phase(Phase::Up).readiness(Readiness::Ready);
    wait.send().await.unwrap();

    let list = farm.ask(0, Method::GET, LOGS, Some(&token), None).await;
    assert_eq!(list.status, StatusCode::OK, "{list:?}");
    let logs = list.body["logs"].as_array().unwrap();
    assert_eq!((logs.len(), &logs[0]["script"]), (1, &"start_both".into()));
    let name = logs[0]["name"].as_str().unwrap();
    let url = format!("{}{LOGS}/{name}", farm.url(0));
    let output = farm
        .http()
        .get(url)
        .bearer_auth(&token)
        .send()
        .await
        .unwrap();
    assert_eq!(
        output.headers()["content-type"],
        "text/plain; charset=utf-8"
    );
    let text = output.text().await.unwrap();
    assert_eq!(text, "starts on app\nand complains\n");
    assert_eq!(logs[0]["bytes"], text.len());
}

#[tokio::test]
async fn an_output_that_is_not_there_is_said_so() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let configured = client.configure_module().module("app").body(light());
    configured.send().await.unwrap();
    let token = farm.token().await;
    for (path, problem) in [
        (
            "app/script-logs/userlog_2026-11-23T020000_start_both.ulog",
            "unknown-script-log",
        ),
        (
            "app/script-logs/..%2F..%2Fcluster.xml",
            "unknown-script-log",
        ),
        ("other/script-logs", "unknown-module"),
        (
            "other/script-logs/userlog_2026-11-23T020000_start_both.ulog",
            "unknown-module",
        ),
    ] {
        let path = format!("/v1/nodes/self/modules/{path}");
        let answer = farm.ask(0, Method::GET, &path, Some(&token), None).await;
        assert_eq!(answer.problem(), problem, "{path}");
    }
}
