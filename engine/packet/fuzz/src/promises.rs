//! What must hold of one node, whatever the frame and whatever its tables say.
//!
//! Where a promise can be checked on the bytes themselves, it is: not with the parser under test.

use evenkeel_packet::abi::ANSWERS_NOT;
use evenkeel_packet::claim::{Claim, aims_at, claim, speaks_for};
use evenkeel_packet::decide::Entry;
use evenkeel_packet::filter::{Outcome, Tables, Verb, treat};
use evenkeel_packet::frame::{Content, parse, parse_binding};
use evenkeel_packet::{Mac, Reason};

use crate::fixtures::frames::MacBytes;
use crate::fixtures::world::{
    GROUP, IFINDEX, MY_MAC, PEER_MAC, State, THIRD_MAC, VIP, VIP6, VMAC, World,
};
use crate::situation::Situation;

/// The other nodes that are known.
const PEERS: [MacBytes; 2] = [PEER_MAC, THIRD_MAC];

const TYPE_IPV4: [u8; 2] = [0x08, 0x00];
const TYPE_IPV6: [u8; 2] = [0x86, 0xdd];
const TYPE_ARP: [u8; 2] = [0x08, 0x06];

/// Checks all of them.
pub(crate) fn check(situation: &Situation, frame: &[u8]) {
    let world = situation.world();
    views_agree(frame, &world);
    let Some(outcome) = treat(frame, situation.ifindex(), &world) else {
        let aim = aims_at(frame).and_then(|addr| world.place(addr));
        assert!(aim.is_none(), "what the fence closes, the filter must know");
        return;
    };
    reason_fits(&outcome);
    lease_alone_opens(situation, frame, &outcome);
    match outcome.verb {
        Verb::Accept | Verb::AcceptAsOurs | Verb::AcceptAndCopy | Verb::Forward => {
            assert_eq!(situation.ifindex(), IFINDEX, "another interface");
            is_for_us(situation.state, frame, &outcome);
        }
        Verb::Drop | Verb::Answer => {}
    }
    match outcome.verb {
        Verb::Forward => sent_on(situation.state, frame, &outcome),
        Verb::Answer => answered(situation.state, frame, &outcome, &world),
        Verb::AcceptAndCopy => copied(situation.state, frame, &outcome),
        Verb::Accept | Verb::AcceptAsOurs | Verb::Drop => {}
    }
    cut_short(situation, frame, &outcome);
}

/// Filter, fence, belt and the belt's fence see the same in a frame.
fn views_agree(frame: &[u8], world: &World) {
    let bound = parse_binding(frame);
    match parse(frame).map(|parsed| parsed.content) {
        Some(content @ (Content::Arp(_) | Content::Discovery(_))) => assert_eq!(content, bound),
        Some(Content::Ip(packet)) => {
            assert!(
                packet.is_v6 || bound == Content::Other,
                "ARP in an IPv4 packet"
            );
            assert_eq!(aims_at(frame), Some(packet.destination));
        }
        Some(Content::Other) | None => assert_eq!(aims_at(frame), None),
    }
    let speaks = speaks_for(frame).and_then(|addr| world.place(addr));
    assert_eq!(claim(frame, world).is_some(), speaks.is_some());
}

/// Every verb has reasons of its own.
fn reason_fits(outcome: &Outcome) {
    let start = match outcome.verb {
        Verb::Accept | Verb::AcceptAsOurs | Verb::AcceptAndCopy => "accept_",
        Verb::Drop => "drop_",
        Verb::Forward => "forward_",
        Verb::Answer => "answer_",
    };
    assert!(outcome.reason.name().starts_with(start), "{outcome:?}");
    assert_ne!(
        outcome.reason,
        Reason::DropNoTable,
        "the tables are complete"
    );
    if let Some((group, bucket)) = outcome.decided_by.get() {
        assert_eq!(group, u32::from(GROUP));
        assert!(usize::from(bucket) < evenkeel_packet::BUCKETS);
    }
}

/// Without a lease nothing is accepted or answered; what is neither does not depend on one.
fn lease_alone_opens(situation: &Situation, frame: &[u8], outcome: &Outcome) {
    let with = |lease| {
        let state = State {
            lease,
            ..situation.state
        };
        treat(frame, situation.ifindex(), &situation.world_in(state))
    };
    assert_eq!(
        with(situation.state.lease).as_ref(),
        Some(outcome),
        "the same frame in the same state"
    );
    let (open, shut) = (with(true), with(false));
    let needs_lease = open.is_some_and(|open| open.is_accepted() || open.verb == Verb::Answer);
    match shut {
        Some(shut) if needs_lease => {
            assert_eq!(
                (shut.verb, shut.reason),
                (Verb::Drop, Reason::DropLease),
                "without a lease"
            );
        }
        shut => assert_eq!(open, shut, "a lease changed what needs none"),
    }
}

/// A frame that is taken or sent on carries a MAC address of this node, and a packet to a virtual
/// address of this interface.
fn is_for_us(state: State, frame: &[u8], outcome: &Outcome) {
    let to = frame.get(..6).expect("a link header");
    let is_mine = to == MY_MAC;
    assert!(
        is_mine || state.entry == Entry::Invisible && to == VMAC,
        "for another node on the link: {outcome:?}"
    );
    let destination = match ether_type(frame) {
        TYPE_IPV4 => frame.get(30..34) == Some(&VIP),
        TYPE_IPV6 => frame.get(38..54) == Some(&VIP6.octets()),
        _ => false,
    };
    assert!(destination, "to no virtual address: {outcome:?}");
    assert_eq!(
        outcome.verb == Verb::AcceptAsOurs,
        outcome.is_accepted() && !is_mine,
        "the stack must be told of frames to the virtual MAC address, and of no others"
    );
}

/// A frame that is sent on: in directed mode alone, to a known peer, never twice, and nothing but
/// its addresses is changed.
fn sent_on(state: State, frame: &[u8], outcome: &Outcome) {
    let to = peer_of(state, outcome);
    let is_from_peer = PEERS.iter().any(|peer| frame[6..12] == *peer);
    assert!(
        !is_from_peer || outcome.reason != Reason::ForwardOwner,
        "what a peer sent on goes to no other owner"
    );
    let mut after = frame.to_vec();
    outcome.readdress(&mut after);
    assert_eq!(after[..6], to);
    assert_eq!(
        after[6..12],
        MY_MAC,
        "no switch may learn the client in the wrong place"
    );
    assert_eq!(after[12..], frame[12..]);
}

/// A frame that is taken here and sent on as well: to a known peer, which did not send it.
fn copied(state: State, frame: &[u8], outcome: &Outcome) {
    let to = peer_of(state, outcome);
    assert_ne!(frame[6..12], to, "back to who sent it");
}

/// To which of the others a frame goes; in directed mode alone does it.
fn peer_of(state: State, outcome: &Outcome) -> MacBytes {
    assert_eq!(state.entry, Entry::Directed, "{outcome:?}");
    let mut peers = PEERS.into_iter();
    let to = peers.find(|peer| outcome.mac == Mac::new(*peer));
    to.unwrap_or_else(|| panic!("to nobody of the farm: {outcome:?}"))
}

/// An answer is one, and binds the virtual address that was asked for to the agreed MAC address.
fn answered(state: State, frame: &[u8], outcome: &Outcome, world: &World) {
    assert_ne!(state.answers, ANSWERS_NOT);
    let asked = aims_at(frame).expect("a question");
    let answer = outcome.answer(frame).expect("a question has an answer");
    let mut after = frame.to_vec();
    after.resize(answer.frame_len(frame.len()), 0);
    answer.write(&mut after);
    assert_eq!(claim(&after[..], world), Some(Claim::Agreed), "{outcome:?}");
    assert_eq!(speaks_for(&after[..]), Some(asked));
    assert_eq!(
        after[6..12],
        MY_MAC,
        "the virtual MAC address is no frame's source"
    );
    match ether_type(&after) {
        TYPE_ARP => {
            assert_eq!(after[20..22], [0, 2], "an ARP reply");
            assert_eq!(after[32..42], frame[22..32], "to who asked");
        }
        TYPE_IPV6 => {
            assert_eq!(after.len(), 14 + 40 + 32);
            assert_eq!(after[54], 136, "a neighbour advertisement");
            assert_eq!(sum_of_icmpv6(&after), 0xffff, "checksum");
        }
        other => panic!("an answer of type {other:x?}"),
    }
}

/// Of a frame that no rule names, no part is taken but as what cannot be read, or as an error about a
/// packet whose ports are cut off.
fn cut_short(situation: &Situation, frame: &[u8], whole: &Outcome) {
    if whole.reason != Reason::DropNoRule {
        return;
    }
    let cut = &frame[..usize::from(situation.cut) % frame.len()];
    let Some(outcome) = treat(cut, situation.ifindex(), &situation.world()) else {
        return;
    };
    assert!(
        !outcome.is_accepted()
            || matches!(
                outcome.reason,
                Reason::AcceptMalformed | Reason::AcceptError
            ),
        "cut to {} bytes: {outcome:?}",
        cut.len()
    );
}

fn ether_type(frame: &[u8]) -> [u8; 2] {
    frame
        .get(12..14)
        .and_then(|bytes| bytes.try_into().ok())
        .expect("a link header")
}

/// The sum of an ICMPv6 message without extension headers and of its pseudo-header (RFC 8200 section
/// 8.1): all ones where its checksum is right.
fn sum_of_icmpv6(frame: &[u8]) -> u32 {
    let (addresses, message) = (&frame[22..54], &frame[54..]);
    let len = u16::from_be_bytes([frame[18], frame[19]]);
    assert_eq!(usize::from(len), message.len(), "payload length");
    let words = |bytes: &[u8]| -> u32 {
        bytes
            .chunks(2)
            .map(|pair| u32::from(pair[0]) << 8 | u32::from(*pair.get(1).unwrap_or(&0)))
            .sum()
    };
    let mut sum = words(addresses) + u32::from(len) + 58 + words(message);
    while sum > 0xffff {
        sum = (sum >> 16) + (sum & 0xffff);
    }
    sum
}
