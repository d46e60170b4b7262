//! What the machine has: `<intf>` and `<ip>`, by its interfaces as the kernel lists them at once.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use nix::ifaddrs::{InterfaceAddress, getifaddrs};
use nix::net::if_::InterfaceFlags;

use super::pace::{Found, Resource};
use crate::net::changes::Changes;

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

/// `<intf>`: the interface that has an address has its link.
#[derive(Clone, Copy, Debug)]
pub(super) struct Intf {
    /// The address.
    pub(super) local_addr: IpAddr,
}

/// `<ip>`: an address is configured here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ip {
    /// The address.
    pub(super) addr: IpAddr,
    /// It is a virtual address of the module and was not here yet: it comes when the traffic opens,
    /// and whether that succeeds is told there.
    pub(super) awaited: bool,
}

/// Something that the machine's interfaces say.
pub(super) trait Read: Send + 'static {
    /// Looks at them.
    fn read(&mut self, interfaces: &[Interface]) -> Found;
}

impl Read for Intf {
    fn read(&mut self, interfaces: &[Interface]) -> Found {
        let addr = self.local_addr;
        let Some(interface) = interfaces.iter().find(|one| one.has(addr)) else {
            return Err(format!("no interface has the address {addr}"));
        };
        match interface.linked {
            true => Ok(()),
            false => Err(format!("{} has no link", interface.name)),
        }
    }
}

impl Read for Ip {
    fn read(&mut self, interfaces: &[Interface]) -> Found {
        let addr = self.addr;
        let is_here = interfaces.iter().any(|one| one.has(addr));
        self.awaited &= !is_here;
        match is_here || self.awaited {
            true => Ok(()),
            false => Err(format!("{addr} is configured on no interface")),
        }
    }
}

/// Reads until nobody wants to know: at every change of the machine's interfaces, and at an interval
/// for the case that the kernel had no room to tell.
pub(super) async fn run(
    mut what: impl Read,
    mut changes: Changes,
    interval: Duration,
    mut resource: Resource,
) {
    loop {
        changes.mark_unchanged();
        // Where the kernel does not answer nothing is known.
        if let Some(interfaces) = interfaces()
            && resource.set(what.read(&interfaces)).await.is_err()
        {
            return;
        }
        tokio::select! {
            Ok(()) = changes.changed() => {}
            () = tokio::time::sleep(interval) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interface(addrs: &[&str], linked: bool) -> Interface {
        Interface {
            name: "eth0".to_owned(),
            linked,
            addrs: addrs.iter().map(|addr| addr.parse().unwrap()).collect(),
        }
    }

    #[test]
    fn an_interface_is_known_by_its_address() {
        let mut intf = Intf {
            local_addr: "10.9.0.1".parse().unwrap(),
        };
        let other = interface(&["10.8.0.1"], false);
        let own = |linked| [other.clone(), interface(&["fd00::1", "10.9.0.1"], linked)];
        assert_eq!(intf.read(&own(true)), Ok(()));
        assert_eq!(intf.read(&own(false)), Err("eth0 has no link".to_owned()));
        let reason = "no interface has the address 10.9.0.1".to_owned();
        assert_eq!(intf.read(&[other]), Err(reason));
    }

    #[test]
    fn a_virtual_address_is_missed_once_it_was_here() {
        let addr = "10.9.0.99".parse().unwrap();
        let with = [interface(&["10.9.0.99"], true)];
        let without = [interface(&[], true)];
        let missing = Err("10.9.0.99 is configured on no interface".to_owned());
        let mut ip = Ip {
            addr,
            awaited: true,
        };
        assert_eq!(ip.read(&without), Ok(()));
        assert_eq!(ip.read(&with), Ok(()));
        assert_eq!(ip.read(&without), missing);
        assert_eq!(ip.read(&with), Ok(()));
        ip = Ip {
            addr,
            awaited: false,
        };
        assert_eq!(ip.read(&without), missing);
    }
}
