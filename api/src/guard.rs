//! The layers in front of the handlers: limits, authentication, audit, proxy.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rusqlite::Connection;

use crate::app::{App, Shared};
use crate::auth::{Caller, ROOT, api_key, no_token};
use crate::handlers::events::{EVENTS, LAST_EVENT_ID};
use crate::limits;
use crate::openapi;
use crate::peers::{self, PROXIED_BY, PeerAnswer, PeerRequest};
use crate::problem::{Problem, ProblemType};
use crate::store::{StoreError, api_keys, logs, users};
use crate::timestamp;
use crate::tls::PeerNode;

/// Puts the [`Caller`] into the request, or refuses it.
pub async fn authenticate(
    State(app): State<Shared>,
    path: MatchedPath,
    params: Params,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let caller = caller(&app, request.headers()).await?;
    is_that_node(&caller, request.extensions().get())?;
    caller.reaches(path.as_str(), param(&params?, "module"))?;
    request.extensions_mut().insert(caller);
    Ok(next.run(request).await)
}

/// Refuses a caller who asks too fast. What comes from a node was counted where it came from.
pub async fn pace(
    State(app): State<Shared>,
    caller: Caller,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let from_node = matches!(request.extensions().get(), Some(PeerNode(Some(_))));
    if !from_node && let Err(wait) = app.rates.count(&caller.user) {
        return Err(Problem::too_soon(ProblemType::TooManyRequests, wait));
    }
    Ok(next.run(request).await)
}

/// Puts the administrator of this machine into a request that came over the local socket, with a token for
/// the other nodes.
///
/// # Errors
///
/// When the token cannot be signed.
pub async fn local(
    State(app): State<Shared>,
    mut request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let caller = Caller::administrator(&app.tokens, ROOT.to_owned())?;
    request.extensions_mut().insert(caller);
    Ok(next.run(request).await)
}

/// Who speaks for a node has its certificate, too.
fn is_that_node(caller: &Caller, peer: Option<&PeerNode>) -> Result<(), Problem> {
    let Some(node) = caller.as_node() else {
        return Ok(());
    };
    if peer.and_then(|PeerNode(name)| name.as_deref()) == Some(node) {
        return Ok(());
    }
    Err(refused(format!(
        "the token is {node}'s, and it came without the certificate of {node}"
    )))
}

/// Whether a caller's token is still one, for requests that go on.
pub async fn is_good(app: &App, caller: &Caller) -> bool {
    checked(app, &caller.bearer).await.is_ok()
}

async fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, Problem> {
    let header = headers
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok());
    let (scheme, token) = header
        .and_then(|text| text.split_once(' '))
        .ok_or_else(no_token)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(no_token());
    }
    checked(app, token.trim()).await
}

fn refused(detail: impl Into<String>) -> Problem {
    Problem::new(ProblemType::Unauthenticated, detail)
}

async fn checked(app: &App, token: &str) -> Result<Caller, Problem> {
    if token.starts_with(api_key::PREFIX) {
        return checked_key(app, token).await;
    }
    let checked = app.tokens.check(token);
    let (caller, issued_at) = checked.map_err(|error| refused(error.to_string()))?;
    let user = caller.user.clone();
    let good = app
        .store
        .run(move |db| users::token_is_good(db, &user, issued_at))
        .await?;
    if !good {
        return Err(refused("the user was changed or removed; log in again"));
    }
    Ok(caller)
}

async fn checked_key(app: &App, key: &str) -> Result<Caller, Problem> {
    let (digest, now) = (api_key::digest(key), timestamp::now_seconds());
    let found = move |db: &mut Connection| api_keys::find_by_digest(db, &digest, now);
    let Some((name, settings)) = app.store.run(found).await? else {
        let detail = "the API key is not one of this node: it was replaced or removed, or the node missed it";
        return Err(refused(detail));
    };
    if settings.expires_at_s <= now {
        return Err(refused(format!(
            "the API key {name} has expired; rotate it"
        )));
    }
    Ok(Caller {
        user: format!("key:{name}"),
        role: settings.role,
        modules: settings.modules,
        expires_at: settings.expires_at_s,
        bearer: key.to_owned(),
    })
}

/// Runs a change to its end, also when the caller goes away meanwhile, and writes who did what
/// with which outcome. Requests that only read pass.
pub async fn audit(
    State(app): State<Shared>,
    caller: Caller,
    path: MatchedPath,
    request: Request,
    next: Next,
) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let operation = operation_id(request.method(), path.as_str());
    let target = target(request.uri());
    let change = async move {
        let response = next.run(request).await;
        let outcome = outcome(&response);
        let (user, log) = (caller.user, app.store.clone());
        tracing::info!(
            user,
            operation,
            target,
            outcome,
            "{operation} by {user}: {outcome}"
        );
        let done = outcome.clone();
        let entry = log
            .run(move |db| logs::audit(db, &user, operation, &target, &outcome))
            .await;
        match entry {
            Ok(()) => response,
            Err(error) => unaccounted(error, &done).into_response(),
        }
    };
    let done = tokio::spawn(change).await;
    done.unwrap_or_else(|error| Problem::internal("the request", &error).into_response())
}

/// A change that cannot be accounted for must not look like one that can.
fn unaccounted(error: StoreError, outcome: &str) -> Problem {
    let problem = Problem::from(error);
    let detail = format!(
        "{}; the request itself: {outcome}, but the audit trail lacks it",
        problem.detail
    );
    Problem { detail, ..problem }
}

/// What the audit trail says of a path: all but the values of macros, which can be anything.
fn target(uri: &Uri) -> String {
    let hidden = |part: &str| match part.starts_with("macros=") {
        true => "macros=...".to_owned(),
        false => part.to_owned(),
    };
    let parts = uri.query().map(|query| query.split('&').map(hidden));
    parts.map_or_else(
        || uri.path().to_owned(),
        |parts| format!("{}?{}", uri.path(), parts.collect::<Vec<_>>().join("&")),
    )
}

/// What the audit trail says of an answer: `accepted` or the type of the problem.
fn outcome(response: &Response) -> String {
    if response.status().is_success() {
        return "accepted".to_owned();
    }
    let kind = response.extensions().get::<ProblemType>();
    kind.map_or_else(
        || response.status().as_u16().to_string(),
        |kind| kind.name(),
    )
}

/// The operation's id in the API document.
fn operation_id(method: &Method, path: &str) -> &'static str {
    static IDS: LazyLock<BTreeMap<(String, String), String>> =
        LazyLock::new(openapi::operation_ids);
    let key = (method.as_str().to_lowercase(), path.to_owned());
    IDS.get(&key).map_or("unknown", String::as_str)
}

/// Answers `/v1/nodes/{node}/…` here when it names this node, else by that node.
///
/// # Errors
///
/// When the cluster has no such node, or it does not answer.
pub async fn proxy(
    State(app): State<Shared>,
    caller: Caller,
    params: Params,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let params = params?;
    let node = param(&params, "node").unwrap_or_default();
    if app.is_me(node) {
        return Ok(next.run(request).await);
    }
    if app.cluster().node(node).is_none() {
        return Err(Problem::unknown_node(node));
    }
    if request.headers().contains_key(PROXIED_BY) {
        let detail = format!("this is {}, and the request is for {node}", app.name);
        return Err(Problem::new(ProblemType::Misdirected, detail));
    }
    if request.uri().path().ends_with(EVENTS) {
        let last = request.headers().get(LAST_EVENT_ID).cloned();
        let path = path_and_query(request.uri());
        return followed(&app, &caller, node, &path, last).await;
    }
    let time = time_limit(request.uri().path(), limits::PEER_TIME_MAX);
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, limits::BODY_BYTES_MAX).await;
    let body = body.map_err(|_too_long| Problem::too_large())?;
    let path = path_and_query(&parts.uri);
    let request = PeerRequest {
        method: parts.method,
        path,
        body,
        time,
    };
    let answer = app.peers.send(node, &caller.bearer, request).await?;
    Ok(passed_on(answer))
}

fn path_and_query(uri: &Uri) -> String {
    let path = uri.path_and_query();
    path.map_or_else(String::new, ToString::to_string)
}

/// A peer's answer without an end, as it comes.
async fn followed(
    app: &App,
    caller: &Caller,
    node: &str,
    path: &str,
    last: Option<HeaderValue>,
) -> Result<Response, Problem> {
    let answer = app.peers.open(node, &caller.bearer, path, last).await?;
    if !answer.status().is_success() {
        return peers::whole(node, answer).await.map(passed_on);
    }
    let content_type = answer.headers().get(header::CONTENT_TYPE).cloned();
    let mut response = Body::from_stream(answer.bytes_stream()).into_response();
    if let Some(value) = content_type {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    Ok(response)
}

/// The parameters of a path, which may be no UTF-8.
type Params = Result<RawPathParams, RawPathParamsRejection>;

/// What a path has in this place.
fn param<'a>(params: &'a RawPathParams, wanted: &str) -> Option<&'a str> {
    let found = params.iter().find(|(name, _)| *name == wanted);
    found.map(|(_, value)| value)
}

fn passed_on(answer: PeerAnswer) -> Response {
    let mut response = (answer.status, Body::from(answer.body.clone())).into_response();
    let content_type = answer
        .content_type
        .and_then(|text| HeaderValue::from_str(&text).ok());
    if let Some(value) = content_type {
        response.headers_mut().insert(header::CONTENT_TYPE, value);
    }
    if let Ok(problem) = serde_json::from_slice::<Problem>(&answer.body) {
        response.extensions_mut().insert(problem.kind);
    }
    response
}

/// Ends a request that takes too long.
pub async fn time_out(request: Request, next: Next) -> Response {
    let limit = time_limit(request.uri().path(), limits::REQUEST_TIME_MAX);
    let answered = tokio::time::timeout(limit, next.run(request)).await;
    answered.unwrap_or_else(|_elapsed| {
        let detail = format!("not answered within {} s", limit.as_secs());
        Problem::new(ProblemType::TimedOut, detail).into_response()
    })
}

/// The usual limit; waits have their own on top.
fn time_limit(path: &str, usual: Duration) -> Duration {
    if path.ends_with("/wait") {
        usual + Duration::from_millis(limits::WAIT_MS_MAX)
    } else {
        usual
    }
}

/// Where the page of the API's document is.
pub const DOCS: &str = "/docs";

/// What an answer may load in a browser: nothing; the page of the document its own files.
fn security_policy(path: &str) -> &'static str {
    match path.strip_prefix(DOCS) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => {
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
             img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"
        }
        Some(_) | None => "default-src 'none'; frame-ancestors 'none'",
    }
}

/// Headers of every answer: nothing is cached, sniffed, framed or sent in clear.
pub async fn headers(request: Request, next: Next) -> Response {
    let policy = security_policy(request.uri().path());
    let mut response = next.run(request).await;
    let all = [
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    ];
    for (name, value) in all {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
