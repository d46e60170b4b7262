//! A node: wires detector, memberships and module state machines together.
//!
//! Calling order: [`Node::command`], [`Node::handle`] and [`Node::handle_timeout`] as things happen,
//! the last one no later than [`Node::poll_timeout`] says; after each of them [`Node::poll_effect`]
//! until it is empty, executing the effects in order.

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::time::Duration;

use evenkeel_packet::probe::Probe;
use serde::{Deserialize, Serialize};

use crate::command::{Admitted, Command, Denied};
use crate::config::model::{ClusterConfig, ModuleConfig};
use crate::detector::{Detector, Run};
use crate::effect::Effect;
use crate::event::Event;
use crate::ids::{Incarnation, LanId, ModuleName, NodeId, Time};
use crate::input::Input;
use crate::lease::{Beats, Terms};
use crate::limits::MODULES_MAX;
use crate::membership::{Heard, Membership};
use crate::module::machine::{Stage, Trigger};
use crate::module::resources::Assignment;
use crate::module::watch::Automatic;
use crate::prober::Prober;
use crate::status::Refused;
use crate::timer::Pulse;
use crate::wire::{Body, Codec, Header, Heartbeat, Keyring, Refusal, TablePart};

mod automatic;
mod drain;
mod live;
mod module;
mod opening;
mod receive;
mod recluster;
mod report;
mod resume;
mod send;
mod setup;
mod update;

use module::{Module, membership_of, memberships, memberships_mut};
use recluster::Clusters;
pub use recluster::Other;

/// What a node is told once.
#[derive(Clone, Serialize, Deserialize)]
pub struct NodeConfig {
    /// This node.
    pub node: NodeId,
    /// The cluster.
    pub cluster: ClusterConfig,
    /// What authenticates datagrams.
    pub keys: Keyring,
    /// Greater than at any earlier start of this node, and not zero.
    pub incarnation: Incarnation,
    /// Whether liveness probes are answered by this machine's kernel, so that silence is never a busy
    /// daemon's fault.
    pub kernel_answers: bool,
    /// Whether `automatic_reboot` of a module may reboot this machine.
    pub may_reboot: bool,
}

impl std::fmt::Debug for NodeConfig {
    /// Leaves the keys out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NodeConfig")
            .field("node", &self.node)
            .field("cluster", &self.cluster)
            .field("incarnation", &self.incarnation)
            .finish_non_exhaustive()
    }
}

/// A node of a cluster. Kept as it is, by any format of serde that names its fields, it goes on in another
/// process: [`Node::resume`].
#[derive(Debug, Serialize, Deserialize)]
pub struct Node {
    /// Its cluster is the one whose nodes are known here.
    config: NodeConfig,
    clusters: Clusters,
    codec: Codec,
    detector: Detector,
    beats: Beats,
    pulse: Pulse,
    /// When the next heartbeat is due.
    beat_due: Time,
    prober: Prober,
    terms: Terms,
    /// The LANs that this node shares with each peer.
    lans: BTreeMap<NodeId, Vec<LanId>>,
    modules: BTreeMap<ModuleName, Module>,
    refused: Refused,
    /// No epoch that a membership knew which is gone has a greater counter.
    counter: u64,
    generation: u64,
    effects: VecDeque<Effect>,
}

impl Node {
    /// A node that heard nobody yet and has no modules. Its first pulse is due at once.
    pub fn new(config: NodeConfig, now: Time) -> Self {
        let nodes = config.cluster.nodes().map(|(node, _)| node);
        let lans = setup::common_lans(&config.cluster, config.node);
        Self {
            codec: Codec::new(&config.keys),
            detector: Detector::new(config.node, config.incarnation, nodes),
            beats: Beats::default(),
            pulse: Pulse::new(config.cluster.timing.pulse, now),
            beat_due: now,
            prober: Prober::new(config.node, config.incarnation, &config.keys, &lans),
            terms: Terms::new(&config.cluster.timing, config.kernel_answers),
            lans,
            modules: BTreeMap::new(),
            refused: Refused::default(),
            counter: 0,
            generation: 0,
            effects: VecDeque::new(),
            clusters: Clusters::new(config.cluster.clone()),
            config,
        }
    }

    /// Somebody wants something.
    ///
    /// # Errors
    ///
    /// Why not; nothing changed then.
    pub fn command(&mut self, command: Command, now: Time) -> Result<Admitted, Denied> {
        self.observe(now);
        self.take(command, now)?;
        self.settle(now);
        Ok(Admitted {
            generation: self.generation,
        })
    }

    fn take(&mut self, command: Command, now: Time) -> Result<(), Denied> {
        match command {
            Command::Configure {
                module,
                config,
                macs,
                networks,
            } => {
                self.configure(module, *config, (macs, networks), now)?;
            }
            Command::Expect { module, config } => {
                self.expect(&module, config.map(|config| *config), now)?;
            }
            Command::Remove { module } => self.remove(&module, now)?,
            Command::Start { module, by } => self.start(&module, Some(by), now)?,
            Command::StartAtBoot { module } => self.start(&module, None, now)?,
            Command::Stop {
                module,
                by,
                automatic,
            } => self.act(&module, (Automatic::Stop, by), automatic, now)?,
            Command::Forcestop {
                module,
                by,
                automatic,
            } => self.force(&module, by, automatic, now)?,
            Command::Shutdown { module, by } => self.shutdown(&module, by, now)?,
            Command::Restart {
                module,
                by,
                automatic,
            } => self.act(&module, (Automatic::Restart, by), automatic, now)?,
            Command::Stopstart {
                module,
                by,
                automatic,
            } => self.act(&module, (Automatic::Stopstart, by), automatic, now)?,
            Command::Drain { module, by } => self.drain(&module, by, now)?,
            Command::Undrain { module, by } => self.undrain(&module, by, now)?,
            Command::SwitchChecks {
                module,
                kind,
                on,
                by,
            } => self.switch_checks(&module, (kind, on), by, now)?,
            Command::SwitchClass {
                module,
                class,
                on,
                by,
            } => self.switch_class(&module, (&class, on), by, now)?,
            Command::CountAction { module, by } => self.count_action(&module, by, now)?,
            Command::ResetActions { module, by } => self.reset_actions(&module, by, now)?,
            Command::SwitchTraffic { module, open, by } => {
                self.switch_traffic(&module, open, by)?;
            }
            Command::Changed { module, action, by } => self.changed(&module, action, by)?,
            Command::SetResource {
                module,
                resource,
                value,
                by,
            } => {
                let said = said(value, by, None, now);
                self.set_resource(&module, &resource, said)?;
            }
        }
        Ok(())
    }

    /// Something happened. The answer to a command is dropped.
    pub fn handle(&mut self, input: Input, now: Time) {
        self.observe(now);
        match input {
            Input::Datagram { lan, bytes } => return self.receive(lan, &bytes, now),
            Input::Command(command) => {
                // Recorded inputs are replayed without their callers.
                drop(self.command(command, now));
            }
            Input::TrafficOpened { module, result } => {
                self.tell_traffic(&module, &result);
                self.trigger(&module, Trigger::TrafficOpened(result));
            }
            Input::TrafficClosed { module } => self.trigger(&module, Trigger::TrafficClosed),
            Input::ScriptEnded {
                module,
                script,
                outcome,
            } => {
                let told = outcome.clone();
                self.tell(Event::ScriptEnded {
                    module: module.clone(),
                    script,
                    outcome: told,
                });
                self.update_ended(&module, script);
                self.trigger(&module, Trigger::ScriptEnded(script, outcome));
            }
            Input::Checked {
                module,
                resource,
                value,
                by,
                reason,
            } => self.checked(&module, &resource, said(value, by, reason, now)),
            Input::OtherRestarted { module, other } => self.other_restarted(&module, &other, now),
            Input::HandlerEnded {
                module,
                process,
                outcome,
            } => self.handler_ended(&module, &process, &outcome, now),
            Input::RebootFailed { module, reason } => self.reboot_failed(&module, reason),
            Input::Cable { module, plugged } => {
                if let Some(membership) = membership_of(&mut self.modules, &module) {
                    membership.cable(plugged, &self.beats, now);
                }
            }
            Input::Received { module } => {
                if let Some(membership) = membership_of(&mut self.modules, &module) {
                    membership.received(now);
                }
            }
            Input::Asked { module, tag, asked } => {
                if let Some(membership) = membership_of(&mut self.modules, &module) {
                    membership.asked(tag, &asked, &self.beats, now);
                }
            }
            Input::HeldSockets {
                module,
                epoch,
                number,
                held,
            } => {
                if let Some(membership) = membership_of(&mut self.modules, &module) {
                    membership.held((epoch, number), &held, &self.beats, now);
                }
            }
        }
        self.settle(now);
    }

    /// When [`Node::handle_timeout`] is due at the latest: the next pulse.
    pub const fn poll_timeout(&self) -> Option<Time> {
        Some(self.pulse.due())
    }

    /// Time passed; too early a call does nothing.
    pub fn handle_timeout(&mut self, now: Time) {
        self.observe(now);
        if !self.pulse.fire(now) {
            return;
        }
        let lost = self.detector.timeout(&self.prober, &self.terms, now);
        for membership in memberships_mut(&mut self.modules) {
            membership.timeout(&self.beats, &self.prober, now);
        }
        for peer in lost {
            self.tell_lost(peer);
        }
        self.set_pulse(now);
        self.flush(now);
        if now >= self.beat_due || self.is_unsettled(now) {
            self.send(now);
        }
        self.probe(now);
    }

    /// The next thing to do; `None` when there is nothing left.
    pub fn poll_effect(&mut self) -> Option<Effect> {
        self.effects.pop_front()
    }

    /// Grows with every change of the status but its counters.
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// A node that slept judges itself before the others.
    fn observe(&mut self, now: Time) {
        if !self.pulse.is_late(now) {
            return;
        }
        self.detector.restart_measurement(now);
        for membership in memberships_mut(&mut self.modules) {
            membership.restart_measurement(now);
        }
    }

    fn datagram(&mut self, lan: LanId, bytes: &[u8], now: Time) -> Result<(), Refusal> {
        if Probe::is_one(bytes) {
            return self.answered(bytes, now);
        }
        let opened = self.codec.open(bytes)?;
        let header = opened.header;
        match self.detector.admit(&header)? {
            Run::Same => {}
            Run::New { was_alive } => {
                self.prober.restarted(header.sender, header.incarnation);
                self.peer_restarted(header.sender, was_alive, now);
            }
        }
        if self.detector.is_for_this_run(&header) && self.detector.proved(&header, opened.key) {
            self.generation += 1;
        }
        match opened.body()? {
            Body::Heartbeat(heartbeat) => self.heartbeat(lan, &header, &heartbeat, now),
            Body::TablePart(part) if self.detector.is_for_this_run(&header) => {
                self.part(part, now);
            }
            // For an earlier run of this node, or a replay to this one.
            Body::TablePart(_) => return Err(Refusal::Replayed),
        }
        Ok(())
    }

    fn answered(&mut self, bytes: &[u8], now: Time) -> Result<(), Refusal> {
        let answer = self.prober.answer(bytes, now)?;
        for membership in memberships_mut(&mut self.modules) {
            membership.answered(&answer, now);
        }
        Ok(())
    }

    fn heartbeat(&mut self, lan: LanId, header: &Header, heartbeat: &Heartbeat, now: Time) {
        let for_me = self.detector.is_for_this_run(header);
        let echo = heartbeat.echo.filter(|_| for_me);
        let round_trip = echo.and_then(|echo| {
            let hold = Duration::from_micros(u64::from(echo.hold_us));
            Some(
                now.since(self.beats.sent_at(echo.beat)?)
                    .saturating_sub(hold),
            )
        });
        let from = header.sender;
        self.detector.beat(from, heartbeat.beat, now);
        if !for_me {
            return;
        }
        let is_stale = round_trip >= Some(self.terms.lease);
        if !is_stale && self.detector.hear(from, heartbeat.beat, round_trip, now) {
            let name = self.name(from);
            self.tell(Event::PeerHeard { peer: from, name });
        }
        let echo = echo.map(|echo| echo.beat);
        let heard = Heard {
            from,
            lan,
            beat: heartbeat.beat,
            echo,
            round_trip,
        };
        for section in &heartbeat.sections {
            if let Some(membership) = membership_of(&mut self.modules, &section.module) {
                membership.section(&heard, section, &self.beats, now);
            }
        }
    }

    fn part(&mut self, part: TablePart, now: Time) {
        if let Some(membership) = membership_of(&mut self.modules, &part.module) {
            membership.part(part, &self.beats, now);
        }
    }

    fn peer_restarted(&mut self, peer: NodeId, was_alive: bool, now: Time) {
        for membership in memberships_mut(&mut self.modules) {
            membership.peer_restarted(peer, now);
        }
        if was_alive {
            self.tell_lost(peer);
        }
    }

    fn configure(
        &mut self,
        name: ModuleName,
        config: ModuleConfig,
        (macs, networks): (Vec<[u8; 6]>, Vec<IpAddr>),
        now: Time,
    ) -> Result<(), Denied> {
        let known = self.modules.get(&name);
        if known.is_none() && self.modules.len() >= MODULES_MAX {
            return Err(Denied::TooManyModules { limit: MODULES_MAX });
        }
        let is_same = known.is_some_and(|old| (&old.macs, &old.networks) == (&macs, &networks));
        if self.is_going(&name) {
            // Interfaces may come and go behind those that stay, which are known to the others.
            let stays = known.is_some_and(|old| old.macs.iter().zip(&macs).all(|(a, b)| a == b));
            let is_possible = |stage| stays || stage == Stage::Stopped;
            self.admit(&name, "configure", "STOP (NotReady)", is_possible)?;
            return self.reconfigure(&name, config, (macs, networks), now);
        }
        if is_same && known.is_some_and(|old| old.config == config) {
            return Ok(());
        }
        let wanted = setup::Wanted {
            name: &name,
            config: &config,
            others: &[],
            macs: &macs,
        };
        let membership = setup::membership(&self.config, &self.clusters, wanted)?;
        let former = self.modules.get(&name);
        let switches = former.map(|former| former.watch.resources().switches());
        self.forget(&name);
        let membership = membership.map(|setup| Membership::new(setup, self.counter, now));
        let mut module = Module::new(name.clone(), config, (macs, networks), membership, now);
        module.watch.adopt(switches.unwrap_or_default(), now);
        module.may_reboot = self.config.may_reboot;
        self.modules.insert(name, module);
        self.set_pulse(now);
        self.generation += 1;
        Ok(())
    }

    fn remove(&mut self, name: &ModuleName, now: Time) -> Result<(), Denied> {
        self.admit(name, "remove", "STOP (NotReady)", |stage| {
            stage == Stage::Stopped
        })?;
        self.forget(name);
        self.set_pulse(now);
        self.generation += 1;
        Ok(())
    }

    /// Forgets a module but the counter of its epochs: parts of its last views may still be on their
    /// way, and views of a new membership must be newer.
    fn forget(&mut self, name: &ModuleName) {
        let module = self.modules.remove(name);
        let counter = module.and_then(|module| Some(module.membership?.counter() + 1));
        self.counter = self.counter.max(counter.unwrap_or(0));
    }

    /// The node's pulse is the fastest of its modules' and the cluster's.
    fn set_pulse(&mut self, now: Time) {
        let pulses = self
            .modules
            .values()
            .filter_map(|module| module.membership.as_ref())
            .map(Membership::pulse);
        let period = pulses.fold(self.config.cluster.timing.pulse, Duration::min);
        if period != self.pulse.period() {
            self.pulse.set_period(period, now);
        }
    }

    fn admit(
        &self,
        name: &ModuleName,
        request: &str,
        needed: &str,
        is_possible: impl Fn(Stage) -> bool,
    ) -> Result<(), Denied> {
        let module = self.modules.get(name).ok_or_else(|| unknown(name))?;
        let stage = module.machine.stage();
        if is_possible(stage) {
            return Ok(());
        }
        Err(Denied::WrongState {
            module: name.clone(),
            state: stage.state(),
            request: request.to_owned(),
            needed: needed.to_owned(),
        })
    }

    fn known(&mut self, name: &ModuleName) -> Result<&mut Module, Denied> {
        self.modules.get_mut(name).ok_or_else(|| unknown(name))
    }

    fn trigger(&mut self, module: &ModuleName, trigger: Trigger) {
        if let Some(module) = self.modules.get_mut(module) {
            module.machine.handle(trigger);
        }
    }

    /// Does what follows, and tells the others at once where it matters to them.
    fn settle(&mut self, now: Time) {
        if self.flush(now) {
            self.send(now);
        }
    }

    /// Moves effects from the modules to the node until nothing more follows. True when the others
    /// should learn of it before the next pulse.
    fn flush(&mut self, now: Time) -> bool {
        let mut wants_beat = false;
        for module in self.modules.values_mut() {
            while module.follow(&self.beats, now) {
                let drained = module.drain(&self.beats, now);
                let told = drained
                    .iter()
                    .filter(|effect| matches!(effect, Effect::Event(_)));
                self.generation += told.map(|_| 1).sum::<u64>();
                self.effects.extend(drained);
            }
            self.generation += u64::from(module.take_changed());
            if let Some(membership) = &mut module.membership {
                wants_beat |= membership.take_wants_beat();
            }
        }
        wants_beat
    }

    /// The virtual addresses that stand here now, or why they do not.
    fn tell_traffic(&mut self, module: &ModuleName, opened: &Result<(), String>) {
        if let Err(reason) = opened {
            let (module, reason) = (module.clone(), reason.clone());
            return self.tell(Event::TrafficFailed { module, reason });
        }
        let config = self.modules.get(module).map(|one| &one.config);
        let addrs: Vec<_> = config.into_iter().flat_map(ModuleConfig::addrs).collect();
        for addr in addrs {
            let module = module.clone();
            self.tell(Event::VirtualIpSet { module, addr });
        }
    }

    fn tell(&mut self, event: Event) {
        self.generation += 1;
        self.effects.push_back(Effect::Event(event));
    }

    fn tell_lost(&mut self, peer: NodeId) {
        let name = self.name(peer);
        self.tell(Event::PeerLost { peer, name });
    }

    fn name(&self, node: NodeId) -> String {
        self.config
            .cluster
            .name(node)
            .map_or_else(|| node.to_string(), str::to_owned)
    }
}

fn unknown(name: &ModuleName) -> Denied {
    Denied::UnknownModule {
        module: name.clone(),
    }
}

fn said(value: String, by: String, reason: Option<String>, since: Time) -> Assignment {
    Assignment {
        value,
        since,
        by,
        reason,
    }
}
