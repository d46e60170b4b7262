//! Ping from many addresses: echo requests, and every reply that comes back.

use std::io::{self, Read};
use std::net::{IpAddr, SocketAddr};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use socket2::{Domain, Protocol, Socket, Type};

use crate::netns::Namespace;

const V4_ECHO: u8 = 8;
const V4_REPLY: u8 = 0;
const V6_ECHO: u8 = 128;
const V6_REPLY: u8 = 129;
const HEAD: usize = 8;

/// Longest reply with its IP header.
const REPLY_BYTES_MAX: usize = 65_535;

/// How long one read waits.
const READ_WAIT: Duration = Duration::from_millis(20);

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub struct PingOptions {
    /// Where to.
    pub to: IpAddr,
    /// Requests from each source; each is sent when the one before it was answered, so that a second
    /// reply to that one is seen.
    pub requests: u16,
    /// Bytes behind the header of each.
    pub bytes: usize,
    /// How long to wait for a reply.
    pub time_max: Duration,
}

/// What came back to one source.
#[derive(Clone, Debug)]
pub struct PingRecord {
    /// Where the requests came from.
    pub source: IpAddr,
    /// Replies to each request: one when all is well.
    pub replies: Vec<u32>,
}

/// Pings from every source, one after the other.
///
/// # Errors
///
/// When a socket cannot be opened or a request not be sent.
pub async fn ping_all(
    client: &Namespace,
    sources: Vec<IpAddr>,
    options: PingOptions,
) -> Result<Vec<PingRecord>> {
    let (told, record) = tokio::sync::oneshot::channel();
    let thread = client.thread("ping", move || {
        let all = sources.into_iter().zip(1..);
        let all: io::Result<Vec<_>> = all.map(|(source, id)| ping(source, id, &options)).collect();
        told.send(all).map_err(|_unheard| anyhow!("nobody waits"))
    })?;
    let records = record.await.context("the pings ended early")?;
    thread
        .join()
        .map_err(|_panic| anyhow!("the ping's thread panicked"))??;
    records.context("pinging")
}

fn ping(source: IpAddr, id: u16, options: &PingOptions) -> io::Result<PingRecord> {
    let socket = open(source, options.to)?;
    let mut replies = vec![0; usize::from(options.requests)];
    for number in 0..options.requests {
        socket.send(&request(options, id, number))?;
        let deadline = Instant::now() + options.time_max;
        while replies[usize::from(number)] == 0 && Instant::now() < deadline {
            receive(&socket, id, &mut replies)?;
        }
    }
    // What is there already; a reply that comes later than the next request's own is none.
    socket.set_nonblocking(true)?;
    while receive(&socket, id, &mut replies)? {}
    Ok(PingRecord { source, replies })
}

fn open(source: IpAddr, to: IpAddr) -> io::Result<Socket> {
    let protocol = match to {
        IpAddr::V4(_) => Protocol::ICMPV4,
        IpAddr::V6(_) => Protocol::ICMPV6,
    };
    let to = SocketAddr::new(to, 0);
    let socket = Socket::new(Domain::for_address(to), Type::RAW, Some(protocol))?;
    socket.bind(&SocketAddr::new(source, 0).into())?;
    socket.connect(&to.into())?;
    socket.set_read_timeout(Some(READ_WAIT))?;
    Ok(socket)
}

/// An echo request. The kernel computes the checksum of IPv6 itself.
fn request(options: &PingOptions, id: u16, number: u16) -> Vec<u8> {
    let kind = match options.to {
        IpAddr::V4(_) => V4_ECHO,
        IpAddr::V6(_) => V6_ECHO,
    };
    let mut message = vec![kind, 0, 0, 0];
    message.extend(id.to_be_bytes());
    message.extend(number.to_be_bytes());
    message.resize(HEAD + options.bytes, 0x2e);
    if options.to.is_ipv4() {
        let sum = checksum(&message);
        message[2..4].copy_from_slice(&sum.to_be_bytes());
    }
    message
}

/// Reads one message and counts it when it is a reply; whether there was one.
fn receive(socket: &Socket, id: u16, replies: &mut [u32]) -> io::Result<bool> {
    let mut packet = vec![0; REPLY_BYTES_MAX];
    // A socket is a reader, which needs no memory that is not initialised.
    let mut reader: &Socket = socket;
    let length = match reader.read(&mut packet) {
        Ok(length) => length,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted
            ) =>
        {
            return Ok(false);
        }
        Err(error) => return Err(error),
    };
    let packet = &packet[..length];
    // Raw sockets of IPv4 give the IP header, too.
    let message = match packet.first() {
        Some(first) if first >> 4 == 4 => packet.get(usize::from(first & 0xf) * 4..),
        _ => Some(packet),
    };
    let Some([V4_REPLY | V6_REPLY, _, _, _, i1, i0, n1, n0, ..]) = message else {
        return Ok(true);
    };
    let number = usize::from(u16::from_be_bytes([*n1, *n0]));
    if u16::from_be_bytes([*i1, *i0]) == id
        && let Some(count) = replies.get_mut(number)
    {
        *count += 1;
    }
    Ok(true)
}

/// The internet checksum.
fn checksum(message: &[u8]) -> u16 {
    let word = |two: &[u8]| (u32::from(two[0]) << 8) | u32::from(two.get(1).copied().unwrap_or(0));
    let mut sum: u32 = message.chunks(2).map(word).sum();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    !u16::try_from(sum).unwrap_or(0)
}
