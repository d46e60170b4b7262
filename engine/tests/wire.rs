//! Three engines with real filters, each in a network namespace of its own, behind one switch: a
//! client's connections are shared, taken over and given back, in both entry modes and families; and
//! where all nodes answer ARP, a client that entered by one that is gone is told the way.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use common::{
    Farm, Namespace, VIP, block_on, is_root, module_config_for, shop, shop_status, until,
    until_status,
};
use evenkeel_core::command::Command;
use evenkeel_core::config::model::{Filter, PortRange, Proto, Rule};
use evenkeel_core::ids::NodeId;
use evenkeel_core::module::state::ModuleState;
use evenkeel_engine::datapath::ebpf::Ebpf;
use evenkeel_engine::{Engine, EngineConfig, start};
use nix::mount::{MsFlags, mount};
use socket2::{Domain, Protocol, Socket, Type};

const CONNECTIONS: u16 = 300;
const FIRST_PORT: u16 = 20_000;
const NODES: u8 = 3;
/// The ports of the service: one rule lists both, the second as the end of a range.
const PORTS: [u16; 2] = [80, 8080];

/// A family of addresses: those of the client and the service.
#[derive(Clone, Copy, Debug)]
struct Family {
    client: IpAddr,
    vip: IpAddr,
}

const FOUR: Family = Family {
    client: IpAddr::V4(Ipv4Addr::new(10, 9, 0, 50)),
    vip: IpAddr::V4(VIP),
};
const SIX: Family = Family {
    client: IpAddr::V6(Ipv6Addr::new(0xfd09, 0, 0, 0, 0, 0, 0, 0x50)),
    vip: IpAddr::V6(Ipv6Addr::new(0xfd09, 0, 0, 0, 0, 0, 0, 0x99)),
};

/// A switch, three servers and a client.
struct Wire {
    entry: &'static str,
    family: Family,
    all_answer: bool,
    farm: Farm,
    servers: Vec<Namespace>,
    engines: Vec<Option<Engine>>,
    client: Namespace,
    _switch: Namespace,
}

impl Wire {
    fn new(entry: &'static str, family: Family) -> Self {
        let switch = Namespace::new();
        switch.ip("link add br0 type bridge");
        switch.ip("link set br0 up");
        let member = |name: &str, host: u8| {
            let member = Namespace::new();
            let thread = member.thread();
            switch.ip(&format!(
                "link add {name} type veth peer name eth0 netns {thread}"
            ));
            switch.ip(&format!("link set {name} master br0"));
            switch.ip(&format!("link set {name} up"));
            member.ip("link set lo up");
            member.ip(&format!("address add 10.9.0.{host}/24 dev eth0"));
            member.ip(&format!("address add fd09::{host}/64 dev eth0 nodad"));
            member.ip("link set eth0 up");
            member
        };
        let server = |n| member(&format!("server{n}"), n + 1);
        let servers: Vec<Namespace> = (0..NODES).map(server).collect();
        for (node, server) in (0..NODES).zip(&servers) {
            server.run(private_bpffs);
            server.run(move || serve(node));
        }
        let client = member("client", 50);
        let engines = (0..NODES).map(|_| None).collect();
        Self {
            entry,
            family,
            all_answer: false,
            farm: Farm::new(NODES),
            servers,
            engines,
            client,
            _switch: switch,
        }
    }

    fn start(&mut self, node: u8) {
        let mut config: EngineConfig = self.farm.config(node);
        config.heartbeat_addrs.clear();
        let started = self.servers[usize::from(node)].run(move || {
            let datapath = Ebpf::new(&config.bpffs, config.node).unwrap();
            start(config, Box::new(datapath))
        });
        let engine = started.unwrap();
        let mut module = module_config_for(self.entry, &["10.9.0.99", "fd09::99"], "");
        module.vip.as_mut().unwrap().groups[0].rules = rules(self.all_answer);
        block_on(async {
            engine.configure(shop(), module).await.unwrap();
            let start = Command::Start {
                module: shop(),
                by: "test".to_owned(),
            };
            engine.command(start).await.unwrap();
        });
        self.engines[usize::from(node)] = Some(engine);
    }

    /// As a crash would: the filter goes with the engine, the addresses stay.
    fn kill(&mut self, node: u8) {
        let engine = self.engines[usize::from(node)].take().unwrap();
        let mut status = engine.status();
        drop(engine);
        block_on(async { while status.changed().await.is_ok() {} });
    }

    /// All running engines are members, and each has opened all that it owns.
    fn settle(&self) {
        let running = self.engines.iter().flatten();
        let members: Vec<NodeId> = running
            .clone()
            .map(|one| one.status().borrow().node)
            .collect();
        for engine in running {
            block_on(until_status(
                engine,
                &format!("settled with {members:?}"),
                |status| {
                    shop_status(status).is_some_and(|module| {
                        let group = &module.groups[0];
                        let owned = group.buckets.iter().find(|(node, _)| *node == status.node);
                        module.state == ModuleState::READY
                            && module.members == members
                            && owned.is_some_and(|(_, buckets)| *buckets == group.open)
                    })
                },
            ));
        }
    }

    /// Who answers each of the client's ports.
    fn answers(&self) -> Vec<u8> {
        let family = self.family;
        let ask = move |port| ask(&mut connect(family, port, 80));
        self.client
            .run(move || (FIRST_PORT..FIRST_PORT + CONNECTIONS).map(ask).collect())
    }

    /// Tells the client the agreed MAC of the IPv6 address, as an answer to its solicitation would,
    /// and lets it believe that until it is told another one.
    fn introduce(&self) {
        let agreed = match self.entry {
            "vmac_directed" => self.mac(0),
            _ => "5a:fe:0a:09:00:63".to_owned(),
        };
        let believe = || {
            let root = "/proc/sys/net/ipv6/neigh/eth0/";
            fs::write(format!("{root}base_reachable_time_ms"), "9000000").unwrap();
            fs::write(format!("{root}delay_first_probe_time"), "9000").unwrap();
        };
        self.client.run(believe);
        let vip = self.family.vip;
        self.client.ip(&format!(
            "neigh replace {vip} lladdr {agreed} dev eth0 nud reachable"
        ));
    }

    /// The MAC address that the client has for the virtual address.
    fn entered_by(&self) -> Option<String> {
        let known = self
            .client
            .run(|| common::ip(&format!("neigh show {VIP} dev eth0")));
        let mut words = known.split_whitespace().map(str::to_owned);
        words.find(|word| word == "lladdr")?;
        words.next()
    }

    /// The MAC address of a server.
    fn mac(&self, node: u8) -> String {
        self.servers[usize::from(node)].run(|| {
            let shown = common::ip("-o link show eth0");
            let words = shown.split_whitespace();
            let mut mac = words.skip_while(|word| *word != "link/ether");
            mac.nth(1).unwrap().to_owned()
        })
    }

    fn check_shares(&self) -> Vec<u8> {
        let answers = self.answers();
        let running = self.engines.iter().flatten().count();
        for node in 0..NODES {
            let share = answers.iter().filter(|answer| **answer == node).count() * 100;
            let percent = share / usize::from(CONNECTIONS);
            let fair = match &self.engines[usize::from(node)] {
                Some(_) => (100 / running).abs_diff(percent) <= 10,
                None => percent == 0,
            };
            assert!(
                fair,
                "node {node} answered {percent} % with {running} nodes running"
            );
        }
        answers
    }
}

/// The service's ports in one list, and the rule by which all nodes answer ARP.
fn rules(all_answer: bool) -> Vec<Rule> {
    let tcp = Rule {
        virtual_addr: None,
        ports: vec![
            PortRange::one(80),
            PortRange {
                first: 8000,
                last: 8080,
            },
        ],
        proto: Proto::Tcp,
        filter: Filter::OnPort,
    };
    let arp = Rule {
        virtual_addr: None,
        ports: Vec::new(),
        proto: Proto::Arp,
        filter: Filter::OnAddr,
    };
    if all_answer {
        vec![tcp, arp]
    } else {
        vec![tcp]
    }
}

/// A bpf file system that only this thread and those it starts see.
fn private_bpffs() {
    let none = None::<&str>;
    mount(none, "/", none, MsFlags::MS_REC | MsFlags::MS_PRIVATE, none).unwrap();
    let path = Path::new("/sys/fs/bpf");
    mount(Some("bpf"), path, Some("bpf"), MsFlags::empty(), none).unwrap();
}

/// A service that says its node's number for every byte that it gets.
fn serve(node: u8) {
    for port in PORTS {
        let listener = TcpListener::bind(("::", port)).unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let answer = move |stream: &mut TcpStream| {
                    stream.read_exact(&mut [0]).is_ok() && stream.write_all(&[node]).is_ok()
                };
                std::thread::spawn(move || while answer(&mut stream) {});
            }
        });
    }
}

/// A connection from a port of the client to one of the service.
fn connect(family: Family, from: u16, to: u16) -> TcpStream {
    let from = SocketAddr::new(family.client, from);
    connect_from(from, SocketAddr::new(family.vip, to))
}

fn connect_from(from: SocketAddr, to: SocketAddr) -> TcpStream {
    let socket = Socket::new(Domain::for_address(to), Type::STREAM, None).unwrap();
    socket.set_reuse_address(true).unwrap();
    // The next connection from this port must not meet one in time-wait.
    socket.set_linger(Some(Duration::ZERO)).unwrap();
    socket.bind(&from.into()).unwrap();
    socket
        .connect_timeout(&to.into(), Duration::from_secs(20))
        .unwrap();
    let stream = TcpStream::from(socket);
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    stream
}

fn ask(stream: &mut TcpStream) -> u8 {
    let mut answer = [255];
    stream.write_all(&[0]).unwrap();
    stream.read_exact(&mut answer).unwrap();
    answer[0]
}

fn shared_taken_over_and_given_back(entry: &'static str, family: Family) {
    if !is_root() {
        return;
    }
    let mut wire = Wire::new(entry, family);
    for node in 0..NODES {
        wire.start(node);
    }
    wire.settle();
    if family.vip.is_ipv6() {
        wire.introduce();
    }
    let first = wire.check_shares();
    assert_eq!(
        wire.check_shares(),
        first,
        "the same tuple goes to the same node"
    );
    let of_range: Vec<u8> = wire.client.run(move || {
        let ask = |port| ask(&mut connect(family, port, 8080));
        (FIRST_PORT..FIRST_PORT + 20).map(ask).collect()
    });
    assert_eq!(of_range, first[..20], "a rule's ports are alike");
    let mut held: Vec<(TcpStream, u8)> = wire.client.run(move || {
        let hold = |port| {
            let mut stream = connect(family, port, 80);
            let node = ask(&mut stream);
            (stream, node)
        };
        (FIRST_PORT - 60..FIRST_PORT).map(hold).collect()
    });

    // The entry node of directed mode is 0.
    for victim in [2, 0] {
        wire.kill(victim);
        wire.settle();
        wire.check_shares();
        held.retain(|(_, node)| *node != victim);
        wire.start(victim);
        wire.settle();
        wire.check_shares();
        for (stream, node) in &mut held {
            assert_eq!(ask(stream), *node, "a survivor's connection");
        }
    }
    for engine in wire.engines.iter().flatten() {
        block_on(engine.shutdown());
    }
    for server in &wire.servers {
        let shown = server.run(|| common::ip("address show"));
        assert!(!shown.contains(&format!(" {}/", family.vip)), "{shown}");
    }
}

#[test]
fn directed_connections_of_ipv4_are_shared_taken_over_and_given_back() {
    shared_taken_over_and_given_back("vmac_directed", FOUR);
}

#[test]
fn invisible_connections_of_ipv4_are_shared_taken_over_and_given_back() {
    shared_taken_over_and_given_back("vmac_invisible", FOUR);
}

#[test]
fn directed_connections_of_ipv6_are_shared_taken_over_and_given_back() {
    shared_taken_over_and_given_back("vmac_directed", SIX);
}

#[test]
fn invisible_connections_of_ipv6_are_shared_taken_over_and_given_back() {
    shared_taken_over_and_given_back("vmac_invisible", SIX);
}

/// All frames that arrive in the calling thread's namespace.
fn capture() -> Socket {
    let all = Protocol::from(i32::from(0x0003_u16.to_be()));
    let socket = Socket::new(Domain::PACKET, Type::RAW, Some(all)).unwrap();
    socket.set_nonblocking(true).unwrap();
    socket
}

/// How many frames of gratuitous ARP arrived since the last call.
fn announcements(socket: &mut Socket) -> usize {
    let mut found = 0;
    let mut buffer = [0; 2048];
    while socket.read(&mut buffer).is_ok() {
        let (sender, target) = (&buffer[28..32], &buffer[38..42]);
        let is_gratuitous = buffer[12..14] == [8, 6] && sender == target;
        found += usize::from(is_gratuitous && sender == VIP.octets());
    }
    found
}

#[test]
fn where_all_answer_a_client_of_a_lost_node_is_told_where_to_go() {
    if !is_root() {
        return;
    }
    let mut wire = Wire::new("vmac_directed", FOUR);
    wire.all_answer = true;
    let service = SocketAddr::new(FOUR.vip, PORTS[0]);
    let mut captured = wire.client.run(capture);
    for node in 0..NODES {
        wire.start(node);
    }
    wire.settle();
    // The entry node's own announcements are over: what comes later is for the lost node's clients.
    let mut announced = 0;
    block_on(until("four rounds of two frames", || {
        announced += announcements(&mut captured);
        (announced >= 8).then_some(())
    }));
    // What the client knows it takes for true for hours: only being told helps.
    let hours = || {
        fs::write(
            "/proc/sys/net/ipv4/neigh/eth0/base_reachable_time_ms",
            "9000000",
        )
    };
    wire.client.run(hours).unwrap();
    let macs: BTreeMap<String, u8> = (0..NODES).map(|node| (wire.mac(node), node)).collect();
    // Addresses of the client until two nodes beside the first one answered one of them.
    let mut entered: BTreeMap<u8, SocketAddr> = BTreeMap::new();
    for last in 60..160 {
        let from = SocketAddr::from(([10, 9, 0, last], FIRST_PORT));
        wire.client
            .ip(&format!("address add {}/24 dev eth0", from.ip()));
        wire.client.ip(&format!("neigh flush {VIP} dev eth0"));
        wire.client.run(move || drop(connect_from(from, service)));
        entered.insert(macs[&wire.entered_by().unwrap()], from);
        if entered.len() == usize::from(NODES) {
            break;
        }
    }
    assert_eq!(entered.len(), usize::from(NODES), "all nodes answer");

    for victim in [2, 0] {
        let from = entered[&victim];
        wire.client.ip(&format!("neigh flush {VIP} dev eth0"));
        wire.client.run(move || drop(connect_from(from, service)));
        assert_eq!(macs[&wire.entered_by().unwrap()], victim);
        wire.kill(victim);
        let told = || {
            let node = macs[&wire.entered_by()?];
            (node != victim).then_some(node)
        };
        let next = block_on(until("the client is told", told));
        assert_eq!(next, u8::from(victim == 0), "the entry node");
        wire.settle();
        let answer = wire
            .client
            .run(move || ask(&mut connect_from(from, service)));
        assert_ne!(answer, victim);
    }
    for engine in wire.engines.iter().flatten() {
        block_on(engine.shutdown());
    }
}
