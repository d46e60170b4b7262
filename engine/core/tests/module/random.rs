//! The module state machine under triggers in any order: what is begun is ended, in turn, and nobody
//! joins before the checks passed.

use evenkeel_core::config::model::CheckWhen;
use evenkeel_core::module::machine::{Machine, Plan, Stage, Step, Trigger};
use proptest::prelude::*;

use super::{FARM, triggers};

/// What of a machine's steps is in force.
#[derive(Debug, Default)]
struct Shell {
    pre: bool,
    both: bool,
    open: bool,
    opening: bool,
    closing: bool,
    /// The checks both passed since they began.
    proven: bool,
}

impl Shell {
    fn carry_out(&mut self, step: &Step) {
        match step {
            Step::StartChecks(when) => assert!(!self.set(*when, true), "{when:?} begin twice"),
            Step::StopChecks(when) => assert!(self.set(*when, false), "{when:?} end twice"),
            Step::OpenTraffic => {
                assert!(!self.open && !self.opening, "opened twice");
                self.opening = true;
            }
            Step::CloseTraffic => {
                assert!(self.open && !self.closing, "closed twice");
                self.closing = true;
            }
            Step::Join => assert!(self.open && self.both && self.proven, "{self:?}"),
            Step::Run { .. }
            | Step::Changed(_)
            | Step::StartsAgain
            | Step::Reboot
            | Step::KillScripts
            | Step::Leave => {}
        }
    }

    /// Whether they ran before.
    fn set(&mut self, when: CheckWhen, on: bool) -> bool {
        self.proven = false;
        let runs = match when {
            CheckWhen::Pre => &mut self.pre,
            CheckWhen::Both => &mut self.both,
        };
        std::mem::replace(runs, on)
    }
}

proptest! {
    #[test]
    fn triggers_in_any_order_leave_nothing_behind(
        story in prop::collection::vec(any::<prop::sample::Index>(), 0..300),
        scripts in any::<bool>(),
    ) {
        let scripts = FARM.scripts.filter(|_| scripts);
        let mut machine = Machine::new(Plan { scripts, ..FARM });
        let mut shell = Shell::default();
        let all = triggers();
        for index in story {
            let trigger = index.get(&all).clone();
            let stage = machine.stage();
            machine.handle(trigger.clone());
            let opened = trigger == Trigger::TrafficOpened(Ok(()));
            shell.open |= shell.opening && opened;
            shell.opening &= !matches!(trigger, Trigger::TrafficOpened(_));
            let closes = matches!(
                stage,
                Stage::Withdrawing | Stage::Severing | Stage::Closing
            );
            if closes && shell.closing && trigger == Trigger::TrafficClosed {
                (shell.open, shell.closing) = (false, false);
            }
            shell.proven |= stage == Stage::Proving && trigger == Trigger::Proven;
            for step in machine.take_steps() {
                shell.carry_out(&step);
            }
            if machine.stage() == Stage::Stopped {
                prop_assert!(!shell.pre && !shell.both && !shell.open, "{shell:?}");
            }
        }
    }
}
