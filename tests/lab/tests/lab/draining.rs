//! Draining a node of its traffic through the API, by itself or before a stop, while clients hold connections and
//! open new ones.

use anyhow::{Context, Result, bail, ensure};
use evenkeel_client::types::{Drain, ModuleStatus, OperationState, Phase, Readiness, StepState};
use evenkeel_lab::farm::api::Api;
use evenkeel_lab::farm::nginx;
use evenkeel_lab::farm::plan::Family;
use evenkeel_lab::farm::traffic::{HELD, burst_sources};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE, plan};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::{Held, HeldConnection};

use crate::control::{has_vip, serves};
use crate::expect::{answered_by, eventually, eventually_even};
use crate::{on_farm, with_farm};

/// One node after the other, the entry node among them, gives its share away and takes it back. Nobody
/// who is connected, or connects, notices.
pub(crate) fn drain_and_undrain(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, options, async |farm| {
        let all = farm.names();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let load = farm.steady().await?;
        for number in [1, options.nodes] {
            let name = plan::node_name(number);
            drain(farm, number, &all).await?;
            let api = farm.api(2)?;
            api.undrain(MODULE, vec![name.clone()]).await?;
            eventually_even(farm, Family::V4, u16::from(number) * 20, &all).await?;
            let status = api.status(MODULE, &name).await?;
            ensure!(status.drain.is_none(), "{name} is still {:?}", status.drain);
        }
        let attempts = load.finish().await;
        ensure!(!attempts.is_empty(), "nobody connected meanwhile");
        answered_by(&attempts, &all)?;
        the_last_one_is_not_drained(farm, &all).await
    })
}

/// One call restarts the application everywhere, with an nginx as the application: each node has another
/// one then, and nobody who connects meanwhile notices.
pub(crate) fn rolling_restart(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let api = farm.api(1)?;
        api.configure(MODULE, nginx::module(options.mode)?).await?;
        farm.start_module().await?;
        let all = farm.names();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let servers = || -> Result<Vec<_>> {
            let running = |number| Ok(nginx::running(farm.node(number)?));
            farm.numbers().map(running).collect()
        };
        let before = servers()?;
        let load = farm.steady().await?;
        let rolled = api.roll(MODULE, PATIENCE * 2).await?;
        let attempts = load.finish().await;
        ensure!(rolled.state == OperationState::Succeeded, "{rolled:?}");
        let done = rolled
            .steps
            .iter()
            .all(|step| step.state == StepState::Done);
        ensure!(done && rolled.steps.len() == all.len(), "{rolled:?}");
        let after = servers()?;
        for (name, (before, after)) in all.iter().zip(before.iter().zip(&after)) {
            ensure!(
                after.is_some() && before != after,
                "{name} has the nginx of before"
            );
        }
        ensure!(!attempts.is_empty(), "nobody connected meanwhile");
        answered_by(&attempts, &all)
    })
}

/// A node that stops takes nothing new and answers what it holds, until its last connection has ended.
pub(crate) fn stop_waits(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, options, async |farm| {
        let (number, name) = (2, plan::node_name(2));
        let api = farm.api(1)?;
        let held = all_answered(farm.held().await?).await?;
        api.stop(MODULE, Some(vec![name.clone()])).await?;
        given_away(&api, &name).await?;
        still_answered(&held, &name).await?;
        ensure!(serves(farm, number)?, "the service of {name} was stopped");
        none_broke(held).await?;
        api.wait_stopped(MODULE, &name, PATIENCE).await
    })
}

/// What is connected to a node stays there until it ends; whoever comes is sent to the others.
async fn drain(farm: &Farm, number: u8, all: &[&str]) -> Result<()> {
    let name = plan::node_name(number);
    let others: Vec<&str> = all.iter().copied().filter(|other| *other != name).collect();
    // Asked of another node: any node answers for all.
    let api = farm.api(2)?;
    let held = all_answered(farm.held().await?).await?;
    api.drain(MODULE, vec![name.clone()]).await?;
    let counted = given_away(&api, &name).await?;
    ensure!(
        is_up(&counted),
        "{name} is {} {}",
        counted.phase,
        counted.readiness
    );
    ensure!(
        counted.drain == Some(Drain::Draining),
        "{name} is {:?}",
        counted.drain
    );
    let leads = counted.entry.as_ref() == Some(&name);
    ensure!(!leads, "clients are still led to {name} first");

    let attempts = farm.burst(burst_sources(u16::from(number), 300)).await?;
    answered_by(&attempts, &others)?;
    still_answered(&held, &name).await?;
    ensure!(serves(farm, number)?, "the service of {name} was stopped");
    ensure!(
        has_vip(farm, number).await?,
        "{name} lost the virtual address"
    );

    none_broke(held).await?;
    eventually("the end of the drain", async || {
        let status = api.status(MODULE, &name).await?;
        Ok((status.drain == Some(Drain::Drained)).then_some(()))
    })
    .await
}

/// What nobody could take is not given away.
async fn the_last_one_is_not_drained(farm: &Farm, all: &[&str]) -> Result<()> {
    let names = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    let (Some((last, others)), api) = (all.split_last(), farm.api(1)?) else {
        bail!("a farm without nodes");
    };
    api.drain(MODULE, names(others)).await?;
    eventually("one node to have everything", async || {
        let status = api.status(MODULE, last).await?;
        let groups = &status.groups;
        Ok(groups.iter().all(|group| group.open == 4096).then_some(()))
    })
    .await?;
    match api.try_drain(MODULE, names(&[last])).await? {
        Err(refused) => ensure!(
            refused
                .nodes
                .iter()
                .any(|(_, kind)| kind.ends_with("wrong-state")),
            "{refused}"
        ),
        Ok(results) => bail!("{last} was drained: {results:?}"),
    }
    match api.try_drain(MODULE, names(all)).await? {
        Err(refused) => ensure!(refused.kind.ends_with("wrong-state"), "{refused}"),
        Ok(results) => bail!("all were drained: {results:?}"),
    }
    api.undrain(MODULE, names(others)).await
}

/// These connections, when each of them has been answered.
pub(crate) async fn all_answered(held: Held) -> Result<Held> {
    eventually("answers on every connection", async || {
        let has = |one: &HeldConnection| !one.answers.is_empty();
        let all_have = |all: &[HeldConnection]| all.len() == HELD && all.iter().all(has);
        Ok(held.with_records(all_have).then_some(()))
    })
    .await?;
    Ok(held)
}

/// A node's state when it opens nothing new and has counted the connections that are left.
async fn given_away(api: &Api, node: &str) -> Result<ModuleStatus> {
    eventually("a count of its connections", async || {
        let status = api.status(MODULE, node).await?;
        let group = status.groups.first().context("no group")?;
        Ok((group.open == 0 && group.held > 0).then_some(status))
    })
    .await
}

/// Whoever is connected to a node gets more answers there.
pub(crate) async fn still_answered(held: &Held, node: &str) -> Result<()> {
    let answers = || -> usize {
        held.with_records(|all| {
            let its = all.iter().filter(|one| one.node == node);
            its.map(|one| one.answers.len()).sum()
        })
    };
    let before = answers();
    ensure!(before > 0, "no connection is at {node}");
    eventually("more answers of the node", async || {
        Ok((answers() > before + HELD).then_some(()))
    })
    .await
}

pub(crate) async fn none_broke(held: Held) -> Result<()> {
    let lives = held.finish().await;
    let broken = lives.iter().filter(|life| life.broken.is_some()).count();
    ensure!(broken == 0, "{broken} of {} connections broke", lives.len());
    Ok(())
}

fn is_up(status: &ModuleStatus) -> bool {
    (status.phase, status.readiness) == (Phase::Up, Readiness::Ready)
}
