//! A module of a node: its machine, its membership and what it does by itself, and what becomes of the
//! steps of all three.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::recluster::Other;
use super::update::Update;
use crate::config::model::{CheckWhen, ModuleConfig};
use crate::effect::Effect;
use crate::event::{Event, Reboot};
use crate::ids::{ModuleName, Time};
use crate::input::Script;
use crate::lease::Beats;
use crate::membership::Membership;
use crate::module::machine::{Machine, Plan, Stage, Step, Trigger};
use crate::module::state::ModuleState;
use crate::module::switches::CheckKind;
use crate::module::watch::Watch;
use crate::module::watched::{Watched, watched};
use crate::module::withdrawals::Withdrawn;

/// A configured module.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Module {
    pub(super) name: ModuleName,
    pub(super) config: ModuleConfig,
    /// Those that members may have as well: the next one, and those before that some may not have left.
    pub(super) others: Vec<Other<ModuleConfig>>,
    pub(super) macs: Vec<[u8; 6]>,
    pub(super) networks: Vec<IpAddr>,
    pub(super) machine: Machine,
    pub(super) watch: Watch,
    /// For modules with traffic.
    pub(super) membership: Option<Membership>,
    /// The rule whose action is being carried out.
    pub(super) acting: Option<String>,
    /// To be told before what the machine did about it.
    pub(super) told: Vec<Event>,
    /// What is to be done beside what the machine and the membership want.
    pub(super) asked: Vec<Effect>,
    /// Whether its `automatic_reboot` may reboot the machine.
    pub(super) may_reboot: bool,
    /// It stopped for a reboot, and nobody did anything with it since.
    pub(super) awaits_reboot: bool,
    /// How far the script `update` is.
    pub(super) update: Update,
    /// When it last became UP (Ready).
    pub(super) started: Option<Time>,
    /// A script opened the traffic.
    pub(super) opened: bool,
    /// Somebody wants this node to have no share at all.
    pub(super) drain: bool,
    /// Groups that failover rules take this node out of.
    pub(super) withdrawn: Vec<Withdrawn>,
    /// The end of a drain was told.
    pub(super) drained: bool,
    /// The status is another one, though nothing was told.
    pub(super) changed: bool,
}

impl Module {
    /// A stopped module.
    pub(super) fn new(
        name: ModuleName,
        config: ModuleConfig,
        (macs, networks): (Vec<[u8; 6]>, Vec<IpAddr>),
        membership: Option<Membership>,
        now: Time,
    ) -> Self {
        Self {
            machine: Machine::new(plan(&config, &watched(&config, &networks))),
            watch: Watch::new(&config, &networks, now),
            name,
            config,
            others: Vec::new(),
            macs,
            networks,
            membership,
            acting: None,
            told: Vec::new(),
            asked: Vec::new(),
            may_reboot: false,
            awaits_reboot: false,
            update: Update::default(),
            started: None,
            opened: false,
            drain: false,
            withdrawn: Vec::new(),
            drained: false,
            changed: false,
        }
    }

    /// Lets the machine hear of its membership, its resources and the time. True while there is
    /// something to drain.
    pub(super) fn follow(&mut self, beats: &Beats, now: Time) -> bool {
        self.heed_scripts(beats, now);
        let stage = self.machine.stage();
        let lets_in = self.lets_in();
        if let Some(membership) = &self.membership {
            if stage == Stage::Joining && (membership.is_ready() || !lets_in) {
                self.machine.handle(Trigger::ShareOpened);
            }
            if matches!(stage, Stage::Leaving | Stage::Yielding) && membership.has_left() {
                self.machine.handle(Trigger::Left);
            }
        }
        self.note_drained();
        // Checks that are to begin or end count from then on.
        if !self.machine.has_steps() {
            self.changed |= self.heed(beats, now);
        }
        self.run_update();
        self.machine.has_steps()
            || !self.told.is_empty()
            || !self.asked.is_empty()
            || self
                .membership
                .as_ref()
                .is_some_and(Membership::has_effects)
    }

    /// Whether the status changed without a word since this was asked last.
    pub(super) fn take_changed(&mut self) -> bool {
        let membership = self.membership.as_mut();
        let changed = membership.is_some_and(Membership::take_changed);
        std::mem::take(&mut self.changed) || changed
    }

    /// Turns what is to be told, steps and the membership's effects into the node's.
    pub(super) fn drain(&mut self, beats: &Beats, now: Time) -> Vec<Effect> {
        let told = std::mem::take(&mut self.told);
        let mut effects: Vec<Effect> = told.into_iter().map(Effect::Event).collect();
        effects.append(&mut self.asked);
        if let Some(membership) = &mut self.membership {
            effects.extend(membership.take_effects());
        }
        for step in self.machine.take_steps() {
            self.carry_out(step, &mut effects, beats, now);
        }
        effects
    }

    fn carry_out(&mut self, step: Step, effects: &mut Vec<Effect>, beats: &Beats, now: Time) {
        let module = self.name.clone();
        match step {
            Step::Changed(state) => {
                if state == ModuleState::READY || state == ModuleState::STOPPED {
                    self.acting = None;
                }
                if state == ModuleState::READY {
                    self.started = Some(now);
                }
                if state == ModuleState::STOPPED {
                    self.opened = false;
                    self.forget_drain(beats, now);
                    self.watch.switch_off_classes(now);
                }
                effects.push(Effect::Event(Event::StateChanged { module, state }));
            }
            Step::Reboot => effects.extend(self.reboot_now()),
            Step::StartsAgain => effects.push(Effect::Event(Event::StartsAgain { module })),
            Step::Run {
                script,
                args,
                timeout,
            } => {
                self.note_script(script);
                effects.extend(run(&module, script, args, timeout));
            }
            Step::KillScripts => effects.push(Effect::KillScripts { module }),
            Step::StartChecks(when) => effects.extend(self.begin_checks(when, true, now)),
            Step::StopChecks(when) => effects.extend(self.begin_checks(when, false, now)),
            Step::OpenTraffic => effects.push(Effect::OpenTraffic { module }),
            Step::CloseTraffic => {
                if let Some(membership) = &mut self.membership {
                    membership.close(beats);
                    // The filter is shut before anybody hears that this node takes no part.
                    effects.extend(membership.take_effects());
                }
                effects.push(Effect::CloseTraffic { module });
            }
            Step::Join => {
                let lets_in = self.lets_in();
                if let Some(membership) = self.membership.as_mut().filter(|_| lets_in) {
                    membership.join(beats, now);
                }
            }
            Step::Leave => {
                if let Some(membership) = &mut self.membership {
                    membership.leave(beats, now);
                }
            }
        }
    }
}

impl Module {
    /// The checks of this time begin, or end.
    fn begin_checks(&mut self, when: CheckWhen, begin: bool, now: Time) -> Vec<Effect> {
        self.watch.watch(when, begin, now);
        let resources = self.watch.resources();
        let kinds = resources.watchers(when);
        let kinds = kinds.map(|kind| checks(&self.name, (when, kind), begin));
        let classes = resources.classes_watched(when);
        let classes = classes.map(|name| class(&self.name, name, begin));
        kinds.chain(classes).collect()
    }

    /// All is down that has to be before the machine is.
    fn reboot_now(&mut self) -> [Effect; 2] {
        self.awaits_reboot = true;
        let module = self.name.clone();
        let begins = Event::Reboot {
            module: module.clone(),
            reboot: Reboot::Begins,
        };
        [Effect::Event(begins), Effect::Reboot { module }]
    }
}

/// A script is run.
pub(super) fn run(
    module: &ModuleName,
    script: Script,
    args: Vec<String>,
    timeout: Option<Duration>,
) -> [Effect; 2] {
    let started = Event::ScriptStarted {
        module: module.clone(),
        script,
    };
    let run = Effect::RunScript {
        module: module.clone(),
        script,
        args,
        timeout,
    };
    [Effect::Event(started), run]
}

/// The checks of a time and kind begin, or end.
pub(super) fn checks(
    module: &ModuleName,
    (when, kind): (CheckWhen, CheckKind),
    begin: bool,
) -> Effect {
    let module = module.clone();
    match begin {
        true => Effect::StartChecks { module, when, kind },
        false => Effect::StopChecks { module, when, kind },
    }
}

/// The monitoring of a class of processes begins, or ends.
pub(super) fn class(module: &ModuleName, class: &str, on: bool) -> Effect {
    let (module, class) = (module.clone(), class.to_owned());
    Effect::WatchClass { module, class, on }
}

/// What the state machine needs of the configuration.
pub(super) fn plan(config: &ModuleConfig, watched: &[Watched]) -> Plan {
    let scripts = config
        .user
        .as_ref()
        .map(|user| (user.nicestoptimeout, user.forcestoptimeout));
    let has = |when| watched.iter().any(|watched| watched.when == when);
    Plan {
        traffic: config.farm.is_some() && config.vip.is_some(),
        scripts,
        checks: (has(CheckWhen::Pre), has(CheckWhen::Both)),
    }
}

/// The memberships of the modules with traffic, by name of the module.
pub(super) fn memberships(
    modules: &BTreeMap<ModuleName, Module>,
) -> impl Iterator<Item = &Membership> {
    modules
        .values()
        .filter_map(|module| module.membership.as_ref())
}

/// The same, to be changed.
pub(super) fn memberships_mut(
    modules: &mut BTreeMap<ModuleName, Module>,
) -> impl Iterator<Item = &mut Membership> {
    modules
        .values_mut()
        .filter_map(|module| module.membership.as_mut())
}

/// That of the module with this name.
pub(super) fn membership_of<'a>(
    modules: &'a mut BTreeMap<ModuleName, Module>,
    name: &ModuleName,
) -> Option<&'a mut Membership> {
    modules.get_mut(name)?.membership.as_mut()
}
