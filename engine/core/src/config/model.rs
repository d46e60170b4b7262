//! The configuration of a cluster and of a module, as parsed: every value legal, every macro
//! replaced, every default filled in. Nothing here is checked again later.
//!
//! Names and defaults are those of `cluster.xml` and `userconfig.xml`. Both notations, XML and
//! JSON, are read into these types by [`super::read`] and written from them by [`super::write`];
//! under serde they are for recordings, not for users.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ids::{LanId, NodeId, NodeSet};

mod check;
mod failover;
mod process;
mod vip;

pub use check::{Check, CheckAction, CheckWhen, HttpProbe, Probe, StatusRange};
pub use failover::{
    Comparison, Condition, FailoverConfig, FailoverRule, ResourceId, ResourcePattern, RuleAction,
};
pub use process::{Proc, ProcAction, ProcClass};
pub use vip::{
    CONNECTIONS_CLASS, EntryMode, Filter, GroupConfig, HostPower, InterfaceConfig, PortRange,
    Proto, Rule, VipConfig, VirtualAddr,
};

/// A range as files have it: one number, or the first and the last.
fn write_range(f: &mut fmt::Formatter<'_>, first: u16, last: u16) -> fmt::Result {
    if first == last {
        write!(f, "{first}")
    } else {
        write!(f, "{first}-{last}")
    }
}

/// `cluster.xml`: the nodes and the networks they hear each other on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClusterConfig {
    /// How often nodes came and went since the cluster began; the higher one is the later one. Default 0.
    #[serde(default, skip_serializing_if = "is_first")]
    pub revision: u64,
    /// UDP port of the heartbeats on every LAN. Default 4800.
    pub port: u16,
    /// Heartbeat timing of the modules that set none.
    pub timing: Timing,
    /// At least one; the first one has all nodes, its order gives the numbers of those that `numbers` does
    /// not have.
    pub lans: Vec<Lan>,
    /// Numbers that do not follow from the order, by the node's name: a node keeps its number when others
    /// go.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub numbers: BTreeMap<String, NodeId>,
    /// The LAN with `command="on"`: the network for distributed commands, which has all nodes. None
    /// by default.
    // Left out where it is not set: the digest that nodes compare is over these bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
}

impl ClusterConfig {
    /// The nodes in their order, each with its number: the one that was given to it, or the lowest that
    /// was given to nobody.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &LanNode)> {
        let nodes = self.lans.first().map_or(&[][..], |lan| &lan.nodes);
        let given: NodeSet = self.numbers.values().copied().collect();
        let mut free = (0..)
            .map_while(NodeId::new)
            .filter(move |id| !given.contains(*id));
        nodes.iter().filter_map(move |node| {
            let given = self.numbers.get(&node.name).copied();
            Some((given.or_else(|| free.next())?, node))
        })
    }

    /// The nodes with their addresses on the LAN on which they ask each other: the one with `command="on"`, else
    /// the first one, which has all nodes.
    pub fn commanded(&self) -> impl Iterator<Item = &LanNode> {
        let chosen = self
            .lans
            .iter()
            .find(|lan| Some(&lan.name) == self.command.as_ref());
        let lan = chosen.or_else(|| self.lans.first());
        lan.into_iter().flat_map(|lan| &lan.nodes)
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_first(revision: &u64) -> bool {
    *revision == 0
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
    /// `<service automatic_reboot>`: the machine reboots where the module would be stopped and
    /// started by itself, and the daemon may reboot it. Default off.
    pub automatic_reboot: bool,
    /// `<farm>`; absent in `light` mode.
    pub farm: Option<FarmConfig>,
    /// `<vip>`; absent where an external balancer stands in front.
    pub vip: Option<VipConfig>,
    /// `<check>`: the checkers that the file names, by kind in the order of [`Probe`] (`<http>`
    /// before `<https>`), in a kind in the file's. Those that `check="on"` of interfaces and addresses stands for are not among them.
    pub checks: Vec<Check>,
    /// `<errd>`: the monitored processes.
    pub procs: Vec<Proc>,
    /// `<failover>`: the rules of the file and when they are evaluated.
    pub failover: FailoverConfig,
    /// `<user>`; without it no script runs.
    pub user: Option<UserConfig>,
}

impl ModuleConfig {
    /// A module of this mode with nothing in it, which is where `<safe>` begins.
    pub fn new(mode: ServiceMode) -> Self {
        Self {
            mode,
            boot: Boot::default(),
            boot_delay: Duration::ZERO,
            maxloop: 3,
            loop_interval: Duration::from_secs(24 * 3600),
            automatic_reboot: false,
            farm: None,
            vip: None,
            checks: Vec::new(),
            procs: Vec::new(),
            failover: FailoverConfig::default(),
            user: None,
        }
    }

    /// The network interfaces with its virtual addresses; none for a module without traffic.
    pub fn interfaces(&self) -> impl Iterator<Item = &InterfaceConfig> {
        self.vip.iter().flat_map(|vip| &vip.interfaces)
    }

    /// The virtual addresses.
    pub fn addrs(&self) -> impl Iterator<Item = IpAddr> {
        let addrs = self.interfaces().flat_map(|interface| &interface.addrs);
        addrs.map(|addr| addr.addr)
    }

    /// The rules that hold for the module: the default ones (`interface_failure`, `ip_failure`,
    /// `module_failure`) and those of the checkers' actions, unless `<failover extends="no">`
    /// replaces both; then the file's own.
    pub fn rules(&self) -> Vec<FailoverRule> {
        let mut rules = Vec::new();
        if self.failover.extends {
            rules.extend(failover::defaults());
            rules.extend(self.checks.iter().filter_map(Check::generated_rule));
        }
        rules.extend(self.failover.rules.iter().cloned());
        rules
    }
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
    /// UDP port of the membership. Default: by the module's number. This version shares the port of
    /// `cluster.xml` among all modules.
    // Left out where it is not set, as `command` of the cluster is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// Names of LANs of `cluster.xml`; at least one.
    pub lans: Vec<String>,
    /// Set where the file sets `pulse`, `slost_count` or `mlost_count`; else the cluster's holds.
    pub timing: Option<Timing>,
    /// What a part of the farm does that hears nothing of the rest. Beyond the reference. Default
    /// `serve`.
    // Recordings of before do not have it.
    #[serde(default)]
    pub isolation: Isolation,
    /// How long connections may live on before `stop_both` once the others have taken the share over,
    /// 0 to 1 h; those that are left then are reset. Beyond the reference. Default 10 s.
    pub drain: Duration,
}

/// What a part of a farm does that hears nothing of the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Isolation {
    /// It serves: each part has all of the virtual IP's traffic that reaches it.
    #[default]
    Serve,
    /// It serves nobody, unless it has more than half of the cluster's nodes, or half of them and the
    /// first one.
    Fence,
}

impl FarmConfig {
    /// What `drain` is by default.
    pub const DRAIN: Duration = Duration::from_secs(10);
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

impl Default for UserConfig {
    fn default() -> Self {
        Self {
            nicestoptimeout: Duration::from_secs(300),
            forcestoptimeout: Duration::from_secs(300),
            logging: true,
            userlogsize: 2048 * 1024,
            vars: Vec::new(),
        }
    }
}
