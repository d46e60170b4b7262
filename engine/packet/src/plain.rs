//! Plain packets: whole ones of TCP and UDP right behind their IP header, as nearly all are.
//!
//! Nothing is copied out of the frame. What a decision wants to know is read where it asks: to keep
//! it at hand from the beginning costs the kernel's program, which has few registers, more.

use crate::abi::{PROTOCOL_TCP, PROTOCOL_UDP};
use crate::bytes::{Bytes, be16, be32, four, le16, le32, sixteen};
use crate::flow::Client;
use crate::frame::{ETHERNET, Kind, Packet, Part, Ports, TCP_ACK, TCP_SYN, Transport};
use crate::take::{Purpose, Subject};
use crate::{Addr, Mac};

/// Bytes of the protocol above that are read of TCP and UDP alike.
const SEGMENT: usize = 8;
/// Where TCP has its flags.
const FLAGS: usize = 13;
/// Bytes of a frame that are read where it carries IPv4.
const FOUR: usize = ETHERNET + 20 + SEGMENT;
/// Bytes of a frame that are read where it carries IPv6.
const SIX: usize = ETHERNET + 40 + SEGMENT;

/// A plain packet, in its frame.
#[derive(Clone, Copy)]
pub(crate) struct Plain<'a> {
    frame: Frame<'a>,
    segment: &'a [u8; SEGMENT],
    /// TCP or UDP.
    protocol: u8,
    purpose: Purpose,
}

#[derive(Clone, Copy)]
enum Frame<'a> {
    Four(&'a [u8; FOUR]),
    Six(&'a [u8; SIX]),
}

/// The plain packet in a frame, where it carries one.
#[inline(always)]
pub(crate) fn plain<B: Bytes + ?Sized>(bytes: &B) -> Option<Plain<'_>> {
    // Type of the frame, then version and length of the header, in the order of memory.
    const TYPE_AND_VERSION: usize = 12;
    const FOUR_OF_FIVE_WORDS: u32 = 0x0045_0008;
    const SIX_OF_ANY_CLASS: u32 = 0x0060_dd86;
    // Neither more fragments to come nor an offset, in the order of memory.
    const FRAGMENT: u16 = 0xff3f;
    let four = bytes.fixed::<FOUR>(0)?;
    let first = le32::<TYPE_AND_VERSION, FOUR>(four);
    let (frame, segment, protocol, flags) = if first & 0x00ff_ffff == FOUR_OF_FIVE_WORDS {
        if le16::<20, FOUR>(four) & FRAGMENT != 0 {
            return None;
        }
        let flags = FOUR - SEGMENT + FLAGS;
        (Frame::Four(four), four.last_chunk()?, four[23], flags)
    } else if first & 0x00f0_ffff == SIX_OF_ANY_CLASS {
        let six = bytes.fixed::<SIX>(0)?;
        let flags = SIX - SEGMENT + FLAGS;
        (Frame::Six(six), six.last_chunk()?, six[20], flags)
    } else {
        return None;
    };
    let purpose = match protocol {
        PROTOCOL_TCP => {
            let [flags] = bytes.fixed::<1>(flags)?;
            if flags & (TCP_SYN | TCP_ACK) == TCP_SYN {
                Purpose::Opens
            } else {
                Purpose::Continues
            }
        }
        PROTOCOL_UDP => Purpose::Datagram,
        _ => return None,
    };
    if bytes.vlan() != 0 {
        return None;
    }
    Some(Plain {
        frame,
        segment,
        protocol,
        purpose,
    })
}

impl Plain<'_> {
    /// Whom it is for.
    #[inline(always)]
    pub(crate) const fn destination(&self) -> Addr {
        match self.frame {
            Frame::Four(frame) => Addr::v4(four::<30, FOUR>(frame)),
            Frame::Six(frame) => Addr::v6(sixteen::<38, SIX>(frame)),
        }
    }

    #[inline(always)]
    const fn source(&self) -> Addr {
        match self.frame {
            Frame::Four(frame) => Addr::v4(four::<26, FOUR>(frame)),
            Frame::Six(frame) => Addr::v6(sixteen::<22, SIX>(frame)),
        }
    }

    /// The identification of the IPv4 header.
    #[inline(always)]
    const fn id(&self) -> u16 {
        match self.frame {
            Frame::Four(frame) => be16::<18, FOUR>(frame),
            Frame::Six(_) => 0,
        }
    }

    #[inline(always)]
    const fn is_v6(&self) -> bool {
        matches!(self.frame, Frame::Six(_))
    }
}

impl Subject for Plain<'_> {
    #[inline(always)]
    fn is_to(&self, mac: u64) -> bool {
        let (first, last) = match self.frame {
            Frame::Four(frame) => (le32::<0, FOUR>(frame), le16::<4, FOUR>(frame)),
            Frame::Six(frame) => (le32::<0, SIX>(frame), le16::<4, SIX>(frame)),
        };
        // In two steps, because the compiler would put one word together out of three.
        Mac::first(mac) == first && Mac::last(mac) == u32::from(last)
    }

    #[inline(always)]
    fn from(&self) -> Mac {
        let (first, last) = match self.frame {
            Frame::Four(frame) => (le32::<6, FOUR>(frame), le16::<10, FOUR>(frame)),
            Frame::Six(frame) => (le32::<6, SIX>(frame), le16::<10, SIX>(frame)),
        };
        Mac::from_word(first as u64 | (last as u64) << 32)
    }

    #[inline(always)]
    fn client(&self) -> Client {
        Client {
            is_v6: self.is_v6(),
            addr: self.source(),
            port: be16::<0, SEGMENT>(self.segment),
            id: self.id(),
        }
    }

    #[inline(always)]
    fn protocol(&self) -> u8 {
        self.protocol
    }

    #[inline(always)]
    fn ports(&self) -> Ports {
        Ports {
            source: be16::<0, SEGMENT>(self.segment),
            destination: be16::<2, SEGMENT>(self.segment),
        }
    }

    #[inline(always)]
    fn purpose(&self) -> Purpose {
        self.purpose
    }

    #[inline(always)]
    fn packet(&self) -> Packet {
        let kind = match self.purpose {
            Purpose::Datagram => Kind::Udp,
            Purpose::Opens => Kind::Syn,
            Purpose::Continues
            | Purpose::Echo
            | Purpose::Malformed
            | Purpose::About
            | Purpose::AboutDatagram => Kind::Tcp,
        };
        Packet {
            is_v6: self.is_v6(),
            part: Part::Whole,
            protocol: self.protocol,
            source: self.source(),
            destination: self.destination(),
            id: u32::from(self.id()),
            transport: Transport {
                kind,
                ports: self.ports(),
                sequence: if self.protocol == PROTOCOL_TCP {
                    be32::<4, SEGMENT>(self.segment)
                } else {
                    0
                },
                quoted_at: 0,
            },
        }
    }
}
