//! From the engine's types to the API's: numbers of nodes become names, durations become numbers.

use std::time::Duration;

use evenkeel_core::config::model::ClusterConfig;
use evenkeel_core::ids::NodeId;
use evenkeel_core::module::state;
use evenkeel_core::status;
use evenkeel_engine::ports;

use super::module::{GroupStatus, ModuleOnNode, ModuleStatus, Phase, Readiness, Share};
use super::node::{Backend, Cluster, ClusterNode, Lan, LanMember, ModulePhase, NodeAddress};
use super::node::{NodeStatus, Peer, Refused};
use crate::store::modules::Revision;

/// The name of a node; its number where the cluster does not have it.
pub fn name(cluster: &ClusterConfig, id: NodeId) -> String {
    cluster
        .name(id)
        .map_or_else(|| id.to_string(), ToOwned::to_owned)
}

/// The cluster as `node` sees it.
pub fn cluster(config: &ClusterConfig, status: &status::NodeStatus) -> Cluster {
    let alive = |id: NodeId| {
        id == status.node
            || status
                .peers
                .iter()
                .any(|peer| peer.node == id && peer.alive)
    };
    let nodes = config.nodes().map(|(id, node)| ClusterNode {
        name: node.name.clone(),
        id: id.get(),
        alive: alive(id),
        addresses: addresses(config, &node.name),
    });
    Cluster {
        answered_by: name(config, status.node),
        heartbeat_port: config.port,
        nodes: nodes.collect(),
        lans: config.lans.iter().map(lan).collect(),
    }
}

fn addresses(config: &ClusterConfig, node: &str) -> Vec<NodeAddress> {
    let on_lans = config
        .lans
        .iter()
        .flat_map(|lan| lan.nodes.iter().map(move |n| (lan, n)));
    on_lans
        .filter(|(_, member)| member.name == node)
        .map(|(lan, member)| NodeAddress {
            lan: lan.name.clone(),
            address: member.addr.to_string(),
        })
        .collect()
}

fn lan(lan: &evenkeel_core::config::model::Lan) -> Lan {
    let member = |node: &evenkeel_core::config::model::LanNode| LanMember {
        node: node.name.clone(),
        address: node.addr.to_string(),
    };
    Lan {
        name: lan.name.clone(),
        nodes: lan.nodes.iter().map(member).collect(),
    }
}

/// What a node says of itself.
pub fn node(
    config: &ClusterConfig,
    status: &status::NodeStatus,
    backend: &ports::Backend,
) -> NodeStatus {
    let status::Refused {
        malformed,
        foreign,
        forged,
        replayed,
    } = status.refused;
    NodeStatus {
        name: name(config, status.node),
        id: status.node.get(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        incarnation: status.incarnation.0,
        generation: status.generation,
        peers: status.peers.iter().map(peer).collect(),
        modules: status.modules.iter().map(module_phase).collect(),
        refused: Refused {
            malformed,
            foreign,
            forged,
            replayed,
        },
        backend: backend.into(),
    }
}

fn peer(peer: &status::PeerStatus) -> Peer {
    let millis = |time: Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
    let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    Peer {
        name: peer.name.clone(),
        id: peer.node.get(),
        alive: peer.alive,
        last_heard_ms: peer.last_heard.map(millis),
        round_trip_us: peer.round_trip.map(micros),
    }
}

fn module_phase(module: &status::ModuleStatus) -> ModulePhase {
    ModulePhase {
        module: module.module.to_string(),
        phase: module.state.phase.into(),
        readiness: module.state.readiness.into(),
    }
}

/// A module's state and revision on this node.
pub fn module_on_node(
    config: &ClusterConfig,
    node: NodeId,
    state: state::ModuleState,
    revision: &Revision,
) -> ModuleOnNode {
    ModuleOnNode {
        node: name(config, node),
        phase: state.phase.into(),
        readiness: state.readiness.into(),
        revision: revision.revision,
        signature: revision.signature.clone(),
    }
}

/// A module on this node; the datapath's part is filled in by the caller.
pub fn module(
    config: &ClusterConfig,
    node: &status::NodeStatus,
    module: &status::ModuleStatus,
    backend: &ports::Backend,
    revision: &Revision,
) -> ModuleStatus {
    let group = |group: &status::GroupStatus| GroupStatus {
        name: group.name.clone(),
        nodes: group
            .buckets
            .iter()
            .map(|(id, buckets)| share(config, *id, *buckets))
            .collect(),
        open: group.open,
        migrating: group.migrating,
        held: group.held,
    };
    ModuleStatus {
        module: module.module.to_string(),
        node: name(config, node.node),
        generation: node.generation,
        phase: module.state.phase.into(),
        readiness: module.state.readiness.into(),
        epoch: module.epoch.map(|epoch| epoch.to_string()),
        members: module.members.iter().map(|id| name(config, *id)).collect(),
        entry: module.entry.map(|id| name(config, id)),
        groups: module.groups.iter().map(group).collect(),
        reason: module.reason.clone(),
        backend: backend.into(),
        counters: std::collections::BTreeMap::new(),
        revision: revision.revision,
        signature: revision.signature.clone(),
    }
}

fn share(config: &ClusterConfig, node: NodeId, buckets: u32) -> Share {
    // 4096 buckets: two decimals are exact enough and read well.
    let percent = (f64::from(buckets) * 10_000.0 / 4096.0).round() / 100.0;
    Share {
        node: name(config, node),
        buckets,
        percent,
    }
}

impl From<&ports::Backend> for Backend {
    fn from(backend: &ports::Backend) -> Self {
        let ports::Backend { name, hook, why } = backend.clone();
        Self { name, hook, why }
    }
}

impl From<state::Phase> for Phase {
    fn from(phase: state::Phase) -> Self {
        match phase {
            state::Phase::Stop => Self::Stop,
            state::Phase::Wait => Self::Wait,
            state::Phase::Up => Self::Up,
        }
    }
}

impl From<state::Readiness> for Readiness {
    fn from(readiness: state::Readiness) -> Self {
        match readiness {
            state::Readiness::NotReady => Self::NotReady,
            state::Readiness::Transient => Self::Transient,
            state::Readiness::Ready => Self::Ready,
        }
    }
}
