//! What one membership knows of one peer.

use std::time::Duration;

use super::Heard;
use crate::ids::Time;
use crate::view::Version;
use crate::wire::Section;

/// A peer, as one module sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Peer {
    heard: Option<Time>,
    /// What `heard` counts as for losing it: not before this node's own last sleep.
    floor: Time,
    alive: bool,
    beat: u64,
    /// The highest beat of this node that it accepted.
    pub(super) echo: Option<u64>,
    /// What it said last; kept after it was lost.
    pub(super) section: Option<Section>,
    /// When a heartbeat of it arrived last whose echo may renew its lease.
    pub(super) granted: Option<Time>,
}

impl Peer {
    /// Whether it is heard on a LAN of the module, and hears this run of this node.
    pub(super) const fn is_alive(&self) -> bool {
        self.alive
    }

    /// What it says, while it is alive.
    pub(super) fn alive_section(&self) -> Option<&Section> {
        self.section.as_ref().filter(|_| self.alive)
    }

    /// Whether it may hold connections: without a view its traffic is closed.
    pub(super) fn has_traffic(&self) -> bool {
        self.alive_section()
            .is_some_and(|section| section.version.is_some())
    }

    /// A heartbeat of it arrived. `newest` is the newest view that was in force here: an echo
    /// of a heartbeat from an older view will never renew a lease, because this node never returns
    /// to that view.
    pub(super) fn grant(&mut self, theirs: Option<Version>, newest: Option<Version>, now: Time) {
        if theirs.is_some() && theirs >= newest {
            self.granted = Some(now);
        }
    }

    /// It spoke. True when the way to it may have changed. What it said before its latest word is of
    /// the past and does not count as life.
    pub(super) fn hear(&mut self, heard: &Heard, section: &Section, now: Time) -> bool {
        if heard.beat < self.beat {
            return false;
        }
        let known = self
            .alive_section()
            .is_some_and(|known| known.macs == section.macs);
        self.heard = Some(now);
        self.alive = true;
        self.beat = heard.beat;
        self.echo = self.echo.max(heard.echo);
        self.section = Some(section.clone());
        !known
    }

    /// A new run of it was heard.
    pub(super) fn restart(&mut self) {
        let granted = self.granted;
        *self = Self {
            granted,
            floor: self.floor,
            ..Self::default()
        };
    }

    pub(super) const fn restart_measurement(&mut self, now: Time) {
        self.floor = now;
    }

    /// Loses it after this silence; true when that is so.
    pub(super) fn timeout(&mut self, lost: Duration, now: Time) -> bool {
        let last = self.heard.unwrap_or_default().max(self.floor);
        let is_lost = self.alive && now.since(last) >= lost;
        self.alive &= !is_lost;
        is_lost
    }
}
