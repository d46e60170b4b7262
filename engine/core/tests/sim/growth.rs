//! Nodes and LANs that come and go, and powers that change, while the farm works: each node learns of it at its own
//! time, by the steps of the service that takes them. Times are virtual.

use std::collections::BTreeMap;

use evenkeel_core::config::model::{ClusterConfig, ModuleConfig};
use evenkeel_core::node::Other;

use crate::check;
use crate::farm;
use crate::net::Weather;
use crate::rotation::{run, wait, weather, whole};
use crate::world::{Exempt, World};

/// With the one that comes and goes.
pub const NODES: usize = 4;
/// That one.
const GUEST: usize = 3;

/// The cluster with these nodes, which keep their numbers.
fn cluster(revision: u64, nodes: &[usize]) -> ClusterConfig {
    let mut cluster = farm::cluster(NODES, 2);
    let names: BTreeMap<_, _> = nodes
        .iter()
        .map(|id| (farm::node_name(*id), farm::node_id(*id)))
        .collect();
    for lan in &mut cluster.lans {
        lan.nodes.retain(|node| names.contains_key(&node.name));
    }
    ClusterConfig {
        revision,
        numbers: names,
        ..cluster
    }
}

/// A farm of all but the guest.
fn farm_of_three(seed: u64, weather: Weather, guest: usize) -> (World, ClusterConfig) {
    let mut world = World::new(seed, NODES, 2, &[vec![]]);
    let first = cluster(0, &others(guest));
    world.set_cluster(first.clone());
    for id in others(guest) {
        world.machines[id].wanted = true;
        world.boot(id).unwrap();
    }
    wait(&mut world, "a whole farm", |world| check::t3(world).is_ok());
    run(&mut world, 500);
    world.weather = weather;
    (world, first)
}

fn others(guest: usize) -> Vec<usize> {
    (0..NODES).filter(|id| *id != guest).collect()
}

pub fn pause(world: &mut World) {
    let pause = world.rng.below(100);
    run(world, pause);
}

pub fn epochs(world: &World, nodes: &[usize]) -> Vec<String> {
    let epoch = |at: &usize| format!("{:?}", world.status(*at).unwrap().modules[0].epoch);
    nodes.iter().map(epoch).collect()
}

/// Every one of these nodes takes a step, in an order of chance, with pauses between them.
fn step(world: &mut World, nodes: &[usize], own: &ClusterConfig, other: &Other) {
    let first = usize::try_from(world.rng.below(nodes.len() as u64)).unwrap();
    for place in 0..nodes.len() {
        let at = nodes[(first + place) % nodes.len()];
        wait(world, "step that is taken", |world| {
            world.recluster(at, own, Some(other.clone())).unwrap()
        });
        pause(world);
    }
}

#[test]
fn a_node_comes_and_goes_and_no_view_changes_but_by_its_start_and_stop() {
    for seed in 1..=24 {
        let guest = usize::try_from(seed % 4).unwrap();
        let (mut world, first) = farm_of_three(seed, weather(seed), guest);
        let (at_home, all) = (others(guest), (0..NODES).collect::<Vec<_>>());
        let before = epochs(&world, &at_home);
        let second = cluster(1, &all);
        step(&mut world, &at_home, &first, &Other::Next(second.clone()));
        // The guest may start before the others have taken the second step.
        let is_early = seed % 2 == 0;
        if is_early {
            come(&mut world, guest, &second);
        }
        step(&mut world, &at_home, &second, &Other::Former(first));
        if !is_early {
            assert_eq!(epochs(&world, &at_home), before, "seed {seed}");
            come(&mut world, guest, &second);
        }
        wait(&mut world, "farm of four", |world| check::t3(world).is_ok());
        let held: Vec<_> = (0..50)
            .filter_map(|flow| world.connect(flow * 80))
            .collect();
        assert_eq!(held.len(), 50, "every bucket is open");

        world.stop(guest).unwrap();
        wait(&mut world, "farm of three", |world| {
            check::t3(world).is_ok()
        });
        let before = epochs(&world, &at_home);
        let third = cluster(2, &at_home);
        step(&mut world, &at_home, &second, &Other::Next(third.clone()));
        step(&mut world, &at_home, &third, &Other::Former(second));
        run(&mut world, 2000);
        assert_eq!(epochs(&world, &at_home), before, "seed {seed}");
        check::t3(&world).unwrap();
    }
}

fn come(world: &mut World, guest: usize, cluster: &ClusterConfig) {
    world.set_cluster(cluster.clone());
    world.machines[guest].wanted = true;
    world.boot(guest).unwrap();
    pause(world);
}

#[test]
fn a_node_that_has_a_share_is_not_taken_out_nor_one_that_may_accept_still() {
    for seed in 1..=12 {
        let (mut world, first) = farm_of_three(seed, Weather::FAIR, GUEST);
        let (without, former) = (cluster(1, &[0, 1]), Other::Former(first));
        let take_out = |world: &mut World, at| {
            let former = Some(former.clone());
            world.recluster(at, &without, former).unwrap()
        };
        assert!(!take_out(&mut world, 0), "it has a share");
        // Its daemon stands still, so that it makes no view of its own; its filter accepts for a while.
        world.exempt = Exempt::Nobody;
        world.freeze(2, 3000);
        run(&mut world, seed);
        world.part(&[2]);
        let mut left = vec![0, 1];
        wait(&mut world, "cluster of two", |world| {
            left.retain(|at| !take_out(world, *at));
            left.is_empty()
        });
        // Meanwhile the two may open what was its.
        run(&mut world, 100);
        world.machines[2].wanted = false;
        world.crash(2);
        wait(&mut world, "whole farm", |world| check::t3(world).is_ok());
    }
}

/// How many LANs every node hears every other one on.
fn heard_on(world: &World, lans: usize) -> bool {
    others(GUEST).into_iter().all(|at| {
        let peers = world.status(at).unwrap().peers;
        peers.iter().all(|peer| {
            let reached = peer.lans.iter().filter(|way| way.reached);
            peer.lans.len() == lans && reached.count() == lans
        })
    })
}

#[test]
fn a_lan_comes_and_goes_and_no_view_changes() {
    for seed in 1..=12 {
        let mut world = World::new(seed, NODES, 2, &[vec![]]);
        let home = others(GUEST);
        let two = cluster(1, &home);
        let mut one = cluster(0, &home);
        one.lans.truncate(1);
        world.set_cluster(one.clone());
        world.module.farm.as_mut().unwrap().lans.truncate(1);
        for id in &home {
            world.machines[*id].wanted = true;
            world.boot(*id).unwrap();
        }
        wait(&mut world, "a whole farm", |world| check::t3(world).is_ok());
        run(&mut world, 500);
        world.weather = weather(seed);
        let before = epochs(&world, &home);
        step(&mut world, &home, &one, &Other::Next(two.clone()));
        step(&mut world, &home, &two, &Other::Former(one.clone()));
        wait(&mut world, "second LAN", |world| heard_on(world, 2));
        one.revision = 2;
        step(&mut world, &home, &two, &Other::Next(one.clone()));
        step(&mut world, &home, &one, &Other::Former(two));
        wait(&mut world, "first LAN alone", |world| heard_on(world, 1));
        run(&mut world, 2000);
        assert_eq!(epochs(&world, &home), before, "seed {seed}");
        check::t3(&world).unwrap();
    }
}

#[test]
fn nothing_but_who_is_there_and_on_which_lans_changes() {
    let (mut world, first) = farm_of_three(1, Weather::FAIR, GUEST);
    let mut other = |change: &dyn Fn(&mut ClusterConfig)| {
        let mut next = cluster(1, &[0, 1, 2, 3]);
        change(&mut next);
        world.recluster(0, &first, Some(Other::Next(next))).unwrap()
    };
    assert!(!other(&|next| next.port += 1));
    assert!(!other(&|next| next.timing.slost_count += 1));
    // The module is heard on both, and nodes ask each other on the first.
    assert!(!other(&|next| next.lans.truncate(1)));
    assert!(!other(&|next| next.lans.reverse()));
    assert!(!other(
        &|next| next.lans[0].nodes[1].addr = "10.9.9.9".parse().unwrap()
    ));
    assert!(!other(&|next| {
        let number = farm::node_id(9);
        next.numbers.insert(farm::node_name(1), number);
    }));
    assert!(!other(&|next| {
        let name = farm::node_name(0);
        next.lans
            .iter_mut()
            .for_each(|lan| lan.nodes.retain(|node| node.name != name));
    }));
    assert!(other(&|_next| {}));
}

/// Takes the module's next configuration at these servers, one after the other: expects it, or has it in force.
pub fn tell(world: &mut World, next: &ModuleConfig, in_force: bool) {
    let first = usize::try_from(world.rng.below(NODES as u64)).unwrap();
    for place in 0..NODES {
        let at = (first + place) % NODES;
        world.give(at, next, in_force).unwrap();
        pause(world);
    }
}

#[test]
fn powers_change_while_the_farm_serves_and_nobody_leaves_it() {
    for seed in 1..=24 {
        let mut world = World::new(seed, NODES, 2, &[vec![], vec![]]);
        world.module = farm::module(2, &[vec![1; NODES], vec![1; NODES]]);
        for id in 0..NODES {
            world.machines[id].wanted = true;
            world.boot(id).unwrap();
        }
        wait(&mut world, "a whole farm", |world| check::t3(world).is_ok());
        world.weather = weather(seed);
        for round in 0..4_u32 {
            let powers = [vec![1, 1 + round, 3, 0], vec![64, 1, 64 * (round % 2), 1]];
            let next = farm::module(2, &powers);
            tell(&mut world, &next, false);
            let counter = |world: &World| world.status(0).unwrap().modules[0].epoch;
            let before = counter(&world);
            tell(&mut world, &next, true);
            world.module = next;
            wait(&mut world, "shares by the new powers", |world| {
                let members = &world.status(0).unwrap().modules[0].members;
                assert_eq!(members.len(), NODES, "{}", world.timeline());
                check::t3(world).is_ok()
            });
            let (before, after) = (before.unwrap(), counter(&world).unwrap());
            assert!(after.counter <= before.counter + 2, "{before:?} {after:?}");
        }
    }
}

#[test]
fn an_address_that_comes_is_announced_by_the_entry_node_when_all_have_it() {
    for seed in 1..=12 {
        let mut world = whole(seed, NODES, Weather::FAIR);
        let all: Vec<usize> = (0..NODES).collect();
        let before = epochs(&world, &all);
        let (first, mut next) = (world.module.clone(), world.module.clone());
        let interface = &mut next.vip.as_mut().unwrap().interfaces[0];
        let mut more = interface.addrs[0].clone();
        more.addr = "10.0.0.77".parse().unwrap();
        interface.addrs.push(more);
        world.announcements.clear();
        tell(&mut world, &next, false);
        let last = usize::try_from(world.rng.below(NODES as u64)).unwrap();
        for at in all.iter().copied().filter(|at| *at != last) {
            world.give(at, &next, true).unwrap();
            pause(&mut world);
        }
        run(&mut world, 500);
        assert_eq!(world.new_announced, [], "server {last} has it not");
        world.give(last, &next, true).unwrap();
        let entry = world.status(0).unwrap().modules[0].entry.unwrap();
        wait(&mut world, "announcement", |world| {
            !world.new_announced.is_empty()
        });
        tell(&mut world, &first, false);
        tell(&mut world, &first, true);
        run(&mut world, 1000);
        assert_eq!(world.new_announced, [entry.index()]);
        assert_eq!(world.announcements, [], "those that stay are known");
        assert_eq!(epochs(&world, &all), before, "seed {seed}");
    }
}
