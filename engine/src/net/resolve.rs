//! From a module's configuration to this machine's interfaces: pure, on a list of what is there.

use std::net::IpAddr;

use evenkeel_core::config::model::{InterfaceConfig, ModuleConfig};

use crate::error::EngineError;
use crate::net::links::{Link, LinkAddr};
use crate::ports::InterfacePath;

/// The interface of each `<interface>` of a module, in the order of the configuration; none for a
/// module without virtual addresses.
///
/// # Errors
///
/// When an interface is missing or cannot carry the addresses.
pub fn resolve(config: &ModuleConfig, links: &[Link]) -> Result<Vec<InterfacePath>, EngineError> {
    let interfaces = config.interfaces();
    interfaces
        .map(|interface| resolve_one(interface, links))
        .collect()
}

fn resolve_one(config: &InterfaceConfig, links: &[Link]) -> Result<InterfacePath, EngineError> {
    let addrs: Vec<IpAddr> = config.addrs.iter().map(|addr| addr.addr).collect();
    for addr in &addrs {
        refuse_own(*addr, links)?;
    }
    let link = match (&config.name, addrs.first()) {
        (Some(name), _) => by_name(name, links)?,
        (None, Some(first)) => by_network(*first, links)?,
        (None, None) => by_name("", links)?,
    };
    for addr in &addrs {
        refuse_outside(*addr, link, links)?;
    }
    let bad = |why: &str| bad_interface(link, why.to_owned());
    let mac = link.mac.ok_or_else(|| bad("it has no Ethernet address"))?;
    if !link.up {
        return Err(bad("it is down; bring it up first"));
    }
    Ok(InterfacePath {
        index: link.index,
        name: link.name.clone(),
        mac,
        software: link.software,
        entry: config.entry,
        vmac: config.virtual_mac(),
        network: network(link, &addrs),
        addrs,
    })
}

/// The address of the network of the first address; the address itself where there is no such network.
fn network(link: &Link, addrs: &[IpAddr]) -> IpAddr {
    let first = addrs.first().copied().unwrap_or(IpAddr::from([0; 4]));
    let mut networks = link.networks();
    networks
        .find(|network| network.network_has(first))
        .map_or(first, LinkAddr::network)
}

fn by_name<'a>(name: &str, links: &'a [Link]) -> Result<&'a Link, EngineError> {
    links
        .iter()
        .find(|link| link.name == name)
        .ok_or_else(|| EngineError::NoInterface {
            name: name.to_owned(),
            present: links.iter().map(|link| link.name.clone()).collect(),
        })
}

fn by_network(addr: IpAddr, links: &[Link]) -> Result<&Link, EngineError> {
    links
        .iter()
        .find(|link| link.network_has(addr))
        .ok_or_else(|| EngineError::NoLocalNetwork {
            addr,
            networks: networks(links),
        })
}

/// An address that the machine has for itself would lose its connections to the filter.
fn refuse_own(addr: IpAddr, links: &[Link]) -> Result<(), EngineError> {
    if let Some(link) = links.iter().find(|link| link.has_own(addr)) {
        return Err(EngineError::OwnAddress {
            addr,
            interface: link.name.clone(),
        });
    }
    Ok(())
}

/// The neighbours on the interface must take the address for one of theirs.
fn refuse_outside(addr: IpAddr, link: &Link, links: &[Link]) -> Result<(), EngineError> {
    if link.network_has(addr) {
        return Ok(());
    }
    let elsewhere = by_network(addr, links)?;
    let name = &elsewhere.name;
    Err(bad_interface(
        link,
        format!("{addr} is in none of its networks, but in one of {name}"),
    ))
}

fn bad_interface(link: &Link, why: String) -> EngineError {
    EngineError::BadInterface {
        name: link.name.clone(),
        why,
    }
}

fn networks(links: &[Link]) -> Vec<String> {
    let mut found = Vec::new();
    for link in links {
        for network in link.networks() {
            let LinkAddr {
                addr, prefix_len, ..
            } = network;
            found.push(format!("{} {addr}/{prefix_len}", link.name));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use evenkeel_core::config::model::{EntryMode, VirtualAddr};

    use super::*;

    fn link(index: u32, name: &str, addrs: &[(&str, u8)]) -> Link {
        let addrs = addrs.iter().map(|(addr, prefix_len)| LinkAddr {
            addr: addr.parse().unwrap(),
            prefix_len: *prefix_len,
            noprefixroute: [32, 128].contains(prefix_len),
        });
        Link {
            index,
            name: name.to_owned(),
            mac: Some([2, 0, 0, 0, 0, 1]).filter(|_| name != "lo"),
            up: true,
            software: false,
            loopback: name == "lo",
            addrs: addrs.collect(),
            routed: Vec::new(),
        }
    }

    fn machine() -> Vec<Link> {
        let mut by_dhcp = link(4, "eth2", &[("fe80::7", 64), ("fd02::7", 128)]);
        by_dhcp.routed.push(LinkAddr {
            addr: "fd02::".parse().unwrap(),
            prefix_len: 64,
            noprefixroute: false,
        });
        vec![
            link(1, "lo", &[("127.0.0.1", 8), ("fd00::99", 128)]),
            link(2, "eth0", &[("10.0.1.7", 24), ("10.0.1.99", 32)]),
            link(3, "eth1", &[("10.0.2.7", 24), ("fd00::7", 64)]),
            by_dhcp,
        ]
    }

    fn interface(name: Option<&str>, addrs: &[&str]) -> InterfaceConfig {
        let addr = |addr: &&str| VirtualAddr {
            addr: addr.parse().unwrap(),
            check: true,
            connections: false,
            prefix_len: None,
        };
        InterfaceConfig {
            name: name.map(str::to_owned),
            check: true,
            arpreroute: false,
            arpinterval: Duration::from_secs(60),
            arpelapse: Duration::from_secs(1200),
            entry: EntryMode::VmacDirected,
            vmac: None,
            addrs: addrs.iter().map(addr).collect(),
        }
    }

    fn refusal(name: Option<&str>, addrs: &[&str]) -> String {
        resolve_one(&interface(name, addrs), &machine())
            .unwrap_err()
            .to_string()
    }

    #[test]
    fn the_first_address_selects_the_interface() {
        let found = resolve_one(&interface(None, &["10.0.2.50"]), &machine()).unwrap();
        assert_eq!((found.index, found.name.as_str()), (3, "eth1"));
        assert_eq!(found.vmac, [0x5a, 0xfe, 10, 0, 2, 50]);
    }

    #[test]
    fn the_first_ipv6_address_selects_the_interface() {
        for (addr, expected) in [("fd00::50", "eth1"), ("fd02::50", "eth2")] {
            let found = resolve_one(&interface(None, &[addr]), &machine()).unwrap();
            assert_eq!(found.name, expected, "{addr}");
        }
        let both = interface(None, &["fd00::50", "10.0.2.50"]);
        let found = resolve_one(&both, &machine()).unwrap();
        assert_eq!(found.name, "eth1");
        assert_eq!(found.vmac, [0x5a, 0xfe, 10, 0, 2, 50], "IPv4 goes first");
    }

    #[test]
    fn an_address_left_by_a_killed_daemon_is_taken_again() {
        let found = resolve_one(&interface(None, &["10.0.1.99"]), &machine()).unwrap();
        assert_eq!(found.name, "eth0");
        let found = resolve_one(&interface(None, &["fd00::99"]), &machine()).unwrap();
        assert_eq!(
            found.name, "eth1",
            "where its network is, not where it stands"
        );
    }

    #[test]
    fn refusals_say_what_is_there() {
        let cases = [
            (
                refusal(None, &["192.0.2.1"]),
                "virtual address 192.0.2.1 is in no local network; the local networks are \
                 eth0 10.0.1.7/24, eth1 10.0.2.7/24, eth1 fd00::7/64, eth2 fd02::/64",
            ),
            (
                refusal(Some("eth0"), &["10.0.2.50"]),
                "network interface eth0 cannot carry a virtual address: 10.0.2.50 is in none of \
                 its networks, but in one of eth1",
            ),
            (
                refusal(None, &["127.0.0.2"]),
                "virtual address 127.0.0.2 is in no local network; the local networks are \
                 eth0 10.0.1.7/24, eth1 10.0.2.7/24, eth1 fd00::7/64, eth2 fd02::/64",
            ),
            (
                refusal(None, &["fd01::1"]),
                "virtual address fd01::1 is in no local network; the local networks are \
                 eth0 10.0.1.7/24, eth1 10.0.2.7/24, eth1 fd00::7/64, eth2 fd02::/64",
            ),
            (
                refusal(None, &["10.0.2.50", "fd02::50"]),
                "network interface eth1 cannot carry a virtual address: fd02::50 is in none of \
                 its networks, but in one of eth2",
            ),
            (
                refusal(None, &["fd02::7"]),
                "fd02::7 is the address of this node on eth2, so it cannot be a virtual address",
            ),
            (
                refusal(Some("eth9"), &["10.0.1.50"]),
                "there is no network interface eth9 on this node; there are lo, eth0, eth1, eth2",
            ),
            (
                refusal(None, &["10.0.1.7"]),
                "10.0.1.7 is the address of this node on eth0, so it cannot be a virtual address",
            ),
        ];
        for (said, expected) in cases {
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn the_default_vmac_of_an_ipv6_module_is_its_address_s_end() {
        let found = resolve_one(&interface(None, &["fd00::102:304"]), &machine()).unwrap();
        assert_eq!(found.vmac, [0x5a, 0xfe, 1, 2, 3, 4]);
    }
}
