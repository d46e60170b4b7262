//! What passes through the NFQUEUE back end: packets per second by verdict, and new connections per
//! second beside those of the same server without a filter.
//!
//! Works in network namespaces on one machine: client, switch and server share its processors.
//! Needs root; without it says so and ends with code 2. `--json` prints one object per line.
//!
//! `cargo run --release -p evenkeel-engine --example nfqueue_rate`

use std::fs;
use std::os::fd::AsRawFd;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use common::{Outcome, is_root};
use evenkeel_core::config::model::EntryMode;
use evenkeel_engine::datapath::choose::Wanted;
use evenkeel_engine::ports::Datapath;
use evenkeel_packet::bucket::Kind;
use farm::{
    FOREVER, Farm, PORT, VIP, VMAC, ask, backend, counter, module, path, routes, server_mac, table,
    text,
};
use fixtures::frames::{MacBytes, ethernet, ipv4, tcp};
use nix::sys::socket::{MsgFlags, send};
use packets::packet_socket;

#[allow(dead_code, reason = "shared with the tests")]
#[path = "../tests/datapath_common/mod.rs"]
mod common;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../tests/datapath_common/farm.rs"]
mod farm;
#[allow(unreachable_pub, dead_code, reason = "shared with the tests")]
#[path = "../packet/tests/fixtures/mod.rs"]
mod fixtures;
#[path = "../tests/datapath_common/packets.rs"]
mod packets;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../tests/datapath_common/shapes.rs"]
mod shapes;

/// How long each number is measured.
const TIME: Duration = Duration::from_secs(3);
/// Clients that open connections at a time.
const CLIENTS: usize = 8;
/// Clients' ports of the packets: as many flows.
const FLOWS: u16 = 64;

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the numbers are what it is for"
)]
fn main() -> ExitCode {
    if !is_root("nfqueue_rate") {
        return ExitCode::from(2);
    }
    let json = std::env::args().any(|argument| argument == "--json");
    match measure() {
        Ok(rates) => {
            for (name, rate) in rates {
                if json {
                    println!(r#"{{"case":"{name}","per_second":{rate}}}"#);
                } else {
                    println!("{name:<52} {rate:>9} /s");
                }
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("nfqueue_rate: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Each number with its name.
fn measure() -> Outcome<Vec<(&'static str, u64)>> {
    use EntryMode::{VmacDirected, VmacInvisible};
    let foreign = Kind::Foreign { owner: 1 };
    let mine = server_mac(0);
    let mut rates = Vec::new();
    for (name, mode, kind, to, reason) in [
        (
            "packets accepted, directed",
            VmacDirected,
            Kind::Mine,
            mine,
            "accept_mine",
        ),
        (
            "packets sent on to the owner, directed",
            VmacDirected,
            foreign,
            mine,
            "forward_owner",
        ),
        (
            "packets looked up as sockets and sent on, directed",
            VmacDirected,
            Kind::Migrating { from: 1 },
            mine,
            "forward_previous",
        ),
        (
            "packets accepted, invisible",
            VmacInvisible,
            Kind::Mine,
            VMAC,
            "accept_mine",
        ),
        (
            "packets of others dropped, invisible",
            VmacInvisible,
            foreign,
            VMAC,
            "drop_foreign",
        ),
    ] {
        let farm = Farm::new(&[Wanted::Nfqueue])?;
        let datapath = started(&farm, mode, kind)?;
        rates.push((name, packets(&farm, &*datapath, to, reason)?));
    }
    let farm = Farm::new(&[Wanted::Nfqueue])?;
    // Without a filter nobody answers who asks for the address.
    let known = format!("neigh replace {VIP} lladdr {} dev eth0", text(mine));
    farm.client.ip(known)?;
    rates.push(("connections, without a filter", connections(&farm)?));
    let farm = Farm::new(&[Wanted::Nfqueue])?;
    let _datapath = started(&farm, VmacDirected, Kind::Mine)?;
    rates.push(("connections, through NFQUEUE", connections(&farm)?));
    Ok(rates)
}

/// Server 0 with its back end open and all buckets in one state.
fn started(farm: &Farm, mode: EntryMode, kind: Kind) -> Outcome<Box<dyn Datapath>> {
    farm.servers[0].run(move || {
        let mut datapath = backend(0, Wanted::Nfqueue)?;
        datapath.open(&module()?, &path(0, mode)?)?;
        datapath.routes(&module()?, &routes(0, 2, 0)?)?;
        datapath.install(&module()?, &table(kind))?;
        datapath.renew(&module()?, FOREVER, None)?;
        Ok(datapath)
    })
}

/// How many packets per second are counted under `reason` while the client sends as many as it can.
fn packets(farm: &Farm, datapath: &dyn Datapath, to: MacBytes, reason: &str) -> Outcome<u64> {
    const ACK: u8 = 0x10;
    let socket = farm.client.run(|| packet_socket("eth0"))?;
    let frames: Vec<Vec<u8>> = (0..FLOWS)
        .map(|flow| {
            let segment = tcp((30_000 + flow, PORT), ACK);
            let addrs = (farm::CLIENT.octets(), VIP.octets());
            let packet = ipv4(addrs, 6, &[], 0, &segment);
            let frame = ethernet(to, [2, 0, 0, 0, 0, 0xc1], shapes::IPV4, &packet);
            shapes::on_the_wire(&frame)
        })
        .collect();
    let is_over = Arc::new(AtomicBool::new(false));
    let sender = thread::spawn({
        let is_over = Arc::clone(&is_over);
        move || {
            for frame in frames.iter().cycle() {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                if send(socket.as_raw_fd(), frame, MsgFlags::empty()).is_err() {
                    // The wire is full.
                    thread::yield_now();
                }
            }
        }
    });
    let (start, before) = (Instant::now(), counter(datapath, reason)?);
    thread::sleep(TIME);
    let counted = counter(datapath, reason)? - before;
    let rate = per_second(counted, start.elapsed());
    is_over.store(true, Ordering::Relaxed);
    sender.join().map_err(|_panic| "the sender panicked")?;
    Ok(rate)
}

/// How many connections per second the clients open, each with its answer.
fn connections(farm: &Farm) -> Outcome<u64> {
    farm.client.run(|| {
        // As many ports as there are, and again as soon as may be: more than are used up here.
        fs::write("/proc/sys/net/ipv4/ip_local_port_range", "1024 65535")?;
        fs::write("/proc/sys/net/ipv4/tcp_tw_reuse", "1")?;
        let count = Arc::new(AtomicU64::new(0));
        let start = Instant::now();
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let count = Arc::clone(&count);
                thread::spawn(move || {
                    while start.elapsed() < TIME {
                        if ask(VIP.into(), 0).is_ok() {
                            count.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                })
            })
            .collect();
        for client in clients {
            client.join().map_err(|_panic| "a client panicked")?;
        }
        Ok(per_second(count.load(Ordering::Relaxed), start.elapsed()))
    })
}

fn per_second(count: u64, time: Duration) -> u64 {
    let time_us = u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1);
    count.saturating_mul(1_000_000) / time_us
}
