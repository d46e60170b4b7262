//! What a request to several nodes answers: a result per node.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::{ConfigProblem, Problem};

/// The node took it; its effects follow by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"generation": 42}))]
pub struct Accepted {
    /// The node's status generation right after it was taken: a status with this generation or a
    /// later one shows it.
    #[schema(format = "uint64", minimum = 0)]
    pub generation: u64,
}

/// What one node answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"node": "node1", "ok": true, "generation": 42}))]
pub struct NodeResult {
    /// The node's name.
    pub node: String,
    /// Whether the node took it.
    pub ok: bool,
    /// The node's status generation, where it took it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint64", minimum = 0)]
    pub generation: Option<u64>,
    /// Why not, where it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<Problem>,
}

/// What each node answered. At least one took it; when none did, the answer is a problem.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "complete": true, "nodes": [{"node": "node1", "ok": true, "generation": 42}]
}))]
pub struct NodeResults {
    /// Whether every node took it.
    pub complete: bool,
    /// One per node asked, in the order of the cluster.
    pub nodes: Vec<NodeResult>,
}

/// Buckets that would change hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"group": "web", "from": "node1", "to": "node3", "buckets": 546}))]
pub struct BucketMove {
    /// The group.
    pub group: String,
    /// Who owns them; absent where nobody does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Who would; absent where nobody would.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// How many, of 4096.
    #[schema(format = "uint32", minimum = 1)]
    pub buckets: u32,
}

/// A configuration was checked, or applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "module": "web", "dry_run": false, "revision": 3,
    "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "complete": true, "missing": [], "warnings": [], "moves": [],
    "nodes": [{"node": "node1", "ok": true, "generation": 42}]
}))]
pub struct ConfigureResult {
    /// The module.
    pub module: String,
    /// True: nothing was changed.
    pub dry_run: bool,
    /// The revision, the same on all nodes. An unchanged configuration keeps its revision.
    #[schema(format = "uint64", minimum = 0)]
    pub revision: u64,
    /// SHA-256 of the configuration file, the macros and the scripts.
    pub signature: String,
    /// Whether every node has the revision (`dry_run`: would take it).
    pub complete: bool,
    /// The nodes that lack the revision. Repeat the request once they are back.
    pub missing: Vec<String>,
    /// What is worth knowing about the configuration.
    pub warnings: Vec<ConfigProblem>,
    /// Where the module runs: the buckets that change hands (`dry_run`: would), and no others.
    pub moves: Vec<BucketMove>,
    /// One per node of the cluster.
    pub nodes: Vec<NodeResult>,
}

/// A configuration was checked, or applied, on one node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "revision": 3,
    "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "generation": 42, "live": false, "warnings": [], "moves": []
}))]
pub struct Applied {
    /// The revision that this node has.
    #[schema(format = "uint64", minimum = 0)]
    pub revision: u64,
    /// SHA-256 of the configuration file, the macros and the scripts.
    pub signature: String,
    /// The node's status generation.
    #[schema(format = "uint64", minimum = 0)]
    pub generation: u64,
    /// Whether the module runs here and takes it, or took it, as it runs.
    pub live: bool,
    /// What is worth knowing about the configuration.
    pub warnings: Vec<ConfigProblem>,
    /// `dry_run`, where the module runs: the buckets that would change hands.
    pub moves: Vec<BucketMove>,
}
