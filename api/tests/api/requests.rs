//! Requests that break a rule of the document are refused with a problem, whatever is wrong with them.

use crate::common::{Farm, LIGHT};
use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

/// Sends a request as the administrator; the kind of the problem.
async fn refused(
    farm: &Farm,
    token: &str,
    method: Method,
    path: &str,
    body: Option<Value>,
) -> String {
    let answer = farm.ask(0, method, path, Some(token), body).await;
    answer.problem().to_owned()
}

#[tokio::test]
async fn what_the_document_does_not_allow_is_malformed() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let settings = json!({"userconfig": LIGHT});
    let user = |name: &str, password: &str| {
        Some(json!({"name": name, "password": password, "role": "monitor"}))
    };
    let log = "/v1/nodes/self/modules/web/log";
    let disk = "/v1/nodes/self/modules/web/resources/custom.disk";
    let cases = [
        // The fields of an object are named.
        (Method::POST, "/v1/modules/web/start", Some(json!([]))),
        (
            Method::POST,
            "/v1/login",
            Some(json!(["admin", "a password"])),
        ),
        (Method::GET, "/v1/nodes/self/audit?limit=0", None),
        (Method::GET, "/v1/nodes/self/audit?limit=1001", None),
        (Method::GET, &format!("{log}?limit=1001"), None),
        // No UTF-8.
        (Method::GET, "/v1/nodes/%ff", None),
        (Method::GET, "/v1/nodes/self/modules/%ff", None),
        // More than JavaScript counts, and more than the store does.
        (
            Method::PUT,
            "/v1/nodes/self/modules/web?revision=9007199254740992",
            Some(settings),
        ),
        (
            Method::DELETE,
            "/v1/nodes/self/secret/next?generation=9007199254740992",
            None,
        ),
        // In a path such names lead elsewhere.
        (Method::POST, "/v1/users", user("..", "a good password")),
        (Method::POST, "/v1/users", user(".", "a good password")),
        (Method::POST, "/v1/users", user("eve", &"x".repeat(257))),
        (Method::PUT, disk, Some(json!({"value": "x".repeat(65)}))),
        (Method::PUT, disk, Some(json!({"value": "up and down"}))),
        (
            Method::PUT,
            "/v1/nodes/self/modules/web/resources/disk",
            Some(json!({"value": "up"})),
        ),
    ];
    for (method, path, body) in cases {
        let kind = refused(&farm, &admin, method.clone(), path, body.clone()).await;
        assert_eq!(kind, "malformed-request", "{method} {path} {body:?}");
    }
}

#[tokio::test]
async fn a_resource_that_somebody_else_sets_is_a_matter_of_state() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let settings = json!({"userconfig": LIGHT});
    let made = farm
        .ask(
            0,
            Method::PUT,
            "/v1/modules/web",
            Some(&admin),
            Some(settings),
        )
        .await;
    assert_eq!(made.status, StatusCode::OK, "{made:?}");
    let path = "/v1/nodes/self/modules/web/resources/heart.stopstartloop";
    let kind = refused(
        &farm,
        &admin,
        Method::PUT,
        path,
        Some(json!({"value": "0"})),
    )
    .await;
    assert_eq!(kind, "wrong-state");
}

#[tokio::test]
async fn a_method_that_a_path_does_not_have_is_answered_with_those_that_it_has() {
    let farm = Farm::start(1).await;
    let http = farm.http();
    for (method, path, allowed) in [
        (Method::PATCH, "/v1/modules/web", "GET,HEAD,PUT,DELETE"),
        (Method::GET, "/v1/login", "POST"),
    ] {
        let url = format!("{}{path}", farm.url(0));
        let answer = http.request(method, url).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{path}");
        let sorted = |text: &str| {
            let mut names: Vec<String> = text.split(',').map(ToOwned::to_owned).collect();
            names.sort();
            names
        };
        let heard = answer.headers()[header::ALLOW].to_str().unwrap();
        assert_eq!(sorted(heard), sorted(allowed), "{path}");
    }
}

#[tokio::test]
async fn passwords_are_counted_in_characters() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let password = "\u{1f512}".repeat(256);
    let user = json!({"name": "eve", "password": password, "role": "monitor"});
    let made = farm
        .ask(0, Method::POST, "/v1/users", Some(&admin), Some(user))
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    farm.token_of("eve", &password).await;
}
