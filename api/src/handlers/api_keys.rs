//! Keys of programs: the same on all nodes.

use axum::extract::State;
use axum::http::{Method, StatusCode};
use rusqlite::Connection;

use crate::app::{App, Shared};
use crate::auth::{Admin, Caller, api_key};
use crate::extract::{ApiKeyPath, Body, Json, NodeApiKeyPath, Path};
use crate::fan_out::{Call, fan_out, results};
use crate::handlers::users::{accepted, check_name};
use crate::handlers::within;
use crate::limits;
use crate::openapi::Problems;
use crate::problem::{Problem, ProblemType};
use crate::store::{api_keys, records};
use crate::timestamp;
use crate::views::api_key::{
    ApiKey, ApiKeyList, ApiKeyRotation, ApiKeySettings, FormerApiKey, MadeApiKey, NewApiKey,
};
use crate::views::record::RecordKind;
use crate::views::result::{Accepted, NodeResults};

/// The API keys
///
/// As the answering node has them; the keys themselves nobody can show.
#[utoipa::path(
    get, path = "/v1/api-keys", operation_id = "list_api_keys", tag = "users",
    security(("token" = ["admin"])),
    responses((status = 200, description = "The keys.", body = ApiKeyList), Problems)
)]
pub async fn list(State(app): State<Shared>, _: Admin) -> Result<Json<ApiKeyList>, Problem> {
    let stored = app.store.run(|db| api_keys::list(db)).await?;
    let api_keys = stored
        .into_iter()
        .map(|(name, settings)| shown(name, settings));
    Ok(Json(ApiKeyList {
        api_keys: api_keys.collect(),
    }))
}

/// Make an API key
///
/// For a program: it is sent in place of a token and needs no login. On all nodes, with a result per
/// node; a node that missed it takes it when it is back.
#[utoipa::path(
    post, path = "/v1/api-keys", operation_id = "create_api_key", tag = "users",
    security(("token" = ["admin"])), request_body = NewApiKey,
    responses((status = 201, description = "At least one node has the key.", body = MadeApiKey), Problems)
)]
pub async fn create(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Body(new): Body<NewApiKey>,
) -> Result<(StatusCode, Json<MadeApiKey>), Problem> {
    check_name(&new.name)?;
    let expires_at_s = expiry(new.valid_for_days)?;
    if find(&app, &new.name).await?.is_some() {
        let detail = format!("there is an API key {}; rotate or remove it", new.name);
        return Err(Problem::new(ProblemType::AlreadyExists, detail));
    }
    let key = api_key::random();
    let settings = ApiKeySettings {
        role: new.role,
        modules: new.modules,
        created_at: timestamp::now(),
        created_by: caller.user.clone(),
        expires_at_s,
        digest: api_key::digest(&key),
        former: None,
    };
    let made = give_out(&app, &caller, new.name, key, settings).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Replace an API key
///
/// By another of the same name, role and modules. The former key is good for the time of the overlap, so
/// that programs can be given the new one without a gap; with an overlap of 0 it ends at once.
#[utoipa::path(
    post, path = "/v1/api-keys/{api_key}/rotate", operation_id = "rotate_api_key", tag = "users",
    params(ApiKeyPath), security(("token" = ["admin"])), request_body = ApiKeyRotation,
    responses((status = 200, description = "At least one node has the new key.", body = MadeApiKey), Problems)
)]
pub async fn rotate(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(path): Path<ApiKeyPath>,
    Body(rotation): Body<ApiKeyRotation>,
) -> Result<Json<MadeApiKey>, Problem> {
    let expires_at_s = expiry(rotation.valid_for_days)?;
    let overlap_s = overlap(rotation.overlap_s)?;
    let current = find(&app, &path.api_key).await?;
    let current = current.ok_or_else(|| unknown(&app, &path.api_key))?;
    let former = FormerApiKey {
        digest: current.digest,
        // A key that has expired does not come back to life.
        until_s: (timestamp::now_seconds() + overlap_s).min(current.expires_at_s),
    };
    let key = api_key::random();
    let settings = ApiKeySettings {
        created_at: timestamp::now(),
        created_by: caller.user.clone(),
        expires_at_s,
        digest: api_key::digest(&key),
        former: (overlap_s > 0).then_some(former),
        ..current
    };
    give_out(&app, &caller, path.api_key, key, settings)
        .await
        .map(Json)
}

/// Remove an API key
///
/// From all nodes, with a result per node; whoever uses it is refused at once.
#[utoipa::path(
    delete, path = "/v1/api-keys/{api_key}", operation_id = "delete_api_key", tag = "users",
    params(ApiKeyPath), security(("token" = ["admin"])),
    responses((status = 200, description = "At least one node removed the key.", body = NodeResults), Problems)
)]
pub async fn remove(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(path): Path<ApiKeyPath>,
) -> Result<Json<NodeResults>, Problem> {
    check_name(&path.api_key)?;
    let call = Call::new(Method::DELETE, format!("/api-keys/{}", path.api_key));
    let answers = fan_out::<Accepted>(&app, &caller, app.node_names(), &call).await;
    Ok(Json(results(answers)?))
}

/// Set an API key on one node
///
/// Part of making or replacing a key on all nodes; of the key the node gets only a digest. It counts as the
/// latest change, which nodes that miss it take.
#[utoipa::path(
    put, path = "/v1/nodes/{node}/api-keys/{api_key}", operation_id = "put_api_key_on_node",
    tag = "users", params(NodeApiKeyPath), security(("token" = ["admin"])), request_body = ApiKeySettings,
    responses((status = 200, description = "The node has the key.", body = Accepted), Problems)
)]
pub async fn put_on_node(
    State(app): State<Shared>,
    _: Admin,
    Path(path): Path<NodeApiKeyPath>,
    Body(settings): Body<ApiKeySettings>,
) -> Result<Json<Accepted>, Problem> {
    check_name(&path.api_key)?;
    check(&settings)?;
    let _one_at_a_time = app.changes.lock().await;
    if find(&app, &path.api_key).await?.is_none() {
        has_room(&app).await?;
    }
    let name = path.api_key;
    let put = move |db: &mut Connection| api_keys::put(db, &name, &settings);
    app.store.run(put).await?;
    Ok(Json(accepted(&app)))
}

/// Remove an API key from one node
///
/// Whoever uses it on this node is refused at once. The others take the removal as the latest change.
#[utoipa::path(
    delete, path = "/v1/nodes/{node}/api-keys/{api_key}", operation_id = "delete_api_key_on_node",
    tag = "users", params(NodeApiKeyPath), security(("token" = ["admin"])),
    responses((status = 200, description = "The node has the key no more.", body = Accepted), Problems)
)]
pub async fn remove_on_node(
    State(app): State<Shared>,
    _: Admin,
    Path(path): Path<NodeApiKeyPath>,
) -> Result<Json<Accepted>, Problem> {
    let missing = unknown(&app, &path.api_key);
    let name = path.api_key;
    let remove = move |db: &mut _| records::remove(db, RecordKind::ApiKey, &name);
    if app.store.run(remove).await? {
        return Ok(Json(accepted(&app)));
    }
    Err(missing)
}

/// Gives a key to all nodes.
async fn give_out(
    app: &App,
    caller: &Caller,
    name: String,
    key: String,
    settings: ApiKeySettings,
) -> Result<MadeApiKey, Problem> {
    check(&settings)?;
    let call = Call::new(Method::PUT, format!("/api-keys/{name}")).body(&settings)?;
    let answers = fan_out::<Accepted>(app, caller, app.node_names(), &call).await;
    let NodeResults { complete, nodes } = results(answers)?;
    Ok(MadeApiKey {
        key,
        api_key: shown(name, settings),
        complete,
        nodes,
    })
}

fn shown(name: String, settings: ApiKeySettings) -> ApiKey {
    let until = settings.former.map(|former| former.until_s);
    let is_over = |until: &u64| *until <= timestamp::now_seconds();
    ApiKey {
        name,
        role: settings.role,
        modules: settings.modules,
        created_at: settings.created_at,
        created_by: settings.created_by,
        expires_at: timestamp::from_seconds(settings.expires_at_s),
        former_until: until
            .filter(|until| !is_over(until))
            .map(timestamp::from_seconds),
    }
}

/// When a key that is made now expires, in seconds since 1970.
fn expiry(days: Option<u32>) -> Result<u64, Problem> {
    let days = days.unwrap_or(limits::API_KEY_DAYS_DEFAULT);
    let days = within("valid_for_days", days, 1..=limits::API_KEY_DAYS_MAX)?;
    Ok(timestamp::now_seconds() + days * 24 * 3600)
}

/// For how many seconds a key that is replaced is good.
fn overlap(seconds: Option<u32>) -> Result<u64, Problem> {
    let seconds = seconds.unwrap_or(limits::API_KEY_OVERLAP_S_DEFAULT);
    within("overlap_s", seconds, 0..=limits::API_KEY_OVERLAP_S_MAX)
}

fn check(settings: &ApiKeySettings) -> Result<(), Problem> {
    let former = settings.former.iter().map(|former| &former.digest);
    if let Some(wrong) = former
        .chain([&settings.digest])
        .find(|text| !api_key::is_digest(text))
    {
        let detail = format!("digest: {wrong:?} is not 64 hexadecimal digits in lower case");
        return Err(Problem::malformed(detail));
    }
    let modules = settings.modules.as_ref().map(Vec::len);
    if modules.is_some_and(|number| !(1..=limits::API_KEY_MODULES_MAX).contains(&number)) {
        let detail = format!("modules: 1 to {} of them", limits::API_KEY_MODULES_MAX);
        return Err(Problem::malformed(detail));
    }
    Ok(())
}

async fn find(app: &App, name: &str) -> Result<Option<ApiKeySettings>, Problem> {
    let name = name.to_owned();
    Ok(app.store.run(move |db| api_keys::find(db, &name)).await?)
}

async fn has_room(app: &App) -> Result<(), Problem> {
    if app.store.run(|db| api_keys::list(db)).await?.len() < limits::API_KEYS_MAX {
        return Ok(());
    }
    let most = limits::API_KEYS_MAX;
    let detail = format!("there are {most} API keys, the most there can be");
    Err(Problem::new(ProblemType::LimitReached, detail))
}

fn unknown(app: &App, name: &str) -> Problem {
    let detail = format!("{} has no API key {name:?}", app.name);
    Problem::new(ProblemType::UnknownApiKey, detail)
}
