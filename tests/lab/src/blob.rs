//! The bytes of large transfers: any number of them, the same on both sides without a file, and a
//! checksum over what came.

use sha2::{Digest, Sha256};

/// Bytes after which the content repeats: a prime, so that no power of two is a multiple of it and
/// a piece in the wrong place changes the checksum.
const PERIOD: usize = 65_521;

/// The content, to be read from the beginning.
#[derive(Clone, Debug)]
pub struct Blob {
    period: Vec<u8>,
    at: usize,
    left: u64,
}

impl Blob {
    /// The first `bytes` bytes.
    pub fn new(bytes: u64) -> Self {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let next = || {
            // xorshift64: no two neighbouring pieces alike is all that is asked of it.
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_be_bytes()[0]
        };
        Self {
            period: std::iter::repeat_with(next).take(PERIOD).collect(),
            at: 0,
            left: bytes,
        }
    }

    /// The next piece; empty at the end.
    pub fn piece(&mut self) -> &[u8] {
        let start = self.at % PERIOD;
        let rest = u64::try_from(PERIOD - start).unwrap_or(u64::MAX);
        let length = usize::try_from(rest.min(self.left)).unwrap_or(0);
        self.left -= u64::try_from(length).unwrap_or(0);
        self.at = start + length;
        &self.period[start..start + length]
    }
}

/// A checksum under way.
#[derive(Clone, Debug, Default)]
pub struct Checksum {
    digest: Sha256,
    bytes: u64,
}

impl Checksum {
    /// Of the first `bytes` bytes of the content.
    pub fn of_blob(bytes: u64) -> String {
        let mut blob = Blob::new(bytes);
        let mut checksum = Self::default();
        loop {
            let piece = blob.piece();
            if piece.is_empty() {
                return checksum.finish();
            }
            checksum.add(piece);
        }
    }

    /// Takes the next bytes.
    pub fn add(&mut self, bytes: &[u8]) {
        self.digest.update(bytes);
        self.bytes += u64::try_from(bytes.len()).unwrap_or(0);
    }

    /// How many bytes it has taken.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// SHA-256 in hexadecimal.
    pub fn finish(self) -> String {
        let digest = self.digest.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blob_has_its_length_and_only_one_checksum() {
        let mut blob = Blob::new(200_000);
        let (mut length, mut checksum) = (0, Checksum::default());
        loop {
            let piece = blob.piece();
            if piece.is_empty() {
                break;
            }
            length += piece.len();
            // However it is cut into pieces.
            let (left, right) = piece.split_at(piece.len() / 3);
            checksum.add(left);
            checksum.add(right);
        }
        assert_eq!((length, checksum.bytes()), (200_000, 200_000));
        assert_eq!(checksum.finish(), Checksum::of_blob(200_000));
        assert_ne!(Checksum::of_blob(200_001), Checksum::of_blob(200_000));
    }
}
