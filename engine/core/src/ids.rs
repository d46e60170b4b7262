//! Names and numbers that identify nodes, networks, modules, epochs and instants across the crates.
//!
//! Plain values: nothing here knows a clock, a socket or the configuration.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

use evenkeel_packet::NODES_MAX;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A node of the cluster: its position in the first LAN of `cluster.xml`, 0 to 63.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct NodeId(u8);

const _: () = assert!(NodeId::LAST.index() + 1 == NODES_MAX, "the last one");

impl NodeId {
    /// The one with the greatest number.
    pub const LAST: Self = Self(63);

    /// The node with this number, or `None` from [`NODES_MAX`] on.
    pub const fn new(id: u8) -> Option<Self> {
        if (id as usize) < NODES_MAX {
            Some(Self(id))
        } else {
            None
        }
    }

    /// The number, 0 to 63.
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The number as an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl TryFrom<u8> for NodeId {
    type Error = &'static str;

    fn try_from(id: u8) -> Result<Self, Self::Error> {
        Self::new(id).ok_or("a node id is below 64")
    }
}

impl From<NodeId> for u8 {
    fn from(id: NodeId) -> Self {
        id.0
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A set of nodes, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NodeSet(u64);

impl NodeSet {
    /// The set without members.
    pub const EMPTY: Self = Self(0);

    /// The set with one member.
    pub const fn single(node: NodeId) -> Self {
        Self(1 << node.0)
    }

    /// The set with `node` added.
    #[must_use]
    pub const fn with(self, node: NodeId) -> Self {
        Self(self.0 | 1 << node.0)
    }

    /// The set with `node` removed.
    #[must_use]
    pub const fn without(self, node: NodeId) -> Self {
        Self(self.0 & !(1 << node.0))
    }

    /// Those of this set that are not in the other.
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those that are in either set.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those that are in both sets.
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether `node` is in the set.
    pub const fn contains(self, node: NodeId) -> bool {
        self.0 & (1 << node.0) != 0
    }

    /// Whether the set has no members.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many members there are, 0 to 64.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The members in ascending order.
    pub fn iter(self) -> impl Iterator<Item = NodeId> {
        (0..64)
            .filter(move |bit| self.0 & (1 << bit) != 0)
            .map(NodeId)
    }
}

/// A set of a module's groups, by their place in the configuration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupSet(u16);

impl GroupSet {
    /// The set without members.
    pub const EMPTY: Self = Self(0);

    /// Every group that there may be.
    pub const ALL: Self = Self(u16::MAX);

    /// The set with one member, of [`GROUPS_MAX`](crate::limits::GROUPS_MAX) at the most; empty beyond.
    pub fn single(group: usize) -> Self {
        let bit = u32::try_from(group).ok();
        Self(bit.and_then(|bit| 1_u16.checked_shl(bit)).unwrap_or(0))
    }

    /// Whether the group is in the set.
    pub fn contains(self, group: usize) -> bool {
        self.0 & Self::single(group).0 != 0
    }
}

impl FromIterator<usize> for GroupSet {
    fn from_iter<I: IntoIterator<Item = usize>>(groups: I) -> Self {
        let with = |all: Self, group| Self(all.0 | Self::single(group).0);
        groups.into_iter().fold(Self::EMPTY, with)
    }
}

// Each group has its bit.
const _: () = assert!(crate::limits::GROUPS_MAX <= u16::BITS as usize);

impl FromIterator<NodeId> for NodeSet {
    fn from_iter<I: IntoIterator<Item = NodeId>>(nodes: I) -> Self {
        nodes.into_iter().fold(Self::EMPTY, Self::with)
    }
}

/// A group of a module, wherever it stands in the configuration: what its name becomes, the same at every node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GroupId(pub u32);

impl GroupId {
    /// The one with this name. Two names of a module may not become the same.
    pub fn of(name: &str) -> Self {
        let [a, b, c, d, ..] = <[u8; 32]>::from(Sha256::digest(name));
        Self(u32::from_be_bytes([a, b, c, d]))
    }
}

/// A LAN of `cluster.xml`, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LanId(pub u8);

/// One run of a node's daemon; a restart has a higher one. Never reused by a node.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Incarnation(pub u64);

/// The version of a module's view and tables: a counter, then the leader that chose it, so that two
/// leaders never make the same epoch. A later epoch compares greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Epoch {
    /// Grows by at least one with each view.
    pub counter: u64,
    /// The node that made this epoch's tables.
    pub leader: NodeId,
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.counter, self.leader)
    }
}

/// An instant: nanoseconds of the machine's monotonic clock (`CLOCK_MONOTONIC`, the clock that
/// `bpf_ktime_get_ns` reads too). Instants of different machines do not compare.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Time(pub u64);

impl Time {
    /// The time from `earlier` to this instant, zero when `earlier` is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_nanos(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Duration> for Time {
    type Output = Self;

    fn add(self, by: Duration) -> Self {
        Self(
            self.0
                .saturating_add(u64::try_from(by.as_nanos()).unwrap_or(u64::MAX)),
        )
    }
}

impl Sub<Duration> for Time {
    type Output = Self;

    fn sub(self, by: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(u64::try_from(by.as_nanos()).unwrap_or(u64::MAX)),
        )
    }
}

/// A module's name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ModuleName(String);

impl ModuleName {
    /// The longest name, in bytes.
    pub const LEN_MAX: usize = 32;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ModuleName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        let legal = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
        if starts && name.len() <= Self::LEN_MAX && name.chars().all(legal) {
            return Ok(Self(name));
        }
        Err(format!(
            "{name:?} is not a module name: 1 to {} characters, a letter first, then letters, \
             digits, '_' and '-'",
            Self::LEN_MAX
        ))
    }
}

impl From<ModuleName> for String {
    fn from(name: ModuleName) -> Self {
        name.0
    }
}

impl fmt::Display for ModuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
