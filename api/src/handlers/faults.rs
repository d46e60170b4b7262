//! Faults on purpose: what a node does to itself when a test asks for it.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::Shared;
use crate::auth::{Admin, Monitor};
use crate::extract::{Body, FaultPath, Json, NodePath, Path};
use crate::faults;
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::views::fault::{CutRequest, Fault, FaultList, FreezeRequest};

/// The faults of a node
///
/// Those done on purpose that have not ended, and whether the node's daemon does any.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/faults", operation_id = "list_faults", tag = "faults",
    params(NodePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The faults.", body = FaultList), Problems)
)]
pub async fn list(State(app): State<Shared>, _: Monitor, _: Path<NodePath>) -> Json<FaultList> {
    Json(app.faults.list().await)
}

/// Cut a LAN of a node
///
/// As if its cable were pulled, or for one way only. It begins 200 ms after the answer and ends by itself, with the
/// daemon at the latest. Who is asked by way of that LAN does not answer meanwhile, so an end before its time is asked
/// for by way of another one. A daemon that was not started with `--permit-faults`, and a back end that cannot cut,
/// say `wrong-state`.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/faults/cut", operation_id = "cut_lan", tag = "faults",
    params(NodePath), security(("token" = ["admin"])), request_body = CutRequest,
    responses((status = 202, description = "It will be cut.", body = Fault), Problems)
)]
pub async fn cut(
    State(app): State<Shared>,
    _: Admin,
    _: Path<NodePath>,
    Body(request): Body<CutRequest>,
) -> Result<(StatusCode, Json<Fault>), Problem> {
    accepted(faults::cut(&app, request).await)
}

/// Freeze the daemon of a node
///
/// As by SIGSTOP, and SIGCONT afterwards: 200 ms after the answer it stands still, and its lease runs out. A daemon
/// that was not started with `--permit-faults` says `wrong-state`.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/faults/freeze", operation_id = "freeze_daemon", tag = "faults",
    params(NodePath), security(("token" = ["admin"])), request_body = FreezeRequest,
    responses((status = 202, description = "It will stand still.", body = Fault), Problems)
)]
pub async fn freeze(
    State(app): State<Shared>,
    _: Admin,
    _: Path<NodePath>,
    Body(request): Body<FreezeRequest>,
) -> Result<(StatusCode, Json<Fault>), Problem> {
    accepted(faults::freeze(&app, request).await)
}

/// Kill the daemon of a node
///
/// As by SIGKILL, 200 ms after the answer. Whatever looks after the daemon, as systemd does, starts it again. One
/// that was not started with `--permit-faults` says `wrong-state`.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/faults/kill", operation_id = "kill_daemon", tag = "faults",
    params(NodePath), security(("token" = ["admin"])),
    responses((status = 202, description = "It will be gone.", body = Fault), Problems)
)]
pub async fn kill(
    State(app): State<Shared>,
    _: Admin,
    _: Path<NodePath>,
) -> Result<(StatusCode, Json<Fault>), Problem> {
    accepted(faults::kill_daemon(&app).await)
}

/// End a fault before its time
///
/// The network is whole again when it is answered. What is frozen or about to be killed cannot be called off and
/// says `wrong-state`.
#[utoipa::path(
    delete, path = "/v1/nodes/{node}/faults/{fault}", operation_id = "end_fault", tag = "faults",
    params(FaultPath), security(("token" = ["admin"])),
    responses((status = 200, description = "It has ended.", body = Fault), Problems)
)]
pub async fn end(
    State(app): State<Shared>,
    _: Admin,
    Path(path): Path<FaultPath>,
) -> Result<Json<Fault>, Problem> {
    faults::end(&app, path.fault).await.map(Json)
}

fn accepted(fault: Result<Fault, Problem>) -> Result<(StatusCode, Json<Fault>), Problem> {
    fault.map(|fault| (StatusCode::ACCEPTED, Json(fault)))
}
