//! The engine as its users see it: start it, command it, watch it.
//!
//! A handle is cheap to clone; everything goes to the one driver that owns the core.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use evenkeel_core::command::{Admitted, Command};
use evenkeel_core::config::model::{ClusterConfig, ModuleConfig};
use evenkeel_core::event::Event;
use evenkeel_core::ids::{Epoch, Incarnation, ModuleName, NodeId, Time};
use evenkeel_core::node::Other;
use evenkeel_core::status::{Move, NodeStatus};
use evenkeel_core::wire::Keyring;
use evenkeel_packet::bucket::BucketState;
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use crate::clock;
use crate::driver::{Reply, Request};
use crate::error::{EngineError, StartError};
use crate::handover::{Former, Handing};
use crate::ports::{
    Backend, Datapath, Explained, FlowQuestion, InterfacePath, Probed, Replays, Way,
};
use crate::precedence::Precedence;
use crate::reboot::Reboot;
use crate::worker::Worker;

/// In whose name a node acts by itself, in the modules' logs.
pub const SYSTEM: &str = "SYSTEM";

/// What an engine needs to start.
#[derive(Clone)]
pub struct EngineConfig {
    /// This node.
    pub node: NodeId,
    /// The cluster.
    pub cluster: ClusterConfig,
    /// The cluster's keys: authenticate heartbeats and probes, key the flow hash.
    pub keys: Keyring,
    /// Greater than at any earlier start of this node.
    pub incarnation: Incarnation,
    /// Folder with a folder per module: `bin/` with the scripts, `var/` with their output.
    pub modules_dir: PathBuf,
    /// Where the bpf file system is mounted; the fence is pinned below it.
    pub bpffs: PathBuf,
    /// Environment given to every script, beside the documented variables.
    pub script_env: BTreeMap<String, String>,
    /// Replaces the LAN addresses that heartbeats are bound to and sent to; for tests on loopback,
    /// by node number. Empty in production.
    pub heartbeat_addrs: Vec<SocketAddr>,
    /// A file to make, in which all that happens to the core is written down, *with the secrets*; for
    /// faults that a test shall repeat.
    pub record: Option<PathBuf>,
    /// How the machine is rebooted for a module whose `automatic_reboot` says so; `None`: it is not.
    pub reboot: Option<Reboot>,
}

impl std::fmt::Debug for EngineConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The keys and the scripts' environment stay out of logs.
        f.debug_struct("EngineConfig")
            .field("node", &self.node)
            .field("cluster", &self.cluster)
            .field("incarnation", &self.incarnation)
            .field("modules_dir", &self.modules_dir)
            .field("bpffs", &self.bpffs)
            .field("heartbeat_addrs", &self.heartbeat_addrs)
            .finish_non_exhaustive()
    }
}

/// What the datapath does for a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrafficStatus {
    /// Which back end is active, and why.
    pub backend: Backend,
    /// Packets since the traffic was opened, by verdict and reason.
    pub counters: BTreeMap<String, u64>,
    /// SYNs that were kept since then, and what became of them; `None` where none are.
    pub replays: Option<Replays>,
    /// Flows opened here since then, per group in the order of the configuration.
    pub flows: Vec<u64>,
}

/// A network interface of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterfaceStatus {
    /// The interface, as last found.
    pub path: InterfacePath,
    /// Whom this node answers there.
    pub answers: Answers,
}

/// Whom a node answers that asks for a virtual address (ARP, neighbour discovery).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// Nobody: another node does, or the traffic is not open.
    Nobody,
    /// Everybody: it is the entry node.
    Everybody,
    /// Those whose bucket is this node's (`<rule proto="arp">`).
    Share,
}

/// Who owns the buckets of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketTables {
    /// The epoch of the tables in force; `None` before the first.
    pub epoch: Option<Epoch>,
    /// Position of each group in the configuration, and its buckets.
    pub groups: Vec<(usize, Vec<BucketStatus>)>,
}

/// A bucket on this node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BucketStatus {
    /// The owner in the view in force here; `None` without one.
    pub owner: Option<NodeId>,
    /// Its state where packets pass.
    pub state: BucketState,
    /// Flows opened here since the traffic was opened.
    pub flows: u64,
}

/// Whose a flow is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowOwner {
    /// What takes it, and what this node does with its packets.
    pub explained: Explained,
    /// The owner of its bucket in the view in force here; `None` without one.
    pub owner: Option<NodeId>,
    /// The entry node in that view.
    pub entry: Option<NodeId>,
    /// The epoch of the tables in force; `None` before the first.
    pub epoch: Option<Epoch>,
}

/// One end of a LAN, by its name in the cluster.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LanEnd {
    /// The LAN.
    pub lan: String,
    /// Which way packets go there.
    pub way: Way,
}

/// How the thread does that answers for this node's life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriverStatus {
    /// What precedence the machine gives it.
    pub precedence: Precedence,
    /// How late its timer fires.
    pub timers: Timers,
    /// Whether the kernel answers liveness probes on every LAN.
    pub kernel_answers: bool,
    /// What became of the probes that this node was asked by.
    pub probed: Probed,
}

/// How late a timer fires.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timers {
    /// The last time, in microseconds.
    pub late_last_us: u64,
    /// The most in the last minute, in microseconds.
    pub late_max_us: u64,
}

/// Starts this node: heartbeats to the others at once, modules as commanded.
///
/// The engine's threads live in the network namespace of the calling thread. Dropping the last
/// handle ends them abruptly, as a crash would; [`Engine::shutdown`] ends them in order.
///
/// # Errors
///
/// When the machine lacks something that the engine needs, with a sentence saying what.
pub fn start(config: EngineConfig, datapath: Box<dyn Datapath>) -> Result<Engine, StartError> {
    crate::start::start(config, datapath, None)
}

/// The same with a node that the former program of this process handed over ([`Engine::hand_over`]). Its
/// incarnation goes on, whatever the configuration says. Returns when this engine has it all in force.
///
/// # Errors
///
/// As [`start`], and when what was in force cannot be gone on with: the filter of the former program accepts
/// nothing once its lease is over.
pub fn take_over(
    config: EngineConfig,
    datapath: Box<dyn Datapath>,
    former: Former,
) -> Result<Engine, StartError> {
    crate::start::start(config, datapath, Some(former))
}

/// A running engine.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(crate) requests: mpsc::Sender<Request>,
    pub(crate) worker: Worker,
    pub(crate) status: watch::Receiver<Arc<NodeStatus>>,
    pub(crate) driver: watch::Receiver<Arc<DriverStatus>>,
    pub(crate) events: broadcast::WeakSender<Event>,
}

impl Engine {
    /// Gives a module its configuration, creating it where it is new; legal in STOP, and elsewhere where no more
    /// changes than can. Returns when it is in force, virtual addresses included. Finds the network interface of each `<interface>`: by its name, else the one in whose subnet the
    /// first virtual address is.
    ///
    /// # Errors
    ///
    /// When an interface or a network is missing, or the node denies the command.
    pub async fn configure(
        &self,
        module: ModuleName,
        config: ModuleConfig,
    ) -> Result<Admitted, EngineError> {
        let interfaces = self.worker.find(config.clone()).await?;
        let config = Box::new(config);
        self.ask(|reply| Request::Configure {
            module,
            config,
            interfaces,
            reply,
        })
        .await
    }

    /// Whether this machine has the interfaces and networks that a configuration asks for. Changes
    /// nothing: the dry run of [`Engine::configure`].
    ///
    /// # Errors
    ///
    /// When an interface or a network is missing.
    pub async fn check(&self, config: ModuleConfig) -> Result<(), EngineError> {
        self.worker.find(config).await.map(drop)
    }

    /// The buckets that would change hands if a module that runs took this configuration. Changes nothing.
    ///
    /// # Errors
    ///
    /// When it could not take it as it runs, or this machine has not the interfaces for it.
    pub async fn preview(
        &self,
        module: ModuleName,
        config: ModuleConfig,
    ) -> Result<Vec<Move>, EngineError> {
        let interfaces = self.worker.find(config.clone()).await?;
        let config = Box::new(config);
        self.ask(|reply| Request::Preview {
            module,
            config,
            interfaces,
            reply,
        })
        .await
    }

    /// Gives the node a command; a `Configure` goes the way of [`Engine::configure`].
    ///
    /// # Errors
    ///
    /// When the node denies it.
    pub async fn command(&self, command: Command) -> Result<Admitted, EngineError> {
        match command {
            Command::Configure {
                module,
                config,
                macs: _,
                networks: _,
            } => self.configure(module, *config).await,
            Command::Remove { .. }
            | Command::Start { .. }
            | Command::StartAtBoot { .. }
            | Command::Stop { .. }
            | Command::Forcestop { .. }
            | Command::Shutdown { .. }
            | Command::Restart { .. }
            | Command::Stopstart { .. }
            | Command::Drain { .. }
            | Command::Undrain { .. }
            | Command::SwitchChecks { .. }
            | Command::Expect { .. }
            | Command::SwitchClass { .. }
            | Command::CountAction { .. }
            | Command::ResetActions { .. }
            | Command::SwitchTraffic { .. }
            | Command::Changed { .. }
            | Command::SetResource { .. } => {
                self.ask(|reply| Request::Command { command, reply }).await
            }
        }
    }

    /// Checkers that ask other nodes over TLS believe these authorities of the cluster, PEM, beside those that the
    /// machine trusts.
    pub fn believe(&self, authorities: Vec<String>) {
        self.worker.authorities().set(authorities);
    }

    /// This instant on the clock of its times.
    #[must_use]
    pub fn now(&self) -> Time {
        clock::now()
    }

    /// The node's status: follows every change at once, the counters four times a second. The
    /// channel closes when the engine ends, however it ends.
    pub fn status(&self) -> watch::Receiver<Arc<NodeStatus>> {
        self.status.clone()
    }

    /// How the driver's thread does; told four times a second. The channel closes when the engine
    /// ends, however it ends.
    pub fn driver(&self) -> watch::Receiver<Arc<DriverStatus>> {
        self.driver.clone()
    }

    /// What happens from here on. A receiver that lags behind by more than
    /// [`crate::limits::EVENTS`] loses the oldest.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.events
            .upgrade()
            .map_or_else(|| broadcast::channel(1).1, |events| events.subscribe())
    }

    /// What the datapath does for a module.
    ///
    /// # Errors
    ///
    /// When the module is unknown, or its traffic is not open on this node.
    pub async fn traffic(&self, module: ModuleName) -> Result<TrafficStatus, EngineError> {
        self.ask(|reply| Request::Traffic { module, reply }).await
    }

    /// The network interfaces of a module, one per configured interface.
    ///
    /// # Errors
    ///
    /// When the module is unknown.
    pub async fn interfaces(
        &self,
        module: ModuleName,
    ) -> Result<Vec<InterfaceStatus>, EngineError> {
        self.ask(|reply| Request::Interfaces { module, reply })
            .await
    }

    /// Who owns the buckets of the group at this position, or of all groups.
    ///
    /// # Errors
    ///
    /// When the module is unknown, or its traffic is not open on this node.
    pub async fn buckets(
        &self,
        module: ModuleName,
        group: Option<usize>,
    ) -> Result<BucketTables, EngineError> {
        self.ask(|reply| Request::Buckets {
            module,
            group,
            reply,
        })
        .await
    }

    /// Whose a flow is and what this node does with its packets, by the very hash and decision of
    /// the filter.
    ///
    /// # Errors
    ///
    /// When the module is unknown, or its traffic is not open on this node.
    pub async fn owner(
        &self,
        module: ModuleName,
        question: FlowQuestion,
    ) -> Result<FlowOwner, EngineError> {
        self.ask(|reply| Request::Owner {
            module,
            question,
            reply,
        })
        .await
    }

    /// Cuts this node's ends of these LANs, and of no other one, from here on: a fault, for tests of
    /// whoever relies on the farm. It lasts until the next call, and ends with this process.
    ///
    /// # Errors
    ///
    /// When the node is in no LAN of such a name, no interface has its address there, or its back end
    /// cannot cut; what was cut before stays so then.
    pub async fn cut(&self, ends: BTreeSet<LanEnd>) -> Result<(), EngineError> {
        self.ask_cut(ends, true).await
    }

    /// Whether [`Engine::cut`] would do that. Changes nothing.
    ///
    /// # Errors
    ///
    /// As there.
    pub async fn check_cut(&self, ends: BTreeSet<LanEnd>) -> Result<(), EngineError> {
        self.ask_cut(ends, false).await
    }

    async fn ask_cut(&self, ends: BTreeSet<LanEnd>, carry_out: bool) -> Result<(), EngineError> {
        let links = self.worker.links_now().await?;
        self.ask(|reply| Request::Cut {
            ends,
            links,
            carry_out,
            reply,
        })
        .await
    }

    /// Accepts and sends under these keys from here on, in the kernel too. Returns when that is so;
    /// where the kernel refuses, the former keys are in force everywhere.
    ///
    /// # Errors
    ///
    /// When the kernel refuses, or the engine has ended.
    pub async fn rekey(&self, keys: Keyring) -> Result<(), EngineError> {
        self.ask(|reply| Request::Rekey { keys, reply }).await
    }

    /// The cluster has this configuration, and peers may have `other`: see [`Node::recluster`].
    ///
    /// # Errors
    ///
    /// When it cannot be taken, which changes nothing, or the engine has ended.
    ///
    /// [`Node::recluster`]: evenkeel_core::node::Node::recluster
    pub async fn recluster(
        &self,
        own: ClusterConfig,
        other: Option<Other>,
    ) -> Result<(), EngineError> {
        let (own, other) = (Box::new(own), other.map(Box::new));
        self.ask(|reply| Request::Recluster { own, other, reply })
            .await
    }

    /// What [`Engine::hand_over`] would give the next program at this instant, *with the cluster's secrets*:
    /// for it to say whether it could go on with that.
    ///
    /// # Errors
    ///
    /// When the node cannot be handed over: a module is on its way, or a script runs.
    pub async fn keep(&self) -> Result<Vec<u8>, EngineError> {
        self.ask(|reply| Request::Keep { reply }).await
    }

    /// The node stands still until the answer is dropped, or another program runs in this process. There is
    /// about a second for that before peers miss the node.
    ///
    /// # Errors
    ///
    /// As [`Engine::keep`], and when the back end cannot outlive this program.
    pub async fn hand_over(&self) -> Result<Handing, EngineError> {
        let lent = self.worker.lend().await?;
        match self.ask(|reply| Request::HandOver { lent, reply }).await {
            Ok((kept, driver)) => Ok(Handing::new(kept, self.worker.clone(), driver)),
            Err(error) => {
                self.worker.take_back();
                Err(error)
            }
        }
    }

    /// Stops all modules in order, then the engine. Returns when it is down; the second call too.
    pub async fn shutdown(&self) {
        let (reply, down) = oneshot::channel();
        if self
            .requests
            .send(Request::Shutdown { reply })
            .await
            .is_ok()
        {
            // An error says that the driver ended in another way; it is down as well.
            down.await.unwrap_or_default();
        }
    }

    async fn ask<T>(&self, request: impl FnOnce(Reply<T>) -> Request) -> Result<T, EngineError> {
        let (reply, answer) = oneshot::channel();
        let sent = self.requests.send(request(reply)).await;
        sent.map_err(|_unsent| EngineError::Stopped)?;
        answer.await.unwrap_or(Err(EngineError::Stopped))
    }
}
