//! The acceptance tests of the farm model for the end and the start of a machine (F10, F11): a module
//! that starts with it needs nobody's command. The wording of the module's log is that of the model.
//!
//! The machine of the lab goes on all the while; what its nodes notice is that their daemons start again.

use anyhow::{Context, Result, ensure};
use evenkeel_lab::farm::files::userconfig;
use evenkeel_lab::farm::plan::{Family, node_name};
use evenkeel_lab::farm::traffic::burst_sources;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE};
use evenkeel_lab::isolate::World;

use crate::expect::{answered_by, eventually, eventually_even};
use crate::log::Log;
use crate::{Body, with_farm};

/// What is tried.
pub(crate) const TRIALS: [(&str, Body); 2] = [
    (
        "f10_a_machine_that_shuts_down_leaves_in_order",
        f10_shutdown,
    ),
    (
        "f11_a_machine_without_power_is_replaced_and_starts_again",
        f11_power_cut,
    ),
];

/// The node whose machine ends.
const NODE: u8 = 2;

/// What the log says of a start with the machine.
const STARTED: &[&str] = &[
    "Action start called at boot time",
    "Script start_both",
    "Local state UP Ready",
];

/// F10: a machine shuts down, the others serve; beyond the model, nobody's connection fails.
fn f10_shutdown(world: &World, options: FarmOptions) -> Result<()> {
    starting_with_the_machine(world, options, async |farm| {
        let mut log = Log::open(farm, NODE).await?;
        let names = farm.names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let load = farm.steady().await?;
        eventually("answers of every node", async || {
            Ok(load.with_records(|attempts| answered_by(attempts, &names).ok()))
        })
        .await?;
        farm.terminate(NODE).await?;
        farm.power_off(NODE).await?;
        gone(farm).await?;
        answered_by(&load.finish().await, &names)?;

        farm.power_on(NODE).await?;
        let ended = [
            "Action shutdown called by SYSTEM",
            "Script stop_both",
            "Local state STOP NotReady",
        ];
        log.says(farm, &ended).await?;
        log.says(farm, STARTED).await?;
        // Nothing was missed, and nothing happened behind the end.
        let lines = farm.api(NODE)?.log(MODULE, &node_name(NODE)).await?;
        let start = lines.iter().position(|(_, line)| line == STARTED[0]);
        let last = start.and_then(|start| lines.get(start.checked_sub(1)?));
        let (_, last) = last.context("no line before the start")?;
        ensure!(last == "Local state STOP NotReady", "the last line: {last}");
        back(farm).await
    })
}

/// F11: a machine loses its power, the others take its share over, and it starts by itself.
fn f11_power_cut(world: &World, options: FarmOptions) -> Result<()> {
    starting_with_the_machine(world, options, async |farm| {
        let mut log = Log::open(farm, NODE).await?;
        farm.power_off(NODE).await?;
        gone(farm).await?;
        farm.power_on(NODE).await?;
        log.says(farm, STARTED).await?;
        back(farm).await
    })
}

/// Runs a trial on a farm whose module starts with the machine, and is UP (Ready) everywhere.
fn starting_with_the_machine(
    world: &World,
    options: FarmOptions,
    trial: impl AsyncFnOnce(&mut Farm) -> Result<()>,
) -> Result<()> {
    with_farm(world, options, async |farm| {
        let mut files = userconfig(options.mode);
        let (seeds, ours) = ("<service mode=", r#"<service boot="on" mode="#);
        files.userconfig = files.userconfig.replace(seeds, ours);
        farm.api(1)?.configure(MODULE, files).await?;
        farm.start_module().await?;
        trial(farm).await
    })
}

/// The node does not answer, the others are UP (Ready) and serve everybody.
async fn gone(farm: &Farm) -> Result<()> {
    let others: Vec<u8> = farm.numbers().filter(|number| *number != NODE).collect();
    farm.settled(&others, PATIENCE).await?;
    let asked = farm.api(1)?.status(MODULE, &node_name(NODE)).await;
    let refusal = asked.err().context("a machine that is off answers")?;
    ensure!(
        refusal.to_string().contains("node-unreachable"),
        "{refusal:#}"
    );
    let others: Vec<String> = others.into_iter().map(node_name).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    eventually("answers of the others", async || {
        let attempts = farm.burst(burst_sources(1, 300)).await?;
        Ok(answered_by(&attempts, &others).ok())
    })
    .await
}

/// Everybody is UP (Ready) and has an equal share, without a command of anybody.
pub(crate) async fn back(farm: &Farm) -> Result<()> {
    let all: Vec<u8> = farm.numbers().collect();
    farm.settled(&all, PATIENCE).await?;
    let names = farm.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    eventually_even(farm, Family::V4, 30, &names).await
}
