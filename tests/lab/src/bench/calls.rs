//! `evenkeel-lab bench calls`: how long the API takes to tell a module's state on all nodes, alone and
//! while many follow the events; and how long an event takes to reach all of these.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, anyhow, ensure};
use evenkeel_client::types::{EventKind, LogMessage};
use evenkeel_client::{Client, Follow, follow};
use serde::Serialize;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::run_each;
use crate::farm::{Farm, FarmOptions, MODULE, PATIENCE, plan};
use crate::isolate::World;
use crate::report::{Percentiles, millis};

/// The node that is asked and followed.
const ASKED: u8 = 1;

/// Between two events.
const EVENT_EVERY: Duration = Duration::from_millis(100);

/// How often it is looked whether all have arrived.
const POLL: Duration = Duration::from_millis(20);

/// What is measured.
#[derive(Clone, Debug, clap::Args)]
pub struct CallsArgs {
    /// Followers of the second measurement
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u16).range(1..=500))]
    pub followers: u16,
    /// Servers of the farm
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(2..=16))]
    pub nodes: u8,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub seconds: u64,
    /// Print one JSON document instead of a table
    #[arg(long)]
    pub json: bool,
}

/// What one caller saw, while so many followed.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Followers, each on a connection of its own.
    pub followers: u16,
    /// Calls, one after the other.
    pub calls: usize,
    /// From a call to its answer, in milliseconds.
    pub call_ms: Option<Percentiles>,
    /// Events that were caused meanwhile, on each node by turns.
    pub events: usize,
    /// How often one of them should have reached a follower and did not.
    pub missed: usize,
    /// From the call that causes an event to its arrival at a follower, all of these together, in
    /// milliseconds.
    pub arrival_ms: Option<Percentiles>,
}

/// Measures inside an isolation, and prints.
///
/// # Errors
///
/// When the farm does not come up, or a call is refused.
pub async fn run(world: &World, args: &CallsArgs) -> Result<()> {
    let options = FarmOptions {
        nodes: args.nodes,
        ..FarmOptions::default()
    };
    let farm = Farm::up(&world.run_dir, options, |_doing| ()).await?;
    let measured = async {
        let all: Vec<u8> = farm.numbers().collect();
        farm.settled(&all, PATIENCE).await?;
        let key = farm.api(ASKED)?.make_key("followers").await?;
        let time = Duration::from_secs(args.seconds);
        let mut rows = Vec::new();
        for followers in [0, args.followers] {
            rows.push(measure(&farm, &key, followers, time).await?);
        }
        anyhow::Ok(rows)
    };
    let measured = measured.await;
    print(args, &measured.map_err(|error| farm.explain(error))?)
}

async fn measure(farm: &Farm, key: &str, followers: u16, time: Duration) -> Result<Row> {
    let following = Following::start(farm, key, followers).await?;
    let until = Instant::now() + time;
    let (calls, causes) = tokio::try_join!(ask(farm, until), cause(farm, until))?;
    let (events, expected) = (causes.len(), causes.len() * usize::from(followers));
    let arrivals = following.finish(expected).await;
    let delays: Vec<f64> = arrivals
        .iter()
        .filter_map(|(event, at)| Some(millis(at.saturating_duration_since(*causes.get(event)?))))
        .collect();
    Ok(Row {
        followers,
        calls: calls.len(),
        call_ms: Percentiles::of(&calls),
        events,
        missed: expected.saturating_sub(delays.len()),
        arrival_ms: Percentiles::of(&delays),
    })
}

/// Asks for the module's state on all nodes, again and again; gives the milliseconds of each call.
async fn ask(farm: &Farm, until: Instant) -> Result<Vec<f64>> {
    let api = farm.api(ASKED)?;
    let mut calls = Vec::new();
    while Instant::now() < until {
        let began = Instant::now();
        let state = api.call(|client| async move {
            let state = client.get_module().module(MODULE);
            state.send().await
        });
        state
            .await?
            .map_err(|refusal| anyhow!("the state: {refusal}"))?;
        calls.push(millis(began.elapsed()));
    }
    Ok(calls)
}

/// Causes events on all nodes by turns; gives what each says, and when it was asked for.
async fn cause(farm: &Farm, until: Instant) -> Result<BTreeMap<String, Instant>> {
    let api = farm.api(ASKED)?;
    let mut causes = BTreeMap::new();
    let mut ticks = interval(EVENT_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for number in farm.numbers().cycle() {
        ticks.tick().await;
        if Instant::now() >= until {
            break;
        }
        let (node, text) = (plan::node_name(number), format!("event {}", causes.len()));
        let message = LogMessage {
            message: text.parse()?,
            level: None,
        };
        causes.insert(text, Instant::now());
        let written = api.call(|client| async move {
            let write = client.write_module_log().node(node).module(MODULE);
            write.body(message).send().await
        });
        written
            .await?
            .map_err(|refusal| anyhow!("writing a line: {refusal}"))?;
    }
    Ok(causes)
}

/// What arrived: what an event says, and when.
type Arrivals = Vec<(String, Instant)>;

/// Those who follow, each on a connection of its own.
#[derive(Debug)]
struct Following {
    seen: Arc<Mutex<Seen>>,
    /// Dropped to end it.
    _stop: watch::Sender<()>,
}

#[derive(Debug, Default)]
struct Seen {
    /// Streams of one node's events that have begun.
    opened: usize,
    arrivals: Arrivals,
    broken: Option<String>,
}

impl Following {
    /// Begins to follow from where the clients are, and waits until all of them do.
    async fn start(farm: &Farm, key: &str, followers: u16) -> Result<Self> {
        let api = farm.api(ASKED)?;
        let clients = (0..followers).map(|_| api.client_with_key(key));
        let clients: Vec<Client> = clients.collect::<Result<_>>()?;
        let seen = Arc::new(Mutex::new(Seen::default()));
        let sink = Arc::clone(&seen);
        let take = move |client| take(client, Arc::clone(&sink));
        let stop = run_each(&farm.client().namespace, clients, take).await?;
        let following = Self { seen, _stop: stop };
        // Each node's part of a stream begins by itself.
        let streams = usize::from(followers) * usize::from(farm.options().nodes);
        let deadline = Instant::now() + PATIENCE;
        while following.look(|seen| seen.opened) < streams {
            if let Some(broken) = following.look(|seen| seen.broken.clone()) {
                return Err(anyhow!("a follower: {broken}"));
            }
            ensure!(Instant::now() < deadline, "not all followers are answered");
            sleep(POLL).await;
        }
        Ok(following)
    }

    /// Waits a while for so many arrivals, and gives those that there are.
    async fn finish(self, expected: usize) -> Arrivals {
        let deadline = Instant::now() + PATIENCE;
        while self.look(|seen| seen.arrivals.len()) < expected && Instant::now() < deadline {
            sleep(POLL).await;
        }
        self.look(|seen| std::mem::take(&mut seen.arrivals))
    }

    fn look<T>(&self, look: impl FnOnce(&mut Seen) -> T) -> T {
        look(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Takes down what arrives until the stream is refused.
async fn take(client: Client, sink: Arc<Mutex<Seen>>) {
    let mut events = follow(&client, Follow::default());
    loop {
        let event = events.next().await;
        let at = Instant::now();
        let mut seen = sink.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            Ok(event) if event.kind == EventKind::StreamOpened => {
                seen.opened += 1;
            }
            Ok(event) if event.kind == EventKind::MessageWritten => {
                seen.arrivals.push((event.message, at));
            }
            Ok(_other) => {}
            Err(error) => {
                seen.broken = Some(error.to_string());
                return;
            }
        }
    }
}

fn print(args: &CallsArgs, rows: &[Row]) -> Result<()> {
    if args.json {
        return super::print_json(rows);
    }
    let fine = |of: Option<Percentiles>| {
        of.map_or_else(
            || "-".to_owned(),
            |of| format!("{:.1} / {:.1} / {:.1}", of.p50, of.p99, of.max),
        )
    };
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "GET /v1/modules/{MODULE} of {} nodes, one call after the other, over {} s; an event every {} ms. \
         Milliseconds: p50 / p99 / max.\n",
        args.nodes,
        args.seconds,
        EVENT_EVERY.as_millis()
    )?;
    writeln!(
        out,
        "{:>9} {:>8} {:>24} {:>8} {:>8} {:>24}",
        "followers", "calls", "to the answer", "events", "missed", "to a follower"
    )?;
    for row in rows {
        writeln!(
            out,
            "{:>9} {:>8} {:>24} {:>8} {:>8} {:>24}",
            row.followers,
            row.calls,
            fine(row.call_ms),
            row.events,
            row.missed,
            fine(row.arrival_ms)
        )?;
    }
    Ok(())
}
