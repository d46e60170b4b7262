//! The groups of a module while members have different ones: which group is which, and what of a view a node goes by.
//!
//! A view has its tables by group, so each member finds its own. Until all have the change a view has the groups of
//! before, and those that come without having been another one: everybody has a share of these before anybody lets
//! clients in. A group whose rules were another one's (one that is renamed, or a part that is split off) has no
//! table of its own so long: who has it already goes by the table of that other one, as do those that have it not
//! yet, so that every packet has one owner. Then it gets a table of its own, as the next one after the other's.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::{Beside, Membership, Peer, Setup, withdrawal};
use crate::ids::{GroupId, GroupSet, NodeId, NodeSet, Time};
use crate::table::{self, Table};
use crate::view::{Share, View};
use crate::wire::Section;

/// A group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Which one.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// The weight of each node.
    pub powers: Vec<(NodeId, u32)>,
}

impl Group {
    fn like(&self, like: Option<GroupId>, members: NodeSet, withdrawn: NodeSet) -> Share {
        let takers = withdrawal::takers(&self.powers, members, withdrawn);
        Share {
            group: self.id,
            like,
            weights: table::weights(&self.powers, takers),
        }
    }
}

impl Setup {
    /// The other configuration that has other groups, or has them in another order.
    fn regrouping(&self) -> Option<&Beside> {
        let mut others = self.others.iter();
        others.find(|other| !ids(&other.groups).eq(ids(&self.groups)))
    }

    /// The groups whose rules are, or were, those of this one in the other configuration.
    fn twins(&self, group: GroupId) -> impl Iterator<Item = GroupId> {
        let pairs = self.regrouping().into_iter().flat_map(|other| &other.pairs);
        pairs.filter_map(move |(newer, older)| match group {
            _ if group == *newer => Some(*older),
            _ if group == *older => Some(*newer),
            _ => None,
        })
    }

    /// Where a group, or else a twin of it, stands among these.
    fn place(&self, groups: &[Group], group: GroupId) -> Option<usize> {
        let place = |group| ids(groups).position(|id| id == group);
        place(group).or_else(|| self.twins(group).find_map(place))
    }

    /// The groups of who has this configuration.
    fn groups_by(&self, digest: u32) -> &[Group] {
        let mut others = self.others.iter();
        let other = others.find(|other| other.digests.contains(&digest));
        other.map_or(&self.groups, |other| &other.groups)
    }

    /// The groups of a view, each with the one whose table it goes on from.
    fn of_views(&self, changing: bool) -> Vec<(&Group, Option<GroupId>)> {
        let other = self.regrouping();
        let Some(other) = other.filter(|_| changing) else {
            let older = |group: &Group| other?.older(group.id);
            let groups = self.groups.iter();
            return groups.map(|group| (group, older(group))).collect();
        };
        let (before, after) = match other.is_next {
            true => (&self.groups, &other.groups),
            false => (&other.groups, &self.groups),
        };
        let is_there = |group: &Group| ids(before).any(|id| id == group.id);
        let comes = |group: &&Group| !is_there(group) && other.older(group.id).is_none();
        let all = before.iter().chain(after.iter().filter(comes));
        let as_here = |group| self.groups.iter().find(|one| one.id == group);
        // Where somebody led who knew that all have the change, and is lost.
        let newer = |group: &Group| other.newer(group.id).next();
        all.map(|group| (as_here(group.id).unwrap_or(group), newer(group)))
            .collect()
    }

    /// What a view with these members is made of; per group, who wants no share of it.
    fn shares(
        &self,
        changing: bool,
        members: NodeSet,
        withdrawn: impl Fn(GroupId) -> NodeSet,
    ) -> Vec<(Share, NodeSet)> {
        let share = |(group, like): (&Group, Option<GroupId>)| {
            let withdrawn = withdrawn(group.id);
            (group.like(like, members, withdrawn), withdrawn)
        };
        self.of_views(changing).into_iter().map(share).collect()
    }

    /// What of a view is about a group, or else about a twin of it.
    pub(super) fn table_of<'a>(&self, view: &'a View, group: GroupId) -> Option<&'a Table> {
        let twin = || self.twins(group).find_map(|twin| view.table(twin));
        view.table(group).or_else(twin)
    }

    /// The same of all groups here.
    pub(super) fn tables_of<'a>(&self, view: &'a View) -> Vec<Option<&'a Table>> {
        ids(&self.groups)
            .map(|group| self.table_of(view, group))
            .collect()
    }

    /// The table of each group here after that of this view.
    pub(super) fn next_tables(&self, view: &View) -> Vec<Option<Table>> {
        let withdrawn = |group| view.withdrawn_from(group).unwrap_or(NodeSet::EMPTY);
        let shares = self.shares(false, view.members, withdrawn);
        let next = |(share, _): &(Share, _)| {
            let before = self.table_of(view, share.group);
            Some(Table::next(before, &share.weights, view.members))
        };
        shares.iter().map(next).collect()
    }
}

fn ids(groups: &[Group]) -> impl Iterator<Item = GroupId> {
    groups.iter().map(|group| group.id)
}

impl Membership {
    /// What the next view with these members is to be made of.
    pub(super) fn next_shares(&self, members: NodeSet) -> Vec<(Share, NodeSet)> {
        let of = |group| {
            let wants_none = |node: &NodeId| self.wants_none(*node, group);
            members.iter().filter(wants_none).collect()
        };
        self.setup.shares(self.changing, members, of)
    }

    /// Whether a view is about these groups, and these members want no share of each.
    pub(super) fn is_about(view: &View, shares: &[(Share, NodeSet)]) -> bool {
        let mut all = shares.iter();
        view.groups.len() == shares.len()
            && all.all(|(share, out)| view.withdrawn_from(share.group) == Some(*out))
    }

    /// Whether each member has its share by the weights known here.
    pub(super) fn is_balanced(&self, view: &View) -> bool {
        let withdrawn = |group| view.withdrawn_from(group).unwrap_or(NodeSet::EMPTY);
        let shares = self.setup.shares(self.changing, view.members, withdrawn);
        let mut tables = shares.iter().filter_map(|(share, _)| {
            let table = view.table(share.group)?;
            Some((table, share))
        });
        tables.all(|(table, share)| table.is_balanced(&share.weights))
    }

    fn wants_none(&self, node: NodeId, group: GroupId) -> bool {
        if node == self.setup.me {
            return self.is_out_of(self.withdrawn, &self.setup.groups, group);
        }
        let section = self.peers.get(&node).and_then(Peer::alive_section);
        section.is_some_and(|section| self.says_out_of(section, group))
    }

    /// Whether a peer wants no share of a group.
    pub(super) fn says_out_of(&self, section: &Section, group: GroupId) -> bool {
        let groups = self.setup.groups_by(section.digest);
        self.is_out_of(section.withdrawn, groups, group)
    }

    fn is_out_of(&self, out: GroupSet, groups: &[Group], group: GroupId) -> bool {
        let place = self.setup.place(groups, group);
        out == GroupSet::ALL || place.is_some_and(|place| out.contains(place))
    }

    /// Per group of this node, the sockets that a peer says it holds; `None` where it says nothing of that group.
    pub(super) fn held_at(&self, section: &Section) -> Vec<Option<u32>> {
        let groups = self.setup.groups_by(section.digest);
        let of = |group| {
            let is_its = |(one, _): &(&Group, &u32)| {
                one.id == group || self.setup.twins(group).any(|twin| twin == one.id)
            };
            let counts = groups.iter().zip(&section.held).filter(is_its);
            counts.map(|(_, held)| *held).reduce(u32::saturating_add)
        };
        ids(&self.setup.groups).map(of).collect()
    }

    /// Where what each group of the next setup goes on from stands here; `None` where all groups stay in their places.
    pub(super) fn places(&self, next: &Setup) -> Option<Vec<Option<usize>>> {
        match ids(&next.groups).cmp(ids(&self.setup.groups)) {
            Ordering::Equal => None,
            Ordering::Less | Ordering::Greater => {
                let place = |group| next.place(&self.setup.groups, group);
                Some(ids(&next.groups).map(place).collect())
            }
        }
    }

    /// This node has other groups, each of which goes on from the one at its place.
    pub(super) fn regroup(&mut self, places: &[Option<usize>], now: Time) {
        let tables = match &self.view {
            Some(view) => self.setup.tables_of(view),
            None => vec![None; places.len()],
        };
        self.handover.regroup(places, self.version(), &tables);
        if self.withdrawn != GroupSet::ALL {
            let is_out =
                |place: &Option<usize>| place.is_some_and(|one| self.withdrawn.contains(one));
            let places = places.iter().enumerate();
            let out = places.filter(|(_, place)| is_out(place));
            self.withdrawn = out.map(|(group, _)| group).collect();
        }
        self.counting.forget();
        self.count(now);
    }

    /// The table of a group, by its place in the configuration, in the view in force.
    pub fn table(&self, group: usize) -> Option<&Table> {
        let group = self.setup.groups.get(group)?;
        self.setup.table_of(self.view.as_ref()?, group.id)
    }
}
