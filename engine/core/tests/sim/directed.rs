//! One fault at a time: what exactly happens, where the random histories only ask whether all is
//! well in the end. Times are virtual.

use evenkeel_core::config::model::{Filter, Proto, Rule};
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::status::{ModuleStatus, Refused};
use evenkeel_packet::BUCKETS;

use crate::check;
use crate::farm::node_id;
use crate::net::MS;
use crate::world::World;

/// The bar for a takeover, defaults in force.
pub const TAKEOVER_MS_MAX: u64 = 100;

/// A farm of nodes that were switched on at once, whole.
pub fn farm(nodes: usize) -> World {
    farm_of(1, &vec![true; nodes])
}

/// Servers that were switched on at once, whole; those are members that are wanted.
pub fn farm_of(seed: u64, wanted: &[bool]) -> World {
    let mut world = World::new(seed, wanted.len(), 1, &[vec![]]);
    for (id, wanted) in wanted.iter().enumerate() {
        world.machines[id].wanted = *wanted;
        world.boot(id).unwrap();
    }
    whole(&mut world, 1000);
    world
}

/// Runs until the farm is whole, and then some; after how many milliseconds it was.
pub fn whole(world: &mut World, ms_max: u64) -> u64 {
    whole_while(world, ms_max, |_| {})
}

/// The same, and `holds` each millisecond.
pub fn whole_while(world: &mut World, ms_max: u64, holds: impl Fn(&World)) -> u64 {
    let start = world.now;
    while let Err(problem) = check::t3(world) {
        holds(world);
        let ms = (world.now - start) / MS;
        assert!(ms < ms_max, "{problem} after {ms} ms\n{}", world.timeline());
        run(world, 1);
    }
    let ms = (world.now - start) / MS;
    run(world, 500);
    check::t3(world).unwrap_or_else(|problem| panic!("{problem}\n{}", world.timeline()));
    ms
}

pub fn run(world: &mut World, ms: u64) {
    world
        .run_ms(ms)
        .unwrap_or_else(|problem| panic!("{problem}\n{}", world.timeline()));
}

pub fn module(world: &World, at: usize) -> ModuleStatus {
    world.status(at).unwrap().modules.remove(0)
}

pub fn counter(world: &World, at: usize) -> u64 {
    module(world, at).epoch.unwrap().counter
}

/// Buckets that are open at a node.
pub fn open(world: &World, at: usize) -> Vec<usize> {
    (0..BUCKETS)
        .filter(|bucket| world.machines[at].opens(*bucket, world.now))
        .collect()
}

#[test]
fn three_nodes_that_start_at_once_make_one_view_of_thirds() {
    let world = farm(3);
    for at in 0..3 {
        let status = module(&world, at);
        assert_eq!(status.epoch.unwrap().counter, 1, "one view was enough");
        assert_eq!(status.entry, Some(node_id(0)));
        let shares: Vec<u32> = status.groups[0].buckets.iter().map(|(_, n)| *n).collect();
        assert_eq!(shares.iter().sum::<u32>(), 4096);
        assert!(
            shares.iter().all(|share| (1365..=1366).contains(share)),
            "{shares:?}"
        );
        assert_eq!(status.groups[0].open, shares[at]);
        assert_eq!(status.state, ModuleState::READY);
        let peers = world.status(at).unwrap().peers;
        assert!(
            peers
                .iter()
                .all(|peer| peer.alive && peer.round_trip.is_some())
        );
    }
}

#[test]
fn a_node_alone_serves_alone() {
    let world = farm(1);
    assert_eq!(open(&world, 0).len(), 4096);
}

#[test]
fn a_follower_or_the_leader_crashes_and_the_others_take_over() {
    for victim in [2, 0] {
        let mut world = farm(3);
        let kept: Vec<_> = (0..3).map(|at| open(&world, at)).collect();
        world.crash(victim);
        run(&mut world, 1);
        assert!(check::t3(&world).is_err(), "nobody can know yet");
        let ms = whole_while(&mut world, TAKEOVER_MS_MAX, |world| {
            for at in (0..3).filter(|at| *at != victim) {
                let all = kept[at]
                    .iter()
                    .all(|bucket| world.machines[at].opens(*bucket, world.now));
                assert!(
                    all,
                    "node {at} does not serve its own share\n{}",
                    world.timeline()
                );
            }
        });
        println!("node {victim} crashed: whole after {ms} ms");
        for at in (0..3).filter(|at| *at != victim) {
            let now = open(&world, at);
            assert!(
                kept[at].iter().all(|bucket| now.contains(bucket)),
                "it keeps what it had"
            );
            assert_eq!(now.len(), 2048);
        }
        let expected = node_id(usize::from(victim == 0));
        let entry = module(&world, 1).entry;
        assert_eq!(entry, Some(expected), "the entry moves only when it has to");
    }
}

/// A farm of three in which a rule with proto arp lets each node answer for itself, or does not.
fn answering(all: bool) -> World {
    let mut world = World::new(1, 3, 1, &[vec![]]);
    if all {
        let group = &mut world.module.vip.as_mut().unwrap().groups[0];
        group.rules.push(Rule {
            virtual_addr: None,
            ports: Vec::new(),
            proto: Proto::Arp,
            filter: Filter::OnAddr,
        });
    }
    for id in 0..3 {
        world.machines[id].wanted = true;
        world.boot(id).unwrap();
    }
    whole(&mut world, 1000);
    assert_eq!(world.announcements, [0], "the entry node, once");
    world.announcements.clear();
    world
}

#[test]
fn where_all_answer_the_entry_node_announces_when_another_is_gone() {
    let mut world = answering(true);
    world.crash(2);
    whole(&mut world, TAKEOVER_MS_MAX);
    assert_eq!(world.announcements, [0], "after a crash");
    world.boot(2).unwrap();
    whole(&mut world, 1000);
    assert_eq!(world.announcements, [0], "who joins takes nobody's clients");
    world.stop(1).unwrap();
    whole(&mut world, 1000);
    assert_eq!(world.announcements, [0, 0], "after a graceful leave");
    world.stop(0).unwrap();
    whole(&mut world, 1000);
    assert_eq!(world.announcements, [0, 0, 2], "the entry node itself left");
}

#[test]
fn where_the_entry_node_alone_answers_only_its_successor_announces() {
    let mut world = answering(false);
    world.crash(2);
    whole(&mut world, TAKEOVER_MS_MAX);
    world.boot(2).unwrap();
    whole(&mut world, 1000);
    world.stop(1).unwrap();
    whole(&mut world, 1000);
    assert_eq!(world.announcements, [], "nobody's neighbours sent there");
    world.crash(0);
    whole(&mut world, TAKEOVER_MS_MAX);
    assert_eq!(world.announcements, [2]);
}

#[test]
fn where_all_answer_a_side_announces_once_that_lost_the_other() {
    let mut world = answering(true);
    world.part(&[2]);
    whole_sides(&mut world);
    assert_eq!(world.announcements.iter().filter(|at| **at == 0).count(), 1);
    assert_eq!(world.announcements.iter().filter(|at| **at == 2).count(), 1);
}

#[test]
fn after_a_partition_the_entry_node_announces_to_those_who_heard_the_other_side() {
    let mut world = answering(false);
    world.part(&[2]);
    whole_sides(&mut world);
    assert_eq!(world.announcements, [2], "the entry node of its own side");
    world.mend().unwrap();
    whole(&mut world, 2000);
    assert_eq!(world.announcements, [2, 0], "neighbours send there still");
}

/// Runs until each side of a partition of three serves everything.
fn whole_sides(world: &mut World) {
    for _ in 0..TAKEOVER_MS_MAX {
        let pair = open(world, 0).len() + open(world, 1).len();
        if pair == BUCKETS && open(world, 2).len() == BUCKETS {
            return;
        }
        run(world, 1);
    }
    panic!("the sides do not serve\n{}", world.timeline());
}

#[test]
fn a_crashed_node_returns_and_takes_its_share_and_no_more() {
    let mut world = farm(3);
    world.crash(1);
    whole(&mut world, TAKEOVER_MS_MAX);
    let before: Vec<_> = [0, 2].map(|at| open(&world, at)).into();
    world.boot(1).unwrap();
    whole(&mut world, 1000);
    for (at, before) in [0, 2].into_iter().zip(before) {
        let now = open(&world, at);
        assert!(
            now.iter().all(|bucket| before.contains(bucket)),
            "nothing moved between the others"
        );
    }
    assert!((1365..=1366).contains(&open(&world, 1).len()));
}

#[test]
fn a_crashed_node_that_is_back_before_it_was_missed_joins_again() {
    for victim in [0, 1] {
        let mut world = farm(3);
        world.crash(victim);
        run(&mut world, 30);
        world.boot(victim).unwrap();
        whole(&mut world, 1500);
    }
}

#[test]
fn a_module_is_stopped_and_started_again() {
    for at in [2, 0] {
        let mut world = farm(3);
        world.stop(at).unwrap();
        let ms = whole(&mut world, 1000);
        println!("node {at} stopped: whole after {ms} ms");
        assert_eq!(world.state(at), Some(ModuleState::STOPPED));
        assert!(!world.machines[at].filter.up);
        world.start(at).unwrap();
        whole(&mut world, 1000);
    }
}

#[test]
fn all_nodes_stop_at_once_and_start_again() {
    let mut world = farm(3);
    for at in 0..3 {
        world.stop(at).unwrap();
    }
    whole(&mut world, 4000);
    for at in 0..3 {
        assert_eq!(world.state(at), Some(ModuleState::STOPPED));
        world.start(at).unwrap();
    }
    whole(&mut world, 1500);
}

#[test]
fn what_moves_is_migrating_until_the_old_owner_holds_nothing() {
    let mut world = farm(2);
    for bucket in 0..BUCKETS {
        world.connect(bucket).unwrap();
    }
    world.stop(1).unwrap();
    run(&mut world, 30);
    let groups = module(&world, 0).groups;
    assert_eq!(
        (groups[0].open, groups[0].migrating),
        (4096, 2048),
        "node 1 still has sockets"
    );
    assert_eq!(module(&world, 1).groups[0].open, 0);
    whole(&mut world, 2000);
    assert_eq!(
        module(&world, 0).groups[0].migrating,
        0,
        "node 1 is gone, and its sockets with it"
    );

    for bucket in 0..BUCKETS {
        world.connect(bucket).unwrap();
    }
    world.start(1).unwrap();
    whole(&mut world, 1000);
    assert_eq!(
        module(&world, 1).groups[0].migrating,
        2048,
        "node 0 still has sockets"
    );
    assert!(module(&world, 0).groups[0].held > 0);
    world.hang_up();
    run(&mut world, 1500);
    assert_eq!(
        module(&world, 1).groups[0].migrating,
        0,
        "counted again, and settled"
    );
    assert_eq!(module(&world, 0).groups[0].held, 0);
}

#[test]
fn two_sides_of_a_partition_serve_alone_and_merge() {
    let mut world = farm(5);
    world.part(&[0, 1]);
    run(&mut world, TAKEOVER_MS_MAX);
    for side in [&[0, 1][..], &[2, 3, 4]] {
        let total: usize = side.iter().map(|at| open(&world, *at).len()).sum();
        assert_eq!(total, BUCKETS, "each side serves everything");
    }
    world.mend().unwrap();
    let ms = whole(&mut world, 1000);
    println!("merged after {ms} ms");
    let leader = module(&world, 0).epoch.unwrap().leader;
    assert_eq!(
        leader.get(),
        2,
        "the leader of the larger side made the common view"
    );
}

#[test]
fn a_cut_off_node_returns_without_moving_more_than_its_share() {
    let mut world = farm(3);
    world.part(&[2]);
    run(&mut world, 1000);
    let before = open(&world, 0);
    world.mend().unwrap();
    whole(&mut world, 1000);
    let now = open(&world, 0);
    assert!(
        now.iter().all(|bucket| before.contains(bucket)),
        "the table of the larger side wins"
    );
}

#[test]
fn a_frozen_node_accepts_nothing_more_until_the_others_let_it() {
    for victim in [0, 1] {
        let mut world = farm(3);
        let before = counter(&world, 1);
        world.freeze(victim, 3000);
        run(&mut world, 1100);
        assert!(
            world.machines[victim].accepts(world.now),
            "nobody misses it"
        );
        assert_eq!(counter(&world, 1), before);
        run(&mut world, 140);
        assert!(
            !world.machines[victim].accepts(world.now),
            "its lease is over"
        );
        run(&mut world, 1600);
        let others: usize = (0..3)
            .filter(|at| *at != victim)
            .map(|at| open(&world, at).len())
            .sum();
        assert_eq!(others, BUCKETS, "the others took over");
        // Three seconds of datagrams wait for it: they echo heartbeats that it sent long ago.
        let lease = world.machines[victim].filter.lease;
        run(&mut world, 130);
        assert_eq!(
            world.machines[victim].filter.lease, lease,
            "nothing stale renewed it"
        );
        whole(&mut world, 1000);
    }
}

#[test]
fn all_take_over_from_a_frozen_node_as_soon_as_its_lease_is_over() {
    for (seed, victim) in (0..20).flat_map(|seed| [(seed, 0), (seed, 1)]) {
        let mut world = farm_of(seed, &[true; 3]);
        world.freeze(victim, 3000);
        while world.machines[victim].accepts(world.now) {
            run(&mut world, 1);
        }
        let over = world.now;
        let others = |world: &World| -> usize {
            let others = (0..3).filter(|at| *at != victim);
            others.map(|at| open(world, at).len()).sum()
        };
        while others(&world) < BUCKETS {
            run(&mut world, 1);
            let ms = (world.now - over) / MS;
            assert!(ms < TAKEOVER_MS_MAX, "seed {seed}, victim {victim}");
        }
    }
}

#[test]
fn a_frozen_node_that_was_alone_listens_before_it_goes_on() {
    let mut world = World::new(1, 2, 1, &[vec![]]);
    world.machines[0].wanted = true;
    world.boot(0).unwrap();
    whole(&mut world, 1000);
    world.freeze(0, 3000);
    run(&mut world, 100);
    world.machines[1].wanted = true;
    world.boot(1).unwrap();
    run(&mut world, 1200);
    assert_eq!(open(&world, 1).len(), BUCKETS, "it heard nobody");
    whole(&mut world, 2000);
}

#[test]
fn a_frozen_node_to_which_all_was_left_listens_before_it_takes_it() {
    let mut world = farm(2);
    for machine in &mut world.machines {
        machine.kernel = false;
    }
    run(&mut world, 500);
    // Its lease lasts longer than it stands still; what the other one said meanwhile waits for it.
    world.freeze(1, 1150);
    run(&mut world, 20);
    world.restart(0, true).unwrap();
    run(&mut world, 1000);
    assert_eq!(
        open(&world, 0).len(),
        BUCKETS,
        "it came back and heard nobody"
    );
    whole(&mut world, 2000);
}

#[test]
fn a_node_without_its_cable_is_not_the_farm_when_it_is_back() {
    for victim in [0, 2] {
        let mut world = farm(3);
        // Not even in the instant of its return is anybody exempt.
        world.parted_for = 0;
        world.cable(victim, false).unwrap();
        run(&mut world, 1000);
        assert_eq!(open(&world, victim).len(), 0);
        let others = (0..3).filter(|at| *at != victim);
        assert_eq!(
            others.map(|at| open(&world, at).len()).sum::<usize>(),
            BUCKETS
        );
        assert_eq!(module(&world, victim).members, [], "it is in no view");
        world.mend().unwrap();
        whole(&mut world, 1000);
    }
}

#[test]
fn a_restart_leaves_the_addresses_and_gives_the_share_away_meanwhile() {
    for (nodes, in_place) in [(1, true), (1, false), (3, true), (3, false)] {
        let mut world = farm(nodes);
        for at in 0..nodes {
            world.restart(at, in_place).unwrap();
            let others = |world: &World| -> usize {
                let others = (0..nodes).filter(|other| *other != at);
                others.map(|other| open(world, other).len()).sum()
            };
            let taken = if nodes > 1 { BUCKETS } else { 0 };
            let given = (0..60).any(|_| {
                run(&mut world, 1);
                open(&world, at).is_empty() && others(&world) == taken
            });
            assert!(given, "its scripts run while it serves");
            assert!(world.machines[at].filter.up, "the addresses stay");
            whole(&mut world, 2000);
        }
    }
}

#[test]
fn forged_replayed_truncated_and_foreign_datagrams_are_counted_and_change_nothing() {
    let mut world = farm(3);
    let seen = world.recorded(0);
    let valid = seen[seen.len() - 4].clone();
    let before = (world.machines[0].filter.clone(), module(&world, 0));
    let refused = |world: &World| world.status(0).unwrap().refused;
    let mut expected = refused(&world);
    assert_eq!(expected, Refused::default());
    let mut inject = |world: &mut World, bytes: Vec<u8>, count: fn(&mut Refused) -> &mut u64| {
        *count(&mut expected) += 1;
        world.inject(0, bytes).unwrap();
        assert_eq!(refused(world), expected);
    };

    inject(&mut world, valid.clone(), |refused| &mut refused.replayed);
    for old in &seen[..3] {
        inject(&mut world, old.clone(), |refused| &mut refused.replayed);
    }
    for length in [0, 1, 40] {
        inject(&mut world, valid[..length].to_vec(), |refused| {
            &mut refused.malformed
        });
    }
    inject(&mut world, valid[..valid.len() - 1].to_vec(), |refused| {
        &mut refused.forged
    });
    inject(&mut world, vec![0xaa; 1500], |refused| {
        &mut refused.malformed
    });
    for (byte, bits) in [(14, 1), (15, 1), (40, 0x80), (valid.len() - 1, 1)] {
        let mut forged = valid.clone();
        forged[byte] ^= bits;
        inject(&mut world, forged, |refused| &mut refused.forged);
    }
    let mut foreign = valid.clone();
    foreign[6] ^= 1;
    inject(&mut world, foreign, |refused| &mut refused.foreign);
    let mut unknown_key = valid.clone();
    unknown_key[5] ^= 1;
    inject(&mut world, unknown_key, |refused| &mut refused.forged);
    let mut version = valid;
    version[4] ^= 1;
    inject(&mut world, version, |refused| &mut refused.malformed);
    let for_another = world.recorded(1).pop().unwrap();
    inject(&mut world, for_another, |refused| &mut refused.replayed);

    assert_eq!(world.machines[0].filter, before.0);
    assert_eq!(module(&world, 0), before.1);
    assert_eq!(counter(&world, 0), 1);
}

#[test]
fn recorded_datagrams_are_worth_nothing_to_a_node_that_started_anew() {
    let mut world = farm(3);
    let recorded = world.recorded(0);
    for at in 0..3 {
        world.crash(at);
    }
    run(&mut world, 1000);
    world.boot(0).unwrap();
    run(&mut world, 200);
    for bytes in recorded {
        world.inject(0, bytes).unwrap();
    }
    let status = world.status(0).unwrap();
    assert!(
        status.peers.iter().all(|peer| !peer.alive),
        "nobody came back to life"
    );
    run(&mut world, 1000);
    assert_eq!(open(&world, 0).len(), BUCKETS, "it serves alone");
    assert_eq!(module(&world, 0).members.len(), 1);
}
