//! Command line of the lab.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use evenkeel_lab::service::{self, ServeArgs};

/// A farm on one machine: servers in network namespaces that share a virtual IP
#[derive(Debug, Parser)]
#[command(name = "evenkeel-lab", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve HTTP, answering with a name: the application of the lab's servers
    Serve(ServeArgs),
    /// Stop a service that runs in the background
    Unserve {
        /// The file that `serve --pid-file` wrote
        #[arg(long)]
        pid_file: std::path::PathBuf,
        /// At once, without letting it end by itself
        #[arg(long)]
        force: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Serve(args) => service::serve(&args).map(|()| ExitCode::SUCCESS),
        Command::Unserve { pid_file, force } => {
            service::stop(&pid_file, force).map(|()| ExitCode::SUCCESS)
        }
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("evenkeel-lab: {error:#}");
        ExitCode::FAILURE
    })
}
