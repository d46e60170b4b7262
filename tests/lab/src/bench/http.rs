//! `evenkeel-lab bench http`: requests per second and processor time per request, through the
//! virtual address in each entry mode and with each back end, against one server without any of it.
//!
//! All of it in one run and in turns, so that whatever else the machine does hits all alike. Every
//! contestant has namespaces of its own; the farms that are not asked idle meanwhile, and so does
//! their daemons' small work stand in every number.
//!
//! All nodes of a farm, its switch and its client share the processors of this machine. What the farm
//! itself takes shows with one node UP, which does what the one server does; what it costs to have
//! several servers in place of one shows with as many servers without a virtual address.

use std::io::{self, Write};
use std::time::Duration;

use anyhow::Result;
use serde::Serialize;

use super::contestant::Contestant;
use super::load::{Options, Sample, Tool};
use crate::farm::{Backend, Mode};
use crate::isolate::World;

/// How HTTP is measured.
#[derive(Clone, Debug, clap::Args)]
pub struct HttpArgs {
    /// Rounds, in each of which every contestant has its turn
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub rounds: u32,
    /// Seconds of a turn
    #[arg(long, default_value_t = 2, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub seconds: u64,
    /// Connections at a time
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub connections: u32,
    /// Servers of each farm
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(2..=16))]
    pub nodes: u8,
    /// Back ends to measure; may be given several times
    #[arg(long, value_enum, default_values_t = [Backend::Ebpf])]
    pub datapath: Vec<Backend>,
    /// Make the load with the lab's own loop also where wrk is installed
    #[arg(long)]
    pub own_loop: bool,
    /// Print one JSON document instead of a table
    #[arg(long)]
    pub json: bool,
}

/// What a farm should reach of the requests per second of one server without a virtual address.
const BAR_PERCENT: u32 = 80;

/// One contestant's result.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Who.
    pub name: String,
    /// How many servers serve.
    pub serving: u8,
    /// A connection per request, or connections that stay.
    pub connection_per_request: bool,
    /// Median of the rounds.
    pub requests_per_second: f64,
    /// The same of the server without a virtual address, in percent of which this is.
    pub percent_of_plain: f64,
    /// Processor seconds of all processes of the lab per request, in microseconds.
    pub cpu_us_per_request: f64,
    /// The same of the whole machine, interrupts included, whatever else it does.
    pub machine_us_per_request: f64,
    /// Requests that failed.
    pub failed: u64,
}

/// Measures inside an isolation, and prints.
///
/// # Errors
///
/// When a farm does not come up or the load cannot be made.
pub async fn run(world: &World, args: &HttpArgs) -> Result<()> {
    let tool = if args.own_loop {
        Tool::Own
    } else {
        Tool::find()
    };
    let mut contestants = vec![
        Contestant::plain(world, 1).await?,
        Contestant::plain(world, args.nodes).await?,
    ];
    for backend in &args.datapath {
        for mode in Mode::ALL {
            contestants.push(Contestant::farm(world, args.nodes, mode, *backend).await?);
        }
    }
    let mut rows = in_turns(args, tool, &contestants).await?;
    for contestant in &contestants {
        contestant.leave_one_up().await?;
    }
    // One server in place of several is known by now.
    contestants.remove(1);
    rows.extend(in_turns(args, tool, &contestants).await?);
    print(args, tool, &rows)
}

/// Every contestant has its turn in every round, with connections that stay and with one per request.
async fn in_turns(args: &HttpArgs, tool: Tool, contestants: &[Contestant]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for per_request in [false, true] {
        let mut samples = vec![Vec::new(); contestants.len()];
        for _ in 0..args.rounds {
            for (contestant, samples) in contestants.iter().zip(&mut samples) {
                let options = Options {
                    to: contestant.services(),
                    connections: args.connections,
                    per_request,
                    time: Duration::from_secs(args.seconds),
                };
                samples.push(contestant.measure(tool, &options).await?);
            }
        }
        rows.extend(rows_of(contestants, per_request, &samples));
    }
    Ok(rows)
}

fn rows_of(contestants: &[Contestant], per_request: bool, samples: &[Vec<Sample>]) -> Vec<Row> {
    let plain = samples
        .first()
        .map_or(f64::NAN, |all| median(all, |s| s.rate));
    let row = |(contestant, all): (&Contestant, &Vec<Sample>)| {
        let rate = median(all, |sample| sample.rate);
        Row {
            name: contestant.name().to_owned(),
            serving: contestant.serving(),
            connection_per_request: per_request,
            requests_per_second: rate,
            percent_of_plain: 100.0 * rate / plain,
            cpu_us_per_request: median(all, |sample| sample.cpu_us),
            machine_us_per_request: median(all, |sample| sample.machine_us),
            failed: all.iter().map(|sample| sample.failed).sum(),
        }
    };
    contestants.iter().zip(samples).map(row).collect()
}

fn median(samples: &[Sample], of: impl Fn(&Sample) -> f64) -> f64 {
    let mut values: Vec<f64> = samples.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn print(args: &HttpArgs, tool: Tool, rows: &[Row]) -> Result<()> {
    if args.json {
        return super::print_json(rows);
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Load by {tool}, {} connections, {} rounds of {} s each; medians. The bar is {BAR_PERCENT} % of \
         one server without a virtual address.\n",
        args.connections, args.rounds, args.seconds
    )?;
    writeln!(
        out,
        "{:<26} {:>7} {:<16} {:>10} {:>9} {:>14} {:>14} {:>7}",
        "",
        "serving",
        "connections",
        "requests/s",
        "of plain",
        "lab CPU/req",
        "machine/req",
        "failed"
    )?;
    for row in rows {
        let kind = if row.connection_per_request {
            "one per request"
        } else {
            "kept"
        };
        writeln!(
            out,
            "{:<26} {:>7} {:<16} {:>10.0} {:>7.0} % {:>11.1} µs {:>11.1} µs {:>7}",
            row.name,
            row.serving,
            kind,
            row.requests_per_second,
            row.percent_of_plain,
            row.cpu_us_per_request,
            row.machine_us_per_request,
            row.failed
        )?;
    }
    Ok(())
}
