//! Lets an interface receive frames that its own addresses do not ask for, for as long as the
//! returned socket lives: those to a virtual MAC, and the solicitations of neighbours that look for
//! a virtual IPv6 address.
//!
//! A socket's membership rather than an address of the interface: the kernel ends it with the
//! process, and it leaves the interface's own addresses alone. A NIC that cannot filter one more
//! unicast address is put in promiscuous mode by the kernel itself. Switches that watch who listens
//! to which group (MLD snooping) hear of it from the kernel, too.

use std::collections::BTreeSet;
use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::os::fd::{AsRawFd as _, RawFd};

use nix::libc;
use nix::sys::socket::setsockopt;
use nix::{setsockopt_impl, sockopt_impl};
use socket2::{Domain, Protocol, Socket, Type};

use crate::net::announce::frame_socket;
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
    socket: Socket,
}

impl Membership {
    /// The socket outlives the program that this process runs, for the next one; its number.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    pub fn lend(&self) -> io::Result<RawFd> {
        self.socket.set_cloexec(false)?;
        Ok(self.socket.as_raw_fd())
    }

    /// It ends with this program, as ever.
    pub fn take_back(&self) {
        if let Err(error) = self.socket.set_cloexec(true) {
            tracing::warn!(%error, "programs that are started inherit a socket");
        }
    }
}

/// Receives `mac` on the interface, in promiscuous mode where the interface takes no further MAC.
///
/// # Errors
///
/// When the kernel refuses both.
pub fn join(index: u32, mac: Mac) -> io::Result<Membership> {
    let socket = frame_socket()?;
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
    Ok(Membership { socket })
}

/// Receives the neighbour solicitations for these IPv6 addresses on the interface; `None` where
/// there is none. The addresses themselves are on loopback, which joins no group on any NIC.
///
/// # Errors
///
/// When the kernel refuses, as it does where IPv6 is disabled on the interface.
pub fn join_solicited(index: u32, addrs: &[IpAddr]) -> io::Result<Option<Membership>> {
    let v6 = addrs.iter().filter_map(|addr| match addr {
        IpAddr::V4(_) => None,
        IpAddr::V6(addr) => Some(*addr),
    });
    let groups: BTreeSet<Ipv6Addr> = v6.map(solicited_node).collect();
    if groups.is_empty() {
        return Ok(None);
    }
    let socket = Socket::new(Domain::IPV6, Type::DGRAM, Some(Protocol::UDP))?;
    for group in &groups {
        socket.join_multicast_v6(group, index)?;
    }
    Ok(Some(Membership { socket }))
}

/// The multicast group in which neighbours look for an address (RFC 4291, section 2.7.1).
const fn solicited_node(addr: Ipv6Addr) -> Ipv6Addr {
    let [.., a, b, c] = addr.octets();
    let [high, low] = [0xff00 | a as u16, (b as u16) << 8 | c as u16];
    Ipv6Addr::new(0xff02, 0, 0, 0, 0, 1, high, low)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_of_an_address_ends_like_the_address() {
        for (addr, group) in [
            ("fd00::99", "ff02::1:ff00:99"),
            ("2001:db8:1:2:3:4:5678:9abc", "ff02::1:ff78:9abc"),
        ] {
            let found = solicited_node(addr.parse().unwrap());
            assert_eq!(found, group.parse::<Ipv6Addr>().unwrap());
        }
    }
}
