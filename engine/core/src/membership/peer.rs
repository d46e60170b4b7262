//! What one membership knows of one peer.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ids::{LanId, NodeId, NodeSet, Time};
use crate::lease::{Terms, with_drift};
use crate::prober::{Answer, Signs};
use crate::view::Version;
use crate::wire::Section;

/// Pulses between parts of a view that are sent again, at the most.
const PARTS_PULSES_MAX: u32 = 16;

/// How a section arrived.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Heard {
    /// Who sent it.
    pub from: NodeId,
    /// Where it arrived.
    pub lan: LanId,
    /// The sender's beat.
    pub beat: u64,
    /// The highest beat of this node that the sender accepted.
    pub echo: Option<u64>,
    /// How long that beat and this answer were on their way, where that is still known. An answer
    /// that took longer than the lost time says nothing about the present.
    pub round_trip: Option<Duration>,
}

/// A peer, as one module sees it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Peer {
    heard: Option<Time>,
    /// What `heard` counts as for losing it: not before this node's own last sleep.
    floor: Time,
    alive: bool,
    beat: u64,
    /// The highest beat of this node that it accepted.
    pub(super) echo: Option<u64>,
    /// What it said last; kept after it was lost.
    pub(super) section: Option<Section>,
    /// The latest instant at which this node may have renewed its contact: it answered a probe whose
    /// answer is echoed, or one of its probes was answered here, in a common view.
    granted: Option<Time>,
    /// When its kernel said that a lease is valid there, unless it said otherwise since.
    leased: Option<Time>,
    /// Its fence said that the run that was heard last is gone.
    gone: bool,
    /// Since when it is heard and does not hear this node.
    deaf: Option<Time>,
    /// It is, has no view, and its machine answered no probe within the lost time either.
    hears_nothing: bool,
    /// It had a view without this node since there was one with both.
    apart: bool,
    /// The view whose parts it was sent last, when it is sent them again, and the pause after that.
    sent: Option<(Version, Time, Duration)>,
    /// When a node said last that it is a member of a view newer than the one in force here.
    pub(super) rumoured: Option<Time>,
}

impl Peer {
    /// Whether it is heard on a LAN of the module, and hears this run of this node.
    pub(super) const fn is_alive(&self) -> bool {
        self.alive
    }

    /// What it says, while it is alive.
    pub(super) fn alive_section(&self) -> Option<&Section> {
        self.section.as_ref().filter(|_| self.alive)
    }

    /// The view that was in force there when it spoke last.
    pub(super) fn version(&self) -> Option<Version> {
        self.section.as_ref().and_then(|section| section.version)
    }

    /// Whose contact it may renew as far as it said: that of the members of its view, and of those that it
    /// named.
    pub(super) fn may_have_renewed(&self) -> Option<NodeSet> {
        let section = self.section.as_ref()?;
        section.version?;
        Some(section.members.union(section.grants))
    }

    /// Whether its contact, which lasts for a `window`, may have been renewed by this node so lately that it still
    /// accepts.
    pub(super) fn is_granted(&self, window: Duration, now: Time) -> bool {
        is_within(self.granted, window, now)
    }

    /// Whether its kernel said so lately that its filter may accept, and its daemon nothing: it stands
    /// still, in a view that may be unknown here.
    pub(super) fn is_stirring(&self, window: Duration, now: Time) -> bool {
        !self.alive && is_within(self.leased, window, now)
    }

    /// Whether it was, less than this long ago, in a view that needs no echo from here: said to be
    /// in a newer one than this node, alone in its own, or in one with none of `mine`, the members of the
    /// view in force here: nobody of these knows who may have renewed its contact.
    pub(super) fn is_elsewhere(
        &self,
        itself: NodeId,
        mine: NodeSet,
        within: Duration,
        now: Time,
    ) -> bool {
        let lately = |at: Option<Time>| at.is_some_and(|at| now.since(at) < within);
        let apart = |section: &Section| {
            let is_apart =
                section.version.is_some() && mine.intersection(section.members) == NodeSet::EMPTY;
            is_apart || section.members == NodeSet::single(itself)
        };
        let was_apart = lately(self.heard) && self.section.as_ref().is_some_and(apart);
        !self.gone && (was_apart || lately(self.rumoured))
    }

    /// Whether it is to be sent the parts of this view now: at once when it is new, then after pauses that
    /// become longer.
    pub(super) fn is_due(&mut self, version: Version, pulse: Duration, now: Time) -> bool {
        let pause = match self.sent {
            Some((sent, due, _)) if sent == version && now < due => return false,
            Some((sent, _, pause)) if sent == version => pause,
            Some(_) | None => pulse,
        };
        let next = (pause * 2).min(pulse * PARTS_PULSES_MAX);
        self.sent = Some((version, now + pause, next));
        true
    }

    /// Whether it has not heard this node for so long.
    pub(super) fn is_deaf(&self, time: Duration, now: Time) -> bool {
        self.deaf.is_some_and(|since| now.since(since) >= time)
    }

    /// Whether neither it nor its machine hears this node, and it knows that.
    pub(super) const fn hears_nothing(&self) -> bool {
        self.hears_nothing
    }

    /// Whether it may hold connections: without a view its traffic is closed.
    pub(super) fn has_traffic(&self) -> bool {
        self.alive_section()
            .is_some_and(|section| section.version.is_some())
    }

    /// A view with both is in force here; whether it comes from one without this node.
    pub(super) const fn meet(&mut self) -> bool {
        std::mem::replace(&mut self.apart, false)
    }

    /// It answered a probe. `is_member` says whether it is in the view in force here, under whose tag
    /// the answer is echoed: nobody else's contact is renewed by it.
    pub(super) fn answered(&mut self, answer: &Answer, is_member: bool, now: Time) {
        self.leased = Some(now).filter(|_| answer.leased);
        if answer.fenced {
            self.granted = None;
            self.gone = true;
        } else if is_member {
            self.granted = Some(now);
        }
    }

    /// A probe of it was answered at that instant in a common view: here, or by who cannot say so itself. Who is
    /// gone accepts nothing.
    pub(super) fn asked(&mut self, at: Time) {
        if !self.gone {
            self.granted = self.granted.max(Some(at));
        }
    }

    /// It spoke. True when the way to it may have changed. What it said before its latest word is of
    /// the past and does not count as life.
    pub(super) fn hear(&mut self, heard: &Heard, section: &Section, me: NodeId, now: Time) -> bool {
        if heard.beat < self.beat {
            return false;
        }
        let known = self
            .alive_section()
            .is_some_and(|known| known.macs == section.macs);
        let deaf = Some(now).filter(|_| !section.hears.contains(me));
        self.deaf = deaf.map(|now| self.deaf.unwrap_or(now));
        self.heard = Some(now);
        self.alive = true;
        self.gone = false;
        self.beat = heard.beat;
        self.echo = self.echo.max(heard.echo);
        self.apart = section.version.is_some() && (self.apart || !section.members.contains(me));
        self.sent = self.sent.filter(|(sent, ..)| section.version < Some(*sent));
        self.section = Some(section.clone());
        !known
    }

    /// A new run of it was heard.
    pub(super) fn restart(&mut self) {
        let (granted, leased) = (self.granted, self.leased);
        *self = Self {
            granted,
            leased,
            floor: self.floor,
            ..Self::default()
        };
    }

    pub(super) const fn restart_measurement(&mut self, now: Time) {
        self.floor = now;
    }

    /// Loses it if the signs say so; true when that is so.
    pub(super) fn timeout(&mut self, signs: &Signs, leads: bool, terms: &Terms, now: Time) -> bool {
        let last = self.heard.unwrap_or_default().max(self.floor);
        let lost = terms.lost(leads, signs.kernel);
        let is_lost = self.alive && signs.is_lost(now.since(last), lost, terms);
        self.alive &= !is_lost;
        self.deaf = self.deaf.filter(|_| self.alive);
        self.hears_nothing =
            self.deaf.is_some() && self.version().is_none() && signs.is_silent(lost);
        is_lost
    }
}

fn is_within(at: Option<Time>, window: Duration, now: Time) -> bool {
    at.is_some_and(|at| now.since(at) < with_drift(window))
}
