//! What is looked at for a module, and how: what the shell runs checkers for, and the core has resources of.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::rules::names;
use super::switches::CheckKind;
use crate::config::model::{
    Check, CheckAction, CheckWhen, InterfaceConfig, ModuleConfig, Probe, Proc, ProcAction,
    VirtualAddr,
};

/// What the shell looks at for a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// The resource that it sets, as in `tcp.web`.
    pub resource: String,
    /// When.
    pub when: CheckWhen,
    /// Only while scripts have switched this class on.
    pub class: Option<String>,
    /// Whether its first result comes within the first round of checks. That of a process with
    /// `start_after` comes later, that of a program may never come where no rule asks for it, a number of
    /// connections is neither good nor bad: nothing waits for these.
    pub prompt: bool,
    /// How.
    pub look: Look,
}

/// How something is looked at, without what follows from it: who looks in the same way goes on when
/// the module gets another configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// As a `<check>` says, whose action is none here.
    Check(Box<Check>),
    /// At the link of the interface at this position of the configuration.
    Link(usize),
    /// Whether this virtual address is configured.
    Address(IpAddr),
    /// At the number of connections that this virtual address has.
    Connections(IpAddr),
    /// As a `<proc>` says, whose action is none here.
    Proc(Box<Proc>),
}

impl Watched {
    /// Whether another one looks at the same, in the same way and at the same time.
    pub fn is_same(&self, other: &Self) -> bool {
        self.resource == other.resource && self.when == other.when && self.look == other.look
    }

    /// Whether it begins and ends with the checks of this time and kind, not with a class.
    pub fn is_of(&self, when: CheckWhen, kind: CheckKind) -> bool {
        self.when == when && self.class.is_none() && CheckKind::of(&self.resource) == kind
    }

    /// Whether it begins and ends with this class of processes.
    pub fn is_of_class(&self, class: &str) -> bool {
        self.class.as_deref() == Some(class)
    }

    fn check(check: &Check, matters: bool) -> Self {
        Self {
            prompt: matters || !matches!(check.probe, Probe::Custom { .. }),
            resource: check.resource(),
            when: check.when,
            class: None,
            look: Look::Check(Box::new(Check {
                action: CheckAction::Noaction,
                ..check.clone()
            })),
        }
    }

    fn connections(addr: &VirtualAddr) -> Self {
        let resource = addr.connections_resource();
        Self {
            prompt: false,
            ..Self::implied(resource, CheckWhen::Both, Look::Connections(addr.addr))
        }
    }

    fn implied(resource: String, when: CheckWhen, look: Look) -> Self {
        Self {
            resource,
            when,
            class: None,
            prompt: true,
            look,
        }
    }
}

impl From<&Proc> for Watched {
    fn from(proc: &Proc) -> Self {
        Self {
            resource: proc.resource(),
            when: proc.when(),
            class: proc.class().map(str::to_owned),
            // n cycles are n - 1 intervals.
            prompt: proc.start_after <= 1,
            look: Look::Proc(Box::new(Proc {
                action: ProcAction::Noaction,
                restart_services: Vec::new(),
                ..proc.clone()
            })),
        }
    }
}

/// All that is looked at for a module: its checkers, those that `check="on"` of interfaces and virtual
/// addresses stands for where no checker has the same name, the connections of addresses, and its monitored
/// processes. `networks` has the
/// address of the network of each configured interface, after which their resources are called; where it is
/// shorter, the first virtual address stands for it.
pub fn watched(config: &ModuleConfig, networks: &[IpAddr]) -> Vec<Watched> {
    let rules = config.rules();
    let mut all: Vec<Watched> = config
        .checks
        .iter()
        .map(|check| {
            let resource = check.resource();
            let matters = rules.iter().any(|rule| names(&rule.condition, &resource));
            Watched::check(check, matters)
        })
        .collect();
    let named: BTreeSet<String> = all.iter().map(|one| one.resource.clone()).collect();
    let implied = implied(config, networks);
    all.extend(implied.filter(|one| !named.contains(&one.resource)));
    all.extend(config.procs.iter().map(Watched::from));
    all
}

fn implied(config: &ModuleConfig, networks: &[IpAddr]) -> impl Iterator<Item = Watched> {
    let interfaces = config.interfaces().enumerate();
    let links = interfaces.filter(|(_, interface)| interface.check);
    let links = links.filter_map(|(index, interface)| {
        let first = || interface.addrs.first().map(|addr| addr.addr);
        let network = networks.get(index).copied().or_else(first)?;
        let resource = InterfaceConfig::resource(network);
        Some(Watched::implied(
            resource,
            CheckWhen::Pre,
            Look::Link(index),
        ))
    });
    let all = || config.interfaces().flat_map(|interface| &interface.addrs);
    let addrs = all().filter(|addr| addr.check);
    let addrs = addrs
        .map(|addr| Watched::implied(addr.resource(), CheckWhen::Both, Look::Address(addr.addr)));
    let counted = all().filter(|addr| addr.connections);
    links.chain(addrs).chain(counted.map(Watched::connections))
}
