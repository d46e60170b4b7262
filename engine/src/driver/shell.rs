//! What the driver knows of a module beside the core: its interfaces, and what is in force.

use std::collections::BTreeSet;
use std::net::IpAddr;

use evenkeel_core::config::model::{GroupConfig, InterfaceConfig, ModuleConfig, VipConfig};
use evenkeel_core::ids::Epoch;
use evenkeel_packet::bucket::BucketState;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use crate::driver::checks::Running;
use crate::driver::live::Change;
use crate::ports::{GroupPath, InterfacePath, Mac};

/// A configured module.
#[derive(Debug)]
pub(crate) struct Shell {
    pub(crate) config: ModuleConfig,
    /// One per configured interface, as last found.
    pub(crate) interfaces: Vec<InterfacePath>,
    /// The filter is in place.
    pub(crate) open: bool,
    /// It is about to go, with the virtual addresses before it.
    closing: bool,
    /// Another configuration is on its way; the interfaces have the virtual addresses of both.
    pub(crate) change: Option<Change>,
    /// The tables in force, with their epoch.
    pub(crate) tables: Option<(Epoch, Vec<Vec<BucketState>>)>,
    /// The datapath refused a table: what is in force is not what the core believes, so nothing
    /// may be accepted.
    pub(crate) fenced: bool,
    /// The last renewal of the lease failed.
    pub(crate) lease_failing: bool,
    /// The checkers that run.
    pub(crate) checks: Vec<Running>,
    /// Kills what runs of its scripts and programs.
    pub(crate) kill: watch::Sender<()>,
    announcements: Vec<(IpAddr, AbortHandle)>,
    listening: Option<AbortHandle>,
}

impl Shell {
    pub(crate) fn new(config: ModuleConfig, interfaces: Vec<InterfacePath>) -> Self {
        Self {
            config,
            interfaces,
            open: false,
            closing: false,
            change: None,
            tables: None,
            fenced: false,
            lease_failing: false,
            checks: Vec::new(),
            kill: watch::Sender::new(()),
            announcements: Vec::new(),
            listening: None,
        }
    }

    /// The groups with their rules.
    pub(crate) fn groups(&self) -> Vec<GroupPath> {
        let groups = self.vip().into_iter().flat_map(|vip| &vip.groups);
        let path = |group: &GroupConfig| GroupPath {
            name: group.name.clone(),
            rules: group.rules.clone(),
        };
        groups.map(path).collect()
    }

    /// Whether virtual addresses and filter are in place, and stay so.
    pub(crate) const fn stands(&self) -> bool {
        self.open && !self.closing
    }

    /// Virtual addresses and filter are about to go.
    pub(crate) fn close(&mut self) {
        self.stop_announcing();
        self.closing = true;
    }

    /// Whether these interfaces are those of the configuration.
    pub(crate) fn fits(&self, interfaces: &[InterfacePath]) -> bool {
        let found = interfaces.iter().map(|path| path.addrs.clone());
        let addrs = |interface: &InterfaceConfig| {
            interface
                .addrs
                .iter()
                .map(|addr| addr.addr)
                .collect::<Vec<_>>()
        };
        found.eq(self.config.interfaces().map(addrs))
    }

    /// This node's MAC address on each configured interface.
    pub(crate) fn macs(&self) -> Vec<Mac> {
        macs(&self.interfaces)
    }

    /// The `<vip>` settings.
    pub(crate) const fn vip(&self) -> Option<&VipConfig> {
        self.config.vip.as_ref()
    }

    /// Whether this node may open flows of a bucket under the tables in force.
    pub(crate) fn is_mine(&self, group: usize, bucket: u16) -> bool {
        let table = self
            .tables
            .as_ref()
            .and_then(|(_, groups)| groups.get(group));
        table
            .and_then(|table| table.get(usize::from(bucket)))
            .is_some_and(|state| state.is_mine())
    }

    /// Takes over announcements of virtual addresses beside those that run for this module.
    pub(crate) fn announcing(&mut self, tasks: Vec<(IpAddr, AbortHandle)>) {
        self.announcements.extend(tasks);
    }

    /// Ends the announcements: another node's MAC may be the agreed one.
    pub(crate) fn stop_announcing(&mut self) {
        self.end_announcements(|_| true);
    }

    /// The same for virtual addresses that go.
    pub(crate) fn stop_announcing_those(&mut self, addrs: &BTreeSet<IpAddr>) {
        self.end_announcements(|addr| addrs.contains(addr));
    }

    fn end_announcements(&mut self, is_over: impl Fn(&IpAddr) -> bool) {
        for (_, task) in self.announcements.extract_if(.., |(addr, _)| is_over(addr)) {
            task.abort();
        }
    }

    /// Whether a task listens for this module.
    pub(crate) const fn is_listening(&self) -> bool {
        self.listening.is_some()
    }

    /// A task listens for this module.
    pub(crate) fn listening(&mut self, task: AbortHandle) {
        self.listening = Some(task);
    }

    /// Ends it.
    pub(crate) fn stop_listening(&mut self) {
        if let Some(task) = self.listening.take() {
            task.abort();
        }
    }

    /// Nothing of the module is in force.
    pub(crate) fn closed(&mut self) {
        self.stop_announcing();
        self.stop_listening();
        (self.open, self.closing) = (false, false);
        self.tables = None;
        self.fenced = false;
        self.lease_failing = false;
    }
}

/// The MAC address of each interface.
pub(crate) fn macs(interfaces: &[InterfacePath]) -> Vec<Mac> {
    interfaces.iter().map(|interface| interface.mac).collect()
}
