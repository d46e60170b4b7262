//! Users, API keys and webhooks as the nodes compare them.

use serde::{Deserialize, Serialize};
use utoipa::{PartialSchema, ToSchema};

use super::api_key::ApiKeySettings;
use super::names::{UserId, whole};
use super::session::Role;
use super::webhook::WebhookSettings;
use crate::webhooks::seal::Sealed;

/// What is the same on every node.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum RecordKind {
    /// A user, with a password.
    User,
    /// A program, with a key.
    ApiKey,
    /// Who is told of events.
    Webhook,
}

impl RecordKind {
    /// Its name in the API and in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::ApiKey => "api-key",
            Self::Webhook => "webhook",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::User, Self::ApiKey, Self::Webhook]
            .into_iter()
            .find(|kind| kind.as_str() == name)
    }
}

/// A user, an API key or a webhook as a node has it, or its removal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "kind": "user", "name": "operator", "version": 2, "changed_at": "2026-11-23T02:00:00.123Z", "removed": false
}))]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// The name.
    #[schema(schema_with = UserId::schema)]
    pub name: String,
    /// Counts the changes, from 1. Of two versions the higher is in force on every node, of equal ones that
    /// which was changed later.
    #[serde(deserialize_with = "whole")]
    #[schema(format = "uint64", minimum = 1, maximum = 9_007_199_254_740_991_i64)]
    pub version: u64,
    /// When it was changed.
    #[schema(format = DateTime)]
    pub changed_at: String,
    /// Whether the change was its removal.
    pub removed: bool,
    /// The user; only other nodes get it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRecord>,
    /// The API key; only other nodes get it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_key: Option<ApiKeySettings>,
    /// The webhook; only other nodes get it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<WebhookRecord>,
}

/// A user as a node keeps it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "phc": "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$aGFzaA", "role": "control",
    "created_at": "2026-11-23T02:00:00.123Z"
}))]
pub struct UserRecord {
    /// The password's hash as a PHC string.
    pub phc: String,
    /// What the user may do.
    pub role: Role,
    /// When the user was made.
    #[schema(format = DateTime)]
    pub created_at: String,
}

impl std::fmt::Debug for UserRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserRecord")
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// A webhook as a node keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "settings": {"url": "https://pager.example.com/evenkeel", "events": ["state_changed"], "enabled": true},
    "changed_at": "2026-11-23T02:00:00.000Z", "changed_by": "admin",
    "secret": "iJ0xRrTn0h2w9QdMzR3K0xZ8Zs3mT1pYb6Jm1w=="
}))]
pub struct WebhookRecord {
    /// What it is for; without the secret.
    pub settings: WebhookSettings,
    /// When it was made or changed.
    #[schema(format = DateTime)]
    pub changed_at: String,
    /// By whom.
    pub changed_by: String,
    /// The secret that signs, sealed for the nodes of this cluster.
    pub secret: Sealed,
    /// The one that it replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub former: Option<FormerSealed>,
}

/// A secret that signs, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormerSealed {
    /// The secret, sealed for the nodes of this cluster.
    pub secret: Sealed,
    /// Until when, in seconds since 1970.
    #[serde(deserialize_with = "whole")]
    #[schema(format = "uint64", minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub until_s: u64,
}

/// The users, API keys and webhooks of a node, and those that were removed.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"records": [{
    "kind": "user", "name": "operator", "version": 2, "changed_at": "2026-11-23T02:00:00.123Z", "removed": false
}]}))]
pub struct RecordList {
    /// By kind and name.
    pub records: Vec<Record>,
}
