//! What a membership tells the outside: heartbeat sections, parts, effects, status.

use super::{LEAVE_TIME_MAX, Membership, Phase};
use crate::effect::Effect;
use crate::event::Event;
use crate::ids::{ModuleName, NodeId, NodeSet, Time};
use crate::lease::Beats;
use crate::status::GroupStatus;
use crate::view::{View, split};
use crate::wire::{Section, TablePart};

impl Membership {
    /// Whether there is something to do.
    pub fn has_effects(&self) -> bool {
        !self.effects.is_empty()
    }

    /// What there is to do, in order.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Whether this node is a member and everything that is its is open.
    pub fn is_ready(&self) -> bool {
        self.opened.is_some() && self.phase == Phase::Serving
    }

    /// Whether the others have taken over, or nobody is there to, and connections have come to their
    /// end as far as they were given time for it.
    pub fn has_left(&self) -> bool {
        matches!(self.phase, Phase::Left | Phase::Idle)
    }

    /// Whether this node is a member or wants to be one.
    pub fn wants_in(&self) -> bool {
        self.phase == Phase::Serving
    }

    /// Whether this node has no share, and is not about to give one away.
    pub const fn is_away(&self) -> bool {
        matches!(
            self.phase,
            Phase::Idle | Phase::Draining { .. } | Phase::Left
        )
    }

    /// Whether the others should learn at once where this node is.
    pub const fn take_wants_beat(&mut self) -> bool {
        std::mem::replace(&mut self.wants_beat, false)
    }

    /// Whether the status changed since this was asked last.
    pub const fn take_changed(&mut self) -> bool {
        std::mem::replace(&mut self.changed, false)
    }

    /// The view in force.
    pub const fn view(&self) -> Option<&View> {
        self.view.as_ref()
    }

    /// What this node says about itself in a heartbeat.
    pub fn say(&mut self, now: Time) -> Section {
        let (held_version, held) = self.handover.held();
        self.said_grants = self.grants(now);
        let alive = self.peers.iter().filter(|(_, peer)| peer.is_alive());
        Section {
            module: self.setup.module.clone(),
            serving: self.phase == Phase::Serving,
            withdrawn: self.withdrawn,
            digest: self.setup.digest,
            macs: self.setup.macs.clone(),
            version: self.version(),
            counter: self.counter,
            members: self.members(),
            hears: alive.map(|(node, _)| *node).collect(),
            grants: self.said_grants,
            window_us: u32::try_from(self.window_to_say(now).as_micros()).unwrap_or(u32::MAX),
            held_version,
            held,
        }
    }

    /// The parts of the view in force, and the peers that are to have them now: from the leader, and from
    /// a leader that leaves. With each heartbeat.
    ///
    /// Who does not have them is sent them again, after twice the pause each time: on a way that carries
    /// little they would leave no room for the very heartbeats that say that they arrived.
    pub fn parts(&mut self, now: Time) -> Option<(NodeSet, Vec<TablePart>)> {
        let view = self.view.as_ref()?;
        let me = self.setup.me;
        let leads = self.leader == Some(me);
        let leaves = matches!(self.phase, Phase::Leaving { .. }) && view.version.epoch.leader == me;
        if !leads && !leaves {
            return None;
        }
        let pulse = self.terms.pulse;
        let due = self.peers.iter_mut().filter_map(|(node, peer)| {
            let takes_part = |section: &Section| {
                view.members.contains(*node) && section.serving || section.version.is_some()
            };
            let section = peer.alive_section().filter(|section| takes_part(section));
            let is_behind = section.is_some_and(|section| section.version < Some(view.version));
            (is_behind && peer.is_due(view.version, pulse, now)).then_some(*node)
        });
        let due: NodeSet = due.collect();
        (!due.is_empty()).then(|| (due, split(&self.setup.module, view)))
    }

    /// The number of the view in force in probes; zero without one.
    pub fn tag(&self) -> u64 {
        self.contact.tag().unwrap_or(0)
    }

    /// Whether the others wait for news of this node, or it for theirs: heartbeats are worth more than
    /// they cost.
    pub fn is_unsettled(&self, now: Time) -> bool {
        let agrees = |peer: &super::Peer| {
            let section = peer.alive_section();
            section.is_none_or(|s| !s.serving || s.version == self.version())
        };
        let takes_part = self.phase != Phase::Idle;
        let agreed = self.view.is_some() && self.peers.values().all(agrees);
        let grants = self.grants(now);
        let waits = !self.handover.is_all_open() || !grants.is_empty();
        takes_part && (!agreed || waits || grants != self.said_grants)
    }

    /// The groups for the status.
    pub fn groups(&self) -> Vec<GroupStatus> {
        let (_, held) = self.handover.held();
        let groups = self.setup.groups.iter().enumerate().zip(held);
        groups
            .map(|((index, group), held)| {
                let (open, migrating) = self.handover.counts(index);
                GroupStatus {
                    name: group.name.clone(),
                    buckets: self.shares(index),
                    powers: group.powers.clone(),
                    open,
                    migrating,
                    held,
                }
            })
            .collect()
    }

    fn shares(&self, group: usize) -> Vec<(NodeId, u32)> {
        let Some(view) = &self.view else {
            return Vec::new();
        };
        let counts = self.table(group).map(crate::table::Table::counts);
        let count = |node: NodeId| counts.map_or(0, |counts| counts[node.index()]);
        view.members
            .iter()
            .map(|node| (node, count(node)))
            .collect()
    }

    /// Installs the states in the filter if they changed.
    pub(super) fn publish_table(&mut self) {
        let Some(epoch) = self.epoch() else { return };
        if self.handover.take_changed() {
            let groups = self.handover.states();
            let module = self.module();
            self.changed = true;
            self.effects.push(Effect::InstallTable {
                module,
                epoch,
                groups,
            });
        }
    }

    /// Tells the filter the way to every node that may own or hold something, if it changed.
    pub(super) fn publish_routes(&mut self) {
        let Some(view) = self.view.as_ref().filter(|_| self.routes_stale) else {
            return;
        };
        let known = |(node, peer): (&NodeId, &super::Peer)| {
            let section = peer.section.as_ref()?;
            let takes_part = view.members.contains(*node) || peer.is_alive();
            (takes_part && !section.macs.is_empty()).then(|| (*node, section.macs.clone()))
        };
        let me = (self.setup.me, self.setup.macs.clone());
        let peers = self.peers.iter().filter_map(known);
        let mut neighbours: Vec<_> = std::iter::once(me).chain(peers).collect();
        neighbours.sort_by_key(|(node, _)| *node);
        let routes = Some(Effect::SetRoutes {
            module: self.module(),
            neighbours,
            entry: view.entry,
        });
        self.routes_stale = false;
        if self.routes != routes {
            self.effects.extend(routes.clone());
            self.routes = routes;
        }
    }

    /// Notes, once per epoch, that this node's share is open.
    pub(super) fn note_opened(&mut self, now: Time) {
        let Some(view) = &self.view else { return };
        let epoch = view.version.epoch;
        let is_member = view.members.contains(self.setup.me);
        if self.opened != Some(epoch)
            && is_member
            && self.lease.is_valid(now)
            && self.contact.is_valid(now)
            && self.handover.is_all_open()
        {
            self.opened = Some(epoch);
            let module = self.module();
            self.effects
                .push(Effect::Event(Event::ShareOpened { module, epoch }));
        }
    }

    /// Notes that the others have taken over. Whatever is still open then is closed.
    pub(super) fn note_left(&mut self, beats: &Beats, now: Time) {
        let Phase::Leaving { since } = self.phase else {
            return;
        };
        let others_serve = self
            .peers
            .values()
            .any(|peer| peer.alive_section().is_some_and(|section| section.serving));
        let taken_over = self.view.as_ref().is_none_or(|view| {
            let behind = |node: NodeId| {
                let section = self.peers.get(&node).and_then(super::Peer::alive_section);
                section.is_some_and(|section| section.version < Some(view.version))
            };
            !view.members.contains(self.setup.me) && !view.members.iter().any(behind)
        });
        if taken_over || !others_serve || now.since(since) >= LEAVE_TIME_MAX {
            self.opened = None;
            self.close_all(beats);
            self.publish_table();
            self.drain(now);
        }
    }

    /// The log line of a new view.
    pub(super) fn view_changed(&self) -> Option<Event> {
        let view = self.view.as_ref()?;
        let name = |node: NodeId| {
            let named = self.setup.nodes.iter().find(|(id, _)| *id == node);
            named.map_or_else(|| node.to_string(), |(_, name)| name.clone())
        };
        let load = self.setup.groups.iter().zip(self.setup.tables_of(view));
        Some(Event::ViewChanged {
            module: self.module(),
            epoch: view.version.epoch,
            members: view.members.iter().map(name).collect(),
            load: load
                .map(|(group, table)| {
                    let count = table.map_or(0, |table| table.count(self.setup.me));
                    (group.name.clone(), count)
                })
                .collect(),
        })
    }

    pub(super) fn module(&self) -> ModuleName {
        self.setup.module.clone()
    }
}
