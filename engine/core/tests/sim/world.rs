//! The simulated farm: servers on one virtual clock, one queue of events, one random source.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use evenkeel_core::command::Command;
use evenkeel_core::config::model::{ClusterConfig, ModuleConfig, Timing};
use evenkeel_core::effect::Effect;
use evenkeel_core::event::Event;
use evenkeel_core::ids::{Epoch, LanId};
use evenkeel_core::input::{Input, ScriptOutcome};
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::status::NodeStatus;
use evenkeel_packet::bucket::BucketState;

use crate::check;
use crate::farm::{self, module_name};
use crate::kernel::Filter;
use crate::machine::Machine;
use crate::net::{Cuts, MS, Weather};
use crate::rng::Rng;

/// Lines of the timeline that are kept for a failure.
const TRACE_LINES_MAX: usize = 400;

/// What happens at some time.
#[derive(Clone, Debug)]
enum Happening {
    /// Something reaches a server, of which this run asked for it (any run for datagrams).
    Arrive {
        at: usize,
        run: Option<u64>,
        input: Input,
    },
    /// A probe reaches a server's kernel, on this LAN.
    Asked {
        at: usize,
        lan: LanId,
        bytes: Vec<u8>,
    },
    /// An answer to a probe reaches the port that the daemon looks at once per pulse.
    Answered {
        at: usize,
        lan: LanId,
        bytes: Vec<u8>,
    },
    /// A server's timer.
    Wake { at: usize },
    /// A frozen daemon runs on.
    Thaw { at: usize },
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
    /// Groups of the module.
    pub groups: usize,
    /// What happened, for people.
    pub trace: VecDeque<String>,
    /// Pairs that are cut count as parted for so long after.
    pub parted_for: u64,
    /// Who announced the virtual address, in order.
    pub announcements: Vec<usize>,
    /// One-way cuts count as parted too.
    pub one_way_parts: bool,
    /// Its configuration.
    pub module: ModuleConfig,
    cluster: ClusterConfig,
    queue: BinaryHeap<Reverse<Entry>>,
    order: u64,
    /// Datagrams an attacker has seen.
    recorded: Vec<(usize, LanId, Vec<u8>)>,
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
            groups: powers.len(),
            trace: VecDeque::new(),
            parted_for: 400 * MS,
            announcements: Vec::new(),
            one_way_parts: true,
            cluster: farm::cluster(nodes, lans),
            module: farm::module(lans, powers),
            queue: BinaryHeap::new(),
            order: 0,
            recorded: Vec::new(),
        }
    }

    /// Servers that boot from here on have this timing.
    pub const fn set_timing(&mut self, timing: Timing) {
        self.cluster.timing = timing;
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
        if self.machines[at].unplugged {
            self.cable(at, false)?;
        }
        self.drain(at)
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
            },
        )
    }

    /// A daemon executes nothing for this long; it may be in the middle of its effects.
    pub fn freeze(&mut self, at: usize, ms: u64) {
        if self.machines[at].node.is_none() || self.machines[at].frozen_until.is_some() {
            return;
        }
        self.say(at, &format!("freezes for {ms} ms"));
        let until = self.now + ms * MS;
        self.machines[at].frozen_until = Some(until);
        self.push(until, Happening::Thaw { at });
    }

    /// Cuts or mends the way from one server to another.
    pub fn cut(&mut self, from: usize, to: usize, cut: bool) {
        if self.cuts.is_cut(from, to) != cut {
            let word = if cut { "cut from" } else { "heard again by" };
            self.say(from, &format!("is {word} {to}"));
            self.cuts.set(from, to, cut, self.now);
        }
    }

    /// A server's cable is pulled, or plugged in again: nobody hears anybody through it, and its
    /// daemon is told.
    pub fn cable(&mut self, at: usize, plugged: bool) -> Result<(), String> {
        for other in (0..self.machines.len())
            .filter(|other| *other != at)
            .collect::<Vec<_>>()
        {
            self.cut(at, other, !plugged);
            self.cut(other, at, !plugged);
        }
        self.machines[at].unplugged = !plugged;
        let module = module_name();
        self.handle(at, Input::Cable { module, plugged })
    }

    /// Parts the servers of one side from all others.
    pub fn part(&mut self, side: &[usize]) {
        let others = (0..self.machines.len()).filter(|id| !side.contains(id));
        for other in others.collect::<Vec<_>>() {
            for one in side {
                self.cut(*one, other, true);
                self.cut(other, *one, true);
            }
        }
    }

    /// Mends everything.
    pub fn mend(&mut self) -> Result<(), String> {
        for at in 0..self.machines.len() {
            if self.machines[at].unplugged {
                self.cable(at, true)?;
            }
        }
        for from in 0..self.machines.len() {
            for to in 0..self.machines.len() {
                self.cut(from, to, false);
            }
        }
        Ok(())
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
        Some(self.status(at)?.modules.first()?.state)
    }

    /// Something arrives at a server as if from the network.
    pub fn inject(&mut self, at: usize, bytes: Vec<u8>) -> Result<(), String> {
        self.handle(
            at,
            Input::Datagram {
                lan: LanId(0),
                bytes,
            },
        )
    }

    /// Datagrams that were sent to this server, the newest last.
    pub fn recorded(&self, to: usize) -> Vec<Vec<u8>> {
        let to = self.recorded.iter().filter(|(at, ..)| *at == to);
        to.map(|(_, _, bytes)| bytes.clone()).collect()
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
            .push_back(format!("{ms:>6}.{us:03} node {at} {what}"));
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
            Happening::Arrive { at, run, input } => {
                if run.is_none_or(|run| run == self.machines[at].incarnation) {
                    self.handle(at, input)?;
                }
                Ok(())
            }
            Happening::Asked { at, lan, bytes } => self.asked(at, lan, &bytes),
            Happening::Answered { at, lan, bytes } => {
                if self.machines[at].node.is_some() {
                    self.machines[at].answers.push_back((lan, bytes));
                }
                Ok(())
            }
            Happening::Wake { at } => self.wake(at),
            Happening::Thaw { at } => self.thaw(at),
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
        self.drain(at)
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
        self.drain(at)
    }

    /// A probe arrives: the kernel answers whatever the daemon does, or the daemon when it runs.
    fn asked(&mut self, at: usize, lan: LanId, bytes: &[u8]) -> Result<(), String> {
        let now = self.now;
        let machine = &mut self.machines[at];
        let clock = machine.clock(now);
        if !machine.kernel && machine.frozen_until.is_some() {
            // The socket keeps it; what is answered late says nothing that would not be said anew.
            return Ok(());
        }
        let accepted = machine.accepts(now);
        let answer = machine
            .responder
            .respond(at, &mut machine.filter, bytes, clock);
        if let Ok(answer) = answer {
            let to = usize::from(answer[9]);
            self.travel(at, lan, to, answer, true);
        }
        self.check_t2(at, accepted)
    }

    /// A daemon runs on: first what it was doing, then what waited, timer or datagrams first.
    fn thaw(&mut self, at: usize) -> Result<(), String> {
        let machine = &mut self.machines[at];
        if machine.frozen_until.is_none_or(|until| until > self.now) {
            return Ok(());
        }
        machine.frozen_until = None;
        let unfinished = std::mem::take(&mut machine.unfinished);
        let inbox = std::mem::take(&mut machine.inbox);
        self.say(at, "runs on");
        for effect in unfinished {
            self.execute(at, effect)?;
        }
        if self.rng.chance(500) {
            self.wake(at)?;
        }
        for input in inbox {
            self.handle(at, input)?;
        }
        self.drain(at)?;
        self.wake(at)
    }

    /// Executes the effects of a server in order, and sets its timer.
    fn drain(&mut self, at: usize) -> Result<(), String> {
        while let Some(effect) = self.machines[at]
            .node
            .as_mut()
            .and_then(|node| node.poll_effect())
        {
            self.execute(at, effect)?;
        }
        let machine = &self.machines[at];
        if let Some(due) = machine.node.as_ref().and_then(|node| node.poll_timeout()) {
            let due = machine.when(due).max(self.now + 1);
            if machine.timer != Some(due) {
                self.machines[at].timer = Some(due);
                self.push(due, Happening::Wake { at });
            }
        }
        Ok(())
    }

    fn execute(&mut self, at: usize, effect: Effect) -> Result<(), String> {
        if let Some((effects, ms)) = self.machines[at].freeze_soon.take() {
            match effects.checked_sub(1) {
                Some(left) => self.machines[at].freeze_soon = Some((left, ms)),
                None => self.freeze(at, ms),
            }
        }
        if self.machines[at].frozen_until.is_some() {
            self.machines[at].unfinished.push_back(effect);
            return Ok(());
        }
        match effect {
            Effect::Send { lan, to, bytes } => self.send(at, lan, to.index(), bytes),
            Effect::OpenTraffic { module } => {
                self.machines[at].filter.up = true;
                let result = Ok(());
                self.answer(at, 20, Input::TrafficOpened { module, result });
            }
            Effect::CloseTraffic { module } => {
                self.machines[at].filter = Filter::default();
                self.machines[at].sockets.clear();
                self.answer(at, 20, Input::TrafficClosed { module });
            }
            Effect::InstallTable { epoch, groups, .. } => {
                self.install(at, epoch, &groups);
                return check::t2(self, at);
            }
            Effect::RenewLease { until, contact, .. } => {
                let accepted = self.machines[at].accepts(self.now);
                let filter = &mut self.machines[at].filter;
                (filter.lease, filter.contact) = (until, contact);
                return self.check_t2(at, accepted);
            }
            Effect::SetContact {
                module,
                tags,
                window,
            } => {
                let machine = &mut self.machines[at];
                let tag = tags.first().map_or(0, |(tag, _)| *tag);
                machine.filter.tags = tags;
                machine.filter.window = u64::try_from(window.as_nanos()).unwrap();
                let asked = machine.responder.asked();
                self.answer(at, 1, Input::Asked { module, tag, asked });
            }
            Effect::Probe { lan, to, bytes } => self.travel(at, lan, to.index(), bytes, false),
            Effect::CountHeld { module, epoch } => {
                let held = self.machines[at].held(self.groups);
                let counted = Input::HeldSockets {
                    module,
                    epoch,
                    held,
                };
                self.answer(at, 10, counted);
            }
            Effect::RunScript { module, script, .. } => {
                let outcome = ScriptOutcome::Exited { code: 0 };
                let ended = Input::ScriptEnded {
                    module,
                    script,
                    outcome,
                };
                self.answer(at, 50, ended);
            }
            Effect::Event(event) => self.tell(at, &event),
            Effect::Announce { .. } => self.announcements.push(at),
            Effect::SetRoutes { .. } => {}
        }
        Ok(())
    }

    fn install(&mut self, at: usize, epoch: Epoch, groups: &[Vec<BucketState>]) {
        let filter = &mut self.machines[at].filter;
        filter.epoch = Some(epoch);
        filter.table = groups.iter().flatten().map(|state| state.byte()).collect();
        let open = groups
            .iter()
            .flatten()
            .filter(|state| state.is_mine())
            .count();
        self.say(at, &format!("installs epoch {epoch}: {open} open"));
    }

    /// A filter accepts, and did so before or not: only one that begins to can break T2.
    fn check_t2(&self, at: usize, accepted: bool) -> Result<(), String> {
        if accepted {
            Ok(())
        } else {
            check::t2(self, at)
        }
    }

    fn tell(&mut self, at: usize, event: &Event) {
        self.say(at, &format!("says: {event}"));
    }

    /// An answer to an effect arrives within this time.
    fn answer(&mut self, at: usize, ms_max: u64, input: Input) {
        let run = Some(self.machines[at].incarnation);
        let when = self.now + self.rng.between(1, ms_max * 1000) * 1000;
        self.push(when, Happening::Arrive { at, run, input });
    }

    fn send(&mut self, from: usize, lan: LanId, to: usize, bytes: Vec<u8>) {
        self.recorded.push((to, lan, bytes.clone()));
        if self.recorded.len() > 2000 {
            self.recorded.drain(..1000);
        }
        if !self.cuts.is_cut(from, to) {
            for delay in self.weather.copies(&mut self.rng) {
                self.deliver(to, lan, bytes.clone(), delay);
            }
        }
        if self.rng.chance(self.weather.attacks) {
            self.attack();
        }
    }

    /// A probe, or its answer, on its way.
    fn travel(&mut self, from: usize, lan: LanId, to: usize, bytes: Vec<u8>, answer: bool) {
        if !self.cuts.is_cut(from, to) {
            for delay in self.weather.copies(&mut self.rng) {
                let (at, bytes) = (to, bytes.clone());
                let happening = if answer {
                    Happening::Answered { at, lan, bytes }
                } else {
                    Happening::Asked { at, lan, bytes }
                };
                self.push(self.now + delay, happening);
            }
        }
    }

    fn deliver(&mut self, at: usize, lan: LanId, bytes: Vec<u8>, delay: u64) {
        let input = Input::Datagram { lan, bytes };
        self.push(
            self.now + delay,
            Happening::Arrive {
                at,
                run: None,
                input,
            },
        );
    }

    /// Somebody on the network sends again what was sent before, to its addressee or to another, as
    /// it was or mangled.
    fn attack(&mut self) {
        let (to, lan, mut bytes) = self.rng.pick(&self.recorded).clone();
        let nodes = self.machines.len() as u64;
        let at = match self.rng.below(4) {
            0 => usize::try_from(self.rng.below(nodes)).unwrap(),
            _ => to,
        };
        match self.rng.below(4) {
            0 => {
                let index = usize::try_from(self.rng.below(bytes.len() as u64)).unwrap();
                bytes[index] ^= 1 << self.rng.below(8);
            }
            1 => bytes.truncate(usize::try_from(self.rng.below(bytes.len() as u64)).unwrap()),
            _ => {}
        }
        self.deliver(at, lan, bytes, MS);
    }
}

fn name_of(command: &Command) -> &'static str {
    match command {
        Command::Configure { .. } => "configure",
        Command::Remove { .. } => "remove",
        Command::Start { .. } => "start",
        Command::Stop { .. } => "stop",
    }
}
