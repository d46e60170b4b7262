//! What a module's scripts do beside their work: count what they do by themselves, and open and close the
//! module's traffic.

use axum::extract::State;
use axum::http::StatusCode;
use evenkeel_core::command::Command;

use super::node_modules::{ActionQuery, give};
use crate::app::Shared;
use crate::auth::Control;
use crate::extract::{Body, Json, NodeModulePath, Path, Query};
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::views::result::Accepted;
use crate::views::traffic::ScriptTraffic;

/// Count an action of a module's own program
///
/// For a program that is about to help the module by its own means: that counts for `maxloop` as an automatic
/// action does. Where there were as many within the interval as there may be, the problem is `limit-reached`, and
/// the program is to leave it at that, or to stop the module. `automatic_actions` of the module's status has the
/// count.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/modules/{module}/automatic-actions",
    operation_id = "count_automatic_action_on_node",
    tag = "node modules", params(NodeModulePath, ActionQuery), security(("token" = ["control"])),
    responses((status = 202, description = "It is counted.", body = Accepted), Problems)
)]
pub async fn count(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<NodeModulePath>,
    Query(query): Query<ActionQuery>,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    let (by, _) = query.who(caller);
    let module = path.module;
    give(&app, Command::CountAction { module, by }).await
}

/// Count a module's automatic actions anew
///
/// As an action of somebody, who is no program, does by itself.
#[utoipa::path(
    delete, path = "/v1/nodes/{node}/modules/{module}/automatic-actions",
    operation_id = "reset_automatic_actions_on_node",
    tag = "node modules", params(NodeModulePath, ActionQuery), security(("token" = ["control"])),
    responses((status = 202, description = "The count is 0.", body = Accepted), Problems)
)]
pub async fn reset(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<NodeModulePath>,
    Query(query): Query<ActionQuery>,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    let (by, _) = query.who(caller);
    let module = path.module;
    give(&app, Command::ResetActions { module, by }).await
}

/// Open or close a module's traffic on a node
///
/// For the scripts of a module with `scriptcontrol="on"` of `<vip>`, anywhere but in `STOP`; of another module the
/// problem is `wrong-state`. The traffic is closed before each `start_both`, until it is opened: the node has the
/// virtual addresses and no share, while the module is `UP` `Ready` there. Who closes it later gives the share to the
/// others; connections stay until they end, as long as the application runs on.
#[utoipa::path(
    put, path = "/v1/nodes/{node}/modules/{module}/traffic", operation_id = "switch_traffic_on_node",
    tag = "node modules", params(NodeModulePath, ActionQuery), security(("token" = ["control"])),
    request_body = ScriptTraffic,
    responses((status = 202, description = "The node took it.", body = Accepted), Problems)
)]
pub async fn traffic(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<NodeModulePath>,
    Query(query): Query<ActionQuery>,
    Body(ScriptTraffic { open }): Body<ScriptTraffic>,
) -> Result<(StatusCode, Json<Accepted>), Problem> {
    let (by, _) = query.who(caller);
    let module = path.module;
    give(&app, Command::SwitchTraffic { module, open, by }).await
}
