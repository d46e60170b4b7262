//! The cable of the virtual addresses: without it this node serves nobody, and must not think so.
//!
//! A node that loses its cable and then everybody else is alone, but it is not the farm: tables that
//! give everything to it would meet clients of the others as soon as the cable is back. So it
//! forgets its view, and joins again like a node that starts.

use serde::{Deserialize, Serialize};

use crate::effect::Effect;
use crate::ids::Time;
use crate::lease::{Beats, Lease};

use super::Membership;

/// What is known of the cable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Cable {
    /// It is there, and was all the time.
    #[default]
    In,
    /// It is not.
    Out,
    /// It is there again, since then.
    Back(Time),
}

impl Membership {
    /// The cable was pulled or plugged in.
    pub fn cable(&mut self, plugged: bool, beats: &Beats, now: Time) {
        match (self.cable, plugged) {
            (Cable::In | Cable::Back(_), false) => {
                self.cable = Cable::Out;
                self.lease = Lease::default();
                self.close_all(beats);
                self.settle_down(beats, now);
            }
            (Cable::Out, true) => self.cable = Cable::Back(now),
            (Cable::Out, false) | (Cable::In | Cable::Back(_), true) => {}
        }
    }

    /// Whether being alone may be the cable's fault: it is out, or so lately back that the others
    /// may not have been heard yet.
    pub(super) fn is_cable_in_doubt(&self, now: Time) -> bool {
        match self.cable {
            Cable::In => false,
            Cable::Out => true,
            Cable::Back(since) => now.since(since) < self.terms.slow,
        }
    }

    /// Is in no view: everything stays closed, nobody is answered, until there is one.
    pub(super) fn forget(&mut self, beats: &Beats) {
        if self.view.is_none() {
            return;
        }
        self.close_all(beats);
        self.handover.disown();
        self.publish_table();
        self.leave_contact();
        self.view = None;
        self.outdate();
        self.assembly = None;
        self.lease = Lease::default();
        self.suspended = false;
        self.opened = None;
        self.routes = None;
        self.routes_stale = true;
        self.wants_beat = true;
        self.changed = true;
        self.effects.push(Effect::SetRoutes {
            module: self.setup.module.clone(),
            neighbours: Vec::new(),
            entry: None,
        });
    }
}
