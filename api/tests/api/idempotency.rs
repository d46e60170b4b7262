//! A POST whose answer was lost is sent again, and is carried out once.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::common::Farm;

const KEYS: &str = "/v1/api-keys";

async fn post(farm: &Farm, token: &str, key: &str, name: &str) -> (StatusCode, Value) {
    let request = farm.http().post(format!("{}{KEYS}", farm.url(0)));
    let request = request.bearer_auth(token).header("idempotency-key", key);
    let body = json!({"name": name, "role": "admin"});
    let answer = request.json(&body).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test]
async fn a_request_that_is_sent_again_gets_the_same_answer_and_is_carried_out_once() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let first = post(&farm, &admin, "deploy-1", "ci").await;
    assert_eq!(first.0, StatusCode::CREATED, "{first:?}");
    assert_eq!(post(&farm, &admin, "deploy-1", "ci").await, first);
    let (status, body) = post(&farm, &admin, "deploy-1", "other").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(body["type"], "/problems/key-reused");
    let (_, body) = post(&farm, &admin, "deploy-2", "ci").await;
    assert_eq!(body["type"], "/problems/already-exists", "another request");
    // One that was refused did nothing, and its key is free.
    let (status, _) = post(&farm, &admin, "deploy-2", "other").await;
    assert_eq!(status, StatusCode::CREATED);
    // Somebody else's keys are others, and nobody gets what is not for him.
    let key = first.1["key"].as_str().unwrap();
    let (_, body) = post(&farm, key, "deploy-1", "ci").await;
    assert_eq!(body["type"], "/problems/already-exists");
    let (_, body) = post(&farm, "evk_none", "deploy-1", "ci").await;
    assert_eq!(body["type"], "/problems/unauthenticated");
    let trail = farm.ask(
        0,
        reqwest::Method::GET,
        "/v1/nodes/self/audit",
        Some(&admin),
        None,
    );
    let trail = trail.await.body["entries"].as_array().unwrap().clone();
    let made = trail
        .iter()
        .filter(|entry| entry["operation"] == "create_api_key" && entry["outcome"] == "accepted");
    assert_eq!(made.count(), 2);
    let (_, body) = post(&farm, &admin, &"x".repeat(129), "ci").await;
    assert_eq!(body["type"], "/problems/malformed-request");
}

#[tokio::test]
async fn of_two_at_the_same_time_one_is_carried_out() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let both = tokio::join!(
        post(&farm, &admin, "1", "ci"),
        post(&farm, &admin, "1", "ci")
    );
    let told = [both.0, both.1].map(|(status, body)| match body["key"].as_str() {
        Some(key) => key.to_owned(),
        None => {
            assert_eq!(body["type"], "/problems/in-progress", "{status}");
            String::new()
        }
    });
    let keys: std::collections::BTreeSet<_> = told.iter().filter(|key| !key.is_empty()).collect();
    assert_eq!(keys.len(), 1, "{told:?}");
}
