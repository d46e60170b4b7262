//! From the engine's types to the API's: numbers of nodes become names, durations become numbers.

use std::time::{Duration, SystemTime};

use evenkeel_core::config::model::{self, ClusterConfig};
use evenkeel_core::ids::{NodeId, Time};
use evenkeel_core::module::resources::{self, ResourceStatus};
use evenkeel_core::module::state;
use evenkeel_core::status;
use evenkeel_engine::{DriverStatus, handle, ports};
use evenkeel_packet::Reason;
use evenkeel_packet::bucket::{self, Kind};
use evenkeel_packet::decide::{self, Decision};
use evenkeel_packet::flow::Filter;

use super::boot::{BootSetting, ModuleBoot};
use super::module::{Drain, GroupStatus, ModuleOnNode, ModuleStatus, Phase, Readiness, Share};
use super::node::{Backend, Cluster, ClusterNode, Lan, LanMember, ModulePhase, NodeAddress};
use super::node::{Detector, NodeStatus, Peer, PeerLan, Probed, Refused};
use super::resource::{Assignment, AutomaticActions, Resource};
use super::traffic::{
    Answers, BucketState, EntryMode, FlowAction, FlowVerdict, Hashed, ModuleInterface, NodePower,
};
use crate::store::modules::{Latest, Revision};
use crate::timestamp;

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
        revision: config.revision,
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

fn lan(lan: &model::Lan) -> Lan {
    let member = |node: &model::LanNode| LanMember {
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
    driver: &DriverStatus,
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
        peers: status.peers.iter().map(|it| peer(config, it)).collect(),
        modules: status.modules.iter().map(module_phase).collect(),
        refused: Refused {
            malformed,
            foreign,
            forged,
            replayed,
        },
        backend: backend.into(),
        detector: detector(driver),
    }
}

fn detector(driver: &DriverStatus) -> Detector {
    let ports::Probed {
        answered,
        malformed,
        forged,
        foreign,
        replayed,
    } = driver.probed;
    Detector {
        scheduling: driver.precedence.scheduling.to_string(),
        why: driver.precedence.why.clone(),
        kernel_answers: driver.kernel_answers,
        late_last_us: driver.timers.late_last_us,
        late_max_us: driver.timers.late_max_us,
        probed: Probed {
            answered,
            malformed,
            foreign,
            forged,
            replayed,
        },
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

fn peer(config: &ClusterConfig, peer: &status::PeerStatus) -> Peer {
    let lan = |way: &status::WayStatus| PeerLan {
        lan: config
            .lans
            .get(usize::from(way.lan.0))
            .map_or_else(String::new, |lan| lan.name.clone()),
        reached: way.reached,
        last_heard_ms: way.last_heard.map(millis),
        round_trip_us: way.round_trip.map(micros),
        asked: way.asked,
        answered: way.answered,
    };
    Peer {
        name: peer.name.clone(),
        id: peer.node.get(),
        alive: peer.alive,
        last_heard_ms: peer.last_heard.map(millis),
        round_trip_us: peer.round_trip.map(micros),
        lans: peer.lans.iter().map(lan).collect(),
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
    latest: &Latest,
) -> ModuleOnNode {
    ModuleOnNode {
        node: name(config, node),
        phase: state.phase.into(),
        readiness: state.readiness.into(),
        revision: latest.revision.revision,
        signature: latest.revision.signature.clone(),
        applied_at: latest.applied_at.clone(),
    }
}

/// A module on this node; what the datapath and the store know is filled in by the caller.
pub fn module(
    config: &ClusterConfig,
    node: &status::NodeStatus,
    module: &status::ModuleStatus,
    backend: &ports::Backend,
    revision: &Revision,
) -> ModuleStatus {
    let withdrawn_by = |group: &str| -> Vec<String> {
        let of_group = module.withdrawn.iter().filter(|one| one.group == group);
        of_group.map(|one| one.rule.clone()).collect()
    };
    let group = |group: &status::GroupStatus| GroupStatus {
        name: group.name.clone(),
        nodes: group
            .buckets
            .iter()
            .map(|(id, buckets)| share(config, *id, *buckets))
            .collect(),
        powers: group
            .powers
            .iter()
            .map(|(id, power)| NodePower {
                node: name(config, *id),
                power: *power,
            })
            .collect(),
        open: group.open,
        migrating: group.migrating,
        held: group.held,
        flows_opened: 0,
        withdrawn_by: withdrawn_by(&group.name),
    };
    ModuleStatus {
        module: module.module.to_string(),
        node: name(config, node.node),
        generation: node.generation,
        phase: module.state.phase.into(),
        readiness: module.state.readiness.into(),
        boot: ModuleBoot {
            setting: module.boot.into(),
            ..ModuleBoot::default()
        },
        checks: module.into(),
        epoch: module.epoch.map(|epoch| epoch.to_string()),
        members: module.members.iter().map(|id| name(config, *id)).collect(),
        entry: module.entry.map(|id| name(config, id)),
        drain: module.drain.map(Into::into),
        groups: module.groups.iter().map(group).collect(),
        reason: module.reason.clone(),
        rule: module.rule.clone(),
        automatic_actions: AutomaticActions {
            count: module.loops.count,
            max: module.loops.max,
            interval_s: module.loops.interval.as_secs(),
        },
        backend: backend.into(),
        counters: std::collections::BTreeMap::new(),
        replays: None,
        interfaces: Vec::new(),
        revision: revision.revision,
        signature: revision.signature.clone(),
    }
}

fn share(config: &ClusterConfig, node: NodeId, buckets: u32) -> Share {
    Share {
        node: name(config, node),
        buckets,
        percent: percent(u64::from(buckets), 4096),
    }
}

/// A part in percent, with two decimals: exact enough for 4096 buckets, and good to read. `whole`
/// is not zero.
pub fn percent(part: u64, whole: u64) -> f64 {
    let hundredths = u128::from(part) * 10_000 + u128::from(whole) / 2;
    let hundredths = u32::try_from(hundredths / u128::from(whole)).unwrap_or(u32::MAX);
    f64::from(hundredths) / 100.0
}

/// A network interface of a module.
pub fn interface(interface: &handle::InterfaceStatus) -> ModuleInterface {
    let path = &interface.path;
    let is_invisible = path.entry == model::EntryMode::VmacInvisible;
    ModuleInterface {
        name: path.name.clone(),
        mac: mac(path.mac),
        entry_mode: match path.entry {
            model::EntryMode::VmacDirected => EntryMode::VmacDirected,
            model::EntryMode::VmacInvisible => EntryMode::VmacInvisible,
        },
        virtual_mac: is_invisible.then(|| mac(path.vmac)),
        virtual_addresses: path.addrs.iter().map(ToString::to_string).collect(),
        answers: match interface.answers {
            handle::Answers::Nobody => Answers::Nobody,
            handle::Answers::Everybody => Answers::Everybody,
            handle::Answers::Share => Answers::Share,
        },
    }
}

fn mac(mac: ports::Mac) -> String {
    mac.map(|byte| format!("{byte:02x}")).join(":")
}

/// A bucket's state on node `me`, and who owned it before while it migrates.
pub fn bucket_state(me: NodeId, state: bucket::BucketState) -> (BucketState, Option<NodeId>) {
    match state.kind() {
        Kind::Mine => (BucketState::Mine, None),
        Kind::Migrating { from } => (BucketState::Migrating, NodeId::new(from)),
        Kind::Foreign { owner } | Kind::ForeignHeld { owner } if owner == me.get() => {
            (BucketState::Closed, None)
        }
        Kind::Foreign { .. } => (BucketState::Foreign, None),
        Kind::ForeignHeld { .. } => (BucketState::ForeignHeld, None),
    }
}

/// A resource; `clock` is the time of day at the instant `now` of the engine's clock.
pub fn resource(resource: &ResourceStatus, now: Time, clock: SystemTime) -> Resource {
    let assignment = |said: &resources::Assignment| Assignment {
        value: said.value.clone(),
        since: timestamp::text(clock.checked_sub(now.since(said.since)).unwrap_or(clock)),
        by: said.by.clone(),
        reason: said.reason.clone(),
    };
    let Assignment {
        value,
        since,
        by,
        reason,
    } = assignment(&resource.present);
    Resource {
        name: resource.resource.clone(),
        value,
        since,
        by,
        reason,
        history: resource.history.iter().map(assignment).collect(),
    }
}

/// What is done with a packet.
pub fn verdict(config: &ClusterConfig, decision: &Decision) -> FlowVerdict {
    let (action, to) = match decision.verdict {
        decide::Verdict::Drop => (FlowAction::Drop, None),
        decide::Verdict::Forward(node) => (FlowAction::Forward, NodeId::new(node)),
        decide::Verdict::Accept if is_answer(decision.reason) => (FlowAction::Answer, None),
        // A copy depends on a socket, of which a question about a flow knows nothing.
        decide::Verdict::Accept | decide::Verdict::AcceptAndCopy(_) => (FlowAction::Accept, None),
    };
    FlowVerdict {
        action,
        to: to.map(|id| name(config, id)),
        reason: decision.reason.name().to_owned(),
    }
}

fn is_answer(reason: Reason) -> bool {
    reason == Reason::AnswerArp || reason == Reason::AnswerSolicitation
}

impl From<model::Boot> for BootSetting {
    fn from(boot: model::Boot) -> Self {
        match boot {
            model::Boot::On => Self::On,
            model::Boot::Off => Self::Off,
            model::Boot::Auto => Self::Auto,
            model::Boot::Ignore => Self::Ignore,
        }
    }
}

impl From<Filter> for Hashed {
    fn from(filter: Filter) -> Self {
        match filter {
            Filter::OnAddr => Self::Address,
            Filter::OnPort => Self::AddressAndPort,
            Filter::OnIpid => Self::IpId,
        }
    }
}

impl From<&ports::Backend> for Backend {
    fn from(backend: &ports::Backend) -> Self {
        let ports::Backend { name, hook, why } = backend.clone();
        Self { name, hook, why }
    }
}

impl From<status::DrainStatus> for Drain {
    fn from(drain: status::DrainStatus) -> Self {
        match drain {
            status::DrainStatus::Draining => Self::Draining,
            status::DrainStatus::Drained => Self::Drained,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_that_waits_for_this_node_is_closed_and_one_that_comes_names_who_had_it() {
        let id = |id| NodeId::new(id).expect("a node");
        let told = |kind| bucket_state(id(2), bucket::BucketState::new(kind));
        let states = [
            (Kind::Mine, BucketState::Mine, None),
            (
                Kind::Migrating { from: 5 },
                BucketState::Migrating,
                Some(id(5)),
            ),
            (Kind::Foreign { owner: 5 }, BucketState::Foreign, None),
            (
                Kind::ForeignHeld { owner: 5 },
                BucketState::ForeignHeld,
                None,
            ),
            (Kind::Foreign { owner: 2 }, BucketState::Closed, None),
            (Kind::ForeignHeld { owner: 2 }, BucketState::Closed, None),
        ];
        for (kind, state, previous) in states {
            assert_eq!(told(kind), (state, previous), "{kind:?}");
        }
    }

    #[test]
    fn percent_is_rounded_to_two_decimals_however_large_the_numbers() {
        for (part, whole, expected) in [(1, 3, 33.33), (2, 3, 66.67), (0, 1, 0.0), (7, 7, 100.0)] {
            assert_eq!(percent(part, whole), expected);
        }
        assert_eq!(percent(u64::MAX / 2, u64::MAX), 50.0);
    }
}
