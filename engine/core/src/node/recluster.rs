//! Nodes and LANs that come and go while the cluster runs.
//!
//! The members of a module agree on the cluster's configuration, and cannot change it at one instant. So
//! each node first accepts the next one beside the one it has, and says that it has the next one when
//! all accept it. On the way nobody is without the others, and who comes is known before it is heard.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::module::Module;
use super::{Node, membership_of, setup};
use crate::command::Denied;
use crate::config::model::{ClusterConfig, Lan};
use crate::ids::{LanId, ModuleName, NodeId, Time};
use crate::membership::Setup;
use crate::prober::Way;

/// A configuration beside the one in force at this node, which others may have: of the cluster, or of a module.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Other<T = ClusterConfig> {
    /// The one to come.
    Next(T),
    /// The one before.
    Former(T),
}

impl<T> Other<T> {
    /// What it is.
    pub(super) const fn config(&self) -> &T {
        match self {
            Self::Next(config) | Self::Former(config) => config,
        }
    }
}

/// The cluster as a node has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Clusters {
    /// The configuration in force here.
    own: ClusterConfig,
    /// One that others may have as well.
    other: Option<Other>,
}

impl Clusters {
    pub(super) const fn new(own: ClusterConfig) -> Self {
        Self { own, other: None }
    }

    /// The configuration in force here.
    pub(super) const fn own(&self) -> &ClusterConfig {
        &self.own
    }

    /// The other one that peers may have.
    pub(super) fn other(&self) -> Option<&ClusterConfig> {
        self.other.as_ref().map(Other::config)
    }

    /// The one whose nodes and LANs are known here. What is to come is known before, and what goes until it
    /// is gone.
    pub(super) fn known(&self) -> &ClusterConfig {
        let size = |cluster: &ClusterConfig| (cluster.nodes().count(), cluster.lans.len());
        match &self.other {
            Some(Other::Next(next)) if size(next) > size(&self.own) => next,
            Some(Other::Next(_) | Other::Former(_)) | None => &self.own,
        }
    }
}

impl Node {
    /// The configuration whose nodes and LANs are known here.
    pub const fn cluster(&self) -> &ClusterConfig {
        &self.config.cluster
    }

    /// The cluster has this configuration, and peers that have `other` are members like those that have it.
    /// No [`Command`](crate::command::Command): those may be told to anybody.
    ///
    /// # Errors
    ///
    /// When more changes than who is there and on which LANs, a node goes that takes part in a module or did so
    /// a moment ago, a LAN goes on which alone a peer answers or all are asked, or a module's configuration
    /// needs what goes. Nothing changed then.
    pub fn recluster(
        &mut self,
        own: ClusterConfig,
        other: Option<Other>,
        now: Time,
    ) -> Result<(), Denied> {
        let next = Clusters { own, other };
        self.modules.values_mut().for_each(Module::forget_former);
        let configurations = [Some(&next.own), next.other()].into_iter().flatten();
        for configuration in configurations {
            self.check_change(configuration)?;
            self.check_lans(configuration)?;
            // Before all have accepted what one could not put in force.
            self.setups(&Clusters::new(configuration.clone()))?;
        }
        self.check_gone(next.known(), now)?;
        let setups = self.setups(&next)?;
        let nodes: BTreeSet<NodeId> = next.known().nodes().map(|(id, _)| id).collect();
        self.lans = setup::common_lans(next.known(), self.config.node);
        self.detector.set_peers(&nodes);
        let former = &self.config.cluster;
        let place = |lan: LanId| next.known().lan(&former.lans.get(usize::from(lan.0))?.name);
        self.prober.set_peers(&self.lans, place);
        self.config.cluster = next.known().clone();
        self.clusters = next;
        for (name, setup) in setups {
            if let Some(membership) = membership_of(&mut self.modules, &name) {
                membership.recluster(setup, &self.beats, now);
            }
        }
        self.generation += 1;
        self.settle(now);
        Ok(())
    }

    /// Only who is there, and on which LANs, may change: who has which number and address stays, and so does
    /// the LAN on which the nodes ask each other.
    fn check_change(&self, next: &ClusterConfig) -> Result<(), Denied> {
        let known = &self.config.cluster;
        let first = |cluster: &ClusterConfig| cluster.lans.first().map(|lan| lan.name.clone());
        let is_same = (known.port, known.timing, &known.command, first(known))
            == (next.port, next.timing, &next.command, first(next));
        if !is_same {
            return Err(bad(
                "its port, its timing, its first network and the one for commands cannot change while it runs; \
                 nodes and other networks can",
            ));
        }
        if next.node(self.own_name()) != Some(self.config.node) {
            let name = self.own_name();
            return Err(bad(format!("it has no node {name}, which is this one")));
        }
        for (id, node) in next.nodes() {
            let here = known.node(&node.name);
            let holder = known.name(id).filter(|_| here.is_none());
            if here.is_some_and(|here| here != id) || holder.is_some() {
                return Err(bad(format!(
                    "node {} has another number in it, or that of another node",
                    node.name
                )));
            }
            if here.is_some() && has_moved(&node.name, known, next) {
                return Err(bad(format!(
                    "node {} has another address in it; remove the node and add it again",
                    node.name
                )));
            }
        }
        Ok(())
    }

    /// Who is alive must be heard still, without the LANs that go.
    fn check_lans(&self, next: &ClusterConfig) -> Result<(), Denied> {
        let known = &self.config.cluster.lans;
        let stays = |way: &Way| {
            let lan = known.get(usize::from(way.lan().0));
            lan.is_some_and(|lan| next.lan(&lan.name).is_some())
        };
        let alive = self.detector.peers().filter(|(_, peer)| peer.is_alive());
        for (id, _) in alive.filter(|(id, _)| next.name(*id).is_some()) {
            let (stay, go): (Vec<_>, Vec<_>) = self.prober.ways(id).partition(|way| stays(way));
            let is_reached = |ways: &[&Way]| ways.iter().any(|way| self.is_reached(way));
            if is_reached(&go) && !is_reached(&stay) {
                let name = self.name(id);
                return Err(bad(format!(
                    "node {name} answers on no LAN that stays, only on one that is to go"
                )));
            }
        }
        Ok(())
    }

    /// Who goes must not be able to accept a packet any more: nobody would look after it.
    fn check_gone(&self, next: &ClusterConfig, now: Time) -> Result<(), Denied> {
        let gone = self.config.cluster.nodes();
        let mut gone = gone.filter(|(id, _)| next.name(*id).is_none());
        let busy = gone.find_map(|(id, node)| {
            let mut modules = self.modules.values();
            let module = modules.find(|module| {
                let membership = module.membership.as_ref();
                membership.is_some_and(|membership| membership.involves(id, now))
            });
            Some((node.name.clone(), module?.name.clone()))
        });
        match busy {
            Some((node, module)) => Err(Denied::NodeTakesPart { node, module }),
            None => Ok(()),
        }
    }

    /// What each module's membership needs in that cluster.
    fn setups(&self, clusters: &Clusters) -> Result<BTreeMap<ModuleName, Setup>, Denied> {
        let mut setups = BTreeMap::new();
        for (name, module) in &self.modules {
            let setup = setup::membership(&self.config, clusters, module.into())?;
            setups.extend(setup.map(|setup| (name.clone(), setup)));
        }
        Ok(setups)
    }

    fn own_name(&self) -> &str {
        let name = self.config.cluster.name(self.config.node);
        name.unwrap_or_default()
    }
}

/// Whether a node has another address on a LAN that both have.
fn has_moved(name: &str, known: &ClusterConfig, next: &ClusterConfig) -> bool {
    let address = |lan: &Lan| {
        let node = lan.nodes.iter().find(|node| node.name == name);
        node.map(|node| node.addr)
    };
    let mut both = known.lans.iter().filter_map(|lan| {
        let same = next.lans.iter().find(|other| other.name == lan.name);
        Some((lan, same?))
    });
    both.any(|(lan, same)| address(lan) != address(same))
}

fn bad(problem: impl Into<String>) -> Denied {
    Denied::BadCluster {
        problem: problem.into(),
    }
}
