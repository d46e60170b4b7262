//! The state of one bucket on one node, in one byte.
//!
//! The upper two bits say what this node may do, the lower six name another node:
//!
//! | bits | kind | the node |
//! |---|---|---|
//! | `00` | foreign, settled | the owner |
//! | `01` | foreign, but sockets of this bucket may still live here | the owner |
//! | `10` | mine, settled | unused, zero |
//! | `11` | mine, still migrating | who owned it before and may hold sockets |
//!
//! A foreign bucket whose owner is the node itself is *closed*: the node will own it, but may not
//! open flows yet. User space and the kernel read the same byte.

/// What a node may do with the packets of one bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct BucketState(u8);

/// [`BucketState`] taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Another node's; no socket of this bucket lives here.
    Foreign {
        /// The owner's number, 0 to 63; the node itself while the bucket is closed.
        owner: u8,
    },
    /// Another node's, but sockets of this bucket may live here.
    ForeignHeld {
        /// The owner's number, 0 to 63; the node itself while the bucket is closed.
        owner: u8,
    },
    /// This node's, and nobody else holds sockets of it.
    Mine,
    /// This node's, and `from` may still hold sockets of it.
    Migrating {
        /// The previous owner's number, 0 to 63.
        from: u8,
    },
}

const NODE_MASK: u8 = 0x3f;
const FOREIGN_HELD: u8 = 0x40;
const MINE: u8 = 0x80;
const MIGRATING: u8 = 0xc0;

impl BucketState {
    /// The byte for `kind`; of node numbers only the lower six bits count.
    pub const fn new(kind: Kind) -> Self {
        match kind {
            Kind::Foreign { owner } => Self(owner & NODE_MASK),
            Kind::ForeignHeld { owner } => Self(FOREIGN_HELD | owner & NODE_MASK),
            Kind::Mine => Self(MINE),
            Kind::Migrating { from } => Self(MIGRATING | from & NODE_MASK),
        }
    }

    /// The state in a byte of a table; every byte is a state.
    pub const fn from_byte(byte: u8) -> Self {
        Self(byte)
    }

    /// The byte that stands in a table.
    pub const fn byte(self) -> u8 {
        self.0
    }

    /// What the byte says.
    pub const fn kind(self) -> Kind {
        let node = self.0 & NODE_MASK;
        match self.0 & !NODE_MASK {
            FOREIGN_HELD => Kind::ForeignHeld { owner: node },
            MINE => Kind::Mine,
            MIGRATING => Kind::Migrating { from: node },
            _ => Kind::Foreign { owner: node },
        }
    }

    /// Whether this node may open flows of the bucket.
    pub const fn is_mine(self) -> bool {
        self.0 & MINE != 0
    }
}
