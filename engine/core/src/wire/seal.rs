//! Sealing and opening datagrams: lengths, cluster, key, authentication code, encoding.
//!
//! Input comes from the network and is hostile until [`Codec::open`] has said otherwise. Replays are
//! not seen here but by [`crate::detector`].

use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::keys::{KeyNumber, Keyring};
use super::{Body, Header};
use crate::ids::{Incarnation, NodeId};
use crate::limits::DATAGRAM_BYTES_MAX;

const MAGIC: [u8; 4] = *b"EVKL";
const VERSION: u8 = 3;
const CLUSTER_BYTES: usize = 8;
const HEADER_BYTES: usize = MAGIC.len() + 1 + 1 + CLUSTER_BYTES + 1 + 1 + 8 + 8 + 8;
const CODE_BYTES: usize = 16;

/// Room for a body in one datagram.
const BODY_BYTES_MAX: usize = DATAGRAM_BYTES_MAX - HEADER_BYTES - CODE_BYTES;

/// Why a datagram was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Too short, too long, of another version, or not decodable.
    Malformed,
    /// Of another cluster.
    Foreign,
    /// The key is unknown here, or the authentication code is wrong.
    Forged,
    /// Seen before, older than what was seen, or for another node or run of this node.
    Replayed,
}

/// An authenticated datagram whose body is not decoded yet.
#[derive(Clone, Copy, Debug)]
pub struct Opened<'a> {
    /// What stands in front.
    pub header: Header,
    /// The key that proves it.
    pub key: KeyNumber,
    body: &'a [u8],
}

impl Opened<'_> {
    /// What it says.
    ///
    /// # Errors
    ///
    /// [`Refusal::Malformed`] when the bytes are no body.
    pub fn body(&self) -> Result<Body, Refusal> {
        match postcard::take_from_bytes(self.body) {
            Ok((body, [])) => Ok(body),
            Ok(_) | Err(_) => Err(Refusal::Malformed),
        }
    }
}

/// Seals and opens the datagrams of one cluster. It is kept as its keys.
#[derive(Clone, Serialize, Deserialize)]
#[serde(from = "Keyring", into = "Keyring")]
pub struct Codec {
    keys: Keyring,
    cluster: [u8; CLUSTER_BYTES],
    /// By number of the key; keyed, and cloned for each datagram.
    codes: [Option<Hmac<Sha256>>; 2],
    active: KeyNumber,
}

impl std::fmt::Debug for Codec {
    /// Leaves the key out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Codec")
            .field("cluster", &self.cluster)
            .field("active", &self.active)
            .finish_non_exhaustive()
    }
}

impl Codec {
    /// The codec of the cluster with these keys.
    pub fn new(keys: &Keyring) -> Self {
        let mut cluster = [0; CLUSTER_BYTES];
        cluster.copy_from_slice(&keys.cluster_id()[..CLUSTER_BYTES]);
        Self {
            keys: keys.clone(),
            cluster,
            codes: keys.codes(),
            active: keys.active(),
        }
    }

    /// The datagram under the active key, or `None` when the body is too long for one.
    pub fn seal(&self, header: &Header, body: &Body) -> Option<Vec<u8>> {
        let body = postcard::to_allocvec(body).ok()?;
        if body.len() > BODY_BYTES_MAX {
            return None;
        }
        let mut bytes = Vec::with_capacity(HEADER_BYTES + body.len() + CODE_BYTES);
        bytes.extend(MAGIC);
        bytes.extend([VERSION, self.active.get()]);
        bytes.extend(self.cluster);
        bytes.extend([header.sender.get(), header.to.get()]);
        bytes.extend(header.incarnation.0.to_be_bytes());
        bytes.extend(header.to_incarnation.0.to_be_bytes());
        bytes.extend(header.seq.to_be_bytes());
        bytes.extend(body);
        let mut code = self.code(self.active.get())?.clone();
        code.update(&bytes);
        bytes.extend(&code.finalize().into_bytes()[..CODE_BYTES]);
        Some(bytes)
    }

    /// Whether a body of this many postcard bytes fits into one datagram.
    pub const fn fits(body_bytes: usize) -> bool {
        body_bytes <= BODY_BYTES_MAX
    }

    /// Checks length, magic, version, cluster, key and code, in this order: what costs something
    /// comes last.
    ///
    /// # Errors
    ///
    /// The first check that failed.
    pub fn open<'a>(&self, bytes: &'a [u8]) -> Result<Opened<'a>, Refusal> {
        if bytes.len() < HEADER_BYTES + CODE_BYTES || bytes.len() > DATAGRAM_BYTES_MAX {
            return Err(Refusal::Malformed);
        }
        let (signed, code) = bytes.split_at(bytes.len() - CODE_BYTES);
        let (head, body) = signed.split_at(HEADER_BYTES);
        let mut fields = Fields(head);
        if fields.take::<4>() != MAGIC || fields.take::<1>() != [VERSION] {
            return Err(Refusal::Malformed);
        }
        let [number] = fields.take::<1>();
        if fields.take::<CLUSTER_BYTES>() != self.cluster {
            return Err(Refusal::Foreign);
        }
        // Constant time: an attacker learns nothing from how long it takes to be refused.
        let mut mac = self.code(number).ok_or(Refusal::Forged)?.clone();
        mac.update(signed);
        if mac.verify_truncated_left(code).is_err() {
            return Err(Refusal::Forged);
        }
        let [sender] = fields.take::<1>();
        let [to] = fields.take::<1>();
        let header = Header {
            sender: NodeId::new(sender).ok_or(Refusal::Malformed)?,
            to: NodeId::new(to).ok_or(Refusal::Malformed)?,
            incarnation: Incarnation(u64::from_be_bytes(fields.take())),
            to_incarnation: Incarnation(u64::from_be_bytes(fields.take())),
            seq: u64::from_be_bytes(fields.take()),
        };
        let key = KeyNumber::of(number.into());
        Ok(Opened { header, key, body })
    }

    /// What proves datagrams under the key of this number.
    fn code(&self, number: u8) -> Option<&Hmac<Sha256>> {
        self.codes.get(usize::from(number))?.as_ref()
    }
}

impl From<Keyring> for Codec {
    fn from(keys: Keyring) -> Self {
        Self::new(&keys)
    }
}

impl From<Codec> for Keyring {
    fn from(codec: Codec) -> Self {
        codec.keys
    }
}

/// Reads fixed-size fields off the front; zeros past the end, which the length check rules out.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let Some((field, rest)) = self.0.split_first_chunk::<N>() else {
            return [0; N];
        };
        self.0 = rest;
        *field
    }
}
