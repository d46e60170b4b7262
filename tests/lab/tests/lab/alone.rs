//! The last node of a farm serves on where nobody says anything for a while: its neighbours answer when
//! its kernel asks them.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use evenkeel_lab::farm::plan;
use evenkeel_lab::farm::traffic::burst_sources;
use evenkeel_lab::farm::{FarmOptions, PATIENCE};
use evenkeel_lab::isolate::World;

use crate::expect::answered_by;
use crate::on_farm;

/// Several times as long as what a node heard once holds.
const SILENCE: Duration = Duration::from_secs(10);

/// Between two looks at it.
const POLL: Duration = Duration::from_millis(100);

pub(crate) fn serves_on(world: &World, options: FarmOptions) -> Result<()> {
    let options = FarmOptions {
        nodes: 2,
        ..options
    };
    on_farm(world, options, async |farm| {
        let left = plan::node_name(1);
        // Its neighbours are those whom it has answered.
        answered_by(
            &farm.burst(burst_sources(1, 200)).await?,
            &[&left, &plan::node_name(2)],
        )?;
        farm.power_off(2).await?;
        let view = farm.settled(&[1], PATIENCE).await?;
        let silent = Instant::now();
        while silent.elapsed() < SILENCE {
            let now = farm.settled(&[1], PATIENCE).await?;
            ensure!(now == view, "{left} was in view {view}, now in {now}");
            tokio::time::sleep(POLL).await;
        }
        answered_by(&farm.burst(burst_sources(2, 200)).await?, &[&left])
    })
}
