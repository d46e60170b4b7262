//! Which kept SYNs are answered now, and by whom: pure.
//!
//! A SYN must not be answered by two nodes. So each has one node that is to see to it:
//!
//! | who has it | who sees to it |
//! |---|---|
//! | its owner when it came is lost | who has it: takes it in, or sends it to the new owner |
//! | its owner when it came gave the bucket away before it came (invisible mode) | that owner hands it on |
//! | another node sent it on to this one | this one: takes it in once it owns the bucket, or hands it on where it gave the bucket away |
//! | nobody else (the entry node, before its own bucket is open) | this one |
//!
//! Where the owner is lost it may have answered before: then the client's next segment went past, here
//! as well, and the filter noted it.

use std::collections::BTreeMap;
use std::time::Duration;

use evenkeel_core::ids::{NodeId, NodeSet, Time};
use evenkeel_packet::BUCKETS;
use evenkeel_packet::bucket::{BucketState, Kind};
use evenkeel_packet::decide::Entry;
use evenkeel_packet::filter::DecidedBy;
use evenkeel_packet::keep::{FROM_PEER, Kept, REPEATED, REPLAY_MS};

use crate::datapath::book::{Open, Table};
use crate::ports::{ModulePath, Replays};

/// A SYN is replayed until it is this old.
pub(in crate::datapath) const REPLAY: Duration = Duration::from_millis(REPLAY_MS);

/// A client that its owner answered goes on within this time, in the same network.
const ANSWER: Duration = Duration::from_millis(5);

/// Whether a place has a SYN that can be replayed yet.
pub(super) fn is_young(kept: &Kept, now: Time) -> bool {
    kept.at_ns != 0 && now.since(Time(kept.at_ns)) < REPLAY
}

/// What is done with a kept SYN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::datapath) enum Judgement {
    /// It is not, or not yet, this node's to see to.
    Leave,
    /// This node's own stack gets it.
    TakeIn,
    /// That node gets it.
    SendTo(NodeId),
    /// It was answered: its client was seen to go on.
    Answered,
    /// Its client asked again.
    Repeated,
}

impl Judgement {
    /// Counts it, once it was done; `is_sent`: what was to be sent was.
    pub(in crate::datapath) const fn count(self, is_sent: bool, counts: &mut Replays) {
        let count = match self {
            Self::Leave => return,
            Self::Answered => &mut counts.answered,
            Self::Repeated => &mut counts.repeated,
            Self::TakeIn | Self::SendTo(_) if !is_sent => &mut counts.failed,
            Self::TakeIn => &mut counts.taken_in,
            Self::SendTo(_) => &mut counts.handed_on,
        };
        *count += 1;
    }
}

/// What was done with a kept SYN so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::datapath) enum Fate {
    #[default]
    Open,
    /// That node got it, and answers it if it stays.
    HandedTo(NodeId),
    Ended,
}

impl Fate {
    /// After this was done with it.
    pub(in crate::datapath) const fn after(judgement: Judgement) -> Self {
        match judgement {
            Judgement::Leave => Self::Open,
            Judgement::SendTo(node) => Self::HandedTo(node),
            Judgement::TakeIn | Judgement::Answered | Judgement::Repeated => Self::Ended,
        }
    }
}

/// A module as far as it decides that.
#[derive(Debug)]
pub(in crate::datapath) struct Farm {
    node: NodeId,
    /// The nodes that are there; unknown before the first view.
    there: Option<NodeSet>,
    /// By slot.
    groups: BTreeMap<u32, Group>,
    /// How packets reach the nodes, by slot of the interface.
    links: BTreeMap<u32, Entry>,
}

#[derive(Debug)]
struct Group {
    table: Box<Table>,
    /// The last other owner of each bucket.
    others: Vec<Option<NodeId>>,
    /// Whether this node had a bucket open, and nobody else owned it since.
    own: Vec<bool>,
    /// When this node gave a bucket away.
    given: Vec<Option<Time>>,
}

impl Farm {
    /// A module that was opened.
    pub(in crate::datapath) fn of(path: &ModulePath, open: &Open) -> Self {
        let links = open.plan.links.iter();
        let entries = links.map(|(slot, link)| (*slot, Entry::from_byte(link.entry)));
        Self::new(path.node, open.groups(), entries.collect())
    }

    /// A module whose buckets are all closed.
    fn new(node: NodeId, groups: &[u32], links: BTreeMap<u32, Entry>) -> Self {
        let closed = BucketState::new(Kind::Foreign { owner: node.get() });
        let group = || Group {
            table: Box::new([closed.byte(); BUCKETS]),
            others: vec![None; BUCKETS],
            own: vec![false; BUCKETS],
            given: vec![None; BUCKETS],
        };
        Self {
            node,
            there: None,
            groups: groups.iter().map(|slot| (*slot, group())).collect(),
            links,
        }
    }

    /// The farm with what a former one knew of the groups that both have.
    pub(in crate::datapath) fn after(mut self, mut former: Self) -> Self {
        for (slot, group) in &mut self.groups {
            if let Some(known) = former.groups.remove(slot) {
                *group = known;
            }
        }
        self.there = former.there;
        self
    }

    /// Other nodes than this one that are there.
    pub(in crate::datapath) const fn know(&mut self, there: NodeSet) {
        self.there = Some(there);
    }

    /// These tables, by slot of their group, are in force since `now`.
    pub(in crate::datapath) fn install(&mut self, tables: &[(u32, Table)], now: Time) {
        let node = self.node;
        for (slot, table) in tables {
            if let Some(group) = self.groups.get_mut(slot) {
                group.install(node, table, now);
            }
        }
    }

    /// Whether something may still be done with a SYN: who got it last may be lost as well.
    pub(in crate::datapath) fn is_open(&self, fate: Fate) -> bool {
        match fate {
            Fate::Open => true,
            Fate::HandedTo(node) => self.is_lost(node),
            Fate::Ended => false,
        }
    }

    /// What is done with a SYN at instant `now`; `waits`: its client was not seen to go on; `is_open`: the
    /// filter may accept, and would not drop what this node takes in.
    pub(in crate::datapath) fn judge(
        &self,
        kept: &Kept,
        waits: bool,
        is_open: bool,
        now: Time,
    ) -> Judgement {
        if !is_young(kept, now) {
            return Judgement::Leave;
        }
        let due = self.due(kept, now);
        if due == Judgement::Leave {
            Judgement::Leave
        } else if !waits {
            Judgement::Answered
        } else if kept.flags & REPEATED != 0 {
            Judgement::Repeated
        } else if due == Judgement::TakeIn && !is_open {
            Judgement::Leave
        } else {
            due
        }
    }

    /// What is to be done with a SYN that nobody answered.
    fn due(&self, kept: &Kept, now: Time) -> Judgement {
        let place = DecidedBy::from_number(kept.decided_by).get();
        let Some((slot, bucket)) = place else {
            return Judgement::Leave;
        };
        let (Some(group), Some(entry)) = (self.groups.get(&slot), self.links.get(&kept.link))
        else {
            return Judgement::Leave;
        };
        let bucket = usize::from(bucket) % BUCKETS;
        let state = BucketState::from_byte(group.table[bucket]);
        let seen = Seen {
            was_sent_on: kept.flags & FROM_PEER != 0,
            owner: owner(BucketState::from_byte(kept.state)),
            entry: *entry,
            is_overdue: now.since(Time(kept.at_ns)) >= ANSWER,
        };
        match owner(state) {
            None if group.own[bucket] && seen.owner == Some(self.node) => Judgement::TakeIn,
            None if self.may_take(&seen, group.others[bucket]) => Judgement::TakeIn,
            Some(owner) if owner != self.node && !self.is_lost(owner) => {
                let gave = group.given[bucket].is_some_and(|given| now.since(given) < REPLAY);
                if self.may_send(&seen, owner, gave) {
                    Judgement::SendTo(owner)
                } else {
                    Judgement::Leave
                }
            }
            _ => Judgement::Leave,
        }
    }

    /// Whether this node, which owns the bucket, answers; `other` owned it before.
    fn may_take(&self, seen: &Seen, other: Option<NodeId>) -> bool {
        let owner = seen.owner.filter(|owner| *owner != self.node);
        seen.was_sent_on
            || match (owner, seen.entry) {
                // It was this node's, and not open: nobody else got it.
                (None, Entry::Directed) => true,
                (None, Entry::Invisible) => other.is_none_or(|other| self.is_lost(other)),
                (Some(owner), _) => self.is_lost(owner),
            }
    }

    /// Whether this node sends it to the owner; `gave`: it gave the bucket away just then.
    fn may_send(&self, seen: &Seen, owner: NodeId, gave: bool) -> bool {
        match seen.entry {
            _ if seen.was_sent_on => gave,
            // The owner saw it itself, when it may not have been allowed to answer yet.
            Entry::Invisible => {
                gave && seen.is_overdue
                    && (seen.owner == Some(owner) || seen.owner == Some(self.node))
            }
            Entry::Directed => seen.owner.is_some_and(|before| {
                before != owner && (before == self.node || self.is_lost(before))
            }),
        }
    }

    /// Whether it is known not to be there.
    fn is_lost(&self, node: NodeId) -> bool {
        self.there.is_some_and(|there| !there.contains(node))
    }
}

impl Group {
    fn install(&mut self, node: NodeId, table: &Table, now: Time) {
        let rows = self.table.iter_mut().zip(table);
        let marks = self.others.iter_mut().zip(&mut self.own);
        for ((old, new), ((other, own), given)) in rows.zip(marks.zip(&mut self.given)) {
            if old == new {
                continue;
            }
            let (before, after) = (BucketState::from_byte(*old), BucketState::from_byte(*new));
            *own |= before.is_mine();
            // It may be closed for a moment before anybody else owns it.
            if let Some(owner) = owner(after).filter(|owner| *owner != node) {
                *other = Some(owner);
                if std::mem::take(own) {
                    *given = Some(now);
                }
            }
            *old = *new;
        }
    }
}

/// A SYN as it came.
struct Seen {
    was_sent_on: bool,
    /// Who owned its bucket by this node's table; this node while it was closed.
    owner: Option<NodeId>,
    entry: Entry,
    /// Its owner would have answered.
    is_overdue: bool,
}

/// The owner that a state names; none where it is open on this node.
fn owner(state: BucketState) -> Option<NodeId> {
    match state.kind() {
        Kind::Foreign { owner } | Kind::ForeignHeld { owner } => NodeId::new(owner),
        Kind::Mine | Kind::Migrating { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: u32 = 3;
    const GROUP: u32 = 5;
    const BUCKET: u16 = 77;
    const MS: u64 = 1_000_000;

    fn node(id: u8) -> NodeId {
        NodeId::new(id).unwrap()
    }

    fn at(ms: u64) -> Time {
        Time(ms * MS)
    }

    /// Node 0 of three, all there, whose table says this of every bucket.
    fn farm(entry: Entry, kind: Kind) -> Farm {
        let mut farm = Farm::new(node(0), &[GROUP], [(LINK, entry)].into());
        farm.know([node(1), node(2)].into_iter().collect());
        set(&mut farm, kind, 0);
        farm
    }

    fn set(farm: &mut Farm, kind: Kind, ms: u64) {
        let table = [BucketState::new(kind).byte(); BUCKETS];
        farm.install(&[(GROUP, table)], at(ms));
    }

    fn loses(farm: &mut Farm, lost: u8) {
        let there = [node(1), node(2)].into_iter().collect::<NodeSet>();
        farm.know(there.without(node(lost)));
    }

    /// A SYN that came after 100 ms, when the bucket was as `kind` says.
    fn syn(kind: Kind, flags: u8) -> Kept {
        Kept {
            at_ns: 100 * MS,
            decided_by: DecidedBy::bucket(GROUP, BUCKET).number(),
            link: LINK,
            state: BucketState::new(kind).byte(),
            flags,
            ..Kept::default()
        }
    }

    const OF_1: Kind = Kind::Foreign { owner: 1 };
    const OF_2: Kind = Kind::Foreign { owner: 2 };
    const CLOSED: Kind = Kind::Foreign { owner: 0 };
    const BOTH: [Entry; 2] = [Entry::Directed, Entry::Invisible];

    #[test]
    fn who_gets_the_bucket_of_a_lost_node_answers_once_it_may_open_it() {
        for entry in BOTH {
            let mut farm = farm(entry, OF_1);
            let syn = syn(OF_1, 0);
            assert_eq!(
                farm.judge(&syn, true, true, at(110)),
                Judgement::Leave,
                "alive"
            );
            loses(&mut farm, 1);
            set(&mut farm, CLOSED, 150);
            assert_eq!(
                farm.judge(&syn, true, true, at(150)),
                Judgement::Leave,
                "closed"
            );
            set(&mut farm, Kind::Mine, 160);
            assert_eq!(farm.judge(&syn, true, true, at(160)), Judgement::TakeIn);
            // What came while it was closed was the lost node's as well.
            let closed = self::syn(CLOSED, 0);
            assert_eq!(farm.judge(&closed, true, true, at(160)), Judgement::TakeIn);
        }
    }

    #[test]
    fn what_was_answered_repeated_or_is_old_is_not_replayed() {
        let mut farm = farm(Entry::Invisible, OF_1);
        loses(&mut farm, 1);
        set(&mut farm, Kind::Mine, 150);
        let syn = syn(OF_1, 0);
        assert_eq!(farm.judge(&syn, false, true, at(160)), Judgement::Answered);
        let again = self::syn(OF_1, REPEATED);
        assert_eq!(farm.judge(&again, true, true, at(160)), Judgement::Repeated);
        assert_eq!(farm.judge(&syn, true, true, at(1099)), Judgement::TakeIn);
        assert_eq!(
            farm.judge(&syn, true, false, at(1099)),
            Judgement::Leave,
            "no lease"
        );
        assert_eq!(farm.judge(&syn, true, true, at(1100)), Judgement::Leave);
        assert_eq!(
            farm.judge(&Kept::default(), true, true, at(0)),
            Judgement::Leave
        );
    }

    #[test]
    fn an_entry_node_sends_what_met_a_lost_node_to_the_new_owner() {
        let syn = syn(OF_1, 0);
        let mut directed = farm(Entry::Directed, OF_1);
        set(&mut directed, OF_2, 150);
        assert_eq!(
            directed.judge(&syn, true, true, at(150)),
            Judgement::Leave,
            "alive"
        );
        loses(&mut directed, 1);
        assert_eq!(
            directed.judge(&syn, true, true, at(150)),
            Judgement::SendTo(node(2))
        );
        // Where every node sees every packet the new owner has it.
        let mut invisible = farm(Entry::Invisible, OF_1);
        set(&mut invisible, OF_2, 150);
        loses(&mut invisible, 1);
        assert_eq!(invisible.judge(&syn, true, true, at(150)), Judgement::Leave);
    }

    #[test]
    fn what_a_peer_sent_on_is_answered_when_the_bucket_is_open() {
        for entry in BOTH {
            let mut farm = farm(entry, OF_1);
            // Before this node knew that it is the owner, and after.
            let syns = [syn(OF_1, FROM_PEER), syn(CLOSED, FROM_PEER)];
            let judged = |farm: &Farm| syns.map(|syn| farm.judge(&syn, true, true, at(160)));
            assert_eq!(judged(&farm), [Judgement::Leave; 2]);
            set(&mut farm, CLOSED, 150);
            assert_eq!(judged(&farm), [Judgement::Leave; 2]);
            set(&mut farm, Kind::Migrating { from: 1 }, 160);
            assert_eq!(judged(&farm), [Judgement::TakeIn; 2]);
        }
    }

    #[test]
    fn who_gave_a_bucket_away_hands_on_what_it_refused() {
        let held = Kind::ForeignHeld { owner: 1 };
        let mut invisible = farm(Entry::Invisible, Kind::Mine);
        set(&mut invisible, held, 90);
        assert_eq!(
            invisible.judge(&syn(held, 0), true, true, at(110)),
            Judgement::SendTo(node(1))
        );
        // The new owner leaves it to the old one, which may have answered.
        let mut owner = farm(Entry::Invisible, OF_1);
        set(&mut owner, Kind::Migrating { from: 1 }, 150);
        for kind in [OF_1, CLOSED] {
            assert_eq!(
                owner.judge(&syn(kind, 0), true, true, at(160)),
                Judgement::Leave
            );
        }
        // A peer that does not know yet sent it to who does not own it any more.
        let mut directed = farm(Entry::Directed, Kind::Mine);
        set(&mut directed, held, 90);
        let sent_on = syn(held, FROM_PEER);
        assert_eq!(
            directed.judge(&sent_on, true, true, at(110)),
            Judgement::SendTo(node(1))
        );
        // Its own were sent on at once.
        assert_eq!(
            directed.judge(&syn(held, 0), true, true, at(110)),
            Judgement::Leave
        );
    }

    #[test]
    fn what_was_handed_to_a_node_that_is_lost_then_is_seen_to_again() {
        for entry in BOTH {
            let held = Kind::ForeignHeld { owner: 1 };
            let mut farm = farm(entry, Kind::Mine);
            set(&mut farm, held, 90);
            let syn = syn(held, FROM_PEER);
            let handed = farm.judge(&syn, true, true, at(110));
            assert_eq!(handed, Judgement::SendTo(node(1)));
            let fate = Fate::after(handed);
            assert!(!farm.is_open(fate));
            loses(&mut farm, 1);
            assert!(farm.is_open(fate));
            // Nothing is sent to a node that is lost.
            assert_eq!(farm.judge(&syn, true, true, at(150)), Judgement::Leave);
            set(&mut farm, Kind::Mine, 160);
            let taken = farm.judge(&syn, true, true, at(160));
            assert_eq!(taken, Judgement::TakeIn);
            assert!(!farm.is_open(Fate::after(taken)));
        }
    }

    #[test]
    fn a_bucket_may_be_closed_for_a_moment_before_it_is_given_away_or_opened_again() {
        let closed = Kind::ForeignHeld { owner: 0 };
        let mut farm = farm(Entry::Invisible, OF_2);
        set(&mut farm, Kind::Mine, 50);
        set(&mut farm, closed, 90);
        assert_eq!(
            farm.judge(&syn(closed, 0), true, true, at(105)),
            Judgement::Leave
        );
        set(&mut farm, Kind::Mine, 110);
        assert_eq!(
            farm.judge(&syn(closed, 0), true, true, at(110)),
            Judgement::TakeIn
        );
        set(&mut farm, closed, 120);
        set(&mut farm, Kind::ForeignHeld { owner: 1 }, 130);
        for kind in [closed, Kind::ForeignHeld { owner: 1 }] {
            let judged = farm.judge(&syn(kind, 0), true, true, at(130));
            assert_eq!(judged, Judgement::SendTo(node(1)));
        }
    }

    #[test]
    fn who_never_had_a_bucket_hands_nothing_on() {
        for entry in BOTH {
            // A daemon that starts does not know whether it holds sockets.
            let farm = farm(entry, Kind::ForeignHeld { owner: 1 });
            let syn = syn(Kind::ForeignHeld { owner: 1 }, FROM_PEER);
            assert_eq!(farm.judge(&syn, true, true, at(110)), Judgement::Leave);
        }
    }

    #[test]
    fn an_entry_node_answers_what_came_before_its_own_bucket_was_open() {
        let mut farm = farm(Entry::Directed, OF_1);
        set(&mut farm, CLOSED, 90);
        set(&mut farm, Kind::Migrating { from: 1 }, 110);
        assert_eq!(
            farm.judge(&syn(CLOSED, 0), true, true, at(110)),
            Judgement::TakeIn
        );
        // Or hands it on, where the bucket moved on before.
        set(&mut farm, OF_2, 120);
        assert_eq!(
            farm.judge(&syn(CLOSED, 0), true, true, at(120)),
            Judgement::SendTo(node(2))
        );
    }
}
