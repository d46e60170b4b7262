//! Interfaces and addresses through rtnetlink: what is there, and setting virtual addresses.
//!
//! A virtual address is set as a host address (`/32`, `/128`) without a prefix route, so that no
//! connection of this machine ever starts from it; that shape also tells it from the machine's own
//! addresses, which is how one left by a killed daemon is known.

use std::io;
use std::net::IpAddr;

use futures::TryStreamExt;
use netlink_packet_route::address::{AddressAttribute, AddressFlags, AddressMessage};
use netlink_packet_route::link::{LinkAttribute, LinkFlags, LinkLayerType, LinkMessage};
use rtnetlink::{Error, Handle};

use crate::ports::Mac;

/// A network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its index in the kernel.
    pub index: u32,
    /// Its name.
    pub name: String,
    /// Its MAC address, where it speaks Ethernet.
    pub mac: Option<Mac>,
    /// Administratively up.
    pub up: bool,
    /// The loopback interface.
    pub loopback: bool,
    /// Its addresses.
    pub addrs: Vec<LinkAddr>,
}

/// An address of an interface, with its network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkAddr {
    /// The address.
    pub addr: IpAddr,
    /// Length of the network's prefix.
    pub prefix_len: u8,
    /// Set without a route to its network, as virtual addresses are.
    pub noprefixroute: bool,
}

impl LinkAddr {
    /// Whether `other` is in this address's network; a host address has no network, and a
    /// link-local one none that tells its link.
    pub fn network_has(&self, other: IpAddr) -> bool {
        match (self.addr, other) {
            (IpAddr::V4(mine), IpAddr::V4(other)) if self.prefix_len < 32 => {
                let mask = u32::MAX
                    .checked_shl(32 - u32::from(self.prefix_len))
                    .unwrap_or(0);
                mine.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(mine), IpAddr::V6(_)) if mine.is_unicast_link_local() => false,
            (IpAddr::V6(mine), IpAddr::V6(other)) if self.prefix_len < 128 => {
                let mask = u128::MAX
                    .checked_shl(128 - u32::from(self.prefix_len))
                    .unwrap_or(0);
                mine.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V4(_) | IpAddr::V6(_), _) => false,
        }
    }

    /// Whether it looks like a virtual address that this program set.
    pub fn is_virtual(&self) -> bool {
        self.prefix_len == host_prefix(self.addr) && self.noprefixroute
    }
}

/// Prefix length of a host address: 32 or 128.
pub const fn host_prefix(addr: IpAddr) -> u8 {
    match addr {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// All interfaces with their addresses, in the order of their indices.
///
/// # Errors
///
/// When the kernel does not answer.
pub async fn list(handle: &Handle) -> io::Result<Vec<Link>> {
    let mut found = Vec::new();
    let mut links = handle.link().get().execute();
    while let Some(message) = links.try_next().await.map_err(to_io)? {
        found.push(link(message));
    }
    let mut addrs = handle.address().get().execute();
    while let Some(message) = addrs.try_next().await.map_err(to_io)? {
        let index = message.header.index;
        if let Some(link) = found.iter_mut().find(|link| link.index == index) {
            link.addrs.extend(link_addr(&message));
        }
    }
    found.sort_by_key(|link| link.index);
    Ok(found)
}

/// Sets a virtual address on an interface; one that is there already is fine.
///
/// # Errors
///
/// When the kernel refuses.
pub async fn add(handle: &Handle, index: u32, addr: IpAddr) -> io::Result<()> {
    let flags = match addr {
        IpAddr::V4(_) => AddressFlags::Noprefixroute,
        // Every node has the address, so detecting duplicates would find one.
        IpAddr::V6(_) => AddressFlags::Noprefixroute | AddressFlags::Nodad,
    };
    let mut request = handle
        .address()
        .add(index, addr, host_prefix(addr))
        .replace();
    request
        .message_mut()
        .attributes
        .push(AddressAttribute::Flags(flags));
    request.execute().await.map_err(to_io)
}

/// Removes a virtual address; one that is not there, or whose interface is gone, is fine.
///
/// # Errors
///
/// When the kernel refuses.
pub async fn remove(handle: &Handle, index: u32, addr: IpAddr) -> io::Result<()> {
    let mut message = AddressMessage::default();
    message.header.index = index;
    message.header.prefix_len = host_prefix(addr);
    message.header.family = match addr {
        IpAddr::V4(_) => netlink_packet_route::AddressFamily::Inet,
        IpAddr::V6(_) => netlink_packet_route::AddressFamily::Inet6,
    };
    message.attributes.push(AddressAttribute::Local(addr));
    match handle.address().del(message).execute().await.map_err(to_io) {
        Err(error) if is_absent(&error) => Ok(()),
        done => done,
    }
}

/// Removes `addr` from every interface but `index` where it stands as a virtual address: left by a
/// killed daemon whose configuration was another.
///
/// # Errors
///
/// When the kernel refuses.
pub async fn remove_elsewhere(
    handle: &Handle,
    links: &[Link],
    index: u32,
    addr: IpAddr,
) -> io::Result<()> {
    for link in links.iter().filter(|link| link.index != index) {
        if link
            .addrs
            .iter()
            .any(|there| there.addr == addr && there.is_virtual())
        {
            remove(handle, link.index, addr).await?;
        }
    }
    Ok(())
}

fn is_absent(error: &io::Error) -> bool {
    let absent = [
        nix::libc::EADDRNOTAVAIL,
        nix::libc::ENODEV,
        nix::libc::ENXIO,
    ];
    error
        .raw_os_error()
        .is_some_and(|code| absent.contains(&code))
}

fn to_io(error: Error) -> io::Error {
    if let Error::NetlinkError(message) = &error {
        return message.to_io();
    }
    io::Error::other(error)
}

fn link(message: LinkMessage) -> Link {
    let flags = message.header.flags;
    let ethernet = message.header.link_layer_type == LinkLayerType::Ether;
    let mut link = Link {
        index: message.header.index,
        name: String::new(),
        mac: None,
        up: flags.contains(LinkFlags::Up),
        loopback: flags.contains(LinkFlags::Loopback),
        addrs: Vec::new(),
    };
    for attribute in message.attributes {
        if let LinkAttribute::IfName(name) = attribute {
            link.name = name;
        } else if let LinkAttribute::Address(mac) = attribute {
            link.mac = mac.try_into().ok().filter(|_| ethernet);
        }
    }
    link
}

fn link_addr(message: &AddressMessage) -> Option<LinkAddr> {
    let mut local = None;
    let mut peer = None;
    let mut noprefixroute = false;
    for attribute in &message.attributes {
        if let AddressAttribute::Local(addr) = attribute {
            local = Some(*addr);
        } else if let AddressAttribute::Address(addr) = attribute {
            peer = Some(*addr);
        } else if let AddressAttribute::Flags(flags) = attribute {
            noprefixroute = flags.contains(AddressFlags::Noprefixroute);
        }
    }
    // On a point-to-point link the kernel tells the peer beside the local address.
    let addr = local.or(peer)?;
    Some(LinkAddr {
        addr,
        prefix_len: message.header.prefix_len,
        noprefixroute,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(addr: &str, prefix_len: u8) -> LinkAddr {
        LinkAddr {
            addr: addr.parse().unwrap(),
            prefix_len,
            noprefixroute: false,
        }
    }

    #[test]
    fn a_network_has_the_addresses_of_its_prefix() {
        let cases = [
            ("10.0.1.7", 24, "10.0.1.200", true),
            ("10.0.1.7", 24, "10.0.2.200", false),
            ("10.0.1.7", 22, "10.0.2.200", true),
            ("10.0.1.7", 32, "10.0.1.7", false),
            ("10.0.1.7", 0, "192.0.2.1", true),
            ("10.0.1.7", 24, "fd00::1", false),
            ("fd00::7", 64, "fd00::9", true),
            ("fd00::7", 64, "fd01::9", false),
            ("fd00::7", 128, "fd00::7", false),
            ("fe80::7", 64, "fe80::9", false),
        ];
        for (mine, prefix_len, other, expected) in cases {
            let answer = at(mine, prefix_len).network_has(other.parse().unwrap());
            assert_eq!(
                answer, expected,
                "{other} in the network of {mine}/{prefix_len}"
            );
        }
    }
}
