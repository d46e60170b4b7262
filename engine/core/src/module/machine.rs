//! A module's way from STOP to UP and back: which script, check or traffic step comes next.
//!
//! ```text
//!            Start          ended           no rule says wait       ended ok          opened
//!  Stopped ──────► Prestart ─────► Screening ───────────────► Starting ─────► Opening ─────► Proving
//!  STOP            WAIT T          WAIT T                     UP T  │ failed  UP T │ failed  UP T
//!  NotReady                          │ one does     ▲               │              │           │ checks
//!     ▲                              ▼              │ none does     │              ▼           ▼ passed
//!     │                            Waiting ─────────┘               │           Aborting    Joining
//!     │                            WAIT NotReady                    │           UP T        UP T
//!     │                                                             ▼              │           │ share
//!     ├──────────────────────────────────────────────────────── Reverting ◄────────┘           ▼ open
//!     │                                                         WAIT T             Stop     Up, Ready
//!     │                                                                              │         │
//!     └── Closing ◄────── Poststop ◄────── Forcing ◄────── Stopping ◄────── Leaving ◄┴─────────┘
//!         WAIT T   ended  WAIT T    ended  WAIT T   ended  UP T       left  UP T
//! ```
//!
//! A Stop during Prestart, Starting, Opening and Aborting is remembered and done when the running
//! step has ended: from Prestart on by Forcing, from Starting by Stopping. Screening and Waiting go to
//! Forcing; Proving, Joining and Up leave at once. Where no traffic was opened, Poststop goes straight
//! to Stopped; where nothing was joined, nothing has to be left.
//!
//! ```text
//!  Proving, Joining, Up ── Restart ──► Yielding ──► Halting ──► HaltingForce ──► Restarting ──► Proving
//!                                      UP T   left  UP T  ended UP T       ended UP T     ok
//!  Proving, Joining, Up, Yielding ── Wait ──► Leaving ──► Stopping ──► Forcing ──► Withdrawing ──► Waiting
//! ```
//!
//! A restart is in place: the addresses stay, the others serve meanwhile. A Stop on the way goes over to
//! the way down; so does a `start_both` that fails. A Stopstart is a Stop after which Stopped goes on
//! to Prestart by itself; a Stop meanwhile calls that off, and so does either with a Wait. A Reboot is a
//! Stop after which the machine is rebooted, unless one of the others calls that off meanwhile.
//!
//! ```text
//!  anywhere but Stopped, Closing ── Forcestop ──► Severing ──────► Forcing ──► Poststop ──► Stopped
//!                                                 WAIT T   ended,  WAIT T      WAIT T
//!                                                          closed
//! ```
//!
//! A Forcestop waits for nobody: the script that runs is killed, the share is given to nobody, and no script
//! after it takes longer than a forced stop may. Another one on this way kills what runs there, and the way
//! goes on. In Closing nothing is left to be forced.
//!
//! The checks `pre` run from the end of `prestart` until `poststop`, or Stopped; the checks `both` from
//! Proving until `stop_both`. The network side is up by then: what listens at, or checks, the virtual
//! addresses finds them. But nothing is taken from a client before Joining.

use std::time::Duration;

pub use super::stage::Stage;

use serde::{Deserialize, Serialize};

use super::state::ModuleState;
use super::watch::Automatic;
use crate::config::model::CheckWhen;
use crate::input::{Script, ScriptOutcome};

/// What moves a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// An operator wants it up.
    Start,
    /// An operator wants it down.
    Stop,
    /// Somebody wants it down whatever it is at.
    Forcestop,
    /// Somebody wants its application stopped and started in place.
    Restart,
    /// Somebody wants it down and then up again.
    Stopstart,
    /// It is to go down, and then its machine is to be rebooted.
    Reboot,
    /// A rule says that the application must not run for the time being.
    Wait,
    /// No rule says so, and every resource that one names is known.
    Wakeup,
    /// The first round of the checks `both` passed.
    Proven,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Tell those who listen that the state changed.
    Changed(ModuleState),
    /// Tell those who listen that it starts by itself.
    StartsAgain,
    /// Reboot the machine.
    Reboot,
    /// Run this script.
    Run {
        /// Which one.
        script: Script,
        /// Its arguments.
        args: Vec<String>,
        /// The time it may take.
        timeout: Option<Duration>,
    },
    /// Kill whatever scripts and programs of it run, with all their children; each is answered as if it
    /// had ended by itself.
    KillScripts,
    /// Begin the checks of this time.
    StartChecks(CheckWhen),
    /// End them.
    StopChecks(CheckWhen),
    /// Bring the network side up.
    OpenTraffic,
    /// Take the network side down. Who is a member still ceases to be one at this instant.
    CloseTraffic,
    /// Become a member.
    Join,
    /// Give the share away; answered by [`Trigger::Left`].
    Leave,
}

/// What of a module's configuration the machine needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Whether it has a network side and a membership.
    pub traffic: bool,
    /// Times for the graceful and the forced stop; `None` when there are no scripts at all.
    pub scripts: Option<(Duration, Duration)>,
    /// Whether it has checks `pre`, and those `both`.
    pub checks: (bool, bool),
}

/// What comes after the way down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Then {
    Stay,
    StartAgain,
    Reboot,
    Wait,
}

/// The virtual addresses and what lets traffic in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Network {
    Down,
    Opening,
    Up,
}

/// A module's state machine.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Machine {
    plan: Plan,
    stage: Stage,
    stop_wanted: bool,
    then: Then,
    network: Network,
    joined: bool,
    /// It goes down by force.
    forced: bool,
    /// The end of this one, which was killed, is awaited.
    killed: Option<Script>,
    /// Whether the checks `pre` run, and those `both`.
    checks: (bool, bool),
    reason: Option<String>,
    /// A restart concerns these services alone.
    services: Vec<String>,
    steps: Vec<Step>,
}

impl Machine {
    /// A stopped module.
    pub const fn new(plan: Plan) -> Self {
        Self {
            plan,
            stage: Stage::Stopped,
            stop_wanted: false,
            then: Then::Stay,
            network: Network::Down,
            joined: false,
            forced: false,
            killed: None,
            checks: (false, false),
            reason: None,
            services: Vec::new(),
            steps: Vec::new(),
        }
    }

    /// Another configuration is in force. Where its module had no checks of a time that is there already, they
    /// begin.
    pub fn replan(&mut self, plan: Plan) {
        self.plan = plan;
        let (pre, both) = plan.checks;
        if pre && !self.checks.0 && self.stage.is_screened() {
            self.checks.0 = true;
            self.steps.push(Step::StartChecks(CheckWhen::Pre));
        }
        if both && !self.checks.1 && self.stage.is_proved() {
            self.checks.1 = true;
            self.steps.push(Step::StartChecks(CheckWhen::Both));
        }
    }

    /// Whether the network side is up.
    pub fn is_open(&self) -> bool {
        self.network == Network::Up
    }

    /// Where it is.
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// Why the last start failed, or the module was given up.
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
            Trigger::Stop => self.stop(Then::Stay),
            Trigger::Forcestop => self.force(),
            Trigger::Stopstart => self.stop(Then::StartAgain),
            Trigger::Reboot => self.stop(Then::Reboot),
            Trigger::Restart => self.restart(Vec::new()),
            Trigger::Wait if self.stage.is_settled() => {
                self.then = Then::Wait;
                self.enter(Stage::Leaving);
            }
            Trigger::Wait if self.stage == Stage::Screening => self.enter(Stage::Waiting),
            Trigger::Wakeup if self.stage.is_held() => self.enter(Stage::Starting),
            Trigger::Proven if self.stage == Stage::Proving => self.serve(),
            Trigger::ScriptEnded(script, _) if self.stage == Stage::Severing => {
                self.killed = self.killed.filter(|killed| *killed != script);
                self.sever_on();
            }
            Trigger::ScriptEnded(script, outcome) => {
                if self.stage.script().is_some_and(|(runs, _)| runs == script) {
                    self.script_ended(&outcome);
                }
            }
            Trigger::TrafficOpened(result) if self.stage == Stage::Opening => self.opened(result),
            Trigger::TrafficOpened(result) if self.stage == Stage::Severing => {
                self.opened_in_vain(&result);
            }
            Trigger::TrafficClosed if matches!(self.stage, Stage::Withdrawing | Stage::Closing) => {
                self.closed();
            }
            Trigger::TrafficClosed if self.stage == Stage::Severing => self.severed(),
            Trigger::ShareOpened if self.stage == Stage::Joining => self.enter(Stage::Up),
            Trigger::Left if self.stage == Stage::Leaving => self.left(Stage::Stopping),
            Trigger::Left if self.stage == Stage::Yielding => self.left(Stage::Halting),
            Trigger::Wait
            | Trigger::Wakeup
            | Trigger::Proven
            | Trigger::TrafficOpened(_)
            | Trigger::TrafficClosed
            | Trigger::ShareOpened
            | Trigger::Left => {}
        }
    }

    /// A Stop for this reason, or a Forcestop.
    pub fn give_up(&mut self, by: Trigger, reason: String) {
        self.reason = Some(reason);
        self.handle(by);
    }

    /// A Restart of these services alone, which the scripts are told (`-Services "a, b"`); of all where
    /// there are none.
    pub fn restart(&mut self, services: Vec<String>) {
        if self.stage.takes(Automatic::Restart) {
            self.services = services;
            self.enter(Stage::Yielding);
        }
    }

    fn start(&mut self) {
        if self.stage == Stage::Stopped {
            self.reason = None;
            self.stop_wanted = false;
            self.forced = false;
            self.then = Then::Stay;
            self.enter(Stage::Prestart);
        }
    }

    fn stop(&mut self, then: Then) {
        // On the way down already, it is only said anew what comes after it.
        self.then = then;
        match self.stage {
            Stage::Proving | Stage::Joining | Stage::Up | Stage::Yielding => {
                self.enter(Stage::Leaving);
            }
            Stage::Screening | Stage::Waiting => self.enter(Stage::Forcing),
            Stage::Prestart
            | Stage::Starting
            | Stage::Opening
            | Stage::Aborting
            | Stage::Halting
            | Stage::HaltingForce
            | Stage::Restarting => self.stop_wanted = true,
            Stage::Stopped => self.then = Then::Stay,
            Stage::Reverting
            | Stage::Leaving
            | Stage::Stopping
            | Stage::Forcing
            | Stage::Withdrawing
            | Stage::Severing
            | Stage::Poststop
            | Stage::Closing => {}
        }
    }

    /// What runs is ended, and nobody is waited for.
    fn force(&mut self) {
        self.then = Then::Stay;
        match (self.stage, self.forced) {
            (Stage::Stopped | Stage::Closing | Stage::Severing, _) => {}
            (_, true) => self.steps.push(Step::KillScripts),
            (stage, false) => {
                self.forced = true;
                self.joined = false;
                let scripts = self.plan.scripts.and(stage.script());
                self.killed = scripts.map(|(script, _)| script);
                // Where the network side is being taken down already that is not asked for again.
                let closes = self.network == Network::Up && stage != Stage::Withdrawing;
                self.enter(Stage::Severing);
                self.steps.extend(closes.then_some(Step::CloseTraffic));
                self.sever_on();
            }
        }
    }

    /// The network side came up when nobody wanted it any more.
    fn opened_in_vain(&mut self, result: &Result<(), String>) {
        if self.network == Network::Opening {
            self.network = Network::Down;
            if result.is_ok() {
                self.network = Network::Up;
                self.steps.push(Step::CloseTraffic);
            }
            self.sever_on();
        }
    }

    fn severed(&mut self) {
        if self.network == Network::Up {
            self.network = Network::Down;
            self.sever_on();
        }
    }

    /// Goes on as soon as nothing that belongs to the stage before is left.
    fn sever_on(&mut self) {
        if self.killed.is_none() && self.network == Network::Down {
            self.enter(Stage::Forcing);
        }
    }

    fn opened(&mut self, result: Result<(), String>) {
        match result {
            Ok(()) => {
                self.network = Network::Up;
                if self.stop_wanted {
                    self.enter(Stage::Leaving);
                } else {
                    self.prove();
                }
            }
            Err(reason) => {
                self.network = Network::Down;
                self.reason = Some(format!("the virtual IP could not be set: {reason}"));
                self.enter(Stage::Aborting);
            }
        }
    }

    fn closed(&mut self) {
        self.network = Network::Down;
        self.enter(match self.then {
            _ if self.stage == Stage::Closing => Stage::Stopped,
            Then::Wait => Stage::Waiting,
            Then::Stay | Then::StartAgain | Then::Reboot => Stage::Poststop,
        });
    }

    fn left(&mut self, next: Stage) {
        self.joined = false;
        self.enter(next);
    }

    /// The application was started: is it well?
    fn prove(&mut self) {
        let (_, both) = self.plan.checks;
        if both {
            self.enter(Stage::Proving);
        } else {
            self.serve();
        }
    }

    fn serve(&mut self) {
        self.enter(if self.network == Network::Up {
            Stage::Joining
        } else {
            Stage::Up
        });
    }

    fn script_ended(&mut self, outcome: &ScriptOutcome) {
        let stop = self.stop_wanted;
        match self.stage {
            Stage::Prestart if stop => self.enter(Stage::Forcing),
            Stage::Prestart => self.screen(),
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
            Stage::Starting | Stage::Restarting => self.prove(),
            Stage::Halting if stop => self.enter(Stage::Forcing),
            Stage::Halting => self.enter(Stage::HaltingForce),
            Stage::HaltingForce if stop => self.enter(Stage::Poststop),
            Stage::HaltingForce => self.enter(Stage::Restarting),
            Stage::Aborting => self.enter(Stage::Reverting),
            Stage::Stopping => self.enter(Stage::Forcing),
            Stage::Forcing if self.then == Then::Wait && self.network == Network::Up => {
                self.enter(Stage::Withdrawing);
            }
            Stage::Forcing if self.then == Then::Wait => self.enter(Stage::Waiting),
            Stage::Forcing => self.enter(Stage::Poststop),
            Stage::Poststop if self.network == Network::Up => self.enter(Stage::Closing),
            Stage::Poststop | Stage::Reverting => self.enter(Stage::Stopped),
            Stage::Stopped
            | Stage::Screening
            | Stage::Waiting
            | Stage::Opening
            | Stage::Proving
            | Stage::Joining
            | Stage::Up
            | Stage::Yielding
            | Stage::Leaving
            | Stage::Withdrawing
            | Stage::Severing
            | Stage::Closing => {}
        }
    }

    /// The module is on its way: what it depends on is looked at from here on. Whoever knows the rules
    /// says whether it has to wait.
    fn screen(&mut self) {
        let (pre, _) = self.plan.checks;
        if pre {
            self.checks.0 = true;
            self.steps.push(Step::StartChecks(CheckWhen::Pre));
        }
        self.enter(Stage::Screening);
    }

    /// The only place where the stage changes: enters it and asks for what belongs to it.
    fn enter(&mut self, stage: Stage) {
        let before = self.stage.state();
        self.stage = stage;
        if stage.state() != before {
            self.steps.push(Step::Changed(stage.state()));
        }
        self.stop_checks();
        match stage {
            Stage::Stopped if self.then == Then::StartAgain => {
                self.steps.push(Step::StartsAgain);
                self.start();
            }
            Stage::Stopped if self.then == Then::Reboot => {
                self.then = Then::Stay;
                self.steps.push(Step::Reboot);
            }
            Stage::Stopped | Stage::Screening | Stage::Up => {}
            Stage::Waiting => self.then = Then::Stay,
            Stage::Opening => {
                self.network = Network::Opening;
                self.steps.push(Step::OpenTraffic);
            }
            Stage::Severing => self.steps.push(Step::KillScripts),
            Stage::Proving => {
                self.checks.1 = true;
                self.steps.push(Step::StartChecks(CheckWhen::Both));
            }
            Stage::Joining => {
                self.joined = true;
                self.steps.push(Step::Join);
            }
            Stage::Leaving | Stage::Yielding if self.joined => self.steps.push(Step::Leave),
            Stage::Leaving => self.enter(Stage::Stopping),
            Stage::Yielding => self.enter(Stage::Halting),
            Stage::Withdrawing | Stage::Closing => self.steps.push(Step::CloseTraffic),
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

    /// Ends the checks that do not run in this stage.
    fn stop_checks(&mut self) {
        let (pre, both) = self.checks;
        if both && !self.stage.is_checked() {
            self.checks.1 = false;
            self.steps.push(Step::StopChecks(CheckWhen::Both));
        }
        if pre && !self.stage.is_screened() {
            self.checks.0 = false;
            self.steps.push(Step::StopChecks(CheckWhen::Pre));
        }
    }

    fn run_script(&mut self) {
        let Some((script, args)) = self.stage.script() else {
            return;
        };
        let Some((nice, force)) = self.plan.scripts else {
            return self.script_ended(&ScriptOutcome::Absent);
        };
        let args @ [_, _, action] = match (args, self.then) {
            ([from, to, "stop"], Then::StartAgain | Then::Reboot) => [from, to, "stopstart"],
            ([from, _, "stop"], Then::Wait) => [from, "WAIT", "stopwait"],
            (args, _) => args,
        };
        let mut args: Vec<String> = args.map(str::to_owned).into();
        if action == "restart" && !self.services.is_empty() {
            args.extend(["-Services".to_owned(), self.services.join(", ")]);
        }
        let timeout = match script {
            Script::StopBoth => Some(nice),
            Script::StopBothForce => {
                args.insert(0, "force".to_owned());
                Some(force)
            }
            Script::Poststop if self.forced => Some(force),
            Script::Prestart | Script::StartBoth | Script::Poststop | Script::Update => None,
        };
        self.steps.push(Step::Run {
            script,
            args,
            timeout,
        });
    }
}
