//! From the engine's events to the modules' logs and those who follow.

use evenkeel_core::event::Event;
use evenkeel_core::ids::ModuleName;
use tokio::sync::broadcast::{self, error::RecvError};

use crate::app::App;
use crate::feed::{Feed, told};
use crate::store::logs::{self, LogLine};
use crate::store::{Store, StoreError};
use crate::views::feed::{EventKind, FeedEvent};
use crate::views::module::LogLevel;

/// Lines written in one transaction at the most.
const BATCH: usize = 64;

/// Writes events as they come, until the engine ends.
pub async fn write(mut events: broadcast::Receiver<Event>, feed: &Feed, store: Store) {
    loop {
        let mut lines = Vec::new();
        match events.recv().await {
            Ok(event) => lines.extend(line(&event, feed)),
            Err(RecvError::Lagged(lost)) => {
                let message = format!("{lost} events came too fast for the modules' logs");
                tracing::warn!(lost, "{message}");
                feed.add(FeedEvent::new(feed.node(), EventKind::EventsLost, message));
            }
            Err(RecvError::Closed) => return,
        }
        while lines.len() < BATCH
            && let Ok(event) = events.try_recv()
        {
            lines.extend(line(&event, feed));
        }
        if let Err(error) = store.run(move |db| logs::add(db, &lines)).await {
            let cause = crate::problem::Chain(&error).to_string();
            tracing::error!(cause, "the modules' logs cannot be written");
        }
    }
}

/// The line in the module's log. Events about peers are about no module. In the daemon's own log the engine
/// writes them.
fn line(event: &Event, feed: &Feed) -> Option<LogLine> {
    feed.add(told::event(feed.node(), event));
    let module = event.module()?;
    Some(LogLine::now(module, told::level(event), event))
}

/// A line that is no event of the engine, for a module's log and for those who follow.
///
/// # Errors
///
/// When the log cannot be written.
pub async fn message(
    app: &App,
    module: &ModuleName,
    level: LogLevel,
    message: String,
) -> Result<(), StoreError> {
    app.feed.add(FeedEvent {
        level,
        module: Some(module.to_string()),
        ..FeedEvent::new(app.feed.node(), EventKind::MessageWritten, &message)
    });
    let line = [LogLine::now(module, level, message)];
    app.store.run(move |db| logs::add(db, &line)).await
}
