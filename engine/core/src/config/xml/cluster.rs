//! `<cluster>`: lans, nodes, addresses.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::reader::{Element, Placed, Reader};
use super::{timing, values};
use crate::config::model::{ClusterConfig, Lan, LanNode, Timing};

/// UDP port of the heartbeats.
const PORT: u16 = 4800;
/// A cluster of one has nobody to take over.
const NODES_MIN: usize = 2;

/// Reads the root element of `cluster.xml`.
pub(super) fn read(reader: &mut Reader<'_>, root: &Element<'_>) -> Option<ClusterConfig> {
    let lans = root.first("lans")?;
    let port = reader.value(&lans, "port", values::port).unwrap_or(PORT);
    let timing = timing::read(reader, &lans, Timing::default()).unwrap_or_default();
    let mut lists = read_lans(reader, &lans)?;
    complete_lan_first(reader, &lans, &mut lists);
    Some(ClusterConfig {
        port,
        timing,
        lans: lists,
    })
}

/// The lans; `None` unless every name and address could be read.
fn read_lans(reader: &mut Reader<'_>, lans: &Element<'_>) -> Option<Vec<Lan>> {
    let mut names = BTreeMap::new();
    let mut addrs = BTreeMap::new();
    let mut lists = Vec::new();
    for element in lans.all("lan") {
        warn_of_command(reader, &element);
        let name = reader.placed(&element, "name", values::name);
        if let Some(name) = &name {
            reader.once(&mut names, name);
        }
        let nodes = read_nodes(reader, &element, &mut addrs);
        lists.push(name.zip(nodes).map(|(name, nodes)| Lan {
            name: name.value,
            nodes,
        }));
    }
    lists.into_iter().collect()
}

fn warn_of_command(reader: &mut Reader<'_>, lan: &Element<'_>) {
    let command = reader.placed(lan, "command", values::on_off);
    if let Some(Placed { value: true, place }) = command {
        let message = "command has no effect in this version: nodes call each other at their \
                       API's addresses";
        reader.warning(place, message);
    }
}

fn read_nodes(
    reader: &mut Reader<'_>,
    lan: &Element<'_>,
    addrs: &mut BTreeMap<IpAddr, u32>,
) -> Option<Vec<LanNode>> {
    let mut names = BTreeMap::new();
    let mut nodes = Vec::new();
    for element in lan.all("node") {
        let name = reader.placed(&element, "name", values::name);
        let addr = reader.placed(&element, "addr", values::node_addr);
        if element.has("laddr") {
            let place = reader.place_of(&element, "laddr");
            let message = "address translation between nodes is not supported; give in addr the \
                           address that the node itself has, and remove laddr";
            reader.error(place, message);
        }
        if let Some(name) = &name {
            reader.once(&mut names, name);
        }
        if let Some(addr) = &addr {
            reader.once(addrs, addr);
        }
        let node = |(name, addr): (Placed<String>, Placed<IpAddr>)| LanNode {
            name: name.value,
            addr: addr.value,
        };
        nodes.push(name.zip(addr).map(node));
    }
    nodes.into_iter().collect()
}

/// Moves the first lan that has all nodes to the front: its order gives the node numbers.
fn complete_lan_first(reader: &mut Reader<'_>, element: &Element<'_>, lans: &mut [Lan]) {
    let names = |lan: &Lan| -> BTreeSet<String> {
        lan.nodes.iter().map(|node| node.name.clone()).collect()
    };
    let all: BTreeSet<String> = lans.iter().flat_map(names).collect();
    match lans.iter().position(|lan| names(lan) == all) {
        Some(complete) => lans[..=complete].rotate_right(1),
        None if lans.is_empty() => return,
        None => {
            let message = "no lan has all nodes; list every node in at least one lan";
            reader.error(reader.place(element), message);
        }
    }
    if (1..NODES_MIN).contains(&all.len()) {
        reader.error(
            reader.place(element),
            "a cluster has at least two nodes; add another",
        );
    }
}
