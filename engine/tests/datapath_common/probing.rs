//! A node that asks others by liveness probes, from a plain UDP socket.

use std::io::{Error, ErrorKind};
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::time::Duration;

use evenkeel_core::ids::{Incarnation, NodeId};
use evenkeel_engine::ports::{LanInterface, Responder};
use evenkeel_packet::abi::MODULES_MAX;
use evenkeel_packet::hash::HashKey;
use evenkeel_packet::probe::{Kind, Probe};
use nix::net::if_::if_nametoindex;
use nix::time::{ClockId, clock_gettime};

use crate::common::Outcome;

/// The key of the cluster's probes.
pub(crate) const KEY: HashKey = [0x0123_4567_89ab_cdef, 7];
/// The heartbeat port.
pub(crate) const PORT: u16 = 4800;
/// The run of the daemon that is asked.
pub(crate) const RUN: u64 = 20;
/// The node that asks.
pub(crate) const ASKER: u8 = 5;
/// The run of the daemon that asks.
pub(crate) const ASKER_RUN: u64 = 10;
/// Long enough for an answer on the same machine, short enough to wait for none.
const PATIENCE: Duration = Duration::from_millis(300);

/// This instant, nanoseconds of `CLOCK_MONOTONIC`.
pub(crate) fn now_ns() -> Outcome<u64> {
    let now = clock_gettime(ClockId::CLOCK_MONOTONIC)?;
    Ok(u64::try_from(Duration::from(now).as_nanos())?)
}

/// What a node answers by that has these interfaces in the calling thread's namespace.
pub(crate) fn responder(node: NodeId, interfaces: &[&str]) -> Outcome<Responder> {
    let interface = |name: &&str| -> Outcome<LanInterface> {
        Ok(LanInterface {
            index: if_nametoindex(*name)?,
            name: (*name).to_owned(),
        })
    };
    Ok(Responder {
        node,
        run: Incarnation(RUN),
        port: PORT,
        keys: [KEY, [0; 2]],
        interfaces: interfaces.iter().map(interface).collect::<Outcome<_>>()?,
        lans_without: 0,
    })
}

/// A request of this instant for node 0, with nothing but its greeting.
pub(crate) fn request() -> Outcome<Probe> {
    Ok(Probe {
        kind: Kind::Request,
        key: 0,
        flags: 0,
        from: ASKER,
        to: 0,
        lan: 0,
        leases: 0,
        run: ASKER_RUN,
        to_run: 0,
        asked_ns: now_ns()?,
        answered_ns: 0,
        tags: [0; MODULES_MAX],
    })
}

/// A socket to ask an address from.
pub(crate) fn asking(addr: IpAddr) -> Outcome<UdpSocket> {
    let any: IpAddr = match addr {
        IpAddr::V4(_) => [0, 0, 0, 0].into(),
        IpAddr::V6(_) => std::net::Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((any, 0))?;
    socket.set_read_timeout(Some(PATIENCE))?;
    Ok(socket)
}

/// Asks a node at its address and gives its answer.
pub(crate) fn ask(socket: &UdpSocket, addr: IpAddr, request: &Probe) -> std::io::Result<Probe> {
    let to = SocketAddr::new(addr, PORT);
    socket.send_to(&request.seal(KEY), to)?;
    loop {
        let answer = hear(socket, to)?;
        // A later answer to an earlier request is passed over.
        if answer.asked_ns == request.asked_ns {
            return Ok(answer);
        }
    }
}

/// The next authentic answer, which must come from that address and port.
pub(crate) fn hear(socket: &UdpSocket, from: SocketAddr) -> std::io::Result<Probe> {
    let mut buffer = [0; 2048];
    loop {
        let (length, sender) = match socket.recv_from(&mut buffer) {
            // What an earlier request met while nobody was there.
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => continue,
            received => received?,
        };
        if sender != from {
            return Err(Error::other(format!("answered by {sender}, not {from}")));
        }
        let bytes = buffer.get(..length).unwrap_or_default();
        return Probe::open(bytes, |number| (number == 0).then_some(KEY))
            .map_err(|refused| Error::other(format!("the answer is {refused:?}")));
    }
}
