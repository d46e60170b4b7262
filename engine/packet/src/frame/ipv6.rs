//! IPv6: header, extension headers, and what the packet carries (RFC 8200).

use super::neighbour::{self, Discovery};
use super::{
    Content, ETHERNET, Kind, PROTOCOL_ICMPV6, PROTOCOL_TCP, PROTOCOL_UDP, Packet, Part, Transport,
    icmp, tcp_or_less, udp_or_less,
};
use crate::Addr;
use crate::bytes::{Bytes, be16, be32, sixteen};

/// Bytes of the header.
pub(super) const HEADER: usize = 40;

/// Extension headers that are read at the most: each kind once and destination options twice, as
/// RFC 8200 section 4.1 recommends. What stands behind more of them has no rule.
const EXTENSIONS_MAX: usize = 6;

const HOP_BY_HOP: u8 = 0;
const ROUTING: u8 = 43;
pub(super) const FRAGMENT: u8 = 44;
const AUTHENTICATION: u8 = 51;
const DESTINATION_OPTIONS: u8 = 60;

/// What a frame with an IPv6 header carries.
#[inline(always)]
pub(super) fn content<B: Bytes + ?Sized>(bytes: &B) -> Content {
    let Some(header) = bytes.fixed::<HEADER>(ETHERNET) else {
        return Content::Other;
    };
    let discovery = match header[6] {
        PROTOCOL_ICMPV6 => neighbour::discovery(bytes, header),
        _ => None,
    };
    if let Some(message) = discovery {
        return Content::Discovery(message);
    }
    let mut found = above(bytes, ETHERNET + HEADER, header[6]);
    if header[0] >> 4 != 6 {
        found.transport = Transport::plain(Kind::Malformed);
    }
    Content::Ip(Packet {
        is_v6: true,
        part: found.part,
        protocol: found.protocol,
        source: Addr::v6(sixteen::<8, HEADER>(header)),
        destination: Addr::v6(sixteen::<24, HEADER>(header)),
        id: found.id,
        transport: found.transport,
    })
}

/// The message of neighbour discovery in a frame with an IPv6 header.
#[inline(always)]
pub(super) fn discovery<B: Bytes + ?Sized>(bytes: &B) -> Option<Discovery> {
    let header = bytes.fixed::<HEADER>(ETHERNET)?;
    if header[6] != PROTOCOL_ICMPV6 {
        return None;
    }
    neighbour::discovery(bytes, header)
}

/// What stands behind the header.
struct Above {
    protocol: u8,
    part: Part,
    id: u32,
    transport: Transport,
}

/// Walks the extension headers at `at`, where there are any, and reads what stands behind them.
#[inline(always)]
fn above<B: Bytes + ?Sized>(bytes: &B, mut at: usize, first: u8) -> Above {
    let mut found = Above {
        protocol: first,
        part: Part::Whole,
        id: 0,
        transport: Transport::plain(Kind::Other),
    };
    for _ in 0..EXTENSIONS_MAX {
        let unit = match found.protocol {
            HOP_BY_HOP | ROUTING | DESTINATION_OPTIONS => 8,
            // A part of a part would hide that it is one: it has no rule.
            FRAGMENT if matches!(found.part, Part::Whole) => 8,
            AUTHENTICATION => 4,
            _ => break,
        };
        let Some(head) = bytes.stated::<8>(at) else {
            found.transport = Transport::plain(Kind::Malformed);
            return found;
        };
        at += 8;
        if found.protocol == FRAGMENT {
            let field = be16::<2, 8>(&head);
            found.part = Part::new(field >> 3, field & 1 != 0);
            found.id = be32::<4, 8>(&head);
        } else if unit == 8 {
            at += head[1] as usize * 8;
        } else {
            // In words of four bytes, less two (RFC 4302 section 2.2).
            at += head[1] as usize * 4;
        }
        found.protocol = head[0];
        if matches!(found.part, Part::Later) {
            return found;
        }
    }
    found.transport = match found.protocol {
        PROTOCOL_TCP => tcp_or_less(bytes.stated::<14>(at).as_ref()),
        PROTOCOL_UDP => udp_or_less(bytes.stated::<4>(at).as_ref()),
        PROTOCOL_ICMPV6 => icmp::v6(bytes, at),
        _ => Transport::plain(Kind::Other),
    };
    found
}
