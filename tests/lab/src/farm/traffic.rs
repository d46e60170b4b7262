//! The farm's usual traffic: bursts, a steady stream, held connections, all to the virtual address.

use std::net::SocketAddrV4;
use std::time::Duration;

use anyhow::Result;

use super::{Farm, plan};
use crate::load::attempt::burst;
use crate::load::{Attempt, Held, HeldOptions, Steady, SteadyOptions, Tuples};

/// Longest time of any attempt or request: beyond two repetitions of a SYN.
pub const TIME_MAX: Duration = Duration::from_secs(5);

/// Time between two attempts of the steady stream.
const STEADY_EVERY: Duration = Duration::from_millis(3);

/// Held connections.
const HELD: usize = 50;

/// Time between two requests on one of them.
const HELD_EVERY: Duration = Duration::from_millis(100);

/// Each kind of traffic has ports of its own, so that no two use one tuple at a time.
const BURST_PORTS: (u16, u16) = (10_000, 5_000);
const STEADY_PORTS: (u16, u16) = (20_000, 20_000);
const HELD_PORTS: (u16, u16) = (45_000, 10_000);

/// The sources of the `nth` burst of `count` connections: each from another address and port.
pub fn burst_sources(nth: u16, count: usize) -> Vec<SocketAddrV4> {
    let (first, ports) = BURST_PORTS;
    let addresses = plan::client_sources();
    let port = |i: usize| first + (nth * 997 + u16::try_from(i).unwrap_or(0)) % ports;
    let sources = addresses.into_iter().cycle().take(count).enumerate();
    sources
        .map(|(i, address)| SocketAddrV4::new(address, port(i)))
        .collect()
}

impl Farm {
    /// One connection from each source, some at a time.
    ///
    /// # Errors
    ///
    /// When the client has ended; failed connections are in the records.
    pub async fn burst(&self, sources: Vec<SocketAddrV4>) -> Result<Vec<Attempt>> {
        burst(&self.client.namespace, sources, plan::SERVICE, TIME_MAX).await
    }

    /// Starts the steady stream: a connection every 3 ms from the next of 508 addresses.
    ///
    /// # Errors
    ///
    /// When the client has ended.
    pub async fn steady(&self) -> Result<Steady> {
        let options = SteadyOptions {
            to: plan::SERVICE,
            sources: Tuples::new(plan::client_sources(), STEADY_PORTS.0, STEADY_PORTS.1),
            every: STEADY_EVERY,
            time_max: TIME_MAX,
        };
        Steady::start(&self.client.namespace, options).await
    }

    /// Opens 50 connections that stay, each with a request every 100 ms.
    ///
    /// # Errors
    ///
    /// When the client has ended.
    pub async fn held(&self) -> Result<Held> {
        let options = HeldOptions {
            to: plan::SERVICE,
            sources: Tuples::new(plan::client_sources(), HELD_PORTS.0, HELD_PORTS.1),
            connections: HELD,
            every: HELD_EVERY,
            time_max: TIME_MAX,
        };
        Held::start(&self.client.namespace, options).await
    }
}
