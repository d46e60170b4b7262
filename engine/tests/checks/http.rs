//! `<http>`, with servers of a few lines that say what they are told to.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::bench::{Bench, DEADLINE};
use crate::common::in_namespace;

/// A server that answers every request with the same text, which can be changed.
pub(crate) struct Server {
    answer: Arc<Mutex<String>>,
    asked: Arc<Mutex<String>>,
}

impl Server {
    /// Serves in this namespace; its thread ends with the test's process.
    pub(crate) fn start(addr: &str, answer: &str) -> Self {
        let listener = TcpListener::bind(addr.parse::<SocketAddr>().unwrap()).unwrap();
        let server = Self {
            answer: Arc::new(Mutex::new(answer.to_owned())),
            asked: Arc::default(),
        };
        let (answer, asked) = (Arc::clone(&server.answer), Arc::clone(&server.asked));
        thread::spawn(move || {
            let mut kept = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = [0; 4096];
                let length = stream.read(&mut request).unwrap();
                *asked.lock().unwrap() = String::from_utf8_lossy(&request[..length]).into_owned();
                let answer = answer.lock().unwrap().clone();
                // Who has seen enough hangs up.
                drop(stream.write_all(answer.as_bytes()));
                // An answer without a length would end with the connection.
                if answer.contains("Content-Length") {
                    kept.push(stream);
                }
            }
        });
        server
    }

    /// From here on it answers so.
    pub(crate) fn says(&self, answer: &str) {
        *self.answer.lock().unwrap() = answer.to_owned();
    }

    /// What it was asked last, in small letters.
    pub(crate) fn asked(&self) -> String {
        self.asked.lock().unwrap().to_lowercase()
    }

    /// Waits until it is asked once more.
    pub(crate) async fn is_asked(&self) {
        self.asked.lock().unwrap().clear();
        let deadline = Instant::now() + DEADLINE;
        while self.asked().is_empty() {
            assert!(Instant::now() < deadline, "nobody asks");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

fn answer(status: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{body}")
}

/// A checker `http.web` with this `<to>`.
fn check(to: &str) -> Bench {
    Bench::both(&format!(
        r#"<check><http ident="web" when="both"><to {to}/></http></check>"#
    ))
}

#[test]
fn the_status_has_to_be_good() {
    in_namespace(async || {
        let server = Server::start("127.0.0.1:80", &answer("302 Found", ""));
        let mut bench = check(r#"url="http://127.0.0.1/health?full=1""#);
        bench.is_up("http.web").await;
        let asked = server.asked();
        assert!(
            asked.starts_with("get /health?full=1 http/1.1\r\n"),
            "{asked}"
        );
        assert!(asked.contains("\r\nhost: 127.0.0.1\r\n"), "{asked}");
        server.says(&answer("503 Service Unavailable", "later"));
        let reason = bench.is_down("http.web").await;
        assert_eq!(reason, "status 503, expected 200-399");
        server.says(&answer("200 OK", "well"));
        bench.is_up("http.web").await;
    });
}

#[test]
fn other_codes_can_be_the_good_ones() {
    in_namespace(async || {
        let server = Server::start("127.0.0.1:8080", &answer("404 Not Found", ""));
        let mut bench = check(r#"addr="127.0.0.1" port="8080" status="200-204,404""#);
        bench.is_up("http.web").await;
        let asked = server.asked();
        assert!(asked.contains("\r\nhost: 127.0.0.1:8080\r\n"), "{asked}");
        server.says(&answer("301 Moved Permanently", ""));
        let reason = bench.is_down("http.web").await;
        assert_eq!(reason, "status 301, expected 200-204,404");
    });
}

#[test]
fn the_body_has_to_have_the_text() {
    in_namespace(async || {
        let server = Server::start("127.0.0.1:80", &answer("200 OK", "database: ok\n"));
        let mut bench = check(r#"addr="127.0.0.1" body="database: ok""#);
        bench.is_up("http.web").await;
        server.says(&answer("200 OK", "database: away\n"));
        let reason = bench.is_down("http.web").await;
        let expected = r#""database: ok" does not occur in the body (15 bytes looked at)"#;
        assert_eq!(reason, expected);
    });
}

#[test]
fn the_whole_answer_has_to_come_in_time() {
    in_namespace(async || {
        let half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
        let server = Server::start("127.0.0.1:80", half);
        let mut bench = check(r#"addr="127.0.0.1""#);
        assert_eq!(bench.is_down("http.web").await, "no answer within 500 ms");
        server.says(&answer("200 OK", "whole"));
        bench.is_up("http.web").await;
    });
}

#[test]
fn what_never_ends_is_read_to_a_limit() {
    in_namespace(async || {
        let much = "x".repeat(3 << 20);
        let _server = Server::start("127.0.0.1:80", &answer("200 OK", &much));
        let mut bench = check(r#"addr="127.0.0.1" body="y""#);
        let reason = bench.is_down("http.web").await;
        let expected = r#""y" does not occur in the body (1048576 bytes looked at)"#;
        assert_eq!(reason, expected);
    });
}

#[test]
fn nobody_listens() {
    in_namespace(async || {
        let mut bench = check(r#"addr="127.0.0.1""#);
        assert_eq!(bench.is_down("http.web").await, "connection refused");
        let _server = Server::start("127.0.0.1:80", "this is no HTTP at all\r\n\r\n");
        let mut bench = check(r#"addr="127.0.0.1""#);
        let reason = bench.is_down("http.web").await;
        assert!(reason.contains("invalid HTTP"), "{reason}");
    });
}
