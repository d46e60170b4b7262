//! `<service maxloop>`: how often a module may help itself before it is given up.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ids::Time;

/// Counts automatic actions.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Loops {
    max: u32,
    /// Zero: nothing is counted.
    interval: Duration,
    count: u32,
    /// The first one that counts.
    first: Option<Time>,
}

impl Loops {
    /// None happened yet; `max` may within `interval` from the first one on, any number where it is zero.
    pub const fn new(max: u32, interval: Duration) -> Self {
        Self {
            max,
            interval,
            count: 0,
            first: None,
        }
    }

    /// From here on so many may within this interval; what there was counts on.
    pub const fn limit(&mut self, max: u32, interval: Duration) {
        (self.max, self.interval) = (max, interval);
    }

    /// An automatic action is due. False when there were as many as there may be: it must not happen.
    pub fn take(&mut self, now: Time) -> bool {
        if self.interval.is_zero() {
            return true;
        }
        self.expire(now);
        if self.is_exhausted() {
            return false;
        }
        self.count += 1;
        self.first.get_or_insert(now);
        true
    }

    /// Whether an action that is due would be one too many, as last counted.
    pub const fn is_exhausted(&self) -> bool {
        !self.interval.is_zero() && self.count >= self.max
    }

    /// Somebody who is no automaton looks after the module.
    pub const fn reset(&mut self) {
        self.count = 0;
        self.first = None;
    }

    /// Forgets what is too long ago. True when there was something.
    pub fn expire(&mut self, now: Time) -> bool {
        let is_over = self
            .first
            .is_some_and(|first| now.since(first) >= self.interval);
        if is_over {
            self.reset();
        }
        is_over
    }

    /// How many there were.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// How many there may be.
    pub const fn max(&self) -> u32 {
        self.max
    }

    /// The window, zero where nothing is counted.
    pub const fn interval(&self) -> Duration {
        self.interval
    }

    /// When the first of those that count happened.
    pub const fn first(&self) -> Option<Time> {
        self.first
    }
}
