//! `<tcp>`: somebody accepts connections.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpStream;

use super::pace::{Found, Look};
use super::target::{Host, met_itself};
use super::words;

/// Connects and closes again.
#[derive(Debug)]
pub(super) struct Tcp {
    host: Host,
    port: u16,
    timeout: Duration,
}

impl Tcp {
    /// To this port of a host; an established connection is enough.
    pub(super) const fn new(host: Host, port: u16, timeout: Duration) -> Self {
        Self {
            host,
            port,
            timeout,
        }
    }
}

impl Look for Tcp {
    async fn look(&mut self) -> Found {
        let port = self.port;
        let connect = move |addr| connect(addr, port);
        self.host.reach(self.timeout, connect).await
    }
}

async fn connect(addr: IpAddr, port: u16) -> Found {
    let to = SocketAddr::new(addr, port);
    let connected = TcpStream::connect(to).await;
    let stream = connected.map_err(|error| words::io(&error))?;
    if met_itself(stream.local_addr().ok(), to) {
        return Err("connection refused".to_owned());
    }
    Ok(())
}
