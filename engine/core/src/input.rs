//! Everything that can happen to a node: one closed enum in.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::ids::{Epoch, LanId, ModuleName, NodeId, Time};

/// One thing that happened. Inputs of a real daemon can be recorded and replayed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Input {
    /// A datagram arrived on the heartbeat port.
    Datagram {
        /// The LAN of the socket it arrived on.
        lan: LanId,
        /// Its payload, not yet authenticated.
        bytes: Vec<u8>,
    },
    /// A caller wants something; answered by the return value of `Node::command`.
    Command(Command),
    /// The network side of a module was brought up or failed: the answer to
    /// [`Effect::OpenTraffic`](crate::effect::Effect::OpenTraffic).
    TrafficOpened {
        /// The module.
        module: ModuleName,
        /// The reason, where it failed; then nothing of it was left behind.
        result: Result<(), String>,
    },
    /// The network side of a module is gone: the answer to
    /// [`Effect::CloseTraffic`](crate::effect::Effect::CloseTraffic).
    TrafficClosed {
        /// The module.
        module: ModuleName,
    },
    /// A script ended.
    ScriptEnded {
        /// The module.
        module: ModuleName,
        /// Which script.
        script: Script,
        /// How it ended.
        outcome: ScriptOutcome,
    },
    /// A checker has its first result, or another one: part of the answer to
    /// [`Effect::StartChecks`](crate::effect::Effect::StartChecks). Ignored for resources that the module
    /// does not have, and for those whose checks do not run.
    Checked {
        /// The module.
        module: ModuleName,
        /// The resource that the checker owns, as in `tcp.web`.
        resource: String,
        /// `up` or `down`; what else a program says.
        value: String,
        /// The checker: `tcpcheck`, `pingcheck`, `intfcheck`, `ipcheck`, `customcheck`, `modulecheck`,
        /// `httpcheck`, `errd`.
        by: String,
        /// Why, where it is known: `connection refused`.
        reason: Option<String>,
    },
    /// A module that `<module>` checkers of another one look at was restarted: who depends on it is
    /// stopped and started. Ignored where it does not depend on it, or its application is not started.
    OtherRestarted {
        /// The module that depends on it.
        module: ModuleName,
        /// The module that was restarted.
        other: ModuleName,
    },
    /// The program for the failure of a process ended: the answer to
    /// [`Effect::RunHandler`](crate::effect::Effect::RunHandler). Where it did not end well the module is stopped
    /// and started, unless the process is well by then.
    HandlerEnded {
        /// The module.
        module: ModuleName,
        /// The name of the `<proc>`.
        process: String,
        /// How it ended.
        outcome: ScriptOutcome,
    },
    /// The machine is not rebooted: the answer to [`Effect::Reboot`](crate::effect::Effect::Reboot), where there
    /// is one. The module is started again, unless somebody did something with it meanwhile.
    RebootFailed {
        /// The module.
        module: ModuleName,
        /// Why.
        reason: String,
    },
    /// The cable of the interfaces that carry a module's virtual addresses was pulled, or plugged in
    /// again. Plugged in until told otherwise.
    Cable {
        /// The module.
        module: ModuleName,
        /// At least one of the interfaces has its cable.
        plugged: bool,
    },
    /// A frame arrived where the virtual addresses are, after
    /// [`Effect::Listen`](crate::effect::Effect::Listen) was given, or since this was said last; or no
    /// neighbour is known there who could send one.
    Received {
        /// The module.
        module: ModuleName,
    },
    /// Another view's tag is in force where probes are answered: the answer to
    /// [`Effect::SetContact`](crate::effect::Effect::SetContact).
    Asked {
        /// The module.
        module: ModuleName,
        /// The tag of the view, zero without one.
        tag: u64,
        /// When the latest request of each node arrived that may have been answered with another
        /// tag, on this machine's monotonic clock; read after the new tag was in force.
        asked: Vec<(NodeId, Time)>,
    },
    /// How many sockets this node holds in buckets that are not its own, as counted after the
    /// tables of `epoch` were installed: the answer to
    /// [`Effect::CountHeld`](crate::effect::Effect::CountHeld).
    HeldSockets {
        /// The module.
        module: ModuleName,
        /// The epoch whose tables were in force during the whole count.
        epoch: Epoch,
        /// Which count it is: it began after this one was asked for.
        number: u64,
        /// One number per group.
        held: Vec<u32>,
    },
}

/// A script of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Script {
    /// Cleans up before the module comes up.
    Prestart,
    /// Starts the application.
    StartBoth,
    /// Stops the application gracefully.
    StopBoth,
    /// Stops the application by force: `stop_both` with `force` as its first argument.
    StopBothForce,
    /// Cleans up after the module went down.
    Poststop,
    /// Follows a change of what is kept for the module while it runs.
    Update,
}

impl Script {
    /// The file's name in the module's `bin` folder.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Prestart => "prestart",
            Self::StartBoth => "start_both",
            Self::StopBoth | Self::StopBothForce => "stop_both",
            Self::Poststop => "poststop",
            Self::Update => "update",
        }
    }
}

/// How a script ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScriptOutcome {
    /// The module has no such script.
    Absent,
    /// It exited with this code.
    Exited {
        /// The exit code; 0 is success.
        code: i32,
    },
    /// It was ended by a signal.
    Killed {
        /// The signal's number.
        signal: i32,
    },
    /// It ran longer than allowed and was killed with all its children.
    TimedOut {
        /// The time it was allowed.
        limit: Duration,
    },
    /// It could not be run.
    Failed {
        /// The reason.
        reason: String,
    },
}

impl ScriptOutcome {
    /// Whether the script did its work, or there was nothing to do.
    pub const fn is_success(&self) -> bool {
        matches!(self, Self::Absent | Self::Exited { code: 0 })
    }
}
