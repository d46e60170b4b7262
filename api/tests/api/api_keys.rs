//! Keys of programs: on every node, for a role and some modules, replaced without a gap, ended at once.

use std::fs;

use evenkeel_api::auth::api_key;
use evenkeel_api::timestamp;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Answer, Farm};

const KEYS: &str = "/v1/api-keys";

async fn create(farm: &Farm, admin: &str, key: Value) -> Answer {
    farm.ask(0, Method::POST, KEYS, Some(admin), Some(key))
        .await
}

/// A key that was made on all nodes that run.
async fn made(farm: &Farm, admin: &str, key: Value) -> String {
    let answer = create(farm, admin, key).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    key_of(&answer)
}

fn key_of(answer: &Answer) -> String {
    answer.body["key"].as_str().unwrap().to_owned()
}

async fn whoami(farm: &Farm, node: usize, key: &str) -> Answer {
    farm.ask(node, Method::GET, "/v1/whoami", Some(key), None)
        .await
}

async fn rotate(farm: &Farm, admin: &str, rotation: Value) -> Answer {
    let path = "/v1/api-keys/ci/rotate";
    farm.ask(0, Method::POST, path, Some(admin), Some(rotation))
        .await
}

#[tokio::test]
async fn a_key_is_good_at_every_node_for_its_role_and_is_named_in_the_audit_trail() {
    let mut farm = Farm::start(2).await;
    let admin = farm.token().await;
    let key = made(&farm, &admin, json!({"name": "ci", "role": "control"})).await;
    for node in 0..2 {
        let me = whoami(&farm, node, &key).await;
        assert_eq!(me.body["user"], "key:ci", "{me:?}");
        assert_eq!(me.body["role"], "control");
        assert!(me.body["modules"].is_null());
    }
    // By way of another node, and to both at once.
    let start = "/v1/nodes/node2/modules/web/start";
    let answer = farm.ask(0, Method::POST, start, Some(&key), None).await;
    assert_eq!(answer.problem(), "unknown-module");
    let all = farm
        .ask(1, Method::GET, "/v1/nodes", Some(&key), None)
        .await;
    assert!(all.body["nodes"][0]["status"].is_object(), "{all:?}");
    let refused = farm.ask(0, Method::GET, KEYS, Some(&key), None).await;
    assert_eq!(refused.problem(), "missing-role");
    let trail = "/v1/nodes/node2/audit";
    let trail = farm.ask(0, Method::GET, trail, Some(&admin), None).await;
    let entries = trail.body["entries"].as_array().unwrap();
    let by_key = entries.iter().find(|entry| entry["caller"] == "key:ci");
    assert_eq!(by_key.unwrap()["operation"], "start_module_on_node");
    // What was acknowledged outlives a crash.
    farm.kill_node(1);
    farm.start_node(1).await;
    assert_eq!(whoami(&farm, 1, &key).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_key_for_some_modules_reaches_nothing_else() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let key = json!({"name": "ci", "role": "admin", "modules": ["web", "mail"]});
    let key = made(&farm, &admin, key).await;
    let ask = async |method: Method, path: &str| farm.ask(0, method, path, Some(&key), None).await;
    let me = ask(Method::GET, "/v1/whoami").await;
    assert_eq!(me.body["modules"], json!(["web", "mail"]));
    for path in ["/v1/modules/web", "/v1/nodes/self/modules/mail"] {
        // There is no such module; a module is asked for at a node that does not run, too.
        let answer = ask(Method::GET, path).await;
        assert_ne!(answer.status, StatusCode::FORBIDDEN, "{answer:?}");
    }
    for (method, path) in [
        (Method::GET, "/v1/modules/other"),
        (Method::GET, "/v1/nodes/self/modules/other/log"),
        (Method::GET, "/v1/nodes/absent/modules/other"),
        (Method::GET, "/v1/modules"),
        (Method::POST, "/v1/modules"),
        (Method::GET, "/v1/users"),
        (Method::POST, KEYS),
        (Method::GET, "/v1/events"),
        (Method::POST, "/v1/cluster/secret/rotate"),
    ] {
        let answer = ask(method, path).await;
        assert_eq!(answer.problem(), "outside-scope", "{path}");
        assert!(answer.says("web, mail"), "{answer:?}");
    }
}

#[tokio::test]
async fn a_key_is_replaced_with_and_without_overlap_and_removed() {
    let farm = Farm::start(2).await;
    let admin = farm.token().await;
    let first = made(&farm, &admin, json!({"name": "ci", "role": "monitor"})).await;
    let second = rotate(&farm, &admin, json!({"overlap_s": 600})).await;
    assert!(
        second.body["api_key"]["former_until"].is_string(),
        "{second:?}"
    );
    let second = key_of(&second);
    for key in [&first, &second] {
        assert_eq!(whoami(&farm, 1, key).await.status, StatusCode::OK);
    }
    let third = key_of(&rotate(&farm, &admin, json!({"overlap_s": 0})).await);
    for key in [&first, &second] {
        assert_eq!(whoami(&farm, 1, key).await.problem(), "unauthenticated");
    }
    assert_eq!(whoami(&farm, 1, &third).await.status, StatusCode::OK);
    let path = "/v1/api-keys/ci";
    let gone = farm.ask(1, Method::DELETE, path, Some(&admin), None).await;
    assert_eq!(gone.body["complete"], true, "{gone:?}");
    for node in 0..2 {
        let answer = whoami(&farm, node, &third).await;
        assert_eq!(answer.problem(), "unauthenticated");
    }
    let again = farm.ask(1, Method::DELETE, path, Some(&admin), None).await;
    assert_eq!(again.problem(), "unknown-api-key");
}

#[tokio::test]
async fn a_key_ends_when_it_expires_and_a_former_one_when_its_time_is_over() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let (key, former, now) = (
        api_key::random(),
        api_key::random(),
        timestamp::now_seconds(),
    );
    let put = async |expires_at_s: u64, until_s: u64| {
        let settings = json!({
            "role": "monitor", "created_at": timestamp::now(), "created_by": "admin",
            "expires_at_s": expires_at_s, "digest": api_key::digest(&key),
            "former": {"digest": api_key::digest(&former), "until_s": until_s}
        });
        let path = "/v1/nodes/self/api-keys/ci";
        let answer = farm.ask(0, Method::PUT, path, Some(&admin), Some(settings));
        assert_eq!(answer.await.status, StatusCode::OK);
    };
    put(now + 600, now + 600).await;
    assert_eq!(whoami(&farm, 0, &key).await.status, StatusCode::OK);
    assert_eq!(whoami(&farm, 0, &former).await.status, StatusCode::OK);
    put(now + 600, now - 1).await;
    assert_eq!(whoami(&farm, 0, &key).await.status, StatusCode::OK);
    assert_eq!(whoami(&farm, 0, &former).await.problem(), "unauthenticated");
    put(now - 1, now - 1).await;
    let answer = whoami(&farm, 0, &key).await;
    assert!(
        answer.problem() == "unauthenticated" && answer.says("expired"),
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_node_keeps_no_key_and_says_none() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let key = made(&farm, &admin, json!({"name": "ci", "role": "monitor"})).await;
    whoami(&farm, 0, &key).await;
    let listed = farm.ask(0, Method::GET, KEYS, Some(&admin), None).await;
    assert_eq!(listed.body["api_keys"][0]["name"], "ci");
    assert!(!listed.body.to_string().contains(&key));
    let secret = key.trim_start_matches(api_key::PREFIX).as_bytes();
    let files = fs::read_dir(farm.path("data0")).unwrap();
    let files = files
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file());
    for file in files.chain([farm.path("node0.log")]) {
        let bytes = fs::read(&file).unwrap();
        let found = bytes.windows(secret.len()).any(|window| window == secret);
        assert!(!found, "{} has the key", file.display());
    }
}

#[tokio::test]
async fn a_node_that_joins_has_the_keys() {
    let mut farm = Farm::init(2);
    farm.start_node(0).await;
    let admin = farm.token().await;
    let answer = create(&farm, &admin, json!({"name": "ci", "role": "monitor"})).await;
    assert_eq!(
        answer.body["complete"], false,
        "node2 does not run: {answer:?}"
    );
    farm.lose(1);
    farm.join(1, "node2");
    farm.start_node(1).await;
    let me = whoami(&farm, 1, &key_of(&answer)).await;
    assert_eq!(me.body["user"], "key:ci", "{me:?}");
}

#[tokio::test]
async fn what_makes_no_key_is_refused_with_the_reason() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    for (key, words) in [
        (json!({"name": "a b", "role": "monitor"}), "a b"),
        (
            json!({"name": "ci", "role": "monitor", "valid_for_days": 0}),
            "1 to 366",
        ),
        (
            json!({"name": "ci", "role": "monitor", "valid_for_days": 367}),
            "1 to 366",
        ),
        (
            json!({"name": "ci", "role": "monitor", "modules": []}),
            "modules",
        ),
        (
            json!({"name": "ci", "role": "monitor", "modules": ["0"]}),
            "module name",
        ),
        (json!({"name": "ci", "role": "root"}), "root"),
    ] {
        let answer = create(&farm, &admin, key).await;
        assert_eq!(answer.problem(), "malformed-request");
        assert!(answer.says(words), "{answer:?}");
    }
    made(&farm, &admin, json!({"name": "ci", "role": "monitor"})).await;
    let twice = create(&farm, &admin, json!({"name": "ci", "role": "monitor"})).await;
    assert_eq!(twice.problem(), "already-exists");
    let late = rotate(&farm, &admin, json!({"overlap_s": 2_592_001})).await;
    assert!(
        late.problem() == "malformed-request" && late.says("overlap_s"),
        "{late:?}"
    );
    let settings = json!({
        "role": "admin", "created_at": "2026-11-23T02:00:00Z", "created_by": "", "expires_at_s": 1, "digest": "evk_x"
    });
    let path = "/v1/nodes/self/api-keys/other";
    let answer = farm
        .ask(0, Method::PUT, path, Some(&admin), Some(settings))
        .await;
    assert!(
        answer.problem() == "malformed-request" && answer.says("digest"),
        "{answer:?}"
    );
    let unknown = farm
        .ask(
            0,
            Method::POST,
            "/v1/api-keys/other/rotate",
            Some(&admin),
            None,
        )
        .await;
    assert_eq!(unknown.problem(), "unknown-api-key");
}
