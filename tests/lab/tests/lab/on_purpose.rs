//! Faults that a test of somebody's own asks for through the API: the others take over as with any other
//! one, and it ends by itself.

use std::time::Instant;

use anyhow::{Result, anyhow, ensure};
use evenkeel_client::types::{CutWay, Fault};
use evenkeel_lab::farm::api::Refusal;
use evenkeel_lab::farm::plan::{self, Family};
use evenkeel_lab::farm::{Farm, FarmOptions};
use evenkeel_lab::isolate::World;
use evenkeel_lab::report::takeover::takeover;

use crate::expect::{eventually, eventually_even, first_round};
use crate::{on_farm, tell};

/// The node that has the faults.
const NODE: u8 = 3;
/// The lab's LAN.
const LAN: &str = "default";
/// Milliseconds of a fault: enough for any takeover.
const DURATION: u64 = 2000;

pub(crate) fn cut_and_frozen(world: &World, options: FarmOptions) -> Result<()> {
    on_farm(world, options, async |farm| {
        refused(farm).await?;
        let node = farm.api(NODE)?;
        for (round, way) in (1..).zip([CutWay::Both, CutWay::In, CutWay::Out]) {
            survived(farm, round, async || node.cut_lan(LAN, way, DURATION).await).await?;
        }
        survived(farm, 4, async || node.freeze(DURATION).await).await?;
        ended_early(farm).await
    })
}

async fn refused(farm: &Farm) -> Result<()> {
    let cut = farm.api(NODE)?.cut_lan("nowhere", CutWay::Both, 1).await?;
    let Err(refusal) = cut else {
        return Err(anyhow!("a LAN that is not there was cut"));
    };
    ensure!(
        refusal.kind == "/problems/malformed-request"
            && refusal.detail.ends_with("it is in default"),
        "{refusal}"
    );
    Ok(())
}

/// The others take the node's share over, and it gets it back when the fault has ended.
async fn survived(
    farm: &Farm,
    round: u16,
    fault: impl AsyncFnOnce() -> Result<Result<Fault, Refusal>>,
) -> Result<()> {
    let name = plan::node_name(NODE);
    let load = farm.steady().await?;
    first_round(&load, Family::V4).await?;
    let before = Instant::now();
    let fault = fault().await?.map_err(|refusal| anyhow!("{refusal}"))?;
    let measured = eventually("the takeover", async || {
        Ok(load.with_records(|attempts| takeover(attempts, &name, before)))
    });
    let measured = measured.await?;
    tell(&format!(
        "{:?} {:?}: {:.0} ms from {name}'s last answer to the first for its share",
        fault.kind, fault.way, measured.gap_ms
    ));
    eventually("the end of the fault", async || none(farm).await).await?;
    let names = farm.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    eventually_even(farm, Family::V4, round * 20, &names).await?;
    drop(load.finish().await);
    Ok(())
}

/// A cut that has not begun is called off: of one that has, this node would not hear.
async fn ended_early(farm: &Farm) -> Result<()> {
    let node = farm.api(NODE)?;
    let fault = node.cut_lan(LAN, CutWay::Out, 600_000).await?;
    let fault = fault.map_err(|refusal| anyhow!("{refusal}"))?;
    let ended = node.end_fault(fault.id.into()).await?;
    let ended = ended.map_err(|refusal| anyhow!("ending it: {refusal}"))?;
    ensure!(ended.id == fault.id, "{ended:?}");
    let again = node.end_fault(fault.id.into()).await?;
    ensure!(again.is_err_and(|refusal| refusal.kind == "/problems/unknown-fault"));
    Ok(())
}

/// Whether the node says that it has no fault.
async fn none(farm: &Farm) -> Result<Option<()>> {
    // While it is cut off it does not answer.
    let listed = farm.api(NODE)?.faults("self").await;
    let listed = listed.ok().and_then(Result::ok);
    Ok(listed
        .is_some_and(|list| list.faults.is_empty())
        .then_some(()))
}
