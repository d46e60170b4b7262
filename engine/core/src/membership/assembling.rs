//! A view on its way from who leads: its parts as they arrive.

use super::{Membership, Peer, Phase};
use crate::ids::Time;
use crate::lease::Beats;
use crate::view::Assembly;
use crate::wire::TablePart;

impl Membership {
    /// A piece of tables from an authenticated peer.
    pub fn part(&mut self, part: TablePart, beats: &Beats, now: Time) {
        self.observe(beats, now);
        let pending = self.assembly.as_ref().map(Assembly::version);
        let version = Some(part.version);
        if self.phase == Phase::Idle
            || version <= self.version()
            || version < self.newest.max(pending)
        {
            return;
        }
        if version > pending {
            self.assembly = Assembly::start(&part);
        }
        let view = self
            .assembly
            .as_mut()
            .and_then(|assembly| assembly.take(part));
        if let Some(view) = view {
            self.assembly = None;
            self.install(view, beats, now);
            self.settle_down(beats, now);
        }
    }

    /// Forgets the beginning of a view whose maker was lost, unless somebody who is there has that view in
    /// force: who leads in the maker's place sends the rest.
    pub(super) fn drop_orphan(&mut self) {
        let peers = &self.peers;
        let is_there = |pending: &Assembly| {
            let version = pending.version();
            let has_it = |peer: &Peer| peer.is_alive() && peer.version() == Some(version);
            let maker = peers.get(&version.epoch.leader);
            maker.is_some_and(Peer::is_alive) || peers.values().any(has_it)
        };
        self.assembly = self.assembly.take().filter(is_there);
    }
}
