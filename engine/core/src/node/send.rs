//! What a node sends, and under which key: a heartbeat to every peer on every common LAN, and the
//! parts of views.

use super::{Node, memberships, memberships_mut};
use crate::effect::Effect;
use crate::ids::{NodeId, NodeSet, Time};
use crate::limits::BEAT_INTERVAL_MIN;
use crate::prober::Tags;
use crate::wire::{Body, Codec, Heartbeat, Keyring, Section, TablePart};

/// Postcard bytes of a heartbeat without sections, at the most: kind, beat, echo, number of sections.
const HEARTBEAT_BYTES: usize = 1 + 10 + (1 + 10 + 5) + 2;

impl Node {
    /// Accepts and sends under these keys from here on. No [`Command`](crate::command::Command): those may
    /// be told to anybody.
    pub fn rekey(&mut self, keys: Keyring) {
        self.codec = Codec::new(&keys);
        self.prober.rekey(&keys);
        self.config.keys = keys;
        self.generation += 1;
    }

    /// Asks every peer's kernel on every common LAN whether it is there.
    pub(super) fn probe(&mut self, now: Time) {
        let mut tags = Tags::default();
        for (place, membership) in tags.iter_mut().zip(memberships(&self.modules)) {
            *place = membership.tag();
        }
        let (period, effects) = (self.pulse.period(), &mut self.effects);
        self.prober.ask(&tags, period, now, |lan, to, bytes| {
            effects.push_back(Effect::Probe { lan, to, bytes });
        });
    }

    /// Whether some module waits for news of others, or they for its.
    pub(super) fn is_unsettled(&self, now: Time) -> bool {
        memberships(&self.modules).any(|membership| membership.is_unsettled(now))
    }

    /// Sends a beat, then the parts of views that peers still need.
    pub(super) fn send(&mut self, now: Time) {
        self.beat_due = now + self.pulse.period().max(BEAT_INTERVAL_MIN);
        let beat = self.beats.send(now);
        let bundles = self.bundles(now);
        let peers: Vec<NodeId> = self.lans.keys().copied().collect();
        for peer in peers {
            let echo = self.detector.echo(peer, now);
            for sections in &bundles {
                let sections = sections.clone();
                self.send_to(
                    peer,
                    &Body::Heartbeat(Heartbeat {
                        beat,
                        echo,
                        sections,
                    }),
                );
            }
        }
        let parts: Vec<(NodeSet, Vec<TablePart>)> = memberships_mut(&mut self.modules)
            .filter_map(|membership| membership.parts(now))
            .collect();
        for (peers, parts) in parts {
            for peer in peers.iter() {
                for part in &parts {
                    self.send_to(peer, &Body::TablePart(part.clone()));
                }
            }
        }
    }

    /// The sections of all modules in as many bundles as datagrams are needed; at least one.
    fn bundles(&mut self, now: Time) -> Vec<Vec<Section>> {
        let mut bundles = vec![Vec::new()];
        let mut bytes = HEARTBEAT_BYTES;
        for section in memberships_mut(&mut self.modules).map(|membership| membership.say(now)) {
            let size = postcard::to_allocvec(&section).map_or(0, |encoded| encoded.len());
            if !Codec::fits(bytes + size) {
                bundles.push(Vec::new());
                bytes = HEARTBEAT_BYTES;
            }
            bytes += size;
            bundles
                .last_mut()
                .into_iter()
                .for_each(|bundle| bundle.push(section.clone()));
        }
        bundles
    }

    /// Sends a body on every LAN shared with the peer, each copy a datagram of its own.
    fn send_to(&mut self, to: NodeId, body: &Body) {
        let lans = self.lans.get(&to).cloned().unwrap_or_default();
        for lan in lans {
            let header = self.detector.header(to);
            if let Some(bytes) = self.codec.seal(&header, body) {
                self.effects.push_back(Effect::Send { lan, to, bytes });
            }
        }
    }
}
