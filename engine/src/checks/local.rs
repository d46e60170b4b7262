//! What the machine has: `<intf>` and `<ip>`, by its interfaces as the kernel lists them at once.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use nix::ifaddrs::getifaddrs;
use nix::net::if_::InterfaceFlags;

use super::pace::{Found, Resource};
use crate::net::changes::Changes;
use crate::net::ip_addr;

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
        interface.addrs.extend(ip_addr(&one));
        interface.name = one.interface_name;
    }
    Some(found.into_values().collect())
}

/// `<intf>`: an interface has its link.
#[derive(Clone, Debug)]
pub(super) enum Intf {
    /// The one that has this address.
    With(IpAddr),
    /// The one of this name.
    Named(String),
}

/// `<ip>`: an address is configured here.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ip {
    /// The address.
    pub(super) addr: IpAddr,
}

/// Something that the machine's interfaces say.
pub(super) trait Read: Send + 'static {
    /// Looks at them.
    fn read(&mut self, interfaces: &[Interface]) -> Found;
}

impl Read for Intf {
    fn read(&mut self, interfaces: &[Interface]) -> Found {
        let found = match self {
            Self::With(addr) => {
                let found = interfaces.iter().find(|one| one.has(*addr));
                found.ok_or_else(|| format!("no interface has the address {addr}"))?
            }
            Self::Named(name) => {
                let found = interfaces.iter().find(|one| one.name == *name);
                found.ok_or_else(|| format!("there is no interface {name}"))?
            }
        };
        match found.linked {
            true => Ok(()),
            false => Err(format!("{} has no link", found.name)),
        }
    }
}

impl Read for Ip {
    fn read(&mut self, interfaces: &[Interface]) -> Found {
        let addr = self.addr;
        match interfaces.iter().any(|one| one.has(addr)) {
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
    fn an_interface_is_known_by_its_address_or_its_name() {
        let mut other = interface(&["10.8.0.1"], false);
        other.name = "eth1".to_owned();
        let own = |linked| [other.clone(), interface(&["fd00::1", "10.9.0.1"], linked)];
        let with = Intf::With("10.9.0.1".parse().unwrap());
        for (mut intf, nobody) in [
            (with, "no interface has the address 10.9.0.1"),
            (Intf::Named("eth0".to_owned()), "there is no interface eth0"),
        ] {
            assert_eq!(intf.read(&own(true)), Ok(()));
            assert_eq!(intf.read(&own(false)), Err("eth0 has no link".to_owned()));
            let other = std::slice::from_ref(&other);
            assert_eq!(intf.read(other), Err(nobody.to_owned()));
        }
    }
}
