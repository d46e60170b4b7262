//! Two UDP sockets per LAN, one for the heartbeats, one to send liveness probes from: bytes in, bytes
//! out, nothing of them understood.
//!
//! Probes go to the other nodes' heartbeat ports, and their answers come back to the port they were
//! sent from. Nobody waits for them: they are read when it is time to judge who answered.
//!
//! A socket is bound to the node's own address in the LAN and outlives it: an address that vanishes
//! and returns needs no new socket. Sending never waits; a LAN that cannot be sent on is counted and
//! told once per change.

use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::os::fd::{AsFd, BorrowedFd};

use evenkeel_core::config::model::ClusterConfig;
use evenkeel_core::ids::{LanId, NodeId};
use socket2::{Domain, Protocol, Socket, Type};

use crate::error::StartError;
use crate::limits;
use crate::net::batch::{Inbox, Outbox};

/// DSCP CS6 (network control) in the upper six bits: switches that sort by it send these first.
const TRAFFIC_CLASS: u32 = 0xc0;

/// Longer datagrams are no answers to probes: cut, they are refused.
const PROBE_BYTES_MAX: usize = 2 * evenkeel_packet::probe::LEN;

/// A LAN's sockets before the driver has them.
#[derive(Debug)]
pub struct Bound {
    lan: LanId,
    name: String,
    socket: UdpSocket,
    asking: UdpSocket,
    addr: IpAddr,
    peers: Vec<Option<SocketAddr>>,
}

/// A LAN's sockets.
#[derive(Debug)]
pub struct LanSocket {
    lan: LanId,
    name: String,
    socket: UdpSocket,
    /// From which probes are sent.
    asking: UdpSocket,
    /// This node's address.
    addr: IpAddr,
    /// By node number.
    peers: Vec<Option<SocketAddr>>,
    /// Answers to probes that were read together.
    answers: Inbox,
    /// Probes that are sent together.
    probes: Outbox,
    /// The last failure to send, until one succeeds.
    failing: Option<ErrorKind>,
    /// Datagrams that were not sent.
    unsent: u64,
}

/// Addresses of this node's heartbeat sockets: in each LAN that it is in, its own and the others'.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanAddrs {
    /// The LAN.
    pub lan: LanId,
    /// Its name.
    pub name: String,
    /// This node's.
    pub own: SocketAddr,
    /// By node number; this node's own too.
    pub peers: Vec<Option<SocketAddr>>,
}

/// The addresses of `node` and its peers, by LAN. `instead` replaces those of the first LAN and
/// leaves the others out.
pub fn lan_addrs(cluster: &ClusterConfig, node: NodeId, instead: &[SocketAddr]) -> Vec<LanAddrs> {
    let lans = cluster.lans.iter().zip(0..).map(|(lan, id)| {
        let port = cluster.port;
        let addr = |name: &str| {
            lan.nodes
                .iter()
                .find(|node| node.name == name)
                .map(|n| n.addr)
        };
        let mut peers = Vec::new();
        for (id, node) in cluster.nodes() {
            peers.resize(peers.len().max(id.index() + 1), None);
            if let Some(place) = peers.get_mut(id.index()) {
                *place = addr(&node.name).map(|addr| SocketAddr::new(addr, port));
            }
        }
        (LanId(id), lan.name.clone(), peers)
    });
    let mut found = Vec::new();
    for (lan, name, mut peers) in lans.take(if instead.is_empty() { usize::MAX } else { 1 }) {
        if !instead.is_empty() {
            peers = instead.iter().copied().map(Some).collect();
        }
        if let Some(own) = peers.get(node.index()).copied().flatten() {
            found.push(LanAddrs {
                lan,
                name,
                own,
                peers,
            });
        }
    }
    found
}

/// Opens the sockets of a LAN.
///
/// # Errors
///
/// When the port is taken or the kernel refuses.
pub fn bind(addrs: LanAddrs) -> Result<Bound, StartError> {
    let addr = addrs.own;
    let socket = open(addr).map_err(|source| {
        if source.kind() == ErrorKind::AddrInUse {
            return StartError::PortTaken { addr };
        }
        StartError::Heartbeat { addr, source }
    })?;
    let any_port = SocketAddr::new(addr.ip(), 0);
    let asking = open(any_port).map_err(|source| StartError::Heartbeat {
        addr: any_port,
        source,
    })?;
    Ok(Bound {
        lan: addrs.lan,
        name: addrs.name,
        socket,
        asking,
        addr: addr.ip(),
        peers: addrs.peers,
    })
}

fn open(addr: SocketAddr) -> io::Result<UdpSocket> {
    let socket = Socket::new(Domain::for_address(addr), Type::DGRAM, Some(Protocol::UDP))?;
    socket.set_nonblocking(true)?;
    match addr.ip() {
        IpAddr::V4(_) => {
            // The address may come later than the daemon: a cable that is out, a slow DHCP server.
            socket.set_freebind_v4(true)?;
            socket.set_tos_v4(TRAFFIC_CLASS)?;
        }
        IpAddr::V6(_) => {
            socket.set_only_v6(true)?;
            socket.set_freebind_v6(true)?;
            socket.set_tclass_v6(TRAFFIC_CLASS)?;
        }
    }
    socket.set_recv_buffer_size(limits::HEARTBEAT_BUFFER_BYTES)?;
    socket.set_send_buffer_size(limits::HEARTBEAT_BUFFER_BYTES)?;
    socket.bind(&addr.into())?;
    Ok(socket.into())
}

impl LanSocket {
    /// Nothing was sent yet.
    pub fn new(bound: Bound) -> Self {
        let Bound {
            lan,
            name,
            socket,
            asking,
            addr,
            peers,
        } = bound;
        Self {
            lan,
            name,
            socket,
            asking,
            addr,
            peers,
            answers: Inbox::new(PROBE_BYTES_MAX),
            probes: Outbox::new(),
            failing: None,
            unsent: 0,
        }
    }

    /// The LAN.
    pub const fn lan(&self) -> LanId {
        self.lan
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The LAN has this place from here on, and the others are at these addresses.
    pub fn set(&mut self, addrs: LanAddrs) {
        self.lan = addrs.lan;
        self.peers = addrs.peers;
    }

    /// This node's address in it.
    pub const fn addr(&self) -> IpAddr {
        self.addr
    }

    /// Sends to a node, or drops the datagram: the next pulse carries the same and more.
    pub fn send(&mut self, to: NodeId, bytes: &[u8]) {
        let Some(addr) = self.peers.get(to.index()).copied().flatten() else {
            return;
        };
        match self.socket.send_to(bytes, addr) {
            Ok(_) => self.sent(),
            Err(error) => self.not_sent(&error),
        }
    }

    /// Takes a probe for a node, to be sent with the next [`LanSocket::send_probes`].
    pub fn probe(&mut self, to: NodeId, bytes: Vec<u8>) {
        if let Some(addr) = self.peers.get(to.index()).copied().flatten() {
            self.probes.put(addr, bytes);
        }
    }

    /// Sends the probes that were taken, or drops them: others follow soon, and heartbeats tell what
    /// is wrong.
    pub fn send_probes(&mut self) {
        let name = &self.name;
        self.probes.flush(&self.asking, |error| {
            tracing::trace!(lan = %name, %error, "a probe was not sent");
        });
    }

    /// Sends the answer to a probe to who asked.
    pub fn reply(&self, to: SocketAddr, bytes: &[u8]) {
        if let Err(error) = self.socket.send_to(bytes, to) {
            tracing::trace!(lan = %self.name, %error, "the answer to a probe was not sent");
        }
    }

    /// Reads some of the datagrams that came to where probes are sent from, without waiting for any:
    /// [`LanSocket::answers`] has them. True when there may be more.
    pub fn receive_answers(&mut self) -> bool {
        self.answers.fill(&self.asking).unwrap_or_else(|error| {
            tracing::debug!(lan = %self.name, %error, "an answer could not be received");
            false
        })
    }

    /// What was read last.
    pub fn answers(&self) -> impl Iterator<Item = &[u8]> {
        self.answers.datagrams()
    }

    fn sent(&mut self) {
        if self.failing.take().is_some() {
            tracing::info!(lan = %self.name, unsent = self.unsent, "heartbeats are sent again");
            self.unsent = 0;
        }
    }

    fn not_sent(&mut self, error: &io::Error) {
        self.unsent += 1;
        if self.failing.is_none() {
            tracing::warn!(lan = %self.name, %error, "heartbeats cannot be sent");
        }
        self.failing = Some(error.kind());
    }

    /// The next datagram that the kernel has and who sent it, without waiting for one.
    pub fn receive(&self, buffer: &mut [u8]) -> Option<(usize, SocketAddr)> {
        self.received(self.socket.recv_from(buffer))
    }

    fn received(&self, result: io::Result<(usize, SocketAddr)>) -> Option<(usize, SocketAddr)> {
        match result {
            Ok(received) => Some(received),
            Err(error) if error.kind() == ErrorKind::WouldBlock => None,
            Err(error) => {
                tracing::debug!(lan = %self.name, %error, "a heartbeat could not be received");
                None
            }
        }
    }
}

/// The socket of the heartbeats: answers to probes wake nobody.
impl AsFd for LanSocket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket.as_fd()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use evenkeel_core::config::model::{Lan, LanNode, Timing};

    use super::*;

    fn cluster() -> ClusterConfig {
        let node = |name: &str, addr: [u8; 4]| LanNode {
            name: name.to_owned(),
            addr: addr.into(),
        };
        let lan = |name: &str, nodes| Lan {
            name: name.to_owned(),
            nodes,
        };
        ClusterConfig {
            revision: 0,
            numbers: BTreeMap::new(),
            port: 4800,
            timing: Timing::default(),
            command: None,
            lans: vec![
                lan(
                    "default",
                    vec![node("a", [10, 0, 1, 1]), node("b", [10, 0, 1, 2])],
                ),
                lan("second", vec![node("b", [10, 0, 2, 2])]),
            ],
        }
    }

    #[test]
    fn a_node_has_a_socket_in_the_lans_that_it_is_in() {
        let of = |node| lan_addrs(&cluster(), NodeId::new(node).unwrap(), &[]);
        let lans = |node| {
            of(node)
                .into_iter()
                .map(|lan| lan.lan.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(lans(0), [0]);
        assert_eq!(lans(1), [0, 1]);
        assert_eq!(
            of(1)[1].peers,
            [None, Some("10.0.2.2:4800".parse().unwrap())]
        );
        assert_eq!(of(0)[0].own, "10.0.1.1:4800".parse().unwrap());
    }

    #[test]
    fn peers_stand_at_their_numbers() {
        let mut cluster = cluster();
        let number = NodeId::new(2).unwrap();
        cluster.numbers.insert("a".to_owned(), number);
        let found = lan_addrs(&cluster, number, &[]);
        let addr = |text: &str| Some(text.parse().unwrap());
        let expected = [addr("10.0.1.2:4800"), None, addr("10.0.1.1:4800")];
        assert_eq!(found[0].peers, expected);
        assert_eq!(found[0].own, expected[2].unwrap());
    }

    #[test]
    fn test_addresses_replace_the_first_lan_s() {
        let instead: Vec<SocketAddr> = vec![
            "127.0.0.1:1".parse().unwrap(),
            "127.0.0.1:2".parse().unwrap(),
        ];
        let found = lan_addrs(&cluster(), NodeId::new(1).unwrap(), &instead);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].own, instead[1]);
        assert_eq!(found[0].peers, [Some(instead[0]), Some(instead[1])]);
    }

    #[test]
    fn a_taken_port_is_said_in_a_sentence() {
        let holder = UdpSocket::bind("127.0.0.1:0").unwrap();
        let own = holder.local_addr().unwrap();
        let addrs = LanAddrs {
            lan: LanId(0),
            name: "default".to_owned(),
            own,
            peers: Vec::new(),
        };
        let error = bind(addrs).unwrap_err();
        assert!(
            matches!(error, StartError::PortTaken { addr } if addr == own),
            "{error}"
        );
    }

    #[test]
    fn the_answer_to_a_probe_comes_to_where_it_was_sent_from() {
        let free = || {
            UdpSocket::bind("127.0.0.1:0")
                .unwrap()
                .local_addr()
                .unwrap()
        };
        let (one, other) = (free(), free());
        let sockets = |own, peers: [SocketAddr; 2]| {
            let bound = bind(LanAddrs {
                lan: LanId(0),
                name: "default".to_owned(),
                own,
                peers: peers.map(Some).to_vec(),
            });
            LanSocket::new(bound.unwrap())
        };
        let mut asking = sockets(one, [one, other]);
        let asked = sockets(other, [one, other]);
        asking.probe(NodeId::new(1).unwrap(), b"who".to_vec());
        asking.send_probes();
        let mut buffer = [0; 16];
        // On loopback what was sent has arrived.
        let (length, sender) = asked.receive(&mut buffer).unwrap();
        assert_eq!(&buffer[..length], b"who");
        assert_ne!(sender, one, "not the heartbeat port");
        asked.reply(sender, b"me");
        assert!(!asking.receive_answers());
        assert_eq!(asking.answers().collect::<Vec<_>>(), [b"me"]);
        assert!(asking.receive(&mut buffer).is_none());
    }
}
