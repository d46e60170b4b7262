//! What of a packet is hashed: the flow key of a rule's filter.

use crate::Addr;
use crate::frame::Ports;
use crate::hash::{Digest, Seed, bucket_of, siphash13};

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
    /// The filter with this number; what is none of them hashes the identification.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            0 => Self::OnAddr,
            1 => Self::OnPort,
            _ => Self::OnIpid,
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

/// A flow key: of IPv4 the bytes of the address, then of the port (2, big-endian), or of the
/// identification (2, big-endian); of IPv6 the address as `Seed::fold` gives it, then the port. In
/// the padded words of [`siphash13`], but for a folded address, which fills its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Up to seven bytes.
    Short(u64),
    /// An IPv6 address.
    Addr(Addr),
    /// An IPv6 address and a word.
    AddrAnd(Addr, u64),
}

impl Key {
    /// What `filter` hashes of a packet of `client`. IPv6 has no identification field: there
    /// `on_ipid` hashes address and port.
    #[inline(always)]
    pub const fn new(filter: Filter, client: &Client) -> Self {
        let port = client.port.swap_bytes() as u64;
        if client.is_v6 {
            return match filter {
                Filter::OnAddr => Self::Addr(client.addr),
                Filter::OnPort | Filter::OnIpid => Self::AddrAnd(client.addr, port | 2 << 56),
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
    pub fn digest(self, seed: &Seed) -> Digest {
        match self {
            Self::Short(word) => siphash13(seed, [word]),
            Self::Addr(addr) => siphash13(seed, [seed.fold(addr.words())]),
            Self::AddrAnd(addr, word) => siphash13(seed, [seed.fold(addr.words()), word]),
        }
    }

    /// The bucket of the flow, 0 to 4095.
    #[inline(always)]
    pub fn bucket(self, seed: &Seed) -> u16 {
        bucket_of(self.digest(seed).hash)
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
/// `flow` is the inner word of its flow ([`Key::digest`]), in which the client's address is: who does
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
        fn a_key_is_the_bytes_it_says(key: [u8; 16], v4: [u8; 4], port: u16, id: u16) {
            let seed = Seed::new(key_from_bytes(key));
            let client = Client { is_v6: false, addr: Addr::v4(v4), port, id };
            let cases = [
                (Filter::OnAddr, v4.to_vec()),
                (Filter::OnPort, [&v4[..], &port.to_be_bytes()].concat()),
                (Filter::OnIpid, id.to_be_bytes().to_vec()),
            ];
            for (filter, message) in cases {
                prop_assert_eq!(Key::new(filter, &client).bucket(&seed), reference(key, &message));
            }
        }

        #[test]
        fn an_address_of_ipv6_counts_whole(key: [u8; 16], v6: [u8; 16], bit in 0_usize..128, port: u16) {
            let seed = Seed::new(key_from_bytes(key));
            let digest = |filter, addr, port| {
                let client = Client { is_v6: true, addr: Addr::v6(addr), port, id: 0 };
                Key::new(filter, &client).digest(&seed)
            };
            let mut other = v6;
            other[bit / 8] ^= 1 << (bit % 8);
            for filter in [Filter::OnAddr, Filter::OnPort, Filter::OnIpid] {
                prop_assert_ne!(digest(filter, v6, port), digest(filter, other, port));
            }
            let of_other_port = |filter| digest(filter, v6, port ^ 1) != digest(filter, v6, port);
            prop_assert!(!of_other_port(Filter::OnAddr));
            prop_assert!(of_other_port(Filter::OnPort));
            prop_assert!(of_other_port(Filter::OnIpid));
        }

        #[test]
        fn networks_and_hosts_in_a_row_spread_over_the_buckets(key: [u8; 16], by_network: bool) {
            let seed = Seed::new(key_from_bytes(key));
            let mut taken = std::collections::BTreeSet::new();
            for count in 0..1024_u128 {
                let addr = 0x2001_0db8 << 96 | count << if by_network { 64 } else { 0 };
                let addr = Addr::v6(addr.to_be_bytes());
                let client = Client { is_v6: true, addr, port: 0, id: 0 };
                taken.insert(Key::new(Filter::OnAddr, &client).bucket(&seed));
            }
            // Thrown at random, they hit 906 of 4096 in the mean, with a deviation of 9.
            prop_assert!((840..972).contains(&taken.len()), "{}", taken.len());
        }
    }
}
