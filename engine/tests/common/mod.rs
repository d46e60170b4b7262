//! What the engine's tests share: a network namespace per test, a datapath that writes down its
//! calls, a small cluster, and waiting for a condition with a deadline.

#![allow(dead_code, reason = "each test binary uses its part of it")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends there")]

use std::collections::BTreeMap;
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command as Program;
use std::sync::{Arc, Mutex, MutexGuard, mpsc};
use std::time::Duration;

use evenkeel_core::config::model::{ClusterConfig, Lan, LanNode, ModuleConfig, Timing};
use evenkeel_core::config::read_module;
use evenkeel_core::ids::{Incarnation, ModuleName, NodeId, Time};
use evenkeel_core::status::{ModuleStatus, NodeStatus};
use evenkeel_core::wire::Keyring;
use evenkeel_engine::datapath::memory::Memory;
use evenkeel_engine::ports::{
    AddressPlace, Backend, Contact, Datapath, DatapathError, Explained, FlowPath, FlowQuery,
    FlowQuestion, FlowTarget, ModulePath, Probed, Replays, Responder, Routes,
};
use evenkeel_engine::{Engine, EngineConfig, StartError, start};
use evenkeel_packet::Reason;
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::decide::{Decision, Verdict};
use evenkeel_packet::flow::Filter;
use evenkeel_packet::probe::{Refused, WORDS};
use nix::sched::{CloneFlags, unshare};
use tempfile::TempDir;

/// Longer than anything here takes on the busiest machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// The virtual address of [`module_config`].
pub(crate) const VIP: Ipv4Addr = Ipv4Addr::new(10, 9, 0, 99);

/// Runs a test in a network namespace of its own, which ends with its threads: interface `v0` with
/// 10.9.0.1/24 and its other end `v1`. Without the privilege the test says so and passes.
pub(crate) fn in_namespace<F: Future<Output = ()>>(test: impl FnOnce() -> F + Send + 'static) {
    if !is_root() {
        return;
    }
    let body = move || {
        unshare(CloneFlags::CLONE_NEWNET).unwrap();
        // As on a machine that has been up for a second.
        fs::write("/proc/sys/net/ipv6/conf/default/accept_dad", "0").unwrap();
        ip("link set lo up");
        ip("link add v0 type veth peer name v1");
        ip("address add 10.9.0.1/24 dev v0");
        ip("link set v0 up");
        ip("link set v1 up");
        block_on(test());
    };
    let thread = std::thread::Builder::new()
        .name("test".to_owned())
        .spawn(body)
        .unwrap();
    if let Err(panic) = thread.join() {
        std::panic::resume_unwind(panic);
    }
}

/// Runs `ip` in the calling thread's namespace and returns what it prints.
pub(crate) fn ip(args: &str) -> String {
    let output = Program::new("ip")
        .args(args.split(' '))
        .output()
        .expect("iproute2 is installed");
    assert!(
        output.status.success(),
        "ip {args}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Waits until `condition` gives something.
pub(crate) async fn until<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let deadline = tokio::time::Instant::now() + DEADLINE;
    loop {
        if let Some(found) = condition() {
            return found;
        }
        assert!(
            tokio::time::Instant::now() < deadline,
            "never happened: {what}"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// Waits until the node's status satisfies `condition`.
pub(crate) async fn until_status(
    engine: &Engine,
    what: &str,
    mut condition: impl FnMut(&NodeStatus) -> bool,
) -> Arc<NodeStatus> {
    let mut status = engine.status();
    let found = tokio::time::timeout(DEADLINE, status.wait_for(|now| condition(now))).await;
    match found {
        Ok(found) => Arc::clone(&found.expect("the engine runs")),
        Err(_) => panic!(
            "never happened: {what}; status: {:#?}",
            engine.status().borrow()
        ),
    }
}

/// The module's name in all tests.
pub(crate) fn shop() -> ModuleName {
    "shop".to_owned().try_into().unwrap()
}

/// What a status says of the module.
pub(crate) fn shop_status(status: &NodeStatus) -> Option<&ModuleStatus> {
    status.modules.iter().find(|module| module.module == shop())
}

/// A configuration with virtual address 10.9.0.99 on port 80; `user` is the `<user>` element.
pub(crate) fn module_config(user: &str) -> ModuleConfig {
    module_config_with("vmac_directed", "10.9.0.99", user)
}

/// As [`module_config`], with this entry mode and virtual address.
pub(crate) fn module_config_with(entry: &str, vip: &str, user: &str) -> ModuleConfig {
    module_config_for(entry, &[vip], user)
}

/// As [`module_config`], with this entry mode and these virtual addresses.
pub(crate) fn module_config_for(entry: &str, vips: &[&str], user: &str) -> ModuleConfig {
    // Unwatched: where several engines share a namespace, one that stops takes the address from all.
    let addr = |vip: &&str| format!(r#"<virtual_addr addr="{vip}" where="alias" check="off"/>"#);
    let addrs: String = vips.iter().map(addr).collect();
    let text = format!(
        r#"<safe><service mode="farm"><farm><lan name="default"/></farm>
        <vip><interface_list><interface check="off" arpreroute="off">
        <virtual_interface type="{entry}">{addrs}</virtual_interface></interface></interface_list>
        <loadbalancing_list><group name="web"><rule port="80" proto="tcp" filter="on_addr"/></group>
        </loadbalancing_list></vip>{user}</service></safe>"#
    );
    let (config, problems) = read_module(&text, &BTreeMap::new(), &BTreeMap::new(), None);
    config.unwrap_or_else(|| panic!("{problems:?}"))
}

/// A cluster of engines in this process, with heartbeats on loopback.
pub(crate) struct Farm {
    dir: TempDir,
    pub(crate) cluster: ClusterConfig,
    heartbeat_addrs: Vec<SocketAddr>,
    incarnation: u64,
}

impl Farm {
    /// Free ports for `nodes` nodes; none is started.
    pub(crate) fn new(nodes: u8) -> Self {
        let node = |n| LanNode {
            name: format!("node{n}"),
            addr: [10, 9, 0, n].into(),
        };
        let lan = Lan {
            name: "default".to_owned(),
            nodes: (1..=nodes).map(node).collect(),
        };
        // Held together, so that no port is given twice.
        let held: Vec<UdpSocket> = (0..nodes)
            .map(|_| UdpSocket::bind("127.0.0.1:0").unwrap())
            .collect();
        Self {
            dir: tempfile::tempdir().unwrap(),
            cluster: ClusterConfig {
                revision: 0,
                numbers: BTreeMap::new(),
                port: 4800,
                timing: Timing::default(),
                lans: vec![lan],
                command: None,
            },
            heartbeat_addrs: held
                .iter()
                .map(|socket| socket.local_addr().unwrap())
                .collect(),
            incarnation: 0,
        }
    }

    /// The folder of a node's modules.
    pub(crate) fn modules_dir(&self, node: u8) -> std::path::PathBuf {
        self.dir.path().join(format!("node{node}"))
    }

    /// The folder of the module on a node.
    pub(crate) fn shop_dir(&self, node: u8) -> std::path::PathBuf {
        self.modules_dir(node).join("shop")
    }

    /// Gives the module a script on a node.
    pub(crate) fn script(&self, node: u8, name: &str, body: &str) {
        let bin = self.shop_dir(node).join("bin");
        fs::create_dir_all(&bin).unwrap();
        write_script(&bin.join(name), body);
    }

    /// The configuration of a node, with an incarnation greater than any before.
    pub(crate) fn config(&mut self, node: u8) -> EngineConfig {
        self.incarnation += 1;
        EngineConfig {
            node: NodeId::new(node).unwrap(),
            cluster: self.cluster.clone(),
            keys: Keyring::first([7; 32]),
            incarnation: Incarnation(self.incarnation),
            modules_dir: self.modules_dir(node),
            bpffs: "/sys/fs/bpf".into(),
            script_env: BTreeMap::new(),
            heartbeat_addrs: self.heartbeat_addrs.clone(),
            record: None,
            reboot: None,
        }
    }

    /// Starts a node; waits for the port where a dropped engine is just giving it back.
    pub(crate) async fn start(&mut self, node: u8, datapath: &Stub) -> Engine {
        let config = self.config(node);
        let start = || match start(config.clone(), Box::new(datapath.clone())) {
            Ok(engine) => Some(engine),
            Err(StartError::PortTaken { .. }) => None,
            Err(error) => panic!("{error}"),
        };
        until("the port is free", start).await
    }
}

/// Writes an executable script for `sh`.
pub(crate) fn write_script(path: &Path, body: &str) {
    fs::write(path, format!("#!/bin/sh\n{body}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Whether there is such a process; a zombie is none.
pub(crate) fn is_running(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}

/// Whether the calling thread's namespace has the virtual address.
pub(crate) fn has_vip() -> bool {
    let vip = |one: nix::ifaddrs::InterfaceAddress| {
        one.address?.as_sockaddr_in().map(|addr| addr.ip() == VIP)
    };
    nix::ifaddrs::getifaddrs()
        .unwrap()
        .filter_map(vip)
        .any(|is_vip| is_vip)
}

/// A network and mount namespace without a name, with a thread in it. It ends with its threads.
#[derive(Debug)]
pub(crate) struct Namespace {
    thread: nix::unistd::Pid,
    work: mpsc::Sender<Box<dyn FnOnce() + Send>>,
}

impl Namespace {
    /// An empty one.
    pub(crate) fn new() -> Self {
        let (work, todo) = mpsc::channel::<Box<dyn FnOnce() + Send>>();
        let (tell, thread) = mpsc::channel();
        std::thread::spawn(move || {
            unshare(CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWNS).unwrap();
            tell.send(nix::unistd::gettid()).unwrap();
            todo.into_iter().for_each(|work| work());
        });
        let thread = thread.recv().unwrap();
        Self { thread, work }
    }

    /// By which others name it.
    pub(crate) const fn thread(&self) -> nix::unistd::Pid {
        self.thread
    }

    /// Runs something there; what it opens and starts stays there.
    pub(crate) fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let (answer, answered) = mpsc::channel();
        self.work
            .send(Box::new(move || drop(answer.send(work()))))
            .unwrap();
        answered.recv().expect("what ran in the namespace panicked")
    }

    /// Runs `ip` there.
    pub(crate) fn ip(&self, args: &str) {
        let args = args.to_owned();
        self.run(move || drop(ip(&args)));
    }
}

/// A namespace at the other end of the cable: `v1` is there, with 10.9.0.2/24.
pub(crate) fn other_end() -> Namespace {
    let other = Namespace::new();
    ip(&format!("link set v1 netns {}", other.thread()));
    other.ip("link set lo up");
    other.ip("address add 10.9.0.2/24 dev v1");
    other.ip("link set v1 up");
    other
}

/// Whether namespaces and filters can be made here; says so when they cannot.
pub(crate) fn is_root() -> bool {
    let root = nix::unistd::geteuid().is_root();
    if !root {
        eprintln!("\n*** SKIPPED: network namespaces and filters need root\n");
    }
    root
}

/// Runs a future on a runtime of its own.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(future)
}

/// A datapath that writes down what it is told. Clones share their state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stub {
    inner: Arc<Mutex<Told>>,
    /// Answers probes.
    probes: Memory,
}

/// What a [`Stub`] was told.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Names of the calls, but `renew` and `contact`, in order; `open` and `close` say so where the virtual
    /// address was on an interface.
    pub(crate) calls: Vec<&'static str>,
    /// What to refuse `open` with.
    pub(crate) refuse_open: Option<String>,
    /// What the module needs, while it is open.
    pub(crate) path: Option<ModulePath>,
    /// The tables in force.
    pub(crate) tables: Vec<Vec<BucketState>>,
    /// The routes in force.
    pub(crate) routes: Routes,
    /// The end of the lease.
    pub(crate) lease: Option<Time>,
    /// Whether it wants the virtual IPv4 addresses on loopback.
    pub(crate) on_loopback: bool,
}

impl Stub {
    /// What it was told so far.
    pub(crate) fn told(&self) -> MutexGuard<'_, Told> {
        self.inner.lock().unwrap()
    }

    /// The buckets that the node may open flows of, in the first group.
    pub(crate) fn mine(&self) -> Vec<usize> {
        let told = self.told();
        let table = told.tables.first().into_iter().flatten().enumerate();
        table
            .filter(|(_, state)| state.is_mine())
            .map(|(bucket, _)| bucket)
            .collect()
    }

    fn tell(&self, call: &'static str, module: &ModuleName) -> Result<(), DatapathError> {
        let mut told = self.told();
        if !["renew", "contact"].contains(&call) {
            told.calls.push(call);
        }
        told.path
            .as_ref()
            .map(drop)
            .ok_or_else(|| DatapathError::NotOpen(module.clone()))
    }
}

impl Datapath for Stub {
    fn backend(&self) -> Backend {
        let [name, hook, why] = ["stub", "none", "it is a test"].map(str::to_owned);
        Backend { name, hook, why }
    }

    fn addresses_on(&self) -> AddressPlace {
        if self.told().on_loopback {
            AddressPlace::Loopback
        } else {
            AddressPlace::Nic
        }
    }

    fn open(&mut self, name: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        let mut told = self.told();
        told.calls.push(if has_vip() {
            "open with address"
        } else {
            "open"
        });
        if let Some(reason) = &told.refuse_open {
            return Err(DatapathError::Unsupported(reason.clone()));
        }
        told.path = Some(path.clone());
        drop(told);
        self.probes.open(name, path)
    }

    fn close(&mut self, name: &ModuleName) -> Result<(), DatapathError> {
        let mut told = self.told();
        told.calls.push(if has_vip() {
            "close with address"
        } else {
            "close"
        });
        *told = Told {
            calls: told.calls.clone(),
            refuse_open: told.refuse_open.clone(),
            on_loopback: told.on_loopback,
            ..Told::default()
        };
        drop(told);
        self.probes.close(name)
    }

    fn install(
        &mut self,
        module: &ModuleName,
        groups: &[Vec<BucketState>],
    ) -> Result<(), DatapathError> {
        self.tell("install", module)?;
        self.told().tables = groups.to_vec();
        Ok(())
    }

    fn rearrange(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError> {
        self.tell("rearrange", module)?;
        self.told().path = Some(path.clone());
        Ok(())
    }

    fn routes(&mut self, module: &ModuleName, routes: &Routes) -> Result<(), DatapathError> {
        self.tell("routes", module)?;
        self.told().routes = routes.clone();
        Ok(())
    }

    fn renew(
        &mut self,
        module: &ModuleName,
        until: Time,
        contact: Option<Time>,
    ) -> Result<(), DatapathError> {
        self.tell("renew", module)?;
        self.told().lease = Some(until);
        self.probes.renew(module, until, contact)
    }

    fn respond_as(&mut self, responder: &Responder) -> Result<(), DatapathError> {
        self.probes.respond_as(responder)
    }

    fn respond(&mut self, words: &mut [u64; WORDS]) -> Result<(), Refused> {
        self.probes.respond(words)
    }

    fn probed(&self) -> Result<Probed, DatapathError> {
        self.probes.probed()
    }

    fn contact(
        &mut self,
        module: &ModuleName,
        contact: &Contact,
    ) -> Result<Vec<(NodeId, Time)>, DatapathError> {
        self.tell("contact", module)?;
        self.probes.contact(module, contact)
    }

    fn counters(&self, module: &ModuleName) -> Result<BTreeMap<String, u64>, DatapathError> {
        let told = self.told();
        told.path
            .as_ref()
            .ok_or_else(|| DatapathError::NotOpen(module.clone()))?;
        Ok(BTreeMap::from([("accept_mine".to_owned(), 3)]))
    }

    /// The bucket is the client's port, so that a test can choose it.
    fn replays(&self, _module: &ModuleName) -> Result<Option<Replays>, DatapathError> {
        Ok(None)
    }

    fn bucket(&self, _: &ModuleName, flow: &FlowQuery) -> Option<(usize, u16)> {
        let told = self.told();
        let vip = told
            .path
            .as_ref()?
            .interfaces
            .iter()
            .any(|one| one.addrs.contains(&flow.vip));
        (vip && flow.port == 80).then_some((0, flow.client_port % 4096))
    }

    fn flows(&self, _: &ModuleName) -> Result<Vec<Vec<u64>>, DatapathError> {
        let tables = &self.told().tables;
        Ok(tables.iter().map(|table| vec![0; table.len()]).collect())
    }

    fn buckets(&self, _: &ModuleName) -> Result<Vec<Vec<BucketState>>, DatapathError> {
        Ok(self.told().tables.clone())
    }

    fn explain(
        &self,
        module: &ModuleName,
        question: &FlowQuestion,
        _: Time,
    ) -> Result<Explained, DatapathError> {
        let FlowTarget::Service {
            vip,
            protocol,
            port,
        } = question.target
        else {
            return Ok(Explained::LacksService);
        };
        let flow = FlowQuery {
            vip,
            protocol,
            client: question.client,
            client_port: question.client_port.unwrap_or(0),
            port,
        };
        let Some((group, bucket)) = self.bucket(module, &flow) else {
            return Ok(Explained::NoRule);
        };
        let decision = Decision {
            verdict: Verdict::Accept,
            reason: Reason::AcceptOpens,
        };
        Ok(Explained::Decided(FlowPath {
            group,
            rule: "tcp port 80 on_port".to_owned(),
            hashed: Filter::OnPort,
            bucket,
            state: self.told().tables[group][usize::from(bucket)],
            opens: decision,
            continues: None,
        }))
    }
}
