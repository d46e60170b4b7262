//! The other nodes' services: HTTPS, verified against the cluster's CA and nothing else, with this node's certificate.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderValue, Method, StatusCode, header};
use evenkeel_core::config::model::ClusterConfig;
use reqwest::{Client, ClientBuilder, Response, Url};
use thiserror::Error;

use crate::handlers::events::LAST_EVENT_ID;
use crate::limits;
use crate::problem::{Chain, Problem, ProblemType};
use crate::tls::Identity;

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
    port: u16,
    /// Those that are not at their address and the port.
    elsewhere: BTreeMap<String, String>,
    urls: RwLock<BTreeMap<String, Url>>,
    clients: RwLock<Clients>,
}

/// The clients, with the certificate that this node shows.
#[derive(Clone, Debug)]
struct Clients {
    client: Client,
    /// For changes, each on a connection of its own: one that was kept may lead to a machine that has lost its
    /// power since, and whether a change that was sent on it was made nobody could say.
    changes: Client,
    /// For answers without an end: each has a connection of its own, so that a follower who does not read
    /// holds nobody else up.
    streams: Client,
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

impl Clients {
    fn new(identity: &Identity) -> Result<Self, reqwest::Error> {
        let builder = || -> reqwest::Result<ClientBuilder> {
            Ok(identity
                .client()?
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(limits::PEER_CONNECT_TIME_MAX)
                .pool_idle_timeout(limits::PEER_IDLE_TIME_MAX))
        };
        let streams = builder()?.http1_only();
        Ok(Self {
            client: builder()?.build()?,
            changes: builder()?.pool_max_idle_per_host(0).build()?,
            streams: streams.read_timeout(limits::FEED_SILENCE_MAX).build()?,
        })
    }
}

impl Peers {
    /// For the nodes of `cluster`, each at its address on the first LAN and `port`, or at its URL
    /// in `urls`.
    ///
    /// # Errors
    ///
    /// When a certificate or a URL cannot be used.
    pub fn new(
        me: &str,
        cluster: &ClusterConfig,
        port: u16,
        urls: &BTreeMap<String, String>,
        identity: &Identity,
    ) -> Result<Self, PeersError> {
        let peers = Self {
            me: me.to_owned(),
            port,
            elsewhere: urls.clone(),
            urls: RwLock::default(),
            clients: RwLock::new(Clients::new(identity)?),
        };
        peers.recluster(cluster)?;
        Ok(peers)
    }

    /// The nodes of this cluster are there from here on.
    ///
    /// # Errors
    ///
    /// When an address makes no URL; nothing changed then.
    pub fn recluster(&self, cluster: &ClusterConfig) -> Result<(), PeersError> {
        let entries = cluster.commanded().map(|node| {
            let default = format!(
                "https://{}",
                std::net::SocketAddr::new(node.addr, self.port)
            );
            let text = self.elsewhere.get(&node.name).unwrap_or(&default);
            let url = text.parse::<Url>();
            let url = url.map_err(|_not_a_url| PeersError::Url(text.clone()))?;
            Ok((node.name.clone(), url))
        });
        let urls = entries.collect::<Result<_, PeersError>>()?;
        *self.urls.write().unwrap_or_else(PoisonError::into_inner) = urls;
        Ok(())
    }

    /// Shows and believes these certificates from here on.
    ///
    /// # Errors
    ///
    /// When one cannot be used; nothing changed then.
    pub fn renew(&self, identity: &Identity) -> Result<(), reqwest::Error> {
        let clients = Clients::new(identity)?;
        *self.clients.write().unwrap_or_else(PoisonError::into_inner) = clients;
        Ok(())
    }

    fn clients(&self) -> Clients {
        let clients = self.clients.read().unwrap_or_else(PoisonError::into_inner);
        clients.clone()
    }

    fn url(&self, node: &str, path: &str) -> Result<Url, Problem> {
        let urls = self.urls.read().unwrap_or_else(PoisonError::into_inner);
        let url = urls.get(node).ok_or_else(|| Problem::unknown_node(node))?;
        url.join(path)
            .map_err(|e| Problem::malformed(e.to_string()))
    }

    /// Asks a node for something that does not end, on behalf of the caller with this token; from the event
    /// `last` on, where the caller names one.
    ///
    /// # Errors
    ///
    /// When the node is unknown or does not begin to answer in time.
    pub async fn open(
        &self,
        node: &str,
        bearer: &str,
        path: &str,
        last: Option<HeaderValue>,
    ) -> Result<Response, Problem> {
        let mut request = self.clients().streams.get(self.url(node, path)?);
        if let Some(last) = last {
            request = request.header(LAST_EVENT_ID, last);
        }
        let request = request.bearer_auth(bearer).header(PROXIED_BY, &self.me);
        let sent = tokio::time::timeout(limits::PEER_TIME_MAX, request.send()).await;
        let late = |_elapsed| {
            let detail = format!("{node}: no answer within {:?}", limits::PEER_TIME_MAX);
            Problem::new(ProblemType::NodeUnreachable, detail)
        };
        let sent = sent.map_err(late)?;
        sent.map_err(|error| unreachable(node, &error.without_url()))
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
        let url = self.url(node, &request.path)?;
        let client = match request.method {
            Method::GET => self.clients().client,
            _ => self.clients().changes,
        };
        let sent = client
            .request(request.method, url)
            .timeout(request.time)
            .bearer_auth(bearer)
            .header(PROXIED_BY, &self.me)
            .header(header::CONTENT_TYPE, "application/json")
            .body(request.body);
        let unreachable = |error: reqwest::Error| unreachable(node, &error.without_url());
        let response = sent.send().await.map_err(unreachable)?;
        whole(node, response).await
    }
}

/// All of a node's answer.
///
/// # Errors
///
/// When it breaks off or is too long.
pub async fn whole(node: &str, response: Response) -> Result<PeerAnswer, Problem> {
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

async fn read(node: &str, mut response: Response) -> Result<Bytes, Problem> {
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
