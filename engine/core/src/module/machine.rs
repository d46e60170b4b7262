//! A module's way from STOP to UP and back: which script or traffic step comes next.
//!
//! ```text
//!            Start            ended               ended ok            opened            share open
//!  Stopped ───────► Prestart ───────► Starting ─────────────► Opening ───────► Joining ──────────► Up
//!  STOP             WAIT T            UP T  │ failed          UP T │ failed    UP T                UP
//!  NotReady                                 │      no traffic: ────│──────────────────────────────► Ready
//!     ▲                                     │                      ▼                               │
//!     │                                     │                  Aborting (stop_both, UP T)          │ Stop
//!     │                                     ▼                      │                               ▼
//!     ├────────────────────────────── Reverting ◄──────────────────┘                          Leaving
//!     │                               (stop_both force, WAIT T)                               UP T │ left
//!     │                                                                                            ▼
//!     └── Closing ◄────── Poststop ◄────── Forcing ◄────────────────────────────────────────── Stopping
//!         WAIT T  ended   WAIT T    ended  WAIT T                                     ended    UP T
//! ```
//!
//! A Stop during Prestart, Starting, Opening and Aborting is remembered and done when the running
//! step has ended: from Prestart on by Forcing, from Starting by Stopping. Joining leaves at once.
//! Where no traffic was opened, Poststop goes straight to Stopped and nothing has to be left.
//!
//! ```text
//!  Joining, Up ── Restart ──► Yielding ──► Halting ──► HaltingForce ──► Restarting ──► Joining ──► Up
//!                             UP T   left  UP T  ended UP T       ended UP T     ok
//! ```
//!
//! A restart is in place: the addresses stay, the others serve meanwhile. A Stop on the way goes over to
//! the way down; so does a `start_both` that fails. A Stopstart is a Stop after which Stopped goes on
//! to Prestart by itself; a Stop meanwhile calls that off.

use std::time::Duration;

use super::state::{ModuleState, Phase, Readiness};
use crate::input::{Script, ScriptOutcome};

/// Where a module is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing runs.
    Stopped,
    /// `prestart` runs.
    Prestart,
    /// `start_both` runs.
    Starting,
    /// The network side is brought up.
    Opening,
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
    /// `poststop` runs.
    Poststop,
    /// The network side is taken down.
    Closing,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Stopped,
        Self::Prestart,
        Self::Starting,
        Self::Opening,
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
        Self::Poststop,
        Self::Closing,
    ];

    /// The state as an operator sees it.
    pub const fn state(self) -> ModuleState {
        match self {
            Self::Stopped => ModuleState::STOPPED,
            Self::Up => ModuleState::READY,
            Self::Starting
            | Self::Opening
            | Self::Joining
            | Self::Yielding
            | Self::Halting
            | Self::HaltingForce
            | Self::Restarting
            | Self::Aborting
            | Self::Leaving
            | Self::Stopping => ModuleState::new(Phase::Up, Readiness::Transient),
            Self::Prestart | Self::Reverting | Self::Forcing | Self::Poststop | Self::Closing => {
                ModuleState::new(Phase::Wait, Readiness::Transient)
            }
        }
    }
}

/// What moves a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// An operator wants it up.
    Start,
    /// An operator wants it down.
    Stop,
    /// Somebody wants its application stopped and started in place.
    Restart,
    /// Somebody wants it down and then up again.
    Stopstart,
    /// The script that ran ended.
    ScriptEnded(Script, ScriptOutcome),
    /// The network side is up, or the reason why not.
    TrafficOpened(Result<(), String>),
    /// The network side is gone.
    TrafficClosed,
    /// Every bucket that this node is to own is open.
    ShareOpened,
    /// The others have taken the share over.
    Left,
}

/// What has to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Tell those who listen that the state changed.
    Changed(ModuleState),
    /// Tell those who listen that it starts by itself.
    StartsAgain,
    /// Run this script.
    Run {
        /// Which one.
        script: Script,
        /// Its arguments.
        args: Vec<String>,
        /// The time it may take.
        timeout: Option<Duration>,
    },
    /// Bring the network side up.
    OpenTraffic,
    /// Take the network side down.
    CloseTraffic,
    /// Become a member.
    Join,
    /// Give the share away; answered by [`Trigger::Left`].
    Leave,
}

/// What of a module's configuration the machine needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whether it has a network side and a membership.
    pub traffic: bool,
    /// Times for the graceful and the forced stop; `None` when there are no scripts at all.
    pub scripts: Option<(Duration, Duration)>,
}

/// A module's state machine.
#[derive(Clone, Debug)]
pub struct Machine {
    plan: Plan,
    stage: Stage,
    stop_wanted: bool,
    /// It starts again once it has stopped.
    start_again: bool,
    traffic_open: bool,
    reason: Option<String>,
    steps: Vec<Step>,
}

impl Machine {
    /// A stopped module.
    pub const fn new(plan: Plan) -> Self {
        Self {
            plan,
            stage: Stage::Stopped,
            stop_wanted: false,
            start_again: false,
            traffic_open: false,
            reason: None,
            steps: Vec::new(),
        }
    }

    /// Replaces the plan; legal in [`Stage::Stopped`].
    pub const fn set_plan(&mut self, plan: Plan) {
        self.plan = plan;
    }

    /// Where it is.
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// Why the last start failed.
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Whether something has to be done.
    pub const fn has_steps(&self) -> bool {
        !self.steps.is_empty()
    }

    /// What has to be done since this was asked last, in order.
    pub fn take_steps(&mut self) -> Vec<Step> {
        std::mem::take(&mut self.steps)
    }

    /// Something happened. What does not fit the stage changes nothing: answers to earlier requests
    /// may come late.
    pub fn handle(&mut self, trigger: Trigger) {
        match trigger {
            Trigger::Start => self.start(),
            Trigger::Stop => self.stop(false),
            Trigger::Stopstart => self.stop(true),
            Trigger::Restart if matches!(self.stage, Stage::Joining | Stage::Up) => {
                self.enter(Stage::Yielding);
            }
            Trigger::ScriptEnded(script, outcome) if self.stage.script() == Some(script) => {
                self.script_ended(&outcome);
            }
            Trigger::TrafficOpened(result) if self.stage == Stage::Opening => self.opened(result),
            Trigger::TrafficClosed if self.stage == Stage::Closing => {
                self.traffic_open = false;
                self.enter(Stage::Stopped);
            }
            Trigger::ShareOpened if self.stage == Stage::Joining => self.enter(Stage::Up),
            Trigger::Left if self.stage == Stage::Leaving => self.enter(Stage::Stopping),
            Trigger::Left if self.stage == Stage::Yielding => self.enter(Stage::Halting),
            Trigger::Restart
            | Trigger::ScriptEnded(..)
            | Trigger::TrafficOpened(_)
            | Trigger::TrafficClosed
            | Trigger::ShareOpened
            | Trigger::Left => {}
        }
    }

    fn start(&mut self) {
        if self.stage == Stage::Stopped {
            self.reason = None;
            self.stop_wanted = false;
            self.start_again = false;
            self.enter(Stage::Prestart);
        }
    }

    fn stop(&mut self, start_again: bool) {
        // On the way down already, it is only said anew what comes after it.
        self.start_again = start_again && self.stage != Stage::Stopped;
        match self.stage {
            Stage::Joining | Stage::Up | Stage::Yielding => self.enter(Stage::Leaving),
            Stage::Prestart
            | Stage::Starting
            | Stage::Opening
            | Stage::Aborting
            | Stage::Halting
            | Stage::HaltingForce
            | Stage::Restarting => self.stop_wanted = true,
            Stage::Stopped
            | Stage::Reverting
            | Stage::Leaving
            | Stage::Stopping
            | Stage::Forcing
            | Stage::Poststop
            | Stage::Closing => {}
        }
    }

    fn opened(&mut self, result: Result<(), String>) {
        match result {
            Ok(()) => {
                self.traffic_open = true;
                let stop = self.stop_wanted;
                self.enter(if stop { Stage::Leaving } else { Stage::Joining });
            }
            Err(reason) => {
                self.reason = Some(format!("the virtual IP could not be set: {reason}"));
                self.enter(Stage::Aborting);
            }
        }
    }

    fn script_ended(&mut self, outcome: &ScriptOutcome) {
        let stop = self.stop_wanted;
        match self.stage {
            Stage::Prestart if stop => self.enter(Stage::Forcing),
            Stage::Prestart => self.enter(Stage::Starting),
            Stage::Starting | Stage::Restarting if stop => self.enter(Stage::Stopping),
            stage @ (Stage::Starting | Stage::Restarting) if !outcome.is_success() => {
                self.reason = Some(format!("start_both failed: {outcome:?}"));
                self.enter(if stage == Stage::Starting {
                    Stage::Reverting
                } else {
                    Stage::Forcing
                });
            }
            Stage::Starting if self.plan.traffic => self.enter(Stage::Opening),
            Stage::Restarting if self.traffic_open => self.enter(Stage::Joining),
            Stage::Starting | Stage::Restarting => self.enter(Stage::Up),
            Stage::Halting if stop => self.enter(Stage::Forcing),
            Stage::Halting => self.enter(Stage::HaltingForce),
            Stage::HaltingForce if stop => self.enter(Stage::Poststop),
            Stage::HaltingForce => self.enter(Stage::Restarting),
            Stage::Aborting => self.enter(Stage::Reverting),
            Stage::Stopping => self.enter(Stage::Forcing),
            Stage::Forcing => self.enter(Stage::Poststop),
            Stage::Poststop if self.traffic_open => self.enter(Stage::Closing),
            Stage::Poststop | Stage::Reverting => self.enter(Stage::Stopped),
            Stage::Stopped
            | Stage::Opening
            | Stage::Joining
            | Stage::Up
            | Stage::Yielding
            | Stage::Leaving
            | Stage::Closing => {}
        }
    }

    /// The only place where the stage changes: enters it and asks for what belongs to it.
    fn enter(&mut self, stage: Stage) {
        let before = self.stage.state();
        self.stage = stage;
        if stage.state() != before {
            self.steps.push(Step::Changed(stage.state()));
        }
        match stage {
            Stage::Stopped if self.start_again => {
                self.steps.push(Step::StartsAgain);
                self.start();
            }
            Stage::Stopped | Stage::Up => {}
            Stage::Opening => self.steps.push(Step::OpenTraffic),
            Stage::Joining => self.steps.push(Step::Join),
            Stage::Leaving | Stage::Yielding if self.traffic_open => self.steps.push(Step::Leave),
            Stage::Leaving => self.enter(Stage::Stopping),
            Stage::Yielding => self.enter(Stage::Halting),
            Stage::Closing => self.steps.push(Step::CloseTraffic),
            Stage::Prestart
            | Stage::Starting
            | Stage::Halting
            | Stage::HaltingForce
            | Stage::Restarting
            | Stage::Aborting
            | Stage::Reverting
            | Stage::Stopping
            | Stage::Forcing
            | Stage::Poststop => self.run_script(),
        }
    }

    fn run_script(&mut self) {
        let Some(script) = self.stage.script() else {
            return;
        };
        let Some((nice, force)) = self.plan.scripts else {
            return self.script_ended(&ScriptOutcome::Absent);
        };
        let (from, to, action) = self.stage.script_args();
        let action = match action {
            "stop" if self.start_again => "stopstart",
            action => action,
        };
        let mut args: Vec<String> = [from, to, action].map(str::to_owned).into();
        let timeout = match script {
            Script::StopBoth => Some(nice),
            Script::StopBothForce => {
                args.insert(0, "force".to_owned());
                Some(force)
            }
            Script::Prestart | Script::StartBoth | Script::Poststop => None,
        };
        self.steps.push(Step::Run {
            script,
            args,
            timeout,
        });
    }
}

impl Stage {
    /// Whether the module is anywhere but in STOP.
    pub fn is_going(self) -> bool {
        self != Self::Stopped
    }

    /// Whether the application runs and can be stopped and started in place, or is being so.
    pub const fn can_restart(self) -> bool {
        matches!(
            self,
            Self::Joining
                | Self::Up
                | Self::Yielding
                | Self::Halting
                | Self::HaltingForce
                | Self::Restarting
        )
    }

    /// The script that runs in this stage.
    const fn script(self) -> Option<Script> {
        match self {
            Self::Prestart => Some(Script::Prestart),
            Self::Starting | Self::Restarting => Some(Script::StartBoth),
            Self::Aborting | Self::Halting | Self::Stopping => Some(Script::StopBoth),
            Self::Reverting | Self::HaltingForce | Self::Forcing => Some(Script::StopBothForce),
            Self::Poststop => Some(Script::Poststop),
            Self::Stopped
            | Self::Opening
            | Self::Joining
            | Self::Up
            | Self::Yielding
            | Self::Leaving
            | Self::Closing => None,
        }
    }

    /// Current state, next state and action for the script of this stage.
    const fn script_args(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Prestart => ("STOP", "WAIT", "start"),
            Self::Starting => ("WAIT", "UP", "start"),
            Self::Halting | Self::HaltingForce | Self::Restarting => ("UP", "UP", "restart"),
            Self::Aborting | Self::Stopping => ("UP", "WAIT", "stop"),
            Self::Stopped
            | Self::Opening
            | Self::Joining
            | Self::Up
            | Self::Yielding
            | Self::Reverting
            | Self::Leaving
            | Self::Forcing
            | Self::Poststop
            | Self::Closing => ("WAIT", "STOP", "stop"),
        }
    }
}
