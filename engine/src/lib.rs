//! Virtual IP, hashing filter and heartbeats: the shell around [`evenkeel_core`].
//!
//! One driver thread owns the core; everything else talks to it by command in, event out. Nothing
//! here decides who owns what: that is the core's, and how a packet is treated is evenkeel-packet's.

pub mod checks;
mod clock;
pub mod datapath;
mod driver;
pub mod error;
pub mod handle;
pub mod handover;
pub mod limits;
pub mod net;
pub mod ports;
pub mod precedence;
pub mod reboot;
pub mod scripts;
mod start;
mod worker;

pub use error::{EngineError, StartError};
pub use handle::{DriverStatus, Engine, EngineConfig, FlowOwner, TrafficStatus, start, take_over};
