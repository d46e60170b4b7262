//! Liveness probes that reach an engine: its kernel answers them, and its driver where no program is.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

mod common;

use std::fs;
use std::net::{SocketAddr, UdpSocket};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use common::{Farm, Namespace, block_on, is_root, until};
use evenkeel_core::config::model::{Lan, LanNode};
use evenkeel_core::wire::keys::identity_of;
use evenkeel_core::wire::{KeyNumber, Keyring, probe_key};
use evenkeel_engine::datapath::ebpf::Ebpf;
use evenkeel_engine::datapath::memory::Memory;
use evenkeel_engine::{Engine, EngineConfig, start};
use evenkeel_packet::abi::MODULES_MAX;
use evenkeel_packet::probe::{FLAG_KERNEL, Kind, Probe};
use nix::mount::{MsFlags, mount};

/// The secret of [`Farm`].
const SECRET: [u8; 32] = [7; 32];
/// The node that asks.
const ASKER: u8 = 1;

/// Asks node 0 with new requests until it answers.
fn answer_of(from: SocketAddr, to: SocketAddr) -> Probe {
    let answer = || answer_under(from, to, (0, &SECRET));
    block_on(until("an answer", answer))
}

/// Asks node 0 under a key, with a new request; `None`: no answer comes.
fn answer_under(
    from: SocketAddr,
    to: SocketAddr,
    (number, secret): (u8, &[u8; 32]),
) -> Option<Probe> {
    /// One for each request, so that none is a replay.
    static ASKED_NS: AtomicU64 = AtomicU64::new(1);
    let socket = UdpSocket::bind(from).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_millis(100)))
        .unwrap();
    let request = Probe {
        kind: Kind::Request,
        key: number,
        flags: 0,
        from: ASKER,
        to: 0,
        lan: 0,
        leases: 0,
        run: 1,
        to_run: 0,
        asked_ns: ASKED_NS.fetch_add(1, Ordering::Relaxed),
        answered_ns: 0,
        tags: [0; MODULES_MAX],
    };
    let key = probe_key(secret);
    socket.send_to(&request.seal(key), to).ok()?;
    let mut buffer = [0; 512];
    let (length, sender) = socket.recv_from(&mut buffer).ok()?;
    assert_eq!(sender, to);
    Some(Probe::open(&buffer[..length], |_| Some(key)).unwrap())
}

/// Waits until the engine says that it answered probes, and gives whether its kernel does so.
async fn told(engine: &Engine) -> bool {
    let mut driver = engine.driver();
    let answered = driver.wait_for(|status| status.probed.answered > 0);
    let status = answered.await.unwrap().clone();
    assert!(status.timers.late_max_us >= status.timers.late_last_us);
    assert!(!status.precedence.why.is_empty());
    status.kernel_answers
}

#[test]
fn the_driver_answers_where_no_program_is() {
    let mut farm = Farm::new(2);
    let config = farm.config(0);
    let (own, run) = (config.heartbeat_addrs[0], config.incarnation);
    let engine = start(config, Box::new(Memory::default())).unwrap();
    let answer = answer_of("127.0.0.1:0".parse().unwrap(), own);
    assert_eq!((answer.flags, answer.run), (0, run.0));
    assert!(!block_on(told(&engine)));
}

/// Two namespaces with two cables between them; addresses on the first one.
fn connected() -> (Namespace, Namespace) {
    let (server, asker) = (Namespace::new(), Namespace::new());
    let there = asker.thread();
    for name in ["eth0", "eth1"] {
        server.ip(&format!(
            "link add {name} type veth peer name {name} netns {there}"
        ));
    }
    for (one, host) in [(&server, 1), (&asker, 2)] {
        one.ip("link set lo up");
        one.ip(&format!("address add 10.9.0.{host}/24 dev eth0"));
        one.ip("link set eth0 up");
        one.ip("link set eth1 up");
    }
    (server, asker)
}

/// Starts an engine with real filters.
fn start_there(server: &Namespace, mut config: EngineConfig) -> Engine {
    config.heartbeat_addrs.clear();
    server.run(move || {
        let (kind, path) = (Some("bpf"), Path::new("/sys/fs/bpf"));
        let (nothing, private) = (None::<&str>, MsFlags::MS_REC | MsFlags::MS_PRIVATE);
        mount(nothing, "/", nothing, private, nothing).unwrap();
        mount(kind, path, kind, MsFlags::empty(), nothing).unwrap();
        let datapath = Ebpf::new(&config.bpffs, config.node).unwrap();
        start(config, Box::new(datapath)).unwrap()
    })
}

fn asked(asker: &Namespace, from: &str, to: &str) -> Probe {
    let (from, to) = (format!("{from}:0"), format!("{to}:4800"));
    asker.run(move || answer_of(from.parse().unwrap(), to.parse().unwrap()))
}

#[test]
fn the_kernel_of_an_engine_answers() {
    if !is_root() {
        return;
    }
    let (server, asker) = connected();
    let config = Farm::new(2).config(0);
    let run = config.incarnation;
    let engine = start_there(&server, config);
    let answer = asked(&asker, "10.9.0.2", "10.9.0.1");
    assert_eq!((answer.flags, answer.run), (FLAG_KERNEL, run.0));
    assert!(block_on(told(&engine)));
    block_on(engine.shutdown());
    let left = || fs::read_dir("/sys/fs/bpf/evenkeel").unwrap().count();
    let is_nothing = || (server.run(left) == 0).then_some(());
    block_on(until("nothing is left of the programs", is_nothing));
}

#[test]
fn the_kernel_answers_under_the_keys_that_there_are() {
    const NEXT: [u8; 32] = [8; 32];
    if !is_root() {
        return;
    }
    let (server, asker) = connected();
    let engine = start_there(&server, Farm::new(2).config(0));
    let under = |number: u8, secret: [u8; 32]| {
        asker.run(move || {
            let (from, to) = ("10.9.0.2:0", "10.9.0.1:4800");
            answer_under(
                from.parse().unwrap(),
                to.parse().unwrap(),
                (number, &secret),
            )
        })
    };
    let first = Keyring::first(SECRET);
    let next = Keyring::new(identity_of(&SECRET), KeyNumber::of(1), NEXT);
    let answered = |number: u8, secret: [u8; 32]| {
        let answer = block_on(until("an answer", || under(number, secret)));
        assert_eq!((answer.key, answer.flags), (number, FLAG_KERNEL));
    };
    // Before the next one is accepted, while both are, and when the first one is gone.
    answered(0, SECRET);
    assert!(under(1, NEXT).is_none());
    block_on(engine.rekey(first.accepting(NEXT))).unwrap();
    answered(0, SECRET);
    answered(1, NEXT);
    block_on(engine.rekey(next.clone().accepting(SECRET))).unwrap();
    answered(0, SECRET);
    block_on(engine.rekey(next)).unwrap();
    answered(1, NEXT);
    assert!(under(0, SECRET).is_none());
    block_on(engine.shutdown());
}

#[test]
fn the_kernel_answers_on_a_lan_as_soon_as_its_address_comes() {
    if !is_root() {
        return;
    }
    let (server, asker) = connected();
    let mut config = Farm::new(2).config(0);
    let node = |n: u8| LanNode {
        name: format!("node{n}"),
        addr: [10, 8, 0, n].into(),
    };
    config.cluster.lans.push(Lan {
        name: "second".to_owned(),
        nodes: vec![node(1), node(2)],
    });
    let engine = start_there(&server, config);
    assert!(!engine.driver().borrow().kernel_answers);
    assert_eq!(asked(&asker, "10.9.0.2", "10.9.0.1").flags, FLAG_KERNEL);
    server.ip("address add 10.8.0.1/24 dev eth1");
    asker.ip("address add 10.8.0.2/24 dev eth1");
    let mut driver = engine.driver();
    block_on(driver.wait_for(|status| status.kernel_answers)).unwrap();
    assert_eq!(asked(&asker, "10.8.0.2", "10.8.0.1").flags, FLAG_KERNEL);
}
