//! The eBPF programs of Evenkeel: thin around [`evenkeel_packet`], which decides.
//!
//! On ingress the *filter*, attached first and only as long as the daemon lives, then the pinned
//! *fence*; on egress the *belt* and its fence in the same way. A program that knows a frame ends
//! the chain; what is not about a virtual address goes to the next program (`TCX_NEXT`).

#![no_std]
#![no_main]

mod maps;
mod skb;
mod socket;
mod tables;

use aya_ebpf::bindings::tcx_action_base::{TCX_DROP, TCX_NEXT, TCX_PASS};
use aya_ebpf::macros::classifier;
use aya_ebpf::programs::TcContext;
use evenkeel_packet::Reason;
use evenkeel_packet::filter::{Action, Claim, aims_at, claim, speaks_for, treat};

use crate::maps::FENCED;
use crate::skb::Skb;
use crate::tables::{Maps, count, count_flow};

/// Decides about what comes in.
#[classifier]
pub fn filter(context: TcContext) -> i32 {
    let skb = Skb::new(&context);
    let Some(outcome) = treat(&skb, skb.ifindex(), &Maps { skb: &skb }) else {
        return TCX_NEXT;
    };
    count(outcome.module, outcome.reason);
    if let (Reason::AcceptOpens, Some((group, bucket))) = (outcome.reason, outcome.bucket) {
        count_flow(group, bucket);
    }
    match outcome.action {
        Action::Accept { to_host } => {
            if to_host {
                skb.make_ours();
            }
            TCX_PASS
        }
        Action::Drop => TCX_DROP,
        Action::Forward { to, from } => skb.send(to, from),
        Action::Answer(answer) => skb.answer(&answer),
    }
}

/// Drops what is addressed to a virtual address and met no filter before.
#[classifier]
pub fn fence(context: TcContext) -> i32 {
    closed(aims_at(&Skb::new(&context)))
}

/// Drops what would bind a virtual address to any MAC address but the agreed one.
#[classifier]
pub fn belt(context: TcContext) -> i32 {
    let skb = Skb::new(&context);
    match claim(&skb, &Maps { skb: &skb }) {
        Some(Claim::Leak(module)) => {
            count(module, Reason::DropSeatBelt);
            TCX_DROP
        }
        // Past the fence, which would drop it.
        Some(Claim::Agreed) => TCX_PASS,
        None => TCX_NEXT,
    }
}

/// Drops ARP messages in the name of a virtual address that met no belt before.
#[classifier]
pub fn belt_fence(context: TcContext) -> i32 {
    closed(speaks_for(&Skb::new(&context)))
}

/// Does nothing.
#[classifier]
pub fn empty(_context: TcContext) -> i32 {
    TCX_NEXT
}

#[inline(always)]
fn closed(addr: Option<evenkeel_packet::Addr>) -> i32 {
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
