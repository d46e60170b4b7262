//! What nodes say to each other, as somebody on the wire hears it; and saying it again.

use std::io::{ErrorKind, Read};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use evenkeel_lab::farm::{Farm, PATIENCE, plan};
use evenkeel_lab::netns::Namespace;
use socket2::{Domain, Protocol, Socket, Type};

/// The port of heartbeats and probes, as the farm's configuration has it.
pub(crate) const PORT: u16 = 4800;

/// Bytes of the headers before a datagram: Ethernet, IPv4 without options, UDP.
const HEADERS: usize = 14 + 20 + 8;

/// `ETH_P_ALL`: what passes a switch is shown to those who want all of it, and to nobody else.
const EVERYTHING: u16 = 3;

/// How long a read of frames waits.
const READ_WAIT: Duration = Duration::from_millis(100);

/// A datagram that a node sent to another.
#[derive(Clone, Debug)]
pub(crate) struct Overheard {
    /// To which address.
    pub(crate) to: Ipv4Addr,
    /// What it says.
    pub(crate) bytes: Vec<u8>,
}

impl Overheard {
    pub(crate) fn is_heartbeat(&self) -> bool {
        self.bytes.starts_with(b"EVKL")
    }

    pub(crate) fn is_request(&self) -> bool {
        self.bytes.starts_with(b"EVKP\x01\x01")
    }
}

/// Listens on the switch until so many datagrams with heartbeats and as many requests of probes to a
/// node were heard.
pub(crate) async fn overhear(farm: &Farm, to: u8, count: usize) -> Result<Vec<Overheard>> {
    let to = plan::node_addr(to);
    let thread = farm.segment().namespace().thread("overhear", move || {
        let mut heard = Vec::new();
        let socket = open()?;
        let deadline = Instant::now() + PATIENCE;
        let mut frame = [0; 2048];
        let enough = |heard: &[Overheard]| {
            let of = |is: fn(&Overheard) -> bool| heard.iter().filter(|one| is(one)).count();
            of(Overheard::is_heartbeat) >= count && of(Overheard::is_request) >= count
        };
        while !enough(&heard) {
            anyhow::ensure!(Instant::now() < deadline, "the nodes say too little");
            match (&socket).read(&mut frame) {
                Ok(length) => heard.extend(datagram(&frame[..length]).filter(|one| one.to == to)),
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(error) => return Err(error).context("reading frames"),
            }
        }
        Ok(heard)
    })?;
    let joined = tokio::task::spawn_blocking(move || thread.join()).await?;
    joined.map_err(|_panic| anyhow!("the listener panicked"))?
}

/// Sends each of the datagrams to a node, as many a second in all, for so long; how often the list was
/// gone through, and how long it took.
pub(crate) async fn say(
    from: &Namespace,
    to: u8,
    datagrams: Vec<Vec<u8>>,
    (rate, time): (u64, Duration),
) -> Result<(u64, Duration)> {
    let to = SocketAddr::from((plan::node_addr(to), PORT));
    let thread = from.thread("stranger", move || {
        let socket = UdpSocket::bind("0.0.0.0:0")?;
        socket.connect(to)?;
        let begin = Instant::now();
        let mut rounds = 0;
        let per_round = u64::try_from(datagrams.len())?;
        while begin.elapsed() < time {
            for bytes in &datagrams {
                // The kernel tells of a port that nobody listens on, which is no failure of ours.
                drop(socket.send(bytes));
            }
            rounds += 1;
            let due = Duration::from_micros(rounds * per_round * 1_000_000 / rate);
            std::thread::sleep(due.saturating_sub(begin.elapsed()));
        }
        Ok((rounds, begin.elapsed()))
    })?;
    let joined = tokio::task::spawn_blocking(move || thread.join()).await?;
    joined.map_err(|_panic| anyhow!("the stranger panicked"))?
}

fn open() -> Result<Socket> {
    let protocol = Protocol::from(i32::from(EVERYTHING.to_be()));
    let socket = Socket::new(Domain::PACKET, Type::RAW, Some(protocol));
    let socket = socket.context("opening a packet socket")?;
    socket.set_read_timeout(Some(READ_WAIT))?;
    Ok(socket)
}

/// The datagram in a frame, where it is one to the nodes' port.
fn datagram(frame: &[u8]) -> Option<Overheard> {
    let (head, bytes) = frame.split_at_checked(HEADERS)?;
    let is_ours = head[12..14] == [8, 0]
        && head[14] == 0x45
        && head[23] == 17
        && head[36..38] == PORT.to_be_bytes();
    let length = usize::from(u16::from_be_bytes([head[38], head[39]])).checked_sub(8)?;
    let to = Ipv4Addr::new(head[30], head[31], head[32], head[33]);
    let bytes = bytes.get(..length).filter(|_| is_ours)?.to_vec();
    Some(Overheard { to, bytes })
}
