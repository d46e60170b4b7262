//! Names and addresses of everything in a farm.

use std::net::{Ipv4Addr, SocketAddrV4};

use crate::link::Mac;
use crate::segment::Address;

/// The virtual address.
pub const VIP: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 100);

/// The service behind it.
pub const SERVICE: SocketAddrV4 = SocketAddrV4::new(VIP, 80);

/// The virtual MAC of [`VIP`]: `5A:FE`, then the address.
pub const VMAC: Mac = [0x5a, 0xfe, 10, 77, 0, 100];

/// Port of the API.
pub const API_PORT: u16 = 9453;

/// Prefix length of the segment's network.
const PREFIX: u8 = 16;

const CLIENT: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 200);
const CONSOLE: Ipv4Addr = Ipv4Addr::new(10, 77, 0, 201);

/// Third bytes of the networks behind the client.
const CLIENT_NETWORKS: [u8; 2] = [1, 2];

/// `node1`, `node2`, …
pub fn node_name(number: u8) -> String {
    format!("node{number}")
}

/// The node's address on the segment.
pub const fn node_addr(number: u8) -> Ipv4Addr {
    Ipv4Addr::new(10, 77, 0, number)
}

/// The MAC address of the node's interface.
pub const fn node_mac(number: u8) -> Mac {
    [0x02, 0x77, 0, 0, 0, number]
}

/// The source addresses of the load, 508 of them.
pub fn client_sources() -> Vec<Ipv4Addr> {
    let hosts = |network| (1..=254).map(move |host| Ipv4Addr::new(10, 77, network, host));
    CLIENT_NETWORKS.into_iter().flat_map(hosts).collect()
}

/// What the client is given.
pub fn client() -> Address {
    let sources = client_sources().into_iter().map(|source| (source, 32));
    Address {
        mac: [0x02, 0x77, 0, 0, 1, 1],
        addrs: [(CLIENT, PREFIX)].into_iter().chain(sources).collect(),
        routes: Vec::new(),
    }
}

/// What the console is given.
pub fn console() -> Address {
    Address {
        mac: [0x02, 0x77, 0, 0, 1, 2],
        addrs: vec![(CONSOLE, PREFIX)],
        routes: Vec::new(),
    }
}

/// What a node is given.
pub fn node(number: u8) -> Address {
    let behind_client = |network| (Ipv4Addr::new(10, 77, network, 0), 24, CLIENT);
    Address {
        mac: node_mac(number),
        addrs: vec![(node_addr(number), PREFIX)],
        routes: CLIENT_NETWORKS.into_iter().map(behind_client).collect(),
    }
}
