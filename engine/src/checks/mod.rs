//! Runs a module's checkers: one task per `<check>`, on the worker's thread, from start to drop.
//!
//! A checker says what it found and nothing else. What follows from it (rules, actions) is the
//! core's, and so is whether a resource is still wanted. Nothing here waits without a limit of time,
//! reads without a limit of bytes, or blocks the thread that it runs on.

mod connections;
mod custom;
mod elsewhere;
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

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Weak};
use std::time::Duration;

use evenkeel_core::config::model::{Check, Probe, Proc};
use evenkeel_core::event::Event;
use evenkeel_core::ids::ModuleName;
use evenkeel_core::module::watched::{Look, Watched};
use evenkeel_core::status::NodeStatus;
use tokio::runtime::Handle;
use tokio::sync::{broadcast, mpsc, watch};
use tokio::task::AbortHandle;

use self::connections::Counted;
use self::custom::Custom;
pub use self::elsewhere::{Authorities, START, STATE};
use self::elsewhere::{Elsewhere, Place};
use self::errd::Process;
use self::http::Http;
use self::local::{Intf, Ip, Read};
use self::other::Other;
use self::pace::Resource;
use self::ping::Ping;
use self::target::{Host, is_this_machine};
use self::tcp::Tcp;
use crate::limits;
use crate::net::changes::Changes;
use crate::scripts::Home;

/// Who looks at other modules, as the log names it.
const MODULE_CHECK: &str = "modulecheck";

/// What a checker found: the first result, and changes after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The resource, as in `tcp.web`.
    pub resource: String,
    /// Its value: `up` or `down`, or a number; `unknown` when it cannot be found out.
    pub value: Cow<'static, str>,
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
    /// Whom the nodes of the cluster believe.
    pub authorities: Authorities,
    /// What happens to them.
    pub events: broadcast::Sender<Event>,
    /// Where the checkers tell what they find; one waits while there is no room.
    pub reports: mpsc::Sender<Told>,
}

/// Checks of a module that were begun together. Dropping it ends them.
#[derive(Debug)]
pub struct Checks {
    running: Vec<Running>,
}

/// A checker that runs.
#[derive(Debug)]
struct Running {
    watched: Watched,
    /// Gone when nobody wants this one any more, though its task may look at others.
    _wanted: Arc<()>,
    _task: Arc<Task>,
}

/// Dropping it ends the task.
#[derive(Debug)]
struct Task(AbortHandle);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Checks {
    /// Starts to look at these. Each looks at once and tells what it found.
    pub fn start(site: &Site, wanted: &[Watched]) -> Self {
        let mut starting = Starting {
            site,
            running: Vec::new(),
        };
        let mut procs: BTreeMap<Duration, Vec<(&Watched, &Proc)>> = BTreeMap::new();
        let mut counted = Vec::new();
        for watched in wanted {
            match &watched.look {
                Look::Check(check) => starting.check(watched, check),
                Look::Link(index) => {
                    if let Some(nic) = site.nics.get(*index) {
                        starting.intf(watched, Intf::Named(nic.name.clone()));
                    }
                }
                Look::Address(addr) => starting.ip(watched, *addr, limits::INTERFACES_RECHECK),
                Look::Connections(addr) => counted.push((watched, *addr)),
                // Those with the same interval are looked at together.
                Look::Proc(proc) => {
                    let same = procs.entry(proc.polltimer).or_default();
                    same.push((watched, proc.as_ref()));
                }
            }
        }
        for (polltimer, procs) in procs {
            starting.procs(polltimer, &procs);
        }
        starting.connections(&counted);
        let running = starting.running;
        Self { running }
    }

    /// Ends those that look at something else than these.
    pub fn retain(&mut self, wanted: &[Watched]) {
        let is_wanted = |one: &Running| wanted.iter().any(|other| one.watched.is_same(other));
        self.running.retain(is_wanted);
    }

    /// Whether none of them is left.
    pub const fn is_empty(&self) -> bool {
        self.running.is_empty()
    }

    /// Whether one of them looks at this, in the same way.
    pub fn has(&self, watched: &Watched) -> bool {
        self.running.iter().any(|one| one.watched.is_same(watched))
    }

    /// Whether one of them sets this resource.
    pub fn sets(&self, resource: &str) -> bool {
        self.running
            .iter()
            .any(|one| one.watched.resource == resource)
    }
}

struct Starting<'a> {
    site: &'a Site,
    running: Vec<Running>,
}

impl Starting<'_> {
    fn check(&mut self, watched: &Watched, check: &Check) {
        match &check.probe {
            Probe::Tcp {
                addr,
                port,
                interval,
                timeout,
            } => {
                let tcp = Tcp::new(Host::new(addr), *port, *timeout);
                self.look(watched, "tcpcheck", *interval, tcp);
            }
            Probe::Ping {
                addr,
                interval,
                timeout,
            } => {
                let ping = Ping::new(Host::new(addr), *timeout);
                self.look(watched, "pingcheck", *interval, ping);
            }
            Probe::Http(probe) => {
                let http = Http::new(probe.clone());
                self.look(watched, "httpcheck", probe.interval, http);
            }
            Probe::Intf { local_addr } => self.intf(watched, Intf::With(*local_addr)),
            Probe::Ip { addr, interval } => self.ip(watched, *addr, *interval),
            Probe::Custom { exec, arg } => self.custom(watched, exec, arg.as_deref()),
            Probe::Module {
                name,
                addr,
                port,
                secure,
                interval,
                timeout,
            } => match addr.as_deref().filter(|addr| !is_this_machine(addr)) {
                None => self.other(watched, name, *interval),
                Some(addr) => {
                    let place = Place {
                        addr: addr.to_owned(),
                        port: *port,
                        secure: *secure,
                        timeout: *timeout,
                    };
                    let authorities = self.site.authorities.clone();
                    let elsewhere = Elsewhere::new(name, place, authorities);
                    self.look(watched, MODULE_CHECK, *interval, elsewhere);
                }
            },
        }
    }

    fn other(&mut self, watched: &Watched, name: &str, interval: Duration) {
        let other = Other::new(name, self.site.status.clone());
        let resource = self.resource(watched, MODULE_CHECK);
        let events = self.site.events.subscribe();
        self.run(watched, other::run(other, events, interval, resource));
    }

    fn look(
        &mut self,
        watched: &Watched,
        by: &'static str,
        interval: Duration,
        look: impl pace::Look,
    ) {
        let resource = self.resource(watched, by);
        self.run(watched, pace::run(look, interval, resource));
    }

    fn intf(&mut self, watched: &Watched, intf: Intf) {
        self.read(watched, "intfcheck", limits::INTERFACES_RECHECK, intf);
    }

    fn ip(&mut self, watched: &Watched, addr: IpAddr, interval: Duration) {
        self.read(watched, "ipcheck", interval, Ip { addr });
    }

    fn read(&mut self, watched: &Watched, by: &'static str, interval: Duration, what: impl Read) {
        let resource = self.resource(watched, by);
        let changes = self.site.changes.clone();
        self.run(watched, local::run(what, changes, interval, resource));
    }

    fn custom(&mut self, watched: &Watched, exec: &str, arg: Option<&str>) {
        let resource = self.resource(watched, "customcheck");
        let custom = Custom {
            home: self.site.home.clone(),
            resource: watched.resource.clone(),
            exec: exec.to_owned(),
            arg: arg.map(str::to_owned),
        };
        self.run(watched, custom::run(custom, resource));
    }

    fn procs(&mut self, polltimer: Duration, procs: &[(&Watched, &Proc)]) {
        let env = self.site.home.env.clone();
        let each = |proc: &&Proc, resource, wanted| Process::new((*proc).clone(), resource, wanted);
        self.together("errd", procs, each, |all| errd::run(all, polltimer, env));
    }

    fn connections(&mut self, counted: &[(&Watched, IpAddr)]) {
        let each = |addr: &IpAddr, resource, wanted| Counted::new(*addr, resource, wanted);
        self.together("connectionscheck", counted, each, connections::run);
    }

    /// One task looks at all of them, each as long as it is wanted.
    fn together<T, One, F>(
        &mut self,
        by: &'static str,
        looks: &[(&Watched, T)],
        each: impl Fn(&T, Resource, Weak<()>) -> One,
        run: impl FnOnce(Vec<One>) -> F,
    ) where
        F: Future<Output = ()> + Send + 'static,
    {
        if looks.is_empty() {
            return;
        }
        let wanted: Vec<Arc<()>> = looks.iter().map(|_| Arc::default()).collect();
        let all = looks.iter().zip(&wanted).map(|((watched, look), wanted)| {
            each(look, self.resource(watched, by), Arc::downgrade(wanted))
        });
        let task = self.spawn(run(all.collect()));
        for ((watched, _), wanted) in looks.iter().zip(wanted) {
            self.running.push(Running {
                watched: (*watched).clone(),
                _wanted: wanted,
                _task: task.clone(),
            });
        }
    }

    fn resource(&self, watched: &Watched, by: &'static str) -> Resource {
        Resource::new(watched.resource.clone(), by, self.site.reports.clone())
    }

    /// This one has a task of its own.
    fn run(&mut self, watched: &Watched, task: impl Future<Output = ()> + Send + 'static) {
        let task = self.spawn(task);
        self.running.push(Running {
            watched: watched.clone(),
            _wanted: Arc::default(),
            _task: task,
        });
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) -> Arc<Task> {
        let task = self.site.runtime.spawn(task);
        Arc::new(Task(task.abort_handle()))
    }
}
