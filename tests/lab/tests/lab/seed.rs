//! The seed's own configuration, byte for byte, with its macros given through the API and an nginx on
//! each node: what who comes from the farm model tries first.

use anyhow::{Result, ensure};
use evenkeel_lab::capture::Capture;
use evenkeel_lab::capture::findings::bindings;
use evenkeel_lab::farm::nginx;
use evenkeel_lab::farm::plan::{self, Family, node_name};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE};
use evenkeel_lab::isolate::World;
use nix::unistd::Pid;

use crate::checkers::{NODE, all_serve, others_serve};
use crate::expect::{answered_by, eventually};
use crate::log::Log;
use crate::sharing::the_same_place_every_time;
use crate::with_farm;

/// The resources of the checkers that the seed has or that its elements stand for.
const RESOURCES: [&str; 3] = ["intf.10.77.0.0", "ip.10.77.0.100", "tcp.HTTP_IIS"];

/// UP on three nodes, the traffic split by client address; a node that stops stops its nginx, the others
/// take all, and nobody's connection fails.
pub(crate) fn with_nginx(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        taken_as_it_is(farm).await?;
        let on_switch = Capture::start(farm.segment().namespace())?;
        farm.start_module().await?;
        let masters = masters(farm)?;
        ensure!(
            masters.iter().all(Option::is_some),
            "an nginx does not run: {masters:?}"
        );
        checked(farm).await?;
        the_same_place_every_time(farm, Family::V4).await?;
        // Others would be told another place by `arpreroute`.
        let bound = bindings(&on_switch.finish()?, plan::VIP.into());
        ensure!(bound.len() == 1, "the virtual address is at {bound:02x?}");

        let (name, names) = (node_name(NODE), farm.names());
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut log = Log::open(farm, NODE).await?;
        let load = farm.steady().await?;
        eventually("answers of every node", async || {
            Ok(load.with_records(|attempts| answered_by(attempts, &names).ok()))
        })
        .await?;
        let api = farm.api(1)?;
        api.stop(MODULE, Some(vec![name.clone()])).await?;
        api.wait_stopped(MODULE, &name, PATIENCE).await?;
        let stopped = ["Script stop_both", "Local state STOP NotReady"];
        log.says(farm, &stopped).await?;
        only_this_one_ended(farm, &masters)?;
        others_serve(farm).await?;
        answered_by(&load.finish().await, &names)?;

        api.start(MODULE, Some(vec![name])).await?;
        log.says(farm, &["Script start_both", "Local state UP Ready"])
            .await?;
        all_serve(farm).await
    })
}

/// Every node takes the configuration, and nothing in it is without effect.
async fn taken_as_it_is(farm: &Farm) -> Result<()> {
    let files = nginx::module(farm.options().mode)?;
    let answer = farm.api(1)?.try_configure(MODULE, files).await?;
    let result = answer.map_err(|refusal| anyhow::anyhow!("the seed is refused: {refusal}"))?;
    ensure!(result.complete, "{:?} lack the seed", result.missing);
    ensure!(
        result.warnings.is_empty(),
        "the seed is taken with reserve: {:?}",
        result.warnings
    );
    Ok(())
}

/// The checkers of every node have looked, and found all well.
async fn checked(farm: &Farm) -> Result<()> {
    for number in farm.numbers() {
        let (api, name) = (farm.api(number)?, node_name(number));
        let resources = api.resources(MODULE, &name).await?;
        for resource in RESOURCES {
            let value = resources.get(resource).map(String::as_str);
            ensure!(value == Some("up"), "{name}: {resource} is {value:?}");
        }
    }
    Ok(())
}

/// The nginx of the node that stopped has ended, those of the others are the same as before.
fn only_this_one_ended(farm: &Farm, before: &[Option<Pid>]) -> Result<()> {
    let now = masters(farm)?;
    for ((number, before), now) in farm.numbers().zip(before).zip(&now) {
        let name = node_name(number);
        if number == NODE {
            ensure!(now.is_none(), "the nginx of {name} still runs");
        } else {
            ensure!(now == before, "the nginx of {name} is another one");
        }
    }
    Ok(())
}

/// The master process of every node's nginx.
fn masters(farm: &Farm) -> Result<Vec<Option<Pid>>> {
    let master = |number| Ok(nginx::running(farm.node(number)?));
    farm.numbers().map(master).collect()
}
