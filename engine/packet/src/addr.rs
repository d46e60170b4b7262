//! Addresses in the form in which they are compared and looked up.

use core::fmt;
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An IP address, IPv4 as IPv4-mapped IPv6: one form of key for both. Two words, which stay in
/// registers where 16 bytes would not.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Addr([u64; 2]);

/// The second word of an IPv4-mapped address without the IPv4 address.
const MAPPED: u64 = 0xffff_0000;

impl Addr {
    /// The IPv4 address with these bytes.
    #[inline(always)]
    pub const fn v4(bytes: [u8; 4]) -> Self {
        Self([0, MAPPED | (u32::from_le_bytes(bytes) as u64) << 32])
    }

    /// The IPv6 address with these bytes.
    #[inline(always)]
    pub const fn v6(bytes: [u8; 16]) -> Self {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = bytes;
        let first = u64::from_le_bytes([a, b, c, d, e, f, g, h]);
        Self([first, u64::from_le_bytes([i, j, k, l, m, n, o, p])])
    }

    /// The IPv6 address that two little-endian words hold.
    #[inline(always)]
    pub const fn from_words(words: [u64; 2]) -> Self {
        Self(words)
    }

    /// The IPv6 or IPv4-mapped address as two little-endian words.
    #[inline(always)]
    pub const fn words(self) -> [u64; 2] {
        self.0
    }

    /// The bytes of the IPv6 or IPv4-mapped address.
    #[inline(always)]
    pub const fn bytes(self) -> [u8; 16] {
        let [a, b, c, d, e, f, g, h] = self.0[0].to_le_bytes();
        let [i, j, k, l, m, n, o, p] = self.0[1].to_le_bytes();
        [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
    }

    /// The last four bytes: the IPv4 address, where it is one.
    #[inline(always)]
    pub const fn last_four(self) -> [u8; 4] {
        let [_, _, _, _, a, b, c, d] = self.0[1].to_le_bytes();
        [a, b, c, d]
    }
}

impl From<IpAddr> for Addr {
    fn from(addr: IpAddr) -> Self {
        match addr {
            IpAddr::V4(v4) => Self::v4(v4.octets()),
            IpAddr::V6(v6) => Self::v6(v6.octets()),
        }
    }
}

impl From<Addr> for IpAddr {
    fn from(addr: Addr) -> Self {
        let v6 = Ipv6Addr::from(addr.bytes());
        v6.to_ipv4_mapped()
            .map_or(Self::V6(v6), |v4: Ipv4Addr| Self::V4(v4))
    }
}

impl fmt::Debug for Addr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&IpAddr::from(*self), f)
    }
}

/// A MAC address as a number: its bytes in the order of the wire are the lower six of the
/// little-endian number. Zero stands for "none" in tables.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(transparent)]
pub struct Mac(u64);

impl Mac {
    /// No MAC address.
    pub const NONE: Self = Self(0);

    /// The address with these bytes.
    #[inline(always)]
    pub const fn new([a, b, c, d, e, f]: [u8; 6]) -> Self {
        Self(u64::from_le_bytes([a, b, c, d, e, f, 0, 0]))
    }

    /// The address in a number of a table.
    #[inline(always)]
    pub const fn from_word(word: u64) -> Self {
        Self(word & 0xffff_ffff_ffff)
    }

    /// The address in a number that [`Self::word`] gave: nothing stands above it.
    #[inline(always)]
    pub const fn from_table(word: u64) -> Self {
        Self(word)
    }

    /// The first four bytes of the address in a number of a table.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is wanted")]
    pub(crate) const fn first(word: u64) -> u32 {
        word as u32
    }

    /// The last two bytes of the address in a number of a table.
    #[inline(always)]
    pub(crate) const fn last(word: u64) -> u32 {
        (word >> 32) as u32
    }

    /// The number for a table.
    #[inline(always)]
    pub const fn word(self) -> u64 {
        self.0
    }

    /// The bytes in the order of the wire.
    #[inline(always)]
    pub const fn bytes(self) -> [u8; 6] {
        let [a, b, c, d, e, f, _, _] = self.0.to_le_bytes();
        [a, b, c, d, e, f]
    }

    /// Whether it is an address at all.
    #[inline(always)]
    pub const fn is_some(self) -> bool {
        self.0 != 0
    }
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.bytes();
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}
