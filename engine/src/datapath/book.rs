//! The open modules, who has which slot, and the order in which tables change.
//!
//! The order keeps a virtual address closed at every instant: the fence knows it before the filter
//! does and forgets it last; a module opens with every bucket closed and no lease.

use std::collections::BTreeMap;
use std::fmt;

use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_packet::abi::{
    Accepted, Fenced, GROUPS_MAX, LINKS_MAX, Link, MODULES_MAX, Module, NO_CONTACT_NEEDED,
    Responder, VIPS_MAX, Vip,
};
use evenkeel_packet::bucket::{BucketState, Kind};
use evenkeel_packet::flow::{Client, Key};
use evenkeel_packet::{Addr, BUCKETS, Mac, Reason};

use super::plan::{self, Paths, Plan, Slots, plan};
use crate::ports::{DatapathError, FlowQuery, ModulePath, Routes};

/// A group's table as it stands in memory.
pub(super) type Table = [u8; BUCKETS];

/// Where the tables stand.
pub(super) trait Store {
    fn put_vip(&mut self, addr: Addr, vip: &Vip) -> Result<(), DatapathError>;
    fn remove_vip(&mut self, addr: Addr) -> Result<(), DatapathError>;
    fn put_module(&mut self, slot: u32, module: &Module) -> Result<(), DatapathError>;
    /// `contact` is [`NO_CONTACT_NEEDED`] where none is.
    fn put_lease(&mut self, slot: u32, until: Time, contact: Time) -> Result<(), DatapathError>;
    fn put_contact(&mut self, slot: u32, until: Time) -> Result<(), DatapathError>;
    fn put_responder(&mut self, responder: &Responder) -> Result<(), DatapathError>;
    fn put_accepted(&mut self, tag: u64, accepted: &Accepted) -> Result<(), DatapathError>;
    fn remove_accepted(&mut self, tag: u64) -> Result<(), DatapathError>;
    fn put_link(&mut self, slot: u32, link: &Link) -> Result<(), DatapathError>;
    fn put_neighbour(&mut self, place: u32, mac: Mac) -> Result<(), DatapathError>;
    fn put_peer(&mut self, key: u64, node: u32) -> Result<(), DatapathError>;
    fn remove_peer(&mut self, key: u64) -> Result<(), DatapathError>;
    fn put_table(&mut self, group: u32, table: &Table) -> Result<(), DatapathError>;
    fn put_fenced(&mut self, addr: Addr, fenced: &Fenced) -> Result<(), DatapathError>;
    /// Opens the fence for every address of a module but these.
    fn keep_fenced(&mut self, name: &[u8; 32], keep: &[Addr]) -> Result<(), DatapathError>;
    /// Sets a module's counters to zero.
    fn clear_counters(&mut self, module: u32) -> Result<(), DatapathError>;
    /// Sets what was counted in groups to zero.
    fn clear_flows(&mut self, groups: &[u32]) -> Result<(), DatapathError>;
    /// A module's counters, in the order of [`Reason::ALL`].
    fn counters(&self, module: u32) -> Result<Vec<u64>, DatapathError>;
    /// Flows opened in each bucket of a group.
    fn flows(&self, group: u32) -> Result<Vec<u64>, DatapathError>;
    /// A group's table.
    fn table(&self, group: u32) -> Result<Table, DatapathError>;
    /// The end of a module's lease.
    fn lease(&self, module: u32) -> Result<Time, DatapathError>;
    /// The end of a module's contact, by its own probes and by echoes.
    fn contact(&self, module: u32) -> Result<Time, DatapathError>;
    /// When the latest request of each node arrived.
    fn asked(&self) -> Result<Vec<(NodeId, Time)>, DatapathError>;
}

/// The open modules, and what probes are answered by.
#[derive(Default)]
pub(super) struct Book {
    pub(super) modules: BTreeMap<ModuleName, Open>,
    pub(super) responder: Responder,
}

impl fmt::Debug for Book {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The keys of probes stay out of logs.
        f.debug_struct("Book")
            .field("modules", &self.modules)
            .finish_non_exhaustive()
    }
}

/// An open module.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) path: ModulePath,
    pub(super) slots: Slots,
    pub(super) plan: Plan,
    pub(super) paths: Paths,
    /// The routes in force; none before the first view.
    pub(super) routes: Option<Routes>,
    /// The tags under which an echo renews its contact.
    pub(super) tags: Vec<u64>,
}

impl Book {
    /// The module, if it is open.
    pub(super) fn open(&self, name: &ModuleName) -> Result<&Open, DatapathError> {
        self.modules
            .get(name)
            .ok_or_else(|| DatapathError::NotOpen(name.clone()))
    }

    /// The open modules.
    pub(super) fn modules(&self) -> impl Iterator<Item = &Open> {
        self.modules.values()
    }

    /// The slot of each open module.
    pub(super) fn slots_by_name(&self) -> BTreeMap<ModuleName, u32> {
        let modules = self.modules.iter();
        modules
            .map(|(name, open)| (name.clone(), open.slot()))
            .collect()
    }

    /// First half of opening: gives out slots, closes the fence and writes everything except the
    /// virtual addresses. The caller attaches the fence, then calls [`Self::admit`].
    pub(super) fn prepare<S: Store>(
        &self,
        name: &ModuleName,
        path: &ModulePath,
        store: &mut S,
    ) -> Result<Open, DatapathError> {
        let slots = self.slots(path)?;
        let plan = plan(path, &slots)?;
        self.check(name, &plan)?;
        store.clear_counters(slots.module)?;
        store.clear_flows(&slots.groups)?;
        store.put_lease(slots.module, Time(0), Time(0))?;
        store.put_contact(slots.module, Time(0))?;
        store.put_module(slots.module, &plan.module)?;
        for group in &slots.groups {
            store.put_table(*group, &[closed(path.node); BUCKETS])?;
        }
        for (slot, link) in &plan.links {
            store.put_link(*slot, link)?;
        }
        let fenced = Fenced {
            module: slots.module,
            name: padded(name),
        };
        for (addr, _) in &plan.vips {
            store.put_fenced(*addr, &fenced)?;
        }
        let addrs: Vec<Addr> = plan.vips.iter().map(|(addr, _)| *addr).collect();
        store.keep_fenced(&fenced.name, &addrs)?;
        Ok(Open {
            path: path.clone(),
            slots,
            plan,
            paths: Paths::default(),
            routes: None,
            tags: Vec::new(),
        })
    }

    /// Second half of opening: the filter learns the virtual addresses.
    pub(super) fn admit<S: Store>(
        &mut self,
        name: &ModuleName,
        open: Open,
        store: &mut S,
    ) -> Result<(), DatapathError> {
        for (addr, vip) in &open.plan.vips {
            store.put_vip(*addr, vip)?;
        }
        self.modules.insert(name.clone(), open);
        Ok(())
    }

    /// Takes a module out for closing.
    pub(super) fn take(&mut self, name: &ModuleName) -> Option<Open> {
        self.modules.remove(name)
    }

    /// First half of closing a module that was taken out: the filter forgets its virtual addresses,
    /// and no echo renews its contact; the fence still holds them. Goes through to the end whatever
    /// fails, and gives the first failure.
    pub(super) fn dismiss<S: Store>(
        &mut self,
        open: &Open,
        store: &mut S,
    ) -> Result<(), DatapathError> {
        let dismissed = open.dismiss(store);
        dismissed.and(self.lose_contact(open.slot(), &open.tags, store))
    }

    /// See [`crate::ports::Datapath::install`]. Gives the tables as they stand in memory, by slot.
    pub(super) fn install<S: Store>(
        &self,
        name: &ModuleName,
        groups: &[Vec<BucketState>],
        store: &mut S,
    ) -> Result<Vec<(u32, Table)>, DatapathError> {
        let open = self.open(name)?;
        if groups.len() != open.slots.groups.len() {
            return Err(DatapathError::Unsupported(format!(
                "{} tables for the {} groups of {name}",
                groups.len(),
                open.slots.groups.len()
            )));
        }
        let mut tables = Vec::new();
        for (slot, states) in open.slots.groups.iter().zip(groups) {
            let bytes: Vec<u8> = states.iter().map(|state| state.byte()).collect();
            let Ok(table) = Table::try_from(bytes) else {
                return Err(DatapathError::Unsupported(format!(
                    "a table of {} buckets instead of {BUCKETS}",
                    states.len()
                )));
            };
            store.put_table(*slot, &table)?;
            tables.push((*slot, table));
        }
        Ok(tables)
    }

    /// See [`crate::ports::Datapath::routes`]. What changes is written, nothing else.
    pub(super) fn routes<S: Store>(
        &mut self,
        name: &ModuleName,
        routes: &Routes,
        store: &mut S,
    ) -> Result<(), DatapathError> {
        let Some(open) = self.modules.get_mut(name) else {
            return Err(DatapathError::NotOpen(name.clone()));
        };
        open.routes = Some(routes.clone());
        open.follow_routes(store)
    }

    /// See [`crate::ports::Datapath::renew`].
    pub(super) fn renew<S: Store>(
        &self,
        name: &ModuleName,
        until: Time,
        contact: Option<Time>,
        store: &mut S,
    ) -> Result<(), DatapathError> {
        let contact = contact.unwrap_or(Time(NO_CONTACT_NEEDED));
        store.put_lease(self.open(name)?.slots.module, until, contact)
    }

    /// See [`crate::ports::Datapath::counters`].
    pub(super) fn counters<S: Store>(
        &self,
        name: &ModuleName,
        store: &S,
    ) -> Result<BTreeMap<String, u64>, DatapathError> {
        let counts = store.counters(self.open(name)?.slots.module)?;
        let names = Reason::ALL.iter().map(|reason| reason.name().to_owned());
        Ok(names.zip(counts).collect())
    }

    /// See [`crate::ports::Datapath::flows`].
    pub(super) fn flows<S: Store>(
        &self,
        name: &ModuleName,
        store: &S,
    ) -> Result<Vec<Vec<u64>>, DatapathError> {
        let groups = self.open(name)?.groups().iter();
        groups.map(|slot| store.flows(*slot)).collect()
    }

    /// See [`crate::ports::Datapath::buckets`].
    pub(super) fn buckets<S: Store>(
        &self,
        name: &ModuleName,
        store: &S,
    ) -> Result<Vec<Vec<BucketState>>, DatapathError> {
        let states = |table: Table| table.map(BucketState::from_byte).to_vec();
        let groups = self.open(name)?.groups().iter();
        groups.map(|slot| store.table(*slot).map(states)).collect()
    }

    /// See [`crate::ports::Datapath::bucket`].
    pub(super) fn bucket(&self, name: &ModuleName, flow: &FlowQuery) -> Option<(usize, u16)> {
        let open = self.modules.get(name)?;
        let choice = open.service(flow.vip, flow.protocol, flow.port)?;
        let client = Client {
            is_v6: flow.client.is_ipv6(),
            addr: Addr::from(flow.client),
            port: flow.client_port,
            id: 0,
        };
        let key = Key::new(choice.filter, &client);
        Some((choice.group, key.bucket(&open.plan.module.seed)))
    }

    /// Free slots for a module.
    fn slots(&self, path: &ModulePath) -> Result<Slots, DatapathError> {
        let taken = self.taken();
        let module = free(1, &taken.modules, MODULES_MAX, "modules")?;
        Ok(Slots {
            module: module.first().copied().unwrap_or(0),
            links: free(
                path.interfaces.len(),
                &taken.links,
                LINKS_MAX,
                "interfaces of modules",
            )?,
            groups: free(path.groups.len(), &taken.groups, GROUPS_MAX, "groups")?,
        })
    }

    /// The slots of all open modules.
    pub(super) fn taken(&self) -> Taken {
        let mut taken = Taken::default();
        for Open { slots, .. } in self.modules() {
            taken.modules.push(slots.module);
            taken.links.extend(&slots.links);
            taken.groups.extend(&slots.groups);
        }
        taken
    }

    /// Whether the virtual addresses fit beside those of the other modules.
    pub(super) fn check(&self, name: &ModuleName, plan: &Plan) -> Result<(), DatapathError> {
        let mut count = plan.vips.len();
        for (other, open) in self.modules.iter().filter(|(other, _)| *other != name) {
            count += open.plan.vips.len();
            let twice = |addr: &Addr| plan.vips.iter().any(|(mine, _)| mine == addr);
            if let Some((addr, _)) = open.plan.vips.iter().find(|(addr, _)| twice(addr)) {
                return Err(DatapathError::Unsupported(format!(
                    "{addr:?} is already a virtual address of module {other}"
                )));
            }
        }
        if count > VIPS_MAX {
            let what = format!("{count} virtual addresses");
            return Err(DatapathError::Full {
                what,
                limit: VIPS_MAX,
            });
        }
        Ok(())
    }
}

impl Open {
    /// Slot of the module.
    pub(super) const fn slot(&self) -> u32 {
        self.slots.module
    }

    /// Slots of its groups.
    pub(super) fn groups(&self) -> &[u32] {
        &self.slots.groups
    }

    /// The virtual addresses that the filter knows.
    pub(super) fn addrs(&self) -> impl Iterator<Item = Addr> {
        self.plan.vips.iter().map(|(addr, _)| *addr)
    }

    /// Writes what the routes change, and the interfaces with it.
    pub(super) fn follow_routes<S: Store>(&mut self, store: &mut S) -> Result<(), DatapathError> {
        let routes = self.routes.clone().unwrap_or_default();
        let paths = plan::paths(&self.slots, &routes);
        for (place, mac) in &paths.neighbours {
            if self.paths.neighbours.get(place) != Some(mac) {
                store.put_neighbour(*place, *mac)?;
            }
        }
        for place in self.paths.neighbours.keys() {
            if !paths.neighbours.contains_key(place) {
                store.put_neighbour(*place, Mac::NONE)?;
            }
        }
        for (key, node) in &paths.peers {
            if self.paths.peers.get(key) != Some(node) {
                store.put_peer(*key, u32::from(node.get()))?;
            }
        }
        for key in self.paths.peers.keys() {
            if !paths.peers.contains_key(key) {
                store.remove_peer(*key)?;
            }
        }
        self.paths = paths;
        for (slot, link) in &self.plan.links {
            let link = plan::answering(link, &self.path, routes.entry);
            let peers = plan::peer_bits(*slot, &self.paths);
            store.put_link(*slot, &Link { peers, ..link })?;
        }
        Ok(())
    }

    /// The filter forgets the virtual addresses, and the nodes' MAC addresses.
    fn dismiss<S: Store>(&self, store: &mut S) -> Result<(), DatapathError> {
        let mut result = Ok(());
        for (addr, _) in &self.plan.vips {
            result = result.and(store.remove_vip(*addr));
        }
        result = result.and(store.put_lease(self.slots.module, Time(0), Time(0)));
        for key in self.paths.peers.keys() {
            result = result.and(store.remove_peer(*key));
        }
        for place in self.paths.neighbours.keys() {
            result = result.and(store.put_neighbour(*place, Mac::NONE));
        }
        result
    }

    /// Second half of closing: the fence keeps none of the module's addresses.
    pub(super) fn unfence<S: Store>(name: &ModuleName, store: &mut S) -> Result<(), DatapathError> {
        store.keep_fenced(&padded(name), &[])
    }
}

/// Slots that are not free.
#[derive(Debug, Default)]
pub(super) struct Taken {
    modules: Vec<u32>,
    pub(super) links: Vec<u32>,
    pub(super) groups: Vec<u32>,
}

/// The state of a bucket that is closed on this node and that nobody else is known to own.
pub(super) const fn closed(node: NodeId) -> u8 {
    BucketState::new(Kind::Foreign { owner: node.get() }).byte()
}

/// A module's name as the fence keeps it.
pub(super) fn padded(name: &ModuleName) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().zip(name.as_str().bytes()) {
        *place = byte;
    }
    bytes
}

/// The `count` lowest numbers below `limit` that are not taken.
pub(super) fn free(
    count: usize,
    taken: &[u32],
    limit: usize,
    what: &str,
) -> Result<Vec<u32>, DatapathError> {
    let free: Vec<u32> = (0..)
        .take(limit)
        .filter(|slot| !taken.contains(slot))
        .take(count)
        .collect();
    if free.len() < count {
        let what = format!("{} {what}", taken.len() + count);
        return Err(DatapathError::Full { what, limit });
    }
    Ok(free)
}
