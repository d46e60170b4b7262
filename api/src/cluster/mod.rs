//! The cluster's configuration on this node, and how it takes another one while everything runs.
//!
//! Nodes come and go in two steps, as [`evenkeel_core::node::Node::recluster`] needs them: every node
//! accepts the next configuration beside its own ([`accept`]), and when all have, it is put in force
//! ([`put`]). Between them lies [`change`], on one node; who missed the second step takes it when it looks
//! ([`follow`]). A node that the next configuration is without starts no module from the first step on.
//!
//! `cluster.xml` is what is in force, `cluster-next.xml` what is accepted: what was said outlives the daemon.

use std::sync::{Arc, PoisonError, RwLock};

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::config::model::ClusterConfig;
use evenkeel_core::config::write_cluster;
use evenkeel_core::ids::ModuleName;
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::node::Other;
use evenkeel_engine::error::EngineError;
use evenkeel_engine::handle::SYSTEM;
use tokio::time::Instant;

use crate::app::{App, Shared};
use crate::data_dir::{CLUSTER, CLUSTER_NEXT, DataDir, DataDirError};
use crate::files;
use crate::limits;
use crate::problem::{ConfigProblem, Problem, ProblemType, Severity};
use crate::views::cluster::ClusterState;

pub mod change;
pub mod follow;

/// The cluster as this node has it.
#[derive(Debug)]
pub struct Clusters {
    dir: DataDir,
    held: RwLock<Held>,
    /// Held by the one step that is being taken.
    stepping: tokio::sync::Mutex<()>,
    /// Held by the one change that this node leads.
    leading: tokio::sync::Mutex<()>,
}

#[derive(Clone, Debug)]
struct Held {
    /// In force.
    own: Arc<ClusterConfig>,
    /// Accepted beside it.
    next: Option<Arc<ClusterConfig>>,
}

impl Clusters {
    /// What is in force according to the data folder, and what was accepted.
    ///
    /// # Errors
    ///
    /// When a file is missing or refused.
    pub fn open(dir: &DataDir) -> Result<Self, DataDirError> {
        let own = dir.cluster()?;
        let next = dir.cluster_next()?;
        // The daemon ended between the two files: it is in force.
        let next = next.filter(|next| next.revision > own.revision);
        Ok(Self {
            dir: dir.clone(),
            held: RwLock::new(Held {
                own: Arc::new(own),
                next: next.map(Arc::new),
            }),
            stepping: tokio::sync::Mutex::new(()),
            leading: tokio::sync::Mutex::new(()),
        })
    }

    /// The configuration in force.
    pub fn own(&self) -> Arc<ClusterConfig> {
        self.held().own
    }

    fn held(&self) -> Held {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.clone()
    }

    fn hold(&self, held: Held) {
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = held;
    }

    /// Whether the next configuration is without this node, whose name is `me`.
    fn is_leaving(&self, me: &str) -> bool {
        let next = self.held().next;
        next.is_some_and(|next| next.node(me).is_none())
    }

    /// Keeps what is in force and what is accepted; what is there is the former or this, whatever happens.
    async fn keep(&self, held: &Held) -> Result<(), Problem> {
        let (dir, held) = (self.dir.clone(), held.clone());
        let before = self.held();
        let write = move || -> Result<(), DataDirError> {
            // First the one that is ignored where the other says the same.
            if let Some(next) = &held.next {
                dir.write(CLUSTER_NEXT, write_cluster(next).as_bytes())?;
            }
            if held.own != before.own {
                dir.write(CLUSTER, write_cluster(&held.own).as_bytes())?;
            }
            match held.next {
                Some(_) => Ok(()),
                None => dir.remove(CLUSTER_NEXT),
            }
        };
        files::blocking("keeping the cluster's configuration", write).await
    }
}

/// Brings the engine to what was accepted before the daemon was started.
///
/// # Errors
///
/// When the engine has ended.
pub async fn restore(app: &App) -> Result<(), Problem> {
    if let Err(leaving) = check_stays(app) {
        tracing::error!("{}", leaving.detail);
        return Ok(());
    }
    in_engine_as(app, &app.clusters.held()).await
}

/// Where this node is.
pub fn state(app: &App) -> ClusterState {
    let Held { own, next } = app.clusters.held();
    ClusterState {
        revision: own.revision,
        configuration: write_cluster(&own),
        next: next.map(|next| next.revision),
        leaving: app.clusters.is_leaving(&app.name),
    }
}

/// Lets this node accept the next configuration. One without this node is accepted where no module runs
/// here, and none starts from then on.
///
/// # Errors
///
/// When another one is accepted, it is not a later one, or the engine cannot take it. Nothing changed then.
pub async fn accept(app: &App, next: ClusterConfig) -> Result<ClusterState, Problem> {
    let clusters = &app.clusters;
    let _one_at_a_time = clusters.stepping.lock().await;
    // No module starts between the look whether one runs and the last word.
    let _in_order = app.boots.in_order().await;
    let held = clusters.held();
    if *held.own == next || held.next.as_deref() == Some(&next) {
        return Ok(state(app));
    }
    if let Some(other) = &held.next {
        let detail = format!("revision {} is accepted here already", other.revision);
        return Err(Problem::new(ProblemType::WrongState, detail));
    }
    if next.revision <= held.own.revision {
        return Err(stale(app, &next));
    }
    if next.node(&app.name).is_some() {
        in_engine(app, &held.own, Some(Other::Next(next.clone()))).await?;
    } else if let Some((module, state)) = running(app).first() {
        let name = &app.name;
        let detail = format!("module {module} is {state} on {name}, which is to go; stop it first");
        return Err(Problem::new(ProblemType::WrongState, detail));
    }
    let accepted = Held {
        next: Some(Arc::new(next)),
        ..held.clone()
    };
    if let Err(problem) = clusters.keep(&accepted).await {
        in_engine_as(app, &held).await?;
        return Err(problem);
    }
    clusters.hold(accepted);
    Ok(state(app))
}

/// Lets this node accept the next configuration of this revision no more.
///
/// # Errors
///
/// When it is in force.
pub async fn abandon(app: &App, revision: u64) -> Result<ClusterState, Problem> {
    let clusters = &app.clusters;
    let _one_at_a_time = clusters.stepping.lock().await;
    let held = clusters.held();
    if held.own.revision >= revision {
        let detail = format!("revision {} is in force here", held.own.revision);
        return Err(Problem::new(ProblemType::WrongState, detail));
    }
    if held
        .next
        .as_ref()
        .is_none_or(|next| next.revision != revision)
    {
        return Ok(state(app));
    }
    let alone = Held { next: None, ..held };
    in_engine_as(app, &alone).await?;
    clusters.keep(&alone).await?;
    clusters.hold(alone);
    Ok(state(app))
}

/// Puts a configuration in force: the one that was accepted, or a later one where no module runs here. One
/// without this node is only accepted, for good.
///
/// # Errors
///
/// When it is none of these, or the engine cannot take it. Nothing changed then.
pub async fn put(app: &App, config: ClusterConfig) -> Result<ClusterState, Problem> {
    if config.node(&app.name).is_none() {
        return accept(app, config).await;
    }
    let clusters = &app.clusters;
    let _one_at_a_time = clusters.stepping.lock().await;
    let held = clusters.held();
    if *held.own == config {
        return Ok(state(app));
    }
    if config.revision <= held.own.revision {
        return Err(stale(app, &config));
    }
    let was_accepted = held.next.as_deref() == Some(&config);
    if let Some((module, state)) = running(app).first().filter(|_| !was_accepted) {
        let detail = format!(
            "revision {} of the cluster was not accepted on {} before, where module {module} is {state}; stop it first",
            config.revision, app.name
        );
        return Err(Problem::new(ProblemType::WrongState, detail));
    }
    let former = was_accepted.then(|| Other::Former((*held.own).clone()));
    in_engine(app, &config, former).await?;
    let in_force = Held {
        own: Arc::new(config),
        next: None,
    };
    let reached = match app.peers.recluster(&in_force.own) {
        Ok(()) => clusters.keep(&in_force).await,
        Err(error) => Err(Problem::internal("finding the other nodes", &error)),
    };
    if let Err(problem) = reached {
        undo(app, &held).await?;
        return Err(problem);
    }
    let revision = in_force.own.revision;
    clusters.hold(in_force);
    let nodes = app.node_names();
    tracing::info!(
        revision,
        ?nodes,
        "the cluster's configuration is in force in revision {revision}"
    );
    Ok(state(app))
}

async fn undo(app: &App, held: &Held) -> Result<(), Problem> {
    in_engine_as(app, held).await?;
    let reached = app.peers.recluster(&held.own);
    reached.map_err(|error| Problem::internal("finding the other nodes", &error))
}

/// Brings the engine to what is in force and what is accepted.
async fn in_engine_as(app: &App, held: &Held) -> Result<(), Problem> {
    let next = held.next.as_ref();
    let next = next.map(|next| Other::Next((**next).clone()));
    in_engine(app, &held.own, next).await
}

/// Who has just left a module may accept packets for a moment still: that is waited for.
async fn in_engine(app: &App, own: &ClusterConfig, other: Option<Other>) -> Result<(), Problem> {
    let deadline = Instant::now() + limits::LEFT_TIME_MAX;
    loop {
        match app.engine.recluster(own.clone(), other.clone()).await {
            Err(EngineError::Denied(Denied::NodeTakesPart { .. })) if Instant::now() < deadline => {
                tokio::time::sleep(limits::LEFT_PAUSE).await;
            }
            answer => return answer.map_err(Problem::from),
        }
    }
}

/// The modules that are not stopped here.
fn running(app: &App) -> Vec<(ModuleName, ModuleState)> {
    let status = app.engine.status().borrow().clone();
    let modules = status.modules.iter();
    let running = modules.filter(|module| module.state != ModuleState::STOPPED);
    running
        .map(|module| (module.module.clone(), module.state))
        .collect()
}

/// Refuses to start a module where the cluster goes on without this node.
///
/// # Errors
///
/// When it does.
pub fn check_stays(app: &App) -> Result<(), Problem> {
    if !app.clusters.is_leaving(&app.name) {
        return Ok(());
    }
    let detail = format!(
        "{} is no node of the cluster any more: no module starts here; stop the daemon and remove its data, \
         and join again if it is to come back",
        app.name
    );
    Err(Problem::new(ProblemType::WrongState, detail))
}

/// Stops what runs on a node that the cluster has gone on without.
async fn stop_all(app: &Shared) {
    for (module, _) in running(app) {
        let command = Command::Stop {
            module,
            by: SYSTEM.to_owned(),
            automatic: true,
        };
        if let Err(error) = app.engine.command(command).await {
            tracing::warn!(%error, "a module of a node that is no part of the cluster is not stopped");
        }
    }
}

fn stale(app: &App, next: &ClusterConfig) -> Problem {
    let detail = format!(
        "{} has revision {} of the cluster's configuration, and revision {} was sent",
        app.name,
        app.clusters.own().revision,
        next.revision
    );
    Problem::new(ProblemType::StaleRevision, detail)
}

/// Reads a configuration.
///
/// # Errors
///
/// With everything that is wrong with it.
pub fn read(text: &str) -> Result<ClusterConfig, Problem> {
    let (config, problems) = evenkeel_core::config::read_cluster(text);
    let problems: Vec<ConfigProblem> = problems.into_iter().map(Into::into).collect();
    let mut severities = problems.iter().map(|problem| problem.severity);
    let is_refused = severities.any(|severity| severity == Severity::Error);
    match config.filter(|_| !is_refused) {
        Some(config) => Ok(config),
        None => Err(Problem::invalid_configuration(problems)),
    }
}
