//! One decision for kernel, NFQUEUE and simulator: parse a frame, hash its flow, decide who takes it.
//!
//! `no_std`, no allocation, no `unsafe`, no clock: everything a decision needs is an argument. The
//! eBPF program, the user-space back end and the tests call the same functions.

#![no_std]

pub mod bucket;

/// Buckets of one group: the hash of a flow selects one. A power of two.
pub const BUCKETS: usize = 4096;

/// Nodes of a cluster at the most; a bucket's state byte has six bits for a node.
pub const NODES_MAX: usize = 64;
