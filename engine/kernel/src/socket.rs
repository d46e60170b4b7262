//! Which TCP socket of a packet's flow is on this machine.

use core::mem::size_of;

use aya_ebpf::bindings::bpf_sock_tuple;
use aya_ebpf::helpers::{bpf_sk_release, bpf_skc_lookup_tcp};
use evenkeel_packet::Addr;
use evenkeel_packet::decide::Socket;
use evenkeel_packet::frame::{Packet, Ports};
use evenkeel_packet::keep::Syn;

use crate::keep::keep;
use crate::skb::Skb;
use crate::tables::{Machine, is_lease_valid};

/// State of what a connection left behind, time-wait and `FIN_WAIT_2` of a socket that is closed
/// (`enum tcp_state` of the kernel).
const TCP_TIME_WAIT: u32 = 6;
/// State of a listening socket.
const TCP_LISTEN: u32 = 10;
/// Bytes of [`TupleV6`] without the padding at its end.
const TUPLE_V6_SIZE: u32 = 36;
/// Looks in the network namespace of the packet's interface (`BPF_F_CURRENT_NETNS`).
const CURRENT_NETNS: u64 = u64::MAX;

/// Addresses and ports of an IPv4 flow as the kernel wants them.
#[repr(C)]
struct TupleV4 {
    source: [u8; 4],
    destination: [u8; 4],
    source_port: u16,
    destination_port: u16,
}

/// The same for IPv6.
#[repr(C)]
struct TupleV6 {
    source: [u64; 2],
    destination: [u64; 2],
    source_port: u16,
    destination_port: u16,
}

impl Machine for Skb<'_> {
    #[inline(always)]
    fn socket(&self, client: Addr, packet: &Packet, ports: Ports) -> Socket {
        find(self, client, packet, ports)
    }

    #[inline(always)]
    fn is_lease_valid(&self, module: u32) -> bool {
        is_lease_valid(module)
    }

    #[inline(always)]
    fn keep(&self, syn: &Syn) {
        keep(self.raw(), syn);
    }
}

/// The socket that the kernel has of this flow. A listening socket, which it gives when there is no
/// connection, does not count.
#[inline(always)]
fn find(skb: &Skb<'_>, client: Addr, packet: &Packet, ports: Ports) -> Socket {
    let (source_port, destination_port) = (ports.source.to_be(), ports.destination.to_be());
    if packet.is_v6 {
        let mut tuple = TupleV6 {
            source: client.words(),
            destination: packet.destination.words(),
            source_port,
            destination_port,
        };
        return found(skb, (&raw mut tuple).cast(), TUPLE_V6_SIZE);
    }
    let mut tuple = TupleV4 {
        source: client.last_four(),
        destination: packet.destination.last_four(),
        source_port,
        destination_port,
    };
    found(skb, (&raw mut tuple).cast(), size_of::<TupleV4>() as u32)
}

#[inline(always)]
fn found(skb: &Skb<'_>, tuple: *mut bpf_sock_tuple, size: u32) -> Socket {
    // SAFETY: the tuple is `size` bytes long; the socket is given back below.
    let socket = unsafe { bpf_skc_lookup_tcp(skb.raw().cast(), tuple, size, CURRENT_NETNS, 0) };
    if socket.is_null() {
        return Socket::None;
    }
    // SAFETY: not null, and held until it is released.
    let state = unsafe { (*socket).state };
    // SAFETY: it was given by the lookup above, and is not used after this.
    unsafe { bpf_sk_release(socket.cast()) };
    match state {
        TCP_LISTEN => Socket::None,
        TCP_TIME_WAIT => Socket::Left,
        _ => Socket::Alive,
    }
}
