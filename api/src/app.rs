//! What the handlers share: this node, its engine, its store, its peers.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock};

use axum::Router;
use axum_server::tls_rustls::RustlsConfig;
use evenkeel_core::config::model::ClusterConfig;
use evenkeel_core::ids::NodeId;
use evenkeel_engine::handle::Engine;
use evenkeel_engine::ports::Backend;

use crate::auth::rate::Rates;
use crate::auth::throttle::Throttle;
use crate::auth::token::Tokens;
use crate::boot::Boots;
use crate::catch_up::Told;
use crate::cluster::Clusters;
use crate::faults::Faults;
use crate::feed::Feed;
use crate::idempotency::Answers;
use crate::operations::Operations;
use crate::peers::Peers;
use crate::problem::Problem;
use crate::rotation::Keeper;
use crate::store::Store;
use crate::upgrade::Upgrades;
use crate::webhooks::Webhooks;

/// The state of every handler.
pub type Shared = Arc<App>;

/// Everything a request can need.
#[derive(Debug)]
pub struct App {
    /// This node's number.
    pub node: NodeId,
    /// This node's name.
    pub name: String,
    /// The cluster, and how it changes.
    pub clusters: Clusters,
    /// The engine.
    pub engine: Engine,
    /// What puts decisions in force on this node.
    pub backend: Backend,
    /// What happens on this node.
    pub feed: Arc<Feed>,
    /// Who is told of it.
    pub webhooks: Webhooks,
    /// What outlives the daemon.
    pub store: Store,
    /// Issues and checks tokens.
    pub tokens: Tokens,
    /// What all nodes of the cluster share, and how it is replaced.
    pub keeper: Keeper,
    /// Failed logins; held for a moment only, never across an await.
    pub throttle: Mutex<Throttle>,
    /// How fast callers ask.
    pub rates: Rates,
    /// The other nodes' services.
    pub peers: Peers,
    /// What the API's port shows.
    pub tls: RustlsConfig,
    /// A folder per module.
    pub modules_dir: PathBuf,
    /// Changes of modules and users on this node, one at a time.
    pub changes: tokio::sync::Mutex<()>,
    /// Answers to requests that may be sent again.
    pub answers: Answers,
    /// What was told of configurations that other nodes have.
    pub told: Told,
    /// What runs on after its request was answered.
    pub operations: Operations,
    /// How this daemon gives itself to the next program.
    pub upgrades: Upgrades,
    /// What is done to this node on purpose.
    pub faults: Faults,
    /// Modules that start with the machine.
    pub boots: Boots,
    /// The whole service, for the local part of a fan-out.
    pub service: OnceLock<Router>,
}

impl App {
    /// The cluster's configuration in force.
    pub fn cluster(&self) -> Arc<ClusterConfig> {
        self.clusters.own()
    }

    /// Names of all nodes in the order of the cluster.
    pub fn node_names(&self) -> Vec<String> {
        self.cluster()
            .nodes()
            .map(|(_, node)| node.name.clone())
            .collect()
    }

    /// Names of all nodes but this one.
    pub fn other_names(&self) -> Vec<String> {
        let names = self.node_names().into_iter();
        names.filter(|name| *name != self.name).collect()
    }

    /// The nodes of these names in the order of the cluster, all for `None`.
    ///
    /// # Errors
    ///
    /// When the cluster lacks one of them, and when none is named.
    pub fn select(&self, names: Option<&[String]>) -> Result<Vec<String>, Problem> {
        let Some(wanted) = names else {
            return Ok(self.node_names());
        };
        let all = self.node_names();
        if let Some(unknown) = wanted.iter().find(|name| !all.contains(name)) {
            return Err(Problem::unknown_node(unknown));
        }
        if wanted.is_empty() {
            return Err(Problem::malformed(
                "nodes: name at least one node, or leave it out for all",
            ));
        }
        Ok(all
            .into_iter()
            .filter(|name| wanted.contains(name))
            .collect())
    }

    /// Whether a name in a path means this node.
    pub fn is_me(&self, name: &str) -> bool {
        name == "self" || name == self.name
    }
}
