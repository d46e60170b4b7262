//! The tables in the kernel's maps, written through aya.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::mem;
use std::net::IpAddr;

use aya::Ebpf;
use aya::maps::{Array, HashMap, Map, MapData, MapError, PerCpuArray, PerCpuValues};
use aya::util::nr_cpus;
use evenkeel_core::ids::{NodeId, Time};
use evenkeel_packet::abi::{
    self, Accepted, Asked, Fenced, Lease, Leases, Link, Module, NEIGHBOURS, Neighbours, PLACES,
    PROBES, Place, Responder, VACANT, VACATED, Vip, map,
};
use evenkeel_packet::probe::{Refused, WORDS};
use evenkeel_packet::{Addr, BUCKETS, Mac, Reason};
use zerocopy::transmute;

use super::book::{Store, Table};
use super::probes::{Contacts, Probes, latest, probed};
use crate::ports::{DatapathError, Probed};

/// A table of counters, a word per bucket.
type Flows = [u64; BUCKETS];

/// [`abi::Places`] as bytes.
type PlaceTable = [[u8; size_of::<Place>()]; PLACES];

/// The maps of one loaded object. Structures go in as the bytes that they are.
pub(super) struct KernelMaps {
    vips: Array<MapData, PlaceTable>,
    /// What was written last into `vips`, and below into `leases` and `neighbours`: one value each.
    written: Box<PlaceTable>,
    /// What stands in its places, those that are vacant left out.
    places: BTreeMap<usize, Place>,
    /// The modules and interfaces, of which each place has a copy.
    modules: BTreeMap<u32, Module>,
    links: BTreeMap<u32, Link>,
    leases: Array<MapData, [u8; size_of::<Leases>()]>,
    lease_ends: Leases,
    asked: Array<MapData, [u8; size_of::<Asked>()]>,
    /// In a cell, because answering a probe may make a contact last longer.
    contacts: RefCell<Array<MapData, u64>>,
    neighbours: Array<MapData, Neighbours>,
    macs: Box<Neighbours>,
    peers: HashMap<MapData, u64, u32>,
    tables: Array<MapData, Table>,
    flows: Array<MapData, Flows>,
    counters: PerCpuArray<MapData, u64>,
    fenced: FencedMap,
    responder: Array<MapData, [u8; size_of::<Responder>()]>,
    accepted: HashMap<MapData, u64, [u8; size_of::<Accepted>()]>,
    probed: PerCpuArray<MapData, u64>,
    /// For requests that no program meets.
    probes: Probes,
}

impl fmt::Debug for KernelMaps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KernelMaps").finish_non_exhaustive()
    }
}

impl KernelMaps {
    /// Takes the maps out of a loaded object.
    pub(super) fn take(object: &mut Ebpf) -> Result<Self, DatapathError> {
        Ok(Self {
            vips: typed(object, map::VIPS)?,
            written: vacant_places()?,
            places: BTreeMap::new(),
            modules: BTreeMap::new(),
            links: BTreeMap::new(),
            leases: typed(object, map::LEASES)?,
            lease_ends: Leases::default(),
            asked: typed(object, map::ASKED)?,
            contacts: RefCell::new(typed(object, map::CONTACTS)?),
            neighbours: typed(object, map::NEIGHBOURS)?,
            macs: Box::new([0; NEIGHBOURS]),
            peers: typed(object, map::PEERS)?,
            tables: typed(object, map::BUCKETS)?,
            flows: typed(object, map::FLOWS)?,
            counters: typed(object, map::COUNTERS)?,
            fenced: FencedMap {
                map: typed(object, map::FENCED)?,
            },
            responder: typed(object, map::RESPONDER)?,
            accepted: typed(object, map::ACCEPTED)?,
            probed: typed(object, map::PROBED)?,
            probes: Probes::default(),
        })
    }

    /// Whether the fence holds no address at all.
    pub(super) fn is_fence_empty(&self) -> bool {
        self.fenced.is_empty()
    }

    /// Answers in place, at instant `now`, a request that no program met, and counts it.
    pub(super) fn respond(&self, words: &mut [u64; WORDS], now: Time) -> Result<(), Refused> {
        self.probes.respond(words, now, self)
    }

    /// What became of the requests, of those that no program met too.
    pub(super) fn probed(&self) -> Result<Probed, DatapathError> {
        let mut counts = self.probes.counts();
        for (count, place) in counts.iter_mut().zip(0..) {
            let values = self.probed.get(&place, 0);
            let values =
                values.map_err(|source| failed("reading the counters of probes", source))?;
            *count += values.iter().sum::<u64>();
        }
        Ok(probed(counts))
    }
}

impl Contacts for KernelMaps {
    fn lease_until(&self, slot: u32) -> Time {
        self.lease(slot).unwrap_or(Time(0))
    }

    fn echoed_until(&self, slot: u32) -> Time {
        self.echoed(slot).unwrap_or(Time(0))
    }

    fn prolong(&self, slot: u32, until: Time) {
        if let Err(error) = self.contacts.borrow_mut().set(slot, until.0, 0) {
            tracing::debug!(slot, %error, "a contact cannot be renewed");
        }
    }
}

impl KernelMaps {
    /// Writes the places of those addresses again of which `is_concerned`, with what is known by
    /// then of their interface and module.
    fn renew_places(&mut self, is_concerned: impl Fn(&Vip) -> bool) -> Result<(), DatapathError> {
        let stale = self
            .places
            .iter()
            .filter(|(_, content)| content.addr != VACATED && is_concerned(&content.vip));
        let stale: Vec<(usize, Place)> = stale.map(|(place, content)| (*place, *content)).collect();
        for (place, content) in stale {
            let content = self.place_of(content.addr, &content.vip);
            self.write_place(place, &content)?;
        }
        Ok(())
    }

    /// What stands in the place of an address.
    fn place_of(&self, addr: [u64; 2], vip: &Vip) -> Place {
        Place {
            addr,
            link: self.links.get(&vip.link).copied().unwrap_or_default(),
            module: self.modules.get(&vip.module).copied().unwrap_or_default(),
            vip: *vip,
        }
    }

    /// The end of a module's contact as far as echoes say.
    pub(super) fn echoed(&self, module: u32) -> Result<Time, DatapathError> {
        let until = self.contacts.borrow().get(&module, 0);
        let until = until.map_err(|source| failed("reading the filter's contact", source))?;
        Ok(Time(until))
    }

    fn lease_of(&self, module: u32) -> Lease {
        let slot = usize::try_from(module).unwrap_or(usize::MAX);
        self.lease_ends.get(slot).copied().unwrap_or_default()
    }

    /// Where an address stands.
    fn place_with(&self, addr: Addr) -> Option<usize> {
        let holds = |place: &usize| {
            let it = self.places.get(place);
            it.is_some_and(|it| it.addr == addr.words())
        };
        places_of(addr).find(holds)
    }

    fn vacate(&mut self, place: usize) -> Result<(), DatapathError> {
        let vacated = Place {
            addr: VACATED,
            ..Place::default()
        };
        self.write_place(place, &vacated)
    }

    fn write_place(&mut self, place: usize, content: &Place) -> Result<(), DatapathError> {
        let doing = "telling the filter a virtual address";
        let slot = self.written.get_mut(place);
        let slot = slot.ok_or_else(|| DatapathError::Unsupported(format!("no place {place}")))?;
        let before = mem::replace(slot, transmute!(*content));
        if let Err(source) = self.vips.set(0, self.written.as_ref(), 0) {
            // What failed is not written together with the next one.
            self.written[place] = before;
            return Err(failed(doing, source));
        }
        self.places.insert(place, *content);
        Ok(())
    }
}

/// The places in which an address may stand, in the order in which the filter looks.
fn places_of(addr: Addr) -> impl Iterator<Item = usize> {
    let first = abi::first_place(addr.words()) as usize;
    (0..PROBES).map(move |probe| (first + probe) % PLACES)
}

/// The first of them that is free.
fn free_place(places: &BTreeMap<usize, Place>, addr: Addr) -> Result<usize, DatapathError> {
    let is_free = |place: &usize| places.get(place).is_none_or(|it| it.addr == VACATED);
    places_of(addr)
        .find(is_free)
        .ok_or_else(|| DatapathError::Full {
            what: format!("{addr:?} beside other virtual addresses"),
            limit: PROBES,
        })
}

/// A map of a loaded object, under its name.
pub(super) fn typed<T>(object: &mut Ebpf, name: &str) -> Result<T, DatapathError>
where
    T: TryFrom<Map, Error = MapError>,
{
    let missing = || DatapathError::Unsupported(format!("the filter has no map {name}"));
    let map = object.take_map(name).ok_or_else(missing)?;
    T::try_from(map).map_err(|source| failed(&format!("opening the map {name}"), source))
}

/// A table of vacant places, which would be large for a stack.
fn vacant_places() -> Result<Box<PlaceTable>, DatapathError> {
    let places = vec![[0; _]; PLACES].into_boxed_slice().try_into();
    let other = |_len: Box<[_]>| DatapathError::Unsupported("a table of another length".into());
    places.map_err(other)
}

/// The kernel refused something.
pub(super) fn failed(
    doing: &str,
    source: impl std::error::Error + Send + Sync + 'static,
) -> DatapathError {
    DatapathError::Kernel {
        doing: doing.into(),
        source: Box::new(source),
    }
}

impl Store for KernelMaps {
    fn put_vip(&mut self, addr: Addr, vip: &Vip) -> Result<(), DatapathError> {
        let former = self.place_with(addr);
        let place = free_place(&self.places, addr)?;
        // The filter may look at any time: first what is known of the address, then the address; what it
        // knew of it is in force until one of the two places does not have the address.
        let still = self.places.get(&place).map_or(VACANT, |it| it.addr);
        let content = self.place_of(still, vip);
        self.write_place(place, &content)?;
        let addr = addr.words();
        self.write_place(place, &Place { addr, ..content })?;
        former.map_or(Ok(()), |former| self.vacate(former))
    }

    fn remove_vip(&mut self, addr: Addr) -> Result<(), DatapathError> {
        let place = self.place_with(addr);
        place.map_or(Ok(()), |place| self.vacate(place))
    }

    fn put_module(&mut self, slot: u32, module: &Module) -> Result<(), DatapathError> {
        if self.modules.insert(slot, *module) == Some(*module) {
            return Ok(());
        }
        self.renew_places(|vip| vip.module == slot)
    }

    fn put_lease(&mut self, slot: u32, until: Time, contact: Time) -> Result<(), DatapathError> {
        let renewing = "renewing the filter's lease";
        let slot = usize::try_from(slot).map_err(|source| failed(renewing, source))?;
        if let Some(lease) = self.lease_ends.get_mut(slot) {
            // The tick stays zero: the filter looks at the clock again, whosever lease it is.
            (lease.until_ns, lease.contact_ns) = (until.0, contact.0);
        }
        let bytes: [u8; size_of::<Leases>()] = transmute!(self.lease_ends);
        self.leases
            .set(0, bytes, 0)
            .map_err(|source| failed(renewing, source))
    }

    fn put_contact(&mut self, slot: u32, until: Time) -> Result<(), DatapathError> {
        let contacts = self.contacts.get_mut();
        contacts
            .set(slot, until.0, 0)
            .map_err(|source| failed("telling the filter its contact", source))
    }

    fn put_responder(&mut self, responder: &Responder) -> Result<(), DatapathError> {
        self.probes.set_responder(responder);
        let bytes: [u8; size_of::<Responder>()] = transmute!(*responder);
        self.responder
            .set(0, bytes, 0)
            .map_err(|source| failed("telling the filter what to answer to probes", source))
    }

    fn put_accepted(&mut self, tag: u64, accepted: &Accepted) -> Result<(), DatapathError> {
        self.probes.accept(tag, *accepted);
        let bytes: [u8; size_of::<Accepted>()] = transmute!(*accepted);
        self.accepted
            .insert(tag, bytes, 0)
            .map_err(|source| failed("telling the filter which echoes count", source))
    }

    fn remove_accepted(&mut self, tag: u64) -> Result<(), DatapathError> {
        self.probes.forget(tag);
        gone(
            self.accepted.remove(&tag),
            "telling the filter which echoes count no more",
        )
    }

    fn put_link(&mut self, slot: u32, link: &Link) -> Result<(), DatapathError> {
        if self.links.insert(slot, *link) == Some(*link) {
            return Ok(());
        }
        self.renew_places(|vip| vip.link == slot)
    }

    fn put_neighbour(&mut self, place: u32, mac: Mac) -> Result<(), DatapathError> {
        let telling = "telling the filter a node's MAC address";
        let place = usize::try_from(place).map_err(|source| failed(telling, source))?;
        if let Some(word) = self.macs.get_mut(place) {
            *word = mac.word();
        }
        self.neighbours
            .set(0, *self.macs, 0)
            .map_err(|source| failed(telling, source))
    }

    fn put_peer(&mut self, key: u64, node: u32) -> Result<(), DatapathError> {
        self.peers
            .insert(key, node, 0)
            .map_err(|source| failed("telling the filter whose MAC address it is", source))
    }

    fn remove_peer(&mut self, key: u64) -> Result<(), DatapathError> {
        gone(
            self.peers.remove(&key),
            "removing a node's MAC address from the filter",
        )
    }

    fn put_table(&mut self, group: u32, table: &Table) -> Result<(), DatapathError> {
        self.tables
            .set(group, table, 0)
            .map_err(|source| failed("installing a table in the filter", source))
    }

    fn put_fenced(&mut self, addr: Addr, fenced: &Fenced) -> Result<(), DatapathError> {
        self.fenced.put(addr, fenced)
    }

    fn keep_fenced(&mut self, name: &[u8; 32], keep: &[Addr]) -> Result<(), DatapathError> {
        self.fenced.keep(name, keep)
    }

    fn clear_counters(&mut self, module: u32) -> Result<(), DatapathError> {
        let clearing = "setting the filter's counters to zero";
        let cpus = nr_cpus().map_err(|(_, source)| failed(clearing, source))?;
        for place in places(module) {
            let zeros =
                PerCpuValues::try_from(vec![0; cpus]).map_err(|source| failed(clearing, source))?;
            self.counters
                .set(place, zeros, 0)
                .map_err(|source| failed(clearing, source))?;
        }
        Ok(())
    }

    fn clear_flows(&mut self, groups: &[u32]) -> Result<(), DatapathError> {
        for group in groups {
            self.flows
                .set(*group, [0; BUCKETS], 0)
                .map_err(|source| failed("setting the filter's counts of flows to zero", source))?;
        }
        Ok(())
    }

    fn counters(&self, module: u32) -> Result<Vec<u64>, DatapathError> {
        let sum = |place: u32| match self.counters.get(&place, 0) {
            Ok(values) => Ok(values.iter().sum()),
            Err(source) => Err(failed("reading the filter's counters", source)),
        };
        places(module).map(sum).collect()
    }

    fn flows(&self, group: u32) -> Result<Vec<u64>, DatapathError> {
        let flows = self.flows.get(&group, 0);
        let flows =
            flows.map_err(|source| failed("reading the filter's counts of flows", source))?;
        Ok(flows.to_vec())
    }

    fn table(&self, group: u32) -> Result<Table, DatapathError> {
        let table = self.tables.get(&group, 0);
        table.map_err(|source| failed("reading a table of the filter", source))
    }

    fn lease(&self, module: u32) -> Result<Time, DatapathError> {
        Ok(Time(self.lease_of(module).until_ns))
    }

    fn contact(&self, module: u32) -> Result<Time, DatapathError> {
        let said = Time(self.lease_of(module).contact_ns);
        Ok(said.max(self.echoed(module)?))
    }

    fn asked(&self) -> Result<Vec<(NodeId, Time)>, DatapathError> {
        let mut failure = None;
        let mut asked = latest(|place| match self.asked.get(&place, 0) {
            Ok(bytes) => transmute!(bytes),
            Err(source) => {
                failure = Some(failed("reading who asked the filter", source));
                Asked::default()
            }
        });
        // Some requests may have met no program.
        asked.extend(self.probes.asked());
        failure.map_or(Ok(asked), Err)
    }
}

/// Where a module's counters stand.
fn places(module: u32) -> impl Iterator<Item = u32> {
    let count = u32::try_from(Reason::COUNT).unwrap_or(u32::MAX);
    (module * count)..((module + 1) * count)
}

/// What is not there need not be removed.
fn gone(result: Result<(), MapError>, doing: &str) -> Result<(), DatapathError> {
    match result {
        Ok(()) | Err(MapError::KeyNotFound) => Ok(()),
        Err(MapError::SyscallError(error))
            if error.io_error.kind() == std::io::ErrorKind::NotFound =>
        {
            Ok(())
        }
        Err(source) => Err(failed(doing, source)),
    }
}

/// The addresses that the fence closes; this map is pinned and may be a killed daemon's.
pub(super) struct FencedMap {
    pub(super) map: HashMap<MapData, [u8; 16], [u8; size_of::<Fenced>()]>,
}

impl FencedMap {
    fn put(&mut self, addr: Addr, fenced: &Fenced) -> Result<(), DatapathError> {
        let bytes: [u8; size_of::<Fenced>()] = transmute!(*fenced);
        self.map
            .insert(addr.bytes(), bytes, 0)
            .map_err(|source| failed("closing the fence for a virtual address", source))
    }

    /// Opens the fence for the addresses of the module called `name`, but for `keep`.
    pub(super) fn keep(&mut self, name: &[u8; 32], keep: &[Addr]) -> Result<(), DatapathError> {
        let opening = "opening the fence for a virtual address";
        let keep: Vec<[u8; 16]> = keep.iter().map(|addr| addr.bytes()).collect();
        let entries = self.map.iter().collect::<Result<Vec<_>, _>>();
        for (addr, bytes) in entries.map_err(|source| failed(opening, source))? {
            let fenced: Fenced = transmute!(bytes);
            if fenced.name == *name && !keep.contains(&addr) {
                gone(self.map.remove(&addr), opening)?;
            }
        }
        Ok(())
    }

    /// Opens the fence for these addresses, whichever module closed it.
    pub(super) fn open(&mut self, addrs: &[IpAddr]) -> Result<(), DatapathError> {
        for addr in addrs {
            let removed = self.map.remove(&Addr::from(*addr).bytes());
            gone(removed, "opening the fence for a virtual address")?;
        }
        Ok(())
    }

    /// Whether no address is closed.
    pub(super) fn is_empty(&self) -> bool {
        self.map.keys().next().is_none()
    }
}
