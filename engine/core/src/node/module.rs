//! A module of a node: its machine and its membership, and what becomes of the steps of both.

use std::collections::BTreeMap;

use crate::config::model::ModuleConfig;
use crate::effect::Effect;
use crate::event::Event;
use crate::ids::{ModuleName, Time};
use crate::lease::Beats;
use crate::membership::Membership;
use crate::module::machine::{Machine, Stage, Step, Trigger};

/// A configured module.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) config: ModuleConfig,
    pub(super) macs: Vec<[u8; 6]>,
    pub(super) machine: Machine,
    /// For modules with traffic.
    pub(super) membership: Option<Membership>,
}

impl Module {
    /// Lets the machine hear of its membership. True while there is something to drain.
    pub(super) fn follow(&mut self) -> bool {
        let stage = self.machine.stage();
        if let Some(membership) = &self.membership {
            if stage == Stage::Joining && membership.is_ready() {
                self.machine.handle(Trigger::ShareOpened);
            }
            if matches!(stage, Stage::Leaving | Stage::Yielding) && membership.has_left() {
                self.machine.handle(Trigger::Left);
            }
        }
        self.machine.has_steps()
            || self
                .membership
                .as_ref()
                .is_some_and(Membership::has_effects)
    }

    /// Turns steps and the membership's effects into the node's.
    pub(super) fn drain(&mut self, name: &ModuleName, beats: &Beats, now: Time) -> Vec<Effect> {
        let membership = self.membership.as_mut();
        let mut effects = membership.map(Membership::take_effects).unwrap_or_default();
        for step in self.machine.take_steps() {
            let module = name.clone();
            match step {
                Step::Changed(state) => {
                    effects.push(Effect::Event(Event::StateChanged { module, state }));
                }
                Step::StartsAgain => effects.push(Effect::Event(Event::StartsAgain { module })),
                Step::Run {
                    script,
                    args,
                    timeout,
                } => {
                    let started = Event::ScriptStarted {
                        module: module.clone(),
                        script,
                    };
                    effects.push(Effect::Event(started));
                    effects.push(Effect::RunScript {
                        module,
                        script,
                        args,
                        timeout,
                    });
                }
                Step::OpenTraffic => effects.push(Effect::OpenTraffic { module }),
                Step::CloseTraffic => {
                    if let Some(membership) = &mut self.membership {
                        membership.close();
                    }
                    effects.push(Effect::CloseTraffic { module });
                }
                Step::Join => {
                    if let Some(membership) = &mut self.membership {
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
        effects
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
