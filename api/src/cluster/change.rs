//! A node or a LAN comes or goes: one node leads each change of the cluster, the first one that stays, whoever was
//! asked. No other leads at the same time, so that what an interrupted change left behind can be undone.

use std::net::IpAddr;

use axum::http::Method;
use evenkeel_core::config::model::{ClusterConfig, Lan, LanNode};
use evenkeel_core::config::write_cluster;
use evenkeel_core::ids::{NodeId, NodeSet};

use super::{accept, put, read, state};
use crate::app::App;
use crate::auth::Caller;
use crate::fan_out::{Answers, Call, ask_one, fan_out, refused, without_all};
use crate::limits;
use crate::problem::{ConfigProblem, Problem, ProblemType, Severity};
use crate::views::cluster::{
    ClusterChange, ClusterChanged, ClusterFile, ClusterState, GoneLan, GoneNode, NewLan, NewNode,
};
use crate::views::result::NodeResult;

/// A change of who is there, and on which LANs.
#[derive(Clone, Debug)]
pub enum Change {
    /// A node comes.
    Add(NewNode),
    /// A node goes.
    Remove(GoneNode),
    /// A LAN comes.
    AddLan(NewLan),
    /// A LAN goes.
    RemoveLan(GoneLan),
}

impl From<Change> for ClusterChange {
    fn from(change: Change) -> Self {
        match change {
            Change::Add(new) => Self {
                add: Some(new),
                ..Self::default()
            },
            Change::Remove(gone) => Self {
                remove: Some(gone),
                ..Self::default()
            },
            Change::AddLan(new) => Self {
                add_lan: Some(new),
                ..Self::default()
            },
            Change::RemoveLan(gone) => Self {
                remove_lan: Some(gone),
                ..Self::default()
            },
        }
    }
}

impl TryFrom<ClusterChange> for Change {
    type Error = Problem;

    fn try_from(given: ClusterChange) -> Result<Self, Problem> {
        let ClusterChange {
            add,
            remove,
            add_lan,
            remove_lan,
        } = given;
        let nodes = [add.map(Self::Add), remove.map(Self::Remove)];
        let lans = [add_lan.map(Self::AddLan), remove_lan.map(Self::RemoveLan)];
        let mut all = nodes.into_iter().chain(lans).flatten();
        match (all.next(), all.next()) {
            (Some(change), None) => Ok(change),
            (Some(_), Some(_)) | (None, _) => Err(Problem::malformed(
                "the body: give add, remove, add_lan or remove_lan, one of them",
            )),
        }
    }
}

/// Makes a change, at the node that leads it.
///
/// # Errors
///
/// When a node that stays cannot be reached or refuses it: nothing changed then, and the problem names it.
pub async fn ask(app: &App, caller: &Caller, change: &Change) -> Result<ClusterChanged, Problem> {
    let own = app.clusters.own();
    let stays = |name: &&str| match change {
        Change::Remove(gone) => !gone.has(name),
        Change::Add(_) | Change::AddLan(_) | Change::RemoveLan(_) => true,
    };
    let names = own.nodes().map(|(_, node)| node.name.as_str());
    let leader = names.into_iter().find(stays);
    let leader = leader.unwrap_or(&app.name);
    let call =
        Call::new(Method::POST, "/cluster/change").body(&ClusterChange::from(change.clone()))?;
    ask_one(app, caller, leader, &call.within(limits::CHANGE_TIME_MAX)).await
}

/// Leads a change.
///
/// # Errors
///
/// As [`ask`].
pub async fn lead(app: &App, caller: &Caller, change: Change) -> Result<ClusterChanged, Problem> {
    let Ok(_leading) = app.clusters.leading.try_lock() else {
        let detail = "another change of the cluster is under way; try again when it is done";
        return Err(Problem::new(ProblemType::WrongState, detail));
    };
    let own = app.clusters.own();
    let next = next(&own, &change)?;
    let gone = match &change {
        Change::Remove(gone) if !gone.lost => Some(gone.node.clone()),
        Change::Remove(_) | Change::Add(_) | Change::AddLan(_) | Change::RemoveLan(_) => None,
    };
    let others = app.other_names().into_iter();
    let stay: Vec<String> = others.filter(|name| next.node(name).is_some()).collect();
    let all: Vec<String> = stay.iter().cloned().chain(gone).collect();
    agree(app, caller, &all).await?;
    let call = Call::new(Method::PUT, "/cluster").body(&file(&next))?;
    let put = async {
        everywhere(app, caller, &all, &next).await?;
        put(app, next.clone()).await
    };
    let here = match put.await {
        Ok(state) => state,
        Err(problem) => {
            undo(app, caller, &all, next.revision).await;
            return Err(problem);
        }
    };
    let answers: Answers<ClusterState> = fan_out(app, caller, stay, &call).await;
    Ok(changed(app, here, answers))
}

fn file(config: &ClusterConfig) -> ClusterFile {
    ClusterFile {
        configuration: write_cluster(config),
    }
}

fn changed(app: &App, here: ClusterState, others: Answers<ClusterState>) -> ClusterChanged {
    let me = (app.name.clone(), Ok(here.clone()));
    let nodes = results([me].into_iter().chain(others));
    ClusterChanged {
        revision: here.revision,
        complete: nodes.iter().all(|node| node.ok),
        nodes,
    }
}

/// Makes sure that all have what this node has, and that nothing of an interrupted change is left.
async fn agree(app: &App, caller: &Caller, others: &[String]) -> Result<(), Problem> {
    let here = state(app);
    let call = Call::new(Method::GET, "/cluster");
    let answers: Answers<ClusterState> = fan_out(app, caller, others.to_vec(), &call).await;
    let mut left = here.next;
    let mut results = Vec::new();
    for (node, answer) in answers {
        let answer = answer.and_then(|there| {
            left = left.max(there.next);
            same(&node, &here, &there)
        });
        results.push((node, answer));
    }
    check(results)?;
    if let Some(revision) = left {
        undo(app, caller, others, revision).await;
    }
    Ok(())
}

fn same(node: &str, here: &ClusterState, there: &ClusterState) -> Result<(), Problem> {
    if here.configuration == there.configuration {
        return Ok(());
    }
    let detail = format!(
        "{node} has revision {} of the cluster's configuration, and this node revision {}; it catches up by \
         itself, where no module of it runs",
        there.revision, here.revision
    );
    Err(Problem::new(ProblemType::StaleRevision, detail))
}

/// Lets this node and the others accept it.
async fn everywhere(
    app: &App,
    caller: &Caller,
    others: &[String],
    next: &ClusterConfig,
) -> Result<(), Problem> {
    let call = Call::new(Method::PUT, "/cluster/next").body(&file(next))?;
    accept(app, next.clone()).await?;
    let answers: Answers<ClusterState> = fan_out(app, caller, others.to_vec(), &call).await;
    check(answers)
}

/// Who cannot be told keeps it as accepted, and takes no other one before it is told.
async fn undo(app: &App, caller: &Caller, others: &[String], revision: u64) {
    let call = Call::new(Method::DELETE, format!("/cluster/next?revision={revision}"));
    let answers: Answers<ClusterState> = fan_out(app, caller, others.to_vec(), &call).await;
    let here = super::abandon(app, revision).await;
    let own = (app.name.clone(), here);
    for (node, answer) in answers.into_iter().chain([own]) {
        if let Err(problem) = answer {
            tracing::warn!(node, %problem, "a change of the cluster is not undone on {node}");
        }
    }
}

/// What each node said.
fn results<T>(answers: impl IntoIterator<Item = (String, Result<T, Problem>)>) -> Vec<NodeResult> {
    let result = |(node, answer): (String, Result<T, Problem>)| NodeResult {
        node,
        ok: answer.is_ok(),
        generation: None,
        problem: answer.err(),
    };
    answers.into_iter().map(result).collect()
}

/// The problem of those that refused or did not answer.
fn check<T>(answers: Answers<T>) -> Result<(), Problem> {
    let results = results(answers);
    if results.iter().all(|result| result.ok) {
        return Ok(());
    }
    Err(without_all(refused(&results), "nothing changed"))
}

/// The configuration after a change.
///
/// # Errors
///
/// With everything that is wrong with it.
fn next(own: &ClusterConfig, change: &Change) -> Result<ClusterConfig, Problem> {
    let mut next = own.clone();
    next.revision += 1;
    next.numbers = own
        .nodes()
        .map(|(id, node)| (node.name.clone(), id))
        .collect();
    match change {
        Change::Add(new) => add(&mut next, new)?,
        Change::Remove(gone) => remove(&mut next, gone)?,
        Change::AddLan(new) => add_lan(&mut next, new)?,
        Change::RemoveLan(gone) => remove_lan(&mut next, gone)?,
    }
    // Whatever a file of it could be refused for refuses it here.
    read(&write_cluster(&next))
}

fn add(next: &mut ClusterConfig, new: &NewNode) -> Result<(), Problem> {
    if next.node(&new.name).is_some() {
        return Err(there_already(format!("a node {:?}", new.name)));
    }
    let taken: NodeSet = next.numbers.values().copied().collect();
    let mut free = (0..)
        .map_while(NodeId::new)
        .filter(|id| !taken.contains(*id));
    let number = free.next().ok_or_else(|| {
        let detail = "the cluster has as many nodes as it can have";
        Problem::new(ProblemType::LimitReached, detail)
    })?;
    next.numbers.insert(new.name.clone(), number);
    if new.addresses.is_empty() {
        let lan = next.lans.first().map_or("", |lan| lan.name.as_str());
        return Err(wrong(lan, "give its address on this LAN"));
    }
    for given in &new.addresses {
        let lan = next.lans.iter_mut().find(|lan| lan.name == given.lan);
        let lan = lan.ok_or_else(|| wrong(&given.lan, "the cluster has no such LAN"))?;
        lan.nodes.push(LanNode {
            name: new.name.clone(),
            addr: address(&given.lan, &given.address)?,
        });
    }
    Ok(())
}

fn remove(next: &mut ClusterConfig, gone: &GoneNode) -> Result<(), Problem> {
    for name in [&gone.node].into_iter().chain(&gone.also) {
        if next.numbers.remove(name).is_none() {
            return Err(Problem::unknown_node(name));
        }
    }
    for lan in &mut next.lans {
        lan.nodes.retain(|node| !gone.has(&node.name));
    }
    next.lans.retain(|lan| !lan.nodes.is_empty());
    Ok(())
}

fn add_lan(next: &mut ClusterConfig, new: &NewLan) -> Result<(), Problem> {
    if next.lan(&new.name).is_some() {
        return Err(there_already(format!("a LAN {:?}", new.name)));
    }
    let mut nodes = Vec::new();
    for given in &new.addresses {
        if next.node(&given.node).is_none() {
            return Err(wrong(&given.node, "the cluster has no such node"));
        }
        nodes.push(LanNode {
            name: given.node.clone(),
            addr: address(&given.node, &given.address)?,
        });
    }
    if nodes.len() < 2 {
        return Err(wrong(&new.name, "a LAN connects two nodes at the least"));
    }
    next.lans.push(Lan {
        name: new.name.clone(),
        nodes,
    });
    Ok(())
}

fn remove_lan(next: &mut ClusterConfig, gone: &GoneLan) -> Result<(), Problem> {
    if next.lan(&gone.name).is_none() {
        let detail = format!("the cluster has no LAN {:?}", gone.name);
        return Err(Problem::new(ProblemType::UnknownLan, detail));
    }
    let first = next.lans.first().map(|lan| &lan.name);
    if first == Some(&gone.name) || next.command.as_ref() == Some(&gone.name) {
        let detail = format!(
            "the nodes ask each other on the LAN {}: it stays",
            gone.name
        );
        return Err(Problem::new(ProblemType::WrongState, detail));
    }
    next.lans.retain(|lan| lan.name != gone.name);
    Ok(())
}

fn there_already(what: String) -> Problem {
    let detail = format!("the cluster has {what} already");
    Problem::new(ProblemType::WrongState, detail)
}

fn address(of: &str, text: &str) -> Result<IpAddr, Problem> {
    let addr = text.parse();
    addr.map_err(|_no| wrong(of, format!("{text:?} is no address")))
}

/// What is wrong with the address of, or on, something.
fn wrong(of: &str, message: impl Into<String>) -> Problem {
    Problem::invalid_configuration(vec![ConfigProblem {
        severity: Severity::Error,
        line: 0,
        column: 0,
        path: format!("addresses.{of}"),
        message: message.into(),
    }])
}
