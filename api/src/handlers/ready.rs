//! For load balancers and monitors, which cannot log in: is this node ready, is a module?

use axum::extract::State;
use axum::http::StatusCode;
use evenkeel_core::ids::ModuleName;
use evenkeel_core::module::state::ModuleState;

use crate::app::{App, Shared};
use crate::apply;
use crate::extract::{Json, ModulePath, Path};
use crate::openapi::Problems;
use crate::problem::{Problem, ProblemType};
use crate::store::modules;
use crate::views::session::{Health, ModuleReady};

/// Whether the node can work
///
/// Its engine runs and its store answers; needs no login. Whether it serves a module says
/// `/v1/modules/{module}/ready`.
#[utoipa::path(
    get, path = "/readyz", operation_id = "ready", tag = "session",
    responses((status = 200, description = "The node can work.", body = Health), Problems)
)]
pub async fn node(State(app): State<Shared>) -> Result<Json<Health>, Problem> {
    app.store.run(|db| modules::revisions(db)).await?;
    if app.engine.status().has_changed().is_err() {
        return Err(Problem::new(ProblemType::Stopping, "the engine has ended"));
    }
    Ok(Json(Health {
        status: "ready".to_owned(),
    }))
}

/// Whether a module serves on the answering node
///
/// 200 where it is UP (Ready) there, else the problem `not-ready`; needs no login, so that load balancers and
/// monitors can ask. The same in words of the reference, `OK` or `NOT FOUND`, is `/var/modules/{module}/ready.txt`
/// on the plain port for probes (`evenkeel serve --probe-listen`).
#[utoipa::path(
    get, path = "/v1/modules/{module}/ready", operation_id = "module_ready", tag = "modules",
    params(ModulePath),
    responses((status = 200, description = "It serves here.", body = ModuleReady), Problems)
)]
pub async fn module(
    State(app): State<Shared>,
    Path(path): Path<ModulePath>,
) -> Result<Json<ModuleReady>, Problem> {
    let state = state(&app, &path.module).ok_or_else(|| apply::unknown(&app, &path.module))?;
    if state != ModuleState::READY {
        let (module, node) = (&path.module, &app.name);
        let detail = format!("module {module} on {node} is {state}");
        return Err(Problem::new(ProblemType::NotReady, detail));
    }
    Ok(Json(ModuleReady {
        module: path.module.to_string(),
        node: app.name.clone(),
    }))
}

/// The same as load balancers of the reference ask for it.
pub async fn text(
    State(app): State<Shared>,
    Path(path): Path<ModulePath>,
) -> (StatusCode, &'static str) {
    match state(&app, &path.module) {
        Some(ModuleState::READY) => (StatusCode::OK, "OK\n"),
        Some(_) | None => (StatusCode::NOT_FOUND, "NOT FOUND\n"),
    }
}

fn state(app: &App, module: &ModuleName) -> Option<ModuleState> {
    let status = app.engine.status();
    let status = status.borrow();
    let known = status.modules.iter().find(|m| m.module == *module);
    known.map(|m| m.state)
}
