//! The tables of a decision, read from the maps.

use aya_ebpf::helpers::{bpf_jiffies64, bpf_ktime_get_ns};
use evenkeel_packet::abi::{
    Link, Module, PLACES, PROBES, VACANT, Vip, first_place, neighbour_place, peer_key,
};
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::filter::Tables;
use evenkeel_packet::frame::{Packet, Ports};
use evenkeel_packet::{Addr, BUCKETS as BUCKET_COUNT, Mac, Reason};

use crate::maps::{BUCKETS, COUNTERS, FLOWS, LEASES, LINKS, MODULES, NEIGHBOURS, PEERS, VIPS};
use crate::skb::Skb;
use crate::socket;

/// The maps, and the packet whose sockets may be asked for.
pub struct Maps<'a> {
    pub skb: &'a Skb<'a>,
}

impl Tables for Maps<'_> {
    #[inline(always)]
    fn vip(&self, addr: Addr) -> Option<&Vip> {
        let wanted = addr.words();
        let first = first_place(wanted);
        for probe in 0..PROBES as u32 {
            let place = VIPS.get((first + probe) % PLACES as u32)?;
            if place.addr == wanted {
                return Some(&place.vip);
            }
            if place.addr == VACANT {
                return None;
            }
        }
        None
    }

    #[inline(always)]
    fn module(&self, slot: u32) -> Option<&Module> {
        MODULES.get(slot)
    }

    #[inline(always)]
    fn link(&self, slot: u32) -> Option<&Link> {
        LINKS.get(slot)
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
        NEIGHBOURS
            .get(neighbour_place(link, node))
            .map_or(Mac::NONE, |word| Mac::from_word(*word))
    }

    #[inline(always)]
    fn is_peer(&self, link: u32, mac: Mac) -> bool {
        // SAFETY: only whether there is an entry matters.
        unsafe { PEERS.get(&peer_key(link, mac)) }.is_some()
    }

    #[inline(always)]
    fn has_socket(&self, packet: &Packet, ports: Ports) -> bool {
        socket::exists(self.skb, packet, ports)
    }

    /// The clock is read once per tick of the kernel, the tick with every packet: that costs next to
    /// nothing. So a lease may be taken for valid until the tick ends in which it runs out; user
    /// space ends it a tick early.
    #[inline(always)]
    fn is_lease_valid(&self, module: u32) -> bool {
        let Some(lease) = LEASES.get_ptr_mut(module) else {
            return false;
        };
        // SAFETY: takes nothing, gives a number; the verifier replaces it by a plain load.
        let tick = unsafe { bpf_jiffies64() };
        // SAFETY: the map's own memory; whole words, and any CPU may write the current tick.
        unsafe {
            if (*lease).checked_tick == tick {
                return true;
            }
            let is_valid = bpf_ktime_get_ns() < (*lease).until_ns;
            if is_valid {
                (*lease).checked_tick = tick;
            }
            is_valid
        }
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
