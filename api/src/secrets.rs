//! What all nodes of a cluster share and nobody else may know, and each step of replacing it: what authenticates
//! datagrams, what signs tokens, and the authority that vouches for the nodes.
//!
//! The steps are pure; [`crate::rotation`] decides when to take them, and keeps what they give.
//!
//! ```text
//!            accept                    activate                    retire
//!   settled ────────▶ next is accepted ────────▶ former is accepted ──────▶ settled
//!           ◀────────                  generation + 1
//!            abandon
//! ```

use std::fmt;

use evenkeel_core::wire::keys::{Secret, identity_of};
use evenkeel_core::wire::{KeyNumber, Keyring};
use rand::RngCore;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::limits;
use crate::pki::Pair;

/// The secrets of a cluster, as a node has them.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secrets {
    /// Authenticates heartbeats and probes: what this node sends under.
    cluster: Hidden,
    /// Counts the secrets that `cluster` had.
    #[serde(default)]
    generation: u64,
    /// What rotations do not change derives from it; absent: from `cluster`, which is the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity: Option<Hidden>,
    /// Accepted, and not sent under yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<Next>,
    /// Still accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    former: Option<Hidden>,
    /// Signs tokens.
    token: Hidden,
    /// Signed tokens before, which are good until they end by themselves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    former_tokens: Vec<FormerToken>,
    /// Vouches for the nodes: each signs its own certificate with it.
    authority: Pair,
    /// The certificate of the one before, which nodes may still show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    former_authority: Option<String>,
}

/// What signed tokens before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerToken {
    /// The secret.
    pub secret: Hidden,
    /// The last second, since 1970, at which it signed.
    pub until_s: u64,
}

/// What is to replace the secrets in use.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Next {
    /// Its generation: one more than that of the secret in use.
    pub generation: u64,
    /// Authenticates heartbeats and probes.
    pub secret: Hidden,
    /// Signs tokens.
    pub token: Hidden,
    /// Vouches for the nodes, where the authority is replaced, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<Pair>,
    /// The node where the rotation was begun; it alone goes on with it.
    pub begun_at: String,
    /// Who began it.
    pub begun_by: String,
}

/// 32 bytes that are written as hexadecimal digits, and not shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hidden(pub Secret);

/// Where a node is with the replacement of the cluster's secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One secret is in use, no other is accepted.
    Settled,
    /// The next one is accepted, too.
    Accepting,
    /// The former one is still accepted, too.
    Retiring,
}

/// Why a step cannot be taken. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StepError {
    /// Another one is accepted.
    #[error("a rotation that was begun at {0} is not finished; it goes on there")]
    OtherNext(String),
    /// The former one is still accepted.
    #[error("the secret before is still accepted: not every node was heard under the one in use")]
    NotRetired,
    /// It does not follow the one in use.
    #[error("the secret in use has generation {used}; the next one has {}, not {offered}", used + 1)]
    WrongGeneration {
        /// That of the one in use.
        used: u64,
        /// That of the one offered.
        offered: u64,
    },
    /// It is in use already.
    #[error("the secret of generation {0} is in use")]
    InUse(u64),
}

impl Secrets {
    /// Those of a new cluster with this authority.
    pub fn generate(authority: Pair) -> Self {
        let cluster = Hidden::generate();
        Self {
            cluster,
            generation: 0,
            identity: Some(Hidden(identity_of(&cluster.0))),
            next: None,
            former: None,
            token: Hidden::generate(),
            former_tokens: Vec::new(),
            authority,
            former_authority: None,
        }
    }

    /// What datagrams are proved with.
    pub fn keyring(&self) -> Keyring {
        let active = KeyNumber::of(self.generation);
        let keys = Keyring::new(self.identity(), active, self.cluster.0);
        let next = self.next.as_ref().map(|next| next.secret);
        match next.or(self.former) {
            Some(other) => keys.accepting(other.0),
            None => keys,
        }
    }

    /// A name for the cluster that tells nothing about its secrets.
    pub fn cluster_id(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"evenkeel cluster id\0");
        hash.update(self.identity());
        let digest: [u8; 32] = hash.finalize().into();
        hex(&digest[..8])
    }

    /// What seals the secrets in the database: the same on all nodes, and no rotation changes it.
    pub fn sealing_key(&self) -> Secret {
        let mut hash = Sha256::new();
        hash.update(b"evenkeel sealed secrets\0");
        hash.update(self.identity());
        hash.finalize().into()
    }

    /// What tokens are signed with.
    pub const fn token(&self) -> &Secret {
        &self.token.0
    }

    /// What other nodes may sign tokens with already.
    pub fn next_token(&self) -> Option<&Secret> {
        self.next.as_ref().map(|next| &next.token.0)
    }

    /// What tokens were signed with before, as long as one may not have ended.
    pub fn former_tokens(&self) -> &[FormerToken] {
        &self.former_tokens
    }

    /// Who vouches for the nodes.
    pub const fn authority(&self) -> &Pair {
        &self.authority
    }

    /// The certificates of all whom a node may be vouched for by, PEM.
    pub fn trusted(&self) -> Vec<&str> {
        let next = self.next.as_ref().and_then(|next| next.authority.as_ref());
        let next = next.map(|pair| pair.certificate.as_str());
        let others = next.or(self.former_authority.as_deref());
        [self.authority.certificate.as_str()]
            .into_iter()
            .chain(others)
            .collect()
    }

    /// Counts the secrets that there were before the one in use.
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// The secret that is accepted and not sent under yet.
    pub const fn next(&self) -> Option<&Next> {
        self.next.as_ref()
    }

    /// Where this node is.
    pub const fn step(&self) -> Step {
        match (&self.next, &self.former) {
            (Some(_), _) => Step::Accepting,
            (None, Some(_)) => Step::Retiring,
            (None, None) => Step::Settled,
        }
    }

    /// Accepts the next secret, too. The same one again changes nothing, nor does it when it is in use.
    ///
    /// # Errors
    ///
    /// When another one is accepted, or it does not follow the one in use.
    pub fn accept(&self, next: &Next) -> Result<Self, StepError> {
        let is_it = |generation, secret| (generation, secret) == (next.generation, next.secret);
        let known = self.next.as_ref();
        let is_accepted = known.is_some_and(|known| is_it(known.generation, known.secret));
        if is_accepted || is_it(self.generation, self.cluster) {
            return Ok(self.clone());
        }
        if let Some(other) = &self.next {
            return Err(StepError::OtherNext(other.begun_at.clone()));
        }
        if self.former.is_some() {
            return Err(StepError::NotRetired);
        }
        if next.generation != self.generation + 1 {
            return Err(StepError::WrongGeneration {
                used: self.generation,
                offered: next.generation,
            });
        }
        Ok(Self {
            identity: Some(Hidden(self.identity())),
            next: Some(next.clone()),
            ..self.clone()
        })
    }

    /// Accepts the next secret of this generation no more; one that is not there changes nothing.
    ///
    /// # Errors
    ///
    /// When it is in use: others may send under it.
    pub fn abandon(&self, generation: u64) -> Result<Self, StepError> {
        if self.generation == generation {
            return Err(StepError::InUse(generation));
        }
        let next = self.next.clone();
        Ok(Self {
            next: next.filter(|next| next.generation != generation),
            ..self.clone()
        })
    }

    /// Sends under the next secret and accepts the one before still, from `now` (seconds since 1970) on; the
    /// same where there is none.
    #[must_use]
    pub fn activate(&self, now: u64) -> Self {
        let Some(next) = self.next.clone() else {
            return self.clone();
        };
        let replaced = next.authority.is_some();
        let life = limits::TOKEN_AGE_MAX.as_secs();
        let mut former_tokens = self.former_tokens.clone();
        former_tokens.retain(|former| former.until_s + life > now);
        former_tokens.push(FormerToken {
            secret: self.token,
            until_s: now,
        });
        Self {
            cluster: next.secret,
            generation: next.generation,
            next: None,
            former: Some(self.cluster),
            token: next.token,
            former_tokens,
            authority: next.authority.unwrap_or_else(|| self.authority.clone()),
            former_authority: replaced.then(|| self.authority.certificate.clone()),
            identity: self.identity,
        }
    }

    /// Accepts the former secret no more, nor who is vouched for by the former authority.
    #[must_use]
    pub fn retire(&self) -> Self {
        Self {
            former: None,
            former_authority: None,
            ..self.clone()
        }
    }

    fn identity(&self) -> Secret {
        let derived = || identity_of(&self.cluster.0);
        self.identity.map_or_else(derived, |identity| identity.0)
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secrets")
            .field("generation", &self.generation)
            .field("step", &self.step())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Next {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next")
            .field("generation", &self.generation)
            .field("begun_at", &self.begun_at)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}

impl Hidden {
    /// Bytes that nobody can guess.
    pub fn generate() -> Self {
        let mut secret = [0; 32];
        rand::rng().fill_bytes(&mut secret);
        Self(secret)
    }
}

impl From<Hidden> for String {
    fn from(Hidden(secret): Hidden) -> Self {
        hex(&secret)
    }
}

/// Bytes as hexadecimal digits in lower case.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl TryFrom<&str> for Hidden {
    type Error = &'static str;

    fn try_from(text: &str) -> Result<Self, &'static str> {
        const EXPECTED: &str = "expected 64 hexadecimal digits";
        let mut secret = [0; 32];
        if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(EXPECTED);
        }
        for (byte, digits) in secret.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).unwrap_or_default();
            *byte = u8::from_str_radix(digits, 16).map_err(|_no_digits| EXPECTED)?;
        }
        Ok(Self(secret))
    }
}

impl Serialize for Hidden {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from(*self))
    }
}

impl<'de> Deserialize<'de> for Hidden {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::try_from(text.as_str()).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn authority(name: &str) -> Pair {
        Pair {
            certificate: name.to_owned(),
            key: format!("key of {name}"),
        }
    }

    fn generate() -> Secrets {
        Secrets::generate(authority("first"))
    }

    fn next(generation: u64) -> Next {
        Next {
            generation,
            secret: Hidden([5; 32]),
            token: Hidden([4; 32]),
            authority: None,
            begun_at: "node1".to_owned(),
            begun_by: "admin".to_owned(),
        }
    }

    #[test]
    fn secrets_survive_the_file_and_differ() {
        let secrets = generate().accept(&next(1)).unwrap();
        let text = serde_json::to_string(&secrets).unwrap();
        let read: Secrets = serde_json::from_str(&text).unwrap();
        assert!(read.keyring() == secrets.keyring() && read.token() == secrets.token());
        assert_eq!(read.next(), secrets.next());
        assert_ne!(secrets.cluster, secrets.token);
        assert_ne!(secrets.cluster_id(), generate().cluster_id());
        let shown = format!("{secrets:?} {:?}", next(1));
        assert!(
            !shown.contains("0505") && !shown.contains("key of"),
            "{shown}"
        );
    }

    #[test]
    fn a_file_without_an_identity_has_that_of_its_secret_for_ever() {
        let [cluster, token] = ["ab".repeat(32), "cd".repeat(32)];
        let file = |cluster: &str| {
            format!(
                r#"{{"cluster":"{cluster}","token":"{token}","authority":{{"certificate":"","key":""}}}}"#
            )
        };
        let text = file(&cluster);
        let old: Secrets = serde_json::from_str(&text).unwrap();
        let rotated = old.accept(&next(1)).unwrap().activate(9).retire();
        assert_eq!(rotated.cluster_id(), old.cluster_id());
        assert_eq!(rotated.keyring().flow_key(), old.keyring().flow_key());
        assert_ne!(rotated.keyring(), old.keyring());
        for wrong in ["ab", &"é".repeat(32), &"+f".repeat(32)] {
            assert!(
                serde_json::from_str::<Secrets>(&file(wrong)).is_err(),
                "{wrong}"
            );
        }
    }

    #[test]
    fn every_step_from_every_state() {
        let settled = generate();
        let accepting = settled.accept(&next(1)).unwrap();
        let retiring = accepting.activate(9);
        let steps = [&settled, &accepting, &retiring].map(Secrets::step);
        assert_eq!(steps, [Step::Settled, Step::Accepting, Step::Retiring]);

        let other = Next {
            secret: Hidden([6; 32]),
            ..next(1)
        };
        let wrong = StepError::WrongGeneration {
            used: 0,
            offered: 2,
        };
        assert_eq!(settled.accept(&next(2)).unwrap_err(), wrong);
        let taken = StepError::OtherNext("node1".to_owned());
        assert_eq!(accepting.accept(&other).unwrap_err(), taken);
        let by_another = Next {
            begun_by: "eve".to_owned(),
            ..next(1)
        };
        let again = accepting.accept(&by_another).unwrap();
        assert_eq!(again.step(), Step::Accepting);
        assert_eq!(retiring.accept(&next(1)).unwrap().step(), Step::Retiring);
        let refused = retiring.accept(&next(2)).unwrap_err();
        assert_eq!(refused, StepError::NotRetired);

        assert_eq!(settled.abandon(1).unwrap().step(), Step::Settled);
        assert_eq!(accepting.abandon(1).unwrap().step(), Step::Settled);
        assert_eq!(retiring.abandon(1).unwrap_err(), StepError::InUse(1));

        assert_eq!(settled.activate(9).keyring(), settled.keyring());
        assert_eq!(retiring.activate(9).keyring(), retiring.keyring());
        let retired = retiring.retire();
        assert_eq!((retired.step(), retired.generation()), (Step::Settled, 1));
        assert!(!retired.keyring().accepts(KeyNumber::of(0)));
    }

    #[test]
    fn tokens_and_authority_are_replaced_without_a_gap() {
        let settled = generate();
        let with_authority = Next {
            authority: Some(authority("second")),
            ..next(1)
        };
        let accepting = settled.accept(&with_authority).unwrap();
        assert_eq!(accepting.trusted(), ["first", "second"]);
        assert_eq!(accepting.authority(), settled.authority());
        assert_eq!(accepting.next_token(), Some(&[4; 32]));
        assert_eq!(accepting.token(), settled.token());
        let retiring = accepting.activate(9);
        assert_eq!(retiring.trusted(), ["second", "first"]);
        assert_eq!(retiring.authority().key, "key of second");
        assert_eq!(retiring.token(), &[4; 32]);
        let retired = retiring.retire();
        assert_eq!(retired.trusted(), ["second"]);
        let signed = |until_s, secrets: &Secrets| FormerToken {
            secret: secrets.token,
            until_s,
        };
        assert_eq!(retired.former_tokens(), [signed(9, &settled)]);
        let again = |now| retired.accept(&next(2)).unwrap().activate(now);
        assert_eq!(
            again(20).former_tokens(),
            [signed(9, &settled), signed(20, &retired)]
        );
        assert_eq!(again(2000).former_tokens(), [signed(2000, &retired)]);

        let kept = settled.accept(&next(1)).unwrap().activate(9);
        assert_eq!(kept.trusted(), ["first"]);
        assert_eq!(kept.authority(), settled.authority());
    }
}
