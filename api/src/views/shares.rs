//! How a module's traffic is shared among the nodes: configured against measured, from what each
//! node says. Pure.

use super::convert::percent;
use super::module::{GroupStatus, ModuleEntry, ModuleStatus};
use super::traffic::{GroupShares, NodeShare};

/// The shares of each group. Tables and powers are those of the newest epoch that a node has in
/// force; the flows are those of every node whose state is there.
pub fn shares(nodes: &[ModuleEntry]) -> Vec<GroupShares> {
    let statuses = nodes.iter().filter_map(|entry| entry.status.as_ref());
    let Some(newest) = statuses.max_by_key(|status| epoch(status)) else {
        return Vec::new();
    };
    newest
        .groups
        .iter()
        .map(|group| of_group(group, nodes))
        .collect()
}

/// The epoch as something that compares: counter, then the leader's number.
fn epoch(status: &ModuleStatus) -> Option<(u64, u64)> {
    let (counter, leader) = status.epoch.as_deref()?.split_once('.')?;
    Some((counter.parse().ok()?, leader.parse().ok()?))
}

fn of_group(group: &GroupStatus, nodes: &[ModuleEntry]) -> GroupShares {
    let flows = |node: &str| {
        let entry = nodes.iter().find(|entry| entry.node == node)?;
        let mut groups = entry.status.as_ref()?.groups.iter();
        let same = groups.find(|other| other.name == group.name)?;
        Some(same.flows_opened)
    };
    let names = || group.powers.iter().map(|power| power.node.as_str());
    let total: u64 = names().filter_map(flows).sum();
    let share = |power: &super::traffic::NodePower| {
        let owned = group.nodes.iter().find(|share| share.node == power.node);
        let flows_opened = flows(&power.node);
        NodeShare {
            node: power.node.clone(),
            power: power.power,
            buckets: owned.map_or(0, |share| share.buckets),
            percent: owned.map_or(0.0, |share| share.percent),
            flows_opened,
            measured_percent: flows_opened
                .filter(|_| total > 0)
                .map(|flows| percent(flows, total)),
        }
    };
    let missing = names().filter(|node| flows(node).is_none());
    GroupShares {
        name: group.name.clone(),
        flows_opened: total,
        missing: missing.map(ToOwned::to_owned).collect(),
        nodes: group.powers.iter().map(share).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Problem, ProblemType};
    use crate::views::boot::ModuleBoot;
    use crate::views::checks::ModuleChecks;
    use crate::views::module::{Phase, Readiness, Share};
    use crate::views::node::Backend;
    use crate::views::resource::AutomaticActions;
    use crate::views::traffic::NodePower;

    fn group(owned: &[(&str, u32)], flows_opened: u64) -> GroupStatus {
        let share = |(node, buckets): &(&str, u32)| Share {
            node: (*node).to_owned(),
            buckets: *buckets,
            percent: percent(u64::from(*buckets), 4096),
        };
        let power = |node: &str| NodePower {
            node: node.to_owned(),
            power: 1,
        };
        GroupStatus {
            name: "web".to_owned(),
            nodes: owned.iter().map(share).collect(),
            powers: ["node1", "node2", "node3"].map(power).into(),
            open: 0,
            migrating: 0,
            held: 0,
            flows_opened,
            withdrawn_by: Vec::new(),
        }
    }

    fn answered(node: &str, epoch: Option<&str>, group: GroupStatus) -> ModuleEntry {
        let status = ModuleStatus {
            module: "web".to_owned(),
            node: node.to_owned(),
            generation: 1,
            phase: Phase::Up,
            readiness: Readiness::Ready,
            boot: ModuleBoot::default(),
            checks: ModuleChecks::default(),
            epoch: epoch.map(ToOwned::to_owned),
            members: Vec::new(),
            entry: None,
            drain: None,
            groups: vec![group],
            reason: None,
            rule: None,
            automatic_actions: AutomaticActions {
                count: 0,
                max: 3,
                interval_s: 86400,
            },
            backend: Backend {
                name: "memory".to_owned(),
                hook: "none".to_owned(),
                why: String::new(),
            },
            counters: std::collections::BTreeMap::new(),
            replays: None,
            interfaces: Vec::new(),
            revision: 1,
            signature: String::new(),
        };
        ModuleEntry {
            node: node.to_owned(),
            status: Some(status),
            problem: None,
        }
    }

    fn silent(node: &str) -> ModuleEntry {
        ModuleEntry {
            node: node.to_owned(),
            status: None,
            problem: Some(Problem::new(ProblemType::NodeUnreachable, "refused")),
        }
    }

    #[test]
    fn flows_are_shared_among_the_nodes_that_answered_and_the_others_are_named() {
        let halves = [("node1", 2048), ("node2", 2048)];
        let nodes = [
            answered("node1", Some("10.1"), group(&halves, 600)),
            answered("node2", Some("9.0"), group(&[("node2", 4096)], 200)),
            silent("node3"),
        ];
        let shares = shares(&nodes);
        assert_eq!(shares.len(), 1);
        let web = &shares[0];
        assert_eq!(
            (web.flows_opened, web.missing.as_slice()),
            (800, &["node3".to_owned()][..])
        );
        let rows: Vec<_> = web
            .nodes
            .iter()
            .map(|node| {
                (
                    node.buckets,
                    node.percent,
                    node.flows_opened,
                    node.measured_percent,
                )
            })
            .collect();
        let expected = [
            (2048, 50.0, Some(600), Some(75.0)),
            (2048, 50.0, Some(200), Some(25.0)),
            (0, 0.0, None, None),
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn without_flows_nothing_is_measured_and_without_answers_nothing_is_known() {
        let nodes = [answered("node1", None, group(&[], 0)), silent("node2")];
        let web = &shares(&nodes)[0];
        assert_eq!(web.nodes[0].flows_opened, Some(0));
        assert!(web.nodes.iter().all(|node| node.measured_percent.is_none()));
        assert_eq!(web.missing, ["node2", "node3"]);
        assert!(shares(&[silent("node1")]).is_empty());
    }
}
