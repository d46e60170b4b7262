//! Three engines with real filters, each in a network namespace of its own, behind one switch: a
//! client's connections are shared, taken over and given back, in both entry modes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

mod common;

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use common::{
    Farm, Namespace, VIP, block_on, is_root, module_config_with, shop, shop_status, until_status,
};
use evenkeel_core::command::Command;
use evenkeel_core::config::model::Filter;
use evenkeel_core::ids::NodeId;
use evenkeel_core::module::state::ModuleState;
use evenkeel_engine::datapath::ebpf::Ebpf;
use evenkeel_engine::{Engine, EngineConfig, start};
use nix::mount::{MsFlags, mount};

const CONNECTIONS: u16 = 300;
const FIRST_PORT: u16 = 20_000;
const NODES: u8 = 3;

/// A switch, three servers and a client.
struct Wire {
    entry: &'static str,
    farm: Farm,
    servers: Vec<Namespace>,
    engines: Vec<Option<Engine>>,
    client: Namespace,
    _switch: Namespace,
}

impl Wire {
    fn new(entry: &'static str) -> Self {
        let switch = Namespace::new();
        switch.ip("link add br0 type bridge");
        switch.ip("link set br0 up");
        let member = |name: &str, addr: &str| {
            let member = Namespace::new();
            let thread = member.thread();
            switch.ip(&format!(
                "link add {name} type veth peer name eth0 netns {thread}"
            ));
            switch.ip(&format!("link set {name} master br0"));
            switch.ip(&format!("link set {name} up"));
            member.ip("link set lo up");
            member.ip(&format!("address add {addr}/24 dev eth0"));
            member.ip("link set eth0 up");
            member
        };
        let server = |n| member(&format!("server{n}"), &format!("10.9.0.{}", n + 1));
        let servers: Vec<Namespace> = (0..NODES).map(server).collect();
        for (node, server) in (0..NODES).zip(&servers) {
            server.run(private_bpffs);
            server.run(move || serve(node));
        }
        let client = member("client", "10.9.0.50");
        let engines = (0..NODES).map(|_| None).collect();
        Self {
            entry,
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
        let mut module = module_config_with(self.entry, "10.9.0.99", "");
        module.vip.as_mut().unwrap().groups[0].rules[0].filter = Filter::OnPort;
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
        let ask = |port| ask(&mut connect(port));
        self.client
            .run(move || (FIRST_PORT..FIRST_PORT + CONNECTIONS).map(ask).collect())
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

/// A bpf file system that only this thread and those it starts see.
fn private_bpffs() {
    let none = None::<&str>;
    mount(none, "/", none, MsFlags::MS_REC | MsFlags::MS_PRIVATE, none).unwrap();
    let path = Path::new("/sys/fs/bpf");
    mount(Some("bpf"), path, Some("bpf"), MsFlags::empty(), none).unwrap();
}

/// A service that says its node's number for every byte that it gets.
fn serve(node: u8) {
    let listener = TcpListener::bind("0.0.0.0:80").unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            std::thread::spawn(move || {
                while stream.read_exact(&mut [0]).is_ok() && stream.write_all(&[node]).is_ok() {}
            });
        }
    });
}

fn connect(port: u16) -> TcpStream {
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.set_reuse_address(true).unwrap();
    // The next connection from this port must not meet one in time-wait.
    socket.set_linger(Some(Duration::ZERO)).unwrap();
    socket
        .bind(&SocketAddr::from(([10, 9, 0, 50], port)).into())
        .unwrap();
    let to = SocketAddr::new(IpAddr::V4(VIP), 80);
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

fn shared_taken_over_and_given_back(entry: &'static str) {
    if !is_root() {
        return;
    }
    let mut wire = Wire::new(entry);
    for node in 0..NODES {
        wire.start(node);
    }
    wire.settle();
    let first = wire.check_shares();
    assert_eq!(
        wire.check_shares(),
        first,
        "the same tuple goes to the same node"
    );
    let mut held: Vec<(TcpStream, u8)> = wire.client.run(|| {
        let hold = |port| {
            let mut stream = connect(port);
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
    assert!(
        wire.servers
            .iter()
            .all(|server| !server.run(common::has_vip))
    );
}

#[test]
fn directed_connections_are_shared_taken_over_and_given_back() {
    shared_taken_over_and_given_back("vmac_directed");
}

#[test]
fn invisible_connections_are_shared_taken_over_and_given_back() {
    shared_taken_over_and_given_back("vmac_invisible");
}
