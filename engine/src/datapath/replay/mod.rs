//! Replaying SYNs: a client whose SYN met a dead node, or a bucket between two owners, is answered as
//! soon as there is an owner, and not when its own timer has it ask again.
//!
//! The filter keeps what it does not accept ([`evenkeel_packet::keep`]). After each change `judge` says
//! which of these are this node's to answer or to hand on. With eBPF `frame` makes their frames whole, and
//! a thread of its own (`runner`), which the driver never waits for, sends them: what this node takes in
//! goes to the belt, which turns it round to where it would have come in. Through NFQUEUE packets wait
//! in the queue until they are judged ([`super::nfqueue`]).

mod frame;
mod judge;
mod looks;
mod runner;

pub(super) use judge::{Farm, Fate, Judgement, REPLAY};
pub(super) use looks::Looks;
pub(super) use runner::{Replayer, Watched};
