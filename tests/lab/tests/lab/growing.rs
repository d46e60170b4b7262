//! Nodes and networks that come to the cluster and go while it serves, as an administrator lets them.

use anyhow::{Result, anyhow, ensure};
use evenkeel_client::types::{ClusterChanged, PeerLan};
use evenkeel_lab::farm::api::{Api, Refusal};
use evenkeel_lab::farm::plan::{Family, node_name};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE};
use evenkeel_lab::impair::Talk;
use evenkeel_lab::isolate::World;

use crate::expect::{answered_by, eventually, eventually_even, first_round};
use crate::with_farm;

/// The node that comes later.
const FOURTH: u8 = 4;

/// A machine joins with a token, takes its share, gives it back and leaves; no client notices any of it.
pub(crate) fn fourth_node(world: &World, options: FarmOptions) -> Result<()> {
    let options = FarmOptions {
        later: 1,
        ..options
    };
    with_farm(world, options, async |farm| {
        farm.configure().await?;
        farm.start_module().await?;
        let load = farm.steady().await?;
        first_round(&load, Family::V4).await?;
        let (api, name) = (farm.api(2)?, node_name(FOURTH));

        taken(api.add_node(FOURTH).await?, "adding it")?;
        let again = api.add_node(FOURTH).await?;
        refused(again, "wrong-state", "already")?;
        farm.join_by_token(FOURTH).await?;
        farm.restart_daemon(FOURTH).await?;
        configured(&farm.api(FOURTH)?).await?;
        api.start(MODULE, Some(vec![name.clone()])).await?;
        let all: Vec<u8> = (1..=FOURTH).collect();
        farm.settled(&all, PATIENCE).await?;
        let names: Vec<String> = all.iter().copied().map(node_name).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        eventually_even(farm, Family::V4, 30, &names).await?;

        let running = api.remove_node(FOURTH, false).await?;
        refused(running, "wrong-state", "stop it first")?;
        farm.settled(&all, PATIENCE).await?;
        api.stop(MODULE, Some(vec![name.clone()])).await?;
        api.wait_stopped(MODULE, &name, PATIENCE).await?;
        taken(api.remove_node(FOURTH, false).await?, "removing it")?;
        farm.settled(&[1, 2, 3], PATIENCE).await?;
        starts_nothing(farm).await?;
        farm.terminate(FOURTH).await?;
        farm.restart_daemon(FOURTH).await?;
        starts_nothing(farm).await?;
        answered_by(&load.finish().await, &names)
    })
}

/// A machine is off for good. Its node is out once somebody says so, and a new machine becomes it again.
pub(crate) fn lost_node(world: &World, options: FarmOptions) -> Result<()> {
    const LOST: u8 = 2;
    with_farm(world, options, async |farm| {
        farm.configure().await?;
        farm.start_module().await?;
        farm.lose_machine(LOST).await?;
        farm.settled(&[1, 3], PATIENCE).await?;
        let load = farm.steady().await?;
        first_round(&load, Family::V4).await?;
        let api = farm.api(3)?;

        refused(
            api.remove_node(LOST, false).await?,
            "node-unreachable",
            "nothing changed",
        )?;
        taken(api.remove_node(LOST, true).await?, "removing it")?;
        // Who stays has its number still: the farm is at rest by it.
        farm.settled(&[1, 3], PATIENCE).await?;
        taken(api.add_node(LOST).await?, "adding it again")?;
        farm.join(LOST).await?;
        farm.power_on(LOST).await?;
        configured(&farm.api(LOST)?).await?;
        api.start(MODULE, Some(vec![node_name(LOST)])).await?;
        farm.settled(&[1, 2, 3], PATIENCE).await?;
        let names = farm.names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        eventually_even(farm, Family::V4, 30, &names).await?;
        answered_by(&load.finish().await, &names)
    })
}

/// One more network for the nodes to hear each other on. It stays while it is the only one on which a node answers.
pub(crate) fn second_network(world: &World, options: FarmOptions) -> Result<()> {
    const LAN: &str = "backup";
    let options = FarmOptions {
        second_segment: true,
        ..options
    };
    with_farm(world, options, async |farm| {
        farm.configure().await?;
        farm.start_module().await?;
        let load = farm.steady().await?;
        first_round(&load, Family::V4).await?;
        let api = farm.api(2)?;

        farm.settled(&[1, 2, 3], PATIENCE).await?;
        let view = api.status(MODULE, &node_name(1)).await?.epoch;
        taken(api.add_lan(LAN, farm.numbers()).await?, "adding it")?;
        refused(
            api.add_lan(LAN, farm.numbers()).await?,
            "wrong-state",
            "already",
        )?;
        for number in farm.numbers() {
            heard_on(farm, number, &["default", LAN]).await?;
        }
        taken(api.remove_lan(LAN).await?, "removing it")?;
        for number in farm.numbers() {
            heard_on(farm, number, &["default"]).await?;
        }
        refused(api.remove_lan("default").await?, "wrong-state", "it stays")?;
        refused(api.remove_lan(LAN).await?, "unknown-lan", LAN)?;
        // Neither view nor connection was touched by any of it.
        let same = api.status(MODULE, &node_name(1)).await?.epoch;
        ensure!(same == view, "the view is {same:?} and was {view:?}");
        let names = farm.names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        answered_by(&load.finish().await, &names)?;

        taken(api.add_lan(LAN, farm.numbers()).await?, "adding it again")?;
        heard_on(farm, 1, &["default", LAN]).await?;
        farm.silence(3, &Talk::BOTH).await?;
        heard_on(farm, 3, &[LAN]).await?;
        refused(
            api.remove_lan(LAN).await?,
            "invalid-configuration",
            "answers on no LAN that stays",
        )
    })
}

/// Waits until a node hears all others on these LANs and no other.
async fn heard_on(farm: &Farm, number: u8, lans: &[&str]) -> Result<()> {
    let (api, name) = (farm.api(number)?, node_name(number));
    eventually("the networks on which nodes hear each other", async || {
        let status = api.node_status(&name).await?;
        let on = |lans: &[PeerLan]| -> Vec<String> {
            let heard = lans.iter().filter(|lan| lan.reached);
            heard.map(|lan| lan.lan.clone()).collect()
        };
        let all = status.peers.iter().all(|peer| on(&peer.lans) == lans);
        Ok(all.then_some(()))
    })
    .await
}

fn taken(answer: Result<ClusterChanged, Refusal>, what: &str) -> Result<()> {
    let changed = answer.map_err(|refusal| anyhow!("{what}: {refusal}"))?;
    ensure!(changed.complete, "{what}: {changed:?}");
    Ok(())
}

fn refused(answer: Result<ClusterChanged, Refusal>, kind: &str, words: &str) -> Result<()> {
    let Err(refusal) = answer else {
        return Err(anyhow!("it was taken: {answer:?}"));
    };
    ensure!(
        refusal.kind.ends_with(kind) && refusal.detail.contains(words),
        "{refusal}"
    );
    Ok(())
}

/// Waits until a new machine has the module's configuration.
async fn configured(there: &Api) -> Result<()> {
    eventually("the configuration on the new machine", async || {
        Ok(there.has_module(MODULE).await?.then_some(()))
    })
    .await
}

/// A node that is out starts no module, whoever asks it.
async fn starts_nothing(farm: &Farm) -> Result<()> {
    let name = node_name(FOURTH);
    let there = farm.api(FOURTH)?;
    let started = there.call(move |client| async move {
        let start = client.start_module_on_node().node(name).module(MODULE);
        start.send().await
    });
    let Err(refusal) = started.await? else {
        return Err(anyhow!("a node that is out starts its module"));
    };
    ensure!(
        refusal.detail.contains("is no node of the cluster"),
        "{refusal}"
    );
    Ok(())
}
