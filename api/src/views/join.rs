//! How a machine becomes a node of the cluster.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::names::maybe_whole;

/// Who is to join.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"node": "node2", "valid_s": 3600}))]
pub struct NewJoinToken {
    /// The node, by its name in the cluster's configuration.
    #[schema(max_length = 64)]
    pub node: String,
    /// Seconds for which the token is good, 60 to 86400; an hour when absent.
    #[serde(
        default,
        deserialize_with = "maybe_whole",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(format = "uint32", minimum = 60, maximum = 86_400)]
    pub valid_s: Option<u32>,
}

/// What `evenkeel join` needs on the new machine.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "node": "node3", "token": "evj_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "fingerprint": "2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2:9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24",
    "at": "node1", "expires_at": "2026-11-23T03:00:00.000Z"
}))]
pub struct MadeJoinToken {
    /// Who may join with it.
    pub node: String,
    /// The token, shown this once; good once.
    pub token: String,
    /// SHA-256 of the certificate of the cluster's authority, by which the new machine knows the cluster.
    pub fingerprint: String,
    /// The node that made it, and where alone it is good.
    pub at: String,
    /// Until when.
    #[schema(format = DateTime)]
    pub expires_at: String,
}

impl std::fmt::Debug for MadeJoinToken {
    /// Leaves the token out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MadeJoinToken")
            .field("node", &self.node)
            .finish_non_exhaustive()
    }
}

/// A machine that joins.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"token": "evj_3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}))]
pub struct JoinRequest {
    /// The token.
    #[schema(max_length = 256)]
    pub token: String,
}

impl std::fmt::Debug for JoinRequest {
    /// Leaves the token out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JoinRequest")
    }
}

/// What a node needs, as `evenkeel init --join` reads it. It holds the cluster's secrets.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"file": "{\"evenkeel_join\": 3, \"node\": \"node3\"}"}))]
pub struct JoinAnswer {
    /// The file of `evenkeel export-join`.
    pub file: String,
}

impl std::fmt::Debug for JoinAnswer {
    /// Leaves the secrets out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JoinAnswer")
    }
}
