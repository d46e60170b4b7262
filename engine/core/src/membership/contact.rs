//! Contact: which probes and echoes let this node's filter accept, and when others' may because of it.
//!
//! A *tag* stands for a view. A probe that a peer answers under a tag that is accepted here renews this
//! node's contact from its own send time; the kernel does the same with the echo of its own answers.
//! Tags of earlier views are accepted as long as this node was a member of each view since, and has
//! opened nothing new: who is still in one of them has opened nothing that this node has open.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::effect::Effect;
use crate::ids::{ModuleName, NodeId, NodeSet, Time};
use crate::lease::Beats;
use crate::prober::Answer;
use crate::view::{Version, View};

use super::{Membership, Peer};

/// Views whose tags are accepted at a time.
const TAGS_MAX: usize = 4;

/// The filter need not be told at once that it may accept for so little longer. It is short beside the
/// second for which a lease outlasts a daemon that executes nothing.
const UNTOLD_MAX: Duration = Duration::from_millis(20);

/// The contact of this node's filter.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Contact {
    /// The tag of the view in force first, each with the instant from which on an answer counts.
    tags: Vec<(u64, Time)>,
    /// The node is alone in its view.
    alone: bool,
    /// Its end as far as this node's own probes say.
    until: Time,
    /// What the filter was told last: the end of the lease, and of the contact.
    told: Option<(Time, Option<Time>)>,
    /// `until` at the last pulse.
    seen: Time,
    /// The kernel may still answer under another tag than that of the view in force.
    switching: bool,
    /// Members of views before, whose probes were answered under their tags until the switch.
    before: NodeSet,
}

impl Contact {
    /// The tag of the view in force.
    pub(super) fn tag(&self) -> Option<u64> {
        self.tags.first().map(|(tag, _)| *tag)
    }

    /// Whether echoes count under tags of earlier views.
    pub(super) const fn has_earlier_tags(&self) -> bool {
        self.tags.len() > 1
    }

    /// Whether the kernel may still answer under another tag than that of the view in force.
    pub(super) const fn is_switching(&self) -> bool {
        self.switching
    }

    /// Whether the view in force is of this node alone.
    pub(super) const fn is_alone(&self) -> bool {
        self.alone
    }

    /// Whether the filter may accept by it at this instant.
    pub(super) fn is_valid(&self, now: Time) -> bool {
        self.alone || now < self.until
    }
}

impl Membership {
    /// Whether this node's contact ran out, where nobody but its daemon renews it. Others may have gone
    /// on then; and the kernel of one whose daemon stands still answers in the old view all the same.
    pub(super) fn has_lost_contact(&self, now: Time) -> bool {
        let has_begun = self.contact.until > Time::default();
        !self.setup.kernel_answers && has_begun && !self.contact.is_valid(now)
    }

    /// A peer answered a probe.
    pub fn answered(&mut self, answer: &Answer, now: Time) {
        let is_member = self.members().contains(answer.from);
        let Some(peer) = self.peers.get_mut(&answer.from) else {
            return;
        };
        // Its kernel hears on every LAN of the cluster.
        peer.answered(answer, is_member, now);
        if !self.lans.contains(&answer.lan) {
            return;
        }
        let counts = |(tag, from): &(u64, Time)| answer.asked >= *from && answer.tags.contains(tag);
        if !answer.fenced && self.contact.tags.iter().any(counts) {
            let until = answer.asked + self.terms.window;
            self.contact.until = self.contact.until.max(until);
        }
    }

    /// A peer is lost, or has no view any more: the contacts that it renewed, perhaps until this instant, count
    /// as renewed here. Only it could have named them.
    pub(super) fn inherit(&mut self, from: NodeId, now: Time) {
        let renewed = self.peers.get(&from).and_then(Peer::may_have_renewed);
        let others = renewed.map(|all| all.minus(NodeSet::single(from)));
        for node in others.into_iter().flat_map(NodeSet::iter) {
            if let Some(peer) = self.peers.get_mut(&node) {
                peer.asked(now);
            }
        }
    }

    /// The tag of a view is in force where probes are answered; `asked` says when each node's were
    /// answered last before.
    pub fn asked(&mut self, tag: u64, asked: &[(NodeId, Time)], beats: &Beats, now: Time) {
        for (node, at) in asked {
            if self.contact.before.contains(*node)
                && let Some(peer) = self.peers.get_mut(node)
            {
                peer.asked(*at);
            }
        }
        if self.contact.tag().unwrap_or(0) == tag && self.contact.switching {
            self.contact.switching = false;
            self.contact.before = NodeSet::EMPTY;
            self.wants_beat = true;
            self.observe(beats, now);
            self.settle_down(beats, now);
        }
    }

    /// This view will be in force; `continues` says whether what is open stays open.
    pub(super) fn enter(&mut self, view: &View, continues: bool, now: Time) {
        let members = self.members();
        let tag = tag(&self.setup.module, view.version);
        let (only_me, contact) = (self.only_me(), &mut self.contact);
        if !continues {
            contact.tags.clear();
            contact.until = Time::default();
        } else if contact.alone {
            contact.until = now + self.terms.window;
        }
        contact.tags.insert(0, (tag, now));
        contact.tags.truncate(TAGS_MAX);
        contact.alone = view.members == only_me;
        if contact.alone {
            self.lease.cap(now + self.terms.alone);
        }
        contact.switching = true;
        contact.before = contact.before.union(members);
    }

    /// All members are in this node's view: echoes in earlier ones count no more.
    pub(super) fn settle_contact(&mut self) {
        if self.contact.has_earlier_tags() {
            self.contact.tags.truncate(1);
            self.publish_contact();
        }
    }

    /// Is in no view any more.
    pub(super) fn leave_contact(&mut self) {
        let before = self.contact.before.union(self.members());
        self.contact = Contact {
            switching: true,
            before,
            ..Contact::default()
        };
        self.publish_contact();
    }

    /// Tells the filter which echoes count.
    pub(super) fn publish_contact(&mut self) {
        self.effects.push(Effect::SetContact {
            module: self.setup.module.clone(),
            tags: self.contact.tags.clone(),
            window: self.terms.window,
        });
    }

    /// Nobody knows what the filter was told.
    pub(super) const fn forget_told(&mut self) {
        self.contact.told = None;
    }

    /// Tells the filter until when it may accept, if that changed.
    pub(super) fn publish_lease(&mut self) {
        let Some((until, contact)) = self.ends() else {
            return;
        };
        if self.contact.told != Some((until, contact)) {
            self.effects.push(Effect::RenewLease {
                module: self.setup.module.clone(),
                until,
                contact,
            });
            self.contact.told = Some((until, contact));
        }
    }

    /// Once per pulse: as [`Membership::publish_lease`], but what the filter was told may stand for a
    /// while when it would only be put off. As soon as nobody answers, the filter is told the very end.
    pub(super) fn prolong_lease(&mut self, now: Time) {
        let until = self.contact.until;
        let advances = std::mem::replace(&mut self.contact.seen, until) < until;
        if !advances || !self.has_time(now) {
            self.publish_lease();
        }
    }

    /// Whether the filter was told ends that are hardly earlier than they may be, and none that is too
    /// late. Half of its contact's time is left at least.
    pub(super) fn has_time(&self, now: Time) -> bool {
        let (Some((until, Some(contact))), Some((told_until, Some(told)))) =
            (self.ends(), self.contact.told)
        else {
            return false;
        };
        let is_near = |end: Time, told: Time| told <= end && end.since(told) <= UNTOLD_MAX;
        let is_far = told.since(now) >= self.terms.window / 2;
        is_near(until, told_until) && is_near(contact, told) && is_far
    }

    /// Until when the filter may accept: by the lease, and by the contact unless it needs none.
    fn ends(&self) -> Option<(Time, Option<Time>)> {
        let contact = Some(self.contact.until).filter(|_| !self.contact.alone);
        Some((self.lease.until()?, contact))
    }
}

/// The number that stands for a view of a module in probes: never zero.
pub(super) fn tag(module: &ModuleName, version: Version) -> u64 {
    let digest = Sha256::new()
        .chain_update(version.epoch.counter.to_be_bytes())
        .chain_update([version.epoch.leader.get()])
        .chain_update(version.run.0.to_be_bytes())
        .chain_update(module.as_str())
        .finalize();
    let mut bytes = [0; 8];
    bytes
        .iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = from);
    u64::from_be_bytes(bytes).max(1)
}
