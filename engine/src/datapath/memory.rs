//! The datapath in memory: the same tables and the same decisions without a kernel.
//!
//! For tests of the engine and the API, and for the simulator. Frames are given to
//! [`Memory::treat`]; nothing is sent anywhere.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use evenkeel_core::ids::{ModuleName, Time};
use evenkeel_packet::abi::{
    FATES_MAX, Fenced, HANDSHAKES_MAX, Link, Module, Vip, neighbour_place, peer_key,
};
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::claim::{Claim, claim};
use evenkeel_packet::filter::{HANDSHAKE_MS, Outcome, Tables, treat};
use evenkeel_packet::fragment::{Datagram, Fate};
use evenkeel_packet::frame::{Packet, Ports};
use evenkeel_packet::{Addr, BUCKETS, Mac, Reason};

use super::book::{Book, Open, Store, Table};
use crate::ports::{
    Backend, Datapath, DatapathError, Explained, FlowQuery, FlowQuestion, ModulePath, Routes,
};

/// A datapath in memory. Clones share their state: a test keeps one, the engine gets the other.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    book: Book,
    maps: Maps,
}

/// The tables.
#[derive(Debug, Default)]
struct Maps {
    vips: BTreeMap<Addr, Vip>,
    modules: BTreeMap<u32, Module>,
    leases: BTreeMap<u32, Time>,
    links: BTreeMap<u32, Link>,
    neighbours: BTreeMap<u32, Mac>,
    peers: BTreeMap<u64, u32>,
    tables: BTreeMap<u32, Box<Table>>,
    fenced: BTreeMap<Addr, Fenced>,
    counters: BTreeMap<(u32, Reason), u64>,
    /// Flows opened, by group and bucket.
    flows: BTreeMap<(u32, u16), u64>,
    remembered: RefCell<Remembered>,
}

/// What was seen lately; forgotten all at once when there is too much of it.
#[derive(Debug, Default)]
struct Remembered {
    fates: BTreeMap<Datagram, Fate>,
    handshakes: BTreeMap<u64, Time>,
}

impl Memory {
    /// Treats a frame that comes in on interface `ifindex` at instant `now` as the filter would,
    /// and counts it; `has_socket` says whether a connection of this flow lives here. `None`: it
    /// concerns no virtual address.
    pub fn treat(
        &self,
        ifindex: u32,
        frame: &[u8],
        now: Time,
        has_socket: impl Fn(Addr, &Packet, Ports) -> bool,
    ) -> Option<Outcome> {
        let mut inner = self.lock();
        let tables = View {
            maps: &inner.maps,
            now,
            has_socket,
        };
        let outcome = treat(frame, ifindex, &tables)?;
        inner.maps.count(outcome.module, outcome.reason);
        if let (Reason::AcceptOpens, Some((group, bucket))) =
            (outcome.reason, outcome.decided_by.get())
        {
            inner.maps.count_flow(group, bucket);
        }
        Some(outcome)
    }

    /// Whether a frame may leave the machine, as the seat belt sees it; counts what may not.
    pub fn may_leave(&self, frame: &[u8]) -> bool {
        let mut inner = self.lock();
        let tables = View {
            maps: &inner.maps,
            now: Time(0),
            has_socket: |_, _: &_, _| false,
        };
        match claim(frame, &tables) {
            Some(Claim::Leak(module)) => {
                inner.maps.count(module, Reason::DropSeatBelt);
                false
            }
            Some(Claim::Agreed) | None => true,
        }
    }

    /// The end of a module's lease; zero before the first one, `None` when it is not open.
    pub fn lease(&self, module: &ModuleName) -> Option<Time> {
        let inner = self.lock();
        let slot = inner.book.open(module).ok()?.slot();
        inner.maps.leases.get(&slot).copied()
    }

    /// A module's tables, one per group; `None` when it is not open.
    pub fn tables(&self, module: &ModuleName) -> Option<Vec<Vec<BucketState>>> {
        let inner = self.lock();
        let groups = inner.book.open(module).ok()?.groups();
        let states = |table: &Table| {
            table
                .iter()
                .map(|byte| BucketState::from_byte(*byte))
                .collect()
        };
        groups
            .iter()
            .map(|slot| Some(states(inner.maps.tables.get(slot)?)))
            .collect()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Datapath for Memory {
    fn backend(&self) -> Backend {
        Backend {
            name: "memory".into(),
            hook: "none".into(),
            why: "packets are given to it by hand, as tests do".into(),
        }
    }

    fn open(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        self.close(module)?;
        let Inner { book, maps } = &mut *self.lock();
        let open = book.prepare(module, path, maps)?;
        book.admit(module, open, maps)
    }

    fn close(&mut self, module: &ModuleName) -> Result<(), DatapathError> {
        let Inner { book, maps } = &mut *self.lock();
        if let Some(open) = book.take(module) {
            open.dismiss(maps)?;
        }
        Open::unfence(module, maps)
    }

    fn install(
        &mut self,
        module: &ModuleName,
        groups: &[Vec<BucketState>],
    ) -> Result<(), DatapathError> {
        let Inner { book, maps } = &mut *self.lock();
        book.install(module, groups, maps)
    }

    fn routes(&mut self, module: &ModuleName, routes: &Routes) -> Result<(), DatapathError> {
        let Inner { book, maps } = &mut *self.lock();
        book.routes(module, routes, maps)
    }

    fn renew(&mut self, module: &ModuleName, until: Time) -> Result<(), DatapathError> {
        let Inner { book, maps } = &mut *self.lock();
        book.renew(module, until, maps)
    }

    fn counters(&self, module: &ModuleName) -> Result<BTreeMap<String, u64>, DatapathError> {
        let inner = self.lock();
        inner.book.counters(module, &inner.maps)
    }

    fn bucket(&self, module: &ModuleName, flow: &FlowQuery) -> Option<(usize, u16)> {
        self.lock().book.bucket(module, flow)
    }

    fn flows(&self, module: &ModuleName) -> Result<Vec<Vec<u64>>, DatapathError> {
        let inner = self.lock();
        inner.book.flows(module, &inner.maps)
    }

    fn buckets(&self, module: &ModuleName) -> Result<Vec<Vec<BucketState>>, DatapathError> {
        let inner = self.lock();
        inner.book.buckets(module, &inner.maps)
    }

    fn explain(
        &self,
        module: &ModuleName,
        question: &FlowQuestion,
        now: Time,
    ) -> Result<Explained, DatapathError> {
        let inner = self.lock();
        inner.book.explain(module, question, now, &inner.maps)
    }
}

impl Maps {
    fn count(&mut self, module: u32, reason: Reason) {
        *self.counters.entry((module, reason)).or_default() += 1;
    }

    fn count_flow(&mut self, group: u32, bucket: u16) {
        *self.flows.entry((group, bucket)).or_default() += 1;
    }
}

impl Store for Maps {
    fn put_vip(&mut self, addr: Addr, vip: &Vip) -> Result<(), DatapathError> {
        self.vips.insert(addr, *vip);
        Ok(())
    }

    fn remove_vip(&mut self, addr: Addr) -> Result<(), DatapathError> {
        self.vips.remove(&addr);
        Ok(())
    }

    fn put_module(&mut self, slot: u32, module: &Module) -> Result<(), DatapathError> {
        self.modules.insert(slot, *module);
        Ok(())
    }

    fn put_lease(&mut self, slot: u32, until: Time) -> Result<(), DatapathError> {
        self.leases.insert(slot, until);
        Ok(())
    }

    fn put_link(&mut self, slot: u32, link: &Link) -> Result<(), DatapathError> {
        self.links.insert(slot, *link);
        Ok(())
    }

    fn put_neighbour(&mut self, place: u32, mac: Mac) -> Result<(), DatapathError> {
        self.neighbours.insert(place, mac);
        Ok(())
    }

    fn put_peer(&mut self, key: u64, node: u32) -> Result<(), DatapathError> {
        self.peers.insert(key, node);
        Ok(())
    }

    fn remove_peer(&mut self, key: u64) -> Result<(), DatapathError> {
        self.peers.remove(&key);
        Ok(())
    }

    fn put_table(&mut self, group: u32, table: &Table) -> Result<(), DatapathError> {
        self.tables.insert(group, Box::new(*table));
        Ok(())
    }

    fn put_fenced(&mut self, addr: Addr, fenced: &Fenced) -> Result<(), DatapathError> {
        self.fenced.insert(addr, *fenced);
        Ok(())
    }

    fn keep_fenced(&mut self, name: &[u8; 32], keep: &[Addr]) -> Result<(), DatapathError> {
        self.fenced
            .retain(|addr, fenced| fenced.name != *name || keep.contains(addr));
        Ok(())
    }

    fn clear_counters(&mut self, module: u32, groups: &[u32]) -> Result<(), DatapathError> {
        self.counters.retain(|(of, _), _| *of != module);
        self.flows.retain(|(of, _), _| !groups.contains(of));
        Ok(())
    }

    fn counters(&self, module: u32) -> Result<Vec<u64>, DatapathError> {
        let count = |reason: &Reason| self.counters.get(&(module, *reason)).copied().unwrap_or(0);
        Ok(Reason::ALL.iter().map(count).collect())
    }

    fn flows(&self, group: u32) -> Result<Vec<u64>, DatapathError> {
        let mut flows = vec![0; BUCKETS];
        let counted = self.flows.range((group, 0)..=(group, u16::MAX));
        for ((_, bucket), count) in counted {
            if let Some(place) = flows.get_mut(usize::from(*bucket)) {
                *place = *count;
            }
        }
        Ok(flows)
    }

    fn table(&self, group: u32) -> Result<Table, DatapathError> {
        let missing = || DatapathError::Unsupported(format!("group slot {group} has no table"));
        self.tables
            .get(&group)
            .map(|table| **table)
            .ok_or_else(missing)
    }

    fn lease(&self, module: u32) -> Result<Time, DatapathError> {
        Ok(self.leases.get(&module).copied().unwrap_or_default())
    }
}

/// The tables at an instant.
struct View<'a, F> {
    maps: &'a Maps,
    now: Time,
    has_socket: F,
}

impl<F: Fn(Addr, &Packet, Ports) -> bool> Tables for View<'_, F> {
    fn vip(&self, addr: Addr) -> Option<&Vip> {
        self.maps.vips.get(&addr)
    }

    fn module(&self, slot: u32) -> Option<&Module> {
        self.maps.modules.get(&slot)
    }

    fn link(&self, slot: u32) -> Option<&Link> {
        self.maps.links.get(&slot)
    }

    fn bucket(&self, group: u32, bucket: u16) -> Option<BucketState> {
        let byte = self.maps.tables.get(&group)?.get(usize::from(bucket))?;
        Some(BucketState::from_byte(*byte))
    }

    fn neighbour(&self, link: u32, node: u8) -> Mac {
        self.maps
            .neighbours
            .get(&neighbour_place(link, node))
            .copied()
            .unwrap_or(Mac::NONE)
    }

    fn is_peer(&self, link: u32, mac: Mac) -> bool {
        self.maps.peers.contains_key(&peer_key(link, mac))
    }

    fn has_socket(&self, client: Addr, packet: &Packet, ports: Ports) -> bool {
        (self.has_socket)(client, packet, ports)
    }

    fn is_lease_valid(&self, module: u32) -> bool {
        self.maps
            .leases
            .get(&module)
            .is_some_and(|until| self.now < *until)
    }

    fn fate(&self, datagram: &Datagram) -> Option<Fate> {
        self.maps.remembered.borrow().fates.get(datagram).copied()
    }

    fn set_fate(&self, datagram: &Datagram, fate: Fate) {
        let fates = &mut self.maps.remembered.borrow_mut().fates;
        if fates.len() >= FATES_MAX {
            fates.clear();
        }
        fates.insert(*datagram, fate);
    }

    fn is_opening(&self, handshake: u64) -> bool {
        let remembered = self.maps.remembered.borrow();
        let since = remembered.handshakes.get(&handshake);
        since.is_some_and(|since| self.now.since(*since) < Duration::from_millis(HANDSHAKE_MS))
    }

    fn set_opening(&self, handshake: u64) {
        let handshakes = &mut self.maps.remembered.borrow_mut().handshakes;
        if handshakes.len() >= HANDSHAKES_MAX {
            handshakes.clear();
        }
        handshakes.insert(handshake, self.now);
    }
}
