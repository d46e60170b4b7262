//! SYNs that meet a lost node, or a bucket between two owners, are replayed: both back ends on real
//! interfaces, with real TCP connections.
//!
//! A client that was answered was answered because its SYN was replayed: it gives up before its own timer
//! has it ask again.
//!
//! Needs root. All namespaces are unnamed and vanish with the process, also when it is killed.

use std::cell::Cell;
use std::net::IpAddr;
use std::thread;
use std::time::{Duration, Instant};

use common::{Outcome, is_root};
use evenkeel_core::config::model::EntryMode;
use evenkeel_engine::datapath::choose::Wanted;
use evenkeel_engine::ports::{Datapath, Replays};
use evenkeel_packet::bucket::Kind;
use evenkeel_packet::keep::REPLAY_MS;
use farm::{
    FOREVER, Farm, VIP, VIP6, ask, backend, module, node, path, routes, started, table, until,
};

#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/mod.rs"]
mod common;
#[allow(dead_code, reason = "shared with other tests")]
#[path = "datapath_common/farm.rs"]
mod farm;

const BACK_ENDS: [Wanted; 2] = [Wanted::Ebpf, Wanted::Nfqueue];

const MODES: [EntryMode; 2] = [EntryMode::VmacDirected, EntryMode::VmacInvisible];

/// The back ends of the servers.
struct Nodes(Vec<Box<dyn Datapath>>);

impl Nodes {
    /// Starts one on each server, with this state in all its buckets.
    fn start(farm: &Farm, wanted: Wanted, mode: EntryMode, kinds: &[Kind]) -> Outcome<Self> {
        let mut all = Vec::new();
        for (number, (server, kind)) in farm.servers.iter().zip(kinds.iter().copied()).enumerate() {
            let nodes = kinds.len();
            all.push(server.run(move || started(wanted, number, nodes, mode, kind))?);
        }
        Ok(Self(all))
    }

    fn install(&mut self, server: usize, kind: Kind) -> Outcome<()> {
        Ok(self.0[server].install(&module()?, &table(kind))?)
    }

    /// A server knows that all others are there, but for `lost`.
    fn knows(&mut self, server: usize, lost: Option<usize>) -> Outcome<()> {
        let mut routes = routes(server, self.0.len(), 0)?;
        if let Some(lost) = lost {
            routes.neighbours.remove(&node(lost)?);
        }
        Ok(self.0[server].routes(&module()?, &routes)?)
    }

    /// What a server counted, once it has counted this: it answers before.
    fn counted(&self, server: usize, what: impl Fn(&Replays) -> u64) -> Outcome<Replays> {
        until(|| Ok(what(&self.replays(server)?) > 0))?;
        self.replays(server)
    }

    fn replays(&self, server: usize) -> Outcome<Replays> {
        let replays = self.0[server].replays(&module()?)?;
        replays.ok_or_else(|| "this back end keeps none".into())
    }
}

/// A farm with a server for each of these states.
fn farm_of(wanted: Wanted, mode: EntryMode, kinds: &[Kind]) -> Outcome<(Farm, Nodes)> {
    let farm = Farm::new(&vec![wanted; kinds.len()])?;
    let nodes = Nodes::start(&farm, wanted, mode, kinds)?;
    Ok((farm, nodes))
}

/// Who answers a client whose SYN was kept by `keeper` before `change`. Tries until somebody does: the
/// machine may be too busy for a client's patience.
fn answered_after(
    (farm, nodes): &mut (Farm, Nodes),
    vip: IpAddr,
    keeper: usize,
    before: impl Fn(&mut Nodes) -> Outcome<()>,
    change: impl Fn(&mut Nodes) -> Outcome<()>,
) -> Outcome<usize> {
    let mut answer = None;
    until(|| {
        before(nodes)?;
        let kept = nodes.replays(keeper)?.kept;
        let client = &farm.client;
        answer = thread::scope(|scope| {
            let asked = scope.spawn(move || client.run(move || Ok(ask(vip, 0).ok())));
            until(|| Ok(asked.is_finished() || nodes.replays(keeper)?.kept > kept))?;
            change(nodes)?;
            asked.join().map_err(|_panic| "the client failed")?
        })?;
        Ok(answer.is_some())
    })?;
    answer.ok_or_else(|| "no answer".into())
}

/// No SYN is handed on that is as old.
const OLD: Duration = Duration::from_millis(REPLAY_MS);

const CLOSED_OF_1: Kind = Kind::Foreign { owner: 1 };

#[test]
fn who_gets_the_bucket_of_a_lost_node_answers_the_clients_that_it_did_not() {
    if !is_root("who_gets_the_bucket_of_a_lost_node_answers_the_clients_that_it_did_not") {
        return;
    }
    for mode in MODES {
        for vip in [VIP.into(), VIP6.into()] {
            taken_in(Wanted::Ebpf, mode, vip).unwrap();
        }
        taken_in(Wanted::Nfqueue, mode, VIP.into()).unwrap();
    }
}

/// Server 1, to which all buckets belong, is there and answers nobody.
fn taken_in(wanted: Wanted, mode: EntryMode, vip: IpAddr) -> Outcome<()> {
    let mut scene = farm_of(wanted, mode, &[Kind::Foreign { owner: 1 }, CLOSED_OF_1])?;
    let before = |nodes: &mut Nodes| {
        nodes.knows(0, None)?;
        nodes.install(0, Kind::Foreign { owner: 1 })
    };
    let lost = |nodes: &mut Nodes| {
        nodes.install(0, Kind::Foreign { owner: 0 })?;
        nodes.knows(0, Some(1))?;
        nodes.install(0, Kind::Mine)
    };
    assert_eq!(
        answered_after(&mut scene, vip, 0, before, lost)?,
        0,
        "{wanted:?} {mode:?} {vip}"
    );
    let replays = scene.1.counted(0, |replays| replays.taken_in)?;
    assert_eq!(
        (replays.handed_on, replays.failed),
        (0, 0),
        "{wanted:?} {mode:?} {vip}: {replays:?}"
    );
    Ok(())
}

#[test]
fn the_entry_node_sends_what_met_a_lost_node_to_the_new_owner() {
    if !is_root("the_entry_node_sends_what_met_a_lost_node_to_the_new_owner") {
        return;
    }
    for vip in [VIP.into(), VIP6.into()] {
        sent_to_the_new_owner(Wanted::Ebpf, vip).unwrap();
    }
    sent_to_the_new_owner(Wanted::Nfqueue, VIP.into()).unwrap();
}

fn sent_to_the_new_owner(wanted: Wanted, vip: IpAddr) -> Outcome<()> {
    let kinds = [Kind::Foreign { owner: 1 }, CLOSED_OF_1, Kind::Mine];
    let mut scene = farm_of(wanted, EntryMode::VmacDirected, &kinds)?;
    let before = |nodes: &mut Nodes| {
        nodes.knows(0, None)?;
        nodes.install(0, Kind::Foreign { owner: 1 })
    };
    let lost = |nodes: &mut Nodes| {
        nodes.install(0, Kind::Foreign { owner: 2 })?;
        nodes.knows(0, Some(1))
    };
    assert_eq!(
        answered_after(&mut scene, vip, 0, before, lost)?,
        2,
        "{wanted:?} {vip}"
    );
    let replays = scene.1.counted(0, |replays| replays.handed_on)?;
    assert_eq!(
        (replays.taken_in, replays.failed),
        (0, 0),
        "{wanted:?} {vip}: {replays:?}"
    );
    Ok(())
}

#[test]
fn a_bucket_between_two_owners_keeps_its_clients_until_the_new_one_opens_it() {
    if !is_root("a_bucket_between_two_owners_keeps_its_clients_until_the_new_one_opens_it") {
        return;
    }
    for wanted in BACK_ENDS {
        for mode in MODES {
            between_two_owners(wanted, mode).unwrap();
        }
    }
}

/// Server 0, which is the entry node, gives all buckets to server 1.
fn between_two_owners(wanted: Wanted, mode: EntryMode) -> Outcome<()> {
    let mut scene = farm_of(wanted, mode, &[Kind::Mine, Kind::Foreign { owner: 0 }])?;
    let between = |nodes: &mut Nodes| {
        nodes.install(1, Kind::Foreign { owner: 0 })?;
        nodes.install(0, Kind::Mine)?;
        nodes.install(0, Kind::ForeignHeld { owner: 1 })?;
        nodes.install(1, CLOSED_OF_1)
    };
    let open = |nodes: &mut Nodes| nodes.install(1, Kind::Migrating { from: 0 });
    assert_eq!(
        answered_after(&mut scene, VIP.into(), 1, between, open)?,
        1,
        "{wanted:?} {mode:?}"
    );
    // Where all see every packet, who gave the bucket away knows what it did not answer.
    match mode {
        EntryMode::VmacDirected => scene.1.counted(1, |replays| replays.taken_in)?,
        EntryMode::VmacInvisible => scene.1.counted(0, |replays| replays.handed_on)?,
    };
    let (giver, taker) = (scene.1.replays(0)?, scene.1.replays(1)?);
    assert_eq!(
        (giver.taken_in, taker.handed_on),
        (0, 0),
        "{giver:?} {taker:?}"
    );
    Ok(())
}

#[test]
fn what_was_handed_to_a_node_that_is_lost_then_is_answered_by_the_next_owner() {
    if !is_root("what_was_handed_to_a_node_that_is_lost_then_is_answered_by_the_next_owner") {
        return;
    }
    for mode in MODES {
        for vip in [VIP.into(), VIP6.into()] {
            handed_in_vain(Wanted::Ebpf, mode, vip).unwrap();
        }
        handed_in_vain(Wanted::Nfqueue, mode, VIP.into()).unwrap();
    }
}

/// Server 1 has just given all buckets to server 2, which never answers. In directed mode server 0, the entry
/// node, does not know that yet.
fn handed_in_vain(wanted: Wanted, mode: EntryMode, vip: IpAddr) -> Outcome<()> {
    let of_1 = Kind::Foreign { owner: 1 };
    let kinds = [of_1, Kind::Mine, Kind::Foreign { owner: 2 }];
    let mut scene = farm_of(wanted, mode, &kinds)?;
    let handed = Cell::new((Instant::now(), 0));
    let given = |nodes: &mut Nodes| {
        handed.set((Instant::now(), nodes.replays(1)?.handed_on));
        nodes.knows(1, None)?;
        nodes.install(1, Kind::Mine)?;
        nodes.install(1, Kind::ForeignHeld { owner: 2 })
    };
    let lost = |nodes: &mut Nodes| {
        // A machine that is too busy looks at it when it is too old.
        let (since, before) = handed.get();
        until(|| Ok(nodes.replays(1)?.handed_on > before || since.elapsed() > OLD))?;
        nodes.knows(1, Some(2))?;
        nodes.install(1, Kind::Foreign { owner: 1 })?;
        nodes.install(1, Kind::Mine)
    };
    let by = answered_after(&mut scene, vip, 1, given, lost)?;
    assert_eq!(by, 1, "{wanted:?} {mode:?} {vip}");
    let replays = scene.1.counted(1, |replays| replays.taken_in)?;
    assert_eq!(replays.failed, 0, "{wanted:?} {mode:?} {vip}: {replays:?}");
    Ok(())
}

#[test]
fn a_client_that_was_answered_is_left_alone() {
    if !is_root("a_client_that_was_answered_is_left_alone") {
        return;
    }
    for wanted in BACK_ENDS {
        for mode in MODES {
            left_alone(wanted, mode).unwrap();
        }
    }
}

/// Server 1 answers, and is lost right after.
fn left_alone(wanted: Wanted, mode: EntryMode) -> Outcome<()> {
    let (farm, mut nodes) = farm_of(wanted, mode, &[Kind::Foreign { owner: 1 }, Kind::Mine])?;
    until(|| {
        nodes.knows(0, None)?;
        nodes.install(0, Kind::Foreign { owner: 1 })?;
        assert_eq!(farm.answered_by()?, 1, "{wanted:?} {mode:?}");
        let before = nodes.replays(0)?.answered;
        nodes.knows(0, Some(1))?;
        nodes.install(0, Kind::Mine)?;
        nodes.knows(0, None)?;
        nodes.install(0, Kind::Foreign { owner: 1 })?;
        // A machine that is too busy looks at it when it is too old.
        Ok(nodes.replays(0)?.answered > before)
    })?;
    // That it gave the bucket away again is this test's doing.
    assert_eq!(nodes.replays(0)?.taken_in, 0, "{wanted:?} {mode:?}");
    Ok(())
}

#[test]
fn a_module_that_does_not_want_it_keeps_nothing() {
    if !is_root("a_module_that_does_not_want_it_keeps_nothing") {
        return;
    }
    for wanted in BACK_ENDS {
        for mode in MODES {
            kept_by_nobody(wanted, mode).unwrap();
        }
    }
}

fn kept_by_nobody(wanted: Wanted, mode: EntryMode) -> Outcome<()> {
    let farm = Farm::new(&[wanted])?;
    let datapath = farm.servers[0].run(move || {
        let mut datapath = backend(0, wanted)?;
        let mut path = path(0, mode)?;
        path.replay = false;
        datapath.open(&module()?, &path)?;
        datapath.routes(&module()?, &routes(0, 2, 0)?)?;
        datapath.install(&module()?, &table(Kind::Foreign { owner: 1 }))?;
        datapath.renew(&module()?, FOREVER, None)?;
        Ok(datapath)
    })?;
    assert!(farm.is_silent()?, "{wanted:?} {mode:?}");
    let replays = datapath.replays(&module()?)?;
    assert_eq!(replays, Some(Replays::default()), "{wanted:?} {mode:?}");
    Ok(())
}
