//! `evenkeel-lab bench flood`: SYNs from addresses that nobody has, as many as the machine can send, while a
//! node loses its power. What it costs those who are connected and those who connect, what the others keep and
//! replay of it, and how much memory.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::Serialize;
use tokio::time::sleep;

use super::account::as_float;
use crate::farm::plan::{self, Family};
use crate::farm::setup::{Rule, Setup};
use crate::farm::{Farm, FarmOptions, MODULE, Mode, PATIENCE};
use crate::isolate::World;
use crate::load::{Held, HeldConnection, Steady, Syns};
use crate::report::takeover::{Disturbance, HeldToll, disturbance, held_toll, takeover};

/// What a node does to packets, as far as it takes none of them.
const DISCARDED: &str = "drop";

/// How the flood is made.
#[derive(Clone, Debug, clap::Args)]
pub struct FloodArgs {
    /// Seconds of the flood; the node dies in the middle
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub seconds: u64,
    /// SYNs a second, where the machine can
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
    pub rate: u64,
    /// Connections that stay
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u16).range(1..=5_000))]
    pub held: u16,
    /// Servers of the farm
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(2..=16))]
    pub nodes: u8,
    /// Entry modes; may be given several times
    #[arg(long, value_enum, default_values_t = Mode::ALL)]
    pub mode: Vec<Mode>,
    /// Print one JSON document instead of a table
    #[arg(long)]
    pub json: bool,
}

/// One flood.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// In which entry mode.
    pub mode: Mode,
    /// By which IP the clients and the flood come.
    pub family: Family,
    /// Who died: in directed mode the entry node, or another one.
    pub lost: &'static str,
    /// SYNs that were sent.
    pub sent: u64,
    /// The same a second.
    pub per_second: f64,
    /// From the lost node's last answer to the first one for its share, in milliseconds.
    pub gap_ms: Option<f64>,
    /// The connections that were held when the node died.
    pub held: HeldToll,
    /// New connections while the flood ran, before the node died.
    pub before: Disturbance,
    /// The same from then on, to the flood's end.
    pub after: Disturbance,
    /// What became of SYNs that another node was to answer, at all the nodes that stayed.
    pub replays: BTreeMap<&'static str, u64>,
    /// Packets that these nodes discarded meanwhile, by reason.
    pub discarded: BTreeMap<String, u64>,
    /// The most memory of a daemon of these before the flood, in KiB.
    pub before_kib: u64,
    /// And after it.
    pub after_kib: u64,
    /// The view changed once, when the node died.
    pub one_view: bool,
}

/// The clients that are not the flood.
struct Load {
    steady: Steady,
    held: Held,
}

/// Measures inside an isolation, and prints.
///
/// # Errors
///
/// When a farm does not come up, or is not whole in the end.
pub async fn run(world: &World, args: &FloodArgs) -> Result<()> {
    let mut rows = Vec::new();
    for mode in &args.mode {
        let victims: &[&'static str] = match mode {
            Mode::Directed => &["the entry node", "another node"],
            Mode::Invisible => &["a node"],
        };
        for lost in victims {
            for family in Family::ALL {
                rows.push(flooded(world, *mode, family, lost, args).await?);
            }
        }
    }
    print(args, &rows)
}

/// One flood on a farm of its own.
async fn flooded(
    world: &World,
    mode: Mode,
    family: Family,
    lost: &'static str,
    args: &FloodArgs,
) -> Result<Row> {
    let options = FarmOptions {
        nodes: args.nodes,
        mode,
        ..FarmOptions::default()
    };
    let mut farm = Farm::boot(&world.run_dir, options, |_doing| ()).await?;
    let rules = vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")];
    farm.set_up(MODULE, &Setup::dual(mode, rules)).await?;
    farm.start_module().await?;
    let row = measure(&mut farm, family, lost, args).await;
    row.map_err(|error| farm.explain(error))
}

/// One flood on a farm that is whole.
async fn measure(
    farm: &mut Farm,
    family: Family,
    who: &'static str,
    args: &FloodArgs,
) -> Result<Row> {
    let entry = farm.entry(1).await?;
    let mut others = farm.numbers().filter(|number| *number != entry);
    let lost = match who {
        "the entry node" => Some(entry),
        _ => others.next_back(),
    };
    let lost = lost.context("there is no other node than the entry node")?;
    let left: Vec<u8> = farm.numbers().filter(|number| *number != lost).collect();
    let load = Load::start(farm, family, args).await?;
    let (before_kib, counted) = (resident_kib(farm, &left)?, discarded(farm, &left).await?);

    let half = Duration::from_secs(args.seconds) / 2;
    let began = Instant::now();
    let to = plan::service(family);
    let flood = Syns::start(&farm.client().namespace, to, args.rate)?;
    sleep(half).await;
    let died = farm.power_off(lost).await?;
    let until = Instant::now() + half;
    let first = farm.settled(&left, PATIENCE).await?;
    sleep(until.saturating_duration_since(Instant::now())).await;
    let (sent, took) = flood.finish().await?;
    let end = Instant::now();
    let last = farm.settled(&left, PATIENCE).await?;

    let (attempts, held) = tokio::join!(load.steady.finish(), load.held.finish());
    let name = plan::node_name(lost);
    let mut discarded = discarded(farm, &left).await?;
    for (reason, count) in counted {
        discarded
            .entry(reason)
            .and_modify(|all| *all = all.saturating_sub(count));
    }
    discarded.retain(|_, count| *count > 0);
    Ok(Row {
        mode: farm.options().mode,
        family,
        lost: who,
        sent,
        per_second: as_float(sent) / took.as_secs_f64(),
        gap_ms: takeover(&attempts, &name, died).map(|takeover| takeover.gap_ms),
        held: held_toll(&held, &name, died, end),
        before: disturbance(&attempts, &name, began, died),
        after: disturbance(&attempts, &name, died, end),
        replays: replays(farm, &left).await?,
        discarded,
        before_kib,
        after_kib: resident_kib(farm, &left)?,
        one_view: first == last,
    })
}

impl Load {
    /// Starts, and waits until each connection that is held has an answer, and each client address, which
    /// tells whose share it is in.
    async fn start(farm: &Farm, family: Family, args: &FloodArgs) -> Result<Self> {
        let connections = usize::from(args.held);
        let load = Self {
            held: farm.hold(family, connections).await?,
            steady: farm.steady_of(family).await?,
        };
        let sources = plan::client_sources(family).len();
        let from = Instant::now();
        load.steady
            .answered(sources, from, |_any| true, PATIENCE)
            .await?;
        let answered = |all: &[HeldConnection]| {
            let open = all.iter().filter(|one| !one.answers.is_empty());
            open.count() >= connections
        };
        let is_answered = load.held.until(PATIENCE, answered).await;
        anyhow::ensure!(is_answered, "connections have no answer");
        Ok(load)
    }
}

/// The most memory that a daemon of these nodes holds.
fn resident_kib(farm: &Farm, nodes: &[u8]) -> Result<u64> {
    let mut most = 0;
    for number in nodes {
        most = most.max(farm.node(*number)?.resident_kib()?);
    }
    Ok(most)
}

/// What these nodes discarded, by reason.
async fn discarded(farm: &Farm, nodes: &[u8]) -> Result<BTreeMap<String, u64>> {
    let mut all = BTreeMap::<String, u64>::new();
    for number in nodes {
        let name = plan::node_name(*number);
        let counters = farm.api(*number)?.status(MODULE, &name).await?.counters;
        let counters = counters.into_iter();
        for (name, count) in counters.filter(|(name, _)| name.starts_with(DISCARDED)) {
            *all.entry(name).or_default() += count;
        }
    }
    Ok(all)
}

/// What these nodes say of the SYNs that they kept.
async fn replays(farm: &Farm, nodes: &[u8]) -> Result<BTreeMap<&'static str, u64>> {
    let mut all = BTreeMap::<&'static str, u64>::new();
    for number in nodes {
        let name = plan::node_name(*number);
        let Some(of) = farm.api(*number)?.status(MODULE, &name).await?.replays else {
            continue;
        };
        for (name, count) in [
            ("kept", of.kept),
            ("crowded out", of.crowded_out),
            ("taken in", of.taken_in),
            ("handed on", of.handed_on),
            ("answered before", of.answered),
            ("repeated", of.repeated),
            ("failed", of.failed),
        ] {
            *all.entry(name).or_default() += count;
        }
    }
    Ok(all)
}

fn print(args: &FloodArgs, rows: &[Row]) -> Result<()> {
    if args.json {
        return super::print_json(rows);
    }
    let mut out = io::stdout().lock();
    for row in rows {
        let Row {
            held,
            before,
            after,
            ..
        } = row;
        writeln!(
            out,
            "{}, {:?}, {} loses its power: {} SYNs, {:.0} a second",
            row.mode, row.family, row.lost, row.sent, row.per_second
        )?;
        let gap = row
            .gap_ms
            .map_or_else(|| "none".to_owned(), |ms| format!("{ms:.0} ms"));
        let views = if row.one_view { "one" } else { "more than one" };
        writeln!(out, "  takeover: {gap}; changes of the view: {views}")?;
        writeln!(
            out,
            "  held connections: {} open, {} of them on the lost node, of which {} broke; on the others {} broke, \
             the slowest answer {:.0} ms",
            held.open,
            held.on_the_lost_node,
            held.broken_on_the_lost_node,
            held.broken_elsewhere,
            held.slowest_elsewhere_ms
        )?;
        for (when, toll) in [("before", before), ("after", after)] {
            writeln!(
                out,
                "  new connections {when}: {}, of which {} failed and {} were slower than 200 ms, the slowest {:.0} ms",
                toll.attempts, toll.failed, toll.slow, toll.slowest_ms
            )?;
        }
        writeln!(out, "  SYNs of others: {}", list(&row.replays))?;
        writeln!(out, "  discarded: {}", list(&row.discarded))?;
        writeln!(
            out,
            "  memory of a daemon: {} KiB before, {} KiB after",
            row.before_kib, row.after_kib
        )?;
    }
    Ok(())
}

fn list<K: std::fmt::Display>(counts: &BTreeMap<K, u64>) -> String {
    let each = counts.iter().map(|(name, count)| format!("{name} {count}"));
    let each: Vec<String> = each.collect();
    match each.is_empty() {
        true => "none".to_owned(),
        false => each.join(", "),
    }
}
