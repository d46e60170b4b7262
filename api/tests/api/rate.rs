//! A caller who asks too fast is refused at once, and nobody else with him.

use reqwest::{Method, StatusCode};

use crate::common::{Farm, PASSWORD, succeed};
use crate::local::evenkeel_at;

/// A farm of two whose nodes answer a caller once a second.
async fn slow_farm() -> Farm {
    let mut farm = Farm::init(2);
    farm.serve_with("--requests-per-second", "1");
    for node in 0..2 {
        farm.start_node(node).await;
    }
    farm
}

#[tokio::test]
async fn who_asks_too_fast_is_told_when_to_ask_again() {
    let farm = slow_farm().await;
    let session = farm.login(0, "admin", PASSWORD).await;
    let token = session.body["token"].as_str().unwrap();
    let ask = async |path| farm.ask(0, Method::GET, path, Some(token), None).await;
    // At one answer a second, not all of these can be answered before the last of them is asked.
    let mut refused = None;
    for _ in 0..100 {
        let answer = ask("/v1/whoami").await;
        if answer.status != StatusCode::OK {
            refused = Some(answer);
            break;
        }
    }
    let refused = refused.expect("one of them is too fast");
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused.problem(), "too-many-requests");
    assert_eq!(refused.body["retry_after_s"], 1);
    // What asks for health is not counted, nor is root at the machine, whatever others do.
    for _ in 0..20 {
        let health = farm.ask(0, Method::GET, "/healthz", None, None).await;
        assert_eq!(health.status, StatusCode::OK);
        succeed(&mut evenkeel_at(&farm, &["token"]));
    }
}

#[tokio::test]
async fn what_a_node_asks_for_a_caller_is_counted_once_and_callers_are_counted_apart() {
    let farm = slow_farm().await;
    let session = farm.login(0, "admin", PASSWORD).await;
    let token = session.body["token"].as_str().unwrap();
    // All nodes are asked, this one among them, and none of them refuses.
    let nodes = farm
        .ask(0, Method::GET, "/v1/nodes", Some(token), None)
        .await;
    assert_eq!(nodes.status, StatusCode::OK);
    let all = nodes.body.to_string();
    assert!(!all.contains("too-many-requests"), "{all}");
    // At the other node the caller has not asked yet.
    let other = farm
        .ask(1, Method::GET, "/v1/whoami", Some(token), None)
        .await;
    assert_eq!(other.status, StatusCode::OK);
}
