//! `evenkeel-lab bench scale`: what a node's daemon costs while nothing happens, in farms of several
//! sizes: processor time, memory, datagrams between the nodes.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use serde::Serialize;
use tokio::task::spawn_blocking;
use tokio::time::{sleep, timeout};

use super::account::{Machine, as_float, cpu_ns, resident_mib, share_of_incoming, sleeper_percent};
use crate::capture::{Capture, Frame, What};
use crate::farm::options::NODES_MAX;
use crate::farm::{Backend, Farm, FarmOptions, Mode, PATIENCE, plan};
use crate::isolate::World;
use crate::link::Mac;

/// How long datagrams are counted, and samples taken: not while processor time is measured, which
/// both take from everybody.
const COUNTING: Duration = Duration::from_secs(3);

/// The daemons' pulse.
const PULSE: Duration = Duration::from_millis(5);

/// How long one farm may take, its start included. Sixteen servers need more than two cores while
/// they start.
const FARM_TIME_MAX: Duration = Duration::from_secs(75);

/// What is measured.
#[derive(Clone, Debug, clap::Args)]
pub struct ScaleArgs {
    /// Servers of a farm; may be given several times
    #[arg(long, default_values_t = [3, 8, 16], value_parser = clap::value_parser!(u8).range(2..=16))]
    pub nodes: Vec<u8>,
    /// The entry mode
    #[arg(long, value_enum, default_value_t = Mode::Directed)]
    pub mode: Mode,
    /// The back end
    #[arg(long, value_enum, default_value_t = Backend::Auto)]
    pub datapath: Backend,
    /// Seconds over which processor time is measured
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub seconds: u64,
    /// Print one JSON document instead of a table
    #[arg(long)]
    pub json: bool,
}

/// A farm's cost for each of its nodes.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Servers.
    pub nodes: u8,
    /// Seconds from the first process to a farm at rest.
    pub startup_s: f64,
    /// The daemon's processor time in percent of one core, as the kernel accounts it: with what other
    /// servers' kernels and the switch do for its packets inside of its own system calls.
    pub cpu_percent: Spread,
    /// The part of it that these others do, in percent of one core; absent without `perf`.
    pub others_percent: Option<Spread>,
    /// What a thread costs here that only wakes up once per pulse, in percent of one core.
    pub sleeper_percent: f64,
    /// How busy the whole machine was meanwhile, all processors together, in percent. What it did
    /// beside the farm slows the farm down.
    pub machine_percent: f64,
    /// What the daemon holds in memory, in MiB.
    pub resident_mib: Spread,
    /// UDP datagrams between nodes that a node sent each second, whoever answered: daemon or kernel.
    pub sent_per_second: Spread,
    /// The same in bytes, Ethernet headers included.
    pub sent_bytes_per_second: Spread,
    /// Datagrams that were sent to a node each second.
    pub received_per_second: Spread,
    /// The same in bytes.
    pub received_bytes_per_second: Spread,
    /// Datagrams of the whole farm each second by port; of an answer the port that was asked.
    pub datagrams_by_port: BTreeMap<u16, f64>,
}

/// Mean and greatest over the nodes.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The greatest.
    pub max: f64,
}

impl Spread {
    fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let (mut sum, mut count, mut max) = (0.0, 0.0, 0.0_f64);
        for value in values {
            sum += value;
            count += 1.0;
            max = max.max(value);
        }
        let mean = if count > 0.0 { sum / count } else { 0.0 };
        Self { mean, max }
    }

    fn times(self, factor: f64) -> Self {
        let (mean, max) = (self.mean * factor, self.max * factor);
        Self { mean, max }
    }
}

/// Measures inside an isolation, and prints.
///
/// # Errors
///
/// When a farm does not come up, or a daemon ends meanwhile.
pub async fn run(world: &World, args: &ScaleArgs) -> Result<()> {
    // Once, on a machine at rest.
    let sleeper_percent = spawn_blocking(|| sleeper_percent(PULSE, COUNTING)).await??;
    let mut rows = Vec::new();
    let mut failed = Vec::new();
    for nodes in &args.nodes {
        let measured = timeout(FARM_TIME_MAX, farm_of(world, args, *nodes)).await;
        let late = || anyhow!("it took more than {} s", FARM_TIME_MAX.as_secs());
        match measured.unwrap_or_else(|_elapsed| Err(late())) {
            Ok(row) => rows.push(Row {
                sleeper_percent,
                ..row
            }),
            Err(error) => failed.push(format!("{nodes} nodes: {error:#}")),
        }
    }
    print(args, &rows)?;
    ensure!(failed.is_empty(), "{}", failed.join("\n"));
    Ok(())
}

async fn farm_of(world: &World, args: &ScaleArgs, nodes: u8) -> Result<Row> {
    let options = FarmOptions {
        nodes,
        mode: args.mode,
        backends: [args.datapath; NODES_MAX],
        ..FarmOptions::default()
    };
    let began = Instant::now();
    let farm = Farm::up(&world.run_dir, options, |_doing| ()).await?;
    let numbers: Vec<u8> = farm.numbers().collect();
    farm.settled(&numbers, PATIENCE).await?;
    let startup_s = began.elapsed().as_secs_f64();
    let measured = measure(&farm, Duration::from_secs(args.seconds)).await;
    let mut row = measured.map_err(|error| farm.explain(error))?;
    row.startup_s = startup_s;
    Ok(row)
}

async fn measure(farm: &Farm, time: Duration) -> Result<Row> {
    let pids = farm.numbers().map(|number| {
        let pid = farm.node(number)?.daemon_pid();
        pid.with_context(|| format!("no daemon runs on node {number}"))
    });
    let pids: Vec<u32> = pids.collect::<Result<_>>()?;
    let machine = Machine::now()?;
    let before: Vec<u64> = pids.iter().map(|pid| cpu_ns(*pid)).collect::<Result<_>>()?;
    let began = Instant::now();
    sleep(time).await;
    let after: Vec<u64> = pids.iter().map(|pid| cpu_ns(*pid)).collect::<Result<_>>()?;
    let machine_percent = Machine::now()?.busy_percent_since(&machine);
    let elapsed_ns = began.elapsed().as_secs_f64() * 1e9;
    let busy = before
        .iter()
        .zip(&after)
        .map(|(before, after)| after.saturating_sub(*before));
    let cpu_percent = Spread::of(busy.map(|ns| 100.0 * as_float(ns) / elapsed_ns));
    let resident: Vec<f64> = pids
        .iter()
        .map(|pid| resident_mib(*pid))
        .collect::<Result<_>>()?;

    let scratch = farm.dir().join("perf.data");
    let incoming = share_of_incoming(&pids, COUNTING, &scratch).await;
    let incoming = incoming.unwrap_or_else(|error| {
        say(&format!("what others do is not known: {error:#}"));
        None
    });
    let capture = Capture::start(farm.segment().namespace())?;
    let began = Instant::now();
    sleep(COUNTING).await;
    let seconds = began.elapsed().as_secs_f64();
    let traffic = Traffic::between(farm, &capture.finish()?);
    let each = |of: &BTreeMap<Mac, u64>| {
        let macs = farm.numbers().map(plan::node_mac);
        Spread::of(macs.map(|mac| as_float(of.get(&mac).copied().unwrap_or_default()) / seconds))
    };
    let by_port = traffic
        .by_port
        .iter()
        .map(|(port, count)| (*port, as_float(*count) / seconds));
    Ok(Row {
        nodes: farm.options().nodes,
        startup_s: f64::NAN,
        sleeper_percent: f64::NAN,
        cpu_percent,
        others_percent: incoming.map(|share| cpu_percent.times(share)),
        machine_percent,
        resident_mib: Spread::of(resident),
        sent_per_second: each(&traffic.sent),
        sent_bytes_per_second: each(&traffic.sent_bytes),
        received_per_second: each(&traffic.received),
        received_bytes_per_second: each(&traffic.received_bytes),
        datagrams_by_port: by_port.collect(),
    })
}

fn say(line: &str) {
    // Standard error may be closed; the result is what counts.
    drop(writeln!(io::stderr(), "{line}"));
}

/// Datagrams between nodes.
#[derive(Debug, Default)]
struct Traffic {
    sent: BTreeMap<Mac, u64>,
    sent_bytes: BTreeMap<Mac, u64>,
    received: BTreeMap<Mac, u64>,
    received_bytes: BTreeMap<Mac, u64>,
    by_port: BTreeMap<u16, u64>,
}

impl Traffic {
    fn between(farm: &Farm, frames: &[Frame]) -> Self {
        let nodes: Vec<Mac> = farm.numbers().map(plan::node_mac).collect();
        let mut traffic = Self::default();
        for frame in frames.iter().filter(|frame| nodes.contains(&frame.source)) {
            let What::Udp(udp) = frame.what else { continue };
            let bytes = u64::from(frame.length);
            *traffic.sent.entry(frame.source).or_default() += 1;
            *traffic.sent_bytes.entry(frame.source).or_default() += bytes;
            *traffic.received.entry(frame.destination).or_default() += 1;
            *traffic.received_bytes.entry(frame.destination).or_default() += bytes;
            let port = udp.from.port().min(udp.to.port());
            *traffic.by_port.entry(port).or_default() += 1;
        }
        traffic
    }
}

fn print(args: &ScaleArgs, rows: &[Row]) -> Result<()> {
    if args.json {
        return super::print_json(rows);
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Each node's cost while nothing happens, {}, over {} s: mean (greatest).\n",
        args.mode, args.seconds
    )?;
    writeln!(
        out,
        "{:>5} {:>8} {:>16} {:>16} {:>8} {:>12} {:>14} {:>18} {:>18} {:>18} {:>18}",
        "nodes",
        "start",
        "% of a core",
        "others in it",
        "sleeper",
        "machine",
        "MiB",
        "datagrams/s sent",
        "received",
        "kbyte/s sent",
        "received"
    )?;
    for row in rows {
        let whole = |of: Spread| format!("{:.0} ({:.0})", of.mean, of.max);
        let kilo = |of: Spread| format!("{:.1} ({:.1})", of.mean / 1e3, of.max / 1e3);
        let fine = |of: Spread| format!("{:.2} ({:.2})", of.mean, of.max);
        writeln!(
            out,
            "{:>5} {:>6.1} s {:>16} {:>16} {:>8.2} {:>10.0} % {:>14} {:>18} {:>18} {:>18} {:>18}",
            row.nodes,
            row.startup_s,
            fine(row.cpu_percent),
            row.others_percent.map_or("no perf".to_owned(), fine),
            row.sleeper_percent,
            row.machine_percent,
            whole(row.resident_mib),
            whole(row.sent_per_second),
            whole(row.received_per_second),
            kilo(row.sent_bytes_per_second),
            kilo(row.received_bytes_per_second)
        )?;
        let ports = row
            .datagrams_by_port
            .iter()
            .map(|(port, n)| format!("port {port}: {n:.0}"));
        let ports: Vec<String> = ports.collect();
        writeln!(
            out,
            "      datagrams/s of the whole farm: {}",
            ports.join(", ")
        )?;
    }
    Ok(())
}
