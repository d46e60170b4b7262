//! `<loadbalancing_list>`: groups, their hosts with powers, their rules.

use std::collections::BTreeMap;

use super::reader::{Element, Place, Placed, Reader};
use super::vip::Interfaces;
use super::{ports, values};
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
            rules: rules[first..]
                .iter()
                .map(|(rule, _)| rule.clone())
                .collect(),
        });
    }
    refuse_too_many(reader, &rules);
    groups
}

/// The filter has a place for every range of ports, not for every rule.
fn refuse_too_many(reader: &mut Reader<'_>, rules: &[(Rule, Place)]) {
    let mut entries = 0;
    for (rule, place) in rules {
        entries += rule.entries();
        if entries > RULES_MAX {
            let message = format!(
                "one rule too many; a module has {RULES_MAX} at most, where each range of a list \
                 of ports counts as one: with this rule there are {entries}"
            );
            return reader.error(place.clone(), message);
        }
    }
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
        // There can be more, of which the first one too many is reported.
        let known = rules.iter().take(RULES_MAX);
        let clash = known.filter(|(known, _)| known.rivals(&rule));
        if let Some((place, message)) = clash
            .filter_map(|(known, first)| clash_of(reader, &element, (known, first), &rule))
            .next()
        {
            reader.error(place, message);
        }
        rules.push((rule, place));
    }
}

/// What two rules take both, where neither is more specific.
fn clash_of(
    reader: &Reader<'_>,
    element: &Element<'_>,
    (known, first): (&Rule, &Place),
    rule: &Rule,
) -> Option<(Place, String)> {
    let first = reader.words(first);
    if known.ports == rule.ports {
        let message = format!("the rule in {first} takes the same packets; remove one");
        return Some((reader.place(element), message));
    }
    let common = ports::words(rule.common_ports(known)?);
    let message = format!(
        "the rule in {first} takes some of the same packets: {common}; leave them to one rule"
    );
    Some((reader.place_of(element, "port"), message))
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
    let ports = ports::read(reader, element);
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
    if addr.is_none() && element.has("virtual_addr") {
        return None;
    }
    let rule = Rule {
        virtual_addr: addr.and_then(|addr| addr.value),
        ports: ports?,
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
        Proto::Udp if rule.filter == Filter::OnIpid && interfaces.are_v6(rule.virtual_addr) => {
            let place = reader.place_of(element, "filter");
            let message = "IPv6 has no field for on_ipid, and this rule is for IPv6 addresses \
                           only; write on_addr or on_port";
            reader.error(place, message);
        }
        Proto::Tcp | Proto::Udp => {}
        Proto::Arp => check_arp(reader, element, rule, interfaces),
    }
}

fn check_arp(reader: &mut Reader<'_>, element: &Element<'_>, rule: &Rule, interfaces: &Interfaces) {
    let place = reader.place_of(element, "proto");
    if rule.filter != Filter::OnAddr {
        let place = reader.place_of(element, "filter");
        reader.error(place, "a rule with proto arp has the filter on_addr");
    }
    if !rule.ports.is_empty() {
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
    if interfaces.repeat_announcements(rule.virtual_addr) {
        let message = "with arpreroute on, each repetition gathers the clients that this rule \
                       spreads on one node; turn arpreroute off";
        reader.warning(place, message);
    }
}
