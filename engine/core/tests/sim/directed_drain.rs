//! A module that stops, or is drained, gives its share away at once and lets its connections come to their
//! end: one that stops as long as it was told.

use evenkeel_core::module::state::ModuleState;
use evenkeel_core::status::DrainStatus;
use evenkeel_packet::BUCKETS;

use crate::directed::{farm, module, open, run, whole};
use crate::farm::{DRAIN, node_id};
use crate::world::World;

/// The others have the share after this many milliseconds, and a count was made.
const HANDED_OVER_MS: u64 = 100;

/// Its scripts, and the removal of its addresses, take this long at the most.
const STOPPED_MS: u64 = 300;

/// A farm whose second server stops and holds a connection in each of its buckets.
fn with_one_that_stops(nodes: usize) -> World {
    let mut world = farm(nodes);
    for bucket in 0..BUCKETS {
        world.connect(bucket).unwrap();
    }
    world.stop(1).unwrap();
    run(&mut world, HANDED_OVER_MS);
    world
}

fn has_stopped(world: &World) -> bool {
    world.state(1) == Some(ModuleState::STOPPED)
}

#[test]
fn a_stop_waits_for_the_last_connection() {
    let mut world = with_one_that_stops(3);
    assert_eq!(open(&world, 1), [], "the others have its share");
    let held = module(&world, 1).groups[0].held;
    let own = u32::try_from(world.machines[1].sockets.len()).unwrap();
    assert_eq!(held, own, "and its connections are told");
    run(&mut world, HANDED_OVER_MS);
    assert!(!has_stopped(&world) && !world.machines[1].sockets.is_empty());
    world.hang_up();
    run(&mut world, HANDED_OVER_MS + STOPPED_MS);
    assert!(has_stopped(&world), "{}", world.timeline());
    whole(&mut world, 1);
}

#[test]
fn a_stop_waits_no_longer_than_told() {
    let mut world = with_one_that_stops(3);
    let told = u64::try_from(DRAIN.as_millis()).unwrap();
    run(&mut world, told - 2 * HANDED_OVER_MS);
    assert!(!has_stopped(&world), "{}", world.timeline());
    run(&mut world, 2 * HANDED_OVER_MS + STOPPED_MS);
    assert!(has_stopped(&world), "{}", world.timeline());
    assert!(world.machines[1].sockets.is_empty());
}

#[test]
fn who_stops_last_waits_too_and_takes_nobody_in() {
    let mut world = farm(2);
    world.stop(0).unwrap();
    run(&mut world, HANDED_OVER_MS + STOPPED_MS);
    for bucket in 0..BUCKETS {
        assert_eq!(world.connect(bucket), Some(1));
    }
    world.stop(1).unwrap();
    run(&mut world, HANDED_OVER_MS);
    assert!(!has_stopped(&world) && world.connect(0).is_none());
    assert_eq!(module(&world, 1).groups[0].held, 4096);
    world.hang_up();
    run(&mut world, HANDED_OVER_MS + STOPPED_MS);
    assert!(has_stopped(&world), "{}", world.timeline());
}

/// A farm of three whose server of this number is drained; all held a connection in each of their buckets.
fn with_one_drained(at: usize) -> World {
    let mut world = farm(3);
    for bucket in 0..BUCKETS {
        world.connect(bucket).unwrap();
    }
    world.drain(at, true).unwrap();
    run(&mut world, HANDED_OVER_MS);
    world
}

#[test]
fn a_drained_node_stays_up_keeps_its_connections_and_gets_no_new_ones() {
    for at in [1, 0] {
        let mut world = with_one_drained(at);
        assert_eq!(open(&world, at), [], "{}", world.timeline());
        let status = module(&world, at);
        assert_eq!(status.state, ModuleState::READY);
        assert_eq!(status.drain, Some(DrainStatus::Draining));
        assert!(status.members.contains(&node_id(at)));
        assert_eq!(
            status.entry,
            Some(node_id(usize::from(at == 0))),
            "clients are led past it"
        );
        let own = u32::try_from(world.machines[at].sockets.len()).unwrap();
        assert_eq!(status.groups[0].held, own, "its connections are told");
        for bucket in 0..BUCKETS {
            assert_ne!(world.connect(bucket), Some(at));
        }
        world.hang_up();
        run(&mut world, 1500);
        assert_eq!(module(&world, at).drain, Some(DrainStatus::Drained));
        assert!(
            world
                .timeline()
                .contains("Drained: the others have the share")
        );
        world.drain(at, false).unwrap();
        whole(&mut world, HANDED_OVER_MS);
        let status = module(&world, at);
        assert_eq!((status.drain, status.state), (None, ModuleState::READY));
        assert!((1365..=1366).contains(&status.groups[0].open));
    }
}

#[test]
fn a_drain_outlives_a_restart_of_the_application_and_ends_with_a_stop() {
    let mut world = with_one_drained(1);
    world.hang_up();
    world.restart(1, true).unwrap();
    run(&mut world, HANDED_OVER_MS + STOPPED_MS);
    whole(&mut world, 1000);
    assert_eq!(
        (open(&world, 1), module(&world, 1).state),
        (vec![], ModuleState::READY)
    );
    world.restart(1, false).unwrap();
    run(&mut world, HANDED_OVER_MS + STOPPED_MS);
    whole(&mut world, 1000);
    assert_eq!(
        (open(&world, 1).len() / 100, module(&world, 1).drain),
        (13, None)
    );
}

#[test]
fn a_share_is_never_left_to_nobody() {
    let mut world = farm(2);
    world.drain(0, true).unwrap();
    run(&mut world, HANDED_OVER_MS);
    world.drain(1, true).unwrap();
    run(&mut world, HANDED_OVER_MS);
    assert_eq!(
        open(&world, 1).len(),
        BUCKETS,
        "the last one is not drained"
    );
    assert_eq!(module(&world, 1).drain, None);
    world.crash(1);
    whole(&mut world, 1000);
    assert_eq!(
        open(&world, 0).len(),
        BUCKETS,
        "who is drained serves where nobody else does"
    );
    assert_eq!(module(&world, 0).drain, Some(DrainStatus::Draining));
    world.boot(1).unwrap();
    whole(&mut world, 1000);
    assert_eq!((open(&world, 0).len(), open(&world, 1).len()), (0, BUCKETS));
}
