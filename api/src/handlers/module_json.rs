//! Configurations of modules for programs: in JSON, and back. What is kept is `userconfig.xml`.

use axum::extract::State;
use evenkeel_core::config::problem::Problem as Found;
use evenkeel_core::config::{Json as Twin, Kind, json_to_xml, xml_to_json};

use super::modules::{ConfigureQuery, configure_if};
use super::node_modules::configuration;
use crate::app::Shared;
use crate::auth::{Admin, Monitor};
use crate::extract::{Body, IfMatch, IfMatchHeader, Json, ModulePath, Path, Query};
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::views::module::ModuleSettings;
use crate::views::module_json::{ModuleConfigurationJson, ModuleJson};
use crate::views::result::ConfigureResult;

/// The configuration of a module in JSON
///
/// As the answering node has it, element by element what `userconfig.xml` is, macros as they were written; without
/// its comments.
#[utoipa::path(
    get, path = "/v1/modules/{module}/config/json", operation_id = "get_module_config_json", tag = "modules",
    params(ModulePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The configuration.", body = ModuleConfigurationJson), Problems)
)]
pub async fn get(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<ModulePath>,
) -> Result<Json<ModuleConfigurationJson>, Problem> {
    let stored = configuration(&app, &path.module).await?;
    let twin = xml_to_json(&stored.userconfig, Kind::Module).map_err(refused)?;
    Ok(Json(ModuleConfigurationJson {
        module: stored.module,
        revision: stored.revision,
        signature: stored.signature,
        applied_at: stored.applied_at,
        applied_by: stored.applied_by,
        configuration: twin,
        macros: stored.macros,
        scripts: stored.scripts,
    }))
}

/// Configure a module in JSON
///
/// As with `userconfig.xml` (`PUT /v1/modules/{module}`), on every node; what is wrong is named by its path.
#[utoipa::path(
    put, path = "/v1/modules/{module}/config/json", operation_id = "configure_module_json", tag = "modules",
    params(ModulePath, ConfigureQuery, IfMatchHeader), security(("token" = ["admin"])),
    request_body = ModuleJson,
    responses((status = 200, description = "At least one node has the revision, or would take it.", body = ConfigureResult), Problems)
)]
pub async fn put(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(ModulePath { module }): Path<ModulePath>,
    Query(query): Query<ConfigureQuery>,
    condition: IfMatch,
    Body(given): Body<ModuleJson>,
) -> Result<Json<ConfigureResult>, Problem> {
    let settings = settings(given)?;
    configure_if(&app, &caller, module, settings, (query.dry_run, condition))
        .await
        .map(Json)
}

fn settings(given: ModuleJson) -> Result<ModuleSettings, Problem> {
    let twin: &Twin = &given.configuration;
    Ok(ModuleSettings {
        userconfig: json_to_xml(twin, Kind::Module).map_err(refused)?,
        macros: given.macros,
        scripts: given.scripts,
    })
}

fn refused(problems: Vec<Found>) -> Problem {
    Problem::invalid_configuration(problems.into_iter().map(Into::into).collect())
}
