//! IPv4: header with options, parts of datagrams, and what the packet carries (RFC 791).

use super::{
    ETHERNET, Kind, PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP, Packet, Part, Transport, icmp,
    tcp_or_less, udp_or_less,
};
use crate::Addr;
use crate::bytes::{Bytes, be16, four};

/// Bytes of a header without options.
pub(super) const HEADER: usize = 20;

/// The packet in a frame; `None` where it is too short to have a receiver.
#[inline(always)]
pub(super) fn packet<B: Bytes + ?Sized>(bytes: &B) -> Option<Packet> {
    let header = bytes.fixed::<HEADER>(ETHERNET)?;
    let len = header_len(header);
    let part = part(header);
    let transport = match part {
        _ if header[0] >> 4 != 4 || len < HEADER => Transport::plain(Kind::Malformed),
        Part::Later => Transport::plain(Kind::Other),
        Part::Whole | Part::First => above(bytes, ETHERNET + len, header[9]),
    };
    Some(Packet {
        is_v6: false,
        part,
        protocol: header[9],
        source: Addr::v4(four::<12, HEADER>(header)),
        destination: Addr::v4(four::<16, HEADER>(header)),
        id: be16::<4, HEADER>(header) as u32,
        transport,
    })
}

/// Bytes of the header with its options.
#[inline(always)]
pub(super) const fn header_len(header: &[u8; HEADER]) -> usize {
    (header[0] & 0xf) as usize * 4
}

#[inline(always)]
pub(super) const fn part(header: &[u8; HEADER]) -> Part {
    let field = be16::<6, HEADER>(header);
    Part::new(field & 0x1fff, field & 0x2000 != 0)
}

/// What stands behind the header and its options.
#[inline(always)]
fn above<B: Bytes + ?Sized>(bytes: &B, at: usize, protocol: u8) -> Transport {
    match protocol {
        PROTOCOL_TCP => tcp_or_less(bytes.stated::<14>(at).as_ref()),
        PROTOCOL_UDP => udp_or_less(bytes.stated::<4>(at).as_ref()),
        PROTOCOL_ICMP => icmp::v4(bytes, at),
        _ => Transport::plain(Kind::Other),
    }
}
