//! `<module>` without an address of another machine: another module of this node is ready.
//!
//! While the other is restarted in place it counts as ready; who depends on it is stopped and started
//! then, which is told when the restart is over.

use std::sync::Arc;
use std::time::Duration;

use evenkeel_core::event::Event;
use evenkeel_core::module::state::{ModuleState, Phase};
use evenkeel_core::status::NodeStatus;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use super::Told;
use super::pace::{Found, Resource};
use crate::limits;

/// Another module.
#[derive(Debug)]
pub(super) struct Other {
    name: String,
    status: watch::Receiver<Arc<NodeStatus>>,
    /// It was ready, and has been up since.
    serves: bool,
    /// It was ready before, and is not at present.
    restarts: bool,
}

impl Other {
    /// The module of this name.
    pub(super) fn new(name: &str, status: watch::Receiver<Arc<NodeStatus>>) -> Self {
        Self {
            name: name.to_owned(),
            status,
            serves: false,
            restarts: false,
        }
    }

    /// How it is at present.
    fn look(&mut self) -> Found {
        let status = self.status.borrow();
        let mut modules = status.modules.iter();
        let found = modules.find(|module| module.module.as_str() == self.name);
        let state = found.map(|module| module.state);
        drop(status);
        match state {
            None => Err(format!("there is no module {} on this node", self.name)),
            Some(state) => self.judge(state),
        }
    }

    fn judge(&mut self, state: ModuleState) -> Found {
        self.serves = state == ModuleState::READY || self.serves && state.phase == Phase::Up;
        match self.serves {
            true => Ok(()),
            false => Err(format!("module {} is {state}", self.name)),
        }
    }

    /// It came to this state; whether a restart in place is over.
    fn came_to(&mut self, state: ModuleState) -> bool {
        let served = self.serves;
        let is_over = self.restarts && state == ModuleState::READY;
        let found = self.judge(state);
        self.restarts = found.is_ok() && served && state != ModuleState::READY;
        is_over
    }
}

/// Looks at the interval and whenever the other module comes to another state.
pub(super) async fn run(
    mut other: Other,
    mut events: Receiver<Event>,
    interval: Duration,
    mut resource: Resource,
) {
    let mut ticks = tokio::time::interval(interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let found = tokio::select! {
            biased;
            event = events.recv() => match event {
                Ok(Event::StateChanged { module, state }) if module.as_str() == other.name => {
                    if other.came_to(state) {
                        let told = Told::OtherRestarted(module);
                        if resource.say(told).await.is_err() {
                            return;
                        }
                    }
                    other.judge(state)
                }
                // What was missed the status says.
                Ok(_) | Err(RecvError::Lagged(_)) => continue,
                Err(RecvError::Closed) => return,
            },
            _ = ticks.tick() => {
                let found = other.look();
                // The status may be a moment older than the event that was read last.
                if resource.is_news(&found) {
                    tokio::time::sleep(interval.min(limits::SECOND_LOOK)).await;
                    other.look()
                } else {
                    found
                }
            }
        };
        if resource.set(found).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use evenkeel_core::module::state::Readiness;

    use super::*;

    #[test]
    fn a_restart_in_place_is_told_when_it_is_over() {
        let up = ModuleState::new(Phase::Up, Readiness::Transient);
        let wait = ModuleState::new(Phase::Wait, Readiness::Transient);
        let (ready, stopped) = (ModuleState::READY, ModuleState::STOPPED);
        let mut other = Other {
            name: "db".to_owned(),
            status: watch::channel(Arc::new(status())).1,
            serves: false,
            restarts: false,
        };
        for (state, serves, restarted) in [
            (up, false, false),
            (ready, true, false),
            (up, true, false),
            (ready, true, true),
            (ready, true, false),
            (up, true, false),
            (wait, false, false),
            (stopped, false, false),
            (up, false, false),
            (ready, true, false),
        ] {
            assert_eq!(other.came_to(state), restarted, "{state}");
            assert_eq!(other.serves, serves, "{state}");
        }
    }

    fn status() -> NodeStatus {
        NodeStatus {
            generation: 0,
            node: 0.try_into().unwrap(),
            incarnation: evenkeel_core::ids::Incarnation(1),
            peers: Vec::new(),
            modules: Vec::new(),
            refused: evenkeel_core::status::Refused::default(),
        }
    }
}
