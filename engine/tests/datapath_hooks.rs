//! The hooks beside TCX on real interfaces: clsact, whose filters outlive the daemon, and XDP in the
//! driver, which drops other nodes' packets early.
//!
//! Needs root. All namespaces are unnamed and vanish with the process, also when it is killed.

use std::collections::BTreeSet;
use std::time::Duration;

use evenkeel_core::config::model::EntryMode;
use evenkeel_core::ids::Time;
use evenkeel_engine::datapath::choose::Wanted;
use evenkeel_engine::datapath::ebpf::Ebpf;
use evenkeel_engine::datapath::hook::Hook;
use evenkeel_engine::ports::{CutEnd, Datapath, InterfacePath, LanInterface, Way};
use evenkeel_packet::bucket::Kind;
use nix::time::{ClockId, clock_gettime};

use common::{Outcome, is_root, run_program};
use farm::{FOREVER, Farm, counter, module, node, path, routes, table, until};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/mod.rs"]
mod common;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/farm.rs"]
mod farm;

/// How long the lease of a daemon lasts that is about to die.
const LAST_LEASE: Duration = Duration::from_millis(300);

#[test]
fn on_clsact_the_lease_is_the_fence_and_the_next_daemon_takes_over() {
    if !is_root("on_clsact_the_lease_is_the_fence_and_the_next_daemon_takes_over") {
        return;
    }
    for mode in [EntryMode::VmacDirected, EntryMode::VmacInvisible] {
        clsact(mode).unwrap();
    }
}

/// A datapath whose module is open, with every bucket closed.
fn opened(mode: EntryMode) -> Outcome<Ebpf> {
    let mut datapath = Ebpf::with_hook("/sys/fs/bpf".as_ref(), node(0)?, Hook::Clsact)?;
    datapath.open(&module()?, &path(0, mode)?)?;
    Ok(datapath)
}

fn clsact(mode: EntryMode) -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Ebpf])?;
    let server = &farm.servers[0];
    let mut datapath = server.run(move || opened(mode))?;
    assert_eq!(datapath.backend().hook, "clsact");
    assert!(farm.is_silent()?, "opened, every bucket closed");
    datapath.routes(&module()?, &routes(0, 1, 0)?)?;
    datapath.install(&module()?, &table(Kind::Mine))?;
    datapath.renew(&module()?, FOREVER, None)?;
    farm.forget()?;
    assert_eq!(farm.answered_by()?, 0);
    // The daemon dies: its filter stays and accepts as long as the lease lasts, then nothing.
    let now = Duration::from(clock_gettime(ClockId::CLOCK_MONOTONIC)?);
    let end = u64::try_from((now + LAST_LEASE).as_nanos())?;
    datapath.renew(&module()?, Time(end), None)?;
    server.run(move || {
        drop(datapath);
        Ok(())
    })?;
    until(|| farm.is_silent())?;
    assert_eq!(filters(&farm)?, 2, "filter and belt outlive the daemon");
    let mut datapath = server.run(move || opened(mode))?;
    assert_eq!(filters(&farm)?, 2, "the next daemon replaces them");
    assert!(farm.is_silent()?, "nothing passes before it says so");
    datapath.routes(&module()?, &routes(0, 1, 0)?)?;
    datapath.install(&module()?, &table(Kind::Mine))?;
    datapath.renew(&module()?, FOREVER, None)?;
    farm.forget()?;
    assert_eq!(farm.answered_by()?, 0, "served again");
    server.run(move || Ok(datapath.close(&module()?)?))?;
    assert_eq!(filters(&farm)?, 0, "filters after close");
    Ok(())
}

/// How many filters there are on the server's interface, on both sides.
fn filters(farm: &Farm) -> Outcome<usize> {
    farm.servers[0].run(|| {
        let mut count = 0;
        for side in ["ingress", "egress"] {
            let shown = run_program("tc", &format!("filter show dev eth0 {side}"))?;
            count += shown.lines().filter(|line| line.contains("handle")).count();
        }
        Ok(count)
    })
}

#[test]
fn closing_clears_what_a_killed_daemon_left_on_clsact() {
    if !is_root("closing_clears_what_a_killed_daemon_left_on_clsact") {
        return;
    }
    let cleared = || -> Outcome<()> {
        let farm = Farm::new(&[Wanted::Ebpf])?;
        let server = &farm.servers[0];
        server.run(|| opened(EntryMode::VmacDirected).map(drop))?;
        assert_eq!(filters(&farm)?, 2);
        server.run(|| {
            let mut next = Ebpf::with_hook("/sys/fs/bpf".as_ref(), node(0)?, Hook::Clsact)?;
            Ok(next.close(&module()?)?)
        })?;
        assert_eq!(filters(&farm)?, 0);
        Ok(())
    };
    cleared().unwrap();
}

#[test]
fn the_driver_drops_other_nodes_packets_where_every_node_sees_all() {
    if !is_root("the_driver_drops_other_nodes_packets_where_every_node_sees_all") {
        return;
    }
    early().unwrap();
}

fn early() -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Ebpf])?;
    let server = &farm.servers[0];
    let start = |everywhere: bool, mode: EntryMode| {
        server.run(move || {
            let mut datapath = Ebpf::new("/sys/fs/bpf".as_ref(), node(0)?)?;
            if everywhere {
                datapath = datapath.early_everywhere();
            }
            datapath.open(&module()?, &path(0, mode)?)?;
            datapath.routes(&module()?, &routes(0, 1, 0)?)?;
            datapath.renew(&module()?, FOREVER, None)?;
            Ok(datapath)
        })
    };
    let end = |mut datapath: Ebpf| server.run(move || Ok(datapath.close(&module()?)?));
    let directed = start(true, EntryMode::VmacDirected)?;
    assert_eq!(directed.backend().hook, "tcx", "directed mode needs none");
    end(directed)?;
    let plain = start(false, EntryMode::VmacInvisible)?;
    let said = plain.backend();
    assert_eq!(said.hook, "tcx");
    assert!(said.why.contains("software interface"), "{}", said.why);
    end(plain)?;

    let mut datapath = start(true, EntryMode::VmacInvisible)?;
    assert_eq!(datapath.backend().hook, "xdp + tcx");
    assert!(is_in_driver(&farm)?);
    datapath.install(&module()?, &table(Kind::Foreign { owner: 5 }))?;
    farm.forget()?;
    assert!(farm.is_silent()?, "another node's");
    assert!(counter(&datapath, "drop_foreign")? >= 1);
    datapath.install(&module()?, &table(Kind::Mine))?;
    assert_eq!(farm.answered_by()?, 0, "mine");
    end(datapath)?;
    assert!(!is_in_driver(&farm)?, "it ends with the module");
    Ok(())
}

/// Whether a program runs in the driver of the server's interface.
fn is_in_driver(farm: &Farm) -> Outcome<bool> {
    let shown = farm.servers[0].ip("link show eth0")?;
    Ok(shown.contains("prog/xdp"))
}

#[test]
fn a_cut_network_carries_nothing_whether_the_module_comes_before_or_after() {
    if !is_root("a_cut_network_carries_nothing_whether_the_module_comes_before_or_after") {
        return;
    }
    for ways in [&[Way::In][..], &[Way::Out], &[Way::In, Way::Out]] {
        cut(ways).unwrap();
    }
}

fn cut(ways: &'static [Way]) -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Ebpf])?;
    let server = &farm.servers[0];
    let serve = |datapath: &mut Ebpf| -> Outcome<()> {
        datapath.open(&module()?, &path(0, EntryMode::VmacDirected)?)?;
        datapath.routes(&module()?, &routes(0, 1, 0)?)?;
        datapath.install(&module()?, &table(Kind::Mine))?;
        Ok(datapath.renew(&module()?, FOREVER, None)?)
    };
    let mut datapath = server.run(move || {
        let mut datapath = Ebpf::new("/sys/fs/bpf".as_ref(), node(0)?)?;
        datapath.cut(&ends(ways)?)?;
        serve(&mut datapath)?;
        Ok(datapath)
    })?;
    farm.forget()?;
    assert!(farm.is_silent()?, "{ways:?} cut before the module came");
    datapath = server.run(move || {
        datapath.cut(&BTreeSet::new())?;
        Ok(datapath)
    })?;
    farm.forget()?;
    assert_eq!(farm.answered_by()?, 0, "{ways:?} whole again");
    datapath = server.run(move || {
        datapath.cut(&ends(ways)?)?;
        Ok(datapath)
    })?;
    assert!(farm.is_silent()?, "{ways:?} cut behind the module");
    server.run(move || Ok(datapath.close(&module()?)?))
}

/// The ends of the server's network.
fn ends(ways: &[Way]) -> Outcome<BTreeSet<CutEnd>> {
    let path = path(0, EntryMode::VmacDirected)?;
    let InterfacePath { index, name, .. } = &path.interfaces[0];
    let end = |way: &Way| CutEnd {
        interface: LanInterface {
            index: *index,
            name: name.clone(),
        },
        way: *way,
    };
    Ok(ways.iter().map(end).collect())
}

#[test]
fn clsact_says_that_it_cannot_cut() {
    if !is_root("clsact_says_that_it_cannot_cut") {
        return;
    }
    let refused = || -> Outcome<String> {
        let farm = Farm::new(&[Wanted::Ebpf])?;
        farm.servers[0].run(|| {
            let mut datapath = Ebpf::with_hook("/sys/fs/bpf".as_ref(), node(0)?, Hook::Clsact)?;
            datapath.cut(&BTreeSet::new())?;
            let refused = datapath.cut(&ends(&[Way::In])?);
            Ok(refused
                .err()
                .map(|error| error.to_string())
                .unwrap_or_default())
        })
    };
    assert!(refused().unwrap().contains("TCX (Linux 6.6)"));
}
