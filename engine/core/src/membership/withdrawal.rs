//! Members that want no share: a node that is drained stays a member, keeps what its sockets hold, and
//! opens nothing new.

use super::{Membership, Peer};
use crate::ids::{GroupSet, NodeId, NodeSet, Time};
use crate::lease::Beats;
use crate::status::DrainStatus;

impl Membership {
    /// From here on this node wants no share of these groups, and one of all others. It holds until it is
    /// said otherwise, through leaving and joining.
    pub fn withdraw(&mut self, groups: GroupSet, beats: &Beats, now: Time) {
        if self.withdrawn == groups {
            return;
        }
        self.withdrawn = groups;
        self.wants_beat = true;
        self.changed = true;
        self.lead(beats, now);
        self.settle_down(beats, now);
    }

    /// The groups with these names.
    pub fn groups_named(&self, names: &[&str]) -> GroupSet {
        let groups = self.setup.groups.iter().enumerate();
        let named = groups.filter(|(_, group)| names.contains(&group.name.as_str()));
        named.map(|(index, _)| index).collect()
    }

    /// How far this node is with giving away all that it has; `None` unless it wants no share at all.
    pub fn drain_status(&self) -> Option<DrainStatus> {
        if self.withdrawn != GroupSet::ALL {
            return None;
        }
        let (me, view) = (self.setup.me, self.view.as_ref()?);
        let is_empty =
            !self.handover.may_hold() && view.tables.iter().all(|table| table.count(me) == 0);
        Some(if is_empty {
            DrainStatus::Drained
        } else {
            DrainStatus::Draining
        })
    }

    /// Why no node that is heard would take all that this one gives away; `None` where each group has
    /// one that would.
    pub fn why_no_relief(&self) -> Option<String> {
        let sections = || self.peers.values().filter_map(Peer::alive_section);
        let serving = || sections().filter(|section| section.serving);
        if serving().next().is_none() {
            return Some("no other node serves it; start it on one first".to_owned());
        }
        let taken = |group| serving().any(|section| !self.says_out_of(section, group));
        let mut groups = self.setup.groups.iter();
        let name = &groups.find(|group| !taken(group.id))?.name;
        Some(format!(
            "no other node takes the flows of group {name}: each is drained, or a failover rule withdraws the \
             group there"
        ))
    }
}

/// Who is to have a share of a group: all members but those that want none. Where that would leave nobody
/// with any power, what they want counts for nothing: a share that nobody has is worse.
pub(super) fn takers(powers: &[(NodeId, u32)], members: NodeSet, withdrawn: NodeSet) -> NodeSet {
    let others = members.minus(withdrawn);
    let mut takes = powers.iter().filter(|(node, _)| others.contains(*node));
    match takes.any(|(_, power)| *power > 0) {
        true => others,
        false => members,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_never_left_to_nobody() {
        let node = |id| NodeId::new(id).unwrap();
        let set = |ids: &[u8]| -> NodeSet { ids.iter().map(|id| node(*id)).collect() };
        let powers = [(node(0), 1), (node(1), 0), (node(2), 3)];
        let takers = |withdrawn: &[u8]| takers(&powers, set(&[0, 1, 2]), set(withdrawn));
        assert_eq!(takers(&[]), set(&[0, 1, 2]));
        assert_eq!(takers(&[0]), set(&[1, 2]));
        assert_eq!(takers(&[0, 2]), set(&[0, 1, 2]), "node 1 has no power");
        assert_eq!(takers(&[0, 1, 2]), set(&[0, 1, 2]));
    }
}
