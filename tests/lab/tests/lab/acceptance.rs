//! The acceptance tests of the farm model for the life of a module and its traffic (F1 to F3, F5 to F7,
//! F12), on the seed's own configuration. A table has 4096 buckets where the model's has 256.

use anyhow::{Context, Result, anyhow, ensure};
use evenkeel_client::types::BucketState;
use evenkeel_lab::capture::Capture;
use evenkeel_lab::capture::findings::bindings;
use evenkeel_lab::farm::nginx;
use evenkeel_lab::farm::plan::{self, node_name};
use evenkeel_lab::farm::traffic::{TIME_MAX, burst_sources};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, Mode, PATIENCE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::link::Mac;
use evenkeel_lab::load::ping::{PingOptions, ping_all};

use crate::checkers::{NODE, all_serve, others_serve};
use crate::control::has_vip;
use crate::expect::{answered_by, evenly_answered_by};
use crate::log::{Log, all_say};
use crate::with_farm;

/// Buckets of a group.
const BUCKETS: u32 = 4096;

/// Requests of a ping.
const PINGS: u16 = 3;

/// F1, F12, F2 and F3: the module starts everywhere with an nginx as its application, one node stops, and
/// starts again.
pub(crate) fn f1_to_f3_life(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let api = farm.api(1)?;
        api.configure(MODULE, nginx::module(options.mode)?).await?;
        let mut logs = Log::open_all(farm).await?;
        farm.start_module().await?;
        let started = ["Action start called by admin", "Script start_both"];
        let vip = format!("Virtual IP {} set", plan::VIP);
        let members = format!("farm membership: {} (group IIS)", farm.names().join(" "));
        for log in &mut logs {
            log.says(farm, &started).await?;
            log.says(farm, &[&vip]).await?;
            log.says_of(farm, &members).await?;
            log.says(farm, &["Local state UP Ready"]).await?;
            let runs = nginx::running(farm.node(log.number)?).is_some();
            ensure!(runs, "no nginx runs on {}", node_name(log.number));
        }
        shares_are_thirds(farm).await?;
        all_serve(farm).await?;

        let (name, mut log) = (node_name(NODE), Log::open(farm, NODE).await?);
        api.stop(MODULE, Some(vec![name.clone()])).await?;
        let stopped = [
            "Action stop called by admin",
            "Script stop_both",
            "Local state STOP NotReady",
        ];
        log.says(farm, &stopped).await?;
        let left = nginx::running(farm.node(NODE)?);
        ensure!(left.is_none(), "the nginx of {name} still runs");
        others_serve(farm).await?;

        api.start(MODULE, Some(vec![name])).await?;
        log.says(farm, &started).await?;
        log.says(farm, &["Local state UP Ready"]).await?;
        all_serve(farm).await
    })
}

/// Every node's share is that of the others, as every node tells it.
pub(crate) async fn shares_are_thirds(farm: &Farm) -> Result<()> {
    for number in farm.numbers() {
        let status = farm.api(number)?.status(MODULE, &node_name(number)).await?;
        let group = status.groups.first().context("no group")?;
        let shares: Vec<u32> = group.nodes.iter().map(|share| share.buckets).collect();
        let third = BUCKETS / u32::from(farm.options().nodes);
        let is_fair = shares.iter().all(|share| share.abs_diff(third) <= 1);
        ensure!(
            is_fair && shares.iter().sum::<u32>() == BUCKETS,
            "{} tells shares of {shares:?}",
            node_name(number)
        );
    }
    Ok(())
}

/// The model's bitmaps: every bucket is taken by exactly one of these nodes, as each tells it.
pub(crate) async fn each_bit_is_on_one_node(farm: &Farm, numbers: &[u8]) -> Result<()> {
    let mut taken = [0_u8; BUCKETS as usize];
    for number in numbers {
        let (api, node) = (farm.api(*number)?, node_name(*number));
        let asked = api.call(|client| async move {
            let buckets = client.get_buckets().node(node).module(MODULE);
            buckets.send().await
        });
        let buckets = asked.await?.map_err(|refusal| anyhow!("{refusal}"))?;
        for run in buckets.groups.iter().flat_map(|group| &group.runs) {
            if matches!(run.state, BucketState::Mine | BucketState::Migrating) {
                let run = usize::from(run.first)..usize::from(run.first + run.count);
                taken[run].iter_mut().for_each(|nodes| *nodes += 1);
            }
        }
    }
    let wrong = taken.iter().filter(|nodes| **nodes != 1).count();
    ensure!(
        wrong == 0,
        "{wrong} buckets are not at exactly one of {numbers:?}"
    );
    Ok(())
}

/// F5 (`vmac_directed`) and F6 (`vmac_invisible`): the addresses of the nodes and the virtual one answer a
/// ping, the virtual one stands on every node, and is bound to one MAC address: a node's, or the virtual one.
pub(crate) fn f5_f6_addresses(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        let capture = Capture::start(farm.segment().namespace())?;
        farm.configure().await?;
        let mut logs = Log::open_all(farm).await?;
        farm.start_module().await?;
        let set = format!("Virtual IP {} set", plan::VIP);
        all_say(farm, &mut logs, &[&set]).await?;
        let nodes = farm.numbers().map(|number| plan::node_addr(number).into());
        let client = plan::Net::First.client().addrs[0].0;
        for to in nodes.chain([plan::VIP.into()]) {
            let ping = PingOptions {
                to,
                requests: PINGS,
                bytes: 56,
                time_max: TIME_MAX,
            };
            let records = ping_all(&farm.client().namespace, vec![client], ping).await?;
            let replies = &records.first().context("no record")?.replies;
            ensure!(
                replies.iter().all(|n| *n == 1),
                "{to} gave {replies:?} replies"
            );
        }
        for number in farm.numbers() {
            let name = node_name(number);
            ensure!(
                has_vip(farm, number).await?,
                "{name} has no virtual address"
            );
        }
        let bound = bindings(&capture.finish()?, plan::VIP.into());
        let macs: Vec<Mac> = bound.keys().copied().collect();
        let of_a_node = |mac: &Mac| farm.numbers().any(|number| plan::node_mac(number) == *mac);
        let is_agreed = match options.mode {
            Mode::Directed => macs.len() == 1 && of_a_node(&macs[0]),
            Mode::Invisible => macs == [plan::VMAC],
        };
        ensure!(is_agreed, "the virtual address was bound to {macs:02x?}");
        Ok(())
    })
}

/// F7: all nodes answer, each its share; of what one leaves the others have all, and the last one has
/// everything.
pub(crate) fn f7_shares(world: &World, options: FarmOptions) -> Result<()> {
    with_farm(world, options, async |farm| {
        farm.configure().await?;
        farm.start_module().await?;
        let names = farm.names();
        let all: Vec<&str> = names.iter().map(String::as_str).collect();
        evenly_answered_by(&farm.burst(burst_sources(0, 300)).await?, &all)?;
        shares_are_thirds(farm).await?;
        let numbers: Vec<u8> = farm.numbers().collect();
        each_bit_is_on_one_node(farm, &numbers).await?;
        let mut log = Log::open(farm, 1).await?;
        let api = farm.api(1)?;
        for left in (1..farm.options().nodes).rev() {
            let leaving = node_name(left + 1);
            api.stop(MODULE, Some(vec![leaving.clone()])).await?;
            api.wait_stopped(MODULE, &leaving, PATIENCE).await?;
            let numbers: Vec<u8> = (1..=left).collect();
            farm.settled(&numbers, PATIENCE).await?;
            each_bit_is_on_one_node(farm, &numbers).await?;
            let members = &all[..usize::from(left)];
            let load = BUCKETS.div_ceil(u32::from(left));
            let line = format!(
                "farm membership: {} (group IIS); farm load: {load}/{BUCKETS} (group IIS)",
                members.join(" ")
            );
            log.says_of(farm, &line).await?;
            let attempts = farm.burst(burst_sources(u16::from(left), 300)).await?;
            answered_by(&attempts, members)?;
        }
        Ok(())
    })
}
