//! The stages of a module's way, and what of each shows outside.

use serde::{Deserialize, Serialize};

use super::state::{ModuleState, Phase, Readiness};
use super::watch::Automatic;
use crate::input::Script;

/// Where a module is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Nothing runs.
    Stopped,
    /// `prestart` runs.
    Prestart,
    /// The first results of the checks `pre` are awaited.
    Screening,
    /// A rule says wait: the application is not started before it ceases to apply.
    Waiting,
    /// `start_both` runs.
    Starting,
    /// The network side is brought up, with everything closed.
    Opening,
    /// The first results of the checks `both` are awaited.
    Proving,
    /// Waits for its share.
    Joining,
    /// Serves.
    Up,
    /// Gives its share to the others, for a restart.
    Yielding,
    /// `stop_both` runs, for a restart.
    Halting,
    /// `stop_both force` runs, for a restart.
    HaltingForce,
    /// `start_both` runs, for a restart.
    Restarting,
    /// `stop_both` runs because the network side could not be brought up.
    Aborting,
    /// `stop_both force` runs because the start failed.
    Reverting,
    /// Gives its share to the others.
    Leaving,
    /// `stop_both` runs.
    Stopping,
    /// `stop_both force` runs.
    Forcing,
    /// The network side is taken down, to wait.
    Withdrawing,
    /// Whatever script runs is killed and the network side taken down, for a stop by force.
    Severing,
    /// `poststop` runs.
    Poststop,
    /// The network side is taken down.
    Closing,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::Stopped,
        Self::Prestart,
        Self::Screening,
        Self::Waiting,
        Self::Starting,
        Self::Opening,
        Self::Proving,
        Self::Joining,
        Self::Up,
        Self::Yielding,
        Self::Halting,
        Self::HaltingForce,
        Self::Restarting,
        Self::Aborting,
        Self::Reverting,
        Self::Leaving,
        Self::Stopping,
        Self::Forcing,
        Self::Withdrawing,
        Self::Severing,
        Self::Poststop,
        Self::Closing,
    ];

    /// The state as an operator sees it.
    pub const fn state(self) -> ModuleState {
        match self {
            Self::Stopped => ModuleState::STOPPED,
            Self::Up => ModuleState::READY,
            Self::Waiting => ModuleState::new(Phase::Wait, Readiness::NotReady),
            Self::Starting
            | Self::Opening
            | Self::Proving
            | Self::Joining
            | Self::Yielding
            | Self::Halting
            | Self::HaltingForce
            | Self::Restarting
            | Self::Aborting
            | Self::Leaving
            | Self::Stopping => ModuleState::new(Phase::Up, Readiness::Transient),
            Self::Prestart
            | Self::Screening
            | Self::Reverting
            | Self::Forcing
            | Self::Withdrawing
            | Self::Severing
            | Self::Poststop
            | Self::Closing => ModuleState::new(Phase::Wait, Readiness::Transient),
        }
    }

    /// Whether the module is anywhere but in STOP.
    pub fn is_going(self) -> bool {
        self != Self::Stopped
    }

    /// Whether the application runs and can be stopped and started in place, or is being so.
    pub const fn can_restart(self) -> bool {
        matches!(
            self,
            Self::Proving
                | Self::Joining
                | Self::Up
                | Self::Yielding
                | Self::Halting
                | Self::HaltingForce
                | Self::Restarting
        )
    }

    /// Whether the module has started and is settled enough for an automatic action to begin here.
    pub const fn is_settled(self) -> bool {
        matches!(
            self,
            Self::Proving | Self::Joining | Self::Up | Self::Yielding
        )
    }

    /// Whether this node has a share, or is about to: one that rules can take it out of.
    pub const fn may_share(self) -> bool {
        self.can_restart() || matches!(self, Self::Starting | Self::Opening | Self::Leaving)
    }

    /// Whether the application is to be started as soon as no rule says wait.
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Screening | Self::Waiting)
    }

    /// Whether no script runs, nor is about to.
    pub const fn is_at_rest(self) -> bool {
        self.is_held() || self.is_proved()
    }

    /// Whether an automatic action can begin in this stage; elsewhere its cause may go away by itself.
    pub const fn takes(self, action: Automatic) -> bool {
        match action {
            Automatic::Stop => self.is_settled() || self.is_held(),
            Automatic::Wait | Automatic::Stopstart => self.is_settled(),
            Automatic::Restart | Automatic::Handle => self.is_proved(),
        }
    }

    /// Whether the checks `pre` go on in this stage.
    pub(super) const fn is_screened(self) -> bool {
        !matches!(
            self,
            Self::Stopped | Self::Prestart | Self::Poststop | Self::Closing
        )
    }

    /// Whether the application runs and stays as it is: checks `both` can begin here.
    pub(super) const fn is_proved(self) -> bool {
        matches!(self, Self::Proving | Self::Joining | Self::Up)
    }

    /// Whether the checks `both` go on in this stage once they have begun.
    pub(super) const fn is_checked(self) -> bool {
        self.is_settled() || matches!(self, Self::Leaving)
    }

    /// The script that runs in this stage, with current state, next state and action as its arguments.
    pub(super) const fn script(self) -> Option<(Script, [&'static str; 3])> {
        let script = match self {
            Self::Prestart => (Script::Prestart, ["STOP", "WAIT", "start"]),
            Self::Starting => (Script::StartBoth, ["WAIT", "UP", "start"]),
            Self::Restarting => (Script::StartBoth, ["UP", "UP", "restart"]),
            Self::Halting => (Script::StopBoth, ["UP", "UP", "restart"]),
            Self::Aborting | Self::Stopping => (Script::StopBoth, ["UP", "WAIT", "stop"]),
            Self::HaltingForce => (Script::StopBothForce, ["UP", "UP", "restart"]),
            Self::Reverting | Self::Forcing => (Script::StopBothForce, ["WAIT", "STOP", "stop"]),
            Self::Poststop => (Script::Poststop, ["WAIT", "STOP", "stop"]),
            Self::Stopped
            | Self::Screening
            | Self::Waiting
            | Self::Opening
            | Self::Proving
            | Self::Joining
            | Self::Up
            | Self::Yielding
            | Self::Leaving
            | Self::Withdrawing
            | Self::Severing
            | Self::Closing => return None,
        };
        Some(script)
    }
}
