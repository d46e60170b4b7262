//! Brings the virtual addresses of a module up and down: settings, virtual MAC, groups, addresses,
//! in this order and back. The filter is in force before and until after; that is the driver's part.
//!
//! IPv6 addresses are on loopback. On the NIC the kernel would look for neighbours in their name,
//! with its own MAC, and answer those who look for them, and so bind them to another MAC than the
//! agreed one; it would also look for duplicates. From loopback it delivers what arrives for them
//! all the same, keeps them when the NIC goes down, and does neither. It looks for the clients from
//! the NIC's link-local address (`net::link_local`). Who looks for a virtual address is answered by the filter; the NIC
//! is in their multicast group for that. No setting of IPv6 has to be changed: `accept_dad` is not
//! asked for an address set with `nodad`, and reverse paths are filtered for IPv4 only.
//!
//! IPv4 addresses are where the back end wants them ([`AddressPlace`]).

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::IpAddr;
use std::os::fd::RawFd;
use std::path::Path;

use evenkeel_core::config::model::{EntryMode, Rule};
use evenkeel_core::ids::ModuleName;
use thiserror::Error;

use crate::net::links::{self, Link, Netlink};
use crate::net::membership::{self, Membership};
use crate::net::sockets::{self, Connection};
use crate::net::sysctl::Sysctls;
use crate::ports::{AddressPlace, InterfacePath};

/// Where the kernel has its settings of an interface.
const SETTINGS_ROOT: &str = "/proc/sys/net/ipv4/conf";

/// The virtual addresses of this machine's modules.
#[derive(Debug)]
pub struct Addresses {
    netlink: Netlink,
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
    pub fn new(netlink: Netlink, former: &Path) -> Self {
        let sysctls = Sysctls::new(Path::new(SETTINGS_ROOT), former);
        Self {
            netlink,
            sysctls,
            memberships: BTreeMap::new(),
        }
    }

    /// Brings a module's addresses up, or takes them as they are; `place` is that of IPv4.
    ///
    /// # Errors
    ///
    /// When the kernel refuses one; those before it were taken back.
    pub async fn set(
        &mut self,
        module: &ModuleName,
        interfaces: &[InterfacePath],
        place: AddressPlace,
    ) -> Result<(), AddressError> {
        self.add(module, interfaces, &[], place).await
    }

    async fn set_one(
        &mut self,
        module: &ModuleName,
        interface: &InterfacePath,
        place: AddressPlace,
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
        let joined = join(interface).map_err(|(doing, error)| failed(doing, error))?;
        let memberships = self.memberships.entry(module.clone()).or_default();
        memberships.extend(joined);
        for addr in &interface.addrs {
            let index = index_for(*addr, interface, place, &links)
                .map_err(|error| failed(&format!("{addr} has no place"), error))?;
            links::remove_elsewhere(&self.netlink, &links, Some(index), *addr)
                .await
                .map_err(|error| failed(&format!("a former {addr} cannot be removed"), error))?;
            links::add(&self.netlink, index, *addr)
                .await
                .map_err(|error| failed(&cannot_be_set(*addr), error))?;
        }
        Ok(())
    }

    /// Lets the next program that this process runs go on with what the interfaces receive; the numbers of its
    /// descriptors.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    pub fn lend(&self) -> io::Result<Vec<RawFd>> {
        let all = self.memberships.values().flatten();
        let lent: io::Result<Vec<RawFd>> = all.map(Membership::lend).collect();
        if lent.is_err() {
            self.take_back();
        }
        lent
    }

    /// This program goes on itself.
    pub fn take_back(&self) {
        let all = self.memberships.values().flatten();
        all.for_each(Membership::take_back);
    }

    /// Brings up addresses that come to those that a module has up, which are not touched; `stay` has these.
    ///
    /// # Errors
    ///
    /// When the kernel refuses one; those before it were taken back.
    pub async fn add(
        &mut self,
        module: &ModuleName,
        new: &[InterfacePath],
        stay: &[InterfacePath],
        place: AddressPlace,
    ) -> Result<(), AddressError> {
        for interface in new {
            if let Err(error) = self.set_one(module, interface, place).await {
                self.unset_some(module, new, stay).await;
                return Err(error);
            }
        }
        Ok(())
    }

    /// Takes a module's addresses down, wherever they are; those that are nowhere are fine. What the
    /// kernel refuses is told in the log, and the rest is done.
    pub async fn unset(&mut self, module: &ModuleName, interfaces: &[InterfacePath]) {
        self.unset_some(module, interfaces, &[]).await;
    }

    /// The same for some of them; `stay` has the others, which are not touched.
    pub async fn unset_some(
        &mut self,
        module: &ModuleName,
        gone: &[InterfacePath],
        stay: &[InterfacePath],
    ) {
        let links = match links::list(&self.netlink).await {
            Ok(links) => links,
            Err(error) => {
                tracing::error!(%module, %error, "the addresses cannot be listed: none was removed");
                Vec::new()
            }
        };
        for addr in addrs(gone) {
            let removed = links::remove_elsewhere(&self.netlink, &links, None, addr).await;
            if let Err(error) = removed {
                tracing::error!(%module, %addr, %error, "a virtual IP was not removed");
            }
        }
        self.stay_in(module, stay);
        let names = stay.iter().flat_map(|interface| segment(interface, &links));
        let names = names.map(str::to_owned).collect();
        if let Err(error) = self.sysctls.restore_others(module, &names) {
            tracing::error!(%module, %error, "an interface's former ARP settings were not restored");
        }
    }

    /// Receives what these interfaces have to, and nothing else any more for the module. New memberships stand
    /// before former ones end.
    fn stay_in(&mut self, module: &ModuleName, stay: &[InterfacePath]) {
        let joined: Result<Vec<_>, _> = stay.iter().map(join).collect();
        match joined {
            Ok(joined) if stay.is_empty() => drop((joined, self.memberships.remove(module))),
            Ok(joined) => {
                let joined = joined.into_iter().flatten().collect();
                self.memberships.insert(module.clone(), joined);
            }
            Err((doing, error)) => tracing::warn!(%module, %error, "{doing}"),
        }
    }

    /// Resets the connections of a module's addresses, so that their clients know at once; but for those that these
    /// rules take.
    pub async fn reset(&self, module: &ModuleName, interfaces: &[InterfacePath], rules: Vec<Rule>) {
        let vips = addrs(interfaces);
        let is_taken = move |one: &Connection| {
            let mut rules = rules.iter();
            rules.any(|rule| rule.takes_tcp(one.vip, one.port))
        };
        let reset = move || {
            let mut found = sockets::list(&vips)?;
            found.retain(|one| !is_taken(one));
            sockets::reset(&found)
        };
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

/// What the interface has to receive beside what it does by itself.
fn join(interface: &InterfacePath) -> Result<Vec<Membership>, (&'static str, io::Error)> {
    let solicited =
        membership::join_solicited(interface.index, &interface.addrs).map_err(|error| {
            let doing = "neighbour solicitations cannot be received (is IPv6 disabled there?)";
            (doing, error)
        })?;
    let vmac = match interface.entry {
        EntryMode::VmacDirected => None,
        EntryMode::VmacInvisible => {
            let joined = membership::join(interface.index, interface.vmac);
            Some(joined.map_err(|error| ("the virtual MAC cannot be received", error))?)
        }
    };
    Ok(solicited.into_iter().chain(vmac).collect())
}

/// The interface that an address is set on.
fn index_for(
    addr: IpAddr,
    interface: &InterfacePath,
    place: AddressPlace,
    links: &[Link],
) -> io::Result<u32> {
    if addr.is_ipv4() && place == AddressPlace::Nic {
        return Ok(interface.index);
    }
    let loopback = links.iter().find(|link| link.loopback && link.up);
    let is_down = || io::Error::other("the loopback interface is down; bring it up first");
    loopback.map(|link| link.index).ok_or_else(is_down)
}

fn cannot_be_set(addr: IpAddr) -> String {
    match addr {
        IpAddr::V4(_) => format!("virtual address {addr} cannot be set"),
        IpAddr::V6(_) => {
            format!("virtual address {addr} cannot be set on loopback (is IPv6 disabled there?)")
        }
    }
}

/// The interface and those of its segment: another NIC with an address in a virtual address's
/// network would answer for it, and ask in its name, past the filter.
fn segment<'a>(interface: &'a InterfacePath, links: &'a [Link]) -> BTreeSet<&'a str> {
    let shares = |link: &&Link| interface.addrs.iter().any(|addr| link.network_has(*addr));
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
