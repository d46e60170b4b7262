//! The local socket: a module's own scripts and root speak to the daemon without a password.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use evenkeel_client::types::{Phase, Readiness};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Farm, PATIENCE, evenkeel, fail, light, succeed, wait_until};

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

pub(crate) async fn ready(farm: &Farm) {
    let client = farm.client(0).await;
    let wait = client.wait_for_module().node("self").module("app");
    let wait = wait.phase(Phase::Up).readiness(Readiness::Ready);
    wait.send().await.unwrap();
}

pub(crate) async fn says(farm: &Farm, wanted: &str) {
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
pub(crate) async fn told(farm: &Farm, level: &str) -> Vec<(String, String)> {
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

/// The daemon's own program, as root or a script of the module calls it.
pub(crate) fn local(farm: &Farm, args: &[&str]) -> Command {
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
    succeed(&mut local(&farm, &["checker", "off"]));
    says(&farm, "Action checker off called by root").await;
    let value = succeed(&mut local(&farm, &["get", "-r", "usersetting.checker"])).stdout;
    assert_eq!(String::from_utf8(value).unwrap(), "off\n");
    succeed(&mut local(&farm, &["errd", "off"]));
    succeed(&mut local(&farm, &["errd", "on"]));
    says(&farm, "Action errd on called by root").await;
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
async fn only_the_owner_of_the_data_reaches_the_socket() {
    let mut farm = Farm::init(2);
    farm.start_node(0).await;
    let metadata = std::fs::metadata(farm.data(0)).unwrap();
    assert_eq!(metadata.permissions().mode() & 0o777, 0o700);
    let socket = format!("{}/api.sock", farm.data(0));
    let client = reqwest::Client::builder().unix_socket(socket.as_str());
    let client = client.build().unwrap();
    let ask = async |path: &str| client.get(format!("http://x{path}")).send().await.unwrap();
    assert_eq!(ask("/v1/nodes/node1").await.status(), StatusCode::OK);
    assert_eq!(ask("/v1/version").await.status(), StatusCode::OK);
    assert_eq!(ask("/v1/users").await.status(), StatusCode::OK);
    // It shows the others a token.
    farm.start_node(1).await;
    assert_eq!(ask("/v1/nodes/node2").await.status(), StatusCode::OK);

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

/// A command of `evenkeel` that is about no module.
pub(crate) fn evenkeel_at(farm: &Farm, args: &[&str]) -> Command {
    let socket = format!("{}/api.sock", farm.data(0));
    let mut command = evenkeel();
    command.args(args).args(["--socket", &socket]);
    command
}

fn said(command: &mut Command) -> String {
    String::from_utf8(succeed(command).stdout).unwrap()
}

#[tokio::test]
async fn root_gets_a_token_for_every_node() {
    let farm = Farm::start(2).await;
    let token = said(&mut evenkeel_at(&farm, &["token"]));
    for node in 0..2 {
        let path = "/v1/whoami";
        let me = farm.ask(node, Method::GET, path, Some(token.trim()), None);
        let me = me.await;
        assert_eq!(me.body["user"], "root", "{me:?}");
        assert_eq!(me.body["role"], "admin");
    }
    let path = "/v1/nodes/self/audit";
    let trail = farm
        .ask(0, Method::GET, path, Some(token.trim()), None)
        .await;
    let entries = trail.body["entries"].as_array().unwrap().clone();
    assert!(
        entries.iter().any(|entry| entry["operation"] == "token"),
        "{entries:?}"
    );
    let over_the_network = farm.ask(0, Method::POST, "/v1/token", Some(token.trim()), None);
    assert_eq!(over_the_network.await.problem(), "not-found");
}

#[tokio::test]
async fn the_state_of_all_nodes_is_a_table() {
    let mut farm = Farm::start(2).await;
    let client = farm.client(0).await;
    let configured = client.configure_module().module("app").body(light());
    configured.send().await.unwrap();
    let status = || said(&mut evenkeel_at(&farm, &["status"]));
    wait_until("both hear each other", async || {
        status().matches("1 of 1").count() == 2
    })
    .await;
    let table = status();
    let lines: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    assert_eq!(lines[0], ["NODE", "VERSION", "HEARS", "FILTER", "NOTE"]);
    assert_eq!(
        lines[2][..5],
        ["node2", env!("CARGO_PKG_VERSION"), "1", "of", "1"]
    );
    assert_eq!(
        lines[4],
        ["MODULE", "NODE", "STATE", "SHARE", "REVISION", "NOTE"]
    );
    assert_eq!(lines[6], ["app", "node2", "STOP", "NotReady", "1"]);
    farm.kill_node(1);
    let status = || said(&mut evenkeel_at(&farm, &["status"]));
    wait_until("the other is missed", async || {
        status().contains("does not hear node2")
    })
    .await;
    assert!(status().contains("node2: "), "why it does not answer");
}

#[tokio::test]
async fn a_log_is_printed_and_followed_at_any_node() {
    let farm = Farm::start(2).await;
    let client = farm.client(1).await;
    let configured = client.configure_module().module("app").body(light());
    configured.send().await.unwrap();
    let mut follow = local(&farm, &["logs", "--follow", "--node", "node2"]);
    let mut follow = follow.stdout(std::process::Stdio::piped()).spawn().unwrap();
    let start = client.start_module_on_node().node("node2").module("app");
    start.send().await.unwrap();
    let reader = std::io::BufReader::new(follow.stdout.take().unwrap());
    let seen = tokio::task::spawn_blocking(move || {
        let lines = std::io::BufRead::lines(reader).map(Result::unwrap);
        let mut seen = Vec::new();
        for line in lines {
            seen.push(line);
            if seen
                .last()
                .is_some_and(|line| line.ends_with("Local state UP Ready"))
            {
                break;
            }
        }
        seen
    });
    let seen = tokio::time::timeout(PATIENCE, seen).await.unwrap().unwrap();
    follow.kill().unwrap();
    follow.wait().unwrap();
    assert!(
        seen.iter().all(|line| line.contains(" node2: ")),
        "{seen:?}"
    );
    let printed = said(&mut local(&farm, &["logs", "--node", "node2", "-n", "1"]));
    assert_eq!(printed.lines().count(), 1, "{printed}");
    let all = said(&mut local(
        &farm,
        &["logs", "--node", "node2", "-n", "1000"],
    ));
    let all: Vec<&str> = all.lines().collect();
    assert_eq!(
        all[all.len() - seen.len()..],
        seen,
        "none twice, none missing"
    );
    let (_, refused) = fail(&mut local(&farm, &["logs", "--node", "node9"]));
    assert!(refused.contains("no node \"node9\""), "{refused}");
}
