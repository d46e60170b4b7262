//! One simulated server: a core, the filter that outlives its pauses, scripts, sockets, a clock.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use evenkeel_core::command::Command;
use evenkeel_core::config::model::{ClusterConfig, ModuleConfig};
use evenkeel_core::effect::Effect;
use evenkeel_core::ids::{Incarnation, LanId, Time};
use evenkeel_core::input::Input;
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::node::{Node, NodeConfig};
use evenkeel_core::wire::Keyring;
use evenkeel_packet::BUCKETS;

use crate::farm::{self, SECRET, mac, module_name, node_id};
use crate::kernel::{Filter, Responder};

/// A server.
#[derive(Debug)]
pub struct Machine {
    /// Its number.
    pub id: usize,
    /// `None` while it is down.
    pub node: Option<Node>,
    /// Of the daemon that runs or ran last.
    pub incarnation: u64,
    /// Which process runs it: its outstanding answers are nobody else's.
    pub process: u64,
    /// Another process has taken the daemon over, and has yet to learn what has to be in force.
    pub resumes: bool,
    /// The kernel's side.
    pub filter: Filter,
    /// What answers probes.
    pub responder: Responder,
    /// Answers that wait for the next pulse.
    pub answers: VecDeque<(LanId, Vec<u8>)>,
    /// Its packets pass the kernel's programs; else the daemon's own hands.
    pub kernel: bool,
    /// The daemon executes nothing until then; `None`: it runs.
    pub frozen_until: Option<u64>,
    /// From when to when it was frozen last; `None` at the end while it is.
    pub stood_still: Option<(u64, Option<u64>)>,
    /// It will freeze after so many effects, for so many milliseconds.
    pub freeze_soon: Option<(u64, u64)>,
    /// Its keys, which outlive the daemon.
    pub keys: Keyring,
    /// The resources that its checks find down.
    pub ill: BTreeSet<String>,
    /// Its cable is pulled.
    pub unplugged: bool,
    /// Nothing reaches it.
    pub deaf: bool,
    /// A frame that arrived before nothing reached it waits in a queue for who listens.
    pub queued: bool,
    /// Since when its daemon waits for frames, whoever they are from.
    pub listens: Option<u64>,
    /// What arrived meanwhile.
    pub inbox: VecDeque<Input>,
    /// Effects that the daemon was about to execute when it froze.
    pub unfinished: VecDeque<Effect>,
    /// Whether an operator wants the module up.
    pub wanted: bool,
    /// An operator drained it of the module's traffic.
    pub drained: bool,
    /// Which of the module's configurations it has.
    pub revision: u64,
    /// Where the tables of that one's groups stand in its filter.
    pub slots: Vec<usize>,
    /// The module's state as the daemon said it last.
    pub state: ModuleState,
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
            process: 0,
            resumes: false,
            filter: Filter::default(),
            responder: Responder::default(),
            answers: VecDeque::new(),
            kernel: true,
            frozen_until: None,
            stood_still: None,
            freeze_soon: None,
            keys: Keyring::first(SECRET),
            ill: BTreeSet::new(),
            unplugged: false,
            deaf: false,
            queued: false,
            listens: None,
            inbox: VecDeque::new(),
            unfinished: VecDeque::new(),
            wanted: false,
            drained: false,
            revision: 0,
            slots: Vec::new(),
            state: ModuleState::STOPPED,
            timer: None,
            sockets: BTreeMap::new(),
            clock,
        }
    }

    /// The run of its daemon, and the process of that.
    pub const fn run(&self) -> (u64, u64) {
        (self.incarnation, self.process)
    }

    /// Its clock at this virtual time.
    pub fn clock(&self, now: u64) -> Time {
        let (offset, ppm) = self.clock;
        Time((offset + now).strict_add_signed(i64::try_from(now).unwrap() * ppm / 1_000_000))
    }

    /// The virtual time at which its clock shows `due`, or a little later.
    pub fn when(&self, due: Time) -> u64 {
        let (offset, ppm) = self.clock;
        let elapsed = i64::try_from(due.0.saturating_sub(offset)).unwrap();
        let drift = elapsed * ppm / (1_000_000 + ppm);
        u64::try_from(elapsed - drift + 1).unwrap()
    }

    /// Starts a daemon: a new run, with the module configured and started where that is wanted.
    pub fn boot(&mut self, cluster: &ClusterConfig, module: &ModuleConfig, now: u64) {
        self.incarnation += 1;
        self.process += 1;
        self.listens = None;
        self.drained = false;
        self.state = ModuleState::STOPPED;
        let config = NodeConfig {
            node: node_id(self.id),
            cluster: cluster.clone(),
            keys: self.keys.clone(),
            incarnation: Incarnation(self.incarnation),
            kernel_answers: self.kernel,
            may_reboot: false,
        };
        let clock = self.clock(now);
        let mut node = Node::new(config, clock);
        self.regroup(module);
        let (config, macs) = (Box::new(module.clone()), vec![mac(self.id)]);
        node.command(
            Command::Configure {
                module: module_name(),
                config,
                macs,
                networks: farm::networks(),
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
        // Nothing of an earlier daemon is taken over but what the kernel saw.
        self.filter = Filter::default();
        self.responder.run = self.incarnation;
        self.responder.fenced = false;
        self.responder.kernel = self.kernel;
        self.responder.keys = self.keys.probe_keys();
    }

    /// Accepts and sends under these keys from here on.
    pub fn rekey(&mut self, keys: Keyring) {
        self.responder.keys = keys.probe_keys();
        if let Some(node) = &mut self.node {
            node.rekey(keys.clone());
        }
        self.keys = keys;
    }

    /// The daemon is killed: the kernel takes the filter away at that instant, and the fence stays.
    pub fn kill(&mut self) {
        self.stop_executing();
        self.filter = Filter::default();
        self.responder.fenced = true;
        if !self.kernel {
            self.responder = Responder::default();
        }
    }

    fn stop_executing(&mut self) {
        self.node = None;
        self.resumes = false;
        self.frozen_until = None;
        self.freeze_soon = None;
        self.timer = None;
        self.inbox.clear();
        self.answers.clear();
        self.unfinished.clear();
    }

    /// The power fails: nothing of it is left.
    pub fn crash(&mut self) {
        self.stop_executing();
        self.filter = Filter::default();
        self.responder = Responder::default();
        self.sockets.clear();
    }

    /// Whether its filter accepts anything at this time.
    pub fn accepts(&self, now: u64) -> bool {
        // Without the kernel's programs each packet waits for the daemon.
        (self.kernel || self.frozen_until.is_none()) && self.filter.accepts(self.clock(now))
    }

    /// Whether it opens flows of this bucket at this time.
    pub fn opens(&self, bucket: usize, now: u64) -> bool {
        self.accepts(now) && self.filter.is_mine(bucket)
    }

    /// Sockets in buckets that are not open here, per group.
    pub fn held(&self) -> Vec<u32> {
        let held = |slot: &usize| {
            let its = slot * BUCKETS..(slot + 1) * BUCKETS;
            let sockets = self.sockets.range(its);
            let held = sockets.filter(|(bucket, _)| !self.filter.is_mine(**bucket));
            held.map(|(_, sockets)| sockets).sum()
        };
        self.slots.iter().map(held).collect()
    }

    /// Its groups are those of this configuration; connections of one that is gone are reset.
    pub fn regroup(&mut self, config: &ModuleConfig) {
        self.slots = farm::slots(config);
        let slots = &self.slots;
        self.sockets
            .retain(|bucket, _| slots.contains(&(bucket / BUCKETS)));
    }
}
