//! The NFQUEUE back end on real interfaces: network namespaces, real TCP connections, `kill -9`.
//!
//! Needs root. All namespaces are unnamed and vanish with the process, also when it is killed.

use std::fs;
use std::net::UdpSocket;
use std::path::Path;
use std::time::Duration;

use evenkeel_core::config::model::EntryMode;
use evenkeel_core::ids::ModuleName;
use evenkeel_engine::datapath::choose::{Wanted, choose};
use evenkeel_engine::ports::Datapath;
use evenkeel_packet::bucket::Kind;

use common::{Namespace, Outcome, is_root, run_program};
use daemon::Daemon;
use farm::{
    CLIENT, FOREVER, Farm, PORT, VIP, VMAC, backend, counter, module, node, opened, path, routes,
    server_mac, started, table, text, until,
};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/mod.rs"]
mod common;
#[path = "datapath_common/daemon.rs"]
mod daemon;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/farm.rs"]
mod farm;

/// The test that takes this part.
const DAEMON_TEST: &str = "a_datapath_that_is_dropped_without_closing_leaves_its_rules";

const BOTH: [(EntryMode, &str); 2] = [
    (EntryMode::VmacDirected, "directed"),
    (EntryMode::VmacInvisible, "invisible"),
];

const BACK_END: Wanted = Wanted::Nfqueue;

/// What of any module is in the calling thread's namespace: chains, tables, interfaces, queues.
fn left() -> Outcome<Vec<String>> {
    let mut listed = String::new();
    for (program, words) in [
        ("iptables", "-t raw -S"),
        ("ip6tables", "-t raw -S"),
        ("nft", "list tables"),
        ("ip", "-o link show"),
    ] {
        listed += &run_program(program, words)?;
    }
    let ours = listed
        .lines()
        .filter(|line| line.contains("evenkeel") || line.contains("evk"));
    let queues = fs::read_to_string("/proc/thread-self/net/netfilter/nfnetlink_queue")?;
    Ok(ours.chain(queues.lines()).map(str::to_owned).collect())
}

#[test]
fn a_connection_is_accepted_in_my_bucket_and_nowhere_else() {
    if !is_root("a_connection_is_accepted_in_my_bucket_and_nowhere_else") {
        return;
    }
    accepted_in_my_bucket_alone(EntryMode::VmacDirected, text(server_mac(0))).unwrap();
    accepted_in_my_bucket_alone(EntryMode::VmacInvisible, text(VMAC)).unwrap();
}

fn accepted_in_my_bucket_alone(mode: EntryMode, agreed: String) -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Nfqueue])?;
    let server = &farm.servers[0];
    let module = module()?;
    let mut datapath = server.run(move || opened(BACK_END, 0, mode))?;
    assert!(farm.is_silent()?, "just opened");
    datapath.routes(&module, &routes(0, 2, 0)?)?;
    datapath.install(&module, &table(Kind::Mine))?;
    assert!(farm.is_silent()?, "no lease");
    datapath.renew(&module, FOREVER, None)?;
    farm.forget()?;
    assert_eq!(farm.answered_by()?, 0, "my bucket");
    assert_eq!(farm.resolved()?, agreed);
    assert_eq!(counter(&*datapath, "accept_opens")?, 1);
    assert!(counter(&*datapath, "answer_arp")? >= 1);
    datapath.install(&module, &table(Kind::Foreign { owner: 5 }))?;
    assert!(farm.is_silent()?, "a foreign bucket");
    let reason = match mode {
        EntryMode::VmacDirected => "drop_no_route",
        EntryMode::VmacInvisible => "drop_foreign",
    };
    assert!(counter(&*datapath, reason)? >= 1);
    datapath.install(&module, &table(Kind::Mine))?;
    datapath.routes(&module, &routes(0, 2, 1)?)?;
    farm.forget()?;
    assert!(farm.is_silent()?, "another node is the entry node");
    assert!(counter(&*datapath, "drop_not_entry")? >= 1);
    assert!(!farm.has_learnt(VMAC)?, "the virtual MAC was a source");
    let left = server.run(move || {
        datapath.close(&module)?;
        left()
    })?;
    assert_eq!(left, [""; 0], "after close");
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
    let farm = Farm::new(&[Wanted::Nfqueue, Wanted::Nfqueue])?;
    let directed = EntryMode::VmacDirected;
    let foreign = Kind::Foreign { owner: 1 };
    let mut zero = farm.servers[0].run(move || started(BACK_END, 0, 2, directed, foreign))?;
    let mut one = farm.servers[1].run(move || started(BACK_END, 1, 2, directed, Kind::Mine))?;
    assert_eq!(farm.answered_by()?, 1);
    assert_eq!(farm.resolved()?, text(server_mac(0)), "the entry node's");
    assert!(counter(&*zero, "forward_owner")? >= 2, "SYN and ACK");
    assert_eq!(counter(&*one, "accept_opens")?, 1);
    // The bucket moves: what is new stays here, what continues and is unknown goes back.
    zero.install(&module()?, &table(Kind::Migrating { from: 1 }))?;
    one.install(&module()?, &table(Kind::ForeignHeld { owner: 0 }))?;
    assert_eq!(farm.answered_by()?, 0);
    assert!(counter(&*zero, "accept_socket")? >= 1);
    Ok(())
}

#[test]
fn a_datagram_that_the_kernel_put_together_is_sent_on_in_parts() {
    if !is_root("a_datagram_that_the_kernel_put_together_is_sent_on_in_parts") {
        return;
    }
    let conntrack = "-A INPUT -m conntrack --ctstate INVALID";
    let tracks = |namespace: &Namespace| namespace.run(|| run_program("iptables", conntrack));
    if let Err(error) = tracks(&Namespace::new().unwrap()) {
        skip(&format!("this kernel tracks no connections: {error}"));
        return;
    }
    put_together(tracks).unwrap();
}

#[expect(clippy::print_stderr, reason = "a skipped test must be seen")]
fn skip(why: &str) {
    eprintln!("\n*** SKIPPED: {why}\n");
}

fn put_together(tracks: impl Fn(&Namespace) -> Outcome<String>) -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Nfqueue, Wanted::Nfqueue])?;
    let mut nodes = Vec::new();
    for (number, kind) in [(0, Kind::Foreign { owner: 1 }), (1, Kind::Mine)] {
        // Whoever tracks connections puts datagrams together first.
        tracks(&farm.servers[number])?;
        let started = move || started(BACK_END, number, 2, EntryMode::VmacDirected, kind);
        nodes.push(farm.servers[number].run(started)?);
    }
    let service = farm.servers[1].run(|| Ok(UdpSocket::bind((VIP, PORT))?))?;
    service.set_read_timeout(Some(Duration::from_secs(10)))?;
    let sent: Vec<u8> = (0..1000_u32).flat_map(u32::to_be_bytes).collect();
    let datagram = sent.clone();
    farm.client.run(move || {
        let socket = UdpSocket::bind((CLIENT, 0))?;
        Ok(socket.send_to(&datagram, (VIP, PORT))?)
    })?;
    let mut got = vec![0; 2 * sent.len()];
    let (len, _) = service.recv_from(&mut got)?;
    assert_eq!(got[..len], sent);
    assert_eq!(counter(&*nodes[0], "forward_owner")?, 1, "once, as a whole");
    Ok(())
}

#[test]
fn after_kill_9_the_rules_stay_closed_until_a_daemon_opens_again() {
    if !is_root("after_kill_9_the_rules_stay_closed_until_a_daemon_opens_again") {
        return;
    }
    for (mode, name) in BOTH {
        killed(mode, name).unwrap();
    }
}

fn killed(mode: EntryMode, name: &'static str) -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Nfqueue])?;
    let server = &farm.servers[0];
    let mut daemon = Daemon::start(server, DAEMON_TEST, name)?;
    assert_eq!(farm.answered_by()?, 0, "while the daemon lives");
    daemon.kill()?;
    assert!(farm.is_silent()?, "right after kill -9");
    farm.forget()?;
    assert!(farm.is_silent()?, "ARP is not answered either");
    assert!(!server.run(left)?.is_empty(), "the rules are there");
    // The next daemon replaces what was left; nothing passes before it says so.
    let mut datapath = server.run(move || opened(BACK_END, 0, mode))?;
    assert!(farm.is_silent()?, "opened, every bucket closed");
    datapath.routes(&module()?, &routes(0, 1, 0)?)?;
    datapath.install(&module()?, &table(Kind::Mine))?;
    datapath.renew(&module()?, FOREVER, None)?;
    farm.forget()?;
    assert_eq!(farm.answered_by()?, 0, "served again");
    let left = server.run(move || {
        datapath.close(&module()?)?;
        left()
    })?;
    assert_eq!(left, [""; 0], "after close");
    Ok(())
}

#[test]
fn closing_a_module_clears_what_a_killed_daemon_left_of_it() {
    if !is_root("closing_a_module_clears_what_a_killed_daemon_left_of_it") {
        return;
    }
    for (_, name) in BOTH {
        cleared(name).unwrap();
    }
}

fn cleared(name: &'static str) -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Nfqueue])?;
    let server = &farm.servers[0];
    Daemon::start(server, DAEMON_TEST, name)?.kill()?;
    let (of_other, of_it) = server.run(|| {
        let mut datapath = backend(0, Wanted::Nfqueue)?;
        let before = left()?;
        datapath.close(&ModuleName::try_from("other".to_owned())?)?;
        let of_other = left()? == before;
        datapath.close(&module()?)?;
        Ok((of_other, left()?))
    })?;
    assert!(of_other, "another module's rules are not touched");
    assert_eq!(of_it, [""; 0]);
    Ok(())
}

#[test]
fn modules_on_one_interface_do_not_answer_for_each_other() {
    if !is_root("modules_on_one_interface_do_not_answer_for_each_other") {
        return;
    }
    side_by_side().unwrap();
}

fn side_by_side() -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Nfqueue])?;
    let server = &farm.servers[0];
    let other = ModuleName::try_from("other".to_owned())?;
    let name = other.clone();
    let mut datapath = server.run(move || {
        let mut datapath = started(BACK_END, 0, 1, EntryMode::VmacDirected, Kind::Mine)?;
        let mut path = path(0, EntryMode::VmacInvisible)?;
        path.interfaces[0].addrs = vec![[10, 0, 0, 101].into()];
        path.interfaces[0].vmac = [0x5a, 0xfe, 10, 0, 0, 101];
        datapath.open(&name, &path)?;
        datapath.renew(&name, FOREVER, None)?;
        Ok(datapath)
    })?;
    assert_eq!(farm.answered_by()?, 0);
    let counted = |datapath: &dyn Datapath, module: &ModuleName| -> Outcome<u64> {
        Ok(datapath.counters(module)?.values().sum())
    };
    assert!(counted(&*datapath, &module()?)? > 0);
    assert_eq!(counted(&*datapath, &other)?, 0, "nothing is for it");
    // The end of one leaves the other in force.
    let (mut datapath, rules) = server.run(move || {
        datapath.close(&other)?;
        Ok((datapath, left()?.len()))
    })?;
    assert!(rules > 0);
    farm.forget()?;
    assert_eq!(farm.answered_by()?, 0);
    let left = server.run(move || {
        datapath.close(&module()?)?;
        left()
    })?;
    assert_eq!(left, [""; 0]);
    Ok(())
}

#[test]
fn where_no_macvlan_can_be_made_nothing_is_left() {
    if !is_root("where_no_macvlan_can_be_made_nothing_is_left") {
        return;
    }
    let server = Namespace::new().unwrap();
    server
        .ip("link add eth0 type veth peer name other")
        .unwrap();
    server.ip("link add br0 type bridge").unwrap();
    server.ip("link set eth0 master br0 up").unwrap();
    let (error, left) = server
        .run(|| {
            let error = opened(BACK_END, 0, EntryMode::VmacInvisible).err();
            Ok((error.ok_or("it opened")?.to_string(), left()?))
        })
        .unwrap();
    assert!(
        error.starts_with("vmac_invisible needs a macvlan"),
        "{error}"
    );
    assert_eq!(left, [""; 0]);
}

#[test]
fn the_back_end_is_chosen_and_says_why() {
    if !is_root("the_back_end_is_chosen_and_says_why") {
        return;
    }
    let chosen = Namespace::new().unwrap().run(|| {
        // No bpf file system there.
        let auto = choose(Wanted::Auto, Path::new("/proc"), node(0)?)?.backend();
        let asked = choose(Wanted::Nfqueue, Path::new("/proc"), node(0)?)?.backend();
        let refused = choose(Wanted::Ebpf, Path::new("/proc"), node(0)?).err();
        Ok((auto, asked, refused.ok_or("eBPF without its file system")?))
    });
    let (auto, asked, refused) = chosen.unwrap();
    assert_eq!((&*auto.name, &*asked.name), ("nfqueue", "nfqueue"));
    assert!(auto.why.starts_with(&refused.to_string()), "{}", auto.why);
    assert!(auto.why.contains(&format!("{} writes rules", auto.hook)));
    assert!(
        asked.why.starts_with("chosen by --datapath"),
        "{}",
        asked.why
    );
}

/// A test by itself, and what [`Daemon`] runs: there it serves until it is killed, or until its
/// parent is gone.
#[test]
fn a_datapath_that_is_dropped_without_closing_leaves_its_rules() {
    if let Some(name) = daemon::part() {
        let (mode, _) = BOTH.into_iter().find(|(_, it)| name == *it).unwrap();
        serve_until_killed(mode).unwrap();
    } else if is_root("a_datapath_that_is_dropped_without_closing_leaves_its_rules") {
        dropped().unwrap();
    }
}

fn serve_until_killed(mode: EntryMode) -> Outcome<()> {
    let _datapath = started(BACK_END, 0, 1, mode, Kind::Mine)?;
    daemon::serve_until_killed()
}

fn dropped() -> Outcome<()> {
    let farm = Farm::new(&[Wanted::Nfqueue])?;
    let server = &farm.servers[0];
    let datapath = server.run(|| started(BACK_END, 0, 1, EntryMode::VmacDirected, Kind::Mine))?;
    assert_eq!(farm.answered_by()?, 0);
    drop(datapath);
    // Its thread learns of it a little later.
    until(|| farm.is_silent())?;
    assert!(!server.run(left)?.is_empty());
    Ok(())
}
