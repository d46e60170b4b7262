//! One captured frame: who sent it on layer 2, and what it is.

use std::net::{Ipv4Addr, SocketAddrV4};
use std::time::Instant;

use etherparse::{
    ArpOperation, ArpPacketSlice, LaxNetSlice, LaxSlicedPacket, LinkSlice, TcpSlice, TransportSlice,
};

use crate::link::Mac;

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
    /// Its content.
    pub what: What,
}

/// A frame's content, as far as the lab looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// TCP over IPv4.
    Tcp(Tcp),
    /// ARP for IPv4 over Ethernet.
    Arp(Arp),
    /// Anything else.
    Other,
}

/// A TCP segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tcp {
    /// Sender.
    pub from: SocketAddrV4,
    /// Receiver.
    pub to: SocketAddrV4,
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
        frame.what = match (&packet.net, &packet.transport) {
            (Some(LaxNetSlice::Ipv4(ip)), Some(TransportSlice::Tcp(segment))) => {
                let header = ip.header();
                What::Tcp(tcp(
                    header.source_addr(),
                    header.destination_addr(),
                    segment,
                ))
            }
            (Some(LaxNetSlice::Arp(packet)), _) => arp(packet).map_or(What::Other, What::Arp),
            _ => What::Other,
        };
        frame
    }

    /// The TCP segment in it.
    pub const fn tcp(&self) -> Option<&Tcp> {
        match &self.what {
            What::Tcp(tcp) => Some(tcp),
            What::Arp(_) | What::Other => None,
        }
    }

    /// The ARP packet in it.
    pub const fn arp(&self) -> Option<&Arp> {
        match &self.what {
            What::Arp(arp) => Some(arp),
            What::Tcp(_) | What::Other => None,
        }
    }
}

fn tcp(from: Ipv4Addr, to: Ipv4Addr, segment: &TcpSlice<'_>) -> Tcp {
    Tcp {
        from: SocketAddrV4::new(from, segment.source_port()),
        to: SocketAddrV4::new(to, segment.destination_port()),
        sequence: segment.sequence_number(),
        acknowledged: segment.acknowledgment_number(),
        syn: segment.syn(),
        ack: segment.ack(),
        rst: segment.rst(),
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
        assert_eq!(tcp.to.to_string(), "10.0.0.2:80");
    }

    #[test]
    fn rubbish_is_other() {
        assert_eq!(
            Frame::parse(Instant::now(), 3, &[1, 2, 3]).what,
            What::Other
        );
    }
}
