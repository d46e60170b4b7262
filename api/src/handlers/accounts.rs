//! Users and API keys of a node as the nodes compare them.

use axum::extract::State;

use crate::app::Shared;
use crate::auth::Admin;
use crate::extract::{Json, NodePath, Path};
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::store::accounts;
use crate::views::account::{Account, AccountList};

/// The accounts of a node
///
/// Which version of each user and API key the node has, removals included: a node that was away takes what
/// is later elsewhere by itself. What proves a password or a key only other nodes get.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/accounts", operation_id = "list_accounts_on_node", tag = "users",
    params(NodePath), security(("token" = ["admin"])),
    responses((status = 200, description = "The accounts.", body = AccountList), Problems)
)]
pub async fn list_of_node(
    State(app): State<Shared>,
    Admin(caller): Admin,
    _: Path<NodePath>,
) -> Result<Json<AccountList>, Problem> {
    let mut accounts = app.store.run(|db| accounts::all(db)).await?;
    if !caller.is_node() {
        let bare = |account| Account {
            user: None,
            api_key: None,
            ..account
        };
        accounts = accounts.into_iter().map(bare).collect();
    }
    Ok(Json(AccountList { accounts }))
}
