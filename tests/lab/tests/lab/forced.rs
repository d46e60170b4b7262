//! Stopping a node's module by force, when a stop has no effect.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use evenkeel_lab::farm::api::Api;
use evenkeel_lab::farm::files::{ModuleFiles, userconfig};
use evenkeel_lab::farm::plan::{Family, node_name};
use evenkeel_lab::farm::traffic::burst_sources;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::HeldConnection;
use evenkeel_lab::load::attempt::Failure;

use crate::checkers::NODE;
use crate::control::{has_vip, serves};
use crate::draining::all_answered;
use crate::expect::{answered_by, eventually, eventually_even};
use crate::log::Log;
use crate::with_farm;

/// Where a script hangs that finds the file of its name, until it is called by force.
const HANGS: &str = r#"
if [ "$1" != force ] && [ -e "$SAFEUSERVAR/hang-${0##*/}" ]; then
    echo $$ > "$SAFEUSERVAR/hangs"
    sleep 7654
fi
"#;

/// A stop hangs, a start hangs, and a node is up and has connections: each is ended at once, nothing is left
/// of it, and the others have its share.
pub(crate) fn whatever_it_is_at(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let api = farm.api(1)?;
        api.configure(MODULE, files(options)).await?;
        farm.start_module().await?;
        let names = farm.names();
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        let name = node_name(NODE);
        let some = || Some(vec![name.clone()]);

        let process = hang(farm, "stop_both", async || api.stop(MODULE, some()).await).await?;
        ends(farm, &api, Some(&process)).await?;

        let process = hang(farm, "start_both", async || api.start(MODULE, some()).await).await?;
        ends(farm, &api, Some(&process)).await?;

        api.start(MODULE, some()).await?;
        api.wait_ready(MODULE, &name, PATIENCE).await?;
        eventually_even(farm, Family::V4, 50, &all).await?;
        let held = all_answered(farm.held().await?).await?;
        ends(farm, &api, None).await?;
        let reset = |one: &HeldConnection| matches!(one.broken, Some((_, Failure::Reset)));
        eventually("the end of its connections", async || {
            let its = |one: &&HeldConnection| one.node == name;
            let are_reset = |all: &[HeldConnection]| all.iter().filter(its).all(reset);
            Ok(held.with_records(are_reset).then_some(()))
        })
        .await?;
        let others = held.finish().await;
        let broken = others
            .iter()
            .find(|one| one.node != name && one.broken.is_some());
        ensure!(broken.is_none(), "{broken:?}");
        Ok(())
    })
}

fn files(options: FarmOptions) -> ModuleFiles {
    let mut files = userconfig(options.mode);
    for script in files.scripts.values_mut() {
        *script = script.replacen("#!/bin/sh\n", &format!("#!/bin/sh{HANGS}"), 1);
    }
    files
}

/// Lets a script of the node hang in what is asked for; its process.
async fn hang(farm: &Farm, script: &str, ask: impl AsyncFnOnce() -> Result<()>) -> Result<PathBuf> {
    let var = farm.node(NODE)?.module_var(MODULE);
    let (reason, hangs) = (var.join(format!("hang-{script}")), var.join("hangs"));
    fs::write(&reason, "")?;
    ask().await?;
    let process = eventually("the script to hang", async || {
        let id = fs::read_to_string(&hangs).unwrap_or_default();
        let process = Path::new("/proc").join(id.trim());
        Ok(id.ends_with('\n').then_some(process))
    });
    let process = process.await?;
    ensure!(process.exists(), "the script does not hang");
    fs::remove_file(hangs)?;
    fs::remove_file(reason)?;
    Ok(process)
}

/// Stops the node's module by force.
async fn ends(farm: &Farm, api: &Api, hanging: Option<&Path>) -> Result<()> {
    let name = node_name(NODE);
    let mut log = Log::open(farm, NODE).await?;
    api.forcestop(MODULE, vec![name.clone()]).await?;
    let lines = [
        "Action forcestop called by admin",
        "Local state STOP NotReady",
    ];
    log.says(farm, &lines).await?;
    ensure!(!serves(farm, NODE)?, "the service of {name} still runs");
    ensure!(
        !has_vip(farm, NODE).await?,
        "{name} has the virtual address"
    );
    if let Some(hanging) = hanging {
        eventually("the end of what hung", async || {
            let stat = fs::read_to_string(hanging.join("stat"));
            Ok(stat
                .map_or(true, |stat| stat.contains(") Z "))
                .then_some(()))
        })
        .await?;
    }
    let names = farm.names();
    let others: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|one| *one != name)
        .collect();
    let attempts = farm.burst(burst_sources(40, 300)).await?;
    answered_by(&attempts, &others)
}
