//! The pulse: the one timer of a node, and whether it fired when it should.
//!
//! Everything periodic and every deadline of the protocol is looked at once per pulse; a timer per
//! deadline would buy precision that no invariant needs.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ids::Time;
use crate::limits::LATE_PULSES_MAX;

/// When the node has to be called next. `observe` first, then `fire`.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Pulse {
    period: Duration,
    due: Time,
}

impl Pulse {
    /// A pulse that is due at once.
    pub const fn new(period: Duration, now: Time) -> Self {
        Self { period, due: now }
    }

    /// Its interval.
    pub const fn period(&self) -> Duration {
        self.period
    }

    /// Changes the interval; the next pulse comes no later than one of the new ones.
    pub fn set_period(&mut self, period: Duration, now: Time) {
        self.period = period;
        self.due = self.due.min(now + period);
    }

    /// When it is due.
    pub const fn due(&self) -> Time {
        self.due
    }

    /// Whether the node slept through it: then what it believes about others says more about itself.
    pub fn is_late(&self, now: Time) -> bool {
        now.since(self.due) > self.period * LATE_PULSES_MAX
    }

    /// Whether it is due; if so, schedules the next one on the same grid, or anew after a sleep.
    pub fn fire(&mut self, now: Time) -> bool {
        if now < self.due {
            return false;
        }
        let next = self.due + self.period;
        self.due = if next > now { next } else { now + self.period };
        true
    }
}
