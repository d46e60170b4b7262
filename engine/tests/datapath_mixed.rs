//! A farm of one eBPF node and one NFQUEUE node: both decide alike about every packet.
//!
//! Needs root. All namespaces are unnamed and vanish with the process, also when it is killed.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use evenkeel_core::config::model::EntryMode;
use evenkeel_engine::datapath::choose::Wanted;
use evenkeel_engine::ports::{Datapath, FlowQuery};
use evenkeel_packet::BUCKETS;
use evenkeel_packet::bucket::{BucketState, Kind};
use socket2::{Domain, Protocol, Socket, Type};

use common::{Outcome, is_root};
use farm::{
    CLIENT, CLIENT6, FOREVER, Farm, PORT, VIP, VIP6, VMAC, backend, module, path, routes,
    server_mac, text, until, upload,
};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/mod.rs"]
mod common;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/farm.rs"]
mod farm;

/// The client's ports of one round.
const PORTS: std::ops::Range<u16> = 20_000..20_064;
/// More ports, one of each node's among them with near certainty.
const LONG_PORTS: std::ops::Range<u16> = 30_000..30_064;
/// Bytes of a connection of many packets.
const LONG_BYTES: usize = 4 << 20;
/// Echo requests of one round.
const PINGS: u8 = 8;
/// Under which names they may be counted.
const ACCEPTED_PINGS: [&str; 2] = ["accept_opens", "accept_echo"];

#[test]
fn every_client_is_answered_by_the_node_whose_bucket_it_is() {
    if !is_root("every_client_is_answered_by_the_node_whose_bucket_it_is") {
        return;
    }
    for mode in [EntryMode::VmacDirected, EntryMode::VmacInvisible] {
        shared(mode).unwrap();
    }
}

fn shared(mode: EntryMode) -> Outcome<()> {
    let backends = [Wanted::Ebpf, Wanted::Nfqueue];
    let farm = Farm::new(&backends)?;
    let mut nodes = Vec::new();
    for (number, server) in farm.servers.iter().enumerate() {
        let wanted = backends[number];
        nodes.push(server.run(move || {
            let mut datapath = backend(number, wanted)?;
            datapath.open(&module()?, &path(number, mode)?)?;
            datapath.install(&module()?, &halves(number))?;
            datapath.renew(&module()?, FOREVER, None)?;
            Ok(datapath)
        })?);
    }
    // Each node sends on to the other once.
    for entry in 0..2 {
        for (number, node) in nodes.iter_mut().enumerate() {
            node.routes(&module()?, &routes(number, 2, entry)?)?;
        }
        round(&farm, &nodes, mode, entry)
            .map_err(|error| format!("{mode:?}, entry node {entry}: {error}"))?;
    }
    for (server, mut node) in farm.servers.iter().zip(nodes) {
        server.run(move || Ok(node.close(&module()?)?))?;
    }
    Ok(())
}

/// Buckets by turns: even ones are of node 0, odd ones of node 1.
fn halves(me: usize) -> Vec<Vec<BucketState>> {
    let state = |bucket: usize| {
        let owner = u8::from(bucket % 2 == 1);
        let kind = if usize::from(owner) == me {
            Kind::Mine
        } else {
            Kind::Foreign { owner }
        };
        BucketState::new(kind)
    };
    vec![(0..BUCKETS).map(state).collect()]
}

/// Connections from many ports, and pings, while `entry` is the entry node.
fn round(farm: &Farm, nodes: &[Box<dyn Datapath>], mode: EntryMode, entry: usize) -> Outcome<()> {
    let agreed = match mode {
        EntryMode::VmacDirected => server_mac(entry),
        EntryMode::VmacInvisible => VMAC,
    };
    farm.forget()?;
    let vips = [IpAddr::from(VIP), IpAddr::from(VIP6)];
    farm.client.ip(format!(
        "neigh replace {VIP6} lladdr {} dev eth0",
        text(agreed)
    ))?;
    farm.answered_by()?;
    if farm.resolved()? != text(agreed) {
        return Err(format!("the address is at {}", farm.resolved()?).into());
    }
    for vip in vips {
        let before = sum(nodes, &["accept_opens"])?;
        for port in PORTS {
            let owner = owner(nodes, vip, port)?;
            let answered = farm
                .answered_from(vip, port)
                .map_err(|error| format!("{vip} from {port}, of node {owner}: {error}"))?;
            if answered != owner {
                return Err(format!("{vip} from {port}: node {answered}, not {owner}").into());
            }
        }
        let connections = u64::try_from(PORTS.len())?;
        let opened = sum(nodes, &["accept_opens"])? - before;
        if opened != connections {
            return Err(format!("{opened} SYNs accepted").into());
        }
        for number in 0..nodes.len() {
            long(farm, nodes, vip, number)?;
        }
    }
    let before = sum(nodes, &ACCEPTED_PINGS)?;
    farm.client.run(ping)?;
    let accepted = sum(nodes, &ACCEPTED_PINGS)? - before;
    if accepted != u64::from(PINGS) {
        return Err(format!("{accepted} pings accepted").into());
    }
    Ok(())
}

/// A connection of many packets, merged and cut on the way as the kernel likes, to this node.
fn long(farm: &Farm, nodes: &[Box<dyn Datapath>], vip: IpAddr, to: usize) -> Outcome<()> {
    for port in LONG_PORTS {
        if owner(nodes, vip, port)? == to {
            let sent = farm.client.run(move || Ok(upload(vip, port, LONG_BYTES)?));
            let (answered, got) = sent.map_err(|error| format!("{vip}, node {to}: {error}"))?;
            if (answered, got) != (to, LONG_BYTES) {
                return Err(format!("{vip}, node {to}: {got} bytes at {answered}").into());
            }
            return Ok(());
        }
    }
    Err(format!("no port falls to node {to}").into())
}

/// Whose the flow is, by the very table; both nodes must agree about its bucket.
fn owner(nodes: &[Box<dyn Datapath>], vip: IpAddr, port: u16) -> Outcome<usize> {
    let flow = FlowQuery {
        vip,
        protocol: 6,
        client: match vip {
            IpAddr::V4(_) => CLIENT.into(),
            IpAddr::V6(_) => CLIENT6.into(),
        },
        client_port: port,
        port: PORT,
    };
    let bucket = |node: &dyn Datapath| -> Outcome<(usize, u16)> {
        Ok(node.bucket(&module()?, &flow).ok_or("no bucket")?)
    };
    let (zero, one) = (bucket(&*nodes[0])?, bucket(&*nodes[1])?);
    if zero != one {
        return Err(format!("bucket {zero:?} and {one:?}").into());
    }
    Ok(usize::from(zero.1 % 2))
}

/// What both nodes together have counted under these names.
fn sum(nodes: &[Box<dyn Datapath>], names: &[&str]) -> Outcome<u64> {
    let mut sum = 0;
    for node in nodes {
        let counters = node.counters(&module()?)?;
        sum += names
            .iter()
            .filter_map(|name| counters.get(*name))
            .sum::<u64>();
    }
    Ok(sum)
}

/// Echo requests from the calling thread's namespace, one after the other; each must be answered,
/// and none twice.
fn ping() -> Outcome<()> {
    let socket = Socket::new(Domain::IPV4, Type::RAW, Some(Protocol::ICMPV4))?;
    socket.connect(&SocketAddr::new(VIP.into(), 0).into())?;
    socket.set_read_timeout(Some(Duration::from_millis(50)))?;
    let mut answers = vec![0; usize::from(PINGS)];
    for number in 0..PINGS {
        // Type, code, checksum, identifier, number; the numbers add up to all ones.
        let request = [8, 0, 0xf7, 0xff - number, 0, 0, 0, number];
        socket.send(&request)?;
        until(|| {
            let mut answer = [0; 64];
            let fd = std::os::fd::AsRawFd::as_raw_fd(&socket);
            if nix::sys::socket::recv(fd, &mut answer, nix::sys::socket::MsgFlags::empty()).is_ok()
                && answer[20] == 0
            {
                answers[usize::from(answer[27])] += 1;
            }
            Ok(answers[usize::from(number)] > 0)
        })?;
    }
    if answers.iter().any(|count| *count != 1) {
        return Err(format!("answers: {answers:?}").into());
    }
    Ok(())
}
