//! The cluster, its LANs, its nodes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::module::{Phase, Readiness};
use crate::problem::Problem;

/// The cluster as the answering node sees it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "answered_by": "node1", "revision": 0, "heartbeat_port": 4800,
    "nodes": [{"name": "node1", "id": 0, "alive": true, "addresses": [{"lan": "default", "address": "192.0.2.1"}]}],
    "lans": [{"name": "default", "nodes": [{"node": "node1", "address": "192.0.2.1"}]}]
}))]
pub struct Cluster {
    /// The node that answers.
    pub answered_by: String,
    /// How often nodes came and went since the cluster began.
    #[schema(format = "uint64", minimum = 0)]
    pub revision: u64,
    /// UDP port of the heartbeats.
    #[schema(format = "uint16", minimum = 0)]
    pub heartbeat_port: u16,
    /// In the order of their numbers.
    pub nodes: Vec<ClusterNode>,
    /// The networks on which the nodes hear each other.
    pub lans: Vec<Lan>,
}

/// A node of the cluster.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "node1", "id": 0, "alive": true,
    "addresses": [{"lan": "default", "address": "192.0.2.1"}]
}))]
pub struct ClusterNode {
    /// Its name.
    pub name: String,
    /// Its number, 0 to 63.
    #[schema(format = "uint8", minimum = 0)]
    pub id: u8,
    /// Whether the answering node hears it; itself always.
    pub alive: bool,
    /// Its addresses.
    pub addresses: Vec<NodeAddress>,
}

/// A node's address on a LAN.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"lan": "default", "address": "192.0.2.1"}))]
pub struct NodeAddress {
    /// The LAN's name.
    pub lan: String,
    /// The address there.
    pub address: String,
}

/// A network that carries heartbeats.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"name": "default", "nodes": [{"node": "node1", "address": "192.0.2.1"}]}))]
pub struct Lan {
    /// Its name, which modules refer to.
    pub name: String,
    /// The nodes on it.
    pub nodes: Vec<LanMember>,
}

/// A node on a LAN.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"node": "node1", "address": "192.0.2.1"}))]
pub struct LanMember {
    /// The node's name.
    pub node: String,
    /// Its address there.
    pub address: String,
}

/// All nodes, each asked for its state.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"nodes": [{"node": "node2", "problem": {
    "type": "/problems/node-unreachable", "title": "The node cannot be reached", "status": 502,
    "detail": "node2: connection refused"
}}]}))]
pub struct NodeList {
    /// In the order of the cluster.
    pub nodes: Vec<NodeEntry>,
}

/// One node of the list: its state, or why it could not be had.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"node": "node2", "problem": {
    "type": "/problems/node-unreachable", "title": "The node cannot be reached", "status": 502,
    "detail": "node2: connection refused"
}}))]
pub struct NodeEntry {
    /// The node's name.
    pub node: String,
    /// Its state, where it answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<NodeStatus>,
    /// Why it did not answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// What a node says of itself.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "node1", "id": 0, "version": "0.1.0", "incarnation": 4, "generation": 42,
    "peers": [{"name": "node2", "id": 1, "alive": true, "last_heard_ms": 12, "round_trip_us": 310,
        "lans": [{"lan": "default", "reached": true, "last_heard_ms": 4, "round_trip_us": 5100, "asked": 12000, "answered": 11998}]}],
    "modules": [{"module": "web", "phase": "UP", "readiness": "Ready"}],
    "refused": {"malformed": 0, "foreign": 0, "forged": 0, "replayed": 0},
    "backend": {"name": "ebpf", "hook": "tcx", "why": "the kernel has TCX"},
    "detector": {
        "scheduling": "fifo", "why": "the process has CAP_SYS_NICE", "kernel_answers": true, "late_last_us": 80,
        "late_max_us": 900, "probed": {"answered": 24000, "malformed": 0, "foreign": 0, "forged": 0, "replayed": 0}
    }
}))]
pub struct NodeStatus {
    /// Its name.
    pub name: String,
    /// Its number, 0 to 63.
    #[schema(format = "uint8", minimum = 0)]
    pub id: u8,
    /// The daemon's version.
    pub version: String,
    /// Grows by one with each start of the daemon; where the node joined or was restored it began beyond the starts of
    /// any machine that it may have replaced.
    #[schema(format = "uint64", minimum = 0)]
    pub incarnation: u64,
    /// Grows with every change of the state.
    #[schema(format = "uint64", minimum = 0)]
    pub generation: u64,
    /// The other nodes as this one hears them.
    pub peers: Vec<Peer>,
    /// The configured modules, by name.
    pub modules: Vec<ModulePhase>,
    /// Heartbeats that were refused.
    pub refused: Refused,
    /// What puts decisions in force on this node.
    pub backend: Backend,
    /// How well this node can tell who is alive.
    pub detector: Detector,
}

/// How well a node can tell who is alive, and be told alive by others.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
        "scheduling": "fifo", "why": "the process has CAP_SYS_NICE", "kernel_answers": true, "late_last_us": 80,
        "late_max_us": 900, "probed": {"answered": 24000, "malformed": 0, "foreign": 0, "forged": 0, "replayed": 0}
    }))]
pub struct Detector {
    /// How the machine schedules the thread that sends heartbeats: `fifo` (in real time), `nice`
    /// (before most) or `ordinary` (a busy machine holds it up).
    pub scheduling: String,
    /// Why, in a sentence.
    pub why: String,
    /// The kernel answers liveness probes on every LAN, however busy the machine is; else the daemon.
    pub kernel_answers: bool,
    /// Microseconds by which its timer fired late the last time.
    #[schema(format = "uint64", minimum = 0)]
    pub late_last_us: u64,
    /// The most in the last minute, in microseconds.
    #[schema(format = "uint64", minimum = 0)]
    pub late_max_us: u64,
    /// What became of the liveness probes that it was asked by.
    pub probed: Probed,
}

/// Liveness probes that a node was asked by, by what became of them.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"answered": 24000, "malformed": 0, "foreign": 0, "forged": 0, "replayed": 0}))]
pub struct Probed {
    /// Answered.
    #[schema(format = "uint64", minimum = 0)]
    pub answered: u64,
    /// Not decodable, or of another version.
    #[schema(format = "uint64", minimum = 0)]
    pub malformed: u64,
    /// For another node, or from no node.
    #[schema(format = "uint64", minimum = 0)]
    pub foreign: u64,
    /// With a wrong authentication code.
    #[schema(format = "uint64", minimum = 0)]
    pub forged: u64,
    /// Seen before.
    #[schema(format = "uint64", minimum = 0)]
    pub replayed: u64,
}

/// Another node as this one hears it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"name": "node2", "id": 1, "alive": true, "last_heard_ms": 12, "round_trip_us": 310,
        "lans": [{"lan": "default", "reached": true, "last_heard_ms": 4, "round_trip_us": 5100, "asked": 12000, "answered": 11998}]}))]
pub struct Peer {
    /// Its name.
    pub name: String,
    /// Its number, 0 to 63.
    #[schema(format = "uint8", minimum = 0)]
    pub id: u8,
    /// Heard lately, and it hears this node.
    pub alive: bool,
    /// Milliseconds since its last heartbeat; absent: never heard.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint64", minimum = 0)]
    pub last_heard_ms: Option<u64>,
    /// Microseconds of the last round trip, both daemons' delays included.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint64", minimum = 0)]
    pub round_trip_us: Option<u64>,
    /// What liveness probes say about it on each common LAN.
    pub lans: Vec<PeerLan>,
}

/// What liveness probes say about a node on one LAN.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "lan": "default", "reached": true, "last_heard_ms": 4, "round_trip_us": 5100, "asked": 12000, "answered": 11998
}))]
pub struct PeerLan {
    /// The LAN.
    pub lan: String,
    /// It answers there.
    pub reached: bool,
    /// Milliseconds since an answer was looked at; absent: it never answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint64", minimum = 0)]
    pub last_heard_ms: Option<u64>,
    /// Microseconds from the last probe that was answered until its answer was looked at, which is up to a
    /// pulse after it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint64", minimum = 0)]
    pub round_trip_us: Option<u64>,
    /// Probes sent, those aside whose answers are awaited.
    #[schema(format = "uint64", minimum = 0)]
    pub asked: u64,
    /// Of these, those that were answered; the others were lost on the way there or back.
    #[schema(format = "uint64", minimum = 0)]
    pub answered: u64,
}

/// A module's state in a few words.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"module": "web", "phase": "UP", "readiness": "Ready"}))]
pub struct ModulePhase {
    /// The module.
    pub module: String,
    /// STOP, WAIT or UP.
    pub phase: Phase,
    /// How settled the phase is.
    pub readiness: Readiness,
}

/// Heartbeats that changed nothing, by reason.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"malformed": 0, "foreign": 0, "forged": 0, "replayed": 0}))]
pub struct Refused {
    /// Not decodable, or of another version.
    #[schema(format = "uint64", minimum = 0)]
    pub malformed: u64,
    /// Of another cluster.
    #[schema(format = "uint64", minimum = 0)]
    pub foreign: u64,
    /// With a wrong authentication code.
    #[schema(format = "uint64", minimum = 0)]
    pub forged: u64,
    /// Seen before.
    #[schema(format = "uint64", minimum = 0)]
    pub replayed: u64,
}

/// What puts decisions in force where packets pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"name": "ebpf", "hook": "tcx", "why": "the kernel has TCX"}))]
pub struct Backend {
    /// `ebpf`, `nfqueue` or `memory`.
    pub name: String,
    /// Where it hooks in: `tcx`, `clsact`, …
    pub hook: String,
    /// Why this one.
    pub why: String,
}
