//! A packet whose group is known: its bucket, the decision, and what that means for the frame.

use crate::Mac;
use crate::abi::{self, Module};
use crate::bucket::BucketState;
use crate::decide::{Decision, Entry, Question, Socket, Surroundings, Verdict, decide};
use crate::filter::{DecidedBy, Finish, Outcome, Place, Tables, Verb};
use crate::flow::{Client, Filter, Key, Opening, handshake};
use crate::fragment::Fate;
use crate::frame::{Packet, Ports, TCP_FIN, TCP_PSH};
use crate::hash::bucket_of;
use crate::keep::Syn;
use crate::reason::Reason;

/// What a packet is for its flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// It asks for a connection.
    Opens,
    /// It belongs to a connection.
    Continues,
    /// It stands for itself.
    Datagram,
    /// An echo request.
    Echo,
    /// It cannot be read.
    Malformed,
    /// It is an error about a connection.
    About,
    /// It is an error about what stood for itself.
    AboutDatagram,
}

impl Purpose {
    /// Whether a new owner may take it at once: no socket of another node waits for it.
    #[inline(always)]
    const fn opens(self) -> bool {
        match self {
            Self::Opens | Self::Datagram | Self::Echo | Self::Malformed | Self::AboutDatagram => {
                true
            }
            Self::Continues | Self::About => false,
        }
    }

    /// Under which reason it is counted where it is accepted.
    #[inline(always)]
    const fn accepted_as(self, reason: Reason) -> Reason {
        match self {
            Self::Opens | Self::Continues | Self::Datagram => reason,
            Self::Echo => Reason::AcceptEcho,
            Self::Malformed => Reason::AcceptMalformed,
            Self::About | Self::AboutDatagram => Reason::AcceptError,
        }
    }
}

/// A packet as a decision looks at it.
pub(crate) trait Subject {
    /// Whether it is for this MAC address of a table.
    fn is_to(&self, mac: u64) -> bool;
    /// The MAC address that it comes from.
    fn from(&self) -> Mac;
    /// The client: the sender, or whom a quoted packet was for.
    fn client(&self) -> Client;
    /// The protocol that, with the ports, selects a rule.
    fn protocol(&self) -> u8;
    /// The ports of client and service.
    fn ports(&self) -> Ports;
    /// What it is for its flow.
    fn purpose(&self) -> Purpose;
    /// All of it.
    fn packet(&self) -> Packet;
}

/// A packet whose group is known.
pub(crate) struct Flow<'a, S> {
    pub(crate) subject: &'a S,
    /// Slot of the group.
    pub(crate) group: u32,
    /// Number of what is hashed, a [`Filter`].
    pub(crate) filter: u8,
}

impl<S: Subject> Flow<'_, S> {
    /// Decides.
    #[inline(always)]
    pub(crate) fn take<T, F>(&self, place: &Place<'_>, tables: &T, finish: &F) -> F::Done
    where
        T: Tables,
        F: Finish,
    {
        let key = Key::new(Filter::from_byte(self.filter), &self.subject.client());
        let digest = key.digest(&place.module.seed);
        let bucket = bucket_of(digest.hash);
        let Some(state) = tables.bucket(self.group, bucket) else {
            return finish.finish(place.drop(Reason::DropNoTable));
        };
        let question = Question {
            opens: self.subject.purpose().opens(),
            state,
        };
        let here = Here {
            subject: self.subject,
            number: digest.inner,
            decided_by: DecidedBy::bucket(self.group, bucket),
            state,
            place,
            tables,
        };
        here.carry_out(decide(&question, &here), finish)
    }
}

/// A later part of a datagram follows the first one, whatever the tables say meanwhile.
#[inline(always)]
pub(crate) fn rest<S: Subject, T: Tables>(
    subject: &S,
    fate: Option<Fate>,
    place: &Place<'_>,
    tables: &T,
) -> Outcome {
    let fate = fate.unwrap_or(Fate::DROPPED);
    let (verb, reason) = if fate == Fate::ACCEPTED {
        if tables.is_lease_valid(place.vip.module) {
            (accept(subject, place), Reason::AcceptFragment)
        } else {
            (Verb::Drop, Reason::DropLease)
        }
    } else if fate == Fate::DROPPED {
        (Verb::Drop, Reason::DropFragment)
    } else {
        (Verb::Forward, Reason::ForwardFragment)
    };
    Outcome {
        module: place.vip.module,
        verb,
        reason,
        decided_by: DecidedBy::NOTHING,
        mac: fate.mac(),
        from: Mac::from_table(place.link.mac),
    }
}

#[inline(always)]
fn accept<S: Subject>(subject: &S, place: &Place<'_>) -> Verb {
    if subject.is_to(place.link.mac) {
        Verb::Accept
    } else {
        Verb::AcceptAsOurs
    }
}

#[inline(always)]
const fn node_of(module: &Module) -> u8 {
    #[expect(clippy::cast_possible_truncation, reason = "nodes are below 64")]
    let node = module.node as u8;
    node
}

/// The sequence number behind a SYN, which counts as one byte (RFC 9293 section 3.4).
#[inline(always)]
const fn behind(syn: &Packet) -> u32 {
    syn.transport.sequence.wrapping_add(1)
}

/// What the decision may ask about a flow.
struct Here<'a, S, T> {
    subject: &'a S,
    /// What [`handshake`] takes of the flow.
    number: u64,
    decided_by: DecidedBy,
    state: BucketState,
    place: &'a Place<'a>,
    tables: &'a T,
}

impl<S: Subject, T: Tables> Here<'_, S, T> {
    #[inline(always)]
    fn carry_out<F: Finish>(&self, Decision { verdict, reason }: Decision, finish: &F) -> F::Done {
        match verdict {
            Verdict::Accept => self.accept(reason, finish),
            Verdict::AcceptAndCopy(node) => {
                let to = self.neighbour(node);
                if !to.is_some() {
                    return self.accept(reason, finish);
                }
                finish.finish(self.outcome_to(to, Verb::AcceptAndCopy, reason))
            }
            Verdict::Drop => {
                self.keep(reason);
                finish.finish(self.outcome(Verb::Drop, reason))
            }
            Verdict::Forward(node) => {
                self.keep(reason);
                let to = self.neighbour(node);
                if !to.is_some() {
                    return finish.finish(self.outcome(Verb::Drop, Reason::DropNoRoute));
                }
                finish.finish(self.outcome_to(to, Verb::Forward, reason))
            }
        }
    }

    #[inline(always)]
    fn accept<F: Finish>(&self, reason: Reason, finish: &F) -> F::Done {
        let purpose = self.subject.purpose();
        if purpose == Purpose::Opens {
            let packet = self.subject.packet();
            self.tables
                .set_opening(self.handshake(&packet, behind(&packet)));
        }
        let reason = purpose.accepted_as(reason);
        if self.subject.is_to(self.place.link.mac) {
            finish.finish(self.outcome(Verb::Accept, reason))
        } else {
            finish.finish(self.outcome(Verb::AcceptAsOurs, reason))
        }
    }

    /// Of what this node does not take: keeps a SYN, and notes that a client went on, whose SYN was
    /// answered.
    #[inline(always)]
    fn keep(&self, reason: Reason) {
        if self.place.vip.keeps == 0 {
            return;
        }
        match self.subject.purpose() {
            Purpose::Opens if reason == Reason::DropLease => {}
            Purpose::Opens => {
                let packet = self.subject.packet();
                self.tables.keep(&Syn {
                    module: self.place.vip.module,
                    link: self.place.vip.link,
                    decided_by: self.decided_by,
                    state: self.state,
                    ports: self.subject.ports(),
                    sequence: behind(&packet),
                    is_from_peer: self.is_from_peer(),
                });
            }
            Purpose::Continues => {
                let packet = self.subject.packet();
                self.tables.went_on(packet.transport.sequence);
            }
            Purpose::Datagram
            | Purpose::Echo
            | Purpose::Malformed
            | Purpose::About
            | Purpose::AboutDatagram => {}
        }
    }

    #[inline(always)]
    const fn outcome(&self, verb: Verb, reason: Reason) -> Outcome {
        Outcome {
            decided_by: self.decided_by,
            verb,
            ..self.place.drop(reason)
        }
    }

    /// Of what is sent, itself or as a copy, to another node.
    #[inline(always)]
    fn outcome_to(&self, to: Mac, verb: Verb, reason: Reason) -> Outcome {
        Outcome {
            mac: to,
            from: Mac::from_table(self.place.link.mac),
            ..self.outcome(verb, reason)
        }
    }

    #[inline(always)]
    fn neighbour(&self, node: u8) -> Mac {
        self.tables.neighbour(self.place.vip.link, node)
    }

    /// The number of the handshake of which a segment is the one behind the SYN, if it has this
    /// sequence number.
    #[inline(always)]
    fn handshake(&self, packet: &Packet, sequence: u32) -> u64 {
        let opening = Opening {
            vip: packet.destination,
            ports: self.subject.ports(),
            sequence,
        };
        handshake(self.number, &opening)
    }
}

impl<S: Subject, T: Tables> Surroundings for Here<'_, S, T> {
    #[inline(always)]
    fn socket(&self) -> Socket {
        let (subject, packet) = (self.subject, self.subject.packet());
        let found = self
            .tables
            .socket(subject.client().addr, &packet, subject.ports());
        let sequence = packet.transport.sequence;
        let is_alive = found == Socket::Alive
            || subject.purpose() == Purpose::Continues
                && self.tables.is_opening(self.handshake(&packet, sequence));
        if is_alive { Socket::Alive } else { found }
    }

    #[inline(always)]
    fn wants_answer(&self) -> bool {
        self.subject.purpose() == Purpose::Continues
            && self.subject.packet().transport.flags & (TCP_FIN | TCP_PSH) != 0
    }

    #[inline(always)]
    fn is_from(&self, node: u8) -> bool {
        let mac = self.neighbour(node);
        mac.is_some() && mac == self.subject.from()
    }

    #[inline(always)]
    fn entry(&self) -> Entry {
        self.place.entry()
    }

    #[inline(always)]
    fn node(&self) -> u8 {
        node_of(self.place.module)
    }

    #[inline(always)]
    fn is_from_peer(&self) -> bool {
        let from = self.subject.from();
        self.place.link.peers & abi::peer_bit(from) != 0
            && self.tables.is_peer(self.place.vip.link, from)
    }

    #[inline(always)]
    fn is_lease_valid(&self) -> bool {
        self.tables.is_lease_valid(self.place.vip.module)
    }
}
