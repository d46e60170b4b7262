//! What a module's scripts wrote on a node.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The outputs of a module's scripts on a node.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"module": "web", "node": "node1", "logs": [{
    "name": "userlog_2026-11-23T020000_start_both.ulog", "script": "start_both",
    "at": "2026-11-23T02:00:00Z", "bytes": 812
}]}))]
pub struct ScriptLogList {
    /// The module.
    pub module: String,
    /// The node's name.
    pub node: String,
    /// The oldest first; the newest 100 are kept.
    pub logs: Vec<ScriptLog>,
}

/// What one execution of a script wrote to its standard output and error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "userlog_2026-11-23T020000_start_both.ulog", "script": "start_both",
    "at": "2026-11-23T02:00:00Z", "bytes": 812
}))]
pub struct ScriptLog {
    /// Its name.
    pub name: String,
    /// The script.
    pub script: String,
    /// When the execution began, by this node's clock.
    #[schema(format = DateTime)]
    pub at: String,
    /// Its length so far.
    #[schema(format = "uint64", minimum = 0)]
    pub bytes: u64,
}
