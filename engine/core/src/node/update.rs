//! The script `update` of a module: it is run when something that the node keeps for the module changes while
//! the module runs, such as a switch of its checks.
//!
//! It runs beside the machine, which waits for none of it, but begins only where no other script runs; what
//! changes meanwhile makes it run once more. A module that stops is not told: its next start sees it all.

use serde::{Deserialize, Serialize};

use super::Node;
use super::module::{Module, run};
use crate::command::Denied;
use crate::event::Event;
use crate::ids::ModuleName;
use crate::input::Script;
use crate::module::machine::Stage;

/// How far the script is.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Update {
    due: bool,
    runs: bool,
}

impl Node {
    /// A setting that is kept beside the core changed.
    pub(super) fn changed(
        &mut self,
        name: &ModuleName,
        action: String,
        by: String,
    ) -> Result<(), Denied> {
        self.admit(name, &action, "WAIT or UP", Stage::is_going)?;
        let module = self.known(name)?;
        let name = name.clone();
        module.told.push(Event::ActionCalled {
            module: name,
            action,
            by,
        });
        module.note_change();
        Ok(())
    }

    /// A script ended: the one that the machine waits for, or `update`.
    pub(super) fn update_ended(&mut self, name: &ModuleName, script: Script) {
        if let Some(module) = self.modules.get_mut(name)
            && script == Script::Update
        {
            module.update.runs = false;
        }
    }
}

impl Update {
    /// Whether the script runs.
    pub(super) const fn runs(self) -> bool {
        self.runs
    }
}

impl Module {
    /// Something changed that the module's scripts may have to follow.
    pub(super) const fn note_change(&mut self) {
        self.update.due = true;
    }

    /// Runs the script where that is due and can be.
    pub(super) fn run_update(&mut self) {
        let stage = self.machine.stage();
        self.update.due &= stage.is_going();
        let Some(user) = self.config.user.as_ref().filter(|_| self.update.due) else {
            return;
        };
        if self.update.runs || !stage.is_at_rest() {
            return;
        }
        let phase = stage.state().phase.to_string();
        let args = vec![phase.clone(), phase, "update".to_owned()];
        let timeout = Some(user.nicestoptimeout);
        self.update = Update {
            due: false,
            runs: true,
        };
        let effects = run(&self.name, Script::Update, args, timeout);
        self.asked.extend(effects);
    }
}
