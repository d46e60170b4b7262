//! What the machine has: its interfaces with their addresses, as the kernel tells them at once.

use std::collections::BTreeMap;
use std::net::IpAddr;

use nix::ifaddrs::{InterfaceAddress, getifaddrs};
use nix::net::if_::InterfaceFlags;

/// An interface as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Interface {
    /// Its name.
    pub(super) name: String,
    /// It is up and has its link.
    pub(super) linked: bool,
    addrs: Vec<IpAddr>,
}

impl Interface {
    /// Whether it has this address.
    pub(super) fn has(&self, addr: IpAddr) -> bool {
        self.addrs.contains(&addr)
    }
}

/// All interfaces; `None` when the kernel does not say, which is told.
pub(super) fn interfaces() -> Option<Vec<Interface>> {
    let all = match getifaddrs() {
        Ok(all) => all,
        Err(error) => {
            tracing::warn!(%error, "the kernel does not list the interfaces");
            return None;
        }
    };
    let mut found: BTreeMap<String, Interface> = BTreeMap::new();
    for one in all {
        let needed = InterfaceFlags::IFF_UP | InterfaceFlags::IFF_LOWER_UP;
        let interface = found.entry(one.interface_name.clone()).or_default();
        interface.linked = one.flags.contains(needed);
        interface.addrs.extend(addr(&one));
        interface.name = one.interface_name;
    }
    Some(found.into_values().collect())
}

fn addr(one: &InterfaceAddress) -> Option<IpAddr> {
    let addr = one.address.as_ref()?;
    let v4 = addr.as_sockaddr_in().map(|addr| IpAddr::V4(addr.ip()));
    v4.or_else(|| addr.as_sockaddr_in6().map(|addr| IpAddr::V6(addr.ip())))
}
