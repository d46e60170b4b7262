//! What a module's scripts wrote on this node.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use super::node_modules::configuration;
use crate::app::{App, Shared};
use crate::auth::Monitor;
use crate::extract::{Json, NodeModulePath, NodeScriptLogPath, Path};
use crate::files;
use crate::limits;
use crate::openapi::Problems;
use crate::problem::{Problem, ProblemType};
use crate::script_logs;
use crate::views::script_log::ScriptLogList;

/// The outputs of a module's scripts on a node
///
/// One per execution, the oldest first; with `logging="none"` in the configuration there are none. The log
/// of the module says which script ran when and how it ended.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/modules/{module}/script-logs", operation_id = "list_script_logs",
    tag = "node modules", params(NodeModulePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The outputs.", body = ScriptLogList), Problems)
)]
pub async fn list(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<NodeModulePath>,
) -> Result<Json<ScriptLogList>, Problem> {
    let scripts = configuration(&app, &path.module).await?.scripts;
    let (modules_dir, module) = (app.modules_dir.clone(), path.module.clone());
    let list = move || script_logs::list(&modules_dir, &module, &scripts);
    let logs = files::blocking("listing the outputs of scripts", list).await?;
    Ok(Json(ScriptLogList {
        module: path.module.to_string(),
        node: app.name.clone(),
        logs,
    }))
}

/// The output of a script on a node
///
/// What one execution wrote to its standard output and error so far, as it wrote it: the last 2 MiB of it.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/modules/{module}/script-logs/{log}", operation_id = "get_script_log",
    tag = "node modules", params(NodeScriptLogPath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The output.", body = String, content_type = "text/plain", example = json!("nginx: configuration is ok\n")), Problems)
)]
pub async fn get(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<NodeScriptLogPath>,
) -> Result<impl IntoResponse, Problem> {
    configuration(&app, &path.module).await?;
    let text = text(&app, &path).await?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text))
}

async fn text(app: &App, path: &NodeScriptLogPath) -> Result<String, Problem> {
    let (modules_dir, path) = (app.modules_dir.clone(), path.clone());
    let missing = Problem::new(
        ProblemType::UnknownScriptLog,
        format!("{:?}: get the list; the oldest go", path.log),
    );
    let read = move || {
        let most = limits::SCRIPT_LOG_BYTES_MAX;
        script_logs::read(&modules_dir, &path.module, &path.log, most)
    };
    let bytes = files::blocking("reading the output of a script", read).await?;
    Ok(String::from_utf8_lossy(&bytes.ok_or(missing)?).into_owned())
}
