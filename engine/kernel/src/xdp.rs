//! A packet in the driver, before the kernel has a buffer for it.

use core::mem::transmute;

use aya_ebpf::EbpfContext;
use aya_ebpf::bindings::xdp_md;
use aya_ebpf::helpers::bpf_xdp_load_bytes;
use aya_ebpf::programs::XdpContext;
use evenkeel_packet::Addr;
use evenkeel_packet::bytes::Bytes;
use evenkeel_packet::decide::Socket;
use evenkeel_packet::frame::{Packet, Ports};
use evenkeel_packet::keep::Syn;

use crate::tables::Machine;

/// A packet in the driver.
pub struct Xdp<'a> {
    context: &'a XdpContext,
}

impl<'a> Xdp<'a> {
    #[inline(always)]
    pub fn new(context: &'a XdpContext) -> Self {
        Self { context }
    }

    /// The interface that it came in on.
    #[inline(always)]
    pub fn ifindex(&self) -> u32 {
        // SAFETY: the context is valid for as long as the program runs.
        unsafe { (*self.raw()).ingress_ifindex }
    }

    #[inline(always)]
    fn raw(&self) -> *mut xdp_md {
        self.context.as_ptr().cast()
    }
}

/// Whatever depends on sockets or on the lease is the filter's to decide: it is passed on.
impl Machine for Xdp<'_> {
    #[inline(always)]
    fn socket(&self, _client: Addr, _packet: &Packet, _ports: Ports) -> Socket {
        Socket::Alive
    }

    #[inline(always)]
    fn is_lease_valid(&self, _module: u32) -> bool {
        true
    }

    #[inline(always)]
    fn keep(&self, _syn: &Syn) {}
}

impl Bytes for Xdp<'_> {
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
            bpf_xdp_load_bytes(self.raw(), at as u32, bytes.as_mut_ptr().cast(), N as u32)
        };
        (error == 0).then_some(bytes)
    }
}
