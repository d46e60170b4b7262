//! Parses a frame as far as a decision needs it: link layer, addresses, ports, flags, ARP.
//!
//! Reads Ethernet with up to two VLAN tags, IPv4 with options, IPv6, TCP, UDP, ICMP echo, ARP and
//! neighbour solicitations. What it does not know it names, and never guesses.

use crate::bytes::{Bytes, be16, four, mac, sixteen};
use crate::{Addr, Mac};

/// Bytes of a frame that the parser looks at, at the most: Ethernet, two tags, the longest IPv4
/// header (or an IPv6 header), and what is needed of what follows.
pub const HEADERS_MAX: usize = 14 + 8 + 60 + 24;

const ETHERNET: usize = 14;
const VLAN_TAG: usize = 4;
const IPV6_HEADER: usize = 40;

const TYPE_IPV4: u16 = 0x0800;
const TYPE_ARP: u16 = 0x0806;
const TYPE_IPV6: u16 = 0x86dd;
const TYPE_VLAN: u16 = 0x8100;
const TYPE_QINQ: u16 = 0x88a8;

const PROTOCOL_ICMP: u8 = 1;
const PROTOCOL_TCP: u8 = 6;
const PROTOCOL_UDP: u8 = 17;
const PROTOCOL_FRAGMENT: u8 = 44;
const PROTOCOL_ICMPV6: u8 = 58;

const ICMP_ECHO: u8 = 8;
const ICMPV6_ECHO: u8 = 128;
const ICMPV6_SOLICITATION: u8 = 135;

const TCP_SYN: u8 = 0x02;
const TCP_ACK: u8 = 0x10;

/// A frame, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Destination on the link.
    pub to: Mac,
    /// Source on the link.
    pub from: Mac,
    /// What it carries.
    pub content: Content,
}

/// What a frame carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// An IPv4 or IPv6 packet.
    Ip(Packet),
    /// An ARP message for Ethernet and IPv4.
    Arp(Arp),
    /// An ICMPv6 neighbour solicitation.
    Solicitation {
        /// Who is looked for.
        target: Addr,
    },
    /// Neither, or too short to tell for whom it is.
    Other,
}

/// An IP packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet {
    /// IPv6, not IPv4.
    pub is_v6: bool,
    /// The sender: the client, for packets to a virtual address.
    pub source: Addr,
    /// The receiver: perhaps a virtual address.
    pub destination: Addr,
    /// The identification field of the IPv4 header, zero in IPv6.
    pub id: u16,
    /// The protocol above.
    pub transport: Transport,
}

/// What an IP packet carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// A TCP segment.
    Tcp {
        /// Source and destination port.
        ports: Ports,
        /// SYN without ACK: asks for a new connection.
        opens: bool,
    },
    /// A UDP datagram.
    Udp {
        /// Source and destination port.
        ports: Ports,
    },
    /// ICMP or ICMPv6 echo request.
    Echo,
    /// A part of a datagram: the ports are not in every part.
    Fragment,
    /// Cut short, or a header contradicts itself.
    Malformed,
    /// Any other protocol.
    Other,
}

/// Ports of a TCP or UDP packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ports {
    /// The sender's.
    pub source: u16,
    /// The receiver's.
    pub destination: u16,
}

/// An ARP message for Ethernet and IPv4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arp {
    /// Where it starts in the frame, in bytes: behind the VLAN tags.
    pub at: usize,
    /// A request, not a reply.
    pub is_request: bool,
    /// The sender's MAC address.
    pub sender_mac: Mac,
    /// The sender's address, as four bytes: asked with, or announced.
    pub sender: [u8; 4],
    /// The address that is asked for.
    pub target: [u8; 4],
}

/// Takes a frame apart; `None` when not even the link header is there.
#[inline(always)]
pub fn parse<B: Bytes + ?Sized>(bytes: &B) -> Option<Frame> {
    let ethernet = bytes.fixed::<ETHERNET>(0)?;
    Some(Frame {
        to: mac::<0, ETHERNET>(ethernet),
        from: mac::<6, ETHERNET>(ethernet),
        content: tagged(bytes, be16::<12, ETHERNET>(ethernet)),
    })
}

/// Skips up to two VLAN tags.
#[inline(always)]
fn tagged<B: Bytes + ?Sized>(bytes: &B, ether_type: u16) -> Content {
    if ether_type != TYPE_VLAN && ether_type != TYPE_QINQ {
        return content(bytes, ether_type, ETHERNET);
    }
    let Some(outer) = bytes.fixed::<VLAN_TAG>(ETHERNET) else {
        return Content::Other;
    };
    let ether_type = be16::<2, VLAN_TAG>(outer);
    if ether_type != TYPE_VLAN {
        return content(bytes, ether_type, ETHERNET + VLAN_TAG);
    }
    let Some(inner) = bytes.fixed::<VLAN_TAG>(ETHERNET + VLAN_TAG) else {
        return Content::Other;
    };
    content(bytes, be16::<2, VLAN_TAG>(inner), ETHERNET + 2 * VLAN_TAG)
}

#[inline(always)]
fn content<B: Bytes + ?Sized>(bytes: &B, ether_type: u16, at: usize) -> Content {
    match ether_type {
        TYPE_IPV4 => ipv4(bytes, at).map_or(Content::Other, Content::Ip),
        TYPE_IPV6 => ipv6(bytes, at),
        TYPE_ARP => arp(bytes, at).map_or(Content::Other, Content::Arp),
        _ => Content::Other,
    }
}

#[inline(always)]
fn ipv4<B: Bytes + ?Sized>(bytes: &B, at: usize) -> Option<Packet> {
    let header = bytes.fixed::<20>(at)?;
    let len = usize::from(header[0] & 0xf) * 4;
    // More fragments, or not the first one.
    let is_fragment = be16::<6, 20>(header) & 0x3fff != 0;
    let transport = if header[0] >> 4 != 4 || len < 20 {
        Transport::Malformed
    } else if is_fragment {
        Transport::Fragment
    } else if len == 20 {
        transport_at(bytes.fixed::<4>(at + 20), header[9], || {
            bytes.fixed::<14>(at + 20).copied()
        })
    } else {
        let head = bytes.stated::<4>(at + len);
        transport_at(head.as_ref(), header[9], || bytes.stated::<14>(at + len))
    };
    Some(Packet {
        is_v6: false,
        source: Addr::v4(four::<12, 20>(header)),
        destination: Addr::v4(four::<16, 20>(header)),
        id: be16::<4, 20>(header),
        transport,
    })
}

#[inline(always)]
fn ipv6<B: Bytes + ?Sized>(bytes: &B, at: usize) -> Content {
    let Some(header) = bytes.fixed::<IPV6_HEADER>(at) else {
        return Content::Other;
    };
    let above = at + IPV6_HEADER;
    let transport = match header[6] {
        _ if header[0] >> 4 != 6 => Transport::Malformed,
        PROTOCOL_FRAGMENT => Transport::Fragment,
        PROTOCOL_ICMPV6 => match bytes.fixed::<4>(above) {
            None => Transport::Malformed,
            Some(head) if head[0] == ICMPV6_ECHO => Transport::Echo,
            Some(head) if head[0] == ICMPV6_SOLICITATION => return solicitation(bytes, above),
            Some(_) => Transport::Other,
        },
        // ICMP over IPv6 does not exist.
        PROTOCOL_ICMP => Transport::Other,
        protocol => transport_at(bytes.fixed::<4>(above), protocol, || {
            bytes.fixed::<14>(above).copied()
        }),
    };
    Content::Ip(Packet {
        is_v6: true,
        source: Addr::v6(sixteen::<8, IPV6_HEADER>(header)),
        destination: Addr::v6(sixteen::<24, IPV6_HEADER>(header)),
        id: 0,
        transport,
    })
}

#[inline(always)]
fn solicitation<B: Bytes + ?Sized>(bytes: &B, at: usize) -> Content {
    let Some(message) = bytes.fixed::<24>(at) else {
        return Content::Other;
    };
    Content::Solicitation {
        target: Addr::v6(sixteen::<8, 24>(message)),
    }
}

/// TCP, UDP or ICMP from its first four bytes; `tcp` reads as far as the flags.
#[inline(always)]
fn transport_at(
    head: Option<&[u8; 4]>,
    protocol: u8,
    tcp: impl FnOnce() -> Option<[u8; 14]>,
) -> Transport {
    if protocol != PROTOCOL_TCP && protocol != PROTOCOL_UDP && protocol != PROTOCOL_ICMP {
        return Transport::Other;
    }
    if protocol == PROTOCOL_TCP {
        let Some(header) = tcp() else {
            return Transport::Malformed;
        };
        let ports = Ports {
            source: be16::<0, 14>(&header),
            destination: be16::<2, 14>(&header),
        };
        return Transport::Tcp {
            ports,
            opens: header[13] & (TCP_SYN | TCP_ACK) == TCP_SYN,
        };
    }
    let Some(head) = head else {
        return Transport::Malformed;
    };
    if protocol == PROTOCOL_UDP {
        let ports = Ports {
            source: be16::<0, 4>(head),
            destination: be16::<2, 4>(head),
        };
        return Transport::Udp { ports };
    }
    if head[0] == ICMP_ECHO {
        Transport::Echo
    } else {
        Transport::Other
    }
}

/// ARP for other links or protocols than Ethernet and IPv4 is nobody's here.
#[inline(always)]
fn arp<B: Bytes + ?Sized>(bytes: &B, at: usize) -> Option<Arp> {
    const LEN: usize = 28;
    let message = bytes.fixed::<LEN>(at)?;
    let for_ethernet_and_ipv4 = be16::<0, LEN>(message) == 1
        && be16::<2, LEN>(message) == TYPE_IPV4
        && be16::<4, LEN>(message) == 0x0604;
    for_ethernet_and_ipv4.then(|| Arp {
        at,
        is_request: be16::<6, LEN>(message) == 1,
        sender_mac: mac::<8, LEN>(message),
        sender: four::<14, LEN>(message),
        target: four::<24, LEN>(message),
    })
}
