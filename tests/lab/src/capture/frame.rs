//! One captured frame: who sent it on layer 2, and what it is.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Instant;

use etherparse::{
    ArpOperation, ArpPacketSlice, LaxIpPayloadSlice, LaxNetSlice, LaxSlicedPacket, LinkSlice,
    TcpSlice, TransportSlice, UdpSlice,
};

use super::icmp::{self, Icmp, Neighbour};
use crate::link::Mac;

/// Length of an Ethernet header without tags.
const ETHERNET_HEADER_BYTES: u32 = 14;

/// Length of an IPv6 header.
const IPV6_HEADER_BYTES: u32 = 40;

/// A frame as it was seen.
#[derive(Clone, Debug)]
pub struct Frame {
    /// When it was read.
    pub at: Instant,
    /// Index of the interface by which it came.
    pub port: u32,
    /// Ethernet source.
    pub source: Mac,
    /// Ethernet destination.
    pub destination: Mac,
    /// Bytes from the Ethernet header on, without padding and checksum; of what is no IP packet, the
    /// bytes that were read.
    pub length: u32,
    /// Sender and receiver of the IP packet in it.
    pub ip: Option<(IpAddr, IpAddr)>,
    /// Its content.
    pub what: What,
}

/// A frame's content, as far as the lab looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// TCP.
    Tcp(Tcp),
    /// A whole UDP datagram.
    Udp(Udp),
    /// ICMP or ICMPv6, apart from neighbour discovery.
    Icmp(Icmp),
    /// A part of a datagram.
    Fragment(Fragment),
    /// ARP for IPv4 over Ethernet.
    Arp(Arp),
    /// Neighbour discovery of IPv6.
    Neighbour(Neighbour),
    /// Anything else.
    Other,
}

/// A TCP segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tcp {
    /// Sender.
    pub from: SocketAddr,
    /// Receiver.
    pub to: SocketAddr,
    /// Sequence number.
    pub sequence: u32,
    /// Acknowledgement number.
    pub acknowledged: u32,
    /// Opens a connection.
    pub syn: bool,
    /// Acknowledges.
    pub ack: bool,
    /// Resets the connection.
    pub rst: bool,
}

/// A UDP datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Udp {
    /// Sender.
    pub from: SocketAddr,
    /// Receiver.
    pub to: SocketAddr,
}

/// A part of a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fragment {
    /// Number of the protocol of the whole; of a first fragment only in IPv6.
    pub protocol: u8,
}

/// An ARP packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arp {
    /// A request; otherwise an answer.
    pub request: bool,
    /// The address that is said to be at `sender_mac`.
    pub sender: Ipv4Addr,
    /// See `sender`.
    pub sender_mac: Mac,
    /// The address asked for, or the receiver's.
    pub target: Ipv4Addr,
    /// The receiver's MAC address in an answer.
    pub target_mac: Mac,
}

impl Frame {
    /// Parses what was read of a frame; what cannot be parsed is [`What::Other`].
    pub fn parse(at: Instant, port: u32, bytes: &[u8]) -> Self {
        let mut frame = Self {
            at,
            port,
            source: [0; 6],
            destination: [0; 6],
            length: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
            ip: None,
            what: What::Other,
        };
        // Long frames are cut off, hence the reader that does not mind lengths.
        let Ok(packet) = LaxSlicedPacket::from_ethernet(bytes) else {
            return frame;
        };
        if let Some(LinkSlice::Ethernet2(ethernet)) = &packet.link {
            frame.source = ethernet.source();
            frame.destination = ethernet.destination();
        }
        let (ip, payload) = match &packet.net {
            Some(LaxNetSlice::Ipv4(ip)) => {
                let header = ip.header();
                let ends = (
                    header.source_addr().into(),
                    header.destination_addr().into(),
                );
                frame.length = ETHERNET_HEADER_BYTES + u32::from(header.total_len());
                (ends, ip.payload())
            }
            Some(LaxNetSlice::Ipv6(ip)) => {
                let header = ip.header();
                let headers = ETHERNET_HEADER_BYTES + IPV6_HEADER_BYTES;
                frame.length = headers + u32::from(header.payload_length());
                let ends = (
                    header.source_addr().into(),
                    header.destination_addr().into(),
                );
                (ends, ip.payload())
            }
            Some(LaxNetSlice::Arp(packet)) => {
                frame.what = arp(packet).map_or(What::Other, What::Arp);
                return frame;
            }
            None => return frame,
        };
        frame.ip = Some(ip);
        frame.what = content(ip, payload, packet.transport.as_ref());
        frame
    }

    /// The TCP segment in it.
    pub const fn tcp(&self) -> Option<&Tcp> {
        if let What::Tcp(tcp) = &self.what {
            Some(tcp)
        } else {
            None
        }
    }

    /// The ICMP message in it.
    pub const fn icmp(&self) -> Option<&Icmp> {
        if let What::Icmp(icmp) = &self.what {
            Some(icmp)
        } else {
            None
        }
    }

    /// The ARP packet in it.
    pub const fn arp(&self) -> Option<&Arp> {
        if let What::Arp(arp) = &self.what {
            Some(arp)
        } else {
            None
        }
    }

    /// The address that this frame says is at a MAC address, and that MAC address: every ARP packet
    /// says so of its sender, neighbour discovery where it carries a link-layer address.
    pub fn binding(&self) -> Option<(IpAddr, Mac)> {
        match &self.what {
            What::Arp(arp) => Some((arp.sender.into(), arp.sender_mac)),
            What::Neighbour(neighbour) => {
                let said_of = if neighbour.advertises {
                    IpAddr::V6(neighbour.target)
                } else {
                    self.ip?.0
                };
                Some((said_of, neighbour.link_layer?))
            }
            What::Tcp(_) | What::Udp(_) | What::Icmp(_) | What::Fragment(_) | What::Other => None,
        }
    }
}

fn content(
    (from, to): (IpAddr, IpAddr),
    payload: &LaxIpPayloadSlice<'_>,
    transport: Option<&TransportSlice<'_>>,
) -> What {
    if payload.fragmented {
        let protocol = payload.ip_number.0;
        return What::Fragment(Fragment { protocol });
    }
    match transport {
        Some(TransportSlice::Tcp(segment)) => What::Tcp(tcp(from, to, segment)),
        Some(TransportSlice::Udp(datagram)) => What::Udp(udp(from, to, datagram)),
        Some(TransportSlice::Icmpv4(_)) => icmp::v4(payload.payload),
        Some(TransportSlice::Icmpv6(_)) => icmp::v6(payload.payload),
        Some(TransportSlice::Igmp(_)) | None => What::Other,
    }
}

fn tcp(from: IpAddr, to: IpAddr, segment: &TcpSlice<'_>) -> Tcp {
    Tcp {
        from: SocketAddr::new(from, segment.source_port()),
        to: SocketAddr::new(to, segment.destination_port()),
        sequence: segment.sequence_number(),
        acknowledged: segment.acknowledgment_number(),
        syn: segment.syn(),
        ack: segment.ack(),
        rst: segment.rst(),
    }
}

fn udp(from: IpAddr, to: IpAddr, datagram: &UdpSlice<'_>) -> Udp {
    Udp {
        from: SocketAddr::new(from, datagram.source_port()),
        to: SocketAddr::new(to, datagram.destination_port()),
    }
}

fn arp(packet: &ArpPacketSlice<'_>) -> Option<Arp> {
    let address = |bytes: &[u8]| <[u8; 4]>::try_from(bytes).ok().map(Ipv4Addr::from);
    Some(Arp {
        request: packet.operation() == ArpOperation::REQUEST,
        sender: address(packet.sender_protocol_addr())?,
        sender_mac: packet.sender_hw_addr().try_into().ok()?,
        target: address(packet.target_protocol_addr())?,
        target_mac: packet.target_hw_addr().try_into().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use etherparse::PacketBuilder;

    use super::*;

    #[test]
    fn a_cut_off_segment_is_still_read() {
        let mut bytes = Vec::new();
        PacketBuilder::ethernet2([2; 6], [4; 6])
            .ipv4([10, 0, 0, 1], [10, 0, 0, 2], 64)
            .tcp(1000, 80, 7, 512)
            .syn()
            .write(&mut bytes, &[0; 600])
            .expect("a frame");
        let frame = Frame::parse(Instant::now(), 3, &bytes[..256]);
        assert_eq!((frame.source, frame.destination), ([2; 6], [4; 6]));
        let tcp = frame.tcp().expect("a segment");
        assert_eq!((tcp.sequence, tcp.syn, tcp.ack), (7, true, false));
        assert_eq!(frame.length, 14 + 20 + 20 + 600);
        assert_eq!(tcp.to.to_string(), "10.0.0.2:80");
    }

    #[test]
    fn ipv6_segments_and_datagrams_are_read() {
        let builder = || PacketBuilder::ethernet2([2; 6], [4; 6]).ipv6([1; 16], [2; 16], 64);
        let mut bytes = Vec::new();
        let tcp = builder().tcp(1000, 80, 7, 512).syn();
        tcp.write(&mut bytes, &[]).expect("a frame");
        let frame = Frame::parse(Instant::now(), 3, &bytes);
        assert!(frame.tcp().is_some_and(|tcp| tcp.to.port() == 80));
        let mut bytes = Vec::new();
        let udp = builder().udp(1000, 53);
        udp.write(&mut bytes, &[1; 300]).expect("a frame");
        let frame = Frame::parse(Instant::now(), 3, &bytes[..256]);
        assert!(matches!(frame.what, What::Udp(udp) if udp.to.port() == 53));
    }

    #[test]
    fn rubbish_is_other() {
        assert_eq!(
            Frame::parse(Instant::now(), 3, &[1, 2, 3]).what,
            What::Other
        );
    }
}
