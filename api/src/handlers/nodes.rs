//! Nodes: their state, their users, their audit trail.

use axum::extract::State;
use axum::http::Method;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::{App, Shared};
use crate::auth::{Admin, Monitor};
use crate::extract::{Body, Json, NodePath, NodeUserPath, Path, Query};
use crate::fan_out::{Call, fan_out};
use crate::handlers::users;
use crate::limits;
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::store::logs;
use crate::views::convert;
use crate::views::node::{NodeEntry, NodeList, NodeStatus};
use crate::views::result::Accepted;
use crate::views::user::{AuditTrail, UserSettings};

/// All nodes
///
/// Each node is asked for its state; one that does not answer says why.
#[utoipa::path(
    get, path = "/v1/nodes", operation_id = "list_nodes", tag = "cluster",
    security(("token" = ["monitor"])),
    responses((status = 200, description = "The nodes.", body = NodeList), Problems)
)]
pub async fn list(State(app): State<Shared>, Monitor(caller): Monitor) -> Json<NodeList> {
    let call = Call::new(Method::GET, "");
    let answers = fan_out(&app, &caller, app.node_names(), &call).await;
    let entry = |(node, answer)| match answer {
        Ok(status) => NodeEntry {
            node,
            status: Some(status),
            problem: None,
        },
        Err(problem) => NodeEntry {
            node,
            status: None,
            problem: Some(problem),
        },
    };
    Json(NodeList {
        nodes: answers.into_iter().map(entry).collect(),
    })
}

/// A node
///
/// What it says of itself, its peers and its modules.
#[utoipa::path(
    get, path = "/v1/nodes/{node}", operation_id = "get_node", tag = "cluster",
    params(NodePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The node's state.", body = NodeStatus), Problems)
)]
pub async fn get(State(app): State<Shared>, _: Monitor, _: Path<NodePath>) -> Json<NodeStatus> {
    let status = app.engine.status().borrow().clone();
    Json(shown(&app, &status))
}

/// The state of this node, as the API shows it.
pub fn shown(app: &App, status: &evenkeel_core::status::NodeStatus) -> NodeStatus {
    let driver = app.engine.driver().borrow().clone();
    convert::node(&app.cluster(), status, &app.backend, &driver)
}

/// How many entries of a log.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LogQuery {
    /// The newest entries, at most this many; 100 when absent.
    #[param(format = "uint32", minimum = 1, maximum = 1000, example = 20)]
    pub limit: Option<u32>,
}

impl LogQuery {
    /// The number.
    ///
    /// # Errors
    ///
    /// When it is out of its bounds.
    pub fn limit(self) -> Result<u32, Problem> {
        let limit = self.limit.unwrap_or(limits::LOG_LIMIT_DEFAULT);
        match (1..=limits::LOG_LIMIT_MAX).contains(&limit) {
            true => Ok(limit),
            false => {
                let most = limits::LOG_LIMIT_MAX;
                Err(Problem::malformed(format!(
                    "limit: {limit} is not in 1 to {most}"
                )))
            }
        }
    }
}

/// The audit trail of a node
///
/// Every change asked of the node: by whom, with which outcome.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/audit", operation_id = "get_audit_trail", tag = "users",
    params(NodePath, LogQuery), security(("token" = ["admin"])),
    responses((status = 200, description = "The newest entries.", body = AuditTrail), Problems)
)]
pub async fn audit(
    State(app): State<Shared>,
    _: Admin,
    _: Path<NodePath>,
    Query(query): Query<LogQuery>,
) -> Result<Json<AuditTrail>, Problem> {
    let limit = query.limit()?;
    let entries = app
        .store
        .run(move |db| logs::audit_newest(db, limit))
        .await?;
    Ok(Json(AuditTrail { entries }))
}

/// Set a user on one node
///
/// Part of making a user on all nodes. A change of a user that there is counts as the latest one, which the
/// others take.
#[utoipa::path(
    put, path = "/v1/nodes/{node}/users/{user}", operation_id = "put_user_on_node", tag = "users",
    params(NodeUserPath), security(("token" = ["admin"])), request_body = UserSettings,
    responses((status = 200, description = "The node has the user.", body = Accepted), Problems)
)]
pub async fn put_user(
    State(app): State<Shared>,
    _: Admin,
    Path(path): Path<NodeUserPath>,
    Body(settings): Body<UserSettings>,
) -> Result<Json<Accepted>, Problem> {
    users::put_here(&app, path.user, settings).await.map(Json)
}

/// Remove a user from one node
///
/// Ends the user's tokens on this node at once. The others take the removal as the latest change.
#[utoipa::path(
    delete, path = "/v1/nodes/{node}/users/{user}", operation_id = "delete_user_on_node",
    tag = "users", params(NodeUserPath), security(("token" = ["admin"])),
    responses((status = 200, description = "The node has the user no more.", body = Accepted), Problems)
)]
pub async fn remove_user(
    State(app): State<Shared>,
    _: Admin,
    Path(path): Path<NodeUserPath>,
) -> Result<Json<Accepted>, Problem> {
    users::remove_here(&app, path.user).await.map(Json)
}
