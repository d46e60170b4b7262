//! `<http>` and `<https>`: a GET request has a good answer.

use std::net::IpAddr;
use std::time::Duration;

use evenkeel_core::config::model::{HttpProbe, StatusRange};
use reqwest::header::HOST;
use reqwest::redirect::Policy;
use reqwest::{Client, Error, Response};

use super::pace::{Found, Look};
use super::target::Host;
use super::words;
use crate::limits;

/// Asks for a page, each time through a connection of its own: so the name is looked up each time,
/// and what is checked is that the server takes new clients.
#[derive(Debug)]
pub(super) struct Http {
    probe: HttpProbe,
    host: Host,
    /// Made at the first look: that reads the certificates which the machine trusts.
    client: Option<Client>,
    /// Who is asked in place of the host, and the client for it.
    stand_in: Option<(IpAddr, Client)>,
}

impl Http {
    /// This request to a host.
    pub(super) const fn new(probe: HttpProbe, host: Host) -> Self {
        Self {
            probe,
            host,
            client: None,
            stand_in: None,
        }
    }

    /// Whom to ask: the host itself, or who stands in for it.
    async fn client(&mut self) -> Result<(String, Client), String> {
        let HttpProbe { addr, timeout, .. } = &self.probe;
        if let Some(other) = self.host.stand_in() {
            // What is asked on loopback cannot have a certificate in that name.
            if self.stand_in.as_ref().is_none_or(|(one, _)| *one != other) {
                self.stand_in = Some((other, build(true, *timeout).await?));
            }
            let client = self.stand_in.as_ref().map(|(_, client)| client.clone());
            return Ok((in_url(&other.to_string()), client.unwrap_or_default()));
        }
        let any_certificate = self.probe.insecure || !self.probe.tls;
        let client = match &self.client {
            Some(client) => client.clone(),
            None => build(any_certificate, *timeout).await?,
        };
        let client = self.client.insert(client).clone();
        Ok((in_url(addr), client))
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
        if error.is_timeout() {
            return words::late(self.probe.timeout);
        }
        words::cause(error)
    }
}

impl Look for Http {
    async fn look(&mut self) -> Found {
        let (host, client) = self.client().await?;
        let HttpProbe {
            tls,
            addr,
            port,
            path,
            ..
        } = &self.probe;
        let (scheme, usual) = if *tls { ("https", 443) } else { ("http", 80) };
        let mut name = in_url(addr);
        if *port != usual {
            name = format!("{name}:{port}");
        }
        let request = client.get(format!("{scheme}://{host}:{port}{path}"));
        let answer = request.header(HOST, name).send().await;
        let answer = answer.map_err(|error| self.reason(&error))?;
        self.read(answer).await
    }
}

/// A host as it stands in a URL.
fn in_url(addr: &str) -> String {
    match addr.contains(':') {
        true => format!("[{addr}]"),
        false => addr.to_owned(),
    }
}

async fn build(any_certificate: bool, timeout: Duration) -> Result<Client, String> {
    let build = move || {
        Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .pool_max_idle_per_host(0)
            .tls_danger_accept_invalid_certs(any_certificate)
            .user_agent(concat!("evenkeel/", env!("CARGO_PKG_VERSION")))
            // Each of several addresses has its part of it.
            .connect_timeout(timeout)
            .timeout(timeout)
            .build()
    };
    let built = tokio::task::spawn_blocking(build).await;
    let built = built.map_err(|error| error.to_string())?;
    built.map_err(|error| format!("no request can be made: {}", words::cause(&error)))
}

fn contains(body: &[u8], text: &[u8]) -> bool {
    body.windows(text.len()).any(|window| window == text)
}
