//! The tables of a decision in this process's own memory, and the packet path over them: what the
//! back end in memory and the one through NFQUEUE share.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::Duration;

use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_packet::abi::{
    Accepted, FATES_MAX, Fenced, HANDSHAKES_MAX, Link, Module, Responder, Vip, neighbour_place,
    peer_key,
};
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::claim::{Claim, claim};
use evenkeel_packet::decide::Socket;
use evenkeel_packet::filter::{HANDSHAKE_MS, Outcome, Place, Tables, treat};
use evenkeel_packet::fragment::{Datagram, Fate};
use evenkeel_packet::frame::{Packet, Ports};
use evenkeel_packet::keep::Syn;
use evenkeel_packet::probe::{Refused, WORDS};
use evenkeel_packet::{Addr, BUCKETS, Mac, Reason};

use super::book::{Book, Store, Table};
use super::probes::{Contacts, Probes, probed};
use crate::ports::{DatapathError, Probed};

/// The open modules and their tables.
#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) book: Book,
    pub(super) maps: Maps,
}

/// The tables.
#[derive(Debug, Default)]
pub(super) struct Maps {
    vips: BTreeMap<Addr, Vip>,
    modules: BTreeMap<u32, Module>,
    /// The ends of leases, and of contacts as the daemon says them.
    leases: BTreeMap<u32, (Time, Time)>,
    contacts: RefCell<BTreeMap<u32, Time>>,
    probes: Probes,
    links: BTreeMap<u32, Link>,
    neighbours: BTreeMap<u32, Mac>,
    peers: BTreeMap<u64, u32>,
    tables: BTreeMap<u32, Box<Table>>,
    flows: BTreeMap<u32, Box<[u64; BUCKETS]>>,
    fenced: BTreeMap<Addr, Fenced>,
    counters: BTreeMap<(u32, Reason), u64>,
    remembered: RefCell<Remembered>,
    /// An interface that nobody told of: no frame comes in there.
    no_link: Link,
    /// A module that nobody told of.
    no_module: Module,
}

/// What there is to note of a frame for [`super::replay`].
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Noted {
    /// Nothing.
    #[default]
    Nothing,
    /// It is a SYN that is not accepted here.
    Syn(Syn),
    /// It goes on behind a SYN whose next number is this one.
    WentOn(u32),
}

/// What was seen lately; forgotten all at once when there is too much of it.
#[derive(Debug, Default)]
struct Remembered {
    fates: BTreeMap<Datagram, Fate>,
    handshakes: BTreeMap<u64, Time>,
}

impl State {
    /// Treats a frame that came in on interface `ifindex` at instant `now`, and counts it;
    /// `socket` says which one of this flow is here. `None`: it concerns no
    /// virtual address. Beside it, what there is to note of it.
    pub(super) fn treat(
        &mut self,
        ifindex: u32,
        frame: &[u8],
        now: Time,
        socket: impl Fn(Addr, &Packet, Ports) -> Socket,
    ) -> Option<(Outcome, Noted)> {
        let noted = Cell::default();
        let tables = View {
            maps: &self.maps,
            now,
            socket,
            noted: &noted,
        };
        let outcome = treat(frame, ifindex, &tables)?;
        self.count(&outcome);
        Some((outcome, noted.take()))
    }

    /// As [`Self::treat`], without counting.
    pub(super) fn decide(
        &self,
        ifindex: u32,
        frame: &[u8],
        now: Time,
        socket: impl Fn(Addr, &Packet, Ports) -> Socket,
    ) -> Option<Outcome> {
        let tables = View {
            maps: &self.maps,
            now,
            socket,
            noted: &Cell::default(),
        };
        treat(frame, ifindex, &tables)
    }

    /// Counts what became of a frame.
    pub(super) fn count(&mut self, outcome: &Outcome) {
        self.maps.count(outcome.module, outcome.reason);
        if let (Reason::AcceptOpens, Some((group, bucket))) =
            (outcome.reason, outcome.decided_by.get())
        {
            self.maps.count_flow(group, bucket);
        }
    }

    /// Whether a frame may leave the machine, as the seat belt sees it; counts what may not.
    pub(super) fn may_leave(&mut self, frame: &[u8]) -> bool {
        let tables = View {
            maps: &self.maps,
            now: Time(0),
            socket: |_, _: &_, _| Socket::None,
            noted: &Cell::default(),
        };
        match claim(frame, &tables) {
            Some(Claim::Leak(module)) => {
                self.maps.count(module, Reason::DropSeatBelt);
                false
            }
            Some(Claim::Late(module)) => {
                self.maps.count(module, Reason::DropLateAnswer);
                false
            }
            Some(Claim::Agreed) | None => true,
        }
    }

    /// The end of a module's lease; zero before the first one, `None` when it is not open.
    pub(super) fn lease(&self, module: &ModuleName) -> Option<Time> {
        let slot = self.book.open(module).ok()?.slot();
        self.maps.leases.get(&slot).map(|(until, _)| *until)
    }

    /// A module's tables, one per group; `None` when it is not open.
    pub(super) fn tables(&self, module: &ModuleName) -> Option<Vec<Vec<BucketState>>> {
        let groups = self.book.open(module).ok()?.groups();
        let states = |table: &Table| {
            let states = table.iter().map(|byte| BucketState::from_byte(*byte));
            states.collect()
        };
        groups
            .iter()
            .map(|slot| Some(states(self.maps.tables.get(slot)?)))
            .collect()
    }
}

impl Maps {
    /// Answers a request in place, at instant `now`, and counts it.
    pub(super) fn respond(&self, words: &mut [u64; WORDS], now: Time) -> Result<(), Refused> {
        self.probes.respond(words, now, self)
    }

    /// What became of the requests.
    pub(super) fn probed(&self) -> Probed {
        probed(self.probes.counts())
    }

    /// The end of a module's contact.
    fn contact_until(&self, slot: u32) -> Time {
        let said = self
            .leases
            .get(&slot)
            .map_or(Time(0), |(_, contact)| *contact);
        said.max(self.echoed_until(slot))
    }

    /// Whether the filter of the module in a slot may accept.
    pub(super) fn is_lease_valid(&self, module: u32, now: Time) -> bool {
        now < self.lease_until(module) && now < self.contact_until(module)
    }

    /// A link, and the MAC address of a node there; `None` where that is not known.
    pub(super) fn way(&self, link: u32, node: NodeId) -> Option<(&Link, Mac)> {
        let to = self.neighbours.get(&neighbour_place(link, node.get()));
        Some((self.links.get(&link)?, *to?))
    }

    /// Counts a packet of the module in a slot.
    pub(super) fn count(&mut self, module: u32, reason: Reason) {
        *self.counters.entry((module, reason)).or_default() += 1;
    }

    /// Counts a flow that was opened.
    fn count_flow(&mut self, group: u32, bucket: u16) {
        let flows = self.flows.entry(group);
        let flows = flows.or_insert_with(|| Box::new([0; BUCKETS]));
        if let Some(count) = flows.get_mut(usize::from(bucket)) {
            *count += 1;
        }
    }
}

impl Contacts for Maps {
    fn lease_until(&self, slot: u32) -> Time {
        self.leases.get(&slot).map_or(Time(0), |(until, _)| *until)
    }

    fn echoed_until(&self, slot: u32) -> Time {
        self.contacts
            .borrow()
            .get(&slot)
            .copied()
            .unwrap_or(Time(0))
    }

    fn prolong(&self, slot: u32, until: Time) {
        self.contacts.borrow_mut().insert(slot, until);
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

    fn put_lease(&mut self, slot: u32, until: Time, contact: Time) -> Result<(), DatapathError> {
        self.leases.insert(slot, (until, contact));
        Ok(())
    }

    fn put_contact(&mut self, slot: u32, until: Time) -> Result<(), DatapathError> {
        self.contacts.get_mut().insert(slot, until);
        Ok(())
    }

    fn put_responder(&mut self, responder: &Responder) -> Result<(), DatapathError> {
        self.probes.set_responder(responder);
        Ok(())
    }

    fn put_accepted(&mut self, tag: u64, accepted: &Accepted) -> Result<(), DatapathError> {
        self.probes.accept(tag, *accepted);
        Ok(())
    }

    fn remove_accepted(&mut self, tag: u64) -> Result<(), DatapathError> {
        self.probes.forget(tag);
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

    fn clear_counters(&mut self, module: u32) -> Result<(), DatapathError> {
        self.counters.retain(|(of, _), _| *of != module);
        Ok(())
    }

    fn clear_flows(&mut self, groups: &[u32]) -> Result<(), DatapathError> {
        self.flows.retain(|group, _| !groups.contains(group));
        Ok(())
    }

    fn counters(&self, module: u32) -> Result<Vec<u64>, DatapathError> {
        let count = |reason: &Reason| self.counters.get(&(module, *reason)).copied().unwrap_or(0);
        Ok(Reason::ALL.iter().map(count).collect())
    }

    fn flows(&self, group: u32) -> Result<Vec<u64>, DatapathError> {
        let flows = self.flows.get(&group);
        Ok(flows.map_or_else(|| vec![0; BUCKETS], |flows| flows.to_vec()))
    }

    fn table(&self, group: u32) -> Result<Table, DatapathError> {
        let table = self.tables.get(&group);
        table
            .map(|table| **table)
            .ok_or_else(|| DatapathError::Unsupported(format!("there is no group in slot {group}")))
    }

    fn lease(&self, module: u32) -> Result<Time, DatapathError> {
        Ok(self.lease_until(module))
    }

    fn contact(&self, module: u32) -> Result<Time, DatapathError> {
        Ok(self.contact_until(module))
    }

    fn asked(&self) -> Result<Vec<(NodeId, Time)>, DatapathError> {
        Ok(self.probes.asked())
    }
}

/// The tables at an instant.
struct View<'a, F> {
    maps: &'a Maps,
    now: Time,
    socket: F,
    noted: &'a Cell<Noted>,
}

impl<F: Fn(Addr, &Packet, Ports) -> Socket> Tables for View<'_, F> {
    fn place(&self, addr: Addr) -> Option<Place<'_>> {
        let vip = self.maps.vips.get(&addr)?;
        Some(Place {
            vip,
            link: self.maps.links.get(&vip.link).unwrap_or(&self.maps.no_link),
            module: self
                .maps
                .modules
                .get(&vip.module)
                .unwrap_or(&self.maps.no_module),
        })
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

    fn socket(&self, client: Addr, packet: &Packet, ports: Ports) -> Socket {
        (self.socket)(client, packet, ports)
    }

    fn is_lease_valid(&self, module: u32) -> bool {
        self.maps.is_lease_valid(module, self.now)
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

    fn keep(&self, syn: &Syn) {
        self.noted.set(Noted::Syn(*syn));
    }

    fn went_on(&self, sequence: u32) {
        self.noted.set(Noted::WentOn(sequence));
    }
}
