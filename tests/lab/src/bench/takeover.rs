//! `evenkeel-lab bench takeover`: from a lost node's last answer to the first one for its share, as a
//! client sees it that opens more than a thousand connections a second to that share alone; also while
//! another one floods the API of the nodes that stay.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::IpAddr;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Serialize;
use tokio::time::sleep;

use super::dead::{self, Toll, Tolls};
use super::flood::Flood;
use crate::farm::plan::{self, Family};
use crate::farm::setup::{Rule, Setup};
use crate::farm::traffic::{TIME_MAX, burst_sources_of};
use crate::farm::trouble::{Fault, Trouble};
use crate::farm::{Farm, FarmOptions, MODULE, Mode, PATIENCE};
use crate::isolate::World;
use crate::load::http::Opening;
use crate::load::{Attempt, HeldConnection, Steady, SteadyOptions, Tuples};
use crate::report::takeover::{SLOW, takeover};
use crate::report::{Percentiles, millis};

/// Time between two polls. With the kernel's and tokio's timers, which are a millisecond coarse, some
/// go in pairs.
const EVERY: Duration = Duration::from_micros(800);

/// Ports of the polls: a window for each run, so that no connection meets what is left of an older
/// one with the same address and port.
const FIRST_PORT: u16 = 16_000;
const PORTS: u16 = 400;
const WINDOWS: u16 = 110;

/// Connections that find the lost node's share.
const SURVEY: usize = 300;

/// Answered polls before the fault, and after the takeover.
const SETTLED: usize = 200;

/// How often the polls are looked at.
const POLL: Duration = Duration::from_millis(5);

/// The faults that have a bar.
const FAULTS: [Fault; 4] = [Fault::PowerCut, Fault::CableCut, Fault::Kill, Fault::Freeze];

/// How takeovers are measured.
#[derive(Clone, Debug, clap::Args)]
pub struct TakeoverArgs {
    /// Runs of each fault in each entry mode
    #[arg(default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub runs: u32,
    /// Servers of the farm
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(2..=16))]
    pub nodes: u8,
    /// Entry modes; may be given several times
    #[arg(long, value_enum, default_values_t = Mode::ALL)]
    pub mode: Vec<Mode>,
    /// By which IP the clients come; may be given several times
    #[arg(long, value_enum, default_values_t = [Family::V4])]
    pub family: Vec<Family>,
    /// Faults of one node; may be given several times
    #[arg(long, value_enum, default_values_t = FAULTS)]
    pub fault: Vec<Fault>,
    /// Each run a second time, while so many connections call the API of the others as fast as they can
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=200))]
    pub flood: Option<u16>,
    /// Print one JSON document instead of a table
    #[arg(long)]
    pub json: bool,
}

/// One fault's takeovers.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// What happened.
    pub fault: Fault,
    /// The same in words.
    pub words: String,
    /// In which entry mode.
    pub mode: Mode,
    /// By which IP the clients came.
    pub family: Family,
    /// To whom: in directed mode the entry node, or another one.
    pub lost: &'static str,
    /// Connections that called the API of the others as fast as they could.
    pub flooded_by: u16,
    /// Answers of the API a second to these, in the slowest run.
    pub flood_per_second: f64,
    /// How often.
    pub runs: usize,
    /// Runs in which the share was not taken over.
    pub without_takeover: usize,
    /// From the lost node's last answer to the first one for its share, in milliseconds.
    pub gap_ms: Option<Percentiles>,
    /// From the fault to that answer, in milliseconds.
    pub after_fault_ms: Option<Percentiles>,
    /// From the fault to the lost node's last answer, in milliseconds: what a frozen daemon's lease
    /// still allows, or the kernel takes to end a killed one.
    pub last_answer_ms: Option<Percentiles>,
    /// Polls a second in the slowest run.
    pub polls_per_second: f64,
    /// Polls that began after the fault, while the node was lost, and failed.
    pub failed: usize,
    /// The same, that took longer than 200 ms.
    pub slow: usize,
    /// Not among these: polls that the lost node had connected before it was cut off, and answered
    /// after its return.
    pub kept: usize,
    /// What became of held connections.
    pub held: Tolls,
    /// Polls that the lost node should still have answered, while its lease ran, and that failed or
    /// took longer than 200 ms.
    pub lost_in_lease: usize,
}

/// One run.
#[derive(Clone, Debug)]
struct Run {
    takeover_ms: Option<(f64, f64)>,
    polls_per_second: f64,
    flood_per_second: f64,
    failed: usize,
    slow: Vec<Slow>,
    kept: usize,
    held: Toll,
    lost_in_lease: usize,
}

/// A poll that took longer than 200 ms.
#[derive(Clone, Debug)]
struct Slow {
    after_fault_ms: f64,
    took_ms: f64,
    by: String,
}

/// A farm whose module is started. It has addresses of both families, and no checks: that of an interface would
/// stop the module in run after run, and not in all.
async fn up(world: &World, options: FarmOptions) -> Result<Farm> {
    let setup = Setup::dual(options.mode, vec![Rule::tcp(plan::SERVICE_PORT, "on_addr")]);
    let farm = Farm::boot(&world.run_dir, options, |_doing| ()).await?;
    farm.set_up(MODULE, &setup).await?;
    farm.start_module().await?;
    Ok(farm)
}

/// Measures inside an isolation, and prints.
///
/// # Errors
///
/// When a farm does not come up, or not to rest between two runs.
pub async fn run(world: &World, args: &TakeoverArgs) -> Result<()> {
    let mut rows = Vec::new();
    let pairs = args
        .mode
        .iter()
        .flat_map(|mode| args.family.iter().map(move |family| (*mode, *family)));
    for (mode, family) in pairs {
        let options = FarmOptions {
            nodes: args.nodes,
            mode,
            ..FarmOptions::default()
        };
        let mut farm = up(world, options).await?;
        for fault in &args.fault {
            let measured = runs(&mut farm, args, family, *fault).await;
            let measured = measured.map_err(|error| farm.explain(error));
            rows.extend(measured.with_context(|| format!("{mode}, {family:?}, {fault}"))?);
        }
    }
    print(args, &rows)
}

/// All runs of a fault: a row for each kind of victim, without a flood and with one.
async fn runs(
    farm: &mut Farm,
    args: &TakeoverArgs,
    family: Family,
    fault: Fault,
) -> Result<Vec<Row>> {
    let mode = farm.options().mode;
    let key = match args.flood {
        Some(_) => farm.api(1)?.make_key(&format!("flood-{fault:?}")).await?,
        None => String::new(),
    };
    let floods: Vec<u16> = [0].into_iter().chain(args.flood).collect();
    let mut runs = BTreeMap::<(&'static str, u16), Vec<Run>>::new();
    for number in 0..args.runs {
        for connections in &floods {
            let flood = (*connections, key.as_str());
            let one = one(farm, family, fault, number, flood).await;
            let (lost, run) = one.with_context(|| format!("run {}", number + 1))?;
            progress((mode, family), fault, number, &run);
            runs.entry((lost, *connections)).or_default().push(run);
        }
    }
    let row = |(of, runs): (&_, &Vec<Run>)| row(fault, (mode, family), *of, runs);
    Ok(runs.iter().map(row).collect())
}

/// One run on a farm that is whole: who was lost, and what it took.
async fn one(
    farm: &mut Farm,
    family: Family,
    fault: Fault,
    number: u32,
    (connections, key): (u16, &str),
) -> Result<(&'static str, Run)> {
    let all: Vec<u8> = farm.numbers().collect();
    farm.settled(&all, PATIENCE).await?;
    let (who, lost) = victim(farm, number).await?;
    let trouble = Trouble::of_one(farm, fault, number, lost)?;
    let name = plan::node_name(lost);
    let share = share(farm, family, &name, number).await?;
    let staying: Vec<u8> = all.into_iter().filter(|node| *node != lost).collect();
    let flood = Flood::start(farm, key, &staying, connections).await?;
    let held = dead::hold(farm, family, trouble.turn()).await?;
    let polls = poll(farm, share, trouble.turn()).await?;
    answered(&polls, Instant::now(), SETTLED, |node| node == name).await?;
    let polls_per_second = rate(&polls, &name).await?;

    let (fault, _) = trouble.inflict(farm).await?;
    // Where nobody takes over the run says so.
    let taken = answered(&polls, fault, SETTLED, |node| node != name).await;
    dead::told(&held, &name, fault).await;
    let healed = Instant::now();
    let flood_per_second = flood.finish();
    let held = held.finish().await;
    let (attempts, back) = tokio::join!(polls.finish(), back(farm, &trouble));
    back?;
    let mut run = measured(&attempts, &held, &name, (fault, healed));
    run.polls_per_second = polls_per_second;
    run.flood_per_second = flood_per_second;
    if taken.is_err() {
        run.takeover_ms = None;
    }
    Ok((who, run))
}

/// Who is lost in a run: all nodes by turns, in directed mode every second time the entry node.
async fn victim(farm: &Farm, number: u32) -> Result<(&'static str, u8)> {
    let turn = usize::try_from(number)?;
    let all: Vec<u8> = farm.numbers().collect();
    if farm.options().mode == Mode::Invisible {
        return Ok(("a node", all[turn % all.len()]));
    }
    let entry = farm.entry(1).await?;
    if number.is_multiple_of(2) {
        return Ok(("the entry node", entry));
    }
    let others: Vec<u8> = all.into_iter().filter(|node| *node != entry).collect();
    Ok(("another node", others[turn / 2 % others.len()]))
}

async fn back(farm: &mut Farm, trouble: &Trouble) -> Result<()> {
    trouble.heal(farm).await?;
    trouble.whole(farm).await
}

/// The client addresses that are a node's.
async fn share(farm: &Farm, family: Family, name: &str, number: u32) -> Result<Vec<IpAddr>> {
    let nth = u16::try_from(number % 1000)?;
    let sources = burst_sources_of(family, nth, SURVEY);
    let attempts = farm.burst(sources).await?;
    let own = attempts
        .iter()
        .filter(|attempt| attempt.node() == Some(name));
    let share: Vec<IpAddr> = own.map(|attempt| attempt.source.ip()).collect();
    ensure!(
        !share.is_empty(),
        "{name} answered none of {SURVEY} addresses"
    );
    Ok(share)
}

/// Starts to poll a share.
async fn poll(farm: &Farm, share: Vec<IpAddr>, turn: u32) -> Result<Steady> {
    let window = u16::try_from(turn % u32::from(WINDOWS))?;
    let family = share.first().copied().map_or(Family::V4, Family::of);
    let options = SteadyOptions {
        to: plan::service(family),
        sources: Tuples::new(share, FIRST_PORT + window * PORTS, PORTS),
        opening: Opening::Usual,
        every: EVERY,
        catches_up: true,
        time_max: TIME_MAX,
    };
    Steady::start(&farm.client().namespace, options).await
}

/// Waits until so many polls that began after a moment were answered by these nodes.
async fn answered(
    polls: &Steady,
    from: Instant,
    count: usize,
    by: impl Fn(&str) -> bool,
) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    let counted = |attempt: &&Attempt| attempt.started >= from && attempt.node().is_some_and(&by);
    while polls.with_records(|all| all.iter().filter(counted).count()) < count {
        ensure!(Instant::now() < deadline, "the share was not answered");
        sleep(POLL).await;
    }
    Ok(())
}

/// Polls a second, while all is well.
async fn rate(polls: &Steady, name: &str) -> Result<f64> {
    let (began, before) = (Instant::now(), polls.with_records(<[Attempt]>::len));
    answered(polls, began, SETTLED, |node| node == name).await?;
    let made = polls.with_records(<[Attempt]>::len).saturating_sub(before);
    Ok(as_float(made) / began.elapsed().as_secs_f64())
}

/// What the polls saw of a fault.
fn measured(
    attempts: &[Attempt],
    held: &[HeldConnection],
    lost: &str,
    (fault, healed): (Instant, Instant),
) -> Run {
    let before_return: Vec<Attempt> = attempts
        .iter()
        .filter(|attempt| attempt.started < healed)
        .cloned()
        .collect();
    let takeover = takeover(&before_return, lost, fault);
    let first = takeover
        .as_ref()
        .map(|of| fault + Duration::from_secs_f64(of.after_fault_ms / 1e3));
    // The newest connection that the lost node took: it should have taken all before it, too.
    let last_taken = before_return
        .iter()
        .filter(|attempt| attempt.node() == Some(lost))
        .filter(|attempt| first.is_none_or(|first| attempt.ended <= first))
        .map(|attempt| attempt.started)
        .max();
    let meanwhile: Vec<&Attempt> = before_return
        .iter()
        .filter(|attempt| attempt.started >= fault)
        .collect();
    let is_late = |attempt: &&Attempt| attempt.node().is_some() && attempt.duration() > SLOW;
    let is_kept = |attempt: &&Attempt| {
        attempt.node() == Some(lost) && is_late(attempt) && was_connected_soon(attempt)
    };
    let is_slow = |attempt: &&Attempt| is_late(attempt) && !is_kept(attempt);
    let has_failed = |attempt: &&Attempt| attempt.node().is_none();
    let is_in_lease = |attempt: &&Attempt| attempt.started < last_taken.unwrap_or(fault);
    let each = || meanwhile.iter().copied();
    Run {
        takeover_ms: takeover.map(|of| (of.gap_ms, of.after_fault_ms)),
        polls_per_second: f64::NAN,
        flood_per_second: f64::NAN,
        failed: each().filter(has_failed).count(),
        slow: each()
            .filter(is_slow)
            .map(|attempt| Slow::of(attempt, fault))
            .collect(),
        kept: each().filter(is_kept).count(),
        held: Toll::of(held, lost, (fault, first, healed)),
        lost_in_lease: each()
            .filter(is_in_lease)
            .filter(|attempt| has_failed(attempt) || is_slow(attempt))
            .count(),
    }
}

fn was_connected_soon(attempt: &Attempt) -> bool {
    let connected = attempt.connected;
    connected.is_some_and(|at| at.saturating_duration_since(attempt.started) <= SLOW)
}

impl Slow {
    fn of(attempt: &Attempt, fault: Instant) -> Self {
        Self {
            after_fault_ms: millis(attempt.started.duration_since(fault)),
            took_ms: millis(attempt.duration()),
            by: attempt.node().unwrap_or("nobody").to_owned(),
        }
    }
}

fn row(
    fault: Fault,
    (mode, family): (Mode, Family),
    (lost, flooded_by): (&'static str, u16),
    runs: &[Run],
) -> Row {
    let takeovers: Vec<(f64, f64)> = runs.iter().filter_map(|run| run.takeover_ms).collect();
    let gaps: Vec<f64> = takeovers.iter().map(|(gap, _)| *gap).collect();
    let after: Vec<f64> = takeovers.iter().map(|(_, after)| *after).collect();
    let last: Vec<f64> = takeovers.iter().map(|(gap, after)| after - gap).collect();
    let slowest = |of: fn(&Run) -> f64| runs.iter().map(of).fold(f64::INFINITY, f64::min);
    Row {
        fault,
        words: fault.words().to_owned(),
        mode,
        family,
        lost,
        flooded_by,
        flood_per_second: slowest(|run| run.flood_per_second),
        runs: runs.len(),
        without_takeover: runs.len() - takeovers.len(),
        gap_ms: Percentiles::of(&gaps),
        after_fault_ms: Percentiles::of(&after),
        last_answer_ms: Percentiles::of(&last),
        polls_per_second: slowest(|run| run.polls_per_second),
        failed: runs.iter().map(|run| run.failed).sum(),
        slow: runs.iter().map(|run| run.slow.len()).sum(),
        kept: runs.iter().map(|run| run.kept).sum(),
        held: Tolls::of(runs.iter().map(|run| &run.held)),
        lost_in_lease: runs.iter().map(|run| run.lost_in_lease).sum(),
    }
}

fn progress((mode, family): (Mode, Family), fault: Fault, number: u32, run: &Run) {
    let takeover = run.takeover_ms.map_or_else(
        || "no takeover".to_owned(),
        |(gap, after)| format!("gap {gap:.0} ms, {after:.0} ms after the fault"),
    );
    // Progress that nobody can see is no reason to stop.
    let _unseen = writeln!(
        io::stderr(),
        "{mode}, {family:?}, {fault}, run {}: {takeover}, {:.0} polls and {:.0} calls a second, {} slow, {} kept, {} failed",
        number + 1,
        run.polls_per_second,
        run.flood_per_second,
        run.slow.len(),
        run.kept,
        run.failed
    );
    for slow in &run.slow {
        let _unseen = writeln!(
            io::stderr(),
            "  slow: begun {:.1} ms after the fault, answered by {} after {:.0} ms",
            slow.after_fault_ms,
            slow.by,
            slow.took_ms
        );
    }
}

fn print(args: &TakeoverArgs, rows: &[Row]) -> Result<()> {
    if args.json {
        return super::print_json(rows);
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{:<18} {:<10} {:<3} {:<15} {:>5} {:>5}  {}  {}  {}  {:>8} {:>6} {:>6} {:>8} {:>8}",
        "fault",
        "mode",
        "IP",
        "lost",
        "runs",
        "never",
        Percentiles::HEAD,
        Percentiles::HEAD,
        Percentiles::HEAD,
        "polls/s",
        "failed",
        "slow",
        "in lease",
        "calls/s"
    )?;
    for row in rows {
        writeln!(
            out,
            "{:<18} {:<10} {:<3} {:<15} {:>5} {:>5}  {}  {}  {}  {:>8.0} {:>6} {:>6} {:>8} {:>8.0}",
            row.words,
            row.mode.to_string(),
            format!("{:?}", row.family),
            row.lost,
            row.runs,
            row.without_takeover,
            Percentiles::columns(row.gap_ms),
            Percentiles::columns(row.after_fault_ms),
            Percentiles::columns(row.last_answer_ms),
            row.polls_per_second,
            row.failed,
            row.slow,
            row.lost_in_lease,
            row.flood_per_second
        )?;
    }
    writeln!(
        out,
        "First four: ms from the lost node's last answer to the first for its share; then from the fault \
         to that answer;\nthen from the fault to the last answer. Failed, slow (longer than 200 ms): polls that began while the node was lost. In lease: the \
         same before the lost node's last answer. Calls: answers of the API to those who flood it.\n"
    )?;
    print_held(&mut out, rows)
}

fn print_held(out: &mut impl Write, rows: &[Row]) -> Result<()> {
    writeln!(
        out,
        "{:<18} {:<10} {:<3} {:<15} {:>5} {:>6} {:>9}  {}  {}",
        "fault",
        "mode",
        "IP",
        "lost",
        "held",
        "broken",
        "of others",
        Percentiles::HEAD,
        Percentiles::HEAD
    )?;
    for row in rows {
        writeln!(
            out,
            "{:<18} {:<10} {:<3} {:<15} {:>5} {:>6} {:>9}  {}  {}",
            row.words,
            row.mode.to_string(),
            format!("{:?}", row.family),
            row.lost,
            row.held.of_the_lost,
            row.held.broken,
            row.held.broken_elsewhere,
            Percentiles::columns(row.held.reset_ms),
            Percentiles::columns(row.held.repeat_ms)
        )?;
    }
    writeln!(
        out,
        "Held connections of the lost nodes, all runs, and how many of them and of the others' broke. First four: ms \
         from a request\nafter the takeover to the reset; then from the takeover to the reset of those that had asked before."
    )?;
    Ok(())
}

fn as_float(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
