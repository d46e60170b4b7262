//! How many sockets live here in buckets of others: counted after each change of tables, again while
//! there may be some, and often while a module that stops waits for the last of them.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Membership, Phase};
use crate::effect::Effect;
use crate::ids::{Epoch, Time};
use crate::lease::Beats;

/// While sockets may live in buckets of others they are counted this often.
const INTERVAL: Duration = Duration::from_secs(1);

/// The same while somebody waits for their end.
const DRAIN_INTERVAL: Duration = Duration::from_millis(100);

/// An answer that has not come by then will not: the kernel refused it.
const ANSWER_TIME_MAX: Duration = Duration::from_secs(10);

/// The counts that were asked for.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Counting {
    number: u64,
    last: Option<Asked>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Asked {
    epoch: Epoch,
    at: Time,
    answered: bool,
}

impl Counting {
    /// Whoever answers from here on answers nothing that is still asked.
    pub(super) const fn forget(&mut self) {
        self.last = None;
    }

    const fn ask(&mut self, epoch: Epoch, at: Time) -> u64 {
        let answered = false;
        self.number += 1;
        self.last = Some(Asked {
            epoch,
            at,
            answered,
        });
        self.number
    }

    /// Whether this answers the last question.
    fn answer(&mut self, (epoch, number): (Epoch, u64)) -> bool {
        let is_last = |asked: &&mut Asked| asked.epoch == epoch && self.number == number;
        let asked = self.last.as_mut().filter(is_last);
        asked.map(|asked| asked.answered = true).is_some()
    }

    fn is_due(&self, interval: Duration, now: Time) -> bool {
        self.last.is_some_and(|asked| {
            let patience = if asked.answered {
                interval
            } else {
                ANSWER_TIME_MAX
            };
            now.since(asked.at) >= patience
        })
    }
}

impl Membership {
    /// Asks for a count of held sockets.
    pub(super) fn count(&mut self, now: Time) {
        if let Some(epoch) = self.epoch() {
            let (module, number) = (self.module(), self.counting.ask(epoch, now));
            self.effects.push(Effect::CountHeld {
                module,
                epoch,
                number,
            });
        }
    }

    /// Asks again while there may be any.
    pub(super) fn count_again(&mut self, now: Time) {
        let interval = match self.phase {
            Phase::Draining { .. } => DRAIN_INTERVAL,
            Phase::Idle | Phase::Serving | Phase::Leaving { .. } | Phase::Left => INTERVAL,
        };
        if self.counting.is_due(interval, now) && self.handover.may_hold() {
            self.count(now);
        }
    }

    /// The sockets in buckets of others were counted; `asked` is the epoch and the number of
    /// [`Effect::CountHeld`].
    pub fn held(&mut self, asked: (Epoch, u64), held: &[u32], beats: &Beats, now: Time) {
        let Some(version) = self.version().filter(|version| version.epoch == asked.0) else {
            return;
        };
        if !self.counting.answer(asked) {
            return;
        }
        let before = self.handover.held();
        self.handover.counted(version, held);
        self.changed |= before != self.handover.held();
        if matches!(self.phase, Phase::Draining { .. }) && held.iter().all(|held| *held == 0) {
            self.phase = Phase::Left;
        }
        self.settle_down(beats, now);
    }

    /// The others have the share; what this node holds may come to its end. It opens nothing, so a
    /// count from here on can only become smaller.
    pub(super) fn drain(&mut self, now: Time) {
        let until = now + self.setup.drain;
        self.phase = Phase::Draining { until };
        self.count(now);
        self.end_drain(now);
    }

    /// Waits until the deadline at the most, and not where nothing can be counted.
    pub(super) fn end_drain(&mut self, now: Time) {
        if let Phase::Draining { until } = self.phase
            && (now >= until || self.view.is_none())
        {
            self.phase = Phase::Left;
        }
    }
}
