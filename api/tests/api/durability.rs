//! What was acknowledged stays: when the daemon is killed at any moment, and when the disk is full.

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use nix::mount::{MsFlags, mount};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::common::{Answer, Farm, succeed, wait_until};
use crate::namespace::in_namespace;

const LIGHT: &str = "<safe>\n<service mode=\"light\">\n<user/>\n</service>\n</safe>";
const MODULE: &str = "/v1/nodes/self/modules/app";
const DIGEST: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

/// A writer's count: what it sent, and what of it was acknowledged.
#[derive(Debug, Default)]
struct Progress {
    sent: AtomicU64,
    acknowledged: AtomicU64,
}

impl Progress {
    fn acknowledged(&self) -> u64 {
        self.acknowledged.load(Ordering::SeqCst)
    }

    /// What is there is the last that was acknowledged, or what was under way when the daemon was killed.
    fn allows(&self, found: u64) -> bool {
        (self.acknowledged()..=self.sent.load(Ordering::SeqCst)).contains(&found)
    }
}

/// Who writes: an API key, or a module with a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Key(usize),
    Module,
}

const KINDS: [Kind; 4] = [Kind::Key(0), Kind::Key(1), Kind::Key(2), Kind::Module];

/// A path and a body that carry this number.
fn request(kind: Kind, number: u64) -> (String, Value) {
    match kind {
        Kind::Key(key) => {
            let path = format!("/v1/nodes/self/api-keys/key{key}");
            // Digests are told apart by key, and by number.
            let digest = format!("{key:02x}{number:016x}{}", &DIGEST[18..]);
            let body = json!({
                "role": "monitor", "created_at": "2026-11-23T02:00:00Z", "created_by": number.to_string(),
                "expires_at_s": 1, "digest": digest
            });
            (path, body)
        }
        Kind::Module => {
            let body = json!({
                "userconfig": LIGHT, "macros": {"NUMBER": number.to_string()},
                "scripts": {"start_both": script(number), "stop_both": script(number)}
            });
            (MODULE.to_owned(), body)
        }
    }
}

fn script(number: u64) -> String {
    format!("#!/bin/sh\n# {number}\n")
}

/// Writes number after number until the node does not answer.
fn write(
    (http, url, token): (Client, String, String),
    kind: Kind,
    progress: Arc<Progress>,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            let number = progress.sent.fetch_add(1, Ordering::SeqCst) + 1;
            let (path, body) = request(kind, number);
            let put = http.put(format!("{url}{path}")).bearer_auth(&token);
            match put.json(&body).send().await {
                Ok(answer) if answer.status().is_success() => {
                    progress.acknowledged.store(number, Ordering::SeqCst);
                }
                Ok(answer) => panic!("{kind:?}: {}", answer.text().await.unwrap_or_default()),
                Err(_killed) => return,
            }
        }
    })
}

/// The number that a node has of each kind after its start.
async fn found(farm: &Farm, token: &str, kind: Kind) -> u64 {
    let get = async |path: &str| farm.ask(0, Method::GET, path, Some(token), None).await.body;
    let text = match kind {
        Kind::Key(key) => {
            let name = format!("key{key}");
            let list = get("/v1/api-keys").await["api_keys"].clone();
            let all = list.as_array().unwrap().clone();
            let one = all.into_iter().find(|one| one["name"] == name.as_str());
            one.map_or(Value::Null, |one| one["created_by"].clone())
        }
        Kind::Module => get(&format!("{MODULE}/config")).await["macros"]["NUMBER"].clone(),
    };
    text.as_str().map_or(0, |text| text.parse().unwrap())
}

/// The files in the module's folder are those of the configuration in force, whole, and no others.
fn scripts_are(farm: &Farm, number: u64) {
    let bin = farm.path("data0/modules/app/bin");
    let Ok(files) = fs::read_dir(&bin) else {
        assert_eq!(number, 0, "no scripts");
        return;
    };
    let mut names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["start_both", "stop_both"]);
    for name in names {
        assert_eq!(fs::read_to_string(bin.join(name)).unwrap(), script(number));
    }
}

#[tokio::test]
async fn what_was_acknowledged_outlives_kill_9_at_any_moment() {
    const WRITES: u64 = 2000;
    let mut farm = Farm::start(1).await;
    let token = farm.token().await;
    let all: Vec<Arc<Progress>> = KINDS.iter().map(|_| Arc::default()).collect();
    let acknowledged = || all.iter().map(|one| one.acknowledged()).sum::<u64>();
    while acknowledged() < WRITES {
        let until = acknowledged() + rand::random_range(1..300);
        let access = (farm.http(), farm.url(0), token.clone());
        let writers = KINDS.iter().zip(&all);
        let writers = writers.map(|(kind, one)| write(access.clone(), *kind, Arc::clone(one)));
        let writers: Vec<_> = writers.collect();
        wait_until("so much is acknowledged", async || {
            acknowledged() >= until || writers.iter().any(JoinHandle::is_finished)
        })
        .await;
        farm.kill_node(0);
        for writer in writers {
            writer.await.unwrap();
        }
        farm.start_node(0).await;
        for (kind, progress) in KINDS.iter().zip(&all) {
            let found = found(&farm, &token, *kind).await;
            assert!(progress.allows(found), "{kind:?}: {found}, {progress:?}");
            if *kind == Kind::Module {
                scripts_are(&farm, found);
            }
            progress.sent.store(found, Ordering::SeqCst);
            progress.acknowledged.store(found, Ordering::SeqCst);
        }
    }
}

/// A module with scripts that need room, told apart by their number.
async fn configure(farm: &Farm, token: &str, number: u64) -> Answer {
    let padding = "#".repeat(100_000);
    let script = format!("{}{padding}\n", script(number));
    let body = json!({
        "userconfig": LIGHT, "macros": {"NUMBER": number.to_string()},
        "scripts": {"start_both": script, "stop_both": script}
    });
    farm.ask(0, Method::PUT, MODULE, Some(token), Some(body))
        .await
}

/// Puts the node's data on a disk of so many bytes.
fn small_disk(farm: &Farm, bytes: u32) {
    let (data, aside) = (farm.path("data0"), farm.path("aside"));
    fs::rename(&data, &aside).unwrap();
    fs::create_dir(&data).unwrap();
    let options = format!("size={bytes},mode=0700");
    let tmpfs = Some("tmpfs");
    mount(
        tmpfs,
        &data,
        tmpfs,
        MsFlags::empty(),
        Some(options.as_str()),
    )
    .unwrap();
    let all = format!("{}/.", aside.display());
    succeed(Command::new("cp").args(["-a", &all]).arg(&data));
}

#[test]
fn a_full_disk_is_told_and_takes_nothing_that_was_acknowledged() {
    in_namespace(async || {
        let mut farm = Farm::init(1);
        small_disk(&farm, 8 * 1024 * 1024);
        farm.start_node(0).await;
        let token = farm.token().await;
        assert_eq!(configure(&farm, &token, 1).await.status, StatusCode::OK);
        let filler = farm.path("data0/filler");
        drop(
            Command::new("dd")
                .args(["if=/dev/zero", "bs=4096"])
                .arg(format!("of={}", filler.display()))
                .output()
                .unwrap(),
        );
        let mut taken = 1;
        let refused = loop {
            let answer = configure(&farm, &token, taken + 1).await;
            if !answer.status.is_success() {
                break answer;
            }
            taken += 1;
            assert!(taken < 100, "the disk is never full");
        };
        assert_eq!(refused.problem(), "storage-full");
        assert_eq!(refused.status, StatusCode::INSUFFICIENT_STORAGE);
        assert!(refused.says("make room"), "{refused:?}");
        // Where only the audit trail had no room, it says that the change was made.
        if refused.says("the request itself: accepted") {
            taken += 1;
        }
        // It goes on, with what it had.
        let holds = async |farm: &Farm, number: u64| {
            assert_eq!(found(farm, &token, Kind::Module).await, number);
            for name in ["start_both", "stop_both"] {
                let file = farm.path("data0/modules/app/bin").join(name);
                let text = fs::read_to_string(file).unwrap();
                assert!(text.starts_with(&script(number)), "{name} is another one");
            }
        };
        holds(&farm, taken).await;
        let health = farm.ask(0, Method::GET, "/healthz", None, None).await;
        assert_eq!(health.status, StatusCode::OK);
        fs::remove_file(filler).unwrap();
        let taken = taken + 1;
        assert_eq!(configure(&farm, &token, taken).await.status, StatusCode::OK);
        holds(&farm, taken).await;
        farm.kill_node(0);
        farm.start_node(0).await;
        holds(&farm, taken).await;
    });
}
