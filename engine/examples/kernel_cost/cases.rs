//! What is measured: a packet for every row of the decision table of the packet path, and for what
//! is decided beside it.

use evenkeel_packet::Mac;
use evenkeel_packet::Reason::{
    self, AcceptError, AcceptFragment, AcceptMine, AcceptOpens, AcceptSocket, DropForeign,
    DropLease, DropMigrating, DropNoRule, ForwardOwner, ForwardPrevious,
};
use evenkeel_packet::abi::program;
use evenkeel_packet::bucket::Kind;
use evenkeel_packet::fragment::Fate;

use crate::fixtures::frames::{ethernet, icmp_error, ipv4, ipv6, tcp, udp};
use crate::fixtures::world::{
    CLIENT, CLIENT_MAC, CLIENT6, CONNECTED, DNS, MY_MAC, PEER, PLAIN, State, UNKNOWN, VIP, VIP6,
    VMAC, WEB, World, directed, invisible,
};

/// Bar of the design for settled packets, nanoseconds.
const SETTLED: Option<i64> = Some(30);
/// Bar of the design while buckets move, nanoseconds.
const MOVING: Option<i64> = Some(120);

/// The case of which "drops per second" is computed, on ingress and in the driver.
pub(crate) const DROPPED: &str = "continues, not mine, settled: drop";
/// The same in the driver.
pub(crate) const DROPPED_EARLY: &str = "driver: not mine: drop";

const SYN: u8 = 0x02;
const ACK: u8 = 0x10;
const FOREIGN: Kind = Kind::Foreign { owner: PEER };
const MIGRATING: Kind = Kind::Migrating { from: PEER };
const HELD: Kind = Kind::ForeignHeld { owner: PEER };

/// A packet in a state.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// The program that meets it, and the empty one that is subtracted.
    pub(crate) programs: [&'static str; 2],
    pub(crate) state: State,
    pub(crate) frame: Vec<u8>,
    /// What is counted; nothing where it is not a program's business.
    pub(crate) reason: Option<Reason>,
    /// The design's bar in nanoseconds.
    pub(crate) bar_ns: Option<i64>,
}

impl Case {
    /// The tables. The kernel runs the program over the same frame again and again: sent to its own
    /// address, a forwarded frame stays one that must be forwarded.
    pub(crate) fn world(&self) -> World {
        let mut world = World::new(self.state);
        for mac in world.neighbours.values_mut() {
            *mac = Mac::new(MY_MAC);
        }
        world
    }

    fn filter(
        name: &'static str,
        state: State,
        frame: Vec<u8>,
        reason: Reason,
        bar_ns: Option<i64>,
    ) -> Self {
        Self {
            name,
            programs: [program::EMPTY, program::FILTER],
            state,
            frame,
            reason: Some(reason),
            bar_ns,
        }
    }

    fn early(name: &'static str, state: State, frame: Vec<u8>, reason: Option<Reason>) -> Self {
        Self {
            name,
            programs: [program::EMPTY_EARLY, program::EARLY],
            state,
            frame,
            reason,
            bar_ns: None,
        }
    }
}

/// All cases, in the order of the decision table.
pub(crate) fn all() -> Vec<Case> {
    [opening(), settled(), moving(), others(), driver()]
        .into_iter()
        .flatten()
        .collect()
}

fn opening() -> Vec<Case> {
    let mine = directed(Kind::Mine);
    let dns = ipv4((CLIENT, VIP), 17, &[], 0, &udp((UNKNOWN, DNS)));
    let dns = ethernet(MY_MAC, CLIENT_MAC, 0x0800, &dns);
    let syn = || web(MY_MAC, UNKNOWN, SYN);
    vec![
        Case::filter("opens (SYN), mine: accept", mine, syn(), AcceptOpens, None),
        Case::filter(
            "opens (SYN), mine: accept, IPv6",
            mine,
            web6(MY_MAC, SYN),
            AcceptOpens,
            None,
        ),
        Case::filter("opens (UDP), mine: accept", mine, dns, AcceptOpens, None),
        Case::filter(
            "opens (SYN), not mine: forward",
            directed(FOREIGN),
            syn(),
            ForwardOwner,
            None,
        ),
        Case::filter(
            "opens (SYN), not mine: drop",
            invisible(FOREIGN),
            web(VMAC, UNKNOWN, SYN),
            DropForeign,
            None,
        ),
    ]
}

fn settled() -> Vec<Case> {
    let case = |name, state, frame, reason| Case::filter(name, state, frame, reason, SETTLED);
    let ours = |mac| web(mac, UNKNOWN, ACK);
    vec![
        case(
            "continues, mine, settled: accept",
            directed(Kind::Mine),
            ours(MY_MAC),
            AcceptMine,
        ),
        case(
            "continues, mine, settled: accept, IPv6",
            directed(Kind::Mine),
            web6(MY_MAC, ACK),
            AcceptMine,
        ),
        case(
            "continues, mine, settled: accept, invisible",
            invisible(Kind::Mine),
            ours(VMAC),
            AcceptMine,
        ),
        case(
            "continues, not mine, settled: forward",
            directed(FOREIGN),
            ours(MY_MAC),
            ForwardOwner,
        ),
        case(
            "continues, not mine, settled: forward, IPv6",
            directed(FOREIGN),
            web6(MY_MAC, ACK),
            ForwardOwner,
        ),
        case(DROPPED, invisible(FOREIGN), ours(VMAC), DropForeign),
        case(
            "continues, not mine, settled: drop, IPv6",
            invisible(FOREIGN),
            web6(VMAC, ACK),
            DropForeign,
        ),
    ]
}

fn moving() -> Vec<Case> {
    let case = |name, state, frame, reason| Case::filter(name, state, frame, reason, MOVING);
    let connected = || web(MY_MAC, CONNECTED, ACK);
    let unknown = |mac| web(mac, UNKNOWN, ACK);
    vec![
        case(
            "continues, migrating, a socket has it: accept",
            directed(MIGRATING),
            connected(),
            AcceptSocket,
        ),
        case(
            "continues, migrating, no socket: forward",
            directed(MIGRATING),
            unknown(MY_MAC),
            ForwardPrevious,
        ),
        case(
            "continues, migrating, no socket: drop",
            invisible(MIGRATING),
            unknown(VMAC),
            DropMigrating,
        ),
        case(
            "continues, not mine but held, a socket has it: accept",
            directed(HELD),
            connected(),
            AcceptSocket,
        ),
        case(
            "continues, not mine but held, no socket: forward",
            directed(HELD),
            unknown(MY_MAC),
            ForwardOwner,
        ),
        case(
            "continues, not mine but held, no socket: drop",
            invisible(HELD),
            unknown(VMAC),
            DropForeign,
        ),
    ]
}

fn others() -> Vec<Case> {
    let mine = directed(Kind::Mine);
    let case = |name, state, frame, reason| Case::filter(name, state, frame, reason, None);
    let answer = ipv4((VIP, CLIENT), 6, &[], 0, &tcp((WEB, UNKNOWN), ACK));
    let error = icmp_error(3, &answer[..28]);
    let error = ipv4(([10, 0, 9, 1], VIP), 1, &[], 0, &error);
    // The fate of this datagram's first part stands in the table of the fixtures.
    let part = ipv4((CLIENT, VIP), 17, &[], 0x0010, &[7; 8]);
    let denied = ipv4((CLIENT, VIP), 6, &[], 0, &tcp((UNKNOWN, 22), ACK));
    let plain = ipv4((CLIENT, PLAIN), 6, &[], 0, &tcp((UNKNOWN, WEB), ACK));
    let framed = |packet: &[u8]| ethernet(MY_MAC, CLIENT_MAC, 0x0800, packet);
    vec![
        case(
            "no valid lease: drop",
            mine.without_lease(),
            web(MY_MAC, UNKNOWN, ACK),
            DropLease,
        ),
        case(
            "ICMP error about a settled flow, mine: accept",
            mine,
            framed(&error),
            AcceptError,
        ),
        case(
            "later fragment, the first one was mine: accept",
            mine.with_fate(Fate::ACCEPTED),
            framed(&part),
            AcceptFragment,
        ),
        case("no rule names it: drop", mine, framed(&denied), DropNoRule),
        Case {
            reason: None,
            ..case("not a virtual address", mine, framed(&plain), DropNoRule)
        },
    ]
}

fn driver() -> Vec<Case> {
    let plain = ipv4((CLIENT, PLAIN), 6, &[], 0, &tcp((UNKNOWN, WEB), ACK));
    let ours = || web(VMAC, UNKNOWN, ACK);
    vec![
        Case::early(DROPPED_EARLY, invisible(FOREIGN), ours(), Some(DropForeign)),
        Case::early("driver: mine: pass", invisible(Kind::Mine), ours(), None),
        Case::early(
            "driver: not a virtual address: pass",
            invisible(FOREIGN),
            ethernet(MY_MAC, CLIENT_MAC, 0x0800, &plain),
            None,
        ),
    ]
}

/// A TCP segment from a port of the client to the service.
pub(crate) fn web(to: [u8; 6], port: u16, flags: u8) -> Vec<u8> {
    let segment = ipv4((CLIENT, VIP), 6, &[], 0, &tcp((port, WEB), flags));
    ethernet(to, CLIENT_MAC, 0x0800, &segment)
}

fn web6(to: [u8; 6], flags: u8) -> Vec<u8> {
    let addresses = (CLIENT6.octets(), VIP6.octets());
    let packet = ipv6(addresses, 6, &tcp((UNKNOWN, WEB), flags));
    ethernet(to, CLIENT_MAC, 0x86dd, &packet)
}
