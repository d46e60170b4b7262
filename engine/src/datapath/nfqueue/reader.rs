//! The thread of a module's queue: takes packets and questions, treats them, carries it out.
//!
//! It waits in poll(2) for packets, for questions, and for the other end of a pipe to be closed,
//! which ends it. When it ends for whatever reason, nobody reads the queue, and the kernel drops
//! what would go there.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, PipeReader};
use std::net::{IpAddr, SocketAddr};
use std::os::fd::AsFd;
use std::sync::{Arc, Mutex, PoisonError};

use evenkeel_core::ids::NodeId;
use evenkeel_packet::answer::readdress;
use evenkeel_packet::decide::Socket;
use evenkeel_packet::filter::{Outcome, Verb};
use evenkeel_packet::frame::{Content, Packet, Ports, parse};
use evenkeel_packet::keep::Syn;
use evenkeel_packet::{Addr, Mac, Reason};
use nfq::{Message, Verdict};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use super::ether::{Ear, Mouth};
use super::queue::Claimed;
use super::waiting::{Held, Waiting};
use super::{Door, Shared};
use crate::datapath::replay::{Fate, Judgement, Looks};
use crate::datapath::tables::{Noted, State};
use crate::net::lookup::Lookup;
use crate::{clock, limits};

/// Bytes of the longest question: an ARP message or a neighbour solicitation with options.
const QUESTION_BYTES: usize = 2048;

/// What the thread of a module works with.
#[derive(Debug)]
pub(super) struct Reader {
    /// Slot of the module.
    pub(super) module: u32,
    /// The tables and the doors of all modules.
    pub(super) shared: Arc<Mutex<Shared>>,
    /// Packets to the module's addresses.
    pub(super) packets: Claimed,
    /// Questions for them, with the interface on which the tables expect them.
    pub(super) ears: Vec<(u32, Ear)>,
    /// How frames leave, by interface.
    pub(super) mouths: BTreeMap<u32, Mouth>,
    /// Where sockets are asked for.
    pub(super) lookup: Lookup,
    /// Ends with its other end.
    pub(super) stop: PipeReader,
    /// SYNs without a verdict, and when they are looked at.
    pub(super) waiting: Waiting<Message>,
    pub(super) looks: Looks,
    /// The changes that were seen.
    pub(super) seen: u64,
}

impl Reader {
    /// Treats packets and questions until the other end of the pipe is closed.
    pub(super) fn run(mut self) {
        let mut frame = Vec::new();
        loop {
            let Some(ready) = self.wait() else { return };
            for ((nic, ear), is_ready) in self.ears.iter().zip(ready.ears) {
                if is_ready {
                    self.hear(*nic, ear, &mut frame);
                }
            }
            let turned = match ready.packets {
                true => self.turn(&mut frame),
                false => Ok(()),
            };
            if let Err(error) = turned.and_then(|()| self.look()) {
                let queue = self.packets.number;
                return tracing::error!(queue, %error, "the queue cannot be read: its packets are dropped");
            }
        }
    }

    /// Waits until there is something to do; `None` when that is to end.
    fn wait(&self) -> Option<Ready> {
        let waits_for = |fd| PollFd::new(fd, PollFlags::POLLIN);
        let mut fds = vec![
            waits_for(self.stop.as_fd()),
            waits_for(self.packets.readable.as_fd()),
        ];
        fds.extend(self.ears.iter().map(|(_, ear)| waits_for(ear.as_fd())));
        // Nobody tells that something changed.
        let timeout = match self.waiting.is_empty() {
            true => None,
            false => self
                .looks
                .wait(clock::now())
                .or(Some(limits::REPLAY_LOOK_MAX)),
        };
        let timeout = timeout.map_or(PollTimeout::NONE, |pause| {
            PollTimeout::try_from(pause).unwrap_or(PollTimeout::ZERO)
        });
        while let Err(error) = poll(&mut fds, timeout) {
            if error != nix::errno::Errno::EINTR {
                tracing::error!(%error, "the queue cannot be waited for: its packets are dropped");
                return None;
            }
        }
        // Whatever it is, an error included, reading tells.
        let is_ready = |fd: &PollFd<'_>| fd.any().unwrap_or(true);
        let [stop, packets, ears @ ..] = &fds[..] else {
            return None;
        };
        (!is_ready(stop)).then(|| Ready {
            packets: is_ready(packets),
            ears: ears.iter().map(is_ready).collect(),
        })
    }

    /// Treats the packets that wait, up to a turn's number.
    fn turn(&mut self, frame: &mut Vec<u8>) -> io::Result<()> {
        for _ in 0..limits::QUEUE_PACKETS_PER_TURN {
            let mut message = match self.packets.queue.recv() {
                Ok(message) => message,
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let is_accepted = match self.admit(&message, frame) {
                Admission::Known { is_accepted } => is_accepted,
                Admission::WentOn { sequence } => {
                    let answered = self.waiting.went_on(sequence);
                    self.end(answered, Verdict::Drop)?;
                    false
                }
                Admission::Waits(syn) => {
                    self.hold(&syn, frame, message)?;
                    continue;
                }
            };
            message.set_verdict(if is_accepted {
                Verdict::Accept
            } else {
                Verdict::Drop
            });
            self.packets.queue.verdict(message)?;
        }
        Ok(())
    }

    /// Whether a packet goes on to the stack.
    fn admit(&mut self, message: &Message, frame: &mut Vec<u8>) -> Admission {
        let interface = message.get_indev();
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(door) = shared.doors.get(&interface).copied() else {
            // No module is there, and no filter.
            return Admission::Known { is_accepted: true };
        };
        build(frame, &door, message);
        if is_question(frame) {
            // Heard by an ear as well, like those to the group of the address.
            return Admission::Known { is_accepted: false };
        }
        let now = clock::now();
        let socket = |client, packet: &Packet, ports| self.socket(client, packet, ports);
        let treated = shared.state.treat(door.nic, frame, now, socket);
        let Some((outcome, noted)) = treated else {
            // The rules are in force, and the tables do not have the address yet, or not any more.
            shared.state.maps.count(self.module, Reason::DropFence);
            return Admission::Known { is_accepted: false };
        };
        drop(shared);
        let is_accepted = self.carry_out(&outcome, door.nic, frame);
        match noted {
            Noted::Syn(syn) => Admission::Waits(syn),
            Noted::WentOn(sequence) => Admission::WentOn { sequence },
            Noted::Nothing => Admission::Known { is_accepted },
        }
    }

    /// Lets a SYN wait for its verdict.
    fn hold(&mut self, syn: &Syn, frame: &[u8], message: Message) -> io::Result<()> {
        let added = self.waiting.add(syn, frame, message, clock::now());
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = shared.replays.entry(self.module).or_default();
        counts.kept += u64::from(added.is_kept);
        counts.crowded_out += u64::from(added.crowds_out);
        drop(shared);
        self.end(added.dropped, Verdict::Drop)
    }

    /// Ends packets that waited.
    fn end(&mut self, messages: Vec<Message>, verdict: Verdict) -> io::Result<()> {
        for mut message in messages {
            message.set_verdict(verdict);
            self.packets.queue.verdict(message)?;
        }
        Ok(())
    }

    /// Sees to the SYNs whose turn it is.
    fn look(&mut self) -> io::Result<()> {
        let now = clock::now();
        let (mut accepted, mut dropped) = (Vec::new(), self.waiting.expire(now));
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if self.seen != shared.changes {
            self.seen = shared.changes;
            self.looks.begin(now);
        }
        let Shared {
            state,
            farms,
            replays,
            ..
        } = &mut *shared;
        if self.looks.is_due(now)
            && let Some(farm) = farms.get(&self.module)
        {
            let is_open = state.maps.is_lease_valid(self.module, now);
            let counts = replays.entry(self.module).or_default();
            for held in self.waiting.open(|fate| farm.is_open(fate)) {
                let judgement = farm.judge(&held.kept, held.waits, is_open, now);
                let is_sent = match judgement {
                    Judgement::Leave => continue,
                    Judgement::SendTo(node) => hand_on(&self.mouths, state, held, node)
                        .inspect_err(
                            |error| tracing::debug!(%node, %error, "a SYN was not handed on"),
                        )
                        .is_ok(),
                    Judgement::TakeIn | Judgement::Answered | Judgement::Repeated => true,
                };
                judgement.count(is_sent, counts);
                let ended = match judgement == Judgement::TakeIn {
                    true => &mut accepted,
                    false => &mut dropped,
                };
                ended.extend(held.seen_to(Fate::after(judgement)));
            }
        }
        drop(shared);
        self.end(accepted, Verdict::Accept)?;
        self.end(dropped, Verdict::Drop)
    }

    /// Treats the questions that wait at an ear, up to a turn's number. The stack has got its copy
    /// of each already, and answers none.
    fn hear(&self, nic: u32, ear: &Ear, frame: &mut Vec<u8>) {
        for _ in 0..limits::QUESTIONS_PER_TURN {
            frame.resize(QUESTION_BYTES, 0);
            let len = match ear.next(frame) {
                Ok(Some(len)) => len,
                Ok(None) => continue,
                Err(error) => {
                    if error.kind() != ErrorKind::WouldBlock {
                        tracing::debug!(nic, %error, "questions cannot be heard");
                    }
                    return;
                }
            };
            frame.truncate(len);
            if !is_question(frame) {
                // Another message of ICMPv6 that the queue has.
                continue;
            }
            let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
            let outcome = shared
                .state
                .decide(nic, frame, clock::now(), |_, _, _| Socket::None);
            // Each module on the interface hears all questions, and takes its own.
            let Some(outcome) = outcome.filter(|outcome| outcome.module == self.module) else {
                continue;
            };
            shared.state.count(&outcome);
            drop(shared);
            self.carry_out(&outcome, nic, frame);
        }
    }

    /// Sends what is to be sent; whether the stack gets the packet.
    fn carry_out(&self, outcome: &Outcome, nic: u32, frame: &mut Vec<u8>) -> bool {
        match outcome.verb {
            // The stack takes what comes in on the virtual interface as its own.
            Verb::Accept | Verb::AcceptAsOurs => return true,
            Verb::Drop => return false,
            // The stack takes the packet from the queue, whatever becomes of the frame.
            Verb::AcceptAndCopy | Verb::Forward => outcome.readdress(frame),
            Verb::Answer => {
                let Some(answer) = outcome.answer(frame) else {
                    return false;
                };
                frame.resize(answer.frame_len(frame.len()), 0);
                answer.write(frame);
            }
        }
        let sent = match self.mouths.get(&nic) {
            Some(mouth) => mouth.send(frame),
            None => Err(ErrorKind::NotFound.into()),
        };
        if let Err(error) = sent {
            tracing::debug!(nic, %error, "a frame was not sent");
        }
        outcome.is_accepted()
    }

    fn socket(&self, client: Addr, packet: &Packet, ports: Ports) -> Socket {
        let at = |addr, port| SocketAddr::new(IpAddr::from(addr), port);
        let local = at(packet.destination, ports.destination);
        let remote = at(client, ports.source);
        self.lookup.find(local, remote).unwrap_or_else(|error| {
            tracing::debug!(%error, "a socket cannot be asked for");
            Socket::None
        })
    }
}

/// Whether a packet goes on to the stack.
enum Admission {
    /// That is known.
    Known { is_accepted: bool },
    /// It does not, and its client was answered by another node.
    WentOn { sequence: u32 },
    /// It is a SYN that may be answered here later.
    Waits(Syn),
}

/// Sends a SYN to the owner of its bucket.
fn hand_on(
    mouths: &BTreeMap<u32, Mouth>,
    state: &State,
    held: &mut Held<Message>,
    node: NodeId,
) -> io::Result<()> {
    let missing = || io::Error::from(ErrorKind::NotFound);
    let (link, to) = state.maps.way(held.kept.link, node).ok_or_else(missing)?;
    readdress(&mut held.frame, to, Mac::from_table(link.mac));
    mouths
        .get(&link.ifindex)
        .ok_or_else(missing)?
        .send(&held.frame)
}

/// What can be read.
struct Ready {
    packets: bool,
    ears: Vec<bool>,
}

/// Puts the link's header in front of a packet again.
fn build(frame: &mut Vec<u8>, door: &Door, message: &Message) {
    let from = message.get_hw_addr().and_then(|addr| addr.try_into().ok());
    let from = from.map_or(Mac::NONE, Mac::new);
    frame.clear();
    frame.extend(door.to.bytes());
    frame.extend(from.bytes());
    frame.extend(message.get_hw_protocol().to_be_bytes());
    frame.extend(message.get_payload());
}

/// Whether it is about the MAC address of an address, and no packet for its owner.
fn is_question(frame: &[u8]) -> bool {
    parse(frame).is_some_and(|frame| match frame.content {
        Content::Discovery(_) | Content::Arp(_) => true,
        Content::Ip(_) | Content::Other => false,
    })
}
