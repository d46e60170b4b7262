//! Leases and contact: until when this node's filter may accept, and whose may because of this node.
//!
//! The *lease* is the daemon's: it runs from *its own send time* of a heartbeat that a peer in the same
//! view echoed, so nothing that was read late can prolong it. It lasts longer than a busy processor
//! holds a daemon up. The *contact* is the machine's: it runs from the send time of a probe that a
//! peer's kernel answered, or from the instant of an answer of this kernel that a peer echoes. Who
//! answers remembers when, which is later: when it thinks that the contact is over, it is.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::config::model::Timing;
use crate::ids::Time;
use crate::limits::BEATS_MAX;

/// Send times of the latest heartbeats.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Beats {
    sent: VecDeque<Time>,
    /// The beat that is sent next; `sent` has those right before it.
    next: u64,
}

impl Beats {
    /// The beat that is sent next.
    pub const fn next(&self) -> u64 {
        self.next
    }

    /// A beat is sent.
    pub fn send(&mut self, now: Time) -> u64 {
        if self.sent.len() == BEATS_MAX {
            self.sent.pop_front();
        }
        self.sent.push_back(now);
        self.next += 1;
        self.next - 1
    }

    /// When it was sent; `None` when that is too long ago, or when it never was.
    pub fn sent_at(&self, beat: u64) -> Option<Time> {
        let back = self.next.checked_sub(beat)?;
        let index = self.sent.len().checked_sub(usize::try_from(back).ok()?)?;
        self.sent.get(index).copied()
    }
}

/// The times of a module, all derived from its pulse and lost counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Interval between liveness probes.
    pub pulse: Duration,
    /// After this silence a follower is lost, or a leader, if its kernel answers probes.
    lost: (Duration, Duration),
    /// At least this for a node whose daemon answers them, and for judgements that are in no hurry.
    pub slow: Duration,
    /// So long may the filter of a node that is alone accept after its daemon said so: nobody's kernel
    /// could tell it that others are there. Others wait for the end of it.
    pub alone: Duration,
    /// How long after an answer that is echoed, or a probe that was answered, this node's filter may
    /// accept.
    pub window: Duration,
    /// The longest window that any node of the module has.
    pub window_max: Duration,
    /// How long after the send time of an echoed heartbeat this node's filter may accept.
    pub lease: Duration,
    /// A daemon that was silent for so long, this node awake all the time, and whose lease is over, is
    /// lost: so much shorter than a lease that the lease's end decides, which began when a heartbeat was
    /// sent that was echoed later.
    pub hang: Duration,
    /// A daemon that was silent for so long is lost, however alive its machine is.
    pub silent: Duration,
}

/// A daemon that executes nothing for less than a second changes nothing: its lease lasts longer.
const LEASE_MIN: Duration = Duration::from_millis(1200);

/// From the last probe that was answered one pulse may pass until the last heartbeat is heard, one
/// more until the pulse at which the lost time since then is over, and that pulse may be late.
const WINDOW_PULSES: u32 = 3;

/// Of nodes whose daemon answers probes; two schedulers are in the way.
const SLOW_MIN: Duration = Duration::from_millis(300);

impl Terms {
    /// The terms for this timing on a node whose kernel answers probes, or does not.
    ///
    /// A window lasts some pulses longer than the lost time, so that the last of a view goes on without
    /// a pause when it has lost everybody else. Who takes over waits until the window is over.
    pub fn new(timing: &Timing, kernel_answers: bool) -> Self {
        let Timing {
            pulse,
            slost_count,
            mlost_count,
        } = *timing;
        let lost = (pulse * slost_count, pulse * mlost_count);
        let quick = lost.0.min(lost.1);
        let slow = quick.max(SLOW_MIN);
        let lease = lost.0.max(lost.1).max(LEASE_MIN);
        Self {
            pulse,
            lost,
            slow,
            alone: slow,
            window_max: slow + pulse * WINDOW_PULSES,
            window: if kernel_answers { quick } else { slow } + pulse * WINDOW_PULSES,
            lease,
            hang: lease * 11 / 12,
            silent: lease * 6 / 5,
        }
    }

    /// After this silence a node is lost.
    pub fn lost(&self, leads: bool, kernel_answers: bool) -> Duration {
        let lost = if leads { self.lost.1 } else { self.lost.0 };
        if kernel_answers {
            lost
        } else {
            lost.max(SLOW_MIN)
        }
    }

    /// Half the shorter lost time.
    pub fn half_lost(&self) -> Duration {
        self.lost.0.min(self.lost.1) / 2
    }

    /// While some nodes have these terms and some the others: a node asks as often as by either and accepts no
    /// longer than by either, and judges others as if they had what is longer of both.
    pub fn with(&self, other: &Self) -> Self {
        let (lost, others) = (self.lost, other.lost);
        Self {
            pulse: self.pulse.min(other.pulse),
            lost: (lost.0.max(others.0), lost.1.max(others.1)),
            slow: self.slow.max(other.slow),
            alone: self.alone.min(other.alone),
            window: self.window.min(other.window),
            window_max: self.window_max.max(other.window_max),
            lease: self.lease.min(other.lease),
            hang: self.hang.max(other.hang),
            silent: self.silent.max(other.silent),
        }
    }
}

/// A time as another clock may see it.
pub fn with_drift(time: Duration) -> Duration {
    time + time / 50
}

/// This node's lease for one module.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Lease {
    until: Option<Time>,
    /// Echoes of beats before this one do not count.
    floor: u64,
}

impl Lease {
    /// Whether the filter accepts at this instant.
    pub fn is_valid(&self, now: Time) -> bool {
        self.until.is_some_and(|until| now < until)
    }

    /// Whether it ran out since it was last looked at; only beats from `next` on renew it then.
    pub fn lapse(&mut self, now: Time, next: u64) -> bool {
        let lapsed = self.until.is_some() && !self.is_valid(now);
        if lapsed {
            self.end(next);
        }
        lapsed
    }

    /// A view was installed: only beats from `next` on renew the lease, what it has it keeps.
    pub const fn installed(&mut self, next: u64) {
        self.floor = next;
    }

    /// Ends it at once; only beats from `next` on renew it.
    pub const fn end(&mut self, next: u64) {
        *self = Self {
            until: None,
            floor: next,
        };
    }

    /// Ends it no later than then.
    pub fn cap(&mut self, until: Time) {
        self.until = self.until.map(|old| old.min(until));
    }

    /// Its end, where it has one.
    pub const fn until(&self) -> Option<Time> {
        self.until
    }

    /// The first beat whose echo counts.
    pub const fn floor(&self) -> u64 {
        self.floor
    }

    /// Renews it until then; the new end if it grew.
    pub fn renew(&mut self, until: Time) -> Option<Time> {
        if self.until.is_some_and(|old| old >= until) {
            return None;
        }
        self.until = Some(until);
        Some(until)
    }
}
