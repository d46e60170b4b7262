//! The tables as they stand in memory, shared between the kernel's programs and user space.
//!
//! Plain old data of fixed layout without padding. An index is a *slot*, given out by user space.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::hash::{HashKey, Seed};

/// Modules with a virtual address on one node.
pub const MODULES_MAX: usize = 16;
/// Interfaces of modules: an interface that two modules use counts twice.
pub const LINKS_MAX: usize = 64;
/// Groups of all modules.
pub const GROUPS_MAX: usize = 64;
/// Virtual addresses of all modules.
pub const VIPS_MAX: usize = 256;
/// Places of the table of virtual addresses, four times as many as there can be addresses.
pub const PLACES: usize = 1024;
/// Places in a row in which an address may stand.
pub const PROBES: usize = 16;
/// Datagrams whose parts are under way; the one that was not seen for the longest time makes room.
pub const FATES_MAX: usize = 8192;
/// Places for TCP handshakes that are remembered, a power of two.
pub const HANDSHAKES_MAX: usize = 65536;
/// Ranges of ports that apply to one virtual address.
pub const RULES_MAX: usize = 32;

/// Names of the maps in the object file.
pub mod map {
    /// A section of data, and so an array of one entry: [`super::Places`]. A hash table of our own,
    /// because looking something up in the kernel's takes a function call, which costs more than all
    /// the rest.
    pub const VIPS: &str = ".bss.vips";
    /// A section of data, and so an array of one entry: [`super::Leases`].
    pub const LEASES: &str = ".data.leases";
    /// A section of data, and so an array of one entry: [`super::Neighbours`].
    pub const NEIGHBOURS: &str = ".data.macs";
    /// Array: module slot to [`super::Contact`].
    pub const CONTACTS: &str = "CONTACTS";
    /// Hash: [`super::peer_key`] to the node.
    pub const PEERS: &str = "PEERS";
    /// Array: group slot to 4096 bytes, a [`crate::bucket::BucketState`] each.
    pub const BUCKETS: &str = "BUCKETS";
    /// Array: group slot to 4096 counters of 8 bytes: flows opened per bucket.
    pub const FLOWS: &str = "FLOWS";
    /// Array per CPU: module slot times [`crate::Reason::COUNT`] plus reason to packets.
    pub const COUNTERS: &str = "COUNTERS";
    /// Hash that forgets the oldest: [`crate::fragment::Datagram`] to the number of the
    /// [`crate::fragment::Fate`] of its first part.
    pub const FATES: &str = "FATES";
    /// Array: [`super::handshake_place`] to [`super::Handshake`], the last one that came there. No
    /// hash table of the kernel, in which an entry costs more than all the rest of a SYN.
    pub const HANDSHAKES: &str = "HANDSHAKES";
    /// A section of data, and so an array of one entry: [`crate::keep::Waiting`].
    pub const WAITING: &str = ".bss.waiting";
    /// A section of data, and so an array of one entry: [`crate::keep::KeptSyns`].
    pub const KEPT: &str = ".bss.kept";
    /// Array: set times [`crate::keep::WAYS`] plus way to the frame of the SYN that is kept there.
    pub const KEPT_FRAMES: &str = "KEPT_FRAMES";
    /// Array per CPU: module slot to SYNs that were kept, and behind all slots, in the same order, those
    /// that had to make room.
    pub const KEPT_COUNT: &str = "KEPT_COUNT";
    /// Hash, pinned: address to [`super::Fenced`]; outlives the daemon together with the fence.
    pub const FENCED: &str = "FENCED";
    /// Array of one, pinned: the [`super::Responder`].
    pub const RESPONDER: &str = "RESPONDER";
    /// Hash: tag to [`super::Accepted`].
    pub const ACCEPTED: &str = "ACCEPTED";
    /// Array, pinned: node times [`super::LANS_MAX`] plus LAN to [`super::Asked`].
    pub const ASKED: &str = "ASKED";
    /// Array per CPU: requests by [`crate::probe::Refused::index`], the answered ones first.
    pub const PROBED: &str = "PROBED";
}

/// Names of the programs in the object file.
pub mod program {
    /// On ingress, as long as the daemon lives.
    pub const FILTER: &str = "filter";
    /// On ingress behind the filter, pinned: drops what is addressed to a virtual address.
    pub const FENCE: &str = "fence";
    /// On egress, as long as the daemon lives: ARP carries the agreed MAC or nothing.
    pub const BELT: &str = "belt";
    /// On egress behind the belt, pinned: no ARP in the name of a virtual address.
    pub const BELT_FENCE: &str = "belt_fence";
    /// In the driver of an interface that sees every node's packets: drops those of others early,
    /// as long as the daemon lives.
    pub const EARLY: &str = "early";
    /// Where the kernel looks for a socket that waits, pinned: refuses what is for a virtual address and
    /// came in on another interface.
    pub const ELSEWHERE: &str = "elsewhere";
    /// Before all others, on ingress or egress of a network that is cut on purpose: drops everything.
    pub const CUT: &str = "cut";
    /// Does nothing: what a measurement subtracts.
    pub const EMPTY: &str = "empty";
    /// Does nothing in the driver: what a measurement subtracts.
    pub const EMPTY_EARLY: &str = "empty_early";
}

/// A virtual address.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Vip {
    /// Slot of its module.
    pub module: u32,
    /// Slot of its interface.
    pub link: u32,
    /// How many of `rules` count.
    pub rule_count: u32,
    /// 1: SYNs to it that are not accepted here are kept for a moment; 0: they are not.
    pub keeps: u32,
    /// The most specific first.
    pub rules: [Rule; RULES_MAX],
}

/// A place in the table of virtual addresses. What is known of the address's interface and module
/// stands beside it, a copy for every address: one look into a map instead of three.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Place {
    /// The address ([`crate::Addr::words`]), [`VACANT`] or [`VACATED`].
    pub addr: [u64; 2],
    /// Its interface.
    pub link: Link,
    /// Its module.
    pub module: Module,
    /// What else is known of it.
    pub vip: Vip,
}

/// The table of virtual addresses, one value as [`Leases`] are.
pub type Places = [Place; PLACES];

// So that the kernel finds a place by a shift.
const _: () = assert!(size_of::<Place>().is_power_of_two());

/// Nothing ever stood here: an address that is not found before this place is not in the table.
pub const VACANT: [u64; 2] = [0; 2];
/// Something stood here: the search goes on.
pub const VACATED: [u64; 2] = [u64::MAX; 2];

/// The first place in which an address may stand; [`PROBES`] places from there on may hold it,
/// behind the last one follows the first.
#[inline(always)]
pub const fn first_place([low, high]: [u64; 2]) -> u32 {
    const SHIFT: u32 = u64::BITS - PLACES.trailing_zeros();
    // The network of an IPv6 address counts too, and not as its host does.
    let mixed = (high ^ low.wrapping_mul(0x2545_f491)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> SHIFT) as u32
}

/// How long a module's filter may accept: until its lease ends, or its contact if that is first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Lease {
    /// Its end, nanoseconds of `CLOCK_MONOTONIC`.
    pub until_ns: u64,
    /// The end of the contact as far as this node's own probes say, on the same clock;
    /// [`NO_CONTACT_NEEDED`] for a node that is alone in its view. A longer [`Contact`] counts, too.
    pub contact_ns: u64,
    /// The tick of the kernel in which the filter last found it valid, zero for none. Written by the
    /// filter, which reads the clock once per tick; user space writes zero.
    pub checked_tick: u64,
}

/// The leases of all modules, by slot: one value, whose place in memory the filter knows, so that it
/// need not look it up.
pub type Leases = [Lease; MODULES_MAX];

/// How long a module's filter may accept, as far as the echoes of other nodes say (see
/// [`crate::probe`]). Apart from the lease, because the kernel writes it.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Contact {
    /// Its end, nanoseconds of `CLOCK_MONOTONIC`.
    pub until_ns: u64,
}

/// [`Lease::contact_ns`] of a node that is alone in its view.
pub const NO_CONTACT_NEEDED: u64 = u64::MAX;

/// What a node answers to probes by; pinned, so that the fence can answer for a dead daemon.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Responder {
    /// The keys of the cluster by number; all zeros is none.
    pub keys: [HashKey; 2],
    /// The run of the daemon; zero while nothing is answered.
    pub run: u64,
    /// This node.
    pub node: u32,
    /// The heartbeat port.
    pub port: u32,
    /// By module slot: the tag of the view in force, zero for none.
    pub tags: [u64; MODULES_MAX],
    /// By module slot: how long an echo allows to accept, in nanoseconds, the filter's tick off.
    pub windows_ns: [u64; MODULES_MAX],
}

/// Whose contact an echo under a tag renews.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Accepted {
    /// The instant from which on an echo counts, nanoseconds of `CLOCK_MONOTONIC`.
    pub from_ns: u64,
    /// Slot of the module.
    pub module: u32,
    /// Zero.
    pub reserved: u32,
}

/// The newest request of a node on a LAN.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Asked {
    /// The run of who asked.
    pub run: u64,
    /// Its instant on the clock of who asked, nanoseconds.
    pub asked_ns: u64,
    /// When it came, nanoseconds of `CLOCK_MONOTONIC`.
    pub arrived_ns: u64,
}

impl Asked {
    /// Whether a request of this run and instant is newer than this one.
    #[inline(always)]
    pub const fn is_before(&self, run: u64, asked_ns: u64) -> bool {
        run > self.run || (run == self.run && asked_ns > self.asked_ns)
    }
}

/// Where the newest request of a node on a LAN stands; `None` for a LAN beyond [`LANS_MAX`], or no
/// node.
#[inline(always)]
pub const fn asked_place(node: u8, lan: u8) -> Option<u32> {
    if node as usize >= crate::NODES_MAX || lan as usize >= LANS_MAX {
        return None;
    }
    const LANS: u32 = 8;
    const { assert!(LANS as usize == LANS_MAX) };
    Some(node as u32 * LANS + lan as u32)
}

/// Tags that are accepted at a time: views of all modules through which buckets stayed open.
pub const TAGS_MAX: usize = 64;
/// LANs whose requests are told apart.
pub const LANS_MAX: usize = 8;

/// A TCP handshake that began here.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Handshake {
    /// Its flow ([`crate::flow::handshake`]).
    pub flow: u64,
    /// The instant of the SYN, nanoseconds of `CLOCK_MONOTONIC` as they were at the kernel's last
    /// tick, which costs less than the clock itself.
    pub at_ns: u64,
}

/// Where a handshake is remembered.
#[inline(always)]
pub const fn handshake_place(flow: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "masked to the places")]
    let place = (flow & (HANDSHAKES_MAX as u64 - 1)) as u32;
    place
}

/// A rule as it applies to one virtual address: one range of ports of one protocol.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Rule {
    /// [`selector`] of the protocol and the first port.
    pub first: u32,
    /// Ports behind the first one: zero for one port, [`ALL_PORTS`] from port 0 for all.
    pub more: u32,
    /// Slot of the group.
    pub group: u16,
    /// Number of the [`crate::flow::Filter`].
    pub filter: u8,
    /// Zero.
    pub reserved: u8,
}

/// [`Rule::more`] of a rule for all ports of a protocol.
pub const ALL_PORTS: u32 = u16::MAX as u32;

impl Rule {
    /// A rule for the ports from `first` to `last` of a protocol.
    pub const fn new(protocol: u8, first: u16, last: u16) -> Self {
        Self {
            first: selector(protocol, first),
            more: last.saturating_sub(first) as u32,
            group: 0,
            filter: 0,
            reserved: 0,
        }
    }

    /// Whether it takes the packets with this [`selector`].
    #[inline(always)]
    pub const fn takes(&self, selector: u32) -> bool {
        selector.wrapping_sub(self.first) <= self.more
    }
}

/// Number that stands for ARP beside the IP protocols.
pub const PROTOCOL_ARP: u8 = 255;
/// TCP.
pub const PROTOCOL_TCP: u8 = 6;
/// UDP.
pub const PROTOCOL_UDP: u8 = 17;

/// Protocol and destination port in the form in which rules select them.
#[inline(always)]
pub const fn selector(protocol: u8, port: u16) -> u32 {
    (protocol as u32) << 16 | port as u32
}

impl Vip {
    /// The first rule for this protocol and port.
    #[inline(always)]
    pub fn rule(&self, protocol: u8, port: u16) -> Option<&Rule> {
        let wanted = selector(protocol, port);
        // Apart from the others: most packets are for it.
        let [first, others @ ..] = &self.rules;
        if first.takes(wanted) {
            return Some(first);
        }
        for (rule, place) in others.iter().zip(1_u32..) {
            // What stands behind the last rule takes nothing, for protocol 0 has no rule.
            if rule.takes(wanted) {
                return Some(rule);
            }
            if place >= self.rule_count {
                return None;
            }
        }
        None
    }
}

/// A module.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Module {
    /// The key of the flow hash.
    pub seed: Seed,
    /// This node's number.
    pub node: u32,
    /// Slot of its first group, which decides about echo requests.
    pub first_group: u32,
}

/// An interface of a module.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Link {
    /// This node's own MAC address there.
    pub mac: u64,
    /// The MAC address that virtual addresses resolve to; zero where nobody may say so.
    pub agreed: u64,
    /// The other address that frames for a virtual address may carry: the virtual MAC address in
    /// invisible mode, in directed mode `mac` once more.
    pub vmac: u64,
    /// [`peer_bit`] of every other node's MAC address: tells most strangers from peers.
    pub peers: u64,
    /// Index of the interface in the kernel.
    pub ifindex: u32,
    /// Number of the [`crate::decide::Entry`].
    pub entry: u8,
    /// 1: this node answers ARP; 0: it does not; 2: by the bucket of who asks (ARP rule).
    pub answers: u8,
    /// Zero.
    pub reserved: [u8; 2],
}

/// [`Link::answers`]: this node does not answer.
pub const ANSWERS_NOT: u8 = 0;
/// [`Link::answers`]: this node is the entry node.
pub const ANSWERS: u8 = 1;
/// [`Link::answers`]: the bucket of the asking address decides.
pub const ANSWERS_BY_BUCKET: u8 = 2;

/// An address that the fence closes.
#[derive(Clone, Copy, Debug, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Fenced {
    /// Slot of its module, for counting.
    pub module: u32,
    /// The module's name, padded with zeros: a later daemon can tell whose it is.
    pub name: [u8; 32],
}

/// Key of a peer's MAC address on a link: the address below, the link's slot above.
#[inline(always)]
pub const fn peer_key(link: u32, mac: crate::Mac) -> u64 {
    mac.word() | (link as u64) << 48
}

/// The bit of a MAC address in [`Link::peers`]: by its last byte, in which the addresses of one
/// maker's cards differ.
#[inline(always)]
pub const fn peer_bit(mac: crate::Mac) -> u64 {
    1 << ((mac.word() >> 40) & 63)
}

/// The MAC addresses of the nodes on all links ([`crate::Mac::word`]), by [`neighbour_place`]; zero is
/// unknown. One value, as [`Leases`] are.
pub type Neighbours = [u64; NEIGHBOURS];

/// Places for MAC addresses of nodes.
pub const NEIGHBOURS: usize = LINKS_MAX * crate::NODES_MAX;

/// Place of a node's MAC address in the table of neighbours.
#[inline(always)]
pub const fn neighbour_place(link: u32, node: u8) -> u32 {
    const NODES: u32 = 64;
    const { assert!(NODES as usize == crate::NODES_MAX) };
    link * NODES + node as u32
}
