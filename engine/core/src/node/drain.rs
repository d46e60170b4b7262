//! Draining a node of a module's traffic, of all or of the groups that failover rules withdraw, and giving it
//! a share again.

use std::collections::BTreeSet;

use super::Node;
use super::module::Module;
use crate::command::Denied;
use crate::event::Event;
use crate::ids::{GroupSet, ModuleName, Time};
use crate::lease::Beats;
use crate::membership::Membership;
use crate::module::machine::Stage;
use crate::module::withdrawals::Withdrawn;
use crate::status::DrainStatus;

/// The rule by which a node has a share of a group again that no rule withdraws any more.
const RETURN: &str = "Implicit_return";

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
        if let Some(problem) = membership.why_no_relief() {
            return Err(denied(&problem));
        }
        module.set_drain(true, by, &self.beats, now);
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
            module.set_drain(false, by, &self.beats, now);
        }
        Ok(())
    }
}

impl Module {
    /// Somebody wants this node to have no share at all, or one again.
    fn set_drain(&mut self, drain: bool, by: String, beats: &Beats, now: Time) {
        if self.membership.is_none() || self.drain == drain {
            return;
        }
        let action = if drain { "drain" } else { "undrain" };
        self.told.push(Event::ActionCalled {
            module: self.name.clone(),
            action: action.to_owned(),
            by,
        });
        self.drain = drain;
        self.drained = false;
        self.withdraw(beats, now);
    }

    /// Failover rules take this node out of groups, or cease to.
    pub(super) fn heed_withdrawals(&mut self, beats: &Beats, now: Time) {
        let shares = self.machine.stage().may_share();
        let wanted: &[Withdrawn] = if shares { self.watch.withdrawn() } else { &[] };
        if self.withdrawn == wanted {
            return;
        }
        let former = std::mem::replace(&mut self.withdrawn, wanted.to_vec());
        // Where the module leaves UP the log says that, and there is nothing to return.
        if shares {
            self.tell_withdrawals(&former);
        }
        self.withdraw(beats, now);
    }

    fn tell_withdrawals(&mut self, former: &[Withdrawn]) {
        let acted = |action: String, rule: &str| Event::RuleActed {
            module: self.name.clone(),
            action,
            rule: rule.to_owned(),
        };
        let begun = self.withdrawn.iter().filter(|one| !former.contains(one));
        let begun = begun.map(|one| acted(format!("withdraw({})", one.group), &one.rule));
        let is_withdrawn = |group: &String| self.withdrawn.iter().any(|one| one.group == *group);
        let former: BTreeSet<&String> = former.iter().map(|one| &one.group).collect();
        let over = former.into_iter().filter(|group| !is_withdrawn(group));
        let over = over.map(|group| acted(format!("return({group})"), RETURN));
        let told: Vec<Event> = begun.chain(over).collect();
        self.told.extend(told);
    }

    /// This node wants no share of what it is drained of, or rules take it out of.
    fn withdraw(&mut self, beats: &Beats, now: Time) {
        if let Some(membership) = &mut self.membership {
            let names: Vec<&str> = self.withdrawn.iter().map(|one| &*one.group).collect();
            let groups = match self.drain {
                true => GroupSet::ALL,
                false => membership.groups_named(&names),
            };
            membership.withdraw(groups, beats, now);
        }
    }

    /// A module that has stopped is drained no more: who starts it again wants it to serve.
    pub(super) fn forget_drain(&mut self, beats: &Beats, now: Time) {
        self.drain = false;
        self.withdraw(beats, now);
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
