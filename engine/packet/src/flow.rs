//! What of a packet is hashed: the flow key of a rule's filter.

use crate::Addr;
use crate::frame::Ports;
use crate::hash::{Seed, bucket_of, siphash13};

/// What a rule hashes. The numbers stand in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Filter {
    /// The client's address.
    OnAddr = 0,
    /// The client's address and port.
    OnPort = 1,
    /// The identification field of the IPv4 header.
    OnIpid = 2,
}

impl Filter {
    /// The filter with this number; what is none of them hashes the address.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            1 => Self::OnPort,
            2 => Self::OnIpid,
            _ => Self::OnAddr,
        }
    }
}

/// The client's side of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client {
    /// IPv6, not IPv4.
    pub is_v6: bool,
    /// Its address.
    pub addr: Addr,
    /// Its port; zero where there is none.
    pub port: u16,
    /// The identification field of its IPv4 header; zero in IPv6.
    pub id: u16,
}

/// A flow key: the bytes of address (4 or 16), then of the port (2, big-endian), or of the
/// identification (2, big-endian), in the padded words of [`siphash13`]. Of an IPv6 address alone the
/// last eight bytes come first, then the others without the very first, which hardly tells clients
/// apart: so it takes two words instead of three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Up to seven bytes.
    Short(u64),
    /// Eight to 15 bytes.
    Middle([u64; 2]),
    /// 16 to 23 bytes.
    Long([u64; 3]),
}

impl Key {
    /// What `filter` hashes of a packet of `client`. IPv6 has no identification field: there
    /// `on_ipid` hashes address and port.
    #[inline(always)]
    pub const fn new(filter: Filter, client: &Client) -> Self {
        let port = client.port.swap_bytes() as u64;
        let with_port = !matches!(filter, Filter::OnAddr);
        if client.is_v6 {
            let [low, high] = client.addr.words();
            return if with_port {
                Self::Long([low, high, port | 18 << 56])
            } else {
                Self::Middle([high, low >> 8 | 15 << 56])
            };
        }
        let addr = u32::from_le_bytes(client.addr.last_four()) as u64;
        Self::Short(match filter {
            Filter::OnAddr => addr | 4 << 56,
            Filter::OnPort => addr | port << 32 | 6 << 56,
            Filter::OnIpid => client.id.swap_bytes() as u64 | 2 << 56,
        })
    }

    /// The hash of the flow, of which [`bucket_of`] makes its bucket.
    #[inline(always)]
    pub fn hash(self, seed: &Seed) -> u64 {
        match self {
            Self::Short(word) => siphash13(seed, [word]),
            Self::Middle(words) => siphash13(seed, words),
            Self::Long(words) => siphash13(seed, words),
        }
    }

    /// The bucket of the flow, 0 to 4095.
    #[inline(always)]
    pub fn bucket(self, seed: &Seed) -> u16 {
        bucket_of(self.hash(seed))
    }
}

/// A TCP connection of a flow, for [`handshake`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The virtual address.
    pub vip: Addr,
    /// Of client and service.
    pub ports: Ports,
    /// The sequence number of the segment behind the SYN: another connection of the same ports has
    /// another one.
    pub sequence: u32,
}

/// A number for a TCP connection, under which its handshake is remembered.
///
/// `flow` is the keyed hash of its flow ([`Key::hash`]), in which the client's address is: who does
/// not know the cluster's key cannot foresee the number either. For one flow and one virtual address
/// it is another number for any other ports and sequence number, because every step can be undone.
#[inline(always)]
pub const fn handshake(flow: u64, opening: &Opening) -> u64 {
    // Odd numbers without a pattern.
    const FIRST: u64 = 0x9e37_79b9_7f4a_7c15;
    const SECOND: u64 = 0xd6e8_feb8_6659_fd93;
    let Opening {
        vip,
        ports,
        sequence,
    } = *opening;
    let [low, high] = vip.words();
    let mut mixed = (flow ^ high).wrapping_mul(FIRST);
    mixed = (mixed ^ mixed >> 32 ^ low).wrapping_mul(SECOND);
    mixed ^= mixed >> 29;
    mixed ^= ports.source as u64 | (ports.destination as u64) << 16 | (sequence as u64) << 32;
    mixed = mixed.wrapping_mul(FIRST);
    mixed ^ mixed >> 32
}

#[cfg(test)]
mod tests {
    extern crate std;

    use core::hash::Hasher;
    use std::vec::Vec;

    use proptest::prelude::*;
    use siphasher::sip::SipHasher13;

    use super::*;
    use crate::hash::key_from_bytes;

    fn reference(key: [u8; 16], message: &[u8]) -> u16 {
        let mut hasher = SipHasher13::new_with_key(&key);
        hasher.write(message);
        u16::try_from(hasher.finish() & 0xfff).unwrap()
    }

    proptest! {
        #[test]
        fn a_key_is_the_bytes_it_says(key: [u8; 16], v4: [u8; 4], v6: [u8; 16], port: u16, id: u16) {
            let seed = Seed::new(key_from_bytes(key));
            let four = Client { is_v6: false, addr: Addr::v4(v4), port, id };
            let six = Client { is_v6: true, addr: Addr::v6(v6), port, id: 0 };
            let with_port = |addr: &[u8]| [addr, &port.to_be_bytes()].concat();
            let cases: [(Filter, &Client, Vec<u8>); 6] = [
                (Filter::OnAddr, &four, v4.to_vec()),
                (Filter::OnPort, &four, with_port(&v4)),
                (Filter::OnIpid, &four, id.to_be_bytes().to_vec()),
                (Filter::OnAddr, &six, [&v6[8..], &v6[1..8]].concat()),
                (Filter::OnPort, &six, with_port(&v6)),
                (Filter::OnIpid, &six, with_port(&v6)),
            ];
            for (filter, client, message) in cases {
                prop_assert_eq!(Key::new(filter, client).bucket(&seed), reference(key, &message));
            }
        }
    }
}
