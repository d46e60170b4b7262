//! Users, API keys and webhooks of a node as the nodes compare them.

use axum::extract::State;

use crate::app::Shared;
use crate::auth::Admin;
use crate::extract::{Json, NodePath, Path};
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::store::records;
use crate::views::record::{Record, RecordList};

/// The records of a node
///
/// Which version of each user, API key and webhook the node has, removals included: a node that was away takes
/// what is later elsewhere by itself. Passwords' hashes, keys' digests and webhooks' secrets only other nodes get.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/records", operation_id = "list_records_on_node", tag = "users",
    params(NodePath), security(("token" = ["admin"])),
    responses((status = 200, description = "The records.", body = RecordList), Problems)
)]
pub async fn list_of_node(
    State(app): State<Shared>,
    Admin(caller): Admin,
    _: Path<NodePath>,
) -> Result<Json<RecordList>, Problem> {
    let mut records = app.store.run(|db| records::all(db)).await?;
    if caller.as_node().is_none() {
        let bare = |record| Record {
            user: None,
            api_key: None,
            webhook: None,
            ..record
        };
        records = records.into_iter().map(bare).collect();
    }
    Ok(Json(RecordList { records }))
}
