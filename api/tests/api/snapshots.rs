//! Snapshots: everything that is needed to find a fault, and nothing that is not for others.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use evenkeel_client::types::Phase;
use reqwest::{Method, StatusCode};
use serde_json::Value;
use zip::ZipArchive;

use crate::common::{Farm, light};

const SNAPSHOT: &str = "/v1/nodes/node2/modules/shop/snapshot";

/// The entries of a snapshot.
async fn taken(farm: &Farm, path: &str, token: &str) -> BTreeMap<String, String> {
    let url = format!("{}{path}", farm.url(0));
    let answer = farm
        .http()
        .get(url)
        .bearer_auth(token)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    let bytes = answer.bytes().await.unwrap();
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut entries = BTreeMap::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        entries.insert(name, text);
    }
    entries
}

/// A module that is UP on the second node, with a secret, a script that says it, and a host.
async fn start(farm: &Farm) {
    let client = farm.client(0).await;
    let mut settings = light();
    let script = "#!/bin/sh\necho connects to db.example.com with hunter2\n";
    settings.scripts.insert("start_both".into(), script.into());
    let check = "<check><tcp ident=\"db\" when=\"both\"><to addr=\"db.example.com\" port=\"1\"/></tcp></check>";
    settings.userconfig = settings
        .userconfig
        .replace("<user/>", &format!("<user/>{check}"));
    settings
        .macros
        .insert("DB_PASSWORD".into(), "hunter2".into());
    let configured = client.configure_module().module("shop").body(settings);
    configured.send().await.unwrap();
    let start = client.start_module_on_node().node("node2").module("shop");
    start.send().await.unwrap();
    let wait = client.wait_for_module().node("node2").module("shop");
    wait.phase(Phase::Up).send().await.unwrap();
}

#[tokio::test]
async fn a_snapshot_has_what_is_needed_and_no_secret() {
    let farm = Farm::start(2).await;
    start(&farm).await;
    let token = farm.token().await;
    let entries = taken(&farm, SNAPSHOT, &token).await;
    let json = |name: &str| serde_json::from_str::<Value>(&entries[name]).unwrap();
    assert_eq!(json("about.json")["node"], "node2");
    assert_eq!(json("module.json")["phase"], "UP");
    assert_eq!(json("node.json")["name"], "node2");
    let resources = json("resources.json");
    let mut resources = resources.as_array().unwrap().iter();
    let checked = resources.find(|resource| resource["name"] == "tcp.db");
    assert!(checked.unwrap()["history"].is_array());
    assert_eq!(json("conf/macros.json")["DB_PASSWORD"], "***");
    for (name, words) in [
        ("cluster.xml", "node1"),
        ("conf/userconfig.xml", "db.example.com"),
        ("metrics.txt", "# EOF"),
        ("log.txt", "normal Script start_both"),
        ("bin/start_both", "with ***"),
    ] {
        assert!(entries[name].contains(words), "{name}: {}", entries[name]);
    }
    let output = entries
        .iter()
        .find(|(name, _)| name.starts_with("script-logs/"));
    assert_eq!(output.unwrap().1, "connects to db.example.com with ***\n");
    for (name, text) in &entries {
        assert!(
            !text.contains("hunter2") && !text.contains(&token),
            "{name}"
        );
    }
}

#[tokio::test]
async fn an_anonymous_snapshot_names_nobody() {
    let farm = Farm::start(2).await;
    start(&farm).await;
    let token = farm.token().await;
    let entries = taken(&farm, &format!("{SNAPSHOT}?anonymous=true"), &token).await;
    let addresses = [0, 1].map(|node| farm.url(node).replace("https://", "").replace(":9453", ""));
    let telling = [
        "node1",
        "node2",
        "shop",
        "admin",
        "db.example.com",
        "hunter2",
    ];
    let telling = telling
        .into_iter()
        .chain(addresses.iter().map(String::as_str));
    for word in telling {
        for (name, text) in &entries {
            assert!(!text.contains(word), "{name} has {word}: {text}");
        }
    }
    let about: Value = serde_json::from_str(&entries["about.json"]).unwrap();
    assert_eq!(
        (&about["node"], &about["module"]),
        (&"node-2".into(), &"module".into())
    );
    let is_free_text = |name: &String| name.starts_with("bin/") || name.starts_with("script-logs/");
    assert!(!entries.keys().any(is_free_text), "{:?}", entries.keys());
    assert!(entries["log.txt"].contains("Action start called by user-1"));
    assert!(entries["conf/userconfig.xml"].contains("addr=\"host-1\""));
}

#[tokio::test]
async fn a_snapshot_of_no_module_is_refused() {
    let farm = Farm::start(1).await;
    let token = farm.token().await;
    let path = "/v1/nodes/self/modules/other/snapshot";
    let answer = farm.ask(0, Method::GET, path, Some(&token), None).await;
    assert_eq!(answer.problem(), "unknown-module");
}
