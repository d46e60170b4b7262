//! Liveness probes that reach an engine: its kernel answers them, and its driver where no program is.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

mod common;

use std::net::{SocketAddr, UdpSocket};
use std::path::Path;
use std::time::Duration;

use common::{Farm, Namespace, block_on, is_root, until};
use evenkeel_core::wire::probe_key;
use evenkeel_engine::datapath::ebpf::Ebpf;
use evenkeel_engine::datapath::memory::Memory;
use evenkeel_engine::{Engine, start};
use evenkeel_packet::abi::MODULES_MAX;
use evenkeel_packet::probe::{FLAG_KERNEL, Kind, Probe};
use nix::mount::{MsFlags, mount};

/// The secret of [`Farm`].
const SECRET: [u8; 32] = [7; 32];
/// The node that asks.
const ASKER: u8 = 1;

/// Asks node 0 with new requests until it answers.
fn answer_of(from: SocketAddr, to: SocketAddr) -> Probe {
    let socket = UdpSocket::bind(from).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_millis(100)))
        .unwrap();
    let mut asked_ns = 0;
    let next = || {
        asked_ns += 1;
        let request = Probe {
            kind: Kind::Request,
            key: 0,
            flags: 0,
            from: ASKER,
            to: 0,
            lan: 0,
            leases: 0,
            run: 1,
            to_run: 0,
            asked_ns,
            answered_ns: 0,
            tags: [0; MODULES_MAX],
        };
        let key = probe_key(&SECRET);
        socket.send_to(&request.seal(key), to).ok()?;
        let mut buffer = [0; 512];
        let (length, sender) = socket.recv_from(&mut buffer).ok()?;
        assert_eq!(sender, to);
        Some(Probe::open(&buffer[..length], |_| Some(key)).unwrap())
    };
    block_on(until("an answer", next))
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

#[test]
fn the_kernel_of_an_engine_answers() {
    if !is_root() {
        return;
    }
    let (server, asker) = (Namespace::new(), Namespace::new());
    let there = asker.thread();
    server.ip(&format!(
        "link add eth0 type veth peer name eth0 netns {there}"
    ));
    for (one, host) in [(&server, 1), (&asker, 2)] {
        one.ip("link set lo up");
        one.ip(&format!("address add 10.9.0.{host}/24 dev eth0"));
        one.ip("link set eth0 up");
    }
    let mut farm = Farm::new(2);
    let mut config = farm.config(0);
    config.heartbeat_addrs.clear();
    let run = config.incarnation;
    let engine = server.run(move || {
        let (kind, path) = (Some("bpf"), Path::new("/sys/fs/bpf"));
        let nothing = None::<&str>;
        mount(
            nothing,
            "/",
            nothing,
            MsFlags::MS_REC | MsFlags::MS_PRIVATE,
            nothing,
        )
        .unwrap();
        mount(kind, path, kind, MsFlags::empty(), nothing).unwrap();
        let datapath = Ebpf::new(&config.bpffs, config.node).unwrap();
        start(config, Box::new(datapath)).unwrap()
    });
    let answer = asker.run(|| {
        answer_of(
            "10.9.0.2:0".parse().unwrap(),
            "10.9.0.1:4800".parse().unwrap(),
        )
    });
    assert_eq!((answer.flags, answer.run), (FLAG_KERNEL, run.0));
    assert!(block_on(told(&engine)));
    block_on(engine.shutdown());
    let left = || std::fs::read_dir("/sys/fs/bpf/evenkeel").unwrap().count();
    let nothing = || (server.run(left) == 0).then_some(());
    block_on(until("nothing is left of the programs", nothing));
}
