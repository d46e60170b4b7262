//! TLS and the headers of every answer.

use std::io::{Read, Write};
use std::net::TcpStream;

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
