//! ICMP, ICMPv6 and neighbour discovery, from the first byte of the message on.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use super::frame::What;
use crate::link::Mac;

const V4_REPLY: u8 = 0;
const V4_UNREACHABLE: u8 = 3;
const V4_FRAGMENTATION_NEEDED: u8 = 4;
const V4_ECHO: u8 = 8;
const V6_TOO_BIG: u8 = 2;
const V6_ECHO: u8 = 128;
const V6_REPLY: u8 = 129;
const V6_SOLICITATION: u8 = 135;
const V6_ADVERTISEMENT: u8 = 136;

/// Bytes before the quoted packet, or before the options of neighbour discovery's target.
const HEAD: usize = 8;
/// Bytes before the options of neighbour discovery.
const NEIGHBOUR_HEAD: usize = 24;
const SOURCE_LINK_LAYER: u8 = 1;
const TARGET_LINK_LAYER: u8 = 2;
const SOLICITED: u8 = 0x40;

/// An ICMP message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icmp {
    /// Which one.
    pub kind: IcmpKind,
    /// The packet that an error is about: its sender and receiver, where it has ports.
    pub quoted: Option<(SocketAddr, SocketAddr)>,
}

/// Kinds of ICMP messages, of both families.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IcmpKind {
    /// Echo request.
    Echo,
    /// Echo reply.
    Reply,
    /// A packet did not fit: "fragmentation needed" or "packet too big".
    TooBig,
    /// Any other: type and code.
    Other(u8, u8),
}

/// A neighbour solicitation or advertisement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// An advertisement; otherwise a solicitation.
    pub advertises: bool,
    /// An advertisement that answers a solicitation.
    pub solicited: bool,
    /// The address asked for or advertised.
    pub target: Ipv6Addr,
    /// The option: the target's MAC address in an advertisement, the sender's in a solicitation.
    pub link_layer: Option<Mac>,
}

/// Reads an ICMP message.
pub(super) fn v4(message: &[u8]) -> What {
    let [kind, code, ..] = *message else {
        return What::Other;
    };
    let kind = match (kind, code) {
        (V4_ECHO, _) => IcmpKind::Echo,
        (V4_REPLY, _) => IcmpKind::Reply,
        (V4_UNREACHABLE, V4_FRAGMENTATION_NEEDED) => IcmpKind::TooBig,
        _ => IcmpKind::Other(kind, code),
    };
    let quoted = message.get(HEAD..).and_then(quoted_v4);
    What::Icmp(Icmp { kind, quoted })
}

/// Reads an ICMPv6 message.
pub(super) fn v6(message: &[u8]) -> What {
    let [kind, code, ..] = *message else {
        return What::Other;
    };
    if kind == V6_SOLICITATION || kind == V6_ADVERTISEMENT {
        return neighbour(kind, message).map_or(What::Other, What::Neighbour);
    }
    let kind = match kind {
        V6_ECHO => IcmpKind::Echo,
        V6_REPLY => IcmpKind::Reply,
        V6_TOO_BIG => IcmpKind::TooBig,
        _ => IcmpKind::Other(kind, code),
    };
    let quoted = message.get(HEAD..).and_then(quoted_v6);
    What::Icmp(Icmp { kind, quoted })
}

fn neighbour(kind: u8, message: &[u8]) -> Option<Neighbour> {
    let target: [u8; 16] = message.get(HEAD..NEIGHBOUR_HEAD)?.try_into().ok()?;
    let advertises = kind == V6_ADVERTISEMENT;
    let wanted = if advertises {
        TARGET_LINK_LAYER
    } else {
        SOURCE_LINK_LAYER
    };
    Some(Neighbour {
        advertises,
        solicited: advertises && message[4] & SOLICITED != 0,
        target: target.into(),
        link_layer: option(message.get(NEIGHBOUR_HEAD..)?, wanted),
    })
}

/// The MAC address in an option.
fn option(mut options: &[u8], wanted: u8) -> Option<Mac> {
    while let [kind, eights, ..] = *options {
        let length = usize::from(eights) * 8;
        if length == 0 {
            return None;
        }
        if kind == wanted {
            return options.get(2..8)?.try_into().ok();
        }
        options = options.get(length..)?;
    }
    None
}

fn quoted_v4(packet: &[u8]) -> Option<(SocketAddr, SocketAddr)> {
    let address = |at: usize| -> Option<IpAddr> {
        let bytes: [u8; 4] = packet.get(at..at + 4)?.try_into().ok()?;
        Some(Ipv4Addr::from(bytes).into())
    };
    let length = usize::from(packet.first()? & 0xf) * 4;
    ends(address(12)?, address(16)?, packet.get(length..)?)
}

fn quoted_v6(packet: &[u8]) -> Option<(SocketAddr, SocketAddr)> {
    let address = |at: usize| -> Option<IpAddr> {
        let bytes: [u8; 16] = packet.get(at..at + 16)?.try_into().ok()?;
        Some(Ipv6Addr::from(bytes).into())
    };
    ends(address(8)?, address(24)?, packet.get(40..)?)
}

fn ends(from: IpAddr, to: IpAddr, transport: &[u8]) -> Option<(SocketAddr, SocketAddr)> {
    let port = |at: usize| {
        Some(u16::from_be_bytes(
            transport.get(at..at + 2)?.try_into().ok()?,
        ))
    };
    Some((
        SocketAddr::new(from, port(0)?),
        SocketAddr::new(to, port(2)?),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAC: [u8; 6] = [2, 0, 0, 0, 0, 9];

    fn discovery(kind: u8, flags: u8, option: u8) -> What {
        let mut message = vec![kind, 0, 0, 0, flags, 0, 0, 0];
        message.extend([7; 16]);
        // Another option first: a nonce.
        message.extend([14, 1, 0, 0, 0, 0, 0, 0]);
        message.extend([option, 1]);
        message.extend(MAC);
        v6(&message)
    }

    #[test]
    fn discovery_tells_target_and_link_layer_address() {
        let What::Neighbour(asked) = discovery(135, 0, SOURCE_LINK_LAYER) else {
            panic!("no solicitation");
        };
        assert_eq!((asked.advertises, asked.link_layer), (false, Some(MAC)));
        let What::Neighbour(told) = discovery(136, 0x60, TARGET_LINK_LAYER) else {
            panic!("no advertisement");
        };
        assert!(told.advertises && told.solicited);
        assert_eq!(told.target, Ipv6Addr::from([7; 16]));
        let What::Neighbour(other) = discovery(136, 0x20, SOURCE_LINK_LAYER) else {
            panic!("no advertisement");
        };
        assert_eq!((other.solicited, other.link_layer), (false, None));
    }

    #[test]
    fn an_error_tells_whose_packet_it_is_about() {
        let mut message = vec![3, 4, 0, 0, 0, 0, 5, 20, 0x45];
        message.extend([0; 11]);
        message.extend([10, 0, 0, 9, 10, 0, 0, 1, 0, 80, 4, 0]);
        let What::Icmp(error) = v4(&message) else {
            panic!("no error");
        };
        assert_eq!(error.kind, IcmpKind::TooBig);
        let (from, to) = error.quoted.expect("a quoted packet");
        assert_eq!(from.to_string(), "10.0.0.9:80");
        assert_eq!(to.to_string(), "10.0.0.1:1024");
    }

    #[test]
    fn what_is_cut_off_is_no_neighbour() {
        assert_eq!(v6(&[135, 0, 0, 0, 0, 0, 0, 0, 1, 2]), What::Other);
        assert_eq!(v4(&[]), What::Other);
    }
}
