//! Bucket tables: who owns which bucket of a group, and the minimal move from one table to the next.
//!
//! A table says two things of each bucket: its *owner*, who opens its flows, and its *previous*
//! owner, who may still hold sockets of it. Where both are the same the bucket is settled. The
//! leader makes the next table with [`Table::next`] and ships the table itself.

use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::{BUCKETS, NODES_MAX};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::{NodeId, NodeSet};

mod chain;
mod rebuild;

pub use chain::weights;

/// The byte that stands for "nobody" on the wire.
const NOBODY: u8 = 0xff;

/// Owner and previous owner of every bucket of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<u8>", into = "Vec<u8>")]
pub struct Table {
    /// Always [`BUCKETS`] long.
    buckets: Vec<Bucket>,
}

/// One bucket of a [`Table`]. Where there is an owner there is a previous owner too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Bucket {
    owner: Option<NodeId>,
    previous: Option<NodeId>,
}

impl Bucket {
    fn is_settled(self) -> bool {
        self.owner == self.previous
    }
}

/// Bytes that are no [`Table`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadTable {
    /// Too few or too many bytes.
    #[error("a table has {} bytes, these are {got}", Table::BYTES)]
    Length {
        /// How many there are.
        got: usize,
    },
    /// A byte is neither a node's number nor the one for nobody.
    #[error("bucket {bucket}: {byte} is not a node's number")]
    Node {
        /// The bucket, 0 to 4095.
        bucket: usize,
        /// The byte.
        byte: u8,
    },
    /// A bucket has an owner and no previous one.
    #[error("bucket {bucket} has an owner and no previous owner")]
    NoPrevious {
        /// The bucket, 0 to 4095.
        bucket: usize,
    },
}

impl Table {
    /// Length of [`Table::to_bytes`]: two bytes per bucket.
    pub const BYTES: usize = 2 * BUCKETS;

    /// The table for these members, moving as few buckets as possible.
    ///
    /// `weights` has the members with their weights; a member of weight zero owns nothing, and
    /// where no weight is above zero nobody owns anything. A node named twice counts with its last
    /// weight. `alive` has the nodes whose sockets live on, members or not: a moved bucket stays
    /// unsettled only if its old owner is among them, and so does a bucket that stays.
    ///
    /// Every member ends with its weighted share of the [`BUCKETS`], rounded down or up. What
    /// moves: the buckets of those who are not members, of those who have too many, and of
    /// nobody; no other. Of the buckets that could as well move, those that are settled or return
    /// to their previous owner go first, so that sockets are left behind at one place at most
    /// wherever possible. The same arguments give the same table everywhere.
    #[must_use]
    pub fn next(previous: Option<&Self>, weights: &[(NodeId, u32)], alive: NodeSet) -> Self {
        let buckets = previous.map_or_else(
            || vec![Bucket::default(); BUCKETS],
            |table| table.buckets.clone(),
        );
        Self {
            buckets: rebuild::rebuild(buckets, weights, alive),
        }
    }

    /// Who opens the flows of this bucket; `None` when nobody does, and from [`BUCKETS`] on.
    pub fn owner(&self, bucket: usize) -> Option<NodeId> {
        self.buckets.get(bucket)?.owner
    }

    /// Who may hold sockets of this bucket besides the owner; the owner itself when the bucket is
    /// settled. `None` when nobody does, and from [`BUCKETS`] on.
    pub fn previous(&self, bucket: usize) -> Option<NodeId> {
        self.buckets.get(bucket)?.previous
    }

    /// Whether only the owner holds sockets of this bucket. True from [`BUCKETS`] on.
    pub fn is_settled(&self, bucket: usize) -> bool {
        self.buckets
            .get(bucket)
            .is_none_or(|bucket| bucket.is_settled())
    }

    /// Owner and previous owner of every bucket, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Option<NodeId>, Option<NodeId>)> + '_ {
        self.buckets
            .iter()
            .map(|bucket| (bucket.owner, bucket.previous))
    }

    /// How many buckets `node` owns.
    pub fn count(&self, node: NodeId) -> u32 {
        self.counts()[node.index()]
    }

    /// How many buckets each node owns, by its number.
    pub fn counts(&self) -> [u32; NODES_MAX] {
        rebuild::counts(&self.buckets)
    }

    /// Whether every node owns what [`Table::next`] with these weights would leave it.
    pub fn is_balanced(&self, weights: &[(NodeId, u32)]) -> bool {
        rebuild::is_balanced(&self.buckets, weights)
    }

    /// How many buckets have another owner than in `before`.
    pub fn moved(&self, before: &Self) -> usize {
        self.iter()
            .zip(before.iter())
            .filter(|(new, old)| new.0 != old.0)
            .count()
    }

    /// Declares that nobody but the owner holds sockets of this bucket.
    pub fn settle(&mut self, bucket: usize) {
        if let Some(bucket) = self.buckets.get_mut(bucket) {
            bucket.previous = bucket.owner;
        }
    }

    /// The table for the wire: owner, then previous owner, of each bucket in order; `0xff` is
    /// nobody. Any even number of bytes from an even place is a run of whole buckets.
    pub fn to_bytes(&self) -> Vec<u8> {
        let byte = |node: Option<NodeId>| node.map_or(NOBODY, NodeId::get);
        let mut bytes = Vec::with_capacity(Self::BYTES);
        for (owner, previous) in self.iter() {
            bytes.extend([byte(owner), byte(previous)]);
        }
        bytes
    }

    /// Reads what [`Table::to_bytes`] wrote.
    ///
    /// # Errors
    ///
    /// The first thing wrong with the bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadTable> {
        if bytes.len() != Self::BYTES {
            return Err(BadTable::Length { got: bytes.len() });
        }
        let pairs = bytes.chunks_exact(2).enumerate();
        let buckets = pairs.map(|(index, pair)| read_bucket(index, pair[0], pair[1]));
        Ok(Self {
            buckets: buckets.collect::<Result<_, _>>()?,
        })
    }
}

impl TryFrom<Vec<u8>> for Table {
    type Error = BadTable;

    fn try_from(bytes: Vec<u8>) -> Result<Self, BadTable> {
        Self::from_bytes(&bytes)
    }
}

impl From<Table> for Vec<u8> {
    fn from(table: Table) -> Self {
        table.to_bytes()
    }
}

fn read_bucket(bucket: usize, owner: u8, previous: u8) -> Result<Bucket, BadTable> {
    let node = |byte| match NodeId::new(byte) {
        None if byte == NOBODY => Ok(None),
        None => Err(BadTable::Node { bucket, byte }),
        node => Ok(node),
    };
    let read = Bucket {
        owner: node(owner)?,
        previous: node(previous)?,
    };
    if read.owner.is_some() && read.previous.is_none() {
        return Err(BadTable::NoPrevious { bucket });
    }
    Ok(read)
}

/// Serde for tables of bucket states: a byte each.
pub mod states_as_bytes {
    use super::BucketState;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes each table as its bytes.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(
        groups: &[Vec<BucketState>],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let bytes: Vec<Vec<u8>> = groups
            .iter()
            .map(|table| table.iter().map(|state| state.byte()).collect())
            .collect();
        bytes.serialize(serializer)
    }

    /// Reads what [`serialize`] wrote.
    ///
    /// # Errors
    ///
    /// Those of the deserializer.
    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Vec<BucketState>>, D::Error> {
        let bytes = Vec::<Vec<u8>>::deserialize(deserializer)?;
        let states = |table: Vec<u8>| table.into_iter().map(BucketState::from_byte).collect();
        Ok(bytes.into_iter().map(states).collect())
    }
}
