//! A packet whose group is known: its bucket, the decision, and what that means for the frame.

use crate::abi::{self, Module};
use crate::decide::{Decision, Question, Surroundings, Verdict, decide};
use crate::filter::{DecidedBy, Outcome, Place, Tables, Verb};
use crate::flow::{Client, Filter, Key, Opening, handshake};
use crate::fragment::Fate;
use crate::frame::{Hop, Packet, Ports};
use crate::reason::Reason;
use crate::{Addr, Mac};

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

/// A packet whose group is known.
pub(crate) struct Flow<'a> {
    pub(crate) hop: &'a Hop,
    pub(crate) packet: &'a Packet,
    /// The client: the sender, or whom a quoted packet was for.
    pub(crate) client: Addr,
    pub(crate) ports: Ports,
    pub(crate) purpose: Purpose,
    pub(crate) module: &'a Module,
    /// Slot of the group.
    pub(crate) group: u32,
}

impl Flow<'_> {
    /// Decides by what `filter` hashes.
    #[inline(always)]
    pub(crate) fn take<T: Tables>(&self, filter: Filter, place: &Place<'_>, tables: &T) -> Outcome {
        let client = Client {
            is_v6: self.packet.is_v6,
            addr: self.client,
            port: self.ports.source,
            #[expect(
                clippy::cast_possible_truncation,
                reason = "16 bits in IPv4, unused in IPv6"
            )]
            id: self.packet.id as u16,
        };
        let bucket = Key::new(filter, &client).bucket(self.module.key);
        let Some(state) = tables.bucket(self.group, bucket) else {
            return place.drop(Reason::DropNoTable);
        };
        let question = Question {
            opens: self.purpose.opens(),
            state,
            entry: place.entry(),
            node: node_of(self.module),
        };
        let here = Here {
            flow: self,
            place,
            tables,
        };
        let (verb, mac, reason) = here.carry_out(decide(&question, &here));
        Outcome {
            module: place.vip.module,
            verb,
            reason,
            decided_by: DecidedBy::bucket(self.group, bucket),
            mac,
            from: Mac::from_word(place.link.mac),
        }
    }
}

/// A later part of a datagram follows the first one, whatever the tables say meanwhile.
#[inline(always)]
pub(crate) fn rest<T: Tables>(
    hop: &Hop,
    fate: Option<Fate>,
    place: &Place<'_>,
    tables: &T,
) -> Outcome {
    let fate = fate.unwrap_or(Fate::DROPPED);
    let (verb, reason) = if fate == Fate::ACCEPTED {
        if tables.is_lease_valid(place.vip.module) {
            (accept(hop, place), Reason::AcceptFragment)
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
        from: Mac::from_word(place.link.mac),
    }
}

#[inline(always)]
fn accept(hop: &Hop, place: &Place<'_>) -> Verb {
    if hop.to.word() == place.link.mac {
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

/// What the decision may ask about a flow.
struct Here<'a, T> {
    flow: &'a Flow<'a>,
    place: &'a Place<'a>,
    tables: &'a T,
}

impl<T: Tables> Here<'_, T> {
    #[inline(always)]
    fn carry_out(&self, Decision { verdict, reason }: Decision) -> (Verb, Mac, Reason) {
        match verdict {
            Verdict::Accept => {
                if self.flow.purpose == Purpose::Opens {
                    // A SYN counts as one byte (RFC 9293 section 3.4).
                    let next = self.flow.packet.transport.sequence.wrapping_add(1);
                    self.tables.set_opening(self.handshake(next));
                }
                let verb = accept(self.flow.hop, self.place);
                (verb, Mac::NONE, self.flow.purpose.accepted_as(reason))
            }
            Verdict::Drop => (Verb::Drop, Mac::NONE, reason),
            Verdict::Forward(node) => {
                let to = self.tables.neighbour(self.place.vip.link, node);
                if to.is_some() {
                    (Verb::Forward, to, reason)
                } else {
                    (Verb::Drop, Mac::NONE, Reason::DropNoRoute)
                }
            }
        }
    }

    /// The number of the handshake of which a segment is the one behind the SYN, if it has this
    /// sequence number.
    #[inline(always)]
    fn handshake(&self, sequence: u32) -> u64 {
        let Flow {
            client,
            packet,
            ports,
            ..
        } = *self.flow;
        let flow = Opening {
            is_v6: packet.is_v6,
            client,
            vip: packet.destination,
            ports,
            sequence,
        };
        handshake(self.flow.module.key, &flow)
    }
}

impl<T: Tables> Surroundings for Here<'_, T> {
    #[inline(always)]
    fn has_socket(&self) -> bool {
        let Flow {
            client,
            packet,
            ports,
            ..
        } = self.flow;
        if self.tables.has_socket(*client, packet, *ports) {
            return true;
        }
        let sequence = packet.transport.sequence;
        self.flow.purpose == Purpose::Continues && self.tables.is_opening(self.handshake(sequence))
    }

    #[inline(always)]
    fn is_from_peer(&self) -> bool {
        let from = self.flow.hop.from;
        self.place.link.peers & abi::peer_bit(from) != 0
            && self.tables.is_peer(self.place.vip.link, from)
    }

    #[inline(always)]
    fn is_lease_valid(&self) -> bool {
        self.tables.is_lease_valid(self.place.vip.module)
    }
}
