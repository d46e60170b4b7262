//! A module whose own scripts open and close its traffic (`scriptcontrol`).

use std::fs;

use anyhow::{Context, Result, ensure};
use evenkeel_lab::farm::files::userconfig;
use evenkeel_lab::farm::plan::{Family, node_name};
use evenkeel_lab::farm::traffic::burst_sources;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE};
use evenkeel_lab::isolate::World;

use crate::checkers::NODE;
use crate::control::{has_vip, serves};
use crate::custom::{fall_ill, recover, with_checker};
use crate::draining::{all_answered, none_broke, still_answered};
use crate::expect::{answered_by, eventually, eventually_even};
use crate::log::Log;
use crate::with_farm;

const CHECK: &str =
    r#"<check><custom ident="disk" when="both" exec="disk-check" action="noaction"/></check>"#;

/// In the words that the scripts of others know.
const OPENS_AND_CLOSES: &str = r#"
        case $found in
            up) evenkeel -r saferpc_send vipd SETGROUPS all all all ;;
            down) evenkeel -r saferpc_send vipd SETGROUPS none none none ;;
        esac"#;

/// One node's application is not ready when its `start_both` has ended, is ready later, and ceases to be:
/// clients find it as long as a script says so, and the others otherwise. Nobody who connects notices, and
/// who is connected stays so.
pub(crate) fn opened_and_closed(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let mut files = with_checker(userconfig(options.mode), CHECK, OPENS_AND_CLOSES);
        files.userconfig = files
            .userconfig
            .replacen("<vip", r#"<vip scriptcontrol="on""#, 1);
        farm.api(1)?.configure(MODULE, files).await?;
        let names = farm.names();
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        let name = node_name(NODE);
        let others: Vec<&str> = all.iter().copied().filter(|one| *one != name).collect();
        fs::create_dir_all(farm.node(NODE)?.module_var(MODULE))?;
        fall_ill(farm)?;
        farm.start_module().await?;
        eventually_even(farm, Family::V4, 1, &others).await?;
        let mut log = Log::open(farm, NODE).await?;
        closed(farm, 20, &others).await.context("at the start")?;

        let steady = farm.steady().await?;
        recover(farm)?;
        log.says(farm, &["Action traffic open called by root"])
            .await?;
        eventually_even(farm, Family::V4, 30, &all).await?;
        let held = all_answered(farm.held().await?).await?;
        fall_ill(farm)?;
        log.says(farm, &["Action traffic close called by root"])
            .await?;
        eventually_even(farm, Family::V4, 60, &others).await?;
        closed(farm, 90, &others).await.context("later")?;
        still_answered(&held, &name).await?;
        none_broke(held).await?;
        let never = ["Local state", "Script"];
        log.never_said(farm, &never).await?;
        answered_by(&steady.finish().await, &all)
    })
}

/// The node is up and serves nobody.
async fn closed(farm: &Farm, burst: u16, others: &[&str]) -> Result<()> {
    let name = node_name(NODE);
    ensure!(
        serves(farm, NODE)?,
        "the application of {name} does not run"
    );
    ensure!(has_vip(farm, NODE).await?, "{name} has no virtual address");
    eventually("the reason", async || {
        let status = farm.api(1)?.status(MODULE, &name).await?;
        let reason = status.reason.unwrap_or_default();
        Ok(reason.contains("its traffic is closed").then_some(()))
    })
    .await?;
    answered_by(&farm.burst(burst_sources(burst, 300)).await?, others)
}
