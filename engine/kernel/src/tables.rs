//! The tables of a decision, read from the maps.

use aya_ebpf::helpers::{bpf_jiffies64, bpf_ktime_get_coarse_ns, bpf_ktime_get_ns};
use evenkeel_packet::abi::{
    self, Lease, MODULES_MAX, NEIGHBOURS, PLACES, PROBES, VACANT, first_place, handshake_place,
    neighbour_place, peer_key,
};
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::decide::Socket;
use evenkeel_packet::filter::{HANDSHAKE_MS, Place, Tables};
use evenkeel_packet::fragment::{Datagram, Fate};
use evenkeel_packet::frame::{Packet, Ports};
use evenkeel_packet::keep::Syn;
use evenkeel_packet::{Addr, BUCKETS as BUCKET_COUNT, Mac, Reason};

use crate::keep::went_on;
use crate::maps::{
    BUCKETS, CONTACTS, COUNTERS, FATES, FLOWS, HANDSHAKES, LEASES, MACS, PEERS, VIPS,
};

/// What the maps cannot tell: it differs between the programs.
pub trait Machine {
    /// See [`Tables::socket`].
    fn socket(&self, client: Addr, packet: &Packet, ports: Ports) -> Socket;
    /// See [`Tables::is_lease_valid`].
    fn is_lease_valid(&self, module: u32) -> bool;
    /// See [`Tables::keep`].
    fn keep(&self, syn: &Syn);
}

/// The maps, and the machine around them.
pub struct Maps<'a, M> {
    pub machine: &'a M,
}

impl<M: Machine> Tables for Maps<'_, M> {
    #[inline(always)]
    fn place(&self, addr: Addr) -> Option<Place<'_>> {
        let place = find(addr)?;
        Some(Place {
            vip: &place.vip,
            link: &place.link,
            module: &place.module,
        })
    }

    #[inline(always)]
    fn bucket(&self, group: u32, bucket: u16) -> Option<BucketState> {
        let table = BUCKETS.get(group)?;
        table
            .get(usize::from(bucket) & (BUCKET_COUNT - 1))
            .map(|byte| BucketState::from_byte(*byte))
    }

    #[inline(always)]
    fn neighbour(&self, link: u32, node: u8) -> Mac {
        let place = neighbour_place(link, node) as usize % NEIGHBOURS;
        // SAFETY: the place is one of the array's; a whole word, which user space may write.
        let word = unsafe { (&raw const MACS).cast::<u64>().add(place).read_volatile() };
        Mac::from_table(word)
    }

    #[inline(always)]
    fn is_peer(&self, link: u32, mac: Mac) -> bool {
        // SAFETY: only whether there is an entry matters.
        unsafe { PEERS.get(&peer_key(link, mac)) }.is_some()
    }

    #[inline(always)]
    fn socket(&self, client: Addr, packet: &Packet, ports: Ports) -> Socket {
        self.machine.socket(client, packet, ports)
    }

    #[inline(always)]
    fn is_lease_valid(&self, module: u32) -> bool {
        self.machine.is_lease_valid(module)
    }

    #[inline(always)]
    fn fate(&self, datagram: &Datagram) -> Option<Fate> {
        // SAFETY: the number is copied at once.
        let number = unsafe { FATES.get(datagram) };
        number.map(|number| Fate::from_number(*number))
    }

    #[inline(always)]
    fn set_fate(&self, datagram: &Datagram, fate: Fate) {
        // Fails where memory is short; the later parts are dropped then.
        let _ = FATES.insert(datagram, &fate.number(), 0);
    }

    #[inline(always)]
    fn is_opening(&self, flow: u64) -> bool {
        let Some(known) = HANDSHAKES.get(handshake_place(flow)) else {
            return false;
        };
        if known.flow != flow {
            return false;
        }
        // SAFETY: takes nothing, gives a number.
        let now = unsafe { bpf_ktime_get_coarse_ns() };
        now.saturating_sub(known.at_ns) < HANDSHAKE_MS * 1_000_000
    }

    #[inline(always)]
    fn set_opening(&self, flow: u64) {
        let Some(place) = HANDSHAKES.get_ptr_mut(handshake_place(flow)) else {
            return;
        };
        // SAFETY: takes nothing, gives a number; the place is the map's own memory. Of two CPUs that
        // write there at once, one handshake is remembered, or neither.
        unsafe {
            (*place).at_ns = bpf_ktime_get_coarse_ns();
            (*place).flow = flow;
        }
    }

    #[inline(always)]
    fn keep(&self, syn: &Syn) {
        self.machine.keep(syn);
    }

    #[inline(always)]
    fn went_on(&self, sequence: u32) {
        went_on(sequence);
    }
}

/// The place in which an address stands. One reference, so that no part of a result is undefined where
/// there is none: the kernel's verifier wants every register written that is kept.
#[inline(always)]
pub fn find(addr: Addr) -> Option<&'static abi::Place> {
    let wanted = addr.words();
    let first = first_place(wanted);
    for probe in 0..PROBES as u32 {
        // SAFETY: one of the array's. User space writes an address last, and first takes it away.
        let place = unsafe {
            &*(&raw const VIPS)
                .cast::<abi::Place>()
                .add((first + probe) as usize % PLACES)
        };
        let [low, high] = place.addr;
        if low == wanted[0] && high == wanted[1] {
            // A vacant place has no interface: what is for the unspecified address finds one.
            return (place.link.ifindex != 0).then_some(place);
        }
        if place.addr == VACANT {
            return None;
        }
    }
    None
}

/// Whether a module's lease is valid, and its contact.
///
/// The clock is read once per tick of the kernel, the tick with every packet: that costs next to
/// nothing. So a lease may be taken for valid until the tick ends in which it runs out; user space
/// ends it a tick early.
#[inline(always)]
pub fn is_lease_valid(module: u32) -> bool {
    let slot = module as usize % MODULES_MAX;
    // SAFETY: the slot is one of the array's.
    let lease = unsafe { (&raw mut LEASES).cast::<Lease>().add(slot) };
    // SAFETY: takes nothing, gives a number; the verifier replaces it by a plain load.
    let tick = unsafe { bpf_jiffies64() };
    // SAFETY: within the section's memory; whole words, and any CPU may write the current tick.
    unsafe {
        if (&raw const (*lease).checked_tick).read_volatile() == tick {
            return true;
        }
        let now = bpf_ktime_get_ns();
        let mut is_valid = now < (&raw const (*lease).until_ns).read_volatile();
        if is_valid && now >= (&raw const (*lease).contact_ns).read_volatile() {
            is_valid = CONTACTS
                .get(module)
                .is_some_and(|contact| now < contact.until_ns);
        }
        if is_valid {
            (&raw mut (*lease).checked_tick).write_volatile(tick);
        }
        is_valid
    }
}

/// The end of a module's lease, nanoseconds of `CLOCK_MONOTONIC`.
#[inline(always)]
pub fn lease_end(module: u32) -> u64 {
    let slot = module as usize % MODULES_MAX;
    // SAFETY: the slot is one of the array's; a whole word, which user space may write.
    unsafe {
        let lease = (&raw const LEASES).cast::<Lease>().add(slot);
        (&raw const (*lease).until_ns).read_volatile()
    }
}

/// Counts a packet of a module.
#[inline(always)]
pub fn count(module: u32, reason: Reason) {
    let place = module * Reason::COUNT as u32 + reason.index();
    if let Some(counter) = COUNTERS.get_ptr_mut(place) {
        // SAFETY: this CPU's own counter; programs are not interrupted by others of their kind.
        unsafe { *counter += 1 };
    }
}

/// Counts a flow that was opened.
#[inline(always)]
pub fn count_flow(group: u32, bucket: u16) {
    let Some(table) = FLOWS.get_ptr_mut(group) else {
        return;
    };
    let place = usize::from(bucket) & (BUCKET_COUNT - 1);
    // SAFETY: the place is masked to the table's length. Two CPUs may lose a count to each other:
    // the numbers serve as statistics.
    unsafe { (*table)[place] += 1 };
}
