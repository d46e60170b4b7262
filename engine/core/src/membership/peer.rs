//! What one membership knows of one peer.

use std::time::Duration;

use super::Heard;
use crate::ids::{Epoch, Time};
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

    /// It spoke. `mine` is the epoch in force here: an echo of a heartbeat from an older epoch will
    /// never renew a lease, because this node never returns to that epoch. True when the way to it may
    /// have changed.
    pub(super) fn hear(
        &mut self,
        heard: &Heard,
        section: &Section,
        mine: Option<Epoch>,
        now: Time,
    ) -> bool {
        let known = self.alive_section().is_some_and(|known| known.macs == section.macs);
        if section.epoch.is_some() && section.epoch >= mine {
            self.granted = Some(now);
        }
        self.heard = Some(now);
        self.alive = true;
        if heard.beat >= self.beat {
            self.beat = heard.beat;
            self.echo = self.echo.max(heard.echo);
            self.section = Some(section.clone());
        }
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
