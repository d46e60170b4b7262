//! A property over all nodes of a farm: whatever packet meets whatever tables, at most one node
//! takes it; with settled tables exactly one, and none where no rule names the packet. All parts of
//! a datagram, and the errors about a flow, are taken by the node that takes the flow.

#![expect(clippy::unwrap_used, reason = "a test may end like that")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use evenkeel_packet::abi::{self, Link, Module, RULES_MAX, Rule, Vip};
use evenkeel_packet::bucket::{BucketState, Kind};
use evenkeel_packet::decide::{Entry, Socket};
use evenkeel_packet::filter::{Place, Tables, Verb, treat};
use evenkeel_packet::flow::Filter;
use evenkeel_packet::fragment::{Datagram, Fate};
use evenkeel_packet::frame::{Packet, Ports};
use evenkeel_packet::hash::Seed;
use evenkeel_packet::keep::Syn;
use evenkeel_packet::{Addr, BUCKETS, Mac};
use fixtures::frames::{ethernet, extension, fragment6, icmp, icmp_error, ipv4, ipv6, tcp, udp};
use proptest::prelude::*;

#[allow(unreachable_pub, dead_code, reason = "shared with other tests")]
mod fixtures;

const VIP4: [u8; 4] = [10, 0, 0, 100];
const VIP6: [u8; 16] = [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0];
/// The ports that the rules name, of TCP and UDP.
const NAMED: RangeInclusive<u16> = 80..=8080;
const VMAC: Mac = Mac::new([0x5a, 0xfe, 10, 0, 0, 100]);
const CLIENT_MAC: [u8; 6] = [2, 0, 0, 0, 0, 0xc1];
/// A segment that wants no answer.
const ACK: u8 = 0x10;
/// Frames are sent on from the entry node to the owner, and from there to the previous owner.
const HOPS_MAX: usize = 2;

/// One node of the farm.
#[derive(Clone, Debug)]
struct Node {
    id: u8,
    nodes: u8,
    vip: Vip,
    module: Module,
    link: Link,
    table: Vec<u8>,
    /// The socket of the flow under test here.
    socket: Socket,
    lease: bool,
    fates: RefCell<BTreeMap<Datagram, Fate>>,
}

fn mac(node: u8) -> Mac {
    Mac::new([2, 0, 0, 0, 1, node])
}

impl Node {
    fn new(id: u8, nodes: u8, entry: Entry, filter: Filter, table: Vec<u8>) -> Self {
        let mut rules = [Rule::default(); RULES_MAX];
        for (rule, protocol) in rules.iter_mut().zip([abi::PROTOCOL_TCP, abi::PROTOCOL_UDP]) {
            *rule = Rule {
                filter: filter as u8,
                ..Rule::new(protocol, *NAMED.start(), *NAMED.end())
            };
        }
        let vmac = if entry == Entry::Invisible {
            VMAC
        } else {
            mac(id)
        };
        Self {
            id,
            nodes,
            vip: Vip {
                module: 0,
                link: 0,
                rule_count: 2,
                keeps: 1,
                rules,
            },
            module: Module {
                seed: Seed::new([1, 2]),
                node: u32::from(id),
                first_group: 0,
            },
            link: Link {
                mac: mac(id).word(),
                vmac: vmac.word(),
                peers: u64::MAX,
                ifindex: 1,
                entry: entry as u8,
                ..Link::default()
            },
            table,
            socket: Socket::None,
            lease: true,
            fates: RefCell::default(),
        }
    }
}

impl Tables for Node {
    fn place(&self, addr: Addr) -> Option<Place<'_>> {
        (addr == Addr::v4(VIP4) || addr == Addr::v6(VIP6)).then_some(Place {
            vip: &self.vip,
            link: &self.link,
            module: &self.module,
        })
    }

    fn bucket(&self, _group: u32, bucket: u16) -> Option<BucketState> {
        self.table
            .get(usize::from(bucket))
            .map(|byte| BucketState::from_byte(*byte))
    }

    fn neighbour(&self, _link: u32, node: u8) -> Mac {
        if node < self.nodes {
            mac(node)
        } else {
            Mac::NONE
        }
    }

    fn is_peer(&self, _link: u32, of: Mac) -> bool {
        (0..self.nodes).any(|node| node != self.id && mac(node) == of)
    }

    fn socket(&self, _client: Addr, _packet: &Packet, _ports: Ports) -> Socket {
        self.socket
    }

    fn is_lease_valid(&self, _module: u32) -> bool {
        self.lease
    }

    fn fate(&self, datagram: &Datagram) -> Option<Fate> {
        self.fates.borrow().get(datagram).copied()
    }

    fn set_fate(&self, datagram: &Datagram, fate: Fate) {
        self.fates.borrow_mut().insert(*datagram, fate);
    }

    fn is_opening(&self, _handshake: u64) -> bool {
        false
    }

    fn set_opening(&self, _handshake: u64) {}

    fn keep(&self, _syn: &Syn) {}

    fn went_on(&self, _sequence: u32) {}
}

/// The nodes that take a frame from the client: in directed mode it starts at `entry` and is
/// carried on, in invisible mode every node sees it.
fn takers(farm: &[Node], entry: usize, frame: &[u8]) -> Vec<u8> {
    let mut frame = frame.to_vec();
    if farm[0].link.entry == Entry::Invisible as u8 {
        frame[..6].copy_from_slice(&VMAC.bytes());
        let takes = |node: &&Node| {
            let outcome = treat(&frame[..], 1, *node).unwrap();
            assert!(outcome.verb != Verb::Forward);
            outcome.verb == Verb::AcceptAsOurs
        };
        return farm.iter().filter(takes).map(|node| node.id).collect();
    }
    frame[..6].copy_from_slice(&farm[entry].link.mac.to_le_bytes()[..6]);
    let (mut at, mut takers) = (entry, Vec::new());
    for _ in 0..=HOPS_MAX {
        let outcome = treat(&frame[..], 1, &farm[at]).unwrap();
        if outcome.is_accepted() {
            takers.push(farm[at].id);
        }
        match outcome.verb {
            Verb::Accept | Verb::AcceptAsOurs | Verb::Drop => return takers,
            Verb::Forward | Verb::AcceptAndCopy => {
                outcome.readdress(&mut frame);
                let to = outcome.mac;
                at = farm.iter().position(|node| mac(node.id) == to).unwrap();
            }
            Verb::Answer => panic!("an answer to an IP packet"),
        }
    }
    panic!("sent on more than {HOPS_MAX} times");
}

/// What a client sends, and what comes back about it: frames that belong to one flow.
#[derive(Clone, Debug)]
struct Sent {
    frames: Vec<Vec<u8>>,
    /// A rule names it.
    is_named: bool,
}

/// Addresses and ports of what is sent.
#[derive(Clone, Copy, Debug)]
struct From {
    client: [u8; 4],
    client6: [u8; 16],
    ports: (u16, u16),
    flags: u8,
    id: u16,
}

impl From {
    fn v4(&self, protocol: u8, options: &[u8], fragment: u16, above: &[u8]) -> Vec<u8> {
        let mut packet = ipv4((self.client, VIP4), protocol, options, fragment, above);
        packet[4..6].copy_from_slice(&self.id.to_be_bytes());
        ethernet([0; 6], CLIENT_MAC, 0x0800, &packet)
    }

    fn v6(&self, next: u8, above: &[u8]) -> Vec<u8> {
        let packet = ipv6((self.client6, VIP6), next, above);
        ethernet([0; 6], CLIENT_MAC, 0x86dd, &packet)
    }

    fn tcp(&self) -> Vec<u8> {
        tcp(self.ports, self.flags)
    }

    fn udp(&self) -> Vec<u8> {
        udp(self.ports)
    }

    /// What a router says about an answer of the service over IPv4.
    fn error4(&self, protocol: u8, answer: &[u8]) -> Vec<u8> {
        let quoted = ipv4((VIP4, self.client), protocol, &[], 0, answer);
        let message = icmp_error(3, &quoted[..28]);
        let packet = ipv4(([192, 0, 2, 1], VIP4), 1, &[], 0, &message);
        ethernet([0; 6], CLIENT_MAC, 0x0800, &packet)
    }

    fn error6(&self, protocol: u8, answer: &[u8]) -> Vec<u8> {
        let quoted = ipv6((VIP6, self.client6), protocol, answer);
        let message = icmp_error(2, &quoted);
        let mut from = self.client6;
        from[15] ^= 1;
        ethernet(
            [0; 6],
            CLIENT_MAC,
            0x86dd,
            &ipv6((from, VIP6), 58, &message),
        )
    }

    /// The answer's transport header: ports turned round.
    fn answer(&self, header: fn((u16, u16)) -> Vec<u8>) -> Vec<u8> {
        header((self.ports.1, self.ports.0))
    }

    /// Frames of one flow, in one of several shapes.
    fn frames(&self, shape: u8) -> Vec<Vec<u8>> {
        let (tcp_answer, udp_answer) = (self.answer(|ports| tcp(ports, 0x10)), self.answer(udp));
        let id = u32::from(self.id);
        let parts6 = |next, above: &[u8]| {
            vec![
                self.v6(44, &fragment6(next, (0, true), id, above)),
                self.v6(44, &fragment6(next, (1448, true), id, &[7; 32])),
                self.v6(
                    60,
                    &extension(44, 8, &fragment6(next, (2896, false), id, &[7; 9])),
                ),
            ]
        };
        match shape {
            0 => vec![self.v4(6, &[], 0, &self.tcp()), self.error4(6, &tcp_answer)],
            1 => vec![self.v6(6, &self.tcp()), self.error6(6, &tcp_answer)],
            2 => vec![self.v4(6, &[1; 12], 0x4000, &self.tcp())],
            3 => vec![self.v6(0, &extension(60, 16, &extension(6, 8, &self.tcp())))],
            4 => vec![
                self.v4(17, &[], 0x2000, &self.udp()),
                self.v4(17, &[], 0x20b9, &[7; 32]),
                self.v4(17, &[1; 4], 0x0172, &[7; 9]),
            ],
            5 => parts6(17, &self.udp()),
            6 => vec![
                self.v4(6, &[], 0x2000, &self.tcp()),
                self.v4(6, &[], 0x0172, &[7; 9]),
            ],
            7 => vec![
                self.v4(17, &[], 0, &self.udp()),
                self.error4(17, &udp_answer),
            ],
            8 => vec![self.v6(17, &self.udp()), self.error6(17, &udp_answer)],
            // By the client's address alone, whatever the rules hash.
            9 => vec![self.v4(1, &[], 0, &icmp(8)), self.error4(1, &icmp(0))],
            10 => vec![
                self.v4(1, &[], 0x2000, &icmp(8)),
                self.v4(1, &[], 0x0172, &[7; 9]),
            ],
            11 => parts6(58, &icmp(128)),
            12 => vec![self.v4(6, &[], 0, &self.tcp()[..9])],
            _ => vec![self.v6(58, &icmp(128))],
        }
    }
}

/// Shapes of [`From::frames`]; those from the second on need no rule.
const SHAPES: u8 = 14;
const SHAPES_BY_ADDRESS: u8 = 9;

fn any_sent() -> impl Strategy<Value = Sent> {
    let ports = (any::<u16>(), prop_oneof![3 => NAMED, 1 => any::<u16>()]);
    (
        any::<[u8; 4]>(),
        ports,
        any::<u8>(),
        any::<u16>(),
        0..SHAPES,
    )
        .prop_map(|(client, ports, flags, id, shape)| {
            let client6 = [&VIP6[..12], &client].concat().try_into().unwrap();
            let from = From {
                client,
                client6,
                ports,
                flags,
                id,
            };
            Sent {
                frames: from.frames(shape),
                is_named: shape >= SHAPES_BY_ADDRESS || NAMED.contains(&ports.1),
            }
        })
}

fn any_entry() -> impl Strategy<Value = Entry> {
    prop_oneof![Just(Entry::Directed), Just(Entry::Invisible)]
}

/// What the previous owner and the owner have of a flow: of two connections that live, the client knows
/// one at the most.
fn any_sockets() -> impl Strategy<Value = (Socket, Socket)> {
    let any = || prop_oneof![Just(Socket::None), Just(Socket::Left), Just(Socket::Alive)];
    (any(), any()).prop_filter("one lives", |both| *both != (Socket::Alive, Socket::Alive))
}

fn any_filter() -> impl Strategy<Value = Filter> {
    prop_oneof![
        Just(Filter::OnAddr),
        Just(Filter::OnPort),
        Just(Filter::OnIpid)
    ]
}

/// A number for each bucket, from a seed.
fn noise(seed: u64, bucket: usize, node: u8) -> u64 {
    let mut x = seed ^ (bucket as u64) << 8 ^ u64::from(node);
    for _ in 0..3 {
        x = (x ^ x >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    x >> 20
}

fn pick(noise: u64, nodes: u8) -> u8 {
    u8::try_from(noise % u64::from(nodes)).unwrap()
}

fn farm(nodes: u8, entry: Entry, filter: Filter, state: impl Fn(usize, u8) -> Kind) -> Vec<Node> {
    let table = |id| {
        (0..BUCKETS)
            .map(|b| BucketState::new(state(b, id)).byte())
            .collect()
    };
    (0..nodes)
        .map(|id| Node::new(id, nodes, entry, filter, table(id)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn settled_tables_have_exactly_one_taker(
        nodes in 1..=8_u8, seed: u64, entry in any_entry(), filter in any_filter(),
        at: u8, sent in any_sent(),
    ) {
        // The identification of an IPv4 header is no part of what an error quotes reliably, and
        // differs from one packet of a flow to the next.
        prop_assume!(filter != Filter::OnIpid || sent.frames.len() == 1);
        let farm = farm(nodes, entry, filter, |bucket, id| {
            let owner = pick(noise(seed, bucket, 0), nodes);
            if owner == id { Kind::Mine } else { Kind::Foreign { owner } }
        });
        let of = |frame: &Vec<u8>| takers(&farm, usize::from(at % nodes), frame);
        let takers: Vec<_> = sent.frames.iter().map(of).collect();
        let expected = if sent.is_named { takers[0].clone() } else { Vec::new() };
        prop_assert_eq!(expected.len(), usize::from(sent.is_named), "{:?}", takers);
        prop_assert!(takers.iter().all(|one| *one == expected), "{:?}", takers);
    }

    /// One node may open a bucket; what the others believe is arbitrary, and so is who holds the
    /// socket, who has something left of an earlier one, and whose lease has run out.
    #[test]
    fn changing_tables_have_at_most_one_taker(
        nodes in 1..=8_u8, seed: u64, entry in any_entry(), filter in any_filter(),
        at: u8, holder: u8, left: u8, leases: u8, sent in any_sent(),
    ) {
        let holder = holder % nodes;
        let mut farm = farm(nodes, entry, filter, |bucket, id| {
            let opener = pick(noise(seed, bucket, 0), nodes + 1);
            let believed = |id| noise(seed, bucket, id + 1);
            let node = pick(believed(id) >> 8, nodes);
            // A bucket settles when nobody else holds sockets of it any more.
            let is_held = opener != holder && believed(holder) % 2 == 1;
            match (opener == id, believed(id) % 2) {
                (true, 0) if !is_held => Kind::Mine,
                (true, _) => Kind::Migrating { from: node },
                (false, 0) => Kind::Foreign { owner: node },
                (false, _) => Kind::ForeignHeld { owner: node },
            }
        });
        for (node, bit) in farm.iter_mut().zip(0..) {
            node.socket = match () {
                () if bit == holder => Socket::Alive,
                () if left >> bit & 1 == 1 => Socket::Left,
                () => Socket::None,
            };
            node.lease = leases >> bit & 1 == 1;
        }
        for frame in &sent.frames {
            let mut takers = takers(&farm, usize::from(at % nodes), frame);
            if takers.len() > 1 {
                // These answer what ends or is written beside the one whose connection it is: they
                // cannot ask it.
                takers.retain(|id| farm[usize::from(*id)].socket != Socket::Left);
            }
            prop_assert!(takers.len() <= 1, "{:?}", takers);
        }
    }

    /// While a bucket moves, a segment reaches the connection that lives, whoever has something left of
    /// an earlier one on the same port; where none lives, what was left gets what wants an answer.
    #[test]
    fn a_moving_bucket_breaks_no_connection(
        nodes in 2..=8_u8, from: u8, to: u8, entry in any_entry(), at: u8, client: [u8; 4],
        port: u16, sockets in any_sockets(), flags in prop_oneof![Just(ACK), Just(0x11), Just(0x18)],
    ) {
        let (from, to) = (from % nodes, to % nodes);
        prop_assume!(from != to);
        let mut farm = farm(nodes, entry, Filter::OnPort, |_, id| match id {
            id if id == from => Kind::ForeignHeld { owner: to },
            id if id == to => Kind::Migrating { from },
            _ => Kind::Foreign { owner: to },
        });
        farm[usize::from(from)].socket = sockets.0;
        farm[usize::from(to)].socket = sockets.1;
        let segment = ipv4((client, VIP4), 6, &[], 0, &tcp((port, 80), flags));
        let frame = ethernet([0; 6], CLIENT_MAC, 0x0800, &segment);
        let takers = takers(&farm, usize::from(at % nodes), &frame);
        let has = |wanted| farm.iter().filter(move |node| node.socket == wanted).map(|node| node.id);
        prop_assert!(has(Socket::Alive).all(|id| takers.contains(&id)), "{:?}", takers);
        prop_assert!(has(Socket::None).all(|id| !takers.contains(&id)), "{:?}", takers);
        let is_answered = takers.len() == 1 || !takers.is_empty() && flags != ACK;
        let is_owed = has(Socket::Alive).next().is_some()
            || has(Socket::Left).next().is_some() && flags != ACK;
        prop_assert!(is_answered || !is_owed && takers.is_empty(), "{:?}", takers);
        if entry == Entry::Directed && sockets.1 == Socket::Alive {
            prop_assert_eq!(takers, vec![to], "what is left was not asked for nothing");
        }
    }
}
