//! One module's membership on this node: follows its peers, leads or follows, installs views, and
//! decides when a bucket may be opened.
//!
//! Calling order: `section` and `part` for what a live peer says, `answered` and `asked` for probes,
//! `held` and the module's `join`, `leave`, `close` as they come, `timeout` once per pulse. After each
//! of them `take_effects`, `is_ready` and `has_left`.
//!
//! **Why no bucket is open at two nodes (T2).** A node opens a bucket only in an epoch that every
//! other member, and every live node on its way out, has in force, so none of them has it open by
//! that epoch's tables or earlier ones; and only when none of them has lately renewed the contact of
//! anyone who is still elsewhere, so nobody else accepts by a contact with them. What a node had open
//! stays open across epochs that all had it as a member: then nobody can have opened it meanwhile,
//! for the same reason. A lease that ran out closes everything, and only what peers say *after* that
//! opens it again.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::config::model::Timing;
use crate::effect::Effect;
use crate::handover::Handover;
use crate::ids::{Epoch, GroupSet, Incarnation, LanId, ModuleName, NodeId, NodeSet, Time};
use crate::lease::{Beats, Lease, Terms, with_drift};
use crate::prober::Prober;
use crate::view::{self, Assembly, Version, View};
use crate::wire::Section;

mod announcing;
mod assembling;
mod beside;
mod cable;
mod contact;
mod counting;
mod groups;
mod hearing;
mod isolation;
mod leading;
mod nodes;
mod peer;
mod report;
mod resume;
mod withdrawal;

pub use beside::Beside;
use cable::Cable;
use contact::Contact;
use counting::Counting;
pub use groups::Group;
use hearing::Hearing;
use isolation::Part;
pub use peer::Heard;
use peer::Peer;

/// A leaving node waits this long for the others to take over.
const LEAVE_TIME_MAX: Duration = Duration::from_secs(1);

/// What a membership is told once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Setup {
    /// This node.
    pub me: NodeId,
    /// This run of it.
    pub run: Incarnation,
    /// All nodes of the cluster with their names.
    pub nodes: Vec<(NodeId, String)>,
    /// The module.
    pub module: ModuleName,
    /// LANs that carry the membership.
    pub lans: BTreeSet<LanId>,
    /// Its timing.
    pub timing: Timing,
    /// How long connections may live on once the share is given away.
    pub drain: Duration,
    /// The smaller part of a farm that falls apart serves nobody.
    pub fences: bool,
    /// The groups.
    pub groups: Vec<Group>,
    /// This node's MAC addresses.
    pub macs: Vec<[u8; 6]>,
    /// The virtual addresses.
    pub addrs: BTreeSet<IpAddr>,
    /// Each node answers for the virtual addresses in its own buckets (a rule with proto arp), not
    /// the entry node alone.
    pub all_answer: bool,
    /// Every node sees every packet (invisible mode), on each of the interfaces.
    pub all_see: bool,
    /// Of what all members must have in common.
    pub digest: u32,
    /// The same while they change it one after the other: what some of them have already, or still.
    pub also: Vec<u32>,
    /// What those have of the module.
    pub others: Vec<Beside>,
    /// Probes are answered by this machine's kernel.
    pub kernel_answers: bool,
}

/// How far this node takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Phase {
    /// Not at all: no traffic is open.
    Idle,
    /// Is or wants to be a member.
    Serving,
    /// Wants to be none, since then.
    Leaving { since: Time },
    /// Is none; its connections may come to their end, until then.
    Draining { until: Time },
    /// Is none, and has no connections or no more patience; sockets live on until they are reset.
    Left,
}

/// One module's membership.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Membership {
    setup: Setup,
    /// Members may have another configuration than this node.
    changing: bool,
    terms: Terms,
    /// LANs on which others are heard.
    lans: BTreeSet<LanId>,
    /// A window that was in force, and until when it may count still.
    wide: (Duration, Time),
    peers: BTreeMap<NodeId, Peer>,
    phase: Phase,
    /// Groups of which this node wants no share.
    withdrawn: GroupSet,
    view: Option<View>,
    /// The newest view that was ever in force in this run: no older one will be again.
    newest: Option<Version>,
    assembly: Option<Assembly>,
    leader: Option<NodeId>,
    /// The highest counter of an epoch seen anywhere.
    counter: u64,
    handover: Handover,
    lease: Lease,
    contact: Contact,
    /// Acknowledgements count only with an echo of this beat or a later one.
    ack_floor: u64,
    /// A side that goes on without this node won; everything is closed until its view comes.
    suspended: bool,
    /// The weights are others than those that the tables were made with.
    reweighed: bool,
    /// Virtual addresses that came and were not announced yet.
    unannounced: BTreeSet<IpAddr>,
    /// Of the virtual addresses.
    cable: Cable,
    hearing: Hearing,
    isolation: Part,
    /// Nothing was missed by this node itself since then.
    listening: Time,
    /// When this node began to want to be a member, and the first beat that says so.
    joined: (Time, u64),
    /// When this run began to keep track of the leases it renews.
    born: Time,
    counting: Counting,
    /// The epoch in which everything was open, once it was.
    opened: Option<Epoch>,
    /// The last [`Effect::SetRoutes`], and whether it may be of the past.
    routes: Option<Effect>,
    routes_stale: bool,
    /// What the last heartbeat said about the contacts that this node renewed.
    said_grants: NodeSet,
    wants_beat: bool,
    changed: bool,
    effects: Vec<Effect>,
}

impl Membership {
    /// A membership that takes no part yet. Views up to this counter are of an earlier membership of
    /// this run: none of them will be in force again, nor will a new one bear the number of one.
    pub fn new(setup: Setup, counter: u64, now: Time) -> Self {
        let peers = setup
            .nodes
            .iter()
            .map(|(node, _)| *node)
            .filter(|node| *node != setup.me);
        Self {
            changing: false,
            terms: Terms::new(&setup.timing, setup.kernel_answers),
            lans: setup.lans.clone(),
            wide: (Duration::ZERO, now),
            peers: peers.map(|node| (node, Peer::default())).collect(),
            phase: Phase::Idle,
            withdrawn: GroupSet::EMPTY,
            view: None,
            newest: (counter > 0).then(|| Version::last_of(counter)),
            assembly: None,
            leader: None,
            counter,
            handover: Handover::new(setup.me, setup.groups.len()),
            lease: Lease::default(),
            contact: Contact::default(),
            ack_floor: 0,
            suspended: false,
            reweighed: false,
            unannounced: BTreeSet::new(),
            cable: Cable::default(),
            hearing: Hearing::default(),
            isolation: Part::default(),
            listening: now,
            joined: (now, 0),
            born: now,
            counting: Counting::default(),
            opened: None,
            routes: None,
            routes_stale: false,
            said_grants: NodeSet::EMPTY,
            wants_beat: false,
            changed: false,
            effects: Vec::new(),
            setup,
        }
    }

    /// The highest counter of an epoch seen anywhere.
    pub const fn counter(&self) -> u64 {
        self.counter
    }

    /// The traffic is open: wants to be a member.
    pub fn join(&mut self, beats: &Beats, now: Time) {
        self.phase = Phase::Serving;
        self.joined = (now, beats.next());
        self.wants_beat = true;
    }

    /// Wants to give its share to the others. Who does or did so already goes on with it.
    pub fn leave(&mut self, beats: &Beats, now: Time) {
        if !matches!(self.phase, Phase::Idle | Phase::Serving) {
            return;
        }
        self.phase = Phase::Leaving { since: now };
        self.wants_beat = true;
        self.lead(beats, now);
        self.settle_down(beats, now);
    }

    /// The traffic is being closed: forgets its view and what it held. Who gave nothing away shuts its filter
    /// first, since the others take all over as soon as they hear of it.
    pub fn close(&mut self, beats: &Beats) {
        if matches!(self.phase, Phase::Serving | Phase::Leaving { .. }) {
            self.forget(beats);
        } else {
            self.contact = Contact::default();
        }
        self.phase = Phase::Idle;
        self.view = None;
        self.outdate();
        self.assembly = None;
        self.leader = None;
        self.handover = Handover::new(self.setup.me, self.setup.groups.len());
        self.unannounced.clear();
        self.lease = Lease::default();
        self.suspended = false;
        self.hearing = Hearing::default();
        self.isolation = Part::default();
        self.counting.forget();
        self.opened = None;
        self.routes = None;
        self.wants_beat = true;
        self.changed = true;
    }

    /// Lets others make a newer view: one with the counter of the view that is forgotten here, made by
    /// a lower number, would never be taken here, and who made it could not know.
    fn outdate(&mut self) {
        if self
            .newest
            .is_some_and(|newest| newest.epoch.counter == self.counter)
        {
            self.counter += 1;
        }
    }

    /// A peer that hears this run of this node says where it is. `beat` is the peer's, `echo` the
    /// highest beat of this node that it accepted.
    pub fn section(&mut self, heard: &Heard, section: &Section, beats: &Beats, now: Time) {
        let is_stale = heard.round_trip >= Some(self.terms.lease);
        if is_stale || !self.lans.contains(&heard.lan) {
            return;
        }
        if section.version.is_none() {
            self.inherit(heard.from, now);
        }
        let Some(peer) = self.peers.get_mut(&heard.from) else {
            return;
        };
        self.routes_stale |= peer.hear(heard, section, self.setup.me, now);
        if section.version > self.version() && !section.members.contains(self.setup.me) {
            self.rumour(section.members, now);
        }
        self.counter = self.counter.max(section.counter);
        self.observe(beats, now);
        self.renew_by_echo(heard, section, beats, now);
        let held = self.held_at(section);
        self.handover
            .settle(heard.from, section.held_version, &held);
        self.settle_down(beats, now);
    }

    /// Somebody has a newer view, which is without this node: those of its members that are not
    /// heard here may be awake and accept packets all the same.
    fn rumour(&mut self, members: NodeSet, now: Time) {
        let unheard =
            |(node, peer): &(&NodeId, &mut Peer)| members.contains(**node) && !peer.is_alive();
        for (_, peer) in self.peers.iter_mut().filter(unheard) {
            peer.rumoured = Some(now);
        }
    }

    /// A new run of a peer was heard: the old one, and all it said, is gone.
    pub fn peer_restarted(&mut self, peer: NodeId, now: Time) {
        self.inherit(peer, now);
        if let Some(known) = self.peers.get_mut(&peer) {
            known.restart();
            self.routes_stale = true;
        }
        let made_by = |pending: &Assembly| pending.version().epoch.leader == peer;
        self.assembly = self.assembly.take().filter(|pending| !made_by(pending));
    }

    /// This node slept: silence of the others meanwhile says nothing about them.
    pub fn restart_measurement(&mut self, now: Time) {
        self.listening = now;
        self.hearing.restart_measurement(now);
        for peer in self.peers.values_mut() {
            peer.restart_measurement(now);
        }
    }

    /// Once per pulse, before the heartbeat: who was lost, what a leader does, what time brings.
    pub fn timeout(&mut self, beats: &Beats, prober: &Prober, now: Time) {
        let (leader, lans, mine) = (self.leader, Some(&self.lans), self.version());
        let mut lost = NodeSet::EMPTY;
        for (id, peer) in &mut self.peers {
            // Who stands still stays in the view that it spoke of last, while this node may have got the next one
            // already, from a leader that was quicker to notice.
            let theirs = peer.version().filter(|version| Some(*version) != mine);
            let theirs = theirs.map(|version| contact::tag(&self.setup.module, version));
            let tags = self.contact.tag().into_iter().chain(theirs);
            let signs = prober.signs(*id, lans, tags);
            if peer.timeout(&signs, leader == Some(*id), &self.terms, now) {
                lost = lost.union(NodeSet::single(*id));
            }
        }
        self.routes_stale |= lost != NodeSet::EMPTY;
        lost.iter().for_each(|node| self.inherit(node, now));
        self.doubt_hearing(prober, now);
        self.drop_orphan();
        self.observe(beats, now);
        self.lead(beats, now);
        self.renew_alone(now);
        self.count_again(now);
        self.end_drain(now);
        self.settle_down(beats, now);
        self.prolong_lease(now);
    }

    /// Notices a lease that ran out, or a contact. Whatever was said before is stale then: others may
    /// have gone on meanwhile.
    fn observe(&mut self, beats: &Beats, now: Time) {
        if self.has_lost_contact(now) {
            self.lease.cap(now);
        }
        if self.lease.lapse(now, beats.next()) {
            self.close_all(beats);
        }
    }

    fn close_all(&mut self, beats: &Beats) {
        self.handover.close();
        self.ack_floor = beats.next();
    }

    fn renew_by_echo(&mut self, heard: &Heard, section: &Section, beats: &Beats, now: Time) {
        let Some(echo) = heard.echo.filter(|echo| *echo >= self.lease.floor()) else {
            return;
        };
        // Nobody's contact holds up the filter of a node that is alone: what it says itself has to be
        // short-lived, whoever else has its view in force without a part in it.
        let echoes_count = self.view.is_some() && !self.contact.is_alone();
        if !echoes_count || section.version != self.version() {
            return;
        }
        if let Some(sent) = beats.sent_at(echo) {
            self.renew(sent + self.terms.lease, now);
        }
    }

    /// A view of this node alone needs nobody's echo; but after a sleep it listens first whether
    /// somebody took over.
    fn renew_alone(&mut self, now: Time) {
        if self.contact.is_alone() && (self.has_listened(now) || self.lease.is_valid(now)) {
            self.renew(now + self.terms.alone, now);
        }
    }

    fn renew(&mut self, until: Time, now: Time) {
        if until <= now {
            return;
        }
        if self.lease.renew(until).is_some() && !self.has_time(now) {
            // What is closed has to be closed in the filter before it accepts again.
            self.publish_table();
            self.publish_lease();
        }
    }

    /// Everything that follows from the latest news, in order.
    fn settle_down(&mut self, beats: &Beats, now: Time) {
        self.note_all_changed(now);
        self.leader = view::leader(&self.candidates(now));
        self.suspend(beats);
        let (peers, members) = (&self.peers, self.members());
        let takes_part = |node| peers.get(&node).is_some_and(Peer::has_traffic);
        self.handover
            .settle_gone(|node| !members.contains(node) && !takes_part(node));
        let all_open = self.handover.is_all_open();
        if (!all_open || self.contact.has_earlier_tags()) && self.may_open(now) {
            if !all_open {
                self.handover.open();
            }
            self.settle_contact();
        }
        self.publish_table();
        self.publish_routes();
        self.announce_new();
        self.note_opened(now);
        self.note_left(beats, now);
    }

    /// A side that wins over this node's goes on without it.
    fn suspend(&mut self, beats: &Beats) {
        let Some(mine) = &self.view else { return };
        let winner = self
            .leader
            .and_then(|leader| self.peers.get(&leader)?.section.as_ref());
        self.suspended = winner.is_some_and(|winner| {
            winner.version.is_some()
                && winner.version != Some(mine.version)
                && !winner.members.contains(self.setup.me)
        });
        if self.suspended {
            self.close_all(beats);
        }
    }

    /// Whether what is this node's may be open: see the head of this file.
    fn may_open(&self, now: Time) -> bool {
        let Some(view) = &self.view else { return false };
        let left = self.is_out() || !view.members.contains(self.setup.me);
        if self.suspended || left || !self.lease.is_valid(now) {
            return false;
        }
        let agrees = |(node, peer): (&NodeId, &Peer)| {
            let section = peer.alive_section();
            let is_member = view.members.contains(*node);
            // Who is on its way out counts too, as long as it has a view: it renews leases.
            let has_say = peer.has_traffic() && !self.outweighs(peer, now);
            let fresh = peer.echo >= Some(self.ack_floor) || !is_member;
            let is_here = section.is_some_and(|section| {
                section.version == Some(view.version) && is_within(section.grants, view)
            });
            fresh && is_here || !is_member && !has_say
        };
        self.peers.iter().all(agrees) && is_within(self.grants(now), view)
    }

    /// Installs a view that is newer than the one in force.
    fn install(&mut self, view: View, beats: &Beats, now: Time) {
        // A leader from outside of the view in force made its tables without regard to it: others may
        // have open what this node has.
        let leader = view.version.epoch.leader;
        let follows = leader == self.setup.me || self.members().contains(leader);
        let continues = follows && view.continues(self.setup.me, self.version());
        // Who is lost may have gone on without this node, once its contact was over.
        let loses = !self.members().minus(view.members).is_empty();
        let in_contact = !loses || self.contact.is_valid(now);
        let valid = continues && in_contact && self.lease.is_valid(now);
        let came = self.came(&view);
        let guests = self.guests(&view, came);
        self.handover
            .install(view.version, &self.setup.tables_of(&view), valid, guests);
        self.lease.installed(beats.next());
        self.enter(&view, valid, now);
        if !valid {
            self.ack_floor = beats.next();
        }
        if !in_contact && view.members == self.only_me() {
            // Such a view needs no contact. This one comes from before a sleep, or on a way that was
            // silent: who is alone by it listens first, as after a lease that ran out.
            self.lease.end(beats.next());
        }
        self.counter = self.counter.max(view.version.epoch.counter);
        let announces = self.announces(&view, came);
        self.newest = self.newest.max(Some(view.version));
        self.reweighed &= leader != self.setup.me && !self.is_balanced(&view);
        self.view = Some(view);
        self.changed = true;
        self.wants_beat = true;
        self.publish_contact();
        self.publish_table();
        self.publish_lease();
        self.routes = None;
        self.routes_stale = true;
        self.publish_routes();
        if announces {
            self.announce(None);
        }
        self.count(now);
        let event = self.view_changed();
        self.effects.extend(event.map(Effect::Event));
        self.renew_alone(now);
    }

    /// Nodes that are not in the view in force here and may accept packets: by a contact that this
    /// node renewed, or without one.
    fn grants(&self, now: Time) -> NodeSet {
        let version = self.version();
        let mine = self.members();
        // An earlier run may have renewed anybody's; and whose this node answered last in the view
        // before, it has yet to learn.
        let unknown =
            now.since(self.born) < with_drift(self.terms.window_max) || self.contact.is_switching();
        // So long after the last sign of them, nodes that are awake elsewhere were heard, and the
        // leases of those that are not are over.
        let elsewhere = self.terms.slow + with_drift(self.terms.slow);
        let may_accept = |(node, peer): &(&NodeId, &Peer)| {
            let is_here = version.is_some() && peer.version() == version;
            let is_elsewhere = peer.is_elsewhere(**node, mine, elsewhere, now);
            let is_left_alone = || self.outweighs(peer, now);
            let window = self.window_of(peer);
            let renewed = unknown || peer.is_granted(window, now);
            let stirs = peer.is_stirring(window, now);
            !is_here && (renewed || stirs || is_elsewhere && !is_left_alone())
        };
        self.peers
            .iter()
            .filter(may_accept)
            .map(|(node, _)| *node)
            .collect()
    }

    /// Whether the share is given away.
    const fn is_out(&self) -> bool {
        matches!(self.phase, Phase::Draining { .. } | Phase::Left)
    }

    fn version(&self) -> Option<Version> {
        self.view.as_ref().map(|view| view.version)
    }

    fn epoch(&self) -> Option<Epoch> {
        self.version().map(|version| version.epoch)
    }

    fn members(&self) -> NodeSet {
        self.view
            .as_ref()
            .map_or(NodeSet::EMPTY, |view| view.members)
    }

    const fn only_me(&self) -> NodeSet {
        NodeSet::single(self.setup.me)
    }
}

fn is_within(nodes: NodeSet, view: &View) -> bool {
    nodes.iter().all(|node| view.members.contains(node))
}
