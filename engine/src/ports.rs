//! The traits behind which the driver's inputs and outputs sit, in platform-neutral types.
//!
//! Each has one real implementation or more and one in memory for tests; see [`crate::datapath`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use evenkeel_core::config::model::{EntryMode, Rule};
use evenkeel_core::ids::{Incarnation, ModuleName, NodeId, Time};
use evenkeel_packet::bucket::BucketState;
use evenkeel_packet::decide::Decision;
use evenkeel_packet::flow;
use evenkeel_packet::hash::HashKey;
use evenkeel_packet::probe::{Refused, WORDS};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A MAC address.
pub type Mac = [u8; 6];

/// Puts decisions in force where packets pass: eBPF, NFQUEUE, or memory.
///
/// Order of calls: `respond_as`, then for each module `open`, `routes`, `install`, `contact` and
/// `renew` in any order and number, `close`. After `open` everything addressed to the module's
/// virtual addresses is dropped until a table with open buckets, and a lease, are in force; after
/// `close` nothing of the module is left.
pub trait Datapath: Send + fmt::Debug {
    /// Which back end this is, where it hooks in, and why it was chosen.
    fn backend(&self) -> Backend;

    /// Where it wants the virtual IPv4 addresses. Those of IPv6 are on loopback in any case.
    fn addresses_on(&self) -> AddressPlace {
        AddressPlace::Nic
    }

    /// Answers liveness probes ([`evenkeel_packet::probe`]) in the name of this node from here on:
    /// in the kernel on those of the interfaces where that is possible, elsewhere those that are
    /// given to [`Self::respond`]. Replaces what a killed daemon left behind. May be called again
    /// when the interfaces have changed.
    ///
    /// # Errors
    ///
    /// When the kernel refuses: no probe is answered in the kernel then.
    fn respond_as(&mut self, responder: &Responder) -> Result<(), DatapathError>;

    /// Whether the kernel answers probes on every LAN.
    fn answers_in_kernel(&self) -> bool {
        false
    }

    /// Answers in place a probe that reached this process, and renews what its echo renews.
    ///
    /// # Errors
    ///
    /// Why it is not to be answered; it is counted.
    fn respond(&mut self, words: &mut [u64; WORDS]) -> Result<(), Refused>;

    /// What became of the probes that this node was asked by, in the kernel and here.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    fn probed(&self) -> Result<Probed, DatapathError>;

    /// Replaces which echoes of other nodes prolong the contact of a module's filter, and under which
    /// tag probes are answered; takes effect before it returns. Gives when the latest request of each
    /// node arrived that was not answered under this tag yet; some of them may have been.
    ///
    /// # Errors
    ///
    /// When the module is not open or the kernel refuses.
    fn contact(
        &mut self,
        module: &ModuleName,
        contact: &Contact,
    ) -> Result<Vec<(NodeId, Time)>, DatapathError>;

    /// Cuts these ends of networks, and none else, from here on: nothing passes there, kept as long
    /// as this process lives. What the kernel answers probes by is behind the cut, too.
    ///
    /// # Errors
    ///
    /// When this back end cannot cut, or the kernel refuses; what was cut before stays so then.
    fn cut(&mut self, ends: &BTreeSet<CutEnd>) -> Result<(), DatapathError> {
        if ends.is_empty() {
            return Ok(());
        }
        Err(DatapathError::Unsupported(
            self.why_no_cut().unwrap_or_default(),
        ))
    }

    /// Why this back end cannot cut networks; `None` where it can.
    fn why_no_cut(&self) -> Option<String> {
        let name = self.backend().name;
        Some(format!(
            "the back end {name} cannot cut networks; the one that can is ebpf with the hook tcx \
             (Linux 6.6)"
        ))
    }

    /// Why [`Self::hand_over`] would fail at this instant; `None` where nothing is known that would.
    fn why_no_handover(&self) -> Option<String> {
        let name = self.backend().name;
        Some(format!(
            "the back end {name} ends with its process; stop the daemon and start it: that drains first"
        ))
    }

    /// Keeps all that is in force where packets pass beyond the end of this process, for one that takes it
    /// over, and gives what [`Self::take_over`] has to know there. Nothing else changes: where no other process
    /// comes, [`Self::take_back`] undoes it.
    ///
    /// # Errors
    ///
    /// When this back end cannot, networks are cut on purpose, or the kernel refuses; nothing is kept then.
    fn hand_over(&mut self) -> Result<Vec<u8>, DatapathError> {
        Err(DatapathError::Unsupported(
            self.why_no_handover().unwrap_or_default(),
        ))
    }

    /// Nobody takes over what was handed over.
    ///
    /// # Errors
    ///
    /// When the kernel refuses; the next process to start takes away what is left.
    fn take_back(&mut self) -> Result<(), DatapathError> {
        Ok(())
    }

    /// What the former process of this node kept stays in force until [`Self::relieve`]; all that is told
    /// until then is in force from that instant on. To be called before everything else.
    ///
    /// # Errors
    ///
    /// When it was no process of this back end, or the kernel refuses.
    fn take_over(&mut self, _kept: &[u8]) -> Result<(), DatapathError> {
        let name = self.backend().name;
        let why = format!("the back end {name} takes nothing over");
        Err(DatapathError::Unsupported(why))
    }

    /// What was told takes the place of what the former process kept, at one instant for each packet.
    ///
    /// # Errors
    ///
    /// When the kernel refuses: some of the former is in force, and its leases end.
    fn relieve(&mut self) -> Result<(), DatapathError> {
        Ok(())
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

    /// An open module has this path from here on; takes effect before it returns. Of what both have nothing is
    /// touched: interfaces, which are the same at the same place, their addresses, and groups, which are the same
    /// under the same name. New groups are closed. What is to be addressed to new virtual addresses is dropped as
    /// after `open` from before this returns; addresses that go must not be anybody's any more.
    ///
    /// # Errors
    ///
    /// When the module is not open, there is too much of something, or the kernel refuses: some of it may be in
    /// force then, and with the former path all is as it was.
    fn rearrange(&mut self, module: &ModuleName, path: &ModulePath) -> Result<(), DatapathError>;

    /// Why an open module cannot have this path before it is closed; `None` where it can.
    fn why_not_rearrange(&self, _module: &ModuleName, _path: &ModulePath) -> Option<String> {
        None
    }

    /// What guards these virtual addresses of an open module, and no others, where that takes too long for the
    /// caller: to be done before new ones are set, and after some are gone.
    fn guard(&self, _module: &ModuleName, _addrs: Vec<IpAddr>) -> Option<Guard> {
        None
    }

    /// Replaces the MAC addresses of the other nodes and what is answered to ARP.
    ///
    /// # Errors
    ///
    /// When the module is not open or the kernel refuses.
    fn routes(&mut self, module: &ModuleName, routes: &Routes) -> Result<(), DatapathError>;

    /// Lets the filter accept packets until the lease ends, and until its contact does, which is at
    /// `contact` or as much later as echoes say; `None` needs none (both on `CLOCK_MONOTONIC`).
    ///
    /// # Errors
    ///
    /// When the module is not open or the kernel refuses.
    fn renew(
        &mut self,
        module: &ModuleName,
        until: Time,
        contact: Option<Time>,
    ) -> Result<(), DatapathError>;

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

    /// SYNs that were kept since `open`, and what became of them; `None` where none are.
    ///
    /// # Errors
    ///
    /// When the module is not open or the kernel refuses.
    fn replays(&self, module: &ModuleName) -> Result<Option<Replays>, DatapathError>;

    /// Flows opened since `open`: for each group a number per bucket.
    ///
    /// # Errors
    ///
    /// When the module is not open or the kernel refuses.
    fn flows(&self, module: &ModuleName) -> Result<Vec<Vec<u64>>, DatapathError>;

    /// The tables in force, one per group, as they stand where packets pass.
    ///
    /// # Errors
    ///
    /// When the module is not open or the kernel refuses.
    fn buckets(&self, module: &ModuleName) -> Result<Vec<Vec<BucketState>>, DatapathError>;

    /// What is done with the packets of a flow under the tables and the lease in force at `now`, by
    /// the very hash and decision of the filter.
    ///
    /// # Errors
    ///
    /// When the module is not open or the kernel refuses.
    fn explain(
        &self,
        module: &ModuleName,
        question: &FlowQuestion,
        now: Time,
    ) -> Result<Explained, DatapathError>;
}

/// Something to be done for a datapath on another thread of the same network namespace.
pub struct Guard(Box<dyn FnOnce() -> Result<(), String> + Send>);

impl Guard {
    /// From what does it, or says why that failed.
    pub fn new(put: impl FnOnce() -> Result<(), String> + Send + 'static) -> Self {
        Self(Box::new(put))
    }

    /// Does it.
    ///
    /// # Errors
    ///
    /// What refused it, in a sentence.
    pub fn put(self) -> Result<(), String> {
        (self.0)()
    }
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").finish_non_exhaustive()
    }
}

/// What a node answers liveness probes by.
#[derive(Clone, PartialEq, Eq)]
pub struct Responder {
    /// This node.
    pub node: NodeId,
    /// The run of this daemon, not zero.
    pub run: Incarnation,
    /// The heartbeat port, to which requests go.
    pub port: u16,
    /// The keys of the cluster's probes by number; all zeros is none.
    pub keys: [HashKey; 2],
    /// The interfaces on which requests come in: those that have this node's address in a LAN.
    pub interfaces: Vec<LanInterface>,
    /// LANs of which no interface here has this node's address.
    pub lans_without: usize,
}

impl fmt::Debug for Responder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The keys stay out of logs.
        f.debug_struct("Responder")
            .field("node", &self.node)
            .field("run", &self.run)
            .field("port", &self.port)
            .field("interfaces", &self.interfaces)
            .field("lans_without", &self.lans_without)
            .finish_non_exhaustive()
    }
}

/// One end of a network that is cut on purpose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CutEnd {
    /// The interface.
    pub interface: LanInterface,
    /// What does not pass there.
    pub way: Way,
}

/// Which way packets go, as this node sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// To this node.
    In,
    /// From it.
    Out,
}

/// A network interface with this node's address in a LAN.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LanInterface {
    /// Its index in the kernel.
    pub index: u32,
    /// Its name, for messages.
    pub name: String,
}

/// Requests of other nodes, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probed {
    /// Answered.
    pub answered: u64,
    /// No requests, though they looked like some.
    pub malformed: u64,
    /// Of an unknown key, or with a wrong code.
    pub forged: u64,
    /// For another node, or from no node.
    pub foreign: u64,
    /// Seen before, or older than one that was.
    pub replayed: u64,
}

/// SYNs that were not accepted where they came, and what became of those whose owner was lost or changed
/// just then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replays {
    /// Kept for a second; most are answered by another node meanwhile.
    pub kept: u64,
    /// Given to this node's stack.
    pub taken_in: u64,
    /// Sent to the bucket's owner.
    pub handed_on: u64,
    /// Not replayed: answered before.
    pub answered: u64,
    /// Not replayed: the client had asked again.
    pub repeated: u64,
    /// Not replayed: its frame was damaged, or could not be sent.
    pub failed: u64,
    /// Had to make room for others within the second.
    pub crowded_out: u64,
}

impl Replays {
    /// Counts what another one does as well.
    pub(crate) const fn add(&mut self, other: &Self) {
        self.kept += other.kept;
        self.taken_in += other.taken_in;
        self.handed_on += other.handed_on;
        self.answered += other.answered;
        self.repeated += other.repeated;
        self.failed += other.failed;
        self.crowded_out += other.crowded_out;
    }
}

/// Which echoes of other nodes prolong the contact of a module's filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// The tags under which an echo counts, that of the view in force first, each with the instant
    /// from which on the answer that is echoed counts (`CLOCK_MONOTONIC`). Empty: none does.
    pub tags: Vec<(u64, Time)>,
    /// How long after that answer the filter may accept.
    pub window: Duration,
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
    /// Where it hooks in: `tcx`, `nft`, `iptables`, …
    pub hook: String,
    /// Why this one, in a sentence.
    pub why: String,
}

/// A flow to look up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowQuery {
    /// The virtual address.
    pub vip: IpAddr,
    /// 6 for TCP, 17 for UDP, 1 and 58 for an echo request of IPv4 and IPv6.
    pub protocol: u8,
    /// The client's address.
    pub client: IpAddr,
    /// The client's port.
    pub client_port: u16,
    /// The service's port.
    pub port: u16,
}

/// A flow about which [`Datapath::explain`] is asked; what no rule hashes need not be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowQuestion {
    /// Where it goes.
    pub target: FlowTarget,
    /// The client's address; for ARP that of who asks.
    pub client: IpAddr,
    /// The client's port.
    pub client_port: Option<u16>,
    /// The identification field of its IPv4 header.
    pub ip_id: Option<u16>,
}

/// Where a flow goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowTarget {
    /// To a service behind a virtual address.
    Service {
        /// The virtual address.
        vip: IpAddr,
        /// As in [`FlowQuery::protocol`], or [`evenkeel_packet::abi::PROTOCOL_ARP`] for ARP and
        /// neighbour discovery.
        protocol: u8,
        /// The service's port; without meaning where the protocol has none.
        port: u16,
    },
    /// To any service of the group at this position.
    Group(usize),
}

/// What [`Datapath::explain`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explained {
    /// No rule takes its packets.
    NoRule,
    /// The rules of the group hash differently: the question has to name the service.
    LacksService,
    /// The rule in this text hashes the client's port, which the question lacks.
    LacksClientPort(String),
    /// The rule in this text hashes the identification field, which the question lacks.
    LacksIpId(String),
    /// A bucket decides.
    Decided(FlowPath),
}

/// How the packets of a flow are decided on this node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowPath {
    /// Position of its group.
    pub group: usize,
    /// The rule, as in `tcp port 80 on_addr`.
    pub rule: String,
    /// What of its packets is hashed.
    pub hashed: flow::Filter,
    /// Its bucket, below [`evenkeel_packet::BUCKETS`].
    pub bucket: u16,
    /// The bucket's state here.
    pub state: BucketState,
    /// What becomes of a packet that opens it (TCP SYN, UDP, echo request), or that asks for the
    /// address (ARP).
    pub opens: Decision,
    /// What becomes of a packet that continues it and that no local socket has; `None` where every
    /// packet opens.
    pub continues: Option<Decision>,
}

/// What a module needs of the datapath.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModulePath {
    /// This node.
    pub node: NodeId,
    /// One per configured interface, in the order of the configuration.
    pub interfaces: Vec<InterfacePath>,
    /// The groups, in the order of the configuration.
    pub groups: Vec<GroupPath>,
    /// Key of the flow hash, the same on all nodes.
    pub hash_key: [u8; 16],
    /// SYNs that meet a node which is lost, or a bucket between two owners, are replayed.
    pub replay: bool,
}

/// A group of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupPath {
    /// Its name.
    pub name: String,
    /// Its rules.
    pub rules: Vec<Rule>,
}

/// A network interface that carries virtual addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterfacePath {
    /// Its index in the kernel.
    pub index: u32,
    /// Its name, for messages.
    pub name: String,
    /// Its own MAC address.
    pub mac: Mac,
    /// It is made by software (a veth pair, a bridge, a VLAN), not by a device.
    pub software: bool,
    /// How packets reach the nodes.
    pub entry: EntryMode,
    /// The virtual MAC; used in [`EntryMode::VmacInvisible`] only.
    pub vmac: Mac,
    /// The virtual addresses.
    pub addrs: Vec<IpAddr>,
    /// The address of the network that the first of them is in.
    pub network: IpAddr,
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
