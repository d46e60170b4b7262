//! The local socket: a module's own scripts and root speak to the daemon without a password.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use evenkeel_client::types::{Phase, Readiness};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Farm, evenkeel, fail, light, succeed, wait_until};

/// A module whose `start_both` says and sets something by the program that the daemon runs.
async fn start_talkative(farm: &Farm) {
    let client = farm.client(0).await;
    let mut settings = light();
    let script = "#!/bin/sh\nset -e\nevenkeel printi started by \"$SAFEMODULE\"\n\
                  evenkeel printe come and see\n\
                  \"$SAFEBIN/evenkeel\" set -r custom.data -v fresh -i start_both\n\
                  test \"$(evenkeel get -r custom.data)\" = fresh\n";
    settings.scripts.insert("start_both".into(), script.into());
    let configured = client.configure_module().module("app").body(settings);
    configured.send().await.unwrap();
    client
        .start_module_on_node()
        .node("self")
        .module("app")
        .send()
        .await
        .unwrap();
    ready(farm).await;
}

async fn ready(farm: &Farm) {
    let client = farm.client(0).await;
    let wait = client.wait_for_module().node("self").module("app");
    let wait = wait.phase(Phase::Up).readiness(Readiness::Ready);
    wait.send().await.unwrap();
}

async fn says(farm: &Farm, wanted: &str) {
    let token = farm.token().await;
    let path = "/v1/nodes/self/modules/app/log?limit=1000";
    wait_until(wanted, async || {
        let log = farm.ask(0, Method::GET, path, Some(&token), None).await;
        let entries = log.body["entries"].as_array().unwrap();
        entries.iter().any(|entry| entry["message"] == wanted)
    })
    .await;
}

/// What the log tells who wants the lines of this level, each with its own.
async fn told(farm: &Farm, level: &str) -> Vec<(String, String)> {
    let token = farm.token().await;
    let path = format!("/v1/nodes/self/modules/app/log?limit=1000&level={level}");
    let log = farm.ask(0, Method::GET, &path, Some(&token), None).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let entries = log.body["entries"].as_array().unwrap().iter();
    entries
        .map(|entry| (text(&entry["message"]), text(&entry["level"])))
        .collect()
}

const RESOURCES: &str = "/v1/nodes/self/modules/app/resources";

/// A resource of the module.
async fn resource(farm: &Farm, name: &str) -> Value {
    let token = farm.token().await;
    let answer = farm
        .ask(0, Method::GET, RESOURCES, Some(&token), None)
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    let resources = answer.body["resources"].as_array().unwrap();
    let found = resources.iter().find(|one| one["name"] == name);
    found.unwrap().clone()
}

fn local(farm: &Farm, args: &[&str]) -> Command {
    let socket = format!("{}/api.sock", farm.data(0));
    let mut command = evenkeel();
    command.args(args).args(["--socket", &socket, "-m", "app"]);
    command
}

#[tokio::test]
async fn scripts_say_and_set_something_without_a_password() {
    let farm = Farm::start(1).await;
    start_talkative(&farm).await;
    says(&farm, "started by app").await;
    let data = resource(&farm, "custom.data").await;
    assert_eq!(
        (&data["value"], &data["by"]),
        (&json!("fresh"), &json!("start_both"))
    );

    let token = farm.token().await;
    let value = json!({"value": "stale"});
    let path = format!("{RESOURCES}/custom.data");
    let set = farm
        .ask(0, Method::PUT, &path, Some(&token), Some(value))
        .await;
    assert_eq!(set.status, StatusCode::ACCEPTED, "{set:?}");
    let get = || succeed(&mut local(&farm, &["get", "-r", "custom.data"])).stdout;
    assert_eq!(get(), b"stale\n");
    let data = resource(&farm, "custom.data").await;
    assert_eq!(data["by"], "admin");
    assert_eq!(data["history"][0]["value"], "fresh");
    assert!(
        data["history"][0]["since"].as_str() < data["since"].as_str(),
        "{data}"
    );
}

#[tokio::test]
async fn a_log_tells_what_happened_or_all_there_is() {
    let farm = Farm::start(1).await;
    start_talkative(&farm).await;
    says(&farm, "come and see").await;
    let line = |message: &str, level: &str| (message.to_owned(), level.to_owned());
    let (normal, all) = (told(&farm, "normal").await, told(&farm, "verbose").await);
    for wanted in ["come and see", "Script start_both", "Local state UP Ready"] {
        let wanted = line(wanted, "normal");
        assert!(normal.contains(&wanted) && all.contains(&wanted), "{all:?}");
    }
    let verbose = line("started by app", "verbose");
    assert!(all.contains(&verbose), "{all:?}");
    assert!(
        normal.iter().all(|(_, level)| level == "normal"),
        "{normal:?}"
    );
}

#[tokio::test]
async fn an_action_with_an_identity_counts_and_one_without_begins_anew() {
    let farm = Farm::start(1).await;
    start_talkative(&farm).await;
    let token = farm.token().await;
    let count = async || {
        let path = "/v1/nodes/self/modules/app";
        let status = farm.ask(0, Method::GET, path, Some(&token), None).await;
        status.body["automatic_actions"]["count"].as_u64().unwrap()
    };
    assert_eq!(count().await, 0);
    succeed(&mut local(&farm, &["restart", "-i", "disk-check"]));
    says(&farm, "Action restart called by disk-check").await;
    ready(&farm).await;
    assert_eq!(count().await, 1);
    let path = "/v1/nodes/self/modules/app/restart?identity=disk-check";
    let restart = farm.ask(0, Method::POST, path, Some(&token), None).await;
    assert_eq!(restart.status, StatusCode::ACCEPTED, "{restart:?}");
    ready(&farm).await;
    assert_eq!(count().await, 2);
    succeed(&mut local(&farm, &["stopstart"]));
    says(&farm, "Action stopstart called by root").await;
    ready(&farm).await;
    assert_eq!(count().await, 0);
    let path = "/v1/nodes/self/modules/app/stop?identity=%0a";
    let refused = farm.ask(0, Method::POST, path, Some(&token), None).await;
    assert_eq!(refused.problem(), "malformed-request");
    assert!(refused.says("control character"), "{refused:?}");
}

#[tokio::test]
async fn only_the_owner_of_the_data_reaches_the_socket_and_only_this_node() {
    let mut farm = Farm::start(2).await;
    let metadata = std::fs::metadata(farm.data(0)).unwrap();
    assert_eq!(metadata.permissions().mode() & 0o777, 0o700);
    let socket = format!("{}/api.sock", farm.data(0));
    let client = reqwest::Client::builder().unix_socket(socket.as_str());
    let client = client.build().unwrap();
    let ask = async |path: &str| client.get(format!("http://x{path}")).send().await.unwrap();
    assert_eq!(ask("/v1/nodes/node1").await.status(), StatusCode::OK);
    assert_eq!(ask("/v1/version").await.status(), StatusCode::OK);
    let other = ask("/v1/nodes/node2").await;
    assert_eq!(other.status(), StatusCode::MISDIRECTED_REQUEST);
    let text = other.text().await.unwrap();
    assert!(text.contains("log in to the API"), "{text}");
    assert_eq!(ask("/v1/users").await.status(), StatusCode::NOT_FOUND);

    // Who forgot the password gives a new one.
    let user = json!({"role": "admin", "password": "another good password"});
    let path = "http://x/v1/nodes/self/users/admin";
    let put = client.put(path).json(&user).send().await.unwrap();
    assert!(put.status().is_success(), "{}", put.text().await.unwrap());
    farm.token_of("admin", "another good password").await;

    let (code, said) = fail(&mut local(&farm, &["stop"]));
    assert!(code == 1 && said.contains("module app"), "{said}");
    let (_, said) = fail(&mut local(&farm, &["set", "-r", "custom.a/b", "-v", "up"]));
    assert!(said.contains("module app"), "{said}");
    // A socket that a killed daemon left is replaced.
    farm.kill_node(0);
    let (_, said) = fail(&mut local(&farm, &["stop"]));
    assert!(said.contains("the daemon does not answer at"), "{said}");
    farm.start_node(0).await;
    let (_, said) = fail(&mut local(&farm, &["stop"]));
    assert!(said.contains("module app"), "{said}");
}
