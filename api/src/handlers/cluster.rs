//! The cluster as the answering node sees it.

use axum::extract::State;

use crate::app::Shared;
use crate::auth::Monitor;
use crate::extract::Json;
use crate::openapi::Problems;
use crate::views::convert;
use crate::views::node::Cluster;

/// The cluster
///
/// Its nodes, whether the answering node hears them, and its networks.
#[utoipa::path(
    get, path = "/v1/cluster", operation_id = "get_cluster", tag = "cluster",
    security(("token" = ["monitor"])),
    responses((status = 200, description = "The cluster.", body = Cluster), Problems)
)]
pub async fn get(State(app): State<Shared>, _: Monitor) -> Json<Cluster> {
    let status = app.engine.status().borrow().clone();
    Json(convert::cluster(&app.cluster, &status))
}
