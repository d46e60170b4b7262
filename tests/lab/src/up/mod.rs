//! `evenkeel-lab up`: the whole show on one machine, and whether everything held.
//!
//! ```text
//! farm up ─► 300 connections ─► steady load ─► cut a node ─► the others take over
//!        ─► plug it in again ─► it takes its share again ─► 300 connections ─► picture
//! ```

pub mod console;
pub mod keep;
pub mod outcome;
pub mod story;

use std::io::{self, IsTerminal, Write};

use anyhow::Result;

use crate::farm::{Farm, FarmOptions, Mode};
use crate::interruption::Interruption;
use crate::isolate::World;
use console::Console;
use outcome::Outcome;

/// The farm to bring up.
#[derive(Clone, Debug, clap::Args)]
pub struct UpArgs {
    /// Servers
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(2..=16))]
    pub nodes: u8,
    /// How the virtual IP reaches them
    #[arg(long, value_enum, default_value_t = Mode::Directed)]
    pub mode: Mode,
    /// The node to cut off, by number; the last one when absent
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u8).range(1..=16))]
    pub cut: Option<u8>,
    /// Print one JSON document instead of the story
    #[arg(long)]
    pub json: bool,
    /// Leave the farm running until Ctrl-C, and print commands to try
    #[arg(long)]
    pub keep: bool,
}

/// Runs the show inside an isolation, and with `--keep` waits for its end. `true` when everything
/// held.
///
/// # Errors
///
/// When the farm did not come up or the show could not go on.
pub async fn run(world: &World, args: &UpArgs) -> Result<bool> {
    let mut interruption = Interruption::new()?;
    let show = tokio::select! {
        ended = show(world, args) => Some(ended?),
        () = interruption.wait() => None,
    };
    let Some((_farm, outcome)) = show else {
        // The terminal may be gone as well.
        let _unheard = writeln!(io::stderr(), "\ninterrupted; nothing is left behind");
        return Ok(false);
    };
    if args.keep {
        interruption.wait().await;
    }
    Ok(outcome.held())
}

async fn show(world: &World, args: &UpArgs) -> Result<(Farm, Outcome)> {
    let console = Console::new(!args.json, io::stderr().is_terminal());
    let options = FarmOptions {
        nodes: args.nodes,
        mode: args.mode,
        ..FarmOptions::default()
    };
    let farm = Farm::up(&world.run_dir, options, |doing| console.progress(doing)).await?;
    let cut = args.cut.unwrap_or(args.nodes).min(args.nodes);
    let outcome = story::tell(&farm, cut, &console).await;
    let mut outcome = outcome.map_err(|error| farm.explain(error))?;
    console.finish();
    if args.keep {
        outcome.commands = keep::commands(world, &farm);
    }
    print(args, &outcome)?;
    Ok((farm, outcome))
}

fn print(args: &UpArgs, outcome: &Outcome) -> Result<()> {
    let mut out = io::stdout().lock();
    if args.json {
        serde_json::to_writer_pretty(&mut out, outcome)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{}", outcome.ending())?;
    }
    Ok(out.flush()?)
}
