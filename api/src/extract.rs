//! Extractors whose rejections are problems: body, path, query.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;
use axum::http::request::Parts;
use axum::response::IntoResponse;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use utoipa::IntoParams;

use evenkeel_core::ids::ModuleName;

use crate::problem::{Problem, ProblemType};
use crate::views::names::{ModuleId, ResourceId, UserId};

/// A JSON object as body. The content type is not asked for; an empty body is `{}`.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|e| unreadable(&e))?;
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        // A list of the fields' values would be read as well.
        if text.trim_ascii_start().first() == Some(&b'[') {
            return Err(Problem::malformed("the body: a list; send an object"));
        }
        let value = serde_json::from_slice(text)
            .map_err(|error| Problem::malformed(format!("the body: {error}")))?;
        Ok(Self(value))
    }
}

/// A body as it is, whatever its content type says.
#[derive(Debug)]
pub struct Binary(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Binary {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = Bytes::from_request(request, state).await;
        bytes.map(Self).map_err(|error| unreadable(&error))
    }
}

fn unreadable(rejection: &BytesRejection) -> Problem {
    let body_text = rejection.body_text();
    if rejection.status() == ProblemType::BodyTooLarge.status() {
        return Problem::too_large();
    }
    Problem::malformed(body_text)
}

/// The parameters in the path.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let axum::extract::Path(value) =
            axum::extract::Path::from_request_parts(parts, state).await?;
        Ok(Self(value))
    }
}

/// The parameters behind the question mark.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let axum::extract::Query(value) =
            axum::extract::Query::from_request_parts(parts, state).await?;
        Ok(Self(value))
    }
}

/// How the document tells of [`IfMatch`].
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatchHeader {
    /// The `ETag` of the configuration that the change is meant for: where another one is in force,
    /// nothing changes and the problem is `precondition-failed`. `*`: any. Without it, whatever is in force
    /// is replaced.
    #[serde(rename = "If-Match")]
    #[param(rename = "If-Match", value_type = String, required = false, example = "\"3-9f86d081884c7d65\"")]
    pub if_match: Option<String>,
}

/// The configurations that a change is meant for: the header `If-Match` (RFC 9110, 13.1.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IfMatch(Option<String>);

impl IfMatch {
    /// Whether the change may be made on this configuration, by its entity tag. The tags are compared
    /// strongly: a weak one is none of ours.
    pub fn holds(&self, etag: Option<&str>) -> bool {
        let Some(wanted) = &self.0 else {
            return true;
        };
        let mut tags = wanted.split(',').map(str::trim);
        etag.is_some_and(|etag| tags.any(|tag| tag == "*" || tag == etag))
    }

    /// Whether there is a condition.
    pub const fn is_given(&self) -> bool {
        self.0.is_some()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let lines = parts.headers.get_all(header::IF_MATCH).iter();
        let lines = lines.map(|line| line.to_str().map_err(|_not_text| unreadable_condition()));
        let lines = lines.collect::<Result<Vec<_>, _>>()?;
        Ok(Self((!lines.is_empty()).then(|| lines.join(","))))
    }
}

fn unreadable_condition() -> Problem {
    Problem::malformed("If-Match: no list of entity tags")
}

/// A JSON answer with an entity tag.
#[derive(Debug)]
pub struct Tagged<T>(pub String, pub T);

impl<T: serde::Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> axum::response::Response {
        ([(header::ETAG, self.0)], axum::Json(self.1)).into_response()
    }
}

/// A JSON answer.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: serde::Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> axum::response::Response {
        axum::Json(self.0).into_response()
    }
}

/// A module.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ModulePath {
    /// The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
    #[param(value_type = ModuleId, inline, example = "web")]
    pub module: ModuleName,
}

/// A revision of a module.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct RevisionPath {
    /// The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
    #[param(value_type = ModuleId, inline, example = "web")]
    pub module: ModuleName,
    /// The revision's number.
    #[param(format = "uint64", minimum = 1, example = 3)]
    pub revision: u64,
}

/// A node.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct NodePath {
    /// The node's name, or `self` for the node that answers.
    #[param(example = "node1")]
    pub node: String,
}

/// A module on a node.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct NodeModulePath {
    /// The node's name, or `self` for the node that answers.
    #[param(example = "node1")]
    pub node: String,
    /// The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
    #[param(value_type = ModuleId, inline, example = "web")]
    pub module: ModuleName,
}

/// A fault of a node.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct FaultPath {
    /// The node's name, or `self` for the node that answers.
    #[param(example = "node1")]
    pub node: String,
    /// The fault's number on that node.
    #[param(format = "uint64", minimum = 1, example = 1)]
    pub fault: u64,
}

/// An operation on a module on a node.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct OperationPath {
    /// The node's name, or `self` for the node that answers.
    #[param(example = "node1")]
    pub node: String,
    /// The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
    #[param(value_type = ModuleId, inline, example = "web")]
    pub module: ModuleName,
    /// The operation's number on that node.
    #[param(format = "uint64", minimum = 1, example = 3)]
    pub operation: u64,
}

/// A resource of a module on a node.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct NodeResourcePath {
    /// The node's name, or `self` for the node that answers.
    #[param(example = "node1")]
    pub node: String,
    /// The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
    #[param(value_type = ModuleId, inline, example = "web")]
    pub module: ModuleName,
    /// The resource's class and name, as in `custom.disk`, 128 signs of ASCII without spaces at the most.
    #[param(value_type = ResourceId, inline, example = "custom.disk")]
    pub resource: ResourceId,
}

/// The output of a script of a module on a node.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct NodeScriptLogPath {
    /// The node's name, or `self` for the node that answers.
    #[param(example = "node1")]
    pub node: String,
    /// The module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
    #[param(value_type = ModuleId, inline, example = "web")]
    pub module: ModuleName,
    /// The name of the output, as in the list.
    #[param(example = "userlog_2026-11-23T020000_start_both.ulog")]
    pub log: String,
}

/// A user.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct UserPath {
    /// The user's name.
    #[param(value_type = UserId, inline, example = "operator")]
    pub user: String,
}

/// A user on a node.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct NodeUserPath {
    /// The node's name, or `self` for the node that answers.
    #[param(example = "node1")]
    pub node: String,
    /// The user's name.
    #[param(value_type = UserId, inline, example = "operator")]
    pub user: String,
}

/// An API key.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct ApiKeyPath {
    /// The key's name.
    #[param(value_type = UserId, inline, example = "nightly-failover")]
    pub api_key: String,
}

/// An API key on a node.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct NodeApiKeyPath {
    /// The node's name, or `self` for the node that answers.
    #[param(example = "node1")]
    pub node: String,
    /// The key's name.
    #[param(value_type = UserId, inline, example = "nightly-failover")]
    pub api_key: String,
}

/// A webhook.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct WebhookPath {
    /// The webhook's name.
    #[param(value_type = UserId, inline, example = "pager")]
    pub webhook: String,
}

/// A webhook on a node.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub struct NodeWebhookPath {
    /// The node's name, or `self` for the node that answers.
    #[param(example = "node1")]
    pub node: String,
    /// The webhook's name.
    #[param(value_type = UserId, inline, example = "pager")]
    pub webhook: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_holds_for_its_tags_alone() {
        let given = |text: &str| IfMatch(Some(text.to_owned()));
        let etag = Some("\"3-ab\"");
        assert!(IfMatch(None).holds(etag) && IfMatch(None).holds(None));
        assert!(given("\"3-ab\"").holds(etag) && given("\"2-cd\", \"3-ab\"").holds(etag));
        assert!(given("*").holds(etag) && !given("*").holds(None));
        for other in ["\"2-ab\"", "3-ab", "W/\"3-ab\"", ""] {
            assert!(!given(other).holds(etag), "{other}");
        }
    }
}
