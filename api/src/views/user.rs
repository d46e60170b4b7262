//! Users and the audit trail.

use serde::{Deserialize, Serialize};
use utoipa::{PartialSchema, ToSchema};

use super::names::UserId;
use super::session::Role;

/// A user to be made.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "operator", "password": "correct horse battery staple", "role": "control"
}))]
pub struct NewUser {
    /// The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit first.
    #[schema(schema_with = UserId::schema)]
    pub name: String,
    /// The password: 10 characters or more, 256 at the most.
    #[schema(format = Password, min_length = 10, max_length = 256)]
    pub password: String,
    /// What the user may do.
    pub role: Role,
}

impl std::fmt::Debug for NewUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = f.debug_struct("NewUser");
        out.field("name", &self.name)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// Password and role of a user on one node.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"password": "correct horse battery staple", "role": "control"}))]
pub struct UserSettings {
    /// The password: 10 characters or more, 256 at the most.
    #[schema(format = Password, min_length = 10, max_length = 256)]
    pub password: String,
    /// What the user may do.
    pub role: Role,
    /// When it was asked for, where it is asked for on several nodes; absent: it is asked for on this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = DateTime, pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{3}Z$")]
    pub changed_at: Option<String>,
}

impl std::fmt::Debug for UserSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("UserSettings")
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "operator", "role": "control", "created_at": "2026-11-23T02:00:00Z"
}))]
pub struct User {
    /// The name.
    pub name: String,
    /// What the user may do.
    pub role: Role,
    /// When the user was made on this node.
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// The users that the answering node knows.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"users": [
    {"name": "admin", "role": "admin", "created_at": "2026-11-23T02:00:00Z"}
]}))]
pub struct UserList {
    /// By name.
    pub users: Vec<User>,
}

/// One entry of the audit trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "id": 17, "at": "2026-11-23T02:00:00.123Z", "caller": "admin", "operation": "start_module_on_node",
    "target": "web", "outcome": "accepted"
}))]
pub struct AuditEntry {
    /// Grows with each entry of this node.
    #[schema(format = "uint64", minimum = 0)]
    pub id: u64,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// Who: the user's name, as given at login where that failed.
    pub caller: String,
    /// The operation's id in the API document.
    pub operation: String,
    /// What it was done to.
    pub target: String,
    /// `accepted`, or the type of the problem.
    pub outcome: String,
}

/// The newest entries of a node's audit trail.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"entries": [{
    "id": 17, "at": "2026-11-23T02:00:00.123Z", "caller": "admin", "operation": "start_module_on_node",
    "target": "web", "outcome": "accepted"
}]}))]
pub struct AuditTrail {
    /// Oldest first.
    pub entries: Vec<AuditEntry>,
}
