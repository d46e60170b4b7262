//! Brings the events of one webhook to its receiver, one after the other, each again and again until the receiver
//! has it or it is given up. A dead receiver holds up nobody but itself: each webhook has a courier of its own.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures::{Stream, StreamExt};
use rand::Rng;
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use super::message::Message;
use super::outbox::{End, Outbox, Waiting};
use super::target::{Attempt, Target};
use crate::limits;
use crate::views::feed::FeedEvent;

/// What waits, for the courier and for those who look.
#[derive(Debug, Default)]
pub struct Mailbox {
    /// Held for a moment only, never across an await.
    outbox: Mutex<Outbox>,
    added: Notify,
}

impl Mailbox {
    /// What is in it.
    pub fn lock(&self) -> MutexGuard<'_, Outbox> {
        self.outbox.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, event: FeedEvent) -> bool {
        let began_to_drop = self.lock().add(Instant::now(), event);
        self.added.notify_one();
        began_to_drop
    }

    /// Nothing more will be added.
    fn complete(&self) {
        self.lock().complete();
        self.added.notify_one();
    }

    /// What is next; `None` where nothing is left, for good.
    async fn next(&self) -> Option<Waiting> {
        loop {
            let (next, is_done) = {
                let mut outbox = self.lock();
                (outbox.take(), outbox.is_done())
            };
            if next.is_some() || is_done {
                return next;
            }
            self.added.notified().await;
        }
    }
}

/// Who brings a webhook's events.
#[derive(Debug)]
pub struct Courier {
    /// The webhook's name.
    pub name: String,
    /// The cluster's id.
    pub cluster: String,
    /// What waits.
    pub mailbox: Arc<Mailbox>,
    /// Where it goes; it can be changed meanwhile.
    pub target: watch::Receiver<Arc<Target>>,
}

/// How it went lately.
#[derive(Debug, Default)]
struct Luck {
    /// Failures since the receiver took something.
    failures: u32,
    /// The pause before the next try.
    pause: Duration,
}

impl Courier {
    /// Works until it is dropped, or the events have ended and each was brought or given up.
    pub async fn run(self, events: impl Stream<Item = FeedEvent> + Send) {
        let (collected, target) = (self.mailbox.clone(), self.target.clone());
        let all_collected = self.mailbox.clone();
        let name = self.name.clone();
        let collect = events.for_each(|event| {
            if target.borrow().wants(&event) && collected.add(event) {
                let most = limits::WEBHOOK_WAITING_MAX;
                tracing::warn!(
                    webhook = name,
                    "webhook {name}: more than {most} events wait, the oldest are dropped"
                );
            }
            std::future::ready(())
        });
        let collect = async {
            collect.await;
            all_collected.complete();
        };
        tokio::join!(collect, self.deliver_all());
    }

    async fn deliver_all(mut self) {
        let mut luck = Luck::default();
        while let Some(waiting) = self.mailbox.next().await {
            self.deliver(&waiting, &mut luck).await;
        }
    }

    async fn deliver(&mut self, waiting: &Waiting, luck: &mut Luck) {
        let message = Message::of(&self.cluster, &waiting.event);
        loop {
            let target = self.target.borrow_and_update().clone();
            let attempt = async {
                tokio::time::sleep(luck.pause).await;
                target.attempt(&message).await
            };
            let attempt = tokio::select! {
                biased;
                // Another receiver may have more luck: it is tried at once.
                Ok(()) = self.target.changed() => {
                    *luck = Luck::default();
                    continue;
                }
                attempt = attempt => attempt,
            };
            if self.is_over(waiting, &attempt, luck) {
                return;
            }
        }
    }

    /// Whether nothing is left to do for the event.
    fn is_over(&self, waiting: &Waiting, attempt: &Attempt, luck: &mut Luck) -> bool {
        let mut outbox = self.mailbox.lock();
        outbox.answered(attempt.answer.clone(), attempt.is_taken());
        if attempt.is_taken() {
            outbox.end(End::Delivered);
            self.tell_success(luck);
            *luck = Luck::default();
            return true;
        }
        self.tell_failure(attempt, luck);
        luck.pause = match outbox.is_complete() {
            true => Duration::ZERO,
            false => pause(luck.failures, attempt.retry_after),
        };
        luck.failures = luck.failures.saturating_add(1);
        // Who changed the target meanwhile opens the outbox after this, or is seen here.
        let is_gone = attempt.is_gone() && self.target.has_changed().is_ok_and(|changed| !changed);
        let is_late = waiting.since.elapsed() >= limits::WEBHOOK_PATIENCE;
        let is_over = is_gone || is_late || outbox.is_complete();
        if is_over {
            outbox.end(End::Failed);
        }
        if is_gone {
            outbox.close();
        }
        is_over
    }

    fn tell_success(&self, luck: &Luck) {
        let (name, failures) = (&self.name, luck.failures);
        if failures > 0 {
            tracing::info!(
                webhook = name,
                failures,
                "webhook {name}: the receiver takes events again"
            );
        }
    }

    /// Once, however often it fails.
    fn tell_failure(&self, attempt: &Attempt, luck: &Luck) {
        let (name, why) = (&self.name, attempt.told());
        if attempt.is_gone() {
            tracing::warn!(
                webhook = name,
                "webhook {name}: the receiver wants no more events (410)"
            );
        } else if luck.failures == 0 {
            tracing::warn!(
                webhook = name,
                why,
                "webhook {name}: the receiver does not take events: {why}"
            );
        }
    }
}

/// The pause after this many failures before the one at hand: twice as long each time, and somewhere between half
/// of it and all, so that the nodes of a farm do not come back together.
fn pause(failures: u32, retry_after: Option<Duration>) -> Duration {
    let (least, most) = (limits::WEBHOOK_PAUSE_MIN, limits::WEBHOOK_PAUSE_MAX);
    let doubled = least.saturating_mul(2_u32.saturating_pow(failures));
    let pause = doubled
        .min(most)
        .mul_f64(rand::rng().random_range(0.5..=1.0));
    pause.max(retry_after.unwrap_or_default()).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_the_longest_and_are_not_alike() {
        let (least, most) = (limits::WEBHOOK_PAUSE_MIN, limits::WEBHOOK_PAUSE_MAX);
        for failures in [0, 1, 5, 9, 10, 40, u32::MAX] {
            let whole = least
                .saturating_mul(2_u32.saturating_pow(failures))
                .min(most);
            let pauses: Vec<_> = (0..32).map(|_| pause(failures, None)).collect();
            assert!(
                pauses
                    .iter()
                    .all(|pause| (whole / 2..=whole).contains(pause))
            );
            assert!(pauses.iter().any(|pause| *pause != pauses[0]));
        }
        let asked = Duration::from_secs(60);
        assert_eq!(pause(0, Some(asked)), asked);
        assert_eq!(pause(0, Some(Duration::MAX)), most);
    }
}
