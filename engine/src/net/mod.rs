//! The network of this machine as the engine needs it: heartbeats, addresses, announcements, and
//! which sockets a virtual address has.

pub mod addresses;
pub mod announce;
pub(crate) mod batch;
pub(crate) mod cables;
pub mod changes;
pub mod heartbeat;
pub(crate) mod lans;
pub mod links;
pub(crate) mod listen;
pub(crate) mod lookup;
pub mod membership;
pub mod resolve;
pub mod sockets;
pub mod sysctl;
