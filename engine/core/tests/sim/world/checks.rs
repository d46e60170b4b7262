//! What the checkers of a simulated server find.

use evenkeel_core::config::model::CheckWhen;
use evenkeel_core::module::resources::{DOWN, UP};
use evenkeel_core::module::switches::CheckKind;

use super::{Happening, World};
use crate::farm;

impl World {
    /// The checks of a server begin: each has its first result soon.
    pub(super) fn look(&mut self, at: usize, when: CheckWhen, kind: CheckKind) {
        let run = self.machines[at].run();
        let all = farm::resources(&self.module, when).into_iter();
        let looked_at: Vec<_> = all
            .filter(|resource| CheckKind::of(resource) == kind)
            .collect();
        for resource in looked_at {
            let soon = self.now + self.rng.between(1, 50_000) * 1000;
            self.push(soon, Happening::Found { at, run, resource });
        }
    }

    /// A check says what it finds, as it is then.
    pub(super) fn found(&mut self, at: usize, resource: String) -> Result<(), String> {
        let is_ill = self.machines[at].ill.contains(&resource);
        let value = if is_ill { DOWN } else { UP };
        self.handle(at, farm::checked(resource, value))
    }

    /// What a resource stands for fails on a server, or is well again, and a check notices at once.
    pub fn ail(&mut self, at: usize, resource: &str, ill: bool) -> Result<(), String> {
        let machine = &mut self.machines[at];
        if ill {
            machine.ill.insert(resource.to_owned());
        } else {
            machine.ill.remove(resource);
        }
        let what = if ill { "fails" } else { "is well" };
        self.say(at, &format!("{resource} {what}"));
        self.found(at, resource.to_owned())
    }
}
