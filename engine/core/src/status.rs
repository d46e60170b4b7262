//! What a node knows right now: a snapshot with a generation, published after every change.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::config::model::Boot;
use crate::ids::{Epoch, Incarnation, LanId, ModuleName, NodeId, Time};
use crate::module::resources::ResourceStatus;
use crate::module::state::ModuleState;
use crate::module::switches::Switches;
use crate::module::withdrawals::Withdrawn;
use crate::wire::KeyNumber;

/// The state of a node. `generation` grows with every change of anything but the counters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeStatus {
    /// Grows by at least one with every change.
    pub generation: u64,
    /// This node.
    pub node: NodeId,
    /// This run of its daemon.
    pub incarnation: Incarnation,
    /// The other nodes of the cluster.
    pub peers: Vec<PeerStatus>,
    /// The configured modules, by name.
    pub modules: Vec<ModuleStatus>,
    /// What was refused on the heartbeat port.
    pub refused: Refused,
}

/// What this node knows of another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeerStatus {
    /// Who.
    pub node: NodeId,
    /// Its name.
    pub name: String,
    /// Heard within the lost time, and it hears this node.
    pub alive: bool,
    /// Time since its last heartbeat; `None`: never heard.
    pub last_heard: Option<Duration>,
    /// Round trip of the last heartbeat with an echo, both daemons' delays included.
    pub round_trip: Option<Duration>,
    /// The key under which it sends to this run of this node; `None`: not heard yet.
    pub key: Option<KeyNumber>,
    /// What liveness probes say about it, per common LAN.
    pub lans: Vec<WayStatus>,
}

/// What liveness probes say about a peer on one LAN.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WayStatus {
    /// The LAN.
    pub lan: LanId,
    /// It answered within the lost time.
    pub reached: bool,
    /// From the last probe that was answered until its answer was looked at, at most a pulse later than
    /// it arrived.
    pub round_trip: Option<Duration>,
    /// Time since an answer was looked at; `None`: it never answered.
    pub last_heard: Option<Duration>,
    /// Probes sent so far, those aside that may still be answered.
    pub asked: u64,
    /// Of these, those that were answered.
    pub answered: u64,
}

/// Datagrams that changed nothing, by reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Too short, too long, of another version, or not decodable.
    pub malformed: u64,
    /// Of another cluster.
    pub foreign: u64,
    /// The authentication code is wrong.
    pub forged: u64,
    /// Seen before, or older than what was seen.
    pub replayed: u64,
}

/// A module on this node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModuleStatus {
    /// Its name.
    pub module: ModuleName,
    /// Its state here.
    pub state: ModuleState,
    /// When it last became UP (Ready) here, on this machine's monotonic clock: tells one start or restart of its
    /// application from the next.
    #[serde(default)]
    pub started: Option<Time>,
    /// Whether it starts with the machine, as configured.
    #[serde(default)]
    pub boot: Boot,
    /// The epoch in force here; `None` without a view.
    pub epoch: Option<Epoch>,
    /// The view's members, ascending.
    pub members: Vec<NodeId>,
    /// The node whose MAC the virtual IP resolves to (directed), or that answers ARP (invisible).
    pub entry: Option<NodeId>,
    /// How far it is drained on this node; `None` where nobody asked for that.
    #[serde(default)]
    pub drain: Option<DrainStatus>,
    /// One per group, in the order of the configuration.
    pub groups: Vec<GroupStatus>,
    /// Why it is not UP (Ready), where something failed or is awaited.
    pub reason: Option<String>,
    /// Which of its checks are switched on.
    #[serde(default)]
    pub checks: Switches,
    /// The classes of processes that scripts switch, and whether each is on.
    #[serde(default)]
    pub classes: BTreeMap<String, bool>,
    /// Its resources, by name.
    pub resources: Vec<ResourceStatus>,
    /// The failover rule whose action is being carried out; one that says wait, as long as it does.
    pub rule: Option<String>,
    /// The groups that failover rules take this node out of, as long as they apply. What nobody else would
    /// take it serves all the same.
    #[serde(default)]
    pub withdrawn: Vec<Withdrawn>,
    /// How often it helped itself.
    pub loops: LoopStatus,
}

/// Automatic actions (restart, stopstart, wait) as `<service maxloop>` counts them. An action of anybody
/// who is no automaton sets the count to zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoopStatus {
    /// How many happened within the interval.
    pub count: u32,
    /// How many may; the next one stops the module.
    pub max: u32,
    /// Counted from the first one; zero: any number may happen.
    pub interval: Duration,
    /// When the first one happened, on this machine's monotonic clock.
    pub since: Option<Time>,
}

/// How far a node is with giving its share away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DrainStatus {
    /// It has buckets, or may hold sockets in those of others.
    Draining,
    /// It has neither.
    Drained,
}

/// Buckets of a group that would change hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// The group's name.
    pub group: String,
    /// Who owns them; `None` where nobody does.
    pub from: Option<NodeId>,
    /// Who would; `None` where nobody would.
    pub to: Option<NodeId>,
    /// How many.
    pub buckets: u32,
}

/// A group's table as seen from this node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupStatus {
    /// Its name.
    pub name: String,
    /// Buckets each member owns in this epoch.
    pub buckets: Vec<(NodeId, u32)>,
    /// The power of each node as configured, members or not.
    pub powers: Vec<(NodeId, u32)>,
    /// This node's buckets whose flows it may open.
    pub open: u32,
    /// This node's buckets of which a previous owner may still hold sockets.
    pub migrating: u32,
    /// Sockets this node holds in buckets of others, as last counted.
    pub held: u32,
}
