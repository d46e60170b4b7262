//! `<vip>`: virtual addresses, entry modes, groups and rules.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::write_range;

/// `<vip>`: addresses, entry modes, groups and rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VipConfig {
    /// Reset the connections of the virtual IP before it is removed. Default on.
    pub tcpreset: bool,
    /// The scripts open and close the traffic themselves. Default off.
    pub scriptcontrol: bool,
    /// Replay SYNs that meet a lost node, or a bucket between two owners. Default on; not of the reference.
    pub replay: bool,
    /// One per network interface that carries virtual addresses.
    pub interfaces: Vec<InterfaceConfig>,
    /// Groups with their rules, at least one.
    pub groups: Vec<GroupConfig>,
}

/// `<interface>` with its `<virtual_interface>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InterfaceConfig {
    /// The NIC's name; when absent, the one whose subnet has the first virtual address.
    pub name: Option<String>,
    /// Watch the link (resource `intf.<network>`). Default on.
    pub check: bool,
    /// Repeat gratuitous ARP, and unsolicited neighbour advertisements for IPv6, after a change of
    /// entry node. Default off.
    pub arpreroute: bool,
    /// Interval of the repetition. Default 60 s.
    pub arpinterval: Duration,
    /// How long to repeat. Default 1200 s.
    pub arpelapse: Duration,
    /// `<virtual_interface type>`.
    pub entry: EntryMode,
    /// `<virtual_interface addr>`: the virtual MAC of `vmac_invisible`; when absent `5A:FE`, then
    /// the first virtual IPv4 address (the last four bytes of an IPv6 one).
    pub vmac: Option<[u8; 6]>,
    /// The virtual addresses, at least one.
    pub addrs: Vec<VirtualAddr>,
}

/// How packets for the virtual IP reach the nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryMode {
    /// The virtual IP resolves to the MAC of one node, which forwards to the owners.
    VmacDirected,
    /// The virtual IP resolves to a MAC that no frame carries as source, so every node sees all.
    VmacInvisible,
}

/// The class of resources that are numbers of connections.
pub const CONNECTIONS_CLASS: &str = "connections";

/// `<virtual_addr>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VirtualAddr {
    /// The address.
    pub addr: IpAddr,
    /// Watch that it stays configured (resource `ip.<addr>`). Default on.
    pub check: bool,
    /// Count its connections every 10 s (resource `connections.<addr>`). Default off.
    pub connections: bool,
    /// `netmask` as prefix length (IPv4 only); when absent, that of the interface's subnet.
    pub prefix_len: Option<u8>,
}

impl VirtualAddr {
    /// The resource that `check` stands for, as in `ip.192.0.2.100`.
    pub fn resource(&self) -> String {
        format!("ip.{}", self.addr)
    }

    /// The resource that `connections` stands for, as in `connections.192.0.2.100`.
    pub fn connections_resource(&self) -> String {
        format!("{CONNECTIONS_CLASS}.{}", self.addr)
    }
}

impl InterfaceConfig {
    /// The resource that `check` stands for on an interface of this network, as in `intf.192.0.2.0`.
    pub fn resource(network: IpAddr) -> String {
        format!("intf.{network}")
    }

    /// The virtual MAC address of `vmac_invisible`: the file's, else `5A:FE`, then the first virtual IPv4
    /// address, or the last four bytes of an IPv6 one.
    pub fn virtual_mac(&self) -> [u8; 6] {
        let addrs = || self.addrs.iter().map(|addr| addr.addr);
        let [a, b, c, d] = match addrs().find(IpAddr::is_ipv4).or_else(|| addrs().next()) {
            Some(IpAddr::V4(addr)) => addr.octets(),
            Some(IpAddr::V6(addr)) => {
                let [.., a, b, c, d] = addr.octets();
                [a, b, c, d]
            }
            None => [0; 4],
        };
        self.vmac.unwrap_or([0x5a, 0xfe, a, b, c, d])
    }
}

/// `<group>`: rules with their own members, weights and table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupConfig {
    /// Its name; the share is the resource `<name>_<n>`.
    pub name: String,
    /// `<cluster><host name power>`; empty: all nodes with equal weight.
    pub hosts: Vec<HostPower>,
    /// Which packets belong to the group, at least one rule.
    pub rules: Vec<Rule>,
}

/// `<host name power>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostPower {
    /// A node of `cluster.xml`.
    pub name: String,
    /// Relative weight; zero is a member without traffic. Where all powers of a group are powers of 64
    /// and not all alike, they are a chain: the nodes of the highest one that takes part have all
    /// traffic. Default 1.
    pub power: u32,
}

/// `<rule>`: one kind of packet and what of it is hashed.
///
/// Of several rules that take a packet the most specific one decides: one for its virtual address
/// before one for all addresses, then one that lists ports before one for all ports. Two rules that
/// are alike in both have no port in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Only for this virtual address; all when absent (`*`).
    pub virtual_addr: Option<IpAddr>,
    /// `port`: destination ports, in ascending order, none twice; empty for all (`*`).
    pub ports: Vec<PortRange>,
    /// The protocol.
    pub proto: Proto,
    /// What is hashed.
    pub filter: Filter,
}

impl Rule {
    /// How many entries of the filter it takes: one per range of ports.
    pub fn entries(&self) -> usize {
        self.ports.len().max(1)
    }

    /// Whether another rule is for the same protocol and virtual address, and both list ports or
    /// neither does: neither of them is more specific.
    pub fn rivals(&self, other: &Self) -> bool {
        (self.proto, self.virtual_addr) == (other.proto, other.virtual_addr)
            && self.ports.is_empty() == other.ports.is_empty()
    }

    /// The first ports that two rules list both.
    pub fn common_ports(&self, other: &Self) -> Option<PortRange> {
        let common = |mine: &PortRange| other.ports.iter().find_map(|range| mine.common(*range));
        self.ports.iter().find_map(common)
    }
}

/// Ports from `first` to `last`, both included, 1 to 65535; one port where they are equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortRange {
    /// The lowest port.
    pub first: u16,
    /// The highest port, not below `first`.
    pub last: u16,
}

impl PortRange {
    /// A single port.
    pub const fn one(port: u16) -> Self {
        Self {
            first: port,
            last: port,
        }
    }

    /// The ports that are in both.
    pub fn common(self, other: Self) -> Option<Self> {
        let (first, last) = (self.first.max(other.first), self.last.min(other.last));
        (first <= last).then_some(Self { first, last })
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_range(f, self.first, self.last)
    }
}

/// A rule's protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Proto {
    /// TCP.
    Tcp,
    /// UDP. It has no connections: a flow goes to the new owner of its bucket at once, where a TCP
    /// connection stays with the node that holds its socket.
    Udp,
    /// ARP and neighbour discovery (`vmac_directed` only): every node answers the clients of its own
    /// buckets, which spreads them over the entry nodes. When a node leaves, the one that answers
    /// without such a rule announces its own MAC, so that the clients of the lost one go on at once;
    /// all clients then enter there until their neighbour entries expire.
    Arp,
}

/// What of a packet is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    /// The client's address: a client stays on its node.
    OnAddr,
    /// The client's address and port: the best spread.
    OnPort,
    /// The identification field of the IPv4 header (UDP only). IPv6 has none: there the client's
    /// address and port are hashed.
    OnIpid,
}
