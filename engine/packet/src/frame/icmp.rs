//! ICMP and ICMPv6: echo requests, and errors with the packet that they quote (RFC 792, RFC 4443).

use super::{Kind, PROTOCOL_TCP, PROTOCOL_UDP, Part, Ports, Quote, Transport, ipv4, ipv6};
use crate::Addr;
use crate::bytes::{Bytes, be16, four, sixteen};

const ECHO: u8 = 8;
const UNREACHABLE: u8 = 3;
const TIME_EXCEEDED: u8 = 11;
const PARAMETER_PROBLEM: u8 = 12;

const ECHO_V6: u8 = 128;
const UNREACHABLE_V6: u8 = 1;
const PARAMETER_PROBLEM_V6: u8 = 4;

/// Bytes before the quoted packet.
const HEADER: usize = 8;
/// Bytes of an IPv6 fragment header.
const FRAGMENT_HEADER: usize = 8;

/// The ICMP message at `at`.
#[inline(always)]
pub(super) fn v4<B: Bytes + ?Sized>(bytes: &B, at: usize) -> Transport {
    match bytes.stated::<4>(at) {
        None => Transport::plain(Kind::Malformed),
        Some([ECHO, ..]) => Transport::plain(Kind::Echo),
        Some([UNREACHABLE | TIME_EXCEEDED | PARAMETER_PROBLEM, ..]) => {
            Transport::error(at + HEADER)
        }
        Some(_) => Transport::plain(Kind::Other),
    }
}

/// The ICMPv6 message at `at`.
#[inline(always)]
pub(super) fn v6<B: Bytes + ?Sized>(bytes: &B, at: usize) -> Transport {
    match bytes.stated::<4>(at) {
        None => Transport::plain(Kind::Malformed),
        Some([ECHO_V6, ..]) => Transport::plain(Kind::Echo),
        Some([UNREACHABLE_V6..=PARAMETER_PROBLEM_V6, ..]) => Transport::error(at + HEADER),
        Some(_) => Transport::plain(Kind::Other),
    }
}

/// The packet at `at` that an ICMP (`is_v6`: ICMPv6) error quotes; `None` where it cannot be read.
#[inline(always)]
pub fn quote<B: Bytes + ?Sized>(bytes: &B, at: usize, is_v6: bool) -> Option<Quote> {
    if is_v6 {
        quoted_v6(bytes, at)
    } else {
        quoted_v4(bytes, at)
    }
}

/// The quoted IPv4 packet at `at`, of which its header and eight bytes more are there.
#[inline(always)]
fn quoted_v4<B: Bytes + ?Sized>(bytes: &B, at: usize) -> Option<Quote> {
    let header = bytes.stated::<{ ipv4::HEADER }>(at)?;
    let len = ipv4::header_len(&header);
    if header[0] >> 4 != 4 || len < ipv4::HEADER {
        return None;
    }
    let (kind, ports) = match ipv4::part(&header) {
        Part::Whole | Part::First => flow(bytes, at + len, header[9]),
        Part::Later => (Kind::Other, Ports::NONE),
    };
    Some(Quote {
        service: Addr::v4(four::<12, { ipv4::HEADER }>(&header)),
        client: Addr::v4(four::<16, { ipv4::HEADER }>(&header)),
        kind,
        ports,
    })
}

/// The quoted IPv6 packet at `at`. Of extension headers the one of fragments is read: others are
/// not put in front of what a service sends.
#[inline(always)]
fn quoted_v6<B: Bytes + ?Sized>(bytes: &B, at: usize) -> Option<Quote> {
    let header = bytes.stated::<{ ipv6::HEADER }>(at)?;
    if header[0] >> 4 != 6 {
        return None;
    }
    let above = at + ipv6::HEADER;
    let (kind, ports) = if header[6] == ipv6::FRAGMENT {
        let fragment = bytes.stated::<FRAGMENT_HEADER>(above)?;
        if be16::<2, FRAGMENT_HEADER>(&fragment) >> 3 == 0 {
            flow(bytes, above + FRAGMENT_HEADER, fragment[0])
        } else {
            (Kind::Other, Ports::NONE)
        }
    } else {
        flow(bytes, above, header[6])
    };
    Some(Quote {
        service: Addr::v6(sixteen::<8, { ipv6::HEADER }>(&header)),
        client: Addr::v6(sixteen::<24, { ipv6::HEADER }>(&header)),
        kind,
        ports,
    })
}

/// Protocol and ports at `at`, turned round: who sent the quoted packet is the service.
#[inline(always)]
fn flow<B: Bytes + ?Sized>(bytes: &B, at: usize, protocol: u8) -> (Kind, Ports) {
    let kind = match protocol {
        PROTOCOL_TCP => Kind::Tcp,
        PROTOCOL_UDP => Kind::Udp,
        _ => return (Kind::Other, Ports::NONE),
    };
    let Some(head) = bytes.stated::<4>(at) else {
        return (Kind::Other, Ports::NONE);
    };
    let ports = Ports {
        source: be16::<2, 4>(&head),
        destination: be16::<0, 4>(&head),
    };
    (kind, ports)
}
