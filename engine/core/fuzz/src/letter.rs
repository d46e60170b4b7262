//! Datagrams from the bytes of an input: as they are, or with a right code, so that what comes after
//! the code is reached. The code is made here by the format's description, not by the code under test.

use std::sync::LazyLock;

use evenkeel_core::ids::{Incarnation, NodeId};
use evenkeel_core::wire::{Header, KeyNumber, Keyring, keys, probe_key};
use evenkeel_packet::hash::siphash24;
use evenkeel_packet::probe::{BODY_WORDS, LEN, WORDS};
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// The secrets of the keys 0 and 1.
const SECRETS: [[u8; 32]; 2] = [[7; 32], [9; 32]];

/// What every datagram begins with, the version of the format included.
pub(crate) const BEGINNING: &[u8] = b"EVKL\x03";

/// Bytes before the body of a heartbeat datagram, and of the code behind it.
pub(crate) const HEAD_BYTES: usize = 40;
pub(crate) const CODE_BYTES: usize = 16;

/// The header of what is not told in a story.
pub(crate) const HEADER: Header = Header {
    sender: node(1),
    to: node(0),
    incarnation: Incarnation(3),
    to_incarnation: Incarnation(1),
    seq: 77,
};

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A datagram as it is.
    Datagram,
    /// The body of a datagram with a right code.
    Body,
    /// A probe as it is.
    Probe,
    /// The words of a probe that gets a right code.
    Words,
    /// What a node hears one after the other: a byte with the sender and what is wrong, two with the
    /// length, the body.
    Story,
}

impl Kind {
    pub(crate) const ALL: [Self; 5] = [
        Self::Datagram,
        Self::Body,
        Self::Probe,
        Self::Words,
        Self::Story,
    ];
}

/// A node that there is.
pub(crate) const fn node(id: u8) -> NodeId {
    match NodeId::new(id) {
        Some(node) => node,
        None => panic!("such a node there can not be"),
    }
}

/// The keys of the cluster: sends under the first, accepts both.
pub(crate) fn keyring() -> Keyring {
    Keyring::first(SECRETS[0]).accepting(SECRETS[1])
}

/// What an input is, the number of the key, and the rest of it.
pub(crate) fn split(input: &[u8]) -> Option<(Kind, u8, &[u8])> {
    let ([first], rest) = input.split_first_chunk::<1>()?;
    let kind = Kind::ALL.get(usize::from(first >> 1) % Kind::ALL.len())?;
    Some((*kind, first & 1, rest))
}

/// The input that [`split`] takes apart so.
pub(crate) fn join(kind: Kind, key: u8, rest: &[u8]) -> Vec<u8> {
    let place = Kind::ALL
        .iter()
        .position(|known| *known == kind)
        .unwrap_or(0);
    let first = u8::try_from(place << 1).unwrap_or(0) | key;
    [&[first], rest].concat()
}

/// A datagram with this body, proved by this key.
pub(crate) fn datagram(key: u8, header: &Header, body: &[u8]) -> Vec<u8> {
    static CLUSTER: LazyLock<[u8; 32]> =
        LazyLock::new(|| hmac(&keys::identity_of(&SECRETS[0]), b"evenkeel cluster id"));
    let mut bytes = BEGINNING.to_vec();
    bytes.push(key);
    bytes.extend(&CLUSTER[..8]);
    bytes.extend([header.sender.get(), header.to.get()]);
    bytes.extend(header.incarnation.0.to_be_bytes());
    bytes.extend(header.to_incarnation.0.to_be_bytes());
    bytes.extend(header.seq.to_be_bytes());
    assert_eq!(bytes.len(), HEAD_BYTES);
    bytes.extend(body);
    let proof = hmac(&SECRETS[usize::from(key)], b"evenkeel heartbeat key");
    let code = hmac(&proof, &bytes);
    bytes.extend(&code[..CODE_BYTES]);
    bytes
}

/// A probe of these bytes, as far as they go, proved by this key.
pub(crate) fn probe(key: u8, rest: &[u8]) -> Vec<u8> {
    let mut bytes = rest.to_vec();
    bytes.resize(LEN, 0);
    bytes[..5].copy_from_slice(b"EVKP\x01");
    bytes[6] = key;
    let mut words = [0; WORDS];
    for (word, chunk) in words.iter_mut().zip(bytes.chunks_exact(8)) {
        *word = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
    }
    let proof = probe_key(&SECRETS[usize::from(key)]);
    let code = siphash24::<BODY_WORDS, WORDS>(proof, &words);
    bytes[BODY_WORDS * 8..].copy_from_slice(&code.to_le_bytes());
    bytes
}

/// The number of a key that proves datagrams.
pub(crate) fn number(key: u8) -> KeyNumber {
    KeyNumber::of(key.into())
}

fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    mac.update(message);
    mac.finalize().into_bytes().into()
}
