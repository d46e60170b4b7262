//! Back ends of [`crate::ports::Datapath`]: in the kernel by eBPF, and in memory for tests.
//!
//! What both do alike (giving out slots, laying out tables, the order of changes) is in `book` and
//! `plan`; they differ in where the tables stand.

mod book;
pub mod ebpf;
mod explain;
pub mod hook;
mod kernel_maps;
pub mod memory;
mod pins;
mod plan;
mod prerequisites;
