//! The show itself: what is done to the farm, and what is measured of it.

use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::time::sleep;

use super::console::Console;
use super::outcome::{Check, Fault, Outcome, Recovery};
use crate::farm::traffic::burst_sources;
use crate::farm::{Farm, MODULE, PATIENCE, plan};
use crate::load::{Attempt, Held, HeldConnection, Steady};
use crate::report::picture::{Mark, Timeline};
use crate::report::takeover::{disturbance, held_toll, takeover};
use crate::report::{Shares, millis};

/// Connections that are counted before and after.
const CONNECTIONS: usize = 300;

/// How far a share may be from an equal one, in percentage points.
const SHARE_POINTS: f64 = 10.0;

/// How long the load runs undisturbed: before the fault, after the takeover, after the return.
const CALM: Duration = Duration::from_millis(2500);

/// How often a condition is looked at.
const POLL: Duration = Duration::from_millis(20);

/// Columns of the picture.
const PICTURE_COLUMNS: usize = 90;

/// The moments of the show.
struct Moments {
    cut: Instant,
    restored: Instant,
    end: Instant,
}

/// What the load recorded.
struct Records {
    attempts: Vec<Attempt>,
    held: Vec<HeldConnection>,
}

/// Runs the show on a farm that is up, cutting off node number `cut`.
///
/// # Errors
///
/// When the farm's network or API fails; what does not hold is in the outcome.
pub async fn tell(farm: &Farm, cut: u8, console: &Console) -> Result<Outcome> {
    let names = farm.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let lost = plan::node_name(cut);
    console.say(&format!(
        "{} servers behind {} ({}), each with its own daemon and kernel filter",
        names.len(),
        plan::SERVICE,
        farm.options().mode
    ));

    console.progress("300 connections");
    let before = Shares::of(&farm.burst(burst_sources(0, CONNECTIONS)).await?);
    console.say(&format!(
        "{CONNECTIONS} connections from different addresses: {before}"
    ));

    let entry = farm.entry(1).await? == cut;
    let (moments, records) = disturb(farm, cut, console).await?;
    let fault = fault(&records, &lost, entry, &moments);
    fault.lines().iter().for_each(|line| console.say(line));
    console.say(&format!("{lost} plugged in again"));
    let recovery = recovery(&records, &lost, &moments);
    recovery
        .lines(&lost)
        .iter()
        .for_each(|line| console.say(line));

    console.progress("300 connections");
    let after = Shares::of(&farm.burst(burst_sources(1, CONNECTIONS)).await?);
    console.say(&format!("{CONNECTIONS} connections again: {after}"));

    let marks = [
        Mark {
            at: moments.cut,
            what: format!("{lost} cut off"),
        },
        Mark {
            at: moments.restored,
            what: format!("{lost} plugged in"),
        },
    ];
    let timeline = Timeline::new(&records.attempts, &names, &marks, PICTURE_COLUMNS);
    let mut outcome = Outcome {
        nodes: farm.names(),
        mode: farm.options().mode,
        service: plan::SERVICE.to_string(),
        before,
        fault,
        recovery,
        after,
        timeline,
        checks: Vec::new(),
        commands: Vec::new(),
    };
    outcome.checks = checks(&outcome, &names);
    Ok(outcome)
}

/// Cuts the node off and plugs it in again under load.
async fn disturb(farm: &Farm, cut: u8, console: &Console) -> Result<(Moments, Records)> {
    let lost = plan::node_name(cut);
    console.progress("steady load: a new connection every 3 ms, 50 held ones");
    let (steady, held) = (farm.steady().await?, farm.held().await?);
    sleep(CALM).await;

    console.say(&format!("{lost} cut off: its cable is pulled"));
    console.progress("waiting for the others to take over");
    let cut_at = farm.cut(cut).await?;
    let took = |attempts: &[Attempt]| takeover(attempts, &lost, cut_at).is_some();
    wait(&steady, took).await;
    sleep(CALM).await;

    console.progress("waiting for the node to take its share again");
    let restored = farm.restore(cut).await?;
    let answers = |attempts: &[Attempt]| {
        attempts
            .iter()
            .any(|a| a.started > restored && a.node() == Some(lost.as_str()))
    };
    wait(&steady, answers).await;
    farm.api(1)?.wait_ready(MODULE, &lost, PATIENCE).await?;
    sleep(CALM).await;
    let end = Instant::now();
    Ok((
        Moments {
            cut: cut_at,
            restored,
            end,
        },
        finish(steady, held).await,
    ))
}

async fn finish(steady: Steady, held: Held) -> Records {
    let (held, attempts) = tokio::join!(held.finish(), steady.finish());
    Records { attempts, held }
}

/// Waits until the records fulfil a condition, or for long enough: the checks will tell.
async fn wait(steady: &Steady, fulfilled: impl Fn(&[Attempt]) -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !steady.with_records(&fulfilled) && Instant::now() < deadline {
        sleep(POLL).await;
    }
}

fn fault(records: &Records, lost: &str, entry: bool, moments: &Moments) -> Fault {
    let Moments { cut, restored, .. } = *moments;
    Fault {
        node: lost.to_owned(),
        entry,
        takeover: takeover(&records.attempts, lost, cut),
        attempts: disturbance(&records.attempts, lost, cut, restored),
        held: held_toll(&records.held, lost, cut, restored),
    }
}

fn recovery(records: &Records, lost: &str, moments: &Moments) -> Recovery {
    let Moments { restored, end, .. } = *moments;
    let first = records
        .attempts
        .iter()
        .filter(|a| a.node() == Some(lost) && a.started > restored);
    let first = first.map(|attempt| attempt.ended).min();
    Recovery {
        first_answer_ms: first.map(|at| millis(at.saturating_duration_since(restored))),
        attempts: disturbance(&records.attempts, lost, restored, end),
        held: held_toll(&records.held, lost, restored, end),
    }
}

fn checks(outcome: &Outcome, nodes: &[&str]) -> Vec<Check> {
    let Outcome {
        before,
        fault,
        recovery,
        after,
        ..
    } = outcome;
    let lost = &fault.node;
    let even = format!("every share within {SHARE_POINTS:.0} points of an equal one");
    let takeover_ms = fault.takeover.as_ref().map_or(f64::INFINITY, |t| t.gap_ms);
    // In directed mode the entry node carries everybody's packets until another one takes over.
    let patience_ms = takeover_ms + 200.0;
    vec![
        Check::new(
            format!("before: {even}"),
            before.are_even(nodes, SHARE_POINTS),
        ),
        Check::new(
            format!("the others took {lost}'s share over"),
            fault.takeover.is_some(),
        ),
        Check::new("no new connection failed", fault.attempts.failed == 0),
        Check::new(
            "the cut broke no held connection of the other nodes",
            fault.held.broken_elsewhere == 0 && fault.held.strangers == 0,
        ),
        Check::new(
            "none of them waited beyond the takeover",
            fault.held.slowest_elsewhere_ms <= patience_ms,
        ),
        Check::new(
            format!("{lost} took its share again"),
            recovery.first_answer_ms.is_some(),
        ),
        Check::new(
            "its return broke no held connection",
            recovery.held.broken_elsewhere == 0 && recovery.held.broken_on_the_lost_node == 0,
        ),
        Check::new(
            format!("after: {even}"),
            after.are_even(nodes, SHARE_POINTS),
        ),
    ]
}
