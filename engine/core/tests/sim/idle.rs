//! What a farm of many nodes costs while nothing happens: printed, never judged.
//!
//! `cargo test --release -p evenkeel-core --test sim -- --ignored --nocapture idle`;
//! `EVENKEEL_SIM_NODES` is the size of the farm, 64 where it is not given.

#![expect(clippy::disallowed_methods, reason = "a measurement needs a clock")]

use std::env;
use std::time::Instant;

use crate::check;
use crate::net::MS;
use crate::world::World;

/// Virtual time that a farm may take to become whole, and over which it is measured.
const WHOLE_MS_MAX: u64 = 5000;
const MEASURED_MS: u64 = 2000;

#[test]
#[ignore = "it measures, and takes a while"]
fn idle() {
    let nodes = env::var("EVENKEEL_SIM_NODES").map_or(64, |text| text.parse().unwrap());
    let mut world = World::new(1, nodes, 1, &[vec![]]);
    for id in 0..nodes {
        world.machines[id].wanted = true;
        world.boot(id).unwrap();
    }
    while let Err(problem) = check::t3(&world) {
        assert!(world.now < WHOLE_MS_MAX * MS, "{problem}");
        world.run_ms(10).unwrap();
    }
    world.run_ms(1000).unwrap();
    let (sent, bytes) = (world.sent, world.sent_bytes);
    let began = Instant::now();
    world.run_ms(MEASURED_MS).unwrap();
    let spent_us = u64::try_from(began.elapsed().as_micros()).unwrap();
    check::t3(&world).unwrap();
    let node_ms = MEASURED_MS * u64::try_from(nodes).unwrap();
    println!(
        "{nodes} nodes: {} datagrams/s in {} kbyte/s sent by each, answers included; {}.{:02} % of a \
         core each for deciding, with the simulator's own work",
        (world.sent - sent) * 1000 / node_ms,
        (world.sent_bytes - bytes) / node_ms,
        spent_us / 10 / node_ms,
        spent_us * 10 / node_ms % 100,
    );
}
