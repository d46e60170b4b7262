//! The configuration of a cluster and of a module, as parsed: every value legal, every macro
//! replaced, every default filled in. Nothing here is checked again later.
//!
//! Names and defaults are those of `cluster.xml` and `userconfig.xml`. The readers are in
//! [`super::xml`]; the JSON twin is these types under serde.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ids::{LanId, NodeId};

/// `cluster.xml`: the nodes and the networks they hear each other on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClusterConfig {
    /// UDP port of the heartbeats on every LAN. Default 4800.
    pub port: u16,
    /// Heartbeat timing of the modules that set none.
    pub timing: Timing,
    /// At least one; the first one has all nodes, its order gives the node numbers.
    pub lans: Vec<Lan>,
}

impl ClusterConfig {
    /// The nodes in the order of their numbers.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &LanNode)> {
        let nodes = self.lans.first().map_or(&[][..], |lan| &lan.nodes);
        nodes
            .iter()
            .zip(0..)
            .filter_map(|(node, id)| Some((NodeId::new(id)?, node)))
    }

    /// The number of the node with this name.
    pub fn node(&self, name: &str) -> Option<NodeId> {
        self.nodes()
            .find(|(_, node)| node.name == name)
            .map(|(id, _)| id)
    }

    /// The name of a node.
    pub fn name(&self, id: NodeId) -> Option<&str> {
        self.nodes()
            .find(|(node, _)| *node == id)
            .map(|(_, node)| node.name.as_str())
    }

    /// The position of the LAN with this name.
    pub fn lan(&self, name: &str) -> Option<LanId> {
        self.lans
            .iter()
            .zip(0..)
            .find(|(lan, _)| lan.name == name)
            .map(|(_, id)| LanId(id))
    }
}

/// A network that carries heartbeats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lan {
    /// Its name, which modules refer to.
    pub name: String,
    /// The nodes on it, with their addresses there.
    pub nodes: Vec<LanNode>,
}

/// A node's place in a LAN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanNode {
    /// The node's name, the same on all LANs.
    pub name: String,
    /// Its address in this LAN, as the others see it.
    pub addr: IpAddr,
}

/// Timing of the failure detector. A peer is lost after `pulse` times its lost count without a sign of
/// life: neither did its kernel answer a probe, nor did its daemon send a heartbeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Timing {
    /// Interval between probes, 5 ms to 10 s; heartbeats follow at the same interval, but no more than
    /// 40 a second while nothing changes. Default 5 ms.
    pub pulse: Duration,
    /// Unanswered probes before a follower is lost, 3 to 1000. Default 6 (30 ms).
    pub slost_count: u32,
    /// Unanswered probes before a leader is lost, 3 to 1000. Default 6 (30 ms).
    pub mlost_count: u32,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            pulse: Duration::from_millis(5),
            slost_count: 6,
            mlost_count: 6,
        }
    }
}

/// `userconfig.xml`: one module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModuleConfig {
    /// `<service mode>`.
    pub mode: ServiceMode,
    /// `<service boot>`: whether the module starts with the machine. Default `ignore`.
    pub boot: Boot,
    /// `<service boot_delay>`: wait before a start at boot. Default 0 s.
    pub boot_delay: Duration,
    /// `<service maxloop>`: automatic actions before the module is stopped. Default 3.
    pub maxloop: u32,
    /// `<service loop_interval>`, in hours when it has no unit: the window of `maxloop`; zero
    /// disables it. Default 24 h.
    pub loop_interval: Duration,
    /// `<farm>`; absent in `light` mode.
    pub farm: Option<FarmConfig>,
    /// `<vip>`; absent where an external balancer stands in front.
    pub vip: Option<VipConfig>,
    /// `<check><tcp>`.
    pub tcp_checks: Vec<TcpCheck>,
    /// `<user>`; without it no script runs.
    pub user: Option<UserConfig>,
}

/// What kind of module it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ServiceMode {
    /// All nodes serve at once and share the virtual IP.
    Farm,
    /// One node, no failover.
    Light,
}

/// Whether a module starts with the machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Boot {
    /// Always.
    On,
    /// Never.
    Off,
    /// When it was started before the reboot.
    Auto,
    /// As set through the API; not started unless set.
    #[default]
    Ignore,
}

/// `<farm>`: which LANs carry the membership, and how fast.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FarmConfig {
    /// Names of LANs of `cluster.xml`; at least one.
    pub lans: Vec<String>,
    /// Set where the file sets `pulse`, `slost_count` or `mlost_count`; else the cluster's holds.
    pub timing: Option<Timing>,
}

/// `<vip>`: addresses, entry modes, groups and rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VipConfig {
    /// Reset the connections of the virtual IP before it is removed. Default on.
    pub tcpreset: bool,
    /// The scripts open and close the traffic themselves. Default off.
    pub scriptcontrol: bool,
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

/// `<virtual_addr>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VirtualAddr {
    /// The address.
    pub addr: IpAddr,
    /// Watch that it stays configured (resource `ip.<addr>`). Default on.
    pub check: bool,
    /// Count its connections every 10 s. Default off.
    pub connections: bool,
    /// `netmask` as prefix length (IPv4 only); when absent, that of the interface's subnet.
    pub prefix_len: Option<u8>,
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
    /// Relative weight; zero is a member without traffic. Default 1.
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
        let Self { first, last } = self;
        if first == last {
            write!(f, "{first}")
        } else {
            write!(f, "{first}-{last}")
        }
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

/// `<tcp>` with its `<to>`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TcpCheck {
    /// Its name: resource `tcp.<ident>`, rule `t_<ident>`.
    pub ident: String,
    /// When it runs. Default `both`.
    pub when: CheckWhen,
    /// What a failure does. Default `restart` (`wait` with `pre`).
    pub action: CheckAction,
    /// Whom to connect to.
    pub addr: String,
    /// At which port.
    pub port: u16,
    /// Time between checks. Default 10 s.
    pub interval: Duration,
    /// Time for the connection to be established. Default 5 s.
    pub timeout: Duration,
}

/// When a checker runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckWhen {
    /// From after `prestart` to before `poststop`: for what the module depends on.
    Pre,
    /// From after `start_both` to before `stop_both`: for the application.
    Both,
}

/// What a failed check does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckAction {
    /// Stop and start the application in place.
    Restart,
    /// Stop the module and start it again.
    Stopstart,
    /// Stop the module.
    Stop,
    /// Stop the application and wait until the resource is up again.
    Wait,
    /// Nothing.
    Noaction,
}

/// `<user>`: the scripts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserConfig {
    /// Time for the graceful stop script. Default 300 s.
    pub nicestoptimeout: Duration,
    /// Time for the forced stop script. Default 300 s.
    pub forcestoptimeout: Duration,
    /// Keep the output of the scripts, a file per execution (`userlog`). Default on.
    pub logging: bool,
    /// Bytes of script output that are kept. Default 2048 KiB.
    pub userlogsize: u64,
    /// `<var name value>`: environment of the scripts.
    pub vars: Vec<(String, String)>,
}
