//! What a node tells the outside: its status, and who owns a bucket.

use super::{Module, Node};
use crate::ids::{ModuleName, NodeId, NodeSet, Time};
use crate::membership::Membership;
use crate::module::state::ModuleState;
use crate::prober::Way;
use crate::status::{LoopStatus, ModuleStatus, NodeStatus, PeerStatus, WayStatus};

impl Node {
    /// What the node knows.
    pub fn status(&self, now: Time) -> NodeStatus {
        let peers = self.detector.peers().map(|(node, peer)| PeerStatus {
            node,
            name: self.name(node),
            alive: peer.is_alive(),
            key: peer.key(),
            lans: self
                .prober
                .ways(node)
                .map(|way| self.way(way, now))
                .collect(),
            last_heard: peer.heard().map(|heard| now.since(heard)),
            round_trip: peer.round_trip(),
        });
        NodeStatus {
            generation: self.generation,
            node: self.config.node,
            incarnation: self.config.incarnation,
            peers: peers.collect(),
            modules: self
                .modules
                .iter()
                .map(|(name, module)| module.status(name))
                .collect(),
            refused: self.refused,
        }
    }

    /// Whether a peer answers on a LAN.
    pub(super) fn is_reached(&self, way: &Way) -> bool {
        way.heard().is_some() && way.silence() < self.terms.lost(false, true)
    }

    fn way(&self, way: &Way, now: Time) -> WayStatus {
        let (asked, answered) = way.counts();
        WayStatus {
            lan: way.lan(),
            reached: self.is_reached(way),
            round_trip: way.round_trip(),
            last_heard: way.heard().map(|heard| now.since(heard)),
            asked,
            answered,
        }
    }

    /// Who owns a bucket in the view in force here; `None` without a view, and for a module, group
    /// or bucket that there is not.
    pub fn owner(&self, module: &ModuleName, group: usize, bucket: u16) -> Option<NodeId> {
        let membership = self.modules.get(module)?.membership.as_ref()?;
        membership.table(group)?.owner(usize::from(bucket))
    }
}

impl Module {
    /// What the machine is at, but that who may serve nobody is not ready.
    fn state(&self) -> ModuleState {
        let state = self.machine.stage().state();
        let is_fenced = || self.membership.as_ref().is_some_and(Membership::is_fenced);
        match state == ModuleState::READY && is_fenced() {
            true => ModuleState::FENCED,
            false => state,
        }
    }

    fn status(&self, name: &ModuleName) -> ModuleStatus {
        let membership = self.membership.as_ref();
        let view = membership.and_then(Membership::view);
        let loops = self.watch.loops();
        ModuleStatus {
            module: name.clone(),
            state: self.state(),
            started: self.started,
            boot: self.config.boot,
            epoch: view.map(|view| view.version.epoch),
            members: view
                .map_or(NodeSet::EMPTY, |view| view.members)
                .iter()
                .collect(),
            entry: view.and_then(|view| view.entry),
            drain: membership.and_then(Membership::drain_status),
            groups: membership.map(Membership::groups).unwrap_or_default(),
            reason: self
                .machine
                .reason()
                .map(str::to_owned)
                .or_else(|| self.holdup())
                .or_else(|| self.closure())
                .or_else(|| membership.and_then(Membership::reason)),
            checks: self.watch.resources().switches(),
            classes: self.watch.resources().classes().clone(),
            resources: self.watch.resources().status(),
            rule: self.acting.clone(),
            withdrawn: self.withdrawn.clone(),
            loops: LoopStatus {
                count: loops.count(),
                max: loops.max(),
                interval: loops.interval(),
                since: loops.first(),
            },
        }
    }
}
