//! Earlier configurations of a module: listed, compared, restored; and changes that are meant for one.

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::common::{Answer, Farm};

const LIGHT: &str = "<safe>\n<service mode=\"light\">\n<user/>\n</service>\n</safe>";
const WEB: &str = "/v1/modules/web";
const CONFIG: &str = "/v1/modules/web/config";

fn settings(port: &str) -> Value {
    json!({
        "userconfig": LIGHT, "macros": {"PORT": port},
        "scripts": {"start_both": "#!/bin/sh\n", "stop_both": "#!/bin/sh\n"}
    })
}

async fn configure(farm: &Farm, token: &str, port: &str) -> u64 {
    let made = farm.ask(0, Method::PUT, WEB, Some(token), Some(settings(port)));
    let made = made.await;
    assert_eq!(made.status, StatusCode::OK, "{made:?}");
    made.body["revision"].as_u64().unwrap()
}

async fn get(farm: &Farm, node: usize, token: &str, path: &str) -> Answer {
    farm.ask(node, Method::GET, path, Some(token), None).await
}

#[tokio::test]
async fn revisions_are_listed_compared_and_restored_on_all_nodes() {
    let farm = Farm::start(2).await;
    let admin = farm.token().await;
    for (port, revision) in [("80", 1), ("81", 2), ("82", 3)] {
        assert_eq!(configure(&farm, &admin, port).await, revision);
    }
    for node in 0..2 {
        let list = get(&farm, node, &admin, "/v1/modules/web/revisions").await;
        let list = list.body["revisions"].as_array().unwrap().clone();
        let numbers: Vec<_> = list.iter().map(|one| one["revision"].as_u64()).collect();
        assert_eq!(numbers, [Some(3), Some(2), Some(1)]);
        assert_eq!(list[0]["applied_by"], "admin");
    }
    let first = get(&farm, 1, &admin, "/v1/modules/web/revisions/1").await;
    assert_eq!(first.body["macros"]["PORT"], "80");
    let diff = get(&farm, 0, &admin, "/v1/modules/web/revisions/1/diff").await;
    let ports = json!([{
        "part": "macros.PORT", "change": "changed",
        "diff": "@@ -1 +1 @@\n-80\n\\ No newline at end of file\n+82\n\\ No newline at end of file\n"
    }]);
    assert_eq!(
        (&diff.body["from"], &diff.body["to"]),
        (&json!(1), &json!(3))
    );
    assert_eq!(diff.body["parts"], ports);
    let same = "/v1/modules/web/revisions/2/diff?to=2";
    assert_eq!(get(&farm, 0, &admin, same).await.body["parts"], json!([]));
    let restore = "/v1/modules/web/revisions/1/restore";
    let dry = format!("{restore}?dry_run=true");
    let dry = farm.ask(1, Method::POST, &dry, Some(&admin), None).await;
    assert_eq!(
        (&dry.body["revision"], &dry.body["dry_run"]),
        (&json!(4), &json!(true))
    );
    let restored = farm.ask(1, Method::POST, restore, Some(&admin), None).await;
    assert_eq!(restored.body["complete"], true, "{restored:?}");
    for node in 0..2 {
        let config = get(&farm, node, &admin, CONFIG).await;
        assert_eq!(config.body["revision"], 4, "the former ones stay");
        assert_eq!(config.body["signature"], first.body["signature"]);
    }
}

#[tokio::test]
async fn what_is_not_kept_is_named() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let none = get(&farm, 0, &admin, "/v1/modules/web/revisions").await;
    assert_eq!(none.problem(), "unknown-module");
    configure(&farm, &admin, "80").await;
    for path in [
        "/v1/modules/web/revisions/2",
        "/v1/modules/web/revisions/2/diff",
        "/v1/modules/web/revisions/1/diff?to=7",
    ] {
        let answer = get(&farm, 0, &admin, path).await;
        assert_eq!(answer.problem(), "unknown-revision", "{path}");
        assert!(answer.says("the latest is 1"), "{answer:?}");
    }
    let path = "/v1/modules/web/revisions/9/restore";
    let answer = farm.ask(0, Method::POST, path, Some(&admin), None).await;
    assert_eq!(answer.problem(), "unknown-revision");
    let answer = get(&farm, 0, &admin, "/v1/modules/web/revisions/first").await;
    assert_eq!(answer.problem(), "malformed-request");
}

/// [`configure_at`] the first node.
async fn configure_if(farm: &Farm, token: &str, port: &str, etag: &str) -> (StatusCode, Value) {
    configure_at(farm, 0, token, port, etag).await
}

/// A change of the module under a condition; status, and the problem's type where there is one.
async fn configure_at(
    farm: &Farm,
    node: usize,
    token: &str,
    port: &str,
    etag: &str,
) -> (StatusCode, Value) {
    let url = format!("{}{WEB}", farm.url(node));
    let request = farm.http().put(url).bearer_auth(token);
    let request = request.header(header::IF_MATCH, etag).json(&settings(port));
    let answer = request.send().await.unwrap();
    let status = answer.status();
    let body: Value = answer.json().await.unwrap();
    (status, body["type"].clone())
}

async fn etag(farm: &Farm, node: usize, token: &str) -> String {
    let url = format!("{}{CONFIG}", farm.url(node));
    let answer = farm
        .http()
        .get(url)
        .bearer_auth(token)
        .send()
        .await
        .unwrap();
    let etag = answer.headers()[header::ETAG].to_str().unwrap();
    etag.to_owned()
}

#[tokio::test]
async fn of_two_who_change_what_they_read_one_is_told_to_read_again() {
    let farm = Farm::start(2).await;
    let admin = farm.token().await;
    let refused = (
        StatusCode::PRECONDITION_FAILED,
        json!("/problems/precondition-failed"),
    );
    assert_eq!(
        configure_if(&farm, &admin, "80", "*").await,
        refused,
        "there is none yet"
    );
    configure(&farm, &admin, "80").await;
    let read = etag(&farm, 0, &admin).await;
    assert_eq!(read, etag(&farm, 1, &admin).await, "the same on all nodes");
    let taken = configure_if(&farm, &admin, "81", &read).await;
    assert_eq!(taken, (StatusCode::OK, Value::Null));
    assert_eq!(configure_if(&farm, &admin, "82", &read).await, refused);
    let config = get(&farm, 0, &admin, CONFIG).await;
    assert_eq!(config.body["macros"]["PORT"], "81");
    let any = configure_if(&farm, &admin, "83", "*").await;
    assert_eq!(any.0, StatusCode::OK);
}

#[tokio::test]
async fn of_two_who_change_it_at_the_same_time_one_wins_on_every_node() {
    let farm = Farm::start(2).await;
    let admin = farm.token().await;
    configure(&farm, &admin, "80").await;
    for round in 0..6 {
        let read = etag(&farm, 0, &admin).await;
        let port = |node: usize| format!("81{round}{node}");
        let (here, there) = (port(0), port(1));
        let (one, other) = tokio::join!(
            configure_at(&farm, 0, &admin, &here, &read),
            // Asked at the same node by turns, and at another one.
            configure_at(&farm, round % 2, &admin, &there, &read),
        );
        let taken = [&one, &other].map(|(status, _)| status.is_success());
        assert!(taken[0] != taken[1], "{one:?} {other:?}");
        let signature = |answer: Answer| answer.body["signature"].clone();
        let here = signature(get(&farm, 0, &admin, CONFIG).await);
        let there = signature(get(&farm, 1, &admin, CONFIG).await);
        assert_eq!(here, there, "{one:?} {other:?}");
    }
}
