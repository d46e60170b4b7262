//! What the cores of a simulated farm ask for, done.

use evenkeel_core::command::Command;
use evenkeel_core::effect::Effect;
use evenkeel_core::event::Event;
use evenkeel_core::ids::{Epoch, ModuleName};
use evenkeel_core::input::{Input, Script, ScriptOutcome};
use evenkeel_core::module::state::ModuleState;
use evenkeel_packet::BUCKETS;
use evenkeel_packet::bucket::BucketState;

use super::network::Port;
use super::{Happening, World};
use crate::check;
use crate::farm::module_name;
use crate::kernel::Filter;
use crate::machine::Machine;

impl World {
    /// Executes the effects of a server in order, and sets its timer.
    pub(super) fn work_off(&mut self, at: usize) -> Result<(), String> {
        while let Some(effect) = self.machines[at]
            .node
            .as_mut()
            .and_then(|node| node.poll_effect())
        {
            self.execute(at, effect)?;
        }
        let machine = &self.machines[at];
        if let Some(due) = machine.node.as_ref().and_then(|node| node.poll_timeout()) {
            let due = machine.when(due).max(self.now + 1);
            if machine.timer != Some(due) {
                self.machines[at].timer = Some(due);
                self.push(due, Happening::Wake { at });
            }
        }
        Ok(())
    }

    pub(super) fn execute(&mut self, at: usize, effect: Effect) -> Result<(), String> {
        if let Some((effects, ms)) = self.machines[at].freeze_soon.take() {
            match effects.checked_sub(1) {
                Some(left) => self.machines[at].freeze_soon = Some((left, ms)),
                None => self.freeze(at, ms),
            }
        }
        if self.machines[at].frozen_until.is_some() {
            self.machines[at].unfinished.push_back(effect);
            return Ok(());
        }
        match effect {
            Effect::Send { lan, to, bytes } | Effect::Probe { lan, to, bytes } => {
                self.transmit((at, to.index()), lan, Port::Heartbeats, bytes)
            }
            Effect::OpenTraffic { module } => {
                self.machines[at].filter.up = true;
                let result = Ok(());
                self.answer(at, 20, Input::TrafficOpened { module, result });
            }
            Effect::CloseTraffic { module } => {
                self.machines[at].filter = Filter::default();
                self.machines[at].sockets.clear();
                self.answer(at, 20, Input::TrafficClosed { module });
            }
            Effect::InstallTable { epoch, groups, .. } => {
                self.install(at, epoch, &groups);
                return check::t2(self, at);
            }
            Effect::RenewLease { until, contact, .. } => {
                let accepted = self.machines[at].accepts(self.now);
                let filter = &mut self.machines[at].filter;
                (filter.lease, filter.contact) = (until, contact);
                return self.check_t2(at, accepted);
            }
            Effect::SetContact {
                module,
                tags,
                window,
            } => {
                let machine = &mut self.machines[at];
                let tag = tags.first().map_or(0, |(tag, _)| *tag);
                machine.filter.tags = tags;
                machine.filter.window = u64::try_from(window.as_nanos()).unwrap();
                let asked = machine.responder.asked();
                self.answer(at, 1, Input::Asked { module, tag, asked });
            }
            Effect::CountHeld {
                module,
                epoch,
                number,
            } => self.count(at, module, epoch, number),
            Effect::RunScript { module, script, .. } => {
                self.answer(at, 50, ended(module, script));
                if script == Script::StartBoth {
                    self.open_soon(at, 100);
                }
            }
            Effect::StartChecks { when, kind, .. } => self.look(at, when, kind),
            Effect::Event(event) => self.tell(at, &event),
            Effect::Announce { addrs: None, .. } => self.announcements.push(at),
            Effect::Announce { .. } => self.new_announced.push(at),
            Effect::SetRoutes { .. }
            | Effect::StopChecks { .. }
            | Effect::WatchClass { .. }
            | Effect::RunHandler { .. }
            | Effect::Reboot { .. }
            // They end soon by themselves.
            | Effect::KillScripts { .. } => {}
            Effect::Listen { listen, .. } => self.listen(at, listen),
        }
        Ok(())
    }

    /// A script of a server closes the module's traffic, where scripts do so, and opens it again soon.
    pub fn close_for_a_while(&mut self, at: usize) -> Result<(), String> {
        if self.is_script_controlled() {
            self.command(at, switch(false))?;
            self.open_soon(at, 400);
        }
        Ok(())
    }

    fn open_soon(&mut self, at: usize, ms_max: u64) {
        if self.is_script_controlled() {
            self.answer(at, ms_max, Input::Command(switch(true)));
        }
    }

    fn is_script_controlled(&self) -> bool {
        self.module
            .vip
            .as_ref()
            .is_some_and(|vip| vip.scriptcontrol)
    }

    fn count(&mut self, at: usize, module: ModuleName, epoch: Epoch, number: u64) {
        let counted = Input::HeldSockets {
            module,
            epoch,
            number,
            held: self.machines[at].held(),
        };
        self.answer(at, 10, counted);
    }

    fn install(&mut self, at: usize, epoch: Epoch, groups: &[Vec<BucketState>]) {
        let Machine { filter, slots, .. } = &mut self.machines[at];
        assert_eq!(groups.len(), slots.len(), "a table for each group");
        filter.epoch = Some(epoch);
        filter.table.clear();
        let slots_max = slots.iter().max().map_or(0, |last| last + 1);
        filter.table.resize(slots_max * BUCKETS, 0);
        for (states, slot) in groups.iter().zip(slots) {
            let table = filter.table[*slot * BUCKETS..].iter_mut();
            for (byte, state) in table.zip(states) {
                *byte = state.byte();
            }
        }
        let open = filter.open();
        self.say(at, &format!("installs epoch {epoch}: {open} open"));
    }

    /// A filter accepts, and did so before or not: only one that begins to can break T2.
    pub(super) fn check_t2(&self, at: usize, accepted: bool) -> Result<(), String> {
        if accepted {
            Ok(())
        } else {
            check::t2(self, at)
        }
    }

    fn tell(&mut self, at: usize, event: &Event) {
        let machine = &mut self.machines[at];
        if let Event::StateChanged { state, .. } = event {
            machine.state = *state;
            machine.drained &= *state != ModuleState::STOPPED;
        }
        if let Event::ActionCalled { action, .. } = event {
            machine.drained = match action.as_str() {
                "drain" => true,
                "undrain" => false,
                _ => machine.drained,
            };
        }
        self.say(at, &format!("says: {event}"));
    }

    /// An answer to an effect arrives within this time.
    fn answer(&mut self, at: usize, ms_max: u64, input: Input) {
        let run = self.machines[at].run();
        let when = self.now + self.rng.between(1, ms_max * 1000) * 1000;
        let input = Box::new(input);
        self.push(when, Happening::Answer { at, run, input });
    }
}

fn switch(open: bool) -> Command {
    Command::SwitchTraffic {
        module: module_name(),
        open,
        by: "script".into(),
    }
}

/// A script did its work.
fn ended(module: ModuleName, script: Script) -> Input {
    Input::ScriptEnded {
        module,
        script,
        outcome: ScriptOutcome::Exited { code: 0 },
    }
}
