//! The Rust client's own parts: events that are gone on with, and API keys.

use evenkeel_client::types::{Phase, Readiness};
use evenkeel_client::{Events, Follow, FollowError, follow};
use reqwest::Method;
use serde_json::json;
use tokio::time::timeout;

use crate::common::{Farm, PATIENCE, light};

/// The first event from here on that fits; its id.
async fn until(events: &mut Events, phase: Phase, readiness: Readiness) -> String {
    let fits = async {
        loop {
            let event = events.next().await.unwrap();
            if (event.phase, event.readiness) == (Some(phase), Some(readiness)) {
                return event.id;
            }
        }
    };
    timeout(PATIENCE, fits).await.expect("such an event")
}

#[tokio::test]
async fn events_are_gone_on_with_after_the_node_was_away() {
    let mut farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let configured = client.configure_module().module("app").body(light());
    configured.send().await.unwrap();
    let wanted = Follow {
        node: Some("node1".into()),
        module: Some("app".into()),
        after: None,
    };
    let mut events = follow(&client, wanted.clone());
    // The stream has begun when it says so: what comes then is not missed.
    timeout(PATIENCE, events.next()).await.unwrap().unwrap();
    let start = || client.start_module_on_node().node("node1").module("app");
    start().send().await.unwrap();
    let up = until(&mut events, Phase::Up, Readiness::Ready).await;
    farm.kill_node(0);
    farm.start_node(0).await;
    start().send().await.unwrap();
    let up_again = until(&mut events, Phase::Up, Readiness::Ready).await;
    assert_ne!(up, up_again);
    // Another follower goes on from where this one was.
    let after = Some(up_again);
    let mut later = follow(&client, Follow { after, ..wanted });
    let stop = client.stop_module_on_node().node("node1").module("app");
    stop.send().await.unwrap();
    until(&mut later, Phase::Stop, Readiness::NotReady).await;
}

#[tokio::test]
async fn a_key_stands_for_a_login_and_a_bad_one_is_told() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let key = json!({"name": "ci", "role": "monitor"});
    let made = farm.ask(0, Method::POST, "/v1/api-keys", Some(&admin), Some(key));
    let made = made.await;
    let ca = std::fs::read(farm.path("data0/ca.pem")).unwrap();
    let connect = |key: &str| evenkeel_client::connect_with_key(&farm.url(0), &ca, key).unwrap();
    let client = connect(made.body["key"].as_str().unwrap());
    let me = client.whoami().send().await.unwrap();
    assert_eq!(me.user, "key:ci");
    let mut events = follow(&client, Follow::default());
    timeout(PATIENCE, events.next()).await.unwrap().unwrap();
    let mut refused = follow(&connect("evk_none"), Follow::default());
    let refused = timeout(PATIENCE, refused.next()).await.unwrap();
    assert!(matches!(refused, Err(FollowError::Refused(problem)) if problem.status == 401));
}
