//! Stopping and starting a node's module through the API.

use anyhow::{Result, ensure};
use evenkeel_lab::farm::nginx;
use evenkeel_lab::farm::plan::Family;
use evenkeel_lab::farm::traffic::burst_sources;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE, plan};
use evenkeel_lab::isolate::World;
use evenkeel_lab::link::{Links, STATION_INTERFACE};
use evenkeel_lab::service;

use crate::checkers::RESTARTED;
use crate::expect::{answered_by, eventually, eventually_even};
use crate::log::Log;
use crate::{on_farm, with_farm};

pub(crate) fn stop_and_start(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, options, async |farm| {
        let all = farm.names();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        for number in [options.nodes, 1] {
            let name = plan::node_name(number);
            let others: Vec<&str> = all.iter().copied().filter(|other| *other != name).collect();
            // Asked of another node: any node answers for all.
            let api = farm.api(2)?;
            ensure!(
                has_vip(farm, number).await?,
                "{name} does not have the virtual address"
            );

            api.stop(MODULE, Some(vec![name.clone()])).await?;
            api.wait_stopped(MODULE, &name, PATIENCE).await?;
            let attempts = farm.burst(burst_sources(u16::from(number), 300)).await?;
            answered_by(&attempts, &others)?;
            ensure!(
                !has_vip(farm, number).await?,
                "{name} still has the virtual address"
            );
            ensure!(!serves(farm, number)?, "the service of {name} still runs");

            api.start(MODULE, Some(vec![name.clone()])).await?;
            api.wait_ready(MODULE, &name, PATIENCE).await?;
            ensure!(serves(farm, number)?, "the service of {name} does not run");
            eventually_even(farm, Family::V4, 30, &all).await?;
        }
        Ok(())
    })
}

/// Acceptance test F4 of the farm model, with an nginx as the application; beyond it, no connection fails:
/// the others serve meanwhile.
pub(crate) fn f4_restart(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let api = farm.api(1)?;
        api.configure(MODULE, nginx::module(options.mode)?).await?;
        farm.start_module().await?;
        let all = farm.names();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let (number, name) = (2, plan::node_name(2));
        let mut log = Log::open(farm, number).await?;
        let before = nginx::running(farm.node(number)?);
        let load = farm.steady().await?;
        api.restart(MODULE, Some(vec![name.clone()])).await?;
        eventually("another nginx", async || {
            ensure!(
                has_vip(farm, number).await?,
                "{name} lost the virtual address"
            );
            let running = nginx::running(farm.node(number)?);
            Ok(running.filter(|_| running != before))
        })
        .await?;
        log.says(farm, &["Action restart called by admin"]).await?;
        log.says(farm, RESTARTED).await?;
        eventually_even(farm, Family::V4, 0, &all).await?;
        let attempts = load.finish().await;
        ensure!(!attempts.is_empty(), "nobody connected meanwhile");
        answered_by(&attempts, &all)
    })
}

pub(crate) fn serves(farm: &Farm, number: u8) -> Result<bool> {
    Ok(service::running(&farm.node(number)?.service_pid_file()).is_some())
}

pub(crate) async fn has_vip(farm: &Farm, number: u8) -> Result<bool> {
    let namespace = &farm.node(number)?.station().namespace;
    let has = || async {
        let links = Links::connect()?;
        // Where the address stands depends on the back end of the datapath.
        for interface in [STATION_INTERFACE, "lo"] {
            let index = links.index(interface).await?;
            if links.has_address(index, plan::VIP.into()).await? {
                return Ok(true);
            }
        }
        Ok(false)
    };
    namespace.run(has).await?
}
