//! Draining nodes of a module's traffic, and giving them a share again.

use axum::extract::State;
use axum::http::StatusCode;
use evenkeel_core::command::Command;

use super::modules::act;
use super::node_modules::{ActionQuery, give};
use crate::app::Shared;
use crate::auth::Control;
use crate::extract::{Body, Json, ModulePath, NodeModulePath, Path, Query};
use crate::openapi::Problems;
use crate::problem::{Problem, ProblemType};
use crate::views::module::NodeSelection;
use crate::views::result::{Accepted, NodeResults};

/// Drain nodes of a module
///
/// On the nodes named, with a result per node. A node that took it gives its share to the others while the
/// module runs on there: its connections stay until they end, and new ones come to the others. `drain`
/// of the module's status says how far it is; wait for `drained` on the node, and its machine can go. A
/// drain holds until `undrain`, or until the module is stopped there. A node that nobody could relieve says
/// `wrong-state`. Where none but drained nodes are left, they serve.
#[utoipa::path(
    post, path = "/v1/modules/{module}/drain", operation_id = "drain_module", tag = "modules",
    params(ModulePath), security(("token" = ["control"])), request_body = NodeSelection,
    responses((status = 202, description = "At least one node took it.", body = NodeResults), Problems)
)]
pub async fn drain(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<ModulePath>,
    Body(selection): Body<NodeSelection>,
) -> Result<(StatusCode, Json<NodeResults>), Problem> {
    let asked = app.select(selection.nodes.as_deref())?.len();
    if asked == app.node_names().len() {
        let detail =
            "all nodes cannot be drained, as somebody has to serve: name those that are to be";
        return Err(Problem::new(ProblemType::WrongState, detail));
    }
    act(&app, &caller, &path.module, "drain", &selection).await
}

/// Give drained nodes of a module a share again
///
/// On the nodes named, or on all, with a result per node. Where the module is not drained nothing changes.
#[utoipa::path(
    post, path = "/v1/modules/{module}/undrain", operation_id = "undrain_module", tag = "modules",
    params(ModulePath), security(("token" = ["control"])), request_body = NodeSelection,
    responses((status = 202, description = "At least one node took it.", body = NodeResults), Problems)
)]
pub async fn undrain(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<ModulePath>,
    Body(selection): Body<NodeSelection>,
) -> Result<(StatusCode, Json<NodeResults>), Problem> {
    act(&app, &caller, &path.module, "undrain", &selection).await
}

/// Drain a node of a module
///
/// Possible in `UP` while another node serves; elsewhere the problem is `wrong-state`. The share goes to the
/// others, the application runs on. Wait for `drain` `drained` afterwards.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/modules/{module}/drain", operation_id = "drain_module_on_node",
    tag = "node modules", params(NodeModulePath, ActionQuery), security(("token" = ["control"])),
    responses((status = 202, description = "The node took it.", body = Accepted), Problems)
)]
pub async fn drain_on_node(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<NodeModulePath>,
    Query(query): Query<ActionQuery>,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    let (by, _) = query.who(caller);
    let module = path.module;
    give(&app, Command::Drain { module, by }).await
}

/// Give a drained node a share of a module again
///
/// Possible in `UP`; elsewhere the problem is `wrong-state`. Where it is not drained nothing changes.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/modules/{module}/undrain", operation_id = "undrain_module_on_node",
    tag = "node modules", params(NodeModulePath, ActionQuery), security(("token" = ["control"])),
    responses((status = 202, description = "The node took it.", body = Accepted), Problems)
)]
pub async fn undrain_on_node(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<NodeModulePath>,
    Query(query): Query<ActionQuery>,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    let (by, _) = query.who(caller);
    let module = path.module;
    give(&app, Command::Undrain { module, by }).await
}
