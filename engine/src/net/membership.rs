//! Lets an interface receive frames to a virtual MAC, for as long as the returned socket lives.
//!
//! A packet socket's membership rather than an address of the interface: the kernel ends it with
//! the process, and it leaves the interface's own MAC alone. A NIC that cannot filter one more
//! unicast address is put in promiscuous mode by the kernel itself.

use std::io;

use nix::libc;
use nix::sys::socket::setsockopt;
use nix::{setsockopt_impl, sockopt_impl};
use socket2::{Domain, Protocol, Socket, Type};

use crate::ports::Mac;

sockopt_impl!(
    /// `PACKET_ADD_MEMBERSHIP`, which nix has no type for.
    AddMembership,
    SetOnly,
    libc::SOL_PACKET,
    libc::PACKET_ADD_MEMBERSHIP,
    libc::packet_mreq
);

/// Membership of an interface; dropping it leaves.
#[derive(Debug)]
pub struct Membership {
    _socket: Socket,
}

/// Receives `mac` on the interface, in promiscuous mode where the interface takes no further MAC.
///
/// # Errors
///
/// When the kernel refuses both.
pub fn join(index: u32, mac: Mac) -> io::Result<Membership> {
    // Protocol 0: the socket itself receives no frame.
    let socket = Socket::new(Domain::PACKET, Type::RAW, Some(Protocol::from(0)))?;
    let unicast = request(index, mac, libc::PACKET_MR_UNICAST)?;
    if let Err(refused) = setsockopt(&socket, AddMembership, &unicast) {
        tracing::warn!(
            index,
            error = %refused,
            "the interface takes no second MAC address; it is put in promiscuous mode"
        );
        let promiscuous = request(index, mac, libc::PACKET_MR_PROMISC)?;
        setsockopt(&socket, AddMembership, &promiscuous)?;
    }
    Ok(Membership { _socket: socket })
}

fn request(index: u32, mac: Mac, kind: i32) -> io::Result<libc::packet_mreq> {
    let [a, b, c, d, e, f] = mac;
    Ok(libc::packet_mreq {
        mr_ifindex: i32::try_from(index).map_err(io::Error::other)?,
        mr_type: u16::try_from(kind).map_err(io::Error::other)?,
        mr_alen: 6,
        mr_address: [a, b, c, d, e, f, 0, 0],
    })
}
