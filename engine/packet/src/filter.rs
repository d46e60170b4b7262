//! From a frame to what is done with it: the whole packet path, over tables given by the caller.
//!
//! The kernel's programs and the back end in memory call the same functions; they differ in where
//! the tables stand and in how a frame is sent.

use crate::abi::{self, Link, Module, Vip};
use crate::bucket::BucketState;
use crate::bytes::Bytes;
use crate::decide::{Decision, Entry, Question, Surroundings, Verdict, decide};
use crate::flow::{Client, Filter, Key};
use crate::frame::{Arp, Content, Frame, Packet, Ports, Transport, parse};
use crate::reason::Reason;
use crate::{Addr, Mac};

/// The tables that decisions are made from; slots as in [`crate::abi`].
pub trait Tables {
    /// The virtual address `addr`, if it is one.
    fn vip(&self, addr: Addr) -> Option<&Vip>;
    /// The module in a slot.
    fn module(&self, slot: u32) -> Option<&Module>;
    /// The interface in a slot.
    fn link(&self, slot: u32) -> Option<&Link>;
    /// The state of a bucket of the group in a slot.
    fn bucket(&self, group: u32, bucket: u16) -> Option<BucketState>;
    /// The MAC address of a node on a link; [`Mac::NONE`] when it is not known.
    fn neighbour(&self, link: u32, node: u8) -> Mac;
    /// Whether this is the MAC address of another node on a link.
    fn is_peer(&self, link: u32, mac: Mac) -> bool;
    /// Whether a TCP socket of this very flow lives here, other than a listening one.
    fn has_socket(&self, packet: &Packet, ports: Ports) -> bool;
    /// Whether the lease of the module in a slot is valid at this instant.
    fn is_lease_valid(&self, module: u32) -> bool;
}

/// What is done with a frame that concerns a virtual address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Slot of the module.
    pub module: u32,
    /// What to do.
    pub action: Action,
    /// Why.
    pub reason: Reason,
    /// Group slot and bucket, where the frame was decided by one.
    pub bucket: Option<(u32, u16)>,
}

/// What to do with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Give it to the stack.
    Accept {
        /// It is addressed to the virtual MAC: tell the stack that it is meant for this host.
        to_host: bool,
    },
    /// End it here.
    Drop,
    /// Send it out of the same interface with these addresses.
    Forward {
        /// Destination: the other node's MAC address.
        to: Mac,
        /// Source: this node's own, so that no switch learns the client in the wrong place.
        from: Mac,
    },
    /// Send this back out of the same interface.
    Answer(Answer),
}

/// An answer to an ARP request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Where the ARP message starts in the frame, in bytes.
    pub at: usize,
    /// Destination of the frame: who asked.
    pub to: Mac,
    /// Source of the frame: always this node's own MAC address.
    pub from: Mac,
    /// The MAC address that the virtual address resolves to.
    pub agreed: Mac,
    /// The virtual address.
    pub vip: [u8; 4],
    /// The address of who asked.
    pub asker: [u8; 4],
}

/// Bytes of an ARP message for Ethernet and IPv4.
pub const ARP_LEN: usize = 28;
/// Bytes of the addresses at the beginning of a frame.
pub const ADDRESSES_LEN: usize = 12;

impl Answer {
    /// The ARP reply: the first [`ARP_LEN`] bytes of these little-endian words. Words, because the
    /// kernel's verifier allows nothing but aligned access to the stack.
    #[inline(always)]
    pub const fn message(&self) -> [u64; 4] {
        // Ethernet, IPv4, six and four bytes of address, reply.
        const HEAD: u64 = u64::from_le_bytes([0, 1, 8, 0, 6, 4, 0, 2]);
        let (agreed, to) = (self.agreed.word(), self.to.word());
        let vip = u32::from_le_bytes(self.vip) as u64;
        let asker = u32::from_le_bytes(self.asker) as u64;
        [HEAD, agreed | vip << 48, vip >> 16 | to << 16, asker]
    }
}

/// Destination and source of a frame: the first [`ADDRESSES_LEN`] bytes of these little-endian
/// words.
#[inline(always)]
pub const fn addresses(to: Mac, from: Mac) -> [u64; 2] {
    [to.word() | from.word() << 48, from.word() >> 16]
}

impl Action {
    /// Rewrites a frame as this action does before it sends it; the others leave it as it is.
    pub fn rewrite(&self, frame: &mut [u8]) {
        match self {
            Self::Accept { .. } | Self::Drop => {}
            Self::Forward { to, from } => write(frame, 0, ADDRESSES_LEN, &addresses(*to, *from)),
            Self::Answer(answer) => {
                write(frame, 0, ADDRESSES_LEN, &addresses(answer.to, answer.from));
                write(frame, answer.at, ARP_LEN, &answer.message());
            }
        }
    }
}

/// Writes the first `len` bytes of little-endian words from `at` on, as far as the frame goes.
fn write(frame: &mut [u8], at: usize, len: usize, words: &[u64]) {
    let bytes = words.iter().flat_map(|word| word.to_le_bytes()).take(len);
    for (place, byte) in frame.iter_mut().skip(at).zip(bytes) {
        *place = byte;
    }
}

/// Treats a frame that came in on interface `ifindex`; `None`: it concerns no virtual address.
#[inline(always)]
pub fn treat<B, T>(bytes: &B, ifindex: u32, tables: &T) -> Option<Outcome>
where
    B: Bytes + ?Sized,
    T: Tables,
{
    let frame = parse(bytes)?;
    match &frame.content {
        Content::Ip(packet) => ip(&frame, packet, ifindex, tables),
        Content::Arp(message) => arp(message, ifindex, tables),
        Content::Solicitation { target } => solicitation(*target, ifindex, tables),
        Content::Other => None,
    }
}

/// Where a frame belongs: the virtual address and its interface.
struct Place<'a> {
    vip: &'a Vip,
    link: &'a Link,
}

impl Place<'_> {
    #[inline(always)]
    const fn drop(&self, reason: Reason) -> Option<Outcome> {
        dropped(self.vip.module, reason)
    }

    #[inline(always)]
    const fn entry(&self) -> Entry {
        Entry::from_byte(self.link.entry)
    }
}

#[inline(always)]
const fn dropped(module: u32, reason: Reason) -> Option<Outcome> {
    Some(Outcome {
        module,
        action: Action::Drop,
        reason,
        bucket: None,
    })
}

#[inline(always)]
fn ip<T: Tables>(frame: &Frame, packet: &Packet, ifindex: u32, tables: &T) -> Option<Outcome> {
    let vip = tables.vip(packet.destination)?;
    let Some(link) = tables.link(vip.link) else {
        return dropped(vip.module, Reason::DropNoTable);
    };
    if link.ifindex != ifindex {
        return dropped(vip.module, Reason::DropOtherInterface);
    }
    let place = Place { vip, link };
    if frame.to != Mac::from_word(link.mac) && frame.to != Mac::from_word(link.vmac) {
        return place.drop(Reason::DropOtherMac);
    }
    let (protocol, ports, opens) = match packet.transport {
        Transport::Tcp { ports, opens } => (abi::PROTOCOL_TCP, ports, opens),
        Transport::Udp { ports } => (abi::PROTOCOL_UDP, ports, true),
        Transport::Echo => return echo(frame, packet, &place, tables),
        Transport::Fragment => return place.drop(Reason::DropFragment),
        Transport::Malformed => return place.drop(Reason::DropMalformed),
        Transport::Other => return place.drop(Reason::DropNoRule),
    };
    let Some(rule) = vip.rule(protocol, ports.destination) else {
        return place.drop(Reason::DropNoRule);
    };
    let flow = Flow {
        frame,
        packet,
        ports,
        opens,
        group: u32::from(rule.group),
    };
    flow.decide(Filter::from_byte(rule.filter), &place, tables)
}

/// An echo request goes by the client's address in the first group's table: one node answers.
#[inline(always)]
fn echo<T: Tables>(
    frame: &Frame,
    packet: &Packet,
    place: &Place<'_>,
    tables: &T,
) -> Option<Outcome> {
    let Some(module) = tables.module(place.vip.module) else {
        return place.drop(Reason::DropNoTable);
    };
    let ports = Ports {
        source: 0,
        destination: 0,
    };
    let flow = Flow {
        frame,
        packet,
        ports,
        opens: true,
        group: module.first_group,
    };
    flow.decide(Filter::OnAddr, place, tables)
}

/// A packet whose group is known.
struct Flow<'a> {
    frame: &'a Frame,
    packet: &'a Packet,
    ports: Ports,
    opens: bool,
    group: u32,
}

impl Flow<'_> {
    #[inline(always)]
    fn decide<T: Tables>(&self, filter: Filter, place: &Place<'_>, tables: &T) -> Option<Outcome> {
        let Some(module) = tables.module(place.vip.module) else {
            return place.drop(Reason::DropNoTable);
        };
        let client = Client {
            is_v6: self.packet.is_v6,
            addr: self.packet.source,
            port: self.ports.source,
            id: self.packet.id,
        };
        let bucket = Key::new(filter, &client).bucket(module.key);
        let Some(state) = tables.bucket(self.group, bucket) else {
            return place.drop(Reason::DropNoTable);
        };
        let entry = place.entry();
        let question = Question {
            opens: self.opens,
            state,
            entry,
            node: node_of(module),
        };
        let decision = decide(
            &question,
            &Here {
                flow: self,
                place,
                tables,
            },
        );
        let (action, reason) = self.carry_out(decision, place, tables);
        let bucket = Some((self.group, bucket));
        Some(Outcome {
            module: place.vip.module,
            action,
            reason,
            bucket,
        })
    }

    #[inline(always)]
    fn carry_out<T: Tables>(
        &self,
        Decision { verdict, reason }: Decision,
        place: &Place<'_>,
        tables: &T,
    ) -> (Action, Reason) {
        match verdict {
            Verdict::Accept => {
                let to_host = self.frame.to != Mac::from_word(place.link.mac);
                (Action::Accept { to_host }, reason)
            }
            Verdict::Drop => (Action::Drop, reason),
            Verdict::Forward(node) => {
                let to = tables.neighbour(place.vip.link, node);
                if to.is_some() {
                    (
                        Action::Forward {
                            to,
                            from: Mac::from_word(place.link.mac),
                        },
                        reason,
                    )
                } else {
                    (Action::Drop, Reason::DropNoRoute)
                }
            }
        }
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

impl<T: Tables> Surroundings for Here<'_, T> {
    #[inline(always)]
    fn has_socket(&self) -> bool {
        self.tables.has_socket(self.flow.packet, self.flow.ports)
    }

    #[inline(always)]
    fn is_from_peer(&self) -> bool {
        let from = self.flow.frame.from;
        self.place.link.peers & abi::peer_bit(from) != 0
            && self.tables.is_peer(self.place.vip.link, from)
    }

    #[inline(always)]
    fn is_lease_valid(&self) -> bool {
        self.tables.is_lease_valid(self.place.vip.module)
    }
}

/// ARP about a virtual address never reaches the stack, which would answer on every node.
#[inline(always)]
fn arp<T: Tables>(message: &Arp, ifindex: u32, tables: &T) -> Option<Outcome> {
    if let Some(vip) = tables.vip(Addr::v4(message.sender)) {
        return dropped(vip.module, Reason::DropArpClaim);
    }
    let vip = tables.vip(Addr::v4(message.target))?;
    let Some(link) = tables.link(vip.link) else {
        return dropped(vip.module, Reason::DropNoTable);
    };
    let place = Place { vip, link };
    if link.ifindex != ifindex {
        return place.drop(Reason::DropOtherInterface);
    }
    if !message.is_request {
        return place.drop(Reason::DropArpClaim);
    }
    let asker = Client {
        is_v6: false,
        addr: Addr::v4(message.sender),
        port: 0,
        id: 0,
    };
    if !answers(&asker, &place, tables) {
        return place.drop(Reason::DropNotEntry);
    }
    if !tables.is_lease_valid(vip.module) {
        return place.drop(Reason::DropLease);
    }
    let answer = Answer {
        at: message.at,
        to: message.sender_mac,
        from: Mac::from_word(link.mac),
        agreed: Mac::from_word(link.agreed),
        vip: message.target,
        asker: message.sender,
    };
    let action = Action::Answer(answer);
    Some(Outcome {
        module: vip.module,
        action,
        reason: Reason::AnswerArp,
        bucket: None,
    })
}

/// A neighbour solicitation is left to the stack of the entry node, which answers with its own MAC.
#[inline(always)]
fn solicitation<T: Tables>(target: Addr, ifindex: u32, tables: &T) -> Option<Outcome> {
    let vip = tables.vip(target)?;
    let Some(link) = tables.link(vip.link) else {
        return dropped(vip.module, Reason::DropNoTable);
    };
    if link.ifindex != ifindex {
        return dropped(vip.module, Reason::DropOtherInterface);
    }
    if link.answers != abi::ANSWERS {
        return dropped(vip.module, Reason::DropNotEntry);
    }
    if !tables.is_lease_valid(vip.module) {
        return dropped(vip.module, Reason::DropLease);
    }
    let action = Action::Accept { to_host: false };
    let reason = Reason::AcceptSolicitation;
    Some(Outcome {
        module: vip.module,
        action,
        reason,
        bucket: None,
    })
}

/// Whether this node answers who asks for the virtual address.
#[inline(always)]
fn answers<T: Tables>(asker: &Client, place: &Place<'_>, tables: &T) -> bool {
    if place.link.answers != abi::ANSWERS_BY_BUCKET {
        return place.link.answers == abi::ANSWERS;
    }
    let Some(module) = tables.module(place.vip.module) else {
        return false;
    };
    let Some(rule) = place.vip.rule(abi::PROTOCOL_ARP, 0) else {
        return false;
    };
    let bucket = Key::new(Filter::OnAddr, asker).bucket(module.key);
    tables
        .bucket(u32::from(rule.group), bucket)
        .is_some_and(BucketState::is_mine)
}

/// The seat belt's view of a frame on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It binds a virtual address to the agreed MAC address.
    Agreed,
    /// It binds a virtual address of the module in this slot to another one.
    Leak(u32),
}

/// What an ARP message on its way out claims for a virtual address; `None` for every other frame.
#[inline(always)]
pub fn claim<B, T>(bytes: &B, tables: &T) -> Option<Claim>
where
    B: Bytes + ?Sized,
    T: Tables,
{
    let Content::Arp(message) = parse(bytes)?.content else {
        return None;
    };
    let vip = tables.vip(Addr::v4(message.sender))?;
    let agreed = tables
        .link(vip.link)
        .map_or(Mac::NONE, |link| Mac::from_word(link.agreed));
    if agreed.is_some() && message.sender_mac == agreed {
        return Some(Claim::Agreed);
    }
    Some(Claim::Leak(vip.module))
}

/// The address that a frame is about, as the fence sees it: whom an IP packet or a solicitation is
/// for, whom an ARP message asks for.
#[inline(always)]
pub fn aims_at<B: Bytes + ?Sized>(bytes: &B) -> Option<Addr> {
    match parse(bytes)?.content {
        Content::Ip(packet) => Some(packet.destination),
        Content::Solicitation { target } => Some(target),
        Content::Arp(message) => Some(Addr::v4(message.target)),
        Content::Other => None,
    }
}

/// The address in whose name an ARP message speaks.
#[inline(always)]
pub fn speaks_for<B: Bytes + ?Sized>(bytes: &B) -> Option<Addr> {
    match parse(bytes)?.content {
        Content::Arp(message) => Some(Addr::v4(message.sender)),
        Content::Ip(_) | Content::Solicitation { .. } | Content::Other => None,
    }
}
