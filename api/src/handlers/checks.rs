//! Switching the checks of a module.

use axum::extract::State;

use crate::app::Shared;
use crate::auth::Control;
use crate::checks;
use crate::extract::{Body, Json, NodeModulePath, Path};
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::views::checks::{CheckSwitches, ModuleChecks};

/// Switch the checks of a module on or off
///
/// For whoever works on the application: while the checkers, or the monitoring of processes, are off, nobody
/// looks, what they look at is `init`, no rule acts on it, and nothing waits for it. The node keeps it, also for
/// when the module or the daemon is started again. `checks` of the module's status says what is on. Processes
/// of a class with a name of its own are looked at only while that is on, too, which the module's scripts say.
/// Where the module runs and the checkers or the monitoring are switched, its script `update` follows.
#[utoipa::path(
    put, path = "/v1/nodes/{node}/modules/{module}/checks", operation_id = "switch_checks_on_node",
    tag = "node modules", params(NodeModulePath), security(("token" = ["control"])),
    request_body = CheckSwitches,
    responses((status = 200, description = "These are on.", body = ModuleChecks), Problems)
)]
pub async fn switch(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<NodeModulePath>,
    Body(wanted): Body<CheckSwitches>,
) -> Result<Json<ModuleChecks>, Problem> {
    checks::switch(&app, &path.module, wanted, &caller.user)
        .await
        .map(Json)
}
