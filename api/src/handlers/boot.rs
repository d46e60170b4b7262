//! Whether a module starts with the machine of a node.

use axum::extract::State;

use crate::app::Shared;
use crate::auth::Control;
use crate::boot;
use crate::extract::{Body, Json, NodeModulePath, Path};
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::views::boot::{BootSwitch, ModuleBoot};

/// Switch the start with the machine of a module on or off
///
/// The node keeps the switch, and it counts where the module's `boot` is `ignore`, which is the
/// default. It starts and stops nothing at once; a start at boot that has not happened yet is called off
/// with it. Where the module runs, its script `update` follows.
#[utoipa::path(
    put, path = "/v1/nodes/{node}/modules/{module}/boot", operation_id = "set_module_boot_on_node",
    tag = "node modules", params(NodeModulePath), security(("token" = ["control"])), request_body = BootSwitch,
    responses((status = 200, description = "The switch is so.", body = ModuleBoot), Problems)
)]
pub async fn set(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<NodeModulePath>,
    Body(switch): Body<BootSwitch>,
) -> Result<Json<ModuleBoot>, Problem> {
    boot::switch(&app, &path.module, switch.enabled, &caller.user)
        .await
        .map(Json)
}
