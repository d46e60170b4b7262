//! For load balancers and monitors, which cannot log in: is this node ready, is a module?

use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use evenkeel_core::ids::ModuleName;
use evenkeel_core::module::state::ModuleState;
use evenkeel_engine::checks::{START, STATE};

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
/// monitors can ask. The same in words of the reference, `OK` (200) or `NOT FOUND` (404), is
/// `/var/modules/{module}/ready.txt` here and on the plain port for probes (`evenkeel serve --probe-listen`). Its
/// header `Evenkeel-State` has the state of the module, as in `UP Ready`, and `Evenkeel-Start` a value that is
/// another one after each start and restart of its application: by these a `<module>` check of another node tells a
/// restart.
#[utoipa::path(
    get, path = "/v1/modules/{module}/ready", operation_id = "module_ready", tag = "modules",
    params(ModulePath),
    responses((status = 200, description = "It serves here.", body = ModuleReady), Problems)
)]
pub async fn module(
    State(app): State<Shared>,
    Path(path): Path<ModulePath>,
) -> Result<Json<ModuleReady>, Problem> {
    let known = known(&app, &path.module);
    let Known { state, .. } = known.ok_or_else(|| apply::unknown(&app, &path.module))?;
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
) -> (StatusCode, HeaderMap, &'static str) {
    let known = known(&app, &path.module);
    let headers = known.as_ref().map(Known::headers).unwrap_or_default();
    match known.map(|known| known.state) {
        Some(ModuleState::READY) => (StatusCode::OK, headers, "OK\n"),
        Some(_) | None => (StatusCode::NOT_FOUND, headers, "NOT FOUND\n"),
    }
}

/// What is known of a module.
struct Known {
    state: ModuleState,
    /// Which start of it this is, of which run of the daemon.
    start: Option<String>,
}

impl Known {
    fn headers(&self) -> HeaderMap {
        let state = Some((STATE, self.state.to_string()));
        let start = self.start.clone().map(|start| (START, start));
        let all = state.into_iter().chain(start);
        // All of these are plain words.
        all.filter_map(|(name, value)| {
            let value = HeaderValue::try_from(value).ok()?;
            Some((HeaderName::from_static(name), value))
        })
        .collect()
    }
}

fn known(app: &App, module: &ModuleName) -> Option<Known> {
    let status = app.engine.status();
    let status = status.borrow();
    let known = status.modules.iter().find(|m| m.module == *module)?;
    let start = known.started;
    Some(Known {
        state: known.state,
        start: start.map(|at| format!("{}-{}", status.incarnation.0, at.0)),
    })
}
