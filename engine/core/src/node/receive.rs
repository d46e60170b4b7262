//! How a node takes datagrams, and what it does with those that it refuses.

use super::Node;
use crate::ids::{LanId, Time};
use crate::wire::Refusal;

impl Node {
    /// As [`Node::handle`] with a [`Datagram`](crate::input::Input::Datagram), for who has the bytes
    /// for a moment only.
    pub fn receive(&mut self, lan: LanId, bytes: &[u8], now: Time) {
        self.observe(now);
        if let Err(refusal) = self.datagram(lan, bytes, now) {
            self.refuse(refusal);
        }
        self.settle(now);
    }

    const fn refuse(&mut self, refusal: Refusal) {
        let counter = match refusal {
            Refusal::Malformed => &mut self.refused.malformed,
            Refusal::Foreign => &mut self.refused.foreign,
            Refusal::Forged => &mut self.refused.forged,
            Refusal::Replayed => &mut self.refused.replayed,
        };
        *counter += 1;
    }
}
