//! What is promised of a node that hears authentic nonsense: it goes on, and does not grow.

use std::time::Duration;

use evenkeel_core::ids::{Incarnation, LanId, NodeId, Time};
use evenkeel_core::input::Input;
use evenkeel_core::wire::Header;

use crate::letter::{datagram, node};
use crate::shell::{NODES, begin, settle};
use crate::{farm, heap};

/// Bytes that a node and all that it wants done may take.
const HEAP_BYTES_MAX: usize = 2 << 20;
/// Datagrams of a story that are told.
const DATAGRAMS_MAX: usize = 64;

/// What is wrong with a datagram of a story.
const OTHER_RUN: u8 = 0x10;
const SAME_SEQ: u8 = 0x20;
const NEW_RUN: u8 = 0x40;
const OTHER_KEY: u8 = 0x80;

/// Tells it.
pub(crate) fn check(story: &[u8]) {
    heap::within(HEAP_BYTES_MAX, || tell(story));
}

fn tell(mut story: &[u8]) {
    let mut now = Time(1_000_000_000);
    let mut hearer = begin(0, true, now);
    settle(&mut hearer, now, drop_post);
    let mut headers: Vec<Header> = (0..NODES).map(first_header).collect();
    for _ in 0..DATAGRAMS_MAX {
        let Some(([flags, high, low], rest)) = story.split_first_chunk::<3>() else {
            break;
        };
        let length = usize::from(u16::from_be_bytes([*high, *low])).min(rest.len());
        let (body, rest) = rest.split_at(length);
        story = rest;
        let sender = usize::from(flags & 0x0f) % NODES;
        let header = &mut headers[sender];
        header.seq += u64::from(flags & SAME_SEQ == 0);
        header.incarnation.0 += u64::from(flags & NEW_RUN != 0);
        let to_incarnation = Incarnation(1 + u64::from(flags & OTHER_RUN != 0));
        let header = Header {
            to_incarnation,
            ..*header
        };
        let bytes = datagram(u8::from(flags & OTHER_KEY != 0), &header, body);
        let lan = LanId(0);
        hearer.handle(Input::Datagram { lan, bytes }, now);
        settle(&mut hearer, now, drop_post);
        now = now + Duration::from_millis(4);
        hearer.handle_timeout(now);
        settle(&mut hearer, now, drop_post);
    }
    let status = hearer.status(now);
    assert_eq!(status.peers.len(), NODES - 1);
    assert_eq!(status.modules.len(), 1);
}

fn first_header(sender: usize) -> Header {
    Header {
        sender: farm::node_id(sender),
        to: node(0),
        incarnation: Incarnation(1),
        to_incarnation: Incarnation(1),
        seq: 0,
    }
}

/// The others are put into words: nobody is there to hear.
fn drop_post(_: NodeId, _: LanId, _: Vec<u8>) {}
