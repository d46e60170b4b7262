//! Clients of what comes and goes while the module serves: those who try it meanwhile, and those who stay.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::Result;
use evenkeel_lab::farm::Farm;
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::traffic::TIME_MAX;
use evenkeel_lab::load::attempt::Failure;
use evenkeel_lab::load::held::HeldConnection;
use evenkeel_lab::load::http::Opening;
use evenkeel_lab::load::{Attempt, Held, HeldOptions, Steady, SteadyOptions, Tuples};

use crate::expect::eventually;

/// Connections that stay, and those of a burst.
pub(crate) const CONNECTIONS: usize = 60;

/// Attempts, one after the other.
pub(crate) async fn visitors(farm: &Farm, to: SocketAddr) -> Result<Steady> {
    let options = SteadyOptions {
        to,
        sources: Tuples::new(plan::client_sources(Family::V4), 56_000, 4000),
        opening: Opening::Usual,
        every: Duration::from_millis(10),
        catches_up: false,
        time_max: TIME_MAX,
    };
    Steady::start(&farm.client().namespace, options).await
}

/// Connections that stay, once each has an answer.
pub(crate) async fn guests(farm: &Farm, to: SocketAddr) -> Result<Held> {
    let options = HeldOptions {
        to,
        sources: Tuples::new(plan::client_sources(Family::V4), 61_000, 1000),
        connections: CONNECTIONS,
        spread: Duration::ZERO,
        every: Duration::from_millis(100),
        time_max: TIME_MAX,
        life: None,
    };
    let held = Held::start(&farm.client().namespace, options).await?;
    eventually("an answer on every connection", async || {
        Ok(is_every_one(&held, |one| !one.answers.is_empty()))
    })
    .await?;
    Ok(held)
}

/// Waits until all of them are reset.
pub(crate) async fn all_reset(guests: &Held) -> Result<()> {
    eventually("a reset of every connection", async || {
        Ok(is_every_one(guests, |one| {
            let reset = |(_, why): &(_, Failure)| *why == Failure::Reset;
            one.broken.as_ref().is_some_and(reset)
        }))
    })
    .await
}

/// Whether every attempt was answered, and every node answered some.
pub(crate) fn all_nodes_answer(farm: &Farm, attempts: &[Attempt]) -> bool {
    let nodes: BTreeSet<&str> = attempts.iter().filter_map(Attempt::node).collect();
    let mut all = attempts.iter();
    all.all(|attempt| attempt.outcome.is_ok()) && nodes.len() == farm.names().len()
}

/// Of the first connections, which others follow.
fn is_every_one(held: &Held, is_so: impl Fn(&HeldConnection) -> bool) -> Option<()> {
    held.with_records(|all| {
        let first = all.get(..CONNECTIONS)?;
        first.iter().all(is_so).then_some(())
    })
}
