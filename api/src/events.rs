//! From the engine's events to the modules' logs and the daemon's own.

use evenkeel_core::event::Event;
use tokio::sync::broadcast::{self, error::RecvError};

use crate::store::Store;
use crate::store::logs::{self, LogLine};
use crate::views::module::LogLevel;

/// Lines written in one transaction at the most.
const BATCH: usize = 64;

/// Writes events as they come, until the engine ends.
pub async fn write(mut events: broadcast::Receiver<Event>, store: Store) {
    loop {
        let mut lines = Vec::new();
        match events.recv().await {
            Ok(event) => lines.extend(line(&event)),
            Err(RecvError::Lagged(lost)) => {
                tracing::warn!(lost, "{lost} events came too fast for the modules' logs");
            }
            Err(RecvError::Closed) => return,
        }
        while lines.len() < BATCH
            && let Ok(event) = events.try_recv()
        {
            lines.extend(line(&event));
        }
        if let Err(error) = store.run(move |db| logs::add(db, &lines)).await {
            let cause = crate::problem::Chain(&error).to_string();
            tracing::error!(cause, "the modules' logs cannot be written");
        }
    }
}

/// The line in the module's log. Events about peers are about no module.
fn line(event: &Event) -> Option<LogLine> {
    match event.module() {
        Some(module) => {
            tracing::info!(%module, "{event}");
            let level = if event.is_verbose() {
                LogLevel::Verbose
            } else {
                LogLevel::Normal
            };
            Some(LogLine::now(module, level, event))
        }
        None => {
            tracing::info!("{event}");
            None
        }
    }
}
