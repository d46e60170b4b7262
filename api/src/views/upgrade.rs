//! How the daemon went over to another program.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where an upgrade is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(example = "succeeded")]
pub enum UpgradeState {
    /// This program was started as it is.
    None,
    /// The next program is about to take the node over.
    Running,
    /// This program took the node over.
    Succeeded,
    /// The next program could not take the node over, and this one goes on; `detail` says why.
    Failed,
}

/// The last upgrade of a node's daemon in this run of its process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "state": "succeeded", "from": "0.1.0", "to": "0.2.0",
    "began_at": "2026-11-23T02:00:00.123Z", "ended_at": "2026-11-23T02:00:00.654Z"
}))]
pub struct Upgrade {
    /// Where it is.
    pub state: UpgradeState,
    /// The version that ran before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The version of the installed program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// When it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub began_at: Option<String>,
    /// When it was over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub ended_at: Option<String>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Upgrade {
    /// In this state, of which nothing else is known.
    pub const fn of(state: UpgradeState) -> Self {
        Self {
            state,
            from: None,
            to: None,
            began_at: None,
            ended_at: None,
            detail: None,
        }
    }
}
