//! Login, the caller, the authority, the version, the health.

use evenkeel_core::ids::ModuleName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a user may do. Each role includes those below it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Read only.
    Monitor,
    /// Start and stop modules.
    Control,
    /// Configure modules, manage users.
    Admin,
}

impl Role {
    /// The role's name in the API and in the store.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monitor => "monitor",
            Self::Control => "control",
            Self::Admin => "admin",
        }
    }

    /// The role with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Monitor, Self::Control, Self::Admin]
            .into_iter()
            .find(|role| role.as_str() == name)
    }
}

/// Name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"user": "admin", "password": "correct horse battery staple"}))]
pub struct Credentials {
    /// The user's name.
    pub user: String,
    /// The password.
    #[schema(format = Password)]
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// A session: send the token as `Authorization: Bearer <token>` to any node.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "token": "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl",
    "expires_at": "2026-11-23T02:15:00Z",
    "role": "admin"
}))]
pub struct Session {
    /// The token. All nodes of the cluster accept it.
    pub token: String,
    /// When the token ends; log in again before.
    #[schema(format = DateTime)]
    pub expires_at: String,
    /// What the user may do.
    pub role: Role,
}

/// Whom the token stands for.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"user": "admin", "role": "admin", "expires_at": "2026-11-23T02:15:00Z"}))]
pub struct WhoAmI {
    /// The user's name; of an API key `key:` and its name.
    pub user: String,
    /// What the caller may do.
    pub role: Role,
    /// Only to these modules, where an API key is for some alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<String>>)]
    pub modules: Option<Vec<ModuleName>>,
    /// When the token or the key ends.
    #[schema(format = DateTime)]
    pub expires_at: String,
}

/// The version of the node that answers.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"version": "0.1.0", "api": "v1", "node": "node1"}))]
pub struct Version {
    /// The daemon's version.
    pub version: String,
    /// The version of the API, as in the paths.
    pub api: String,
    /// The node's name.
    pub node: String,
}

/// Whom to trust: the authority that signed the certificates of all nodes of this cluster.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "certificate": "-----BEGIN CERTIFICATE-----\nMIIBijCCATGgAwIBAgIUYDJGMJIvWiC4D0xXQ2OxuQ==\n-----END CERTIFICATE-----\n",
    "fingerprint": "2C:F2:4D:BA:5F:B0:A3:0E:26:E8:3B:2A:C5:B9:E2:9E:1B:16:1E:5C:1F:A7:42:5E:73:04:33:62:93:8B:98:24"
}))]
pub struct Authority {
    /// Its certificate, PEM.
    pub certificate: String,
    /// SHA-256 of the certificate, as `evenkeel init` prints it. Compare your own hash of the certificate with
    /// what you got from `init`: this field is as little proved as the rest of the answer.
    pub fingerprint: String,
}

/// A module serves on a node.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"module": "web", "node": "node1"}))]
pub struct ModuleReady {
    /// The module.
    pub module: String,
    /// The node that answers, where it is UP (Ready).
    pub node: String,
}

/// The daemon runs and answers.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"status": "ok"}))]
pub struct Health {
    /// `ok` or `ready`, as was asked.
    pub status: String,
}
