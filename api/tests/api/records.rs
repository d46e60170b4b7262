//! Users and API keys are the same on every node, also where one was away while they changed (S2).

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Answer, Farm, wait_until};

async fn make_user(farm: &Farm, node: usize, admin: &str, name: &str) {
    let user = json!({"name": name, "password": "a good password", "role": "control"});
    let made = farm.ask(node, Method::POST, "/v1/users", Some(admin), Some(user));
    assert_eq!(made.await.status, StatusCode::CREATED);
}

async fn make_key(farm: &Farm, admin: &str, name: &str) -> String {
    let key = json!({"name": name, "role": "monitor"});
    let made = farm
        .ask(0, Method::POST, "/v1/api-keys", Some(admin), Some(key))
        .await;
    made.body["key"].as_str().unwrap().to_owned()
}

async fn change_password(farm: &Farm, node: usize, admin: &str, name: &str, password: &str) {
    let path = format!("/v1/nodes/self/users/{name}");
    let settings = json!({"password": password, "role": "control"});
    let put = farm.ask(node, Method::PUT, &path, Some(admin), Some(settings));
    assert_eq!(put.await.status, StatusCode::OK);
}

async fn delete(farm: &Farm, node: usize, admin: &str, path: &str) -> Answer {
    farm.ask(node, Method::DELETE, path, Some(admin), None)
        .await
}

async fn records(farm: &Farm, node: usize, admin: &str) -> Value {
    let path = "/v1/nodes/self/records";
    let answer = farm.ask(node, Method::GET, path, Some(admin), None).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    answer.body["records"].clone()
}

async fn logs_in(farm: &Farm, node: usize, user: &str, password: &str) -> bool {
    farm.login(node, user, password).await.status == StatusCode::OK
}

/// Waits until both nodes have the same of everybody. Who tries passwords meanwhile is taken for somebody who
/// guesses them.
async fn agree(farm: &Farm, admin: &str) {
    wait_until("the nodes have the same", async || {
        records(farm, 1, admin).await == records(farm, 0, admin).await
    })
    .await;
}

#[tokio::test]
async fn a_node_that_was_away_takes_users_keys_passwords_and_removals() {
    let mut farm = Farm::start(2).await;
    let admin = farm.token().await;
    for name in ["changed", "removed", "kept"] {
        make_user(&farm, 0, &admin, name).await;
    }
    let gone = make_key(&farm, &admin, "gone").await;
    let token = farm.token_of("removed", "a good password").await;
    farm.kill_node(1);
    make_user(&farm, 0, &admin, "new").await;
    change_password(&farm, 0, &admin, "changed", "another password").await;
    let removed = delete(&farm, 0, &admin, "/v1/users/removed").await;
    assert_eq!(removed.body["complete"], false, "{removed:?}");
    delete(&farm, 0, &admin, "/v1/api-keys/gone").await;
    let key = make_key(&farm, &admin, "ci").await;
    farm.start_node(1).await;
    agree(&farm, &admin).await;
    assert!(logs_in(&farm, 1, "changed", "another password").await);
    assert!(logs_in(&farm, 1, "new", "a good password").await);
    assert!(logs_in(&farm, 1, "kept", "a good password").await);
    assert!(!logs_in(&farm, 1, "changed", "a good password").await);
    assert!(!logs_in(&farm, 1, "removed", "a good password").await);
    let whoami = async |secret: &str| {
        let me = farm.ask(1, Method::GET, "/v1/whoami", Some(secret), None);
        me.await.status
    };
    assert_eq!(whoami(&key).await, StatusCode::OK);
    for ended in [&gone, &token] {
        assert_eq!(whoami(ended).await, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn of_two_changes_at_the_same_time_every_node_has_the_later() {
    let mut farm = Farm::start(2).await;
    let admin = farm.token().await;
    make_user(&farm, 0, &admin, "operator").await;
    // Neither node knows of the other's change.
    farm.kill_node(0);
    change_password(&farm, 1, &admin, "operator", "node2's password").await;
    farm.kill_node(1);
    farm.start_node(0).await;
    change_password(&farm, 0, &admin, "operator", "node1's password").await;
    farm.start_node(1).await;
    agree(&farm, &admin).await;
    for node in 0..2 {
        assert!(logs_in(&farm, node, "operator", "node1's password").await);
        assert!(!logs_in(&farm, node, "operator", "node2's password").await);
    }
}

#[tokio::test]
async fn nodes_do_not_take_away_the_last_administrator_between_them() {
    let mut farm = Farm::start(2).await;
    let admin = farm.token().await;
    let second = json!({"name": "second", "password": "a good password", "role": "admin"});
    let made = farm.ask(0, Method::POST, "/v1/users", Some(&admin), Some(second));
    assert_eq!(made.await.status, StatusCode::CREATED);
    farm.kill_node(0);
    let removed = delete(&farm, 1, &admin, "/v1/nodes/self/users/second").await;
    assert_eq!(removed.status, StatusCode::OK, "{removed:?}");
    make_user(&farm, 1, &admin, "seen").await;
    farm.kill_node(1);
    farm.start_node(0).await;
    let other = farm.token_of("second", "a good password").await;
    let removed = delete(&farm, 0, &other, "/v1/nodes/self/users/admin").await;
    assert_eq!(removed.status, StatusCode::OK, "{removed:?}");
    farm.start_node(1).await;
    // What comes after it is taken all the same.
    wait_until("the node knows who was made meanwhile", async || {
        let records = records(&farm, 0, &other).await;
        let mut known = records.as_array().unwrap().iter();
        known.any(|record| record["name"] == "seen")
    })
    .await;
    assert!(logs_in(&farm, 0, "seen", "a good password").await);
    assert!(logs_in(&farm, 0, "second", "a good password").await);
}

#[tokio::test]
async fn what_proves_a_password_or_a_key_is_shown_to_nodes_alone() {
    let farm = Farm::start(2).await;
    let admin = farm.token().await;
    make_user(&farm, 0, &admin, "operator").await;
    make_key(&farm, &admin, "ci").await;
    let shown = records(&farm, 0, &admin).await;
    assert_eq!(
        shown,
        records(&farm, 1, &admin).await,
        "one change, one version"
    );
    let list = shown.as_array().unwrap();
    assert_eq!(list.len(), 3, "{shown}");
    for record in list {
        assert_eq!(
            (&record["version"], &record["removed"]),
            (&json!(1), &json!(false))
        );
        assert!(
            record.get("user").is_none() && record.get("api_key").is_none(),
            "{record}"
        );
    }
    let by_way = farm.ask(
        0,
        Method::GET,
        "/v1/nodes/node2/records",
        Some(&admin),
        None,
    );
    assert_eq!(by_way.await.body["records"], shown);
}

#[tokio::test]
async fn an_instant_that_is_none_is_refused() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let settings =
        json!({"password": "a good password", "role": "control", "changed_at": "yesterday"});
    let path = "/v1/nodes/self/users/operator";
    let put = farm.ask(0, Method::PUT, path, Some(&admin), Some(settings));
    let refused = put.await;
    assert_eq!(refused.problem(), "malformed-request");
    assert!(refused.says("changed_at"), "{refused:?}");
}
