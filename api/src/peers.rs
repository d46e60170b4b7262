//! The other nodes' services: HTTPS, verified against the cluster's CA and nothing else.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Method, StatusCode, header};
use evenkeel_core::config::model::ClusterConfig;
use reqwest::{Certificate, Client, Url};
use thiserror::Error;

use crate::limits;
use crate::problem::{Chain, Problem, ProblemType};

/// Marks a request that came through another node; its value is that node's name.
pub const PROXIED_BY: &str = "evenkeel-proxied-by";

/// Why the client for peers cannot be made.
#[derive(Debug, Error)]
pub enum PeersError {
    /// The CA's certificate or the TLS set-up is unusable.
    #[error("the client for the other nodes cannot be made")]
    Client(#[from] reqwest::Error),
    /// An address makes no URL.
    #[error("{0:?} is no URL of a node")]
    Url(String),
}

/// Where the nodes' services are, and how to talk to them.
#[derive(Debug)]
pub struct Peers {
    me: String,
    urls: BTreeMap<String, Url>,
    client: Client,
}

/// A request to one node.
#[derive(Clone, Debug)]
pub struct PeerRequest {
    /// The method.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// The body, JSON; empty: none.
    pub body: Bytes,
    /// Time for the answer.
    pub time: Duration,
}

/// What the node answered.
#[derive(Clone, Debug)]
pub struct PeerAnswer {
    /// The status code.
    pub status: StatusCode,
    /// The content type, where it has one.
    pub content_type: Option<String>,
    /// The body.
    pub body: Bytes,
}

impl Peers {
    /// For the nodes of `cluster`, each at its address on the first LAN and `port`, or at its URL
    /// in `urls`.
    ///
    /// # Errors
    ///
    /// When the CA's certificate or a URL cannot be read.
    pub fn new(
        me: &str,
        cluster: &ClusterConfig,
        port: u16,
        urls: &BTreeMap<String, String>,
        ca_pem: &[u8],
    ) -> Result<Self, PeersError> {
        let client = Client::builder()
            .tls_certs_only([Certificate::from_pem(ca_pem)?])
            .tls_version_min(reqwest::tls::Version::TLS_1_3)
            .https_only(true)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(limits::PEER_CONNECT_TIME_MAX)
            .pool_idle_timeout(limits::PEER_IDLE_TIME_MAX)
            .build()?;
        let url = |name: &str, addr: std::net::IpAddr| {
            let default = format!("https://{}", std::net::SocketAddr::new(addr, port));
            let text = urls.get(name).unwrap_or(&default);
            text.parse::<Url>()
                .map_err(|_not_a_url| PeersError::Url(text.clone()))
        };
        let entries = cluster
            .nodes()
            .map(|(_, n)| Ok((n.name.clone(), url(&n.name, n.addr)?)));
        let urls = entries.collect::<Result<_, PeersError>>()?;
        Ok(Self {
            me: me.to_owned(),
            urls,
            client,
        })
    }

    /// Sends a request to a node on behalf of the caller with this token.
    ///
    /// # Errors
    ///
    /// When the node is unknown or does not answer in time.
    pub async fn send(
        &self,
        node: &str,
        bearer: &str,
        request: PeerRequest,
    ) -> Result<PeerAnswer, Problem> {
        let url = self
            .urls
            .get(node)
            .ok_or_else(|| Problem::unknown_node(node))?;
        let url = url
            .join(&request.path)
            .map_err(|e| Problem::malformed(e.to_string()))?;
        let sent = self
            .client
            .request(request.method, url)
            .timeout(request.time)
            .bearer_auth(bearer)
            .header(PROXIED_BY, &self.me)
            .header(header::CONTENT_TYPE, "application/json")
            .body(request.body);
        let unreachable = |error: reqwest::Error| unreachable(node, &error.without_url());
        let response = sent.send().await.map_err(unreachable)?;
        let status = response.status();
        let content_type = response.headers().get(header::CONTENT_TYPE);
        let content_type = content_type
            .and_then(|v| v.to_str().ok())
            .map(ToOwned::to_owned);
        let body = read(node, response).await?;
        Ok(PeerAnswer {
            status,
            content_type,
            body,
        })
    }
}

async fn read(node: &str, mut response: reqwest::Response) -> Result<Bytes, Problem> {
    let mut body = Vec::new();
    loop {
        let chunk = response
            .chunk()
            .await
            .map_err(|e| unreachable(node, &e.without_url()))?;
        let Some(chunk) = chunk else {
            return Ok(body.into());
        };
        if body.len() + chunk.len() > limits::PEER_ANSWER_BYTES_MAX {
            let detail = format!("{node}: its answer is too long");
            return Err(Problem::new(ProblemType::NodeUnreachable, detail));
        }
        body.extend_from_slice(&chunk);
    }
}

fn unreachable(node: &str, error: &reqwest::Error) -> Problem {
    Problem::new(
        ProblemType::NodeUnreachable,
        format!("{node}: {}", Chain(error)),
    )
}
