//! Whether this node hears anything: one that hears no other node may be deaf.
//!
//! Its own words still arrive then, with those about whose MAC address the virtual addresses have. A
//! deaf node that took itself for the last one would draw every client to itself and hear none of
//! them. So a node goes on alone only when something says that it hears: a peer's answer, or, while
//! all peers leave probes unanswered, any frame that arrives where its virtual addresses are, for
//! which its shell asks the neighbours. Until then it does as without a cable: it forgets its view.

use crate::effect::Effect;
use crate::event::Event;
use crate::ids::Time;
use crate::lease::Beats;
use crate::prober::Reach;

use super::{Membership, Phase};

/// What is known of this node's ears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Hearing {
    /// Peers answer, or there are none.
    #[default]
    Peers,
    /// No peer answers, and nothing was received since then.
    Nothing { since: Time, told: bool },
    /// No peer answers; something was received since.
    Others,
}

impl Membership {
    /// Something arrived where the virtual addresses are, after the shell was asked to listen; or
    /// there is nobody there who could be heard.
    pub fn received(&mut self) {
        if self.hears_nothing() {
            self.hearing = Hearing::Others;
            self.changed = true;
        }
    }

    /// Why this node is in no view although its module is up.
    pub fn reason(&self) -> Option<String> {
        if !matches!(self.hearing, Hearing::Nothing { told: true, .. }) {
            return self.isolation_reason();
        }
        let reason = "nothing is received on the interfaces of the virtual IP, from no node and \
                      nobody else; look at the cable, the switch port and its filters";
        Some(reason.to_owned())
    }

    /// Half the lost time without an answer of anybody: there is as much left to hear something.
    pub(super) fn doubt_hearing(&mut self, reach: &Reach<'_>, now: Time) {
        let (lans, half) = (Some(&self.setup.lans), self.terms.half_lost());
        let is_silent = |node| reach.prober.silence(node, lans, reach.period) >= half;
        let takes_part = self.phase != Phase::Idle && !self.peers.is_empty();
        let in_doubt = takes_part && self.peers.keys().copied().all(is_silent);
        match (self.hearing, in_doubt) {
            (Hearing::Peers, true) => {
                self.hearing = Hearing::Nothing {
                    since: now,
                    told: false,
                };
                self.listen(true);
            }
            (Hearing::Nothing { .. } | Hearing::Others, false) => {
                self.hearing = Hearing::Peers;
                self.changed = true;
                self.listen(false);
            }
            (Hearing::Peers, false) | (Hearing::Nothing { .. } | Hearing::Others, true) => {}
        }
    }

    /// Whether nothing says that this node hears.
    pub(super) const fn hears_nothing(&self) -> bool {
        matches!(self.hearing, Hearing::Nothing { .. })
    }

    /// Makes no view of this node alone; is in none at all when its neighbours had their time.
    pub(super) fn wait_for_a_frame(&mut self, beats: &Beats, now: Time) {
        let Hearing::Nothing { since, told } = self.hearing else {
            return;
        };
        if now.since(since) < self.terms.half_lost() {
            return;
        }
        self.forget(beats);
        if !told {
            self.hearing = Hearing::Nothing { since, told: true };
            self.changed = true;
            let module = self.setup.module.clone();
            self.effects
                .push(Effect::Event(Event::NothingReceived { module }));
        }
    }

    fn listen(&mut self, listen: bool) {
        let module = self.setup.module.clone();
        self.effects.push(Effect::Listen { module, listen });
    }
}
