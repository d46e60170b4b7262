//! A module whose checkers run, and what they report.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use evenkeel_core::config::model::{
    Boot, Check, CheckWhen, HttpProbe, ModuleConfig, Probe, UserConfig,
};
use evenkeel_core::config::read_module;
use evenkeel_core::event::Event;
use evenkeel_core::ids::{ModuleName, Time};
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::module::switches::Switches;
use evenkeel_core::module::watched::{Watched, watched};
use evenkeel_core::node::{Node, NodeConfig};
use evenkeel_core::status::{LoopStatus, ModuleStatus, NodeStatus};
use evenkeel_engine::checks::{Authorities, Checks, Nic, Report, Site, Told};
use evenkeel_engine::net::changes;
use evenkeel_engine::scripts::Home;
use tokio::runtime::Handle;
use tokio::sync::{broadcast, mpsc, watch};

use crate::common::{Farm, shop};

/// Longer than anything here takes on the busiest machine.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// The network of the virtual address.
const NETWORK: [u8; 4] = [10, 9, 0, 0];

/// Running checkers.
pub(crate) struct Bench {
    checks: Vec<Checks>,
    home: Home,
    tell: mpsc::Sender<Told>,
    reports: mpsc::Receiver<Told>,
    status: watch::Sender<Arc<NodeStatus>>,
    events: broadcast::Sender<Event>,
}

impl Bench {
    /// Starts the checkers of time `when` in these elements of a `<service>`.
    pub(crate) fn start(elements: &str, when: CheckWhen) -> Self {
        Self::run(home(Path::new("/nonexistent")), &config(elements), when)
    }

    /// Starts those that run with the application, of a module in this folder.
    pub(crate) fn both_in(folder: &Path, elements: &str) -> Self {
        Self::run(home(folder), &config(elements), CheckWhen::Both)
    }

    /// Starts those that run with the application; programs are looked for in these folders.
    pub(crate) fn with_path(path: &str, elements: &str) -> Self {
        let mut home = home(Path::new("/nonexistent"));
        home.env.insert("PATH".to_owned(), path.to_owned());
        Self::run(home, &config(elements), CheckWhen::Both)
    }

    /// Starts those that `check="on"` of interface and virtual address stands for.
    pub(crate) fn implied(when: CheckWhen) -> Self {
        let mut config = config("");
        for interface in &mut config.vip.as_mut().unwrap().interfaces {
            interface.check = true;
            interface
                .addrs
                .iter_mut()
                .for_each(|addr| addr.check = true);
        }
        Self::run(home(Path::new("/nonexistent")), &config, when)
    }

    fn run(home: Home, config: &ModuleConfig, when: CheckWhen) -> Self {
        let (tell, reports) = mpsc::channel(16);
        let events = broadcast::Sender::new(16);
        let node = Farm::new(1).config(0);
        let told = NodeConfig {
            node: node.node,
            cluster: node.cluster,
            keys: node.keys,
            incarnation: node.incarnation,
            kernel_answers: false,
            may_reboot: false,
        };
        let now = Time(0);
        let status = watch::Sender::new(Arc::new(Node::new(told, now).status(now)));
        let mut bench = Self {
            checks: Vec::new(),
            home,
            tell,
            reports,
            status,
            events,
        };
        bench.begin(&watched_at(config, when));
        bench
    }

    fn begin(&mut self, wanted: &[Watched]) {
        let site = Site {
            runtime: Handle::current(),
            home: self.home.clone(),
            nics: vec![Nic {
                name: "v0".to_owned(),
                network: NETWORK.into(),
            }],
            changes: changes::watch().unwrap(),
            status: self.status.subscribe(),
            events: self.events.clone(),
            authorities: Authorities::default(),
            reports: self.tell.clone(),
        };
        self.checks.push(Checks::start(&site, wanted));
    }

    /// The module has other checkers of time `when` from here on: those that are to begin, once the others
    /// have ended.
    pub(crate) fn exchange(&mut self, elements: &str, when: CheckWhen) {
        let mut wanted = watched_at(&config(elements), when);
        for checks in &mut self.checks {
            checks.retain(&wanted);
            wanted.retain(|one| !checks.has(one));
        }
        self.begin(&wanted);
    }

    /// Another module of the node has this state from here on.
    pub(crate) fn module(&self, name: &str, state: ModuleState) {
        let module: ModuleName = name.to_owned().try_into().unwrap();
        let event = Event::StateChanged {
            module: module.clone(),
            state,
        };
        self.status.send_modify(|status| {
            let modules = &mut Arc::make_mut(status).modules;
            modules.retain(|one| one.module != module);
            modules.push(ModuleStatus {
                module,
                state,
                started: None,
                boot: Boot::default(),
                epoch: None,
                members: Vec::new(),
                entry: None,
                drain: None,
                groups: Vec::new(),
                reason: None,
                checks: Switches::default(),
                classes: BTreeMap::new(),
                resources: Vec::new(),
                rule: None,
                withdrawn: Vec::new(),
                loops: LoopStatus {
                    count: 0,
                    max: 3,
                    interval: Duration::ZERO,
                    since: None,
                },
            });
        });
        self.events.send(event).unwrap();
    }

    /// Starts the checkers that run with the application.
    pub(crate) fn both(elements: &str) -> Self {
        Self::start(elements, CheckWhen::Both)
    }

    /// What is told next.
    pub(crate) async fn told(&mut self) -> Told {
        let told = tokio::time::timeout(DEADLINE, self.reports.recv()).await;
        told.expect("something is told").expect("the checkers run")
    }

    async fn next(&mut self) -> Report {
        match self.told().await {
            Told::Found(report) => report,
            told @ Told::OtherRestarted(_) => panic!("{told:?}"),
        }
    }

    /// The next report says that this resource is up.
    pub(crate) async fn is_up(&mut self, resource: &str) {
        assert_eq!(self.is("up", resource).await, None);
    }

    /// The next report says that this resource is down, and why.
    pub(crate) async fn is_down(&mut self, resource: &str) -> String {
        self.is("down", resource).await.expect("a reason")
    }

    /// The next report says that nobody knows how this resource is, and why.
    pub(crate) async fn is_unknown(&mut self, resource: &str) -> String {
        self.is("unknown", resource).await.expect("a reason")
    }

    async fn is(&mut self, value: &str, resource: &str) -> Option<String> {
        let report = self.next().await;
        let found = (report.resource.as_str(), &*report.value);
        assert_eq!(found, (resource, value), "{report:?}");
        report.reason
    }
}

/// Where the module's programs run.
fn home(folder: &Path) -> Home {
    Home {
        module: shop(),
        folder: folder.to_owned(),
        user: UserConfig::default(),
        node: "node1".to_owned(),
        env: BTreeMap::new(),
    }
}

/// A module with virtual address 10.9.0.99 and these elements.
fn config(elements: &str) -> ModuleConfig {
    let text = format!(
        r#"<safe><service mode="farm"><farm><lan name="default"/></farm>
        <vip><interface_list><interface check="off" arpreroute="off">
        <virtual_interface type="vmac_directed"><virtual_addr addr="10.9.0.99" where="alias"
        check="off"/>
        </virtual_interface></interface></interface_list>
        <loadbalancing_list><group name="web"><rule port="80" proto="tcp" filter="on_addr"/></group>
        </loadbalancing_list></vip>{elements}</service></safe>"#
    );
    let (config, problems) = read_module(&text, &BTreeMap::new(), &BTreeMap::new(), None);
    let mut config = config.unwrap_or_else(|| panic!("{problems:?}"));
    config.checks.iter_mut().for_each(hurry);
    config
}

/// What is looked at at this time, where no class of processes has to be switched on for it.
fn watched_at(config: &ModuleConfig, when: CheckWhen) -> Vec<Watched> {
    let all = watched(config, &[NETWORK.into()]).into_iter();
    all.filter(|one| one.when == when && one.class.is_none())
        .collect()
}

/// Shorter times than a file can say.
fn hurry(check: &mut Check) {
    let (often, soon) = (Duration::from_millis(50), Duration::from_millis(500));
    match &mut check.probe {
        Probe::Tcp {
            interval, timeout, ..
        }
        | Probe::Ping {
            interval, timeout, ..
        }
        | Probe::Module {
            interval, timeout, ..
        }
        | Probe::Http(HttpProbe {
            interval, timeout, ..
        }) => (*interval, *timeout) = (often, soon),
        Probe::Ip { .. } | Probe::Intf { .. } | Probe::Custom { .. } => {}
    }
}
