//! New connections and datagrams for a virtual address that came in on another interface than the
//! address's: Linux would give them to a service all the same, past every filter (RFC 1122 section
//! 3.3.4.2, the weak model).
//!
//! The kernel asks this program before it looks for a socket that waits, whatever the interface and
//! whenever it appeared. It is pinned, as the fence: nobody else guards the other interfaces when the
//! daemon is gone.

use aya_ebpf::bindings::bpf_sk_lookup;
use evenkeel_packet::Addr;

use crate::tables::find;

/// No socket is found: a SYN is refused, a datagram is answered by an error.
pub const DROP: u32 = 0;
/// The kernel looks for a socket.
pub const PASS: u32 = 1;
/// Address family of IPv4.
const AF_INET: u32 = 2;
/// Index of the interface `lo`, the first in every namespace: processes of this machine may ask its own
/// service.
const LOOPBACK: u32 = 1;

/// What is done with a packet that opens something.
///
/// # Safety
///
/// The context is one that the kernel gave.
#[inline(always)]
pub unsafe fn decide(context: *const bpf_sk_lookup) -> u32 {
    // SAFETY: the caller's; each field by a load of its own, as the kernel wants them.
    let (addr, ifindex) = unsafe { (destination(context), (*context).ingress_ifindex) };
    match find(addr) {
        Some(place) if ifindex != LOOPBACK && ifindex != place.link.ifindex => DROP,
        Some(_) | None => PASS,
    }
}

/// Whom it is for.
#[inline(always)]
unsafe fn destination(context: *const bpf_sk_lookup) -> Addr {
    // SAFETY: as above; every field of either IP, each by a volatile load, because the verifier knows
    // fields by places that stand in the program, and the compiler would make one load of two.
    let (family, four, six) = unsafe {
        let words = (&raw const (*context).local_ip6).cast::<u32>();
        let word = |at| u64::from(words.add(at).read_volatile());
        (
            (*context).family,
            (&raw const (*context).local_ip4).read_volatile(),
            [word(0) | word(1) << 32, word(2) | word(3) << 32],
        )
    };
    if family == AF_INET {
        return Addr::v4(four.to_ne_bytes());
    }
    Addr::from_words(six)
}
