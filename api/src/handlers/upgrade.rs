//! The daemon of a node goes over to the program that is installed in its place.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::Shared;
use crate::auth::{Admin, Monitor};
use crate::extract::{Json, NodePath, Path};
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::upgrade;
use crate::views::upgrade::Upgrade;

/// The upgrade of a node's daemon
///
/// Where the last one stands. What was asked while a daemon goes over is answered by the one or the other, or not at
/// all: ask again.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/upgrade", operation_id = "get_upgrade", tag = "cluster",
    params(NodePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The last upgrade.", body = Upgrade), Problems)
)]
pub async fn get(State(app): State<Shared>, _: Monitor, _: Path<NodePath>) -> Json<Upgrade> {
    Json(app.upgrades.status())
}

/// Upgrade a node's daemon
///
/// The program that is installed where the running one was started from takes the node over, as it is: modules,
/// virtual addresses, filter and its place in the farm; no connection breaks and nothing is drained. The process
/// keeps its number. First the installed program says whether it could: where it could not, a module is on its way, a
/// script runs, or the back end is not eBPF, it answers `wrong-state`, and the running program goes on. It begins
/// 200 ms after the answer; `GET` says how it ended.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/upgrade", operation_id = "upgrade_daemon", tag = "cluster",
    params(NodePath), security(("token" = ["admin"])),
    responses((status = 202, description = "It will go over.", body = Upgrade), Problems)
)]
pub async fn begin(
    State(app): State<Shared>,
    _: Admin,
    _: Path<NodePath>,
) -> Result<(StatusCode, Json<Upgrade>), Problem> {
    let begun = upgrade::begin(&app).await?;
    Ok((StatusCode::ACCEPTED, Json(begun)))
}
