//! The farm's usual traffic: bursts, a steady stream, held connections, all to the virtual address.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use anyhow::Result;

use super::Farm;
use super::plan::{self, Family};
use crate::load::attempt::burst;
use crate::load::http::Opening;
use crate::load::{Attempt, Held, HeldOptions, Steady, SteadyOptions, Tuples};

/// Longest time of any attempt or request: beyond two repetitions of a SYN.
pub const TIME_MAX: Duration = Duration::from_secs(5);

/// Time between two attempts of the steady stream.
const STEADY_EVERY: Duration = Duration::from_millis(3);

/// Held connections.
pub const HELD: usize = 50;

/// Time between two requests on one of them.
const HELD_EVERY: Duration = Duration::from_millis(100);

/// Each kind of traffic has ports of its own, so that no two use one tuple at a time.
const BURST_PORTS: (u16, u16) = (10_000, 5_000);
const STEADY_PORTS: (u16, u16) = (20_000, 20_000);
const HELD_PORTS: (u16, u16) = (45_000, 10_000);

/// The sources of the `nth` burst of `count` connections: each from another address and port.
pub fn burst_sources(nth: u16, count: usize) -> Vec<SocketAddr> {
    burst_sources_of(Family::V4, nth, count)
}

/// The same of a family.
pub fn burst_sources_of(family: Family, nth: u16, count: usize) -> Vec<SocketAddr> {
    sources(plan::client_sources(family), nth, count)
}

/// The same from these addresses.
pub fn sources(addresses: Vec<IpAddr>, nth: u16, count: usize) -> Vec<SocketAddr> {
    let (first, ports) = BURST_PORTS;
    let port = |i: usize| {
        let step = u32::from(nth) * 997 + u32::try_from(i).unwrap_or(0);
        first + u16::try_from(step % u32::from(ports)).unwrap_or(0)
    };
    let sources = addresses.into_iter().cycle().take(count).enumerate();
    sources
        .map(|(i, address)| SocketAddr::new(address, port(i)))
        .collect()
}

impl Farm {
    /// One connection from each source, some at a time, to the virtual address of their family.
    ///
    /// # Errors
    ///
    /// When the client has ended; failed connections are in the records.
    pub async fn burst(&self, sources: Vec<SocketAddr>) -> Result<Vec<Attempt>> {
        let family = sources.first().map_or(Family::V4, |to| Family::of(to.ip()));
        self.burst_to(plan::service(family), sources).await
    }

    /// One connection from each source, some at a time.
    ///
    /// # Errors
    ///
    /// When the client has ended; failed connections are in the records.
    pub async fn burst_to(&self, to: SocketAddr, sources: Vec<SocketAddr>) -> Result<Vec<Attempt>> {
        burst(&self.client().namespace, sources, to, TIME_MAX).await
    }

    /// Starts the steady stream: a connection every 3 ms from the next of 508 addresses.
    ///
    /// # Errors
    ///
    /// When the client has ended.
    pub async fn steady(&self) -> Result<Steady> {
        self.steady_of(Family::V4).await
    }

    /// The steady stream of a family.
    ///
    /// # Errors
    ///
    /// When the client has ended.
    pub async fn steady_of(&self, family: Family) -> Result<Steady> {
        let addresses = plan::client_sources(family);
        self.steady_by(Opening::Usual, addresses).await
    }

    /// The steady stream from these addresses, its connections opened in one of several ways.
    ///
    /// # Errors
    ///
    /// When the client has ended.
    pub async fn steady_by(&self, opening: Opening, addresses: Vec<IpAddr>) -> Result<Steady> {
        let family = addresses.first().copied().map_or(Family::V4, Family::of);
        let options = SteadyOptions {
            to: plan::service(family),
            sources: Tuples::new(addresses, STEADY_PORTS.0, STEADY_PORTS.1),
            opening,
            every: STEADY_EVERY,
            catches_up: false,
            time_max: TIME_MAX,
        };
        Steady::start(&self.client().namespace, options).await
    }

    /// Opens 50 connections that stay, each with a request every 100 ms.
    ///
    /// # Errors
    ///
    /// When the client has ended.
    pub async fn held(&self) -> Result<Held> {
        self.held_of(Family::V4).await
    }

    /// The same of a family.
    ///
    /// # Errors
    ///
    /// When the client has ended.
    pub async fn held_of(&self, family: Family) -> Result<Held> {
        self.hold(family, HELD).await
    }

    /// The same of so many connections.
    ///
    /// # Errors
    ///
    /// When the client has ended.
    pub async fn hold(&self, family: Family, connections: usize) -> Result<Held> {
        let addresses = plan::client_sources(family);
        let options = HeldOptions {
            to: plan::service(family),
            sources: Tuples::new(addresses, HELD_PORTS.0, HELD_PORTS.1),
            connections,
            spread: Duration::ZERO,
            every: HELD_EVERY,
            time_max: TIME_MAX,
            life: None,
        };
        Held::start(&self.client().namespace, options).await
    }
}
