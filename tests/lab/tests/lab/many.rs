//! A farm of as many nodes as the lab knows survives the loss of five at once.

use std::time::Instant;

use anyhow::{Result, ensure};
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::traffic::burst_sources;
use evenkeel_lab::farm::{Farm, FarmOptions, PATIENCE};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::Steady;

use crate::expect::answered_by;
use crate::{on_farm, tell};

const NODES: u8 = 16;

/// Who is lost, and how: the first node among them, which leads.
const KILLED: [u8; 2] = [1, 7];
const CUT: [u8; 2] = [4, 12];
const WITHOUT_POWER: u8 = 16;

pub(crate) fn five_of_sixteen(world: &World, options: FarmOptions) -> Result<()> {
    let options = FarmOptions {
        nodes: NODES,
        ..options
    };
    on_farm(world, options, async |farm| {
        let all: Vec<u8> = farm.numbers().collect();
        farm.settled(&all, PATIENCE).await?;
        let steady = farm.steady().await?;
        every_address(&steady, Instant::now(), &farm.names()).await?;

        let fault = lose_five(farm).await?;
        let lost = [&KILLED[..], &CUT, &[WITHOUT_POWER]].concat();
        let left: Vec<u8> = all.into_iter().filter(|n| !lost.contains(n)).collect();
        let names: Vec<String> = left.iter().map(|n| plan::node_name(*n)).collect();
        let taken = every_address(&steady, fault, &names).await?;
        tell(&format!(
            "every address was answered by one of the {} others {} ms after the loss of five",
            left.len(),
            taken.saturating_duration_since(fault).as_millis()
        ));
        farm.settled(&left, PATIENCE).await?;
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        names.sort_unstable();
        answered_by(&farm.burst(burst_sources(3, 500)).await?, &names)?;
        let after = steady.finish().await;
        let failed = after
            .iter()
            .filter(|attempt| attempt.started > taken && attempt.node().is_none());
        let failed = failed.count();
        ensure!(
            failed == 0,
            "{failed} connections failed after the takeover"
        );
        Ok(())
    })
}

async fn lose_five(farm: &mut Farm) -> Result<Instant> {
    let fault = Instant::now();
    for node in KILLED {
        farm.send_kill(node)?;
    }
    for node in CUT {
        farm.cut(node).await?;
    }
    farm.power_off(WITHOUT_POWER).await?;
    for node in KILLED {
        farm.bury(node)?;
    }
    Ok(fault)
}

/// Waits until every client address was answered by one of these nodes, in connections that began
/// after a moment. Gives the moment of the last of these answers.
async fn every_address(steady: &Steady, from: Instant, nodes: &[String]) -> Result<Instant> {
    let addresses = plan::client_sources(Family::V4).len();
    let by = |name: &str| nodes.iter().any(|node| node == name);
    steady.answered(addresses, from, by, PATIENCE).await
}
