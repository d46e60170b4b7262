//! The eBPF programs of Evenkeel: thin around [`evenkeel_packet`], which decides.
//!
//! On ingress the *filter*, attached first and only as long as the daemon lives, then the pinned
//! *fence*; on egress the *belt* and its fence in the same way. A program that knows a frame ends
//! the chain; what is not about a virtual address goes to the next program (`TCX_NEXT`), but for
//! liveness probes, which filter and fence answer (see [`probe`]). In the driver, where every node sees every packet, *early* ends those of others before they cost more.

#![no_std]
#![no_main]
// Compare and exchange, which `core` offers for this target as an intrinsic only.
#![feature(core_intrinsics)]
#![allow(internal_features, reason = "see above")]

mod keep;
mod lookup;
mod maps;
mod probe;
mod skb;
mod socket;
mod tables;
mod xdp;

use aya_ebpf::bindings::__sk_buff;
use aya_ebpf::bindings::tcx_action_base::{TCX_DROP, TCX_NEXT, TCX_PASS};
use aya_ebpf::bindings::xdp_action::{XDP_DROP, XDP_PASS};
use aya_ebpf::macros::{classifier, sk_lookup, xdp};
use aya_ebpf::programs::{SkLookupContext, TcContext, XdpContext};
use evenkeel_packet::claim::{Claim, aims_at, claim, speaks_for};
use evenkeel_packet::filter::{
    Attempt, Finish, FinishPlain, Outcome, Verb, treat_message, treat_packet, treat_plain,
};
use evenkeel_packet::keep::is_plain_syn;
use evenkeel_packet::{Addr, Reason};

use crate::maps::FENCED;
use crate::skb::Skb;
use crate::tables::{Maps, count, count_flow};
use crate::xdp::Xdp;

/// What a function for some kinds of frames gives for others: no program says so to the kernel.
const NOT_OF_THIS_KIND: i32 = i32::MIN;

/// Decides about what comes in.
#[classifier]
pub fn filter(context: TcContext) -> i32 {
    // Where the headers of a plain packet are scattered, it is one for the next function.
    let skb = Skb::as_it_is(&context);
    let act = Act {
        skb: &skb,
        start: skb.start(),
    };
    treat_plain(&skb, || skb.ifindex(), &Maps { machine: &skb }, &act)
}

/// Carries out what is done with a plain packet.
struct Act<'a> {
    skb: &'a Skb<'a>,
    /// Where the packet starts.
    start: usize,
}

impl Finish for Act<'_> {
    type Done = i32;

    #[inline(always)]
    fn finish(&self, outcome: Outcome) -> i32 {
        if outcome.verb != Verb::Forward {
            return carry_out(self.skb, &outcome);
        }
        count(outcome.module, outcome.reason);
        // SAFETY: a plain packet has a link's header, and no helper moved it meanwhile.
        unsafe { self.skb.send_from(self.start, outcome.mac, outcome.from) }
    }
}

impl FinishPlain for Act<'_> {
    #[inline(always)]
    fn no_vip(&self) -> i32 {
        probe::meets_filter(self.skb.raw())
    }

    #[inline(always)]
    fn not_plain(&self) -> i32 {
        match packet(self.skb.raw()) {
            NOT_OF_THIS_KIND => message(self.skb.raw()),
            said => said,
        }
    }
}

/// The filter for packets that are not plain: a function of its own, so that what it keeps at hand
/// does not cost the others time.
#[inline(never)]
fn packet(skb: *mut __sk_buff) -> i32 {
    let context = TcContext::new(skb);
    let skb = Skb::new(&context);
    match treat_packet(&skb, skb.ifindex(), &Maps { machine: &skb }) {
        Attempt::Treated(Some(outcome)) => carry_out(&skb, &outcome),
        Attempt::Treated(None) => TCX_NEXT,
        Attempt::NotOfThisKind => NOT_OF_THIS_KIND,
    }
}

/// The filter for messages about MAC addresses: apart from the packets, because the frames of
/// functions that call each other share 512 bytes.
#[inline(never)]
fn message(skb: *mut __sk_buff) -> i32 {
    let context = TcContext::new(skb);
    let skb = Skb::new(&context);
    match treat_message(&skb, skb.ifindex(), &Maps { machine: &skb }) {
        Some(outcome) => carry_out(&skb, &outcome),
        None => TCX_NEXT,
    }
}

/// Counts an outcome and does what it says.
#[inline(always)]
fn carry_out(skb: &Skb<'_>, outcome: &Outcome) -> i32 {
    // Counting stands behind each verb, and not once before them all: so the compiler keeps at hand
    // what the one verb needs.
    match outcome.verb {
        Verb::Accept => {
            count_outcome(outcome);
            TCX_PASS
        }
        Verb::AcceptAsOurs => {
            count_outcome(outcome);
            skb.make_ours();
            TCX_PASS
        }
        Verb::AcceptAndCopy => {
            count(outcome.module, outcome.reason);
            skb.send_copy(outcome.mac, outcome.from);
            TCX_PASS
        }
        Verb::Drop => {
            count(outcome.module, outcome.reason);
            TCX_DROP
        }
        Verb::Forward => {
            count(outcome.module, outcome.reason);
            skb.send(outcome.mac, outcome.from)
        }
        Verb::Answer => {
            count(outcome.module, outcome.reason);
            skb.answer(outcome.from, outcome.mac)
        }
    }
}

/// Counts a packet that is accepted, and the flow that it may open.
#[inline(always)]
fn count_outcome(outcome: &Outcome) {
    count(outcome.module, outcome.reason);
    if let (Reason::AcceptOpens, Some((group, bucket))) = (outcome.reason, outcome.decided_by.get())
    {
        count_flow(group, bucket);
    }
}

/// Ends other nodes' packets before the kernel makes much of them; leaves every other decision, and
/// every frame that is not plain, to the filter.
#[xdp(frags)]
pub fn early(context: XdpContext) -> u32 {
    let xdp = Xdp::new(&context);
    treat_plain(
        &xdp,
        || xdp.ifindex(),
        &Maps { machine: &xdp },
        &DropForeign { xdp: &xdp },
    )
}

/// Carries out what the driver does: drop other nodes' packets, but for SYNs, which the filter keeps.
struct DropForeign<'a> {
    xdp: &'a Xdp<'a>,
}

impl Finish for DropForeign<'_> {
    type Done = u32;

    #[inline(always)]
    fn finish(&self, outcome: Outcome) -> u32 {
        if outcome.reason != Reason::DropForeign || is_plain_syn(self.xdp) {
            return XDP_PASS;
        }
        count(outcome.module, outcome.reason);
        XDP_DROP
    }
}

impl FinishPlain for DropForeign<'_> {
    #[inline(always)]
    fn no_vip(&self) -> u32 {
        XDP_PASS
    }

    #[inline(always)]
    fn not_plain(&self) -> u32 {
        XDP_PASS
    }
}

/// Drops what is addressed to a virtual address and met no filter before.
#[classifier]
pub fn fence(context: TcContext) -> i32 {
    match closed(aims_at(&Skb::new(&context))) {
        TCX_NEXT => probe::meets_fence(context.skb.skb),
        said => said,
    }
}

/// Drops what would bind a virtual address to any MAC address but the agreed one, and answers to SYNs
/// that come too late. What the daemon replays goes round to where it would have come in.
#[classifier]
pub fn belt(context: TcContext) -> i32 {
    let skb = Skb::new(&context);
    if skb.is_replayed() {
        return skb.come_in();
    }
    match claim(&skb, &Maps { machine: &skb }) {
        Some(Claim::Leak(module)) => {
            count(module, Reason::DropSeatBelt);
            TCX_DROP
        }
        Some(Claim::Late(module)) => {
            count(module, Reason::DropLateAnswer);
            TCX_DROP
        }
        // Past the fence, which would drop it.
        Some(Claim::Agreed) => TCX_PASS,
        None => TCX_NEXT,
    }
}

/// Drops messages and answers to SYNs in the name of a virtual address that met no belt before.
#[classifier]
pub fn belt_fence(context: TcContext) -> i32 {
    closed(speaks_for(&Skb::new(&context)))
}

/// Refuses what opens something at a virtual address and came in on another interface.
#[sk_lookup]
pub fn elsewhere(context: SkLookupContext) -> u32 {
    // SAFETY: the kernel's own.
    unsafe { lookup::decide(context.lookup) }
}

/// Drops everything: a network that is cut on purpose.
#[classifier]
pub fn cut(_context: TcContext) -> i32 {
    TCX_DROP
}

/// Does nothing, in the driver.
#[xdp(frags)]
pub fn empty_early(_context: XdpContext) -> u32 {
    XDP_PASS
}

/// Does nothing.
#[classifier]
pub fn empty(_context: TcContext) -> i32 {
    TCX_NEXT
}

/// Drops a frame about an address that is fenced.
#[inline(always)]
fn closed(addr: Option<Addr>) -> i32 {
    let Some(addr) = addr else { return TCX_NEXT };
    // SAFETY: the map does not reuse entries while a program runs.
    match unsafe { FENCED.get(&addr.bytes()) } {
        Some(fenced) => {
            count(fenced.module, Reason::DropFence);
            TCX_DROP
        }
        None => TCX_NEXT,
    }
}

/// The programs may be loaded by any kernel; they call no function that is for GPL programs only.
#[unsafe(link_section = "license")]
#[unsafe(no_mangle)]
static LICENSE: [u8; 11] = *b"Apache-2.0\0";

#[panic_handler]
fn panic(_info: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}
