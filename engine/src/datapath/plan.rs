//! From a module's configuration to the tables that the filter reads: pure, no map is touched.

use std::collections::BTreeMap;
use std::net::IpAddr;

use evenkeel_core::config::model::{self, EntryMode, Proto};
use evenkeel_core::ids::NodeId;
use evenkeel_packet::abi::{self, Link, Module, RULES_MAX, Rule, Vip};
use evenkeel_packet::decide::Entry;
use evenkeel_packet::flow::Filter;
use evenkeel_packet::hash::{Seed, key_from_bytes};
use evenkeel_packet::{Addr, Mac};

use crate::ports::{DatapathError, InterfacePath, ModulePath, Routes};

/// Where a module stands in the tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Slots {
    /// Its own.
    pub(super) module: u32,
    /// One per interface.
    pub(super) links: Vec<u32>,
    /// One per group.
    pub(super) groups: Vec<u32>,
}

/// A module's tables as they are at `open`: no traffic, nobody answers ARP.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) module: Module,
    pub(super) links: Vec<(u32, Link)>,
    pub(super) vips: Vec<(Addr, Vip)>,
}

/// Lays out a module's tables.
pub(super) fn plan(path: &ModulePath, slots: &Slots) -> Result<Plan, DatapathError> {
    let Some(first_group) = slots.groups.first() else {
        return Err(DatapathError::Unsupported(
            "a virtual address needs a group".into(),
        ));
    };
    let module = Module {
        seed: Seed::new(key_from_bytes(path.hash_key)),
        node: u32::from(path.node.get()),
        first_group: *first_group,
    };
    let mut links = Vec::new();
    let mut vips = Vec::new();
    for (interface, slot) in path.interfaces.iter().zip(&slots.links) {
        links.push((*slot, link(interface)));
        for addr in &interface.addrs {
            vips.push((Addr::from(*addr), vip(*addr, *slot, path, slots)?));
        }
    }
    Ok(Plan {
        module,
        links,
        vips,
    })
}

/// An interface while it answers nobody.
fn link(interface: &InterfacePath) -> Link {
    let mac = Mac::new(interface.mac);
    let (entry, vmac) = match interface.entry {
        EntryMode::VmacDirected => (Entry::Directed, mac),
        EntryMode::VmacInvisible => (Entry::Invisible, Mac::new(interface.vmac)),
    };
    Link {
        mac: mac.word(),
        agreed: Mac::NONE.word(),
        vmac: vmac.word(),
        peers: 0,
        ifindex: interface.index,
        entry: entry as u8,
        answers: abi::ANSWERS_NOT,
        reserved: [0; 2],
    }
}

/// A virtual address with the rules that apply to it, the most specific first.
fn vip(addr: IpAddr, link: u32, path: &ModulePath, slots: &Slots) -> Result<Vip, DatapathError> {
    let mut chosen: Vec<((bool, bool), Rule)> = Vec::new();
    for (group, slot) in path.groups.iter().zip(&slots.groups) {
        for rule in group
            .rules
            .iter()
            .filter(|rule| rule.virtual_addr.is_none_or(|of| of == addr))
        {
            let generality = (rule.virtual_addr.is_none(), rule.ports.is_empty());
            let entries = laid_out(rule, *slot);
            chosen.extend(entries.map(|entry| (generality, entry)));
        }
    }
    // Stable: among equals the first of the configuration wins.
    chosen.sort_by_key(|(generality, _)| *generality);
    let mut rules = [Rule::default(); RULES_MAX];
    if chosen.len() > RULES_MAX {
        let what = format!(
            "{} rules for {addr}, each range of ports counted",
            chosen.len()
        );
        return Err(DatapathError::Full {
            what,
            limit: RULES_MAX,
        });
    }
    let mut rule_count = 0;
    for (place, (_, rule)) in rules.iter_mut().zip(chosen) {
        *place = rule;
        rule_count += 1;
    }
    Ok(Vip {
        module: slots.module,
        link,
        rule_count,
        keeps: u32::from(path.replay),
        rules,
    })
}

/// One entry per range of ports.
fn laid_out(rule: &model::Rule, group: u32) -> impl Iterator<Item = Rule> + use<> {
    let protocol = match rule.proto {
        Proto::Tcp => abi::PROTOCOL_TCP,
        Proto::Udp => abi::PROTOCOL_UDP,
        Proto::Arp => abi::PROTOCOL_ARP,
    };
    let filter = match rule.filter {
        model::Filter::OnAddr => Filter::OnAddr,
        model::Filter::OnPort => Filter::OnPort,
        model::Filter::OnIpid => Filter::OnIpid,
    };
    let mut ports: Vec<(u16, u16)> = rule
        .ports
        .iter()
        .map(|range| (range.first, range.last))
        .collect();
    if ports.is_empty() {
        ports.push((0, u16::MAX));
    }
    ports.into_iter().map(move |(first, last)| Rule {
        // Slots are below `GROUPS_MAX`.
        group: u16::try_from(group).unwrap_or(u16::MAX),
        filter: filter as u8,
        ..Rule::new(protocol, first, last)
    })
}

/// What routes change in the tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paths {
    /// The MAC address of each other node, by place (link slot times 64 plus node).
    pub(super) neighbours: BTreeMap<u32, Mac>,
    /// The nodes by link and MAC address (see [`abi::peer_key`]).
    pub(super) peers: BTreeMap<u64, NodeId>,
}

/// Where the other nodes are on the links of a module.
pub(super) fn paths(slots: &Slots, routes: &Routes) -> Paths {
    let mut paths = Paths::default();
    for (node, macs) in &routes.neighbours {
        for (slot, mac) in slots.links.iter().zip(macs) {
            let mac = Mac::new(*mac);
            paths
                .neighbours
                .insert(abi::neighbour_place(*slot, node.get()), mac);
            paths.peers.insert(abi::peer_key(*slot, mac), *node);
        }
    }
    paths
}

/// The bits of the other nodes' MAC addresses on the link in `slot`.
pub(super) fn peer_bits(slot: u32, paths: &Paths) -> u64 {
    let on_link = |place: &u32| place / abi::neighbour_place(1, 0) == slot;
    let macs = paths
        .neighbours
        .iter()
        .filter(|(place, _)| on_link(place))
        .map(|(_, mac)| *mac);
    macs.map(abi::peer_bit).fold(0, |bits, bit| bits | bit)
}

/// A link with what is answered to ARP under these routes. In directed mode the agreed MAC is this
/// node's own where it is the entry node, or where a rule lets each node answer its share.
pub(super) fn answering(link: &Link, path: &ModulePath, entry: Option<NodeId>) -> Link {
    let is_entry = entry == Some(path.node);
    let by_rule = path
        .groups
        .iter()
        .flat_map(|group| &group.rules)
        .any(|rule| rule.proto == Proto::Arp);
    let (agreed, answers) = match Entry::from_byte(link.entry) {
        Entry::Invisible if is_entry => (link.vmac, abi::ANSWERS),
        Entry::Invisible => (link.vmac, abi::ANSWERS_NOT),
        Entry::Directed if by_rule && entry.is_some() => (link.mac, abi::ANSWERS_BY_BUCKET),
        Entry::Directed if is_entry => (link.mac, abi::ANSWERS),
        Entry::Directed => (Mac::NONE.word(), abi::ANSWERS_NOT),
    };
    Link {
        agreed,
        answers,
        ..*link
    }
}

#[cfg(test)]
mod tests {
    use evenkeel_core::config::model::PortRange;

    use super::*;
    use crate::ports::GroupPath;

    const VIP: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 100));

    /// A rule for TCP with its address, and its ports as pairs.
    fn rule(virtual_addr: Option<IpAddr>, ports: &[(u16, u16)]) -> model::Rule {
        let range = |&(first, last): &(u16, u16)| PortRange { first, last };
        model::Rule {
            virtual_addr,
            ports: ports.iter().map(range).collect(),
            proto: Proto::Tcp,
            filter: model::Filter::OnPort,
        }
    }

    fn laid(groups: Vec<Vec<model::Rule>>, addrs: &[IpAddr]) -> Result<Plan, DatapathError> {
        let group = |(number, rules): (u32, _)| GroupPath {
            name: number.to_string(),
            rules,
        };
        let slots = Slots {
            module: 0,
            links: vec![0],
            groups: (0..).take(groups.len()).collect(),
        };
        let path = ModulePath {
            node: NodeId::new(0).unwrap(),
            interfaces: vec![InterfacePath {
                index: 2,
                name: "eth0".to_owned(),
                mac: [2, 0, 0, 0, 0, 1],
                software: true,
                entry: EntryMode::VmacInvisible,
                vmac: [0x5a, 0xfe, 10, 0, 0, 100],
                addrs: addrs.to_vec(),
                network: IpAddr::from([10, 0, 0, 0]),
            }],
            groups: (0..).zip(groups).map(group).collect(),
            hash_key: [0; 16],
            replay: true,
        };
        plan(&path, &slots)
    }

    #[test]
    fn the_most_specific_rule_takes_a_packet_whatever_the_order() {
        let groups = vec![
            vec![rule(None, &[])],
            vec![rule(None, &[(80, 80), (8000, 8080)])],
            vec![rule(Some(VIP), &[])],
            vec![rule(Some(VIP), &[(8010, 8020), (443, 443)])],
        ];
        let other = IpAddr::from([10, 0, 0, 101]);
        let plan = laid(groups, &[VIP, other]).unwrap();
        let (_, here) = &plan.vips[0];
        let (_, there) = &plan.vips[1];
        let group = |vip: &Vip, port| vip.rule(abi::PROTOCOL_TCP, port).map(|rule| rule.group);
        for (port, of_vip, of_other) in [
            (443, 3, 0),
            (8009, 2, 1),
            (8010, 3, 1),
            (8020, 3, 1),
            (8021, 2, 1),
            (80, 2, 1),
            (8081, 2, 0),
            (0, 2, 0),
            (65535, 2, 0),
        ] {
            assert_eq!(group(here, port), Some(of_vip), "port {port} of the one");
            assert_eq!(
                group(there, port),
                Some(of_other),
                "port {port} of the other"
            );
        }
        assert_eq!((here.rule_count, there.rule_count), (6, 3));
        assert_eq!(here.rule(abi::PROTOCOL_UDP, 80), None);
    }

    #[test]
    fn every_range_counts_as_a_rule() {
        let ranges = |count: usize| (1..).step_by(2).take(count).map(|port| (port, port));
        let with = |count| vec![vec![rule(None, &ranges(count).collect::<Vec<_>>())]];
        assert!(laid(with(RULES_MAX), &[VIP]).is_ok());
        let error = laid(with(RULES_MAX + 1), &[VIP]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "33 rules for 10.0.0.100, each range of ports counted: 32 is the most this filter holds"
        );
    }

    #[test]
    fn both_families_have_both_entry_modes() {
        let six: IpAddr = "fd00::100".parse().unwrap();
        let plan = laid(vec![vec![rule(None, &[])]], &[VIP, six]).unwrap();
        assert_eq!(plan.vips.len(), 2);
    }
}
