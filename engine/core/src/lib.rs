//! The sans-IO heart of a node: detector, views, bucket tables, leases, module states, configuration.
//!
//! It knows no clock, socket, file, thread or random source: time and datagrams come in as
//! arguments, everything to do comes out as [`effect::Effect`]. The daemon and the simulator run
//! this same code.

#![forbid(unsafe_code)]

pub mod command;
pub mod config;
pub mod detector;
pub mod effect;
pub mod event;
pub mod handover;
pub mod ids;
pub mod input;
pub mod lease;
pub mod limits;
pub mod membership;
pub mod module;
pub mod node;
pub mod prober;
pub mod status;
pub mod table;
pub mod timer;
pub mod view;
pub mod wire;
