//! Modules on all nodes: each operation is a fan-out to the nodes' own.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{Method, StatusCode};
use evenkeel_core::ids::ModuleName;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::{App, Shared};
use crate::apply;
use crate::auth::{Admin, Caller, Control, Monitor};
use crate::extract::{Body, IfMatch, IfMatchHeader, Json, ModulePath, Path, Query, Tagged};
use crate::fan_out::{Answers, Call, fan_out, refused, result, results};
use crate::openapi::Problems;
use crate::problem::{Problem, ProblemType};
use crate::store::modules::{self, signature};
use crate::views::module::{
    Module, ModuleConfiguration, ModuleEntry, ModuleList, ModuleOnNode, ModuleSettings,
    ModuleSummary, NodeModuleList, NodeSelection, UnreachableNode,
};
use crate::views::result::{
    Accepted, Applied, BucketMove, ConfigureResult, NodeResult, NodeResults,
};
use crate::views::shares;

/// The modules
///
/// Each with its state and revision on every node, so that a difference shows.
#[utoipa::path(
    get, path = "/v1/modules", operation_id = "list_modules", tag = "modules",
    security(("token" = ["monitor"])),
    responses((status = 200, description = "The modules.", body = ModuleList), Problems)
)]
pub async fn list(State(app): State<Shared>, Monitor(caller): Monitor) -> Json<ModuleList> {
    Json(module_list(&app, &caller).await)
}

/// The modules of all nodes that answer.
pub async fn module_list(app: &Shared, caller: &Caller) -> ModuleList {
    let call = Call::new(Method::GET, "/modules");
    let answers: Answers<NodeModuleList> = fan_out(app, caller, app.node_names(), &call).await;
    let mut modules: BTreeMap<String, Vec<ModuleOnNode>> = BTreeMap::new();
    let mut unreachable = Vec::new();
    for (node, answer) in answers {
        match answer {
            Ok(list) => {
                for entry in list.modules {
                    modules.entry(entry.module).or_default().push(entry.on);
                }
            }
            Err(problem) => unreachable.push(UnreachableNode { node, problem }),
        }
    }
    let all = app.node_names().len();
    let summary = |(module, nodes): (String, Vec<ModuleOnNode>)| ModuleSummary {
        module,
        consistent: nodes.len() == all && same_revision(&nodes),
        nodes,
    };
    ModuleList {
        modules: modules.into_iter().map(summary).collect(),
        unreachable,
    }
}

fn same_revision(nodes: &[ModuleOnNode]) -> bool {
    let revision = |node: &ModuleOnNode| (node.revision, node.signature.clone());
    nodes
        .windows(2)
        .all(|pair| revision(&pair[0]) == revision(&pair[1]))
}

/// A module
///
/// Its state on every node, and how the traffic is shared among them as configured and as measured
/// by the flows that each opened. A node that does not answer, or lacks the module, says so.
#[utoipa::path(
    get, path = "/v1/modules/{module}", operation_id = "get_module", tag = "modules",
    params(ModulePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The module on each node.", body = Module), Problems)
)]
pub async fn get(
    State(app): State<Shared>,
    Monitor(caller): Monitor,
    Path(path): Path<ModulePath>,
) -> Result<Json<Module>, Problem> {
    let call = Call::new(Method::GET, format!("/modules/{}", path.module));
    let answers = fan_out(&app, &caller, app.node_names(), &call).await;
    let entry = |(node, answer)| match answer {
        Ok(status) => ModuleEntry {
            node,
            status: Some(status),
            problem: None,
        },
        Err(problem) => ModuleEntry {
            node,
            status: None,
            problem: Some(problem),
        },
    };
    let nodes: Vec<ModuleEntry> = answers.into_iter().map(entry).collect();
    let unknown = |entry: &ModuleEntry| {
        entry
            .problem
            .as_ref()
            .is_some_and(|p| p.kind == ProblemType::UnknownModule)
    };
    if nodes.iter().all(unknown) {
        let detail = format!("module {} is configured on no node", path.module);
        return Err(Problem::new(ProblemType::UnknownModule, detail));
    }
    Ok(Json(Module {
        module: path.module.to_string(),
        groups: shares::shares(&nodes),
        nodes,
    }))
}

/// The configuration of a module
///
/// As the answering node has it. Send its `ETag` as `If-Match` with a change that is meant for this
/// configuration and no other.
#[utoipa::path(
    get, path = "/v1/modules/{module}/config", operation_id = "get_module_config", tag = "modules",
    params(ModulePath), security(("token" = ["monitor"])),
    responses((
        status = 200, description = "The configuration.", body = ModuleConfiguration,
        headers(("ETag" = String, description = "Tells this revision from every other one."))
    ), Problems)
)]
pub async fn config(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<ModulePath>,
) -> Result<Tagged<ModuleConfiguration>, Problem> {
    let stored = super::node_modules::configuration(&app, &path.module).await?;
    Ok(Tagged(stored.etag(), stored))
}

/// Whether to check only.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ConfigureQuery {
    /// True: check on every node and change nothing.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub dry_run: bool,
}

/// Configure a module
///
/// Checks the configuration on every node that answers; one that refuses it stops the change on
/// all. Then applies it on every node. Nodes that lack the revision afterwards are named; the same
/// request again completes it there, and a node that was away takes it when it is back, before it starts
/// any module. A module that runs takes other powers of hosts, virtual addresses, groups and rules, as long as the
/// first group stays, no rule moves to a group that is there already, what is hashed of a packet that is taken
/// before and after stays, and so does each virtual MAC address; and all of `<check>`, `<errd>`, `<failover>`,
/// `<user>`, `<farm>`, and of the attributes of `<service>` but `mode`: what stays the same there goes on. Its scripts
/// are other ones from their next run on. For anything else it must be stopped.
#[utoipa::path(
    put, path = "/v1/modules/{module}", operation_id = "configure_module", tag = "modules",
    params(ModulePath, ConfigureQuery, IfMatchHeader), security(("token" = ["admin"])),
    request_body = ModuleSettings,
    responses((status = 200, description = "At least one node has the revision, or would take it.", body = ConfigureResult), Problems)
)]
pub async fn configure(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(ModulePath { module }): Path<ModulePath>,
    Query(query): Query<ConfigureQuery>,
    condition: IfMatch,
    Body(settings): Body<ModuleSettings>,
) -> Result<Json<ConfigureResult>, Problem> {
    configure_if(&app, &caller, module, settings, (query.dry_run, condition))
        .await
        .map(Json)
}

/// [`configure_everywhere`] on the configurations that the caller means.
///
/// # Errors
///
/// When another one is in force on this node, and those of [`configure_everywhere`].
pub async fn configure_if(
    app: &Shared,
    caller: &Caller,
    module: ModuleName,
    settings: ModuleSettings,
    (dry_run, condition): (bool, IfMatch),
) -> Result<ConfigureResult, Problem> {
    let base = base(app, &module, &condition).await?;
    configure_everywhere(app, caller, module, settings, (dry_run, base)).await
}

/// The revision that a conditional change builds on, so that of two at the same time one is refused.
async fn base(
    app: &Shared,
    module: &ModuleName,
    condition: &IfMatch,
) -> Result<Option<ModuleConfiguration>, Problem> {
    if !condition.is_given() {
        return Ok(None);
    }
    let name = module.to_string();
    let active = app.store.run(move |db| modules::active(db, &name)).await?;
    let etag = active.as_ref().map(ModuleConfiguration::etag);
    if condition.holds(etag.as_deref()) {
        return Ok(active);
    }
    let has = etag.map_or_else(
        || "no configuration".to_owned(),
        |etag| format!("ETag {etag}"),
    );
    let detail = format!(
        "module {module} has {has} on {}; read it and try again",
        app.name
    );
    Err(Problem::new(ProblemType::PreconditionFailed, detail))
}

/// Checks a configuration on every node that answers, then applies it on all, unless it is a dry run: as the
/// revision after `base`, or after the latest of any node.
///
/// # Errors
///
/// When a node refuses it, or none takes it; nothing changed where it is refused.
pub async fn configure_everywhere(
    app: &Shared,
    caller: &Caller,
    module: ModuleName,
    settings: ModuleSettings,
    (dry_run, base): (bool, Option<ModuleConfiguration>),
) -> Result<ConfigureResult, Problem> {
    let (_, warnings) = apply::read(app, &settings)?;
    let revision = match base {
        Some(base) if base.signature == signature(&settings) => base.revision,
        Some(base) => base.revision.saturating_add(1),
        None => next_revision(app, caller, &module, &settings).await,
    };
    let put = |dry_run| put_call(&module, &settings, revision, dry_run);
    let answers: Answers<Applied> = fan_out(app, caller, app.node_names(), &put(true)?).await;
    let is_live = |(_, answer): &(String, Result<Applied, Problem>)| {
        answer.as_ref().is_ok_and(|applied| applied.live)
    };
    let live = answers.iter().any(is_live);
    let moves = moves(&answers);
    let checked = applied(answers);
    let refusal = |node: &NodeResult| {
        node.problem
            .as_ref()
            .is_some_and(|p| p.kind != ProblemType::NodeUnreachable)
    };
    if checked.iter().any(refusal) {
        return Err(refused(&checked));
    }
    if live && !dry_run {
        expect(app, caller, &checked, (&module, &settings)).await?;
    }
    let nodes = match dry_run {
        true => checked,
        false => put_in_order(app, caller, &checked, &put(false)?).await?,
    };
    if !nodes.iter().any(|node| node.ok) {
        return Err(refused(&nodes));
    }
    let missing: Vec<_> = nodes
        .iter()
        .filter(|n| !n.ok)
        .map(|n| n.node.clone())
        .collect();
    Ok(ConfigureResult {
        module: module.to_string(),
        dry_run,
        revision,
        signature: signature(&settings),
        complete: missing.is_empty(),
        missing,
        warnings,
        moves,
        nodes,
    })
}

/// As a node has it that is a member: it knows the tables in force.
fn moves(answers: &Answers<Applied>) -> Vec<BucketMove> {
    let moves = answers
        .iter()
        .filter_map(|(_, answer)| answer.as_ref().ok());
    let mut moves = moves.map(|applied| applied.moves.clone());
    moves.find(|moves| !moves.is_empty()).unwrap_or_default()
}

/// One above the latest revision of any node that answers, removals included; that revision itself where it
/// has this very content, so that repeating a request completes it.
async fn next_revision(
    app: &Shared,
    caller: &Caller,
    module: &ModuleName,
    settings: &ModuleSettings,
) -> u64 {
    let call = Call::new(Method::GET, "/modules");
    let answers: Answers<NodeModuleList> = fan_out(app, caller, app.node_names(), &call).await;
    let (mut known, mut removed) = (Vec::new(), 0);
    for list in answers.into_iter().filter_map(|(_, answer)| answer.ok()) {
        let entries = list.modules.into_iter();
        let its = entries.filter(|entry| entry.module == module.as_str());
        known.extend(its.map(|entry| entry.on));
        let gone = list
            .removed
            .into_iter()
            .filter(|one| one.module == module.as_str());
        removed = gone.map(|one| one.revision).max().unwrap_or(0).max(removed);
    }
    let latest = known
        .iter()
        .map(|node| node.revision)
        .max()
        .unwrap_or(0)
        .max(removed);
    let content = signature(settings);
    let is_content = |node: &ModuleOnNode| node.revision < latest || node.signature == content;
    if latest > removed && known.iter().all(is_content) {
        latest
    } else {
        latest.saturating_add(1)
    }
}

/// Puts a change in force on the first node that takes it, then on all others at once: of two changes at the
/// same time that node takes one and refuses the other, which then goes nowhere.
///
/// # Errors
///
/// When it is refused.
async fn put_in_order(
    app: &App,
    caller: &Caller,
    checked: &[NodeResult],
    put: &Call,
) -> Result<Vec<NodeResult>, Problem> {
    let mut nodes = Vec::new();
    for node in checked.iter().filter(|node| node.ok) {
        nodes.extend(put_on(app, caller, vec![node.node.clone()], put).await);
        match nodes.last().and_then(|node| node.problem.as_ref()) {
            None => break,
            Some(problem) if problem.kind == ProblemType::NodeUnreachable => {}
            Some(_) => return Err(refused(&nodes)),
        }
    }
    let order = app.node_names();
    let is_asked = |name: &String| nodes.iter().any(|node| node.node == *name);
    let others = order.iter().filter(|name| !is_asked(name)).cloned();
    nodes.extend(put_on(app, caller, others.collect(), put).await);
    nodes.sort_by_key(|node| order.iter().position(|name| *name == node.node));
    Ok(nodes)
}

/// Asks a node to take a configuration as this revision.
///
/// # Errors
///
/// When it makes no JSON.
pub fn put_call(
    module: &ModuleName,
    settings: &ModuleSettings,
    revision: u64,
    dry_run: bool,
) -> Result<Call, Problem> {
    let path = format!("/modules/{module}?dry_run={dry_run}&revision={revision}");
    Call::new(Method::PUT, path).body(settings)
}

async fn put_on(app: &App, caller: &Caller, nodes: Vec<String>, put: &Call) -> Vec<NodeResult> {
    applied(fan_out(app, caller, nodes, put).await)
}

fn applied(answers: Answers<Applied>) -> Vec<NodeResult> {
    let generation = |applied: Applied| Accepted {
        generation: applied.generation,
    };
    answers
        .into_iter()
        .map(|(node, answer)| result(node, answer.map(generation)))
        .collect()
}

/// Lets the members that run take each other for members while one after the other changes. Where one does not,
/// nobody changes.
async fn expect(
    app: &App,
    caller: &Caller,
    checked: &[NodeResult],
    (module, settings): (&ModuleName, &ModuleSettings),
) -> Result<(), Problem> {
    let there = checked.iter().filter(|node| node.ok);
    let there: Vec<String> = there.map(|node| node.node.clone()).collect();
    let path = format!("/modules/{module}/expected");
    let call = Call::new(Method::PUT, path.as_str()).body(settings)?;
    let answers: Answers<Accepted> = fan_out(app, caller, there.clone(), &call).await;
    // Where the module is new it does not run.
    let is_fine = |answer: &Result<Accepted, Problem>| match answer {
        Ok(_) => true,
        Err(problem) => problem.kind == ProblemType::UnknownModule,
    };
    if answers.iter().all(|(_, answer)| is_fine(answer)) {
        return Ok(());
    }
    let call = Call::new(Method::DELETE, path.as_str());
    fan_out::<Accepted>(app, caller, there, &call).await;
    let results = answers
        .into_iter()
        .map(|(node, answer)| result(node, answer));
    Err(refused(&results.collect::<Vec<_>>()))
}

/// Remove a module
///
/// From every node, with its configuration, its scripts and its log. It must be stopped.
#[utoipa::path(
    delete, path = "/v1/modules/{module}", operation_id = "delete_module", tag = "modules",
    params(ModulePath), security(("token" = ["admin"])),
    responses((status = 200, description = "At least one node removed it.", body = NodeResults), Problems)
)]
pub async fn remove(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(path): Path<ModulePath>,
) -> Result<Json<NodeResults>, Problem> {
    let call = Call::new(Method::DELETE, format!("/modules/{}", path.module));
    let answers = fan_out::<Accepted>(&app, &caller, app.node_names(), &call).await;
    Ok(Json(results(answers)?))
}

/// Start a module
///
/// On the nodes named, or on all, with a result per node. A node that took it starts the module by
/// itself; wait for `UP` `Ready` on the node. Where it runs already the node says `wrong-state`.
#[utoipa::path(
    post, path = "/v1/modules/{module}/start", operation_id = "start_module", tag = "modules",
    params(ModulePath), security(("token" = ["control"])), request_body = NodeSelection,
    responses((status = 202, description = "At least one node took it.", body = NodeResults), Problems)
)]
pub async fn start(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<ModulePath>,
    Body(selection): Body<NodeSelection>,
) -> Result<(StatusCode, Json<NodeResults>), Problem> {
    act(&app, &caller, &path.module, "start", &selection).await
}

/// Stop a module
///
/// On the nodes named, or on all, with a result per node. A node that took it hands its share to
/// the others, then stops the application; wait for `STOP` `NotReady` on the node.
#[utoipa::path(
    post, path = "/v1/modules/{module}/stop", operation_id = "stop_module", tag = "modules",
    params(ModulePath), security(("token" = ["control"])), request_body = NodeSelection,
    responses((status = 202, description = "At least one node took it.", body = NodeResults), Problems)
)]
pub async fn stop(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<ModulePath>,
    Body(selection): Body<NodeSelection>,
) -> Result<(StatusCode, Json<NodeResults>), Problem> {
    act(&app, &caller, &path.module, "stop", &selection).await
}

/// Restart the application of a module
///
/// In place, on the nodes named, or on all, with a result per node. A node that took it hands its share
/// to the others, runs `stop_both` and `start_both`, and takes its share back; the virtual addresses
/// stay. Nodes named together restart together: name them one after the other to keep the service up.
#[utoipa::path(
    post, path = "/v1/modules/{module}/restart", operation_id = "restart_module", tag = "modules",
    params(ModulePath), security(("token" = ["control"])), request_body = NodeSelection,
    responses((status = 202, description = "At least one node took it.", body = NodeResults), Problems)
)]
pub async fn restart(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<ModulePath>,
    Body(selection): Body<NodeSelection>,
) -> Result<(StatusCode, Json<NodeResults>), Problem> {
    act(&app, &caller, &path.module, "restart", &selection).await
}

/// Stop a module and start it again
///
/// On the nodes named, or on all, with a result per node. A node that took it goes all the way to
/// `STOP` and starts by itself; a stop meanwhile calls the start off.
#[utoipa::path(
    post, path = "/v1/modules/{module}/stopstart", operation_id = "stopstart_module", tag = "modules",
    params(ModulePath), security(("token" = ["control"])), request_body = NodeSelection,
    responses((status = 202, description = "At least one node took it.", body = NodeResults), Problems)
)]
pub async fn stopstart(
    State(app): State<Shared>,
    Control(caller): Control,
    Path(path): Path<ModulePath>,
    Body(selection): Body<NodeSelection>,
) -> Result<(StatusCode, Json<NodeResults>), Problem> {
    act(&app, &caller, &path.module, "stopstart", &selection).await
}

pub(super) async fn act(
    app: &Shared,
    caller: &Caller,
    module: &ModuleName,
    action: &str,
    selection: &NodeSelection,
) -> Result<(StatusCode, Json<NodeResults>), Problem> {
    let nodes = app.select(selection.nodes.as_deref())?;
    let call = Call::new(Method::POST, format!("/modules/{module}/{action}"));
    let answers = fan_out::<Accepted>(app, caller, nodes, &call).await;
    Ok((StatusCode::ACCEPTED, Json(results(answers)?)))
}
