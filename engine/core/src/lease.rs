//! Leases: until when this node's filter may accept, and whose filter may accept because of it.
//!
//! A node's lease runs from *its own send time* of a heartbeat that a peer in the same view echoed,
//! so nothing that was read late can prolong it. The peer that echoes remembers when it received
//! that heartbeat, which is later: when it thinks that the lease is over, it is.

use std::collections::VecDeque;
use std::time::Duration;

use crate::ids::Time;
use crate::limits::BEATS_MAX;

/// Send times of the latest heartbeats.
#[derive(Clone, Debug, Default)]
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

/// How long leases run, by the shortest time after which a peer can be lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// From the send time of the echoed heartbeat.
    pub lease: Duration,
    /// From the receipt of the heartbeat, at the peer that echoes it: longer by what two clocks
    /// may drift apart.
    pub grant: Duration,
}

impl Terms {
    /// The terms for this lost time: five sixths of it, so that a lease is over when its holder is
    /// lost; a grant counts a fiftieth of the lease longer.
    pub fn new(lost: Duration) -> Self {
        let lease = lost * 5 / 6;
        Self {
            lease,
            grant: lease + lease / 50,
        }
    }
}

/// This node's lease for one module.
#[derive(Clone, Copy, Debug, Default)]
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
            *self = Self {
                until: None,
                floor: next,
            };
        }
        lapsed
    }

    /// A view was installed: only beats from `next` on renew the lease, what it has it keeps.
    pub const fn installed(&mut self, next: u64) {
        self.floor = next;
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
