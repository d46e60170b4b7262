//! The cluster's secrets: their rotation on all nodes, and each node's part in that.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::{App, Shared};
use crate::auth::{Admin, Monitor};
use crate::extract::{Body, Json, NodePath, Path, Query};
use crate::openapi::Problems;
use crate::pki::{self, Pair};
use crate::problem::{Chain, Problem};
use crate::rotation;
use crate::secrets::{Hidden, Next};
use crate::tls::Identity;
use crate::views::names::Counter;
use crate::views::secret::{NextSecret, SecretState};

/// What is replaced.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RotationQuery {
    /// True: the cluster's authority, too. A rotation that goes on stays what it was begun as.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub authority: bool,
}

/// Rotate the cluster's secrets
///
/// Replaces what authenticates heartbeats and liveness probes and what signs tokens, without a gap: first every
/// node accepts the new secrets, then all use them, and each drops the former ones when it has heard every other
/// node under the new ones. With `authority` the cluster's authority is replaced as well, and by that every node's
/// certificate: who trusts the former one alone has to be given the new one (`/v1/authority`). No node may be
/// away, nor may an earlier rotation be unfinished: then nothing changes, and the problem names the node. Tokens
/// that there are stay good, and which flows belong to which node does not change. Files of `evenkeel export-join`
/// and backups from before are of no use afterwards.
#[utoipa::path(
    post, path = "/v1/cluster/secret/rotate", operation_id = "rotate_secret", tag = "cluster",
    params(RotationQuery), security(("token" = ["admin"])),
    responses((
        status = 200, body = SecretState,
        description = "Every node accepts the new secret, and this one sends under it; the others follow as they hear it.",
    ), Problems)
)]
pub async fn rotate(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Query(query): Query<RotationQuery>,
) -> Result<Json<SecretState>, Problem> {
    let rotated = rotation::rotate(&app, &caller, query.authority).await;
    rotated.map(Json)
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
    if app.cluster().node(&next.begun_at).is_none() {
        return Err(Problem::unknown_node(&next.begun_at));
    }
    let hidden = |name: &str, digits: &str| {
        let hidden = Hidden::try_from(digits);
        hidden.map_err(|why| Problem::malformed(format!("{name}: {why}")))
    };
    let authority = next.authority.map(Pair::from);
    if let Some(authority) = &authority {
        is_authority(&app, authority)?;
    }
    let next = Next {
        generation: next.generation.0,
        secret: hidden("secret", &next.secret)?,
        token: hidden("token", &next.token)?,
        authority,
        begun_at: next.begun_at,
        begun_by: caller.user,
    };
    rotation::accept(&app, &next).await.map(Json)
}

/// Whether this node's certificate could be made under it.
fn is_authority(app: &App, authority: &Pair) -> Result<(), Problem> {
    let wrong = |why: String| Problem::malformed(format!("authority: {why}"));
    let pair = pki::make_node(&authority.key, &app.name, &app.cluster());
    let identity = Identity {
        pair: pair.map_err(|error| wrong(format!("key: {}", Chain(&error))))?,
        trusted: vec![authority.certificate.clone()],
    };
    if identity.is_believed(&pki::names(&app.name, &app.cluster())) {
        return Ok(());
    }
    Err(wrong(
        "certificate: not that of an authority with this key".to_owned(),
    ))
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
