//! Nodes that come and go while the module runs.

use std::collections::BTreeSet;

use super::{Membership, Setup};
use crate::ids::{NodeId, Time};

impl Membership {
    /// From here on these nodes are there, and members have this in common. Who stays is known as before.
    pub fn recluster(&mut self, setup: Setup) {
        let nodes = setup.nodes.iter().map(|(node, _)| *node);
        let nodes: BTreeSet<NodeId> = nodes.filter(|node| *node != setup.me).collect();
        self.peers.retain(|node, _| nodes.contains(node));
        for node in nodes {
            self.peers.entry(node).or_default();
        }
        self.setup = setup;
        // The others are to know at once which configuration this node has.
        self.wants_beat = true;
        self.routes_stale = true;
        self.changed = true;
    }

    /// Whether a node takes part as far as is known here, or may accept packets still.
    pub fn involves(&self, node: NodeId, now: Time) -> bool {
        let pending = self.assembly.is_some();
        pending || self.members().contains(node) || self.grants(now).contains(node)
    }
}
