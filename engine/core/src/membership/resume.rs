//! A membership that goes on under another shell, which knows nothing of what was in force.

use super::{Hearing, Membership};
use crate::ids::Time;

impl Membership {
    /// Says again all that has to be in force. What the former shell was asked is asked anew.
    pub fn resume(&mut self, now: Time) {
        self.routes = None;
        self.routes_stale = true;
        self.publish_routes();
        self.handover.retell();
        self.publish_table();
        self.publish_contact();
        self.forget_told();
        self.publish_lease();
        if self.hearing != Hearing::Peers {
            self.listen(true);
        }
        let Some(view) = &self.view else { return };
        if view.entry == Some(self.setup.me) {
            self.announce(None);
        }
        self.count(now);
    }
}
