//! Two configurations at a time: what holds while some members have the one and some the other.
//!
//! Nobody knows at one instant who has which. So a node judges others by the longer silence and hears them on the
//! LANs of both, while it asks as often and accepts for as short as by either: no view changes for the change itself,
//! and nobody accepts for longer than others take it to. When all who are there say that they have the
//! configuration that this node has, that one holds alone.
//!
//! What a node says of its window is that of the configuration it has, which its filter never exceeds. Who may
//! have gone on to another one since it spoke is taken to have the longest of both.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Group, Membership, Peer, Setup};
use crate::config::model::Timing;
use crate::ids::{GroupId, LanId, Time};
use crate::lease::{Terms, with_drift};

/// What members have that have another configuration of the module than this node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// That configuration is the one to come; else the one before.
    pub is_next: bool,
    /// Its timing.
    pub timing: Timing,
    /// Its LANs, as far as the cluster has them.
    pub lans: BTreeSet<LanId>,
    /// Of what all members must have in common, by each configuration of the cluster.
    pub digests: Vec<u32>,
    /// Its groups.
    pub groups: Vec<Group>,
    /// Groups that come with it, or with the one of this node, each after the one whose rules it gets.
    pub pairs: Vec<(GroupId, GroupId)>,
}

impl Beside {
    /// The group whose rules this one gets.
    pub(super) fn older(&self, group: GroupId) -> Option<GroupId> {
        let mut pairs = self.pairs.iter();
        let pair = pairs.find(|(newer, _)| *newer == group);
        pair.map(|(_, older)| *older)
    }

    /// The groups that get rules of this one.
    pub(super) fn newer(&self, group: GroupId) -> impl Iterator<Item = GroupId> {
        let pairs = self.pairs.iter();
        let pairs = pairs.filter(move |(_, older)| *older == group);
        pairs.map(|(newer, _)| *newer)
    }
}

impl Membership {
    /// The interval between probes.
    pub const fn pulse(&self) -> Duration {
        self.terms.pulse
    }

    /// Lives by the terms of its configuration, and of the other one while there is one.
    pub(super) fn adopt(&mut self, now: Time) {
        let Setup { timing, lans, .. } = &self.setup;
        let others = self.setup.others.iter().filter(|_| self.changing);
        let own = (self.terms_of(timing), lans.clone());
        let (terms, lans) = others.fold(own, |(all, lans), other| {
            (all.with(&self.terms_of(&other.timing)), &lans | &other.lans)
        });
        self.lans = lans;
        let former = std::mem::replace(&mut self.terms, terms).window;
        if former == terms.window {
            return;
        }
        if former > terms.window {
            // What was answered before counts for so long still.
            self.wide = (former, now + with_drift(former));
        }
        if self.contact.tag().is_some() {
            self.publish_contact();
        }
    }

    /// Ends the change once all who are there have the configuration that this node has.
    pub(super) fn note_all_changed(&mut self, now: Time) {
        if self.changing && !self.setup.others.iter().any(|other| other.is_next) && self.have_all()
        {
            self.changing = false;
            self.adopt(now);
        }
    }

    /// Whether members may have another configuration than this node.
    pub fn is_changing(&self) -> bool {
        self.changing && !self.have_all()
    }

    /// Whether all members of the view in force, and whoever else is heard, have the configuration of this node.
    fn have_all(&self) -> bool {
        let (members, digest) = (self.members(), self.setup.digest);
        let mut peers = self.peers.iter();
        peers.all(|(node, peer)| {
            let is_there = peer.is_alive() || members.contains(*node);
            let has_it = || peer.section.as_ref().is_some_and(|s| s.digest == digest);
            !is_there || has_it()
        })
    }

    /// For how long a contact may let the filter of this peer accept.
    pub(super) fn window_of(&self, peer: &Peer) -> Duration {
        let others = self.setup.others.iter();
        let theirs = others
            .clone()
            .map(|other| self.terms_of(&other.timing).window_max);
        let longest = theirs.fold(self.terms.window_max, Duration::max);
        let Some(section) = &peer.section else {
            return longest;
        };
        let said = Duration::from_micros(section.window_us.into());
        let has_mine = section.digest == self.setup.digest;
        let mut doubts = others.filter(|other| other.is_next || !has_mine);
        let is_sure = doubts.all(|other| other.timing == self.setup.timing);
        if is_sure { said } else { said.max(longest) }
    }

    fn terms_of(&self, timing: &Timing) -> Terms {
        Terms::new(timing, self.setup.kernel_answers)
    }

    /// For how long a contact lets this node's filter accept, as others are to know.
    pub(super) fn window_to_say(&self, now: Time) -> Duration {
        let own = self.terms_of(&self.setup.timing).window;
        let (wide, until) = self.wide;
        if now < until { own.max(wide) } else { own }
    }
}
