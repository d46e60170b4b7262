//! Liveness probes ([`evenkeel_packet::probe`]), answered where they come in: by the filter, and in
//! the name of a dead daemon by the fence. No socket and no scheduler has a part in it.
//!
//! Only frames that are known not to be about a virtual address come here. What is no request, or
//! not for this port, goes on as any packet; a request ends here, answered or counted as refused.

use core::intrinsics::{AtomicOrdering, atomic_cxchg};
use core::ptr::null_mut;

use aya_ebpf::bindings::tcx_action_base::{TCX_DROP, TCX_NEXT};
use aya_ebpf::bindings::{__sk_buff, BPF_F_MARK_MANGLED_0};
use aya_ebpf::helpers::{
    bpf_csum_diff, bpf_ktime_get_ns, bpf_l4_csum_replace, bpf_skb_load_bytes, bpf_skb_store_bytes,
};
use aya_ebpf::programs::TcContext;
use evenkeel_packet::abi::{Accepted, Asked, PROTOCOL_UDP, Responder, asked_place};
use evenkeel_packet::bytes::{Bytes, mac};
use evenkeel_packet::frame::ETHERNET;
use evenkeel_packet::hash::HashKey;
use evenkeel_packet::probe::{
    FLAG_FENCED, FLAG_KERNEL, Host, LEN, WORDS as WORD_COUNT, is_request, respond,
};

use crate::maps::{ACCEPTED, ASKED, CONTACTS, PROBED, RESPONDER, WORDS};
use crate::skb::Skb;
use crate::tables::lease_end;

/// `pkt_type` of a frame that is addressed to the interface's own MAC address.
const PACKET_HOST: u32 = 0;
/// Bytes of a UDP header.
const UDP: usize = 8;
/// Where the probe stands in a frame of IPv4 without options.
const AT_V4: usize = ETHERNET + 20 + UDP;
/// Where it stands in a frame of IPv6 without extension headers.
const AT_V6: usize = ETHERNET + 40 + UDP;

/// What the filter does with a packet that is not about a virtual address.
#[inline(always)]
pub fn meets_filter(skb: *mut __sk_buff) -> i32 {
    if may_be_one(skb) {
        return answered_by_filter(skb);
    }
    TCX_NEXT
}

/// What the fence does with a packet that is not about a virtual address.
#[inline(always)]
pub fn meets_fence(skb: *mut __sk_buff) -> i32 {
    if may_be_one(skb) {
        return answered_by_fence(skb);
    }
    TCX_NEXT
}

/// Whether a frame is as long as one with a probe, and for this machine: two loads, which spare all
/// other packets the rest.
#[inline(always)]
fn may_be_one(skb: *mut __sk_buff) -> bool {
    // SAFETY: the context is valid for as long as the program runs.
    let (len, kind) = unsafe { ((*skb).len as usize, (*skb).pkt_type) };
    (len == AT_V4 + LEN || len == AT_V6 + LEN) && kind == PACKET_HOST
}

/// A function of its own, so that the filter keeps its registers for packets.
#[inline(never)]
fn answered_by_filter(skb: *mut __sk_buff) -> i32 {
    met::<false>(skb)
}

/// The same for the fence.
#[inline(never)]
fn answered_by_fence(skb: *mut __sk_buff) -> i32 {
    met::<true>(skb)
}

#[inline(always)]
fn met<const IS_FENCE: bool>(skb: *mut __sk_buff) -> i32 {
    let context = TcContext::new(skb);
    let skb = Skb::new(&context);
    let Some(responder) = RESPONDER.get(0) else {
        return TCX_NEXT;
    };
    // A tagged frame is the VLAN interface's, whose own programs see it without the tag.
    if responder.run == 0 || skb.vlan() != 0 {
        return TCX_NEXT;
    }
    if is_for(&skb.fixed::<AT_V4>(0), responder) {
        return treat::<AT_V4, IS_FENCE>(&skb, responder);
    }
    if is_for_v6(&skb.fixed::<AT_V6>(0), responder) {
        return treat::<AT_V6, IS_FENCE>(&skb, responder);
    }
    TCX_NEXT
}

/// Whether the headers are those of a probe over IPv4, whole and without options.
#[inline(always)]
fn is_for(head: &Option<&[u8; AT_V4]>, responder: &Responder) -> bool {
    // The type of the frame, version 4 with five words; no part of a datagram.
    const FIRST: [u8; 3] = [0x08, 0x00, 0x45];
    const PART: u16 = 0x3fff;
    let Some(head) = head else { return false };
    [head[12], head[13], head[14]] == FIRST
        && number(head[16], head[17]) as usize == AT_V4 - ETHERNET + LEN
        && number(head[20], head[21]) & PART == 0
        && head[23] == PROTOCOL_UDP
        && u32::from(number(head[36], head[37])) == responder.port
        && number(head[38], head[39]) as usize == UDP + LEN
}

/// Whether the headers are those of a probe over IPv6 without extension headers.
#[inline(always)]
fn is_for_v6(head: &Option<&[u8; AT_V6]>, responder: &Responder) -> bool {
    const TYPE: [u8; 2] = [0x86, 0xdd];
    let Some(head) = head else { return false };
    [head[12], head[13]] == TYPE
        && head[14] >> 4 == 6
        && number(head[18], head[19]) as usize == UDP + LEN
        && head[20] == PROTOCOL_UDP
        && u32::from(number(head[56], head[57])) == responder.port
        && number(head[58], head[59]) as usize == UDP + LEN
}

/// A big-endian number.
#[inline(always)]
const fn number(high: u8, low: u8) -> u16 {
    u16::from_be_bytes([high, low])
}

/// Answers a request at `AT`, or ends it.
#[inline(always)]
fn treat<const AT: usize, const IS_FENCE: bool>(skb: &Skb<'_>, responder: &Responder) -> i32 {
    let Some(words) = WORDS.get_ptr_mut(0) else {
        return TCX_NEXT;
    };
    // SAFETY: the map's own memory, of which each CPU has its own; programs are not interrupted by
    // others of their kind. The helper writes all of it, or fails.
    let words = unsafe {
        if bpf_skb_load_bytes(skb.raw().cast(), AT as u32, words.cast(), LEN as u32) != 0 {
            return TCX_NEXT;
        }
        &mut *words
    };
    if !is_request(words[0]) {
        return TCX_NEXT;
    }
    // SAFETY: reads the words; the other sum is of nothing.
    let before = unsafe { bpf_csum_diff(words.as_mut_ptr().cast(), LEN as u32, null_mut(), 0, 0) };
    match respond(words, &Machine::<IS_FENCE> { responder }) {
        Ok(()) => {
            count(0);
            answer::<AT>(skb, words, before as u32)
        }
        Err(refused) => {
            count(refused.index());
            TCX_DROP
        }
    }
}

/// Turns a request into its answer and sends it out of the interface that it came in on. `before` is
/// the sum of the words as they were, negated.
#[inline(always)]
fn answer<const AT: usize>(skb: &Skb<'_>, words: &mut [u64; WORD_COUNT], before: u32) -> i32 {
    const CHECKSUM: usize = 6;
    let Some(ethernet) = skb.fixed::<ETHERNET>(0) else {
        return TCX_DROP;
    };
    let (to, from) = (mac::<6, ETHERNET>(ethernet), mac::<0, ETHERNET>(ethernet));
    let is_turned = if AT == AT_V4 {
        turn_v4(skb)
    } else {
        turn_v6(skb)
    };
    if !is_turned {
        return TCX_DROP;
    }
    // Addresses and ports that change places leave every sum as it is; the words do not. A sum that
    // the sender left to its hardware has none of them in it, and stays as it is: the helper knows.
    // SAFETY: reads the words, which are as long as it is told; it checks the frame's side.
    let error = unsafe {
        let words = words.as_mut_ptr();
        let sum = bpf_csum_diff(null_mut(), 0, words.cast(), LEN as u32, before);
        let place = (AT - UDP + CHECKSUM) as u32;
        let flags = u64::from(BPF_F_MARK_MANGLED_0);
        bpf_l4_csum_replace(skb.raw(), place, 0, sum as u32 as u64, flags)
            | bpf_skb_store_bytes(skb.raw(), AT as u32, words.cast(), LEN as u32, 0)
    };
    if error != 0 {
        // Where memory is short: who asked asks again.
        return TCX_DROP;
    }
    skb.send(to, from)
}

/// Exchanges addresses and ports of IPv4.
#[inline(always)]
fn turn_v4(skb: &Skb<'_>) -> bool {
    const FROM: usize = ETHERNET + 12;
    const BYTES: usize = 12;
    let Some([s0, s1, s2, s3, d0, d1, d2, d3, sp0, sp1, dp0, dp1]) = skb.fixed::<BYTES>(FROM)
    else {
        return false;
    };
    let turned: [u8; BYTES] = [
        *d0, *d1, *d2, *d3, *s0, *s1, *s2, *s3, *dp0, *dp1, *sp0, *sp1,
    ];
    // SAFETY: reads the array; the helper checks the frame's side.
    unsafe {
        bpf_skb_store_bytes(
            skb.raw(),
            FROM as u32,
            turned.as_ptr().cast(),
            BYTES as u32,
            0,
        ) == 0
    }
}

/// Exchanges addresses and ports of IPv6.
#[inline(always)]
fn turn_v6(skb: &Skb<'_>) -> bool {
    const FROM: usize = ETHERNET + 8;
    const ADDRESS: usize = 16;
    const BYTES: usize = 36;
    let Some(head) = skb.fixed::<BYTES>(FROM) else {
        return false;
    };
    let mut turned = [0_u8; BYTES];
    for at in 0..ADDRESS {
        turned[at] = head[ADDRESS + at];
        turned[ADDRESS + at] = head[at];
    }
    [turned[32], turned[33]] = [head[34], head[35]];
    [turned[34], turned[35]] = [head[32], head[33]];
    // SAFETY: reads the array; the helper checks the frame's side.
    unsafe {
        bpf_skb_store_bytes(
            skb.raw(),
            FROM as u32,
            turned.as_ptr().cast(),
            BYTES as u32,
            0,
        ) == 0
    }
}

/// Counts a request by what became of it.
#[inline(always)]
fn count(place: u32) {
    if let Some(counter) = PROBED.get_ptr_mut(place) {
        // SAFETY: this CPU's own counter; programs are not interrupted by others of their kind.
        unsafe { *counter += 1 };
    }
}

/// This machine: while its daemon lives, or where the fence answers, when it is gone.
struct Machine<'a, const IS_FENCE: bool> {
    responder: &'a Responder,
}

#[inline(always)]
fn now_ns() -> u64 {
    // SAFETY: takes nothing, gives a number.
    unsafe { bpf_ktime_get_ns() }
}

impl<const IS_FENCE: bool> Host for Machine<'_, IS_FENCE> {
    #[inline(always)]
    fn node(&self) -> u8 {
        self.responder.node as u8
    }

    #[inline(always)]
    fn run(&self) -> u64 {
        self.responder.run
    }

    #[inline(always)]
    fn key(&self, number: u8) -> Option<HashKey> {
        let key = self.responder.keys.get(number as usize)?;
        (*key != [0; 2]).then_some(*key)
    }

    #[inline(always)]
    fn now_ns(&self) -> u64 {
        now_ns()
    }

    #[inline(always)]
    fn flags(&self) -> u8 {
        FLAG_KERNEL | if IS_FENCE { FLAG_FENCED } else { 0 }
    }

    #[inline(always)]
    fn is_new(&self, from: u8, lan: u8, run: u64, asked_ns: u64) -> bool {
        let Some(place) = asked_place(from, lan) else {
            return false;
        };
        let Some(asked) = ASKED.get_ptr_mut(place) else {
            return false;
        };
        // SAFETY: the map's own memory. Of two CPUs that write there at once one request may be
        // answered twice, which harms nobody.
        unsafe {
            if !(*asked).is_before(run, asked_ns) {
                return false;
            }
            *asked = Asked {
                run,
                asked_ns,
                arrived_ns: now_ns(),
            };
        }
        true
    }

    #[inline(always)]
    fn tag(&self, place: u32) -> u64 {
        if IS_FENCE {
            return 0;
        }
        let tag = self.responder.tags.get(place as usize);
        tag.copied().unwrap_or(0)
    }

    #[inline(always)]
    fn accepted(&self, tag: u64) -> Option<(u32, u64)> {
        if IS_FENCE {
            return None;
        }
        // SAFETY: the map does not reuse entries while a program runs.
        let Accepted {
            from_ns, module, ..
        } = unsafe { ACCEPTED.get(&tag) }?;
        Some((*module, *from_ns))
    }

    #[inline(always)]
    fn renew(&self, place: u32, answered_ns: u64) {
        let Some(window_ns) = self.responder.windows_ns.get(place as usize) else {
            return;
        };
        let Some(contact) = CONTACTS.get_ptr_mut(place) else {
            return;
        };
        // SAFETY: the map's own memory, aligned; user space writes whole words.
        let until_ns = unsafe { &raw mut (*contact).until_ns };
        // SAFETY: the same.
        let known = unsafe { until_ns.read_volatile() };
        let until = answered_ns + *window_ns;
        if *window_ns == 0 || until <= known {
            return;
        }
        // What the daemon wrote meanwhile stands: a contact that it ended must not come back.
        // SAFETY: the same; an instruction of the kernel's machine since Linux 5.12.
        let _ = unsafe {
            atomic_cxchg::<u64, { AtomicOrdering::Relaxed }, { AtomicOrdering::Relaxed }>(
                until_ns, known, until,
            )
        };
    }

    #[inline(always)]
    fn is_lease_valid(&self, place: u32) -> bool {
        !IS_FENCE && lease_end(place) > now_ns()
    }
}
