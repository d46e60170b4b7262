//! A module that is open gets other rules, groups, virtual addresses or interfaces.
//!
//! Doors and closed rules stand before the tables have an address, and go after they forgot it, so that no packet to
//! a virtual address passes by the queue. The thread goes on with its queue, and hears on other interfaces.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::net::IpAddr;

use evenkeel_core::config::model::EntryMode;
use evenkeel_core::ids::ModuleName;

use super::label::Label;
use super::reader::Gear;
use super::rules::{Rules, Target};
use super::virtual_link::{self, VirtualLink};
use super::{Nfqueue, Running, addrs, doors, ears, mouths, refused, unsupported};
use crate::datapath::kernel_maps::failed;
use crate::datapath::replay::Farm;
use crate::datapath::tables::State;
use crate::ports::{DatapathError, InterfacePath, ModulePath};

/// The virtual interfaces of a module, by place of their interface.
pub(super) type Links = BTreeMap<usize, VirtualLink>;

impl Nfqueue {
    /// See [`crate::ports::Datapath::rearrange`].
    pub(super) fn change(
        &mut self,
        module: &ModuleName,
        path: &ModulePath,
    ) -> Result<(), DatapathError> {
        self.check(module)?;
        let label = Label::new(self.node, module);
        let former = self.lock().state.book.open(module)?.path.clone();
        let known: BTreeSet<IpAddr> = addrs(&former).into_iter().collect();
        let next: BTreeSet<IpAddr> = addrs(path).into_iter().collect();
        let both: BTreeSet<IpAddr> = &known | &next;
        let running = self.running(module)?;
        let links = links_beside(running, &label, (&former, path))?;
        let mut more = running.links.clone();
        more.extend(links.clone());
        let comes = both != known || more.len() != running.links.len();
        let goes = both != next || more.len() != links.len();
        // What comes in for an address that is new is decided, and what did before still.
        running.doors.extend(doors(path, &links));
        running.links.clone_from(&more);
        self.settle_doors();
        if hearing(&former) != hearing(path) {
            self.running(module)?.hear(path, &links)?;
        }
        if comes {
            self.guard(module, &label, &both, &more)?;
        }
        self.decide(module, path)?;
        if goes {
            self.guard(module, &label, &next, &links)?;
        }
        let running = self.running(module)?;
        running.doors = doors(path, &links);
        running.links.clone_from(&links);
        self.settle_doors();
        let mut gone = more
            .into_iter()
            .filter(|(place, _)| !links.contains_key(place));
        gone.try_for_each(|(_, link)| virtual_link::remove(&link.name))
            .map_err(|refusal| refused("removing a virtual interface", refusal))
    }

    fn running(&mut self, module: &ModuleName) -> Result<&mut Running, DatapathError> {
        let closed = || DatapathError::NotOpen(module.clone());
        self.running.get_mut(module).ok_or_else(closed)
    }

    /// The tables have the path from here on.
    fn decide(&self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        let shared = &mut *self.lock();
        let State { book, maps } = &mut shared.state;
        let open = book.extend(module, path, maps)?;
        let (slot, farm) = (open.slot(), Farm::of(path, &open));
        if let Some(former) = shared.farms.remove(&slot) {
            shared.farms.insert(slot, farm.after(former));
        }
        shared.changes += 1;
        book.exchange(module, open, maps)
    }

    /// Gives packets to these addresses to the module's queue, and no others.
    fn guard(
        &mut self,
        module: &ModuleName,
        label: &Label,
        addrs: &BTreeSet<IpAddr>,
        links: &Links,
    ) -> Result<(), DatapathError> {
        let target = Target::Queue(self.running(module)?.queue);
        let addrs: Vec<IpAddr> = addrs.iter().copied().collect();
        let closed: Vec<String> = links.values().map(|link| link.name.clone()).collect();
        self.put(&Rules {
            label,
            addrs: &addrs,
            closed: &closed,
            target,
        })?;
        match &self.leftover {
            Some(leftover) => leftover.open(&addrs),
            None => Ok(()),
        }
    }
}

impl Running {
    /// Lets the thread hear and speak on other interfaces.
    fn hear(&mut self, path: &ModulePath, links: &Links) -> Result<(), DatapathError> {
        let telling = |source: io::Error| failed("hearing on other interfaces", source);
        let gear = Gear {
            ears: ears(path, links).map_err(telling)?,
            mouths: mouths(path).map_err(telling)?,
        };
        let told = self.gears.send(gear).map_err(io::Error::other);
        told.and_then(|()| self.pipe.write_all(&[1]))
            .map_err(telling)
    }
}

/// Where and what questions are heard.
fn hearing(path: &ModulePath) -> Vec<(u32, bool, bool)> {
    let of = |interface: &InterfacePath| {
        let has = |is: fn(&IpAddr) -> bool| interface.addrs.iter().any(is);
        (interface.index, has(IpAddr::is_ipv4), has(IpAddr::is_ipv6))
    };
    path.interfaces.iter().map(of).collect()
}

/// The virtual interfaces of the next path: those that are there, and new ones.
fn links_beside(
    running: &Running,
    label: &Label,
    (former, path): (&ModulePath, &ModulePath),
) -> Result<Links, DatapathError> {
    let mut links = Links::new();
    let hears_alike = hearing(former) == hearing(path);
    for (place, interface) in path.interfaces.iter().enumerate() {
        if interface.entry != EntryMode::VmacInvisible {
            continue;
        }
        let link = match running.links.get(&place) {
            Some(link) if hears_alike => link.clone(),
            Some(link) => {
                virtual_link::settle(&link.name, interface).map_err(unsupported)?;
                link.clone()
            }
            None => virtual_link::make(label, place, interface).map_err(unsupported)?,
        };
        links.insert(place, link);
    }
    Ok(links)
}
