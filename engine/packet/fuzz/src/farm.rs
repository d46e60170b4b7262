//! What must hold of all nodes of a farm together, with settled tables: at most one of them takes a
//! frame, all parts of a datagram are taken by the same, and a frame is sent on once at the most.

use evenkeel_packet::abi::{neighbour_place, peer_bit, peer_key};
use evenkeel_packet::bucket::{BucketState, Kind};
use evenkeel_packet::decide::Entry;
use evenkeel_packet::filter::{Outcome, Verb, treat};
use evenkeel_packet::{BUCKETS, Mac, Reason};

use crate::fixtures::world::{CLIENT_MAC, IFINDEX, State, VIP, VIP6, VMAC, World};
use crate::situation::Situation;

/// Nodes of the farm.
const NODES: u8 = 3;
/// Bytes of an IPv4 header's field of flags and offset, and of an IPv6 fragment header's, where that
/// is the first extension header.
const OFFSET_AT: usize = 14 + 6;
const OFFSET6_AT: usize = 14 + 40 + 2;

/// Checks them, of a frame with a packet to a virtual address.
pub(crate) fn check(situation: &Situation, frame: &[u8]) {
    if !is_to_vip(frame) {
        return;
    }
    let farm = farm(situation);
    let entry = situation.state.entry;
    let first = outcomes(&farm, entry, frame);
    let taken = taker(&first);
    for (_, outcome) in &first {
        let fate_of_all = match outcome.verb {
            Verb::Drop => &[
                Reason::DropNoRule,
                Reason::DropFragment,
                Reason::DropMalformed,
                Reason::DropForeign,
            ],
            Verb::Accept | Verb::AcceptAsOurs | Verb::AcceptAndCopy | Verb::Forward => continue,
            Verb::Answer => panic!("an answer to an IP packet"),
        };
        let reason = outcome.reason;
        assert!(fate_of_all.contains(&reason), "settled: {outcome:?}");
        assert!(
            taken.is_none() || reason == Reason::DropForeign,
            "{taken:?} took what another had to drop: {outcome:?}"
        );
    }
    let is_by_bucket = first
        .iter()
        .any(|(_, outcome)| outcome.reason == Reason::DropForeign);
    assert!(
        taken.is_some() || !is_by_bucket,
        "every bucket has an owner, who takes the packet"
    );
    if let Some(rest) = later_part(frame) {
        let rest = outcomes(&farm, entry, &rest);
        assert_eq!(taker(&rest), taken, "a part went another way: {rest:?}");
    }
}

fn is_to_vip(frame: &[u8]) -> bool {
    match frame.get(12..14) {
        Some([0x08, 0x00]) => frame.get(30..34) == Some(&VIP),
        // Neighbour discovery is answered, and by the entry node.
        Some([0x86, 0xdd]) => {
            frame.get(38..54) == Some(&VIP6.octets()) && !matches!(frame.get(54), Some(135 | 136))
        }
        _ => false,
    }
}

/// The only node that took the frame.
fn taker(outcomes: &[(usize, Outcome)]) -> Option<usize> {
    let mut takers = outcomes
        .iter()
        .filter(|(_, outcome)| outcome.is_accepted())
        .map(|(node, _)| *node);
    let taker = takers.next();
    assert_eq!(takers.next(), None, "two nodes took a frame: {outcomes:?}");
    taker
}

/// A later part of the datagram of which the frame is the first part.
fn later_part(frame: &[u8]) -> Option<Vec<u8>> {
    let mut rest = frame.to_vec();
    let at = match (frame[12], frame.get(20)?) {
        (0x08, field) if field & 0x3f == 0x20 && frame[21] == 0 => OFFSET_AT,
        (0x86, 44) if frame[14] >> 4 == 6 => {
            let field = u16::from_be_bytes([*frame.get(OFFSET6_AT)?, *frame.get(OFFSET6_AT + 1)?]);
            if field >> 3 != 0 || field & 1 == 0 || frame.len() < OFFSET6_AT + 6 {
                return None;
            }
            OFFSET6_AT
        }
        _ => return None,
    };
    rest[at] |= 1;
    Some(rest)
}

/// The frame as the farm's nodes meet it: in invisible mode all of them, in directed mode the entry
/// node and who gets it from there.
fn outcomes(farm: &[World], entry: Entry, frame: &[u8]) -> Vec<(usize, Outcome)> {
    let mut frame = frame.to_vec();
    frame[6..12].copy_from_slice(&CLIENT_MAC);
    let treated = |node: usize, frame: &[u8]| {
        let outcome = treat(frame, IFINDEX, &farm[node]).expect("a packet to a virtual address");
        (node, outcome)
    };
    if entry == Entry::Invisible {
        frame[..6].copy_from_slice(&VMAC);
        return (0..farm.len()).map(|node| treated(node, &frame)).collect();
    }
    frame[..6].copy_from_slice(&mac(0).bytes());
    let first = treated(0, &frame);
    if first.1.verb != Verb::Forward {
        return vec![first];
    }
    first.1.readdress(&mut frame);
    let to = (0..NODES)
        .position(|node| mac(node) == first.1.mac)
        .expect("sent on to a node of the farm");
    let second = treated(to, &frame);
    assert_ne!(second.1.verb, Verb::Forward, "sent on twice");
    vec![first, second]
}

fn mac(node: u8) -> Mac {
    Mac::new([2, 0, 0, 0, 1, node])
}

fn farm(situation: &Situation) -> Vec<World> {
    let owners = situation.owners(NODES);
    (0..NODES)
        .map(|node| member(situation, node, &owners))
        .collect()
}

/// One node: its buckets are its own, the others' are theirs.
fn member(situation: &Situation, node: u8, owners: &[u8]) -> World {
    let mut world = situation.world_in(State {
        buckets: Kind::Mine,
        lease: true,
        fate: None,
        ..situation.state
    });
    world.module.node = u32::from(node);
    let others = (0..NODES).filter(|other| *other != node);
    for link in &mut world.links {
        link.mac = mac(node).word();
        if situation.state.entry == Entry::Directed {
            link.vmac = link.mac;
        }
        link.peers = others.clone().map(|other| peer_bit(mac(other))).sum();
    }
    world.neighbours = (0..NODES)
        .map(|node| (neighbour_place(0, node), mac(node)))
        .collect();
    world.peers = others
        .map(|other| (peer_key(0, mac(other)), u32::from(other)))
        .collect();
    assert_eq!(owners.len(), BUCKETS);
    for (byte, owner) in world.table.iter_mut().zip(owners) {
        let kind = if *owner == node {
            Kind::Mine
        } else {
            Kind::Foreign { owner: *owner }
        };
        *byte = BucketState::new(kind).byte();
    }
    world
}
