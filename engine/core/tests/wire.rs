//! The datagram: what is sealed can be opened, and nothing else.

#![allow(clippy::unwrap_used, reason = "helpers of tests may")]

use evenkeel_core::ids::{Epoch, GroupId, GroupSet, Incarnation, ModuleName, NodeId, NodeSet};
use evenkeel_core::limits::{DATAGRAM_BYTES_MAX, GROUPS_MAX, INTERFACES_MAX, PART_BYTES_MAX};
use evenkeel_core::view::Version;
use evenkeel_core::wire::keys::identity_of;
use evenkeel_core::wire::{
    Body, Codec, Echo, Header, Heartbeat, KeyNumber, Keyring, Refusal, Section, TablePart,
};
use proptest::prelude::*;

fn node(id: u8) -> NodeId {
    NodeId::new(id).unwrap()
}

fn codec() -> Codec {
    Codec::new(&Keyring::first([3; 32]))
}

const fn version(leader: NodeId) -> Version {
    Version {
        epoch: Epoch {
            counter: u64::MAX,
            leader,
        },
        run: Incarnation(u64::MAX),
    }
}

fn header() -> Header {
    Header {
        sender: node(1),
        to: node(63),
        incarnation: Incarnation(u64::MAX),
        to_incarnation: Incarnation(1),
        seq: 1 << 40,
    }
}

/// A section as long as one can be.
fn section() -> Section {
    let all: NodeSet = (0..64).filter_map(NodeId::new).collect();
    Section {
        module: ModuleName::try_from("m".repeat(ModuleName::LEN_MAX)).unwrap(),
        serving: true,
        withdrawn: GroupSet::ALL,
        digest: u32::MAX,
        macs: vec![[0xff; 6]; INTERFACES_MAX],
        version: Some(version(node(63))),
        counter: u64::MAX,
        members: all,
        hears: all,
        grants: all,
        window_us: u32::MAX,
        held_version: Some(version(node(63))),
        held: vec![u32::MAX; GROUPS_MAX],
    }
}

fn heartbeat() -> Body {
    let echo = Some(Echo {
        beat: u64::MAX,
        hold_us: u32::MAX,
    });
    Body::Heartbeat(Heartbeat {
        beat: u64::MAX,
        echo,
        sections: vec![section()],
    })
}

fn part() -> Body {
    Body::TablePart(TablePart {
        module: ModuleName::try_from("m".repeat(ModuleName::LEN_MAX)).unwrap(),
        version: version(node(63)),
        members: NodeSet::single(node(63)),
        entry: Some(node(63)),
        base: version(node(63)),
        fresh: NodeSet::single(node(63)),
        groups: 16,
        group: GroupId(u32::MAX),
        withdrawn: (0..64).filter_map(NodeId::new).collect(),
        part: 127,
        bytes: vec![0xff; PART_BYTES_MAX],
    })
}

#[test]
fn what_is_sealed_can_be_opened() {
    for body in [heartbeat(), part()] {
        let bytes = codec()
            .seal(&header(), &body)
            .expect("the longest one fits");
        assert!(bytes.len() <= DATAGRAM_BYTES_MAX, "{} bytes", bytes.len());
        let codec = codec();
        let opened = codec.open(&bytes).unwrap();
        assert_eq!(opened.header, header());
        assert_eq!(opened.body(), Ok(body));
    }
}

#[test]
fn a_body_that_is_too_long_is_not_sealed() {
    let sections = vec![section(); 8];
    let body = Body::Heartbeat(Heartbeat {
        beat: 1,
        echo: None,
        sections,
    });
    assert_eq!(codec().seal(&header(), &body), None);
}

#[test]
fn every_flipped_bit_is_noticed() {
    let bytes = codec().seal(&header(), &heartbeat()).unwrap();
    for byte in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[byte] ^= 1 << bit;
            let expected = match byte {
                0..=4 => Refusal::Malformed,
                // The key's number is of no interest in another cluster's datagram.
                5 => Refusal::Forged,
                6..=13 => Refusal::Foreign,
                _ => Refusal::Forged,
            };
            assert_eq!(
                codec().open(&changed).unwrap_err(),
                expected,
                "byte {byte}, bit {bit}"
            );
        }
    }
}

#[test]
fn every_truncation_is_noticed() {
    let bytes = codec().seal(&header(), &heartbeat()).unwrap();
    for length in 0..bytes.len() {
        assert!(codec().open(&bytes[..length]).is_err(), "{length} bytes");
    }
    let longer = [&bytes[..], &[0]].concat();
    assert_eq!(codec().open(&longer).unwrap_err(), Refusal::Forged);
}

#[test]
fn two_keys_are_accepted_and_one_is_sent_under() {
    let first = Keyring::first([3; 32]);
    let both = first.clone().accepting([5; 32]);
    let number = KeyNumber::of(1);
    let next = Keyring::new(identity_of(&[3; 32]), number, [5; 32]);
    let sealed = |keys: &Keyring| Codec::new(keys).seal(&header(), &heartbeat()).unwrap();
    let opened = |keys: &Keyring, bytes: &[u8]| Codec::new(keys).open(bytes).map(|o| o.key);
    assert_eq!(opened(&both, &sealed(&both)), Ok(KeyNumber::of(0)));
    assert_eq!(opened(&both, &sealed(&first)), Ok(KeyNumber::of(0)));
    assert_eq!(opened(&both, &sealed(&next)), Ok(number));
    assert_eq!(opened(&first, &sealed(&next)), Err(Refusal::Forged));
    assert_eq!(opened(&next, &sealed(&both)), Err(Refusal::Forged));
    // A later secret has the number of an earlier one, and is another.
    let later = Keyring::new(identity_of(&[3; 32]), KeyNumber::of(2), [6; 32]);
    assert_eq!(opened(&first, &sealed(&later)), Err(Refusal::Forged));
}

#[test]
fn another_cluster_is_foreign() {
    let bytes = Codec::new(&Keyring::first([4; 32]))
        .seal(&header(), &heartbeat())
        .unwrap();
    assert_eq!(codec().open(&bytes).unwrap_err(), Refusal::Foreign);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..1500)) {
        prop_assert!(codec().open(&bytes).is_err());
    }

    #[test]
    fn no_decoded_body_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        // What a peer with another version of the protocol could send under a right code.
        if let Ok(body) = postcard::from_bytes::<Body>(&bytes) {
            prop_assert!(codec().seal(&header(), &body).is_some());
        }
    }
}
