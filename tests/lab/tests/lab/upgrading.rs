//! A daemon goes over to the program that is installed, while its node serves.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use anyhow::{Result, anyhow, ensure};
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::setup::{Rule, Setup};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE};
use evenkeel_lab::isolate::World;

use crate::expect::{eventually_even, first_round};
use crate::live::intact;
use crate::log::Log;
use crate::{on_set_up, with_farm};

/// Which program is installed where it is not the one that runs.
const BROKEN: &str = "#!/bin/sh\necho 'it needs another C library' >&2\nexit 7\n";

/// What a module's log says when something happened to the farm.
const TROUBLE: &[&str] = &["Lost contact", "Local state", "View", "Script", "Share"];

/// Each daemon in turn, the entry node's among them, twice: the process stays the same, no node notices, and
/// nobody who connects or is connected. Then one node is lost and comes back, as ever.
pub(crate) fn each_in_turn(world: &World, options: FarmOptions) -> Result<()> {
    let setup = Setup::dual(options.mode, vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")]);
    on_set_up(world, options, &setup, async |farm| {
        let (steady, held) = (farm.steady().await?, farm.held().await?);
        let held_v6 = farm.held_of(Family::V6).await?;
        first_round(&steady, Family::V4).await?;
        let logs = Log::open_all(farm).await?;
        for (turn, number) in (1..).zip(farm.numbers().chain(farm.numbers())) {
            upgraded(farm, number).await?;
            let all = farm.names();
            let all: Vec<&str> = all.iter().map(String::as_str).collect();
            eventually_even(farm, Family::V4, turn * 20, &all).await?;
        }
        for log in &logs {
            log.never_said(farm, TROUBLE).await?;
        }
        let broken = held_v6
            .finish()
            .await
            .into_iter()
            .find_map(|one| one.broken);
        ensure!(broken.is_none(), "a connection broke: {broken:?}");
        intact(farm, steady, held).await?;
        survives_as_ever(farm).await
    })
}

/// Whatever is installed that could not go on with the node, the program that runs does.
pub(crate) fn refused(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let program = farm.reinstall(2).await?;
        farm.configure().await?;
        farm.start_module().await?;
        let (steady, held) = (farm.steady().await?, farm.held().await?);
        first_round(&steady, Family::V4).await?;
        let (number, api) = (2, farm.api(2)?);
        let logs = Log::open_all(farm).await?;
        let before = state(farm, number).await?;
        let kept = program.with_extension("kept");
        fs::rename(&program, &kept)?;
        for (installed, words) in [(Some(BROKEN), "another C library"), (None, "No such file")] {
            if let Some(text) = installed {
                fs::write(&program, text)?;
                fs::set_permissions(&program, Permissions::from_mode(0o755))?;
            }
            let Err(refusal) = api.upgrade().await? else {
                return Err(anyhow!("a program that cannot run took the node over"));
            };
            ensure!(
                refusal.kind.ends_with("wrong-state") && refusal.detail.contains(words),
                "{refusal}"
            );
            drop(fs::remove_file(&program));
        }
        fs::rename(&kept, &program)?;
        ensure!(state(farm, number).await? == before, "another daemon runs");
        for log in &logs {
            log.never_said(farm, TROUBLE).await?;
        }
        upgraded(farm, number).await?;
        intact(farm, steady, held).await
    })
}

/// The process, the run of the node, and its view.
async fn state(farm: &Farm, number: u8) -> Result<(Option<u32>, u64, Option<String>)> {
    let name = plan::node_name(number);
    let api = farm.api(number)?;
    let status = api.node_status(&name).await?;
    let epoch = api.status(MODULE, &name).await?.epoch;
    Ok((farm.node(number)?.daemon_pid(), status.incarnation, epoch))
}

async fn upgraded(farm: &Farm, number: u8) -> Result<()> {
    let name = plan::node_name(number);
    let before = state(farm, number).await?;
    farm.api(number)?.go_over(PATIENCE).await?;
    let after = state(farm, number).await?;
    ensure!(before == after, "{name} was {before:?} and is {after:?}");
    Ok(())
}

/// A node that went over is missed when its daemon dies, and comes back.
async fn survives_as_ever(farm: &mut Farm) -> Result<()> {
    let (lost, name) = (farm.options().nodes, plan::node_name(farm.options().nodes));
    let all = farm.names();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let others: Vec<&str> = all.iter().copied().filter(|one| *one != name).collect();
    farm.kill9(lost)?;
    eventually_even(farm, Family::V4, 300, &others).await?;
    farm.restart_daemon(lost).await?;
    farm.api(1)?.start(MODULE, Some(vec![name.clone()])).await?;
    farm.api(lost)?.wait_ready(MODULE, &name, PATIENCE).await?;
    eventually_even(farm, Family::V4, 400, &all).await
}
