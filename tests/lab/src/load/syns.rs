//! A flood of SYNs: connections that are opened and never gone on with, from addresses that nobody has.
//!
//! They leave by a raw socket: the kernel looks up where the virtual address is, as any router does, also when
//! that changes.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use etherparse::{PacketBuilder, TcpOptionElement};
use nix::libc::IPPROTO_RAW;
use rand::Rng;
use socket2::{Domain, Protocol, SockAddr, Socket, Type};

use crate::farm::plan::{self, Family, STRANGERS_V4, STRANGERS_V6};
use crate::netns::Namespace;

/// SYNs between two looks at the clock.
const ROUND: u64 = 50;

const TTL: u8 = 64;
const WINDOW: u16 = 64_240;
const SEGMENT_MAX: u16 = 1460;

/// A running flood. It ends when dropped.
#[derive(Debug)]
pub struct Syns {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<Result<Duration>>>,
}

#[derive(Debug, Default)]
struct Shared {
    stop: AtomicBool,
    sent: AtomicU64,
}

impl Syns {
    /// Sends this many a second to a service, or as many as the machine can, each from another address and port.
    ///
    /// # Errors
    ///
    /// When the thread cannot be started.
    pub fn start(client: &Namespace, to: SocketAddr, rate: u64) -> Result<Self> {
        let shared = Arc::<Shared>::default();
        let sender = Arc::clone(&shared);
        let thread = client.thread("syns", move || flood(to, rate, &sender))?;
        Ok(Self {
            shared,
            thread: Some(thread),
        })
    }

    /// How many were sent so far.
    pub fn sent(&self) -> u64 {
        self.shared.sent.load(Ordering::Relaxed)
    }

    /// Ends it; how many were sent, and how long that took.
    ///
    /// # Errors
    ///
    /// When there is no raw socket.
    pub async fn finish(mut self) -> Result<(u64, Duration)> {
        self.shared.stop.store(true, Ordering::Relaxed);
        let thread = self.thread.take().context("it was ended before")?;
        let joined = tokio::task::spawn_blocking(move || thread.join()).await?;
        let took = joined.map_err(|_panic| anyhow!("the flood panicked"))??;
        Ok((self.sent(), took))
    }
}

impl Drop for Syns {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
    }
}

fn flood(to: SocketAddr, rate: u64, shared: &Shared) -> Result<Duration> {
    let domain = Domain::for_address(to);
    let socket = Socket::new(domain, Type::RAW, Some(Protocol::from(IPPROTO_RAW)));
    let socket = socket.context("opening a raw socket")?;
    // An address of its own spares the kernel the choice among the client's hundreds, for every packet.
    let own = plan::client_sources(Family::of(to.ip())).into_iter().next();
    let own = own.context("the client has no address")?;
    socket.bind(&SockAddr::from(SocketAddr::new(own, 0)))?;
    // A raw socket has no ports: IPv6 takes one for the number of a protocol.
    let service = SockAddr::from(SocketAddr::new(to.ip(), 0));
    let (began, mut made) = (Instant::now(), 0);
    let mut packet = Vec::new();
    while !shared.stop.load(Ordering::Relaxed) {
        let mut sent = 0;
        for _ in 0..ROUND {
            packet.clear();
            write_syn(to, &mut packet)?;
            // While the address moves the kernel may not know where it is.
            sent += u64::from(socket.send_to(&packet, &service).is_ok());
        }
        shared.sent.fetch_add(sent, Ordering::Relaxed);
        made += ROUND;
        let due = Duration::from_nanos(made * 1_000_000_000 / rate);
        std::thread::sleep(due.saturating_sub(began.elapsed()));
    }
    Ok(began.elapsed())
}

fn write_syn(to: SocketAddr, packet: &mut Vec<u8>) -> Result<()> {
    let mut rng = rand::rng();
    let ip = match to.ip() {
        IpAddr::V4(to) => PacketBuilder::ipv4(stranger_v4(&mut rng).octets(), to.octets(), TTL),
        IpAddr::V6(to) => PacketBuilder::ipv6(stranger_v6(&mut rng).octets(), to.octets(), TTL),
    };
    let from = rng.random_range(1024..=u16::MAX);
    let syn = ip
        .tcp(from, to.port(), rng.random(), WINDOW)
        .syn()
        .options(&[TcpOptionElement::MaximumSegmentSize(SEGMENT_MAX)])?;
    Ok(syn.write(packet, &[])?)
}

fn stranger_v4(rng: &mut impl Rng) -> Ipv4Addr {
    let (network, prefix) = STRANGERS_V4;
    Ipv4Addr::from_bits(network.to_bits() | rng.random::<u32>() >> prefix)
}

fn stranger_v6(rng: &mut impl Rng) -> Ipv6Addr {
    let (network, prefix) = STRANGERS_V6;
    Ipv6Addr::from_bits(network.to_bits() | rng.random::<u128>() >> prefix)
}
