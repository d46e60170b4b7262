//! A module that stops gives its share away at once and lets its connections come to their end, as
//! long as it was told.

use evenkeel_core::module::state::ModuleState;
use evenkeel_packet::BUCKETS;

use crate::directed::{farm, module, open, run, whole};
use crate::farm::DRAIN;
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
