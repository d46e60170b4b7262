//! `<ping>`: ICMP echo, of IPv4 and IPv6.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use etherparse::{IcmpEchoHeader, Icmpv4Header, Icmpv4Type};
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::UdpSocket;

use super::pace::{Found, Look};
use super::target::Host;
use super::words;

/// Tells the questions of this process from each other.
static NUMBER: AtomicU16 = AtomicU16::new(0);
/// What a question carries, and its answer again: so it is told from those of other programs.
const MARK: &[u8] = b"evenkeel";
/// Bytes of type, code, checksum, identifier and number before it.
const HEADER_BYTES: usize = 8;
/// Bytes of a received packet that are looked at: the longest IPv4 header, and the answer.
const PACKET_BYTES: usize = 60 + HEADER_BYTES + MARK.len();
/// Type of an ICMPv6 echo request.
const REQUEST_V6: u8 = 128;

/// Asks for an echo.
#[derive(Debug)]
pub(super) struct Ping {
    host: Host,
    timeout: Duration,
}

impl Ping {
    /// Of this host.
    pub(super) const fn new(host: Host, timeout: Duration) -> Self {
        Self { host, timeout }
    }
}

impl Look for Ping {
    async fn look(&mut self) -> Found {
        let ask = |addr| async move { ask(addr).await.map_err(|error| words::io(&error)) };
        self.host.reach(self.timeout, ask).await
    }
}

/// Asks one address and waits for its answer.
async fn ask(addr: IpAddr) -> io::Result<()> {
    let (socket, kind) = open(addr)?;
    let echo = Echo {
        addr,
        kind,
        // The kernel replaces it where it keeps the questions of programs apart.
        id: u16::try_from(std::process::id() & 0xffff).unwrap_or_default(),
        number: NUMBER.fetch_add(1, Ordering::Relaxed),
    };
    socket.send(&echo.question()).await?;
    let mut buffer = [0; PACKET_BYTES];
    loop {
        let length = socket.recv(&mut buffer).await?;
        if echo.is_answered_by(buffer.get(..length).unwrap_or_default()) {
            return Ok(());
        }
    }
}

/// A socket that the kernel gives to every program allowed by `net.ipv4.ping_group_range`, else one
/// for administrators. It hears only this address. It goes by the type of a socket for UDP, which tokio
/// waits for without `unsafe`; what it sends and receives is ICMP all the same.
fn open(addr: IpAddr) -> io::Result<(UdpSocket, Type)> {
    let (domain, protocol) = match addr {
        IpAddr::V4(_) => (Domain::IPV4, Protocol::ICMPV4),
        IpAddr::V6(_) => (Domain::IPV6, Protocol::ICMPV6),
    };
    let new = |kind| Socket::new(domain, kind, Some(protocol));
    let (socket, kind) = match new(Type::DGRAM) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => (new(Type::RAW)?, Type::RAW),
        opened => (opened?, Type::DGRAM),
    };
    socket.set_nonblocking(true)?;
    socket.connect(&SocketAddr::new(addr, 0).into())?;
    Ok((UdpSocket::from_std(socket.into())?, kind))
}

/// A question.
#[derive(Debug)]
struct Echo {
    addr: IpAddr,
    /// Of its socket.
    kind: Type,
    id: u16,
    number: u16,
}

impl Echo {
    fn question(&self) -> Vec<u8> {
        let Self { id, number, .. } = *self;
        let mut bytes = match self.addr {
            IpAddr::V4(_) => {
                let echo = Icmpv4Type::EchoRequest(IcmpEchoHeader { id, seq: number });
                let header = Icmpv4Header::with_checksum(echo, MARK);
                header.to_bytes().to_vec()
            }
            // Here the kernel puts the checksum in, which is also over the addresses.
            IpAddr::V6(_) => {
                let ([i, d], [n, o]) = (id.to_be_bytes(), number.to_be_bytes());
                vec![REQUEST_V6, 0, 0, 0, i, d, n, o]
            }
        };
        bytes.extend_from_slice(MARK);
        bytes
    }

    fn is_answered_by(&self, packet: &[u8]) -> bool {
        let header = match (self.addr, self.kind) {
            // Alone among these sockets this one gives the IP header too.
            (IpAddr::V4(_), Type::RAW) => {
                usize::from(packet.first().copied().unwrap_or(0) & 0x0f) * 4
            }
            _ => 0,
        };
        let answer = match self.addr {
            IpAddr::V4(_) => 0,
            IpAddr::V6(_) => REQUEST_V6 + 1,
        };
        let Some([kind, 0, _, _, i, d, n, o, mark @ ..]) = packet.get(header..) else {
            return false;
        };
        let is_own = self.kind == Type::DGRAM || u16::from_be_bytes([*i, *d]) == self.id;
        let is_this = u16::from_be_bytes([*n, *o]) == self.number && mark == MARK;
        *kind == answer && is_own && is_this
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn echo(addr: &str, kind: Type) -> Echo {
        Echo {
            addr: addr.parse().unwrap(),
            kind,
            id: 0x1234,
            number: 0x5678,
        }
    }

    /// The answer to a question, as it is received.
    fn answer(echo: &Echo, answer: u8, header: &[u8]) -> Vec<u8> {
        let mut question = echo.question();
        question[0] = answer;
        [header, &question].concat()
    }

    #[test]
    fn questions_are_as_the_standards_say() {
        let header = [8, 0, 0xf8, 0xfe, 0x12, 0x34, 0x56, 0x78];
        let question = echo("192.0.2.1", Type::RAW).question();
        let sum: u32 = question
            .chunks(2)
            .map(|pair| u32::from(pair[0]) << 8 | u32::from(pair[1]))
            .sum();
        assert_eq!((sum & 0xffff) + (sum >> 16), 0xffff, "the checksum");
        assert_eq!(
            (&question[..2], &question[4..8]),
            (&header[..2], &header[4..])
        );
        let question = echo("2001:db8::1", Type::RAW).question();
        assert_eq!(question[..8], [128, 0, 0, 0, 0x12, 0x34, 0x56, 0x78]);
    }

    #[test]
    fn only_its_own_answer_is_one() {
        let ip = [&[0x46][..], &[0; 23]].concat();
        for (addr, kind, code, header) in [
            ("192.0.2.1", Type::RAW, 0, &ip[..]),
            ("192.0.2.1", Type::DGRAM, 0, &[]),
            ("2001:db8::1", Type::RAW, 129, &[]),
            ("2001:db8::1", Type::DGRAM, 129, &[]),
        ] {
            let echo = echo(addr, kind);
            let good = answer(&echo, code, header);
            assert!(echo.is_answered_by(&good), "{echo:?}");
            for length in 0..good.len() {
                assert!(!echo.is_answered_by(&good[..length]), "cut at {length}");
            }
            let at = header.len();
            let other_id = if kind == Type::RAW { 4 } else { 6 };
            for byte in [at, at + 1, at + other_id, at + 7, at + 8] {
                let mut other = good.clone();
                other[byte] ^= 1;
                assert!(
                    !echo.is_answered_by(&other),
                    "{echo:?}, byte {byte} is another"
                );
            }
        }
    }
}
