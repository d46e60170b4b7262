//! Every sentence of `engine/packet/tests/fixtures` through the NFQUEUE back end, on a real wire.
//!
//! Needs root. A server and its peer are joined by a veth pair in namespaces without names, which
//! vanish with the process. The peer puts a sentence's frame on the wire; what counts is the counter
//! that moves, the frames that come back, and whether the server's stack gets the packet.

use bench::{Bench, Seen};
use common::{Outcome, is_root};
use evenkeel_packet::abi::program;
use evenkeel_packet::decide::Entry;
use fixtures::world::{MY_MAC, VMAC, World};
use fixtures::{Code, Sentence, sentences};
use shapes::{ARP, ETHERNET, IPV4, IPV6, VLAN};

#[path = "datapath_common/bench.rs"]
mod bench;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/mod.rs"]
mod common;
#[allow(unreachable_pub, dead_code, reason = "shared with other tests")]
#[path = "../packet/tests/fixtures/mod.rs"]
mod fixtures;
#[path = "datapath_common/packets.rs"]
mod packets;
#[path = "datapath_common/shapes.rs"]
mod shapes;

#[test]
fn every_sentence_is_true_through_nfqueue() {
    if !is_root("every_sentence_is_true_through_nfqueue") {
        return;
    }
    let wrong = run_all().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The sentences that are not true, with what was seen.
fn run_all() -> Outcome<Vec<String>> {
    let mut bench = Bench::new()?;
    let mut wrong = Vec::new();
    for sentence in sentences::all() {
        let failed = |error| format!("{}: {error}", sentence.name);
        let expected = expected(&sentence);
        let seen = bench.run(&sentence, &expected).map_err(failed)?;
        if seen != expected {
            wrong.push(format!(
                "{}:\n  expected {expected:02x?}\n  seen     {seen:02x?}",
                sentence.name
            ));
        }
    }
    bench.close()?;
    Ok(wrong)
}

/// What must be seen of a sentence here.
fn expected(sentence: &Sentence) -> Seen {
    let wanted = &sentence.expected;
    // Fence and belt are programs of the other back end. Their frames meet a module that was just
    // opened here, which accepts nothing and answers nobody; what it counts is its own matter.
    if sentence.program != program::FILTER || ends_before_the_rules(sentence) {
        return Seen::default();
    }
    let is_to_vip = World::new(sentence.state).is_to_vip(&sentence.frame);
    Seen {
        counted: wanted.reason.into_iter().collect(),
        delivered: wanted.code == Code::Pass && is_to_vip && !is_authenticated(&sentence.frame),
        frames: match wanted.code {
            Code::Send => vec![shapes::on_the_wire(&wanted.frame)],
            Code::Next | Code::Pass | Code::Drop => {
                let copy = wanted.copy.as_deref().map(shapes::on_the_wire);
                copy.into_iter().collect()
            }
        },
    }
}

impl World {
    /// Whether the frame carries a packet to a virtual address.
    fn is_to_vip(&self, frame: &[u8]) -> bool {
        shapes::destination(frame).is_some_and(|addr| self.vips.contains_key(&addr))
    }
}

/// Whether an IPv6 packet has an authentication header first, for which the server's stack has no
/// key.
fn is_authenticated(frame: &[u8]) -> bool {
    const AUTHENTICATION: u8 = 51;
    shapes::ether_type(frame) == IPV6 && frame.get(ETHERNET + 6) == Some(&AUTHENTICATION)
}

/// Whether the kernel ends this frame, or gives it to another interface, before any rule sees it.
fn ends_before_the_rules(sentence: &Sentence) -> bool {
    let frame = &sentence.frame;
    let is_mine =
        frame[..6] == MY_MAC || frame[..6] == VMAC && sentence.state.entry == Entry::Invisible;
    match shapes::ether_type(frame) {
        // For the interface of that VLAN, and there is none.
        VLAN => true,
        // To another host, or a packet to one host in a frame to all, which the first rule ends; or
        // the header is broken.
        IPV4 => !is_mine || !is_sound_ipv4(&frame[ETHERNET..]),
        IPV6 => {
            let is_to_group = shapes::destination(frame).is_some_and(|to| to.bytes()[0] == 0xff);
            !is_to_group && !is_mine || !is_sound_ipv6(&frame[ETHERNET..])
        }
        // A question in a frame to another host.
        ARP => !is_mine && frame[0] & 1 == 0,
        _ => false,
    }
}

fn is_sound_ipv4(packet: &[u8]) -> bool {
    let len = usize::from(packet[0] & 0xf) * 4;
    packet.len() >= 20
        && packet[0] >> 4 == 4
        && len >= 20
        && (len..=packet.len()).contains(&shapes::ipv4_total(packet))
}

fn is_sound_ipv6(packet: &[u8]) -> bool {
    packet.len() >= 40
        && packet[0] >> 4 == 6
        && shapes::number(packet, 4) <= packet.len() - 40
        && (packet[6] != 0 || has_sound_options(&packet[40..]))
}

/// Hop-by-hop options are read before any rule.
fn has_sound_options(header: &[u8]) -> bool {
    header.len() >= 8 && (usize::from(header[1]) + 1) * 8 <= header.len()
}
