//! `<cluster>`: lans, nodes, addresses.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::reader::{Element, Place, Placed, Reader};
use super::{timing, values};
use crate::config::model::{ClusterConfig, Lan, LanNode, Timing};
use crate::ids::NodeId;

/// UDP port of the heartbeats.
const PORT: u16 = 4800;
/// A cluster of one has nobody to take over.
const NODES_MIN: usize = 2;

/// Reads the root element of `cluster.xml`.
pub(super) fn read(reader: &mut Reader<'_>, root: &Element<'_>) -> Option<ClusterConfig> {
    let revision = reader
        .value(root, "revision", values::revision)
        .unwrap_or(0);
    let lans = root.first("lans")?;
    let port = reader.value(&lans, "port", values::port).unwrap_or(PORT);
    let timing = timing::read(reader, &lans, Timing::default()).unwrap_or_default();
    let command = read_command(reader, &lans);
    let numbers = read_numbers(reader, &lans);
    let mut lists = read_lans(reader, &lans)?;
    complete_lan_first(reader, &lans, &mut lists);
    Some(ClusterConfig {
        revision,
        port,
        timing,
        lans: lists,
        numbers,
        command,
    })
}

/// The lans; `None` unless every name and address could be read.
fn read_lans(reader: &mut Reader<'_>, lans: &Element<'_>) -> Option<Vec<Lan>> {
    let mut names = BTreeMap::new();
    let mut addrs = BTreeMap::new();
    let mut lists = Vec::new();
    for element in lans.all("lan") {
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

/// The numbers that were given to nodes: one per node, on whichever lan it is said, and each to one node.
fn read_numbers(reader: &mut Reader<'_>, lans: &Element<'_>) -> BTreeMap<String, NodeId> {
    let mut numbers = BTreeMap::new();
    for node in lans.all("lan").iter().flat_map(|lan| lan.all("node")) {
        let number = reader.placed(&node, "number", values::node_number);
        let name = reader.peek(&node, "name");
        let Some((Placed { value, place }, name)) = number.zip(name) else {
            continue;
        };
        let holder = numbers.iter().find(|(_, number)| **number == value);
        let is_others = holder.is_some_and(|(holder, _)| *holder != name);
        if is_others || numbers.get(&name).is_some_and(|known| *known != value) {
            let message = "another node has this number, or this node another one; give each node one of \
                           its own, or leave the numbers to the order";
            reader.error(place, message);
        } else {
            numbers.insert(name, value);
        }
    }
    numbers
}

/// The lan with `command="on"`: one at most, with all nodes.
fn read_command(reader: &mut Reader<'_>, lans: &Element<'_>) -> Option<String> {
    let mut chosen: Option<String> = None;
    let all: BTreeSet<_> = lans.all("lan").iter().flat_map(node_names).collect();
    for lan in lans.all("lan") {
        let command = reader.placed(&lan, "command", values::on_off);
        let Some(Placed { value: true, place }) = command else {
            continue;
        };
        if chosen.is_some() {
            let message = "another lan has command on; it can be one only";
            reader.error(place, message);
            continue;
        }
        if node_names(&lan) != all {
            let message = "the lan with command on has to have all nodes; add those it lacks";
            reader.error(place, message);
        }
        chosen = reader.peek(&lan, "name");
    }
    chosen
}

fn node_names(lan: &Element<'_>) -> BTreeSet<String> {
    let name = |node: &Element<'_>| Some(node.node.attribute("name")?.value.trim().to_owned());
    lan.all("node").iter().filter_map(name).collect()
}

fn read_nodes(
    reader: &mut Reader<'_>,
    lan: &Element<'_>,
    addrs: &mut BTreeMap<IpAddr, Place>,
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
