//! The network of this machine as the engine needs it: heartbeats, addresses, announcements, and
//! which sockets a virtual address has.

pub mod addresses;
pub mod announce;
pub(crate) mod batch;
pub(crate) mod cables;
pub mod changes;
pub mod heartbeat;
pub(crate) mod lans;
pub(crate) mod link_local;
pub mod links;
pub(crate) mod listen;
pub(crate) mod lookup;
pub mod membership;
pub mod resolve;
pub mod sockets;
pub mod sysctl;

use std::net::IpAddr;

use nix::ifaddrs::InterfaceAddress;

/// The IP address in an entry of the kernel's list of addresses, where it has one.
pub(crate) fn ip_addr(one: &InterfaceAddress) -> Option<IpAddr> {
    let addr = one.address.as_ref()?;
    let v4 = addr.as_sockaddr_in().map(|addr| IpAddr::V4(addr.ip()));
    v4.or_else(|| addr.as_sockaddr_in6().map(|addr| IpAddr::V6(addr.ip())))
}
