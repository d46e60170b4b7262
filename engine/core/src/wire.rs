//! What nodes say to each other: a header, a body, and a code that proves both.
//!
//! ```text
//! magic 4 │ version 1 │ key 1 │ cluster 8 │ sender 1 │ to 1 │ incarnation 8 │ to_incarnation 8 │ seq 8 │ body │ code 16
//! ```
//!
//! Numbers are big-endian, the body is postcard, the code is HMAC-SHA256 over all before it, cut to
//! 16 bytes, with the key of the cluster that `key` names ([`keys`]). `to` and `to_incarnation` bind a datagram
//! to one run of one node: replayed to another, or to the same after a restart, it is worth nothing.

use serde::{Deserialize, Serialize};

use crate::ids::{GroupId, GroupSet, Incarnation, ModuleName, NodeId, NodeSet};
use crate::view::Version;

pub mod keys;
mod seal;

pub use keys::{KeyNumber, Keyring, probe_key};
pub use seal::{Codec, Opened, Refusal};

/// What stands in front of every body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Who sent it.
    pub sender: NodeId,
    /// Whom it is for.
    pub to: NodeId,
    /// The sender's run.
    pub incarnation: Incarnation,
    /// The addressee's run as the sender knows it; zero when it never heard it.
    pub to_incarnation: Incarnation,
    /// Grows with every datagram from this sender to this addressee.
    pub seq: u64,
}

/// What a datagram says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// I am here, and this is where I am.
    Heartbeat(Heartbeat),
    /// A piece of the tables of a view.
    TablePart(TablePart),
}

/// A sign of life. All datagrams of one pulse carry the same beat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heartbeat {
    /// Grows with every pulse of the sender.
    pub beat: u64,
    /// What the sender heard of the addressee last.
    pub echo: Option<Echo>,
    /// One per module; those that do not fit travel in another datagram of the same beat.
    pub sections: Vec<Section>,
}

/// The highest beat that the sender accepted from the addressee's run named in the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Echo {
    /// That beat.
    pub beat: u64,
    /// Microseconds between its arrival and this datagram.
    pub hold_us: u32,
}

/// Where the sender is with one module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The module.
    pub module: ModuleName,
    /// Wants to be a member.
    pub serving: bool,
    /// Groups of which the sender wants no share, member or not.
    pub withdrawn: GroupSet,
    /// Of the configuration that all members must share.
    pub digest: u32,
    /// The sender's MAC address on each interface of the module.
    pub macs: Vec<[u8; 6]>,
    /// The view in force at the sender.
    pub version: Option<Version>,
    /// The highest counter of an epoch that the sender ever saw.
    pub counter: u64,
    /// Its members.
    pub members: NodeSet,
    /// Nodes that the sender hears for this module.
    pub hears: NodeSet,
    /// Nodes that may still accept packets by a contact with the sender in another view than the one
    /// in force at the sender.
    pub grants: NodeSet,
    /// Microseconds for which a contact lets the sender's filter accept.
    pub window_us: u32,
    /// The view in force when `held` was counted.
    pub held_version: Option<Version>,
    /// Per group, sockets at the sender in buckets of others.
    pub held: Vec<u32>,
}

/// A piece of the tables of a view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePart {
    /// The module.
    pub module: ModuleName,
    /// The view.
    pub version: Version,
    /// Its members.
    pub members: NodeSet,
    /// Its entry node.
    pub entry: Option<NodeId>,
    /// Its [`View::base`](crate::view::View::base).
    pub base: Version,
    /// Its [`View::fresh`](crate::view::View::fresh).
    pub fresh: NodeSet,
    /// Tables of the view.
    pub groups: u8,
    /// The group of whose table this is a piece.
    pub group: GroupId,
    /// Its [`View::withdrawn`](crate::view::View::withdrawn).
    pub withdrawn: NodeSet,
    /// Which piece of all tables, one after the other, this is; all but the last one are of
    /// [`PART_BYTES_MAX`](crate::limits::PART_BYTES_MAX) bytes.
    pub part: u8,
    /// The piece.
    #[serde(with = "run_of_bytes")]
    pub bytes: Vec<u8>,
}

/// Serde for many bytes at once; one by one they would be written alike, and slowly.
mod run_of_bytes {
    use std::fmt;

    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(bytes)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        deserializer.deserialize_bytes(Bytes)
    }

    struct Bytes;

    impl Visitor<'_> for Bytes {
        type Value = Vec<u8>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a run of bytes")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
            Ok(bytes.to_vec())
        }
    }
}
