//! Nodes that come and go, and weights that change, while the module runs.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use super::{Membership, Part, Peer, Setup};
use crate::ids::{NodeId, NodeSet, Time};
use crate::lease::Beats;
use crate::status::Move;
use crate::table::Table;
use crate::view::View;

impl Membership {
    /// From here on these nodes are there, with these weights, and members have this in common. Who stays is
    /// known as before.
    pub fn recluster(&mut self, setup: Setup, beats: &Beats, now: Time) {
        let nodes = setup.nodes.iter().map(|(node, _)| *node);
        let nodes: BTreeSet<NodeId> = nodes.filter(|node| *node != setup.me).collect();
        self.peers.retain(|node, _| nodes.contains(node));
        for node in nodes {
            self.peers.entry(node).or_default();
        }
        self.unannounced.extend(&setup.addrs - &self.setup.addrs);
        self.unannounced = &self.unannounced & &setup.addrs;
        let places = self.places(&setup);
        self.setup = setup;
        self.changing = !self.setup.others.is_empty();
        self.adopt(now);
        if let Some(places) = places {
            self.regroup(&places, now);
        }
        if !self.setup.fences {
            self.isolation = Part::default();
        }
        let view = self.view.as_ref();
        self.reweighed = view.is_some_and(|view| !self.is_balanced(view));
        // The others are to know at once which configuration this node has.
        self.wants_beat = true;
        self.routes_stale = true;
        self.changed = true;
        self.lead(beats, now);
        self.settle_down(beats, now);
    }

    /// The buckets that would change hands with that setup; none without a view.
    pub fn preview(&self, setup: &Setup) -> Vec<Move> {
        let Some(view) = &self.view else {
            return Vec::new();
        };
        let tables = setup
            .tables_of(view)
            .into_iter()
            .zip(setup.next_tables(view));
        let groups = setup.groups.iter().zip(tables);
        let moves = groups.flat_map(|(group, (table, next))| {
            let mut moved = BTreeMap::new();
            let owners = table.iter().flat_map(|table| table.iter());
            let owners = owners.map(|(owner, _)| owner).chain(iter::repeat(None));
            let next = next.as_ref().into_iter().flat_map(Table::iter);
            for (from, (to, _)) in owners.zip(next).filter(|(from, (to, _))| from != to) {
                *moved.entry((from, to)).or_default() += 1;
            }
            moved.into_iter().map(|((from, to), buckets)| Move {
                group: group.name.clone(),
                from,
                to,
                buckets,
            })
        });
        moves.collect()
    }

    /// Whether a node takes part as far as is known here, or may accept packets still.
    pub fn involves(&self, node: NodeId, now: Time) -> bool {
        let pending = self.assembly.is_some();
        pending || self.members().contains(node) || self.grants(now).contains(node)
    }

    /// Nodes that come into this view from one without this node, in which they served as well.
    pub(super) fn came(&mut self, next: &View) -> NodeSet {
        let came = |(node, peer): (&NodeId, &mut Peer)| {
            (next.members.contains(*node) && peer.meet()).then_some(*node)
        };
        self.peers.iter_mut().filter_map(came).collect()
    }

    /// Those of them that may have opened what is kept here. Where only the owner sees a packet it can ask
    /// one node for the socket: of several the wrong one would let clients wait in silence.
    pub(super) fn guests(&self, next: &View, came: NodeSet) -> NodeSet {
        let guests = came.intersection(next.fresh);
        match self.setup.all_see || guests.len() <= 1 {
            true => guests,
            false => NodeSet::EMPTY,
        }
    }
}
