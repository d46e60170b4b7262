//! Writes `<vip>`: interfaces, virtual addresses, groups and rules.

use std::net::{IpAddr, Ipv4Addr};

use super::{on_off, time};
use crate::config::model::{
    EntryMode, Filter, GroupConfig, HostPower, InterfaceConfig, PortRange, Proto, Rule, VipConfig,
    VirtualAddr,
};
use crate::config::tree::Node;

pub(super) fn vip(config: &VipConfig) -> Node {
    let VipConfig {
        tcpreset,
        scriptcontrol,
        replay,
        interfaces,
        groups,
    } = config;
    Node::new("vip")
        .with("tcpreset", on_off(*tcpreset))
        .with("scriptcontrol", on_off(*scriptcontrol))
        .with("replay", on_off(*replay))
        .with_all([
            Node::new("interface_list").with_all(interfaces.iter().map(interface)),
            Node::new("loadbalancing_list").with_all(groups.iter().map(group)),
        ])
}

fn interface(config: &InterfaceConfig) -> Node {
    let InterfaceConfig {
        name,
        check,
        arpreroute,
        arpinterval,
        arpelapse,
        entry,
        vmac,
        addrs,
    } = config;
    let kind = match entry {
        EntryMode::VmacDirected => "vmac_directed",
        EntryMode::VmacInvisible => "vmac_invisible",
    };
    let vmac = vmac.map(|bytes| bytes.map(|byte| format!("{byte:02x}")).join(":"));
    let virtual_interface = Node::new("virtual_interface")
        .with("type", kind)
        .with_some("addr", vmac)
        .with_all(addrs.iter().map(virtual_addr));
    Node::new("interface")
        .with("check", on_off(*check))
        .with_some("name", name.as_ref())
        .with("arpreroute", on_off(*arpreroute))
        .with("arpinterval", time(*arpinterval))
        .with("arpelapse", time(*arpelapse))
        .with_all([virtual_interface])
}

fn virtual_addr(config: &VirtualAddr) -> Node {
    let VirtualAddr {
        addr,
        check,
        connections,
        prefix_len,
    } = config;
    Node::new("virtual_addr")
        .with("addr", addr.to_string())
        .with("where", "alias")
        .with("check", on_off(*check))
        .with("connections", on_off(*connections))
        .with_some("netmask", prefix_len.map(netmask))
}

fn netmask(prefix_len: u8) -> String {
    let host_bits = 32_u32.saturating_sub(u32::from(prefix_len));
    let bits = u32::MAX.checked_shl(host_bits).unwrap_or(0);
    Ipv4Addr::from(bits).to_string()
}

fn group(config: &GroupConfig) -> Node {
    let GroupConfig { name, hosts, rules } = config;
    let host = |HostPower { name, power }: &HostPower| {
        Node::new("host")
            .with("name", name)
            .with("power", power.to_string())
    };
    let cluster = Node::new("cluster").with_all(hosts.iter().map(host));
    Node::new("group")
        .with("name", name)
        .with_all((!hosts.is_empty()).then_some(cluster))
        .with_all(rules.iter().map(rule))
}

fn rule(config: &Rule) -> Node {
    let Rule {
        virtual_addr,
        ports,
        proto,
        filter,
    } = config;
    let proto = match proto {
        Proto::Tcp => "tcp",
        Proto::Udp => "udp",
        Proto::Arp => "arp",
    };
    let filter = match filter {
        Filter::OnAddr => "on_addr",
        Filter::OnPort => "on_port",
        Filter::OnIpid => "on_ipid",
    };
    let any = || "*".to_owned();
    let ports: Vec<String> = ports.iter().map(PortRange::to_string).collect();
    let ports = if ports.is_empty() {
        any()
    } else {
        ports.join(",")
    };
    Node::new("rule")
        .with(
            "virtual_addr",
            virtual_addr.as_ref().map_or_else(any, IpAddr::to_string),
        )
        .with("port", ports)
        .with("proto", proto)
        .with("filter", filter)
}
