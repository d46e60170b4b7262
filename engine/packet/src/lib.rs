//! One decision for kernel, NFQUEUE and simulator: parse a frame, hash its flow, decide who takes it.
//!
//! `no_std`, no allocation, no `unsafe`, no clock: everything a decision needs is an argument. The
//! eBPF program, the user-space back end and the tests call the same functions.

#![no_std]

pub mod abi;
mod addr;
pub mod answer;
mod asked;
pub mod bucket;
pub mod bytes;
pub mod claim;
pub mod decide;
pub mod filter;
pub mod flow;
pub mod fragment;
pub mod frame;
pub mod hash;
pub mod keep;
mod plain;
pub mod probe;
mod reason;
mod reply;
mod take;

pub use addr::{Addr, Mac};
pub use reason::Reason;

/// Buckets of one group: the hash of a flow selects one. A power of two.
pub const BUCKETS: usize = 4096;

/// Nodes of a cluster at the most; a bucket's state byte has six bits for a node.
pub const NODES_MAX: usize = 64;
