//! A server with the NFQUEUE back end, and a peer that puts single frames on its wire.
//!
//! Behind each frame follow two more whose counters are known. When these have moved, the first is
//! through: the back end takes packets, and questions, in the order in which they came.

use std::collections::BTreeMap;
use std::fs;
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::thread;
use std::time::{Duration, Instant};

use evenkeel_core::config::model::{self, EntryMode, Filter, Proto};
use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_engine::datapath::nfqueue::Nfqueue;
use evenkeel_engine::ports::{
    Datapath, DatapathError, GroupPath, InterfacePath, ModulePath, Routes,
};
use evenkeel_packet::abi::{self, program};
use evenkeel_packet::bucket::{BucketState, Kind};
use evenkeel_packet::decide::Entry;
use evenkeel_packet::filter::treat;
use evenkeel_packet::fragment::Fate;
use evenkeel_packet::{Addr, BUCKETS, Mac, Reason};
use nix::libc;
use nix::net::if_::if_nametoindex;
use nix::sched::{CpuSet, sched_setaffinity};
use nix::sys::socket::{LinkAddr, MsgFlags, recvfrom, send};
use nix::unistd::Pid;
use socket2::{Domain, Socket, Type};

use crate::common::{Namespace, Outcome, run_program};
use crate::fixtures::Sentence;
use crate::fixtures::frames::{SEQUENCE, arp, ethernet, fragment6, ipv4, ipv6, tcp, udp};
use crate::fixtures::left;
use crate::fixtures::world::{
    CLIENT, CLIENT_MAC, CLIENT6, CONNECTED, DNS, IFINDEX, LEFT, ME, MY_MAC, PARTS_ID, PEER,
    PEER_MAC, PLAIN, State, THIRD, THIRD_MAC, UNKNOWN, VIP, VIP6, VMAC, WEB, World, directed,
};
use crate::packets::packet_socket;
use crate::shapes::{self, ARP, ETHERNET, IPV6};

/// When a frame that must have an effect is given up.
const DEADLINE: Duration = Duration::from_secs(10);

/// What is seen of a frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// What is counted.
    pub(crate) counted: Vec<Reason>,
    /// Whether the server's stack delivers a packet to a virtual address.
    pub(crate) delivered: bool,
    /// Frames that the back end sends.
    pub(crate) frames: Vec<Vec<u8>>,
}

/// What makes a module's configuration; the rest of a state is told to the open module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Setup {
    entry: Entry,
    by_bucket: bool,
}

/// The server, its peer and the connection of the sentences.
pub(crate) struct Bench {
    server: Namespace,
    _peer: Namespace,
    /// The peer's end of the wire.
    socket: Socket,
    _connection: (TcpStream, TcpStream),
    open: Option<(Setup, Nfqueue)>,
}

impl Bench {
    /// Lays the wire and makes the connections. The peer's own stack is silent from then on.
    pub(crate) fn new() -> Outcome<Self> {
        // Frames that the same processor takes are treated in the order in which they were sent.
        let mut first = CpuSet::new();
        first.set(0)?;
        sched_setaffinity(Pid::from_raw(0), &first)?;
        let (server, peer) = (Namespace::new()?, Namespace::new()?);
        lay_wire(&server, &peer)?;
        let listener = server.run(|| Ok(TcpListener::bind((IpAddr::from(VIP), WEB))?))?;
        let client = peer.run(|| connect(LEFT))?;
        left::end(listener.accept()?.0, client)?;
        server.run(|| Ok(left::wait()?))?;
        let client = peer.run(|| connect(CONNECTED))?;
        let (accepted, _) = listener.accept()?;
        let socket = peer.run(|| {
            run_program("iptables", "-A OUTPUT -j DROP")?;
            packet_socket("eth0")
        })?;
        Ok(Self {
            server,
            _peer: peer,
            socket,
            _connection: (client, accepted),
            open: None,
        })
    }

    /// Puts the server in the sentence's state and its frame on the wire.
    pub(crate) fn run(&mut self, sentence: &Sentence, expected: &Seen) -> Outcome<Seen> {
        self.prepare(sentence)?;
        self.received()?;
        let (counted, delivered) = (self.counters()?, self.delivered()?);
        self.send(&sentence.frame)?;
        let mut frames = Vec::new();
        let deadline = Instant::now() + DEADLINE;
        while frames.len() < expected.frames.len() && Instant::now() < deadline {
            frames.extend(self.received()?);
        }
        let after = self.pass(&counted)?;
        frames.extend(self.received()?);
        let is_to_vip = shapes::destination(&sentence.frame).is_some_and(|addr| {
            let world = World::new(sentence.state);
            world.vips.contains_key(&addr)
        });
        let moved = |reason: &&Reason| after[reason.name()] != counted[reason.name()];
        Ok(Seen {
            counted: match sentence.program {
                program::FILTER => Reason::ALL.iter().filter(moved).copied().collect(),
                _ => Vec::new(),
            },
            delivered: is_to_vip && self.delivered()? > delivered,
            frames,
        })
    }

    /// Sends two frames whose reasons are known, and waits until these are counted. Gives the
    /// counters without them.
    fn pass(&self, before: &BTreeMap<String, u64>) -> Outcome<BTreeMap<String, u64>> {
        // No rule takes this protocol, and nobody but the server may speak for the address.
        let packet = ipv4((CLIENT, VIP), 253, &[], 0, &[0; 8]);
        let claim = arp(2, (PEER_MAC, VIP), (MY_MAC, VIP));
        let frames = [
            ethernet(MY_MAC, CLIENT_MAC, shapes::IPV4, &packet),
            ethernet(MY_MAC, PEER_MAC, ARP, &claim),
        ];
        let mut expected = before.clone();
        for frame in &frames {
            self.send(frame)?;
            let world = World::new(directed(Kind::Mine));
            let outcome = treat(&frame[..], IFINDEX, &world).ok_or("no reason")?;
            *expected
                .entry(outcome.reason.name().to_owned())
                .or_default() += 1;
        }
        let deadline = Instant::now() + DEADLINE;
        while Instant::now() < deadline {
            let mut after = self.counters()?;
            let is_through = |name: &String| after[name] >= expected[name];
            if before.keys().all(is_through) && self.is_settled(&after)? {
                for (name, count) in &mut after {
                    *count -= expected[name] - before[name];
                }
                return Ok(after);
            }
            thread::yield_now();
        }
        Err("the frames behind this one did not come through".into())
    }

    /// Whether the counters stand still: the reason of a sentence may be that of a frame behind it,
    /// whose counter then moves twice.
    fn is_settled(&self, counters: &BTreeMap<String, u64>) -> Outcome<bool> {
        thread::yield_now();
        Ok(self.counters()? == *counters)
    }

    /// Ends the module.
    pub(crate) fn close(&mut self) -> Outcome<()> {
        let Some((_, mut datapath)) = self.open.take() else {
            return Ok(());
        };
        self.server.run(move || Ok(datapath.close(&module()?)?))
    }

    /// Puts a state in force. A sentence about another program meets a module that is closed.
    fn prepare(&mut self, sentence: &Sentence) -> Outcome<()> {
        let state = sentence.state;
        let setup = Setup {
            entry: state.entry,
            by_bucket: state.answers == abi::ANSWERS_BY_BUCKET,
        };
        let former = self.open.as_ref().map(|(former, _)| *former);
        if former != Some(setup) || depends_on_the_past(sentence) {
            self.close()?;
            let datapath = self.server.run(move || opened(state, setup))?;
            self.open = Some((setup, datapath));
        }
        let (_, datapath) = self.open.as_mut().ok_or("not open")?;
        let is_in_force = sentence.program == program::FILTER;
        let (kind, lease) = if is_in_force {
            (state.buckets, state.lease)
        } else {
            (Kind::Foreign { owner: ME }, false)
        };
        let answers = is_in_force && state.answers != abi::ANSWERS_NOT;
        let module = module()?;
        let routes = Routes {
            neighbours: [
                (node(PEER)?, vec![PEER_MAC; 2]),
                (node(THIRD)?, vec![THIRD_MAC; 2]),
            ]
            .into(),
            entry: Some(node(if answers { ME } else { PEER })?),
        };
        datapath.routes(&module, &routes)?;
        if is_in_force {
            self.precede(state)?;
        }
        self.put(kind, lease)
    }

    /// Puts a table in force, and the lease.
    fn put(&mut self, kind: Kind, lease: bool) -> Outcome<()> {
        let (_, datapath) = self.open.as_mut().ok_or("not open")?;
        let module = module()?;
        datapath.install(&module, &[vec![BucketState::new(kind); BUCKETS]])?;
        datapath.renew(&module, Time(if lease { u64::MAX } else { 1 }), None)?;
        Ok(())
    }

    /// Sends what a state says was seen before: first parts of datagrams, a SYN.
    fn precede(&mut self, state: State) -> Outcome<()> {
        let to = match state.entry {
            Entry::Directed => MY_MAC,
            Entry::Invisible => VMAC,
        };
        let (kind, frames) = if let Some(fate) = state.fate.map(Fate::from_number) {
            let kind = match fate {
                Fate::ACCEPTED => Kind::Mine,
                Fate::DROPPED => Kind::Foreign { owner: ME },
                _ => Kind::Foreign { owner: PEER },
            };
            let datagram = udp((UNKNOWN, DNS));
            let part = fragment6(17, (0, true), PARTS_ID.into(), &datagram);
            let addrs = (CLIENT6.octets(), VIP6.octets());
            let four = ipv4((CLIENT, VIP), 17, &[], 0x2000, &datagram);
            let frames = [(shapes::IPV4, four), (IPV6, ipv6(addrs, 44, &part))];
            (kind, frames.to_vec())
        } else if state.is_opening {
            let mut syn = tcp((UNKNOWN, WEB), 2);
            syn[4..8].copy_from_slice(&(SEQUENCE - 1).to_be_bytes());
            let syn = ipv4((CLIENT, VIP), 6, &[], 0, &syn);
            (Kind::Mine, vec![(shapes::IPV4, syn)])
        } else {
            return Ok(());
        };
        self.put(kind, true)?;
        for (ether_type, packet) in frames {
            let before = self.counters()?;
            self.send(&ethernet(to, CLIENT_MAC, ether_type, &packet))?;
            self.pass(&before)?;
        }
        self.received().map(drop)
    }

    fn counters(&self) -> Outcome<BTreeMap<String, u64>> {
        let (_, datapath) = self.open.as_ref().ok_or("not open")?;
        Ok(datapath.counters(&module()?)?)
    }

    /// Packets that the server's stack has delivered to a protocol, or taken for putting together.
    fn delivered(&self) -> Outcome<u64> {
        self.server.run(|| {
            let four = fs::read_to_string("/proc/thread-self/net/snmp")?;
            let mut lines = four.lines().filter_map(|line| line.strip_prefix("Ip: "));
            let names = lines.next().ok_or("no names")?.split(' ');
            let counts = lines.next().ok_or("no counts")?.split(' ');
            let wanted = |(name, _): &(&str, &str)| ["InDelivers", "ReasmReqds"].contains(name);
            let four = names.zip(counts).filter(wanted);
            let four: u64 = four
                .filter_map(|(_, count)| count.parse::<u64>().ok())
                .sum();
            let six = fs::read_to_string("/proc/thread-self/net/snmp6")?;
            let six = six.lines().filter_map(|line| {
                let mut words = line.split_whitespace();
                let name = words.next()?.strip_prefix("Ip6")?;
                let count = words.next()?.parse::<u64>().ok()?;
                wanted(&(name, "")).then_some(count)
            });
            Ok(four + six.sum::<u64>())
        })
    }

    fn send(&self, frame: &[u8]) -> Outcome<()> {
        let frame = shapes::on_the_wire(frame);
        send(self.socket.as_raw_fd(), &frame, MsgFlags::empty())?;
        Ok(())
    }

    /// The frames that the back end has sent to the peer; not those of the server's own stack.
    fn received(&self) -> Outcome<Vec<Vec<u8>>> {
        let mut frames = Vec::new();
        let mut buffer = [0; 2048];
        loop {
            let fd = self.socket.as_raw_fd();
            let (len, from) = match recvfrom::<LinkAddr>(fd, &mut buffer) {
                Ok(received) => received,
                Err(nix::errno::Errno::EAGAIN) => return Ok(frames),
                Err(error) => return Err(error.into()),
            };
            let is_mine = from.is_some_and(|from| from.pkttype() == libc::PACKET_OUTGOING);
            if !is_mine && is_of_the_back_end(&buffer[..len]) {
                frames.push(buffer[..len].to_vec());
            }
        }
    }
}

/// Whether a frame from the server is one that its stack does not send by itself.
fn is_of_the_back_end(frame: &[u8]) -> bool {
    let mut vips = World::new(directed(Kind::Mine)).vips;
    let mut is_vip = |addr: Addr| vips.remove(&addr).is_some();
    match shapes::ether_type(frame) {
        ARP => is_vip(Addr::v4([frame[28], frame[29], frame[30], frame[31]])),
        // An advertisement of a virtual address.
        IPV6 if frame.get(ETHERNET + 40) == Some(&136) => frame
            .get(ETHERNET + 48..)
            .and_then(|target| target.first_chunk())
            .is_some_and(|target| is_vip(Addr::v6(*target))),
        // Replies come from a virtual address; packets for other nodes go to one.
        _ => shapes::destination(frame).is_some_and(is_vip),
    }
}

fn module() -> Outcome<ModuleName> {
    Ok(ModuleName::try_from("web".to_owned())?)
}

fn node(id: u8) -> Outcome<NodeId> {
    NodeId::new(id).ok_or_else(|| format!("{id} is no node").into())
}

/// `eth0` of the server to `eth0` of the peer, and one more interface for another virtual address.
/// Everybody knows everybody's MAC address, so that nobody asks.
fn lay_wire(server: &Namespace, peer: &Namespace) -> Outcome<()> {
    let (mine, client) = (text(MY_MAC), text(CLIENT_MAC));
    let pid = peer.pid();
    server.ip(format!(
        "link add eth0 address {mine} type veth peer name eth0 address {client} netns {pid}"
    ))?;
    server.ip("link add eth1 type veth peer name other")?;
    let world = World::new(directed(Kind::Mine));
    let vips: Vec<IpAddr> = world.vips.keys().map(|addr| IpAddr::from(*addr)).collect();
    server.run(move || {
        for (key, value) in [("arp_ignore", "1"), ("arp_announce", "2")] {
            fs::write(format!("/proc/sys/net/ipv4/conf/eth0/{key}"), value)?;
        }
        // The strictest that a machine may have.
        fs::write("/proc/sys/net/ipv4/conf/all/rp_filter", "1")?;
        for vip in vips {
            let nodad = if vip.is_ipv6() { " nodad" } else { "" };
            crate::common::ip(&format!("addr add {vip} dev lo{nodad}"))?;
        }
        Ok(())
    })?;
    let [a, b, c, d] = PLAIN;
    for command in [
        &format!("addr add {a}.{b}.{c}.{d}/24 dev eth0"),
        "addr add fd00::1/64 dev eth0 nodad",
        "link set eth0 up",
        "link set eth1 up",
        "link set other up",
        // Where the routers are that send errors.
        "route add 10.0.9.0/24 dev eth0",
        &format!("neigh replace 10.0.0.7 lladdr {client} dev eth0 nud permanent"),
        &format!("neigh replace fd00::7 lladdr {client} dev eth0 nud permanent"),
    ] {
        server.ip(command)?;
    }
    peer.run(|| {
        fs::write("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1")?;
        Ok(())
    })?;
    for command in [
        "addr add 10.0.0.7/24 dev eth0",
        "link set eth0 up",
        &format!("neigh replace 10.0.0.100 lladdr {mine} dev eth0 nud permanent"),
    ] {
        peer.ip(command)?;
    }
    Ok(())
}

/// The client's end of a connection to the server from this port.
fn connect(port: u16) -> Outcome<TcpStream> {
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
    socket.bind(&SocketAddr::new(IpAddr::from(CLIENT), port).into())?;
    let service = SocketAddr::new(IpAddr::from(VIP), WEB);
    socket.connect_timeout(&service.into(), DEADLINE)?;
    Ok(socket.into())
}

/// Whether handshakes or datagrams that a back end remembers make a difference.
fn depends_on_the_past(sentence: &Sentence) -> bool {
    let by_handshake = matches!(
        sentence.state.buckets,
        Kind::Migrating { .. } | Kind::ForeignHeld { .. }
    );
    let by_datagram = matches!(
        sentence.expected.reason,
        Some(Reason::AcceptFragment | Reason::DropFragment | Reason::ForwardFragment)
    );
    by_handshake || by_datagram
}

/// A module with the world's addresses and rules. Where the back end takes no IPv6 address in this
/// entry mode, those are left out.
fn opened(state: State, setup: Setup) -> Outcome<Nfqueue> {
    let mut datapath = Nfqueue::new(node(ME)?)?;
    let path = path(state, setup)?;
    match datapath.open(&module()?, &path) {
        Err(DatapathError::Unsupported(_)) => {
            let mut four = path;
            for interface in &mut four.interfaces {
                interface.addrs.retain(IpAddr::is_ipv4);
            }
            datapath.open(&module()?, &four)?;
        }
        result => result?,
    }
    Ok(datapath)
}

fn path(state: State, setup: Setup) -> Outcome<ModulePath> {
    let world = World::new(state);
    let mut interfaces = Vec::new();
    for (link, name) in [(0, "eth0"), (1, "eth1")] {
        let addrs = world.vips.iter().filter(|(_, vip)| vip.link == link);
        interfaces.push(InterfacePath {
            index: if_nametoindex(name)?,
            name: name.to_owned(),
            mac: MY_MAC,
            software: true,
            entry: match setup.entry {
                Entry::Directed => EntryMode::VmacDirected,
                Entry::Invisible => EntryMode::VmacInvisible,
            },
            vmac: VMAC,
            addrs: addrs.map(|(addr, _)| IpAddr::from(*addr)).collect(),
            network: IpAddr::from([10, 0, 0, 0]),
        });
    }
    let mut rules = Vec::new();
    let vip = world.vips.get(&Addr::v4(VIP)).ok_or("no such address")?;
    for rule in vip.rules.iter().take(usize::try_from(vip.rule_count)?) {
        let rule = configured(rule)?;
        // With a rule for ARP the entry node answers its own buckets only.
        if rule.proto != Proto::Arp || setup.by_bucket {
            rules.push(rule);
        }
    }
    Ok(ModulePath {
        node: node(ME)?,
        interfaces,
        groups: vec![GroupPath {
            name: "web".to_owned(),
            rules,
        }],
        hash_key: [7; 16],
        // A sentence is about one frame, whatever came before.
        replay: false,
    })
}

/// A rule as a configuration states it.
fn configured(rule: &abi::Rule) -> Outcome<model::Rule> {
    let [_, protocol, high, low] = rule.first.to_be_bytes();
    let port = u16::from_be_bytes([high, low]);
    Ok(model::Rule {
        virtual_addr: None,
        ports: match u16::try_from(rule.more)? {
            u16::MAX => Vec::new(),
            more => vec![model::PortRange {
                first: port,
                last: port + more,
            }],
        },
        proto: match protocol {
            abi::PROTOCOL_TCP => Proto::Tcp,
            abi::PROTOCOL_UDP => Proto::Udp,
            _ => Proto::Arp,
        },
        filter: match evenkeel_packet::flow::Filter::from_byte(rule.filter) {
            evenkeel_packet::flow::Filter::OnAddr => Filter::OnAddr,
            evenkeel_packet::flow::Filter::OnPort => Filter::OnPort,
            evenkeel_packet::flow::Filter::OnIpid => Filter::OnIpid,
        },
    })
}

fn text(mac: [u8; 6]) -> String {
    format!("{:?}", Mac::new(mac))
}
