//! A property over all nodes of a farm: whatever packet meets whatever tables, at most one node
//! takes it; with settled tables exactly one.

#![expect(clippy::unwrap_used, reason = "a test may end like that")]

use evenkeel_packet::abi::{self, Link, Module, RULES_MAX, Rule, Vip};
use evenkeel_packet::bucket::{BucketState, Kind};
use evenkeel_packet::decide::Entry;
use evenkeel_packet::filter::{Action, Tables, treat};
use evenkeel_packet::flow::Filter;
use evenkeel_packet::frame::{Packet, Ports};
use evenkeel_packet::{Addr, BUCKETS, Mac};
use fixtures::frames::{ethernet, icmp, ipv4, ipv6, tagged, tcp, udp};
use proptest::prelude::*;

#[allow(unreachable_pub, dead_code, reason = "shared with other tests")]
mod fixtures;

const VIP4: [u8; 4] = [10, 0, 0, 100];
const VIP6: [u8; 16] = [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0];
const VMAC: Mac = Mac::new([0x5a, 0xfe, 10, 0, 0, 100]);
const CLIENT_MAC: [u8; 6] = [2, 0, 0, 0, 0, 0xc1];
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
    /// The flow under test has its socket here.
    holds: bool,
    lease: bool,
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
                ..Rule::new(protocol, 0, u16::MAX)
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
                reserved: 0,
                rules,
            },
            module: Module {
                key: [1, 2],
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
            holds: false,
            lease: true,
        }
    }
}

impl Tables for Node {
    fn vip(&self, addr: Addr) -> Option<&Vip> {
        (addr == Addr::v4(VIP4) || addr == Addr::v6(VIP6)).then_some(&self.vip)
    }

    fn module(&self, _slot: u32) -> Option<&Module> {
        Some(&self.module)
    }

    fn link(&self, _slot: u32) -> Option<&Link> {
        Some(&self.link)
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

    fn has_socket(&self, _packet: &Packet, _ports: Ports) -> bool {
        self.holds
    }

    fn is_lease_valid(&self, _module: u32) -> bool {
        self.lease
    }
}

/// How many nodes take a frame from the client: in directed mode it starts at `entry` and is
/// carried on, in invisible mode every node sees it.
fn takers(farm: &[Node], entry: usize, frame: &[u8]) -> usize {
    let mut frame = frame.to_vec();
    if farm[0].link.entry == Entry::Invisible as u8 {
        frame[..6].copy_from_slice(&VMAC.bytes());
        let takes = |node: &&Node| {
            let outcome = treat(&frame[..], 1, *node).unwrap();
            assert!(!matches!(outcome.action, Action::Forward { .. }));
            matches!(outcome.action, Action::Accept { to_host: true })
        };
        return farm.iter().filter(takes).count();
    }
    frame[..6].copy_from_slice(&farm[entry].link.mac.to_le_bytes()[..6]);
    let mut at = entry;
    for _ in 0..=HOPS_MAX {
        let outcome = treat(&frame[..], 1, &farm[at]).unwrap();
        match outcome.action {
            Action::Accept { .. } => return 1,
            Action::Drop => return 0,
            Action::Forward { to, .. } => {
                outcome.action.rewrite(&mut frame);
                at = farm.iter().position(|node| mac(node.id) == to).unwrap();
            }
            Action::Answer(_) => panic!("an answer to an IP packet"),
        }
    }
    panic!("sent on more than {HOPS_MAX} times");
}

/// A packet to the virtual address: TCP with any flags, UDP or ping, over either IP, tagged or not.
fn any_frame() -> impl Strategy<Value = Vec<u8>> {
    (
        any::<[u8; 4]>(),
        any::<u16>(),
        any::<u8>(),
        0..6_u8,
        0..3_usize,
    )
        .prop_map(|(client, port, flags, shape, tags)| {
            let from6 = [&VIP6[..12], &client].concat().try_into().unwrap();
            let (tcp, udp) = (tcp((port, 80), flags), udp((port, 80)));
            let (ether_type, packet) = match shape {
                0 => (0x0800, ipv4((client, VIP4), 6, &[], 0, &tcp)),
                1 => (0x0800, ipv4((client, VIP4), 17, &[], 0, &udp)),
                2 => (0x0800, ipv4((client, VIP4), 1, &[], 0, &icmp(8))),
                3 => (0x86dd, ipv6((from6, VIP6), 6, &tcp)),
                4 => (0x86dd, ipv6((from6, VIP6), 17, &udp)),
                _ => (0x0800, ipv4((client, VIP4), 6, &[1; 12], 0, &tcp)),
            };
            let frame = ethernet([0; 6], CLIENT_MAC, ether_type, &packet);
            tagged(&frame, &[(0x8100, 5), (0x8100, 6)][..tags.min(2)])
        })
}

fn any_entry() -> impl Strategy<Value = Entry> {
    prop_oneof![Just(Entry::Directed), Just(Entry::Invisible)]
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
        at: u8, frame in any_frame(),
    ) {
        let farm = farm(nodes, entry, filter, |bucket, id| {
            let owner = pick(noise(seed, bucket, 0), nodes);
            if owner == id { Kind::Mine } else { Kind::Foreign { owner } }
        });
        prop_assert_eq!(takers(&farm, usize::from(at % nodes), &frame), 1);
    }

    /// One node may open a bucket; what the others believe is arbitrary, and so is who holds the
    /// socket and whose lease has run out.
    #[test]
    fn changing_tables_have_at_most_one_taker(
        nodes in 1..=8_u8, seed: u64, entry in any_entry(), filter in any_filter(),
        at: u8, holder: u8, leases: u8, frame in any_frame(),
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
            node.holds = bit == holder;
            node.lease = leases >> bit & 1 == 1;
        }
        let takers = takers(&farm, usize::from(at % nodes), &frame);
        prop_assert!(takers <= 1, "{} takers", takers);
    }

    /// While a bucket moves, a packet of a living connection reaches its socket.
    #[test]
    fn a_moving_bucket_breaks_no_connection(
        nodes in 2..=8_u8, from: u8, to: u8, entry in any_entry(), at: u8, client: [u8; 4],
        port: u16,
    ) {
        let (from, to) = (from % nodes, to % nodes);
        prop_assume!(from != to);
        let mut farm = farm(nodes, entry, Filter::OnPort, |_, id| match id {
            id if id == from => Kind::ForeignHeld { owner: to },
            id if id == to => Kind::Migrating { from },
            _ => Kind::Foreign { owner: to },
        });
        farm[usize::from(from)].holds = true;
        let segment = ipv4((client, VIP4), 6, &[], 0, &tcp((port, 80), 0x10));
        let frame = ethernet([0; 6], CLIENT_MAC, 0x0800, &segment);
        prop_assert_eq!(takers(&farm, usize::from(at % nodes), &frame), 1);
    }
}
