//! A flood of SYNs from addresses that nobody has, while a node dies: what is kept of them is bounded, so is
//! what is replayed, and who is connected notices nothing.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use evenkeel_client::types::Replays;
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::traffic::{HELD, burst_sources_of};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::{HeldConnection, Syns};
use evenkeel_lab::report::takeover::held_toll;
use tokio::time::sleep;

use crate::expect::{answered_by, eventually};
use crate::{on_set_up, tell};

/// SYNs a second; the machine may be slower.
const RATE: u64 = 100_000;
/// The flood before the node dies, and at least after that.
const BEFORE: Duration = Duration::from_millis(500);
const AFTER: Duration = Duration::from_secs(2);

/// SYNs that a node keeps at a time (`PLACES` of the filter).
const KEPT_MAX: u64 = 8192;
/// Bytes that the daemon holds for each of them: what it reads of it, its frame, and what it did.
const BYTES_OF_EACH: u64 = 40 + 128 + 16;
/// More than this the daemon's memory does not vary by itself.
const NOISE_KIB: u64 = 4096;

pub(crate) fn during_a_takeover(world: &World, options: FarmOptions) -> Result<()> {
    flooded(world, options, Family::V4)
}

pub(crate) fn during_a_takeover_v6(world: &World, options: FarmOptions) -> Result<()> {
    flooded(world, options, Family::V6)
}

fn flooded(world: &World, options: FarmOptions, family: Family) -> Result<()> {
    let setup = Setup::dual(options.mode, vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")]);
    on_set_up(world, options, &setup, async |farm| {
        let held = farm.held_of(family).await?;
        eventually("an answer on every held connection", async || {
            let is_open = |one: &&HeldConnection| !one.answers.is_empty();
            let open = held.with_records(|all| all.iter().filter(is_open).count());
            Ok((open == HELD).then_some(()))
        })
        .await?;
        let entry = farm.entry(1).await?;
        let lost = farm.numbers().rev().find(|number| *number != entry);
        let lost = lost.context("there is no other node than the entry node")?;
        let left: Vec<u8> = farm.numbers().filter(|number| *number != lost).collect();
        let before = resident_kib(farm, &left)?;

        let flood = Syns::start(&farm.client().namespace, plan::service(family), RATE)?;
        sleep(BEFORE).await;
        let died = farm.power_off(lost).await?;
        sleep(AFTER).await;
        let epoch = farm.settled(&left, PATIENCE).await?;
        let (sent, took) = flood.finish().await?;

        let now = farm.settled(&left, PATIENCE).await?;
        ensure!(now == epoch, "the view changed from {epoch} to {now}");
        let after = resident_kib(farm, &left)?;
        let all = replays(farm, &left).await?;
        let per_second = u128::from(sent) * 1000 / took.as_millis().max(1);
        tell(&format!(
            "{per_second} SYNs a second for {took:.1?}; memory {before:?} KiB, then {after:?} KiB; {all:?}"
        ));
        bounded(sent, &all)?;
        let held_kib = NOISE_KIB + KEPT_MAX * BYTES_OF_EACH / 1024;
        for (before, after) in before.iter().zip(&after) {
            let grown = after.saturating_sub(*before);
            ensure!(grown <= held_kib, "a daemon holds {grown} KiB more");
        }
        let attempts = farm.burst(burst_sources_of(family, 1, 300)).await?;
        let names: Vec<String> = left.iter().map(|number| plan::node_name(*number)).collect();
        answered_by(
            &attempts,
            &names.iter().map(String::as_str).collect::<Vec<_>>(),
        )?;
        let end = Instant::now();
        let toll = held_toll(&held.finish().await, &plan::node_name(lost), died, end);
        tell(&format!("{toll:?}"));
        ensure!(
            toll.broken_elsewhere == 0 && toll.strangers == 0,
            "connections of the others broke: {toll:?}"
        );
        Ok(())
    })
}

/// More SYNs came than a node keeps, and no more than it keeps were answered in another one's place.
fn bounded(sent: u64, all: &[Replays]) -> Result<()> {
    let crowded: u64 = all.iter().map(|one| one.crowded_out).sum();
    ensure!(crowded > 0, "{sent} SYNs were no flood: {all:?}");
    for one in all {
        let replayed = one.taken_in + one.handed_on + one.failed;
        ensure!(
            replayed <= 2 * KEPT_MAX,
            "{replayed} SYNs were replayed: {one:?}"
        );
    }
    Ok(())
}

fn resident_kib(farm: &Farm, nodes: &[u8]) -> Result<Vec<u64>> {
    let of = |number: &u8| farm.node(*number)?.resident_kib();
    nodes.iter().map(of).collect()
}

/// What each of these nodes says of the SYNs that it kept.
async fn replays(farm: &Farm, nodes: &[u8]) -> Result<Vec<Replays>> {
    let mut all = Vec::new();
    for number in nodes {
        let name = plan::node_name(*number);
        let status = farm.api(*number)?.status(MODULE, &name).await?;
        all.push(status.replays.context("no SYNs are kept here")?);
    }
    Ok(all)
}
