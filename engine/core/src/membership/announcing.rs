//! When the entry node tells neighbours which MAC the virtual addresses have.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::{Membership, Peer};
use crate::effect::Effect;
use crate::ids::{NodeId, NodeSet};
use crate::view::View;

impl Membership {
    /// Announces virtual addresses that came when every member has them: who is led here by them is answered
    /// wherever it is sent on to.
    pub(super) fn announce_new(&mut self) {
        if self.unannounced.is_empty() {
            return;
        }
        let Some(view) = &self.view else { return };
        let has_them = |node: NodeId| {
            let section = self.peers.get(&node).and_then(Peer::alive_section);
            node == self.setup.me || section.is_some_and(|s| s.digest == self.setup.digest)
        };
        if view.members.iter().all(has_them) {
            let is_entry = view.entry == Some(self.setup.me);
            let addrs = std::mem::take(&mut self.unannounced);
            if is_entry {
                self.announce(Some(addrs));
            }
        }
    }

    /// Announces all virtual addresses, or these.
    pub(super) fn announce(&mut self, addrs: Option<BTreeSet<IpAddr>>) {
        let module = self.setup.module.clone();
        self.effects.push(Effect::Announce { module, addrs });
    }

    /// Whether neighbours have to learn the agreed MAC anew with this view: this node becomes the
    /// entry node; or it is, and somebody came who was the entry node of a view without this one, or a node
    /// left that may have answered for itself. Neighbours that heard or asked that one send to a dead MAC,
    /// once it is dead, until they ask again. In views that were missed here somebody may have come and gone.
    pub(super) fn announces(&self, next: &View, came: NodeSet) -> bool {
        if next.entry != Some(self.setup.me) {
            return false;
        }
        let Some(old) = self.view.as_ref().filter(|old| old.entry == next.entry) else {
            return true;
        };
        let missed = old.version.epoch.counter + 1 < next.version.epoch.counter;
        let gone = missed || !old.members.minus(next.members).is_empty();
        !came.is_empty() || self.setup.all_answer && gone
    }
}
