//! Who is heard: replay protection, echoes and round trips per peer.
//!
//! Calling order for a datagram: `admit` its header, then `beat` and `hear` if it is a heartbeat. `timeout` once
//! per pulse says who was lost. Who counts as alive for a *module* is decided there, by its LANs and
//! timing; this is the node's own picture.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::ids::{Incarnation, NodeId, Time};
use crate::lease::Terms;
use crate::limits::REPLAY_WINDOW;
use crate::prober::Prober;
use crate::wire::{Echo, Header, KeyNumber, Refusal};

/// The peers of a node.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Detector {
    me: NodeId,
    incarnation: Incarnation,
    peers: BTreeMap<NodeId, Peer>,
}

/// What is known of one peer.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Peer {
    /// Its run; zero before anything was heard.
    incarnation: Incarnation,
    window: Window,
    /// Sequence numbers given to datagrams for it.
    sent: u64,
    /// Its highest beat, and when that arrived.
    beat: Option<(u64, Time)>,
    /// When it last spoke to this run of this node.
    heard: Option<Time>,
    /// What `heard` counts as for losing it: not before this node's own last sleep.
    floor: Time,
    alive: bool,
    round_trip: Option<Duration>,
    /// The key of its newest datagram for this run of this node.
    key: Option<(u64, KeyNumber)>,
}

/// Whether a datagram is of the run of its sender that was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// It is.
    Same,
    /// The sender started anew, or was never heard.
    New {
        /// The run before was heard.
        was_alive: bool,
    },
}

impl Peer {
    /// Whether it is heard and hears this run of this node.
    pub const fn is_alive(&self) -> bool {
        self.alive
    }

    /// When it last spoke to this run of this node.
    pub const fn heard(&self) -> Option<Time> {
        self.heard
    }

    /// Round trip of the last echo, both daemons' delays included.
    pub const fn round_trip(&self) -> Option<Duration> {
        self.round_trip
    }

    /// The key under which it sends to this run of this node; `None` before it was heard.
    pub fn key(&self) -> Option<KeyNumber> {
        self.key.map(|(_, key)| key)
    }
}

impl Detector {
    /// Nobody heard yet.
    pub fn new(
        me: NodeId,
        incarnation: Incarnation,
        peers: impl IntoIterator<Item = NodeId>,
    ) -> Self {
        let peers = peers.into_iter().filter(|peer| *peer != me);
        Self {
            me,
            incarnation,
            peers: peers.map(|peer| (peer, Peer::default())).collect(),
        }
    }

    /// From here on these nodes are there, with this one among them. Who stays is known as before.
    pub fn set_peers(&mut self, nodes: &BTreeSet<NodeId>) {
        self.peers.retain(|peer, _| nodes.contains(peer));
        for peer in nodes.iter().filter(|peer| **peer != self.me) {
            self.peers.entry(*peer).or_default();
        }
    }

    /// The peers, by number.
    pub fn peers(&self) -> impl Iterator<Item = (NodeId, &Peer)> {
        self.peers.iter().map(|(id, peer)| (*id, peer))
    }

    /// Whether this authenticated datagram is new, from a node of the cluster and for this one.
    ///
    /// # Errors
    ///
    /// [`Refusal::Foreign`] for a sender that is no peer, else [`Refusal::Replayed`].
    pub fn admit(&mut self, header: &Header) -> Result<Run, Refusal> {
        let peer = self.peers.get_mut(&header.sender).ok_or(Refusal::Foreign)?;
        if header.to != self.me || header.incarnation < peer.incarnation {
            return Err(Refusal::Replayed);
        }
        let mut run = Run::Same;
        if header.incarnation > peer.incarnation {
            run = Run::New {
                was_alive: peer.alive,
            };
            let (incarnation, sent) = (header.incarnation, peer.sent);
            *peer = Peer {
                incarnation,
                sent,
                ..Peer::default()
            };
        }
        if peer.window.take(header.seq) {
            Ok(run)
        } else {
            Err(Refusal::Replayed)
        }
    }

    /// Whether the sender addressed this very run. A datagram for an earlier run, or from a peer
    /// that has not heard this one, may be a replay: nothing that it says counts.
    pub fn is_for_this_run(&self, header: &Header) -> bool {
        header.to_incarnation == self.incarnation
    }

    /// An admitted datagram for this run was under this key. True when its sender was not known to
    /// send under it.
    pub fn proved(&mut self, header: &Header, key: KeyNumber) -> bool {
        let Some(peer) = self.peers.get_mut(&header.sender) else {
            return false;
        };
        // One that was overtaken tells of the past.
        if peer.key.is_some_and(|(newest, _)| newest > header.seq) {
            return false;
        }
        let former = peer.key.replace((header.seq, key));
        former.is_none_or(|(_, former)| former != key)
    }

    /// A heartbeat was admitted, from whatever run and however late: it is echoed.
    pub fn beat(&mut self, from: NodeId, beat: u64, now: Time) {
        let Some(peer) = self.peers.get_mut(&from) else {
            return;
        };
        if peer.beat.is_none_or(|(highest, _)| highest < beat) {
            peer.beat = Some((beat, now));
        }
    }

    /// A heartbeat for this run arrived in time. Beats before the highest one are of the past and do
    /// not count as life. True when the peer is heard that was not.
    pub fn hear(
        &mut self,
        from: NodeId,
        beat: u64,
        round_trip: Option<Duration>,
        now: Time,
    ) -> bool {
        let Some(peer) = self.peers.get_mut(&from) else {
            return false;
        };
        if peer.beat.is_some_and(|(highest, _)| highest > beat) {
            return false;
        }
        peer.round_trip = round_trip.or(peer.round_trip);
        peer.heard = Some(now);
        !std::mem::replace(&mut peer.alive, true)
    }

    /// The node slept: what it did not hear meanwhile says nothing about the others.
    pub fn restart_measurement(&mut self, now: Time) {
        for peer in self.peers.values_mut() {
            peer.floor = now;
        }
    }

    /// The peers that were heard and are lost, by what probes say about them.
    pub fn timeout(&mut self, prober: &Prober, terms: &Terms, now: Time) -> Vec<NodeId> {
        let mut gone = Vec::new();
        for (id, peer) in &mut self.peers {
            let quiet = now.since(peer.heard.unwrap_or_default().max(peer.floor));
            let signs = prober.signs(*id, None, []);
            let lost = terms.lost(false, signs.kernel);
            if peer.alive && signs.is_lost(quiet, lost, terms) {
                peer.alive = false;
                peer.round_trip = None;
                gone.push(*id);
            }
        }
        gone
    }

    /// The header of the next datagram to a peer.
    pub fn header(&mut self, to: NodeId) -> Header {
        let peer = self.peers.entry(to).or_default();
        peer.sent += 1;
        Header {
            sender: self.me,
            to,
            incarnation: self.incarnation,
            to_incarnation: peer.incarnation,
            seq: peer.sent,
        }
    }

    /// What to tell a peer about its own heartbeats.
    pub fn echo(&self, to: NodeId, now: Time) -> Option<Echo> {
        let (beat, at) = self.peers.get(&to)?.beat?;
        let hold_us = u32::try_from(now.since(at).as_micros()).unwrap_or(u32::MAX);
        Some(Echo { beat, hold_us })
    }
}

/// Which of the latest sequence numbers were seen.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Window {
    highest: u64,
    /// Bit n: `highest - n` was seen.
    seen: u64,
}

const _: () = assert!(REPLAY_WINDOW == u64::BITS, "the window is one word");

impl Window {
    /// Whether this number is new; it is not, the next time.
    fn take(&mut self, seq: u64) -> bool {
        if seq > self.highest {
            let ahead = seq - self.highest;
            let shift = u32::try_from(ahead).unwrap_or(u32::MAX);
            self.seen = self.seen.checked_shl(shift).unwrap_or(0) | 1;
            self.highest = seq;
            return true;
        }
        let behind = u32::try_from(self.highest - seq).unwrap_or(u32::MAX);
        let bit = 1_u64.checked_shl(behind).unwrap_or(0);
        let is_new = bit != 0 && self.seen & bit == 0;
        self.seen |= bit;
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_number_is_taken_once_and_not_below_the_window() {
        let mut window = Window::default();
        assert!(window.take(100));
        assert!(!window.take(100));
        assert!(window.take(99), "reordered by one");
        assert!(!window.take(99));
        assert!(window.take(37), "the last one in the window");
        assert!(!window.take(36), "below it");
        assert!(window.take(1000));
        assert!(!window.take(100));
        assert!(window.take(u64::MAX));
        assert!(!window.take(u64::MAX));
    }
}
