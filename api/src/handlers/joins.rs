//! A machine becomes a node: an administrator makes a token for it, with which it gets what a node needs, once.

use axum::extract::State;
use axum::http::StatusCode;
use rusqlite::Connection;

use crate::app::Shared;
use crate::auth::{Admin, RemoteAddress, api_key};
use crate::extract::{Body, Json};
use crate::handlers::within;
use crate::init;
use crate::limits;
use crate::openapi::Problems;
use crate::problem::{Problem, ProblemType};
use crate::store::{join_tokens, logs};
use crate::timestamp;
use crate::views::join::{JoinAnswer, JoinRequest, MadeJoinToken, NewJoinToken};

/// Make a token for a machine that is to join
///
/// As a node that the cluster's configuration has and that does not run: one that was never there, or in place of
/// one that is lost. There, `evenkeel join --from URL --fingerprint …` takes the token from its standard input.
/// It is good once, at the node that made it; another one for the same node ends it.
#[utoipa::path(
    post, path = "/v1/cluster/join-tokens", operation_id = "create_join_token", tag = "cluster",
    security(("token" = ["admin"])), request_body = NewJoinToken,
    responses((status = 201, description = "The token.", body = MadeJoinToken), Problems)
)]
pub async fn create(
    State(app): State<Shared>,
    _: Admin,
    Body(new): Body<NewJoinToken>,
) -> Result<(StatusCode, Json<MadeJoinToken>), Problem> {
    if app.cluster().node(&new.node).is_none() {
        return Err(Problem::unknown_node(&new.node));
    }
    if app.is_me(&new.node) {
        let detail = format!("{} is this node", new.node);
        return Err(Problem::new(ProblemType::WrongState, detail));
    }
    let valid_s = new.valid_s.unwrap_or(limits::JOIN_VALID_S_DEFAULT);
    let valid_s = within("valid_s", valid_s, limits::JOIN_VALID_S)?;
    let token = api_key::random_with(api_key::JOIN_PREFIX);
    let expires_at_s = timestamp::now_seconds() + valid_s;
    let (node, digest) = (new.node.clone(), api_key::digest(&token));
    let put = move |db: &mut Connection| join_tokens::put(db, &node, &digest, expires_at_s);
    app.store.run(put).await?;
    let authority = app.keeper.authority().await;
    let authority = authority.map_err(|e| Problem::internal("reading the authority", &e))?;
    let made = MadeJoinToken {
        node: new.node,
        token,
        fingerprint: authority.fingerprint,
        at: app.name.clone(),
        expires_at: timestamp::from_seconds(expires_at_s),
    };
    Ok((StatusCode::CREATED, Json(made)))
}

/// Join the cluster
///
/// Needs no login but a token, which is used up. The answer holds the cluster's secrets: make sure first by the
/// fingerprint that this is the cluster, as `evenkeel join` does.
#[utoipa::path(
    post, path = "/v1/join", operation_id = "join", tag = "cluster",
    request_body = JoinRequest,
    responses((status = 200, description = "What the node needs.", body = JoinAnswer), Problems)
)]
pub async fn join(
    State(app): State<Shared>,
    RemoteAddress(from): RemoteAddress,
    Body(given): Body<JoinRequest>,
) -> Result<Json<JoinAnswer>, Problem> {
    let digest = api_key::digest(&given.token);
    let take = move |db: &mut Connection| {
        let node = join_tokens::take(db, &digest, timestamp::now_seconds())?;
        if let Some(node) = &node {
            logs::audit(db, node, "join", "/v1/join", "accepted")?;
        }
        Ok(node)
    };
    let Some(node) = app.store.run(take).await? else {
        tracing::warn!(%from, "a machine tried to join without a good token");
        let detail = "the token is none of this node: it was made at another one, was used, has expired, or there is a later one";
        return Err(Problem::new(ProblemType::Unauthenticated, detail));
    };
    let dir = app.keeper.dir();
    let joining = node.clone();
    let export = move || init::export_join_of(&dir, &joining);
    let file = crate::files::blocking("writing what the node needs", export).await?;
    tracing::info!(%from, node, "{node} joins");
    Ok(Json(JoinAnswer { file }))
}
