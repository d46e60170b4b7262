//! A daemon that another process takes over while its kernel goes on.

use evenkeel_core::node::Node;

use super::World;

impl World {
    /// Another process takes a daemon over, which takes so long. What is on its way to the former one is lost.
    /// False where the daemon cannot be handed over at this instant.
    pub fn relay(&mut self, at: usize, ms: u64) -> bool {
        let machine = &mut self.machines[at];
        let node = machine.node.take_if(|node| node.unsettled().is_none());
        let Some(node) = node.filter(|_| machine.frozen_until.is_none()) else {
            return false;
        };
        let kept = rmp_serde::to_vec_named(&node).unwrap();
        let node: Node = rmp_serde::from_slice(&kept).unwrap();
        machine.node = Some(node);
        machine.process += 1;
        machine.resumes = true;
        machine.listens = None;
        machine.answers.clear();
        machine.freeze_soon = None;
        self.say(at, "is taken over");
        self.freeze(at, ms);
        true
    }

    /// A process that took a daemon over learns what has to be in force.
    pub(super) fn resume(&mut self, at: usize) -> Result<(), String> {
        let machine = &mut self.machines[at];
        let clock = machine.clock(self.now);
        if let Some(node) = machine.node.as_mut().filter(|_| machine.resumes) {
            machine.resumes = false;
            // What came meanwhile found no socket.
            machine.inbox.clear();
            machine.answers.clear();
            node.resume(clock);
        }
        self.work_off(at)
    }
}
