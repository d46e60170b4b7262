//! The traffic of a module whose own scripts open and close it (`<vip scriptcontrol="on">`).
//!
//! Closed is a module whose node takes no part: its virtual addresses stand here, and it is UP (Ready) with a
//! share of nothing. Whoever it is that closes gives the share to the others as who stops does, while the
//! application runs on: connections stay until they end. Nothing is open before a script says so, and not
//! from the next `start_both` on until one does again. Where a module that runs gets scripts that have a say, its
//! traffic stays as it is until one says otherwise; where it has none any more, it is open.

use super::Node;
use super::module::Module;
use crate::command::Denied;
use crate::config::model::ModuleConfig;
use crate::ids::{ModuleName, Time};
use crate::input::Script;
use crate::lease::Beats;
use crate::module::machine::Stage;

impl Node {
    /// A script opens the traffic, or closes it.
    pub(super) fn switch_traffic(
        &mut self,
        name: &ModuleName,
        open: bool,
        by: String,
    ) -> Result<(), Denied> {
        let action = if open {
            "traffic open"
        } else {
            "traffic close"
        };
        self.admit(name, action, "WAIT or UP", Stage::is_going)?;
        let module = self.known(name)?;
        if !module.is_script_controlled() {
            let module = name.clone();
            return Err(Denied::NoScriptControl { module });
        }
        if module.opened != open {
            module.opened = open;
            module.tell_called(action, by);
        }
        Ok(())
    }
}

impl Module {
    fn is_script_controlled(&self) -> bool {
        let vip = self.config.vip.as_ref();
        vip.is_some_and(|vip| vip.scriptcontrol)
    }

    /// The module's configuration took the place of another one: what was open without a script's word stays so.
    pub(super) fn keep_open(&mut self, former: &ModuleConfig) {
        let was_controlled = former.vip.as_ref().is_some_and(|vip| vip.scriptcontrol);
        self.opened |= !was_controlled && self.is_script_controlled();
    }

    /// Whether this node is to have a share once its application is well.
    pub(super) fn lets_in(&self) -> bool {
        self.opened || !self.is_script_controlled()
    }

    /// A script is about to run: who starts the application says anew when it can be used.
    pub(super) fn note_script(&mut self, script: Script) {
        self.opened &= script != Script::StartBoth;
    }

    /// Takes part or ceases to, as scripts say, where the machine would have it take part.
    pub(super) fn heed_scripts(&mut self, beats: &Beats, now: Time) {
        let joined = matches!(self.machine.stage(), Stage::Joining | Stage::Up);
        let lets_in = self.lets_in();
        if !joined {
            return;
        }
        let Some(membership) = &mut self.membership else {
            return;
        };
        if lets_in && membership.is_away() {
            membership.join(beats, now);
        } else if !lets_in && membership.wants_in() {
            membership.leave(beats, now);
        }
    }

    /// Why this node has no share though the module is up.
    pub(super) fn closure(&self) -> Option<String> {
        let is_up = self.machine.stage() == Stage::Up;
        (is_up && !self.lets_in()).then(|| {
            "its traffic is closed: no script of the module has opened it (scriptcontrol)"
                .to_owned()
        })
    }
}
