//! The eBPF back end on real interfaces: network namespaces, real TCP connections, `kill -9`.
//!
//! Needs root. All namespaces are unnamed and vanish with the process, also when it is killed.

#![expect(clippy::unwrap_used, reason = "a test may end like that")]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use evenkeel_core::config::model::{EntryMode, Filter, PortRange, Proto, Rule};
use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_engine::datapath::ebpf::Ebpf;
use evenkeel_engine::ports::{Datapath, InterfacePath, Mac, ModulePath, Routes};
use evenkeel_packet::BUCKETS;
use evenkeel_packet::bucket::{BucketState, Kind};
use nix::net::if_::if_nametoindex;

use common::{Namespace, Outcome, is_root, private_bpffs};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/mod.rs"]
mod common;

const VIP: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 100);
const PORT: u16 = 80;
const VMAC: Mac = [0x5a, 0xfe, 10, 0, 0, 100];
/// Long enough for a connection on the same machine, short enough to wait for a refusal.
const PATIENCE: Duration = Duration::from_millis(400);
/// When a condition that must come true is given up.
const DEADLINE: Duration = Duration::from_secs(20);

/// Tells a copy of this test's program that it is the daemon to be killed.
const DAEMON: &str = "EVENKEEL_TEST_DAEMON";
/// The test that takes this part.
const DAEMON_TEST: &str = "a_datapath_that_is_dropped_without_closing_leaves_its_fence";

/// A switch with servers and a client, each in a namespace.
struct Farm {
    _switch: Namespace,
    client: Namespace,
    servers: Vec<Namespace>,
}

fn server_mac(server: usize) -> Mac {
    [2, 0, 0, 0, 1, u8::try_from(server).unwrap()]
}

fn text(mac: Mac) -> String {
    mac.map(|byte| format!("{byte:02x}")).join(":")
}

impl Farm {
    fn new(servers: usize) -> Outcome<Self> {
        let switch = Namespace::new()?;
        switch.ip("link add br0 type bridge")?;
        switch.ip("link set br0 up")?;
        let client = Namespace::new()?;
        plug(&switch, &client, "c", [2, 0, 0, 0, 0, 0xc1], "10.0.0.7/24")?;
        let mut all = Vec::new();
        for number in 0..servers {
            let server = Namespace::new()?;
            let addr = format!("10.0.0.{}/24", number + 1);
            plug(
                &switch,
                &server,
                &format!("s{number}"),
                server_mac(number),
                &addr,
            )?;
            server.ip(format!("addr add {VIP}/32 dev eth0"))?;
            server.run(private_bpffs)?;
            all.push(server);
        }
        let farm = Self {
            _switch: switch,
            client,
            servers: all,
        };
        for number in 1..=servers {
            farm.await_server(Ipv4Addr::new(10, 0, 0, u8::try_from(number)?))?;
        }
        Ok(farm)
    }

    /// Waits until the switch carries frames: a server refuses the connection to a closed port.
    fn await_server(&self, addr: Ipv4Addr) -> Outcome<()> {
        let refused = move || {
            let answer = TcpStream::connect_timeout(&(addr, 9).into(), PATIENCE);
            Ok(answer.is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused))
        };
        self.client.run(move || until(refused))
    }

    /// Who answers a new connection of the client; tries until somebody does.
    fn answered_by(&self) -> Outcome<String> {
        let mut answer = None;
        self.client.run(move || {
            until(|| {
                answer = ask().ok();
                Ok(answer.is_some())
            })?;
            Ok(answer.unwrap_or_default())
        })
    }

    /// Whether nobody answers a new connection of the client.
    fn is_silent(&self) -> Outcome<bool> {
        self.client.run(|| Ok(ask().is_err()))
    }

    /// The MAC address that the client has learnt for the virtual address.
    fn resolved(&self) -> Outcome<String> {
        let line = self.client.ip(format!("neigh show {VIP}"))?;
        let mac = line
            .split_whitespace()
            .skip_while(|word| *word != "lladdr")
            .nth(1);
        Ok(mac.unwrap_or("none").to_owned())
    }

    /// Makes the client ask again who has the virtual address.
    fn forget(&self) -> Outcome<()> {
        self.client.ip("neigh flush all").map(drop)
    }
}

/// Tries a condition until it is true; it takes its own time between two tries.
fn until(mut condition: impl FnMut() -> Outcome<bool>) -> Outcome<()> {
    let deadline = Instant::now() + DEADLINE;
    while Instant::now() < deadline {
        if condition()? {
            return Ok(());
        }
        thread::yield_now();
    }
    Err("a condition did not come true".into())
}

/// Connects a namespace to the switch: `eth0` there, `port` at the switch.
fn plug(switch: &Namespace, there: &Namespace, port: &str, mac: Mac, addr: &str) -> Outcome<()> {
    let (mac, pid) = (text(mac), there.pid());
    switch.ip(format!(
        "link add {port} type veth peer name eth0 address {mac} netns {pid}"
    ))?;
    switch.ip(format!("link set {port} master br0 up"))?;
    there.ip(format!("addr add {addr} dev eth0"))?;
    there.ip("link set eth0 up")?;
    Ok(())
}

/// One request of the client: what the service says.
fn ask() -> std::io::Result<String> {
    let service = SocketAddr::new(IpAddr::V4(VIP), PORT);
    let mut stream = TcpStream::connect_timeout(&service, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

/// A service in the calling thread's namespace that says `name` to whoever connects.
fn serve(name: String) -> Outcome<()> {
    let listener = TcpListener::bind((VIP, PORT))?;
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            if stream.write_all(name.as_bytes()).is_err() {
                return;
            }
        }
    });
    Ok(())
}

fn node(number: usize) -> NodeId {
    NodeId::new(u8::try_from(number).unwrap()).unwrap()
}

fn module() -> ModuleName {
    ModuleName::try_from("web".to_owned()).unwrap()
}

fn path(number: usize, entry: EntryMode) -> Outcome<ModulePath> {
    let rule = Rule {
        virtual_addr: None,
        ports: vec![PortRange::one(PORT)],
        proto: Proto::Tcp,
        filter: Filter::OnPort,
    };
    Ok(ModulePath {
        node: node(number),
        interfaces: vec![InterfacePath {
            index: if_nametoindex("eth0")?,
            name: "eth0".into(),
            mac: server_mac(number),
            software: true,
            entry,
            vmac: VMAC,
            addrs: vec![IpAddr::V4(VIP)],
        }],
        groups: vec![vec![rule]],
        hash_key: [7; 16],
    })
}

fn table(kind: Kind) -> Vec<Vec<BucketState>> {
    vec![vec![BucketState::new(kind); BUCKETS]]
}

/// The routes of a farm of `nodes` seen from `me`.
fn routes(me: usize, nodes: usize, entry: Option<usize>) -> Routes {
    let others = (0..nodes).filter(|other| *other != me);
    Routes {
        neighbours: others
            .map(|other| (node(other), vec![server_mac(other)]))
            .collect(),
        entry: entry.map(node),
    }
}

/// A lease that outlasts every test.
const FOREVER: Time = Time(u64::MAX);

fn bpffs() -> PathBuf {
    PathBuf::from("/sys/fs/bpf")
}

/// A datapath of server `number` that is open, in this mode and with these tables.
fn start(number: usize, nodes: usize, entry: EntryMode, kind: Kind) -> Outcome<Ebpf> {
    let mut datapath = Ebpf::new(&bpffs(), node(number))?;
    datapath.open(&module(), &path(number, entry)?)?;
    datapath.routes(&module(), &routes(number, nodes, Some(0)))?;
    datapath.install(&module(), &table(kind))?;
    datapath.renew(&module(), FOREVER, None)?;
    Ok(datapath)
}

/// What of the module is left in the bpf file system of the calling thread.
fn pins() -> Outcome<usize> {
    let folder = bpffs().join("evenkeel");
    if !folder.exists() {
        return Ok(0);
    }
    Ok(fs::read_dir(folder)?.count())
}

fn counter(datapath: &Ebpf, name: &str) -> Outcome<u64> {
    let counters: BTreeMap<String, u64> = datapath.counters(&module())?;
    Ok(*counters
        .get(name)
        .ok_or_else(|| format!("no counter {name}"))?)
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
    let farm = Farm::new(1)?;
    let server = &farm.servers[0];
    server.run(|| serve("zero".into()))?;
    assert_eq!(farm.answered_by()?, "zero", "without any filter");
    farm.forget()?;
    let mut datapath = server.run(move || {
        let mut datapath = Ebpf::new(&bpffs(), node(0))?;
        datapath.open(&module(), &path(0, mode)?)?;
        Ok(datapath)
    })?;
    assert!(farm.is_silent()?, "just opened");
    datapath.routes(&module(), &routes(0, 2, Some(0)))?;
    datapath.install(&module(), &table(Kind::Mine))?;
    assert!(farm.is_silent()?, "no lease");
    datapath.renew(&module(), FOREVER, None)?;
    farm.forget()?;
    assert_eq!(farm.answered_by()?, "zero", "my bucket");
    assert_eq!(farm.resolved()?, text(agreed));
    assert!(counter(&datapath, "accept_opens")? >= 1);
    assert!(counter(&datapath, "answer_arp")? >= 1);
    datapath.install(&module(), &table(Kind::Foreign { owner: 5 }))?;
    assert!(farm.is_silent()?, "a foreign bucket");
    let reason = match mode {
        EntryMode::VmacDirected => "drop_no_route",
        EntryMode::VmacInvisible => "drop_foreign",
    };
    assert!(counter(&datapath, reason)? >= 1);
    datapath.install(&module(), &table(Kind::Mine))?;
    datapath.routes(&module(), &routes(0, 2, Some(1)))?;
    farm.forget()?;
    assert!(farm.is_silent()?, "another node is the entry node");
    assert!(counter(&datapath, "drop_not_entry")? >= 1);
    let (left, leaks) = server.run(move || {
        let leaks = counter(&datapath, "drop_seat_belt")?;
        datapath.close(&module())?;
        Ok((pins()?, leaks))
    })?;
    assert_eq!(left, 0, "pins after close");
    assert!(leaks <= u64::from(u16::MAX));
    farm.forget()?;
    assert_eq!(farm.answered_by()?, "zero", "after close");
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
    let farm = Farm::new(2)?;
    let mut datapaths = Vec::new();
    for (number, server) in farm.servers.iter().enumerate() {
        let name = ["zero", "one"][number];
        server.run(move || serve(name.into()))?;
        let kind = [Kind::Foreign { owner: 1 }, Kind::Mine][number];
        datapaths.push(server.run(move || start(number, 2, EntryMode::VmacDirected, kind))?);
    }
    assert_eq!(farm.answered_by()?, "one");
    assert_eq!(
        farm.resolved()?,
        text(server_mac(0)),
        "the entry node answers ARP"
    );
    assert!(counter(&datapaths[0], "forward_owner")? >= 2, "SYN and ACK");
    assert_eq!(counter(&datapaths[1], "accept_opens")?, 1);
    // The bucket moves: what is new stays here, what continues and is unknown goes back.
    datapaths[0].install(&module(), &table(Kind::Migrating { from: 1 }))?;
    datapaths[1].install(&module(), &table(Kind::ForeignHeld { owner: 0 }))?;
    assert_eq!(farm.answered_by()?, "zero");
    assert!(counter(&datapaths[0], "accept_socket")? >= 1);
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
    let farm = Farm::new(1)?;
    let server = &farm.servers[0];
    server.run(|| serve("zero".into()))?;
    let mut daemon = Daemon::start(server)?;
    assert_eq!(farm.answered_by()?, "zero", "while the daemon lives");
    daemon.kill()?;
    assert!(farm.is_silent()?, "right after kill -9");
    farm.forget()?;
    assert!(farm.is_silent()?, "ARP is not answered either");
    assert_eq!(server.run(pins)?, 1, "the fence is pinned");
    // The next daemon replaces what was left; nothing passes before it says so.
    let mut datapath = server.run(|| {
        let mut datapath = Ebpf::new(&bpffs(), node(0))?;
        datapath.open(&module(), &path(0, EntryMode::VmacDirected)?)?;
        Ok(datapath)
    })?;
    assert!(farm.is_silent()?, "opened, every bucket closed");
    datapath.routes(&module(), &routes(0, 1, Some(0)))?;
    datapath.install(&module(), &table(Kind::Mine))?;
    datapath.renew(&module(), FOREVER, None)?;
    farm.forget()?;
    assert_eq!(farm.answered_by()?, "zero", "served again");
    server.run(move || Ok(datapath.close(&module())?))?;
    assert_eq!(server.run(pins)?, 0, "pins after close");
    assert_eq!(farm.answered_by()?, "zero", "no filter any more");
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
    let farm = Farm::new(1)?;
    let server = &farm.servers[0];
    server.run(|| serve("zero".into()))?;
    Daemon::start(server)?.kill()?;
    assert!(farm.is_silent()?);
    server.run(|| {
        let mut datapath = Ebpf::new(&bpffs(), node(0))?;
        let other = ModuleName::try_from("other".to_owned())?;
        datapath.close(&other)?;
        assert_eq!(pins()?, 1, "another module's fence is not touched");
        Ok(datapath.close(&module())?)
    })?;
    assert_eq!(server.run(pins)?, 0);
    farm.forget()?;
    assert_eq!(farm.answered_by()?, "zero");
    Ok(())
}

/// A process that serves until it is killed.
struct Daemon {
    child: Child,
}

impl Daemon {
    /// Starts it in a namespace and waits until its filter is in force.
    fn start(server: &Namespace) -> Outcome<Self> {
        server.run(|| {
            let mut child = Command::new(env::current_exe()?)
                .args(["--exact", DAEMON_TEST, "--nocapture"])
                .env(DAEMON, "1")
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()?;
            let output = child.stdout.take().ok_or("no output")?;
            let daemon = Self { child };
            let is_ready = |line: std::io::Result<String>| line.is_ok_and(|l| l.contains("READY"));
            if BufReader::new(output).lines().any(is_ready) {
                return Ok(daemon);
            }
            Err("the daemon did not start".into())
        })
    }

    /// `kill -9`, and waits until the process is gone and the kernel has closed what it held.
    fn kill(&mut self) -> Outcome<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It was killed already where the test came that far.
        drop(self.kill());
    }
}

/// A test by itself, and what [`Daemon`] runs: there it serves until it is killed, or until its
/// parent is gone.
#[test]
fn a_datapath_that_is_dropped_without_closing_leaves_its_fence() {
    if env::var_os(DAEMON).is_some() {
        serve_until_killed().unwrap();
    } else if is_root("a_datapath_that_is_dropped_without_closing_leaves_its_fence") {
        dropped().unwrap();
    }
}

#[expect(clippy::print_stdout, reason = "the parent waits for the word")]
fn serve_until_killed() -> Outcome<()> {
    let _datapath = start(0, 1, EntryMode::VmacDirected, Kind::Mine)?;
    println!("READY");
    std::io::stdout().flush()?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

fn dropped() -> Outcome<()> {
    let farm = Farm::new(1)?;
    let server = &farm.servers[0];
    server.run(|| serve("zero".into()))?;
    let datapath = server.run(|| start(0, 1, EntryMode::VmacDirected, Kind::Mine))?;
    assert_eq!(farm.answered_by()?, "zero");
    drop(datapath);
    assert!(farm.is_silent()?);
    assert_eq!(server.run(pins)?, 1);
    Ok(())
}

#[test]
fn what_is_missing_is_said_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let error = Ebpf::new(folder.path(), node(0)).unwrap_err().to_string();
    assert!(error.starts_with("the eBPF filter needs "), "{error}");
    let absent = Path::new("/nonexistent");
    let error = Ebpf::new(absent, node(0)).unwrap_err().to_string();
    assert!(error.starts_with("the eBPF filter needs "), "{error}");
}
