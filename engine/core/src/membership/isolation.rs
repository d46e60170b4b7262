//! What a part of the farm does that is cut off from the rest, where it was told to fence itself:
//! fewer than half of the cluster's nodes serve nobody. Of two equal halves that with the first node
//! of the cluster goes on.
//!
//! A node belongs to the part that it hears, and that those hear whom it hears: who has lost the way
//! to most nodes may still be in a view with all of them. Everybody looks for itself, since a view
//! without its leader would be kept by the others' contact.

use serde::{Deserialize, Serialize};

use crate::effect::Effect;
use crate::event::Event;
use crate::ids::NodeSet;
use crate::lease::Beats;

use super::{Membership, Phase};

/// Whether this node's part of the farm is large enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Part {
    /// It is, or does not have to be.
    #[default]
    Serves,
    /// It is not; so many nodes are in it.
    Fenced { nodes: u32 },
}

impl Membership {
    /// Leaves the view while this part of the farm is too small. True when it is.
    pub(super) fn is_fenced_off(&mut self, beats: &Beats) -> bool {
        // Asked once per pulse: who does not fence counts nobody.
        if !self.setup.fences {
            return false;
        }
        let part = self.part_of_the_farm();
        let nodes = part.len();
        let found = if self.phase == Phase::Idle || self.is_enough(part) {
            Part::Serves
        } else {
            Part::Fenced { nodes }
        };
        let before = std::mem::replace(&mut self.isolation, found);
        self.changed |= before != found;
        if found == Part::Serves {
            return false;
        }
        let is_new = before == Part::Serves;
        self.forget(beats);
        // Who starts hears nobody at first: that is told by its state, and no news.
        if is_new && self.newest.is_some() {
            let (module, of) = (self.module(), self.all());
            self.effects
                .push(Effect::Event(Event::Isolated { module, nodes, of }));
        }
        true
    }

    /// Whether this node serves nobody because its part is too small.
    pub fn is_fenced(&self) -> bool {
        self.isolation != Part::Serves
    }

    /// Why the part serves nobody.
    pub(super) fn isolation_reason(&self) -> Option<String> {
        let Part::Fenced { nodes } = self.isolation else {
            return None;
        };
        let of = self.all();
        Some(format!(
            "{nodes} of {of} nodes are heard, too few to serve (isolation=\"fence\")"
        ))
    }

    /// This node, those it hears, and those that they hear.
    fn part_of_the_farm(&self) -> NodeSet {
        let heard = self.peers.iter().filter(|(_, peer)| peer.is_alive());
        heard.fold(self.only_me(), |part, (node, peer)| {
            let hears = peer.alive_section().map(|section| section.hears);
            let part = part.union(NodeSet::single(*node));
            part.union(hears.unwrap_or(NodeSet::EMPTY))
        })
    }

    fn is_enough(&self, part: NodeSet) -> bool {
        let first = self.setup.nodes.iter().map(|(node, _)| *node).min();
        let has_first = first.is_some_and(|first| part.contains(first));
        part.len() * 2 + u32::from(has_first) > self.all()
    }

    /// The nodes of the cluster.
    fn all(&self) -> u32 {
        u32::try_from(self.setup.nodes.len()).unwrap_or(u32::MAX)
    }
}
