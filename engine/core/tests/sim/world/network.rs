//! The network of a simulated farm: which ways there are, what travels on them, and who attacks.

use std::collections::VecDeque;

use evenkeel_core::ids::LanId;
use evenkeel_core::input::Input;
use evenkeel_packet::probe::Probe;

use super::{Happening, World};
use crate::farm::{module_name, node_name};
use crate::net::MS;
use crate::rng::Rng;

/// A daemon that waits for frames is told of so many, at the most.
const FRAMES_APART: u64 = 400 * MS;

/// What is longer does not arrive on a narrow way: heartbeats are shorter, pieces of tables are not.
const NARROW_BYTES_MAX: usize = 600;

impl World {
    /// Cuts or mends the way from one server to another.
    pub fn cut(&mut self, from: usize, to: usize, cut: bool) {
        if self.cuts.is_cut(from, to) != cut {
            let word = if cut { "cut from" } else { "heard again by" };
            self.say(from, &format!("is {word} {}", node_name(to)));
            self.cuts.set(from, to, cut, self.now);
            let end = self.now + self.parted_for + 1;
            if !cut && self.look_at != end {
                self.look_at = end;
                self.push(end, Happening::Look);
            }
        }
    }

    /// On the way from one server to another only small datagrams arrive: no piece of a table.
    pub fn narrow(&mut self, from: usize, to: usize) {
        self.say(from, &format!("sends nothing long to {}", node_name(to)));
        self.narrow.insert((from, to));
    }

    /// A server lets nothing in but answers to what it asked.
    pub fn wall(&mut self, at: usize) {
        self.say(at, "lets in nothing but answers");
        self.walled.insert(at);
    }

    fn is_blocked(&self, way: (usize, usize), port: Port, length: usize) -> bool {
        let (from, to) = way;
        let is_walled = port == Port::Heartbeats && self.walled.contains(&to);
        let is_long = length > NARROW_BYTES_MAX && self.narrow.contains(&way);
        self.cuts.is_cut(from, to) || is_walled || is_long
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

    /// A server hears nobody, or hears again; what it sends arrives.
    pub fn deafen(&mut self, at: usize, deaf: bool) {
        self.machines[at].deaf = deaf;
        for other in (0..self.machines.len()).filter(|other| *other != at) {
            self.cut(other, at, deaf);
        }
    }

    /// A daemon waits for frames, or does not any more.
    pub(super) fn listen(&mut self, at: usize, listen: bool) {
        self.machines[at].listens = listen.then_some(self.now);
        if let Some(since) = self.machines[at].listens {
            self.push(self.now + MS, Happening::Frame { at, since });
        }
    }

    /// Others on the network of a server send something all the time, clients and routers: also where
    /// it is parted from the rest of the farm.
    pub(super) fn frame(&mut self, at: usize, since: u64) -> Result<(), String> {
        let machine = &mut self.machines[at];
        if machine.listens != Some(since) {
            return Ok(());
        }
        let queued = std::mem::take(&mut machine.queued);
        if !queued && (machine.unplugged || machine.deaf) {
            self.push(self.now + 10 * MS, Happening::Frame { at, since });
            return Ok(());
        }
        self.push(self.now + FRAMES_APART, Happening::Frame { at, since });
        let module = module_name();
        self.handle(at, Input::Received { module })
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
        self.narrow.clear();
        self.walled.clear();
        for at in 0..self.machines.len() {
            if self.machines[at].unplugged {
                self.cable(at, true)?;
            }
            self.machines[at].deaf = false;
            for resource in std::mem::take(&mut self.machines[at].ill) {
                self.ail(at, &resource, false)?;
            }
        }
        for from in 0..self.machines.len() {
            for to in 0..self.machines.len() {
                self.cut(from, to, false);
            }
        }
        Ok(())
    }

    /// Something arrives at a server as if from the network.
    pub fn inject(&mut self, at: usize, bytes: Vec<u8>) -> Result<(), String> {
        self.arrive(at, LanId(0), Port::Heartbeats, bytes)
    }

    /// Heartbeats that were sent to this server, the newest last.
    pub fn recorded(&self, to: usize) -> Vec<Vec<u8>> {
        let is_heartbeat = |seen: &&Seen| seen.to == to && !Probe::is_one(&seen.bytes);
        let to = self.attacker.seen.iter().filter(is_heartbeat);
        to.map(|seen| seen.bytes.clone()).collect()
    }

    /// Something is sent, and arrives as the weather wants.
    pub(super) fn transmit(&mut self, way: (usize, usize), lan: LanId, port: Port, bytes: Vec<u8>) {
        let (_, to) = way;
        self.sent += 1;
        self.sent_bytes += u64::try_from(bytes.len()).unwrap();
        if !self.attacker.only_arrived && (self.attacker.records || self.weather.attacks > 0) {
            self.attacker.see(to, lan, port, &bytes);
        }
        if !self.is_blocked(way, port, bytes.len()) {
            let [first, again] = self.weather.copies(&mut self.rng);
            let packet = |bytes| Happening::Packet {
                at: to,
                lan,
                port,
                bytes,
            };
            let second = again.map(|delay| (delay, packet(bytes.clone())));
            let copies = first.map(|delay| (delay, packet(bytes)));
            for (delay, packet) in copies.into_iter().chain(second) {
                self.push(self.now + delay, packet);
            }
        }
        if self.attacker.rng.chance(self.weather.attacks) {
            self.attack();
        }
    }

    /// Something arrives at a port of a server that may be down.
    pub(super) fn arrive(
        &mut self,
        at: usize,
        lan: LanId,
        port: Port,
        bytes: Vec<u8>,
    ) -> Result<(), String> {
        if self.machines[at].deaf {
            return Ok(());
        }
        if self.attacker.only_arrived {
            self.attacker.see(at, lan, port, &bytes);
        }
        match port {
            Port::Heartbeats if Probe::is_one(&bytes) => self.asked(at, lan, &bytes),
            Port::Heartbeats => self.handle(at, Input::Datagram { lan, bytes }),
            Port::Answers => {
                if self.machines[at].node.is_some() {
                    self.machines[at].answers.push_back((lan, bytes));
                }
                Ok(())
            }
        }
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
            self.transmit((at, to), lan, Port::Answers, answer);
        }
        self.check_t2(at, accepted)
    }

    /// Somebody on the network sends again what was sent before, to its addressee or to another, to
    /// the port it was for or to the other one, as it was or mangled.
    fn attack(&mut self) {
        let nodes = self.machines.len() as u64;
        let Some((at, lan, port, bytes)) = self.attacker.shot(nodes) else {
            return;
        };
        let packet = Happening::Packet {
            at,
            lan,
            port,
            bytes,
        };
        self.push(self.now + MS, packet);
    }
}

/// Which of a daemon's ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// To which heartbeats and probes are sent.
    Heartbeats,
    /// From which probes are sent: it is looked at once per pulse.
    Answers,
}

/// What was on the network.
#[derive(Clone, Debug)]
struct Seen {
    to: usize,
    lan: LanId,
    port: Port,
    bytes: Vec<u8>,
}

/// Somebody who sees everything that is sent, and can send everything but has no key. Its chance is
/// its own, so that a farm under attack and one that is not have the same history.
#[derive(Debug)]
pub struct Attacker {
    /// It sees only what has arrived already: nothing that it sends again is new to anybody.
    pub only_arrived: bool,
    /// It listens on a quiet network too, for tests that ask what it heard.
    pub records: bool,
    /// How often it sent something.
    pub shots: u64,
    rng: Rng,
    seen: VecDeque<Seen>,
}

/// What an attacker keeps.
const SEEN_MAX: usize = 2000;

impl Attacker {
    /// One that has seen nothing yet.
    pub const fn new(seed: u64) -> Self {
        Self {
            only_arrived: false,
            records: true,
            shots: 0,
            rng: Rng::new(seed ^ 0xa77a),
            seen: VecDeque::new(),
        }
    }

    fn see(&mut self, to: usize, lan: LanId, port: Port, bytes: &[u8]) {
        if self.seen.len() == SEEN_MAX {
            self.seen.pop_front();
        }
        let bytes = bytes.to_vec();
        self.seen.push_back(Seen {
            to,
            lan,
            port,
            bytes,
        });
    }

    fn shot(&mut self, nodes: u64) -> Option<(usize, LanId, Port, Vec<u8>)> {
        let rng = &mut self.rng;
        let index = usize::try_from(rng.below(self.seen.len().max(1) as u64)).unwrap();
        let Seen {
            to,
            lan,
            port,
            bytes,
        } = self.seen.get(index)?;
        let mut bytes = bytes.clone();
        let at = match rng.below(4) {
            0 => usize::try_from(rng.below(nodes)).unwrap(),
            _ => *to,
        };
        let port = match rng.below(8) {
            0 => Port::Heartbeats,
            1 => Port::Answers,
            _ => *port,
        };
        match (rng.below(4), bytes.len() as u64) {
            (_, 0) => {}
            (0, length) => bytes[usize::try_from(rng.below(length)).unwrap()] ^= 1 << rng.below(8),
            (1, length) => bytes.truncate(usize::try_from(rng.below(length)).unwrap()),
            _ => {}
        }
        self.shots += 1;
        Some((at, *lan, port, bytes))
    }
}
