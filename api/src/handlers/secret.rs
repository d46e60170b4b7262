//! The cluster's secret: its rotation on all nodes, and each node's part in that.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::Shared;
use crate::auth::{Admin, Monitor};
use crate::extract::{Body, Json, NodePath, Path, Query};
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::rotation;
use crate::secrets::{Hidden, Next};
use crate::views::names::Counter;
use crate::views::secret::{NextSecret, SecretState};

/// Rotate the cluster's secret
///
/// Replaces what authenticates heartbeats and liveness probes, without a gap: first every node
/// accepts a new secret, then all send under it, and each drops the former one when it has heard
/// every other node under the new one. No node may be away, nor may an earlier rotation be
/// unfinished: then nothing changes, and the problem names the node. Which flows belong to which
/// node does not change. Files of `evenkeel export-join` from before are of no use afterwards.
#[utoipa::path(
    post, path = "/v1/cluster/secret/rotate", operation_id = "rotate_secret", tag = "cluster",
    security(("token" = ["admin"])),
    responses((
        status = 200, body = SecretState,
        description = "Every node accepts the new secret, and this one sends under it; the others follow as they hear it.",
    ), Problems)
)]
pub async fn rotate(
    State(app): State<Shared>,
    Admin(caller): Admin,
) -> Result<Json<SecretState>, Problem> {
    rotation::rotate(&app, &caller).await.map(Json)
}

/// The cluster's secret on a node
///
/// Which generation of it the node sends under, and whether it accepts another one.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/secret", operation_id = "get_secret_state", tag = "cluster",
    params(NodePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "Where the node is.", body = SecretState), Problems)
)]
pub async fn get(State(app): State<Shared>, _: Monitor, _: Path<NodePath>) -> Json<SecretState> {
    Json(app.keeper.state().await)
}

/// Let one node accept the next secret
///
/// Part of rotating the secret on all nodes; the node goes on sending under the one in use.
#[utoipa::path(
    put, path = "/v1/nodes/{node}/secret/next", operation_id = "accept_secret_on_node",
    tag = "cluster", params(NodePath), security(("token" = ["admin"])), request_body = NextSecret,
    responses((status = 200, description = "The node accepts it.", body = SecretState), Problems)
)]
pub async fn accept(
    State(app): State<Shared>,
    Admin(caller): Admin,
    _: Path<NodePath>,
    Body(next): Body<NextSecret>,
) -> Result<Json<SecretState>, Problem> {
    if app.cluster.node(&next.begun_at).is_none() {
        return Err(Problem::unknown_node(&next.begun_at));
    }
    let secret = Hidden::try_from(next.secret.as_str());
    let next = Next {
        generation: next.generation.0,
        secret: secret.map_err(|why| Problem::malformed(format!("secret: {why}")))?,
        begun_at: next.begun_at,
        begun_by: caller.user,
    };
    rotation::accept(&app, &next).await.map(Json)
}

/// Which secret.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GenerationQuery {
    /// The generation of the next secret; another one stays.
    #[param(value_type = u64, format = "uint64", minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 4)]
    pub generation: Counter,
}

/// Let one node accept the next secret no more
///
/// Undoes the first step of a rotation that not every node could take. Refused once the node sends
/// under that secret.
#[utoipa::path(
    delete, path = "/v1/nodes/{node}/secret/next", operation_id = "abandon_secret_on_node",
    tag = "cluster", params(NodePath, GenerationQuery), security(("token" = ["admin"])),
    responses((status = 200, description = "The node does not accept it.", body = SecretState), Problems)
)]
pub async fn abandon(
    State(app): State<Shared>,
    _: Admin,
    _: Path<NodePath>,
    Query(query): Query<GenerationQuery>,
) -> Result<Json<SecretState>, Problem> {
    rotation::abandon(&app, query.generation.0).await.map(Json)
}
