//! What a module does by itself: what its resources, rules and programs want, counted against `maxloop`.

use super::module::{Module, checks, class};
use super::{Node, Trigger, said};
use crate::command::Denied;
use crate::config::model::{CheckWhen, Probe, ProcAction};
use crate::effect::Effect;
use crate::event::{Event, Reboot};
use crate::ids::{ModuleName, Time};
use crate::input::ScriptOutcome;
use crate::lease::Beats;
use crate::module::machine::Stage;
use crate::module::resources::{Assignment, DOWN, is_measure};
use crate::module::switches::{CheckKind, OFF, ON};
use crate::module::watch::{Automatic, By, Gate};

/// The rule by which a module goes on that waited.
const WAKEUP: &str = "Implicit_wakeup";

impl Node {
    /// A command that a program may give, too: in its name it counts, in anybody else's the count
    /// begins anew.
    pub(super) fn act(
        &mut self,
        module: &ModuleName,
        (action, by): (Automatic, String),
        automatic: bool,
        now: Time,
    ) -> Result<(), Denied> {
        let (needed, is_possible): (_, fn(Stage) -> bool) = match action {
            Automatic::Restart | Automatic::Handle => ("UP", Stage::can_restart),
            Automatic::Stop | Automatic::Wait | Automatic::Stopstart => {
                ("WAIT or UP", Stage::is_going)
            }
        };
        self.admit(module, action.name(), needed, is_possible)?;
        let module = self.known(module)?;
        if automatic {
            module.act(action, By::Caller(by), now);
        } else {
            module.obey(action.name(), by, trigger(action), now);
        }
        Ok(())
    }

    /// A stopped module is started: by somebody, or because its machine was.
    pub(super) fn start(
        &mut self,
        name: &ModuleName,
        by: Option<String>,
        now: Time,
    ) -> Result<(), Denied> {
        self.admit(name, "start", "STOP (NotReady)", |stage| {
            stage == Stage::Stopped
        })?;
        if let Some(module) = self.modules.get_mut(name) {
            match by {
                Some(by) => module.obey("start", by, Trigger::Start, now),
                None => module.start_at_boot(now),
            }
        }
        Ok(())
    }

    /// A module stops because its machine does, or the daemon.
    pub(super) fn shutdown(
        &mut self,
        name: &ModuleName,
        by: String,
        now: Time,
    ) -> Result<(), Denied> {
        self.admit(name, "shutdown", "WAIT or UP", Stage::is_going)?;
        self.known(name)?.obey("shutdown", by, Trigger::Stop, now);
        Ok(())
    }

    /// A module goes down whatever it is at.
    pub(super) fn force(
        &mut self,
        name: &ModuleName,
        by: String,
        automatic: bool,
        now: Time,
    ) -> Result<(), Denied> {
        self.admit(name, "forcestop", "WAIT or UP", Stage::is_going)?;
        self.known(name)?.force(by, automatic, now);
        Ok(())
    }

    /// A checker says what a resource is.
    pub(super) fn checked(&mut self, module: &ModuleName, resource: &str, said: Assignment) {
        let Some(module) = self.modules.get_mut(module) else {
            return;
        };
        if !module.watch.checked(resource, said.clone()) {
            return;
        }
        if is_measure(resource) {
            module.changed = true;
        } else {
            module.tell_set(resource, said);
        }
    }

    /// A script or caller sets a resource.
    pub(super) fn set_resource(
        &mut self,
        name: &ModuleName,
        resource: &str,
        said: Assignment,
    ) -> Result<(), Denied> {
        let module = self.known(name)?;
        let set = module.watch.set(resource, said.clone());
        let changed = set.map_err(|refusal| Denied::BadResource {
            module: name.clone(),
            problem: refusal.to_string(),
        })?;
        if changed {
            module.tell_set(resource, said);
        }
        Ok(())
    }

    /// Somebody switches checks on or off.
    pub(super) fn switch_checks(
        &mut self,
        name: &ModuleName,
        (kind, on): (CheckKind, bool),
        by: String,
        now: Time,
    ) -> Result<(), Denied> {
        self.known(name)?.switch(kind, on, by, now);
        Ok(())
    }

    /// A script switches a class of processes on or off.
    pub(super) fn switch_class(
        &mut self,
        name: &ModuleName,
        (class, on): (&str, bool),
        by: String,
        now: Time,
    ) -> Result<(), Denied> {
        self.admit(name, "errd enable", "WAIT or UP", Stage::is_going)?;
        let module = self.known(name)?;
        let classes = module.watch.resources().classes();
        let Some(former) = classes.get(class).copied() else {
            let names: Vec<&str> = classes.keys().map(String::as_str).collect();
            let problem = match names.as_slice() {
                [] => format!("no process is of class {class:?}, or of another one with a name"),
                names => format!(
                    "no process is of class {class:?}; there are {}",
                    names.join(", ")
                ),
            };
            let module = name.clone();
            return Err(Denied::UnknownClass { module, problem });
        };
        if former != on {
            module.switch_class(class, on, by, now);
        }
        Ok(())
    }

    /// A program of a module helps it by its own means.
    pub(super) fn count_action(
        &mut self,
        name: &ModuleName,
        by: String,
        now: Time,
    ) -> Result<(), Denied> {
        let module = self.known(name)?;
        if !module.watch.count_one(now) {
            let loops = module.watch.loops();
            return Err(Denied::TooManyActions {
                module: name.clone(),
                max: loops.max(),
                interval: loops.interval(),
            });
        }
        module.tell_called("incloop", by);
        Ok(())
    }

    /// The count begins anew.
    pub(super) fn reset_actions(
        &mut self,
        name: &ModuleName,
        by: String,
        now: Time,
    ) -> Result<(), Denied> {
        let module = self.known(name)?;
        if module.watch.loops().count() > 0 {
            module.tell_called("resetloop", by);
            module.watch.reset(now);
        }
        Ok(())
    }

    /// The program for the failure of a process of a module ended.
    pub(super) fn handler_ended(
        &mut self,
        name: &ModuleName,
        process: &str,
        outcome: &ScriptOutcome,
        now: Time,
    ) {
        if let Some(module) = self.modules.get_mut(name) {
            module.handler_ended(process, outcome, now);
        }
    }

    /// The machine was not rebooted for a module, which stopped for that.
    pub(super) fn reboot_failed(&mut self, name: &ModuleName, reason: String) {
        let Some(module) = self.modules.get_mut(name) else {
            return;
        };
        module.tell_reboot(Reboot::Failed { reason });
        // What it counted counts on.
        if std::mem::take(&mut module.awaits_reboot) {
            let again = Event::StartsAgain {
                module: name.clone(),
            };
            module.told.push(again);
            module.machine.handle(Trigger::Start);
        }
    }

    /// A module that another one depends on was restarted.
    pub(super) fn other_restarted(&mut self, name: &ModuleName, other: &ModuleName, now: Time) {
        let Some(module) = self.modules.get_mut(name) else {
            return;
        };
        let mut checks = module.config.checks.iter();
        let depends = checks.any(|check| match &check.probe {
            Probe::Module { name, .. } => name == other.as_str(),
            Probe::Tcp { .. }
            | Probe::Ping { .. }
            | Probe::Intf { .. }
            | Probe::Ip { .. }
            | Probe::Custom { .. }
            | Probe::Http(_) => false,
        });
        let stage = module.machine.stage();
        let is_started = stage.can_restart() || matches!(stage, Stage::Starting | Stage::Opening);
        let is_on = module.watch.resources().switches().checker;
        if is_on && depends && is_started {
            let by = By::Caller("modulecheck".to_owned());
            module.act(Automatic::Stopstart, by, now);
        }
    }
}

impl Module {
    /// Does what an operator wants, who looks after the module from here on.
    pub(super) fn obey(&mut self, action: &str, by: String, trigger: Trigger, now: Time) {
        let called = Event::ActionCalled {
            module: self.name.clone(),
            action: action.to_owned(),
            by,
        };
        self.begin(called, trigger, now);
    }

    /// Goes down whatever it is at: for somebody, or for a program, which is no care for the module.
    fn force(&mut self, by: String, automatic: bool, now: Time) {
        if !automatic {
            return self.obey("forcestop", by, Trigger::Forcestop, now);
        }
        self.acting = None;
        let reason = format!("stopped by {by}");
        self.tell_called("forcestop", by);
        self.machine.give_up(Trigger::Forcestop, reason);
    }

    pub(super) fn tell_called(&mut self, action: &str, by: String) {
        self.told.push(Event::ActionCalled {
            module: self.name.clone(),
            action: action.to_owned(),
            by,
        });
    }

    /// Starts with the machine.
    fn start_at_boot(&mut self, now: Time) {
        let module = self.name.clone();
        self.begin(Event::StartsAtBoot { module }, Trigger::Start, now);
    }

    fn begin(&mut self, called: Event, trigger: Trigger, now: Time) {
        self.watch.reset(now);
        self.acting = None;
        self.awaits_reboot = false;
        self.told.push(called);
        self.machine.handle(trigger);
    }

    /// Switches checks on or off: those that are to run at this stage begin or end.
    fn switch(&mut self, kind: CheckKind, on: bool, by: String, now: Time) {
        if self.watch.resources().switches().is_on(kind) == on {
            return;
        }
        let value = if on { ON } else { OFF };
        self.told.push(Event::ActionCalled {
            module: self.name.clone(),
            action: format!("{} {value}", kind.name()),
            by: by.clone(),
        });
        let said = said(value.to_owned(), by, None, now);
        self.watch.switch(kind, on, said);
        self.note_change();
        let resources = self.watch.resources();
        let runs = |when| resources.have_begun(when) && resources.are_watched(when, kind);
        for when in [CheckWhen::Pre, CheckWhen::Both] {
            if runs(when) {
                self.asked.push(checks(&self.name, (when, kind), on));
            }
        }
        if kind == CheckKind::Errd && resources.have_begun(CheckWhen::Both) {
            let classes = resources.classes().iter().filter(|(_, on)| **on);
            let switched = classes.map(|(name, _)| class(&self.name, name, on));
            self.asked.extend(switched);
        }
    }

    fn switch_class(&mut self, name: &str, on: bool, by: String, now: Time) {
        let action = if on { "enable" } else { "disable" };
        self.told.push(Event::ActionCalled {
            module: self.name.clone(),
            action: format!("errd {action} {name}"),
            by,
        });
        self.watch.switch_class(name, on, now);
        let resources = self.watch.resources();
        if resources.have_begun(CheckWhen::Both) && resources.switches().errd {
            self.asked.push(class(&self.name, name, on));
        }
    }

    /// Lets the module follow its resources. True when they may have changed.
    pub(super) fn heed(&mut self, beats: &Beats, now: Time) -> bool {
        let changed = self.watch.evaluate(now);
        self.heed_withdrawals(beats, now);
        let stage = self.machine.stage();
        if let Some((action, by)) = self.watch.take(|action| stage.takes(action), now) {
            self.act(action, by, now);
        } else if stage.is_held() {
            self.hold(now);
        } else if stage == Stage::Proving && self.watch.is_proven() {
            self.machine.handle(Trigger::Proven);
        }
        changed
    }

    /// A module that may have to wait.
    fn hold(&mut self, now: Time) {
        let is_waiting = self.machine.stage() == Stage::Waiting;
        match self.watch.gate() {
            Gate::Unknown => {}
            Gate::Closed if is_waiting => {}
            Gate::Closed => {
                if let Some(by) = self.watch.take_wait(now) {
                    self.act(Automatic::Wait, by, now);
                }
            }
            Gate::Open => {
                if is_waiting {
                    self.acting = None;
                    self.told.push(Event::RuleActed {
                        module: self.name.clone(),
                        action: "wakeup".to_owned(),
                        rule: WAKEUP.to_owned(),
                    });
                }
                self.machine.handle(Trigger::Wakeup);
            }
        }
    }

    /// Does what an automaton wants, unless that was done too often.
    pub(super) fn act(&mut self, action: Automatic, by: By, now: Time) {
        if let (Automatic::Handle, By::Errd { process, .. }) = (action, &by) {
            return self.handle_failure(process, by.name());
        }
        if !self.watch.count(action, now) {
            return self.give_up();
        }
        let (module, action_name) = (self.name.clone(), action.name().to_owned());
        let rule = by.rule().map(str::to_owned);
        self.told.push(match rule.clone() {
            Some(rule) => Event::RuleActed {
                module,
                action: action_name,
                rule,
            },
            None => Event::ActionCalled {
                module,
                action: action_name,
                by: by.name().to_owned(),
            },
        });
        self.acting = rule;
        match (action, by) {
            (Automatic::Stop, by) => self
                .machine
                .give_up(Trigger::Stop, format!("stopped by {by}")),
            (Automatic::Restart, By::Errd { services, .. }) => self.machine.restart(services),
            (Automatic::Stopstart, _) if self.config.automatic_reboot => self.reboot(),
            (action, _) => self.machine.handle(trigger(action)),
        }
    }

    /// Runs the program that there is for the failure of a process.
    fn handle_failure(&mut self, process: &str, by: &str) {
        let mut procs = self.config.procs.iter();
        let program = procs.find_map(|proc| match &proc.action {
            ProcAction::Handler(program) if proc.name == process => Some(program.clone()),
            ProcAction::Handler(_)
            | ProcAction::Restart
            | ProcAction::Stopstart
            | ProcAction::Stop
            | ProcAction::Noaction => None,
        });
        let Some(program) = program else { return };
        let user = self.config.user.clone().unwrap_or_default();
        let module = self.name.clone();
        self.told.push(Event::ActionCalled {
            module: module.clone(),
            action: program.clone(),
            by: by.to_owned(),
        });
        self.asked.push(Effect::RunHandler {
            module,
            process: process.to_owned(),
            program,
            timeout: user.nicestoptimeout,
        });
    }

    /// What that program did not do is done by a stop and a start.
    fn handler_ended(&mut self, process: &str, outcome: &ScriptOutcome, now: Time) {
        let fails_still = self.watch.handled(process, now);
        if matches!(outcome, ScriptOutcome::Exited { code: 0 }) || !fails_still {
            return;
        }
        self.told.push(Event::ProcessFailed {
            module: self.name.clone(),
            process: process.to_owned(),
            service: false,
            reason: Some(format!(
                "The program for the failure of {process} failed: {outcome:?}"
            )),
        });
        if self.machine.stage().takes(Automatic::Stopstart) {
            let by = By::Errd {
                process: process.to_owned(),
                services: Vec::new(),
            };
            self.act(Automatic::Stopstart, by, now);
        }
    }

    /// Stops the module for a reboot of its machine, or stops and starts it where that may not be.
    fn reboot(&mut self) {
        let (reboot, trigger) = match self.may_reboot {
            true => (Reboot::Planned, Trigger::Reboot),
            false => (Reboot::NotPermitted, Trigger::Stopstart),
        };
        self.tell_reboot(reboot);
        self.machine.handle(trigger);
    }

    fn tell_reboot(&mut self, reboot: Reboot) {
        let module = self.name.clone();
        self.told.push(Event::Reboot { module, reboot });
    }

    /// There were as many automatic actions as there may be.
    fn give_up(&mut self) {
        self.acting = None;
        self.told.push(Event::ActionCalled {
            module: self.name.clone(),
            action: Automatic::Stop.name().to_owned(),
            by: "maxloop".to_owned(),
        });
        let (max, interval) = (self.watch.loops().max(), self.watch.loops().interval());
        let reason = format!(
            "maxloop: after {max} automatic actions within {} s the next one stops the module; start \
             it when its cause is gone",
            interval.as_secs()
        );
        self.machine.give_up(Trigger::Stop, reason);
    }

    /// What has a bearing on why the module is not up yet.
    pub(super) fn holdup(&self) -> Option<String> {
        let awaited = |when| -> String {
            let names: Vec<&str> = self.watch.resources().awaited(when).collect();
            names.join(", ")
        };
        let stage = self.machine.stage();
        if stage == Stage::Proving {
            return Some(match awaited(CheckWhen::Both) {
                none if none.is_empty() => "a failed check is about to act".to_owned(),
                names => format!("traffic waits for the first result of {names}"),
            });
        }
        if !stage.is_held() {
            return None;
        }
        Some(match self.watch.waits() {
            Some(By::Rule(rule)) => format!("failover rule {rule} says wait"),
            Some(By::Caller(_) | By::Errd { .. }) | None => format!(
                "a failover rule waits for the first result of {}",
                awaited(CheckWhen::Pre)
            ),
        })
    }

    fn tell_set(&mut self, resource: &str, said: Assignment) {
        let module = self.name.clone();
        let Assignment {
            value, by, reason, ..
        } = said;
        let process = resource.strip_prefix("proc.");
        if let Some(process) = process.filter(|_| value == DOWN) {
            let is_service = |name| {
                let mut procs = self.config.procs.iter();
                procs.any(|proc| proc.service && proc.name == name)
            };
            self.told.push(Event::ProcessFailed {
                module: module.clone(),
                process: process.to_owned(),
                service: is_service(process),
                reason: reason.clone(),
            });
        }
        self.told.push(Event::ResourceSet {
            module,
            resource: resource.to_owned(),
            value,
            by,
            reason: reason.filter(|_| process.is_none()),
        });
    }
}

const fn trigger(action: Automatic) -> Trigger {
    match action {
        Automatic::Stop => Trigger::Stop,
        Automatic::Wait => Trigger::Wait,
        Automatic::Stopstart => Trigger::Stopstart,
        // The program of a process is run beside the machine, which hears nothing of it.
        Automatic::Restart | Automatic::Handle => Trigger::Restart,
    }
}
