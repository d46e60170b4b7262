//! An operator changes the module's configuration: while it serves, by the steps of the service, in which every
//! server that runs expects the next configuration first, then one after the other has it in force; or by a stop.

use evenkeel_core::command::Command;
use evenkeel_core::config::model::ModuleConfig;
use evenkeel_core::module::state::ModuleState;

use super::World;
use crate::farm::{self, mac, module_name};

/// A change on its way.
#[derive(Clone, Debug)]
pub struct Change {
    next: ModuleConfig,
    /// Per server, the run of its daemon that expects it.
    expects: Vec<Option<u64>>,
    /// Per server, the run of its daemon that was given it.
    has: Vec<Option<u64>>,
    /// How often one could not take it.
    refused: u32,
}

/// A server that was away for the first step may refuse the second one until it hears the others.
const REFUSED_MAX: u32 = 2000;

impl World {
    /// Begins a change, unless one is under way or some server lacks the one before.
    pub fn begin_change(&mut self, next: ModuleConfig) {
        let has_latest = |one: &super::Machine| one.revision == self.revision;
        if self.change.is_none() && self.machines.iter().all(has_latest) {
            self.say(0, "and the others are to change");
            let none = vec![None; self.machines.len()];
            self.change = Some(Change {
                next,
                expects: none.clone(),
                has: none,
                refused: 0,
            });
        }
    }

    /// Goes on with a change by a step at one server; false when there is nothing to do.
    pub fn go_on(&mut self) -> Result<bool, String> {
        let Some(mut change) = self.change.take() else {
            return Ok(false);
        };
        if self.machines.iter().all(|one| one.node.is_none()) {
            return Ok(false);
        }
        let begun = change.has.iter().any(Option::is_some);
        let told = if begun { &change.has } else { &change.expects };
        let lacks = |at: &usize| {
            let one = &self.machines[*at];
            one.node.is_some() && told[*at] != Some(one.incarnation)
        };
        let all: Vec<usize> = (0..self.machines.len()).filter(lacks).collect();
        if begun && all.is_empty() {
            return Ok(false);
        }
        let in_force = begun || all.is_empty();
        let all: Vec<usize> = match all.is_empty() {
            true => (0..self.machines.len()).collect(),
            false => all,
        };
        let answers = |at: &usize| {
            let one = &self.machines[*at];
            one.node.is_some() && one.frozen_until.is_none()
        };
        let all: Vec<usize> = all.into_iter().filter(answers).collect();
        if all.is_empty() {
            self.change = Some(change);
            return Ok(true);
        }
        let at = *self.rng.pick(&all);
        let run = Some(self.machines[at].incarnation);
        if in_force {
            self.module = change.next.clone();
            self.say(at, "has the next configuration");
            match self.give(at, &change.next, true) {
                Ok(()) => change.has[at] = run,
                Err(why) if change.refused < REFUSED_MAX => {
                    change.refused += 1;
                    self.say(at, &format!("cannot take it: {why}"));
                }
                Err(why) => return Err(why),
            }
        } else if let Err(why) = self.give(at, &change.next, false) {
            self.say(at, &format!("does not want it: {why}"));
            return self.give_up().map(|()| false);
        } else {
            change.expects[at] = run;
        }
        self.change = Some(change);
        Ok(true)
    }

    fn give_up(&mut self) -> Result<(), String> {
        for at in 0..self.machines.len() {
            let (module, config) = (module_name(), None);
            self.command(at, Command::Expect { module, config })?;
        }
        Ok(())
    }

    /// The module gets other powers, a list per group; each server takes them when it can: see
    /// [`World::reconfigure`].
    pub fn set_powers(&mut self, powers: &[Vec<u32>]) {
        let farm = self.module.farm.take();
        self.module = farm::module(self.cluster.lans.len(), powers);
        self.module.farm = farm;
        self.revision += 1;
    }

    /// An operator goes on with the latest change of the module's configuration on a server that is
    /// up: its module is stopped, configured, and started again where it is wanted. False when there
    /// is nothing to do.
    pub fn reconfigure(&mut self, at: usize) -> Result<bool, String> {
        let machine = &self.machines[at];
        if machine.node.is_none() || machine.revision == self.revision {
            return Ok(false);
        }
        if self.state(at) != Some(ModuleState::STOPPED) {
            let (module, by) = (module_name(), "weights".into());
            let automatic = false;
            self.command(
                at,
                Command::Stop {
                    module,
                    by,
                    automatic,
                },
            )?;
        } else if machine.frozen_until.is_none() {
            let (module, config) = (module_name(), Box::new(self.module.clone()));
            let macs = vec![mac(at)];
            self.machines[at].revision = self.revision;
            self.machines[at].regroup(&self.module);
            let configure = Command::Configure {
                module,
                config,
                macs,
                networks: farm::networks(),
            };
            self.command(at, configure)?;
            if self.machines[at].wanted {
                self.start(at)?;
            }
        }
        Ok(true)
    }
}
