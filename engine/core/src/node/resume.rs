//! A node that goes on in another process: what is kept of it is all that it is, and the shell there learns
//! again what has to be in force.
//!
//! Peers notice nothing: the run of the node is the same, and its heartbeats and probes count on. To them and
//! to the node itself it looks as if the daemon had stood still for a moment. So every rule of lease and contact
//! holds by itself.

use super::Node;
use super::module::{Module, checks, class};
use crate::config::model::CheckWhen;
use crate::effect::Effect;
use crate::ids::{Incarnation, ModuleName, NodeId, Time};
use crate::module::machine::Stage;
use crate::module::state::ModuleState;

impl Node {
    /// The first module that is on its way from one state to another, and where: what a shell does for it
    /// then cannot be gone on with by another one. `None`: there is none.
    pub fn unsettled(&self) -> Option<(&ModuleName, ModuleState)> {
        let mut modules = self.modules.iter();
        let (name, module) = modules.find(|(_, module)| !module.is_at_rest())?;
        Some((name, module.machine.stage().state()))
    }

    /// Tells another shell than before what it has to do from here on. It has the traffic of every module open
    /// whose [`is_open`](Self::is_open) is true, and nothing else.
    pub fn resume(&mut self, now: Time) {
        for module in self.modules.values_mut() {
            let begun = module.resume(now);
            self.effects.extend(begun);
        }
        self.generation += 1;
        self.settle(now);
    }

    /// Which node it is.
    pub const fn me(&self) -> NodeId {
        self.config.node
    }

    /// Which run of this node it is.
    pub const fn run(&self) -> Incarnation {
        self.config.incarnation
    }

    /// Whether the network side of a module is up.
    pub fn is_open(&self, name: &ModuleName) -> bool {
        let module = self.modules.get(name);
        module.is_some_and(|module| module.machine.is_open())
    }

    /// The modules as they are configured.
    pub fn configurations(
        &self,
    ) -> impl Iterator<Item = (&ModuleName, &crate::config::model::ModuleConfig)> {
        let modules = self.modules.iter();
        modules.map(|(name, module)| (name, &module.config))
    }
}

impl Module {
    fn is_at_rest(&self) -> bool {
        let stage = self.machine.stage();
        (stage == Stage::Stopped || stage.is_at_rest()) && !self.update.runs()
    }

    /// What the checks look at, and what of the membership is in force.
    fn resume(&mut self, now: Time) -> Vec<Effect> {
        if let Some(membership) = self.membership.as_mut().filter(|_| self.machine.is_open()) {
            membership.resume(now);
        }
        let resources = self.watch.resources();
        let begun = [CheckWhen::Pre, CheckWhen::Both].into_iter();
        let mut effects = Vec::new();
        for when in begun.filter(|when| resources.have_begun(*when)) {
            let kinds = resources.watchers(when);
            effects.extend(kinds.map(|kind| checks(&self.name, (when, kind), true)));
            let classes = resources.classes_watched(when);
            effects.extend(classes.map(|name| class(&self.name, name, true)));
        }
        effects
    }
}
