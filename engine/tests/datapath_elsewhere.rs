//! A service listens on every interface, and Linux takes a packet for any of its addresses on any
//! interface: what comes in for a virtual address elsewhere must not get past the filter.
//!
//! Needs root. All namespaces are unnamed and vanish with the process.

use std::net::{IpAddr, TcpStream};
use std::time::Duration;

use common::{Namespace, Outcome, is_root};
use evenkeel_core::config::model::EntryMode;
use evenkeel_engine::datapath::choose::Wanted;
use evenkeel_engine::ports::Datapath;
use evenkeel_packet::bucket::Kind;
use farm::{FOREVER, Farm, PORT, VIP, VIP6, backend, module, path, routes, table, until};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/mod.rs"]
mod common;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/farm.rs"]
mod farm;

const VIPS: [IpAddr; 2] = [IpAddr::V4(VIP), IpAddr::V6(VIP6)];
/// Long enough for a connection on the same machine, short enough to wait for none.
const PATIENCE: Duration = Duration::from_millis(400);

/// Whether the virtual addresses take a connection from the calling thread's namespace, each.
fn are_taken() -> Outcome<[bool; 2]> {
    Ok(VIPS.map(|vip| TcpStream::connect_timeout(&(vip, PORT).into(), PATIENCE).is_ok()))
}

/// A host in a LAN of the server that has no virtual address, which sends all it has to the server.
fn neighbour(server: &Namespace) -> Outcome<Namespace> {
    let host = Namespace::new()?;
    let pid = host.pid();
    server.ip(format!(
        "link add eth1 type veth peer name eth0 netns {pid}"
    ))?;
    server.ip("addr add 10.1.0.1/24 dev eth1")?;
    server.ip("addr add fd01::1/64 dev eth1 nodad")?;
    server.ip("link set eth1 up")?;
    host.ip("addr add 10.1.0.7/24 dev eth0")?;
    host.ip("addr add fd01::7/64 dev eth0 nodad")?;
    host.ip("link set eth0 up")?;
    host.ip("route add default via 10.1.0.1")?;
    host.ip("-6 route add default via fd01::1")?;
    host.run(|| until(|| Ok(are_taken()? == [true; 2])))?;
    Ok(host)
}

/// A back end in the calling thread's namespace that accepts everything for this module.
fn serving() -> Outcome<Box<dyn Datapath>> {
    let mut datapath = backend(0, Wanted::Ebpf)?;
    datapath.open(&module()?, &path(0, EntryMode::VmacDirected)?)?;
    datapath.routes(&module()?, &routes(0, 1, 0)?)?;
    datapath.install(&module()?, &table(Kind::Mine))?;
    datapath.renew(&module()?, FOREVER, None)?;
    Ok(datapath)
}

#[test]
fn what_comes_in_on_another_interface_is_refused_with_and_without_the_daemon() {
    if is_root("what_comes_in_on_another_interface_is_refused_with_and_without_the_daemon") {
        refused_elsewhere().unwrap();
    }
}

fn refused_elsewhere() -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Ebpf])?;
    let server = &farm.servers[0];
    // Without a filter Linux takes it, which this waits for.
    let host = neighbour(server)?;
    let datapath = server.run(serving)?;
    assert_eq!(farm.answered_by()?, 0, "on the address's own interface");
    assert_eq!(host.run(are_taken)?, [false; 2], "elsewhere");
    assert_eq!(server.run(are_taken)?, [true; 2], "on the machine itself");
    // An interface that comes later is no way in either.
    server.ip("link set eth1 down")?;
    server.ip("link set eth1 name eth2")?;
    server.ip("link set eth2 up")?;
    assert_eq!(host.run(are_taken)?, [false; 2]);
    // As the kernel ends it with the process: no module was closed.
    server.run(move || {
        drop(datapath);
        Ok(())
    })?;
    assert_eq!(host.run(are_taken)?, [false; 2], "the daemon is gone");
    let mut datapath = server.run(serving)?;
    assert_eq!(host.run(are_taken)?, [false; 2], "the next one");
    server.run(move || datapath.close(&module()?).map_err(Into::into))?;
    let left = server.run(|| Ok(std::fs::read_dir("/sys/fs/bpf/evenkeel")?.count()))?;
    assert_eq!(left, 0, "nothing is guarded by a node that does not serve");
    Ok(())
}
