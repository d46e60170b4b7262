//! The cluster as the answering node sees it, and nodes and LANs that come and go.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::Shared;
use crate::auth::{Admin, Monitor};
use crate::cluster::{self, change::Change};
use crate::extract::{Body, Json, NodePath, Path, Query};
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::views::cluster::{
    ClusterChange, ClusterChanged, ClusterFile, ClusterState, GoneLan, GoneNode, NewLan, NewNode,
};
use crate::views::convert;
use crate::views::names::Counter;
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
    Json(convert::cluster(&app.cluster(), &status))
}

/// Add a node to the cluster
///
/// While everything runs: first every node accepts it, then it is in force. Where one cannot be reached or
/// refuses, nothing changes, and the problem names it. Its machine joins afterwards: make a token for it
/// (`/v1/cluster/join-tokens`) and give it to `evenkeel join` there. It has the modules' configurations then, and
/// takes part in a module when that is started there; a group with hosts of its own needs it among them.
#[utoipa::path(
    post, path = "/v1/cluster/nodes", operation_id = "add_node", tag = "cluster",
    security(("token" = ["admin"])), request_body = NewNode,
    responses((status = 200, description = "The node is known.", body = ClusterChanged), Problems)
)]
pub async fn add(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Body(new): Body<NewNode>,
) -> Result<Json<ClusterChanged>, Problem> {
    let change = Change::Add(new);
    cluster::change::ask(&app, &caller, &change).await.map(Json)
}

/// What is known of a node that is to go.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GoneQuery {
    /// True: its machine is off for good, and is not asked. One that runs on and is only cut off would serve
    /// beside the others when it is back, until it has learned that it is out.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub lost: bool,
    /// Others whose machines are off for good, by their names with commas between them: they go with it, as no
    /// change is possible while a node that stays is away.
    #[param(max_length = 4160, example = "node5,node6")]
    pub also: Option<String>,
}

/// Remove a node from the cluster
///
/// While everything else runs. Its modules have to be stopped; it starts none from then on, and its daemon can be
/// stopped and its data removed. All other nodes have to be there, as for an addition. What it knew stays good
/// until the cluster's secret is rotated (`/v1/cluster/secret/rotate`, with `authority`).
#[utoipa::path(
    delete, path = "/v1/cluster/nodes/{node}", operation_id = "remove_node", tag = "cluster",
    params(NodePath, GoneQuery), security(("token" = ["admin"])),
    responses((status = 200, description = "The node is out.", body = ClusterChanged), Problems)
)]
pub async fn remove(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(path): Path<NodePath>,
    Query(query): Query<GoneQuery>,
) -> Result<Json<ClusterChanged>, Problem> {
    let node = match app.is_me(&path.node) {
        true => app.name.clone(),
        false => path.node,
    };
    let also = query.also.unwrap_or_default();
    let also = also.split(',').filter(|name| !name.is_empty());
    let change = Change::Remove(GoneNode {
        node,
        lost: query.lost,
        also: also.map(ToOwned::to_owned).collect(),
    });
    cluster::change::ask(&app, &caller, &change).await.map(Json)
}

/// Add a LAN to the cluster
///
/// One more network on which the nodes hear each other, while everything runs: as an addition of a node, either
/// every node takes it or nothing changes. A module whose `<farm>` names its networks goes on with those until its
/// configuration names this one, too.
#[utoipa::path(
    post, path = "/v1/cluster/lans", operation_id = "add_lan", tag = "cluster",
    security(("token" = ["admin"])), request_body = NewLan,
    responses((status = 200, description = "The LAN is known.", body = ClusterChanged), Problems)
)]
pub async fn add_lan(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Body(new): Body<NewLan>,
) -> Result<Json<ClusterChanged>, Problem> {
    let change = Change::AddLan(new);
    cluster::change::ask(&app, &caller, &change).await.map(Json)
}

/// Which LAN.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Path)]
pub struct LanPath {
    /// Its name.
    #[param(max_length = 64, example = "backup")]
    pub lan: String,
}

/// Remove a LAN from the cluster
///
/// While everything runs. The first one and the one for commands stay, and so does one that a module names; refused
/// also while a node answers another one on no other LAN. All nodes have to be there.
#[utoipa::path(
    delete, path = "/v1/cluster/lans/{lan}", operation_id = "remove_lan", tag = "cluster",
    params(LanPath), security(("token" = ["admin"])),
    responses((status = 200, description = "The LAN is out.", body = ClusterChanged), Problems)
)]
pub async fn remove_lan(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(path): Path<LanPath>,
) -> Result<Json<ClusterChanged>, Problem> {
    let change = Change::RemoveLan(GoneLan { name: path.lan });
    cluster::change::ask(&app, &caller, &change).await.map(Json)
}

/// Lead a change of the cluster at one node
///
/// Part of adding and removing nodes and LANs: the first node that stays leads each change, whoever was asked for it.
#[utoipa::path(
    post, path = "/v1/nodes/{node}/cluster/change", operation_id = "change_cluster_at_node",
    tag = "cluster", params(NodePath), security(("token" = ["admin"])), request_body = ClusterChange,
    responses((status = 200, description = "It is in force.", body = ClusterChanged), Problems)
)]
pub async fn change(
    State(app): State<Shared>,
    Admin(caller): Admin,
    _: Path<NodePath>,
    Body(change): Body<ClusterChange>,
) -> Result<Json<ClusterChanged>, Problem> {
    let change = Change::try_from(change)?;
    cluster::change::lead(&app, &caller, change).await.map(Json)
}

/// The cluster's configuration on a node
///
/// What is in force there, and whether it has accepted another one.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/cluster", operation_id = "get_cluster_on_node", tag = "cluster",
    params(NodePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "Where the node is.", body = ClusterState), Problems)
)]
pub async fn get_on_node(
    State(app): State<Shared>,
    _: Monitor,
    _: Path<NodePath>,
) -> Json<ClusterState> {
    Json(cluster::state(&app))
}

/// Put the cluster's configuration in force on one node
///
/// Part of adding and removing nodes and LANs: the one that the node accepted, or a later one where no module of it runs.
#[utoipa::path(
    put, path = "/v1/nodes/{node}/cluster", operation_id = "put_cluster_on_node", tag = "cluster",
    params(NodePath), security(("token" = ["admin"])), request_body = ClusterFile,
    responses((status = 200, description = "It is in force.", body = ClusterState), Problems)
)]
pub async fn put_on_node(
    State(app): State<Shared>,
    _: Admin,
    _: Path<NodePath>,
    Body(file): Body<ClusterFile>,
) -> Result<Json<ClusterState>, Problem> {
    let config = cluster::read(&file.configuration)?;
    cluster::put(&app, config).await.map(Json)
}

/// Let one node accept the cluster's next configuration
///
/// Part of adding and removing nodes and LANs: the node goes on with its own, and takes those that have the next one for
/// members as well. One without this node is accepted where no module runs, and none starts there from then on.
#[utoipa::path(
    put, path = "/v1/nodes/{node}/cluster/next", operation_id = "accept_cluster_on_node",
    tag = "cluster", params(NodePath), security(("token" = ["admin"])), request_body = ClusterFile,
    responses((status = 200, description = "The node accepts it.", body = ClusterState), Problems)
)]
pub async fn accept(
    State(app): State<Shared>,
    _: Admin,
    _: Path<NodePath>,
    Body(file): Body<ClusterFile>,
) -> Result<Json<ClusterState>, Problem> {
    let config = cluster::read(&file.configuration)?;
    cluster::accept(&app, config).await.map(Json)
}

/// Which configuration.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RevisionQuery {
    /// The revision of the next configuration; another one stays.
    #[param(value_type = u64, format = "uint64", minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 2)]
    pub revision: Counter,
}

/// Let one node accept the cluster's next configuration no more
///
/// Undoes the first step of a change that not every node could take. Refused once it is in force there.
#[utoipa::path(
    delete, path = "/v1/nodes/{node}/cluster/next", operation_id = "abandon_cluster_on_node",
    tag = "cluster", params(NodePath, RevisionQuery), security(("token" = ["admin"])),
    responses((status = 200, description = "The node does not accept it.", body = ClusterState), Problems)
)]
pub async fn abandon(
    State(app): State<Shared>,
    _: Admin,
    _: Path<NodePath>,
    Query(query): Query<RevisionQuery>,
) -> Result<Json<ClusterState>, Problem> {
    cluster::abandon(&app, query.revision.0).await.map(Json)
}
