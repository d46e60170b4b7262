//! Stopping a module by force, when a stop has no effect.

use axum::extract::State;
use axum::http::StatusCode;
use evenkeel_core::command::Command;

use super::modules::act;
use super::node_modules::{ActionQuery, give};
use crate::app::Shared;
use crate::auth::Control;
use crate::extract::{Body, Json, ModulePath, NodeModulePath, Path, Query};
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::views::module::NodeSelection;
use crate::views::result::{Accepted, NodeResults};

/// Stop a module by force
///
/// On the nodes named, or on all, with a result per node, when a stop has no effect: because a script hangs,
/// or while a start or a drain is under way. A node that took it kills the script that runs, with all that it
/// started, and closes the traffic at once: connections are reset, the others take the share. Then
/// `stop_both force` and `poststop` run, `forcestoptimeout` each at the most. Wait for `STOP` `NotReady` on
/// the node.
#[utoipa::path(
    post, path = "/v1/modules/{module}/forcestop", operation_id = "forcestop_module", tag = "modules",
    params(ModulePath), security(("token" = ["control"])), request_body = NodeSelection,
    responses((status = 202, description = "At least one node took it.", body = NodeResults), Problems)
)]
pub async fn forcestop(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<ModulePath>,
    Body(selection): Body<NodeSelection>,
) -> Result<(StatusCode, Json<NodeResults>), Problem> {
    act(&app, &caller, &path.module, "forcestop", &selection).await
}

/// Stop a module on a node by force
///
/// Possible anywhere but in `STOP`, when a stop has no effect. The script that runs is killed with all that it
/// started, the traffic is closed at once and nothing drained, then `stop_both force` and `poststop` run. Another
/// one meanwhile kills the script that is run for the first, and the module goes on to `STOP`. A module in
/// `STOP` that is about to start with the machine (`boot`, `pending`) does not then. Wait for `STOP`
/// `NotReady` afterwards.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/modules/{module}/forcestop",
    operation_id = "forcestop_module_on_node",
    tag = "node modules", params(NodeModulePath, ActionQuery), security(("token" = ["control"])),
    responses((status = 202, description = "The node took it.", body = Accepted), Problems)
)]
pub async fn forcestop_on_node(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<NodeModulePath>,
    Query(query): Query<ActionQuery>,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    let (by, automatic) = query.who(caller);
    let command = Command::Forcestop {
        module: path.module,
        by,
        automatic,
    };
    give(&app, command).await
}
