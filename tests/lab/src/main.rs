//! Command line of the lab.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use evenkeel_lab::bench::{self, BenchCommand};
use evenkeel_lab::isolate::{self, Place, World};
use evenkeel_lab::prerequisites::{self, Missing};
use evenkeel_lab::remote::{self, FarmArgs};
use evenkeel_lab::scenario::{self, RunArgs};
use evenkeel_lab::service::{self, ServeArgs};
use evenkeel_lab::soak::{self, SoakCommand};
use evenkeel_lab::up::{self, UpArgs};

/// Exit code when the machine lacks something.
const EXIT_MISSING: u8 = 2;

/// A farm on one machine: servers in network namespaces that share a virtual IP
#[derive(Debug, Parser)]
#[command(name = "evenkeel-lab", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Bring a farm up, cut a server off, watch the others take over, and say whether all held
    Up(UpArgs),
    /// Bring a farm up that another program drives: orders as lines of JSON on standard input
    Farm(FarmArgs),
    /// Run scenarios: faults, load and expectations in files, with a report
    Run(RunArgs),
    /// Measure: requests, takeovers, the cost of larger farms
    #[command(subcommand)]
    Bench(BenchCommand),
    /// Try for long what must never happen
    #[command(subcommand)]
    Soak(SoakCommand),
    /// Serve HTTP, answering with a name: the application of the lab's servers
    Serve(ServeArgs),
    /// Stop a service that runs in the background
    Unserve {
        /// The file that `serve --pid-file` wrote
        #[arg(long)]
        pid_file: PathBuf,
        /// At once, without letting it end by itself
        #[arg(long)]
        force: bool,
    },
}

fn main() -> ExitCode {
    let ended = match Cli::parse().command {
        Command::Up(args) => inside(async |world| up::run(world, &args).await),
        Command::Farm(args) => inside(async |world| remote::run(world, args).await.map(|()| true)),
        Command::Run(args) => scenario::run(&args).map(|never| match never {}),
        Command::Bench(command) => {
            inside(async |world| bench::run(world, &command).await.map(|()| true))
        }
        Command::Soak(command) => inside(async |world| soak::run(world, &command).await),
        Command::Serve(args) => service::serve(&args).map(|()| ExitCode::SUCCESS),
        Command::Unserve { pid_file, force } => {
            service::stop(&pid_file, force).map(|()| ExitCode::SUCCESS)
        }
    };
    ended.unwrap_or_else(|error| {
        let missing = error.downcast_ref::<Missing>();
        let (text, code) = match missing {
            Some(missing) => (missing.to_string(), EXIT_MISSING),
            None => (format!("evenkeel-lab: {error:#}"), 1),
        };
        // Nobody to tell is no reason to end differently.
        let _unheard = writeln!(io::stderr(), "{text}");
        ExitCode::from(code)
    })
}

/// Runs inside an isolation; whether all went well is the exit code.
fn inside(run: impl AsyncFnOnce(&World) -> Result<bool>) -> Result<ExitCode> {
    prerequisites::check()?;
    match isolate::enter()? {
        Place::Outside(code) => Ok(ExitCode::from(code)),
        Place::Inside(world) => {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            let held = runtime.block_on(run(&world))?;
            Ok(if held {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
    }
}
