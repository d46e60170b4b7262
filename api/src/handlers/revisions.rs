//! Earlier configurations of a module: which there are, how two differ, and back to one.

use axum::extract::State;
use evenkeel_core::ids::ModuleName;
use rusqlite::Connection;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::{App, Shared};
use crate::apply;
use crate::auth::{Admin, Monitor};
use crate::extract::{IfMatch, IfMatchHeader, Json, ModulePath, Path, Query, RevisionPath};
use crate::handlers::modules::{ConfigureQuery, configure_if};
use crate::openapi::Problems;
use crate::problem::{Problem, ProblemType};
use crate::store::modules;
use crate::views::module::ModuleConfiguration;
use crate::views::result::ConfigureResult;
use crate::views::revision::{RevisionDiff, RevisionEntry, RevisionList};

/// The revisions of a module
///
/// The ten latest that the answering node has, the latest first: that one is in force.
#[utoipa::path(
    get, path = "/v1/modules/{module}/revisions", operation_id = "list_revisions", tag = "modules",
    params(ModulePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The revisions.", body = RevisionList), Problems)
)]
pub async fn list(
    State(app): State<Shared>,
    _: Monitor,
    Path(ModulePath { module }): Path<ModulePath>,
) -> Result<Json<RevisionList>, Problem> {
    let stored = History::of(&app, &module).await?;
    let entry = |stored: ModuleConfiguration| RevisionEntry {
        revision: stored.revision,
        signature: stored.signature,
        applied_at: stored.applied_at,
        applied_by: stored.applied_by,
    };
    Ok(Json(RevisionList {
        module: module.to_string(),
        revisions: stored.revisions.into_iter().map(entry).collect(),
    }))
}

/// A revision of a module
///
/// With file, macros and scripts, as the answering node has it.
#[utoipa::path(
    get, path = "/v1/modules/{module}/revisions/{revision}", operation_id = "get_revision",
    tag = "modules", params(RevisionPath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The configuration.", body = ModuleConfiguration), Problems)
)]
pub async fn get(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<RevisionPath>,
) -> Result<Json<ModuleConfiguration>, Problem> {
    let stored = History::of(&app, &path.module).await?;
    stored.find(&app, path.revision).cloned().map(Json)
}

/// With which revision one is compared.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DiffQuery {
    /// The other revision; the one in force when absent.
    #[param(format = "uint64", minimum = 1, example = 4)]
    pub to: Option<u64>,
}

/// How two revisions of a module differ
///
/// The file, each macro and each script that is not the same in both, with the lines that differ. What
/// would be changed by restoring the one in the path is asked from the other side: its number is `to` then.
#[utoipa::path(
    get, path = "/v1/modules/{module}/revisions/{revision}/diff", operation_id = "diff_revisions",
    tag = "modules", params(RevisionPath, DiffQuery), security(("token" = ["monitor"])),
    responses((status = 200, description = "What differs.", body = RevisionDiff), Problems)
)]
pub async fn diff(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<RevisionPath>,
    Query(query): Query<DiffQuery>,
) -> Result<Json<RevisionDiff>, Problem> {
    let stored = History::of(&app, &path.module).await?;
    let from = stored.find(&app, path.revision)?;
    let to = stored.find(&app, query.to.unwrap_or(stored.latest))?;
    Ok(Json(RevisionDiff::between(from, to)))
}

/// Restore a revision of a module
///
/// Configures the module on every node with what the revision has, as `configure_module` does: it becomes
/// the latest revision, with a number of its own, and the others stay. The module must be stopped.
#[utoipa::path(
    post, path = "/v1/modules/{module}/revisions/{revision}/restore", operation_id = "restore_revision",
    tag = "modules", params(RevisionPath, ConfigureQuery, IfMatchHeader), security(("token" = ["admin"])),
    responses((status = 200, description = "At least one node has the revision, or would take it.", body = ConfigureResult), Problems)
)]
pub async fn restore(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(RevisionPath { module, revision }): Path<RevisionPath>,
    Query(query): Query<ConfigureQuery>,
    condition: IfMatch,
) -> Result<Json<ConfigureResult>, Problem> {
    let stored = History::of(&app, &module).await?;
    let settings = apply::settings(stored.find(&app, revision)?.clone());
    configure_if(&app, &caller, module, settings, (query.dry_run, condition))
        .await
        .map(Json)
}

/// The revisions that this node keeps of a module, the latest first: that one is in force.
struct History<'m> {
    module: &'m ModuleName,
    latest: u64,
    revisions: Vec<ModuleConfiguration>,
}

impl<'m> History<'m> {
    async fn of(app: &App, module: &'m ModuleName) -> Result<Self, Problem> {
        let name = module.to_string();
        let read = move |db: &mut Connection| modules::history(db, &name);
        let revisions = app.store.run(read).await?;
        let latest = revisions.first().map(|one| one.revision);
        Ok(Self {
            module,
            latest: latest.ok_or_else(|| apply::unknown(app, module))?,
            revisions,
        })
    }

    fn find(&self, app: &App, wanted: u64) -> Result<&ModuleConfiguration, Problem> {
        let found = self.revisions.iter().find(|one| one.revision == wanted);
        found.ok_or_else(|| {
            let detail = format!(
                "{} has no revision {wanted} of module {}; the latest is {}",
                app.name, self.module, self.latest
            );
            Problem::new(ProblemType::UnknownRevision, detail)
        })
    }
}
