//! Liveness probes as the asking node sees them: who answered, on which LAN, how many are open.
//!
//! Calling order: `ask` once per pulse; `answer` for each answer, all that have arrived before the
//! next pulse. Silence is counted in *probes that were sent and not answered*: a node that could not
//! send holds nobody for silent.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::Duration;

use evenkeel_packet::abi::MODULES_MAX;
use evenkeel_packet::hash::HashKey;
use evenkeel_packet::probe::{FLAG_FENCED, FLAG_KERNEL, Kind, Probe, Refused};
use serde::{Deserialize, Serialize};

use crate::ids::{Incarnation, LanId, NodeId, Time};
use crate::lease::Terms;
use crate::limits::PROBES_MAX;
use crate::wire::{KeyNumber, Keyring, Refusal};

/// The tags of the views in force at a node, by place; zero for none.
pub type Tags = [u64; MODULES_MAX];

/// Asks the peers of a node.
#[derive(Clone, Serialize, Deserialize)]
pub struct Prober {
    me: NodeId,
    run: Incarnation,
    /// By number; all zeros is none.
    keys: [HashKey; 2],
    active: KeyNumber,
    peers: BTreeMap<NodeId, Peer>,
}

impl std::fmt::Debug for Prober {
    /// Leaves the keys out.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Prober")
            .field("me", &self.me)
            .field("run", &self.run)
            .field("peers", &self.peers)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Peer {
    ways: Vec<Way>,
    /// The run of the newest answer, and its instant there.
    echo: Option<(u64, u64)>,
    /// What the newest answer said.
    newest: Option<Answer>,
}

impl Peer {
    /// It is on these LANs from here on; `place` says which one is which.
    fn set_lans(&mut self, lans: &[LanId], place: impl Fn(LanId) -> Option<LanId>) {
        let mut known: BTreeMap<LanId, Way> = BTreeMap::new();
        for way in self.ways.drain(..) {
            if let Some(lan) = place(way.lan) {
                known.insert(lan, Way { lan, ..way });
            }
        }
        let way = |lan: &LanId| known.remove(lan).unwrap_or_else(|| Way::new(*lan));
        self.ways = lans.iter().map(way).collect();
    }
}

/// A peer on one LAN.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Way {
    lan: LanId,
    /// Probes after the last one that was answered, the latest ones of them: when each was sent, and at which
    /// interval.
    open: VecDeque<(Time, Duration)>,
    /// How many more there are.
    forgotten: u32,
    /// The intervals at which all of them were sent, together.
    silence: Duration,
    heard: Option<Time>,
    round_trip: Option<Duration>,
    asked: u64,
    answered: u64,
}

/// An answer that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Who answered.
    pub from: NodeId,
    /// On which LAN.
    pub lan: LanId,
    /// When it was asked.
    pub asked: Time,
    /// The run of the daemon there.
    pub run: Incarnation,
    /// The kernel answered, not the daemon.
    pub kernel: bool,
    /// The fence answered: that run of the daemon is gone.
    pub fenced: bool,
    /// A lease is valid there, of whichever module.
    pub leased: bool,
    /// The tags there; zero for none.
    pub tags: Tags,
    /// Those whose lease is valid, by place.
    leases: u16,
}

impl Answer {
    /// Whether the lease of the module in this view is over there; false where it is in another view.
    pub fn is_lease_over(&self, tag: u64) -> bool {
        let mut places = self.tags.iter().zip(0_u32..);
        places.any(|(there, place)| *there == tag && self.leases >> place & 1 == 0)
    }
}

impl Way {
    /// One on which nothing was asked yet.
    const fn new(lan: LanId) -> Self {
        Self {
            lan,
            open: VecDeque::new(),
            forgotten: 0,
            silence: Duration::ZERO,
            heard: None,
            round_trip: None,
            asked: 0,
            answered: 0,
        }
    }

    /// The LAN.
    pub const fn lan(&self) -> LanId {
        self.lan
    }

    /// When an answer was heard last.
    pub const fn heard(&self) -> Option<Time> {
        self.heard
    }

    /// From the last probe that was answered to the moment in which its answer was looked at.
    pub const fn round_trip(&self) -> Option<Duration> {
        self.round_trip
    }

    /// Probes that were sent and whose answers are not still awaited, and those that were answered.
    pub fn counts(&self) -> (u64, u64) {
        (self.asked - u64::from(self.unanswered()), self.answered)
    }

    /// Probes after the last one that was answered.
    fn unanswered(&self) -> u32 {
        let open = u32::try_from(self.open.len()).unwrap_or(u32::MAX);
        open.saturating_add(self.forgotten)
    }

    /// How long it was silent: for each probe after the last one that was answered the interval at which that
    /// was sent.
    pub const fn silence(&self) -> Duration {
        self.silence
    }

    fn ask(&mut self, period: Duration, now: Time) {
        if self.open.len() == PROBES_MAX {
            self.open.pop_front();
            self.forgotten = self.forgotten.saturating_add(1);
        }
        self.open.push_back((now, period));
        self.silence = self.silence.saturating_add(period);
        self.asked += 1;
    }

    /// Whether the probe of this instant was open.
    fn answer(&mut self, asked: Time, now: Time) -> bool {
        let Some(index) = self.open.iter().position(|(at, _)| *at == asked) else {
            return false;
        };
        self.open.drain(..=index);
        self.forgotten = 0;
        self.silence = self.open.iter().map(|(_, period)| *period).sum();
        self.answered += 1;
        self.heard = Some(now);
        self.round_trip = Some(now.since(asked));
        true
    }
}

impl Prober {
    /// Nobody was asked yet. `lans` has the LANs shared with each peer.
    pub fn new(
        me: NodeId,
        run: Incarnation,
        keys: &Keyring,
        lans: &BTreeMap<NodeId, Vec<LanId>>,
    ) -> Self {
        let mut prober = Self {
            me,
            run,
            keys: keys.probe_keys(),
            active: keys.active(),
            peers: BTreeMap::new(),
        };
        prober.set_peers(lans, Some);
        prober
    }

    /// From here on these peers are there, on the LANs shared with each. Who stays is known as before;
    /// `place` says where a LAN is that was there before, if it is there still.
    pub fn set_peers(
        &mut self,
        lans: &BTreeMap<NodeId, Vec<LanId>>,
        place: impl Fn(LanId) -> Option<LanId>,
    ) {
        self.peers.retain(|peer, _| lans.contains_key(peer));
        for (node, lans) in lans {
            let peer = self.peers.entry(*node).or_default();
            peer.set_lans(lans, &place);
        }
    }

    /// Asks under these keys from here on. What is asked already may still be answered under the
    /// former one, as long as that is among them.
    pub fn rekey(&mut self, keys: &Keyring) {
        self.keys = keys.probe_keys();
        self.active = keys.active();
    }

    fn key(&self, number: u8) -> Option<HashKey> {
        let key = self.keys.get(usize::from(number)).copied()?;
        (key != HashKey::default()).then_some(key)
    }

    /// Gives a probe for each peer on each LAN, as a payload, as is done at this interval.
    pub fn ask(
        &mut self,
        tags: &Tags,
        period: Duration,
        now: Time,
        mut send: impl FnMut(LanId, NodeId, Vec<u8>),
    ) {
        let key = self.key(self.active.get()).unwrap_or_default();
        for (to, peer) in &mut self.peers {
            let (to_run, echo) = peer.echo.unwrap_or_default();
            for way in &mut peer.ways {
                way.ask(period, now);
                let probe = Probe {
                    kind: Kind::Request,
                    key: self.active.get(),
                    flags: 0,
                    from: self.me.get(),
                    to: to.get(),
                    lan: way.lan.0,
                    leases: 0,
                    run: self.run.0,
                    to_run,
                    asked_ns: now.0,
                    answered_ns: echo,
                    tags: *tags,
                };
                send(way.lan, *to, probe.seal(key).to_vec());
            }
        }
    }

    /// What came to the port from which probes are sent.
    ///
    /// # Errors
    ///
    /// Why it does not count.
    pub fn answer(&mut self, bytes: &[u8], now: Time) -> Result<Answer, Refusal> {
        let probe = Probe::open(bytes, |number| self.key(number));
        let probe = probe.map_err(|refused| match refused {
            Refused::Malformed => Refusal::Malformed,
            Refused::Forged => Refusal::Forged,
            Refused::Foreign => Refusal::Foreign,
            Refused::Replayed => Refusal::Replayed,
        })?;
        if probe.kind != Kind::Answer {
            return Err(Refusal::Malformed);
        }
        let from = NodeId::new(probe.from).ok_or(Refusal::Malformed)?;
        let peer = self.peers.get_mut(&from).ok_or(Refusal::Foreign)?;
        if probe.to != self.me.get() || probe.to_run != self.run.0 {
            return Err(Refusal::Replayed);
        }
        let (lan, asked) = (LanId(probe.lan), Time(probe.asked_ns));
        let mut ways = peer.ways.iter_mut();
        let way = ways.find(|way| way.lan == lan).ok_or(Refusal::Foreign)?;
        if !way.answer(asked, now) {
            return Err(Refusal::Replayed);
        }
        let fenced = probe.flags & FLAG_FENCED != 0;
        let answer = Answer {
            from,
            lan,
            asked,
            run: Incarnation(probe.run),
            kernel: probe.flags & FLAG_KERNEL != 0,
            fenced,
            leased: probe.leases != 0,
            tags: probe.tags,
            leases: probe.leases,
        };
        let echo = (probe.run, probe.answered_ns);
        if peer.echo.is_none_or(|newest| newest < echo) {
            peer.newest = Some(answer);
            // Nothing that a fence says may let anybody accept.
            peer.echo = Some(echo).filter(|_| !fenced);
        }
        Ok(answer)
    }

    /// A new run of a peer was heard: what was known of the one before is of the past.
    pub fn restarted(&mut self, peer: NodeId, run: Incarnation) {
        if let Some(peer) = self.peers.get_mut(&peer)
            && peer.newest.is_some_and(|newest| newest.run < run)
        {
            peer.newest = None;
            peer.echo = None;
        }
    }

    /// What the newest answer of a peer said.
    pub fn newest(&self, peer: NodeId) -> Option<&Answer> {
        self.peers.get(&peer)?.newest.as_ref()
    }

    /// How long a peer has left probes unanswered on every one of these LANs (all of them, for
    /// `None`).
    pub fn silence(&self, peer: NodeId, lans: Option<&BTreeSet<LanId>>) -> Duration {
        let is_wanted = |way: &&Way| lans.is_none_or(|lans| lans.contains(&way.lan));
        let ways = self.ways(peer).filter(is_wanted);
        ways.map(Way::silence).min().unwrap_or(Duration::MAX)
    }

    /// A peer on each LAN.
    pub fn ways(&self, peer: NodeId) -> impl Iterator<Item = &Way> {
        self.peers
            .get(&peer)
            .into_iter()
            .flat_map(|peer| &peer.ways)
    }
}

/// What probes say about the life of a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signs {
    /// Its kernel answers them.
    pub kernel: bool,
    /// How long it has left them unanswered.
    silence: Duration,
    /// Its fence answers: the daemon is gone.
    fenced: bool,
    /// The lease of its filter is over: the daemon executes nothing.
    lease_over: bool,
}

impl Prober {
    /// About a peer on these LANs (all of them for `None`), whose filter should have a lease in a
    /// view with one of these tags.
    pub fn signs(
        &self,
        peer: NodeId,
        lans: Option<&BTreeSet<LanId>>,
        tags: impl IntoIterator<Item = u64>,
    ) -> Signs {
        let newest = self.newest(peer);
        Signs {
            kernel: newest.is_some_and(|answer| answer.kernel),
            silence: self.silence(peer, lans),
            fenced: newest.is_some_and(|answer| answer.fenced),
            lease_over: newest
                .is_some_and(|answer| tags.into_iter().any(|tag| answer.is_lease_over(tag))),
        }
    }
}

impl Signs {
    /// Whether it has left probes unanswered for so long.
    pub fn is_silent(&self, time: Duration) -> bool {
        self.silence >= time
    }

    /// Whether a peer is lost whose daemon was quiet for so long: it and its machine for `lost`, or it
    /// alone for `silent`, or less where its kernel knows that it is gone, or that it executes nothing.
    /// Of that one its own lease is the judge, and quiet that this node slept through says nothing: where
    /// both stand still in turn, each for less than a second, nobody echoed what kept the lease going.
    pub fn is_lost(&self, quiet: Duration, lost: Duration, terms: &Terms) -> bool {
        let unreachable = quiet >= lost && self.is_silent(lost);
        let hangs = quiet >= lost.max(terms.hang) && self.lease_over;
        self.fenced || quiet >= terms.silent || unreachable || hangs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lan_that_stays_is_known_as_before_wherever_it_stands() {
        let mut known = Peer::default();
        known.set_lans(&[LanId(0), LanId(1), LanId(2)], Some);
        for (way, asked) in known.ways.iter_mut().zip(1..) {
            way.asked = asked;
        }
        // The one in the middle goes.
        let place = |lan: LanId| match lan.0 {
            0 => Some(LanId(0)),
            2 => Some(LanId(1)),
            _ => None,
        };
        known.set_lans(&[LanId(0), LanId(1), LanId(2)], place);
        let asked: Vec<u64> = known.ways.iter().map(|way| way.asked).collect();
        assert_eq!(asked, [1, 3, 0], "the last one is new");
    }
}
