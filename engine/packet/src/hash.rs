//! Keyed SipHash-1-3 of a flow key: nobody without the key can aim load at one node.
//!
//! The message comes as 64-bit words that are already padded (see [`crate::flow::Key`]), so that the
//! kernel's verifier meets straight-line code without loops over bytes.

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use crate::BUCKETS;

/// The secret of a cluster's flow hash, as two little-endian words.
pub type HashKey = [u64; 2];

/// The key in the 16 bytes in which user space keeps it.
pub const fn key_from_bytes(bytes: [u8; 16]) -> HashKey {
    let whole = u128::from_le_bytes(bytes);
    #[expect(clippy::cast_possible_truncation, reason = "takes the lower half")]
    [whole as u64, (whole >> 64) as u64]
}

/// SipHash-1-3 of a message given in padded words: the last word holds the 0 to 7 bytes left over
/// and, in its highest byte, the message's length.
#[inline(always)]
pub fn siphash13<const N: usize>(seed: &Seed, words: [u64; N]) -> Digest {
    const { assert!(N > 0, "the last word is always there") };
    let mut state = seed.absorb(words[0]);
    for word in words.into_iter().skip(1) {
        state.absorb(word);
    }
    state.finish()
}

/// What a message gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest {
    /// The hash.
    pub hash: u64,
    /// A word of the state that the hash is made of at last, for whoever wants a number that cannot
    /// be foreseen without the key, but not this one: where the hash's lowest bits only are wanted,
    /// the compiler leaves the work for the others out.
    pub inner: u64,
}

/// SipHash-2-4 of the first `N` of some words, as a message of `8 N` bytes: a code that nobody can make
/// without the key.
#[inline(always)]
pub fn siphash24<const N: usize, const M: usize>(key: HashKey, words: &[u64; M]) -> u64 {
    const { assert!(N <= M) };
    let mut state = State::new(key);
    for word in words.iter().take(N) {
        state.absorb_twice(*word);
    }
    state.absorb_twice((N as u64 * 8) << 56);
    state.finish_longer()
}

/// The bucket that a hash selects.
#[inline(always)]
pub const fn bucket_of(hash: u64) -> u16 {
    #[expect(clippy::cast_possible_truncation, reason = "4096 buckets fit")]
    let mask = BUCKETS as u16 - 1;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the lowest bits are wanted"
    )]
    let low = hash as u16;
    low & mask
}

/// What can be calculated of the first round with the key alone, as it stands in a table: half of a
/// round less for every packet.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Seed {
    /// `v0`, as it is when `v3` is added to it.
    v0: u64,
    /// `v1`, as it is when it is added to `v2`.
    v1: u64,
    /// `v1`, turned for the second time.
    v1_turned: u64,
    /// `v2` at the beginning.
    v2: u64,
    /// `v3` at the beginning.
    v3: u64,
    /// The key of [`Self::fold`], two halves.
    fold: u64,
}

impl Seed {
    /// The seed of a key.
    pub const fn new(key: HashKey) -> Self {
        const OF_FOLDING: u64 = u64::from_le_bytes(*b"fold v6\x07");
        let [k0, k1] = key;
        let mut folding = State::new(key);
        folding.absorb_twice(OF_FOLDING);
        let v1 = k1 ^ 0x646f_7261_6e64_6f6d;
        let sum = (k0 ^ 0x736f_6d65_7073_6575).wrapping_add(v1);
        let v1 = v1.rotate_left(13) ^ sum;
        Self {
            v0: sum.rotate_left(32),
            v1,
            v1_turned: v1.rotate_left(17),
            v2: k0 ^ 0x6c79_6765_6e65_7261,
            v3: k1 ^ 0x7465_6462_7974_6573,
            fold: folding.finish_longer(),
        }
    }

    /// Makes one word of two, so that an IPv6 address costs no round more than one of IPv4: the step of
    /// NH (RFC 4418 section 5.2, as in UMAC), to which the other word is added. For any two messages
    /// the key is one in 2^32 under which they give the same, and the hash that follows shows nobody
    /// what they give.
    #[inline(always)]
    pub(crate) const fn fold(&self, [low, high]: [u64; 2]) -> u64 {
        let [first, second] = halves(low);
        let [first_key, second_key] = halves(self.fold);
        let first = first.wrapping_add(first_key) as u64;
        let second = second.wrapping_add(second_key) as u64;
        high.wrapping_add(first.wrapping_mul(second))
    }

    /// The first compression round.
    #[inline(always)]
    const fn absorb(&self, word: u64) -> State {
        let v3 = self.v3 ^ word;
        let v2 = self.v2.wrapping_add(v3);
        let v3 = v3.rotate_left(16) ^ v2;
        let v2 = v2.wrapping_add(self.v1);
        let v0 = self.v0.wrapping_add(v3);
        State {
            v0: v0 ^ word,
            v1: self.v1_turned ^ v2,
            v2: v2.rotate_left(32),
            v3: v3.rotate_left(21) ^ v0,
        }
    }
}

#[inline(always)]
const fn halves(word: u64) -> [u32; 2] {
    #[expect(clippy::cast_possible_truncation, reason = "takes the lower half")]
    [word as u32, (word >> 32) as u32]
}

/// The four words of the hash between two blocks.
struct State {
    v0: u64,
    v1: u64,
    v2: u64,
    v3: u64,
}

impl State {
    /// The state before the first block.
    #[inline(always)]
    const fn new([k0, k1]: HashKey) -> Self {
        Self {
            v0: k0 ^ 0x736f_6d65_7073_6575,
            v1: k1 ^ 0x646f_7261_6e64_6f6d,
            v2: k0 ^ 0x6c79_6765_6e65_7261,
            v3: k1 ^ 0x7465_6462_7974_6573,
        }
    }

    /// One compression round per word: the 1 in 1-3.
    #[inline(always)]
    const fn absorb(&mut self, word: u64) {
        self.v3 ^= word;
        self.round();
        self.v0 ^= word;
    }

    /// Three finalisation rounds: the 3 in 1-3.
    #[inline(always)]
    const fn finish(mut self) -> Digest {
        self.v2 ^= 0xff;
        self.round();
        self.round();
        self.round();
        Digest {
            hash: self.v0 ^ self.v1 ^ self.v2 ^ self.v3,
            // As it was before the round turned it.
            inner: self.v2.rotate_left(32),
        }
    }

    /// Two compression rounds per word: the 2 in 2-4.
    #[inline(always)]
    const fn absorb_twice(&mut self, word: u64) {
        self.v3 ^= word;
        self.round();
        self.round();
        self.v0 ^= word;
    }

    /// Four finalisation rounds: the 4 in 2-4.
    #[inline(always)]
    const fn finish_longer(mut self) -> u64 {
        self.v2 ^= 0xff;
        self.round();
        self.round();
        self.round();
        self.round();
        self.v0 ^ self.v1 ^ self.v2 ^ self.v3
    }

    #[inline(always)]
    const fn round(&mut self) {
        self.v0 = self.v0.wrapping_add(self.v1);
        self.v2 = self.v2.wrapping_add(self.v3);
        self.v1 = self.v1.rotate_left(13) ^ self.v0;
        self.v3 = self.v3.rotate_left(16) ^ self.v2;
        self.v0 = self.v0.rotate_left(32);
        self.v2 = self.v2.wrapping_add(self.v1);
        self.v0 = self.v0.wrapping_add(self.v3);
        self.v1 = self.v1.rotate_left(17) ^ self.v2;
        self.v3 = self.v3.rotate_left(21) ^ self.v0;
        self.v2 = self.v2.rotate_left(32);
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use core::hash::Hasher;
    use std::vec::Vec;

    use proptest::prelude::*;
    use siphasher::sip::{SipHasher13, SipHasher24};

    use super::*;

    fn reference(key: [u8; 16], message: &[u8]) -> u64 {
        let mut hasher = SipHasher13::new_with_key(&key);
        hasher.write(message);
        hasher.finish()
    }

    fn words<const N: usize>(message: &[u8]) -> [u64; N] {
        let mut padded = [0; 64];
        padded[..message.len()].copy_from_slice(message);
        let mut words: Vec<u64> = padded
            .chunks_exact(8)
            .take(N)
            .map(|chunk| u64::from_le_bytes(chunk.try_into().unwrap()))
            .collect();
        words[N - 1] |= (message.len() as u64) << 56;
        words.try_into().unwrap()
    }

    #[test]
    fn the_vectors_of_the_reference_implementation_are_met() {
        let key: [u8; 16] = core::array::from_fn(|i| u8::try_from(i).unwrap());
        let message: Vec<u8> = (0..15).collect();
        let seed = Seed::new(key_from_bytes(key));
        // SipHash-1-3 with key 00..0f of the empty message, of 00..06 and of 00..0e.
        assert_eq!(
            siphash13(&seed, words::<1>(&[])).hash,
            0xabac_0158_050f_c4dc
        );
        assert_eq!(
            siphash13(&seed, words::<1>(&message[..7])).hash,
            reference(key, &message[..7])
        );
        assert_eq!(
            siphash13(&seed, words::<2>(&message)).hash,
            reference(key, &message)
        );
    }

    proptest! {
        #[test]
        fn the_longer_one_equals_the_reference(key: [u8; 16], words: [u64; 22], more: u64) {
            let mut hasher = SipHasher24::new_with_key(&key);
            words.iter().for_each(|word| hasher.write(&word.to_le_bytes()));
            let mut longer = [more; 23];
            longer[..22].copy_from_slice(&words);
            let ours = siphash24::<22, 23>(key_from_bytes(key), &longer);
            prop_assert_eq!(ours, hasher.finish());
        }

        #[test]
        fn every_length_equals_the_reference(key: [u8; 16], message: [u8; 23], len in 0_usize..24) {
            let message = &message[..len];
            let seed = Seed::new(key_from_bytes(key));
            let ours = match len / 8 {
                0 => siphash13(&seed, words::<1>(message)).hash,
                1 => siphash13(&seed, words::<2>(message)).hash,
                _ => siphash13(&seed, words::<3>(message)).hash,
            };
            prop_assert_eq!(ours, reference(key, message));
        }
    }
}
