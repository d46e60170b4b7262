//! Draining a node of a module's traffic, and giving it a share again.

use super::Node;
use super::module::Module;
use crate::command::Denied;
use crate::event::Event;
use crate::ids::{GroupSet, ModuleName, Time};
use crate::lease::Beats;
use crate::membership::Membership;
use crate::module::machine::Stage;
use crate::status::DrainStatus;

impl Node {
    /// The others are to have this node's share of a module.
    pub(super) fn drain(&mut self, name: &ModuleName, by: String, now: Time) -> Result<(), Denied> {
        let denied = |problem: &str| Denied::NoDrain {
            module: name.clone(),
            problem: problem.to_owned(),
        };
        self.admit(name, "drain", "UP", Stage::can_restart)?;
        let Some(module) = self.modules.get_mut(name) else {
            return Ok(());
        };
        let membership = module.membership.as_ref();
        let membership = membership.ok_or_else(|| denied("it has no virtual address"))?;
        if !membership.has_relief() {
            return Err(denied("no other node serves it; start it on one first"));
        }
        module.withdraw(GroupSet::ALL, ("drain", by), &self.beats, now);
        Ok(())
    }

    /// This node is to have its share again.
    pub(super) fn undrain(
        &mut self,
        name: &ModuleName,
        by: String,
        now: Time,
    ) -> Result<(), Denied> {
        self.admit(name, "undrain", "UP", Stage::can_restart)?;
        if let Some(module) = self.modules.get_mut(name) {
            module.withdraw(GroupSet::EMPTY, ("undrain", by), &self.beats, now);
        }
        Ok(())
    }
}

impl Module {
    /// Somebody wants this node to have a share of all groups but these.
    fn withdraw(
        &mut self,
        groups: GroupSet,
        (action, by): (&str, String),
        beats: &Beats,
        now: Time,
    ) {
        let module = self.name.clone();
        let Some(membership) = &mut self.membership else {
            return;
        };
        if membership.withdrawn() == groups {
            return;
        }
        self.told.push(Event::ActionCalled {
            module,
            action: action.to_owned(),
            by,
        });
        self.drained = false;
        membership.withdraw(groups, beats, now);
    }

    /// Notes that a drain has come to its end.
    pub(super) fn note_drained(&mut self) {
        let status = self.membership.as_ref().and_then(Membership::drain_status);
        let is_drained = status == Some(DrainStatus::Drained);
        if is_drained && !self.drained {
            let module = self.name.clone();
            self.told.push(Event::Drained { module });
        }
        self.drained = is_drained;
    }
}
