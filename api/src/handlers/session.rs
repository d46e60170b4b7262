//! Login, the caller, the authority, the version, the health.

use std::time::Instant;

use axum::extract::State;
use rusqlite::Connection;
use tracing::warn;

use crate::app::{App, Shared};
use crate::auth::{Monitor, ROOT, RemoteAddress, password};
use crate::extract::{Body, Json};
use crate::limits;
use crate::openapi::Problems;
use crate::pki::PkiError;
use crate::problem::{Problem, ProblemType};
use crate::store::{logs, users};
use crate::timestamp;
use crate::views::session::{Authority, Credentials, Health, Session, Version, WhoAmI};

/// Log in
///
/// Gives a token for 15 minutes. A wrong password and an unknown user give the same answer after
/// the same work; five failures within a minute make the caller wait.
#[utoipa::path(
    post, path = "/v1/login", operation_id = "login", tag = "session",
    request_body = Credentials,
    responses((status = 200, description = "Logged in.", body = Session), Problems)
)]
pub async fn login(
    State(app): State<Shared>,
    RemoteAddress(from): RemoteAddress,
    Body(given): Body<Credentials>,
) -> Result<Json<Session>, Problem> {
    throttle(&app, |t| t.attempt(&given.user, from, Instant::now())).map_or(Ok(()), wait)?;
    let name = given.user.clone();
    let user = app.store.run(move |db| users::find(db, &name)).await?;
    let phc = user.as_ref().map(|user| user.phc.clone());
    let good = password::verify(given.password, phc).await;
    let good = good.map_err(|e| Problem::new(ProblemType::Stopping, e.to_string()))?;
    let Some(user) = user.filter(|_| good) else {
        account(&app, &given.user, "unauthenticated").await?;
        warn!(%from, "a login failed");
        return Err(Problem::new(
            ProblemType::Unauthenticated,
            "user or password is wrong",
        ));
    };
    throttle(&app, |t| t.succeeded(&given.user, from));
    account(&app, &given.user, "accepted").await?;
    let session = app
        .tokens
        .issue(&user.user.name, user.user.role, timestamp::now_seconds());
    Ok(Json(
        session.map_err(|e| Problem::internal("signing the token", &e))?,
    ))
}

fn throttle<T>(
    app: &App,
    ask: impl FnOnce(&mut crate::auth::throttle::Throttle) -> T,
) -> Option<T> {
    // A poisoned lock means that a login panicked; its counts are still good.
    let mut guard = app
        .throttle
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    Some(ask(&mut guard))
}

fn wait(time: std::time::Duration) -> Result<(), Problem> {
    if time.is_zero() {
        return Ok(());
    }
    Err(Problem::too_soon(ProblemType::TooManyAttempts, time))
}

/// The name in the audit trail is the one given; cut, because anybody can give any.
async fn account(app: &App, user: &str, outcome: &'static str) -> Result<(), Problem> {
    let name: String = user.chars().take(limits::USER_NAME_LEN_MAX).collect();
    Ok(app
        .store
        .run(move |db| logs::audit(db, &name, "login", "/v1/login", outcome))
        .await?)
}

/// Who am I
///
/// The user and the role behind the token, or the API key.
#[utoipa::path(
    get, path = "/v1/whoami", operation_id = "whoami", tag = "session",
    security(("token" = ["monitor"])),
    responses((status = 200, description = "The caller.", body = WhoAmI), Problems)
)]
pub async fn whoami(Monitor(caller): Monitor) -> Json<WhoAmI> {
    let expires_at = timestamp::from_seconds(caller.expires_at);
    Json(WhoAmI {
        user: caller.user,
        role: caller.role,
        modules: caller.modules,
        expires_at,
    })
}

/// The authority
///
/// The certificate of the cluster's authority, which signed those of all nodes; needs no login. Who has only its
/// fingerprint asks for it over a connection that nothing vouches for yet, compares, and trusts this certificate
/// alone from there on.
#[utoipa::path(
    get, path = "/v1/authority", operation_id = "get_authority", tag = "session",
    responses((status = 200, description = "The authority.", body = Authority), Problems)
)]
pub async fn authority(State(app): State<Shared>) -> Result<Json<Authority>, Problem> {
    let authority = app.keeper.authority().await;
    let unreadable =
        |error: PkiError| Problem::internal("reading the authority's certificate", &error);
    authority.map(Json).map_err(unreadable)
}

/// The version
///
/// Of the node that answers, and of the API.
#[utoipa::path(
    get, path = "/v1/version", operation_id = "version", tag = "session",
    security(("token" = ["monitor"])),
    responses((status = 200, description = "The version.", body = Version), Problems)
)]
pub async fn version(State(app): State<Shared>, _: Monitor) -> Json<Version> {
    Json(Version {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        api: "v1".to_owned(),
        node: app.name.clone(),
    })
}

/// A token of the caller's, whom the local socket knows without one: for whoever calls other nodes, or this
/// one over the network.
///
/// # Errors
///
/// When the audit trail cannot have it.
pub async fn token(
    State(app): State<Shared>,
    Monitor(caller): Monitor,
) -> Result<Json<Session>, Problem> {
    let audit = move |db: &mut Connection| logs::audit(db, ROOT, "token", "/v1/token", "accepted");
    app.store.run(audit).await?;
    Ok(Json(Session {
        token: caller.bearer,
        expires_at: timestamp::from_seconds(caller.expires_at),
        role: caller.role,
    }))
}

/// The health
///
/// Answers while the daemon runs; needs no login.
#[utoipa::path(
    get, path = "/healthz", operation_id = "health", tag = "session",
    responses((status = 200, description = "The daemon runs.", body = Health), Problems)
)]
pub async fn health() -> Json<Health> {
    Json(Health {
        status: "ok".to_owned(),
    })
}
