//! The traits behind which the driver's inputs and outputs sit, in platform-neutral types.
//!
//! Each has one real implementation or more and one in memory for tests; see [`crate::datapath`].

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

use evenkeel_core::config::model::{EntryMode, Rule};
use evenkeel_core::ids::{ModuleName, NodeId, Time};
use evenkeel_packet::bucket::BucketState;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A MAC address.
pub type Mac = [u8; 6];

/// Puts decisions in force where packets pass: eBPF, NFQUEUE, or memory.
///
/// Order of calls: `open`, then `routes`, `install` and `renew` in any order and number, `close`.
/// After `open` everything addressed to the module's virtual addresses is dropped until a table
/// with open buckets, and a lease, are in force; after `close` nothing of the module is left.
pub trait Datapath: Send + fmt::Debug {
    /// Which back end this is, where it hooks in, and why it was chosen.
    fn backend(&self) -> Backend;

    /// Where it wants the virtual IPv4 addresses. Those of IPv6 are on loopback in any case.
    fn addresses_on(&self) -> AddressPlace {
        AddressPlace::Nic
    }

    /// Prepares a module: attaches the filter to its interfaces, with every bucket closed.
    /// Replaces what a killed daemon left behind.
    ///
    /// # Errors
    ///
    /// When the kernel refuses; nothing is left behind then.
    fn open(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError>;

    /// Removes a module; a module that is not open is fine.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    fn close(&mut self, module: &ModuleName) -> Result<(), DatapathError>;

    /// Replaces the tables of all groups; takes effect before it returns.
    ///
    /// # Errors
    ///
    /// When the module is not open or the kernel refuses.
    fn install(
        &mut self,
        module: &ModuleName,
        groups: &[Vec<BucketState>],
    ) -> Result<(), DatapathError>;

    /// Replaces the MAC addresses of the other nodes and what is answered to ARP.
    ///
    /// # Errors
    ///
    /// When the module is not open or the kernel refuses.
    fn routes(&mut self, module: &ModuleName, routes: &Routes) -> Result<(), DatapathError>;

    /// Lets the filter accept packets until `until` (`CLOCK_MONOTONIC`).
    ///
    /// # Errors
    ///
    /// When the module is not open or the kernel refuses.
    fn renew(&mut self, module: &ModuleName, until: Time) -> Result<(), DatapathError>;

    /// Packets since `open`, by verdict and reason. The keys are stable names such as
    /// `accept_mine`, `drop_lease`, `forward_owner`.
    ///
    /// # Errors
    ///
    /// When the module is not open or the kernel refuses.
    fn counters(&self, module: &ModuleName) -> Result<BTreeMap<String, u64>, DatapathError>;

    /// The bucket that a flow falls into: its group and bucket, by the very hash of the filter.
    /// `None` where no rule takes the packet.
    fn bucket(&self, module: &ModuleName, flow: &FlowQuery) -> Option<(usize, u16)>;
}

/// Which interface of this machine has the virtual IPv4 addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressPlace {
    /// The one that their packets arrive on: the back end sees ARP before the kernel would answer.
    Nic,
    /// Loopback, for which the kernel answers no ARP on any NIC.
    Loopback,
}

/// Which back end is active.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backend {
    /// `ebpf`, `nfqueue` or `memory`.
    pub name: String,
    /// Where it hooks in: `tcx`, `clsact`, …
    pub hook: String,
    /// Why this one, in a sentence.
    pub why: String,
}

/// A flow to look up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowQuery {
    /// The virtual address.
    pub vip: IpAddr,
    /// 6 for TCP, 17 for UDP.
    pub protocol: u8,
    /// The client's address.
    pub client: IpAddr,
    /// The client's port.
    pub client_port: u16,
    /// The service's port.
    pub port: u16,
}

/// What a module needs of the datapath.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModulePath {
    /// This node.
    pub node: NodeId,
    /// One per configured interface, in the order of the configuration.
    pub interfaces: Vec<InterfacePath>,
    /// The rules of each group, in the order of the configuration.
    pub groups: Vec<Vec<Rule>>,
    /// Key of the flow hash, the same on all nodes.
    pub hash_key: [u8; 16],
}

/// A network interface that carries virtual addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterfacePath {
    /// Its index in the kernel.
    pub index: u32,
    /// Its name, for messages.
    pub name: String,
    /// Its own MAC address.
    pub mac: Mac,
    /// How packets reach the nodes.
    pub entry: EntryMode,
    /// The virtual MAC; used in [`EntryMode::VmacInvisible`] only.
    pub vmac: Mac,
    /// The virtual addresses.
    pub addrs: Vec<IpAddr>,
}

/// How packets reach the nodes in the current view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Routes {
    /// The other nodes' MAC addresses, one per configured interface.
    pub neighbours: BTreeMap<NodeId, Vec<Mac>>,
    /// The entry node; it alone answers ARP and ND for the virtual addresses.
    pub entry: Option<NodeId>,
}

/// The datapath could not do it. The state is as before the call.
#[derive(Debug, Error)]
pub enum DatapathError {
    /// The module is not open.
    #[error("module {0} has no traffic open on this node")]
    NotOpen(ModuleName),
    /// More modules, groups, rules or addresses than the filter's maps hold.
    #[error("{what}: {limit} is the most this filter holds")]
    Full {
        /// What there is too much of.
        what: String,
        /// How many there can be.
        limit: usize,
    },
    /// The configuration asks for what this back end cannot do.
    #[error("{0}")]
    Unsupported(String),
    /// The kernel refused.
    #[error("{doing}")]
    Kernel {
        /// What was being done, and what to check.
        doing: String,
        /// The kernel's answer.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
