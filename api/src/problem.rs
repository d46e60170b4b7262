//! The one door for errors: RFC 9457 problems with a closed list of types.
//!
//! A problem says what was wrong and what to do, and whether anything changed. Causes that a caller
//! has no use for go to the log, not into the answer.

use std::fmt;
use std::time::Duration;

use axum::extract::rejection::{PathRejection, QueryRejection, RawPathParamsRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use evenkeel_core::command::Denied;
use evenkeel_core::config::problem::{Problem as CoreProblem, Severity as CoreSeverity};
use evenkeel_engine::error::EngineError;
use evenkeel_engine::ports::DatapathError;
use rusqlite::ErrorCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::store::StoreError;

/// The media type of a problem.
pub const CONTENT_TYPE: &str = "application/problem+json";

/// What kind of problem it is. The list is closed: a client can decide by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum ProblemType {
    /// The request cannot be read: not JSON, an unknown field, a parameter out of range. Nothing changed.
    #[serde(rename = "/problems/malformed-request")]
    MalformedRequest,
    /// No token, or an expired or forged one, or a wrong password. Nothing changed.
    #[serde(rename = "/problems/unauthenticated")]
    Unauthenticated,
    /// The user's role does not allow it. Nothing changed.
    #[serde(rename = "/problems/missing-role")]
    MissingRole,
    /// The API key is for other modules. Nothing changed.
    #[serde(rename = "/problems/outside-scope")]
    OutsideScope,
    /// Too many failed logins; `retry_after_s` says when to try again. Nothing changed.
    #[serde(rename = "/problems/too-many-attempts")]
    TooManyAttempts,
    /// The caller asks faster than the node answers one caller; `retry_after_s` says when to try again. Nothing changed.
    #[serde(rename = "/problems/too-many-requests")]
    TooManyRequests,
    /// No such path.
    #[serde(rename = "/problems/not-found")]
    NotFound,
    /// The cluster has no node of this name.
    #[serde(rename = "/problems/unknown-node")]
    UnknownNode,
    /// The cluster has no LAN of this name. Nothing changed.
    #[serde(rename = "/problems/unknown-lan")]
    UnknownLan,
    /// The node has no module of this name.
    #[serde(rename = "/problems/unknown-module")]
    UnknownModule,
    /// There is no template of this name. Nothing changed.
    #[serde(rename = "/problems/unknown-template")]
    UnknownTemplate,
    /// The module has no output of a script of this name; the oldest go.
    #[serde(rename = "/problems/unknown-script-log")]
    UnknownScriptLog,
    /// No user of this name.
    #[serde(rename = "/problems/unknown-user")]
    UnknownUser,
    /// The node does not keep this revision of the module.
    #[serde(rename = "/problems/unknown-revision")]
    UnknownRevision,
    /// No API key of this name.
    #[serde(rename = "/problems/unknown-api-key")]
    UnknownApiKey,
    /// No webhook of this name.
    #[serde(rename = "/problems/unknown-webhook")]
    UnknownWebhook,
    /// The node has no operation with this number; the oldest go.
    #[serde(rename = "/problems/unknown-operation")]
    UnknownOperation,
    /// No fault with this number goes on on the node.
    #[serde(rename = "/problems/unknown-fault")]
    UnknownFault,
    /// The path exists, but not with this method.
    #[serde(rename = "/problems/method-not-allowed")]
    MethodNotAllowed,
    /// The state of the module, of the cluster's secret, or of the node's daemon does not allow it. Nothing changed.
    #[serde(rename = "/problems/wrong-state")]
    WrongState,
    /// There is one of this name with other content. Nothing changed.
    #[serde(rename = "/problems/already-exists")]
    AlreadyExists,
    /// The node has a later revision than the one sent. Nothing changed.
    #[serde(rename = "/problems/stale-revision")]
    StaleRevision,
    /// The idempotency key was sent with another request. Nothing changed.
    #[serde(rename = "/problems/key-reused")]
    KeyReused,
    /// The request with this idempotency key is being carried out, or another operation on the module is.
    /// Nothing changed.
    #[serde(rename = "/problems/in-progress")]
    InProgress,
    /// Another configuration than the one named by `If-Match` is in force. Nothing changed.
    #[serde(rename = "/problems/precondition-failed")]
    PreconditionFailed,
    /// It would leave the cluster without an administrator. Nothing changed.
    #[serde(rename = "/problems/last-administrator")]
    LastAdministrator,
    /// There are as many as there can be. Nothing changed.
    #[serde(rename = "/problems/limit-reached")]
    LimitReached,
    /// The body is larger than 1 MiB. Nothing changed.
    #[serde(rename = "/problems/body-too-large")]
    BodyTooLarge,
    /// The request reached another node than the one it names. Nothing changed.
    #[serde(rename = "/problems/misdirected")]
    Misdirected,
    /// The configuration is refused; `problems` has everything that is wrong with it. Nothing changed.
    #[serde(rename = "/problems/invalid-configuration")]
    InvalidConfiguration,
    /// A virtual address is in none of the node's networks. Nothing changed.
    #[serde(rename = "/problems/no-local-network")]
    NoLocalNetwork,
    /// The daemon failed; its log says how.
    #[serde(rename = "/problems/internal")]
    Internal,
    /// The disk with the node's data is full. Nothing changed, unless the detail says so.
    #[serde(rename = "/problems/storage-full")]
    StorageFull,
    /// The kernel refused the packet filter or an address.
    #[serde(rename = "/problems/datapath-failed")]
    DatapathFailed,
    /// The node that was to answer cannot be reached; whether it did something is unknown when the
    /// connection broke on the way.
    #[serde(rename = "/problems/node-unreachable")]
    NodeUnreachable,
    /// The receiver of a webhook did not take the event.
    #[serde(rename = "/problems/receiver-failed")]
    ReceiverFailed,
    /// The module does not serve on this node now.
    #[serde(rename = "/problems/not-ready")]
    NotReady,
    /// The daemon is ending.
    #[serde(rename = "/problems/stopping")]
    Stopping,
    /// The request was not answered in time; whether it did something is unknown.
    #[serde(rename = "/problems/timed-out")]
    TimedOut,
    /// The state was not reached in the time given. Nothing changed.
    #[serde(rename = "/problems/wait-timed-out")]
    WaitTimedOut,
}

impl ProblemType {
    /// The status code, from one table.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::MalformedRequest => StatusCode::BAD_REQUEST,
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::MissingRole | Self::OutsideScope => StatusCode::FORBIDDEN,
            Self::TooManyAttempts | Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::NotFound
            | Self::UnknownNode
            | Self::UnknownLan
            | Self::UnknownModule
            | Self::UnknownTemplate
            | Self::UnknownScriptLog
            | Self::UnknownUser
            | Self::UnknownRevision
            | Self::UnknownApiKey
            | Self::UnknownWebhook
            | Self::UnknownOperation
            | Self::UnknownFault => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::WrongState
            | Self::AlreadyExists
            | Self::StaleRevision
            | Self::InProgress
            | Self::LastAdministrator
            | Self::LimitReached => StatusCode::CONFLICT,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::InvalidConfiguration | Self::NoLocalNetwork | Self::KeyReused => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Internal | Self::DatapathFailed => StatusCode::INTERNAL_SERVER_ERROR,
            Self::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
            Self::NodeUnreachable | Self::ReceiverFailed => StatusCode::BAD_GATEWAY,
            Self::NotReady | Self::Stopping => StatusCode::SERVICE_UNAVAILABLE,
            Self::TimedOut | Self::WaitTimedOut => StatusCode::GATEWAY_TIMEOUT,
        }
    }

    /// The title: the same for every problem of the type.
    pub const fn title(self) -> &'static str {
        match self {
            Self::MalformedRequest => "The request cannot be read",
            Self::Unauthenticated => "Not logged in",
            Self::MissingRole => "The role does not allow it",
            Self::OutsideScope => "The API key is for other modules",
            Self::TooManyAttempts => "Too many failed logins",
            Self::TooManyRequests => "Too many requests",
            Self::NotFound => "No such path",
            Self::UnknownNode => "No such node",
            Self::UnknownLan => "No such LAN",
            Self::UnknownModule => "No such module",
            Self::UnknownTemplate => "No such template",
            Self::UnknownScriptLog => "No such output of a script",
            Self::UnknownUser => "No such user",
            Self::UnknownRevision => "No such revision",
            Self::UnknownApiKey => "No such API key",
            Self::UnknownWebhook => "No such webhook",
            Self::UnknownOperation => "No such operation",
            Self::UnknownFault => "No such fault",
            Self::MethodNotAllowed => "No such method on this path",
            Self::WrongState => "Not possible in this state",
            Self::AlreadyExists => "It exists already",
            Self::StaleRevision => "There is a later revision",
            Self::KeyReused => "The key belongs to another request",
            Self::InProgress => "It is being carried out",
            Self::PreconditionFailed => "Another configuration is in force",
            Self::LastAdministrator => "The last administrator stays",
            Self::LimitReached => "There are as many as there can be",
            Self::BodyTooLarge => "The body is too large",
            Self::Misdirected => "The request reached another node",
            Self::InvalidConfiguration => "The configuration is refused",
            Self::NoLocalNetwork => "A virtual address is in no local network",
            Self::Internal => "The daemon failed",
            Self::StorageFull => "The disk is full",
            Self::DatapathFailed => "The kernel refused",
            Self::NodeUnreachable => "The node cannot be reached",
            Self::ReceiverFailed => "The receiver did not take it",
            Self::NotReady => "Not ready",
            Self::Stopping => "The daemon is ending",
            Self::TimedOut => "Not answered in time",
            Self::WaitTimedOut => "The state was not reached in time",
        }
    }

    /// The last part of the type, as in `wrong-state`: for logs and the audit trail.
    pub fn name(self) -> String {
        let full = serde_json::to_value(self).unwrap_or_default();
        full.as_str()
            .and_then(|uri| uri.rsplit('/').next())
            .unwrap_or_default()
            .to_owned()
    }
}

/// An error as RFC 9457 has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "type": "/problems/wrong-state", "title": "Not possible in this state", "status": 409,
    "detail": "module web is UP Ready; start is possible in STOP (NotReady)"
}))]
pub struct Problem {
    /// What kind of problem it is.
    #[serde(rename = "type")]
    pub kind: ProblemType,
    /// The type in words.
    pub title: String,
    /// The status code of the answer.
    #[schema(format = "uint16", minimum = 0)]
    pub status: u16,
    /// What is wrong here and what would be right.
    pub detail: String,
    /// Everything that is wrong with a configuration (`invalid-configuration`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<ConfigProblem>,
    /// What each node said, where several were asked and none took it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub nodes: Vec<NodeCause>,
    /// Seconds after which it is worth trying again (`too-many-attempts`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = "uint64", minimum = 0)]
    pub retry_after_s: Option<u64>,
}

/// Why one of several nodes did not take it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "node": "node2", "type": "/problems/node-unreachable", "detail": "node2: connection refused"
}))]
pub struct NodeCause {
    /// The node's name.
    pub node: String,
    /// What kind of problem it is.
    #[serde(rename = "type")]
    pub kind: ProblemType,
    /// What is wrong.
    pub detail: String,
}

/// One thing wrong with, or worth knowing about, a configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "severity": "error", "line": 12, "column": 9, "path": "service.farm.lan@name",
    "message": "the cluster has no LAN \"front\"; it has: default"
}))]
pub struct ConfigProblem {
    /// Whether the configuration is refused for it.
    pub severity: Severity,
    /// Line, from 1; 0 where there are no lines.
    #[schema(format = "uint32", minimum = 0)]
    pub line: u32,
    /// Column in characters, from 1; 0 where there are no lines.
    #[schema(format = "uint32", minimum = 0)]
    pub column: u32,
    /// Element and attribute, as in `service.farm.lan@name`; empty for the file as a whole. Of a package
    /// it is the entry, as in `bin/start_both`, with the place in the configuration file behind it, as in
    /// `conf/userconfig.xml: service.farm.lan@name`.
    pub path: String,
    /// What is wrong and what would be right.
    pub message: String,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The configuration is refused.
    Error,
    /// The configuration is taken; this part of it has no effect, or not the one expected.
    Warning,
}

impl Problem {
    /// A problem of this type; `detail` says what is wrong here and what would be right.
    pub fn new(kind: ProblemType, detail: impl Into<String>) -> Self {
        Self {
            kind,
            title: kind.title().to_owned(),
            status: kind.status().as_u16(),
            detail: detail.into(),
            problems: Vec::new(),
            nodes: Vec::new(),
            retry_after_s: None,
        }
    }

    /// The request cannot be read.
    pub fn malformed(detail: impl Into<String>) -> Self {
        Self::new(ProblemType::MalformedRequest, detail)
    }

    /// The caller has to wait so long before the next try.
    pub fn too_soon(kind: ProblemType, wait: Duration) -> Self {
        // A header has whole seconds.
        let seconds = wait.as_secs() + 1;
        Self {
            retry_after_s: Some(seconds),
            ..Self::new(kind, format!("try again in {seconds} s"))
        }
    }

    /// The body is too large.
    pub fn too_large() -> Self {
        Self::new(ProblemType::BodyTooLarge, "a body has 1 MiB at the most")
    }

    /// Something that should not happen; the cause goes to the log with its whole chain.
    pub fn internal(doing: &str, cause: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(cause = %Chain(cause), "{doing} failed");
        Self::new(
            ProblemType::Internal,
            format!("{doing} failed; the daemon's log has the cause"),
        )
    }

    /// The disk is full; `doing` is what could not be done.
    pub fn storage_full(doing: &str) -> Self {
        tracing::error!("{doing} failed: the disk with the node's data is full");
        Self::new(
            ProblemType::StorageFull,
            format!(
                "{doing} failed: the disk with the node's data is full; make room and try again"
            ),
        )
    }

    /// The cluster has no such node.
    pub fn unknown_node(name: &str) -> Self {
        Self::new(
            ProblemType::UnknownNode,
            format!("the cluster has no node {name:?}"),
        )
    }

    /// The configuration is refused for these reasons.
    pub fn invalid_configuration(problems: Vec<ConfigProblem>) -> Self {
        let errors = problems
            .iter()
            .filter(|p| p.severity == Severity::Error)
            .count();
        let first = problems.iter().find(|p| p.severity == Severity::Error);
        let detail = first.map_or_else(
            || "the configuration is refused".to_owned(),
            |p| {
                let place = match p.line {
                    0 if p.path.is_empty() => String::new(),
                    0 => format!("{}: ", p.path),
                    line => format!("line {line}, column {}: ", p.column),
                };
                format!("{errors} wrong; the first: {place}{}", p.message)
            },
        );
        Self {
            problems,
            ..Self::new(ProblemType::InvalidConfiguration, detail)
        }
    }
}

/// An error with everything below it.
#[derive(Debug)]
pub struct Chain<'a>(pub &'a (dyn std::error::Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(cause) = next {
            write!(f, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.title, self.detail)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.kind.status();
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        // For the audit trail.
        response.extensions_mut().insert(self.kind);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
        if self.kind == ProblemType::Unauthenticated {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Self {
        let kind = match &denied {
            Denied::UnknownModule { .. } => ProblemType::UnknownModule,
            // What is no resource and no value does not reach the engine: this one is somebody else's, or
            // there are too many.
            Denied::WrongState { .. }
            | Denied::NoDrain { .. }
            | Denied::BadResource { .. }
            | Denied::NotLive { .. }
            | Denied::NoScriptControl { .. }
            | Denied::NodeTakesPart { .. } => ProblemType::WrongState,
            Denied::UnknownClass { .. } => ProblemType::NotFound,
            Denied::TooManyModules { .. } | Denied::TooManyActions { .. } => {
                ProblemType::LimitReached
            }
            Denied::BadConfig { .. } | Denied::BadCluster { .. } => {
                ProblemType::InvalidConfiguration
            }
        };
        Self::new(kind, denied.to_string())
    }
}

impl From<EngineError> for Problem {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Denied(denied) => denied.into(),
            EngineError::Stopped => Self::new(ProblemType::Stopping, error.to_string()),
            EngineError::UnknownModule(_) => {
                Self::new(ProblemType::UnknownModule, error.to_string())
            }
            EngineError::NoLocalNetwork { .. } => {
                Self::new(ProblemType::NoLocalNetwork, error.to_string())
            }
            EngineError::NoLan { .. } => Self::malformed(error.to_string()),
            EngineError::NoCut(_) | EngineError::NoSocket(_) | EngineError::NoHandover(_) => {
                Self::new(ProblemType::WrongState, error.to_string())
            }
            EngineError::NoInterface { .. }
            | EngineError::BadInterface { .. }
            | EngineError::OwnAddress { .. } => {
                Self::new(ProblemType::InvalidConfiguration, error.to_string())
            }
            EngineError::Datapath(DatapathError::NotOpen(_)) => {
                Self::new(ProblemType::WrongState, error.to_string())
            }
            EngineError::Netlink(_) | EngineError::Datapath(_) => {
                Self::new(ProblemType::DatapathFailed, Chain(&error).to_string())
            }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Stopped => Self::new(ProblemType::Stopping, error.to_string()),
            StoreError::Sqlite(sqlite)
                if sqlite.sqlite_error_code() == Some(ErrorCode::DiskFull) =>
            {
                Self::storage_full("writing into the store")
            }
            StoreError::Sqlite(_) | StoreError::Content(_) => Self::internal("the store", &error),
        }
    }
}

impl From<PathRejection> for Problem {
    fn from(rejection: PathRejection) -> Self {
        Self::malformed(rejection.body_text())
    }
}

impl From<RawPathParamsRejection> for Problem {
    fn from(rejection: RawPathParamsRejection) -> Self {
        Self::malformed(rejection.body_text())
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::malformed(rejection.body_text())
    }
}

impl From<CoreProblem> for ConfigProblem {
    fn from(problem: CoreProblem) -> Self {
        let CoreProblem {
            severity,
            line,
            column,
            path,
            message,
        } = problem;
        let severity = match severity {
            CoreSeverity::Error => Severity::Error,
            CoreSeverity::Warning => Severity::Warning,
        };
        Self {
            severity,
            line,
            column,
            path,
            message,
        }
    }
}
