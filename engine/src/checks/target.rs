//! Whom a checker asks: a host by its name or address, looked up at each look, all addresses tried.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::words;
use crate::limits;

/// A host.
#[derive(Debug)]
pub(super) struct Host {
    name: String,
    /// A look-up that was slower than the look that began it. The resolver of the system cannot be
    /// called off, and a second one beside it would only add to its queue.
    looking_up: Option<JoinHandle<io::Result<Vec<IpAddr>>>>,
}

impl Host {
    /// The host of this name or address.
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            looking_up: None,
        }
    }

    /// Tries something with all its addresses at the same time, until one of them succeeds.
    ///
    /// # Errors
    ///
    /// When none did within `timeout`, with what each of them said.
    pub(super) async fn reach<T, F>(
        &mut self,
        timeout: Duration,
        attempt: impl Fn(IpAddr) -> F,
    ) -> Result<T, String>
    where
        F: Future<Output = Result<T, String>>,
    {
        let deadline = Instant::now() + timeout;
        let addrs = tokio::time::timeout_at(deadline, self.addresses()).await;
        let addrs = addrs.unwrap_or_else(|_| {
            let late = words::late(timeout);
            Err(format!("{} cannot be looked up: {late}", self.name))
        })?;
        let several = addrs.len() > 1;
        let attempts = addrs.into_iter().map(|addr| {
            let tried = tokio::time::timeout_at(deadline, attempt(addr));
            async move {
                let done = tried.await.unwrap_or_else(|_| Err(words::late(timeout)));
                done.map_err(|reason| match several {
                    true => format!("{addr}: {reason}"),
                    false => reason,
                })
            }
        });
        let mut attempts: FuturesUnordered<_> = attempts.collect();
        let mut reasons = Vec::new();
        while let Some(done) = attempts.next().await {
            match done {
                Ok(done) => return Ok(done),
                Err(reason) => reasons.push(reason),
            }
        }
        Err(reasons.join("; "))
    }

    /// Where the host is to be asked at present.
    async fn addresses(&mut self) -> Result<Vec<IpAddr>, String> {
        if let Ok(addr) = self.name.parse() {
            return Ok(vec![addr]);
        }
        let addrs = self.look_up().await;
        let addrs = addrs.map_err(|error| format!("{} cannot be looked up: {error}", self.name))?;
        if addrs.is_empty() {
            return Err(format!("{} has no address", self.name));
        }
        Ok(addrs)
    }

    async fn look_up(&mut self) -> io::Result<Vec<IpAddr>> {
        let name = self.name.clone();
        // What has ended meanwhile is old.
        let unended = self.looking_up.take().filter(|task| !task.is_finished());
        let task = unended.unwrap_or_else(|| tokio::task::spawn_blocking(move || resolve(&name)));
        let task = self.looking_up.insert(task);
        let addrs = task.await;
        self.looking_up = None;
        addrs.map_err(io::Error::other)?
    }
}

fn resolve(name: &str) -> io::Result<Vec<IpAddr>> {
    let mut found = Vec::new();
    for addr in (name, 0).to_socket_addrs()?.map(|addr| addr.ip()) {
        if !found.contains(&addr) && found.len() < limits::CHECK_ADDRESSES {
            found.push(addr);
        }
    }
    Ok(found)
}

/// Whether an address stands on this machine. Where the kernel does not say it is taken for one
/// that does.
fn is_here(addr: IpAddr) -> bool {
    super::local::interfaces().is_none_or(|all| all.iter().any(|one| one.has(addr)))
}

/// Whether a host is this machine: a name of its own, or an address that stands here.
pub(super) fn is_this_machine(host: &str) -> bool {
    let addr: Option<IpAddr> = host.parse().ok();
    addr.map_or(host == "localhost", |addr| {
        addr.is_loopback() || is_here(addr)
    })
}

/// Both ends of a connection are the same: the kernel chose the very port that was asked for, on
/// which nobody listens.
pub(super) fn met_itself(local: Option<SocketAddr>, peer: SocketAddr) -> bool {
    local == Some(peer)
}
