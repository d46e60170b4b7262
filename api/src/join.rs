//! `evenkeel join`: makes this machine a node of a cluster that runs, with a token from one of its nodes.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder, Response, Url};
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::cli;
use crate::data_dir;
use crate::init::{self, InitError, Initialised};
use crate::limits;
use crate::pki;
use crate::problem::Problem;
use crate::views::join::{JoinAnswer, JoinRequest};
use crate::views::session::Authority;

/// This machine did not become a node. Nothing was left behind.
#[derive(Debug, Error)]
pub enum JoinError {
    /// There is no token.
    #[error("the token cannot be read from {0}")]
    Token(String, #[source] io::Error),
    /// Where nobody can be.
    #[error("{0:?} is no URL of a node; it begins with https://")]
    NoUrl(String),
    /// Nobody answers there.
    #[error("{url} does not answer; look whether the daemon runs there and its port is open")]
    Silent {
        /// Who was asked.
        url: Url,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
    /// It is another cluster, or nobody's.
    #[error(
        "{url} is of another cluster: its authority has the fingerprint {found}, not {expected}"
    )]
    OtherCluster {
        /// Who was asked.
        url: String,
        /// Its fingerprint.
        found: String,
        /// The one that was given.
        expected: String,
    },
    /// It refused.
    #[error("{0}")]
    Refused(Problem),
    /// It answered something else than this program knows.
    #[error("{0} answered what this program does not know; their versions may differ")]
    Strange(Url),
    /// The data could not be made.
    #[error(transparent)]
    Init(#[from] InitError),
}

/// Asks a node for what a node needs, and makes the data of it.
///
/// # Errors
///
/// When it is another cluster, the token is not good, or the data cannot be made.
pub async fn join(options: &cli::Join) -> Result<Initialised, JoinError> {
    data_dir::refuse_existing(&options.data).map_err(InitError::from)?;
    let token = token(options.token_file.as_deref())?;
    let base: Url = options.from.parse().map_err(|_no_url| no_url(options))?;
    let url = |path: &str| base.join(path).map_err(|_no_url| no_url(options));
    let authority = believed(url("/v1/authority")?, &options.fingerprint).await?;
    let silent = |source| JoinError::Silent {
        url: base.clone(),
        source,
    };
    let client = client(Client::builder().tls_certs_only([authority])).map_err(silent)?;
    let request = client.post(url("/v1/join")?).json(&JoinRequest { token });
    let answer: JoinAnswer = answer(&base, request.send().await).await?;
    Ok(init::init_joining(
        &options.data,
        &answer.file,
        Path::new(&options.from),
    )?)
}

fn no_url(options: &cli::Join) -> JoinError {
    JoinError::NoUrl(options.from.clone())
}

fn token(file: Option<&Path>) -> Result<String, JoinError> {
    let mut text = String::new();
    let read = match file {
        Some(file) => fs::read_to_string(file).map(|read| text = read),
        None => io::stdin().read_to_string(&mut text).map(drop),
    };
    let from = file.map_or_else(
        || "standard input".into(),
        |file| file.display().to_string(),
    );
    read.map_err(|error| JoinError::Token(from, error))?;
    Ok(text.trim().to_owned())
}

fn client(builder: ClientBuilder) -> reqwest::Result<Client> {
    let builder = builder.no_proxy().https_only(true).redirect(Policy::none());
    builder.timeout(limits::REQUEST_TIME_MAX).build()
}

/// The authority with this fingerprint, as the node shows it. Nothing vouches for the connection, and nothing
/// secret goes over it.
async fn believed(url: Url, fingerprint: &str) -> Result<Certificate, JoinError> {
    let silent = |source| JoinError::Silent {
        url: url.clone(),
        source,
    };
    let anybody = Client::builder().tls_danger_accept_invalid_certs(true);
    let anybody = client(anybody).map_err(silent)?;
    let shown: Authority = answer(&url, anybody.get(url.clone()).send().await).await?;
    let strange = || JoinError::Strange(url.clone());
    let found = pki::fingerprint(&shown.certificate).map_err(|_unreadable| strange())?;
    if digits(&found) != digits(fingerprint) {
        return Err(JoinError::OtherCluster {
            url: url.into(),
            found,
            expected: fingerprint.to_owned(),
        });
    }
    // The first certificate alone: one that stands behind it was not compared.
    let first = pki::first(&shown.certificate).map_err(|_unreadable| strange())?;
    Certificate::from_der(&first).map_err(|_unusable| strange())
}

fn digits(fingerprint: &str) -> String {
    fingerprint.trim().replace(':', "").to_ascii_uppercase()
}

async fn answer<T: DeserializeOwned>(
    url: &Url,
    sent: reqwest::Result<Response>,
) -> Result<T, JoinError> {
    let silent = |source: reqwest::Error| JoinError::Silent {
        url: url.clone(),
        source: source.without_url(),
    };
    let response = sent.map_err(silent)?;
    let is_success = response.status().is_success();
    let body = response.bytes().await.map_err(silent)?;
    let strange = |_unreadable| JoinError::Strange(url.clone());
    if is_success {
        return serde_json::from_slice(&body).map_err(strange);
    }
    Err(JoinError::Refused(
        serde_json::from_slice(&body).map_err(strange)?,
    ))
}
