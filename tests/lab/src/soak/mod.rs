//! `evenkeel-lab soak`: the long trials of a farm, what the lab tests do for seconds done for minutes
//! or hours. Each says at its end whether all held.

pub mod busy;
pub mod stress;
pub mod wire;

use anyhow::Result;
use clap::Subcommand;

use crate::isolate::World;
use busy::BusyArgs;
use wire::WireArgs;

/// What can be tried for long.
#[derive(Clone, Debug, Subcommand)]
pub enum SoakCommand {
    /// Faults, one after the other, under a steady load: on the wire no SYN is answered by two
    /// nodes, and after each takeover every share is served
    Wire(WireArgs),
    /// Every core busy and frames lost: nobody is taken for dead
    Busy(BusyArgs),
}

/// Runs a trial inside an isolation. `true` when all held.
///
/// # Errors
///
/// When a farm does not come up, or the trial cannot go on.
pub async fn run(world: &World, command: &SoakCommand) -> Result<bool> {
    match command {
        SoakCommand::Wire(args) => wire::run(world, args).await,
        SoakCommand::Busy(args) => busy::run(world, args).await,
    }
}
