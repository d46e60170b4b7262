//! Clients that take a source port again while the connection before is still remembered by the server that
//! had it, and the port's bucket belongs to another one meanwhile.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use evenkeel_client::types::GroupStatus;
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::traffic::{HELD, TIME_MAX};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, Mode};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::{Held, HeldOptions, Tuples};

use crate::draining::{all_answered, none_broke, still_answered};
use crate::expect::{answered_by, eventually};
use crate::on_farm;

/// The node that gives its share away and takes it back: not the one that clients are led to first.
const NODE: u8 = 2;

/// Clients that come again and again, each from its own address.
const CLIENTS: usize = 300;

/// The port from which each of them comes, which no other traffic uses.
const PORT: u16 = 16_000;

/// A node takes its share back while the others hold connections, which keeps every bucket in handover.
/// Clients whose connections those others have just ended come again from the same ports, to it; then
/// once more when the buckets go the other way. Nobody waits.
pub(crate) fn in_handover(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, options, async |farm| {
        let all = farm.names();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let name = plan::node_name(NODE);
        let others: Vec<&str> = all.iter().copied().filter(|other| *other != name).collect();
        gives_all_away(farm).await?;
        let held = all_answered(farm.held().await?).await?;
        answered_by(&farm.burst(clients()).await?, &others)?;

        takes_its_share(farm, options).await?;
        answered_by(&farm.burst(clients()).await?, &all)?;
        gives_all_away(farm).await?;
        answered_by(&farm.burst(clients()).await?, &others)?;
        none_broke(held).await
    })
}

/// The same, and when the buckets go the other way, the clients are connected to the node.
pub(crate) fn held_in_handover(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, options, async |farm| {
        gives_all_away(farm).await?;
        let held = all_answered(farm.held().await?).await?;
        farm.burst(clients()).await?;
        takes_its_share(farm, options).await?;
        let again = HeldOptions {
            to: plan::service(Family::V4),
            sources: tuples(),
            connections: HELD,
            spread: Duration::ZERO,
            every: Duration::from_millis(100),
            time_max: TIME_MAX,
            life: None,
        };
        let again = Held::start(&farm.client().namespace, again).await?;
        let again = all_answered(again).await?;
        gives_all_away(farm).await?;
        still_answered(&again, &plan::node_name(NODE)).await?;
        none_broke(again).await?;
        none_broke(held).await
    })
}

fn tuples() -> Tuples {
    Tuples::new(plan::client_sources(Family::V4), PORT, 1)
}

fn clients() -> Vec<SocketAddr> {
    tuples().take(CLIENTS).collect()
}

/// Drains the node, and waits until others open what comes.
async fn gives_all_away(farm: &Farm) -> Result<()> {
    farm.api(1)?
        .drain(MODULE, vec![plan::node_name(NODE)])
        .await?;
    becomes(farm, "it to have nothing", |its| its.open == 0).await
}

/// Ends the drain, and waits until the node opens what comes in its share, of which others hold connections.
async fn takes_its_share(farm: &Farm, options: FarmOptions) -> Result<()> {
    let name = plan::node_name(NODE);
    let api = farm.api(1)?;
    api.undrain(MODULE, vec![name.clone()]).await?;
    let is_in_handover = |its: &GroupStatus| its.open > 0 && its.migrating == its.open;
    becomes(farm, "its share in handover", is_in_handover).await?;
    // In directed mode what comes for the node comes by one that had it before.
    let entry = api.status(MODULE, &name).await?.entry;
    ensure!(
        options.mode == Mode::Invisible || entry.is_some_and(|entry| entry != name),
        "clients are led to {name} first"
    );
    Ok(())
}

/// Waits until the node's group is as said.
async fn becomes(farm: &Farm, what: &str, is: impl Fn(&GroupStatus) -> bool) -> Result<()> {
    let (api, name) = (farm.api(1)?, plan::node_name(NODE));
    eventually(what, async || {
        let status = api.status(MODULE, &name).await?;
        let its = status.groups.first().context("no group")?;
        Ok(is(its).then_some(()))
    })
    .await
}
