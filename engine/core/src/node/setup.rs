//! From configuration to what the parts of a node need, and what of it this cluster cannot do.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use sha2::{Digest, Sha256};

use super::NodeConfig;
use super::module::Module;
use super::recluster::{Clusters, Other};
use crate::command::Denied;
use crate::config::model::{
    ClusterConfig, EntryMode, FarmConfig, GroupConfig, Isolation, ModuleConfig, Proto, Timing,
    VipConfig,
};
use crate::ids::{LanId, ModuleName, NodeId};
use crate::limits::{GROUPS_MAX, INTERFACES_MAX};
use crate::membership::{Beside, Setup};

/// The LANs that a node shares with each other node, by position.
pub(super) fn common_lans(cluster: &ClusterConfig, me: NodeId) -> BTreeMap<NodeId, Vec<LanId>> {
    let mut lans: BTreeMap<NodeId, Vec<LanId>> = BTreeMap::new();
    for (lan, id) in cluster.lans.iter().zip(0..) {
        let on_it = || lan.nodes.iter().filter_map(|node| cluster.node(&node.name));
        if on_it().any(|node| node == me) {
            for peer in on_it().filter(|node| *node != me) {
                lans.entry(peer).or_default().push(LanId(id));
            }
        }
    }
    lans
}

/// A module's heartbeat timing.
pub(super) fn timing(cluster: &ClusterConfig, config: &ModuleConfig) -> Timing {
    config
        .farm
        .as_ref()
        .and_then(|farm| farm.timing)
        .unwrap_or(cluster.timing)
}

/// A module to be set up.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) name: &'a ModuleName,
    pub(super) config: &'a ModuleConfig,
    /// Others that peers may have.
    pub(super) others: &'a [Other<ModuleConfig>],
    pub(super) macs: &'a [[u8; 6]],
}

impl<'a> From<&'a Module> for Wanted<'a> {
    fn from(module: &'a Module) -> Self {
        Self {
            name: &module.name,
            config: &module.config,
            others: &module.others,
            macs: &module.macs,
        }
    }
}

/// What a module's membership needs; `None` for a module without traffic.
///
/// # Errors
///
/// [`Denied::BadConfig`], about what this cluster does not have.
pub(super) fn membership(
    node: &NodeConfig,
    clusters: &Clusters,
    wanted: Wanted<'_>,
) -> Result<Option<Setup>, Denied> {
    needs(node, clusters, wanted).map_err(|problem| Denied::BadConfig {
        module: wanted.name.clone(),
        problem,
    })
}

fn needs(
    node: &NodeConfig,
    clusters: &Clusters,
    wanted: Wanted<'_>,
) -> Result<Option<Setup>, String> {
    let Wanted {
        name, config, macs, ..
    } = wanted;
    let (Some(farm), Some(vip)) = (&config.farm, &config.vip) else {
        return Ok(None);
    };
    let cluster = clusters.known();
    if vip.groups.is_empty() || vip.groups.len() > GROUPS_MAX {
        return Err(format!(
            "it has {} groups; 1 to {GROUPS_MAX} work",
            vip.groups.len()
        ));
    }
    if vip.interfaces.len() > INTERFACES_MAX {
        let got = vip.interfaces.len();
        return Err(format!(
            "it has {got} interfaces; {INTERFACES_MAX} are the most"
        ));
    }
    if macs.len() != vip.interfaces.len() {
        let (got, needed) = (macs.len(), vip.interfaces.len());
        return Err(format!(
            "{got} MAC addresses were given for its {needed} interfaces"
        ));
    }
    let group = |group: &GroupConfig| Ok((group.name.clone(), weights(cluster, group)?));
    Ok(Some(Setup {
        me: node.node,
        run: node.incarnation,
        nodes: cluster
            .nodes()
            .map(|(id, node)| (id, node.name.clone()))
            .collect(),
        module: name.clone(),
        lans: lans(cluster, farm)?,
        timing: timing(cluster, config),
        drain: farm.drain,
        fences: farm.isolation == Isolation::Fence,
        groups: vip
            .groups
            .iter()
            .map(group)
            .collect::<Result<_, String>>()?,
        macs: macs.to_vec(),
        addrs: config.addrs().collect(),
        all_answer: all_answer(vip),
        all_see: vip
            .interfaces
            .iter()
            .all(|interface| interface.entry == EntryMode::VmacInvisible),
        digest: digest(clusters.own(), config),
        also: others(clusters, wanted),
        others: wanted
            .others
            .iter()
            .filter_map(|other| beside(cluster, other))
            .collect(),
        kernel_answers: node.kernel_answers,
    }))
}

/// The LANs on which members hear each other.
fn lans(cluster: &ClusterConfig, farm: &FarmConfig) -> Result<BTreeSet<LanId>, String> {
    let lan = |name: &String| {
        let known = cluster.lan(name);
        known.ok_or_else(|| format!("lan {name} is not in the cluster's configuration"))
    };
    farm.lans.iter().map(lan).collect()
}

/// What members have that have the other configuration. A LAN of the one before may be gone.
fn beside(cluster: &ClusterConfig, other: &Other<ModuleConfig>) -> Option<Beside> {
    let config = other.config();
    let farm = config.farm.as_ref()?;
    Some(Beside {
        is_next: matches!(other, Other::Next(_)),
        timing: timing(cluster, config),
        lans: farm
            .lans
            .iter()
            .filter_map(|lan| cluster.lan(lan))
            .collect(),
    })
}

fn all_answer(vip: &VipConfig) -> bool {
    let mut rules = vip.groups.iter().flat_map(|group| &group.rules);
    rules.any(|rule| rule.proto == Proto::Arp)
}

/// The weight of every node of the cluster; a group without hosts has all nodes with equal weight.
fn weights(cluster: &ClusterConfig, group: &GroupConfig) -> Result<Vec<(NodeId, u32)>, String> {
    let known = |name: &str| cluster.node(name).is_some();
    if let Some(host) = group.hosts.iter().find(|host| !known(&host.name)) {
        return Err(format!(
            "host {} is not in the cluster's configuration",
            host.name
        ));
    }
    let weight = |name: &str| match group.hosts.iter().find(|host| host.name == name) {
        Some(host) => host.power,
        None => u32::from(group.hosts.is_empty()),
    };
    Ok(cluster
        .nodes()
        .map(|(id, node)| (id, weight(&node.name)))
        .collect())
}

/// The same of the configurations that peers may have instead.
fn others(clusters: &Clusters, wanted: Wanted<'_>) -> Vec<u32> {
    let others = wanted.others.iter().map(Other::config);
    let configs = iter::once(wanted.config).chain(others);
    let of = |config: &ModuleConfig| {
        let clusters = [Some(clusters.own()), clusters.other()]
            .into_iter()
            .flatten();
        clusters
            .map(|cluster| digest(cluster, config))
            .collect::<Vec<_>>()
    };
    // The first one is the one in force.
    configs.flat_map(of).skip(1).collect()
}

/// A number for all that the members of a module must have in common.
fn digest(cluster: &ClusterConfig, config: &ModuleConfig) -> u32 {
    let timing = timing(cluster, config);
    let common = (cluster, timing, &config.farm, &config.vip);
    let bytes = postcard::to_allocvec(&common).unwrap_or_default();
    let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(bytes));
    u32::from_be_bytes([a, b, c, d])
}
