//! What the engine does to the network of its machine, in private network namespaces.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

mod common;

use std::fs;
use std::io::{ErrorKind, Read};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use common::{
    Farm, Namespace, Stub, VIP, has_vip, in_namespace, ip, module_config, module_config_with,
    other_end, shop, shop_status, until, until_status,
};
use evenkeel_core::command::Command;
use evenkeel_core::config::model::ModuleConfig;
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::status::NodeStatus;
use evenkeel_engine::{Engine, EngineError, start};
use socket2::{Domain, Protocol, Socket, Type};

fn state(status: &NodeStatus) -> Option<ModuleState> {
    shop_status(status).map(|module| module.state)
}

async fn start_shop(engine: &Engine, config: ModuleConfig) {
    engine.configure(shop(), config).await.unwrap();
    engine
        .command(Command::Start {
            module: shop(),
            by: "test".to_owned(),
        })
        .await
        .unwrap();
    until_status(engine, "ready", |status| {
        state(status) == Some(ModuleState::READY)
    })
    .await;
}

async fn stop_shop(engine: &Engine) {
    engine
        .command(Command::Stop {
            module: shop(),
            by: "test".to_owned(),
            automatic: false,
        })
        .await
        .unwrap();
    until_status(engine, "stopped", |status| {
        state(status) == Some(ModuleState::STOPPED)
    })
    .await;
}

fn arp_settings(interface: &str) -> [String; 2] {
    ["arp_ignore", "arp_announce"].map(|key| {
        let path = format!("/proc/sys/net/ipv4/conf/{interface}/{key}");
        fs::read_to_string(path).unwrap().trim().to_owned()
    })
}

#[test]
fn the_address_comes_after_the_filter_and_goes_before_it() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        let stub = Stub::default();
        let engine = farm.start(0, &stub).await;
        start_shop(&engine, module_config("")).await;
        let shown = ip("-4 address show dev v0");
        assert!(
            shown.contains("inet 10.9.0.99/32 scope host noprefixroute v0"),
            "{shown}"
        );
        assert_eq!(arp_settings("v0"), ["1", "2"]);
        assert!(
            !ip("route show").contains("10.9.0.99"),
            "nothing starts from the address"
        );
        stop_shop(&engine).await;
        assert!(!has_vip());
        assert_eq!(arp_settings("v0"), ["0", "0"]);
        let calls = stub.told().calls.clone();
        assert_eq!(
            (calls[1], calls[calls.len() - 1]),
            ("open", "close"),
            "{calls:?}"
        );
        engine.shutdown().await;
    });
}

#[test]
fn another_nic_in_the_segment_does_not_answer_for_the_address() {
    in_namespace(async || {
        ip("address add 10.9.0.3/24 dev v1");
        ip("link add w0 type veth peer name w1");
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        let mut config = module_config("");
        config.vip.as_mut().unwrap().interfaces[0].name = Some("v0".to_owned());
        start_shop(&engine, config).await;
        assert_eq!(arp_settings("v1"), ["1", "2"]);
        assert_eq!(arp_settings("w0"), ["0", "0"], "of another segment");
        stop_shop(&engine).await;
        assert_eq!(arp_settings("v1"), ["0", "0"]);
    });
}

#[test]
fn what_a_killed_daemon_left_is_taken_over_or_removed() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        start_shop(&engine, module_config("")).await;
        drop(engine);
        assert!(has_vip(), "nobody removed it");

        let stub = Stub::default();
        let engine = farm.start(0, &stub).await;
        engine.configure(shop(), module_config("")).await.unwrap();
        let closed = || (!stub.told().calls.is_empty()).then_some(());
        until("what was left is removed", closed).await;
        assert!(!has_vip(), "the module is stopped");
        start_shop(&engine, module_config("")).await;
        assert!(has_vip());
        drop(engine);

        let engine = farm.start(0, &Stub::default()).await;
        start_shop(&engine, module_config("")).await;
        assert!(has_vip());
        stop_shop(&engine).await;
        assert!(!has_vip());
        assert_eq!(
            arp_settings("v0"),
            ["0", "0"],
            "the machine's own, not the killed daemon's"
        );
    });
}

#[test]
fn the_virtual_mac_is_received_while_the_module_runs() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        let received = || bridge("fdb show dev v0").contains("5a:fe:0a:09:00:63 self");
        assert!(!received());
        start_shop(
            &engine,
            module_config_with("vmac_invisible", "10.9.0.99", ""),
        )
        .await;
        assert!(received());
        stop_shop(&engine).await;
        assert!(!received());
        start_shop(
            &engine,
            module_config_with("vmac_invisible", "10.9.0.99", ""),
        )
        .await;
        drop(engine);
        until("the membership ends with the engine", || {
            (!received()).then_some(())
        })
        .await;
    });
}

fn bridge(args: &str) -> String {
    let output = std::process::Command::new("bridge")
        .args(args.split(' '))
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn no_other_network_no_virtual_address() {
    in_namespace(async || {
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        let config = module_config_with("vmac_directed", "192.0.2.9", "");
        let error = engine.configure(shop(), config).await.unwrap_err();
        assert!(matches!(error, EngineError::NoLocalNetwork { .. }));
        assert_eq!(
            error.to_string(),
            "virtual address 192.0.2.9 is in no local network; the local networks are \
             v0 10.9.0.1/24"
        );
        assert!(engine.status().borrow().modules.is_empty());
    });
}

/// All frames that arrive in this namespace.
fn capture() -> Socket {
    let all = Protocol::from(i32::from(0x0003_u16.to_be()));
    let socket = Socket::new(Domain::PACKET, Type::RAW, Some(all)).unwrap();
    socket.set_nonblocking(true).unwrap();
    socket
}

/// The ARP frames about the virtual address among those that arrived.
fn arp_frames(socket: &mut Socket) -> Vec<String> {
    let mut frames = Vec::new();
    let mut buffer = [0; 2048];
    while let Ok(length) = socket.read(&mut buffer) {
        let frame: String = buffer[..length]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if frame[24..].starts_with("0806") && frame.contains("0a090063") {
            frames.push(frame);
        }
    }
    frames
}

fn gratuitous_arp(entry: &'static str, agreed: impl Fn(&str) -> String + Send + 'static) {
    in_namespace(async move || {
        let other_end = other_end();
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        let mut capture = other_end.run(capture);
        start_shop(&engine, module_config_with(entry, "10.9.0.99", "")).await;
        let mut seen = Vec::new();
        until("four rounds of two frames", || {
            seen.extend(arp_frames(&mut capture));
            (seen.len() >= 8).then_some(())
        })
        .await;
        let own = own_mac();
        let mac = agreed(&own);
        let vip = "0a090063";
        let request = format!("ffffffffffff{own}08060001080006040001{mac}{vip}000000000000{vip}");
        let reply = format!("ffffffffffff{own}08060001080006040002{mac}{vip}{mac}{vip}");
        for round in seen.chunks(2) {
            assert_eq!(round, [request.clone(), reply.clone()]);
        }
        stop_shop(&engine).await;
    });
}

/// The MAC of `v0` in hexadecimal.
fn own_mac() -> String {
    let shown = ip("-o link show v0");
    let mut words = shown
        .split_whitespace()
        .skip_while(|word| *word != "link/ether");
    words.nth(1).unwrap().replace(':', "")
}

#[test]
fn the_entry_node_announces_its_own_mac_in_directed_mode() {
    gratuitous_arp("vmac_directed", str::to_owned);
}

#[test]
fn the_entry_node_announces_the_virtual_mac_in_invisible_mode() {
    gratuitous_arp("vmac_invisible", |_| "5afe0a090063".to_owned());
}

#[test]
fn connections_in_the_other_node_s_buckets_are_counted_until_they_end() {
    in_namespace(async || {
        let other_end = other_end();
        let mut farm = Farm::new(2);
        let stubs = [Stub::default(), Stub::default()];
        let first = farm.start(0, &stubs[0]).await;
        start_shop(&first, module_config("")).await;
        let listener = TcpListener::bind((VIP, 80)).unwrap();
        let connections = connect(&other_end, &listener, 12);
        let second = farm.start(1, &stubs[1]).await;
        start_shop(&second, module_config("")).await;

        let moved = stubs[1].mine();
        let ports = connections
            .iter()
            .map(|(client, _)| client.local_addr().unwrap().port());
        let held = ports
            .filter(|port| moved.contains(&usize::from(port % 4096)))
            .count();
        let held = u32::try_from(held).unwrap();
        let counted = |status: &NodeStatus| shop_status(status).map(|one| one.groups[0].held);
        until_status(&first, "held sockets are counted", |status| {
            counted(status) == Some(held)
        })
        .await;
        let migrating =
            |status: &NodeStatus| shop_status(status).map(|one| one.groups[0].migrating);
        if held > 0 {
            assert_ne!(migrating(&second.status().borrow()), Some(0));
        }
        drop(connections);
        until_status(&second, "all is settled", |status| {
            migrating(status) == Some(0)
        })
        .await;
        assert_eq!(counted(&first.status().borrow()), Some(0));
    });
}

/// Connections from the other end, with their server's side.
fn connect(
    other_end: &Namespace,
    listener: &TcpListener,
    number: usize,
) -> Vec<(TcpStream, TcpStream)> {
    let connect = move || {
        let to = SocketAddr::from((VIP, 80));
        let one = || TcpStream::connect_timeout(&to, Duration::from_secs(20)).unwrap();
        (0..number).map(|_| one()).collect::<Vec<_>>()
    };
    let clients = other_end.run(connect);
    clients
        .into_iter()
        .map(|client| (client, listener.accept().unwrap().0))
        .collect()
}

#[test]
fn connections_are_reset_before_the_address_goes() {
    in_namespace(async || {
        let other_end = other_end();
        let mut farm = Farm::new(1);
        let engine = farm.start(0, &Stub::default()).await;
        start_shop(&engine, module_config("")).await;
        let listener = TcpListener::bind((VIP, 80)).unwrap();
        let mut connections = connect(&other_end, &listener, 1);
        stop_shop(&engine).await;
        let (client, _server) = &mut connections[0];
        client
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        let error = client.read(&mut [0]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ConnectionReset);
    });
}

#[test]
fn heartbeats_survive_an_address_that_goes_and_returns() {
    in_namespace(async || {
        let other_end = other_end();
        let mut farm = Farm::new(2);
        let mut config = || {
            let mut config = farm.config(0);
            config.heartbeat_addrs.clear();
            config
        };
        let (near, mut far) = (config(), config());
        far.node = 1.try_into().unwrap();
        let near = start(near, Box::new(Stub::default())).unwrap();
        let far = other_end.run(move || start(far, Box::new(Stub::default())).unwrap());
        let hears = |status: &NodeStatus| status.peers.iter().any(|peer| peer.alive);
        for engine in [&near, &far] {
            until_status(engine, "the peer is heard", hears).await;
        }
        ip("address del 10.9.0.1/24 dev v0");
        for engine in [&near, &far] {
            until_status(engine, "the peer is lost", |status| !hears(status)).await;
        }
        ip("address add 10.9.0.1/24 dev v0");
        for engine in [&near, &far] {
            until_status(engine, "the peer is heard again", hears).await;
        }
    });
}
