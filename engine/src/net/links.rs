//! Interfaces and addresses through rtnetlink: what is there, and setting virtual addresses.
//!
//! A virtual address is set as a host address (`/32`, `/128`) without a prefix route. That shape
//! also tells it from the machine's own addresses, which is how one left by a killed daemon is
//! known; of IPv6 those on loopback only, because DHCPv6 gives a NIC addresses of the same shape.
//!
//! No connection of this machine starts from a virtual address unless its program says so. For IPv4
//! its scope is `host`: the kernel takes no such address by itself for anything beyond the machine,
//! also where the interface's own are set later, and names none in ARP or NAT. (Lifetimes mean
//! nothing to it there.) For IPv6 the preferred lifetime is zero: such an address is taken only
//! where there is no other of sufficient scope.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use futures::TryStreamExt;
use netlink_packet_route::address::{
    AddressAttribute, AddressFlags, AddressMessage, AddressScope, CacheInfo,
};
use netlink_packet_route::link::{LinkAttribute, LinkFlags, LinkInfo, LinkLayerType, LinkMessage};
use netlink_packet_route::neighbour::NeighbourMessage;
use netlink_packet_route::route::{
    RouteAddress, RouteAttribute, RouteHeader, RouteMessage, RouteType,
};
use rtnetlink::{Error, Handle, NeighbourHandle, RouteMessageBuilder};
use tokio::sync::Mutex;

use crate::ports::Mac;

/// A lifetime without end.
const FOREVER: u32 = u32::MAX;

/// The socket through which interfaces and addresses are listed and set. Clones share it.
#[derive(Clone, Debug)]
pub struct Netlink {
    handle: Handle,
    /// The kernel makes one list per socket at a time and refuses a second one.
    listing: Arc<Mutex<()>>,
}

impl Netlink {
    /// What goes through an open connection.
    pub fn new(handle: Handle) -> Self {
        Self {
            handle,
            listing: Arc::default(),
        }
    }

    /// The neighbours whose entries can be changed.
    pub(crate) fn neighbours(&self) -> NeighbourHandle {
        self.handle.neighbours()
    }

    /// The addresses of one interface.
    pub(crate) async fn addresses_of(&self, index: u32) -> io::Result<Vec<AddressMessage>> {
        let _turn = self.listing.lock().await;
        let addrs = self.handle.address().get().set_link_index_filter(index);
        addrs.execute().try_collect().await.map_err(to_io)
    }

    /// All neighbours that the kernel knows.
    pub(crate) async fn known_neighbours(&self) -> Result<Vec<NeighbourMessage>, Error> {
        let _turn = self.listing.lock().await;
        self.neighbours().get().execute().try_collect().await
    }
}

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
    /// Made by software, not by a device: the kernel names its kind.
    pub software: bool,
    /// The loopback interface.
    pub loopback: bool,
    /// Its addresses.
    pub addrs: Vec<LinkAddr>,
    /// IPv6 networks that routes say are on it. Where DHCPv6 gives a host address, the network of
    /// that is told by the router's advertisement only.
    pub routed: Vec<LinkAddr>,
}

impl Link {
    /// Whether `addr` is there and looks like a virtual address that this program set.
    pub fn has_virtual(&self, addr: IpAddr) -> bool {
        self.addrs
            .iter()
            .any(|there| there.addr == addr && self.is_virtual(there))
    }

    /// Whether `addr` is there as the machine's own.
    pub fn has_own(&self, addr: IpAddr) -> bool {
        self.addrs
            .iter()
            .any(|there| there.addr == addr && !self.is_virtual(there))
    }

    /// Whether one of its networks has `addr`.
    pub fn network_has(&self, addr: IpAddr) -> bool {
        self.networks().any(|network| network.network_has(addr))
    }

    /// Its networks, those of its addresses first; none on loopback.
    pub fn networks(&self) -> impl Iterator<Item = &LinkAddr> {
        let known = self.addrs.iter().chain(&self.routed);
        known.filter(|network| !self.loopback && network.network_has(network.addr))
    }

    fn is_virtual(&self, there: &LinkAddr) -> bool {
        there.is_bare() && (there.addr.is_ipv4() || self.loopback)
    }
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
    /// The address of its network.
    pub fn network(&self) -> IpAddr {
        match self.addr {
            IpAddr::V4(addr) => {
                let host = u32::MAX
                    .checked_shr(u32::from(self.prefix_len))
                    .unwrap_or(0);
                Ipv4Addr::from_bits(addr.to_bits() & !host).into()
            }
            IpAddr::V6(addr) => {
                let host = u128::MAX
                    .checked_shr(u32::from(self.prefix_len))
                    .unwrap_or(0);
                Ipv6Addr::from_bits(addr.to_bits() & !host).into()
            }
        }
    }

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

    fn is_bare(&self) -> bool {
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
pub async fn list(netlink: &Netlink) -> io::Result<Vec<Link>> {
    let mut found = Vec::new();
    let _turn = netlink.listing.lock().await;
    let mut links = netlink.handle.link().get().execute();
    while let Some(message) = links.try_next().await.map_err(to_io)? {
        found.push(link(message));
    }
    let mut addrs = netlink.handle.address().get().execute();
    while let Some(message) = addrs.try_next().await.map_err(to_io)? {
        let index = message.header.index;
        if let Some(link) = found.iter_mut().find(|link| link.index == index) {
            link.addrs.extend(link_addr(&message));
        }
    }
    list_routed(netlink, &mut found).await?;
    found.sort_by_key(|link| link.index);
    Ok(found)
}

/// Adds the IPv6 networks that are reached without a router.
async fn list_routed(netlink: &Netlink, found: &mut [Link]) -> io::Result<()> {
    let request = RouteMessageBuilder::<Ipv6Addr>::new().build();
    let mut routes = netlink.handle.route().get(request).execute();
    while let Some(message) = routes.try_next().await.map_err(to_io)? {
        let Some((index, network)) = routed(&message) else {
            continue;
        };
        let link = found.iter_mut().find(|link| link.index == index);
        if let Some(link) = link
            && !link.addrs.iter().any(|own| own.network_has(network.addr))
        {
            link.routed.push(network);
        }
    }
    Ok(())
}

/// Sets a virtual address on an interface; one that is there already is fine.
///
/// # Errors
///
/// When the kernel refuses.
pub async fn add(netlink: &Netlink, index: u32, addr: IpAddr) -> io::Result<()> {
    let mut request = netlink
        .handle
        .address()
        .add(index, addr, host_prefix(addr))
        .replace();
    let message = request.message_mut();
    let flags = match addr {
        IpAddr::V4(_) => {
            message.header.scope = AddressScope::Host;
            AddressFlags::Noprefixroute
        }
        IpAddr::V6(_) => {
            let mut lifetimes = CacheInfo::default();
            lifetimes.ifa_preferred = 0;
            lifetimes.ifa_valid = FOREVER;
            message
                .attributes
                .push(AddressAttribute::CacheInfo(lifetimes));
            // Every node has the address, so detecting duplicates would find one.
            AddressFlags::Noprefixroute | AddressFlags::Nodad
        }
    };
    message.attributes.push(AddressAttribute::Flags(flags));
    request.execute().await.map_err(to_io)
}

/// Removes a virtual address; one that is not there, or whose interface is gone, is fine.
///
/// # Errors
///
/// When the kernel refuses.
pub async fn remove(netlink: &Netlink, index: u32, addr: IpAddr) -> io::Result<()> {
    let mut message = AddressMessage::default();
    message.header.index = index;
    message.header.prefix_len = host_prefix(addr);
    message.header.family = match addr {
        IpAddr::V4(_) => netlink_packet_route::AddressFamily::Inet,
        IpAddr::V6(_) => netlink_packet_route::AddressFamily::Inet6,
    };
    message.attributes.push(AddressAttribute::Local(addr));
    match netlink
        .handle
        .address()
        .del(message)
        .execute()
        .await
        .map_err(to_io)
    {
        Err(error) if is_absent(&error) => Ok(()),
        done => done,
    }
}

/// Removes `addr` from every interface where it stands as a virtual address, but for `kept`: left
/// by a killed daemon whose configuration or back end was another.
///
/// # Errors
///
/// With the kernel's first refusal; the others were tried.
pub async fn remove_elsewhere(
    netlink: &Netlink,
    links: &[Link],
    kept: Option<u32>,
    addr: IpAddr,
) -> io::Result<()> {
    let mut result = Ok(());
    for link in links {
        if Some(link.index) != kept && link.has_virtual(addr) {
            result = result.and(remove(netlink, link.index, addr).await);
        }
    }
    result
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
        software: false,
        loopback: flags.contains(LinkFlags::Loopback),
        addrs: Vec::new(),
        routed: Vec::new(),
    };
    for attribute in message.attributes {
        if let LinkAttribute::IfName(name) = attribute {
            link.name = name;
        } else if let LinkAttribute::Address(mac) = attribute {
            link.mac = mac.try_into().ok().filter(|_| ethernet);
        } else if let LinkAttribute::LinkInfo(info) = attribute {
            link.software = info.iter().any(|info| matches!(info, LinkInfo::Kind(_)));
        }
    }
    link
}

pub(crate) fn link_addr(message: &AddressMessage) -> Option<LinkAddr> {
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

/// The interface and network of a route without a gateway.
fn routed(message: &RouteMessage) -> Option<(u32, LinkAddr)> {
    let header = &message.header;
    if header.table != RouteHeader::RT_TABLE_MAIN || header.kind != RouteType::Unicast {
        return None;
    }
    let (mut index, mut network) = (None, None);
    for attribute in &message.attributes {
        if let RouteAttribute::Oif(oif) = attribute {
            index = Some(*oif);
        } else if let RouteAttribute::Destination(RouteAddress::Inet6(addr)) = attribute {
            network = Some(IpAddr::V6(*addr));
        } else if let RouteAttribute::Gateway(_) | RouteAttribute::Via(_) = attribute {
            return None;
        }
    }
    let network = LinkAddr {
        addr: network.filter(|addr| !addr.is_multicast())?,
        prefix_len: header.destination_prefix_length,
        noprefixroute: false,
    };
    Some((index?, network))
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
    fn a_virtual_address_is_told_from_the_machine_s_own() {
        let cases = [
            ("eth0", "10.0.1.99", 32, true, true),
            ("lo", "10.0.1.99", 32, true, true),
            ("eth0", "10.0.1.99", 24, true, false),
            ("eth0", "10.0.1.99", 32, false, false),
            ("lo", "fd00::99", 128, true, true),
            ("lo", "fd00::99", 128, false, false),
            // As DHCPv6 gives it.
            ("eth0", "fd00::99", 128, true, false),
        ];
        for (name, addr, prefix_len, noprefixroute, expected) in cases {
            let there = LinkAddr {
                noprefixroute,
                ..at(addr, prefix_len)
            };
            let link = Link {
                index: 1,
                name: name.to_owned(),
                mac: None,
                software: false,
                up: true,
                loopback: name == "lo",
                addrs: vec![there],
                routed: Vec::new(),
            };
            let addr = addr.parse().unwrap();
            let found = (link.has_virtual(addr), link.has_own(addr));
            assert_eq!(found, (expected, !expected), "{there:?} on {name}");
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
