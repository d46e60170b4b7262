//! What the members of a module have to agree about changes while it serves: each node learns of it at its own
//! time, by the steps of the service that takes them. Times are virtual.

use std::time::Duration;

use evenkeel_core::config::model::{FarmConfig, ModuleConfig, Timing};
use evenkeel_core::ids::NodeId;

use crate::check;
use crate::farm::node_id;
use crate::growth::{NODES, epochs, pause, tell};
use crate::net::Weather;
use crate::rotation::{run, wait, weather, whole};
use crate::world::World;

/// Timings of which each follows the other: longer and shorter ones by every part.
const TIMINGS: [Timing; 5] = [
    timing(25, 12, 12),
    timing(5, 6, 6),
    timing(50, 20, 40),
    timing(5, 40, 10),
    timing(100, 3, 3),
];

const fn timing(pulse_ms: u64, slost_count: u32, mlost_count: u32) -> Timing {
    Timing {
        pulse: Duration::from_millis(pulse_ms),
        slost_count,
        mlost_count,
    }
}

fn all() -> Vec<usize> {
    (0..NODES).collect()
}

/// The module with something else in its `<farm>`.
fn farming(world: &World, change: impl FnOnce(&mut FarmConfig)) -> ModuleConfig {
    let mut next = world.module.clone();
    change(next.farm.as_mut().unwrap());
    next
}

/// Both steps of a change at all servers.
fn change(world: &mut World, next: &ModuleConfig) {
    tell(world, next, false);
    tell(world, next, true);
    world.module = next.clone();
}

/// Milliseconds until the others have lost a server whose power fails.
fn missed_after(world: &mut World, at: usize) -> u64 {
    let (lost, since) = (node_id(at), world.now);
    world.crash(at);
    let other = (at + 1) % NODES;
    let has_it = |world: &World| {
        let members: Vec<NodeId> = world.status(other).unwrap().modules.remove(0).members;
        members.contains(&lost)
    };
    wait(world, "view without it", |world| !has_it(world));
    let ms = (world.now - since) / crate::net::MS;
    world.boot(at).unwrap();
    wait(world, "whole farm", |world| check::t3(world).is_ok());
    run(world, 500);
    ms
}

#[test]
fn the_timing_changes_while_the_farm_serves_and_no_view_does() {
    for seed in 1..=24 {
        let mut world = whole(seed, NODES, weather(seed));
        let before = epochs(&world, &all());
        for timing in TIMINGS {
            let next = farming(&world, |farm| farm.timing = Some(timing));
            change(&mut world, &next);
            pause(&mut world);
        }
        run(&mut world, 2000);
        assert_eq!(
            epochs(&world, &all()),
            before,
            "seed {seed}\n{}",
            world.timeline()
        );
        check::t3(&world).unwrap();
    }
}

#[test]
fn daemons_that_stand_still_during_a_change_of_the_timing_are_not_missed() {
    for seed in 1..=24 {
        let mut world = whole(seed, NODES, Weather::FAIR);
        let before = epochs(&world, &all());
        for timing in TIMINGS {
            let next = farming(&world, |farm| farm.timing = Some(timing));
            tell(&mut world, &next, false);
            let naps = usize::try_from(world.rng.below(4)).unwrap();
            let (others, napping): (Vec<_>, Vec<_>) = all().into_iter().partition(|at| *at != naps);
            for at in others {
                world.give(at, &next, true).unwrap();
                pause(&mut world);
            }
            world.freeze(naps, 900);
            run(&mut world, 1000);
            world.give(napping[0], &next, true).unwrap();
            world.module = next;
            pause(&mut world);
        }
        run(&mut world, 2000);
        assert_eq!(
            epochs(&world, &all()),
            before,
            "seed {seed}\n{}",
            world.timeline()
        );
    }
}

#[test]
fn who_is_lost_is_missed_by_the_new_timing_once_all_have_it() {
    let mut world = whole(1, NODES, Weather::FAIR);
    let mut quick = Vec::new();
    for timing in [timing(20, 50, 50), timing(5, 6, 6)] {
        let lost = timing.pulse * timing.slost_count;
        let next = farming(&world, |farm| farm.timing = Some(timing));
        tell(&mut world, &next, false);
        // A node that has not the one to come is judged by it as well.
        let slow = Duration::from_millis(missed_after(&mut world, 2));
        assert!(slow >= Duration::from_secs(1), "{slow:?}");
        tell(&mut world, &next, false);
        tell(&mut world, &next, true);
        world.module = next;
        run(&mut world, 500);
        let found = Duration::from_millis(missed_after(&mut world, 1));
        assert!(
            found >= lost && found < lost + timing.pulse * 4,
            "{found:?}"
        );
        quick.push(found);
    }
    assert!(quick[1] < Duration::from_millis(100), "{quick:?}");
}

#[test]
fn the_lans_of_the_module_change_while_it_serves_and_no_view_does() {
    for seed in 1..=12 {
        let mut world = whole(seed, NODES, weather(seed));
        let before = epochs(&world, &all());
        for lans in [
            &["lan1"][..],
            &["lan0"],
            &["lan0", "lan1"],
            &["lan1"],
            &["lan1", "lan0"],
        ] {
            let lans = lans.iter().map(|lan| (*lan).to_owned()).collect();
            let next = farming(&world, |farm| farm.lans = lans);
            change(&mut world, &next);
            pause(&mut world);
        }
        run(&mut world, 2000);
        assert_eq!(
            epochs(&world, &all()),
            before,
            "seed {seed}\n{}",
            world.timeline()
        );
        check::t3(&world).unwrap();
    }
}
