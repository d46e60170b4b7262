//! When to look at what is kept: at once after a change, and then again and again for a while, because
//! other nodes may be slower.

use std::time::Duration;

use evenkeel_core::ids::Time;

use crate::limits;

/// The looks after the last change.
#[derive(Debug, Default)]
pub(in crate::datapath) struct Looks {
    /// The next one; none when there is nothing to expect any more.
    next: Option<Time>,
    pause: Duration,
    until: Time,
}

impl Looks {
    /// Something changed.
    pub(in crate::datapath) fn begin(&mut self, now: Time) {
        *self = Self {
            next: Some(now),
            pause: limits::REPLAY_LOOK_FIRST,
            until: now + limits::REPLAY_LOOKS,
        };
    }

    /// Time until the next look.
    pub(in crate::datapath) fn wait(&self, now: Time) -> Option<Duration> {
        self.next.map(|next| next.since(now))
    }

    /// Whether it is time to look; the next look is after twice the pause.
    pub(in crate::datapath) fn is_due(&mut self, now: Time) -> bool {
        let is_due = self.next.is_some_and(|next| next <= now);
        if is_due {
            let next = now + self.pause;
            self.pause = (self.pause * 2).min(limits::REPLAY_LOOK_MAX);
            self.next = Some(next).filter(|next| *next <= self.until);
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_looked_at_at_once_and_for_a_while() {
        let (mut looks, begin) = (Looks::default(), Time(1_000_000_000));
        assert_eq!(looks.wait(begin), None);
        assert!(!looks.is_due(begin));
        looks.begin(begin);
        let (mut now, mut pauses) = (begin, Vec::new());
        while let Some(wait) = looks.wait(now) {
            pauses.push(wait.as_millis());
            now = now + wait;
            assert!(looks.is_due(now));
            assert!(!looks.is_due(now));
        }
        assert_eq!(pauses[..7], [0, 1, 2, 4, 8, 10, 10]);
        assert!(pauses[5..].iter().all(|pause| *pause == 10));
        let left = limits::REPLAY_LOOKS.saturating_sub(now.since(begin));
        assert!(left < limits::REPLAY_LOOK_MAX, "{left:?}");
    }
}
