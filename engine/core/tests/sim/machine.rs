//! One simulated server: a core, the filter that outlives its pauses, scripts, sockets, a clock.

use std::collections::{BTreeMap, VecDeque};
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use evenkeel_core::command::Command;
use evenkeel_core::config::model::{
    Boot, ClusterConfig, EntryMode, FarmConfig, Filter as RuleFilter, GroupConfig, HostPower,
    InterfaceConfig, Lan, LanNode, ModuleConfig, Proto, Rule, ServiceMode, Timing, UserConfig,
    VipConfig, VirtualAddr,
};
use evenkeel_core::effect::Effect;
use evenkeel_core::ids::{Epoch, Incarnation, ModuleName, NodeId, Time};
use evenkeel_core::input::Input;
use evenkeel_core::node::{Node, NodeConfig};

/// What a server's kernel does with packets: it knows the last table and lease that it was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whether the network side is up.
    pub up: bool,
    /// The epoch of the table.
    pub epoch: Option<Epoch>,
    /// A byte per bucket, one group after the other.
    pub table: Vec<u8>,
    /// On the server's clock.
    pub lease: Time,
}

impl Filter {
    /// The bits of eight buckets that say `is_mine`.
    const MINE: u64 = 0x8080_8080_8080_8080;

    /// The first bucket that is open in both.
    pub fn common(&self, other: &Self) -> Option<usize> {
        let words = self.table.chunks_exact(8).zip(other.table.chunks_exact(8));
        for (index, (a, b)) in words.enumerate() {
            let word = |bytes: &[u8]| u64::from_be_bytes(bytes.try_into().unwrap()) & Self::MINE;
            let both = word(a) & word(b);
            if both != 0 {
                return Some(index * 8 + usize::try_from(both.leading_zeros() / 8).unwrap());
            }
        }
        None
    }

    /// Whether this node may open flows of the bucket, the lease aside.
    pub fn is_mine(&self, bucket: usize) -> bool {
        self.table
            .get(bucket)
            .is_some_and(|state| state & 0x80 != 0)
    }
}

/// A server.
#[derive(Debug)]
pub struct Machine {
    /// Its number.
    pub id: usize,
    /// `None` while it is down.
    pub node: Option<Node>,
    /// Of the daemon that runs or ran last.
    pub incarnation: u64,
    /// The kernel's side.
    pub filter: Filter,
    /// The daemon executes nothing until then; `None`: it runs.
    pub frozen_until: Option<u64>,
    /// It will freeze after so many effects, for so many milliseconds.
    pub freeze_soon: Option<(u64, u64)>,
    /// What arrived meanwhile.
    pub inbox: VecDeque<Input>,
    /// Effects that the daemon was about to execute when it froze.
    pub unfinished: VecDeque<Effect>,
    /// Whether an operator wants the module up.
    pub wanted: bool,
    /// When its timer is set to, in virtual time.
    pub timer: Option<u64>,
    /// Sockets per bucket.
    pub sockets: BTreeMap<usize, u32>,
    /// Its clock starts here, and runs faster or slower by so many millionths.
    clock: (u64, i64),
}

impl Machine {
    /// A server that is down.
    pub fn new(id: usize, clock: (u64, i64)) -> Self {
        Self {
            id,
            node: None,
            incarnation: 0,
            filter: Filter::default(),
            frozen_until: None,
            freeze_soon: None,
            inbox: VecDeque::new(),
            unfinished: VecDeque::new(),
            wanted: false,
            timer: None,
            sockets: BTreeMap::new(),
            clock,
        }
    }

    /// Its clock at this virtual time.
    pub fn clock(&self, now: u64) -> Time {
        let (offset, ppm) = self.clock;
        let drift = i128::from(now) * i128::from(ppm) / 1_000_000;
        let local = i128::from(offset) + i128::from(now) + drift;
        Time(u64::try_from(local).unwrap())
    }

    /// The virtual time at which its clock shows `due`, or a little later.
    pub fn when(&self, due: Time) -> u64 {
        let (offset, ppm) = self.clock;
        let elapsed = i128::from(due.0.saturating_sub(offset));
        u64::try_from(elapsed * 1_000_000 / (1_000_000 + i128::from(ppm)) + 1).unwrap()
    }

    /// Starts a daemon: a new run, with the module configured and started where that is wanted.
    pub fn boot(&mut self, cluster: &ClusterConfig, module: &ModuleConfig, now: u64) {
        self.incarnation += 1;
        let config = NodeConfig {
            node: node_id(self.id),
            cluster: cluster.clone(),
            secret: SECRET,
            incarnation: Incarnation(self.incarnation),
        };
        let clock = self.clock(now);
        let mut node = Node::new(config, clock);
        let (config, macs) = (Box::new(module.clone()), vec![mac(self.id)]);
        node.command(
            Command::Configure {
                module: module_name(),
                config,
                macs,
            },
            clock,
        )
        .unwrap();
        if self.wanted {
            node.command(
                Command::Start {
                    module: module_name(),
                    by: "boot".into(),
                },
                clock,
            )
            .unwrap();
        }
        self.node = Some(node);
    }

    /// The power fails: nothing of it is left.
    pub fn crash(&mut self) {
        self.node = None;
        self.filter = Filter::default();
        self.frozen_until = None;
        self.freeze_soon = None;
        self.inbox.clear();
        self.unfinished.clear();
        self.sockets.clear();
    }

    /// Whether its filter accepts anything at this time.
    pub fn accepts(&self, now: u64) -> bool {
        self.filter.up && self.clock(now) < self.filter.lease
    }

    /// Whether it opens flows of this bucket at this time.
    pub fn opens(&self, bucket: usize, now: u64) -> bool {
        self.accepts(now) && self.filter.is_mine(bucket)
    }

    /// Sockets in buckets that are not open here, per group.
    pub fn held(&self, groups: usize) -> Vec<u32> {
        let mut held = vec![0; groups];
        for (bucket, sockets) in &self.sockets {
            if !self.filter.is_mine(*bucket) {
                held[bucket / evenkeel_packet::BUCKETS] += sockets;
            }
        }
        held
    }
}

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

fn mac(id: usize) -> [u8; 6] {
    [2, 0, 0, 0, 0, u8::try_from(id).unwrap()]
}

fn node_name(id: usize) -> String {
    format!("node{}", id + 1)
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
        port: 4800,
        timing: Timing::default(),
        lans: (0..lans).map(lan).collect(),
    }
}

/// A farm module with one group per entry of `powers`: the power of each node, empty for equal.
pub fn module(lans: usize, powers: &[Vec<u32>]) -> ModuleConfig {
    let rule = Rule {
        virtual_addr: None,
        port: None,
        proto: Proto::Tcp,
        filter: RuleFilter::OnPort,
    };
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
        rules: vec![rule],
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
        mode: ServiceMode::Farm,
        boot: Boot::Auto,
        boot_delay: Duration::ZERO,
        maxloop: 3,
        loop_interval: Duration::from_secs(86400),
        farm: Some(FarmConfig {
            lans: (0..lans).map(|lan| format!("lan{lan}")).collect(),
            timing: None,
        }),
        vip: Some(VipConfig {
            tcpreset: true,
            scriptcontrol: false,
            interfaces: vec![interface],
            groups: powers.iter().enumerate().map(group).collect(),
        }),
        tcp_checks: Vec::new(),
        user: Some(UserConfig {
            nicestoptimeout: Duration::from_secs(300),
            forcestoptimeout: Duration::from_secs(300),
            logging: true,
            userlogsize: 2 << 20,
            vars: Vec::new(),
        }),
    }
}
