//! A flood of calls: connections to the API of some nodes, each of which asks again as soon as it is
//! answered, also where it is told that it asks too fast.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use evenkeel_client::{Client, Error};
use reqwest::StatusCode;
use tokio::sync::watch;
use tokio::time::sleep;

use super::account::as_float;
use super::run_each;
use crate::farm::{Farm, MODULE};

/// Before a connection that was refused asks again.
const PAUSE: Duration = Duration::from_millis(10);

/// A running flood. It ends when dropped.
#[derive(Debug)]
pub(super) struct Flood {
    answered: Arc<AtomicU64>,
    began: Instant,
    /// Dropped to end it.
    _stop: watch::Sender<()>,
}

impl Flood {
    /// Starts it from the console: so many connections to these nodes by turns, each asking for the state of
    /// the usual module there. Of all nodes it would wait for one that is lost, when the flood matters most.
    ///
    /// # Errors
    ///
    /// When the console has ended, or the cluster's certificate cannot be read.
    pub(super) async fn start(
        farm: &Farm,
        key: &str,
        nodes: &[u8],
        connections: u16,
    ) -> Result<Self> {
        let mut clients = Vec::new();
        for node in nodes.iter().cycle().take(connections.into()) {
            clients.push(farm.api(*node)?.client_with_key(key)?);
        }
        let answered = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&answered);
        let ask = move |client| ask_on(client, Arc::clone(&counter));
        let stop = run_each(&farm.console().namespace, clients, ask).await?;
        Ok(Self {
            answered,
            began: Instant::now(),
            _stop: stop,
        })
    }

    /// Ends it, and gives the answers a second, those to who asks too fast among them.
    pub(super) fn finish(self) -> f64 {
        as_float(self.answered.load(Ordering::Relaxed)) / self.began.elapsed().as_secs_f64()
    }
}

/// Asks for ever.
async fn ask_on(client: Client, answered: Arc<AtomicU64>) {
    loop {
        let state = client.get_module_on_node().node("self").module(MODULE);
        let answer = state.send().await;
        if answer.is_ok() || answer.is_err_and(|error| is_too_fast(&error)) {
            answered.fetch_add(1, Ordering::Relaxed);
        } else {
            sleep(PAUSE).await;
        }
    }
}

/// Whether a caller was told to ask less often.
fn is_too_fast<E>(error: &Error<E>) -> bool {
    error.status() == Some(StatusCode::TOO_MANY_REQUESTS)
}
