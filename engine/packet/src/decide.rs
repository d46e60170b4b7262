//! Who takes a packet: the decision table, in one function.
//!
//! | packet | bucket here | verdict |
//! |---|---|---|
//! | opens | mine, or migrating | accept |
//! | opens | foreign | send on to the owner, or drop where the owner sees it itself |
//! | continues | mine | accept |
//! | continues | migrating from X | accept what a local socket has, else send on to X or drop |
//! | continues | foreign | send on or drop, without looking for a socket |
//! | continues | foreign but held | accept what a local socket has, else as foreign |
//! | any of these to be accepted | no valid lease | drop |
//!
//! What a connection left behind, a socket in time-wait, holds no flow: the client may have taken its
//! port again, and the connection after may live at the other node. Until it has, that socket alone
//! answers what the client still ends or writes. So who has one comes after who has a connection:
//!
//! | left here, bucket | directed | invisible |
//! |---|---|---|
//! | foreign but held | to the owner; accept what the owner sends back, which has nothing of it | accept what wants an answer |
//! | migrating from X | accept what wants an answer, with a copy to X unless X sent it; the rest to X | accept what wants an answer |
//!
//! The owner accepts without a word from X, who could not give one: two nodes whose tables differ
//! would send to and fro what neither has. Where a connection lives beside what is left, the socket in
//! time-wait repeats its last ACK twice a second at the most, which the client does not take for one.

use crate::bucket::{BucketState, Kind};
use crate::reason::Reason;

/// How packets for a virtual address reach the nodes. The numbers stand in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Entry {
    /// One node gets them and sends the others' on.
    Directed = 0,
    /// Every node gets them.
    Invisible = 1,
}

impl Entry {
    /// The mode with this number; what is none of them is directed.
    #[inline(always)]
    pub const fn from_byte(byte: u8) -> Self {
        match byte {
            1 => Self::Invisible,
            _ => Self::Directed,
        }
    }
}

/// A packet to decide about, and what is known at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// It opens a flow (TCP SYN, UDP, echo request), it does not continue one.
    pub opens: bool,
    /// The state of its bucket on this node.
    pub state: BucketState,
}

/// Which TCP socket of a flow a node has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Socket {
    /// None, but perhaps one that listens.
    None,
    /// What is left of a connection that this side ended first. The kernel's programs see no more of it
    /// than that, be it in time-wait or still waiting for the other side's end (`FIN_WAIT_2`).
    Left,
    /// One of a connection that lives: being opened, open, or being closed.
    Alive,
}

/// What costs time to find out; asked only where the answer matters.
pub trait Surroundings {
    /// How packets reach the nodes.
    fn entry(&self) -> Entry;

    /// This node, 0 to 63.
    fn node(&self) -> u8;

    /// Which socket of this very flow is here.
    fn socket(&self) -> Socket;

    /// Whether it is a TCP segment to which the other side expects an answer: it ends the flow, or
    /// ends what was written at once. A mere ACK is none.
    fn wants_answer(&self) -> bool;

    /// Whether the frame's source is the MAC address of this other node.
    fn is_from(&self, node: u8) -> bool;

    /// Whether the frame's source is the MAC address of another node of the farm.
    fn is_from_peer(&self) -> bool;

    /// Whether the daemon's lease is valid at this instant.
    fn is_lease_valid(&self) -> bool;
}

/// What to do with a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Give it to this node's stack.
    Accept,
    /// The same, and send a copy to this node, 0 to 63.
    AcceptAndCopy(u8),
    /// End it here.
    Drop,
    /// Send it on to this node, 0 to 63.
    Forward(u8),
}

/// Verdict and reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What to do.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
}

/// Decides about one packet.
#[inline(always)]
pub fn decide<S: Surroundings>(question: &Question, surroundings: &S) -> Decision {
    match (question.state.kind(), question.opens) {
        (Kind::Mine, false) => accept(Reason::AcceptMine, surroundings),
        (Kind::Mine | Kind::Migrating { .. }, true) => accept(Reason::AcceptOpens, surroundings),
        (Kind::Migrating { from }, false) => migrating(from, surroundings),
        (Kind::Foreign { owner }, _) | (Kind::ForeignHeld { owner }, true) => {
            foreign(owner, surroundings)
        }
        (Kind::ForeignHeld { owner }, false) => held(owner, surroundings),
    }
}

/// A packet of a known flow in a bucket that another node owns, while this one keeps what its sockets
/// have.
#[inline(always)]
fn held<S: Surroundings>(owner: u8, surroundings: &S) -> Decision {
    let has_it = match surroundings.socket() {
        Socket::Alive => true,
        Socket::Left => match surroundings.entry() {
            // Of a closed bucket nobody has more. Of another one the owner has nothing, who sent it.
            Entry::Directed => owner == surroundings.node() || surroundings.is_from(owner),
            Entry::Invisible => surroundings.wants_answer(),
        },
        Socket::None => false,
    };
    if has_it {
        return accept(Reason::AcceptSocket, surroundings);
    }
    foreign(owner, surroundings)
}

/// A packet of a known flow in a bucket that came from another node. It is sent on even when it
/// came from a peer: that peer already works with the table in which the bucket is this node's.
#[inline(always)]
fn migrating<S: Surroundings>(from: u8, surroundings: &S) -> Decision {
    match surroundings.socket() {
        Socket::Alive => return accept(Reason::AcceptSocket, surroundings),
        Socket::Left if surroundings.wants_answer() => return accept_beside(from, surroundings),
        Socket::Left | Socket::None => {}
    }
    match surroundings.entry() {
        Entry::Directed if from == surroundings.node() => drop(Reason::DropMigrating),
        Entry::Directed => Decision {
            verdict: Verdict::Forward(from),
            reason: Reason::ForwardPrevious,
        },
        Entry::Invisible => drop(Reason::DropMigrating),
    }
}

/// For what is left here of a connection: the previous owner, who may have a later one, gets it as well.
#[inline(always)]
fn accept_beside<S: Surroundings>(from: u8, surroundings: &S) -> Decision {
    let decision = accept(Reason::AcceptSocket, surroundings);
    let has_met_it = match surroundings.entry() {
        Entry::Directed => from == surroundings.node() || surroundings.is_from(from),
        Entry::Invisible => true,
    };
    if has_met_it || decision.verdict != Verdict::Accept {
        return decision;
    }
    Decision {
        verdict: Verdict::AcceptAndCopy(from),
        ..decision
    }
}

/// A packet for another node. One that a peer sent on ends here: the tables of the two disagree for
/// the moment, and a packet must not go in circles meanwhile.
#[inline(always)]
fn foreign<S: Surroundings>(owner: u8, surroundings: &S) -> Decision {
    if owner == surroundings.node() {
        return drop(Reason::DropClosed);
    }
    match surroundings.entry() {
        Entry::Invisible => drop(Reason::DropForeign),
        Entry::Directed if surroundings.is_from_peer() => drop(Reason::DropFromPeer),
        Entry::Directed => Decision {
            verdict: Verdict::Forward(owner),
            reason: Reason::ForwardOwner,
        },
    }
}

/// The lease comes last: reading the clock is the dearest part, and only accepting needs it.
#[inline(always)]
fn accept<S: Surroundings>(reason: Reason, surroundings: &S) -> Decision {
    if surroundings.is_lease_valid() {
        Decision {
            verdict: Verdict::Accept,
            reason,
        }
    } else {
        drop(Reason::DropLease)
    }
}

#[inline(always)]
const fn drop(reason: Reason) -> Decision {
    Decision {
        verdict: Verdict::Drop,
        reason,
    }
}
