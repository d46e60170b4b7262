//! What a module does by itself: its resources, the failover rules and processes that act on them, and how
//! often that may happen.
//!
//! [`Watch::evaluate`] finds out which actions are due. One is [`Watch::take`]n where the module's stage
//! allows it: a rule that goes on to apply acts again after a `period`, one that ceased to
//! apply meanwhile at once. Rules that nothing has happened to are not evaluated again.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::loops::Loops;
use super::resources::{Assignment, Resources};
use super::rules::{holds, names};
use super::switches::{CheckKind, Switches};
use super::watched::{Watched, watched};
use super::withdrawals::{Withdrawals, Withdrawn};
use crate::config::model::{
    CheckWhen, Condition, ModuleConfig, Proc, ProcAction, ResourcePattern, RuleAction,
};
use crate::ids::Time;

/// What an automaton can do to a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Automatic {
    /// Stop the module.
    Stop,
    /// Stop the application until no rule says so.
    Wait,
    /// Stop the module and start it again.
    Stopstart,
    /// Stop and start the application in place.
    Restart,
    /// Run the program that a `<proc>` has for its failure.
    Handle,
}

impl Automatic {
    /// Its name, as in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stop => "stop",
            Self::Wait => "wait",
            Self::Stopstart => "stopstart",
            Self::Restart => "restart",
            Self::Handle => "handle",
        }
    }

    /// Whether `maxloop` limits how often it happens.
    pub const fn is_counted(self) -> bool {
        !matches!(self, Self::Stop | Self::Handle)
    }

    const fn of_rule(action: &RuleAction) -> Option<Self> {
        match action {
            RuleAction::Stop => Some(Self::Stop),
            RuleAction::Wait => Some(Self::Wait),
            RuleAction::Stopstart => Some(Self::Stopstart),
            RuleAction::Restart => Some(Self::Restart),
            RuleAction::Withdraw(_) => None,
        }
    }

    const fn of_proc(action: &ProcAction) -> Option<Self> {
        match action {
            ProcAction::Restart => Some(Self::Restart),
            ProcAction::Stopstart => Some(Self::Stopstart),
            ProcAction::Stop => Some(Self::Stop),
            ProcAction::Handler(_) => Some(Self::Handle),
            ProcAction::Noaction => None,
        }
    }
}

/// Who wants an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum By {
    /// A failover rule, by its label.
    Rule(String),
    /// A checker, a program, a script, by its name.
    Caller(String),
    /// The monitoring of processes. A restart concerns these services alone; all where there are none.
    Errd {
        /// Which process: the name of its `<proc>`.
        process: String,
        /// `<proc restart_services>`.
        services: Vec<String>,
    },
}

impl By {
    /// Its name, as in the log.
    pub fn name(&self) -> &str {
        match self {
            Self::Rule(name) | Self::Caller(name) => name,
            Self::Errd { .. } => "errd",
        }
    }

    /// The label, where it is a rule.
    pub fn rule(&self) -> Option<&str> {
        match self {
            Self::Rule(label) => Some(label),
            Self::Caller(_) | Self::Errd { .. } => None,
        }
    }
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(label) => write!(f, "failover rule {label}"),
            Self::Caller(name) => f.write_str(name),
            Self::Errd { process, .. } => write!(f, "errd, for proc.{process} is down"),
        }
    }
}

/// How long something has to apply before it acts, and how long it leaves it at that.
type Times = (Duration, Duration);

/// Something that makes the module act.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Cause {
    by: By,
    condition: Condition,
    action: Automatic,
    /// How long it has to apply before it acts.
    delay: Duration,
    /// It applies since then.
    since: Option<Time>,
    /// It acted then, and applies ever since.
    taken: Option<Time>,
    /// How long it leaves it at that.
    pause: Duration,
    /// What it asked for is being done.
    busy: bool,
}

impl Cause {
    fn new(by: By, condition: Condition, action: Automatic, (delay, pause): Times) -> Self {
        Self {
            by,
            condition,
            action,
            delay,
            since: None,
            taken: None,
            pause,
            busy: false,
        }
    }

    fn of_proc(proc: &Proc, period: Duration) -> Option<Self> {
        let condition = Condition::down(ResourcePattern::one("proc", &proc.name));
        let action = Automatic::of_proc(&proc.action)?;
        let by = By::Errd {
            process: proc.name.clone(),
            services: proc.restart_services.clone(),
        };
        // Whether a program has done anything shows at the next look.
        let pause = match action {
            Automatic::Handle => period + proc.polltimer,
            Automatic::Stop | Automatic::Wait | Automatic::Stopstart | Automatic::Restart => period,
        };
        Some(Self::new(by, condition, action, (Duration::ZERO, pause)))
    }

    /// Whether the same wants the same for the same reason.
    fn is_same(&self, other: &Self) -> bool {
        let what = |cause: &Self| (cause.by.name().to_owned(), cause.action);
        what(self) == what(other) && self.condition == other.condition
    }

    /// When it may act; `None` while it does not apply, or what it asked for is not done yet.
    fn due(&self) -> Option<Time> {
        let due = self.since.filter(|_| !self.busy)? + self.delay;
        Some(self.taken.map_or(due, |taken| due.max(taken + self.pause)))
    }
}

/// What makes a module with this configuration act.
fn causes(config: &ModuleConfig) -> (Vec<Cause>, Withdrawals) {
    let (delay, period) = (config.failover.handle_time, config.failover.period);
    let rules = config.rules();
    let withdrawals = Withdrawals::new(&rules, delay);
    let rules = rules.into_iter().filter_map(|rule| {
        let action = Automatic::of_rule(&rule.action)?;
        Some(Cause::new(
            By::Rule(rule.label),
            rule.condition,
            action,
            (delay, period),
        ))
    });
    let procs = config.procs.iter();
    let procs = procs.filter_map(|proc| Cause::of_proc(proc, period));
    (rules.chain(procs).collect(), withdrawals)
}

/// Whether rules let the application be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gate {
    /// No rule says wait, and what such rules name is known.
    Open,
    /// A resource that such a rule names has no first result yet.
    Unknown,
    /// A rule says wait.
    Closed,
}

/// What follows from the resources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// Whether the application may be started.
    pub gate: Gate,
    /// The causes whose action is due, the weightiest first.
    due: Vec<usize>,
    /// The first rule that says wait.
    waits: Option<usize>,
    /// A cause applies, due or not, or a group is about to be withdrawn.
    applies: bool,
    /// The groups that rules take this node out of.
    withdrawn: Vec<Withdrawn>,
}

impl Default for Findings {
    fn default() -> Self {
        Self {
            gate: Gate::Open,
            due: Vec::new(),
            waits: None,
            applies: false,
            withdrawn: Vec::new(),
        }
    }
}

/// The automatic side of a module.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Watch {
    resources: Resources,
    causes: Vec<Cause>,
    withdrawals: Withdrawals,
    loops: Loops,
    findings: Findings,
    /// A resource changed since the last evaluation.
    changed: bool,
    /// When something may become due though no resource changes.
    next: Option<Time>,
}

impl Watch {
    /// Of a module with this configuration; `networks` as for [`watched`].
    pub fn new(config: &ModuleConfig, networks: &[std::net::IpAddr], now: Time) -> Self {
        let (causes, withdrawals) = causes(config);
        Self {
            resources: Resources::new(watched(config, networks), now),
            causes,
            withdrawals,
            loops: Loops::new(config.maxloop, config.loop_interval),
            findings: Findings::default(),
            changed: true,
            next: None,
        }
    }

    /// From here on the module has this configuration, `before` and `after` is what is looked at. What stays
    /// the same goes on: resources with what was said of them, rules that apply, the count of automatic actions.
    pub fn exchange(
        &mut self,
        config: &ModuleConfig,
        (before, after): (&[Watched], &[Watched]),
        now: Time,
    ) {
        self.resources.exchange(before, after, now);
        let (mut causes, withdrawals) = causes(config);
        for cause in &mut causes {
            let former = self.causes.iter().find(|former| former.is_same(cause));
            if let Some(former) = former {
                (cause.since, cause.taken, cause.busy) = (former.since, former.taken, former.busy);
            }
        }
        self.causes = causes;
        self.withdrawals.exchange(withdrawals);
        self.loops.limit(config.maxloop, config.loop_interval);
        self.changed = true;
        self.evaluate(now);
    }

    /// The module's resources.
    pub const fn resources(&self) -> &Resources {
        &self.resources
    }

    /// How often the module helped itself.
    pub const fn loops(&self) -> &Loops {
        &self.loops
    }

    /// The module's checks of this time begin, or end.
    pub fn watch(&mut self, when: CheckWhen, begin: bool, now: Time) {
        self.resources.watch(when, begin, now);
        self.changed = true;
    }

    /// Checks are switched as they were before the module got another configuration.
    pub fn adopt(&mut self, switches: Switches, now: Time) {
        self.resources.adopt(switches, now);
        self.changed = true;
    }

    /// Checks are switched on or off.
    pub fn switch(&mut self, kind: CheckKind, on: bool, said: Assignment) {
        self.resources.switch(kind, on, said);
        self.changed = true;
    }

    /// A class of processes is switched on or off. False where there is no such class.
    pub fn switch_class(&mut self, class: &str, on: bool, now: Time) -> bool {
        self.changed = true;
        self.resources.switch_class(class, on, now)
    }

    /// All classes of processes are switched off.
    pub fn switch_off_classes(&mut self, now: Time) {
        let classes: Vec<String> = self.resources.classes().keys().cloned().collect();
        for class in classes {
            self.switch_class(&class, false, now);
        }
    }

    /// A checker says what a resource is. True when it was something else.
    pub fn checked(&mut self, resource: &str, assignment: Assignment) -> bool {
        let changed = self.resources.checked(resource, assignment);
        self.changed |= changed;
        changed
    }

    /// A script or caller sets a resource. True when it was something else.
    ///
    /// # Errors
    ///
    /// Why not; nothing changed then.
    pub fn set(
        &mut self,
        resource: &str,
        assignment: Assignment,
    ) -> Result<bool, super::resources::Refusal> {
        let changed = self.resources.set(resource, assignment)?;
        self.changed |= changed;
        Ok(changed)
    }

    /// Evaluates what changed, and what time brings. True when the findings may be others than before.
    pub fn evaluate(&mut self, now: Time) -> bool {
        if self.loops.expire(now) {
            self.tell_count(now);
        }
        if !self.changed && self.next.is_none_or(|next| now < next) {
            return false;
        }
        self.changed = false;
        for cause in &mut self.causes {
            if holds(&cause.condition, &self.resources) == Some(true) {
                cause.since.get_or_insert(now);
            } else {
                (cause.since, cause.taken) = (None, None);
            }
        }
        self.withdrawals.evaluate(&self.resources, now);
        self.find(now);
        true
    }

    fn find(&mut self, now: Time) {
        let dues = || {
            let due = |(index, cause): (usize, &Cause)| Some((index, cause.due()?));
            self.causes.iter().enumerate().filter_map(due)
        };
        let mut due: Vec<usize> = dues()
            .filter(|(_, at)| *at <= now)
            .map(|(index, _)| index)
            .collect();
        due.sort_by_key(|index| self.causes.get(*index).map(|cause| cause.action));
        let is_wait = |cause: &Cause| cause.action == Automatic::Wait;
        let waits = self
            .causes
            .iter()
            .position(|cause| is_wait(cause) && cause.since.is_some());
        let is_open = |name: &str| {
            let mut waits = self.causes.iter().filter(|cause| is_wait(cause));
            waits.any(|cause| names(&cause.condition, name))
        };
        let gate = if waits.is_some() {
            Gate::Closed
        } else if self.resources.awaited(CheckWhen::Pre).any(is_open) {
            Gate::Unknown
        } else {
            Gate::Open
        };
        let to_withdraw = self.withdrawals.next(now);
        let applies =
            self.causes.iter().any(|cause| cause.since.is_some()) || to_withdraw.is_some();
        let later = dues().map(|(_, at)| at).filter(|at| *at > now);
        self.next = later.chain(to_withdraw).min();
        self.findings = Findings {
            gate,
            due,
            waits,
            applies,
            withdrawn: self.withdrawals.in_force(now),
        };
    }

    /// Whether the application may be started.
    pub const fn gate(&self) -> Gate {
        self.findings.gate
    }

    /// The rule that says wait, whether or not it applied for long.
    pub fn waits(&self) -> Option<&By> {
        let index = self.findings.waits?;
        self.causes.get(index).map(|cause| &cause.by)
    }

    /// The groups that rules take this node out of, as last evaluated.
    pub fn withdrawn(&self) -> &[Withdrawn] {
        &self.findings.withdrawn
    }

    /// Whether the first round of the checks `both` passed: all results are there, and nothing acts
    /// on them, or is about to.
    pub fn is_proven(&self) -> bool {
        !self.findings.applies && self.resources.awaited(CheckWhen::Both).next().is_none()
    }

    /// The weightiest action that is due and that the module can take where it is, with who wants it.
    /// It counts as taken.
    pub fn take(
        &mut self,
        can_take: impl Fn(Automatic) -> bool,
        now: Time,
    ) -> Option<(Automatic, By)> {
        let causes = &mut self.causes;
        let can = |index: &&usize| {
            causes
                .get(**index)
                .is_some_and(|cause| can_take(cause.action))
        };
        let index = *self.findings.due.iter().find(can)?;
        let cause = causes.get_mut(index)?;
        cause.taken = Some(now);
        cause.busy = cause.action == Automatic::Handle;
        let taken = (cause.action, cause.by.clone());
        self.find(now);
        Some(taken)
    }

    /// The program for the failure of a process has ended. True where it failed still when somebody looked last.
    pub fn handled(&mut self, process: &str, now: Time) -> bool {
        let is_its = |cause: &&mut Cause| {
            let of = matches!(&cause.by, By::Errd { process: one, .. } if one == process);
            of && cause.busy
        };
        let Some(cause) = self.causes.iter_mut().find(is_its) else {
            return false;
        };
        cause.busy = false;
        let applies = cause.since.is_some();
        cause.taken = cause.since.map(|_| now);
        self.find(now);
        applies
    }

    /// The rule that says wait counts as taken, however long it applies.
    pub fn take_wait(&mut self, now: Time) -> Option<By> {
        let cause = self.causes.get_mut(self.findings.waits?)?;
        cause.taken = Some(now);
        let by = cause.by.clone();
        self.find(now);
        Some(by)
    }

    /// An automatic action is about to happen. False when it is one too many.
    pub fn count(&mut self, action: Automatic, now: Time) -> bool {
        !action.is_counted() || self.count_one(now)
    }

    /// Something is about to happen that counts, whoever does it. False when it is one too many.
    pub fn count_one(&mut self, now: Time) -> bool {
        let allowed = self.loops.take(now);
        self.tell_count(now);
        allowed
    }

    /// Somebody who is no automaton looks after the module.
    pub fn reset(&mut self, now: Time) {
        self.loops.reset();
        self.tell_count(now);
    }

    fn tell_count(&mut self, now: Time) {
        self.changed |= self.resources.count(self.loops.count(), now);
    }
}
