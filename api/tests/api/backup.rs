//! Backups: taken while the daemon runs, restored on a machine that has nothing.

use std::fs;
use std::io::{Cursor, Write};
use std::os::unix::fs::PermissionsExt;

use reqwest::{Method, StatusCode};
use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::common::{Farm, evenkeel, fail, light, succeed, wait_until};

fn back_up(farm: &Farm, node: usize) -> String {
    let file = farm.path("backup.zip").to_str().unwrap().to_owned();
    succeed(evenkeel().args(["backup", "--data", &farm.data(node), "--to", &file]));
    file
}

async fn hears_the_other(farm: &Farm, node: usize, token: &str) -> bool {
    let cluster = farm.ask(node, Method::GET, "/v1/cluster", Some(token), None);
    let cluster = cluster.await.body;
    let nodes = cluster["nodes"].as_array().unwrap();
    nodes.iter().all(|node| node["alive"] == true)
}

#[tokio::test]
async fn a_node_lives_on_from_its_backup_on_a_fresh_machine() {
    let mut farm = Farm::start(2).await;
    let client = farm.client(0).await;
    let configured = client.configure_module().module("app").body(light());
    configured.send().await.unwrap();
    let user = json!({"name": "guest", "password": "a good password", "role": "monitor"});
    let admin = farm.token().await;
    let made = farm.ask(0, Method::POST, "/v1/users", Some(&admin), Some(user));
    assert_eq!(made.await.status, StatusCode::CREATED);
    wait_until("both hear each other", async || {
        hears_the_other(&farm, 0, &admin).await
    })
    .await;

    let file = back_up(&farm, 1);
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "it holds keys");
    // The others have seen a later start of this node than the backup knows.
    farm.kill_node(1);
    farm.start_node(1).await;
    farm.kill_node(1);
    fs::remove_dir_all(farm.path("data1")).unwrap();
    wait_until("the other misses it", async || {
        !hears_the_other(&farm, 0, &admin).await
    })
    .await;

    let restored = succeed(evenkeel().args(["restore", "--from", &file, "--data", &farm.data(1)]));
    let said = String::from_utf8(restored.stdout).unwrap();
    assert!(said.contains("node node2 is restored"), "{said}");
    let mode = fs::metadata(farm.path("data1"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
    farm.start_node(1).await;
    let guest = farm.token_of("guest", "a good password").await;
    for node in [0, 1] {
        wait_until("they hear each other", async || {
            hears_the_other(&farm, node, &guest).await
        })
        .await;
    }
    let module = "/v1/nodes/node2/modules/app/config";
    let module = farm.ask(0, Method::GET, module, Some(&guest), None).await;
    assert_eq!(module.body["revision"], 1, "{module:?}");
}

#[tokio::test]
async fn what_cannot_be_restored_is_said_and_nothing_is_left() {
    let farm = Farm::start(1).await;
    let file = back_up(&farm, 0);
    let restore =
        |from: &str, data: &str| fail(evenkeel().args(["restore", "--from", from, "--data", data]));
    let (_, said) = restore(&file, &farm.data(0));
    assert!(said.contains("exists and is not empty"), "{said}");

    let new = farm.path("new").to_str().unwrap().to_owned();
    let bad = farm.path("bad.zip").to_str().unwrap().to_owned();
    let whole = fs::read(&file).unwrap();
    let foreign = |name: &str| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(b"x").unwrap();
        zip.finish().unwrap().into_inner()
    };
    for (content, words) in [
        (whole[..whole.len() / 2].to_vec(), "is no backup of a node"),
        (b"hello".to_vec(), "is no backup of a node"),
        (foreign("../evil"), "does not belong into it"),
        (foreign("cluster.xml"), "is missing"),
    ] {
        fs::write(&bad, content).unwrap();
        let (code, said) = restore(&bad, &new);
        assert_eq!(code, 1);
        assert!(said.contains(words), "{said}");
    }
    let (_, said) = restore(&farm.path("none.zip").to_string_lossy(), &new);
    assert!(said.contains("none.zip"), "{said}");
    let left = fs::read_dir(farm.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = left
        .filter(|name| name.to_string_lossy().contains("new"))
        .collect();
    assert!(left.is_empty(), "{left:?}");

    let missing = farm.path("missing").to_str().unwrap().to_owned();
    let (_, said) = fail(evenkeel().args(["backup", "--data", &missing, "--to", &bad]));
    assert!(said.contains("is no node's data"), "{said}");
}
