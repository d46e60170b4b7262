//! Runs a module's checkers: one task per `<check>`, on the worker's thread, from start to drop.
//!
//! A checker says what it found and nothing else. What follows from it (rules, actions) is the
//! core's, and so is whether a resource is still wanted. Nothing here waits without a limit of time,
//! reads without a limit of bytes, or blocks the thread that it runs on.

mod custom;
mod errd;
mod http;
mod local;
mod other;
mod pace;
mod ping;
mod posix;
mod processes;
mod services;
mod target;
mod tcp;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use evenkeel_core::config::model::{Check, CheckWhen, InterfaceConfig, ModuleConfig, Probe, Proc};
use evenkeel_core::event::Event;
use evenkeel_core::ids::ModuleName;
use evenkeel_core::module::switches::CheckKind;
use evenkeel_core::status::NodeStatus;
use tokio::runtime::Handle;
use tokio::sync::{broadcast, mpsc, watch};
use tokio::task::AbortHandle;

use self::custom::Custom;
use self::errd::Watched;
use self::http::Http;
use self::local::{Intf, Ip, Read};
use self::other::Other;
use self::pace::{Look, Resource};
use self::ping::Ping;
use self::target::Host;
use self::tcp::Tcp;
use crate::limits;
use crate::net::changes::Changes;
use crate::scripts::Home;

/// What a checker found: the first result, and changes after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The resource, as in `tcp.web`.
    pub resource: String,
    /// Its value: `up` or `down`; `unknown` when it cannot be found out.
    pub value: &'static str,
    /// Who found it, as the log names it: `tcpcheck`.
    pub by: &'static str,
    /// Why it is not up, in words.
    pub reason: Option<String>,
}

/// What the checkers of a module tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// How a resource is.
    Found(Report),
    /// Another module that this one depends on was restarted in place.
    OtherRestarted(ModuleName),
}

/// A network interface with virtual addresses of the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nic {
    /// Its name on this machine.
    pub name: String,
    /// The address of the network that its first virtual address is in: its resource is called after
    /// it.
    pub network: IpAddr,
}

/// Where a module's checkers run, and whom they tell.
#[derive(Clone, Debug)]
pub struct Site {
    /// The runtime on which they run.
    pub runtime: Handle,
    /// Where their programs run.
    pub home: Home,
    /// The module's interfaces, in the order of the configuration.
    pub nics: Vec<Nic>,
    /// When to look at the machine's interfaces.
    pub changes: Changes,
    /// How the modules of this node are.
    pub status: watch::Receiver<Arc<NodeStatus>>,
    /// What happens to them.
    pub events: broadcast::Sender<Event>,
    /// Where the checkers tell what they find; one waits while there is no room.
    pub reports: mpsc::Sender<Told>,
}

/// The checks of a kind of a module that run at a time. Dropping it ends them.
#[derive(Debug)]
pub struct Checks {
    tasks: Vec<AbortHandle>,
}

impl Checks {
    /// Starts the checks of a module of this kind whose time is `when`. Each looks at once and tells what
    /// it found.
    pub fn start(site: &Site, config: &ModuleConfig, when: CheckWhen, kind: CheckKind) -> Self {
        let mut starting = Starting {
            site,
            tasks: Vec::new(),
        };
        match kind {
            CheckKind::Checker => {
                for check in config.checks.iter().filter(|check| check.when == when) {
                    starting.check(check);
                }
                starting.implied(config, when);
            }
            CheckKind::Errd => {
                let procs = config.procs.iter();
                starting.procs(procs.filter(|proc| proc.when() == when && proc.class().is_none()));
            }
        }
        let tasks = starting.tasks;
        Self { tasks }
    }

    /// Starts to look at the processes of a class that scripts switch.
    pub fn start_class(site: &Site, config: &ModuleConfig, class: &str) -> Self {
        let mut starting = Starting {
            site,
            tasks: Vec::new(),
        };
        let procs = config.procs.iter();
        starting.procs(procs.filter(|proc| proc.class() == Some(class)));
        let tasks = starting.tasks;
        Self { tasks }
    }
}

impl Drop for Checks {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

struct Starting<'a> {
    site: &'a Site,
    tasks: Vec<AbortHandle>,
}

impl Starting<'_> {
    fn check(&mut self, check: &Check) {
        match &check.probe {
            Probe::Tcp {
                addr,
                port,
                interval,
                timeout,
            } => {
                let tcp = Tcp::new(Host::new(addr), *port, *timeout);
                self.look(check, "tcpcheck", *interval, tcp);
            }
            Probe::Ping {
                addr,
                interval,
                timeout,
            } => {
                let ping = Ping::new(Host::new(addr), *timeout);
                self.look(check, "pingcheck", *interval, ping);
            }
            Probe::Http(probe) => {
                let http = Http::new(probe.clone());
                self.look(check, "httpcheck", probe.interval, http);
            }
            Probe::Intf { local_addr } => {
                self.intf(check.resource(), Intf::With(*local_addr));
            }
            Probe::Ip { addr, interval } => self.ip(check.resource(), *addr, *interval),
            Probe::Custom { exec, arg } => self.custom(check, exec, arg.as_deref()),
            Probe::Module {
                name,
                addr,
                interval,
                ..
            } => {
                let site = self.site;
                let other = Other::new(name, addr.as_deref(), site.status.clone());
                let resource = self.resource(check.resource(), "modulecheck");
                self.spawn(other::run(
                    other,
                    site.events.subscribe(),
                    *interval,
                    resource,
                ));
            }
        }
    }

    fn look(&mut self, check: &Check, by: &'static str, interval: Duration, look: impl Look) {
        let resource = self.resource(check.resource(), by);
        self.spawn(pace::run(look, interval, resource));
    }

    /// What `check="on"` of interfaces and virtual addresses stands for, where the file does not name a
    /// checker of the same name.
    fn implied(&mut self, config: &ModuleConfig, when: CheckWhen) {
        let named: BTreeSet<String> = config.checks.iter().map(Check::resource).collect();
        let interfaces = config.interfaces();
        for (interface, nic) in interfaces.zip(&self.site.nics) {
            let intf = InterfaceConfig::resource(nic.network);
            if when == CheckWhen::Pre && interface.check && !named.contains(&intf) {
                self.intf(intf, Intf::Named(nic.name.clone()));
            }
            let addrs = interface.addrs.iter().filter(|addr| addr.check);
            for addr in addrs {
                let ip = addr.resource();
                if when == CheckWhen::Both && !named.contains(&ip) {
                    self.ip(ip, addr.addr, limits::INTERFACES_RECHECK);
                }
            }
        }
    }

    fn intf(&mut self, resource: String, intf: Intf) {
        self.read(resource, "intfcheck", limits::INTERFACES_RECHECK, intf);
    }

    fn ip(&mut self, resource: String, addr: IpAddr, interval: Duration) {
        self.read(resource, "ipcheck", interval, Ip { addr });
    }

    fn read(&mut self, resource: String, by: &'static str, interval: Duration, what: impl Read) {
        let resource = self.resource(resource, by);
        let changes = self.site.changes.clone();
        self.spawn(local::run(what, changes, interval, resource));
    }

    fn custom(&mut self, check: &Check, exec: &str, arg: Option<&str>) {
        let resource = self.resource(check.resource(), "customcheck");
        let custom = Custom {
            home: self.site.home.clone(),
            resource: check.resource(),
            exec: exec.to_owned(),
            arg: arg.map(str::to_owned),
        };
        self.spawn(custom::run(custom, resource));
    }

    /// The processes with the same interval are looked at together.
    fn procs<'p>(&mut self, procs: impl Iterator<Item = &'p Proc>) {
        let mut by_interval: BTreeMap<Duration, Vec<Watched>> = BTreeMap::new();
        for proc in procs {
            let resource = self.resource(proc.resource(), "errd");
            let watched = Watched::new(proc.clone(), resource);
            by_interval.entry(proc.polltimer).or_default().push(watched);
        }
        for (polltimer, watched) in by_interval {
            let env = self.site.home.env.clone();
            self.spawn(errd::run(watched, polltimer, env));
        }
    }

    fn resource(&self, name: String, by: &'static str) -> Resource {
        Resource::new(name, by, self.site.reports.clone())
    }

    fn spawn(&mut self, task: impl Future<Output = ()> + Send + 'static) {
        let task = self.site.runtime.spawn(task);
        self.tasks.push(task.abort_handle());
    }
}
