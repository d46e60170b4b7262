//! From configuration to what the parts of a node need, and what of it this cluster cannot do.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use sha2::{Digest, Sha256};

use super::NodeConfig;
use super::module::Module;
use super::recluster::{Clusters, Other};
use crate::command::Denied;
use crate::config::live;
use crate::config::model::{
    ClusterConfig, EntryMode, FarmConfig, GroupConfig, Isolation, ModuleConfig, Proto, Timing,
    VipConfig,
};
use crate::ids::{GroupId, LanId, ModuleName, NodeId};
use crate::limits::{GROUPS_MAX, INTERFACES_MAX};
use crate::membership::{Beside, Group, Setup};

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
    let others = besides(clusters, wanted)?;
    // The first one is the one in force.
    let also = digests(clusters, config).skip(1);
    let also = also.chain(others.iter().flat_map(|other| other.digests.clone()));
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
        groups: groups(cluster, vip)?,
        macs: macs.to_vec(),
        addrs: config.addrs().collect(),
        all_answer: all_answer(vip),
        all_see: vip
            .interfaces
            .iter()
            .all(|interface| interface.entry == EntryMode::VmacInvisible),
        digest: digest(clusters.own(), config),
        also: also.collect(),
        others,
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

/// Those of them that the cluster has.
pub(super) fn known_lans(cluster: &ClusterConfig, farm: &FarmConfig) -> BTreeSet<LanId> {
    let lans = farm.lans.iter();
    lans.filter_map(|lan| cluster.lan(lan)).collect()
}

/// The groups, which can be told apart by what their names become.
fn groups(cluster: &ClusterConfig, vip: &VipConfig) -> Result<Vec<Group>, String> {
    let group = |group: &GroupConfig| {
        Ok(Group {
            id: GroupId::of(&group.name),
            name: group.name.clone(),
            powers: weights(cluster, group)?,
        })
    };
    vip.groups.iter().map(group).collect()
}

/// What members have that have another configuration.
fn besides(clusters: &Clusters, wanted: Wanted<'_>) -> Result<Vec<Beside>, String> {
    let mut names: BTreeMap<GroupId, &str> = BTreeMap::new();
    let others = wanted.others.iter().map(Other::config);
    for vip in iter::once(wanted.config)
        .chain(others)
        .flat_map(|one| &one.vip)
    {
        for group in &vip.groups {
            let known = names.insert(GroupId::of(&group.name), &group.name);
            if let Some(known) = known.filter(|known| *known != group.name) {
                let name = &group.name;
                return Err(format!(
                    "groups {known} and {name} cannot be told apart; rename one"
                ));
            }
        }
    }
    if names.len() > GROUPS_MAX {
        let all = names.len();
        return Err(format!(
            "with those that go it has {all} groups, and {GROUPS_MAX} work; let some go by a change before"
        ));
    }
    let mut others = Vec::new();
    for other in wanted.others {
        others.extend(beside(clusters, wanted.config, other)?);
    }
    Ok(others)
}

/// What one of them is. What the cluster has not of one of before may be gone.
fn beside(
    clusters: &Clusters,
    own: &ModuleConfig,
    other: &Other<ModuleConfig>,
) -> Result<Option<Beside>, String> {
    let (cluster, config) = (clusters.known(), other.config());
    let (Some(farm), Some(vip)) = (&config.farm, &config.vip) else {
        return Ok(None);
    };
    let is_next = matches!(other, Other::Next(_));
    let (lans, groups) = match is_next {
        true => (lans(cluster, farm)?, groups(cluster, vip)?),
        false => {
            let groups = groups(cluster, vip).unwrap_or_default();
            (known_lans(cluster, farm), groups)
        }
    };
    let (before, after) = if is_next {
        (own, config)
    } else {
        (config, own)
    };
    let pairs = live::origins(before, after).into_iter();
    Ok(Some(Beside {
        is_next,
        timing: timing(cluster, config),
        lans,
        digests: digests(clusters, config).collect(),
        groups,
        pairs: pairs
            .map(|(newer, older)| (GroupId::of(newer), GroupId::of(older)))
            .collect(),
    }))
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

/// That of a configuration, by each one of the cluster.
fn digests(clusters: &Clusters, config: &ModuleConfig) -> impl Iterator<Item = u32> {
    let clusters = [Some(clusters.own()), clusters.other()];
    clusters
        .into_iter()
        .flatten()
        .map(|cluster| digest(cluster, config))
}

/// A number for all that the members of a module must have in common.
fn digest(cluster: &ClusterConfig, config: &ModuleConfig) -> u32 {
    let timing = timing(cluster, config);
    let common = (cluster, timing, &config.farm, &config.vip);
    let bytes = postcard::to_allocvec(&common).unwrap_or_default();
    let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(bytes));
    u32::from_be_bytes([a, b, c, d])
}
