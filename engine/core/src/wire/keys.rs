//! The keys of a cluster: what nodes prove their datagrams with, and what never changes.
//!
//! A node *accepts* datagrams under up to two keys, numbered 0 and 1, and *sends* under one of them,
//! the active one. That is what replaces a key without a gap: first everybody accepts the next one,
//! then they send under it, at last nobody accepts the former one. Each datagram names its key.
//!
//! What must stay as it is while keys come and go derives from the *identity*: the cluster's id in
//! each heartbeat, and the key of the flow hash, with which all flows would move to other nodes. It
//! derives from the first secret, one way: who learns the identity can aim flows at one bucket, but
//! can prove no datagram. It outlives a secret that leaked, so a rotation ends forgery and not aiming.

use std::fmt;

use evenkeel_packet::hash::{HashKey, key_from_bytes};
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Bytes of a secret and of the identity.
pub const SECRET_BYTES: usize = 32;

/// What keys derive from.
pub type Secret = [u8; SECRET_BYTES];

/// Keys that a node accepts at the most.
const KEYS: usize = 2;

/// Which of a cluster's keys: 0 or 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyNumber(u8);

impl KeyNumber {
    /// That of the secret of a generation: two that follow each other differ.
    pub const fn of(generation: u64) -> Self {
        Self((generation & 1) as u8)
    }

    /// As it travels.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        Self(self.0 ^ 1)
    }

    const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The identity of a cluster and the secrets of its keys. Serialized for recordings alone, which are
/// worth nothing without them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyring {
    identity: Secret,
    secrets: [Option<Secret>; KEYS],
    active: KeyNumber,
}

impl fmt::Debug for Keyring {
    /// Leaves the secrets out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keyring")
            .field("active", &self.active)
            .field("accepts_other", &self.accepts(self.active.other()))
            .finish_non_exhaustive()
    }
}

impl Keyring {
    /// That of a cluster whose first secret this is.
    pub fn first(secret: Secret) -> Self {
        Self::new(identity_of(&secret), KeyNumber::default(), secret)
    }

    /// Sends and accepts under this key alone.
    pub fn new(identity: Secret, active: KeyNumber, secret: Secret) -> Self {
        let mut secrets = [None; KEYS];
        if let Some(place) = secrets.get_mut(active.index()) {
            *place = Some(secret);
        }
        Self {
            identity,
            secrets,
            active,
        }
    }

    /// Accepts the other key too.
    #[must_use]
    pub fn accepting(mut self, secret: Secret) -> Self {
        let other = self.active.other();
        if let Some(place) = self.secrets.get_mut(other.index()) {
            *place = Some(secret);
        }
        self
    }

    /// The key that is sent under.
    pub const fn active(&self) -> KeyNumber {
        self.active
    }

    /// Whether datagrams under this key are accepted.
    pub fn accepts(&self, number: KeyNumber) -> bool {
        self.secrets
            .get(number.index())
            .is_some_and(Option::is_some)
    }

    /// The key of the flow hash, which no rotation changes.
    pub fn flow_key(&self) -> [u8; 16] {
        let digest = Sha256::new()
            .chain_update(b"evenkeel flow hash")
            .chain_update(self.identity)
            .finalize();
        let mut key = [0; 16];
        key.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
        key
    }

    /// The keys of liveness probes by number; all zeros is none.
    pub fn probe_keys(&self) -> [HashKey; KEYS] {
        self.secrets
            .map(|secret| secret.as_ref().map_or_else(HashKey::default, probe_key))
    }

    /// What stands in each heartbeat in the cluster's name; no rotation changes it.
    pub(super) fn cluster_id(&self) -> [u8; 32] {
        hmac(&self.identity, b"evenkeel cluster id")
    }

    /// What proves heartbeats, by key.
    pub(super) fn codes(&self) -> [Option<Hmac<Sha256>>; KEYS] {
        self.secrets.map(|secret| {
            let key = hmac(&secret?, b"evenkeel heartbeat key");
            Some(new_hmac(&key))
        })
    }
}

/// The identity of a cluster whose first secret this is.
pub fn identity_of(secret: &Secret) -> Secret {
    hmac(secret, b"evenkeel cluster identity")
}

/// The key of liveness probes, from a secret of the cluster.
pub fn probe_key(secret: &Secret) -> HashKey {
    let code = hmac(secret, b"evenkeel probe key");
    let mut key = [0; 16];
    key.copy_from_slice(&code[..16]);
    key_from_bytes(key)
}

fn new_hmac(key: &[u8; 32]) -> Hmac<Sha256> {
    // A key as long as a block or shorter is padded with zeros; 32 bytes always are.
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    Hmac::<Sha256>::new(&block.into())
}

fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut mac = new_hmac(key);
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotation_changes_neither_flows_nor_the_cluster_s_name() {
        let first = Keyring::first([1; 32]);
        let both = first.clone().accepting([2; 32]);
        let next = Keyring::new(identity_of(&[1; 32]), KeyNumber::of(1), [2; 32]);
        for keys in [&both, &next] {
            assert_eq!(keys.flow_key(), first.flow_key());
            assert_eq!(keys.cluster_id(), first.cluster_id());
        }
        assert_eq!(both.probe_keys()[0], first.probe_keys()[0]);
        assert_eq!(both.probe_keys()[1], next.probe_keys()[1]);
        assert_eq!(next.probe_keys()[0], HashKey::default());
        assert!(both.accepts(KeyNumber::of(7)) && !next.accepts(KeyNumber::of(8)));
        assert_ne!(Keyring::first([2; 32]).flow_key(), first.flow_key());
    }

    #[test]
    fn no_secret_is_shown() {
        let shown = format!("{:?}", Keyring::first([0xab; 32]));
        assert!(!shown.contains("ab") && !shown.contains("171"), "{shown}");
    }
}
