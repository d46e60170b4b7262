//! From the engine's events to the modules' logs and those who follow.

use evenkeel_core::event::Event;
use tokio::sync::broadcast::{self, error::RecvError};

use crate::feed::{Feed, told};
use crate::store::Store;
use crate::store::logs::{self, LogLine};
use crate::views::feed::{EventKind, FeedEvent};

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
