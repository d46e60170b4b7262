//! Faults that a daemon does to its node on purpose, for tests of whoever relies on the farm.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::names::whole;

/// What a fault does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "cut")]
pub enum FaultKind {
    /// Nothing passes the node's end of a LAN.
    Cut,
    /// The daemon stands still, as with SIGSTOP.
    Freeze,
    /// The daemon is gone at once, as with SIGKILL.
    Kill,
}

impl FaultKind {
    /// As in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::Freeze => "freeze",
            Self::Kill => "kill",
        }
    }
}

/// What does not pass a cut LAN.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "both")]
pub enum CutWay {
    /// Neither what comes to the node nor what leaves it: a cable that is pulled.
    #[default]
    Both,
    /// What comes to the node.
    In,
    /// What leaves it.
    Out,
}

/// A LAN to cut.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"lan": "default", "way": "both", "duration_ms": 5000}))]
pub struct CutRequest {
    /// The LAN's name in the cluster's configuration. All that passes the interface with the node's address there
    /// is cut: heartbeats, virtual addresses, and this API.
    pub lan: String,
    /// What does not pass; `both` when absent.
    #[serde(default)]
    pub way: CutWay,
    /// How long, in milliseconds.
    #[serde(deserialize_with = "whole")]
    #[schema(format = "uint64", minimum = 1, maximum = 600_000)]
    pub duration_ms: u64,
}

/// How long a daemon is to stand still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"duration_ms": 500}))]
pub struct FreezeRequest {
    /// How long, in milliseconds.
    #[serde(deserialize_with = "whole")]
    #[schema(format = "uint64", minimum = 1, maximum = 60_000)]
    pub duration_ms: u64,
}

/// A fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": 1, "node": "node1", "kind": "cut", "lan": "default", "way": "both",
    "begins_at": "2026-11-24T03:00:00.200Z", "ends_at": "2026-11-24T03:00:05.200Z"
}))]
pub struct Fault {
    /// Its number on this node since the daemon was started, from 1.
    #[schema(format = "uint64", minimum = 1)]
    pub id: u64,
    /// The node.
    pub node: String,
    /// What it does.
    pub kind: FaultKind,
    /// The LAN that is cut (`cut`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lan: Option<String>,
    /// What does not pass there (`cut`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<CutWay>,
    /// When it begins.
    #[schema(format = DateTime)]
    pub begins_at: String,
    /// When it ends; who kills a daemon does not know who starts it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub ends_at: Option<String>,
}

/// The faults of a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"permitted": true, "faults": [{
    "id": 1, "node": "node1", "kind": "freeze",
    "begins_at": "2026-11-24T03:00:00.200Z", "ends_at": "2026-11-24T03:00:00.700Z"
}]}))]
pub struct FaultList {
    /// Whether the daemon was started with `--permit-faults`; elsewhere it does none.
    pub permitted: bool,
    /// Those that have not ended, the oldest first.
    pub faults: Vec<Fault>,
}
