//! The signals by which people and services end a program, as something to wait for.

use anyhow::Result;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Watches for the signals from when it is made on.
#[derive(Debug)]
pub struct Interruption([Signal; 3]);

impl Interruption {
    /// While it exists the signals do not end the program by themselves.
    ///
    /// # Errors
    ///
    /// When they cannot be watched.
    pub fn new() -> Result<Self> {
        let kinds = [
            SignalKind::interrupt(),
            SignalKind::terminate(),
            SignalKind::hangup(),
        ];
        let [interrupt, terminate, hangup] = kinds.map(signal);
        Ok(Self([interrupt?, terminate?, hangup?]))
    }

    /// Waits for the first of them.
    pub async fn wait(&mut self) {
        let [interrupt, terminate, hangup] = &mut self.0;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }
}
