//! A steady stream of new connections, one every few milliseconds, each from the next source.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use tokio::sync::watch;
use tokio::task::{JoinSet, spawn_local};
use tokio::time::{MissedTickBehavior, interval};

use super::attempt::{Attempt, attempt_by};
use super::http::Opening;
use super::tuples::Tuples;
use crate::netns::Namespace;

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

async fn stream(
    options: SteadyOptions,
    sink: Arc<Mutex<Vec<Attempt>>>,
    mut stopped: watch::Receiver<()>,
) {
    let mut attempts = JoinSet::new();
    let mut ticks = interval(options.every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
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
