//! What load balancers and monitors ask: whether a node and a module are ready, and what is measured.

use std::collections::BTreeSet;

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::common::{Farm, light, wait_until};
use crate::namespace::{farm_module, in_namespace};

/// The status and the text of what is asked without login, at the API or on the port for probes.
async fn asked(farm: &Farm, base: &str, path: &str) -> (StatusCode, String) {
    let answer = farm.http().get(format!("{base}{path}")).send().await;
    let answer = answer.unwrap();
    (answer.status(), answer.text().await.unwrap())
}

#[tokio::test]
async fn a_load_balancer_sees_without_login_whether_a_module_serves() {
    const READY: &str = "/v1/modules/app/ready";
    const TEXT: &str = "/var/modules/app/ready.txt";
    let farm = Farm::start(1).await;
    let (client, token) = (farm.client(0).await, farm.token().await);
    let probes = farm.probes_url(0);
    let unknown = farm.ask(0, Method::GET, READY, None, None).await;
    assert_eq!(unknown.problem(), "unknown-module");
    let configured = client.configure_module().module("app").body(light());
    configured.send().await.unwrap();
    for (change, is_ready) in [("", false), ("start", true), ("stop", false)] {
        if !change.is_empty() {
            let path = format!("/v1/modules/app/{change}");
            let body = Some(json!({}));
            farm.ask(0, Method::POST, &path, Some(&token), body).await;
        }
        wait_until(change, async || {
            let ready = farm.ask(0, Method::GET, READY, None, None).await;
            ready.status.is_success() == is_ready
        })
        .await;
        let ready = farm.ask(0, Method::GET, READY, None, None).await;
        let expected = if is_ready {
            assert_eq!(ready.body, json!({"module": "app", "node": "node1"}));
            (StatusCode::OK, "OK\n".to_owned())
        } else {
            assert_eq!((ready.problem(), ready.says("node1")), ("not-ready", true));
            (StatusCode::NOT_FOUND, "NOT FOUND\n".to_owned())
        };
        assert_eq!(asked(&farm, &probes, TEXT).await, expected);
        assert_eq!(asked(&farm, &farm.url(0), TEXT).await, expected);
        assert_eq!(asked(&farm, &probes, READY).await.0, ready.status);
    }
    for (base, path) in [
        (&probes, "/healthz"),
        (&probes, "/readyz"),
        (&farm.url(0), "/readyz"),
    ] {
        assert_eq!(asked(&farm, base, path).await.0, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn another_node_s_checker_sees_without_login_which_start_of_a_module_it_is() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let url = format!("{}/var/modules/app/ready.txt", farm.probes_url(0));
    let said = async || {
        let answer = farm.http().get(&url).send().await.unwrap();
        let header = |name: &str| {
            let value = answer.headers().get(name)?;
            Some(value.to_str().unwrap().to_owned())
        };
        (header("evenkeel-state"), header("evenkeel-start"))
    };
    assert_eq!(said().await, (None, None), "there is no such module");
    let configured = client.configure_module().module("app").body(light());
    configured.send().await.unwrap();
    let state = |text: &str| Some(text.to_owned());
    assert_eq!(said().await, (state("STOP NotReady"), None));
    let start = client.start_module_on_node().node("self").module("app");
    start.send().await.unwrap();
    wait_until("the module", async || said().await.0 == state("UP Ready")).await;
    let (_, first) = said().await;
    assert!(first.is_some());
    let restart = client.restart_module_on_node().node("self").module("app");
    restart.send().await.unwrap();
    wait_until("another start", async || {
        let (now, start) = said().await;
        now == state("UP Ready") && start != first
    })
    .await;
}

#[tokio::test]
async fn nothing_else_is_on_the_port_for_probes() {
    let farm = Farm::start(1).await;
    let probes = farm.probes_url(0);
    for path in ["/v1/nodes", "/v1/login", "/v1/modules", "/v1/users", "/"] {
        let (status, _) = asked(&farm, &probes, path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
    let post = farm.http().post(format!("{probes}/v1/modules/app/ready"));
    assert_eq!(
        post.send().await.unwrap().status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
}

/// Names of what is measured, in a text.
fn names(text: &str) -> BTreeSet<&str> {
    let is_sign = |c: char| c.is_ascii_lowercase() || c == '_';
    let words = text.split(|c| !is_sign(c));
    words.filter(|word| word.starts_with("evenkeel_")).collect()
}

#[test]
fn what_is_measured_is_told_to_prometheus_and_shown_by_the_dashboard() {
    in_namespace(async || {
        let farm = Farm::start(1).await;
        let client = farm.client(0).await;
        let group =
            "<group name=\"web\"><rule port=\"80\" proto=\"tcp\" filter=\"on_addr\"/></group>";
        let mut settings = farm_module(group);
        let counted = "<virtual_addr connections=\"on\" ";
        settings.userconfig = settings.userconfig.replace("<virtual_addr ", counted);
        let configured = client.configure_module().module("web").body(settings);
        configured.send().await.unwrap();
        let start = client.start_module_on_node().node("self").module("web");
        start.send().await.unwrap();
        let said = json!({"value": "up"});
        let token = farm.token().await;
        let resource = "/v1/nodes/self/modules/web/resources/custom.disk";
        farm.ask(0, Method::PUT, resource, Some(&token), Some(said))
            .await;
        let line = |text: &str, wanted: &str| text.lines().any(|line| line == wanted);
        let probes = farm.probes_url(0);
        wait_until("the share and the resource", async || {
            let (_, text) = asked(&farm, &probes, "/metrics").await;
            line(&text, "evenkeel_module_ready{module=\"web\"} 1.0")
                && line(
                    &text,
                    "evenkeel_group_open{module=\"web\",group=\"web\"} 4096.0",
                )
                && line(
                    &text,
                    "evenkeel_resource_up{module=\"web\",resource=\"custom.disk\"} 1.0",
                )
                && line(
                    &text,
                    "evenkeel_connections{module=\"web\",address=\"10.9.0.99\"} 0.0",
                )
        })
        .await;
        let told = farm
            .ask(0, Method::GET, "/metrics", Some(&token), None)
            .await;
        let text = told.body.as_str().unwrap();
        assert!(text.ends_with("# EOF\n"), "{text}");
        assert!(
            line(text, "evenkeel_peer_alive{peer=\"absent\"} 0.0"),
            "{text}"
        );
        let dashboard = include_str!("../../../packaging/grafana/evenkeel.json");
        let missing: Vec<_> = names(dashboard).into_iter().collect();
        let told = names(text);
        let missing: Vec<_> = missing
            .iter()
            .filter(|name| !told.contains(*name))
            .collect();
        // A peer that never answered has no round trip.
        assert_eq!(missing, [&"evenkeel_peer_round_trip_seconds"], "{text}");
    });
}
