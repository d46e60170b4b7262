//! Trust by fingerprint: a node of the cluster is talked to, an impostor hears no secret.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Request, State};
use axum_server::tls_rustls::RustlsConfig;
use evenkeel_api::{data_dir, pki};
use evenkeel_client::{Client, ConnectError, authority, connect, connect_with_key};
use reqwest::Method;
use serde_json::json;

use crate::common::{Farm, PASSWORD};

/// What somebody was sent: first lines, headers and bodies.
type Heard = Arc<Mutex<Vec<String>>>;

/// A node of another cluster that says this is its authority; its URL, and all that it is sent.
async fn impostor(of: &Farm, claimed: &str) -> (String, Heard) {
    let [certificate, key] = [data_dir::NODE, data_dir::NODE_KEY].map(|name| in_data(of, name));
    let tls = RustlsConfig::from_pem(certificate.into(), key.into());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let heard = Heard::default();
    let answer = json!({"certificate": claimed, "fingerprint": ""});
    let record = async move |State(heard): State<Heard>, request: Request| {
        let (head, body) = request.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let text = format!("{} {} {:?} {body:?}", head.method, head.uri, head.headers);
        heard.lock().unwrap().push(text);
        axum::Json(answer)
    };
    let service = Router::new().fallback(record).with_state(heard.clone());
    let server = axum_server::from_tcp_rustls(listener, tls.await.unwrap()).unwrap();
    // Ends with the test's runtime.
    tokio::spawn(server.serve(service.into_make_service()));
    (url, heard)
}

/// A file in the first node's data folder.
fn in_data(farm: &Farm, name: &str) -> String {
    std::fs::read_to_string(farm.path("data0").join(name)).unwrap()
}

async fn by_fingerprint(url: &str, fingerprint: &str) -> Result<Client, ConnectError> {
    let ca = authority(url, fingerprint).await?;
    connect(url, ca.as_bytes(), "admin", PASSWORD).await
}

#[tokio::test]
async fn the_fingerprint_that_init_prints_is_enough() {
    let farm = Farm::start(1).await;
    let ca = in_data(&farm, data_dir::CA);
    let fingerprint = pki::fingerprint(&ca).unwrap();
    let told = farm.ask(0, Method::GET, "/v1/authority", None, None).await;
    assert_eq!(
        told.body,
        json!({"certificate": ca, "fingerprint": fingerprint})
    );
    for written in [
        &fingerprint,
        &fingerprint.to_lowercase(),
        &fingerprint.replace(':', ""),
    ] {
        let client = by_fingerprint(&farm.url(0), written).await.unwrap();
        assert_eq!(client.whoami().send().await.unwrap().user, "admin");
    }
    let other = ["AB"; 32].join(":");
    let refused = by_fingerprint(&farm.url(0), &other).await.unwrap_err();
    assert!(
        matches!(refused, ConnectError::OtherAuthority { .. }),
        "{refused:?}"
    );
    assert!(
        refused
            .to_string()
            .contains(&format!("{fingerprint}, not {other}"))
    );
    for none in ["", "AB:CD", "no fingerprint", &format!("{other}:CD")] {
        let refused = by_fingerprint(&farm.url(0), none).await.unwrap_err();
        assert!(
            refused.to_string().contains("64 hexadecimal digits"),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn an_impostor_hears_no_secret_whatever_it_claims() {
    let (farm, other) = (Farm::init(1), Farm::init(1));
    let [clusters, own] = [&farm, &other].map(|farm| in_data(farm, data_dir::CA));
    let fingerprint = pki::fingerprint(&clusters).unwrap();
    for claimed in [&own, &clusters, &format!("{clusters}{own}"), ""] {
        let (url, heard) = impostor(&other, claimed).await;
        let refused = by_fingerprint(&url, &fingerprint).await.unwrap_err();
        let is_known = claimed.starts_with(&clusters);
        assert_eq!(
            matches!(refused, ConnectError::Unreachable(_)),
            is_known,
            "{refused:?}"
        );
        if let Ok(ca) = authority(&url, &fingerprint).await {
            let client = connect_with_key(&url, ca.as_bytes(), "evk_secret").unwrap();
            client.whoami().send().await.unwrap_err();
        }
        let heard = heard.lock().unwrap();
        assert_eq!(heard.len(), 2);
        for request in heard.iter() {
            assert!(request.starts_with("GET /v1/authority "), "{request}");
            assert!(!request.contains("authorization") && !request.contains(PASSWORD));
        }
    }
}
