//! What waits for a receiver, and what became of the rest. Pure: no clock, no network.

use std::collections::VecDeque;

use tokio::time::Instant;

use crate::limits;
use crate::views::feed::{EventKind, FeedEvent};
use crate::views::webhook::{WebhookAnswer, WebhookDeliveries};

/// An event that waits.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Since when.
    pub since: Instant,
    /// The event.
    pub event: FeedEvent,
}

/// How the delivery of an event ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The receiver has it.
    Delivered,
    /// It was given up.
    Failed,
}

/// The events of one webhook, in their order.
#[derive(Debug, Default)]
pub struct Outbox {
    waiting: VecDeque<Waiting>,
    /// One is taken out and being delivered.
    sending: bool,
    /// The receiver wants no more.
    gone: bool,
    /// Nothing more will be added.
    complete: bool,
    /// The receiver did not take what it was sent last.
    refused: bool,
    delivered: u64,
    failed: u64,
    dropped: u64,
    last: Option<WebhookAnswer>,
}

impl Outbox {
    /// Adds an event; where there is no room, the oldest goes, and an event in its place says so. True: that began
    /// just now.
    pub fn add(&mut self, since: Instant, event: FeedEvent) -> bool {
        if self.gone {
            return false;
        }
        let has_gap = self.begins_with_a_gap();
        let is_full = self.waiting.len() >= limits::WEBHOOK_WAITING_MAX + usize::from(has_gap);
        if is_full {
            self.make_room(has_gap);
        }
        self.waiting.push_back(Waiting { since, event });
        is_full && !has_gap
    }

    fn begins_with_a_gap(&self) -> bool {
        let first = self.waiting.front();
        first.is_some_and(|first| first.event.kind == EventKind::EventsLost)
    }

    fn make_room(&mut self, has_gap: bool) {
        let Some(Waiting { since, event }) = self.waiting.remove(usize::from(has_gap)) else {
            return;
        };
        self.dropped += 1;
        if has_gap {
            self.waiting.pop_front();
        }
        let message = "Events are missing here: the receiver did not take them fast enough";
        let gap = FeedEvent {
            id: event.id,
            ..FeedEvent::new(&event.node, EventKind::EventsLost, message)
        };
        self.waiting.push_front(Waiting { since, event: gap });
    }

    /// Takes the next event out, for delivery.
    pub fn take(&mut self) -> Option<Waiting> {
        let next = self.waiting.pop_front();
        self.sending = next.is_some();
        next
    }

    /// Nothing more will be added: what is left is tried once more.
    pub const fn complete(&mut self) {
        self.complete = true;
    }

    /// Whether nothing more will be added.
    pub const fn is_complete(&self) -> bool {
        self.complete
    }

    /// Whether the receiver did not take what it was sent last.
    pub const fn is_refused(&self) -> bool {
        self.refused
    }

    /// Whether nothing is left, for good.
    pub fn is_done(&self) -> bool {
        self.complete && self.waiting.is_empty()
    }

    /// Remembers what the receiver did.
    pub fn answered(&mut self, answer: WebhookAnswer, is_taken: bool) {
        self.last = Some(answer);
        self.refused = !is_taken;
    }

    /// The event that was taken is no matter any more.
    pub fn end(&mut self, end: End) {
        self.sending = false;
        match end {
            End::Delivered => self.delivered += 1,
            End::Failed => self.failed += 1,
        }
    }

    /// The receiver wants no more: nothing waits for it until it is opened again.
    pub fn close(&mut self) {
        self.clear();
        self.gone = true;
    }

    /// Another receiver, or another try with the same.
    pub const fn open(&mut self) {
        self.gone = false;
    }

    /// Drops what waits.
    pub fn clear(&mut self) {
        let waiting = self.waiting.len() + usize::from(self.sending);
        self.dropped += u64::try_from(waiting).unwrap_or_default();
        self.waiting.clear();
        self.sending = false;
    }

    /// As the API shows it.
    pub fn shown(&self) -> WebhookDeliveries {
        let waiting = self.waiting.len() + usize::from(self.sending);
        WebhookDeliveries {
            waiting: u64::try_from(waiting).unwrap_or(u64::MAX),
            delivered: self.delivered,
            failed: self.failed,
            dropped: self.dropped,
            gone: self.gone,
            last: self.last.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = limits::WEBHOOK_WAITING_MAX;

    fn event(number: usize) -> FeedEvent {
        FeedEvent {
            id: format!("4-{number}"),
            ..FeedEvent::new("node1", EventKind::ShareOpened, "")
        }
    }

    fn add(outbox: &mut Outbox, numbers: std::ops::Range<usize>) -> Vec<usize> {
        let now = Instant::now();
        let told = numbers.filter(|number| outbox.add(now, event(*number)));
        told.collect()
    }

    #[test]
    fn the_oldest_go_first_and_a_gap_stands_in_their_place() {
        let mut outbox = Outbox::default();
        // The one that is being sent has left.
        assert!(add(&mut outbox, 0..1).is_empty());
        assert_eq!(outbox.take().unwrap().event.id, "4-0");
        // Told once, however many follow.
        assert_eq!(add(&mut outbox, 1..MOST + 11), [MOST + 1]);
        assert_eq!(outbox.shown().dropped, 10);
        outbox.end(End::Delivered);
        let gap = outbox.take().unwrap().event;
        assert_eq!((gap.kind, &*gap.id), (EventKind::EventsLost, "4-10"));
        outbox.end(End::Delivered);
        for number in 11..MOST + 11 {
            assert_eq!(outbox.take().unwrap().event.id, format!("4-{number}"));
            outbox.end(End::Failed);
        }
        assert!(outbox.take().is_none());
        let shown = outbox.shown();
        let most = u64::try_from(MOST).unwrap();
        assert_eq!((shown.waiting, shown.delivered, shown.failed), (0, 2, most));
    }

    #[test]
    fn who_is_gone_gets_nothing_until_it_is_opened_again() {
        let mut outbox = Outbox::default();
        add(&mut outbox, 0..3);
        outbox.take();
        outbox.end(End::Failed);
        outbox.close();
        add(&mut outbox, 3..5);
        let shown = outbox.shown();
        assert!(shown.gone && outbox.take().is_none());
        assert_eq!((shown.failed, shown.dropped, shown.waiting), (1, 2, 0));
        outbox.open();
        add(&mut outbox, 5..6);
        assert_eq!(outbox.take().unwrap().event.id, "4-5");
        // What is being sent is dropped with the rest.
        outbox.clear();
        assert_eq!((outbox.shown().dropped, outbox.shown().waiting), (3, 0));
    }
}
