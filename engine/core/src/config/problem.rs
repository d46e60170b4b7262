//! A problem in a configuration file: where it stands, what is wrong, what to do.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One thing wrong with, or worth knowing about, a configuration file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Whether the configuration is refused for it.
    pub severity: Severity,
    /// Line, from 1; 0 in JSON, where the path says where it is.
    pub line: u32,
    /// Column in characters, from 1; 0 in JSON.
    pub column: u32,
    /// Element and attribute, as in `service.farm.lan@name`; empty for the file as a whole. Where
    /// elements of one name stand beside each other they are numbered from 1: `service.farm.lan[2]`.
    pub path: String,
    /// A sentence: what is wrong and what would be right.
    pub message: String,
}

/// How bad a [`Problem`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The configuration is refused.
    Error,
    /// The configuration is taken; this part of it has no effect, or not the one expected.
    Warning,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            column,
            path,
            message,
            ..
        } = self;
        match (line, path.as_str()) {
            (0, "") => f.write_str(message),
            (0, path) => write!(f, "{path}: {message}"),
            (_, "") => write!(f, "{line}:{column}: {message}"),
            (_, path) => write!(f, "{line}:{column} {path}: {message}"),
        }
    }
}
