//! Modules that get another configuration while they run.
//!
//! As with the nodes of the cluster ([`Node::recluster`]): first each node takes peers for members that have the
//! next configuration of a module, and when all do, each has it in force.

use super::module::Module;
use super::setup::{self, Wanted};
use super::{Node, membership_of};
use crate::command::Denied;
use crate::config::live;
use crate::config::model::ModuleConfig;
use crate::ids::{ModuleName, Time};
use crate::membership::Setup;
use crate::module::machine::Stage;
use crate::status::Move;

impl Node {
    /// Whether a module is there and not stopped.
    pub fn is_going(&self, name: &ModuleName) -> bool {
        let stage = self.modules.get(name).map(|module| module.machine.stage());
        stage.is_some_and(|stage| stage != Stage::Stopped)
    }

    /// Peers that have this configuration are members as well.
    pub(super) fn expect(
        &mut self,
        name: &ModuleName,
        config: Option<ModuleConfig>,
        now: Time,
    ) -> Result<(), Denied> {
        if let Some(config) = &config {
            self.check_live(name, config)?;
        }
        let module = self.known(name)?;
        let former = std::mem::replace(&mut module.expected, config);
        match self.setup_of(name) {
            Ok(setup) => self.set_up(name, setup, now),
            Err(denied) => {
                self.known(name)?.expected = former;
                Err(denied)
            }
        }
    }

    /// Gives a module that runs another configuration.
    pub(super) fn reconfigure(
        &mut self,
        name: &ModuleName,
        config: ModuleConfig,
        now: Time,
    ) -> Result<(), Denied> {
        self.check_live(name, &config)?;
        let module = self.known(name)?;
        if module.config == config {
            return Ok(());
        }
        let former = std::mem::replace(&mut module.config, config);
        let expected = module.expected.replace(former.clone());
        match self.setup_of(name) {
            Ok(setup) => {
                self.known(name)?.note_change();
                self.set_up(name, setup, now)
            }
            Err(denied) => {
                let module = self.known(name)?;
                (module.config, module.expected) = (former, expected);
                Err(denied)
            }
        }
    }

    /// The buckets that would change hands if a module that runs took this configuration.
    ///
    /// # Errors
    ///
    /// When it could not take it.
    pub fn preview(&self, name: &ModuleName, config: &ModuleConfig) -> Result<Vec<Move>, Denied> {
        self.check_live(name, config)?;
        let module = self.look_up(name)?;
        let wanted = Wanted {
            config,
            expected: None,
            ..module.into()
        };
        let setup = setup::membership(&self.config, &self.clusters, wanted)?;
        let moves = module.membership.as_ref().zip(setup);
        Ok(moves.map_or_else(Vec::new, |(membership, setup)| membership.preview(&setup)))
    }

    /// Whether a module could take this configuration while it runs.
    ///
    /// # Errors
    ///
    /// Why it could not.
    pub fn check_live(&self, name: &ModuleName, config: &ModuleConfig) -> Result<(), Denied> {
        let module = self.look_up(name)?;
        match live::why_not(&module.config, config) {
            Some(problem) => Err(Denied::NotLive {
                module: name.clone(),
                state: module.machine.stage().state(),
                problem,
            }),
            None => Ok(()),
        }
    }

    fn look_up(&self, name: &ModuleName) -> Result<&Module, Denied> {
        self.modules.get(name).ok_or_else(|| super::unknown(name))
    }

    fn setup_of(&self, name: &ModuleName) -> Result<Option<Setup>, Denied> {
        setup::membership(&self.config, &self.clusters, self.look_up(name)?.into())
    }

    fn set_up(&mut self, name: &ModuleName, setup: Option<Setup>, now: Time) -> Result<(), Denied> {
        let membership = membership_of(&mut self.modules, name);
        if let Some((membership, setup)) = membership.zip(setup) {
            membership.recluster(setup, &self.beats, now);
        }
        self.generation += 1;
        Ok(())
    }
}
