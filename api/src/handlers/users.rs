//! Users: the same on all nodes.

use axum::extract::State;
use axum::http::{Method, StatusCode};

use crate::app::{App, Shared};
use crate::auth::{Admin, password};
use crate::extract::{Body, Json, Path, UserPath};
use crate::fan_out::{Call, fan_out, results};
use crate::limits;
use crate::openapi::Problems;
use crate::problem::{Problem, ProblemType};
use crate::store::records;
use crate::store::users::{self, StoredUser};
use crate::timestamp;
use crate::views::record::RecordKind;
use crate::views::result::{Accepted, NodeResults};
use crate::views::session::Role;
use crate::views::user::{NewUser, UserList, UserSettings};

/// The users
///
/// As the answering node has them.
#[utoipa::path(
    get, path = "/v1/users", operation_id = "list_users", tag = "users",
    security(("token" = ["admin"])),
    responses((status = 200, description = "The users.", body = UserList), Problems)
)]
pub async fn list(State(app): State<Shared>, _: Admin) -> Result<Json<UserList>, Problem> {
    let stored = app.store.run(|db| users::list(db)).await?;
    Ok(Json(UserList {
        users: stored.into_iter().map(|stored| stored.user).collect(),
    }))
}

/// Make a user
///
/// On all nodes, with a result per node. The same request again completes it on nodes that missed
/// it; another password or role for a name that exists is refused.
#[utoipa::path(
    post, path = "/v1/users", operation_id = "create_user", tag = "users",
    security(("token" = ["admin"])), request_body = NewUser,
    responses((status = 201, description = "At least one node has the user.", body = NodeResults), Problems)
)]
pub async fn create(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Body(new): Body<NewUser>,
) -> Result<(StatusCode, Json<NodeResults>), Problem> {
    check_name(&new.name)?;
    let settings = UserSettings {
        password: new.password,
        role: new.role,
        changed_at: Some(timestamp::now()),
    };
    if let Some(user) = find(&app, &new.name).await?
        && !is_same(&user, &settings).await?
    {
        let detail = format!("user {} exists with another password or role", new.name);
        return Err(Problem::new(ProblemType::AlreadyExists, detail));
    }
    let call = Call::new(Method::PUT, format!("/users/{}", new.name)).body(&settings)?;
    let answers = fan_out::<Accepted>(&app, &caller, app.node_names(), &call).await;
    Ok((StatusCode::CREATED, Json(results(answers)?)))
}

/// Remove a user
///
/// From all nodes, with a result per node; the user's tokens end at once.
#[utoipa::path(
    delete, path = "/v1/users/{user}", operation_id = "delete_user", tag = "users",
    params(UserPath), security(("token" = ["admin"])),
    responses((status = 200, description = "At least one node removed the user.", body = NodeResults), Problems)
)]
pub async fn remove(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(path): Path<UserPath>,
) -> Result<Json<NodeResults>, Problem> {
    check_name(&path.user)?;
    let call = Call::new(Method::DELETE, format!("/users/{}", path.user));
    let answers = fan_out::<Accepted>(&app, &caller, app.node_names(), &call).await;
    Ok(Json(results(answers)?))
}

/// Sets a user on this node; nothing changes where it is as asked.
///
/// # Errors
///
/// When name or password cannot be taken, or no administrator would be left.
pub async fn put_here(
    app: &App,
    name: String,
    settings: UserSettings,
) -> Result<Accepted, Problem> {
    check_name(&name)?;
    password::check(&settings.password).map_err(|e| Problem::malformed(e.to_string()))?;
    if let Some(wrong) = settings
        .changed_at
        .iter()
        .find(|at| !timestamp::is_text(at))
    {
        let detail = format!(
            "changed_at: {wrong:?} is no instant like {}",
            timestamp::now()
        );
        return Err(Problem::malformed(detail));
    }
    let _one_at_a_time = app.changes.lock().await;
    let current = find(app, &name).await?;
    let unchanged = match &current {
        Some(user) => is_same(user, &settings).await?,
        None => false,
    };
    if !unchanged {
        if current.is_none() {
            has_room(app).await?;
        }
        if settings.role != Role::Admin {
            keeps_an_administrator(app, &name).await?;
        }
        let phc = password::hash(settings.password).await;
        let phc = phc.map_err(|e| Problem::internal("hashing the password", &e))?;
        let role = settings.role;
        let at = settings.changed_at.unwrap_or_else(timestamp::now);
        app.store
            .run(move |db| users::put(db, &name, phc, role, at))
            .await?;
    }
    Ok(accepted(app))
}

/// Removes a user from this node.
///
/// # Errors
///
/// When there is none, or no administrator would be left.
pub async fn remove_here(app: &App, name: String) -> Result<Accepted, Problem> {
    let _one_at_a_time = app.changes.lock().await;
    keeps_an_administrator(app, &name).await?;
    let detail = format!("{} has no user {name:?}", app.name);
    let remove = move |db: &mut _| records::remove(db, RecordKind::User, &name);
    if app.store.run(remove).await? {
        return Ok(accepted(app));
    }
    Err(Problem::new(ProblemType::UnknownUser, detail))
}

/// This node took it.
pub fn accepted(app: &App) -> Accepted {
    Accepted {
        generation: app.engine.status().borrow().generation,
    }
}

async fn find(app: &App, name: &str) -> Result<Option<StoredUser>, Problem> {
    let name = name.to_owned();
    Ok(app.store.run(move |db| users::find(db, &name)).await?)
}

async fn is_same(user: &StoredUser, settings: &UserSettings) -> Result<bool, Problem> {
    let phc = Some(user.phc.clone());
    let verified = password::verify(settings.password.clone(), phc).await;
    let verified = verified.map_err(|e| Problem::new(ProblemType::Stopping, e.to_string()))?;
    Ok(verified && user.user.role == settings.role)
}

/// Refuses a change that takes the last administrator's role away.
///
/// # Errors
///
/// When it is the last one that is changed.
pub async fn keeps_an_administrator(app: &App, changed: &str) -> Result<(), Problem> {
    let all = app.store.run(|db| users::list(db)).await?;
    let mut administrators = all.iter().filter(|user| user.user.role == Role::Admin);
    let is_one = administrators.clone().any(|user| user.user.name == changed);
    if is_one && administrators.all(|user| user.user.name == changed) {
        let detail = format!("{changed} is the only administrator; make another one first");
        return Err(Problem::new(ProblemType::LastAdministrator, detail));
    }
    Ok(())
}

async fn has_room(app: &App) -> Result<(), Problem> {
    if app.store.run(|db| users::list(db)).await?.len() < limits::USERS_MAX {
        return Ok(());
    }
    let detail = format!(
        "there are {} users, the most there can be",
        limits::USERS_MAX
    );
    Err(Problem::new(ProblemType::LimitReached, detail))
}

/// Whether a name can be a user's.
///
/// # Errors
///
/// When it is empty, too long, or has other characters.
pub fn check_name(name: &str) -> Result<(), Problem> {
    let legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '@');
    // `.` and `..` would lead elsewhere in a path.
    let starts = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if starts && name.len() <= limits::USER_NAME_LEN_MAX && name.chars().all(legal) {
        return Ok(());
    }
    Err(Problem::malformed(format!(
        "{name:?} is no name: 1 to {} letters, digits, '.', '_', '-' and '@', a letter or \
         digit first",
        limits::USER_NAME_LEN_MAX
    )))
}
