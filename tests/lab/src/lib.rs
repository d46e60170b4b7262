//! A farm on one machine: network namespaces for switch, servers and clients, one real daemon per
//! server, a small HTTP service behind the virtual address, everything driven through the API.
//!
//! Layers, each using only those above it:
//!
//! | module | what |
//! |---|---|
//! | [`isolate`], [`prerequisites`], [`interruption`] | a process tree that vanishes without a trace |
//! | [`netns`], [`link`], [`segment`], [`impair`] | namespaces, a switch with stations plugged in, cables that lose |
//! | [`service`], [`blob`] | the application behind the virtual address, and what it sends |
//! | [`load`], [`capture`] | what clients experience, and what passes on the wire |
//! | [`report`] | from records to shares, takeover times, pictures |
//! | [`farm`] | servers with daemons, driven through the API; faults; nginx as the application |
//! | [`up`], [`mod@bench`], [`soak`] | the demonstration; measurements; long trials |
//! | [`remote`], [`scenario`] | a farm that another program drives; scenario files |

pub mod bench;
pub mod blob;
pub mod capture;
pub mod farm;
pub mod impair;
pub mod interruption;
pub mod isolate;
pub mod link;
pub mod load;
pub mod netns;
pub mod prerequisites;
pub mod remote;
pub mod report;
pub mod scenario;
pub mod segment;
pub mod service;
pub mod slow;
pub mod soak;
pub mod up;
