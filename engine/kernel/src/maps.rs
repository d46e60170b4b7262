//! The maps, one comment each; sizes and layouts are those of [`evenkeel_packet::abi`].

use core::mem::zeroed;

use aya_ebpf::macros::map;
use aya_ebpf::maps::{Array, HashMap, LruHashMap, PerCpuArray};
use evenkeel_packet::abi::{
    Accepted, Asked, Contact, FATES_MAX, Fenced, GROUPS_MAX, HANDSHAKES_MAX, Handshake, LANS_MAX,
    LINKS_MAX, Lease, Leases, MODULES_MAX, NEIGHBOURS, Neighbours, Places, Responder, TAGS_MAX,
    VIPS_MAX,
};
use evenkeel_packet::fragment::Datagram;
use evenkeel_packet::keep::{FRAME_MAX, KeptSyns, PLACES as KEPT_PLACES, SETS, Waiting};
use evenkeel_packet::probe::{Refused, WORDS as WORD_COUNT};
use evenkeel_packet::{BUCKETS as BUCKET_COUNT, NODES_MAX, Reason};

/// Flag of hash maps whose entries are not preallocated: an entry that was removed is not reused
/// for another key while a program still reads it.
const NO_PREALLOC: u32 = 1;

/// Virtual addresses with their interfaces and modules, in a hash table of our own. No map: the programs
/// know its place in memory. User space writes it.
#[unsafe(no_mangle)]
#[unsafe(link_section = ".bss.vips")]
pub static mut VIPS: Places =
    // SAFETY: made of numbers; with nothing but zeros a place is vacant.
    unsafe { zeroed() };

/// Each module's lease, apart from the rest because it is written many times a second. No map: the
/// programs know its place in memory. User space writes it, as does any CPU, hence the volatile
/// accesses.
#[unsafe(no_mangle)]
#[unsafe(link_section = ".data.leases")]
pub static mut LEASES: Leases = [Lease {
    until_ns: 0,
    contact_ns: 0,
    checked_tick: 0,
}; MODULES_MAX];

/// Each module's contact, apart from its lease because the programs write it.
#[map]
pub static CONTACTS: Array<Contact> = Array::with_max_entries(MODULES_MAX as u32, 0);

/// MAC addresses of the nodes. No map, as the leases: user space writes it.
#[unsafe(no_mangle)]
#[unsafe(link_section = ".data.macs")]
pub static mut MACS: Neighbours = [0; NEIGHBOURS];

/// Who has a MAC address on a link.
#[map]
pub static PEERS: HashMap<u64, u32> =
    HashMap::with_max_entries((LINKS_MAX * NODES_MAX) as u32, NO_PREALLOC);

/// Bucket states, by group slot.
#[map]
pub static BUCKETS: Array<[u8; BUCKET_COUNT]> = Array::with_max_entries(GROUPS_MAX as u32, 0);

/// Flows opened in each bucket, by group slot; shared by the CPUs, since only opening one counts.
#[map]
pub static FLOWS: Array<[u64; BUCKET_COUNT]> = Array::with_max_entries(GROUPS_MAX as u32, 0);

/// Packets by module slot times the number of reasons plus reason.
#[map]
pub static COUNTERS: PerCpuArray<u64> =
    PerCpuArray::with_max_entries((MODULES_MAX * Reason::COUNT) as u32, 0);

/// What became of the first parts of datagrams, as the number of a fate.
#[map]
pub static FATES: LruHashMap<Datagram, u64> = LruHashMap::with_max_entries(FATES_MAX as u32, 0);

/// SYNs that were accepted lately.
#[map]
pub static HANDSHAKES: Array<Handshake> = Array::with_max_entries(HANDSHAKES_MAX as u32, 0);

/// The SYNs that are kept; zeros are none. No map, as the leases.
#[unsafe(no_mangle)]
#[unsafe(link_section = ".bss.kept")]
pub static mut KEPT: KeptSyns =
    // SAFETY: made of numbers.
    unsafe { zeroed() };

/// Tags of the kept SYNs whose clients were not seen to go on. No map, as the leases.
#[unsafe(no_mangle)]
#[unsafe(link_section = ".bss.waiting")]
pub static mut WAITING: Waiting = [0; SETS];

/// The frames of kept SYNs.
#[map]
pub static KEPT_FRAMES: Array<[u8; FRAME_MAX]> = Array::with_max_entries(KEPT_PLACES as u32, 0);

/// SYNs that were kept, by module slot, and behind these those that had to make room.
#[map]
pub static KEPT_COUNT: PerCpuArray<u64> = PerCpuArray::with_max_entries(2 * MODULES_MAX as u32, 0);

/// Addresses that the fence closes; pinned, so that it outlives the daemon.
#[map]
pub static FENCED: HashMap<[u8; 16], Fenced> = HashMap::pinned(VIPS_MAX as u32, NO_PREALLOC);

/// What probes are answered by; pinned, so that the fence answers when the daemon is gone.
#[map]
pub static RESPONDER: Array<Responder> = Array::pinned(1, 0);

/// The tags under which an echo counts.
#[map]
pub static ACCEPTED: HashMap<u64, Accepted> =
    HashMap::with_max_entries(TAGS_MAX as u32, NO_PREALLOC);

/// The newest request of each node on each LAN; pinned, so that the fence takes none twice.
#[map]
pub static ASKED: Array<Asked> = Array::pinned((NODES_MAX * LANS_MAX) as u32, 0);

/// Requests by what became of them; pinned, so that those that the fence meets are counted.
#[map]
pub static PROBED: PerCpuArray<u64> = PerCpuArray::pinned(Refused::COUNTERS, 0);

/// The words of the probe in hand, which are too many for the stack.
#[map]
pub static WORDS: PerCpuArray<[u64; WORD_COUNT]> = PerCpuArray::with_max_entries(1, 0);
