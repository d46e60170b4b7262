//! From a frame to what is done with it: the whole packet path, over tables given by the caller.
//!
//! The kernel's programs and the back ends in user space call the same functions; they differ in
//! where the tables stand and in how a frame is sent.

use crate::abi::{self, Link, Module, Vip};
use crate::answer::{self, Answer};
use crate::asked::{arp, discovery};
use crate::bucket::BucketState;
use crate::bytes::Bytes;
use crate::decide::{Entry, Socket};
use crate::flow::{Client, Filter};
use crate::fragment::{Datagram, Fate};
use crate::frame::{
    Content, Frame, Hop, Kind, Packet, Part, Ports, Quote, parse, parse_binding, quote,
};
use crate::keep::Syn;
use crate::plain::{Plain, plain_four, plain_six};
use crate::reason::Reason;
use crate::take::{Flow, Purpose, Subject, rest};
use crate::{Addr, Mac};

/// The tables that decisions are made from; slots as in [`crate::abi`].
pub trait Tables {
    /// The virtual address `addr`, if it is one.
    fn place(&self, addr: Addr) -> Option<Place<'_>>;
    /// The state of a bucket of the group in a slot.
    fn bucket(&self, group: u32, bucket: u16) -> Option<BucketState>;
    /// The MAC address of a node on a link; [`Mac::NONE`] when it is not known.
    fn neighbour(&self, link: u32, node: u8) -> Mac;
    /// Whether this is the MAC address of another node on a link.
    fn is_peer(&self, link: u32, mac: Mac) -> bool;
    /// Which TCP socket of this very flow is here; a listening one is none.
    fn socket(&self, client: Addr, packet: &Packet, ports: Ports) -> Socket;
    /// Whether the lease of the module in a slot is valid at this instant.
    fn is_lease_valid(&self, module: u32) -> bool;
    /// What became of the first part of a datagram, where it was seen lately.
    fn fate(&self, datagram: &Datagram) -> Option<Fate>;
    /// Remembers what became of the first part of a datagram.
    fn set_fate(&self, datagram: &Datagram, fate: Fate);
    /// Whether a SYN of this flow ([`crate::flow::handshake`]) was accepted here less than
    /// [`HANDSHAKE_MS`] ago.
    fn is_opening(&self, handshake: u64) -> bool;
    /// Remembers that a SYN of this flow was accepted.
    fn set_opening(&self, handshake: u64);
    /// Keeps a SYN that is not accepted here, with its frame.
    fn keep(&self, syn: &Syn);
    /// A segment with this sequence number goes past, to another node: if it is the one behind a SYN
    /// that is kept, that one was answered.
    fn went_on(&self, sequence: u32);
}

/// A virtual address with what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Its rules.
    pub vip: &'a Vip,
    /// Its interface.
    pub link: &'a Link,
    /// Its module.
    pub module: &'a Module,
}

/// How long the SYN of a flow is remembered, in milliseconds: with SYN cookies no socket tells of a
/// handshake under way. Less than a client waits before it repeats a SYN (RFC 6298: one second),
/// which may find the bucket at another node.
pub const HANDSHAKE_MS: u64 = 900;

/// What is done with a frame that concerns a virtual address. Every field has a value whatever is
/// done, because the kernel's verifier refuses a program that moves about what was never written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Slot of the module.
    pub module: u32,
    /// What to do.
    pub verb: Verb,
    /// Why.
    pub reason: Reason,
    /// By which bucket it was decided, if by one.
    pub decided_by: DecidedBy,
    /// [`Verb::Forward`] and [`Verb::AcceptAndCopy`]: the other node's MAC address. [`Verb::Answer`]: the agreed MAC address.
    pub mac: Mac,
    /// Source of the frame that is sent: this node's own MAC address, so that no switch learns the
    /// client, or the virtual MAC address, in the wrong place.
    pub from: Mac,
}

/// What to do with a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Give it to the stack.
    Accept,
    /// The same; it is addressed to the virtual MAC: tell the stack that it is meant for this host.
    AcceptAsOurs,
    /// The same as [`Verb::Accept`], and send a copy out of the same interface.
    AcceptAndCopy,
    /// End it here.
    Drop,
    /// Send it out of the same interface.
    Forward,
    /// Send the answer to it out of the same interface: see [`Answer::to`].
    Answer,
}

/// Group slot and bucket, or neither. One number, because the verifier wants it to have a value even
/// where nobody looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecidedBy(u32);

impl DecidedBy {
    /// By no bucket.
    pub const NOTHING: Self = Self(u32::MAX);

    /// By a bucket of the group in a slot.
    #[inline(always)]
    pub const fn bucket(group: u32, bucket: u16) -> Self {
        Self(group << 16 | bucket as u32)
    }

    /// It as one number: the group's slot, below it the bucket.
    #[inline(always)]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// What has this number.
    #[inline(always)]
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }

    /// The group's slot and the bucket.
    #[inline(always)]
    pub const fn get(self) -> Option<(u32, u16)> {
        if self.0 == Self::NOTHING.0 {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the lower half is the bucket"
        )]
        let bucket = self.0 as u16;
        Some((self.0 >> 16, bucket))
    }
}

impl Outcome {
    /// Whether this node's stack gets the frame.
    #[inline(always)]
    pub const fn is_accepted(&self) -> bool {
        matches!(
            self.verb,
            Verb::Accept | Verb::AcceptAsOurs | Verb::AcceptAndCopy
        )
    }

    /// The answer to the frame that was treated, where there is to be one.
    pub fn answer(&self, frame: &[u8]) -> Option<Answer> {
        match self.verb {
            Verb::Answer => Answer::to(frame, self.from, self.mac),
            Verb::Accept
            | Verb::AcceptAsOurs
            | Verb::AcceptAndCopy
            | Verb::Drop
            | Verb::Forward => None,
        }
    }

    /// Rewrites a frame as it, or its copy, is sent on; leaves it as it is where it is not.
    pub fn readdress(&self, frame: &mut [u8]) {
        if matches!(self.verb, Verb::Forward | Verb::AcceptAndCopy) {
            answer::readdress(frame, self.mac, self.from);
        }
    }
}

/// Who is told what is done with a frame, at each place where that is known. The kernel's program
/// does it there: told in one place for all, it would carry what only one of them needs.
pub trait Finish {
    /// What remains to be said.
    type Done;

    /// Takes what is done with the frame.
    fn finish(&self, outcome: Outcome) -> Self::Done;
}

/// The same, and who is told that it is not known here: so no value has to say which of these it is,
/// with nothing in its other fields, which the kernel's verifier would refuse to move about.
pub trait FinishPlain: Finish {
    /// The frame concerns no virtual address.
    fn no_vip(&self) -> Self::Done;

    /// The frame carries no plain packet: it is for [`treat_packet`].
    fn not_plain(&self) -> Self::Done;
}

/// Treats a frame that came in on interface `ifindex`; `None`: it concerns no virtual address.
#[inline(always)]
pub fn treat<B, T>(bytes: &B, ifindex: u32, tables: &T) -> Option<Outcome>
where
    B: Bytes + ?Sized,
    T: Tables,
{
    let whole = Whole {
        bytes,
        ifindex,
        tables,
    };
    treat_plain(bytes, || ifindex, tables, &whole)
}

/// All parts of [`treat`], one after the other.
struct Whole<'a, B: ?Sized, T> {
    bytes: &'a B,
    ifindex: u32,
    tables: &'a T,
}

impl<B: ?Sized, T> Finish for Whole<'_, B, T> {
    type Done = Option<Outcome>;

    #[inline(always)]
    fn finish(&self, outcome: Outcome) -> Option<Outcome> {
        Some(outcome)
    }
}

impl<B: Bytes + ?Sized, T: Tables> FinishPlain for Whole<'_, B, T> {
    #[inline(always)]
    fn no_vip(&self) -> Option<Outcome> {
        None
    }

    #[inline(always)]
    fn not_plain(&self) -> Option<Outcome> {
        match treat_packet(self.bytes, self.ifindex, self.tables) {
            Attempt::Treated(outcome) => outcome,
            Attempt::NotOfThisKind => treat_message(self.bytes, self.ifindex, self.tables),
        }
    }
}

/// Does nothing but keep it.
struct Keep;

impl Finish for Keep {
    type Done = Outcome;

    #[inline(always)]
    fn finish(&self, outcome: Outcome) -> Outcome {
        outcome
    }
}

/// The first part of [`treat`], for whole packets of TCP and UDP right behind their IP header. The
/// kernel's program keeps the parts in functions of their own: for these packets it takes half the
/// time when the compiler does not have to keep an eye on all the others.
#[inline(always)]
pub fn treat_plain<B, I, T, F>(bytes: &B, ifindex: I, tables: &T, finish: &F) -> F::Done
where
    B: Bytes + ?Sized,
    I: Fn() -> u32,
    T: Tables,
    F: FinishPlain,
{
    if let Some(packet) = plain_four(bytes) {
        return treat_found(&packet, ifindex, tables, finish);
    }
    if let Some(packet) = plain_six(bytes) {
        return treat_found(&packet, ifindex, tables, finish);
    }
    finish.not_plain()
}

#[inline(always)]
fn treat_found<I, T, F, const BYTES: usize>(
    packet: &Plain<'_, BYTES>,
    ifindex: I,
    tables: &T,
    finish: &F,
) -> F::Done
where
    I: Fn() -> u32,
    T: Tables,
    F: FinishPlain,
{
    let Some(place) = tables.place(packet.destination()) else {
        return finish.no_vip();
    };
    if place.link.ifindex != ifindex() {
        finish.finish(place.drop(Reason::DropOtherInterface))
    } else if is_for_us(packet, &place) {
        take(packet, &place, tables, finish)
    } else {
        finish.finish(place.drop(Reason::DropOtherMac))
    }
}

/// What the second part of [`treat`] makes of a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// What is done with it; `None`: it concerns no virtual address.
    Treated(Option<Outcome>),
    /// Nothing: it is for [`treat_message`].
    NotOfThisKind,
}

/// The second part of [`treat`], for IP packets of every kind but messages of neighbour discovery.
#[inline(always)]
pub fn treat_packet<B, T>(bytes: &B, ifindex: u32, tables: &T) -> Attempt
where
    B: Bytes + ?Sized,
    T: Tables,
{
    let Some(Frame {
        hop,
        content: Content::Ip(packet),
    }) = parse(bytes)
    else {
        return Attempt::NotOfThisKind;
    };
    Attempt::Treated(match place(packet.destination, ifindex, tables) {
        Some(Ok(place)) => Some(ip(bytes, &hop, &packet, &place, tables)),
        Some(Err(outcome)) => Some(outcome),
        None => None,
    })
}

/// The last part of [`treat`], for messages about MAC addresses.
#[inline(always)]
pub fn treat_message<B, T>(bytes: &B, ifindex: u32, tables: &T) -> Option<Outcome>
where
    B: Bytes + ?Sized,
    T: Tables,
{
    if bytes.vlan() != 0 {
        return None;
    }
    match parse_binding(bytes) {
        Content::Arp(message) => arp(&message, ifindex, tables),
        Content::Discovery(message) => discovery(&message, ifindex, tables),
        Content::Ip(_) | Content::Other => None,
    }
}

/// Whether a frame is addressed to this node or, in invisible mode, to all.
#[inline(always)]
fn is_for_us<S: Subject>(subject: &S, place: &Place<'_>) -> bool {
    subject.is_to(place.link.mac) || subject.is_to(place.link.vmac)
}

impl Place<'_> {
    #[inline(always)]
    pub(crate) const fn drop(&self, reason: Reason) -> Outcome {
        Outcome {
            module: self.vip.module,
            verb: Verb::Drop,
            reason,
            decided_by: DecidedBy::NOTHING,
            mac: Mac::NONE,
            from: Mac::NONE,
        }
    }

    #[inline(always)]
    pub(crate) const fn entry(&self) -> Entry {
        Entry::from_byte(self.link.entry)
    }
}

/// Finds the place of an address; `None` where it is no virtual one.
#[inline(always)]
pub(crate) fn place<'a, T: Tables>(
    addr: Addr,
    ifindex: u32,
    tables: &'a T,
) -> Option<Result<Place<'a>, Outcome>> {
    let place = tables.place(addr)?;
    if place.link.ifindex == ifindex {
        return Some(Ok(place));
    }
    Some(Err(place.drop(Reason::DropOtherInterface)))
}

#[inline(always)]
fn ip<B, T>(bytes: &B, hop: &Hop, packet: &Packet, place: &Place<'_>, tables: &T) -> Outcome
where
    B: Bytes + ?Sized,
    T: Tables,
{
    let mut parsed = Parsed::new(hop, packet);
    if !is_for_us(&parsed, place) {
        return place.drop(Reason::DropOtherMac);
    }
    let datagram = Datagram::of(packet);
    if packet.part == Part::Later {
        return rest(&parsed, tables.fate(&datagram), place, tables);
    }
    let outcome = match parsed.find_subject(bytes) {
        Ok(()) => take(&parsed, place, tables, &Keep),
        Err(reason) => place.drop(reason),
    };
    if packet.part == Part::First {
        tables.set_fate(&datagram, fate_of(&outcome));
    }
    outcome
}

/// A packet that was taken apart, and what it is about.
struct Parsed<'a> {
    hop: &'a Hop,
    packet: &'a Packet,
    client: Addr,
    purpose: Purpose,
    /// Protocol that, with the ports, selects a rule; [`BY_ADDRESS`]: the client's address alone
    /// decides, in the first group's table, so that one node takes the packet.
    protocol: u8,
    ports: Ports,
}

/// A protocol that no rule has.
const BY_ADDRESS: u8 = 0;

impl<'a> Parsed<'a> {
    /// Before it is known what the packet is about.
    #[inline(always)]
    const fn new(hop: &'a Hop, packet: &'a Packet) -> Self {
        Self {
            hop,
            packet,
            client: packet.source,
            purpose: Purpose::Malformed,
            protocol: BY_ADDRESS,
            ports: packet.transport.ports,
        }
    }

    /// Finds out what the packet is about; `Err`: why it is denied.
    #[inline(always)]
    fn find_subject<B: Bytes + ?Sized>(&mut self, bytes: &B) -> Result<(), Reason> {
        let Packet {
            part, transport, ..
        } = *self.packet;
        (self.purpose, self.protocol) = match transport.kind {
            Kind::Syn => (Purpose::Opens, abi::PROTOCOL_TCP),
            Kind::Tcp => (Purpose::Continues, abi::PROTOCOL_TCP),
            Kind::Udp => (Purpose::Datagram, abi::PROTOCOL_UDP),
            Kind::Echo => (Purpose::Echo, BY_ADDRESS),
            Kind::Error => match quote(bytes, transport.quoted_at, self.packet.is_v6) {
                Some(quote) if quote.service == self.packet.destination => {
                    self.is_about(&quote);
                    return Ok(());
                }
                Some(_) | None => (Purpose::Malformed, BY_ADDRESS),
            },
            // Of a first part the rest might complete the header, with ports that no rule names.
            Kind::Malformed if part == Part::First => return Err(Reason::DropMalformed),
            // What no host can take for a datagram is ended by one node's stack, and counted there.
            Kind::Malformed => (Purpose::Malformed, BY_ADDRESS),
            Kind::Other => return Err(Reason::DropNoRule),
        };
        Ok(())
    }

    /// An ICMP error goes where the packets of the flow go that it is about.
    #[inline(always)]
    const fn is_about(&mut self, quote: &Quote) {
        let (purpose, protocol) = match quote.kind {
            Kind::Tcp => (Purpose::About, abi::PROTOCOL_TCP),
            Kind::Udp => (Purpose::AboutDatagram, abi::PROTOCOL_UDP),
            Kind::Syn | Kind::Echo | Kind::Error | Kind::Malformed | Kind::Other => {
                (Purpose::AboutDatagram, BY_ADDRESS)
            }
        };
        self.purpose = purpose;
        self.protocol = protocol;
        self.client = quote.client;
        self.ports = quote.ports;
    }
}

impl Subject for Parsed<'_> {
    #[inline(always)]
    fn is_to(&self, mac: u64) -> bool {
        self.hop.to.word() == mac
    }

    #[inline(always)]
    fn from(&self) -> Mac {
        self.hop.from
    }

    #[inline(always)]
    fn client(&self) -> Client {
        Client {
            is_v6: self.packet.is_v6,
            addr: self.client,
            port: self.ports.source,
            #[expect(
                clippy::cast_possible_truncation,
                reason = "16 bits in IPv4, unused in IPv6"
            )]
            id: self.packet.id as u16,
        }
    }

    #[inline(always)]
    fn protocol(&self) -> u8 {
        self.protocol
    }

    #[inline(always)]
    fn ports(&self) -> Ports {
        self.ports
    }

    #[inline(always)]
    fn purpose(&self) -> Purpose {
        self.purpose
    }

    #[inline(always)]
    fn packet(&self) -> Packet {
        *self.packet
    }
}

#[inline(always)]
fn take<S, T, F>(subject: &S, place: &Place<'_>, tables: &T, finish: &F) -> F::Done
where
    S: Subject,
    T: Tables,
    F: Finish,
{
    let (group, filter) = if subject.protocol() == BY_ADDRESS {
        (place.module.first_group, Filter::OnAddr as u8)
    } else {
        let port = subject.ports().destination;
        match place.vip.rule(subject.protocol(), port) {
            Some(rule) => (u32::from(rule.group), rule.filter),
            None => return finish.finish(place.drop(Reason::DropNoRule)),
        }
    };
    let flow = Flow {
        subject,
        group,
        filter,
    };
    flow.take(place, tables, finish)
}

/// What the later parts of a datagram need to know of an outcome.
#[inline(always)]
const fn fate_of(outcome: &Outcome) -> Fate {
    match outcome.verb {
        Verb::Accept | Verb::AcceptAsOurs | Verb::AcceptAndCopy => Fate::ACCEPTED,
        Verb::Forward => Fate::forwarded(outcome.mac),
        Verb::Drop | Verb::Answer => Fate::DROPPED,
    }
}
