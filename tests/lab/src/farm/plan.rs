//! Names and addresses of everything in a farm, in both families.
//!
//! IPv6 addresses read like the IPv4 ones: host 100 of the first net is 10.77.0.100 and fd77::100.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::link::Mac;
use crate::segment::Address;

/// The virtual address.
pub const VIP: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 100);

/// The virtual IPv6 address.
pub const VIP6: Ipv6Addr = Ipv6Addr::new(0xfd77, 0, 0, 0, 0, 0, 0, 0x100);

/// The service behind [`VIP`].
pub const SERVICE: SocketAddr = SocketAddr::new(IpAddr::V4(VIP), SERVICE_PORT);

/// Port of the service.
pub const SERVICE_PORT: u16 = 80;

/// The virtual MAC of [`VIP`]: `5A:FE`, then the address.
pub const VMAC: Mac = [0x5a, 0xfe, 10, 77, 0, 100];

/// Port of the API.
pub const API_PORT: u16 = 9453;

/// Port for load balancers and monitors.
pub const PROBE_PORT: u16 = 9010;

/// Largest packet that the router's link to the far client carries, in bytes.
pub const FAR_MTU: u32 = 1300;

const CLIENT: u8 = 200;
const CONSOLE: u8 = 201;
const ROUTER: u8 = 202;

/// Networks behind the client, each of 254 addresses.
const CLIENT_NETWORKS: [u8; 2] = [1, 2];

/// A network of addresses that nobody has, which for the nodes is behind the client: one for measurements
/// (RFC 2544).
pub const STRANGERS_V4: (Ipv4Addr, u8) = (Ipv4Addr::new(198, 18, 0, 0), 15);
/// The same of IPv6 (RFC 5180).
pub const STRANGERS_V6: (Ipv6Addr, u8) = (Ipv6Addr::new(0x2001, 2, 0, 0, 0, 0, 0, 0), 48);

/// The network behind the router.
const FAR: u8 = 78;
const FAR_ROUTER: u8 = 1;
const FAR_FIRST: u8 = 10;
/// Addresses of the far client.
const FAR_ADDRESSES: u8 = 60;

/// Prefix lengths.
const V4_SEGMENT: u8 = 16;
const V4_NETWORK: u8 = 24;
const V6_NETWORK: u8 = 64;

/// An address family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, clap::ValueEnum)]
pub enum Family {
    /// IPv4.
    V4,
    /// IPv6.
    V6,
}

impl Family {
    /// Both.
    pub const ALL: [Self; 2] = [Self::V4, Self::V6];

    /// That of an address.
    pub const fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(_) => Self::V4,
            IpAddr::V6(_) => Self::V6,
        }
    }

    /// Prefix length of one address.
    const fn host_prefix(self) -> u8 {
        match self {
            Self::V4 => 32,
            Self::V6 => 128,
        }
    }

    const fn segment_prefix(self) -> u8 {
        match self {
            Self::V4 => V4_SEGMENT,
            Self::V6 => V6_NETWORK,
        }
    }

    const fn network_prefix(self) -> u8 {
        match self {
            Self::V4 => V4_NETWORK,
            Self::V6 => V6_NETWORK,
        }
    }
}

/// A segment's network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Net {
    /// 10.77.0.0/16 and fd77::/64: every farm has it.
    First,
    /// 10.79.0.0/16 and fd79::/64.
    Second,
}

impl Net {
    const fn number(self) -> u8 {
        match self {
            Self::First => 77,
            Self::Second => 79,
        }
    }

    /// A host on this network.
    pub fn host(self, family: Family, host: u8) -> IpAddr {
        address(family, self.number(), 0, host)
    }

    /// A virtual address on this network: 100 is the first one.
    pub fn service(self, family: Family, host: u8) -> SocketAddr {
        SocketAddr::new(self.host(family, host), SERVICE_PORT)
    }

    /// The source addresses of the load on this network, 508 of them.
    pub fn client_sources(self, family: Family) -> Vec<IpAddr> {
        let hosts = |network| {
            (1..=254).map(move |host| address(family, self.number(), u16::from(network), host))
        };
        CLIENT_NETWORKS.into_iter().flat_map(hosts).collect()
    }

    /// What the client is given on this network.
    pub fn client(self) -> Address {
        let mut addrs = self.own(CLIENT);
        for family in Family::ALL {
            let sources = self.client_sources(family).into_iter();
            addrs.extend(sources.map(|source| (source, family.host_prefix())));
        }
        Address {
            mac: [0x02, self.number(), 0, 0, 1, 1],
            addrs,
            routes: far_routes(self),
        }
    }

    /// What a node is given on this network.
    pub fn node(self, number: u8) -> Address {
        let mut routes = far_routes(self);
        for family in Family::ALL {
            let gateway = self.host(family, CLIENT);
            routes.extend(CLIENT_NETWORKS.into_iter().map(|network| {
                let network = address(family, self.number(), u16::from(network), 0);
                (network, family.network_prefix(), gateway)
            }));
        }
        if self == Self::First {
            let (network, prefix) = STRANGERS_V4;
            routes.push((network.into(), prefix, self.host(Family::V4, CLIENT)));
            let (network, prefix) = STRANGERS_V6;
            routes.push((network.into(), prefix, self.host(Family::V6, CLIENT)));
        }
        Address {
            mac: self.node_mac(number),
            addrs: self.own(number),
            routes,
        }
    }

    /// The same for the machine that a node has after it lost so many.
    pub fn machine(self, number: u8, lost: u8) -> Address {
        let mut address = self.node(number);
        address.mac[3] = lost;
        address
    }

    /// The MAC address of a node's first machine on this network.
    pub const fn node_mac(self, number: u8) -> Mac {
        [0x02, self.number(), 0, 0, 0, number]
    }

    fn own(self, host: u8) -> Vec<(IpAddr, u8)> {
        let own = |family: Family| (self.host(family, host), family.segment_prefix());
        Family::ALL.into_iter().map(own).collect()
    }
}

/// `node1`, `node2`, …
pub fn node_name(number: u8) -> String {
    format!("node{number}")
}

/// The node's address on the first segment.
pub const fn node_addr(number: u8) -> Ipv4Addr {
    Ipv4Addr::new(10, 77, 0, number)
}

/// The MAC address of the node's interface on the first segment.
pub const fn node_mac(number: u8) -> Mac {
    Net::First.node_mac(number)
}

/// The virtual address of a family.
pub const fn vip(family: Family) -> IpAddr {
    match family {
        Family::V4 => IpAddr::V4(VIP),
        Family::V6 => IpAddr::V6(VIP6),
    }
}

/// The service behind the virtual address of a family.
pub const fn service(family: Family) -> SocketAddr {
    SocketAddr::new(vip(family), SERVICE_PORT)
}

/// The source addresses of the load on the first segment, 508 of them.
pub fn client_sources(family: Family) -> Vec<IpAddr> {
    Net::First.client_sources(family)
}

/// What the console is given.
pub fn console() -> Address {
    Address {
        mac: [0x02, 0x77, 0, 0, 1, 2],
        addrs: Net::First.own(CONSOLE),
        routes: Vec::new(),
    }
}

/// The router's address on the first segment.
pub fn router_addr(family: Family) -> IpAddr {
    Net::First.host(family, ROUTER)
}

/// What the router is given on the first segment.
pub fn router() -> Address {
    Address {
        mac: [0x02, 0x77, 0, 0, 1, 3],
        addrs: Net::First.own(ROUTER),
        routes: Vec::new(),
    }
}

/// What the router is given on its link to the far client.
pub fn router_far() -> Address {
    let own = |family: Family| (address(family, FAR, 0, FAR_ROUTER), family.network_prefix());
    Address {
        mac: [0x02, FAR, 0, 0, 1, 1],
        addrs: Family::ALL.into_iter().map(own).collect(),
        routes: Vec::new(),
    }
}

/// What the far client is given.
pub fn far_client() -> Address {
    let own = |family| {
        let sources = far_sources(family).into_iter();
        sources.map(move |source| (source, family.network_prefix()))
    };
    let routes = Family::ALL.into_iter().map(|family| {
        let gateway = address(family, FAR, 0, FAR_ROUTER);
        let segment = Net::First.host(family, 0);
        (segment, family.segment_prefix(), gateway)
    });
    Address {
        mac: [0x02, FAR, 0, 0, 1, 2],
        addrs: Family::ALL.into_iter().flat_map(own).collect(),
        routes: routes.collect(),
    }
}

/// The far client's addresses.
pub fn far_sources(family: Family) -> Vec<IpAddr> {
    (FAR_FIRST..FAR_FIRST + FAR_ADDRESSES)
        .map(|host| address(family, FAR, 0, host))
        .collect()
}

/// Guest number `number`: a client with one address and a MAC of its own.
pub fn guest(number: u8) -> Address {
    let addr = |family: Family| (guest_addr(family, number), family.segment_prefix());
    Address {
        mac: [0x02, 0x77, 0, 0, 2, number],
        addrs: Family::ALL.into_iter().map(addr).collect(),
        routes: Vec::new(),
    }
}

/// A guest's address.
pub fn guest_addr(family: Family, number: u8) -> IpAddr {
    match family {
        Family::V4 => Ipv4Addr::new(10, 77, 3, number).into(),
        Family::V6 => Ipv6Addr::new(0xfd77, 0, 0, 0, 0, 0, 3, as_read(number)).into(),
    }
}

/// The way to what is behind the router, for stations of the first segment.
fn far_routes(net: Net) -> Vec<(IpAddr, u8, IpAddr)> {
    if net != Net::First {
        return Vec::new();
    }
    let route = |family: Family| {
        let far = address(family, FAR, 0, 0);
        (far, family.network_prefix(), net.host(family, ROUTER))
    };
    Family::ALL.into_iter().map(route).collect()
}

/// Host `host` of network `network` below net `net`.
fn address(family: Family, net: u8, network: u16, host: u8) -> IpAddr {
    match family {
        Family::V4 => Ipv4Addr::new(10, net, network.to_be_bytes()[1], host).into(),
        Family::V6 => {
            let net = 0xfd00 | as_read(net);
            Ipv6Addr::new(net, 0, 0, network, 0, 0, 0, as_read(host)).into()
        }
    }
}

/// The number whose hexadecimal digits are the decimal ones of `number`.
fn as_read(number: u8) -> u16 {
    let number = u16::from(number);
    ((number / 100) << 8) | ((number / 10 % 10) << 4) | (number % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_families_read_alike() {
        assert_eq!(Net::First.host(Family::V4, 100), IpAddr::V4(VIP));
        assert_eq!(Net::First.host(Family::V6, 100), IpAddr::V6(VIP6));
        let last = client_sources(Family::V6).pop();
        assert_eq!(last, "fd77:0:0:2::254".parse().ok());
        assert_eq!(guest_addr(Family::V6, 12).to_string(), "fd77::3:12");
    }
}
