//! Configurations of modules in JSON: what is given as JSON is read as XML, and the other way round.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::common::{Answer, Farm};

const PATH: &str = "/v1/modules/app/config/json";

fn light() -> Value {
    json!({
        "macro": [{"name": "TIME", "value": "30"}],
        "service": {"mode": "light", "maxloop": 5, "user": {"nicestoptimeout": "%TIME%"}},
    })
}

async fn put(farm: &Farm, token: &str, query: &str, configuration: Value) -> Answer {
    let body = json!({"configuration": configuration, "scripts": {"start_both": "#!/bin/sh\n"}});
    let path = format!("{PATH}{query}");
    farm.ask(0, Method::PUT, &path, Some(token), Some(body))
        .await
}

#[tokio::test]
async fn what_is_given_in_json_is_there_in_xml_and_in_json() {
    let farm = Farm::start(2).await;
    let token = farm.token().await;
    let rehearsed = put(&farm, &token, "?dry_run=true", light()).await;
    assert_eq!(rehearsed.status, StatusCode::OK, "{rehearsed:?}");
    let given = put(&farm, &token, "", light()).await;
    assert_eq!(given.body["complete"], true, "{given:?}");
    for node in 0..2 {
        let read = farm.ask(node, Method::GET, PATH, Some(&token), None).await;
        assert_eq!(read.body["configuration"], light(), "{read:?}");
        assert_eq!(read.body["scripts"]["start_both"], "#!/bin/sh\n");
    }
    let path = "/v1/modules/app/config";
    let xml = farm.ask(1, Method::GET, path, Some(&token), None).await;
    let text = xml.body["userconfig"].as_str().unwrap();
    assert!(
        text.contains(r#"maxloop="5""#) && text.contains("%TIME%"),
        "{text}"
    );

    // The same given as XML is no other revision.
    let again = json!({"userconfig": text, "scripts": {"start_both": "#!/bin/sh\n"}});
    let again = farm.ask(0, Method::PUT, "/v1/modules/app", Some(&token), Some(again));
    assert_eq!(again.await.body["revision"], given.body["revision"]);
}

#[tokio::test]
async fn what_is_wrong_has_its_path() {
    let farm = Farm::start(1).await;
    let token = farm.token().await;
    for (configuration, path) in [
        (
            json!({"service": {"mode": "light", "maxlop": 5}}),
            "service",
        ),
        (
            json!({"service": {"mode": "light", "maxloop": "many"}}),
            "service@maxloop",
        ),
        (json!({"service": 5}), "service"),
        (json!({}), "safe"),
    ] {
        let refused = put(&farm, &token, "", configuration.clone()).await;
        assert_eq!(
            refused.problem(),
            "invalid-configuration",
            "{configuration}"
        );
        let problems = refused.body["problems"].as_array().unwrap();
        let found = |problem: &Value| problem["path"].as_str().unwrap().starts_with(path);
        assert!(problems.iter().any(found), "{configuration}: {problems:?}");
    }
}
