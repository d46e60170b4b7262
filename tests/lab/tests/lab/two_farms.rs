//! Two farms with the same addresses on one machine, each in namespaces of its own: neither notices
//! the other.

use anyhow::{Result, ensure};
use evenkeel_lab::farm::traffic::burst_sources;
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE, plan};
use evenkeel_lab::isolate::World;
use evenkeel_lab::load::Attempt;

use crate::expect::{answered_by, evenly_answered_by, eventually};
use crate::on_farm;

pub(crate) fn do_not_meet(world: &World, options: FarmOptions) -> Result<()> {
    let options = FarmOptions {
        nodes: 2,
        ..options
    };
    on_farm(world, options, async |farm| {
        let mut other = Farm::up(&world.run_dir, options, |_doing| ()).await?;
        let met = beside(farm, &mut other).await;
        met.map_err(|error| other.explain(error))
    })
}

async fn beside(farm: &mut Farm, other: &mut Farm) -> Result<()> {
    let names = farm.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (here, there) = tokio::join!(
        farm.burst(burst_sources(0, 300)),
        other.burst(burst_sources(0, 300))
    );
    evenly_answered_by(&here?, &names)?;
    evenly_answered_by(&there?, &names)?;

    // A death there is none here, and a return neither.
    let steady = farm.steady().await?;
    let lost = plan::node_name(2);
    other.kill9(2)?;
    let mut burst = 1;
    eventually("the takeover in the other farm", async || {
        burst += 1;
        let attempts = other.burst(burst_sources(burst, 100)).await?;
        Ok(answered_by(&attempts, &names[..1]).ok())
    })
    .await?;
    other.restart_daemon(2).await?;
    other
        .api(1)?
        .start(MODULE, Some(vec![lost.clone()]))
        .await?;
    other.api(2)?.wait_ready(MODULE, &lost, PATIENCE).await?;
    let attempts: Vec<Attempt> = steady.finish().await;
    evenly_answered_by(&attempts, &names)?;

    for (farm, name) in [(&*farm, "one farm"), (&*other, "the other farm")] {
        let node = plan::node_name(1);
        let status = farm.api(1)?.node_status(&node).await?;
        let refused = status.refused;
        ensure!(
            refused.foreign == 0 && refused.forged == 0,
            "{name} heard strangers: {refused:?}"
        );
    }
    Ok(())
}
