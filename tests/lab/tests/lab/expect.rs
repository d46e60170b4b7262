//! Waiting for conditions with a deadline, and saying what did not hold.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use evenkeel_lab::farm::plan::{Family, client_sources};
use evenkeel_lab::farm::traffic::burst_sources_of;
use evenkeel_lab::farm::{Farm, PATIENCE};
use evenkeel_lab::load::{Attempt, Steady};
use evenkeel_lab::report::Shares;
use tokio::time::sleep;

/// How often a condition is looked at.
const POLL: Duration = Duration::from_millis(20);

/// Waits until `look` gives something.
pub(crate) async fn eventually<T>(
    what: &str,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look().await? {
            return Ok(found);
        }
        if Instant::now() > deadline {
            bail!("waited {} s in vain for {what}", PATIENCE.as_secs());
        }
        sleep(POLL).await;
    }
}

/// Waits until every source address of a load was answered once, which tells whose share it is in.
pub(crate) async fn first_round(load: &Steady, family: Family) -> Result<()> {
    let addresses = client_sources(family).len();
    eventually("a first round of the load", async || {
        let round = load.with_records(<[Attempt]>::len) >= addresses;
        Ok(round.then_some(()))
    })
    .await
}

/// Waits until connections from fresh addresses, those after this burst, are shared evenly by these
/// nodes.
pub(crate) async fn eventually_even(
    farm: &Farm,
    family: Family,
    mut burst: u16,
    names: &[&str],
) -> Result<()> {
    let mut last = None;
    let even = eventually("even shares of all nodes", async || {
        burst += 1;
        let attempts = farm.burst(burst_sources_of(family, burst, 300)).await?;
        let even = evenly_answered_by(&attempts, names);
        Ok(even.map_err(|uneven| last = Some(uneven)).ok())
    })
    .await;
    even.with_context(|| {
        last.map_or_else(String::new, |uneven| format!("the last burst: {uneven}"))
    })
}

/// Things that a message lists.
const SHOWN: usize = 12;

/// Every attempt answered, by exactly these nodes.
pub(crate) fn answered_by(attempts: &[Attempt], nodes: &[&str]) -> Result<()> {
    let shares = Shares::of(attempts);
    let failures: Vec<String> = attempts
        .iter()
        .filter_map(|attempt| Some((attempt.source, attempt.outcome.as_ref().err()?)))
        .map(|(source, failure)| format!("{source}: {failure}"))
        .collect();
    ensure!(
        failures.is_empty(),
        "{} of {} without an answer: {}",
        failures.len(),
        attempts.len(),
        first_of(&failures)
    );
    let answering: Vec<&str> = shares.answers.keys().map(String::as_str).collect();
    ensure!(
        answering == nodes,
        "answered by {answering:?}, not by {nodes:?}"
    );
    Ok(())
}

/// A list for a message: as much of it as somebody reads.
pub(crate) fn first_of(all: &[String]) -> String {
    let more = if all.len() > SHOWN { ", …" } else { "" };
    format!("{}{more}", all[..all.len().min(SHOWN)].join(", "))
}

/// Every share within 10 points of an equal one, nothing failed.
pub(crate) fn evenly_answered_by(attempts: &[Attempt], nodes: &[&str]) -> Result<()> {
    answered_by(attempts, nodes)?;
    let shares = Shares::of(attempts);
    ensure!(
        shares.are_even(nodes, 10.0),
        "the shares are uneven: {shares}"
    );
    Ok(())
}
