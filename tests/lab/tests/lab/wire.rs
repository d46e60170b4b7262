//! The proofs on the wire in short: a round of each fault, as `tests/soak wire` does by the hundred.

use anyhow::{Result, ensure};
use evenkeel_lab::farm::FarmOptions;
use evenkeel_lab::farm::trouble::Fault;
use evenkeel_lab::isolate::World;
use evenkeel_lab::soak::wire::{Table, WireArgs, rounds};

use crate::tell;

/// Servers: two may be lost and three are left.
const NODES: u8 = 5;

pub(crate) fn every_fault(world: &World, options: FarmOptions) -> Result<()> {
    let args = WireArgs {
        rounds: 1,
        nodes: NODES,
        mode: vec![options.mode],
        fault: Fault::ALL.to_vec(),
        keep: None,
        all: false,
    };
    let mut table = Table::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(rounds(world, &args, options.mode, &mut table, tell))?;
    ensure!(table.is_good(), "not every round was good:\n{table}");
    Ok(())
}
