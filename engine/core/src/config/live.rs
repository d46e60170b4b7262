//! What of a module's configuration can change while the module runs: the powers of hosts and the rules
//! of groups, as long as no packet is decided in two ways on the way.
//!
//! Nodes take a change one after the other. Powers are the leader's business alone. A rule may come or go: who
//! has it answers for its share, who has it not does not. But a packet that both configurations take has to be
//! of one group and one hash in both, or two nodes could take it for theirs.

use super::model::{GroupConfig, ModuleConfig, Proto, Rule};

/// Why a module that runs with `old` cannot take `new` before it is stopped; `None`: it can.
pub fn why_not(old: &ModuleConfig, new: &ModuleConfig) -> Option<String> {
    if settled(old) != settled(new) {
        return Some("more changes than powers of hosts and rules".to_owned());
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

/// The configuration without what may change.
fn settled(config: &ModuleConfig) -> ModuleConfig {
    let mut config = config.clone();
    for group in config.vip.iter_mut().flat_map(|vip| &mut vip.groups) {
        group.hosts.clear();
        group.rules.clear();
    }
    config
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
    fn nothing_else_changes() {
        let old = module(WEB, TLS);
        for change in [
            |config: &mut ModuleConfig| config.automatic_reboot = true,
            |config: &mut ModuleConfig| config.vip.iter_mut().for_each(|vip| vip.tcpreset = false),
            |config: &mut ModuleConfig| {
                config.vip.iter_mut().for_each(|vip| vip.groups.truncate(1));
            },
        ] {
            let mut new = old.clone();
            change(&mut new);
            let expected = "more changes than powers of hosts and rules";
            assert_eq!(why_not(&old, &new).as_deref(), Some(expected));
        }
    }
}
