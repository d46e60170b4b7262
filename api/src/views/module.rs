//! Modules: configuration, state, log.

use std::collections::BTreeMap;

use rusqlite::types::{FromSql, FromSqlResult, ValueRef};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::boot::ModuleBoot;
use super::checks::ModuleChecks;
use super::node::Backend;
use super::resource::AutomaticActions;
use super::traffic::{self, GroupShares, ModuleInterface, NodePower, Replays};
use crate::problem::Problem;

/// Where a module is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Phase {
    /// Not running.
    Stop,
    /// On its way up or down, or blocked.
    Wait,
    /// The application runs, or is being started or stopped in place.
    Up,
}

impl Phase {
    /// As in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stop => "STOP",
            Self::Wait => "WAIT",
            Self::Up => "UP",
        }
    }
}

/// How settled a phase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum Readiness {
    /// Stopped, or blocked.
    NotReady,
    /// Changing.
    Transient,
    /// Serving.
    Ready,
}

impl Readiness {
    /// As in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotReady => "NotReady",
            Self::Transient => "Transient",
            Self::Ready => "Ready",
        }
    }
}

/// A module's configuration as given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "userconfig": "<safe>\n<service mode=\"light\">\n<user/>\n</service>\n</safe>",
    "macros": {"VIRTUAL_IP": "192.0.2.100", "PORT": "80"},
    "scripts": {"start_both": "#!/bin/sh\nsystemctl start nginx\n", "stop_both": "#!/bin/sh\nsystemctl stop nginx\n"}
}))]
pub struct ModuleSettings {
    /// The text of `userconfig.xml`.
    pub userconfig: String,
    /// Values of macros; they replace those that the file defines itself.
    #[serde(default)]
    pub macros: BTreeMap<String, String>,
    /// The scripts by name: `prestart`, `start_both`, `stop_both`, `poststop`, `update` (called with UP UP update, or
    /// WAIT WAIT update, when checks or the start with the machine are switched meanwhile), and programs that the
    /// configuration or a script calls, such as custom checkers; 64 at the most. What is absent the
    /// module does not have.
    #[serde(default)]
    pub scripts: BTreeMap<String, String>,
}

/// The configuration that a node has of a module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "module": "web", "revision": 3,
    "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "applied_at": "2026-11-23T02:00:00Z", "applied_by": "admin",
    "userconfig": "<safe>\n<service mode=\"light\">\n<user/>\n</service>\n</safe>",
    "macros": {"VIRTUAL_IP": "192.0.2.100"}, "scripts": {}
}))]
pub struct ModuleConfiguration {
    /// The module.
    pub module: String,
    /// The revision.
    #[schema(format = "uint64", minimum = 0)]
    pub revision: u64,
    /// SHA-256 of the configuration file, the macros and the scripts.
    pub signature: String,
    /// When this node got it.
    #[schema(format = DateTime)]
    pub applied_at: String,
    /// Who gave it.
    pub applied_by: String,
    /// The text of `userconfig.xml`.
    pub userconfig: String,
    /// Values of macros.
    pub macros: BTreeMap<String, String>,
    /// The scripts by name.
    pub scripts: BTreeMap<String, String>,
}

impl ModuleConfiguration {
    /// Its entity tag: it tells every revision from every other one, also where parted nodes gave two the
    /// same number.
    pub fn etag(&self) -> String {
        let signature = self.signature.get(..16).unwrap_or(&self.signature);
        format!("\"{}-{signature}\"", self.revision)
    }
}

/// The modules of the cluster.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "modules": [{"module": "web", "consistent": true, "nodes": [{
        "node": "node1", "phase": "UP", "readiness": "Ready", "revision": 3,
        "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "applied_at": "2026-11-23T02:00:00.123Z"
    }]}],
    "unreachable": []
}))]
pub struct ModuleList {
    /// By name.
    pub modules: Vec<ModuleSummary>,
    /// The nodes that did not answer.
    pub unreachable: Vec<UnreachableNode>,
}

/// A node that did not answer, and why.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"node": "node2", "problem": {
    "type": "/problems/node-unreachable", "title": "The node cannot be reached", "status": 502,
    "detail": "node2: connection refused"
}}))]
pub struct UnreachableNode {
    /// The node's name.
    pub node: String,
    /// Why it did not answer.
    pub problem: Problem,
}

/// A module on all nodes that answered.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"module": "web", "consistent": true, "nodes": [{
    "node": "node1", "phase": "UP", "readiness": "Ready", "revision": 3,
    "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "applied_at": "2026-11-23T02:00:00.123Z"
}]}))]
pub struct ModuleSummary {
    /// The module.
    pub module: String,
    /// Whether every node of the cluster answered and has the same revision and signature.
    pub consistent: bool,
    /// The nodes that have it.
    pub nodes: Vec<ModuleOnNode>,
}

/// A module's state and revision on one node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "node": "node1", "phase": "UP", "readiness": "Ready", "revision": 3,
    "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "applied_at": "2026-11-23T02:00:00.123Z"
}))]
pub struct ModuleOnNode {
    /// The node's name.
    pub node: String,
    /// STOP, WAIT or UP.
    pub phase: Phase,
    /// How settled the phase is.
    pub readiness: Readiness,
    /// The revision of its configuration.
    #[schema(format = "uint64", minimum = 0)]
    pub revision: u64,
    /// SHA-256 of the configuration file, the macros and the scripts.
    pub signature: String,
    /// When the node applied it.
    #[schema(format = DateTime)]
    pub applied_at: String,
}

/// The modules of one node.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"modules": [{"module": "web", "on": {
    "node": "node1", "phase": "UP", "readiness": "Ready", "revision": 3,
    "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "applied_at": "2026-11-23T02:00:00.123Z"
}}], "removed": [{"module": "old", "revision": 4}]}))]
pub struct NodeModuleList {
    /// By name.
    pub modules: Vec<NodeModule>,
    /// Those that were removed: a node that was away for it removes them, too.
    pub removed: Vec<RemovedModule>,
}

/// A module that was removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"module": "old", "revision": 4}))]
pub struct RemovedModule {
    /// The module.
    pub module: String,
    /// The revision that the removal counts as.
    #[schema(format = "uint64", minimum = 0)]
    pub revision: u64,
}

/// A module of one node.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"module": "web", "on": {
    "node": "node1", "phase": "UP", "readiness": "Ready", "revision": 3,
    "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "applied_at": "2026-11-23T02:00:00.123Z"
}}))]
pub struct NodeModule {
    /// The module.
    pub module: String,
    /// Its state and revision.
    pub on: ModuleOnNode,
}

/// A module's state on all nodes.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"module": "web", "nodes": [{"node": "node2", "problem": {
    "type": "/problems/node-unreachable", "title": "The node cannot be reached", "status": 502,
    "detail": "node2: connection refused"
}}], "groups": []}))]
pub struct Module {
    /// The module.
    pub module: String,
    /// In the order of the cluster.
    pub nodes: Vec<ModuleEntry>,
    /// How the traffic is shared among the nodes, one per group in the order of the configuration;
    /// empty for a module without traffic.
    pub groups: Vec<GroupShares>,
}

/// A module on one node: its state, or why it could not be had.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"node": "node2", "problem": {
    "type": "/problems/node-unreachable", "title": "The node cannot be reached", "status": 502,
    "detail": "node2: connection refused"
}}))]
pub struct ModuleEntry {
    /// The node's name.
    pub node: String,
    /// The state, where the node has the module.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ModuleStatus>,
    /// Why there is no state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// A module on one node.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "module": "web", "node": "node1", "generation": 42, "phase": "UP", "readiness": "Ready",
    "boot": {"setting": "ignore", "enabled": true, "starts_at_next_boot": true, "pending": false},
    "checks": {"checkers": true, "processes": true, "classes": {}},
    "epoch": "7.0", "members": ["node1", "node2"], "entry": "node1",
    "groups": [{
        "name": "http", "open": 2048, "migrating": 0, "held": 0, "flows_opened": 1000,
        "nodes": [{"node": "node1", "buckets": 2048, "percent": 50.0}, {"node": "node2", "buckets": 2048, "percent": 50.0}],
    "powers": [{"node": "node1", "power": 1}, {"node": "node2", "power": 1}]
    }],
    "automatic_actions": {"count": 0, "max": 3, "interval_s": 86400},
    "backend": {"name": "ebpf", "hook": "tcx", "why": "the kernel has TCX"},
    "counters": {"accept_mine": 1234, "forward_owner": 1198},
    "replays": {
        "kept": 411, "taken_in": 31, "handed_on": 0, "answered": 2, "repeated": 1, "failed": 0, "crowded_out": 0
    },
    "interfaces": [{
        "name": "eth0", "mac": "02:00:00:00:00:01", "entry_mode": "vmac_directed",
        "virtual_addresses": ["192.0.2.100"], "answers": "everybody"
    }],
    "revision": 3,
    "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
}))]
pub struct ModuleStatus {
    /// The module.
    pub module: String,
    /// The node's name.
    pub node: String,
    /// The node's status generation.
    #[schema(format = "uint64", minimum = 0)]
    pub generation: u64,
    /// STOP, WAIT or UP.
    pub phase: Phase,
    /// How settled the phase is.
    pub readiness: Readiness,
    /// Whether it starts with the machine.
    #[serde(default)]
    #[schema(required = true)]
    pub boot: ModuleBoot,
    /// Which of its checks are switched on.
    #[serde(default)]
    #[schema(required = true)]
    pub checks: ModuleChecks,
    /// The version of the view and the tables in force: a counter, then the node number of the
    /// leader. Absent without a view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
    /// Names of the view's members.
    pub members: Vec<String>,
    /// The node to which the virtual IP resolves, or that answers ARP for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// How far it is drained on this node; absent where nobody asked for that. `open` and `held` of the
    /// groups say what is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drain: Option<Drain>,
    /// One per group, in the order of the configuration.
    pub groups: Vec<GroupStatus>,
    /// Why it is not UP (Ready), where something failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The failover rule whose action is being carried out; one that says wait, as long as it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// How often it helped itself.
    pub automatic_actions: AutomaticActions,
    /// What puts decisions in force.
    pub backend: Backend,
    /// Packets since the traffic was opened, by verdict and reason; empty while it is closed.
    #[schema(schema_with = traffic::counters)]
    pub counters: BTreeMap<String, u64>,
    /// SYNs that were kept since the traffic was opened, and what became of them. Absent while it is closed,
    /// and where the back end keeps none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replays: Option<Replays>,
    /// Its network interfaces, in the order of the configuration.
    #[serde(default)]
    #[schema(required = true)]
    pub interfaces: Vec<ModuleInterface>,
    /// The revision of its configuration.
    #[schema(format = "uint64", minimum = 0)]
    pub revision: u64,
    /// SHA-256 of the configuration file, the macros and the scripts.
    pub signature: String,
}

/// How far a node is with giving its share of a module's traffic away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "drained")]
pub enum Drain {
    /// It has buckets, or may hold connections in those of others.
    Draining,
    /// It has neither: the machine can go.
    Drained,
}

/// Who has which part of a group's traffic, as seen from one node.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "http", "open": 2048, "migrating": 0, "held": 0, "flows_opened": 1000,
    "nodes": [{"node": "node1", "buckets": 2048, "percent": 50.0}, {"node": "node2", "buckets": 2048, "percent": 50.0}],
    "powers": [{"node": "node1", "power": 1}, {"node": "node2", "power": 1}]
}))]
pub struct GroupStatus {
    /// Its name.
    pub name: String,
    /// The share of each member.
    pub nodes: Vec<Share>,
    /// The power of each node as configured, members or not.
    #[serde(default)]
    #[schema(required = true)]
    pub powers: Vec<NodePower>,
    /// This node's buckets whose flows it may open.
    #[schema(format = "uint32", minimum = 0)]
    pub open: u32,
    /// This node's buckets of which a previous owner may still hold connections.
    #[schema(format = "uint32", minimum = 0)]
    pub migrating: u32,
    /// Connections that this node holds in buckets of others.
    #[schema(format = "uint32", minimum = 0)]
    pub held: u32,
    /// Flows opened here since this node opened its traffic; zero while it is closed.
    #[serde(default)]
    #[schema(required = true, format = "uint64", minimum = 0)]
    pub flows_opened: u64,
    /// The failover rules that take this node out of the group (`withdraw`), as long as they apply; absent where
    /// none does. What no other node would take it serves all the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub withdrawn_by: Vec<String>,
}

/// A node's share of a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"node": "node1", "buckets": 2048, "percent": 50.0}))]
pub struct Share {
    /// The node's name.
    pub node: String,
    /// Its buckets, of 4096.
    #[schema(format = "uint32", minimum = 0)]
    pub buckets: u32,
    /// The same in percent.
    pub percent: f64,
}

/// Which nodes are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"nodes": ["node1", "node2"]}))]
pub struct NodeSelection {
    /// Names of nodes; all when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1)]
    pub nodes: Option<Vec<String>>,
}

/// The newest entries of a module's log on one node.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"module": "web", "node": "node1", "entries": [
    {"id": 5, "at": "2026-11-23T02:00:00.123Z", "level": "normal", "message": "Action start called by admin"}
]}))]
pub struct ModuleLog {
    /// The module.
    pub module: String,
    /// The node's name.
    pub node: String,
    /// Oldest first.
    pub entries: Vec<LogEntry>,
}

/// A line of a module's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": 5, "at": "2026-11-23T02:00:00.123Z", "level": "normal",
    "message": "Action start called by admin"
}))]
pub struct LogEntry {
    /// Grows with each entry of this node.
    #[schema(format = "uint64", minimum = 0)]
    pub id: u64,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who reads it.
    pub level: LogLevel,
    /// What.
    pub message: String,
}

/// How much a module's log tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "normal")]
pub enum LogLevel {
    /// What happened: actions, states, scripts, and what is wrong.
    #[default]
    Normal,
    /// What else is good to know when it is looked for: shares, addresses, what is well again.
    Verbose,
}

impl LogLevel {
    /// As in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Verbose => "verbose",
        }
    }
}

impl FromSql for LogLevel {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(match value.as_str()? {
            "verbose" => Self::Verbose,
            _ => Self::Normal,
        })
    }
}
