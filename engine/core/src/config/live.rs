//! What of a module's configuration can change while the module runs: all that no other node has to know of (when
//! it starts, how often it helps itself, its scripts' settings, what is looked at and what follows from it, how
//! long connections may live on, what a cut off part does, whether scripts open the traffic), the powers of hosts,
//! the timing and the LANs of the membership, which hear each other meanwhile as if they had both, groups, and
//! virtual addresses, interfaces and rules as long as no packet is decided in two ways on the way.
//!
//! Nodes take a change one after the other. Powers are the leader's business alone. An address, a rule or a group may
//! come or go: who has it answers for its share, who has it not does not. But a packet that both configurations take
//! has to be of one table and one hash in both, or two nodes could take it for theirs: a group that comes and gets
//! rules of another one goes by its table until all have the change. And neighbours know a virtual MAC address as
//! long as they like, so it stays. Interfaces are known among the nodes by their place.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use super::model::{EntryMode, FarmConfig, InterfaceConfig, Isolation, ModuleConfig, VipConfig};

mod groups;

pub use groups::{Groups, loses_rules, origins, origins_of};
use groups::{arp, common, groups, moves};

/// Why a module that runs with `old` cannot take `new` before it is stopped; `None`: it can.
pub fn why_not(former: &ModuleConfig, next: &ModuleConfig) -> Option<String> {
    if let Some(part) = unsettled(&settled(former), &settled(next)) {
        return Some(part.to_owned());
    }
    let (Some(old), Some(new)) = (&former.vip, &next.vip) else {
        return None;
    };
    let origins = origins(former, next);
    let fixed = first_moves(old, new, &origins);
    if let Some(problem) = fixed.or_else(|| misplaced(&old.interfaces, &new.interfaces)) {
        return Some(problem);
    }
    if arp(old) != arp(new) {
        return Some("which node answers ARP changes (a rule with proto arp)".to_owned());
    }
    let goes_on = |from: &str, to: &str| from == to || origins.contains(&(to, from));
    let moved = moves(&groups(old), &groups(new), &common(old, new))
        .find(|((from, before), (to, after))| !goes_on(from, to) || before.filter != after.filter);
    moved.map(|((from, before), (to, rule))| {
        let ports: Vec<String> = rule.ports.iter().map(ToString::to_string).collect();
        let ports = match ports.is_empty() {
            true => "all ports".to_owned(),
            false => format!("port {}", ports.join(",")),
        };
        if before.filter != rule.filter {
            return format!("{ports} of group {to} is shared out by something else");
        }
        format!(
            "{ports} moves from group {from} to group {to}; a group that comes can take rules of one other group, \
             and one that is there none"
        )
    })
}

/// What changes of two settled configurations.
fn unsettled(old: &ModuleConfig, new: &ModuleConfig) -> Option<&'static str> {
    let of = |what: &'static str, changes: bool| changes.then_some(what);
    let farm = || of("<farm> comes or goes", old.farm != new.farm);
    let vip = || of("<vip> comes or goes", old.vip != new.vip);
    let rest = || of("more changes than can while it runs", old != new);
    of("its mode changes", old.mode != new.mode)
        .or_else(farm)
        .or_else(vip)
        .or_else(rest)
}

/// The configuration without what may change.
fn settled(config: &ModuleConfig) -> ModuleConfig {
    let ModuleConfig {
        boot,
        boot_delay,
        maxloop,
        loop_interval,
        automatic_reboot,
        checks,
        procs,
        failover,
        user,
        ..
    } = ModuleConfig::new(config.mode);
    ModuleConfig {
        boot,
        boot_delay,
        maxloop,
        loop_interval,
        automatic_reboot,
        checks,
        procs,
        failover,
        user,
        farm: config.farm.as_ref().map(|_| settled_farm()),
        vip: config.vip.as_ref().map(|_| settled_vip()),
        mode: config.mode,
    }
}

/// The port is that of the cluster whatever the file says.
const fn settled_farm() -> FarmConfig {
    FarmConfig {
        port: None,
        lans: Vec::new(),
        timing: None,
        isolation: Isolation::Serve,
        drain: Duration::ZERO,
    }
}

/// Interfaces, with their addresses, groups and rules are judged one by one.
const fn settled_vip() -> VipConfig {
    VipConfig {
        tcpreset: true,
        scriptcontrol: false,
        replay: true,
        interfaces: Vec::new(),
        groups: Vec::new(),
    }
}

/// Echo requests and what else no rule names go by the first group, which stays, or gets another name with its rules.
fn first_moves(before: &VipConfig, after: &VipConfig, origins: &[(&str, &str)]) -> Option<String> {
    let (old, new) = (before.groups.first()?, after.groups.first()?);
    let is_renamed = origins.contains(&(&new.name, &old.name));
    (old.name != new.name && !is_renamed).then(|| {
        format!(
            "group {} becomes the first one, by which echo requests go; leave {} first, or rename it with its rules",
            new.name, old.name
        )
    })
}

/// What of the interfaces cannot change: an interface that stays keeps its place, its type, an address and what
/// neighbours know it by, and no address comes to another one.
fn misplaced(old: &[InterfaceConfig], new: &[InterfaceConfig]) -> Option<String> {
    let pairs = old.iter().zip(new);
    pairs
        .filter_map(|(before, after)| changed_for_good(before, after))
        .next()
        .or_else(|| {
            let place = |all: &[InterfaceConfig], addr| {
                let has = |interface: &InterfaceConfig| addrs([interface]).contains(&addr);
                all.iter().position(has)
            };
            let both = &addrs(old) & &addrs(new);
            let moved = both
                .into_iter()
                .find(|addr| place(old, *addr) != place(new, *addr));
            moved.map(|addr| {
                format!(
                    "virtual address {addr} comes to another <interface>; take it away first, and add it there \
                     by another change"
                )
            })
        })
}

fn changed_for_good(before: &InterfaceConfig, after: &InterfaceConfig) -> Option<String> {
    let first = before.addrs.first().map(|addr| addr.addr);
    let name = first.map_or_else(String::new, |addr| format!("the <interface> of {addr}"));
    let (former, next) = (addrs([before]), addrs([after]));
    if former.is_disjoint(&next) {
        return Some(format!(
            "{name} keeps none of its virtual addresses, or its place; interfaces come and go at the end of \
             <interface_list>, and of the others an address stays"
        ));
    }
    if before.entry != after.entry {
        return Some(format!("{name} gets another type"));
    }
    let (mac, other) = (before.virtual_mac(), after.virtual_mac());
    let is_known = before.entry == EntryMode::VmacInvisible;
    (is_known && mac != other).then(|| {
        let [mac, other] = [mac, other].map(|mac| mac.map(|byte| format!("{byte:02X}")).join(":"));
        format!(
            "the virtual MAC address of {name} changes from {mac} to {other}, and neighbours know the former; \
             write addr=\"{mac}\" into its <virtual_interface> to keep it, or take another change"
        )
    })
}

/// The virtual addresses.
fn addrs<'a>(interfaces: impl IntoIterator<Item = &'a InterfaceConfig>) -> BTreeSet<IpAddr> {
    let addrs = interfaces.into_iter().flat_map(|one| &one.addrs);
    addrs.map(|addr| addr.addr).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::model::{GroupConfig, ServiceMode, Timing};
    use crate::config::read_module;

    const HEAD: &str = r#"<safe><service mode="farm"><farm><lan name="default"/></farm><vip><interface_list>
        <interface><virtual_interface type="vmac_directed"><virtual_addr addr="192.0.2.100" where="alias"/>
        <virtual_addr addr="192.0.2.101" where="alias"/></virtual_interface></interface></interface_list>
        <loadbalancing_list>"#;
    const TAIL: &str = "</loadbalancing_list></vip></service></safe>";
    const WEB: &str = r#"<rule port="80" proto="tcp" filter="on_addr"/>"#;
    const TLS: &str = r#"<rule port="443" proto="tcp" filter="on_addr"/>"#;

    fn module(first: &str, second: &str) -> ModuleConfig {
        let groups = format!(r#"<group name="a">{first}</group><group name="b">{second}</group>"#);
        let text = format!("{HEAD}{groups}{TAIL}");
        let none = BTreeMap::new();
        let (module, problems) = read_module(&text, &none, &none, None);
        module.unwrap_or_else(|| panic!("{problems:?}"))
    }

    fn check(changes: &[(&str, &str, Option<&str>)]) {
        let old = module(WEB, TLS);
        for (first, second, expected) in changes {
            let found = why_not(&old, &module(first, second));
            let found = found.as_deref();
            assert_eq!(found, *expected, "{first} {second}");
        }
    }

    #[test]
    fn powers_and_rules_change_as_long_as_no_packet_changes_sides() {
        let powers = r#"<cluster><host name="node1" power="3"/><host name="node2"/></cluster>"#;
        let weighed = format!("{powers}{WEB}");
        let more = format!(r#"{WEB}<rule port="8080-8090" proto="tcp" filter="on_port"/>"#);
        let datagrams = format!(r#"{WEB}<rule port="80" proto="udp" filter="on_port"/>"#);
        let here = r#"<rule port="80" virtual_addr="192.0.2.100" proto="tcp" filter="on_addr"/>"#;
        let other = r#"<rule port="81" proto="tcp" filter="on_addr"/>"#;
        let by_port = r#"<rule port="80" proto="tcp" filter="on_port"/>"#;
        let arp = format!(r#"{WEB}<rule proto="arp" filter="on_addr"/>"#);
        let sides = "port 80 moves from group a to group b; a group that comes can take rules of one other group, and \
                     one that is there none";
        check(&[
            (WEB, TLS, None),
            (&weighed, TLS, None),
            (&more, TLS, None),
            (&datagrams, TLS, None),
            (here, TLS, None),
            (other, TLS, None),
            (
                by_port,
                TLS,
                Some("port 80 of group a is shared out by something else"),
            ),
            (other, WEB, Some(sides)),
            (other, here, Some(sides)),
            (
                &arp,
                TLS,
                Some("which node answers ARP changes (a rule with proto arp)"),
            ),
        ]);
    }

    #[test]
    fn what_no_other_node_has_to_know_of_changes() {
        let old = module(WEB, TLS);
        let text = |service: &str, elements: &str| {
            format!(
                r#"<safe><service mode="farm" {service}><farm><lan name="default"/></farm>{elements}</service></safe>"#
            )
        };
        let read = |text: &str| {
            let none = BTreeMap::new();
            let (module, problems) = read_module(text, &none, &none, None);
            module.unwrap_or_else(|| panic!("{problems:?}"))
        };
        for (service, elements) in [
            (r#"boot="on""#, ""),
            (r#"boot="on" boot_delay="5""#, ""),
            (r#"maxloop="7" loop_interval="2""#, ""),
            (r#"automatic_reboot="on""#, ""),
            ("", r#"<user nicestoptimeout="5" logging="none"/>"#),
            ("", r#"<user><var name="A" value="b"/></user>"#),
            (
                "",
                r#"<check><tcp ident="web"><to addr="127.0.0.1" port="80"/></tcp></check>"#,
            ),
            (
                "",
                r#"<errd><proc name="nginx" class="both"/></errd><user/>"#,
            ),
            (
                "",
                "<failover><![CDATA[ill: if (site.ill == yes) then stop();]]></failover>",
            ),
        ] {
            let mut new = read(&text(service, elements));
            new.vip.clone_from(&old.vip);
            assert_ne!(old, new, "{service} {elements}");
            assert_eq!(why_not(&old, &new), None, "{service} {elements}");
            assert_eq!(why_not(&new, &old), None, "{service} {elements}");
        }
    }

    /// Something of the network side.
    fn check_vip(change: fn(&mut VipConfig), expected: Option<&str>) {
        let old = module(WEB, TLS);
        let mut new = old.clone();
        new.vip.iter_mut().for_each(change);
        assert_ne!(old, new);
        assert_eq!(why_not(&old, &new).as_deref(), expected);
    }

    #[test]
    fn of_the_network_side_what_nobody_decides_by_changes() {
        check_vip(|vip| vip.tcpreset = false, None);
        check_vip(|vip| vip.interfaces[0].check = false, None);
        check_vip(|vip| vip.interfaces[0].addrs[0].check = false, None);
        check_vip(|vip| vip.interfaces[0].arpreroute = true, None);
        check_vip(|vip| vip.scriptcontrol = true, None);
        check_vip(|vip| vip.replay = false, None);
    }

    /// One of another name, and of no rule.
    fn group(name: &str) -> GroupConfig {
        GroupConfig {
            name: name.to_owned(),
            hosts: Vec::new(),
            rules: Vec::new(),
        }
    }

    #[test]
    fn groups_come_and_go_and_get_other_names_behind_the_first_one() {
        check_vip(|vip| vip.groups.truncate(1), None);
        check_vip(|vip| vip.groups.push(group("c")), None);
        check_vip(|vip| vip.groups.insert(1, group("c")), None);
        check_vip(|vip| vip.groups[1].name = "c".to_owned(), None);
        check_vip(|vip| vip.groups[0].name = "c".to_owned(), None);
        let first = |name: &str| {
            format!(
                "group {name} becomes the first one, by which echo requests go; leave a first, or rename it with its \
                 rules"
            )
        };
        check_vip(|vip| vip.groups.reverse(), Some(&first("b")));
        check_vip(|vip| _ = vip.groups.remove(0), Some(&first("b")));
        check_vip(|vip| vip.groups.insert(0, group("c")), Some(&first("c")));
        let empty = |vip: &mut VipConfig| vip.groups[0] = group("c");
        check_vip(empty, Some(&first("c")));
    }

    #[test]
    fn rules_come_to_a_group_that_is_new_from_one_other() {
        let more = r#"<rule port="8443" proto="tcp" filter="on_addr"/>"#;
        let old = module(WEB, &format!("{TLS}{more}"));
        let with = |first: &str, third: &str| {
            let mut new = module(first, more);
            let mut other = module(third, r#"<rule port="9999" proto="tcp" filter="on_addr"/>"#);
            let third = other.vip.as_mut().unwrap().groups.remove(0);
            let name = "c".to_owned();
            let groups = &mut new.vip.as_mut().unwrap().groups;
            groups.push(GroupConfig { name, ..third });
            new
        };
        let split = with(WEB, TLS);
        assert_eq!(why_not(&old, &split), None);
        assert_eq!(origins(&old, &split), [("c", "b")]);
        let moves = |port, from, to| {
            Some(format!(
                "port {port} moves from group {from} to group {to}; a group that comes can take rules of one other \
                 group, and one that is there none"
            ))
        };
        assert_eq!(why_not(&split, &old), moves(443, "c", "b"));
        let merged = with(more.replace("8443", "81").as_str(), &format!("{WEB}{TLS}"));
        assert_eq!(why_not(&old, &merged), moves(443, "b", "c"));
        let by_port = r#"<rule port="443" proto="tcp" filter="on_port"/>"#;
        let other = "port 443 of group c is shared out by something else";
        assert_eq!(why_not(&old, &with(WEB, by_port)).as_deref(), Some(other));
        assert_eq!(origins(&old, &module(WEB, TLS)), []);
    }

    /// An interface of its own for one more address.
    fn another(vip: &mut VipConfig, addr: [u8; 4]) {
        let mut interface = vip.interfaces[0].clone();
        interface.addrs.truncate(1);
        interface.addrs[0].addr = addr.into();
        vip.interfaces.push(interface);
    }

    #[test]
    fn virtual_addresses_and_interfaces_come_and_go_where_no_neighbour_is_misled() {
        check_vip(|vip| vip.interfaces[0].addrs.truncate(1), None);
        check_vip(|vip| vip.interfaces[0].addrs.reverse(), None);
        check_vip(|vip| _ = vip.interfaces[0].addrs.remove(0), None);
        check_vip(
            |vip| vip.interfaces[0].addrs[1].addr = [192, 0, 2, 7].into(),
            None,
        );
        check_vip(|vip| vip.interfaces[0].addrs[0].prefix_len = Some(24), None);
        check_vip(|vip| vip.interfaces[0].name = Some("eth1".to_owned()), None);
        check_vip(|vip| another(vip, [192, 0, 2, 7]), None);
        let first = "the <interface> of 192.0.2.100";
        let place = format!(
            "{first} keeps none of its virtual addresses, or its place; interfaces come and go at the end of \
             <interface_list>, and of the others an address stays"
        );
        let change = |vip: &mut VipConfig| {
            another(vip, [192, 0, 2, 7]);
            vip.interfaces.reverse();
        };
        check_vip(change, Some(&place));
        check_vip(|vip| vip.interfaces.clear(), None);
        let kind = format!("{first} gets another type");
        let invisible = |vip: &mut VipConfig| vip.interfaces[0].entry = EntryMode::VmacInvisible;
        check_vip(invisible, Some(&kind));
        let moves = "virtual address 192.0.2.101 comes to another <interface>; take it away first, and add it \
                     there by another change";
        let change = |vip: &mut VipConfig| {
            vip.interfaces[0].addrs.truncate(1);
            another(vip, [192, 0, 2, 101]);
        };
        check_vip(change, Some(moves));
    }

    #[test]
    fn the_virtual_mac_address_stays() {
        fn interface(module: &mut ModuleConfig) -> &mut InterfaceConfig {
            &mut module.vip.as_mut().unwrap().interfaces[0]
        }
        let mut old = module(WEB, TLS);
        interface(&mut old).entry = EntryMode::VmacInvisible;
        let mut new = old.clone();
        interface(&mut new).addrs.remove(0);
        assert_eq!(
            why_not(&old, &new).unwrap(),
            "the virtual MAC address of the <interface> of 192.0.2.100 changes from 5A:FE:C0:00:02:64 to \
             5A:FE:C0:00:02:65, and neighbours know the former; write addr=\"5A:FE:C0:00:02:64\" into its \
             <virtual_interface> to keep it, or take another change"
        );
        interface(&mut new).vmac = Some([0x5a, 0xfe, 192, 0, 2, 100]);
        assert_eq!(why_not(&old, &new), None);
    }

    #[test]
    fn rules_of_addresses_that_come_are_of_any_group() {
        let generic = |addr| {
            format!(r#"<rule port="80" virtual_addr="{addr}" proto="tcp" filter="on_addr"/>"#)
        };
        let mut old = module(&generic("192.0.2.100"), TLS);
        let (one, other) = (generic("192.0.2.100"), generic("192.0.2.101"));
        let new = module(&one, &format!("{TLS}{other}"));
        old.vip
            .iter_mut()
            .for_each(|vip| vip.interfaces[0].addrs.truncate(1));
        assert_eq!(why_not(&old, &new), None);
        assert_eq!(why_not(&new, &old), None);
        // To all addresses, of which one was there.
        let mut wide = module(WEB, TLS);
        wide.vip
            .iter_mut()
            .for_each(|vip| vip.interfaces[0].addrs.truncate(1));
        assert_eq!(why_not(&wide, &new), None);
        let moved = module(&other, &format!("{TLS}{one}"));
        let moves = why_not(&wide, &moved).unwrap();
        assert!(
            moves.starts_with("port 80 moves from group a to group b"),
            "{moves}"
        );
    }

    fn farm(config: &mut ModuleConfig, change: impl Fn(&mut FarmConfig)) {
        config.farm.iter_mut().for_each(change);
    }

    #[test]
    fn all_of_the_farm_changes() {
        let old = module(WEB, TLS);
        let mut new = old.clone();
        farm(&mut new, |farm| {
            farm.drain *= 2;
            farm.isolation = Isolation::Fence;
            farm.port = Some(4900);
            farm.lans = vec!["second".to_owned()];
            farm.timing = Some(Timing::default());
        });
        assert_eq!(why_not(&old, &new), None);
        assert_eq!(why_not(&new, &old), None);
    }

    #[test]
    fn what_the_members_have_to_agree_about_does_not_change() {
        let old = module(WEB, TLS);
        for (change, expected) in [
            (
                (|config| config.mode = ServiceMode::Light) as fn(&mut ModuleConfig),
                "its mode changes",
            ),
            (|config| config.farm = None, "<farm> comes or goes"),
            (|config| config.vip = None, "<vip> comes or goes"),
        ] {
            let mut new = old.clone();
            change(&mut new);
            assert_eq!(why_not(&old, &new).as_deref(), Some(expected));
        }
    }
}
