//! The cluster's secrets and its authority are replaced while the farm works: no request fails, no view changes, flows stay
//! where they are, and what was proved by the former secret is worth nothing afterwards.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Result, anyhow, ensure};
use evenkeel_client::types::{Protocol, SecretStep};
use evenkeel_lab::farm::api::FlowQuestion;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, plan};
use evenkeel_lab::isolate::World;

use crate::expect::{answered_by, eventually};
use crate::overheard::{Overheard, overhear, say};
use crate::strangers::{all_alive, epochs};
use crate::{on_farm, tell};

/// Rotations, each led by another node.
const ROTATIONS: u8 = 3;
/// Whom a stranger tells what it overheard before.
const TARGET: u8 = 1;
const OVERHEARD: usize = 8;

pub(crate) fn under_load(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, options, async |farm| {
        all_alive(farm).await?;
        let epochs = epochs(farm).await?;
        let owners = owners(farm).await?;
        let former = overhear(farm, TARGET, OVERHEARD).await?;
        let (steady, held) = (farm.steady().await?, farm.held().await?);
        for leader in 1..=ROTATIONS {
            rotated(farm, leader).await?;
        }
        certified_anew(farm).await?;
        refused(farm, &former).await?;
        let held = held.finish().await;
        let attempts = steady.finish().await;
        let broken = held
            .iter()
            .filter(|connection| connection.broken.is_some())
            .count();
        tell(&format!(
            "{ROTATIONS} rotations and one with the authority; {} connections, {} held ones, {broken} of these broke",
            attempts.len(),
            held.len(),
        ));
        let names = farm.names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        answered_by(&attempts, &names)?;
        ensure!(broken == 0, "{broken} held connections broke");
        let now = self::epochs(farm).await?;
        ensure!(now == epochs, "the view changed: {epochs:?}, then {now:?}");
        ensure!(
            self::owners(farm).await? == owners,
            "flows moved to other nodes"
        );
        all_alive(farm).await
    })
}

/// Rotates once, and waits until every node has dropped the former secret.
async fn rotated(farm: &Farm, leader: u8) -> Result<()> {
    let state = farm.api(leader)?.rotate_secret().await?;
    let state = state.map_err(|refusal| anyhow!("rotation {leader}: {refusal}"))?;
    eventually("nodes that have dropped the former secret", async || {
        Ok(all_settled(farm, state.generation).await?.then_some(()))
    })
    .await
}

/// Replaces the authority and every certificate as well.
async fn certified_anew(farm: &Farm) -> Result<()> {
    let before = farm.api(TARGET)?.authorities().await?;
    let state = farm.api(TARGET)?.rotate_authority().await?;
    let state = state.map_err(|refusal| anyhow!("the rotation with the authority: {refusal}"))?;
    eventually("nodes that have dropped the former authority", async || {
        // Until then some show what the one authority signed, and some what the other did.
        farm.api(TARGET)?.trust_anew();
        let settled = all_settled(farm, state.generation).await;
        Ok(settled.unwrap_or(false).then_some(()))
    })
    .await?;
    let after = farm.api(TARGET)?.authorities().await?;
    ensure!(
        after.windows(2).all(|pair| pair[0] == pair[1]) && after[0].len() == 1,
        "the nodes believe {after:?}"
    );
    ensure!(after[0] != before[0], "the authority is the one before");
    Ok(())
}

/// Whether every node sends under this generation and accepts no other.
async fn all_settled(farm: &Farm, generation: u64) -> Result<bool> {
    for number in farm.numbers() {
        let name = plan::node_name(number);
        let there = farm.api(number)?.secret_state(&name).await?;
        if there.step != SecretStep::Settled || there.generation != generation {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What was proved by a secret that is gone is forged, be its number in use or not.
async fn refused(farm: &Farm, former: &[Overheard]) -> Result<()> {
    let bytes: Vec<Vec<u8>> = former.iter().map(|one| one.bytes.clone()).collect();
    let heartbeats = former.iter().filter(|one| one.is_heartbeat()).count();
    let requests = former.iter().filter(|one| one.is_request()).count();
    let name = plan::node_name(TARGET);
    let seen = async || {
        let status = farm.api(TARGET)?.node_status(&name).await?;
        anyhow::Ok((status.refused.forged, status.detector.probed.forged))
    };
    let before = seen().await?;
    let client = &farm.client().namespace;
    let (rounds, _) = say(client, TARGET, bytes, (1000, Duration::from_millis(100))).await?;
    let sent = |count: usize| rounds * u64::try_from(count).unwrap_or(0);
    eventually(
        "datagrams under the former secret counted as forged",
        async || {
            let now = seen().await?;
            let all = now.0 - before.0 >= sent(heartbeats) && now.1 - before.1 >= sent(requests);
            Ok(all.then_some(()))
        },
    )
    .await
}

/// The owners of some flows.
async fn owners(farm: &Farm) -> Result<Vec<u8>> {
    let mut owners = Vec::new();
    for address in plan::client_sources(plan::Family::V4)
        .into_iter()
        .step_by(25)
    {
        let flow = FlowQuestion {
            from: SocketAddr::new(address, 1),
            to: plan::SERVICE,
            protocol: Protocol::Tcp,
        };
        owners.push(farm.owner(TARGET, &flow).await?);
    }
    ensure!(!owners.is_empty(), "{MODULE} has no flows");
    Ok(owners)
}
