//! One connection attempt: connect, ask, read the name, end; and its record.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Result;
use futures::stream::{self, StreamExt};
use serde::Serialize;
use tokio::time::timeout;

use super::http::{After, Opening, ask, open};
use crate::netns::Namespace;

/// Attempts of a burst that are under way at once.
const BURST_AT_ONCE: usize = 32;

/// What became of one connection from one source address and port.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Where it came from.
    pub source: SocketAddr,
    /// When it began.
    pub started: Instant,
    /// When it was connected, if it came so far.
    pub connected: Option<Instant>,
    /// When it had its answer, or failed.
    pub ended: Instant,
    /// The name of the node that answered, or why none did.
    pub outcome: Result<String, Failure>,
}

/// Why a connection has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// No one listens.
    Refused,
    /// It was reset.
    Reset,
    /// It was ended before the answer.
    Closed,
    /// Nothing came in time.
    TimedOut,
    /// Something else, in words.
    Other(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => "refused",
            Self::Reset => "reset",
            Self::Closed => "closed",
            Self::TimedOut => "timed out",
            Self::Other(what) => what,
        })
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        // The list of kinds is the standard library's, and grows.
        #[expect(clippy::wildcard_enum_match_arm, reason = "not an enum of ours")]
        match error.kind() {
            io::ErrorKind::ConnectionRefused => Self::Refused,
            io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe => Self::Reset,
            io::ErrorKind::UnexpectedEof => Self::Closed,
            io::ErrorKind::TimedOut => Self::TimedOut,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl Attempt {
    /// The node that answered.
    pub fn node(&self) -> Option<&str> {
        self.outcome.as_deref().ok()
    }

    /// How long it took to the answer or failure.
    pub fn duration(&self) -> Duration {
        self.ended.saturating_duration_since(self.started)
    }
}

/// One attempt; must run in the client's namespace. It fails after `time_max`.
pub async fn attempt(source: SocketAddr, to: SocketAddr, time_max: Duration) -> Attempt {
    attempt_by(Opening::Usual, source, to, time_max).await
}

/// As [`attempt`], with the connection opened in one of several ways.
pub async fn attempt_by(
    opening: Opening,
    source: SocketAddr,
    to: SocketAddr,
    time_max: Duration,
) -> Attempt {
    let started = Instant::now();
    let mut connected = None;
    let whole = async {
        let mut stream = open(opening, source, to).await?;
        connected = Some(Instant::now());
        ask(&mut stream, After::Close).await
    };
    let outcome = match timeout(time_max, whole).await {
        Ok(Ok(node)) => Ok(node),
        Ok(Err(error)) => Err(Failure::from(error)),
        Err(_elapsed) => Err(Failure::TimedOut),
    };
    Attempt {
        source,
        started,
        connected,
        ended: Instant::now(),
        outcome,
    }
}

/// One attempt from each source, some at a time; the records are in the order of the sources.
///
/// # Errors
///
/// When the client's namespace has ended; failed attempts are in the records.
pub async fn burst(
    client: &Namespace,
    sources: Vec<SocketAddr>,
    to: SocketAddr,
    time_max: Duration,
) -> Result<Vec<Attempt>> {
    let all = move || {
        stream::iter(sources)
            .map(move |source| attempt(source, to, time_max))
            .buffered(BURST_AT_ONCE)
            .collect()
    };
    client.run(all).await
}
