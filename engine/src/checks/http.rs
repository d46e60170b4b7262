//! `<http>` and `<https>`: a GET request has a good answer.

use std::time::Duration;

use evenkeel_core::config::model::{HttpProbe, StatusRange};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, Error, Response};

use super::pace::{Found, Look};
use super::words;
use crate::limits;

/// Asks for a page, each time through a connection of its own: so the name is looked up each time,
/// and what is checked is that the server takes new clients.
#[derive(Debug)]
pub(super) struct Http {
    probe: HttpProbe,
    /// Made at the first look: that reads the certificates which the machine trusts.
    client: Option<Client>,
}

impl Http {
    /// This request.
    pub(super) const fn new(probe: HttpProbe) -> Self {
        Self {
            probe,
            client: None,
        }
    }

    async fn client(&mut self) -> Result<Client, String> {
        let client = match &self.client {
            Some(client) => client.clone(),
            None => client(self.trust(), self.probe.timeout).await?,
        };
        Ok(self.client.insert(client).clone())
    }

    fn trust(&self) -> Trust {
        match self.probe.insecure || !self.probe.tls {
            true => Trust::Any,
            false => Trust::Machine(Vec::new()),
        }
    }

    fn is_good(&self, code: u16) -> bool {
        let is_in = |range: &StatusRange| (range.first..=range.last).contains(&code);
        self.probe.status.iter().any(is_in)
    }

    async fn read(&self, mut response: Response) -> Found {
        let code = response.status().as_u16();
        if !self.is_good(code) {
            let good: Vec<String> = self.probe.status.iter().map(ToString::to_string).collect();
            return Err(format!("status {code}, expected {}", good.join(",")));
        }
        let mut body = Vec::new();
        while let Some(piece) = response
            .chunk()
            .await
            .map_err(|error| self.reason(&error))?
        {
            let room = limits::CHECK_BODY_BYTES - body.len();
            body.extend_from_slice(piece.get(..room).unwrap_or(&piece));
            if body.len() == limits::CHECK_BODY_BYTES {
                break;
            }
        }
        match &self.probe.body {
            Some(text) if !contains(&body, text.as_bytes()) => {
                let looked_at = body.len();
                Err(format!(
                    "{text:?} does not occur in the body ({looked_at} bytes looked at)"
                ))
            }
            Some(_) | None => Ok(()),
        }
    }

    fn reason(&self, error: &Error) -> String {
        reason(error, self.probe.timeout)
    }
}

impl Look for Http {
    async fn look(&mut self) -> Found {
        let client = self.client().await?;
        let HttpProbe {
            tls,
            addr,
            port,
            path,
            ..
        } = &self.probe;
        let answer = client.get(url(*tls, addr, *port, path)).send().await;
        self.read(answer.map_err(|error| self.reason(&error))?)
            .await
    }
}

/// Whose certificates are good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Anybody's.
    Any,
    /// Those that an authority signed which the machine trusts, or one of these, PEM.
    Machine(Vec<String>),
}

/// Where something is asked for.
pub(super) fn url(tls: bool, addr: &str, port: u16, path: &str) -> String {
    let scheme = if tls { "https" } else { "http" };
    // An IPv6 address.
    let host = match addr.contains(':') {
        true => format!("[{addr}]"),
        false => addr.to_owned(),
    };
    format!("{scheme}://{host}:{port}{path}")
}

/// Why there is no answer, in the words of an operator.
pub(super) fn reason(error: &Error, timeout: Duration) -> String {
    if error.is_timeout() {
        return words::late(timeout);
    }
    words::cause(error)
}

/// Who asks, each time on a connection of its own.
///
/// # Errors
///
/// With a sentence, when a certificate of an authority cannot be used.
pub(super) async fn client(trust: Trust, timeout: Duration) -> Result<Client, String> {
    let built = tokio::task::spawn_blocking(move || build(trust, timeout)).await;
    let built = built.map_err(|error| error.to_string())?;
    built.map_err(|error| format!("no request can be made: {}", words::cause(&error)))
}

fn build(trust: Trust, timeout: Duration) -> reqwest::Result<Client> {
    let builder = Client::builder()
        .no_proxy()
        .redirect(Policy::none())
        .pool_max_idle_per_host(0)
        .user_agent(concat!("evenkeel/", env!("CARGO_PKG_VERSION")))
        // Each of several addresses has its part of it.
        .connect_timeout(timeout)
        .timeout(timeout);
    let builder = match trust {
        Trust::Any => builder.tls_danger_accept_invalid_certs(true),
        Trust::Machine(others) => {
            let others = others.iter();
            let others = others.map(|pem| Certificate::from_pem(pem.as_bytes()));
            builder.tls_certs_merge(others.collect::<reqwest::Result<Vec<_>>>()?)
        }
    };
    builder.build()
}

fn contains(body: &[u8], text: &[u8]) -> bool {
    body.windows(text.len()).any(|window| window == text)
}
