//! Leading: who takes part as far as this node knows, and what a leader makes of it.

use crate::ids::{Epoch, NodeId, NodeSet, Time};
use crate::lease::Beats;
use crate::view::{self, Candidate, Roster, Share, Version, View};
use crate::wire::Section;

use super::{Membership, Peer, Phase, Setup};

impl Membership {
    /// Makes a new view if this node leads and the view does not fit who serves.
    pub(super) fn lead(&mut self, beats: &Beats, now: Time) {
        if self.is_fenced_off(beats) {
            return;
        }
        let candidates = self.candidates(now);
        self.leader = view::leader(&candidates);
        if self.leader != Some(self.setup.me) || self.phase == Phase::Idle {
            return;
        }
        let serving = candidates
            .iter()
            .filter(|node| node.serving && self.fits(node.node) && self.hears_me(node.node));
        let wanted: NodeSet = serving.map(|node| node.node).collect();
        if wanted == self.only_me() && self.is_cable_in_doubt(now) {
            return self.forget(beats);
        }
        if wanted == self.only_me() && self.waits_for_a_frame(beats, now) {
            return;
        }
        let version = self.version();
        let is_overtaken = candidates.iter().any(|node| node.version > version)
            || self.members().iter().any(|node| self.was_further(node));
        let shares = self.next_shares(wanted);
        let fits = |view: &View| view.members == wanted && Self::is_about(view, &shares);
        match &self.view {
            Some(view) if fits(view) && !is_overtaken && !self.reweighed => return,
            None if !self.has_listened(now) && !self.is_first(&candidates, now) => return,
            None if !self.is_known(now) => return,
            Some(_) | None => {}
        }
        if wanted.is_empty() {
            return;
        }
        let (shares, withdrawn) = shares.into_iter().unzip();
        let roster = Roster {
            members: wanted,
            withdrawn,
            alive: candidates.iter().map(|node| node.node).collect(),
        };
        let next = self.next_view(roster, shares);
        self.install(next, beats, now);
    }

    /// The view after the one in force, with these nodes.
    fn next_view(&self, roster: Roster, shares: Vec<Share>) -> View {
        let epoch = Epoch {
            counter: self.counter + 1,
            leader: self.setup.me,
        };
        let version = Version {
            epoch,
            run: self.setup.run,
        };
        let (previous, agreed) = (self.view.as_ref(), self.is_agreed(roster.members));
        View::next(previous, agreed, version, roster, &shares)
    }

    /// Whether those members of the view in force here that stay have it in force.
    fn is_agreed(&self, staying: NodeSet) -> bool {
        let agrees = |node| {
            let section = self.peers.get(&node).and_then(Peer::alive_section);
            node == self.setup.me || section.is_some_and(|s| s.version == self.version())
        };
        self.members().intersection(staying).iter().all(agrees)
    }

    /// This node and the live peers that serve or have a view.
    pub(super) fn candidates(&self, now: Time) -> Vec<Candidate> {
        let me = Candidate {
            node: self.setup.me,
            serving: self.phase == Phase::Serving,
            version: self.version(),
            members: self.members(),
        };
        let mut all = vec![me];
        for (node, peer) in &self.peers {
            let Some(section) = peer.alive_section() else {
                continue;
            };
            let takes_part = section.serving || section.version.is_some();
            if takes_part && !self.outweighs(peer, now) {
                let Section {
                    serving,
                    version,
                    members,
                    ..
                } = *section;
                all.push(Candidate {
                    node: *node,
                    serving,
                    version,
                    members,
                });
            }
        }
        all.retain(|node| node.serving || node.version.is_some());
        all
    }

    /// Whether a peer that does not hear this node, and so cannot know better, went on with fewer
    /// members than hear this one. It is left alone then: one deaf node must not stop all others.
    /// The smaller side gives way to it otherwise.
    pub(super) fn outweighs(&self, deaf: &Peer, now: Time) -> bool {
        // What is cheap to see, and seldom so, comes first: this is asked of each peer for each datagram.
        if !deaf.is_deaf(self.terms.slow, now) {
            return false;
        }
        let Some(theirs) = deaf
            .alive_section()
            .filter(|section| section.version.is_some())
        else {
            return false;
        };
        let me = self.setup.me;
        let hears_me = |node: &NodeId| {
            let section = self.peers.get(node).and_then(Peer::alive_section);
            section.is_some_and(|section| section.hears.contains(me))
        };
        let with_me = self
            .members()
            .iter()
            .filter(|node| *node == me || hears_me(node));
        let mine: NodeSet = with_me
            .filter(|node| !theirs.members.contains(*node))
            .collect();
        mine.len() > theirs.members.len()
    }

    /// Whether a member has no view any more, and may have had a newer one: it will not take this
    /// one.
    fn was_further(&self, member: NodeId) -> bool {
        let section = self.peers.get(&member).and_then(Peer::alive_section);
        let counter = self.epoch().map(|epoch| epoch.counter);
        section.is_some_and(|s| s.serving && s.version.is_none() && Some(s.counter) > counter)
    }

    /// Whether a node has the same configuration.
    fn fits(&self, node: NodeId) -> bool {
        let section = self.peers.get(&node).and_then(Peer::alive_section);
        let Setup { digest, also, .. } = &self.setup;
        let is_known = |s: &Section| s.digest == *digest || also.contains(&s.digest);
        node == self.setup.me || section.is_some_and(is_known)
    }

    /// Whether a node can take part: one that says that it does not hear this one and has no view, and
    /// whose machine answers no probes, would get no table, and no packet of a client.
    fn hears_me(&self, node: NodeId) -> bool {
        let peer = self.peers.get(&node);
        peer.is_none_or(|peer| !peer.hears_nothing())
    }

    /// Whether this node was awake and listening for long enough to have heard of everybody who may
    /// still accept packets: after a lease is over nobody does, and within the lost time before
    /// that they were heard, even on a network that loses much.
    pub(super) fn has_listened(&self, now: Time) -> bool {
        now.since(self.listening) >= self.terms.slow * 2
    }

    /// Whether what every live peer said last it said knowing that this node wants to be a member: had
    /// it made a first view without this node meanwhile, it would have said so. Who starts at the same
    /// time makes one view, not one each. A peer that hears nothing is not waited for.
    fn is_known(&self, now: Time) -> bool {
        let (since, beat) = self.joined;
        let knows = |peer: &Peer| !peer.is_alive() || peer.echo >= Some(beat);
        now.since(since) >= self.terms.slow * 2 || self.peers.values().all(knows)
    }

    /// Whether all nodes of the cluster are heard and none has a view, so that nobody can be missed.
    /// It takes the lost time all the same: who starts at once comes into one view.
    fn is_first(&self, candidates: &[Candidate], now: Time) -> bool {
        now.since(self.listening) >= self.terms.slow
            && self.peers.values().all(Peer::is_alive)
            && candidates.iter().all(|node| node.version.is_none())
    }
}
