//! Webhooks against real receivers: what arrives, signed by what, how often, in which order, and what does not.

use std::fs;

use evenkeel_api::pki;
use evenkeel_api::{data_dir, limits};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Answer, Farm, evenkeel, light, succeed, wait_until};
use crate::receiver::{Receiver, Try, free_addr};

const PAGER: &str = "/v1/webhooks/pager";

/// A farm with a module on all nodes, and its administrator's token.
async fn farm(nodes: usize) -> (Farm, String) {
    let farm = Farm::start(nodes).await;
    let token = farm.token().await;
    let client = farm.client(0).await;
    let configured = client.configure_module().module("app").body(light());
    configured.send().await.unwrap();
    (farm, token)
}

/// Settings of a webhook that is told what [`say`] says.
fn settings(url: &str) -> Value {
    json!({"url": url, "events": ["message_written"]})
}

async fn put(farm: &Farm, token: &str, name: &str, settings: Value) -> Answer {
    let path = format!("/v1/webhooks/{name}");
    farm.ask(0, Method::PUT, &path, Some(token), Some(settings))
        .await
}

/// Makes a webhook, or changes it, on all nodes.
async fn made(farm: &Farm, token: &str, name: &str, settings: Value) -> Value {
    let answer = put(farm, token, name, settings).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.body
}

fn secret_of(body: &Value) -> String {
    body["secret"].as_str().unwrap().to_owned()
}

/// Lets something happen at a node.
async fn say(farm: &Farm, node: usize, token: &str, message: &str) {
    let path = "/v1/nodes/self/modules/app/log";
    let line = json!({"message": message});
    let said = farm.ask(node, Method::POST, path, Some(token), Some(line));
    assert!(said.await.status.is_success());
}

/// What became of a node's events.
async fn deliveries(farm: &Farm, token: &str, name: &str) -> Value {
    let path = format!("/v1/nodes/self/webhooks/{name}");
    let answer = farm.ask(0, Method::GET, &path, Some(token), None).await;
    answer.body["deliveries"].clone()
}

async fn wait_for_deliveries(farm: &Farm, token: &str, name: &str, field: &str, count: u64) {
    wait_until(&format!("{count} {field} of {name}"), async || {
        deliveries(farm, token, name).await[field] == count
    })
    .await;
}

#[tokio::test]
async fn an_event_arrives_once_with_a_signature_that_verifies() {
    let (farm, token) = farm(1).await;
    let receiver = Receiver::start();
    let body = made(&farm, &token, "pager", settings(&receiver.url())).await;
    let secret = secret_of(&body);
    assert_eq!(body["webhook"]["changed_by"], "admin");
    say(&farm, 0, &token, "hello").await;
    let tries = receiver.wait_for(1).await;
    assert!(tries[0].is_signed_with(&secret));
    let other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    assert!(!tries[0].is_signed_with(other));
    let event = tries[0].event();
    assert_eq!(event["type"], "message_written");
    assert_eq!(event["timestamp"], event["data"]["at"]);
    for (field, value) in [
        ("node", "node1"),
        ("module", "app"),
        ("kind", "message_written"),
        ("message", "hello"),
        ("level", "normal"),
    ] {
        assert_eq!(event["data"][field], value, "{event}");
    }
    wait_for_deliveries(&farm, &token, "pager", "delivered", 1).await;
    let told = farm.ask(0, Method::GET, PAGER, Some(&token), None).await;
    let row = &told.body["nodes"][0];
    assert_eq!(row["deliveries"]["waiting"], 0, "{told:?}");
    assert_eq!(row["deliveries"]["last"]["status"], 204, "{told:?}");
    let text = farm.ask(0, Method::GET, "/metrics", Some(&token), None);
    let text = text.await.body.to_string().replace('\\', "");
    let line = "evenkeel_webhook_events_total{webhook=\"pager\",outcome=\"delivered\"} 1";
    assert!(text.contains(line), "{text}");
    assert_eq!(receiver.tries().len(), 1);
}

#[tokio::test]
async fn what_the_receiver_refuses_comes_again_with_the_same_id_before_what_came_later() {
    let (farm, token) = farm(1).await;
    let receiver = Receiver::start();
    receiver.answer(&[500, 302, 204, 404]);
    let made = made(&farm, &token, "pager", settings(&receiver.url())).await;
    for message in ["one", "two", "three"] {
        say(&farm, 0, &token, message).await;
    }
    let tries = receiver.wait_for(6).await;
    let messages: Vec<_> = tries.iter().map(|one| one.message()).collect();
    assert_eq!(messages, ["one", "one", "one", "two", "two", "three"]);
    let ids: Vec<_> = tries.iter().map(|one| one.id.as_str()).collect();
    assert!(ids[0] == ids[1] && ids[1] == ids[2] && ids[3] == ids[4]);
    assert!(ids[0] != ids[3] && ids[3] != ids[5] && ids[0] != ids[5]);
    let secret = secret_of(&made);
    assert!(tries.iter().all(|one| one.is_signed_with(&secret)));
    wait_for_deliveries(&farm, &token, "pager", "delivered", 3).await;
}

#[tokio::test]
async fn a_dead_receiver_gets_all_when_it_lives_and_delays_nobody_else_meanwhile() {
    let (mut farm, token) = farm(1).await;
    let (addr, alive) = (free_addr(), Receiver::start());
    let dead = settings(&format!("http://{addr}/"));
    made(&farm, &token, "dead", dead).await;
    made(&farm, &token, "alive", settings(&alive.url())).await;
    for message in ["one", "two", "three"] {
        say(&farm, 0, &token, message).await;
    }
    alive.wait_for(3).await;
    wait_until("a refused connection is told", async || {
        deliveries(&farm, &token, "dead").await["last"]["error"].is_string()
    })
    .await;
    let told = deliveries(&farm, &token, "dead").await;
    assert_eq!(
        (&told["waiting"], &told["delivered"]),
        (&json!(3), &json!(0))
    );
    let receiver = Receiver::start_at(addr);
    let tries = receiver.wait_for(3).await;
    let messages: Vec<_> = tries.iter().map(|one| one.message()).collect();
    assert_eq!(messages, ["one", "two", "three"]);
    wait_for_deliveries(&farm, &token, "dead", "waiting", 0).await;
    // Nor is the end of the daemon delayed.
    drop(receiver);
    say(&farm, 0, &token, "four").await;
    alive.wait_for(4).await;
    assert_eq!(farm.end_node(0).await, Some(0));
    let log = fs::read_to_string(farm.path("node0.log")).unwrap();
    let told = log.matches("webhook dead: the receiver does not").count();
    assert!((1..=2).contains(&told), "once each time: {log}");
}

#[tokio::test]
async fn what_happens_while_the_daemon_ends_arrives() {
    let (mut farm, token) = farm(1).await;
    let receiver = Receiver::start();
    let states = json!({"url": receiver.url(), "events": ["state_changed"]});
    made(&farm, &token, "states", states).await;
    let start = "/v1/nodes/self/modules/app/start";
    let started = farm.ask(0, Method::POST, start, Some(&token), None).await;
    assert!(started.status.is_success());
    wait_until("the module runs", async || {
        let tries = receiver.tries();
        tries
            .iter()
            .any(|one| one.message() == "Local state UP Ready")
    })
    .await;
    assert_eq!(farm.end_node(0).await, Some(0));
    let tries = receiver.tries();
    let last = tries.last().unwrap().message();
    assert_eq!(last, "Local state STOP NotReady");
}

#[tokio::test]
async fn a_receiver_gets_the_events_that_it_is_for() {
    let (farm, token) = farm(1).await;
    let client = farm.client(0).await;
    let other = client.configure_module().module("other").body(light());
    other.send().await.unwrap();
    let [of_app, of_other, states] = std::array::from_fn(|_| Receiver::start());
    let only = |receiver: &Receiver, filter: Value| {
        let mut settings = json!({"url": receiver.url()});
        let fields = filter.as_object().unwrap().clone();
        settings.as_object_mut().unwrap().extend(fields);
        settings
    };
    let for_app = json!({"modules": ["app"], "events": ["message_written"]});
    made(&farm, &token, "app", only(&of_app, for_app)).await;
    let for_other = json!({"modules": ["other"], "level": "normal"});
    made(&farm, &token, "other", only(&of_other, for_other)).await;
    let for_states = json!({"events": ["state_changed", "action_called"]});
    made(&farm, &token, "states", only(&states, for_states)).await;
    say(&farm, 0, &token, "of app").await;
    let path = "/v1/nodes/self/modules/other/log";
    for (message, level) in [("of other", "verbose"), ("of other, too", "normal")] {
        let line = json!({"message": message, "level": level});
        let said = farm.ask(0, Method::POST, path, Some(&token), Some(line));
        assert!(said.await.status.is_success());
    }
    assert_eq!(of_app.wait_for(1).await[0].message(), "of app");
    assert_eq!(of_other.wait_for(1).await[0].message(), "of other, too");
    let start = "/v1/nodes/self/modules/app/start";
    let started = farm.ask(0, Method::POST, start, Some(&token), None).await;
    assert!(started.status.is_success());
    let first = states.wait_for(2).await;
    assert_eq!(first[0].event()["type"], "action_called");
    assert_eq!(first[1].event()["type"], "state_changed");
    assert_eq!((of_app.tries().len(), of_other.tries().len()), (1, 1));
}

#[tokio::test]
async fn a_secret_is_shown_once_and_is_nowhere_to_be_read() {
    let (mut farm, token) = farm(1).await;
    let receiver = Receiver::start();
    let secret = secret_of(&made(&farm, &token, "pager", settings(&receiver.url())).await);
    let own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    let with_own = json!({"url": receiver.url(), "secret": own});
    let body = made(&farm, &token, "own", with_own).await;
    assert!(body.get("secret").is_none(), "{body}");
    say(&farm, 0, &token, "hello").await;
    receiver.wait_for(2).await;
    for path in [
        PAGER,
        "/v1/webhooks",
        "/v1/webhooks/own",
        "/v1/nodes/self/webhooks/own",
        "/v1/nodes/self/audit",
        "/v1/nodes/self/modules/app/snapshot?anonymous=true",
    ] {
        let answer = farm.ask(0, Method::GET, path, Some(&token), None).await;
        assert!(!answer.body.to_string().contains("whsec_"), "{path}");
    }
    assert_eq!(farm.end_node(0).await, Some(0));
    let to = farm.path("node0.zip");
    let backup = ["backup", "--data", &farm.data(0), "--to"];
    succeed(evenkeel().args(backup).arg(&to));
    let files = fs::read_dir(farm.path("data0")).unwrap();
    let files = files.map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.is_file());
    for file in files.chain([farm.path("node0.log"), to]) {
        let bytes = fs::read(&file).unwrap();
        for secret in [&*secret, own] {
            let secret = secret.trim_start_matches("whsec_").as_bytes();
            let found = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "{} has a secret", file.display());
        }
    }
}

#[tokio::test]
async fn a_secret_stays_until_it_is_replaced_with_or_without_overlap() {
    let (farm, token) = farm(1).await;
    let receiver = Receiver::start();
    let first = secret_of(&made(&farm, &token, "pager", settings(&receiver.url())).await);
    let same = made(&farm, &token, "pager", settings(&receiver.url())).await;
    assert!(same.get("secret").is_none(), "{same}");
    let rotate = async |rotation: Value| {
        let path = format!("{PAGER}/rotate");
        let answer = farm.ask(0, Method::POST, &path, Some(&token), Some(rotation));
        answer.await.body
    };
    say(&farm, 0, &token, "kept").await;
    assert!(receiver.wait_for(1).await[0].is_signed_with(&first));
    let body = rotate(json!({})).await;
    assert!(body["webhook"]["former_until"].is_string(), "{body}");
    let second = secret_of(&body);
    // A change of something else does not end the overlap.
    made(&farm, &token, "pager", settings(&receiver.url())).await;
    say(&farm, 0, &token, "both").await;
    let both = receiver.wait_for(2).await[1].clone();
    assert!(both.is_signed_with(&first) && both.is_signed_with(&second));
    let third = secret_of(&rotate(json!({"overlap_s": 0})).await);
    say(&farm, 0, &token, "one").await;
    let one = receiver.wait_for(3).await[2].clone();
    assert!(one.is_signed_with(&third) && one.signatures() == 1);
    assert!(!one.is_signed_with(&second));
    let refused = rotate(json!({"overlap_s": 2_592_001})).await;
    assert_eq!(refused["type"], "/problems/malformed-request");
}

#[tokio::test]
async fn who_is_removed_disabled_or_gone_gets_nothing_more() {
    let (farm, token) = farm(1).await;
    let [removed, disabled, gone, stays] = std::array::from_fn(|_| Receiver::start());
    gone.answer(&[410]);
    for (name, receiver) in [
        ("removed", &removed),
        ("disabled", &disabled),
        ("gone", &gone),
        ("stays", &stays),
    ] {
        made(&farm, &token, name, settings(&receiver.url())).await;
    }
    say(&farm, 0, &token, "one").await;
    for receiver in [&removed, &disabled, &gone, &stays] {
        receiver.wait_for(1).await;
    }
    wait_until("the receiver is known to be gone", async || {
        deliveries(&farm, &token, "gone").await["gone"] == true
    })
    .await;
    let path = "/v1/webhooks/removed";
    let answer = farm.ask(0, Method::DELETE, path, Some(&token), None).await;
    assert_eq!(answer.body["nodes"][0]["ok"], true, "{answer:?}");
    let mut off = settings(&disabled.url());
    off["enabled"] = json!(false);
    made(&farm, &token, "disabled", off).await;
    say(&farm, 0, &token, "two").await;
    stays.wait_for(2).await;
    for receiver in [&removed, &disabled, &gone] {
        assert_eq!(receiver.tries().len(), 1);
    }
    for method in [Method::GET, Method::DELETE] {
        let answer = farm.ask(0, method, path, Some(&token), None).await;
        assert_eq!(answer.problem(), "unknown-webhook");
    }
    // Who is wanted again gets what happens from then on.
    made(&farm, &token, "disabled", settings(&disabled.url())).await;
    made(&farm, &token, "gone", settings(&gone.url())).await;
    say(&farm, 0, &token, "three").await;
    for receiver in [&disabled, &gone] {
        assert_eq!(receiver.wait_for(2).await[1].message(), "three");
    }
}

#[tokio::test]
async fn a_test_says_what_the_receiver_did() {
    let (farm, token) = farm(1).await;
    let receiver = Receiver::start();
    let mut off = settings(&receiver.url());
    off["enabled"] = json!(false);
    let secret = secret_of(&made(&farm, &token, "pager", off).await);
    let path = format!("{PAGER}/test");
    let test = async || farm.ask(0, Method::POST, &path, Some(&token), None).await;
    receiver.answer(&[202, 503]);
    let answer = test().await;
    assert_eq!(
        answer.body["nodes"][0]["answer"]["status"], 202,
        "{answer:?}"
    );
    // The other node does not run.
    assert_eq!(answer.body["complete"], false);
    let tries = receiver.wait_for(1).await;
    assert!(tries[0].is_signed_with(&secret));
    assert_eq!(tries[0].event()["type"], "webhook_tested");
    let refused = test().await;
    assert_eq!(refused.problem(), "receiver-failed");
    assert!(refused.says("503"), "{refused:?}");
    drop(receiver);
    let nobody = settings(&format!("http://{}/hidden", free_addr()));
    made(&farm, &token, "pager", nobody).await;
    let silent = test().await;
    assert_eq!(silent.problem(), "receiver-failed");
    assert!(!silent.says("hidden") && silent.says("node1"), "{silent:?}");
    let unknown = "/v1/nodes/self/webhooks/other/test";
    let unknown = farm.ask(0, Method::POST, unknown, Some(&token), None).await;
    assert_eq!(unknown.problem(), "unknown-webhook");
}

#[tokio::test]
async fn each_node_of_a_farm_brings_its_own_events() {
    let (farm, token) = farm(2).await;
    let receiver = Receiver::start();
    let body = made(&farm, &token, "pager", settings(&receiver.url())).await;
    assert_eq!(body["complete"], true, "{body}");
    for node in 0..2 {
        say(&farm, node, &token, "hello").await;
        let list = farm.ask(node, Method::GET, "/v1/webhooks", Some(&token), None);
        assert_eq!(list.await.body["webhooks"][0]["name"], "pager");
    }
    let tries = receiver.wait_for(2).await;
    let secret = secret_of(&body);
    assert!(tries.iter().all(|one| one.is_signed_with(&secret)));
    assert_ne!(tries[0].id, tries[1].id);
    let mut nodes: Vec<_> = tries
        .iter()
        .map(|one| one.event()["data"]["node"].clone())
        .collect();
    nodes.sort_by_key(Value::to_string);
    assert_eq!(nodes, ["node1", "node2"]);
    let path = "/v1/nodes/node2/webhooks/pager";
    let there = farm.ask(0, Method::GET, path, Some(&token), None).await;
    assert!(there.body["deliveries"].is_object(), "{there:?}");
}

#[tokio::test]
async fn a_node_that_was_away_takes_webhooks_their_secrets_and_removals() {
    let (mut farm, token) = farm(2).await;
    let receiver = Receiver::start();
    for name in ["pager", "gone"] {
        made(&farm, &token, name, settings(&receiver.url())).await;
    }
    farm.kill_node(1);
    let rotate = format!("{PAGER}/rotate");
    let now = json!({"overlap_s": 0});
    let rotated = farm.ask(0, Method::POST, &rotate, Some(&token), Some(now));
    let rotated = rotated.await.body;
    assert_eq!(rotated["complete"], false, "{rotated}");
    let gone = "/v1/webhooks/gone";
    farm.ask(0, Method::DELETE, gone, Some(&token), None).await;
    made(&farm, &token, "new", settings(&receiver.url())).await;
    farm.start_node(1).await;
    wait_until("the node has the webhooks that the other has", async || {
        let list = "/v1/webhooks";
        let there = farm.ask(1, Method::GET, list, Some(&token), None).await;
        let here = farm.ask(0, Method::GET, list, Some(&token), None).await;
        let names = |answer: &Answer| answer.body["webhooks"].clone();
        names(&there) == names(&here)
    })
    .await;
    let told = farm.ask(1, Method::GET, PAGER, Some(&token), None).await;
    assert_eq!(told.body["complete"], true, "{told:?}");
    wait_until("the new secret signs what the node sends", async || {
        say(&farm, 1, &token, "hello").await;
        let tries = receiver.tries();
        let of_node = |one: &&Try| one.message() == "hello";
        let secret = secret_of(&rotated);
        tries
            .iter()
            .filter(of_node)
            .any(|one| one.is_signed_with(&secret))
    })
    .await;
}

#[tokio::test]
async fn a_node_that_starts_or_joins_goes_on_and_says_that_events_may_be_missing() {
    let (mut farm, token) = farm(2).await;
    let receiver = Receiver::start();
    let secret = secret_of(&made(&farm, &token, "pager", settings(&receiver.url())).await);
    farm.lose(1);
    let exported = farm.join(1, "node2");
    assert!(!exported.contains("whsec_"));
    farm.start_node(1).await;
    let first = receiver.wait_for(1).await[0].clone();
    assert_eq!(first.event()["type"], "events_lost");
    assert_eq!(first.event()["data"]["node"], "node2");
    assert!(first.is_signed_with(&secret));
    farm.kill_node(1);
    farm.start_node(1).await;
    // What the node said of the configuration that it took may come in between.
    wait_until("the next run says so, too", async || {
        let tries = receiver.tries();
        let is_next = |one: &Try| one.event()["type"] == "events_lost" && one.id != first.id;
        tries.iter().any(is_next)
    })
    .await;
}

#[tokio::test]
async fn a_receiver_is_verified_by_its_own_authority() {
    let (farm, token) = farm(1).await;
    let cluster = fs::read_to_string(farm.path("cluster.xml")).unwrap();
    let cluster = data_dir::read_cluster(&cluster).unwrap();
    let (authority, other) = (
        pki::make_authority().unwrap(),
        pki::make_authority().unwrap(),
    );
    let pair = pki::make_node(&authority.key, "node1", &cluster).unwrap();
    let receiver = Receiver::start_tls(&pair).await;
    // The certificate is for this name, whatever the address.
    let url = receiver.url_of_localhost();
    let with = |ca: Option<&str>| {
        let mut settings = settings(&url);
        settings["ca"] = json!(ca);
        settings
    };
    let path = format!("{PAGER}/test");
    made(&farm, &token, "pager", with(Some(&other.certificate))).await;
    say(&farm, 0, &token, "hello").await;
    wait_until("the receiver is refused", async || {
        let told = deliveries(&farm, &token, "pager").await;
        let error = told["last"]["error"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        error.contains("certificate")
    })
    .await;
    let refused = farm.ask(0, Method::POST, &path, Some(&token), None).await;
    assert_eq!(refused.problem(), "receiver-failed");
    assert!(receiver.tries().is_empty());
    // What waits goes there as soon as the receiver is known.
    made(&farm, &token, "pager", with(Some(&authority.certificate))).await;
    assert_eq!(receiver.wait_for(1).await[0].message(), "hello");
}

#[tokio::test]
async fn who_may_only_look_sees_no_secret_and_changes_nothing() {
    let (farm, token) = farm(1).await;
    let receiver = Receiver::start();
    made(&farm, &token, "pager", settings(&receiver.url())).await;
    let user = json!({"name": "guest", "password": "a good password", "role": "monitor"});
    let made = farm.ask(0, Method::POST, "/v1/users", Some(&token), Some(user));
    assert_eq!(made.await.status, StatusCode::CREATED);
    let guest = farm.token_of("guest", "a good password").await;
    let seen = farm.ask(0, Method::GET, PAGER, Some(&guest), None).await;
    assert_eq!(seen.body["webhook"]["settings"]["url"], receiver.url());
    for (method, path, body) in [
        (
            Method::PUT,
            PAGER.to_owned(),
            Some(settings(&receiver.url())),
        ),
        (Method::DELETE, PAGER.to_owned(), None),
        (Method::POST, format!("{PAGER}/rotate"), None),
        (Method::POST, format!("{PAGER}/test"), None),
    ] {
        let refused = farm.ask(0, method, &path, Some(&guest), body).await;
        assert_eq!(refused.problem(), "missing-role", "{path}");
    }
    let trail = farm.ask(0, Method::GET, "/v1/nodes/self/audit", Some(&token), None);
    let trail = trail.await.body;
    let entries = trail["entries"].as_array().unwrap();
    let done = |operation: &str| entries.iter().any(|e| e["operation"] == operation);
    assert!(
        done("put_webhook") && done("put_webhook_on_node"),
        "{trail}"
    );
}

#[tokio::test]
async fn what_makes_no_webhook_is_refused_with_the_reason() {
    let (farm, token) = farm(1).await;
    let url = "http://127.0.0.1:9/";
    for (name, settings, words) in [
        ("a%20b", json!({"url": url}), "a b"),
        ("pager", json!({}), "url"),
        ("pager", json!({"url": "127.0.0.1"}), "https://"),
        (
            "pager",
            json!({"url": "http://eve:x@127.0.0.1/"}),
            "no user",
        ),
        ("pager", json!({"url": "http://127.0.0.1/#a"}), "fragment"),
        ("pager", json!({"url": url, "events": []}), "events"),
        ("pager", json!({"url": url, "events": ["rain"]}), "rain"),
        (
            "pager",
            json!({"url": url, "modules": ["0"]}),
            "module name",
        ),
        ("pager", json!({"url": url, "ca": "none"}), "certificate"),
        (
            "pager",
            json!({"url": url, "secret": "whsec_x"}),
            "24 to 64",
        ),
        ("pager", json!({"url": url, "retries": 3}), "retries"),
    ] {
        let answer = put(&farm, &token, name, settings).await;
        assert_eq!(answer.problem(), "malformed-request", "{answer:?}");
        assert!(answer.says(words), "{answer:?}");
    }
    let path = "/v1/nodes/self/webhooks/pager";
    let body =
        json!({"settings": {"url": url}, "changed_at": "2026-11-23T02:00:00Z", "changed_by": ""});
    let answer = farm
        .ask(0, Method::PUT, path, Some(&token), Some(body))
        .await;
    assert!(answer.problem() == "malformed-request" && answer.says("secret"));
    let list = farm.ask(0, Method::GET, "/v1/webhooks", Some(&token), None);
    assert_eq!(list.await.body["webhooks"], json!([]));
    let off = json!({"url": url, "enabled": false});
    for number in 0..limits::WEBHOOKS_MAX {
        made(&farm, &token, &format!("w{number}"), off.clone()).await;
    }
    let answer = put(&farm, &token, "more", off.clone()).await;
    assert_eq!(answer.problem(), "limit-reached");
    made(&farm, &token, "w0", off).await;
}
