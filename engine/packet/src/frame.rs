//! Parses a frame as far as a decision needs it: link layer, addresses, ports, flags, ARP.
//!
//! Reads Ethernet, IPv4 with options, IPv6 with extension headers, TCP,
//! UDP, ICMP echo and errors, parts of datagrams, ARP and neighbour discovery. What it does not
//! know it names, and never guesses.

mod icmp;
mod ipv4;
mod ipv6;
mod neighbour;

use crate::bytes::{Bytes, be16, be32, mac};
use crate::{Addr, Mac};

pub use icmp::quote;
pub use neighbour::{Arp, Discovery};

/// Bytes of a frame that lie in one piece before it is parsed, where the frame has as many:
/// Ethernet, an IPv6 header, and what is needed of what follows: a neighbour solicitation with its
/// option. What lies further behind is read by [`Bytes::stated`].
pub const HEADERS_MAX: usize = ETHERNET + 40 + 32;

/// Bytes of an Ethernet header.
pub const ETHERNET: usize = 14;

const TYPE_IPV4: u16 = 0x0800;
const TYPE_ARP: u16 = 0x0806;
const TYPE_IPV6: u16 = 0x86dd;

const PROTOCOL_ICMP: u8 = 1;
const PROTOCOL_TCP: u8 = 6;
const PROTOCOL_UDP: u8 = 17;
const PROTOCOL_ICMPV6: u8 = 58;

pub(crate) const TCP_FIN: u8 = 0x01;
pub(crate) const TCP_SYN: u8 = 0x02;
pub(crate) const TCP_PSH: u8 = 0x08;
pub(crate) const TCP_ACK: u8 = 0x10;

/// A frame, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// From where to where on the link.
    pub hop: Hop,
    /// What it carries.
    pub content: Content,
}

/// Addresses of a frame on the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hop {
    /// Destination.
    pub to: Mac,
    /// Source.
    pub from: Mac,
}

impl Hop {
    #[inline(always)]
    const fn of(ethernet: &[u8; ETHERNET]) -> Self {
        Self {
            to: mac::<0, ETHERNET>(ethernet),
            from: mac::<6, ETHERNET>(ethernet),
        }
    }
}

/// What a frame carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// An IPv4 or IPv6 packet.
    Ip(Packet),
    /// An ARP message for Ethernet and IPv4.
    Arp(Arp),
    /// An ICMPv6 neighbour solicitation or advertisement.
    Discovery(Discovery),
    /// Neither, or too short to tell for whom it is, or tagged for a VLAN: that is another
    /// interface's, whose own programs see the frame without the tag.
    Other,
}

/// An IP packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    /// IPv6, not IPv4.
    pub is_v6: bool,
    /// Whether it is a datagram or a part of one.
    pub part: Part,
    /// Number of the protocol above; behind all extension headers that were read.
    pub protocol: u8,
    /// The sender: the client, for packets to a virtual address.
    pub source: Addr,
    /// The receiver: perhaps a virtual address.
    pub destination: Addr,
    /// The identification of the IPv4 header, or of an IPv6 fragment header; zero without one.
    pub id: u32,
    /// What it carries; [`Kind::Other`] in a later part.
    pub transport: Transport,
}

/// Whether a packet is a whole datagram (RFC 791 section 3.2, RFC 8200 section 4.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A whole datagram.
    Whole,
    /// The first part of one, which has the header of the protocol above.
    First,
    /// Any other part.
    Later,
}

impl Part {
    /// From the offset of a part, in any unit, and whether more parts follow.
    #[inline(always)]
    const fn new(offset: u16, more: bool) -> Self {
        match (offset, more) {
            (0, false) => Self::Whole,
            (0, true) => Self::First,
            _ => Self::Later,
        }
    }
}

/// What an IP packet carries. Every field has a value whatever the kind, because the kernel's verifier
/// refuses a program that moves about what was never written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transport {
    /// Which protocol, and what for.
    pub kind: Kind,
    /// Source and destination port of TCP and UDP, else [`Ports::NONE`].
    pub ports: Ports,
    /// Sequence number of a TCP segment, else zero.
    pub sequence: u32,
    /// Flags of a TCP segment, else zero.
    pub flags: u8,
    /// Where the packet starts in the frame that an error quotes, in bytes, else zero: see [`quote`].
    pub quoted_at: usize,
}

/// Which protocol an IP packet carries, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A TCP segment that asks for a new connection: SYN without ACK.
    Syn,
    /// Any other TCP segment.
    Tcp,
    /// A UDP datagram.
    Udp,
    /// An ICMP or ICMPv6 echo request.
    Echo,
    /// An ICMP or ICMPv6 error, about a packet that the receiver sent.
    Error,
    /// Cut short, or a header contradicts itself.
    Malformed,
    /// Any other protocol, or a later part of a datagram.
    Other,
}

impl Transport {
    /// What has no ports.
    #[inline(always)]
    const fn plain(kind: Kind) -> Self {
        Self {
            kind,
            ports: Ports::NONE,
            sequence: 0,
            flags: 0,
            quoted_at: 0,
        }
    }

    /// An error about the packet at `quoted_at`.
    #[inline(always)]
    const fn error(quoted_at: usize) -> Self {
        Self {
            quoted_at,
            ..Self::plain(Kind::Error)
        }
    }
}

/// Ports of a TCP or UDP packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    /// The sender's; of a quoted packet, that of the client.
    pub source: u16,
    /// The receiver's; of a quoted packet, that of the service.
    pub destination: u16,
}

impl Ports {
    /// Of a packet that has none.
    pub const NONE: Self = Self {
        source: 0,
        destination: 0,
    };
}

/// The packet that an ICMP error quotes, seen from its receiver, the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Who sent it: the address of the service.
    pub service: Addr,
    /// Whom it was for.
    pub client: Addr,
    /// What it carried: [`Kind::Tcp`], [`Kind::Udp`], or [`Kind::Other`] where it is known by its
    /// addresses only.
    pub kind: Kind,
    /// The ports of TCP and UDP.
    pub ports: Ports,
}

/// Takes a frame apart; `None` when not even the link header is there.
#[inline(always)]
pub fn parse<B: Bytes + ?Sized>(bytes: &B) -> Option<Frame> {
    let ethernet = bytes.fixed::<ETHERNET>(0)?;
    Some(Frame {
        hop: Hop::of(ethernet),
        content: content(bytes, be16::<12, ETHERNET>(ethernet)),
    })
}

#[inline(always)]
fn content<B: Bytes + ?Sized>(bytes: &B, ether_type: u16) -> Content {
    if bytes.vlan() != 0 {
        return Content::Other;
    }
    match ether_type {
        TYPE_IPV4 => ipv4::packet(bytes).map_or(Content::Other, Content::Ip),
        TYPE_IPV6 => ipv6::content(bytes),
        TYPE_ARP => neighbour::arp(bytes).map_or(Content::Other, Content::Arp),
        _ => Content::Other,
    }
}

/// What a frame says about the MAC address of an IP address: ARP or neighbour discovery. Reads less
/// than [`parse`], for frames of which most say nothing.
#[inline(always)]
pub fn parse_binding<B: Bytes + ?Sized>(bytes: &B) -> Content {
    let Some(ethernet) = bytes.fixed::<ETHERNET>(0) else {
        return Content::Other;
    };
    match be16::<12, ETHERNET>(ethernet) {
        TYPE_ARP => neighbour::arp(bytes).map_or(Content::Other, Content::Arp),
        TYPE_IPV6 => ipv6::discovery(bytes).map_or(Content::Other, Content::Discovery),
        _ => Content::Other,
    }
}

/// TCP from the first bytes of its header, as far as the flags.
#[inline(always)]
const fn tcp(header: &[u8; 14]) -> Transport {
    let opens = header[13] & (TCP_SYN | TCP_ACK) == TCP_SYN;
    Transport {
        kind: if opens { Kind::Syn } else { Kind::Tcp },
        ports: Ports {
            source: be16::<0, 14>(header),
            destination: be16::<2, 14>(header),
        },
        sequence: be32::<4, 14>(header),
        flags: header[13],
        quoted_at: 0,
    }
}

/// UDP from the first bytes of its header.
#[inline(always)]
const fn udp(header: &[u8; 4]) -> Transport {
    Transport {
        kind: Kind::Udp,
        ports: Ports {
            source: be16::<0, 4>(header),
            destination: be16::<2, 4>(header),
        },
        sequence: 0,
        flags: 0,
        quoted_at: 0,
    }
}

/// TCP whose header may be cut short.
#[inline(always)]
fn tcp_or_less(header: Option<&[u8; 14]>) -> Transport {
    header.map_or(Transport::plain(Kind::Malformed), tcp)
}

/// UDP whose header may be cut short.
#[inline(always)]
fn udp_or_less(header: Option<&[u8; 4]>) -> Transport {
    header.map_or(Transport::plain(Kind::Malformed), udp)
}
