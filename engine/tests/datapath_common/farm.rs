//! A switch with servers and a client, each in a namespace without a name; a server has one back end
//! or the other.

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use evenkeel_core::config::model::{EntryMode, Filter, PortRange, Proto, Rule};
use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_engine::datapath::choose::{Wanted, choose};
use evenkeel_engine::ports::{
    AddressPlace, Datapath, GroupPath, InterfacePath, Mac, ModulePath, Routes,
};
use evenkeel_packet::BUCKETS;
use evenkeel_packet::bucket::{BucketState, Kind};
use nix::net::if_::if_nametoindex;
use socket2::{Domain, Socket, Type};

use crate::common::{Namespace, Outcome, private_bpffs, run_program};

/// The virtual address.
pub(crate) const VIP: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 100);
/// The virtual IPv6 address, in directed mode.
pub(crate) const VIP6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 0x100);
/// The client.
pub(crate) const CLIENT: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 7);
/// The client's IPv6 address.
pub(crate) const CLIENT6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, 7);
/// The service's port.
pub(crate) const PORT: u16 = 80;
/// The virtual MAC address.
pub(crate) const VMAC: Mac = [0x5a, 0xfe, 10, 0, 0, 100];
/// A lease that outlasts every test.
pub(crate) const FOREVER: Time = Time(u64::MAX);
/// Long enough for a connection on the same machine, short enough to wait for a refusal.
const PATIENCE: Duration = Duration::from_millis(400);
/// When a condition that must come true is given up.
const DEADLINE: Duration = Duration::from_secs(20);

/// The farm.
pub(crate) struct Farm {
    switch: Namespace,
    /// The client.
    pub(crate) client: Namespace,
    /// The servers, each with the service that says its number.
    pub(crate) servers: Vec<Namespace>,
}

/// The MAC address of a server.
pub(crate) fn server_mac(server: usize) -> Mac {
    [2, 0, 0, 0, 1, u8::try_from(server).unwrap_or(u8::MAX)]
}

/// A MAC address as the tools print it.
pub(crate) fn text(mac: Mac) -> String {
    mac.map(|byte| format!("{byte:02x}")).join(":")
}

impl Farm {
    /// A farm with a server for each of these back ends; none of them is open.
    pub(crate) fn new(backends: &[Wanted]) -> Outcome<Self> {
        let switch = Namespace::new()?;
        switch.ip("link add br0 type bridge mcast_snooping 0")?;
        switch.ip("link set br0 up")?;
        let client = Namespace::new()?;
        plug(&switch, &client, "c", [2, 0, 0, 0, 0, 0xc1], 7)?;
        let mut servers = Vec::new();
        for (number, wanted) in backends.iter().enumerate() {
            let server = Namespace::new()?;
            let mac = server_mac(number);
            plug(&switch, &server, &format!("s{number}"), mac, number + 1)?;
            server.run(private_bpffs)?;
            let wanted = *wanted;
            server.run(move || hold(wanted))?;
            server.run(move || serve(number))?;
            servers.push(server);
        }
        let farm = Self {
            switch,
            client,
            servers,
        };
        for number in 1..=backends.len() {
            let number = u8::try_from(number)?;
            farm.await_server(Ipv4Addr::new(10, 0, 0, number).into())?;
            farm.await_server(Ipv6Addr::new(0xfd00, 0, 0, 0, 0, 0, 0, number.into()).into())?;
        }
        Ok(farm)
    }

    /// Waits until the switch carries frames: a server refuses the connection to a closed port.
    fn await_server(&self, addr: IpAddr) -> Outcome<()> {
        let refused = move || {
            let answer = TcpStream::connect_timeout(&(addr, 9).into(), PATIENCE);
            Ok(answer.is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused))
        };
        self.client.run(move || until(refused))
    }

    /// Which server answers a new connection of the client; tries until one does.
    pub(crate) fn answered_by(&self) -> Outcome<usize> {
        self.client.run(|| {
            let mut answer = None;
            until(|| {
                answer = ask(VIP.into(), 0).ok();
                Ok(answer.is_some())
            })?;
            answer.ok_or_else(|| "no answer".into())
        })
    }

    /// Which server answers a connection from this port of the client.
    pub(crate) fn answered_from(&self, vip: IpAddr, port: u16) -> Outcome<usize> {
        self.client.run(move || Ok(ask(vip, port)?))
    }

    /// Whether nobody answers a new connection of the client.
    pub(crate) fn is_silent(&self) -> Outcome<bool> {
        self.client.run(|| Ok(ask(VIP.into(), 0).is_err()))
    }

    /// The MAC address that the client has learnt for the virtual address.
    pub(crate) fn resolved(&self) -> Outcome<String> {
        let line = self.client.ip(format!("neigh show {VIP}"))?;
        let mac = line
            .split_whitespace()
            .skip_while(|word| *word != "lladdr")
            .nth(1);
        Ok(mac.unwrap_or("none").to_owned())
    }

    /// Makes the client ask again who has the virtual address.
    pub(crate) fn forget(&self) -> Outcome<()> {
        self.client.ip("neigh flush all").map(drop)
    }

    /// Whether the switch has learnt a MAC address, which a frame carried as its source.
    pub(crate) fn has_learnt(&self, mac: Mac) -> Outcome<bool> {
        let learnt = self.switch.run(|| run_program("bridge", "fdb show"))?;
        Ok(learnt.contains(&text(mac)))
    }
}

/// Tries a condition until it is true; it takes its own time between two tries.
pub(crate) fn until(mut condition: impl FnMut() -> Outcome<bool>) -> Outcome<()> {
    let deadline = Instant::now() + DEADLINE;
    while Instant::now() < deadline {
        if condition()? {
            return Ok(());
        }
        thread::yield_now();
    }
    Err("a condition did not come true".into())
}

/// Connects a namespace to the switch: `eth0` there, `port` at the switch.
fn plug(switch: &Namespace, there: &Namespace, port: &str, mac: Mac, number: usize) -> Outcome<()> {
    let (mac, pid) = (text(mac), there.pid());
    switch.ip(format!(
        "link add {port} type veth peer name eth0 address {mac} netns {pid}"
    ))?;
    switch.ip(format!("link set {port} master br0 up"))?;
    there.ip(format!("addr add 10.0.0.{number}/24 dev eth0"))?;
    there.ip(format!("addr add fd00::{number}/64 dev eth0 nodad"))?;
    there.ip("link set eth0 up")?;
    Ok(())
}

/// Gives the calling thread's namespace the virtual addresses, where its back end wants them.
fn hold(wanted: Wanted) -> Outcome<()> {
    let datapath = backend(0, wanted)?;
    let holder = match datapath.addresses_on() {
        AddressPlace::Nic => "eth0",
        AddressPlace::Loopback => "lo",
    };
    for (key, value) in [("arp_ignore", "1"), ("arp_announce", "2")] {
        fs::write(format!("/proc/sys/net/ipv4/conf/eth0/{key}"), value)?;
    }
    // The strictest that a machine may have.
    fs::write("/proc/sys/net/ipv4/conf/all/rp_filter", "1")?;
    crate::common::ip(&format!("addr add {VIP}/32 dev {holder}"))?;
    crate::common::ip(&format!("addr add {VIP6}/128 dev lo nodad"))?;
    Ok(())
}

/// One request of the client from this port (0 for any): which server answers.
pub(crate) fn ask(vip: IpAddr, port: u16) -> std::io::Result<usize> {
    let (server, _) = upload(vip, port, 0)?;
    Ok(server)
}

/// Sends that many bytes from this port (0 for any): which server answers, and how many bytes it
/// says that it has got.
pub(crate) fn upload(vip: IpAddr, port: u16, bytes: usize) -> std::io::Result<(usize, usize)> {
    let (domain, client) = match vip {
        IpAddr::V4(_) => (Domain::IPV4, IpAddr::from(CLIENT)),
        IpAddr::V6(_) => (Domain::IPV6, IpAddr::from(CLIENT6)),
    };
    let socket = Socket::new(domain, Type::STREAM, None)?;
    socket.set_reuse_address(true)?;
    socket.bind(&SocketAddr::new(client, port).into())?;
    socket.connect_timeout(&SocketAddr::new(vip, PORT).into(), PATIENCE)?;
    let mut stream = TcpStream::from(socket);
    let patience = if bytes == 0 { PATIENCE } else { DEADLINE };
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    stream.write_all(&vec![7; bytes])?;
    stream.shutdown(Shutdown::Write)?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (server, got) = answer.split_once(' ').unwrap_or_default();
    let number = |text: &str| text.parse().map_err(std::io::Error::other);
    Ok((number(server)?, number(got)?))
}

/// A service in the calling thread's namespace that says its number to whoever connects, and how
/// many bytes it got.
fn serve(number: usize) -> Outcome<()> {
    let listener = TcpListener::bind((Ipv6Addr::UNSPECIFIED, PORT))?;
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut got = Vec::new();
            // A client that is gone is no reason to stop.
            if stream.read_to_end(&mut got).is_ok() {
                drop(stream.write_all(format!("{number} {}", got.len()).as_bytes()));
            }
        }
    });
    Ok(())
}

/// The node with this number.
pub(crate) fn node(number: usize) -> Outcome<NodeId> {
    NodeId::new(u8::try_from(number)?).ok_or_else(|| "no such node".into())
}

/// The module of all tests.
pub(crate) fn module() -> Outcome<ModuleName> {
    Ok(ModuleName::try_from("web".to_owned())?)
}

/// The module's path on a server, in the calling thread's namespace.
pub(crate) fn path(number: usize, entry: EntryMode) -> Outcome<ModulePath> {
    let rule = |proto| Rule {
        virtual_addr: None,
        ports: vec![PortRange::one(PORT)],
        proto,
        filter: Filter::OnPort,
    };
    let addrs = vec![IpAddr::V4(VIP), IpAddr::V6(VIP6)];
    Ok(ModulePath {
        node: node(number)?,
        interfaces: vec![InterfacePath {
            index: if_nametoindex("eth0")?,
            name: "eth0".into(),
            mac: server_mac(number),
            software: true,
            entry,
            vmac: VMAC,
            addrs,
            network: IpAddr::from([10, 0, 0, 0]),
        }],
        groups: vec![GroupPath {
            name: "web".to_owned(),
            rules: vec![rule(Proto::Tcp), rule(Proto::Udp)],
        }],
        hash_key: [7; 16],
        replay: true,
    })
}

/// One state for all buckets.
pub(crate) fn table(kind: Kind) -> Vec<Vec<BucketState>> {
    vec![vec![BucketState::new(kind); BUCKETS]]
}

/// The routes of a farm of `nodes` seen from `me`.
pub(crate) fn routes(me: usize, nodes: usize, entry: usize) -> Outcome<Routes> {
    let mut neighbours = std::collections::BTreeMap::new();
    for other in (0..nodes).filter(|other| *other != me) {
        neighbours.insert(node(other)?, vec![server_mac(other)]);
    }
    Ok(Routes {
        neighbours,
        entry: Some(node(entry)?),
    })
}

/// A back end in the calling thread's namespace, with nothing open.
pub(crate) fn backend(number: usize, wanted: Wanted) -> Outcome<Box<dyn Datapath>> {
    Ok(choose(wanted, Path::new("/sys/fs/bpf"), node(number)?)?)
}

/// A back end in the calling thread's namespace that is open in this mode.
pub(crate) fn opened(wanted: Wanted, number: usize, mode: EntryMode) -> Outcome<Box<dyn Datapath>> {
    let mut datapath = backend(number, wanted)?;
    datapath.open(&module()?, &path(number, mode)?)?;
    Ok(datapath)
}

/// The same with these tables and a lease; server 0 is the entry node.
pub(crate) fn started(
    wanted: Wanted,
    number: usize,
    nodes: usize,
    mode: EntryMode,
    kind: Kind,
) -> Outcome<Box<dyn Datapath>> {
    let mut datapath = opened(wanted, number, mode)?;
    datapath.routes(&module()?, &routes(number, nodes, 0)?)?;
    datapath.install(&module()?, &table(kind))?;
    datapath.renew(&module()?, FOREVER, None)?;
    Ok(datapath)
}

/// A counter of the module.
pub(crate) fn counter(datapath: &dyn Datapath, name: &str) -> Outcome<u64> {
    let counters = datapath.counters(&module()?)?;
    let counter = counters.get(name);
    Ok(*counter.ok_or_else(|| format!("no counter {name}"))?)
}
