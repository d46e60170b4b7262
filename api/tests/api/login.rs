//! Who gets in, and who does not.

use std::fs;

use crate::common::{Farm, PASSWORD};
use evenkeel_api::auth::token::{Claims, Tokens};
use evenkeel_api::data_dir::DataDir;
use evenkeel_api::views::session::Role;
use reqwest::{Method, StatusCode};
use serde_json::json;

/// What issues the cluster's tokens, as the daemon does.
pub(crate) fn tokens(farm: &Farm) -> Tokens {
    let secrets = DataDir::open(farm.data(0).as_ref())
        .unwrap()
        .secrets()
        .unwrap();
    Tokens::new(&secrets.cluster_id(), secrets.token())
}

/// In seconds since 1970.
pub(crate) fn now() -> u64 {
    evenkeel_api::timestamp::now_seconds()
}

#[tokio::test]
async fn a_good_password_gives_a_token_for_every_node() {
    let farm = Farm::start(2).await;
    let answer = farm.login(0, "admin", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.body["role"], "admin");
    let token = answer.body["token"].as_str().unwrap();
    for node in 0..2 {
        let me = farm
            .ask(node, Method::GET, "/v1/whoami", Some(token), None)
            .await;
        assert_eq!(me.status, StatusCode::OK);
        assert_eq!(me.body["user"], "admin");
        assert_eq!(me.body["expires_at"], answer.body["expires_at"]);
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_look_the_same_and_are_throttled() {
    let farm = Farm::start(1).await;
    let wrong = farm.login(0, "admin", "wrong password").await;
    let unknown = farm.login(0, "nobody", "wrong password").await;
    assert_eq!(wrong.problem(), "unauthenticated");
    assert_eq!(wrong.body, unknown.body);
    for _ in 0..4 {
        assert_eq!(
            farm.login(0, "admin", "wrong password").await.problem(),
            "unauthenticated"
        );
    }
    // Five failures: even the right password has to wait.
    let throttled = farm.login(0, "admin", PASSWORD).await;
    assert_eq!(throttled.problem(), "too-many-attempts");
    assert_eq!(throttled.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(throttled.body["retry_after_s"].as_u64().unwrap() > 0);
}

#[tokio::test]
async fn expired_forged_and_foreign_tokens_are_refused() {
    let farm = Farm::start(1).await;
    let ours = tokens(&farm);
    let good = ours.issue("admin", Role::Admin, now()).unwrap().token;
    let ask = async |token: &str| {
        farm.ask(0, Method::GET, "/v1/whoami", Some(token), None)
            .await
    };
    assert_eq!(ask(&good).await.status, StatusCode::OK);
    let expired = ours
        .issue("admin", Role::Admin, now() - 16 * 60)
        .unwrap()
        .token;
    let answer = ask(&expired).await;
    assert!(
        answer.problem() == "unauthenticated" && answer.says("expired"),
        "{answer:?}"
    );
    let forged = Tokens::new("whatever", b"guessed")
        .issue("admin", Role::Admin, now())
        .unwrap();
    let elsewhere = Farm::init(1);
    let foreign = tokens(&elsewhere)
        .issue("admin", Role::Admin, now())
        .unwrap();
    let mut bent = good.clone();
    bent.insert(bent.find('.').unwrap() + 5, 'x');
    for token in [&forged.token, &foreign.token, &bent, &"nonsense".to_owned()] {
        let answer = ask(token).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{token}");
        assert_eq!(answer.problem(), "unauthenticated", "{token}");
    }
}

#[tokio::test]
async fn a_token_with_a_raised_role_is_refused() {
    let farm = Farm::start(1).await;
    let monitor = tokens(&farm)
        .issue("admin", Role::Monitor, now())
        .unwrap()
        .token;
    let claims = Claims {
        sub: "admin".into(),
        role: Role::Admin,
        iss: "evenkeel".into(),
        aud: "evenkeel-api".into(),
        iat: now(),
        exp: now() + 600,
    };
    let payload = base64_url(&serde_json::to_vec(&claims).unwrap());
    let parts: Vec<&str> = monitor.split('.').collect();
    let raised = format!("{}.{payload}.{}", parts[0], parts[2]);
    let answer = farm
        .ask(0, Method::GET, "/v1/whoami", Some(&raised), None)
        .await;
    assert_eq!(answer.problem(), "unauthenticated");
}

fn base64_url(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

#[tokio::test]
async fn users_are_made_on_all_nodes_and_their_tokens_end_with_them() {
    let farm = Farm::start(2).await;
    let admin = farm.token().await;
    let user = json!({"name": "eve", "password": "a good password", "role": "monitor"});
    let made = farm
        .ask(
            0,
            Method::POST,
            "/v1/users",
            Some(&admin),
            Some(user.clone()),
        )
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    assert_eq!(made.body["complete"], true);
    // The same again is fine, another password is not.
    let again = farm
        .ask(1, Method::POST, "/v1/users", Some(&admin), Some(user))
        .await;
    assert_eq!(again.status, StatusCode::CREATED, "{again:?}");
    let other = json!({"name": "eve", "password": "another password", "role": "monitor"});
    let refused = farm
        .ask(0, Method::POST, "/v1/users", Some(&admin), Some(other))
        .await;
    assert_eq!(refused.problem(), "already-exists");
    let session = farm.login(1, "eve", "a good password").await;
    let token = session.body["token"].as_str().unwrap();
    let gone = farm
        .ask(0, Method::DELETE, "/v1/users/eve", Some(&admin), None)
        .await;
    assert_eq!(gone.body["complete"], true, "{gone:?}");
    for node in 0..2 {
        let me = farm
            .ask(node, Method::GET, "/v1/whoami", Some(token), None)
            .await;
        assert_eq!(me.problem(), "unauthenticated");
    }
    let last = farm
        .ask(0, Method::DELETE, "/v1/users/admin", Some(&admin), None)
        .await;
    assert_eq!(last.problem(), "last-administrator");
}

#[tokio::test]
async fn the_log_has_no_secrets() {
    let farm = Farm::start(1).await;
    let token = farm.token().await;
    farm.login(0, "admin", "a very wrong password").await;
    let user = json!({"name": "eve", "password": "a good password", "role": "monitor"});
    farm.ask(0, Method::POST, "/v1/users", Some(&token), Some(user))
        .await;
    let log = fs::read_to_string(farm.path("node0.log")).unwrap();
    assert!(log.contains("create_user"), "{log}");
    for secret in [
        PASSWORD,
        "a very wrong password",
        "a good password",
        token.as_str(),
    ] {
        assert!(!log.contains(secret), "the log has {secret}");
    }
}
