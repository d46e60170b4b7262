//! What takes long: it goes on after its request was answered, and can be looked at and called off.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::module::UnreachableNode;
use super::names::maybe_whole;

/// What is done to each node's application in a rolling operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "restart")]
pub enum RollingAction {
    /// `stop_both` and `start_both` in place; the virtual addresses stay.
    #[default]
    Restart,
    /// All the way to STOP and up again.
    Stopstart,
}

impl RollingAction {
    /// As in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Restart => "restart",
            Self::Stopstart => "stopstart",
        }
    }
}

/// A rolling operation as it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"action": "restart", "nodes": ["node1", "node2"], "drain_s": 30, "ready_s": 120}))]
pub struct RollingRequest {
    /// What is done; `restart` when absent.
    #[serde(default)]
    pub action: RollingAction,
    /// Names of nodes; all when absent. They follow each other in the order of the cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1)]
    pub nodes: Option<Vec<String>>,
    /// Seconds for which a node's connections are waited for; those that are left then end with its
    /// application. 30 when absent.
    #[serde(
        default,
        deserialize_with = "maybe_whole",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(format = "uint32", minimum = 0, maximum = 3600)]
    pub drain_s: Option<u32>,
    /// Seconds for a node to be UP (Ready) again, checks included, and to have its share. 120 when absent.
    #[serde(
        default,
        deserialize_with = "maybe_whole",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(format = "uint32", minimum = 1, maximum = 3600)]
    pub ready_s: Option<u32>,
}

/// Where an operation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "running")]
pub enum OperationState {
    /// It goes on.
    Running,
    /// Everything was done.
    Succeeded,
    /// It stopped at the first failure; `detail` says where and why.
    Failed,
    /// Somebody called it off.
    Cancelled,
    /// The daemon of its node ended meanwhile. What it had done stays.
    Interrupted,
}

/// Where a rolling operation is with one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "draining")]
pub enum StepState {
    /// Its turn has not come.
    Waiting,
    /// Its share goes to the others; its connections come to their end.
    Draining,
    /// Its application is stopped and started.
    Acting,
    /// It takes its share again.
    Returning,
    /// It is UP (Ready) and has its share.
    Done,
    /// Here the operation stopped.
    Failed,
}

/// A node of a rolling operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"node": "node1", "state": "done", "detail": "2 connections were left after 30 s"}))]
pub struct OperationStep {
    /// The node's name.
    pub node: String,
    /// Where it is.
    pub state: StepState,
    /// What is worth knowing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// A rolling operation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": 3, "node": "node1", "module": "web", "action": "restart", "by": "admin", "state": "failed",
    "started_at": "2026-11-23T02:00:00.123Z", "ended_at": "2026-11-23T02:01:00.456Z",
    "detail": "node2: wrong-state: module web is WAIT NotReady",
    "steps": [{"node": "node1", "state": "done"}, {"node": "node2", "state": "failed"}]
}))]
pub struct Operation {
    /// Its number on the node that carries it out.
    #[schema(format = "uint64", minimum = 0)]
    pub id: u64,
    /// The node that carries it out.
    pub node: String,
    /// The module.
    pub module: String,
    /// What is done on each node.
    pub action: RollingAction,
    /// Who asked.
    pub by: String,
    /// Where it is.
    pub state: OperationState,
    /// When it began.
    #[schema(format = DateTime)]
    pub started_at: String,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
    /// Why it ended early.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// One per node, in the order in which they are gone through.
    pub steps: Vec<OperationStep>,
}

impl Operation {
    /// Whether it goes on.
    pub fn is_running(&self) -> bool {
        self.state == OperationState::Running
    }
}

/// Operations on a module, the newest first.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"operations": [{
    "id": 3, "node": "node1", "module": "web", "action": "restart", "by": "admin", "state": "succeeded",
    "started_at": "2026-11-23T02:00:00.123Z", "ended_at": "2026-11-23T02:01:00.456Z",
    "steps": [{"node": "node1", "state": "done"}]
}], "unreachable": []}))]
pub struct OperationList {
    /// Those that are kept: the hundred newest of each node.
    pub operations: Vec<Operation>,
    /// Nodes whose operations are missing here.
    pub unreachable: Vec<UnreachableNode>,
}
