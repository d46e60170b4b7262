//! `<farm>`: the LANs of the membership and its timing.

use std::collections::BTreeMap;

use super::reader::{Element, Reader};
use super::{timing, values};
use crate::config::model::{ClusterConfig, FarmConfig, Timing};

/// Reads a `<farm>`.
pub(super) fn read(
    reader: &mut Reader<'_>,
    farm: &Element<'_>,
    cluster: Option<&ClusterConfig>,
) -> FarmConfig {
    if let Some(port) = reader.placed(farm, "port", values::port) {
        let message = "port has no effect: the modules of a cluster share the port of cluster.xml";
        reader.warning(port.place, message);
    }
    let default = cluster.map_or_else(Timing::default, |cluster| cluster.timing);
    let timing = timing::read(reader, farm, default);
    FarmConfig {
        lans: read_lans(reader, farm, cluster),
        timing,
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
        lans.push(name.value);
    }
    lans
}
