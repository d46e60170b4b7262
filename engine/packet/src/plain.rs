//! Plain packets: whole ones of TCP and UDP right behind their IP header, as nearly all are.
//!
//! Nothing is copied out of the frame. What a decision wants to know is read where it asks: to keep
//! it at hand from the beginning costs the kernel's program, which has few registers, more.

use crate::abi::{PROTOCOL_TCP, PROTOCOL_UDP};
use crate::bytes::{Bytes, piece};
use crate::flow::Client;
use crate::frame::{ETHERNET, Kind, Packet, Part, Ports, TCP_ACK, TCP_SYN, Transport};
use crate::take::{Purpose, Subject};
use crate::{Addr, Mac};

/// Bytes of the protocol above that are there: TCP as far as its flags. A shorter datagram of UDP is
/// not plain; no Ethernet carries a frame that short.
const SEGMENT: usize = 14;
/// Bytes of a frame that are read where it carries IPv4.
pub(crate) const FOUR: usize = ETHERNET + 20 + SEGMENT;
/// Bytes of a frame that are read where it carries IPv6.
pub(crate) const SIX: usize = ETHERNET + 40 + SEGMENT;

/// A plain packet, in its frame: a type of its own for either IP, of which the compiler makes a way of
/// its own through the program.
#[derive(Clone, Copy)]
pub(crate) struct Plain<'a, const BYTES: usize> {
    frame: &'a [u8; BYTES],
    /// TCP or UDP.
    protocol: u8,
    purpose: Purpose,
}

/// Where type of the frame, then version and length of the header stand, in the order of memory.
const TYPE_AND_VERSION: usize = 12;

/// The plain packet of IPv4 in a frame, where it carries one.
#[inline(always)]
pub(crate) fn plain_four<B: Bytes + ?Sized>(bytes: &B) -> Option<Plain<'_, FOUR>> {
    const OF_FIVE_WORDS: u32 = 0x0045_0008;
    // Neither more fragments to come nor an offset, in the order of memory.
    const FRAGMENT: u16 = 0xff3f;
    let frame = bytes.fixed::<FOUR>(0)?;
    let first = u32::from_le_bytes(piece(frame, TYPE_AND_VERSION));
    if first & 0x00ff_ffff != OF_FIVE_WORDS {
        return None;
    }
    if u16::from_le_bytes(piece(frame, 20)) & FRAGMENT != 0 {
        return None;
    }
    Plain::new(bytes, frame, frame[23])
}

/// The plain packet of IPv6 in a frame, where it carries one.
#[inline(always)]
pub(crate) fn plain_six<B: Bytes + ?Sized>(bytes: &B) -> Option<Plain<'_, SIX>> {
    const OF_ANY_CLASS: u32 = 0x0060_dd86;
    let frame = bytes.fixed::<SIX>(0)?;
    let first = u32::from_le_bytes(piece(frame, TYPE_AND_VERSION));
    if first & 0x00f0_ffff != OF_ANY_CLASS {
        return None;
    }
    Plain::new(bytes, frame, frame[20])
}

impl<'a, const BYTES: usize> Plain<'a, BYTES> {
    const IS_V6: bool = BYTES == SIX;

    #[inline(always)]
    fn new<B: Bytes + ?Sized>(bytes: &B, frame: &'a [u8; BYTES], protocol: u8) -> Option<Self> {
        let purpose = match protocol {
            PROTOCOL_TCP => {
                let flags = frame[BYTES - SEGMENT + 13];
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
        Some(Self {
            frame,
            protocol,
            purpose,
        })
    }

    /// Whom it is for.
    #[inline(always)]
    pub(crate) const fn destination(&self) -> Addr {
        if Self::IS_V6 {
            self.addr(38)
        } else {
            Addr::v4(piece(self.frame, 30))
        }
    }

    /// An IPv6 address in the frame.
    #[inline(always)]
    const fn addr(&self, at: usize) -> Addr {
        Addr::from_words([
            u64::from_le_bytes(piece(self.frame, at)),
            u64::from_le_bytes(piece(self.frame, at + 8)),
        ])
    }

    /// Whether it answers a SYN.
    #[inline(always)]
    pub(crate) const fn answers_syn(&self) -> bool {
        let flags = self.flags();
        self.protocol == PROTOCOL_TCP && flags & (TCP_SYN | TCP_ACK) == TCP_SYN | TCP_ACK
    }

    /// The flags of a TCP segment.
    #[inline(always)]
    const fn flags(&self) -> u8 {
        self.frame[BYTES - SEGMENT + 13]
    }

    /// Of an answer: the ports of client and service.
    #[inline(always)]
    pub(crate) const fn answered_ports(&self) -> Ports {
        Ports {
            source: self.above(2),
            destination: self.above(0),
        }
    }

    /// Of an answer: the client.
    #[inline(always)]
    pub(crate) const fn answered_client(&self) -> Client {
        Client {
            is_v6: Self::IS_V6,
            addr: self.destination(),
            port: self.above(2),
            id: 0,
        }
    }

    /// The sequence number that it waits for.
    #[inline(always)]
    pub(crate) const fn acknowledges(&self) -> u32 {
        u32::from_be_bytes(piece(self.frame, BYTES - SEGMENT + 8))
    }

    /// Who sends it.
    #[inline(always)]
    pub(crate) const fn source(&self) -> Addr {
        if Self::IS_V6 {
            self.addr(22)
        } else {
            Addr::v4(piece(self.frame, 26))
        }
    }

    /// The identification of the IPv4 header.
    #[inline(always)]
    const fn id(&self) -> u16 {
        if Self::IS_V6 {
            0
        } else {
            u16::from_be_bytes(piece(self.frame, 18))
        }
    }

    /// The big-endian number in the protocol above.
    #[inline(always)]
    const fn above(&self, at: usize) -> u16 {
        u16::from_be_bytes(piece(self.frame, BYTES - SEGMENT + at))
    }
}

impl<const BYTES: usize> Subject for Plain<'_, BYTES> {
    #[inline(always)]
    fn is_to(&self, mac: u64) -> bool {
        let first = u32::from_le_bytes(piece(self.frame, 0));
        let last = u16::from_le_bytes(piece(self.frame, 4));
        // In two steps, because the compiler would put one word together out of three.
        Mac::first(mac) == first && Mac::last(mac) == u32::from(last)
    }

    #[inline(always)]
    fn from(&self) -> Mac {
        let first = u16::from_le_bytes(piece(self.frame, 6));
        let last = u32::from_le_bytes(piece(self.frame, 8));
        Mac::from_word(u64::from(first) | u64::from(last) << 16)
    }

    #[inline(always)]
    fn client(&self) -> Client {
        Client {
            is_v6: Self::IS_V6,
            addr: self.source(),
            port: self.above(0),
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
            source: self.above(0),
            destination: self.above(2),
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
            is_v6: Self::IS_V6,
            part: Part::Whole,
            protocol: self.protocol,
            source: self.source(),
            destination: self.destination(),
            id: u32::from(self.id()),
            transport: Transport {
                kind,
                ports: self.ports(),
                sequence: if self.protocol == PROTOCOL_TCP {
                    u32::from_be_bytes(piece(self.frame, BYTES - SEGMENT + 4))
                } else {
                    0
                },
                flags: if self.protocol == PROTOCOL_TCP {
                    self.flags()
                } else {
                    0
                },
                quoted_at: 0,
            },
        }
    }
}
