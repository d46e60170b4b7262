//! A module whose checkers run, and what they report.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use evenkeel_core::config::model::{Check, CheckWhen, HttpProbe, ModuleConfig, Probe, UserConfig};
use evenkeel_core::config::read_module;
use evenkeel_core::ids::{ModuleName, Time};
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::node::{Node, NodeConfig};
use evenkeel_core::status::{ModuleStatus, NodeStatus};
use evenkeel_engine::checks::{Checks, Report, Site};
use evenkeel_engine::net::changes;
use evenkeel_engine::scripts::Home;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, watch};

use crate::common::{Farm, shop};

/// Longer than anything here takes on the busiest machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// Running checkers.
pub(crate) struct Bench {
    _checks: Checks,
    reports: mpsc::Receiver<Report>,
    status: watch::Sender<Arc<NodeStatus>>,
}

impl Bench {
    /// Starts the checkers of time `when` in these elements of a `<service>`.
    pub(crate) fn start(elements: &str, when: CheckWhen) -> Self {
        Self::run(home(Path::new("/nonexistent")), elements, when)
    }

    /// Starts those that run with the application, of a module in this folder.
    pub(crate) fn both_in(folder: &Path, elements: &str) -> Self {
        Self::run(home(folder), elements, CheckWhen::Both)
    }

    /// Starts those that run with the application; programs are looked for in these folders.
    pub(crate) fn with_path(path: &str, elements: &str) -> Self {
        let mut home = home(Path::new("/nonexistent"));
        home.env.insert("PATH".to_owned(), path.to_owned());
        Self::run(home, elements, CheckWhen::Both)
    }

    fn run(home: Home, elements: &str, when: CheckWhen) -> Self {
        let (tell, reports) = mpsc::channel(16);
        let node = Farm::new(1).config(0);
        let told = NodeConfig {
            node: node.node,
            cluster: node.cluster,
            keys: node.keys,
            incarnation: node.incarnation,
            kernel_answers: false,
        };
        let now = Time(0);
        let (status, watching) = watch::channel(Arc::new(Node::new(told, now).status(now)));
        let site = Site {
            runtime: Handle::current(),
            home,
            changes: changes::watch().unwrap(),
            status: watching,
            reports: tell,
        };
        Self {
            _checks: Checks::start(&site, &config(elements), when),
            reports,
            status,
        }
    }

    /// Another module of the node has this state from here on.
    pub(crate) fn module(&self, name: &str, state: ModuleState) {
        let module: ModuleName = name.to_owned().try_into().unwrap();
        self.status.send_modify(|status| {
            let modules = &mut Arc::make_mut(status).modules;
            modules.retain(|one| one.module != module);
            modules.push(ModuleStatus {
                module,
                state,
                epoch: None,
                members: Vec::new(),
                entry: None,
                groups: Vec::new(),
                reason: None,
            });
        });
    }

    /// A report, if there is one soon.
    pub(crate) async fn soon(&mut self) -> Option<Report> {
        let soon = Duration::from_millis(200);
        tokio::time::timeout(soon, self.reports.recv())
            .await
            .ok()
            .flatten()
    }

    /// Starts the checkers that run with the application.
    pub(crate) fn both(elements: &str) -> Self {
        Self::start(elements, CheckWhen::Both)
    }

    /// The next report.
    pub(crate) async fn next(&mut self) -> Report {
        let report = tokio::time::timeout(DEADLINE, self.reports.recv()).await;
        report.expect("a report").expect("the checkers run")
    }

    /// The next report says that this resource is up.
    pub(crate) async fn is_up(&mut self, resource: &str) {
        let report = self.next().await;
        let found = (report.resource.as_str(), report.reason.as_deref());
        assert_eq!(found, (resource, None));
    }

    /// The next report says that this resource is down, and why.
    pub(crate) async fn is_down(&mut self, resource: &str) -> String {
        let report = self.next().await;
        let found = (report.resource.as_str(), report.up);
        assert_eq!(found, (resource, false), "{report:?}");
        report.reason.expect("a reason")
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
        <virtual_interface type="vmac_directed"><virtual_addr addr="10.9.0.99" where="alias"/>
        </virtual_interface></interface></interface_list>
        <loadbalancing_list><group name="web"><rule port="80" proto="tcp" filter="on_addr"/></group>
        </loadbalancing_list></vip>{elements}</service></safe>"#
    );
    let (config, problems) = read_module(&text, &BTreeMap::new(), &BTreeMap::new(), None);
    let mut config = config.unwrap_or_else(|| panic!("{problems:?}"));
    config.checks.iter_mut().for_each(hurry);
    config
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
