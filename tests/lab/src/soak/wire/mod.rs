//! The proofs on the wire: faults under a steady load of new connections, with everything captured
//! that any station sends. In each round one fault, the takeover, and the return of everybody; one
//! farm lives through all rounds of an entry mode.

mod judge;
mod round;
mod table;
mod timeline;

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::farm::trouble::{Fault, Trouble};
use crate::farm::{Farm, FarmOptions, Mode};
use crate::isolate::World;
use round::Round;
pub use table::Table;

/// How the wire is watched.
#[derive(Clone, Debug, clap::Args)]
pub struct WireArgs {
    /// Rounds of each fault in each entry mode
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub rounds: u32,
    /// Servers of the farm
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u8).range(4..=16))]
    pub nodes: u8,
    /// Entry modes; may be given several times
    #[arg(long, value_enum, default_values_t = Mode::ALL)]
    pub mode: Vec<Mode>,
    /// Faults; may be given several times
    #[arg(long, value_enum, default_values_t = Fault::ALL)]
    pub fault: Vec<Fault>,
    /// Where captures, timeline and logs of a bad round are kept; nothing is kept without it
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
    /// Tell and keep the good rounds, too
    #[arg(long)]
    pub all: bool,
}

/// Tries all rounds and prints a table. `true` when every round was good.
///
/// # Errors
///
/// When a farm does not come up, or not to rest after a round.
pub async fn run(world: &World, args: &WireArgs) -> Result<bool> {
    let mut table = Table::default();
    for mode in &args.mode {
        let ended = rounds(world, args, *mode, &mut table, say).await;
        if let Err(error) = ended {
            say(&format!("\n{table}"));
            return Err(error);
        }
    }
    say(&format!("\n{table}"));
    Ok(table.is_good())
}

/// Tries all rounds of one entry mode. `say` hears of each round.
///
/// # Errors
///
/// When the farm does not come up, or not to rest after a round.
pub async fn rounds(
    world: &World,
    args: &WireArgs,
    mode: Mode,
    table: &mut Table,
    say: impl Fn(&str),
) -> Result<()> {
    let options = FarmOptions {
        nodes: args.nodes,
        mode,
        ..FarmOptions::default()
    };
    let mut farm = Farm::up(&world.run_dir, options, |_doing| ()).await?;
    // Faults take turns, so that each finds the farm as another one left it.
    for number in 0..args.rounds {
        for fault in &args.fault {
            let trouble = Trouble::plan(&farm, *fault, number);
            let what = format!("{mode}, {fault}, round {} of {}", number + 1, args.rounds);
            let round = Round::run(&mut farm, trouble).await;
            let round = round.map_err(|error| farm.explain(error).context(what.clone()))?;
            let verdict = judge::judge(&farm, &round);
            say(&format!("{what}: {}", verdict.line(&round)));
            if args.all || !verdict.is_good() {
                let told = timeline::tell(&farm, &round, &verdict);
                say(&told);
                if let Some(dir) = &args.keep {
                    let dir = dir.join(what.replace([' ', ','], "-").replace("--", "-"));
                    keep(&farm, &round, &told, &dir)?;
                    say(&format!("  kept in {}", dir.display()));
                }
            }
            table.add(*fault, mode, &verdict);
            if let Some(stuck) = round.stuck {
                return Err(farm.explain(stuck).context(what));
            }
        }
    }
    Ok(())
}

/// Keeps what a bad round left: captures, timeline, what the daemons said meanwhile.
fn keep(farm: &Farm, round: &Round, told: &str, dir: &PathBuf) -> Result<()> {
    let made = std::fs::create_dir_all(dir);
    made.with_context(|| format!("making {}", dir.display()))?;
    round.on_switch.write_pcap(&dir.join("switch.pcap"))?;
    round.at_client.write_pcap(&dir.join("client.pcap"))?;
    std::fs::write(dir.join("timeline.txt"), told)?;
    for (number, from) in farm.numbers().zip(&round.logs) {
        let log = std::fs::read(farm.node(number)?.log_file()).unwrap_or_default();
        let from = usize::try_from(*from)?.min(log.len());
        std::fs::write(dir.join(format!("node{number}.log")), &log[from..])?;
    }
    Ok(())
}

fn say(line: &str) {
    // A reader that is gone is no reason to stop.
    let _unseen = writeln!(io::stdout(), "{line}");
    let _unseen = io::stdout().flush();
}
