//! TLS and the headers of every answer.

use std::io::{Read, Write};
use std::net::TcpStream;

use reqwest::StatusCode;
use reqwest::tls::Version;

use crate::common::Farm;

#[tokio::test]
async fn tls_1_2_strangers_and_plain_text_are_refused() {
    let farm = Farm::start(1).await;
    let ca = std::fs::read(farm.path("data0/ca.pem")).unwrap();
    let ca = reqwest::Certificate::from_pem(&ca).unwrap();
    let client = || reqwest::Client::builder().no_proxy();
    let old = client()
        .tls_certs_only([ca.clone()])
        .tls_version_max(Version::TLS_1_2);
    let url = format!("{}/healthz", farm.url(0));
    assert!(old.build().unwrap().get(&url).send().await.is_err());
    let public = client().build().unwrap();
    assert!(
        public.get(&url).send().await.is_err(),
        "only the cluster's CA vouches for a node"
    );
    let new = client()
        .tls_certs_only([ca])
        .tls_version_min(Version::TLS_1_3);
    assert!(
        new.build()
            .unwrap()
            .get(&url)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
    let mut plain = TcpStream::connect(farm.url(0).trim_start_matches("https://")).unwrap();
    plain
        .write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        .unwrap();
    let mut said = Vec::new();
    // A connection that is reset has said nothing either.
    drop(plain.read_to_end(&mut said));
    assert!(!said.starts_with(b"HTTP"), "{said:?}");
}

#[tokio::test]
async fn who_sends_a_large_body_gets_the_answer_that_it_was_not_read_for() {
    let farm = Farm::start(1).await;
    let url = format!("{}/v1/modules/web", farm.url(0));
    // More than any buffer on the way takes.
    let body = "x".repeat(3 << 20);
    for _ in 0..8 {
        let refused = farm.http().put(&url).body(body.clone()).send().await;
        assert_eq!(refused.unwrap().status(), StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn every_answer_has_the_headers_that_keep_browsers_out() {
    let farm = Farm::start(1).await;
    for path in ["/healthz", "/v1/whoami", "/nowhere"] {
        let answer = farm
            .http()
            .get(format!("{}{path}", farm.url(0)))
            .send()
            .await
            .unwrap();
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            (
                "content-security-policy",
                "default-src 'none'; frame-ancestors 'none'",
            ),
        ] {
            assert_eq!(answer.headers()[name], value, "{path}");
        }
    }
}

#[tokio::test]
async fn the_page_of_the_document_has_all_its_files_and_loads_no_others() {
    let farm = Farm::start(1).await;
    let base = farm.url(0);
    let get = async |path: &str| {
        let answer = farm
            .http()
            .get(format!("{base}{path}"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let policy = answer.headers()["content-security-policy"].clone();
        (policy, answer.text().await.unwrap())
    };
    let (policy, page) = get("/docs/").await;
    assert!(policy.to_str().unwrap().contains("script-src 'self'"));
    let files = page
        .split("=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let files = files.filter_map(|file| Some(format!("/docs/{}", file.strip_prefix("./")?)));
    let files: Vec<String> = files.collect();
    assert!(files.iter().any(|file| file.ends_with(".js")), "{page}");
    for file in &files {
        get(file).await;
    }
    assert!(!page.contains("<script>") && !page.contains("//"), "{page}");
    let (policy, document) = get("/openapi.json").await;
    assert_eq!(policy, "default-src 'none'; frame-ancestors 'none'");
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!(document, evenkeel_api::openapi::document());
}
