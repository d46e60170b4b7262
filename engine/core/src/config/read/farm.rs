//! `<farm>`: the LANs of the membership and its timing.

use std::collections::BTreeMap;
use std::time::Duration;

use super::reader::{Element, Reader};
use super::time::{Unit, time_within};
use super::{timing, values};
use crate::config::limits::DRAIN_MAX;
use crate::config::model::{ClusterConfig, FarmConfig, Isolation, Timing};

/// The values of `isolation`.
pub(in crate::config) const ISOLATIONS: [(&str, Isolation); 2] =
    [("serve", Isolation::Serve), ("fence", Isolation::Fence)];

/// Reads a `<farm>`.
pub(super) fn read(
    reader: &mut Reader<'_>,
    farm: &Element<'_>,
    cluster: Option<&ClusterConfig>,
) -> FarmConfig {
    let port = reader.value(farm, "port", values::port);
    let default = cluster.map_or_else(Timing::default, |cluster| cluster.timing);
    let timing = timing::read(reader, farm, default);
    let drain = time_within(Unit::Seconds, Duration::ZERO..=DRAIN_MAX);
    FarmConfig {
        port,
        lans: read_lans(reader, farm, cluster),
        timing,
        isolation: reader
            .value(farm, "isolation", values::choice(&ISOLATIONS))
            .unwrap_or_default(),
        drain: reader
            .value(farm, "drain", drain)
            .unwrap_or(FarmConfig::DRAIN),
    }
}

fn read_lans(
    reader: &mut Reader<'_>,
    farm: &Element<'_>,
    cluster: Option<&ClusterConfig>,
) -> Vec<String> {
    let mut seen = BTreeMap::new();
    let mut lans = Vec::new();
    for element in farm.all("lan") {
        let Some(name) = reader.placed(&element, "name", values::name) else {
            continue;
        };
        reader.once(&mut seen, &name);
        if let Some(cluster) = cluster.filter(|cluster| cluster.lan(&name.value).is_none()) {
            let known: Vec<_> = cluster.lans.iter().map(|lan| lan.name.as_str()).collect();
            let known = values::list(&known, "and");
            let message = format!("the cluster has no lan {:?}; it has {known}", name.value);
            reader.error(name.place.clone(), message);
        }
        check_nodes(reader, &element, &name.value, cluster);
        lans.push(name.value);
    }
    lans
}

/// Nodes in a lan of the module, as files from before `cluster.xml` have them, say the same as the
/// cluster; so nothing of them is kept.
fn check_nodes(
    reader: &mut Reader<'_>,
    lan: &Element<'_>,
    lan_name: &str,
    cluster: Option<&ClusterConfig>,
) {
    let known = cluster.and_then(|cluster| cluster.lans.iter().find(|lan| lan.name == lan_name));
    let mut seen = BTreeMap::new();
    for element in lan.all("node") {
        let name = reader.placed(&element, "name", values::name);
        let addr = reader.placed(&element, "addr", values::node_addr);
        if let Some(name) = &name {
            reader.once(&mut seen, name);
        }
        let (Some(name), Some(addr), Some(known)) = (name, addr, known) else {
            continue;
        };
        let node = known.nodes.iter().find(|node| node.name == name.value);
        let message = match node {
            None => format!("lan {lan_name} of cluster.xml has no such node"),
            Some(node) if node.addr != addr.value => {
                format!("in cluster.xml {} has the address {}", node.name, node.addr)
            }
            Some(_) => {
                let message = "the nodes of a lan are those of cluster.xml; this line can go";
                reader.warning(reader.place(&element), message);
                continue;
            }
        };
        let message = format!("{message}; the nodes are listed there, remove this one here");
        reader.error(reader.place(&element), message);
    }
}
