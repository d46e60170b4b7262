//! All parts of a datagram go where its first part went: only that one has the ports.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::Mac;
use crate::frame::Packet;

/// Which datagram a part belongs to: the key of the table of fates.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Datagram {
    /// The sender ([`crate::Addr::words`]).
    pub source: [u64; 2],
    /// The receiver.
    pub destination: [u64; 2],
    /// Its identification.
    pub id: u32,
    /// The protocol in IPv4; zero in IPv6, where the identification alone tells the datagrams of a
    /// pair of addresses apart (RFC 8200 section 4.5).
    pub protocol: u32,
}

impl Datagram {
    /// The datagram that a packet is a part of.
    #[inline(always)]
    pub const fn of(packet: &Packet) -> Self {
        Self {
            source: packet.source.words(),
            destination: packet.destination.words(),
            id: packet.id,
            protocol: if packet.is_v6 {
                0
            } else {
                packet.protocol as u32
            },
        }
    }
}

/// What became of the first part of a datagram: a number, as it stands in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(transparent)]
pub struct Fate(u64);

impl Fate {
    /// It was dropped.
    pub const DROPPED: Self = Self(0);
    /// This node's stack got it. No node has this MAC address.
    pub const ACCEPTED: Self = Self(1);

    /// It was sent on to the node with this MAC address.
    #[inline(always)]
    pub const fn forwarded(to: Mac) -> Self {
        Self(to.word())
    }

    /// The MAC address of the node that it was sent on to, if it was.
    #[inline(always)]
    pub const fn mac(self) -> Mac {
        Mac::from_word(self.0)
    }

    /// The number that stands in the table.
    #[inline(always)]
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The fate with this number.
    #[inline(always)]
    pub const fn from_number(number: u64) -> Self {
        Self(number)
    }
}
