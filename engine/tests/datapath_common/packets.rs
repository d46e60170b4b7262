//! Whole frames, sent and received past the stack.

use std::os::fd::AsRawFd;

use nix::libc;
use nix::sys::socket::bind;
use socket2::{Domain, Protocol, Socket, Type};

use crate::common::Outcome;

/// Sends and receives whole frames on an interface.
pub(crate) fn packet_socket(interface: &str) -> Outcome<Socket> {
    let all = u16::try_from(libc::ETH_P_ALL)?.to_be();
    let socket = Socket::new(
        Domain::PACKET,
        Type::RAW,
        Some(Protocol::from(i32::from(all))),
    )?;
    socket.set_nonblocking(true)?;
    let addr = nix::ifaddrs::getifaddrs()?
        .filter(|one| one.interface_name == interface)
        .find_map(|one| one.address?.as_link_addr().copied())
        .ok_or("no such interface")?;
    bind(socket.as_raw_fd(), &addr)?;
    Ok(socket)
}
