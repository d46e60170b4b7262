//! What a caller can ask of a node: the engine's manual.
//!
//! A command is admitted or denied at once. Admitted means that its effects follow by themselves;
//! denied means that nothing changed.

use std::net::IpAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::config::model::ModuleConfig;
use crate::ids::ModuleName;
use crate::module::state::ModuleState;
use crate::module::switches::CheckKind;

/// A request to the node.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Give a module its configuration, creating it where it is new. Legal in STOP, and elsewhere where no more
    /// changes than [`live`](crate::config::live) allows. Idempotent; each time a module that runs is told by
    /// its script `update`, as its scripts may be others though its configuration is the same.
    Configure {
        /// The module.
        module: ModuleName,
        /// Already validated against the cluster.
        config: Box<ModuleConfig>,
        /// This node's MAC address on each configured interface, in their order.
        macs: Vec<[u8; 6]>,
        /// The address of the network of each configured interface, in their order: the resources of
        /// their checks are called after it (`intf.192.0.2.0`).
        #[serde(default)]
        networks: Vec<IpAddr>,
    },
    /// Members may have this configuration instead of the module's own; `None`: none may. Legal where the
    /// module could take it while it runs. Idempotent.
    Expect {
        /// The module.
        module: ModuleName,
        /// Already validated against the cluster.
        config: Option<Box<ModuleConfig>>,
    },
    /// Forget a module. Legal in STOP. Denied with `UnknownModule` the second time.
    Remove {
        /// The module.
        module: ModuleName,
    },
    /// STOP to UP: scripts, traffic, membership. Legal in STOP (NotReady).
    Start {
        /// The module.
        module: ModuleName,
        /// Who asks, for the module's log.
        by: String,
    },
    /// As `Start`, because the machine was started, or this node's daemon again. Legal in STOP (NotReady).
    StartAtBoot {
        /// The module.
        module: ModuleName,
    },
    /// Anything to STOP: the share goes to the others, then the scripts. Legal in WAIT and UP;
    /// while stopping, a second one changes nothing and is admitted.
    Stop {
        /// The module.
        module: ModuleName,
        /// Who asks, for the module's log.
        by: String,
        /// Whether a program asks (`-i identity`): then it counts for `maxloop`, else the count begins
        /// anew.
        #[serde(default)]
        automatic: bool,
    },
    /// Anything to STOP at once, when a stop has no effect: whatever script runs is killed, the traffic is
    /// closed without a drain, then `stop_both force` and `poststop` run. Legal in WAIT and UP; a second one
    /// kills the script that the first is at, and is admitted.
    Forcestop {
        /// The module.
        module: ModuleName,
        /// Who asks, for the module's log.
        by: String,
        /// Whether a program asks (`-i identity`): then the count for `maxloop` does not begin anew.
        #[serde(default)]
        automatic: bool,
    },
    /// As `Stop`, because the daemon ends, which is how a machine shuts down. Legal in WAIT and UP.
    Shutdown {
        /// The module.
        module: ModuleName,
        /// Who asks, for the module's log.
        by: String,
    },
    /// UP to UP: `stop_both` and `start_both` in place, while the others serve. Legal in UP; while
    /// restarting, a second one changes nothing and is admitted.
    Restart {
        /// The module.
        module: ModuleName,
        /// Who asks, for the module's log.
        by: String,
        /// Whether a program asks (`-i identity`): then it counts for `maxloop`, else the count begins
        /// anew.
        #[serde(default)]
        automatic: bool,
    },
    /// Anything to STOP, and to UP again by itself. Legal in WAIT and UP; while stopping, it adds the
    /// start to the stop.
    Stopstart {
        /// The module.
        module: ModuleName,
        /// Who asks, for the module's log.
        by: String,
        /// Whether a program asks (`-i identity`): then it counts for `maxloop`, else the count begins
        /// anew.
        #[serde(default)]
        automatic: bool,
    },
    /// The module's share of this node goes to the others while its application runs on: connections stay
    /// until they end, new ones come to the others. Legal in UP while another node serves. Idempotent.
    /// It holds until `Undrain` or a stop.
    Drain {
        /// The module.
        module: ModuleName,
        /// Who asks, for the module's log.
        by: String,
    },
    /// Takes a share again. Legal in UP. Idempotent.
    Undrain {
        /// The module.
        module: ModuleName,
        /// Who asks, for the module's log.
        by: String,
    },
    /// The checks of a kind end, or begin again, until somebody says otherwise: what they look at is `init`
    /// while they are off, and no rule acts on it. Legal everywhere. Idempotent.
    SwitchChecks {
        /// The module.
        module: ModuleName,
        /// Which.
        kind: CheckKind,
        /// Whether they are on.
        on: bool,
        /// Who asks, for the module's log.
        by: String,
    },
    /// The monitoring of the processes of a class (`<proc class>`, a name of its own) begins, or ends, which
    /// scripts say: it is off at each start of the module, and looks from after `start_both` to before
    /// `stop_both`. Legal in WAIT and UP. Idempotent.
    SwitchClass {
        /// The module.
        module: ModuleName,
        /// The class.
        class: String,
        /// Whether it is on.
        on: bool,
        /// Who asks, for the module's log.
        by: String,
    },
    /// A program of the module is about to help it by its own means: that counts for `maxloop` as an automatic
    /// action does. Legal everywhere; denied with `TooManyActions` where it is one too many.
    CountAction {
        /// The module.
        module: ModuleName,
        /// Who asks, for the module's log.
        by: String,
    },
    /// The count for `maxloop` begins anew. Legal everywhere. Idempotent.
    ResetActions {
        /// The module.
        module: ModuleName,
        /// Who asks, for the module's log.
        by: String,
    },
    /// A script opens the traffic of a module whose file says `scriptcontrol`, or closes it: this node gives
    /// its share to the others then, and its application runs on. Closed again before each `start_both`. Legal in WAIT
    /// and UP. Idempotent.
    SwitchTraffic {
        /// The module.
        module: ModuleName,
        /// Whether it is open.
        open: bool,
        /// Who asks, for the module's log.
        by: String,
    },
    /// Something that is kept for the module beside the core is another: the log says so, and the script
    /// `update` is run. Legal in WAIT and UP.
    Changed {
        /// The module.
        module: ModuleName,
        /// What was done, as in `boot on`.
        action: String,
        /// Who did it, for the module's log.
        by: String,
    },
    /// A script or caller says what a resource is: one that no checker owns, or that of a custom
    /// checker while it runs. Legal everywhere. Idempotent.
    SetResource {
        /// The module.
        module: ModuleName,
        /// The resource, as in `custom.disk`.
        resource: String,
        /// Its value: a word, such as `up` or `down`.
        value: String,
        /// Who says so, for the module's log.
        by: String,
    },
}

impl Command {
    /// The module it is about.
    pub const fn module(&self) -> &ModuleName {
        match self {
            Self::Configure { module, .. }
            | Self::Expect { module, .. }
            | Self::Remove { module }
            | Self::Start { module, .. }
            | Self::StartAtBoot { module }
            | Self::Stop { module, .. }
            | Self::Forcestop { module, .. }
            | Self::Shutdown { module, .. }
            | Self::Restart { module, .. }
            | Self::Stopstart { module, .. }
            | Self::Drain { module, .. }
            | Self::Undrain { module, .. }
            | Self::SwitchChecks { module, .. }
            | Self::SwitchClass { module, .. }
            | Self::CountAction { module, .. }
            | Self::ResetActions { module, .. }
            | Self::SwitchTraffic { module, .. }
            | Self::Changed { module, .. }
            | Self::SetResource { module, .. } => module,
        }
    }
}

/// The command was taken; wait for this generation of the status to see its effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admitted {
    /// The node's status generation right after admission.
    pub generation: u64,
}

/// Why a command was not taken. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Denied {
    /// No module of this name is configured here.
    #[error("module {module} is not configured on this node; configure it first")]
    UnknownModule {
        /// The module.
        module: ModuleName,
    },
    /// The module's state does not allow it.
    #[error("module {module} is {state}; {request} is possible in {needed}")]
    WrongState {
        /// The module.
        module: ModuleName,
        /// The state it is in.
        state: ModuleState,
        /// What was asked: `start`, `configure`, …
        request: String,
        /// Where it would be possible, for people.
        needed: String,
    },
    /// The module has to be stopped for that configuration.
    #[error("module {module} is {state}, and {problem}; stop it first")]
    NotLive {
        /// The module.
        module: ModuleName,
        /// The state it is in.
        state: ModuleState,
        /// What changes that cannot change while it runs.
        problem: String,
    },
    /// The node has as many modules as it can have.
    #[error("this node has {limit} modules, the most it can have; remove one first")]
    TooManyModules {
        /// The limit.
        limit: usize,
    },
    /// There is no share to give away, or nobody to take it.
    #[error("module {module} cannot be drained here: {problem}")]
    NoDrain {
        /// The module.
        module: ModuleName,
        /// Why.
        problem: String,
    },
    /// The resource cannot be set, or not by a command.
    #[error("module {module}: {problem}")]
    BadResource {
        /// The module.
        module: ModuleName,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// The cluster cannot have this configuration.
    #[error("the cluster's configuration cannot be taken: {problem}")]
    BadCluster {
        /// Why.
        problem: String,
    },
    /// A node that is to go has a share of a module, or had one a moment ago.
    #[error(
        "node {node} takes part in module {module}, or did a moment ago; stop the module there first"
    )]
    NodeTakesPart {
        /// The node.
        node: String,
        /// The module.
        module: ModuleName,
    },
    /// As many automatic actions happened as may.
    #[error(
        "module {module}: {max} automatic actions happened within {} s, as many as may (maxloop)",
        interval.as_secs()
    )]
    TooManyActions {
        /// The module.
        module: ModuleName,
        /// How many may.
        max: u32,
        /// Within this time.
        interval: Duration,
    },
    /// Scripts have no say in the module's traffic.
    #[error(
        "the scripts of module {module} do not open and close its traffic; write scriptcontrol=\"on\" into \
         its <vip>"
    )]
    NoScriptControl {
        /// The module.
        module: ModuleName,
    },
    /// No monitored process of the module is of this class.
    #[error("module {module}: {problem}")]
    UnknownClass {
        /// The module.
        module: ModuleName,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// The configuration names something that this cluster does not have.
    #[error("module {module}: {problem}")]
    BadConfig {
        /// The module.
        module: ModuleName,
        /// What is wrong and what would be right.
        problem: String,
    },
}
