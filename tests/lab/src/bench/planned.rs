//! `evenkeel-lab bench planned`: what clients notice of planned changes, thousands that stay connected and
//! those that connect meanwhile.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use evenkeel_client::types::{Drain, OperationState};
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use serde::Serialize;
use tokio::time::sleep;

use crate::farm::plan::{self, Family};
use crate::farm::setup::{Rule, Setup};
use crate::farm::traffic::TIME_MAX;
use crate::farm::{Farm, FarmOptions, MODULE, Mode, PATIENCE};
use crate::isolate::World;
use crate::load::http::Opening;
use crate::load::{Attempt, Held, HeldConnection, HeldOptions, Steady, SteadyOptions, Tuples};
use crate::report::takeover::SLOW;

/// Time between two requests on a connection that stays.
const HELD_EVERY: Duration = Duration::from_secs(1);

/// How long such a connection lives before its client ends it and opens another one: a node that stops waits for
/// its end, ten seconds unless it is told otherwise.
const HELD_LIFE: Duration = Duration::from_secs(8);

/// Each kind of traffic has ports of its own, so that no two use one tuple at a time.
const STEADY_PORTS: (u16, u16) = (10_000, 20_000);
const HELD_PORTS: (u16, u16) = (30_000, 30_000);

/// How long after a change its consequences are looked at.
const AFTERMATH: Duration = Duration::from_secs(2);

/// How long a change may take: connections have to come to their end.
const CHANGE_TIME_MAX: Duration = Duration::from_secs(180);

/// How often something is looked at that has to come true.
const POLL: Duration = Duration::from_millis(50);

/// Powers of the nodes with one of them changed.
const POWERS: [(u8, u32); 3] = [(1, 1), (2, 1), (3, 3)];

/// A port that gets a rule.
const MORE: u16 = 8080;

/// The change by which the others are to be judged.
const NONE: &str = "no change, 5 s";

/// How planned changes are measured.
#[derive(Clone, Debug, clap::Args)]
pub struct PlannedArgs {
    /// Connections that stay, each with a request every second
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=40_000))]
    pub held: u32,
    /// New connections a second
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=2_000))]
    pub rate: u32,
    /// Entry modes; may be given several times
    #[arg(long, value_enum, default_values_t = Mode::ALL)]
    pub mode: Vec<Mode>,
    /// Print one JSON document instead of a table
    #[arg(long)]
    pub json: bool,
}

/// What was noticed of one change.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// What was changed.
    pub change: &'static str,
    /// In which entry mode.
    pub mode: Mode,
    /// By which IP the clients come.
    pub family: Family,
    /// Connections that stayed, and were open at some time of the change.
    pub held: usize,
    /// Of these, broken.
    pub broken: usize,
    /// Requests on them that took longer than 200 ms.
    pub held_slow: usize,
    /// New connections meanwhile.
    pub attempts: usize,
    /// Of these, without an answer.
    pub failed: usize,
    /// Of these, slower than 200 ms.
    pub slow: usize,
    /// The slowest one, in milliseconds.
    pub slowest_ms: f64,
    /// How long the change took, in seconds.
    pub took_s: f64,
}

/// The clients.
struct Load {
    steady: Steady,
    held: Held,
}

/// Measures inside an isolation, and prints.
///
/// # Errors
///
/// When a farm does not come up or a change does not come to its end.
pub async fn run(world: &World, args: &PlannedArgs) -> Result<()> {
    allow_files()?;
    let mut rows = Vec::new();
    for mode in &args.mode {
        for family in Family::ALL {
            let options = FarmOptions {
                mode: *mode,
                later: 1,
                ..FarmOptions::default()
            };
            let mut farm = Farm::boot(&world.run_dir, options, |_doing| ()).await?;
            farm.set_up(MODULE, &module(*mode, &[], None)).await?;
            farm.start_module().await?;
            let measured = changes(&mut farm, family, args).await;
            let measured = measured.map_err(|error| farm.explain(error));
            rows.extend(measured.with_context(|| format!("{mode}, {family:?}"))?);
        }
    }
    print(args, &rows)
}

/// Every connection is a file, of the client and of a server.
fn allow_files() -> Result<()> {
    let (_, hard) = getrlimit(Resource::RLIMIT_NOFILE)?;
    Ok(setrlimit(Resource::RLIMIT_NOFILE, hard, hard)?)
}

/// The farm's module, with powers of its nodes, equal where there are none, and a rule more.
fn module(mode: Mode, powers: &[(u8, u32)], more: Option<u16>) -> Setup {
    let ports = [plan::SERVICE_PORT].into_iter().chain(more);
    let rules = ports.map(|port| Rule::tcp(port, "on_addr")).collect();
    let mut setup = Setup::dual(mode, rules);
    for group in &mut setup.groups {
        group.powers = powers.to_vec();
    }
    setup
}

/// One change after the other, under load.
async fn changes(farm: &mut Farm, family: Family, args: &PlannedArgs) -> Result<Vec<Row>> {
    let load = Load::start(farm, family, args).await?;
    let (api, last) = (farm.api(1)?, plan::node_name(farm.options().nodes));
    let entry = plan::node_name(farm.entry(1).await?);
    let one = |name: &String| vec![name.clone()];
    let mut marks = vec![("", Instant::now())];
    let mut done = |change| marks.push((change, Instant::now()));
    sleep(AFTERMATH + AFTERMATH).await;
    done(NONE);
    drains(farm, [&last, &entry], &mut done).await?;
    api.stop(MODULE, Some(one(&last))).await?;
    api.wait_stopped(MODULE, &last, CHANGE_TIME_MAX).await?;
    sleep(AFTERMATH).await;
    done("stop a node");
    api.start(MODULE, Some(one(&last))).await?;
    api.wait_ready(MODULE, &last, PATIENCE).await?;
    shares(farm, &last).await?;
    sleep(AFTERMATH).await;
    done("start it");
    let rolled = api.roll(MODULE, CHANGE_TIME_MAX).await?;
    ensure!(rolled.state == OperationState::Succeeded, "{rolled:?}");
    sleep(AFTERMATH).await;
    done("rolling restart of the application");
    let mode = farm.options().mode;
    for (powers, more, words) in [
        (&POWERS[..], None, "the power of a node from 1 to 3"),
        (&POWERS[..], Some(MORE), "a rule more"),
        (&[][..], None, "power and rule back"),
    ] {
        farm.set_up(MODULE, &module(mode, powers, more)).await?;
        shares(farm, &last).await?;
        sleep(AFTERMATH).await;
        done(words);
    }
    restart_daemon(farm).await?;
    shares(farm, &last).await?;
    sleep(AFTERMATH).await;
    done("restart the daemon of a node");
    for number in [1, farm.options().nodes] {
        farm.api(number)?.go_over(CHANGE_TIME_MAX).await?;
    }
    sleep(AFTERMATH).await;
    done("upgrade the daemons of two nodes");
    let new = farm.options().nodes + 1;
    grow(farm, new).await?;
    sleep(AFTERMATH).await;
    done("add a node");
    let name = plan::node_name(new);
    api.stop(MODULE, Some(one(&name))).await?;
    api.wait_stopped(MODULE, &name, CHANGE_TIME_MAX).await?;
    let removed = api.remove_node(new, false).await?;
    removed.map_err(|refusal| anyhow!("removing {name}: {refusal}"))?;
    sleep(AFTERMATH).await;
    done("remove it");
    let (held, attempts) = tokio::join!(load.held.finish(), load.steady.finish());
    let rows = marks.windows(2).filter_map(|pair| match pair {
        [(_, begin), (change, end)] => Some((*change, *begin, *end)),
        _ => None,
    });
    let row = |(change, begin, end)| Row {
        change,
        mode,
        family,
        ..row((begin, end), &held, &attempts)
    };
    Ok(rows.map(row).collect())
}

/// Two nodes give their share away and take it back.
async fn drains(farm: &Farm, nodes: [&str; 2], done: &mut impl FnMut(&'static str)) -> Result<()> {
    let api = farm.api(1)?;
    let words = [
        ["drain a node", "take it back"],
        ["drain the entry node", "take it back"],
    ];
    for (name, words) in nodes.into_iter().zip(words) {
        api.drain(MODULE, vec![name.to_owned()]).await?;
        drained(farm, name).await?;
        sleep(AFTERMATH).await;
        done(words[0]);
        api.undrain(MODULE, vec![name.to_owned()]).await?;
        shares(farm, name).await?;
        sleep(AFTERMATH).await;
        done(words[1]);
    }
    Ok(())
}

/// The daemon of the last node ends in order, and starts again with its module.
async fn restart_daemon(farm: &mut Farm) -> Result<()> {
    let number = farm.options().nodes;
    let (api, name) = (farm.api(1)?, plan::node_name(number));
    farm.terminate(number).await?;
    farm.restart_daemon(number).await?;
    api.start(MODULE, Some(vec![name.clone()])).await?;
    farm.api(number)?.wait_ready(MODULE, &name, PATIENCE).await
}

/// A machine joins and takes its share.
async fn grow(farm: &mut Farm, new: u8) -> Result<()> {
    let (api, name) = (farm.api(1)?, plan::node_name(new));
    let added = api.add_node(new).await?;
    added.map_err(|refusal| anyhow!("adding {name}: {refusal}"))?;
    farm.join_by_token(new).await?;
    farm.restart_daemon(new).await?;
    let there = farm.api(new)?;
    come_true("the configuration on the new machine", async || {
        there.has_module(MODULE).await
    })
    .await?;
    api.start(MODULE, Some(vec![name.clone()])).await?;
    there.wait_ready(MODULE, &name, PATIENCE).await?;
    shares(farm, &name).await
}

impl Load {
    /// Starts, and waits until every connection that stays has an answer.
    async fn start(farm: &Farm, family: Family, args: &PlannedArgs) -> Result<Self> {
        let addresses = plan::client_sources(family);
        let client = &farm.client().namespace;
        let connections = usize::try_from(args.held)?;
        let held = HeldOptions {
            to: plan::service(family),
            sources: Tuples::new(addresses.clone(), HELD_PORTS.0, HELD_PORTS.1),
            connections,
            spread: HELD_EVERY,
            every: HELD_EVERY,
            time_max: TIME_MAX,
            life: Some(HELD_LIFE),
        };
        let held = Held::start(client, held).await?;
        let answered = |all: &[HeldConnection]| {
            let open = all.iter().filter(|one| !one.answers.is_empty());
            open.count() >= connections
        };
        come_true("an answer on every connection", async || {
            Ok(held.with_records(answered))
        })
        .await?;
        let steady = SteadyOptions {
            to: plan::service(family),
            sources: Tuples::new(addresses, STEADY_PORTS.0, STEADY_PORTS.1),
            opening: Opening::Usual,
            every: Duration::from_secs(1) / args.rate,
            catches_up: true,
            time_max: TIME_MAX,
        };
        let steady = Steady::start(client, steady).await?;
        Ok(Self { steady, held })
    }
}

/// Waits until a node is drained.
async fn drained(farm: &Farm, name: &str) -> Result<()> {
    let api = farm.api(1)?;
    come_true("the end of a drain", async || {
        Ok(api.status(MODULE, name).await?.drain == Some(Drain::Drained))
    })
    .await
}

/// Waits until a node has its share again, and nobody holds connections of it any more.
async fn shares(farm: &Farm, name: &str) -> Result<()> {
    let api = farm.api(1)?;
    come_true("a share that is settled", async || {
        let status = api.status(MODULE, name).await?;
        let is_settled = |open: u32, migrating: u32| open > 0 && migrating == 0;
        let mut groups = status.groups.iter();
        Ok(groups.all(|group| is_settled(group.open, group.migrating)))
    })
    .await
}

async fn come_true(what: &str, is_true: impl AsyncFn() -> Result<bool>) -> Result<()> {
    let deadline = Instant::now() + CHANGE_TIME_MAX;
    while !is_true().await? {
        ensure!(Instant::now() < deadline, "{what} did not come");
        sleep(POLL).await;
    }
    Ok(())
}

/// What was noticed between two moments, of nothing in particular.
fn row((begin, end): (Instant, Instant), held: &[HeldConnection], attempts: &[Attempt]) -> Row {
    let ended = |one: &HeldConnection| one.ended.or(one.broken.as_ref().map(|(at, _)| *at));
    let is_within = |at: Instant| at >= begin && at < end;
    let open = held
        .iter()
        .filter(|one| one.opened < end && ended(one).is_none_or(|at| at >= begin));
    let open: Vec<&HeldConnection> = open.collect();
    let broken = |one: &&&HeldConnection| one.broken.as_ref().is_some_and(|(at, _)| is_within(*at));
    let slow_answers = open.iter().flat_map(|one| &one.answers);
    let slow_answers = slow_answers.filter(|(asked, took)| is_within(*asked) && *took > SLOW);
    let meanwhile: Vec<&Attempt> = attempts
        .iter()
        .filter(|one| is_within(one.started))
        .collect();
    let answered = || meanwhile.iter().filter(|one| one.node().is_some());
    let slowest = answered()
        .map(|one| one.duration())
        .max()
        .unwrap_or_default();
    Row {
        change: NONE,
        mode: Mode::default(),
        family: Family::V4,
        held: open.len(),
        broken: open.iter().filter(broken).count(),
        held_slow: slow_answers.count(),
        attempts: meanwhile.len(),
        failed: meanwhile.len() - answered().count(),
        slow: answered().filter(|one| one.duration() > SLOW).count(),
        slowest_ms: slowest.as_secs_f64() * 1e3,
        took_s: (end - begin).as_secs_f64(),
    }
}

fn print(args: &PlannedArgs, rows: &[Row]) -> Result<()> {
    if args.json {
        return super::print_json(rows);
    }
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{:<36} {:<10} {:<4} {:>6} {:>7} {:>6} {:>7} {:>7} {:>5} {:>8} {:>7}",
        "change",
        "mode",
        "IP",
        "held",
        "broken",
        "slow",
        "new",
        "failed",
        "slow",
        "slowest",
        "took"
    )?;
    for row in rows {
        writeln!(
            out,
            "{:<36} {:<10} {:<4} {:>6} {:>7} {:>6} {:>7} {:>7} {:>5} {:>5.0} ms {:>5.1} s",
            row.change,
            row.mode.to_string(),
            format!("{:?}", row.family),
            row.held,
            row.broken,
            row.held_slow,
            row.attempts,
            row.failed,
            row.slow,
            row.slowest_ms,
            row.took_s
        )?;
    }
    writeln!(
        out,
        "{} connections with a request every second, each ended by its client after {} s and opened anew; {} new \
         ones a second\nbeside them. Slow: longer than 200 ms. The first row of a mode is without any change.",
        args.held,
        HELD_LIFE.as_secs(),
        args.rate
    )?;
    Ok(())
}
