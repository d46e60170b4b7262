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

use evenkeel_packet::filter::{Outcome, Verb};
use evenkeel_packet::frame::{Content, Packet, Ports, parse};
use evenkeel_packet::{Addr, Mac, Reason};
use nfq::{Message, Verdict};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use super::ether::{Ear, Mouth};
use super::queue::Claimed;
use super::{Door, Shared};
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
            if ready.packets
                && let Err(error) = self.turn(&mut frame)
            {
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
        while let Err(error) = poll(&mut fds, PollTimeout::NONE) {
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
            let is_accepted = self.admit(&message, frame);
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
    fn admit(&self, message: &Message, frame: &mut Vec<u8>) -> bool {
        let interface = message.get_indev();
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(door) = shared.doors.get(&interface).copied() else {
            // No module is there, and no filter.
            return true;
        };
        build(frame, &door, message);
        if is_question(frame) {
            // Heard by an ear as well, like those to the group of the address.
            return false;
        }
        let now = clock::now();
        let socket = |client, packet: &Packet, ports| self.has_socket(client, packet, ports);
        let outcome = shared.state.treat(door.nic, frame, now, socket);
        let Some(outcome) = outcome else {
            // The rules are in force, and the tables do not have the address yet, or not any more.
            shared.state.maps.count(self.module, Reason::DropFence);
            return false;
        };
        drop(shared);
        self.carry_out(&outcome, door.nic, frame)
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
                .decide(nic, frame, clock::now(), |_, _, _| false);
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
            Verb::Forward => outcome.readdress(frame),
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
        false
    }

    fn has_socket(&self, client: Addr, packet: &Packet, ports: Ports) -> bool {
        let at = |addr, port| SocketAddr::new(IpAddr::from(addr), port);
        let local = at(packet.destination, ports.destination);
        let remote = at(client, ports.source);
        self.lookup.exists(local, remote).unwrap_or_else(|error| {
            tracing::debug!(%error, "a socket cannot be asked for");
            false
        })
    }
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
