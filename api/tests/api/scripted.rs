//! What a module's scripts count, and the traffic that they open and close.

use reqwest::Method;
use serde_json::json;

use crate::common::{Farm, fail, light, succeed};
use crate::local::{local, ready, says};

async fn farm() -> Farm {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let configured = client.configure_module().module("app").body(light());
    configured.send().await.unwrap();
    let start = client.start_module_on_node().node("self").module("app");
    start.send().await.unwrap();
    ready(&farm).await;
    farm
}

#[tokio::test]
async fn a_handler_counts_what_it_does_until_the_limit_is_reached() {
    let farm = farm().await;
    for _ in 0..3 {
        succeed(&mut local(&farm, &["checkloop"]));
        succeed(&mut local(&farm, &["incloop", "-i", "watcher"]));
    }
    says(&farm, "Action incloop called by watcher").await;
    let value = succeed(&mut local(&farm, &["get", "-r", "heart.stopstartloop"])).stdout;
    assert_eq!(String::from_utf8(value).unwrap(), "3\n");
    for command in [&["incloop", "-i", "watcher"][..], &["checkloop"]] {
        let (code, said) = fail(&mut local(&farm, command));
        assert!(code == 1 && said.contains("maxloop"), "{said}");
    }
    let token = farm.token().await;
    let path = "/v1/nodes/self/modules/app/automatic-actions?identity=watcher";
    let refused = farm.ask(0, Method::POST, path, Some(&token), None).await;
    assert_eq!(refused.problem(), "limit-reached");
    succeed(&mut local(&farm, &["resetloop"]));
    says(&farm, "Action resetloop called by root").await;
    succeed(&mut local(&farm, &["checkloop"]));
    succeed(&mut local(&farm, &["incloop"]));
}

#[tokio::test]
async fn scripts_have_a_say_where_the_configuration_says_so() {
    let farm = farm().await;
    let (_, said) = fail(&mut local(&farm, &["traffic", "open"]));
    assert!(said.contains("scriptcontrol=\"on\""), "{said}");
    let token = farm.token().await;
    let path = "/v1/nodes/self/modules/app/traffic";
    let open = Some(json!({"open": true}));
    let refused = farm.ask(0, Method::PUT, path, Some(&token), open).await;
    assert_eq!(refused.problem(), "wrong-state");
}
