//! Views: who takes part in a module, who leads, and how a view travels.
//!
//! Pure functions of what is known; who knows it and acts on it is [`crate::membership`].

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::ids::{Epoch, GroupId, Incarnation, NodeId, NodeSet};
use crate::table::Table;

mod parts;

pub use parts::{Assembly, split};

/// Which view: its epoch, and the run of the node that made it. A leader that starts anew may not
/// know how far it had counted; its views of two runs are never taken for one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Version {
    /// The epoch.
    pub epoch: Epoch,
    /// The run of its leader.
    pub run: Incarnation,
}

impl Version {
    /// No version with this counter is greater.
    pub const fn last_of(counter: u64) -> Self {
        Self {
            epoch: Epoch {
                counter,
                leader: NodeId::LAST,
            },
            run: Incarnation(u64::MAX),
        }
    }
}

/// Who takes part and who owns what, as one leader decided it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Which one it is.
    pub version: Version,
    /// Who takes part.
    pub members: NodeSet,
    /// The node that answers for the virtual addresses.
    pub entry: Option<NodeId>,
    /// All members of the present, but the `fresh` ones, had this view or a later one in force when
    /// this one was made.
    pub base: Version,
    /// Members that were not in every view from `base` to this one: what such a node had open before
    /// may be open elsewhere.
    pub fresh: NodeSet,
    /// The groups that it is about. Members that have others find theirs by it.
    pub groups: Vec<GroupId>,
    /// Per group, the members that wanted no share of it. They have one all the same where nobody else
    /// could take it.
    pub withdrawn: Vec<NodeSet>,
    /// One per group.
    pub tables: Vec<Table>,
}

/// A group of a view that is to be made.
#[derive(Clone, Debug)]
pub struct Share {
    /// Which one.
    pub group: GroupId,
    /// Whose table it goes on from where the view before has none of its own.
    pub like: Option<GroupId>,
    /// The weights of those that are to have a share.
    pub weights: Vec<(NodeId, u32)>,
}

/// Who is there for a view that is to be made.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Roster {
    /// Who takes part.
    pub members: NodeSet,
    /// Per group, those of them that want no share of it.
    pub withdrawn: Vec<NodeSet>,
    /// The nodes whose sockets live on, members or not.
    pub alive: NodeSet,
}

impl Roster {
    /// Those whom clients may be led to first: members that want a share of anything, or all where none
    /// does.
    fn doors(&self) -> NodeSet {
        let idle = self.withdrawn.iter().copied();
        let idle = idle.fold(self.members, NodeSet::intersection);
        match self.members.minus(idle) {
            NodeSet::EMPTY => self.members,
            doors => doors,
        }
    }
}

impl View {
    /// The first view, or the one after `previous`, of the groups in `shares`; `agreed` says whether all members of
    /// `previous` that stay have it in force.
    pub fn next(
        previous: Option<&Self>,
        agreed: bool,
        version: Version,
        roster: Roster,
        shares: &[Share],
    ) -> Self {
        let doors = roster.doors();
        let Roster {
            members,
            withdrawn,
            alive,
        } = roster;
        let table = |group| previous.and_then(|view| view.table(group));
        let before = |share: &Share| table(share.group).or_else(|| table(share.like?));
        let kept = previous
            .and_then(|view| view.entry)
            .filter(|entry| doors.contains(*entry));
        let added = members.minus(previous.map_or(NodeSet::EMPTY, |view| view.members));
        let (base, fresh) = match previous {
            Some(view) if agreed => (view.version, added),
            Some(view) => (view.base, added.union(view.fresh.intersection(members))),
            None => (version, added),
        };
        Self {
            version,
            members,
            base,
            fresh,
            withdrawn,
            entry: kept.or_else(|| doors.iter().next()),
            groups: shares.iter().map(|share| share.group).collect(),
            tables: shares
                .iter()
                .map(|share| Table::next(before(share), &share.weights, alive))
                .collect(),
        }
    }
}

impl View {
    /// The table of a group that it is about.
    pub fn table(&self, group: GroupId) -> Option<&Table> {
        self.tables.get(self.place(group)?)
    }

    /// The members that wanted no share of a group that it is about.
    pub fn withdrawn_from(&self, group: GroupId) -> Option<NodeSet> {
        self.withdrawn.get(self.place(group)?).copied()
    }

    fn place(&self, group: GroupId) -> Option<usize> {
        self.groups.iter().position(|one| *one == group)
    }

    /// Whether a node that has this version in force was a member all the way from there to this view.
    pub fn continues(&self, node: NodeId, version: Option<Version>) -> bool {
        version >= Some(self.base) && !self.fresh.contains(node)
    }
}

/// What a node says about itself when it comes to leading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub node: NodeId,
    /// Wants to be a member.
    pub serving: bool,
    /// The view in force there.
    pub version: Option<Version>,
    /// Its members.
    pub members: NodeSet,
}

impl Candidate {
    fn is_member(&self) -> bool {
        self.version.is_some() && self.members.contains(self.node)
    }

    /// Leads the view in force at itself, and is in it.
    fn leads(&self) -> bool {
        self.is_member()
            && self
                .version
                .is_some_and(|version| version.epoch.leader == self.node)
    }

    /// A node of its view went on without it: its claim is of the past.
    fn is_deserted(&self, all: &[Self]) -> bool {
        let went_on = |other: &Self| {
            other.version > self.version
                && self.members.contains(other.node)
                && !other.members.contains(self.node)
        };
        all.iter().any(went_on)
    }

    /// There is a larger side, of which members are heard but its leader is not (yet): who was cut
    /// off hears the others one after the other when it returns, and must not lead them by tables
    /// that know nothing of them.
    fn is_outnumbered(&self, all: &[Self]) -> bool {
        let is_heard = |leader: NodeId| all.iter().any(|node| node.node == leader);
        let outnumbers = |other: &Self| {
            other.is_member()
                && !other.members.contains(self.node)
                && other.members.len() > self.members.len()
                && other
                    .version
                    .is_some_and(|version| !is_heard(version.epoch.leader))
                && !other.is_deserted(all)
        };
        all.iter().any(outnumbers)
    }
}

/// Who leads among these nodes, each of which serves or has a view.
///
/// Those who lead the view in force at themselves and were not deserted; most members first, then
/// the lowest number. Where there is none: the members of the highest epoch, those that serve first,
/// then the lowest number. In both cases not those of a side that is smaller than one whose leader
/// is not heard. Where there is no view at all: the lowest number that serves.
pub fn leader(all: &[Candidate]) -> Option<NodeId> {
    let claims = all
        .iter()
        .filter(|node| node.leads() && !node.is_deserted(all) && !node.is_outnumbered(all));
    if let Some(best) = claims.max_by_key(|node| (node.members.len(), Reverse(node.node))) {
        return Some(best.node);
    }
    let members = all
        .iter()
        .filter(|node| node.is_member() && !node.is_outnumbered(all));
    if let Some(best) = members.max_by_key(|node| (node.version, node.serving, Reverse(node.node)))
    {
        return Some(best.node);
    }
    all.iter()
        .filter(|node| node.serving)
        .map(|node| node.node)
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: u8) -> NodeId {
        NodeId::new(id).unwrap()
    }

    fn candidate(id: u8, serving: bool, epoch: Option<(u64, u8)>, members: &[u8]) -> Candidate {
        Candidate {
            node: node(id),
            serving,
            version: epoch.map(|(counter, leader)| Version {
                epoch: Epoch {
                    counter,
                    leader: node(leader),
                },
                run: Incarnation(1),
            }),
            members: members.iter().map(|id| node(*id)).collect(),
        }
    }

    type Case = (&'static str, Vec<Candidate>, Option<u8>);

    fn check(cases: &[Case]) {
        for (name, all, expected) in cases {
            assert_eq!(leader(all), expected.map(node), "{name}");
        }
    }

    #[test]
    fn who_leads_one_side() {
        let c = candidate;
        check(&[
            ("nobody", vec![], None),
            (
                "no view: the lowest that serves",
                vec![
                    c(0, false, None, &[]),
                    c(2, true, None, &[]),
                    c(1, true, None, &[]),
                ],
                Some(1),
            ),
            (
                "a leader stays when a lower number joins",
                vec![c(2, true, Some((5, 2)), &[2, 3]), c(1, true, None, &[])],
                Some(2),
            ),
            (
                "the leader died: the lowest member of the highest epoch",
                vec![
                    c(1, true, Some((4, 0)), &[0, 1, 2]),
                    c(2, true, Some((5, 0)), &[0, 1, 2]),
                    c(3, true, Some((5, 0)), &[0, 2, 3]),
                ],
                Some(2),
            ),
            (
                "a leaving member passes the tables on",
                vec![c(3, false, Some((4, 0)), &[0, 3]), c(1, true, None, &[])],
                Some(3),
            ),
            (
                "a node that left does not lead",
                vec![
                    c(0, false, Some((4, 0)), &[1]),
                    c(1, true, Some((4, 0)), &[1]),
                ],
                Some(1),
            ),
        ]);
    }

    #[test]
    fn who_leads_when_sides_meet() {
        let c = candidate;
        check(&[
            (
                "two sides meet: most members",
                vec![
                    c(0, true, Some((9, 0)), &[0]),
                    c(1, true, Some((7, 1)), &[1, 2]),
                    c(2, true, Some((7, 1)), &[1, 2]),
                ],
                Some(1),
            ),
            (
                "a larger side meets before its leader is heard: not the one who was alone",
                vec![
                    c(0, true, Some((9, 0)), &[0]),
                    c(2, true, Some((7, 1)), &[1, 2]),
                ],
                Some(2),
            ),
            (
                "two equal sides meet: the lowest number",
                vec![
                    c(1, true, Some((9, 1)), &[1]),
                    c(0, true, Some((7, 0)), &[0]),
                ],
                Some(0),
            ),
            (
                "a leader that slept while the others went on leads no more",
                vec![
                    c(0, true, Some((4, 0)), &[0, 1, 2]),
                    c(1, true, Some((5, 1)), &[1, 2]),
                    c(2, true, Some((5, 1)), &[1, 2]),
                ],
                Some(1),
            ),
        ]);
    }
}
