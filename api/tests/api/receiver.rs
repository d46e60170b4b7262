//! A receiver of webhooks on loopback, with and without TLS: it keeps what it got and answers what the test says.

use std::collections::VecDeque;
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard};

use aws_lc_rs::hmac;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use evenkeel_api::pki::Pair;
use evenkeel_api::timestamp;
use serde_json::Value;

use crate::common::wait_until;

/// A try as it came.
#[derive(Clone, Debug)]
pub(crate) struct Try {
    /// The event's id, the same on each try.
    pub(crate) id: String,
    /// The signatures.
    signature: String,
    timestamp: String,
    body: Bytes,
}

impl Try {
    /// The event.
    pub(crate) fn event(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// What it says in words.
    pub(crate) fn message(&self) -> String {
        let event = self.event();
        event["data"]["message"].as_str().unwrap().to_owned()
    }

    /// How many signatures it has.
    pub(crate) fn signatures(&self) -> usize {
        self.signature.split(' ').count()
    }

    /// Whether one of the signatures is right under this secret, by another code than the one that signs.
    pub(crate) fn is_signed_with(&self, secret: &str) -> bool {
        let sent: u64 = self.timestamp.parse().unwrap();
        assert!(timestamp::now_seconds().abs_diff(sent) < 300, "{sent}");
        let key = STANDARD
            .decode(secret.strip_prefix("whsec_").unwrap())
            .unwrap();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        let head = format!("{}.{}.", self.id, self.timestamp);
        let content = [head.as_bytes(), &self.body].concat();
        self.signature.split(' ').any(|one| {
            let code = STANDARD.decode(one.strip_prefix("v1,").unwrap()).unwrap();
            hmac::verify(&key, &content, &code).is_ok()
        })
    }
}

/// What the receiver and its test share.
#[derive(Debug, Default)]
struct Shared {
    tries: Mutex<Vec<Try>>,
    /// What is answered next; 204 where nothing is left.
    answers: Mutex<VecDeque<StatusCode>>,
}

/// A receiver that listens until it is dropped.
#[derive(Debug)]
pub(crate) struct Receiver {
    addr: SocketAddr,
    scheme: &'static str,
    shared: Arc<Shared>,
    handle: Handle<SocketAddr>,
}

impl Receiver {
    /// One at an address of its own.
    pub(crate) fn start() -> Self {
        Self::start_at(free_addr())
    }

    /// One at this address.
    pub(crate) fn start_at(addr: SocketAddr) -> Self {
        let (receiver, listener, router) = Self::prepare("http", addr);
        let server = axum_server::from_tcp(listener).unwrap();
        let server = server.handle(receiver.handle.clone());
        tokio::spawn(server.serve(router.into_make_service()));
        receiver
    }

    /// One that shows this certificate.
    pub(crate) async fn start_tls(pair: &Pair) -> Self {
        let (certificate, key) = (pair.certificate.clone(), pair.key.clone());
        let tls = RustlsConfig::from_pem(certificate.into(), key.into()).await;
        let (receiver, listener, router) =
            Self::prepare("https", SocketAddr::from(([127, 0, 0, 1], 0)));
        let server = axum_server::from_tcp_rustls(listener, tls.unwrap()).unwrap();
        let server = server.handle(receiver.handle.clone());
        tokio::spawn(server.serve(router.into_make_service()));
        receiver
    }

    fn prepare(scheme: &'static str, addr: SocketAddr) -> (Self, TcpListener, Router) {
        let listener = TcpListener::bind(addr).unwrap();
        listener.set_nonblocking(true).unwrap();
        let receiver = Self {
            addr: listener.local_addr().unwrap(),
            scheme,
            shared: Arc::default(),
            handle: Handle::new(),
        };
        let router = Router::new().fallback(receive);
        let router = router.with_state(receiver.shared.clone());
        (receiver, listener, router)
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        format!("{}://{}/events?from=evenkeel", self.scheme, self.addr)
    }

    /// The same by name, which every certificate of a node is for.
    pub(crate) fn url_of_localhost(&self) -> String {
        format!("{}://localhost:{}/", self.scheme, self.addr.port())
    }

    /// Answers these to the next tries.
    pub(crate) fn answer(&self, statuses: &[u16]) {
        let statuses = statuses
            .iter()
            .map(|status| StatusCode::from_u16(*status).unwrap());
        self.shared.answers.lock().unwrap().extend(statuses);
    }

    /// All that came so far.
    pub(crate) fn tries(&self) -> MutexGuard<'_, Vec<Try>> {
        self.shared.tries.lock().unwrap()
    }

    /// Waits for so many tries and gives them.
    pub(crate) async fn wait_for(&self, count: usize) -> Vec<Try> {
        wait_until(&format!("{count} tries"), async || {
            self.tries().len() >= count
        })
        .await;
        self.tries().clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

/// An address on loopback that nobody else has, nobody listening.
pub(crate) fn free_addr() -> SocketAddr {
    let [a, b, c]: [u8; 3] = rand::random();
    SocketAddr::from(([127, a.clamp(1, 254), b, c.clamp(1, 254)], 8888))
}

async fn receive(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    let text = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(headers[header::CONTENT_TYPE], "application/json");
    shared.tries.lock().unwrap().push(Try {
        id: text("webhook-id"),
        signature: text("webhook-signature"),
        timestamp: text("webhook-timestamp"),
        body,
    });
    let next = shared.answers.lock().unwrap().pop_front();
    // Where it leads nobody may follow it.
    let elsewhere = [(header::LOCATION, "/elsewhere")];
    (next.unwrap_or(StatusCode::NO_CONTENT), elsewhere)
}
