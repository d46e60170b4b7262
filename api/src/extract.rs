//! Extractors whose rejections are problems: body, path, query.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
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
        return Problem::new(ProblemType::BodyTooLarge, "a body has 1 MiB at the most");
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
