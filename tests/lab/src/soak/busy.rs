//! Every core busy and frames lost on every server's cable, for minutes: a farm whose nodes are all
//! alive must not change its view once.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Serialize;
use tokio::time::sleep;

use super::stress::Stress;
use crate::farm::{Farm, FarmOptions, MODULE, Mode, PATIENCE, plan};
use crate::impair::Way;
use crate::isolate::World;
use crate::load::{Attempt, HeldConnection};
use crate::report::millis;
use crate::report::takeover::SLOW;

/// How often the nodes are asked for their view.
const LOOK: Duration = Duration::from_millis(500);

/// How the farm is kept busy.
#[derive(Clone, Debug, clap::Args)]
pub struct BusyArgs {
    /// How long, in seconds
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub seconds: u64,
    /// Servers
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(2..=16))]
    pub nodes: u8,
    /// Entry modes, one after the other; may be given several times
    #[arg(long, value_enum, default_values_t = [Mode::Directed])]
    pub mode: Vec<Mode>,
    /// Lost of a thousand frames, each way on each server's cable
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(0..=500))]
    pub loss_per_mille: u16,
    /// Busy threads for each core
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(0..=64))]
    pub stress_per_core: u8,
    /// Print one JSON document instead of lines
    #[arg(long)]
    pub json: bool,
}

/// What was seen.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// The entry mode.
    pub mode: Mode,
    /// How long.
    pub seconds: u64,
    /// Cores of the machine, and busy threads.
    pub cores: usize,
    /// See `cores`.
    pub stress_threads: usize,
    /// Lost of a thousand frames each way.
    pub loss_per_mille: u16,
    /// Changes of the view, by the epochs that the nodes named: the most that one of them counted.
    pub view_changes: u64,
    /// What changed, as each node told it.
    pub changes: Vec<String>,
    /// How often a node was seen to take another one for dead.
    pub peers_seen_lost: usize,
    /// How often a node was asked for its view, and did not answer.
    pub looks: usize,
    /// See `looks`.
    pub unanswered: usize,
    /// Connections of the load.
    pub connections: usize,
    /// Without an answer.
    pub failed: usize,
    /// Slower than 200 ms; where frames are lost, some are.
    pub slow: usize,
    /// The slowest, in milliseconds.
    pub slowest_ms: f64,
    /// Held connections that broke.
    pub held_broken: usize,
}

/// Keeps farms busy and prints what was seen. `true` when no view changed.
///
/// # Errors
///
/// When a farm does not come up, or its nodes cannot be asked at the end.
pub async fn run(world: &World, args: &BusyArgs) -> Result<bool> {
    let mut outcomes = Vec::new();
    for mode in &args.mode {
        let outcome = keep_busy(world, args, *mode).await?;
        if !args.json {
            // A reader that is gone is no reason to stop.
            let _unseen = writeln!(io::stdout(), "{outcome}");
        }
        outcomes.push(outcome);
    }
    if args.json {
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &outcomes)?;
        writeln!(out)?;
    }
    Ok(outcomes.iter().all(Outcome::is_good))
}

/// Keeps a farm of one entry mode busy.
///
/// # Errors
///
/// When it does not come up, or its nodes cannot be asked at the end.
pub async fn keep_busy(world: &World, args: &BusyArgs, mode: Mode) -> Result<Outcome> {
    let options = FarmOptions {
        nodes: args.nodes,
        mode,
        ..FarmOptions::default()
    };
    let farm = Farm::up(&world.run_dir, options, |_doing| ()).await?;
    let busy = busy(&farm, args).await;
    busy.map_err(|error| farm.explain(error))
}

async fn busy(farm: &Farm, args: &BusyArgs) -> Result<Outcome> {
    let nodes: Vec<u8> = farm.numbers().collect();
    farm.settled(&nodes, PATIENCE).await?;
    let (steady, held) = (farm.steady().await?, farm.held().await?);
    let mut watch = Watch::default();
    watch.look_until_all_answer(farm).await?;
    for node in &nodes {
        for way in Way::BOTH {
            farm.lose(*node, way, args.loss_per_mille).await?;
        }
    }
    let (stress, cores) = Stress::start(usize::from(args.stress_per_core))?;
    let until = Instant::now() + Duration::from_secs(args.seconds);
    while Instant::now() < until {
        sleep(LOOK).await;
        for node in &nodes {
            watch.look(farm, *node).await;
        }
    }
    drop(stress);
    for node in &nodes {
        for way in Way::BOTH {
            farm.lose(*node, way, 0).await?;
        }
    }
    watch.look_until_all_answer(farm).await?;
    let (attempts, held) = tokio::join!(steady.finish(), held.finish());
    let mut outcome = watch.outcome(farm.options().mode, args);
    outcome.cores = cores;
    outcome.stress_threads = cores * usize::from(args.stress_per_core);
    outcome.count(&attempts, &held);
    Ok(outcome)
}

/// The views that the nodes named.
#[derive(Debug, Default)]
struct Watch {
    /// The newest epoch and members of each node.
    newest: BTreeMap<u8, (String, Vec<String>)>,
    /// Changes that each node counted.
    changes: BTreeMap<u8, u64>,
    told: Vec<String>,
    peers_seen_lost: usize,
    looks: usize,
    unanswered: usize,
}

impl Watch {
    async fn look_until_all_answer(&mut self, farm: &Farm) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        for node in farm.numbers() {
            while !self.look(farm, node).await {
                let name = plan::node_name(node);
                ensure!(Instant::now() < deadline, "{name} does not tell its view");
                sleep(LOOK).await;
            }
        }
        Ok(())
    }

    /// Asks a node for its view and its peers; whether it answered.
    async fn look(&mut self, farm: &Farm, node: u8) -> bool {
        self.looks += 1;
        let answered = self.ask(farm, node).await.is_ok();
        self.unanswered += usize::from(!answered);
        answered
    }

    async fn ask(&mut self, farm: &Farm, node: u8) -> Result<()> {
        let (api, name) = (farm.api(node)?, plan::node_name(node));
        let status = api.status(MODULE, &name).await?;
        let peers = api.node_status(&name).await?.peers;
        self.peers_seen_lost += peers.iter().filter(|peer| !peer.alive).count();
        let epoch = status.epoch.context("no view")?;
        let view = (epoch, status.members);
        if let Some(before) = self.newest.insert(node, view.clone())
            && before != view
        {
            let counted = counter(&view.0).saturating_sub(counter(&before.0)).max(1);
            *self.changes.entry(node).or_default() += counted;
            self.told.push(format!(
                "{name}: epoch {} of {} became {} of {}",
                before.0,
                before.1.join(" "),
                view.0,
                view.1.join(" ")
            ));
        }
        Ok(())
    }

    fn outcome(self, mode: Mode, args: &BusyArgs) -> Outcome {
        Outcome {
            mode,
            seconds: args.seconds,
            cores: 0,
            stress_threads: 0,
            loss_per_mille: args.loss_per_mille,
            view_changes: self.changes.values().copied().max().unwrap_or_default(),
            changes: self.told,
            peers_seen_lost: self.peers_seen_lost,
            looks: self.looks,
            unanswered: self.unanswered,
            connections: 0,
            failed: 0,
            slow: 0,
            slowest_ms: 0.0,
            held_broken: 0,
        }
    }
}

/// The counter of an epoch such as `7.0`.
fn counter(epoch: &str) -> u64 {
    let number = epoch.split('.').next().unwrap_or_default();
    number.parse().unwrap_or_default()
}

impl Outcome {
    /// Whether no view changed.
    pub const fn is_good(&self) -> bool {
        self.view_changes == 0
    }

    fn count(&mut self, attempts: &[Attempt], held: &[HeldConnection]) {
        self.connections = attempts.len();
        self.failed = attempts.iter().filter(|a| a.node().is_none()).count();
        self.slow = attempts.iter().filter(|a| a.duration() > SLOW).count();
        let slowest = attempts.iter().map(Attempt::duration).max();
        self.slowest_ms = slowest.map_or(0.0, millis);
        self.held_broken = held.iter().filter(|c| c.broken.is_some()).count();
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mode, seconds, .. } = self;
        let percent = f64::from(self.loss_per_mille) / 10.0;
        writeln!(
            f,
            "{mode}, {seconds} s, {} busy threads on {} cores, {percent:.1} % lost each way on each \
             server's cable: {} view changes",
            self.stress_threads, self.cores, self.view_changes
        )?;
        for change in &self.changes {
            writeln!(f, "  {change}")?;
        }
        writeln!(
            f,
            "  {} looks at the nodes' views, {} unanswered; a node took another one for dead in {} of them",
            self.looks, self.unanswered, self.peers_seen_lost
        )?;
        write!(
            f,
            "  {} connections, {} failed, {} slower than 200 ms, slowest {:.0} ms; {} held ones broke",
            self.connections, self.failed, self.slow, self.slowest_ms, self.held_broken
        )
    }
}

#[cfg(test)]
mod tests {
    use super::counter;

    #[test]
    fn an_epoch_begins_with_its_counter() {
        assert_eq!((counter("7.0"), counter("12.15")), (7, 12));
    }
}
