//! A steady stream of new connections, one every few milliseconds, each from the next source.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use tokio::sync::watch;
use tokio::task::{JoinSet, spawn_local};
use tokio::time::{MissedTickBehavior, interval, sleep};

use super::attempt::{Attempt, attempt_by};
use super::http::Opening;
use super::tuples::Tuples;
use crate::netns::Namespace;

/// How often the records are looked at.
const LOOK: Duration = Duration::from_millis(10);

/// What kind of stream.
#[derive(Clone, Debug)]
pub struct SteadyOptions {
    /// Where to connect.
    pub to: SocketAddr,
    /// Where from.
    pub sources: Tuples,
    /// How each connection is opened.
    pub opening: Opening,
    /// Time between two attempts.
    pub every: Duration,
    /// Attempts that are late are made up for at once, so that their number per second holds; else
    /// the stream goes on from there.
    pub catches_up: bool,
    /// Longest time of one attempt.
    pub time_max: Duration,
}

/// A running stream. It ends when dropped; the records are kept until [`Steady::finish`].
#[derive(Debug)]
pub struct Steady {
    records: Arc<Mutex<Vec<Attempt>>>,
    /// Dropped to end the stream.
    stop: watch::Sender<()>,
    ended: tokio::sync::oneshot::Receiver<()>,
}

impl Steady {
    /// Starts a stream in the client's namespace.
    ///
    /// # Errors
    ///
    /// When the namespace has ended.
    pub async fn start(client: &Namespace, options: SteadyOptions) -> Result<Self> {
        let records = Arc::new(Mutex::new(Vec::new()));
        let (stop, stopped) = watch::channel(());
        let (end, ended) = tokio::sync::oneshot::channel();
        let sink = Arc::clone(&records);
        let start = move || async move {
            spawn_local(async move {
                stream(options, sink, stopped).await;
                // Nobody waits when the stream was dropped.
                let _unheard = end.send(());
            });
        };
        client.run(start).await?;
        Ok(Self {
            records,
            stop,
            ended,
        })
    }

    /// Looks at the records so far; attempts under way are not among them.
    pub fn with_records<T>(&self, look: impl FnOnce(&[Attempt]) -> T) -> T {
        look(&self.records.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until so many source addresses have an answer, from one of these nodes, to a connection
    /// that began at a moment or later. Gives the moment of the last of these answers.
    ///
    /// # Errors
    ///
    /// When they have not in this time: how many have.
    pub async fn answered(
        &self,
        addresses: usize,
        from: Instant,
        by: impl Fn(&str) -> bool,
        patience: Duration,
    ) -> Result<Instant> {
        let deadline = Instant::now() + patience;
        loop {
            let first = self.with_records(|attempts| first_answers(attempts, from, &by));
            if first.len() >= addresses {
                return Ok(first.into_values().max().unwrap_or(from));
            }
            ensure!(
                Instant::now() < deadline,
                "{} of {addresses} client addresses were answered",
                first.len()
            );
            sleep(LOOK).await;
        }
    }

    /// Starts no more attempts, waits for those under way, and gives all records in the order in
    /// which they began.
    pub async fn finish(self) -> Vec<Attempt> {
        drop(self.stop);
        // An error means that the namespace ended first: the records up to then are there.
        drop(self.ended.await);
        let mut records =
            std::mem::take(&mut *self.records.lock().unwrap_or_else(PoisonError::into_inner));
        records.sort_by_key(|record: &Attempt| record.started);
        records
    }
}

/// When each source address was first answered by one of these nodes, in connections that began at
/// a moment or later.
fn first_answers(
    attempts: &[Attempt],
    from: Instant,
    by: impl Fn(&str) -> bool,
) -> BTreeMap<IpAddr, Instant> {
    let mut first = BTreeMap::<IpAddr, Instant>::new();
    let counted = attempts
        .iter()
        .filter(|attempt| attempt.started >= from && attempt.node().is_some_and(&by));
    for attempt in counted {
        let at = first.entry(attempt.source.ip()).or_insert(attempt.ended);
        *at = (*at).min(attempt.ended);
    }
    first
}

async fn stream(
    options: SteadyOptions,
    sink: Arc<Mutex<Vec<Attempt>>>,
    mut stopped: watch::Receiver<()>,
) {
    let mut attempts = JoinSet::new();
    let mut ticks = interval(options.every);
    ticks.set_missed_tick_behavior(if options.catches_up {
        MissedTickBehavior::Burst
    } else {
        MissedTickBehavior::Delay
    });
    for source in options.sources {
        tokio::select! {
            _ = ticks.tick() => {}
            _ = stopped.changed() => break,
        }
        let sink = Arc::clone(&sink);
        attempts.spawn_local(async move {
            let record = attempt_by(options.opening, source, options.to, options.time_max).await;
            sink.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(record);
        });
        while attempts.try_join_next().is_some() {}
    }
    while attempts.join_next().await.is_some() {}
}
