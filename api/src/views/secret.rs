//! The replacement of the cluster's secrets. The secrets themselves go in and never come out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::names::Counter;
use crate::pki::Pair;

/// Where a node is with the cluster's secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"generation": 3, "step": "settled"}))]
pub struct SecretState {
    /// Counts the secrets that there were before the one that the node sends under.
    #[schema(format = "uint64", minimum = 0)]
    pub generation: u64,
    /// Which others it accepts.
    pub step: SecretStep,
    /// `accepting`: the node where the rotation was begun, which alone goes on with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begun_at: Option<String>,
}

/// Which secrets a node accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum SecretStep {
    /// The one in use alone.
    Settled,
    /// The next one, too; nobody sends under it before every node accepts it.
    Accepting,
    /// The former one, too, until every other node was heard under the one in use.
    Retiring,
}

/// The next secret for a node to accept.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "generation": 4, "begun_at": "node1",
    "secret": "8c1f0b6a55d94d0f9d2c6b4e3a7f10525f3f6f2bb1c0d7e8a94b3c2d1e0f6a7b",
    "token": "1d2c3b4a5968778695a4b3c2d1e0ff0e1d2c3b4a5968778695a4b3c2d1e0ff0e"
}))]
pub struct NextSecret {
    /// Its generation: one more than that of the secret in use.
    #[schema(value_type = u64, format = "uint64", minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    pub generation: Counter,
    /// The node where the rotation was begun, which alone goes on with it.
    pub begun_at: String,
    /// What authenticates datagrams: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9A-Fa-f]{64}$")]
    pub secret: String,
    /// What signs tokens: 64 hexadecimal digits.
    #[schema(pattern = "^[0-9A-Fa-f]{64}$")]
    pub token: String,
    /// Who vouches for the nodes from then on, where that changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<NextAuthority>,
}

/// The next authority, with its key.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "certificate": "-----BEGIN CERTIFICATE-----\nMIIBijCCATGgAwIBAgIUYDJGMJIvWiC4D0xXQ2OxuQ==\n-----END CERTIFICATE-----\n",
    "key": "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQ==\n-----END PRIVATE KEY-----\n"
}))]
pub struct NextAuthority {
    /// Its certificate, PEM.
    #[schema(max_length = 8192)]
    pub certificate: String,
    /// Its key, PEM.
    #[schema(max_length = 8192)]
    pub key: String,
}

impl From<Pair> for NextAuthority {
    fn from(pair: Pair) -> Self {
        Self {
            certificate: pair.certificate,
            key: pair.key,
        }
    }
}

impl From<NextAuthority> for Pair {
    fn from(next: NextAuthority) -> Self {
        Self {
            certificate: next.certificate,
            key: next.key,
        }
    }
}

impl std::fmt::Debug for NextAuthority {
    /// Leaves the key out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NextAuthority").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for NextSecret {
    /// Leaves the secret out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NextSecret")
            .field("generation", &self.generation)
            .field("begun_at", &self.begun_at)
            .finish_non_exhaustive()
    }
}
