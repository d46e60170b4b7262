//! `<loadbalancing_list>`: groups, their hosts with powers, their rules.

use std::collections::BTreeMap;

use super::reader::{Element, Place, Placed, Reader};
use super::values;
use super::vip::Interfaces;
use crate::config::limits::RULES_MAX;
use crate::config::model::{ClusterConfig, EntryMode, Filter, GroupConfig, HostPower, Proto, Rule};

/// The weight of a host that names none.
const POWER: u32 = 1;

/// Reads the groups of a `<vip>`.
pub(super) fn read(
    reader: &mut Reader<'_>,
    vip: &Element<'_>,
    interfaces: &Interfaces,
    cluster: Option<&ClusterConfig>,
) -> Vec<GroupConfig> {
    let mut names = BTreeMap::new();
    let mut rules = Vec::new();
    let mut groups = Vec::new();
    for element in vip
        .first("loadbalancing_list")
        .iter()
        .flat_map(|list| list.all("group"))
    {
        let name = reader.placed(&element, "name", values::name);
        if let Some(name) = &name {
            reader.once(&mut names, name);
        }
        let hosts = read_hosts(reader, &element, cluster);
        let first = rules.len();
        read_rules(reader, &element, interfaces, &mut rules);
        groups.push(GroupConfig {
            name: name.map(|name| name.value).unwrap_or_default(),
            hosts,
            rules: rules[first..].iter().map(|(rule, _)| *rule).collect(),
        });
    }
    if let Some((_, place)) = rules.get(RULES_MAX) {
        let message = format!("one rule too many; a module has {RULES_MAX} at most");
        reader.error(place.clone(), message);
    }
    groups
}

fn read_hosts(
    reader: &mut Reader<'_>,
    group: &Element<'_>,
    cluster: Option<&ClusterConfig>,
) -> Vec<HostPower> {
    let mut seen = BTreeMap::new();
    let mut hosts = Vec::new();
    for element in group
        .first("cluster")
        .iter()
        .flat_map(|cluster| cluster.all("host"))
    {
        let power = reader.value(&element, "power", values::integer(0..=u32::MAX));
        let Some(name) = reader.placed(&element, "name", values::name) else {
            continue;
        };
        reader.once(&mut seen, &name);
        refuse_stranger(reader, &name, cluster);
        hosts.push(HostPower {
            name: name.value,
            power: power.unwrap_or(POWER),
        });
    }
    hosts
}

fn refuse_stranger(
    reader: &mut Reader<'_>,
    name: &Placed<String>,
    cluster: Option<&ClusterConfig>,
) {
    let Some(cluster) = cluster.filter(|cluster| cluster.node(&name.value).is_none()) else {
        return;
    };
    let known: Vec<_> = cluster
        .nodes()
        .map(|(_, node)| node.name.as_str())
        .collect();
    let known = values::list(&known, "and");
    let message = format!("the cluster has no node {:?}; it has {known}", name.value);
    reader.error(name.place.clone(), message);
}

/// Adds the rules of a group to those of the groups before it.
fn read_rules(
    reader: &mut Reader<'_>,
    group: &Element<'_>,
    interfaces: &Interfaces,
    rules: &mut Vec<(Rule, Place)>,
) {
    for element in group.all("rule") {
        let Some(rule) = read_rule(reader, &element, interfaces) else {
            continue;
        };
        let place = reader.place(&element);
        let packets = |rule: &Rule| (rule.virtual_addr, rule.port, rule.proto);
        if let Some((_, first)) = rules
            .iter()
            .find(|(known, _)| packets(known) == packets(&rule))
        {
            let line = first.line;
            let message = format!("the rule in line {line} takes the same packets; remove one");
            reader.error(place.clone(), message);
        }
        rules.push((rule, place));
    }
}

fn read_rule(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    interfaces: &Interfaces,
) -> Option<Rule> {
    let addr = reader.placed(
        element,
        "virtual_addr",
        values::any_or(values::virtual_addr),
    );
    let port = reader.value(element, "port", values::any_or(values::port));
    let protos = [
        ("tcp", Proto::Tcp),
        ("udp", Proto::Udp),
        ("arp", Proto::Arp),
    ];
    let proto = reader.value(element, "proto", values::choice(&protos));
    let filters = [
        ("on_addr", Filter::OnAddr),
        ("on_port", Filter::OnPort),
        ("on_ipid", Filter::OnIpid),
    ];
    let filter = reader.value(element, "filter", values::choice(&filters));
    if let Some(Placed {
        value: Some(addr),
        place,
    }) = &addr
        && interfaces.lacks(*addr)
    {
        let known = interfaces.describe();
        let message = format!("{addr} is no virtual address of this module; it has {known}");
        reader.error(place.clone(), message);
    }
    let is_read = |attribute, read: bool| read || !element.has(attribute);
    if !is_read("virtual_addr", addr.is_some()) || !is_read("port", port.is_some()) {
        return None;
    }
    let rule = Rule {
        virtual_addr: addr.and_then(|addr| addr.value),
        port: port.flatten(),
        proto: proto?,
        filter: filter?,
    };
    check_rule(reader, element, &rule, interfaces);
    Some(rule)
}

/// Checks what its parts say together.
fn check_rule(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    rule: &Rule,
    interfaces: &Interfaces,
) {
    match rule.proto {
        Proto::Tcp if rule.filter == Filter::OnIpid => {
            let place = reader.place_of(element, "filter");
            let message = "on_ipid is for proto udp only; write on_addr or on_port";
            reader.error(place, message);
        }
        Proto::Tcp => {}
        Proto::Udp => {
            let place = reader.place_of(element, "proto");
            let message = "UDP flows move with their bucket at once; only TCP connections stay with their node";
            reader.warning(place, message);
        }
        Proto::Arp => check_arp(reader, element, rule, interfaces),
    }
}

fn check_arp(reader: &mut Reader<'_>, element: &Element<'_>, rule: &Rule, interfaces: &Interfaces) {
    let place = reader.place_of(element, "proto");
    if rule.filter != Filter::OnAddr {
        let place = reader.place_of(element, "filter");
        reader.error(place, "a rule with proto arp has the filter on_addr");
    }
    if rule.port.is_some() {
        let place = reader.place_of(element, "port");
        reader.error(
            place,
            "a rule with proto arp has no port; remove it, or write *",
        );
    }
    if !interfaces.are_all(EntryMode::VmacDirected, rule.virtual_addr) {
        let message = "a rule with proto arp needs virtual interfaces of type vmac_directed";
        reader.error(place, message);
        return;
    }
    let message = "this rule has no effect in this version: one node answers ARP for all clients";
    reader.warning(place, message);
}
