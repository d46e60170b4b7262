//! Keys of programs: what they may do, and until when.

#![allow(
    unused_qualifications,
    reason = "the macro that describes a type repeats the types of its fields"
)]

use std::fmt;

use evenkeel_core::ids::ModuleName;
use serde::{Deserialize, Serialize};
use utoipa::{PartialSchema, ToSchema};

use super::names::{ModuleId, UserId, maybe_whole, whole};
use super::result::NodeResult;
use super::session::Role;
use crate::timestamp;

/// A key to be made.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "nightly-failover", "role": "control", "modules": ["web"], "valid_for_days": 30
}))]
pub struct NewApiKey {
    /// The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit first.
    #[schema(schema_with = UserId::schema)]
    pub name: String,
    /// What the key may do.
    pub role: Role,
    /// Only to these modules, 64 at the most: to what names one of them in its path. Absent: to all that
    /// the role may do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<ModuleId>>, inline, min_items = 1, max_items = 64)]
    pub modules: Option<Vec<ModuleName>>,
    /// Days until it expires, 1 to 366; 90 when absent.
    #[serde(
        default,
        deserialize_with = "maybe_whole",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(format = "uint32", minimum = 1, maximum = 366)]
    pub valid_for_days: Option<u32>,
}

/// How a key is replaced.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"valid_for_days": 30, "overlap_s": 3600}))]
pub struct ApiKeyRotation {
    /// Days until the new key expires, 1 to 366; 90 when absent.
    #[serde(
        default,
        deserialize_with = "maybe_whole",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(format = "uint32", minimum = 1, maximum = 366)]
    pub valid_for_days: Option<u32>,
    /// Seconds for which the former key is good too, up to 30 days; an hour when absent.
    #[serde(
        default,
        deserialize_with = "maybe_whole",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(format = "uint32", minimum = 0, maximum = 2_592_000)]
    pub overlap_s: Option<u32>,
}

/// A key, without the key itself: that is shown once, when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "nightly-failover", "role": "control", "modules": ["web"],
    "created_at": "2026-11-23T02:00:00Z", "created_by": "admin", "expires_at": "2026-12-23T02:00:00Z"
}))]
pub struct ApiKey {
    /// The name.
    pub name: String,
    /// What the key may do.
    pub role: Role,
    /// Only to these modules; absent: to all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<ModuleId>>, inline, min_items = 1, max_items = 64)]
    pub modules: Option<Vec<ModuleName>>,
    /// When the key was made, or replaced the former one.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// By whom.
    pub created_by: String,
    /// When it expires.
    #[schema(format = DateTime)]
    pub expires_at: String,
    /// Until when the key that it replaced is good too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime)]
    pub former_until: Option<String>,
}

/// The keys that the answering node knows.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"api_keys": [{
    "name": "nightly-failover", "role": "control", "modules": ["web"],
    "created_at": "2026-11-23T02:00:00Z", "created_by": "admin", "expires_at": "2026-12-23T02:00:00Z"
}]}))]
pub struct ApiKeyList {
    /// By name.
    pub api_keys: Vec<ApiKey>,
}

/// A key that was made, or that replaced another. The key is shown this once.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "key": "evk_Zm91ciBzY29yZSBhbmQgc2V2ZW4geWVhcnMgYWdvIG8",
    "api_key": {
        "name": "nightly-failover", "role": "control", "modules": ["web"],
        "created_at": "2026-11-23T02:00:00Z", "created_by": "admin", "expires_at": "2026-12-23T02:00:00Z"
    },
    "complete": true, "nodes": [{"node": "node1", "ok": true, "generation": 42}]
}))]
pub struct MadeApiKey {
    /// The key: send it as `Authorization: Bearer <key>` to any node.
    pub key: String,
    /// What is kept of it.
    pub api_key: ApiKey,
    /// Whether every node has it.
    pub complete: bool,
    /// One per node, in the order of the cluster.
    pub nodes: Vec<NodeResult>,
}

impl fmt::Debug for MadeApiKey {
    /// Leaves the key out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("MadeApiKey");
        out.field("api_key", &self.api_key).finish_non_exhaustive()
    }
}

/// A key as a node keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "role": "control", "modules": ["web"], "created_at": "2026-11-23T02:00:00Z", "created_by": "admin",
    "expires_at_s": 1_798_077_600,
    "digest": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
}))]
pub struct ApiKeySettings {
    /// What the key may do.
    pub role: Role,
    /// Only to these modules; absent: to all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<ModuleId>>, inline, min_items = 1, max_items = 64)]
    pub modules: Option<Vec<ModuleName>>,
    /// When the key was made.
    #[serde(deserialize_with = "timestamp::instant")]
    #[schema(format = DateTime)]
    pub created_at: String,
    /// By whom.
    pub created_by: String,
    /// When it expires, in seconds since 1970.
    #[serde(deserialize_with = "whole")]
    #[schema(format = "uint64", minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub expires_at_s: u64,
    /// SHA-256 of the key: 64 hexadecimal digits in lower case.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub digest: String,
    /// The key that it replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<FormerApiKey>,
}

/// A key that was replaced and is good for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "digest": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "until_s": 1_795_489_200
}))]
pub struct FormerApiKey {
    /// SHA-256 of the key: 64 hexadecimal digits in lower case.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub digest: String,
    /// Until when it is good, in seconds since 1970.
    #[serde(deserialize_with = "whole")]
    #[schema(format = "uint64", minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub until_s: u64,
}
