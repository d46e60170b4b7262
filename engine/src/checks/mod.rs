//! Runs a module's checkers: one task per `<check>`, on the worker's thread, from start to drop.
//!
//! A checker says what it found and nothing else. What follows from it (rules, actions) is the
//! core's, and so is whether a resource is still wanted. Nothing here waits without a limit of time,
//! reads without a limit of bytes, or blocks the thread that it runs on.

mod http;
mod local;
mod pace;
mod ping;
mod target;
mod tcp;
mod words;

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use evenkeel_core::config::model::{Check, CheckWhen, ModuleConfig, Probe};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use self::http::Http;
use self::pace::{Look, Resource};
use self::ping::Ping;
use self::target::Host;
use self::tcp::Tcp;

/// What a checker found: the first result, and changes after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The resource, as in `tcp.web`.
    pub resource: String,
    /// Its value: `up`, else `down`.
    pub up: bool,
    /// Who found it, as the log names it: `tcpcheck`.
    pub by: &'static str,
    /// Why it is down, in words.
    pub reason: Option<String>,
}

/// Where a module's checkers run, and whom they tell.
#[derive(Clone, Debug)]
pub struct Site {
    /// The runtime on which they run.
    pub runtime: Handle,
    /// Where reports go; a checker waits while there is no room.
    pub reports: mpsc::Sender<Report>,
}

/// The checkers of a module that run at a time. Dropping it ends them.
#[derive(Debug)]
pub struct Checks {
    tasks: Vec<AbortHandle>,
}

impl Checks {
    /// Starts the checkers of a module whose time is `when`. Each looks at once and tells what it
    /// found.
    pub fn start(site: &Site, config: &ModuleConfig, when: CheckWhen) -> Self {
        let mut starting = Starting {
            site,
            own: own_addresses(config),
            tasks: Vec::new(),
        };
        for check in config.checks.iter().filter(|check| check.when == when) {
            starting.check(check);
        }
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

/// The module's virtual addresses.
fn own_addresses(config: &ModuleConfig) -> BTreeSet<IpAddr> {
    let interfaces = config.vip.iter().flat_map(|vip| &vip.interfaces);
    let addrs = interfaces.flat_map(|interface| &interface.addrs);
    addrs.map(|one| one.addr).collect()
}

struct Starting<'a> {
    site: &'a Site,
    own: BTreeSet<IpAddr>,
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
                let tcp = Tcp::new(self.host(addr), *port, *timeout);
                self.look(check, "tcpcheck", *interval, tcp);
            }
            Probe::Ping {
                addr,
                interval,
                timeout,
            } => {
                let ping = Ping::new(self.host(addr), *timeout);
                self.look(check, "pingcheck", *interval, ping);
            }
            Probe::Http(probe) => {
                let http = Http::new(probe.clone(), self.host(&probe.addr));
                self.look(check, "httpcheck", probe.interval, http);
            }
            Probe::Intf { .. } | Probe::Ip { .. } | Probe::Custom { .. } | Probe::Module { .. } => {
            }
        }
    }

    fn host(&self, addr: &str) -> Host {
        Host::new(addr, &self.own)
    }

    fn look(&mut self, check: &Check, by: &'static str, interval: Duration, look: impl Look) {
        let resource = Resource::new(check.resource(), by, self.site.reports.clone());
        let task = self.site.runtime.spawn(pace::run(look, interval, resource));
        self.tasks.push(task.abort_handle());
    }
}
