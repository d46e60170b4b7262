//! What of a module's configuration can change while the module runs: all that no other node has to know of (when
//! it starts, how often it helps itself, its scripts' settings, what is looked at and what follows from it), the
//! powers of hosts, and the rules of groups as long as no packet is decided in two ways on the way.
//!
//! Nodes take a change one after the other. Powers are the leader's business alone. A rule may come or go: who
//! has it answers for its share, who has it not does not. But a packet that both configurations take has to be
//! of one group and one hash in both, or two nodes could take it for theirs.

use std::time::Duration;

use super::model::{GroupConfig, InterfaceConfig, ModuleConfig, Proto, Rule, VipConfig};

/// Why a module that runs with `old` cannot take `new` before it is stopped; `None`: it can.
pub fn why_not(old: &ModuleConfig, new: &ModuleConfig) -> Option<String> {
    if let Some(part) = unsettled(&settled(old), &settled(new)) {
        return Some(part.to_owned());
    }
    let groups = |config: &ModuleConfig| -> Vec<GroupConfig> {
        let vip = config.vip.iter();
        vip.flat_map(|vip| vip.groups.clone()).collect()
    };
    let (old, new) = (groups(old), groups(new));
    if arp(&old) != arp(&new) {
        return Some("which node answers ARP changes (a rule with proto arp)".to_owned());
    }
    let mut pairs = rules(&old).flat_map(|before| rules(&new).map(move |after| (before, after)));
    let moved = pairs.find(|((from, before), (to, after))| {
        before.overlaps(after) && (from != to || before.filter != after.filter)
    });
    moved.map(|((from, _), (to, rule))| {
        let ports: Vec<String> = rule.ports.iter().map(ToString::to_string).collect();
        let ports = match ports.is_empty() {
            true => "all ports".to_owned(),
            false => format!("port {}", ports.join(",")),
        };
        match from == to {
            true => format!("{ports} of group {to} is shared out by something else"),
            false => format!("{ports} moves from group {from} to group {to}"),
        }
    })
}

/// What changes of two settled configurations.
fn unsettled(old: &ModuleConfig, new: &ModuleConfig) -> Option<&'static str> {
    let of = |what: &'static str, changes: bool| changes.then_some(what);
    let farm = of("its mode changes", old.mode != new.mode)
        .or_else(|| of("<farm> changes", old.farm != new.farm));
    let vip = || match (&old.vip, &new.vip) {
        (Some(old), Some(new)) => unsettled_vip(old, new),
        (old, new) => of("<vip> comes or goes", old != new),
    };
    let rest = || of("more changes than can while it runs", old != new);
    farm.or_else(vip).or_else(rest)
}

fn unsettled_vip(old: &VipConfig, new: &VipConfig) -> Option<&'static str> {
    if old.interfaces != new.interfaces {
        return Some("virtual addresses or their interfaces change");
    }
    if old.groups != new.groups {
        return Some("groups come, go or change places");
    }
    (old != new).then_some("scriptcontrol or replay of <vip> changes")
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
        farm: config.farm.clone(),
        vip: config.vip.clone().map(settled_vip),
        mode: config.mode,
    }
}

fn settled_vip(mut vip: VipConfig) -> VipConfig {
    vip.tcpreset = true;
    vip.interfaces.iter_mut().for_each(settle_interface);
    for group in &mut vip.groups {
        group.hosts.clear();
        group.rules.clear();
    }
    vip
}

/// What is looked at, and what the next announcement says, may change.
fn settle_interface(interface: &mut InterfaceConfig) {
    interface.check = true;
    interface.arpreroute = false;
    interface.arpinterval = Duration::ZERO;
    interface.arpelapse = Duration::ZERO;
    for addr in &mut interface.addrs {
        addr.check = true;
        addr.connections = false;
    }
}

/// Each rule with its group's name.
fn rules(groups: &[GroupConfig]) -> impl Iterator<Item = (&str, &Rule)> {
    groups
        .iter()
        .flat_map(|group| group.rules.iter().map(|rule| (group.name.as_str(), rule)))
}

fn arp(groups: &[GroupConfig]) -> Vec<(&str, &Rule)> {
    rules(groups)
        .filter(|(_, rule)| rule.proto == Proto::Arp)
        .collect()
}

impl Rule {
    /// Whether there is a packet that both name.
    fn overlaps(&self, other: &Self) -> bool {
        let addrs = (self.virtual_addr, other.virtual_addr);
        let addr = matches!(addrs, (None, _) | (_, None)) || addrs.0 == addrs.1;
        let all = self.ports.is_empty() || other.ports.is_empty();
        self.proto == other.proto && addr && (all || self.common_ports(other).is_some())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::model::ServiceMode;
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
        let sides = "port 80 moves from group a to group b";
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
        for change in [
            |vip: &mut VipConfig| vip.interfaces[0].addrs.truncate(1),
            |vip: &mut VipConfig| vip.interfaces[0].name = Some("eth1".to_owned()),
        ] {
            let addresses = "virtual addresses or their interfaces change";
            check_vip(change, Some(addresses));
        }
        let groups = "groups come, go or change places";
        check_vip(|vip| vip.groups.truncate(1), Some(groups));
        check_vip(|vip| vip.groups.reverse(), Some(groups));
        let rest = "scriptcontrol or replay of <vip> changes";
        check_vip(|vip| vip.scriptcontrol = true, Some(rest));
        check_vip(|vip| vip.replay = false, Some(rest));
    }

    #[test]
    fn what_the_members_have_to_agree_about_does_not_change() {
        let old = module(WEB, TLS);
        for (change, expected) in [
            (
                (|config| config.mode = ServiceMode::Light) as fn(&mut ModuleConfig),
                "its mode changes",
            ),
            (|config| config.farm = None, "<farm> changes"),
            (
                |config| config.farm.iter_mut().for_each(|farm| farm.drain *= 2),
                "<farm> changes",
            ),
            (|config| config.vip = None, "<vip> comes or goes"),
        ] {
            let mut new = old.clone();
            change(&mut new);
            assert_eq!(why_not(&old, &new).as_deref(), Some(expected));
        }
    }
}
