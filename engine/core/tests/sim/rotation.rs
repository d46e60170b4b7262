//! A rotation of the cluster's secret while the farm works: step by step, each node at its own time,
//! by the rules of the service that takes the steps. Times are virtual.

use evenkeel_core::wire::keys::identity_of;
use evenkeel_core::wire::{KeyNumber, Keyring};

use crate::check;
use crate::farm::SECRET;
use crate::net::{MS, Weather};
use crate::world::World;

const NODES: usize = 3;

/// The secret of each generation.
const fn secret(generation: u8) -> [u8; 32] {
    if generation == 0 {
        SECRET
    } else {
        [generation; 32]
    }
}

/// A node sends under the secret of this generation, and accepts another one.
fn keys(generation: u8, other: Option<u8>) -> Keyring {
    let number = KeyNumber::of(generation.into());
    let keys = Keyring::new(identity_of(&SECRET), number, secret(generation));
    match other {
        Some(other) => keys.accepting(secret(other)),
        None => keys,
    }
}

fn farm(seed: u64, weather: Weather) -> World {
    whole(seed, NODES, weather)
}

/// A farm that is whole.
pub fn whole(seed: u64, nodes: usize, weather: Weather) -> World {
    let mut world = World::new(seed, nodes, 2, &[vec![]]);
    for id in 0..nodes {
        world.machines[id].wanted = true;
        world.boot(id).unwrap();
    }
    wait(&mut world, "a whole farm", |world| check::t3(world).is_ok());
    run(&mut world, 500);
    world.weather = weather;
    world
}

/// Runs for this many milliseconds, in which nothing may be wrong.
pub fn run(world: &mut World, ms: u64) {
    world
        .run_ms(ms)
        .unwrap_or_else(|problem| panic!("{problem}\n{}", world.timeline()));
}

/// Runs until it is so.
pub fn wait(world: &mut World, what: &str, mut is_so: impl FnMut(&mut World) -> bool) {
    let end = world.now + 5000 * MS;
    while !is_so(world) {
        assert!(world.now < end, "no {what}\n{}", world.timeline());
        run(world, 1);
    }
}

fn epochs(world: &World) -> Vec<String> {
    let epoch = |at| {
        world
            .status(at)
            .map(|status| format!("{:?}", status.modules[0].epoch))
    };
    (0..NODES).filter_map(epoch).collect()
}

/// The steps that follow from what a node heard; whether it has dropped the former secret.
fn follow(world: &mut World, at: usize, next: u8) -> bool {
    let Some(status) = world.status(at) else {
        return false;
    };
    let (former, new) = (
        KeyNumber::of(u64::from(next) - 1),
        KeyNumber::of(next.into()),
    );
    let heard = || status.peers.iter().map(|peer| peer.key);
    let machine = &mut world.machines[at];
    let is_active = machine.keys.active() == new;
    if !is_active && machine.keys.accepts(new) && heard().any(|key| key == Some(new)) {
        machine.rekey(keys(next, Some(next - 1)));
    } else if is_active && machine.keys.accepts(former) && heard().all(|key| key == Some(new)) {
        machine.rekey(keys(next, None));
    }
    !world.machines[at].keys.accepts(former)
}

/// The same at every node.
fn follow_all(world: &mut World, next: u8) -> bool {
    let done = (0..NODES).filter(|at| follow(world, *at, next));
    done.count() == NODES
}

/// Rotates to this generation, begun at a node, with pauses between the steps.
fn rotate(world: &mut World, next: u8, leader: usize) {
    for step in 0..NODES {
        world.machines[(leader + step) % NODES].rekey(keys(next - 1, Some(next)));
        let pause = world.rng.below(100);
        run(world, pause);
    }
    world.machines[leader].rekey(keys(next, Some(next - 1)));
    wait(world, "end of the rotation", |world| {
        follow_all(world, next)
    });
}

/// The weather of a seed: fair, with loss, or with attacks.
pub const fn weather(seed: u64) -> Weather {
    match seed % 3 {
        0 => Weather::FAIR,
        1 => Weather {
            loss: 20,
            ..Weather::FAIR
        },
        _ => Weather {
            attacks: 300,
            ..Weather::FAIR
        },
    }
}

#[test]
fn rotations_in_any_weather_change_no_view() {
    for seed in 1..=12 {
        let mut world = farm(seed, weather(seed));
        let before = epochs(&world);
        for next in 1..=4 {
            rotate(&mut world, next, usize::from(next) % NODES);
            assert_eq!(epochs(&world), before, "seed {seed}\n{}", world.timeline());
        }
        run(&mut world, 1000);
        assert_eq!(epochs(&world), before, "seed {seed}\n{}", world.timeline());
        check::t3(&world).unwrap();
    }
}

#[test]
fn what_the_nodes_say_during_a_rotation_is_never_refused() {
    let mut world = farm(1, Weather::FAIR);
    for next in 1..=4 {
        rotate(&mut world, next, 0);
        // What was on its way under the secret that has just gone is the exception: one beat of each.
        run(&mut world, 100);
    }
    for at in 0..NODES {
        let refused = world.status(at).unwrap().refused;
        assert_eq!((refused.malformed, refused.foreign), (0, 0), "{refused:?}");
        assert!(refused.forged <= 4 * 2 * 2, "{refused:?}");
    }
}

#[test]
fn a_node_that_was_away_for_the_second_phase_comes_back() {
    let mut world = farm(1, Weather::FAIR);
    for at in 0..NODES {
        world.machines[at].rekey(keys(0, Some(1)));
    }
    world.crash(2);
    world.machines[0].rekey(keys(1, Some(0)));
    let end = world.now + 3000 * MS;
    while world.now < end {
        let dropped = [follow(&mut world, 0, 1), follow(&mut world, 1, 1)];
        // A node may miss a peer that it has not heard since; it must not before all have spoken.
        assert_eq!(dropped, [false, false], "{}", world.timeline());
        run(&mut world, 1);
    }
    world.boot(2).unwrap();
    wait(&mut world, "node that has caught up", |world| {
        follow_all(world, 1)
    });
    wait(&mut world, "whole farm", |world| check::t3(world).is_ok());
}

#[test]
fn what_was_said_under_a_secret_that_is_gone_is_forged() {
    let mut world = farm(1, Weather::FAIR);
    let said = world.recorded(0);
    rotate(&mut world, 1, 0);
    rotate(&mut world, 2, 1);
    run(&mut world, 100);
    let before = world.status(0).unwrap();
    for bytes in &said {
        world.inject(0, bytes.clone()).unwrap();
    }
    let after = world.status(0).unwrap();
    let forged = after.refused.forged - before.refused.forged;
    assert_eq!(forged, u64::try_from(said.len()).unwrap());
    assert_eq!(after.modules, before.modules);
}
