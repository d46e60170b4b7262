//! What this node does with each bucket: opens its flows or not, and who may still hold some.
//!
//! ```text
//!               install: owner is me             open
//!    Foreign ────────────────────────► Closed ─────────► Open (migrating) ──settle──► Open (settled)
//!       ▲  ◄──────────────────────────   ▲  │               │                             │
//!       │       install: owner is another│  └───────◄───────┴── close, or install when ───┤
//!       │                                              the lease had run out              │
//!       └──────────────────────── install: owner is another ──────────────────────────────┘
//! ```
//!
//! When a bucket may be opened is decided in [`crate::membership`]; here is only what follows.

use std::collections::BTreeMap;
use std::iter;

use evenkeel_packet::bucket::{BucketState, Kind};
use serde::{Deserialize, Serialize};

use crate::ids::{NodeId, NodeSet};
use crate::table::Table;
use crate::view::Version;

/// The buckets of all groups of one module on this node.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Handover {
    me: NodeId,
    groups: Vec<Group>,
    /// Members that had another view before: any bucket may have sockets there.
    guests: NodeSet,
    /// The view in force at the last count of held sockets.
    held_version: Option<Version>,
    changed: bool,
    /// Something is this node's and not open.
    waiting: bool,
    /// Sockets may live here in buckets that are not open here.
    holding: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Group {
    buckets: Vec<Bucket>,
    /// From whom buckets came that are not settled, and in which view the last of them did.
    gained: BTreeMap<NodeId, Version>,
    /// Sockets in buckets of others, as last counted.
    held: u32,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Bucket {
    owner: Option<NodeId>,
    open: bool,
    /// While it is this node's: who may hold sockets of it.
    from: Option<NodeId>,
    /// While it is not open: sockets of it may live here.
    held: bool,
}

impl Bucket {
    /// A daemon that starts knows nothing about sockets of an earlier run.
    const UNKNOWN: Self = Self {
        owner: None,
        open: false,
        from: None,
        held: true,
    };

    const fn close(&mut self) {
        self.held |= self.open;
        self.open = false;
    }

    fn state(self, me: NodeId) -> BucketState {
        let owner = self.owner.unwrap_or(me).get();
        BucketState::new(match (self.open, self.from) {
            (true, Some(from)) => Kind::Migrating { from: from.get() },
            (true, None) => Kind::Mine,
            (false, _) if self.held => Kind::ForeignHeld { owner },
            (false, _) => Kind::Foreign { owner },
        })
    }
}

impl Handover {
    /// Nothing is owned; of each bucket there may be sockets.
    pub fn new(me: NodeId, groups: usize) -> Self {
        Self {
            me,
            groups: vec![Group::new(); groups],
            guests: NodeSet::EMPTY,
            held_version: None,
            changed: false,
            waiting: false,
            holding: groups > 0,
        }
    }

    /// New tables are in force. What this node keeps stays open if `keep_open`; what it gains is
    /// closed; what it loses may hold sockets. What it owned by other tables but had not open counts
    /// as gained: since it was closed, whoever the new tables name may have opened it.
    ///
    /// Of a group without a table nobody owns anything.
    ///
    /// `guests` come from a view of their own, in which they may have opened anything. No table knows
    /// which of them had a bucket, so each is asked in turn.
    pub fn install(
        &mut self,
        version: Version,
        tables: &[Option<&Table>],
        keep_open: bool,
        guests: NodeSet,
    ) {
        self.changed = true;
        self.guests = guests;
        let guest = guests.iter().next();
        for (group, table) in self.groups.iter_mut().zip(tables) {
            group
                .gained
                .extend(guests.iter().map(|guest| (guest, version)));
            let nobody = || iter::repeat((None, None));
            let owners = table.iter().flat_map(|table| table.iter()).chain(nobody());
            for (bucket, (owner, previous)) in group.buckets.iter_mut().zip(owners) {
                let is_mine = owner == Some(self.me);
                bucket.owner = owner;
                if !is_mine || !keep_open {
                    bucket.close();
                }
                if !is_mine {
                    bucket.from = None;
                } else if !bucket.open {
                    bucket.from = previous.filter(|previous| *previous != self.me);
                    if let Some(from) = bucket.from {
                        group.gained.insert(from, version);
                    }
                }
                if is_mine {
                    bucket.from = bucket.from.or(guest);
                }
            }
        }
        self.look();
    }

    /// From here on there are other groups. Each goes on from the one at its place in `places` as if it were that
    /// one, or begins with its table of this view, closed.
    pub fn regroup(
        &mut self,
        places: &[Option<usize>],
        version: Option<Version>,
        tables: &[Option<&Table>],
    ) {
        let former = std::mem::take(&mut self.groups);
        let groups = places.iter().zip(tables).map(|(place, table)| {
            let known = place.and_then(|place| former.get(place));
            known.cloned().unwrap_or_else(|| {
                let mut group = Group::new();
                if let Some((version, table)) = version.zip(*table) {
                    group.begin(self.me, version, table);
                }
                group
            })
        });
        self.groups = groups.collect();
        // Who counts next counts by these groups.
        self.held_version = None;
        self.changed = true;
        self.look();
    }

    /// Opens everything that is this node's.
    pub fn open(&mut self) {
        let me = Some(self.me);
        for bucket in self
            .buckets_mut()
            .filter(|bucket| bucket.owner == me && !bucket.open)
        {
            bucket.open = true;
        }
        self.changed = true;
        self.look();
    }

    /// Closes everything.
    pub fn close(&mut self) {
        let mut closed = false;
        for bucket in self.buckets_mut().filter(|bucket| bucket.open) {
            bucket.close();
            closed = true;
        }
        self.changed |= closed;
        if closed {
            self.look();
        }
    }

    /// Owns nothing: there is no view. What was open may hold sockets.
    pub fn disown(&mut self) {
        for bucket in self.buckets_mut() {
            bucket.close();
            bucket.owner = None;
            bucket.from = None;
        }
        self.groups
            .iter_mut()
            .for_each(|group| group.gained.clear());
        self.changed = true;
        self.look();
    }

    /// A peer counted its sockets in buckets of others, as far as it has the group: where there are none, what
    /// came from it is settled.
    pub fn settle(&mut self, from: NodeId, counted: Option<Version>, held: &[Option<u32>]) {
        let guests = self.guests;
        for (group, held) in self.groups.iter_mut().zip(held) {
            let is_late = group
                .gained
                .get(&from)
                .is_some_and(|gained| counted >= Some(*gained));
            if *held == Some(0) && is_late {
                group.settle(from, guests);
                self.changed = true;
            }
        }
    }

    /// Whatever came from a node that is gone is settled.
    pub fn settle_gone(&mut self, is_gone: impl Fn(NodeId) -> bool) {
        let guests = self.guests;
        for group in &mut self.groups {
            let gone: Vec<_> = group
                .gained
                .keys()
                .copied()
                .filter(|node| is_gone(*node))
                .collect();
            self.changed |= !gone.is_empty();
            for from in gone {
                group.settle(from, guests);
            }
        }
    }

    /// This node counted its own.
    pub fn counted(&mut self, version: Version, held: &[u32]) {
        self.held_version = Some(version);
        for (group, held) in self.groups.iter_mut().zip(held) {
            group.held = *held;
            if *held == 0 {
                let marked = group.buckets.iter_mut().filter(|bucket| bucket.held);
                self.changed |= marked.map(|bucket| bucket.held = false).count() > 0;
            }
        }
        self.look();
    }

    /// The last count: the view in force then, and the sockets per group.
    pub fn held(&self) -> (Option<Version>, Vec<u32>) {
        (
            self.held_version,
            self.groups.iter().map(|group| group.held).collect(),
        )
    }

    /// Whether anything changed since this was asked last.
    pub const fn take_changed(&mut self) -> bool {
        std::mem::replace(&mut self.changed, false)
    }

    /// What is there counts as changed.
    pub const fn retell(&mut self) {
        self.changed = true;
    }

    /// The states for the filter.
    pub fn states(&self) -> Vec<Vec<BucketState>> {
        let states = |group: &Group| group.buckets.iter().map(|b| b.state(self.me)).collect();
        self.groups.iter().map(states).collect()
    }

    /// Whether everything that is this node's is open.
    pub const fn is_all_open(&self) -> bool {
        !self.waiting
    }

    /// Whether sockets may live here in buckets that are not open here.
    pub const fn may_hold(&self) -> bool {
        self.holding
    }

    /// Buckets of a group that are open here, and of those the ones that are not settled.
    pub fn counts(&self, group: usize) -> (u32, u32) {
        let buckets = self
            .groups
            .get(group)
            .map_or(&[][..], |group| &group.buckets);
        let count = |is: fn(&&Bucket) -> bool| {
            u32::try_from(buckets.iter().filter(is).count()).unwrap_or(u32::MAX)
        };
        (
            count(|bucket| bucket.open),
            count(|bucket| bucket.open && bucket.from.is_some()),
        )
    }

    /// Answers once, after a change, what is asked at every pulse: there are thousands of buckets.
    fn look(&mut self) {
        let me = Some(self.me);
        let waiting = |bucket: &Bucket| bucket.owner == me && !bucket.open;
        let holding = |bucket: &Bucket| bucket.held && !bucket.open;
        let (waiting, holding) = (self.buckets().any(waiting), self.buckets().any(holding));
        (self.waiting, self.holding) = (waiting, holding);
    }

    fn buckets(&self) -> impl Iterator<Item = &Bucket> {
        self.groups.iter().flat_map(|group| &group.buckets)
    }

    fn buckets_mut(&mut self) -> impl Iterator<Item = &mut Bucket> {
        self.groups.iter_mut().flat_map(|group| &mut group.buckets)
    }
}

impl Group {
    /// Nothing is owned; of each bucket there may be sockets.
    fn new() -> Self {
        Self {
            buckets: vec![Bucket::UNKNOWN; evenkeel_packet::BUCKETS],
            gained: BTreeMap::new(),
            held: 0,
        }
    }

    /// The table of the view in force, of which nothing is open yet.
    fn begin(&mut self, me: NodeId, version: Version, table: &Table) {
        for (bucket, (owner, previous)) in self.buckets.iter_mut().zip(table.iter()) {
            bucket.owner = owner;
            bucket.from = previous.filter(|previous| owner == Some(me) && *previous != me);
            self.gained.extend(bucket.from.map(|from| (from, version)));
        }
    }

    /// What came from a node is settled, but for sockets that the next guest may have.
    fn settle(&mut self, from: NodeId, guests: NodeSet) {
        self.gained.remove(&from);
        let next = guests.iter().find(|guest| self.gained.contains_key(guest));
        for bucket in self
            .buckets
            .iter_mut()
            .filter(|bucket| bucket.from == Some(from))
        {
            bucket.from = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Epoch, Incarnation};

    fn node(id: u8) -> NodeId {
        NodeId::new(id).unwrap()
    }

    fn version(counter: u64) -> Version {
        let epoch = Epoch {
            counter,
            leader: node(0),
        };
        let run = Incarnation(1);
        Version { epoch, run }
    }

    /// The table after `previous` for these members with equal weights.
    fn next(previous: Option<&Table>, members: &[u8]) -> Table {
        let weights: Vec<_> = members.iter().map(|id| (node(*id), 1)).collect();
        let alive: NodeSet = members.iter().map(|id| node(*id)).collect();
        Table::next(previous, &weights, alive)
    }

    #[test]
    fn what_others_had_meanwhile_migrates_from_them_to_a_node_that_was_alone() {
        let mut handover = Handover::new(node(1), 1);
        handover.install(version(1), &[Some(&next(None, &[1]))], true, NodeSet::EMPTY);
        handover.open();
        // The other side wins; its tables never knew this node.
        handover.close();
        let theirs = next(None, &[0]);
        let merged = next(Some(&theirs), &[0, 1]);
        handover.install(version(2), &[Some(&merged)], true, NodeSet::EMPTY);
        handover.open();
        for (state, (owner, _)) in handover.states()[0].iter().zip(merged.iter()) {
            let expected = match owner {
                Some(owner) if owner == node(1) => Kind::Migrating { from: 0 },
                _ => Kind::ForeignHeld { owner: 0 },
            };
            assert_eq!(state.kind(), expected);
        }
    }

    #[test]
    fn what_is_kept_open_stays_settled() {
        let mut handover = Handover::new(node(1), 1);
        let before = next(None, &[1]);
        handover.install(version(1), &[Some(&before)], true, NodeSet::EMPTY);
        handover.open();
        let after = next(Some(&before), &[0, 1]);
        handover.install(version(2), &[Some(&after)], true, NodeSet::EMPTY);
        let (open, migrating) = handover.counts(0);
        assert_eq!((open, migrating), (2048, 0));
    }

    #[test]
    fn each_guest_may_hold_sockets_of_what_is_kept_until_it_has_none() {
        let mut handover = Handover::new(node(1), 1);
        let before = next(None, &[1]);
        handover.install(version(1), &[Some(&before)], true, NodeSet::EMPTY);
        handover.open();
        let guests = [node(0), node(2)].into_iter().collect();
        let after = next(Some(&before), &[0, 1, 2]);
        handover.install(version(2), &[Some(&after)], true, guests);
        let from = |handover: &Handover| {
            let kinds = handover
                .states()
                .remove(0)
                .into_iter()
                .map(BucketState::kind);
            let mut open = kinds.filter(|kind| matches!(kind, Kind::Mine | Kind::Migrating { .. }));
            let first = open.next().unwrap();
            assert!(open.all(|kind| kind == first));
            first
        };
        assert_eq!(from(&handover), Kind::Migrating { from: 0 });
        // Counted before it was a guest here.
        handover.settle(node(0), Some(version(1)), &[Some(0)]);
        assert_eq!(from(&handover), Kind::Migrating { from: 0 });
        handover.settle(node(0), Some(version(2)), &[Some(0)]);
        assert_eq!(from(&handover), Kind::Migrating { from: 2 });
        handover.settle_gone(|gone| gone == node(2));
        assert_eq!(from(&handover), Kind::Mine);
    }
}
