//! Resources: what checkers, the monitoring of processes and scripts say about a module on a node.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::module::LogLevel;
use crate::limits::{IDENTITY_LEN_MAX, RESOURCE_VALUE_LEN_MAX};

/// The resources of a module on a node.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"module": "web", "node": "node1", "resources": [{
    "name": "tcp.http", "value": "down", "since": "2026-11-23T02:00:00.123Z", "by": "tcpcheck",
    "reason": "connection refused",
    "history": [{"value": "up", "since": "2026-11-23T01:00:00Z", "by": "tcpcheck"}]
}]}))]
pub struct ResourceList {
    /// The module.
    pub module: String,
    /// The node's name.
    pub node: String,
    /// By name.
    pub resources: Vec<Resource>,
}

/// A resource of a module on a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "name": "tcp.http", "value": "down", "since": "2026-11-23T02:00:00.123Z", "by": "tcpcheck",
    "reason": "connection refused",
    "history": [{"value": "up", "since": "2026-11-23T01:00:00Z", "by": "tcpcheck"}]
}))]
pub struct Resource {
    /// Its class and its name.
    pub name: String,
    /// `init`, `up`, `down`, a number of connections, or another word that a script chose.
    pub value: String,
    /// Since when it has this value, by this node's clock.
    #[schema(format = DateTime)]
    pub since: String,
    /// Who set it: a checker, `errd`, a script, a user.
    pub by: String,
    /// Why, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it was before, the latest last.
    pub history: Vec<Assignment>,
}

/// A value that a resource had, and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "value": "down", "since": "2026-11-23T02:00:00.123Z", "by": "tcpcheck",
    "reason": "connection refused"
}))]
pub struct Assignment {
    /// The value.
    pub value: String,
    /// Since when it had this value, by this node's clock.
    #[schema(format = DateTime)]
    pub since: String,
    /// Who set it.
    pub by: String,
    /// Why, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The name of a program that asks by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Identity(pub String);

impl Identity {
    /// In whose name something is done: the program's, where one asks by itself, else the user's.
    pub fn or(asks: Option<Self>, user: String) -> String {
        asks.map_or(user, |identity| identity.0)
    }
}

impl TryFrom<String> for Identity {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let length = name.chars().count();
        if name.chars().any(char::is_control) || !(1..=IDENTITY_LEN_MAX).contains(&length) {
            return Err(format!(
                "an identity has 1 to {IDENTITY_LEN_MAX} characters, none of them a control character"
            ));
        }
        Ok(Self(name))
    }
}

/// The value of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Word(pub String);

impl TryFrom<String> for Word {
    type Error = String;

    fn try_from(value: String) -> Result<Self, String> {
        let is_part = |c: char| !c.is_whitespace() && !c.is_control();
        let length = value.chars().count();
        if (1..=RESOURCE_VALUE_LEN_MAX).contains(&length) && value.chars().all(is_part) {
            return Ok(Self(value));
        }
        Err(format!(
            "{value:?} is no value of a resource; write a word such as up or down, 1 to \
             {RESOURCE_VALUE_LEN_MAX} characters without spaces"
        ))
    }
}

/// What a resource is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"value": "down", "identity": "disk-check"}))]
pub struct ResourceValue {
    /// A word such as `up` or `down`: 1 to 64 characters, no spaces.
    #[schema(value_type = String, pattern = "^[^\\s\\x00-\\x1f\\x7f-\\x9f]+$", min_length = 1, max_length = 64)]
    pub value: Word,
    /// The program in whose name it is set; the user's name when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*$", min_length = 1, max_length = 64)]
    pub identity: Option<Identity>,
}

/// The automatic actions of a module, which `maxloop` limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"count": 1, "max": 3, "interval_s": 86400}))]
pub struct AutomaticActions {
    /// How many there were within the interval.
    #[schema(format = "uint32", minimum = 0)]
    pub count: u32,
    /// How many there may be; the next one stops the module.
    #[schema(format = "uint32", minimum = 0)]
    pub max: u32,
    /// The interval in seconds, from the first of them on; 0: there is no limit.
    #[schema(format = "uint64", minimum = 0)]
    pub interval_s: u64,
}

/// A line for a module's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"message": "the application answers"}))]
pub struct LogMessage {
    /// What to say, in one line.
    #[schema(
        pattern = "^[^\\x00-\\x1f\\x7f-\\x9f]*$",
        min_length = 1,
        max_length = 1024
    )]
    pub message: String,
    /// Who reads it.
    #[serde(default)]
    pub level: LogLevel,
}
