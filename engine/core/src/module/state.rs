//! The states of a module as an operator sees them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A module's state on one node: the phase, and how settled it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModuleState {
    /// STOP, WAIT or UP.
    pub phase: Phase,
    /// NotReady, Transient or Ready.
    pub readiness: Readiness,
}

impl ModuleState {
    /// STOP (NotReady): stopped, ready to be started.
    pub const STOPPED: Self = Self::new(Phase::Stop, Readiness::NotReady);
    /// UP (Ready): the application runs and traffic is taken.
    pub const READY: Self = Self::new(Phase::Up, Readiness::Ready);
    /// UP (NotReady): the application runs, and this part of the farm is too small to take traffic.
    pub const FENCED: Self = Self::new(Phase::Up, Readiness::NotReady);

    /// The state of this phase and readiness.
    pub const fn new(phase: Phase, readiness: Readiness) -> Self {
        Self { phase, readiness }
    }
}

impl fmt::Display for ModuleState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.phase, self.readiness)
    }
}

/// Where a module is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Phase {
    /// Not running.
    Stop,
    /// On its way up or down, or blocked.
    Wait,
    /// The application runs, or is being started or stopped in place.
    Up,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Stop => "STOP",
            Self::Wait => "WAIT",
            Self::Up => "UP",
        })
    }
}

/// How settled a phase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Readiness {
    /// Stopped, or blocked.
    NotReady,
    /// Changing.
    Transient,
    /// Serving.
    Ready,
}

impl fmt::Display for Readiness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotReady => "NotReady",
            Self::Transient => "Transient",
            Self::Ready => "Ready",
        })
    }
}
