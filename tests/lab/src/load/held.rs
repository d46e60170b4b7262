//! Connections that stay: each asks again and again; one that breaks is recorded and replaced.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::spawn_local;
use tokio::time::{sleep, timeout};

use super::attempt::Failure;
use super::http::{After, ask, connect};
use super::tuples::Tuples;
use crate::netns::Namespace;

/// How often the lives are looked at by who waits.
const LOOK: Duration = Duration::from_millis(5);

/// How many connections, and how they are used.
#[derive(Clone, Debug)]
pub struct HeldOptions {
    /// Where to connect.
    pub to: SocketAddr,
    /// Where from; each replacement takes the next one.
    pub sources: Tuples,
    /// How many at a time.
    pub connections: usize,
    /// The time in which the first ones are opened, one after the other: as long as that between two requests, it
    /// keeps thousands from coming in waves.
    pub spread: Duration,
    /// Time between the requests of one connection.
    pub every: Duration,
    /// Longest time of one request; then the connection counts as broken.
    pub time_max: Duration,
    /// After this time the client ends a connection in good order, with an answer, and opens another one.
    pub life: Option<Duration>,
}

/// The life of one connection.
#[derive(Clone, Debug)]
pub struct HeldConnection {
    /// Where it came from.
    pub source: SocketAddr,
    /// The node that answered its first request; empty when none did.
    pub node: String,
    /// When it was opened.
    pub opened: Instant,
    /// When each answer was asked for, and how long it took.
    pub answers: Vec<(Instant, Duration)>,
    /// When the answer was asked for that had not come at the end.
    pub waiting: Option<Instant>,
    /// When and how it broke; `None` when it held to the end.
    pub broken: Option<(Instant, Failure)>,
    /// When it ended in good order before that.
    pub ended: Option<Instant>,
    /// Answers that came from another node than the first one; always zero when all is well.
    pub strangers: u64,
}

impl HeldConnection {
    /// The longest wait for an answer between two moments; one that had not come at the end of the
    /// record counts up to `until`.
    pub fn longest_wait(&self, from: Instant, until: Instant) -> Duration {
        let overlaps = |asked: Instant, took: Duration| asked + took > from && asked < until;
        let waits = self
            .answers
            .iter()
            .filter(|(asked, took)| overlaps(*asked, *took));
        let waiting = self.waiting.filter(|_| self.broken.is_none());
        let waiting = waiting.map(|asked| until.saturating_duration_since(asked));
        waits
            .map(|(_, took)| *took)
            .chain(waiting)
            .max()
            .unwrap_or_default()
    }
}

/// Running connections. They end when dropped.
#[derive(Debug)]
pub struct Held {
    records: Arc<Mutex<Vec<HeldConnection>>>,
    stop: watch::Sender<()>,
    ended: tokio::sync::mpsc::Receiver<()>,
}

impl Held {
    /// Opens the connections in the client's namespace. The first ones have lives of different lengths, so that
    /// their ends do not come all at once.
    ///
    /// # Errors
    ///
    /// When the namespace has ended.
    pub async fn start(client: &Namespace, options: HeldOptions) -> Result<Self> {
        let records = Arc::new(Mutex::new(Vec::new()));
        let (stop, stopped) = watch::channel(());
        let (end, ended) = tokio::sync::mpsc::channel(1);
        let sink = Arc::clone(&records);
        let start = move || async move {
            let sources = Arc::new(Mutex::new(options.sources.clone()));
            let all = u32::try_from(options.connections).unwrap_or(u32::MAX);
            for number in 0..all {
                let part = |of: Duration| of * number / all;
                let line = Line {
                    options: options.clone(),
                    wait: part(options.spread),
                    age: options.life.map(part).unwrap_or_default(),
                    sources: Arc::clone(&sources),
                    records: Arc::clone(&sink),
                    stopped: stopped.clone(),
                };
                let end = end.clone();
                spawn_local(async move {
                    line.keep().await;
                    drop(end);
                });
            }
        };
        client.run(start).await?;
        Ok(Self {
            records,
            stop,
            ended,
        })
    }

    /// Looks at the lives so far; open connections are among them.
    pub fn with_records<T>(&self, look: impl FnOnce(&[HeldConnection]) -> T) -> T {
        look(&self.records.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until this is so of the lives, at most for `patience`; whether it came to that.
    pub async fn until(
        &self,
        patience: Duration,
        holds: impl Fn(&[HeldConnection]) -> bool,
    ) -> bool {
        let deadline = Instant::now() + patience;
        while !self.with_records(&holds) {
            if Instant::now() >= deadline {
                return false;
            }
            sleep(LOOK).await;
        }
        true
    }

    /// Ends all connections, and gives their lives.
    pub async fn finish(mut self) -> Vec<HeldConnection> {
        drop(self.stop);
        // Nothing is ever sent: this is the end of the last line.
        while self.ended.recv().await.is_some() {}
        std::mem::take(&mut *self.records.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One place that is kept filled with a connection.
struct Line {
    options: HeldOptions,
    /// Before the first connection is opened.
    wait: Duration,
    /// What the first connection counts as its life so far.
    age: Duration,
    sources: Arc<Mutex<Tuples>>,
    records: Arc<Mutex<Vec<HeldConnection>>>,
    stopped: watch::Receiver<()>,
}

impl Line {
    async fn keep(mut self) {
        let mut stopped = self.stopped.clone();
        tokio::select! {
            () = self.one_after_the_other() => {}
            _ = stopped.changed() => {}
        }
    }

    async fn one_after_the_other(&mut self) {
        sleep(self.wait).await;
        loop {
            let next = self
                .sources
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .next();
            let Some(source) = next else { return };
            let opened = Instant::now();
            let life = self.options.life;
            let life = life.map(|life| life.saturating_sub(std::mem::take(&mut self.age)));
            let record = HeldConnection {
                source,
                node: String::new(),
                opened,
                answers: Vec::new(),
                waiting: None,
                broken: None,
                ended: None,
                strangers: 0,
            };
            let number = self.push(record);
            let connected = timeout(self.options.time_max, connect(source, self.options.to));
            let end = match connected.await {
                Ok(Ok(stream)) => self.converse(number, life, stream).await,
                Ok(Err(error)) => Err(error.into()),
                Err(_elapsed) => Err(Failure::TimedOut),
            };
            let now = Instant::now();
            self.update(number, |record| match end {
                Ok(()) => record.ended = Some(now),
                Err(failure) => record.broken = Some((now, failure)),
            });
            sleep(self.options.every).await;
        }
    }

    /// Asks until the connection breaks, or has lived long enough.
    async fn converse(
        &self,
        number: usize,
        life: Option<Duration>,
        mut stream: TcpStream,
    ) -> Result<(), Failure> {
        let begun = Instant::now();
        loop {
            let asked = Instant::now();
            self.update(number, |record| record.waiting = Some(asked));
            let is_last = life.is_some_and(|life| asked - begun >= life);
            let after = if is_last { After::Close } else { After::Keep };
            let answer = timeout(self.options.time_max, ask(&mut stream, after)).await;
            let node = match answer {
                Ok(Ok(node)) => node,
                Ok(Err(error)) => return Err(error.into()),
                Err(_elapsed) => return Err(Failure::TimedOut),
            };
            let took = asked.elapsed();
            self.update(number, |record| {
                if record.answers.is_empty() {
                    record.node = node;
                } else if record.node != node {
                    record.strangers += 1;
                }
                record.answers.push((asked, took));
                record.waiting = None;
            });
            if is_last {
                return Ok(());
            }
            sleep(self.options.every).await;
        }
    }

    fn push(&self, record: HeldConnection) -> usize {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        records.push(record);
        records.len() - 1
    }

    fn update(&self, number: usize, change: impl FnOnce(&mut HeldConnection)) {
        let mut records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(record) = records.get_mut(number) {
            change(record);
        }
    }
}
