//! Whether this node hears anything: one that hears no other node may be deaf.
//!
//! Its own words still arrive then, with those about whose MAC address the virtual addresses have. A
//! deaf node that took itself for the last one would draw every client to itself and hear none of
//! them. So a node is alone only while something says that it hears: a peer's answer, or, while all
//! peers leave probes unanswered, any frame that arrives where its virtual addresses are, for which
//! its shell asks the neighbours. Else it does as without a cable: it forgets its view.
//!
//! One frame is no proof for long: it may have waited in a queue of this machine since before the
//! node went deaf.

use serde::{Deserialize, Serialize};

use crate::effect::Effect;
use crate::event::Event;
use crate::ids::Time;
use crate::lease::Beats;
use crate::limits::{FIRST_FRAME_HOLDS, FRAME_HOLDS};
use crate::prober::Prober;

use super::{Membership, Phase};

/// What is known of this node's ears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Hearing {
    /// Peers answer, or there are none.
    #[default]
    Peers,
    /// No peer answers, and nothing was received; it matters from that time on.
    Nothing { from: Time, told: bool },
    /// No peer answers; something was received, which holds until then.
    Others { until: Time },
}

impl Hearing {
    /// What was received while this node slept waits to be told.
    pub(super) fn restart_measurement(&mut self, now: Time) {
        if let Self::Others { until } = self {
            *until = (*until).max(now + FIRST_FRAME_HOLDS);
        }
    }
}

impl Membership {
    /// Something arrived where the virtual addresses are, after the shell was asked to listen; or
    /// there is nobody there who could be heard.
    pub fn received(&mut self, now: Time) {
        let holds = match self.hearing {
            Hearing::Peers => return,
            Hearing::Nothing { .. } => FIRST_FRAME_HOLDS,
            Hearing::Others { .. } => FRAME_HOLDS,
        };
        let until = now + holds;
        self.hears(Hearing::Others { until }, now);
    }

    fn hears(&mut self, hearing: Hearing, now: Time) {
        let before = std::mem::replace(&mut self.hearing, hearing);
        if matches!(before, Hearing::Nothing { told: true, .. }) {
            // The farm may be heard again as well, in the time that this takes.
            self.listening = now;
        }
        self.changed |= matches!(before, Hearing::Nothing { .. });
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

    /// Half the lost time without an answer of anybody: there is as much left to hear something. Who is
    /// alone already loses nobody, and has as long as between any two frames.
    pub(super) fn doubt_hearing(&mut self, prober: &Prober, now: Time) {
        let (lans, half) = (Some(&self.lans), self.terms.half_lost());
        let is_silent = |node| prober.silence(node, lans) >= half;
        let takes_part = self.phase != Phase::Idle && !self.peers.is_empty();
        let in_doubt = takes_part && self.peers.keys().copied().all(is_silent);
        match (self.hearing, in_doubt) {
            (Hearing::Peers, true) => {
                let alone = self.members() == self.only_me();
                let from = now + if alone { FRAME_HOLDS } else { half };
                self.hearing = Hearing::Nothing { from, told: false };
                self.listen(true);
            }
            (Hearing::Others { until }, true) if now >= until => {
                let (from, told) = (now, false);
                self.hearing = Hearing::Nothing { from, told };
            }
            (Hearing::Nothing { .. } | Hearing::Others { .. }, false) => {
                self.hears(Hearing::Peers, now);
                self.listen(false);
            }
            (Hearing::Peers, false) | (Hearing::Nothing { .. } | Hearing::Others { .. }, true) => {}
        }
    }

    /// A view of this node alone is not made while nothing is heard, and forgotten when its neighbours
    /// had their time. True when there is nothing to lead.
    pub(super) fn waits_for_a_frame(&mut self, beats: &Beats, now: Time) -> bool {
        let Hearing::Nothing { from, told } = self.hearing else {
            return false;
        };
        if now < from {
            return self.members() != self.only_me();
        }
        self.forget(beats);
        if !told {
            self.hearing = Hearing::Nothing { from, told: true };
            self.changed = true;
            let module = self.setup.module.clone();
            self.effects
                .push(Effect::Event(Event::NothingReceived { module }));
        }
        true
    }

    pub(super) fn listen(&mut self, listen: bool) {
        let module = self.setup.module.clone();
        self.effects.push(Effect::Listen { module, listen });
    }
}
