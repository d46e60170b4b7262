//! Brings the virtual addresses of a module up and down: settings, virtual MAC, addresses, in this
//! order and back. The filter is in force before and until after; that is the driver's part.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::IpAddr;
use std::path::Path;

use evenkeel_core::config::model::EntryMode;
use evenkeel_core::ids::ModuleName;
use rtnetlink::Handle;
use thiserror::Error;

use crate::net::links::{self, Link};
use crate::net::membership::{self, Membership};
use crate::net::sockets;
use crate::net::sysctl::Sysctls;
use crate::ports::InterfacePath;

/// Where the kernel has its settings of an interface.
const SETTINGS_ROOT: &str = "/proc/sys/net/ipv4/conf";

/// The virtual addresses of this machine's modules.
#[derive(Debug)]
pub struct Addresses {
    netlink: Handle,
    sysctls: Sysctls,
    memberships: BTreeMap<ModuleName, Vec<Membership>>,
}

/// An address could not be brought up. Nothing of the module was left behind.
#[derive(Debug, Error)]
#[error("{doing} on {interface}")]
pub struct AddressError {
    doing: String,
    interface: String,
    #[source]
    source: io::Error,
}

impl Addresses {
    /// None yet. `former` is the file that keeps the interfaces' former settings.
    pub fn new(netlink: Handle, former: &Path) -> Self {
        let sysctls = Sysctls::new(Path::new(SETTINGS_ROOT), former);
        Self {
            netlink,
            sysctls,
            memberships: BTreeMap::new(),
        }
    }

    /// Brings a module's addresses up, or takes them as they are.
    ///
    /// # Errors
    ///
    /// When the kernel refuses one; those before it were taken back.
    pub async fn set(
        &mut self,
        module: &ModuleName,
        interfaces: &[InterfacePath],
    ) -> Result<(), AddressError> {
        for interface in interfaces {
            if let Err(error) = self.set_one(module, interface).await {
                self.unset(module, interfaces).await;
                return Err(error);
            }
        }
        Ok(())
    }

    async fn set_one(
        &mut self,
        module: &ModuleName,
        interface: &InterfacePath,
    ) -> Result<(), AddressError> {
        let failed = |doing: &str, source| AddressError {
            doing: doing.to_owned(),
            interface: interface.name.clone(),
            source,
        };
        let links = links::list(&self.netlink)
            .await
            .map_err(|error| failed("the addresses cannot be listed", error))?;
        for name in segment(interface, &links) {
            self.sysctls
                .set(name, module)
                .map_err(|error| failed("arp_ignore and arp_announce cannot be set", error))?;
        }
        match interface.entry {
            EntryMode::VmacDirected => {}
            EntryMode::VmacInvisible => {
                let joined = membership::join(interface.index, interface.vmac)
                    .map_err(|error| failed("the virtual MAC cannot be received", error))?;
                self.memberships
                    .entry(module.clone())
                    .or_default()
                    .push(joined);
            }
        }
        for addr in &interface.addrs {
            links::remove_elsewhere(&self.netlink, &links, interface.index, *addr)
                .await
                .map_err(|error| failed(&format!("a former {addr} cannot be removed"), error))?;
            links::add(&self.netlink, interface.index, *addr)
                .await
                .map_err(|error| failed(&format!("virtual address {addr} cannot be set"), error))?;
        }
        Ok(())
    }

    /// Takes a module's addresses down; those that are not there are fine. What the kernel refuses
    /// is told in the log, and the rest is done.
    pub async fn unset(&mut self, module: &ModuleName, interfaces: &[InterfacePath]) {
        for interface in interfaces {
            for addr in &interface.addrs {
                if let Err(error) = links::remove(&self.netlink, interface.index, *addr).await {
                    let interface = &interface.name;
                    tracing::error!(%module, %interface, %addr, %error, "a virtual IP was not removed");
                }
            }
        }
        self.memberships.remove(module);
        if let Err(error) = self.sysctls.restore(module) {
            tracing::error!(%module, %error, "an interface's former ARP settings were not restored");
        }
    }

    /// Resets the connections of a module's addresses, so that their clients know at once.
    pub async fn reset(&self, module: &ModuleName, interfaces: &[InterfacePath]) {
        let vips = addrs(interfaces);
        let reset = move || sockets::list(&vips).and_then(|found| sockets::reset(&found));
        match tokio::task::spawn_blocking(reset)
            .await
            .map_err(io::Error::other)
            .flatten()
        {
            Ok(()) => {}
            Err(error) => tracing::warn!(%module, %error, "connections were not reset"),
        }
    }
}

/// The interface and those of its segment: another NIC with an address in a virtual address's
/// network would answer for it, and ask in its name, past the filter.
fn segment<'a>(interface: &'a InterfacePath, links: &'a [Link]) -> BTreeSet<&'a str> {
    let shares = |link: &&Link| {
        let has = |addr: &IpAddr| link.addrs.iter().any(|local| local.network_has(*addr));
        !link.loopback && interface.addrs.iter().any(has)
    };
    let others = links.iter().filter(shares).map(|link| link.name.as_str());
    others.chain([interface.name.as_str()]).collect()
}

/// All virtual addresses.
pub fn addrs(interfaces: &[InterfacePath]) -> BTreeSet<IpAddr> {
    interfaces
        .iter()
        .flat_map(|interface| interface.addrs.iter().copied())
        .collect()
}
