//! The configuration of the simulated cluster and its module.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use evenkeel_core::config::model::{
    Boot, Check, CheckAction, CheckWhen, ClusterConfig, Condition, EntryMode, FailoverConfig,
    FailoverRule, FarmConfig, Filter, GroupConfig, HostPower, InterfaceConfig, Isolation, Lan,
    LanNode, ModuleConfig, PortRange, Probe, Proto, ResourcePattern, Rule, RuleAction, ServiceMode,
    Timing, UserConfig, VipConfig, VirtualAddr,
};
use evenkeel_core::ids::{ModuleName, NodeId};
use evenkeel_core::input::Input;
use evenkeel_core::module::watched::watched;

/// How long connections may live on at a server that stops.
pub const DRAIN: Duration = Duration::from_secs(1);

/// The secret of the simulated cluster.
pub const SECRET: [u8; 32] = [7; 32];

/// The simulated module.
pub fn module_name() -> ModuleName {
    ModuleName::try_from("farm".to_owned()).unwrap()
}

/// A node's number as the core's.
pub fn node_id(id: usize) -> NodeId {
    NodeId::new(u8::try_from(id).unwrap()).unwrap()
}

/// A node's MAC address.
pub fn mac(id: usize) -> [u8; 6] {
    [2, 0, 0, 0, 0, u8::try_from(id).unwrap()]
}

/// A node's name: its number, as everything that is printed names it.
pub fn node_name(id: usize) -> String {
    format!("node{id}")
}

/// A cluster of this many nodes on this many LANs.
pub fn cluster(nodes: usize, lans: usize) -> ClusterConfig {
    let node = |lan: usize, id: usize| LanNode {
        name: node_name(id),
        addr: IpAddr::V4(Ipv4Addr::from(
            0x0a00_0001 + u32::try_from(lan * 256 + id).unwrap(),
        )),
    };
    let lan = |lan: usize| Lan {
        name: format!("lan{lan}"),
        nodes: (0..nodes).map(|id| node(lan, id)).collect(),
    };
    ClusterConfig {
        revision: 0,
        numbers: BTreeMap::new(),
        port: 4800,
        timing: Timing::default(),
        lans: (0..lans).map(lan).collect(),
        command: None,
    }
}

/// The resources that checks of this time look at.
pub fn resources(config: &ModuleConfig, when: CheckWhen) -> Vec<String> {
    let found = watched(config, &networks()).into_iter();
    found
        .filter(|watched| watched.when == when)
        .map(|watched| watched.resource)
        .collect()
}

/// A check of the module says what a resource is.
pub fn checked(resource: String, value: &str) -> Input {
    Input::Checked {
        module: module_name(),
        resource,
        value: value.to_owned(),
        by: "check".to_owned(),
        reason: None,
    }
}

/// The networks of the module's interfaces.
pub fn networks() -> Vec<IpAddr> {
    vec![IpAddr::V4(Ipv4Addr::new(10, 0, 0, 0))]
}

/// What takes a server out of the first group while it is ill there.
pub const FIRST_GROUP: &str = "tcp.group0";

fn check(ident: &str, action: CheckAction) -> Check {
    Check {
        ident: ident.to_owned(),
        when: CheckWhen::Both,
        action,
        probe: Probe::Tcp {
            addr: "10.0.0.100".to_owned(),
            port: 80,
            interval: Duration::from_secs(10),
            timeout: Duration::from_secs(5),
        },
    }
}

/// The rule of the group of this number, which has no packet in common with another one.
pub fn rule(group: usize) -> Rule {
    let port = u16::try_from(group).unwrap();
    let (ports, proto) = match group {
        0 => (Vec::new(), Proto::Tcp),
        _ => (vec![PortRange::one(port)], Proto::Udp),
    };
    Rule {
        virtual_addr: None,
        ports,
        proto,
        filter: Filter::OnPort,
    }
}

/// Where the table of each group stands in a simulated filter: by the number in its name, whatever follows that.
pub fn slots(config: &ModuleConfig) -> Vec<usize> {
    let groups = config.vip.iter().flat_map(|vip| &vip.groups);
    let digits = |name: &str| -> String { name.chars().filter(char::is_ascii_digit).collect() };
    groups
        .map(|group| digits(&group.name).parse().unwrap())
        .collect()
}

/// A farm module with one group per entry of `powers`: the power of each node, empty for equal.
pub fn module(lans: usize, powers: &[Vec<u32>]) -> ModuleConfig {
    let hosts = |powers: &[u32]| {
        let host = |(id, power): (usize, &u32)| HostPower {
            name: node_name(id),
            power: *power,
        };
        powers.iter().enumerate().map(host).collect()
    };
    let group = |(index, powers): (usize, &Vec<u32>)| GroupConfig {
        name: format!("group{index}"),
        hosts: hosts(powers),
        rules: vec![rule(index)],
    };
    let addr = VirtualAddr {
        addr: IpAddr::V4(Ipv4Addr::new(10, 0, 0, 100)),
        check: true,
        connections: false,
        prefix_len: None,
    };
    let interface = InterfaceConfig {
        name: None,
        check: true,
        arpreroute: false,
        arpinterval: Duration::from_secs(60),
        arpelapse: Duration::from_secs(1200),
        entry: EntryMode::VmacDirected,
        vmac: None,
        addrs: vec![addr],
    };
    ModuleConfig {
        boot: Boot::Auto,
        farm: Some(FarmConfig {
            drain: DRAIN,
            isolation: Isolation::Serve,
            port: None,
            lans: (0..lans).map(|lan| format!("lan{lan}")).collect(),
            timing: None,
        }),
        vip: Some(VipConfig {
            tcpreset: true,
            scriptcontrol: false,
            replay: true,
            interfaces: vec![interface],
            groups: powers.iter().enumerate().map(group).collect(),
        }),
        checks: vec![
            check("web", CheckAction::Restart),
            check("group0", CheckAction::Noaction),
        ],
        failover: FailoverConfig {
            rules: vec![FailoverRule {
                label: "apart".to_owned(),
                condition: Condition::down(ResourcePattern::one("tcp", "group0")),
                action: RuleAction::Withdraw("group0".to_owned()),
            }],
            ..FailoverConfig::default()
        },
        user: Some(UserConfig::default()),
        ..ModuleConfig::new(ServiceMode::Farm)
    }
}
