//! What a node tells those who listen: state changes that an operator cares about.

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::ids::{Epoch, ModuleName, NodeId};
use crate::input::{Script, ScriptOutcome};
use crate::module::resources::UP;
use crate::module::state::ModuleState;

/// Something happened. `Display` is the line of the module's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// Somebody asked for an action on a module.
    ActionCalled {
        /// The module.
        module: ModuleName,
        /// `start`, `stop`, …
        action: String,
        /// Who asked.
        by: String,
    },
    /// A failover rule acts on a module.
    RuleActed {
        /// The module.
        module: ModuleName,
        /// `restart`, `stopstart`, `stop`, `wait`, `wakeup`.
        action: String,
        /// The rule's label; `Implicit_wakeup` where no rule says wait any more.
        rule: String,
    },
    /// A resource of a module has another value.
    ResourceSet {
        /// The module.
        module: ModuleName,
        /// The resource, as in `tcp.web`.
        resource: String,
        /// What it is: `up`, `down`, or what a script says.
        value: String,
        /// The checker, script or caller who set it.
        by: String,
        /// Why, where it is known.
        reason: Option<String>,
    },
    /// A process or service that has to run does not, or there are too few or too many of it.
    ProcessFailed {
        /// The module.
        module: ModuleName,
        /// The name of its `<proc>`.
        process: String,
        /// It is a service.
        service: bool,
        /// What is wrong, where that is more than that it does not run.
        reason: Option<String>,
    },
    /// A module starts by itself: the second half of a stopstart.
    StartsAgain {
        /// The module.
        module: ModuleName,
    },
    /// A module starts because its machine, or the daemon, was started.
    StartsAtBoot {
        /// The module.
        module: ModuleName,
    },
    /// What becomes of the reboot that `automatic_reboot` of a module asks for.
    Reboot {
        /// The module.
        module: ModuleName,
        /// How far it is.
        reboot: Reboot,
    },
    /// A module's state on this node changed.
    StateChanged {
        /// The module.
        module: ModuleName,
        /// The state it is in now.
        state: ModuleState,
    },
    /// A script was started.
    ScriptStarted {
        /// The module.
        module: ModuleName,
        /// Which one.
        script: Script,
    },
    /// A script ended.
    ScriptEnded {
        /// The module.
        module: ModuleName,
        /// Which one.
        script: Script,
        /// How.
        outcome: ScriptOutcome,
    },
    /// A module's members or tables changed.
    ViewChanged {
        /// The module.
        module: ModuleName,
        /// The epoch in force here.
        epoch: Epoch,
        /// The members' names in the order of their numbers.
        members: Vec<String>,
        /// This node's buckets of each group: name of the group, buckets.
        load: Vec<(String, u32)>,
    },
    /// This node takes over every bucket that it will own in this epoch: all are open.
    ShareOpened {
        /// The module.
        module: ModuleName,
        /// The epoch.
        epoch: Epoch,
    },
    /// A drain came to its end: the others have the share, and no connection is left.
    Drained {
        /// The module.
        module: ModuleName,
    },
    /// A peer is heard that was not.
    PeerHeard {
        /// Who.
        peer: NodeId,
        /// Its name.
        name: String,
    },
    /// A peer is not heard any more.
    PeerLost {
        /// Who.
        peer: NodeId,
        /// Its name.
        name: String,
    },
    /// No node answers, and nothing else arrives where the virtual addresses are: this node takes
    /// itself for deaf and leaves them to the others until it hears something.
    NothingReceived {
        /// The module.
        module: ModuleName,
    },
    /// So few of the cluster's nodes are heard that this part of the farm fences itself.
    Isolated {
        /// The module.
        module: ModuleName,
        /// The nodes of this part, this one included.
        nodes: u32,
        /// The nodes of the cluster.
        of: u32,
    },
    /// A virtual address stands here, and its packets are looked at.
    VirtualIpSet {
        /// The module.
        module: ModuleName,
        /// The address.
        addr: IpAddr,
    },
    /// The network side of a module could not be brought up.
    TrafficFailed {
        /// The module.
        module: ModuleName,
        /// Why.
        reason: String,
    },
}

/// How far a reboot is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reboot {
    /// The module stops first.
    Planned,
    /// This daemon may not; the module is stopped and started.
    NotPermitted,
    /// The machine is told to.
    Begins,
    /// It is not rebooted.
    Failed {
        /// Why.
        reason: String,
    },
}

impl fmt::Display for Reboot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Planned => f.write_str("the machine is rebooted when the module has stopped"),
            Self::NotPermitted => f.write_str(
                "this daemon may not reboot the machine, so the module is stopped and started; evenkeel \
                 serve --permit-reboot permits it",
            ),
            Self::Begins => f.write_str("the machine is rebooted"),
            Self::Failed { reason } => write!(
                f,
                "the machine is not rebooted, so the module is started again: {reason}"
            ),
        }
    }
}

impl Event {
    /// The module it is about; peers are about none.
    pub const fn module(&self) -> Option<&ModuleName> {
        match self {
            Self::ActionCalled { module, .. }
            | Self::RuleActed { module, .. }
            | Self::ResourceSet { module, .. }
            | Self::ProcessFailed { module, .. }
            | Self::StartsAgain { module }
            | Self::StartsAtBoot { module }
            | Self::Reboot { module, .. }
            | Self::StateChanged { module, .. }
            | Self::ScriptStarted { module, .. }
            | Self::ScriptEnded { module, .. }
            | Self::ViewChanged { module, .. }
            | Self::ShareOpened { module, .. }
            | Self::Drained { module }
            | Self::NothingReceived { module }
            | Self::Isolated { module, .. }
            | Self::VirtualIpSet { module, .. }
            | Self::TrafficFailed { module, .. } => Some(module),
            Self::PeerHeard { .. } | Self::PeerLost { .. } => None,
        }
    }

    /// Whether it is for who looks for something, not for who reads the log every day: shares, addresses,
    /// and that something is well.
    pub fn is_verbose(&self) -> bool {
        match self {
            Self::ResourceSet { value, .. } => value == UP,
            Self::ViewChanged { .. } | Self::ShareOpened { .. } | Self::VirtualIpSet { .. } => true,
            Self::PeerHeard { .. } | Self::PeerLost { .. } => true,
            Self::ActionCalled { .. }
            | Self::RuleActed { .. }
            | Self::ProcessFailed { .. }
            | Self::StartsAgain { .. }
            | Self::StartsAtBoot { .. }
            | Self::Reboot { .. }
            | Self::StateChanged { .. }
            | Self::ScriptStarted { .. }
            | Self::ScriptEnded { .. }
            | Self::Drained { .. }
            | Self::NothingReceived { .. }
            | Self::Isolated { .. }
            | Self::TrafficFailed { .. } => false,
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ActionCalled { action, by, .. } => write!(f, "Action {action} called by {by}"),
            Self::RuleActed { action, rule, .. } => {
                write!(f, "Action {action} from failover rule {rule}")
            }
            Self::ResourceSet {
                resource,
                value,
                by,
                reason,
                ..
            } => {
                write!(f, "Resource {resource} set to {value} by {by}")?;
                reason
                    .iter()
                    .try_for_each(|reason| write!(f, " ({reason})"))
            }
            Self::ProcessFailed {
                process,
                service,
                reason,
                ..
            } => match (reason, service) {
                (Some(reason), _) => f.write_str(reason),
                (None, true) => write!(f, "Service {process} not running"),
                (None, false) => write!(f, "Process {process} not running"),
            },
            Self::StartsAgain { .. } => f.write_str("Action start called automatically"),
            Self::StartsAtBoot { .. } => f.write_str("Action start called at boot time"),
            Self::Reboot { reboot, .. } => write!(f, "automatic_reboot: {reboot}"),
            Self::StateChanged { state, .. } => write!(f, "Local state {state}"),
            Self::ScriptStarted { script, .. } => write!(f, "Script {}", script.file_name()),
            Self::ScriptEnded {
                script, outcome, ..
            } => {
                write!(f, "Script {} ended: {outcome:?}", script.file_name())
            }
            Self::ViewChanged {
                members,
                load,
                epoch,
                ..
            } => {
                let members = members.join(" ");
                for (group, buckets) in load {
                    let total = evenkeel_packet::BUCKETS;
                    write!(f, "farm membership: {members} (group {group}); ")?;
                    write!(f, "farm load: {buckets}/{total} (group {group}); ")?;
                }
                write!(f, "epoch {epoch}")
            }
            Self::ShareOpened { epoch, .. } => write!(f, "farm share open in epoch {epoch}"),
            Self::Drained { .. } => {
                f.write_str("Drained: the others have the share, no connection is left")
            }
            Self::NothingReceived { .. } => f.write_str(
                "Nothing is received on the interfaces of the virtual IP, from no node and nobody \
                 else: the others serve",
            ),
            Self::Isolated { nodes, of, .. } => write!(
                f,
                "{nodes} of {of} nodes are heard, too few to serve: traffic stops here until there \
                 are more (isolation=\"fence\")"
            ),
            Self::PeerHeard { name, .. } => write!(f, "Contact with {name}"),
            Self::PeerLost { name, .. } => write!(f, "Lost contact from {name}"),
            Self::VirtualIpSet { addr, .. } => write!(f, "Virtual IP {addr} set"),
            Self::TrafficFailed { reason, .. } => write!(f, "Virtual IP not set: {reason}"),
        }
    }
}
