//! Keys of programs: 256 random bits that stand for a role until they expire.
//!
//! Nodes keep only a digest. A plain hash is enough, and no comparison tells anything by its time:
//! nobody can come near 256 random bits step by step.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::secrets::{Hidden, hex};

/// What every key begins with, so that people and scanners of leaked secrets know one.
pub const PREFIX: &str = "evk_";

/// What every token begins with that lets a machine join, which is made and kept in the same way.
pub const JOIN_PREFIX: &str = "evj_";

/// A new key.
pub fn random() -> String {
    random_with(PREFIX)
}

/// The same behind [`PREFIX`] or [`JOIN_PREFIX`].
pub fn random_with(prefix: &str) -> String {
    let Hidden(secret) = Hidden::generate();
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(secret))
}

/// What is kept of a key: its SHA-256 in hexadecimal digits.
pub fn digest(key: &str) -> String {
    hex(&Sha256::digest(key))
}

/// Whether a text can be a digest.
pub fn is_digest(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 64 && text.bytes().all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_and_their_digests_are_digests() {
        let (one, other) = (random(), random());
        assert_ne!(one, other);
        assert!(one.starts_with(PREFIX) && one.len() == PREFIX.len() + 43);
        assert!(is_digest(&digest(&one)));
        assert_ne!(digest(&one), digest(&other));
        assert!(!is_digest(&digest(&one).to_uppercase()) && !is_digest("00"));
    }

    #[test]
    fn a_digest_is_sha_256() {
        let of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest("abc"), of_abc);
    }
}
