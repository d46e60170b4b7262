//! A packet in the kernel, read and written through bounds that the verifier can follow.

use core::mem::transmute;

use aya_ebpf::EbpfContext;
use aya_ebpf::bindings::tcx_action_base::TCX_DROP;
use aya_ebpf::bindings::{__sk_buff, BPF_F_INGRESS};
use aya_ebpf::helpers::{
    bpf_redirect, bpf_skb_change_tail, bpf_skb_load_bytes, bpf_skb_store_bytes,
};
use aya_ebpf::programs::TcContext;
use evenkeel_packet::Mac;
use evenkeel_packet::answer::{
    ADDRESSES_LEN, ADVERTISEMENT_LEN, ANSWER_LEN_MAX, ARP_LEN, addresses, advertised_to,
    advertisement, arp_reply,
};
use evenkeel_packet::bytes::{Bytes, mac};
use evenkeel_packet::frame::{Content, ETHERNET, HEADERS_MAX, parse_binding};
use evenkeel_packet::keep::REPLAY_MARK;

/// A packet.
pub struct Skb<'a> {
    context: &'a TcContext,
}

impl<'a> Skb<'a> {
    /// A packet whose headers need not lie in one piece: the parser sees the first piece.
    #[inline(always)]
    pub fn as_it_is(context: &'a TcContext) -> Self {
        Self { context }
    }

    /// Brings the headers into one piece first where the driver left them scattered.
    #[inline(always)]
    pub fn new(context: &'a TcContext) -> Self {
        let linear = context.data_end() - context.data();
        if linear < HEADERS_MAX && (linear as u32) < context.len() {
            let wanted = context.len().min(HEADERS_MAX as u32);
            // Where memory is short, the parser sees a short frame and the packet is not accepted.
            let _ = context.pull_data(wanted);
        }
        Self { context }
    }

    /// The interface that it came in on, or goes out of.
    #[inline(always)]
    pub fn ifindex(&self) -> u32 {
        // SAFETY: the context is valid for as long as the program runs.
        unsafe { (*self.raw()).ifindex }
    }

    /// The pointer that helper functions want.
    #[inline(always)]
    pub fn raw(&self) -> *mut __sk_buff {
        self.context.as_ptr().cast()
    }

    /// Gives it to the stack as meant for this host, whatever its destination MAC address.
    #[inline(always)]
    pub fn make_ours(&self) {
        const PACKET_HOST: u32 = 0;
        // Fails for types that do not exist only.
        let _ = self.context.change_type(PACKET_HOST);
    }

    /// Writes the link's addresses and sends it out of the interface that it came in on.
    #[inline(always)]
    pub fn send(&self, to: Mac, from: Mac) -> i32 {
        let start = self.context.data();
        if start + ADDRESSES_LEN <= self.context.data_end() {
            // SAFETY: the addresses lie within the packet, as checked above.
            unsafe { readdress(start, to, from) };
        }
        self.redirect()
    }

    /// The same, of a packet whose beginning is known.
    ///
    /// # Safety
    ///
    /// `start` is where the packet starts, a link's header was found there, and no helper was called
    /// since that may move it.
    #[inline(always)]
    pub unsafe fn send_from(&self, start: usize, to: Mac, from: Mac) -> i32 {
        // SAFETY: the caller's.
        unsafe { readdress(start, to, from) };
        self.redirect()
    }

    /// Sends a copy with these addresses of the link, and keeps the packet as it is.
    #[inline(always)]
    pub fn send_copy(&self, to: Mac, from: Mac) {
        let start = self.context.data();
        if start + ADDRESSES_LEN > self.context.data_end() {
            return;
        }
        let (first, second) = (start as *mut u64, (start + 8) as *mut u32);
        // SAFETY: the addresses lie within the packet, as checked above.
        let before = unsafe { (*first, *second) };
        // SAFETY: the same.
        unsafe { readdress(start, to, from) };
        // A copy that cannot be sent is lost like a packet on the wire.
        let _ = self.context.clone_redirect(self.ifindex(), 0);
        // The helper may have moved the packet.
        let start = self.context.data();
        if start + ADDRESSES_LEN <= self.context.data_end() {
            // SAFETY: the addresses lie within the packet, as checked above.
            unsafe {
                *(start as *mut u64) = before.0;
                *((start + 8) as *mut u32) = before.1;
            }
        }
    }

    /// Where the packet starts.
    #[inline(always)]
    pub fn start(&self) -> usize {
        self.context.data()
    }

    /// Whether the daemon replays it.
    #[inline(always)]
    pub fn is_replayed(&self) -> bool {
        // SAFETY: the context is valid for as long as the program runs.
        unsafe { (*self.raw()).mark == REPLAY_MARK }
    }

    /// Has it come in, on the interface that it goes out of.
    #[inline(always)]
    pub fn come_in(&self) -> i32 {
        // SAFETY: the context is valid for as long as the program runs; the other takes numbers only.
        unsafe {
            (*self.raw()).mark = 0;
            bpf_redirect(self.ifindex(), BPF_F_INGRESS as u64) as i32
        }
    }

    #[inline(always)]
    fn redirect(&self) -> i32 {
        // SAFETY: takes numbers only.
        unsafe { bpf_redirect(self.ifindex(), 0) as i32 }
    }

    /// Turns a question about a virtual address into its answer and sends that.
    #[inline(always)]
    pub fn answer(&self, from: Mac, agreed: Mac) -> i32 {
        match parse_binding(self) {
            Content::Arp(request) => {
                self.store(&arp_reply(&request, agreed), ARP_LEN);
                self.send(request.sender_mac, from)
            }
            Content::Discovery(asked) => {
                let to = match self.fixed::<ETHERNET>(0) {
                    Some(header) => advertised_to(&asked, mac::<6, ETHERNET>(header)),
                    None => return TCX_DROP,
                };
                // SAFETY: takes numbers; no pointer into the packet is used afterwards but those
                // that `send` makes anew.
                if unsafe { bpf_skb_change_tail(self.raw(), ANSWER_LEN_MAX as u32, 0) } != 0 {
                    // Where memory is short: who asked asks again.
                    return TCX_DROP;
                }
                self.store(&advertisement(&asked, agreed), ADVERTISEMENT_LEN);
                self.send(to, from)
            }
            Content::Ip(_) | Content::Other => TCX_DROP,
        }
    }

    /// Writes the first `len` bytes of `words`, which are at least as many, behind the link's header.
    #[inline(always)]
    fn store<const W: usize>(&self, words: &[u64; W], len: usize) {
        // Fails where the frame ends before, and it was parsed that far.
        // SAFETY: reads `len` bytes of `words`; the helper checks the frame's side.
        let _ = unsafe {
            bpf_skb_store_bytes(
                self.raw(),
                ETHERNET as u32,
                words.as_ptr().cast(),
                len as u32,
                0,
            )
        };
    }
}

/// Writes the link's addresses.
///
/// # Safety
///
/// The packet that starts at `start` has them.
#[inline(always)]
unsafe fn readdress(start: usize, to: Mac, from: Mac) {
    let [first, second] = addresses(to, from);
    // SAFETY: the caller's.
    unsafe {
        *(start as *mut u64) = first;
        *((start + 8) as *mut u32) = second as u32;
    }
}

impl Bytes for Skb<'_> {
    #[inline(always)]
    fn fixed<const N: usize>(&self, at: usize) -> Option<&[u8; N]> {
        let start = self.context.data();
        if start + at + N > self.context.data_end() {
            return None;
        }
        // SAFETY: `N` bytes from there lie within the packet, as checked above; no program writes
        // to it while the reference lives.
        Some(unsafe { transmute::<usize, &[u8; N]>(start + at) })
    }

    #[inline(always)]
    fn stated<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        // SAFETY: writes `N` bytes of `bytes`; the helper checks the frame's side.
        let error = unsafe {
            bpf_skb_load_bytes(
                self.raw().cast(),
                at as u32,
                bytes.as_mut_ptr().cast(),
                N as u32,
            )
        };
        (error == 0).then_some(bytes)
    }

    #[inline(always)]
    fn vlan(&self) -> u16 {
        // SAFETY: the context is valid for as long as the program runs.
        unsafe {
            if (*self.raw()).vlan_present == 0 {
                return 0;
            }
            (*self.raw()).vlan_tci as u16 & 0x0fff
        }
    }
}
