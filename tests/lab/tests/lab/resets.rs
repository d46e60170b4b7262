//! The clients of a machine that dies: each is reset when it sends, and nobody else is.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::{FarmOptions, PATIENCE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::HeldConnection;
use evenkeel_lab::load::attempt::Failure;

use crate::expect::{eventually, first_of};
use crate::{on_set_up, tell};

/// The entry node's power fails, so that every packet finds another way as well.
pub(crate) fn of_a_dead_node(world: &World, options: FarmOptions) -> Result<()> {
    let setup = Setup::dual(options.mode, vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")]);
    on_set_up(world, options, &setup, async |farm| {
        let held = [
            farm.held_of(Family::V4).await?,
            farm.held_of(Family::V6).await?,
        ];
        let lost = farm.entry(1).await?;
        let name = plan::node_name(lost);
        eventually(
            "an answer to everybody, and some by the node that dies",
            async || {
                let answered = |all: &[HeldConnection]| {
                    let by_lost = all.iter().any(|one| one.node == name);
                    by_lost && all.iter().all(|one| !one.answers.is_empty())
                };
                Ok(held
                    .iter()
                    .all(|held| held.with_records(answered))
                    .then_some(()))
            },
        )
        .await?;
        let died = farm.power_off(lost).await?;
        let left: Vec<u8> = farm.numbers().filter(|number| *number != lost).collect();
        farm.settled(&left, PATIENCE).await?;
        eventually("a word to every client of the dead node", async || {
            let told = |all: &[HeldConnection]| {
                let mut its = all
                    .iter()
                    .filter(|one| one.node == name && one.opened < died);
                its.all(|one| one.broken.is_some())
            };
            Ok(held
                .iter()
                .all(|held| held.with_records(told))
                .then_some(()))
        })
        .await?;
        for (family, held) in Family::ALL.into_iter().zip(held) {
            judge(family, &held.finish().await, &name, died)?;
        }
        Ok(())
    })
}

fn judge(family: Family, all: &[HeldConnection], lost: &str, died: Instant) -> Result<()> {
    let its = |one: &&HeldConnection| one.node == lost && one.opened < died;
    let amiss = all.iter().filter(|one| match &one.broken {
        Some((_, failure)) => !its(one) || *failure != Failure::Reset,
        None => its(one),
    });
    let amiss: Vec<String> = amiss
        .map(|one| format!("{} of {:?}: {:?}", one.source, one.node, one.broken))
        .collect();
    ensure!(amiss.is_empty(), "{family:?}: {}", first_of(&amiss));
    let resets = all.iter().filter(its).filter_map(|one| one.broken.as_ref());
    let last = resets
        .map(|(at, _)| at.saturating_duration_since(died))
        .max();
    tell(&format!(
        "{family:?}: {} of {} connections were the dead node's; the last one was reset after {} ms",
        all.iter().filter(its).count(),
        all.len(),
        last.unwrap_or(Duration::ZERO).as_millis()
    ));
    Ok(())
}
