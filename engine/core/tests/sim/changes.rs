//! What the members of a module have to agree about changes while it serves: each node learns of it at its own
//! time, by the steps of the service that takes them. Times are virtual.

use std::time::Duration;

use evenkeel_core::config::model::{
    FarmConfig, GroupConfig, HostPower, ModuleConfig, PortRange, Timing,
};
use evenkeel_core::ids::NodeId;
use evenkeel_core::node::Other;
use evenkeel_packet::BUCKETS;

use crate::check;
use crate::farm::{self, node_id};
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

fn has_kept_its_views(world: &World, before: &[String], seed: u64) {
    let after = epochs(world, &all());
    assert_eq!(after, before, "seed {seed}\n{}", world.timeline());
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
        has_kept_its_views(&world, &before, seed);
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
        has_kept_its_views(&world, &before, seed);
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
        has_kept_its_views(&world, &before, seed);
        check::t3(&world).unwrap();
    }
}

/// The module with these groups, behind the first one, which stays.
fn grouped(world: &World, names: &[&str]) -> ModuleConfig {
    let mut next = world.module.clone();
    let groups = &mut next.vip.as_mut().unwrap().groups;
    groups.truncate(1);
    groups.extend(names.iter().map(|name| GroupConfig {
        name: (*name).to_owned(),
        hosts: Vec::new(),
        rules: Vec::new(),
    }));
    let slots = farm::slots(&next);
    let groups = &mut next.vip.as_mut().unwrap().groups;
    for (group, slot) in groups.iter_mut().zip(slots) {
        group.rules = vec![farm::rule(slot)];
    }
    next
}

/// Per bucket of a group, the servers that open its flows.
fn owners(world: &World, slot: usize) -> Vec<Vec<usize>> {
    let opens = |bucket| {
        let all = world
            .machines
            .iter()
            .filter(|one| one.opens(bucket, world.now));
        all.map(|one| one.id).collect()
    };
    (slot * BUCKETS..(slot + 1) * BUCKETS).map(opens).collect()
}

#[test]
fn groups_come_and_go_and_what_stays_is_not_touched() {
    for seed in 1..=24 {
        let mut world = whole(seed, NODES, weather(seed));
        let fair = seed % 3 == 0;
        let kept = owners(&world, 0);
        for (names, stay) in [
            (&["group1"][..], &[0][..]),
            (&["group2", "group1"], &[0, 1]),
            (&["group1", "group2"], &[0, 1, 2]),
            (&["group1b", "group2"], &[0, 1, 2]),
            (&["group2b", "group1"], &[0, 1, 2]),
            (&["group1"], &[0, 1]),
            (&[], &[0]),
        ] {
            let next = grouped(&world, names);
            let before: Vec<_> = stay.iter().map(|slot| owners(&world, *slot)).collect();
            tell(&mut world, &next, false);
            for at in all() {
                world.give(at, &next, true).unwrap();
                for (slot, before) in stay.iter().zip(&before).filter(|_| fair) {
                    assert_eq!(owners(&world, *slot), *before, "group {slot} is touched");
                }
                pause(&mut world);
            }
            world.module = next;
            wait(&mut world, "the groups", |world| check::t3(world).is_ok());
            run(&mut world, 300);
        }
        run(&mut world, 1000);
        check::t3(&world).unwrap();
        assert_eq!(owners(&world, 0), kept, "seed {seed}\n{}", world.timeline());
    }
}

#[test]
fn connections_of_groups_that_stay_are_known_where_they_are() {
    let mut world = whole(1, NODES, Weather::FAIR);
    let next = grouped(&world, &["group1", "group2"]);
    change(&mut world, &next);
    wait(&mut world, "three groups", |world| check::t3(world).is_ok());
    for flow in 0..300 {
        world.connect(flow * 41).unwrap();
    }
    let sockets = |world: &World| -> Vec<_> {
        world
            .machines
            .iter()
            .map(|one| one.sockets.clone())
            .collect()
    };
    let opened = sockets(&world);
    world.drain(1, true).unwrap();
    run(&mut world, 2000);
    let held = |world: &World| -> Vec<(String, u32)> {
        let groups = world.status(1).unwrap().modules.remove(0).groups;
        groups
            .into_iter()
            .map(|group| (group.name, group.held))
            .collect()
    };
    let before = held(&world);
    assert!(before.iter().all(|(_, held)| *held > 0), "{before:?}");
    // Where the others ask for what they do not know: nobody settles what is held under another name.
    let migrating = |world: &World| -> u32 {
        let groups = world.status(2).unwrap().modules.remove(0).groups;
        groups.iter().map(|group| group.migrating).sum()
    };
    let waiting = migrating(&world);
    assert!(waiting > 0);
    let next = grouped(&world, &["group2b", "group1"]);
    change(&mut world, &next);
    run(&mut world, 2000);
    let [first, second, third] = &before[..] else {
        panic!("{before:?}");
    };
    let expected = [
        first.clone(),
        ("group2b".to_owned(), third.1),
        second.clone(),
    ];
    assert_eq!(held(&world), expected);
    assert_eq!(migrating(&world), waiting);
    assert_eq!(sockets(&world), opened);
    world.hang_up();
    run(&mut world, 2500);
    assert_eq!(migrating(&world), 0);
}

#[test]
fn the_first_group_is_renamed_and_a_group_is_split() {
    let mut world = whole(1, NODES, Weather::FAIR);
    let kept = owners(&world, 0);
    let mut next = world.module.clone();
    next.vip.as_mut().unwrap().groups[0].name = "group0b".to_owned();
    tell(&mut world, &next, false);
    for at in all() {
        world.give(at, &next, true).unwrap();
        assert_eq!(owners(&world, 0), kept);
        pause(&mut world);
    }
    world.module = next.clone();
    run(&mut world, 500);
    check::t3(&world).unwrap();
    assert_eq!(owners(&world, 0), kept);
    // Half of its ports become a group of their own, with powers of its own.
    let mut split = next;
    let groups = &mut split.vip.as_mut().unwrap().groups;
    groups[0].rules[0].ports = vec![PortRange {
        first: 1,
        last: 999,
    }];
    let mut half = groups[0].clone();
    half.name = "group1".to_owned();
    half.rules[0].ports = vec![PortRange::one(80)];
    let host = |at| HostPower {
        name: farm::node_name(at),
        power: u32::from(at == 3),
    };
    half.hosts = all().into_iter().map(host).collect();
    groups.push(half);
    tell(&mut world, &split, false);
    for at in all() {
        world.give(at, &split, true).unwrap();
        let there: Vec<usize> = all().into_iter().filter(|one| *one <= at).collect();
        let expected = kept.iter().map(|owners| {
            let its = owners.iter().filter(|owner| there.contains(owner));
            its.copied().collect::<Vec<_>>()
        });
        if at < NODES - 1 {
            let halves = owners(&world, 1);
            assert!(
                halves.into_iter().eq(expected),
                "it goes by the table of the other"
            );
        }
        assert_eq!(owners(&world, 0), kept);
        run(&mut world, 50);
    }
    world.module = split;
    wait(&mut world, "powers of its own", |world| {
        check::t3(world).is_ok()
    });
    assert_eq!(owners(&world, 1), vec![vec![3]; BUCKETS]);
    assert_eq!(owners(&world, 0), kept);
}

#[test]
fn a_group_that_was_renamed_stays_as_it_is_when_the_cluster_changes_after_it() {
    for seed in 1..=6 {
        let mut world = whole(seed, NODES, Weather::FAIR);
        for names in [&["group1"][..], &["group1b"]] {
            let next = grouped(&world, names);
            change(&mut world, &next);
            wait(&mut world, "the groups", |world| check::t3(world).is_ok());
            run(&mut world, 300);
        }
        let before = [owners(&world, 0), owners(&world, 1)];
        let former = farm::cluster(NODES, 2);
        let mut second = former.clone();
        second.revision += 1;
        for (own, other) in [
            (&former, Other::Next(second.clone())),
            (&second, Other::Former(former.clone())),
        ] {
            for at in all() {
                assert!(world.recluster(at, own, Some(other.clone())).unwrap());
                pause(&mut world);
            }
        }
        run(&mut world, 1000);
        assert_eq!([owners(&world, 0), owners(&world, 1)], before);
        check::t3(&world).unwrap();
    }
}
