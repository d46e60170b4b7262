//! Logging in, and staying so: every request carries a token that is renewed before it ends.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::lock::Mutex;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use reqwest::{Certificate, ClientBuilder, Request, Response, Url};
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::generated::{Client, types};

/// A token lives for 15 minutes; it is renewed after this time.
const RENEW_AFTER: Duration = Duration::from_secs(10 * 60);
/// Time for a connection to be established.
const CONNECT_TIME_MAX: Duration = Duration::from_secs(5);
/// Time that an unused connection is kept; the service closes it somewhat later.
const IDLE_TIME_MAX: Duration = Duration::from_secs(10);
/// Time for an answer; longer than the longest wait that the service allows.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(330);

/// Why a client is not connected and logged in.
#[derive(Debug, Error)]
pub enum ConnectError {
    /// Not a URL.
    #[error("{0:?} is not the URL of a node, as in https://192.0.2.1:9453")]
    Url(String),
    /// The CA's certificate cannot be read.
    #[error("the certificate of the cluster's CA cannot be used")]
    Certificate(#[source] reqwest::Error),
    /// No fingerprint.
    #[error(
        "{0:?} is no fingerprint: SHA-256 has 64 hexadecimal digits, as in AB:CD:… that evenkeel init prints"
    )]
    Fingerprint(String),
    /// The node did not say who vouches for it.
    #[error("the node sent no certificate of its cluster's CA")]
    NoCertificate,
    /// The node is of another cluster, or somebody is in between.
    #[error(
        "the node's authority has the fingerprint {found}, not {fingerprint}: it is not of this cluster, or somebody \
         stands between; nothing was sent to it"
    )]
    OtherAuthority {
        /// The fingerprint that it was to have.
        fingerprint: String,
        /// The one it has.
        found: String,
    },
    /// What proves who asks has signs that no header can have.
    #[error("the key or token is none")]
    Key,
    /// The node was not reached, or is none of this CA.
    #[error("the node cannot be reached, or its certificate is not of this cluster")]
    Unreachable(#[source] reqwest::Error),
    /// The node refused the login.
    #[error("{}: {}", .0.title, .0.detail)]
    Refused(Box<types::Problem>),
}

/// What proves who asks. Clones share the token of a user.
#[derive(Clone)]
pub struct Login(Proof);

#[derive(Clone)]
enum Proof {
    /// Of a user.
    Token(Arc<Inner>),
    /// Of a program.
    Key(HeaderValue),
}

/// User, password and the token of the moment.
struct Inner {
    url: Url,
    http: reqwest::Client,
    user: String,
    password: String,
    token: Mutex<Option<Token>>,
}

struct Token {
    header: HeaderValue,
    since: Instant,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Login");
        if let Proof::Token(inner) = &self.0 {
            out.field("user", &inner.user);
        }
        out.finish_non_exhaustive()
    }
}

/// Connects to a node and logs in. Only a node whose certificate is signed by the CA in `ca_pem`
/// is talked to, over TLS 1.3; [`authority`](fn@crate::authority) gets it for who has only its fingerprint. The
/// token is renewed as needed.
///
/// # Errors
///
/// When the node is not reached, is none of this CA, or refuses user or password.
pub async fn connect(
    url: &str,
    ca_pem: &[u8],
    user: &str,
    password: &str,
) -> Result<Client, ConnectError> {
    let (http, base) = (http(ca_pem)?, base(url)?);
    let inner = Arc::new(Inner {
        url: base.clone(),
        http: http.clone(),
        user: user.to_owned(),
        password: password.to_owned(),
        token: Mutex::new(None),
    });
    inner.authorization().await?;
    Ok(client(&base, http, Proof::Token(inner)))
}

/// A client with an API key in place of a login. Nothing is sent yet: a key that is not good is told by the
/// first operation. For `ca_pem` see [`connect`].
///
/// # Errors
///
/// When URL, certificate or key cannot be used.
pub fn connect_with_key(url: &str, ca_pem: &[u8], key: &str) -> Result<Client, ConnectError> {
    let (http, base) = (http(ca_pem)?, base(url)?);
    let header = bearer(key).ok_or(ConnectError::Key)?;
    Ok(client(&base, http, Proof::Key(header)))
}

fn client(base: &Url, http: reqwest::Client, proof: Proof) -> Client {
    Client::new_with_client(base.as_str().trim_end_matches('/'), http, Login(proof))
}

pub(crate) fn base(url: &str) -> Result<Url, ConnectError> {
    let base = url.trim_end_matches('/').parse();
    base.map_err(|_not_a_url| ConnectError::Url(url.to_owned()))
}

pub(crate) fn path(base: &Url, path: &str) -> Result<Url, ConnectError> {
    let url = base.join(path);
    url.map_err(|_not_a_base| ConnectError::Url(base.to_string()))
}

/// Talks to nodes of this CA alone.
fn http(ca_pem: &[u8]) -> Result<reqwest::Client, ConnectError> {
    let ca = Certificate::from_pem(ca_pem).map_err(ConnectError::Certificate)?;
    let http = builder().tls_certs_only([ca]).build();
    http.map_err(ConnectError::Certificate)
}

/// How nodes are talked to, whoever vouches for them.
pub(crate) fn builder() -> ClientBuilder {
    reqwest::Client::builder()
        .tls_version_min(reqwest::tls::Version::TLS_1_3)
        .https_only(true)
        .no_proxy()
        .connect_timeout(CONNECT_TIME_MAX)
        .pool_idle_timeout(IDLE_TIME_MAX)
        .timeout(ANSWER_TIME_MAX)
}

/// What a node answered.
pub(crate) async fn answer<T: DeserializeOwned>(
    response: reqwest::Result<Response>,
) -> Result<T, ConnectError> {
    let response = response.map_err(ConnectError::Unreachable)?;
    if !response.status().is_success() {
        let problem = response.json().await.map_err(ConnectError::Unreachable)?;
        return Err(ConnectError::Refused(Box::new(problem)));
    }
    response.json().await.map_err(ConnectError::Unreachable)
}

fn bearer(token: &str) -> Option<HeaderValue> {
    let mut header = HeaderValue::try_from(format!("Bearer {token}")).ok()?;
    header.set_sensitive(true);
    Some(header)
}

impl Inner {
    /// The header of a token that is good for some minutes yet.
    async fn authorization(&self) -> Result<HeaderValue, ConnectError> {
        let mut token = self.token.lock().await;
        if let Some(known) = token
            .as_ref()
            .filter(|token| token.since.elapsed() < RENEW_AFTER)
        {
            return Ok(known.header.clone());
        }
        let (header, since) = (self.log_in().await?, Instant::now());
        *token = Some(Token {
            header: header.clone(),
            since,
        });
        Ok(header)
    }

    async fn log_in(&self) -> Result<HeaderValue, ConnectError> {
        let credentials = types::Credentials {
            user: self.user.clone(),
            password: self.password.clone(),
        };
        let url = path(&self.url, "/v1/login")?;
        let response = self.http.post(url).json(&credentials).send().await;
        let session: types::Session = answer(response).await?;
        bearer(&session.token).ok_or(ConnectError::Key)
    }
}

/// Called by the generated code before each request.
pub(crate) async fn authorize(login: &Login, request: &mut Request) -> Result<(), ConnectError> {
    if matches!(
        request.url().path(),
        "/v1/login" | "/v1/authority" | "/healthz"
    ) {
        return Ok(());
    }
    let header = match &login.0 {
        Proof::Token(inner) => inner.authorization().await?,
        Proof::Key(header) => header.clone(),
    };
    request.headers_mut().insert(AUTHORIZATION, header);
    Ok(())
}
