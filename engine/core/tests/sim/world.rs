//! The simulated farm: servers on one virtual clock, one queue of events, one random source.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, VecDeque};

use evenkeel_core::command::Command;
use evenkeel_core::config::model::{ClusterConfig, Isolation, ModuleConfig, Timing};
use evenkeel_core::ids::LanId;
use evenkeel_core::input::Input;
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::node::Other;
use evenkeel_core::status::NodeStatus;

use crate::check;
use crate::farm::{self, mac, module_name, node_name};
use crate::machine::Machine;
use crate::net::{Cuts, MS, Weather};
use crate::rng::Rng;

#[path = "world/change.rs"]
mod change;
#[path = "world/checks.rs"]
mod checks;
#[path = "world/effects.rs"]
mod effects;
#[path = "world/network.rs"]
mod network;
#[path = "world/relay.rs"]
mod relay;

use change::Change;
use network::{Attacker, Port};

/// Lines of the timeline that are kept for a failure.
const TRACE_LINES_MAX: usize = 400;

/// What happens at some time.
#[derive(Clone, Debug)]
enum Happening {
    /// A run of a server's daemon gets an answer that it asked for.
    Answer {
        at: usize,
        run: (u64, u64),
        input: Box<Input>,
    },

    /// A check of a run of a server's daemon has its first result.
    Found {
        at: usize,
        run: (u64, u64),
        resource: String,
    },
    /// Something from the network reaches a port of a server, on this LAN.
    Packet {
        at: usize,
        lan: LanId,
        port: Port,
        bytes: Vec<u8>,
    },
    /// A frame of nobody's in particular reaches a server, where its way is not cut.
    Frame { at: usize, since: u64 },
    /// A server's timer.
    Wake { at: usize },
    /// A frozen daemon runs on.
    Thaw { at: usize },
    /// The exemption of servers that were parted is over.
    Look,
}

/// One entry of the queue: time, order of insertion, what.
#[derive(Debug)]
struct Entry(u64, u64, Happening);

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        (self.0, self.1) == (other.0, other.1)
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.0, self.1).cmp(&(other.0, other.1))
    }
}

/// A farm.
#[derive(Debug)]
pub struct World {
    /// Virtual time in nanoseconds.
    pub now: u64,
    /// All chance comes from here.
    pub rng: Rng,
    /// The servers.
    pub machines: Vec<Machine>,
    /// What the network does.
    pub weather: Weather,
    /// Which ways are cut.
    pub cuts: Cuts,
    /// What happened, for people.
    pub trace: VecDeque<String>,
    /// Pairs that are cut count as parted for so long after.
    pub parted_for: u64,
    /// Who announced the virtual address, in order.
    pub announcements: Vec<usize>,
    /// Who announced addresses that came while it served.
    pub new_announced: Vec<usize>,
    /// Who may have the same bucket open as another.
    pub exempt: Exempt,
    /// Ways on which only small datagrams arrive.
    pub narrow: BTreeSet<(usize, usize)>,
    /// Servers that let nothing in but answers to what they asked.
    pub walled: BTreeSet<usize>,
    /// Who sends forgeries, as often as the weather says.
    pub attacker: Attacker,
    /// Its configuration.
    pub module: ModuleConfig,
    /// A change of it on its way while it serves.
    change: Option<Change>,
    /// How often it changed otherwise.
    pub revision: u64,
    /// Datagrams that were sent, probes and answers among them.
    pub sent: u64,
    /// Their bytes.
    pub sent_bytes: u64,
    cluster: ClusterConfig,
    queue: BinaryHeap<Reverse<Entry>>,
    order: u64,
    /// When T2 is looked at next because an exemption is over.
    look_at: u64,
}

/// Between which servers T2 does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exempt {
    /// Those between which a way is cut, in either direction: each may be a side of its own.
    Parted,
    /// Those between which both ways are cut.
    PartedBothWays,
    /// None: where nobody can make a side of its own, because its daemon stands still.
    Nobody,
}

impl World {
    /// A farm of servers that are down, with a group per entry of `powers`.
    pub fn new(seed: u64, nodes: usize, lans: usize, powers: &[Vec<u32>]) -> Self {
        let mut rng = Rng::new(seed);
        let clock = |rng: &mut Rng| {
            let ppm = i64::try_from(rng.below(401)).unwrap() - 200;
            (rng.between(1, 1000) * 1000 * MS, ppm)
        };
        Self {
            now: 0,
            machines: (0..nodes)
                .map(|id| Machine::new(id, clock(&mut rng)))
                .collect(),
            rng,
            weather: Weather::FAIR,
            cuts: Cuts::new(nodes),
            trace: VecDeque::new(),
            parted_for: 400 * MS,
            announcements: Vec::new(),
            new_announced: Vec::new(),
            exempt: Exempt::Parted,
            narrow: BTreeSet::new(),
            walled: BTreeSet::new(),
            look_at: 0,
            cluster: farm::cluster(nodes, lans),
            module: farm::module(lans, powers),
            change: None,
            revision: 0,
            sent: 0,
            sent_bytes: 0,
            queue: BinaryHeap::new(),
            order: 0,
            attacker: Attacker::new(seed),
        }
    }

    /// Servers that boot from here on have this timing.
    pub const fn set_timing(&mut self, timing: Timing) {
        self.cluster.timing = timing;
    }

    /// Servers that boot from here on have this configuration of the cluster.
    pub fn set_cluster(&mut self, cluster: ClusterConfig) {
        self.cluster = cluster;
    }

    /// A server's cluster has other nodes; false where it refuses.
    pub fn recluster(
        &mut self,
        at: usize,
        own: &ClusterConfig,
        other: Option<Other>,
    ) -> Result<bool, String> {
        let machine = &mut self.machines[at];
        let clock = machine.clock(self.now);
        let Some(node) = machine.node.as_mut() else {
            return Ok(false);
        };
        let taken = node.recluster(own.clone(), other, clock).is_ok();
        self.work_off(at)?;
        Ok(taken)
    }

    /// A server expects its module's next configuration, or has it in force while the module runs.
    pub fn give(&mut self, at: usize, next: &ModuleConfig, in_force: bool) -> Result<(), String> {
        let (module, config) = (module_name(), Box::new(next.clone()));
        let command = match in_force {
            true => Command::Configure {
                module,
                config,
                macs: vec![mac(at)],
                networks: farm::networks(),
            },
            false => Command::Expect {
                module,
                config: Some(config),
            },
        };
        let machine = &mut self.machines[at];
        let clock = machine.clock(self.now);
        let node = machine.node.as_mut().ok_or("the daemon does not run")?;
        let taken = node.command(command, clock);
        taken.map_err(|denied| denied.to_string())?;
        if in_force {
            machine.regroup(next);
        }
        self.work_off(at)
    }

    /// What the smaller part of a farm does; before any server boots.
    pub fn set_isolation(&mut self, isolation: Isolation) {
        if let Some(farm) = &mut self.module.farm {
            farm.isolation = isolation;
        }
    }

    /// Whether the smaller part serves nobody.
    pub fn fences(&self) -> bool {
        let farm = self.module.farm.as_ref();
        farm.is_some_and(|farm| farm.isolation == Isolation::Fence)
    }

    /// Runs until this time; after every step `check` says what is wrong.
    pub fn run_until(&mut self, end: u64) -> Result<(), String> {
        while let Some(Reverse(Entry(at, ..))) = self.queue.peek() {
            if *at > end {
                break;
            }
            let Some(Reverse(Entry(at, _, happening))) = self.queue.pop() else {
                break;
            };
            self.now = at;
            self.happen(happening)?;
        }
        self.now = end;
        Ok(())
    }

    /// Runs for this many milliseconds.
    pub fn run_ms(&mut self, ms: u64) -> Result<(), String> {
        self.run_until(self.now + ms * MS)
    }

    /// Switches a server on; its module starts if it is wanted.
    pub fn boot(&mut self, at: usize) -> Result<(), String> {
        self.say(at, "boots");
        let (cluster, module) = (self.cluster.clone(), self.module.clone());
        self.machines[at].boot(&cluster, &module, self.now);
        self.machines[at].revision = self.revision;
        if self.machines[at].unplugged {
            self.cable(at, false)?;
        }
        self.work_off(at)
    }

    /// A server's power fails.
    pub fn crash(&mut self, at: usize) {
        self.say(at, "crashes");
        self.machines[at].crash();
    }

    /// A daemon is killed with all that it was about to do; its machine is fine.
    pub fn kill(&mut self, at: usize) {
        if self.machines[at].node.is_some() {
            self.say(at, "is killed");
            self.machines[at].kill();
        }
    }

    /// An operator starts the module; a server that is not ready for that ignores it.
    pub fn start(&mut self, at: usize) -> Result<(), String> {
        self.machines[at].wanted = true;
        self.command(
            at,
            Command::Start {
                module: module_name(),
                by: "test".into(),
            },
        )
    }

    /// An operator stops the module.
    pub fn stop(&mut self, at: usize) -> Result<(), String> {
        self.machines[at].wanted = false;
        self.command(
            at,
            Command::Stop {
                module: module_name(),
                by: "test".into(),
                automatic: false,
            },
        )
    }

    /// An operator stops the module by force.
    pub fn force(&mut self, at: usize) -> Result<(), String> {
        self.machines[at].wanted = false;
        let force = Command::Forcestop {
            module: module_name(),
            by: "test".into(),
            automatic: false,
        };
        self.command(at, force)
    }

    /// An operator restarts the module in place, or by a stop and a start.
    pub fn restart(&mut self, at: usize, in_place: bool) -> Result<(), String> {
        let (module, by) = (module_name(), "test".into());
        let automatic = false;
        let command = if in_place {
            Command::Restart {
                module,
                by,
                automatic,
            }
        } else {
            Command::Stopstart {
                module,
                by,
                automatic,
            }
        };
        self.command(at, command)
    }

    /// An operator drains a server of the module's traffic, or gives it a share again.
    pub fn drain(&mut self, at: usize, drain: bool) -> Result<(), String> {
        let (module, by) = (module_name(), "test".into());
        let command = if drain {
            Command::Drain { module, by }
        } else {
            Command::Undrain { module, by }
        };
        self.command(at, command)
    }

    /// A daemon executes nothing for this long; it may be in the middle of its effects.
    pub fn freeze(&mut self, at: usize, ms: u64) {
        if self.machines[at].node.is_none() || self.machines[at].frozen_until.is_some() {
            return;
        }
        self.say(at, &format!("freezes for {ms} ms"));
        let until = self.now + ms * MS;
        self.machines[at].frozen_until = Some(until);
        self.machines[at].stood_still = Some((self.now, None));
        self.push(until, Happening::Thaw { at });
    }

    /// A server's status.
    pub fn status(&self, at: usize) -> Option<NodeStatus> {
        let machine = &self.machines[at];
        machine
            .node
            .as_ref()
            .map(|node| node.status(machine.clock(self.now)))
    }

    /// A module's state on a server that is up.
    pub fn state(&self, at: usize) -> Option<ModuleState> {
        let machine = &self.machines[at];
        machine.node.as_ref().map(|_| machine.state)
    }

    /// A client's connection: a socket at whoever opens the bucket.
    pub fn connect(&mut self, bucket: usize) -> Option<usize> {
        let now = self.now;
        let machine = self
            .machines
            .iter_mut()
            .find(|machine| machine.opens(bucket, now))?;
        *machine.sockets.entry(bucket).or_default() += 1;
        Some(machine.id)
    }

    /// Ends all connections.
    pub fn hang_up(&mut self) {
        for machine in &mut self.machines {
            machine.sockets.clear();
        }
    }

    /// What happened, a line each.
    pub fn timeline(&self) -> String {
        self.trace
            .iter()
            .fold(String::new(), |text, line| text + line + "\n")
    }

    /// Notes something for people.
    pub fn say(&mut self, at: usize, what: &str) {
        if self.trace.len() == TRACE_LINES_MAX {
            self.trace.pop_front();
        }
        let (ms, us) = (self.now / MS, self.now % MS / 1000);
        self.trace
            .push_back(format!("{ms:>6}.{us:03} {} {what}", node_name(at)));
    }

    fn command(&mut self, at: usize, command: Command) -> Result<(), String> {
        if self.machines[at].node.is_some() {
            self.say(at, &format!("is told: {}", name_of(&command)));
            self.handle(at, Input::Command(command))?;
        }
        Ok(())
    }

    fn push(&mut self, at: u64, happening: Happening) {
        self.order += 1;
        self.queue.push(Reverse(Entry(at, self.order, happening)));
    }

    fn happen(&mut self, happening: Happening) -> Result<(), String> {
        match happening {
            Happening::Answer { at, run, input } => {
                // A command is a script's, which outlives the process.
                let machine = &self.machines[at];
                let is_command = matches!(*input, Input::Command(_));
                if run == machine.run() || is_command && run.0 == machine.incarnation {
                    self.handle(at, *input)?;
                }
                Ok(())
            }
            Happening::Found { at, run, resource } => {
                if run == self.machines[at].run() {
                    self.found(at, resource)?;
                }
                Ok(())
            }
            Happening::Packet {
                at,
                lan,
                port,
                bytes,
            } => self.arrive(at, lan, port, bytes),
            Happening::Frame { at, since } => self.frame(at, since),
            Happening::Wake { at } => self.wake(at),
            Happening::Thaw { at } => self.thaw(at),
            Happening::Look => (0..self.machines.len()).try_for_each(|at| check::t2(self, at)),
        }
    }

    fn handle(&mut self, at: usize, input: Input) -> Result<(), String> {
        let machine = &mut self.machines[at];
        let clock = machine.clock(self.now);
        let Some(node) = &mut machine.node else {
            return Ok(());
        };
        if machine.frozen_until.is_some() {
            machine.inbox.push_back(input);
            return Ok(());
        }
        node.handle(input, clock);
        self.work_off(at)
    }

    fn wake(&mut self, at: usize) -> Result<(), String> {
        let machine = &mut self.machines[at];
        machine.timer = machine.timer.filter(|timer| *timer > self.now);
        let clock = machine.clock(self.now);
        let Some(node) = &mut machine.node else {
            return Ok(());
        };
        if machine.frozen_until.is_some() {
            return Ok(());
        }
        for (lan, bytes) in std::mem::take(&mut machine.answers) {
            node.handle(Input::Datagram { lan, bytes }, clock);
        }
        node.handle_timeout(clock);
        self.work_off(at)
    }

    /// A daemon runs on: first what it was doing, then what waited, timer or datagrams first.
    fn thaw(&mut self, at: usize) -> Result<(), String> {
        let machine = &mut self.machines[at];
        if machine.frozen_until.is_none_or(|until| until > self.now) {
            return Ok(());
        }
        machine.frozen_until = None;
        machine.stood_still = machine.stood_still.map(|(from, _)| (from, Some(self.now)));
        self.push(self.now + self.parted_for + 1, Happening::Look);
        // Packets that waited for this daemon are decided before anything that it does.
        self.check_t2(at, self.machines[at].kernel)?;
        let machine = &mut self.machines[at];
        let unfinished = std::mem::take(&mut machine.unfinished);
        let inbox = std::mem::take(&mut machine.inbox);
        self.say(at, "runs on");
        self.resume(at)?;
        for effect in unfinished {
            self.execute(at, effect)?;
        }
        if self.rng.chance(500) {
            self.wake(at)?;
        }
        for input in inbox {
            self.handle(at, input)?;
        }
        self.work_off(at)?;
        self.wake(at)
    }
}

fn name_of(command: &Command) -> &'static str {
    match command {
        Command::Configure { .. } => "configure",
        Command::Remove { .. } => "remove",
        Command::Start { .. } => "start",
        Command::StartAtBoot { .. } => "start at boot",
        Command::Stop { .. } => "stop",
        Command::Forcestop { .. } => "stop by force",
        Command::Shutdown { .. } => "shutdown",
        Command::Restart { .. } => "restart",
        Command::Stopstart { .. } => "stopstart",
        Command::Drain { .. } => "drain",
        Command::Undrain { .. } => "undrain",
        Command::SwitchChecks { .. } => "switch checks",
        Command::Expect { .. } => "expect",
        Command::SwitchClass { .. } => "switch a class of processes",
        Command::CountAction { .. } => "count an action",
        Command::ResetActions { .. } => "count anew",
        Command::SwitchTraffic { .. } => "open or close the traffic",
        Command::Changed { .. } => "follow a change",
        Command::SetResource { .. } => "set resource",
    }
}
