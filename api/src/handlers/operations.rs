//! Operations: begun here, followed and called off on the node that carries them out.

use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderName, Method, StatusCode, header};
use evenkeel_core::ids::ModuleName;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::{App, Shared};
use crate::auth::{Caller, Control, Monitor};
use crate::extract::{Body, Json, ModulePath, NodeModulePath, OperationPath, Path, Query};
use crate::fan_out::{Answers, Call, fan_out};
use crate::handlers::node_modules::patience;
use crate::openapi::Problems;
use crate::operations;
use crate::problem::{Problem, ProblemType};
use crate::rolling;
use crate::store;
use crate::views::module::UnreachableNode;
use crate::views::operation::{Operation, OperationList, RollingRequest};

/// What begins an operation answers: where it is followed, and how it stands.
type Begun = (StatusCode, [(HeaderName, String); 1], Json<Operation>);

/// Restart a module's application node by node
///
/// One after the other is drained, has its application stopped and started, is waited for until it is `UP`
/// `Ready` with its checks passed, and takes its share again; the service is never interrupted. It stops at
/// the first failure and says where; a node that fails stays as it is. `Location` says where the operation
/// is followed. To upgrade an application put it in place on the nodes first, or let `start_both` do it.
#[utoipa::path(
    post, path = "/v1/modules/{module}/rolling", operation_id = "roll_module", tag = "modules",
    params(ModulePath), security(("token" = ["control"])), request_body = RollingRequest,
    responses((
        status = 202, description = "It goes on by itself.", body = Operation,
        headers(("Location" = String, description = "The path of the operation."))
    ), Problems)
)]
pub async fn roll(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(ModulePath { module }): Path<ModulePath>,
    Body(request): Body<RollingRequest>,
) -> Result<Begun, Problem> {
    let _one_at_a_time = app.operations.beginning.lock().await;
    let known = of_all_nodes(&app, &caller, &module).await.operations;
    if let Some(other) = known.iter().find(|one| one.is_running()) {
        let detail = format!("operation {} of {} is under way", other.id, other.node);
        return Err(Problem::new(ProblemType::InProgress, detail));
    }
    let begun = rolling::begin(&app, caller, module, &request).await?;
    let path = format!(
        "/v1/nodes/{}/modules/{}/operations/{}",
        begun.node, begun.module, begun.id
    );
    Ok((
        StatusCode::ACCEPTED,
        [(header::LOCATION, path)],
        Json(begun),
    ))
}

/// The operations on a module
///
/// Of all nodes, those that run and those that ended, the newest first.
#[utoipa::path(
    get, path = "/v1/modules/{module}/operations", operation_id = "list_operations", tag = "modules",
    params(ModulePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The operations.", body = OperationList), Problems)
)]
pub async fn list(
    State(app): State<Shared>,
    Monitor(caller): Monitor,
    Path(ModulePath { module }): Path<ModulePath>,
) -> Json<OperationList> {
    Json(of_all_nodes(&app, &caller, &module).await)
}

/// The operations of all nodes that answer.
async fn of_all_nodes(app: &App, caller: &Caller, module: &ModuleName) -> OperationList {
    let call = Call::new(Method::GET, format!("/modules/{module}/operations"));
    let answers: Answers<OperationList> = fan_out(app, caller, app.node_names(), &call).await;
    let mut all = OperationList {
        operations: Vec::new(),
        unreachable: Vec::new(),
    };
    for (node, answer) in answers {
        match answer {
            Ok(list) => all.operations.extend(list.operations),
            Err(problem) => all.unreachable.push(UnreachableNode { node, problem }),
        }
    }
    all.operations
        .sort_by(|a, b| b.started_at.cmp(&a.started_at));
    all
}

/// The operations of a node on a module
///
/// Those that it carries out or did, the newest first.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/modules/{module}/operations", operation_id = "list_operations_of_node",
    tag = "node modules", params(NodeModulePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The operations.", body = OperationList), Problems)
)]
pub async fn list_of_node(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<NodeModulePath>,
) -> Result<Json<OperationList>, Problem> {
    let module = path.module.to_string();
    let stored = app
        .store
        .run(move |db| store::operations::list(db, &module));
    Ok(Json(OperationList {
        operations: stored.await?,
        unreachable: Vec::new(),
    }))
}

/// An operation
///
/// Where it is, with each of its nodes.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/modules/{module}/operations/{operation}", operation_id = "get_operation",
    tag = "node modules", params(OperationPath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The operation.", body = Operation), Problems)
)]
pub async fn get(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<OperationPath>,
) -> Result<Json<Operation>, Problem> {
    operations::follow(&app, &path.module, path.operation, Duration::ZERO)
        .await
        .map(Json)
}

/// How long to wait for an operation.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FollowQuery {
    /// How long to wait, in milliseconds; 30 s when absent.
    #[param(format = "uint64", minimum = 0, maximum = 300_000, example = 10_000)]
    pub timeout_ms: Option<u64>,
}

/// Wait for the end of an operation
///
/// Answers as soon as it has ended, and when the time has passed: `state` says which.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/modules/{module}/operations/{operation}/wait",
    operation_id = "wait_for_operation", tag = "node modules", params(OperationPath, FollowQuery),
    security(("token" = ["monitor"])),
    responses((status = 200, description = "The operation.", body = Operation), Problems)
)]
pub async fn wait(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<OperationPath>,
    Query(query): Query<FollowQuery>,
) -> Result<Json<Operation>, Problem> {
    let patience = patience(query.timeout_ms)?;
    operations::follow(&app, &path.module, path.operation, patience)
        .await
        .map(Json)
}

/// Call an operation off
///
/// It ends after the node whose application is being started, or gives a node that is being drained its
/// share back. One that has ended says `wrong-state`.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/modules/{module}/operations/{operation}/cancel",
    operation_id = "cancel_operation", tag = "node modules", params(OperationPath),
    security(("token" = ["control"])),
    responses((status = 202, description = "It will end.", body = Operation), Problems)
)]
pub async fn cancel(
    State(app): State<Shared>,
    _: Control,
    Path(path): Path<OperationPath>,
) -> Result<(StatusCode, Json<Operation>), Problem> {
    let operation = operations::cancel(&app, &path.module, path.operation).await?;
    Ok((StatusCode::ACCEPTED, Json(operation)))
}
