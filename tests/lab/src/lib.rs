//! A farm on one machine: network namespaces for switch, servers and clients, one real daemon per
//! server, a small HTTP service behind the virtual address, everything driven through the API.
//!
//! Layers, each using only those above it:
//!
//! | module | what |
//! |---|---|
//! | [`isolate`], [`prerequisites`] | a process tree that vanishes without a trace |
//! | [`netns`], [`link`], [`segment`] | namespaces, and a switch with stations plugged in |
//! | [`service`] | the application behind the virtual address |
//! | [`load`], [`capture`] | what clients experience, and what passes on the wire |

pub mod capture;
pub mod isolate;
pub mod link;
pub mod load;
pub mod netns;
pub mod prerequisites;
pub mod segment;
pub mod service;
