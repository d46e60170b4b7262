//! The eBPF back end on real interfaces: network namespaces, real TCP connections, `kill -9`.
//!
//! Needs root. All namespaces are unnamed and vanish with the process, also when it is killed.

use std::fs;
use std::path::Path;

use common::{Outcome, is_root};
use daemon::Daemon;
use evenkeel_core::config::model::EntryMode;
use evenkeel_core::ids::ModuleName;
use evenkeel_engine::datapath::choose::Wanted;
use evenkeel_engine::datapath::ebpf::Ebpf;
use evenkeel_engine::ports::Mac;
use evenkeel_packet::bucket::Kind;
use farm::{
    FOREVER, Farm, VMAC, backend, counter, module, node, opened, routes, server_mac, started,
    table, text,
};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/mod.rs"]
mod common;
#[path = "datapath_common/daemon.rs"]
mod daemon;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/farm.rs"]
mod farm;

/// The test that [`Daemon`] runs.
const DAEMON_TEST: &str = "a_datapath_that_is_dropped_without_closing_leaves_its_fence";

const BACK_END: Wanted = Wanted::Ebpf;

/// What of the module is left in the bpf file system of the calling thread.
fn pins() -> Outcome<usize> {
    let folder = Path::new("/sys/fs/bpf/evenkeel");
    if !folder.exists() {
        return Ok(0);
    }
    Ok(fs::read_dir(folder)?.count())
}

#[test]
fn a_connection_is_accepted_in_my_bucket_and_nowhere_else() {
    if !is_root("a_connection_is_accepted_in_my_bucket_and_nowhere_else") {
        return;
    }
    for (mode, agreed) in [
        (EntryMode::VmacDirected, server_mac(0)),
        (EntryMode::VmacInvisible, VMAC),
    ] {
        accepted_in_my_bucket_alone(mode, agreed).unwrap();
    }
}

fn accepted_in_my_bucket_alone(mode: EntryMode, agreed: Mac) -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Ebpf])?;
    let server = &farm.servers[0];
    assert_eq!(farm.answered_by()?, 0, "without any filter");
    farm.forget()?;
    let mut datapath = server.run(move || opened(BACK_END, 0, mode))?;
    assert!(farm.is_silent()?, "just opened");
    datapath.routes(&module()?, &routes(0, 2, 0)?)?;
    datapath.install(&module()?, &table(Kind::Mine))?;
    assert!(farm.is_silent()?, "no lease");
    datapath.renew(&module()?, FOREVER, None)?;
    farm.forget()?;
    assert_eq!(farm.answered_by()?, 0, "my bucket");
    assert_eq!(farm.resolved()?, text(agreed));
    assert!(counter(&*datapath, "accept_opens")? >= 1);
    assert!(counter(&*datapath, "answer_arp")? >= 1);
    datapath.install(&module()?, &table(Kind::Foreign { owner: 5 }))?;
    assert!(farm.is_silent()?, "a foreign bucket");
    let reason = match mode {
        EntryMode::VmacDirected => "drop_no_route",
        EntryMode::VmacInvisible => "drop_foreign",
    };
    assert!(counter(&*datapath, reason)? >= 1);
    datapath.install(&module()?, &table(Kind::Mine))?;
    datapath.routes(&module()?, &routes(0, 2, 1)?)?;
    farm.forget()?;
    assert!(farm.is_silent()?, "another node is the entry node");
    assert!(counter(&*datapath, "drop_not_entry")? >= 1);
    let (left, leaks) = server.run(move || {
        let leaks = counter(&*datapath, "drop_seat_belt")?;
        datapath.close(&module()?)?;
        Ok((pins()?, leaks))
    })?;
    assert_eq!(left, 0, "pins after close");
    assert!(leaks <= u64::from(u16::MAX));
    farm.forget()?;
    assert_eq!(farm.answered_by()?, 0, "after close");
    Ok(())
}

#[test]
fn directed_the_entry_node_sends_on_to_the_owner_who_answers() {
    if !is_root("directed_the_entry_node_sends_on_to_the_owner_who_answers") {
        return;
    }
    sent_on().unwrap();
}

fn sent_on() -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Ebpf, Wanted::Ebpf])?;
    let mut datapaths = Vec::new();
    for (number, server) in farm.servers.iter().enumerate() {
        let kind = [Kind::Foreign { owner: 1 }, Kind::Mine][number];
        datapaths
            .push(server.run(move || started(BACK_END, number, 2, EntryMode::VmacDirected, kind))?);
    }
    assert_eq!(farm.answered_by()?, 1);
    assert_eq!(
        farm.resolved()?,
        text(server_mac(0)),
        "the entry node answers ARP"
    );
    assert!(
        counter(&*datapaths[0], "forward_owner")? >= 2,
        "SYN and ACK"
    );
    assert_eq!(counter(&*datapaths[1], "accept_opens")?, 1);
    // The bucket moves: what is new stays here, what continues and is unknown goes back.
    datapaths[0].install(&module()?, &table(Kind::Migrating { from: 1 }))?;
    datapaths[1].install(&module()?, &table(Kind::ForeignHeld { owner: 0 }))?;
    assert_eq!(farm.answered_by()?, 0);
    assert!(counter(&*datapaths[0], "accept_socket")? >= 1);
    Ok(())
}

#[test]
fn after_kill_9_the_fence_stays_closed_until_a_daemon_opens_again() {
    if !is_root("after_kill_9_the_fence_stays_closed_until_a_daemon_opens_again") {
        return;
    }
    killed().unwrap();
}

fn killed() -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Ebpf])?;
    let server = &farm.servers[0];
    let mut daemon = Daemon::start(server, DAEMON_TEST, "directed")?;
    assert_eq!(farm.answered_by()?, 0, "while the daemon lives");
    daemon.kill()?;
    assert!(farm.is_silent()?, "right after kill -9");
    farm.forget()?;
    assert!(farm.is_silent()?, "ARP is not answered either");
    assert_eq!(server.run(pins)?, 1, "the fence is pinned");
    // The next daemon replaces what was left; nothing passes before it says so.
    let mut datapath = server.run(|| opened(BACK_END, 0, EntryMode::VmacDirected))?;
    assert!(farm.is_silent()?, "opened, every bucket closed");
    datapath.routes(&module()?, &routes(0, 1, 0)?)?;
    datapath.install(&module()?, &table(Kind::Mine))?;
    datapath.renew(&module()?, FOREVER, None)?;
    farm.forget()?;
    assert_eq!(farm.answered_by()?, 0, "served again");
    server.run(move || Ok(datapath.close(&module()?)?))?;
    assert_eq!(server.run(pins)?, 0, "pins after close");
    assert_eq!(farm.answered_by()?, 0, "no filter any more");
    Ok(())
}

#[test]
fn closing_a_module_clears_what_a_killed_daemon_left_of_it() {
    if !is_root("closing_a_module_clears_what_a_killed_daemon_left_of_it") {
        return;
    }
    cleared().unwrap();
}

fn cleared() -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Ebpf])?;
    let server = &farm.servers[0];
    Daemon::start(server, DAEMON_TEST, "directed")?.kill()?;
    assert!(farm.is_silent()?);
    server.run(|| {
        let mut datapath = backend(0, Wanted::Ebpf)?;
        let other = ModuleName::try_from("other".to_owned())?;
        datapath.close(&other)?;
        assert_eq!(pins()?, 1, "another module's fence is not touched");
        Ok(datapath.close(&module()?)?)
    })?;
    assert_eq!(server.run(pins)?, 0);
    farm.forget()?;
    assert_eq!(farm.answered_by()?, 0);
    Ok(())
}

/// A test by itself, and what [`Daemon`] runs: there it serves until it is killed, or until its
/// parent is gone.
#[test]
fn a_datapath_that_is_dropped_without_closing_leaves_its_fence() {
    if daemon::part().is_some() {
        serve_until_killed().unwrap();
    } else if is_root("a_datapath_that_is_dropped_without_closing_leaves_its_fence") {
        dropped().unwrap();
    }
}

fn serve_until_killed() -> Outcome<()> {
    let _datapath = started(BACK_END, 0, 1, EntryMode::VmacDirected, Kind::Mine)?;
    daemon::serve_until_killed()
}

fn dropped() -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Ebpf])?;
    let server = &farm.servers[0];
    let datapath = server.run(|| started(BACK_END, 0, 1, EntryMode::VmacDirected, Kind::Mine))?;
    assert_eq!(farm.answered_by()?, 0);
    drop(datapath);
    assert!(farm.is_silent()?);
    assert_eq!(server.run(pins)?, 1);
    Ok(())
}

#[test]
fn what_is_missing_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let error = Ebpf::new(folder.path(), node(0).unwrap())
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("the eBPF filter needs "), "{error}");
    let absent = Path::new("/nonexistent");
    let error = Ebpf::new(absent, node(0).unwrap()).unwrap_err().to_string();
    assert!(error.starts_with("the eBPF filter needs "), "{error}");
}
