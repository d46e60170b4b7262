//! How late the driver's own timer fires: what the machine's load does to it.

use std::time::Duration;

use evenkeel_core::ids::Time;

use crate::handle::Timers;

/// The last minute, second by second.
const SECONDS: usize = 60;

/// Lateness of the timeouts of the last minute.
#[derive(Debug)]
pub(super) struct Lateness {
    last: Duration,
    /// By second of the clock, modulo their number: which second it was, and the most of it.
    most: [(u64, Duration); SECONDS],
}

impl Lateness {
    pub(super) const fn new() -> Self {
        Self {
            last: Duration::ZERO,
            most: [(0, Duration::ZERO); SECONDS],
        }
    }

    /// A timeout that was due at one instant is handled at another.
    pub(super) fn note(&mut self, due: Time, now: Time) {
        self.last = now.since(due);
        let (second, place) = second(now);
        if let Some(most) = self.most.get_mut(place) {
            if most.0 != second {
                *most = (second, Duration::ZERO);
            }
            most.1 = most.1.max(self.last);
        }
    }

    /// What there is to tell at an instant.
    pub(super) fn timers(&self, now: Time) -> Timers {
        let (second, _) = second(now);
        let is_recent = |(of, _): &&(u64, Duration)| *of + SECONDS as u64 > second;
        let recent = self.most.iter().filter(is_recent);
        let most = recent.map(|(_, late)| *late).max().unwrap_or_default();
        let in_us = |late: Duration| u64::try_from(late.as_micros()).unwrap_or(u64::MAX);
        Timers {
            late_last_us: in_us(self.last),
            late_max_us: in_us(most),
        }
    }
}

/// The second of an instant, counted from one, and its place.
fn second(at: Time) -> (u64, usize) {
    let second = at.0 / 1_000_000_000 + 1;
    let place = usize::try_from(second % SECONDS as u64).unwrap_or_default();
    (second, place)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(ms: u64) -> Time {
        Time(ms * 1_000_000)
    }

    #[test]
    fn the_most_of_the_last_minute_counts() {
        let mut lateness = Lateness::new();
        assert_eq!(lateness.timers(at(0)), Timers::default());
        lateness.note(at(1000), at(1007));
        lateness.note(at(1100), at(1102));
        let told = |late_last_us, late_max_us| Timers {
            late_last_us,
            late_max_us,
        };
        assert_eq!(lateness.timers(at(1200)), told(2000, 7000));
        lateness.note(at(40_000), at(40_003));
        assert_eq!(lateness.timers(at(60_900)), told(3000, 7000));
        assert_eq!(lateness.timers(at(61_000)), told(3000, 3000));
        lateness.note(at(121_000), at(121_000));
        assert_eq!(lateness.timers(at(121_000)), told(0, 0));
    }
}
