//! Farms that fall apart: connections of both parts live on, or the smaller part fences itself where it
//! was told to; farms whose powers are a chain.

use evenkeel_core::config::model::Isolation;
use evenkeel_packet::BUCKETS;
use evenkeel_packet::bucket::{BucketState, Kind};

use crate::directed::{TAKEOVER_MS_MAX, farm, module, open, run, whole};
use crate::world::{Exempt, World};

/// A farm of so many nodes, whole, whose smaller part fences itself. T2 holds in all of it.
fn fencing(nodes: usize) -> World {
    let mut world = World::new(1, nodes, 1, &[vec![]]);
    world.set_isolation(Isolation::Fence);
    world.exempt = Exempt::Nobody;
    start(&mut world);
    world
}

fn start(world: &mut World) {
    for id in 0..world.machines.len() {
        world.machines[id].wanted = true;
        world.boot(id).unwrap();
    }
    whole(world, 2000);
}

/// How many buckets are open at these.
fn total(world: &World, part: &[usize]) -> usize {
    part.iter().map(|at| open(world, *at).len()).sum()
}

/// Cuts a farm in two: the first part has everything after the takeover time, the other nothing until
/// the way is mended.
fn only_the_first_part_serves(nodes: usize, serving: &[usize], fenced: &[usize]) {
    let mut world = fencing(nodes);
    world.part(fenced);
    run(&mut world, TAKEOVER_MS_MAX);
    assert_eq!(total(&world, serving), BUCKETS, "{}", world.timeline());
    assert_eq!(total(&world, fenced), 0, "{}", world.timeline());
    let reason = module(&world, fenced[0]).reason.unwrap();
    let told = format!("{} of {nodes} nodes are heard", fenced.len());
    assert!(reason.starts_with(&told), "{reason}");
    assert_eq!(module(&world, serving[0]).reason, None);
    world.mend().unwrap();
    whole(&mut world, 1000);
    assert_eq!(module(&world, fenced[0]).reason, None);
}

/// Of whom a server, in a bucket that is open there, may have to ask for a socket.
fn asked(world: &World, at: usize, bucket: usize) -> Option<u8> {
    match BucketState::from_byte(world.machines[at].filter.table[bucket]).kind() {
        Kind::Migrating { from } => Some(from),
        Kind::Mine | Kind::Foreign { .. } | Kind::ForeignHeld { .. } => None,
    }
}

#[test]
fn connections_of_both_parts_live_on_when_one_comes_back_alone() {
    for lone in [0, 2] {
        let mut world = farm(3);
        world.part(&[lone]);
        run(&mut world, 1000);
        for at in 0..3 {
            let opened = open(&world, at).into_iter().map(|bucket| (bucket, 1));
            world.machines[at].sockets.extend(opened);
        }
        assert_eq!(world.machines[lone].sockets.len(), BUCKETS);
        world.mend().unwrap();
        whole(&mut world, 1500);
        for at in 0..3 {
            for bucket in open(&world, at) {
                let holds = |other: &usize| world.machines[*other].sockets.contains_key(&bucket);
                for holder in (0..3).filter(|other| *other != at).filter(holds) {
                    let asked = asked(&world, at, bucket).map(usize::from);
                    assert_eq!(asked, Some(holder), "node {at}\n{}", world.timeline());
                }
            }
        }
        world.hang_up();
        run(&mut world, 3000);
        let settled = |at| (0..BUCKETS).all(|bucket| asked(&world, at, bucket).is_none());
        assert!((0..3).all(settled), "{}", world.timeline());
    }
}

#[test]
fn the_smaller_part_serves_nobody() {
    only_the_first_part_serves(3, &[1, 2], &[0]);
    only_the_first_part_serves(5, &[0, 4, 2], &[1, 3]);
    // Three followers, which would keep each other's contact in the view that they had.
    only_the_first_part_serves(7, &[0, 1, 2, 3], &[4, 5, 6]);
    only_the_first_part_serves(7, &[3, 4, 5, 6], &[0, 1, 2]);
}

#[test]
fn of_two_halves_that_with_the_first_node_serves() {
    only_the_first_part_serves(2, &[0], &[1]);
    only_the_first_part_serves(4, &[0, 3], &[1, 2]);
}

#[test]
fn who_hears_most_nodes_through_others_goes_on() {
    let mut world = fencing(5);
    // Node 4 is left with one way, to node 0, which hears all.
    for other in 1..4 {
        world.cut(4, other, true);
        world.cut(other, 4, true);
    }
    run(&mut world, TAKEOVER_MS_MAX);
    assert_eq!(module(&world, 4).reason, None);
    assert_eq!(
        total(&world, &[0, 1, 2, 3, 4]),
        BUCKETS,
        "{}",
        world.timeline()
    );
}

#[test]
fn too_few_that_are_left_by_crashes_serve_nobody() {
    let mut world = fencing(3);
    world.crash(0);
    run(&mut world, TAKEOVER_MS_MAX);
    assert_eq!(total(&world, &[1, 2]), BUCKETS);
    world.crash(1);
    run(&mut world, TAKEOVER_MS_MAX);
    assert_eq!(open(&world, 2), []);
    world.boot(1).unwrap();
    world.boot(0).unwrap();
    whole(&mut world, 2000);
}

#[test]
fn in_a_chain_the_highest_that_is_there_has_all() {
    let mut world = World::new(1, 3, 1, &[vec![4096, 64, 1]]);
    start(&mut world);
    let owner_after = |world: &mut World, expected: usize| {
        whole(world, 2000);
        assert_eq!(open(world, expected).len(), BUCKETS, "{}", world.timeline());
    };
    owner_after(&mut world, 0);
    world.stop(0).unwrap();
    owner_after(&mut world, 1);
    world.stop(1).unwrap();
    owner_after(&mut world, 2);
    world.start(0).unwrap();
    owner_after(&mut world, 0);
    world.start(1).unwrap();
    owner_after(&mut world, 0);
}

/// On a way that carries little they would leave no room for anything else.
#[test]
fn parts_that_do_not_arrive_are_sent_again_with_pauses() {
    let mut world = farm(2);
    let sent = |world: &mut World| {
        let before = world.sent_bytes;
        run(world, 1000);
        world.sent_bytes - before
    };
    let settled = sent(&mut world);
    world.narrow(0, 1);
    world.crash(1);
    world.boot(1).unwrap();
    run(&mut world, 300);
    let behind = sent(&mut world);
    assert!(
        behind < 3 * settled,
        "{behind} bytes, {settled} when settled"
    );
    world.mend().unwrap();
    whole(&mut world, 1000);
}
