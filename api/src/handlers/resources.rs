//! The resources of a module on this node, and what its scripts have to say in its log.

use axum::extract::State;
use axum::http::StatusCode;
use evenkeel_core::command::Command;
use evenkeel_core::status::ModuleStatus;

use crate::app::{App, Shared};
use crate::apply;
use crate::auth::{Control, Monitor};
use crate::events;
use crate::extract::{Body, Json, NodeModulePath, NodeResourcePath, Path};
use crate::handlers::node_modules::{configuration, give};
use crate::limits;
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::views::convert;
use crate::views::resource::{Identity, LogMessage, Resource, ResourceList, ResourceValue};
use crate::views::result::Accepted;

/// The resources of a module on a node
///
/// What its checkers, the monitoring of its processes and its scripts say, each with its history.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/modules/{module}/resources",
    operation_id = "list_resources_on_node",
    tag = "node modules", params(NodeModulePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The resources.", body = ResourceList), Problems)
)]
pub async fn list(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<NodeModulePath>,
) -> Result<Json<ResourceList>, Problem> {
    let status = app.engine.status().borrow().clone();
    let known = status.modules.iter().find(|m| m.module == path.module);
    let known = known.ok_or_else(|| apply::unknown(&app, &path.module))?;
    Ok(Json(ResourceList {
        module: path.module.to_string(),
        node: app.name.clone(),
        resources: shown(&app, known),
    }))
}

/// The resources of a module, as the API shows them.
pub fn shown(app: &App, module: &ModuleStatus) -> Vec<Resource> {
    let (now, clock) = (app.engine.now(), std::time::SystemTime::now());
    let resources = module.resources.iter();
    resources
        .map(|resource| convert::resource(resource, now, clock))
        .collect()
}

/// Set a resource of a module on a node
///
/// One that no checker owns, or that of a custom checker while it runs. Failover rules act on it at once.
#[utoipa::path(
    put, path = "/v1/nodes/{node}/modules/{module}/resources/{resource}",
    operation_id = "set_resource_on_node",
    tag = "node modules", params(NodeResourcePath), security(("token" = ["control"])),
    request_body = ResourceValue,
    responses((status = 202, description = "The node took it.", body = Accepted), Problems)
)]
pub async fn set(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<NodeResourcePath>,
    Body(ResourceValue { value, identity }): Body<ResourceValue>,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    let command = Command::SetResource {
        module: path.module,
        resource: path.resource.0,
        value: value.0,
        by: Identity::or(identity, caller.user),
    };
    give(&app, command).await
}

/// Say something in a module's log on a node
///
/// For scripts, beside their own output.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/modules/{module}/log", operation_id = "write_module_log",
    tag = "node modules", params(NodeModulePath), security(("token" = ["control"])),
    request_body = LogMessage,
    responses((status = 200, description = "It is in the log.", body = Accepted), Problems)
)]
pub async fn write_log(
    State(app): State<Shared>,
    _: Control,
    Path(path): Path<NodeModulePath>,
    Body(LogMessage { message, level }): Body<LogMessage>,
) -> Result<Json<Accepted>, Problem> {
    let length = message.chars().count();
    let is_line = !message.chars().any(char::is_control);
    if !is_line || !(1..=limits::LOG_MESSAGE_LEN_MAX).contains(&length) {
        let most = limits::LOG_MESSAGE_LEN_MAX;
        let detail = format!("message: write one line of 1 to {most} characters");
        return Err(Problem::malformed(detail));
    }
    configuration(&app, &path.module).await?;
    events::message(&app, &path.module, level, message).await?;
    let generation = app.engine.status().borrow().generation;
    Ok(Json(Accepted { generation }))
}
