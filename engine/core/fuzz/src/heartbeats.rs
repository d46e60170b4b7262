//! What is promised of a datagram on the heartbeat port: it is refused, or it is one that could have
//! been sealed here.

use std::sync::LazyLock;

use evenkeel_core::limits::DATAGRAM_BYTES_MAX;
use evenkeel_core::wire::{Codec, Header, KeyNumber, Opened, Refusal};

use crate::heap;
use crate::letter::{BEGINNING, CODE_BYTES, HEAD_BYTES, datagram, keyring, number};

/// Bytes that decoding one datagram may take at once: a datagram full of the shortest sections.
const HEAP_BYTES_MAX: usize = 512 << 10;

static CODEC: LazyLock<Codec> = LazyLock::new(|| Codec::new(&keyring()));

/// Checks it.
pub(crate) fn check(bytes: &[u8]) {
    let opened = match heap::within(0, || CODEC.open(bytes)) {
        Ok(opened) => opened,
        Err(refusal) => return refused(bytes, refusal),
    };
    assert!(bytes.len() <= DATAGRAM_BYTES_MAX);
    let Opened { header, key, .. } = opened;
    assert_eq!(key, number(bytes[5]));
    let body = &bytes[HEAD_BYTES..bytes.len() - CODE_BYTES];
    assert!(
        datagram(key.get(), &header, body) == bytes,
        "what was opened is not what was sealed"
    );
    let Ok(said) = heap::within(HEAP_BYTES_MAX, || opened.body()) else {
        return;
    };
    // Numbers can be written longer than needed, which sealing does not do.
    let again = CODEC
        .seal(&header, &said)
        .expect("what came in one datagram fits into one");
    assert!(again.len() <= bytes.len());
    if key == KeyNumber::default() && again.len() == bytes.len() {
        assert!(again == bytes, "sealed again it is another datagram");
    }
    let reopened = CODEC.open(&again).expect("what is sealed can be opened");
    assert_eq!((reopened.header, reopened.body()), (header, Ok(said)));
}

/// The first thing that is wrong is named.
fn refused(bytes: &[u8], refusal: Refusal) {
    let is_long_enough = (HEAD_BYTES + CODE_BYTES..=DATAGRAM_BYTES_MAX).contains(&bytes.len());
    if !is_long_enough || !bytes.starts_with(BEGINNING) {
        return assert_eq!(refusal, Refusal::Malformed);
    }
    let ours = datagram(0, &crate::letter::HEADER, &[]);
    if bytes[6..14] != ours[6..14] {
        return assert_eq!(refusal, Refusal::Foreign);
    }
    let is_proved = bytes[5] < 2 && is_code_right(bytes);
    let expected = if is_proved {
        Refusal::Malformed
    } else {
        Refusal::Forged
    };
    assert_eq!(refusal, expected);
}

/// Whether the code is right though the header names no nodes.
fn is_code_right(bytes: &[u8]) -> bool {
    let body = &bytes[HEAD_BYTES..bytes.len() - CODE_BYTES];
    let field = |at: usize| u64::from_be_bytes(bytes[at..at + 8].try_into().unwrap_or_default());
    let (Some(sender), Some(to)) = (
        evenkeel_core::ids::NodeId::new(bytes[14]),
        evenkeel_core::ids::NodeId::new(bytes[15]),
    ) else {
        return false;
    };
    let header = Header {
        sender,
        to,
        incarnation: evenkeel_core::ids::Incarnation(field(16)),
        to_incarnation: evenkeel_core::ids::Incarnation(field(24)),
        seq: field(32),
    };
    datagram(bytes[5], &header, body) == bytes
}
