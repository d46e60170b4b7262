//! `evenkeel-lab bench`: measurements on farms of this machine. Numbers are printed with their bars,
//! never judged.

mod account;
pub mod calls;
mod contestant;
mod dead;
mod flood;
pub mod http;
mod load;
pub mod planned;
pub mod scale;
pub mod syns;
pub mod takeover;

use std::io::{self, Write};

use anyhow::Result;
use clap::Subcommand;
use evenkeel_client::Client;
use serde::Serialize;
use tokio::sync::watch;
use tokio::task::spawn_local;

use crate::isolate::World;
use crate::netns::Namespace;
use calls::CallsArgs;
use http::HttpArgs;
use planned::PlannedArgs;
use scale::ScaleArgs;
use syns::FloodArgs;
use takeover::TakeoverArgs;

/// What can be measured.
#[derive(Clone, Debug, Subcommand)]
pub enum BenchCommand {
    /// Small HTTP requests, through a farm and to one server without a virtual address
    Http(HttpArgs),
    /// From a lost node's last answer to the first one for its share
    Takeover(TakeoverArgs),
    /// What a node's daemon costs in farms of several sizes
    Scale(ScaleArgs),
    /// How long calls of the API take, alone and while many follow the events
    Calls(CallsArgs),
    /// What clients notice of planned changes
    Planned(PlannedArgs),
    /// A flood of SYNs while a node dies
    Flood(FloodArgs),
}

/// Measures inside an isolation, and prints.
///
/// # Errors
///
/// When a farm does not come up or the load cannot be made.
pub async fn run(world: &World, command: &BenchCommand) -> Result<()> {
    match command {
        BenchCommand::Http(args) => http::run(world, args).await,
        BenchCommand::Takeover(args) => takeover::run(world, args).await,
        BenchCommand::Scale(args) => scale::run(world, args).await,
        BenchCommand::Calls(args) => calls::run(world, args).await,
        BenchCommand::Planned(args) => planned::run(world, args).await,
        BenchCommand::Flood(args) => syns::run(world, args).await,
    }
}

/// Runs this for each of some clients in a namespace, all at once, until what it gives is dropped.
async fn run_each<F>(
    namespace: &Namespace,
    clients: Vec<Client>,
    run: impl Fn(Client) -> F + Send + 'static,
) -> Result<watch::Sender<()>>
where
    F: Future<Output = ()> + 'static,
{
    let (stop, stopped) = watch::channel(());
    let start = move || async move {
        for client in clients {
            let (running, mut stopped) = (run(client), stopped.clone());
            spawn_local(async move {
                tokio::select! {
                    () = running => {}
                    _ = stopped.changed() => {}
                }
            });
        }
    };
    namespace.run(start).await?;
    Ok(stop)
}

/// Prints rows as one JSON document, for programs.
fn print_json<T: Serialize>(rows: &[T]) -> Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, rows)?;
    Ok(writeln!(out)?)
}
