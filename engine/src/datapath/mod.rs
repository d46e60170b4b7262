//! Back ends of [`crate::ports::Datapath`]: in the kernel by eBPF, through NFQUEUE where the kernel
//! allows no eBPF, and in memory for tests.
//!
//! What all do alike (giving out slots, laying out tables, the order of changes) is in `book` and
//! `plan`; they differ in where the tables stand. The latter two keep them in `tables`.

mod book;
pub mod choose;
pub mod ebpf;
mod explain;
pub mod hook;
mod kernel_maps;
mod lans;
mod leftover;
pub mod memory;
pub mod nfqueue;
mod pins;
mod plan;
mod prerequisites;
mod probes;
mod rearrange;
mod replay;
mod tables;
mod unlink;
