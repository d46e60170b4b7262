//! Every core busy and frames lost, in short: `tests/soak busy` does it for ten minutes.

use anyhow::{Result, ensure};
use evenkeel_lab::farm::FarmOptions;
use evenkeel_lab::isolate::World;
use evenkeel_lab::soak::busy::{BusyArgs, keep_busy};

use crate::tell;

const SECONDS: u64 = 20;

/// One of a hundred frames.
const LOSS_PER_MILLE: u16 = 10;

pub(crate) fn no_view_changes(world: &World, options: FarmOptions) -> Result<()> {
    let args = BusyArgs {
        seconds: SECONDS,
        nodes: options.nodes,
        mode: vec![options.mode],
        loss_per_mille: LOSS_PER_MILLE,
        stress_per_core: 1,
        json: false,
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let outcome = runtime.block_on(keep_busy(world, &args, options.mode))?;
    tell(&outcome.to_string());
    ensure!(outcome.is_good(), "the view changed: {outcome}");
    Ok(())
}
