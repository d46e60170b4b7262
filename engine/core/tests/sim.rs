//! The simulator: N cores, one clock, one seed; T1 to T3, L1 and L2 after every step.
//!
//! `tests/simulate` runs any number of histories, or one again, by these variables:
//! `EVENKEEL_SIM_SEED` is the seed of the only history; else there are `EVENKEEL_SIM_HISTORIES` of
//! them, from the seed `EVENKEEL_SIM_BASE` on. `EVENKEEL_SIM_FAULTS` has the kinds of faults that may
//! happen, by their names in `sim/faults.rs`, and `EVENKEEL_SIM_NODES` the size of each farm.

#![allow(unreachable_pub, reason = "the modules are private to this test")]
#![allow(clippy::unwrap_used, reason = "helpers of tests may")]

#[path = "sim/calm.rs"]
mod calm;
#[path = "sim/changes.rs"]
mod changes;
#[path = "sim/check.rs"]
mod check;
#[path = "sim/directed.rs"]
mod directed;
#[path = "sim/directed_deaf.rs"]
mod directed_deaf;
#[path = "sim/directed_drain.rs"]
mod directed_drain;
#[path = "sim/directed_found.rs"]
mod directed_found;
#[path = "sim/directed_large.rs"]
mod directed_large;
#[path = "sim/directed_once.rs"]
mod directed_once;
#[path = "sim/directed_parts.rs"]
mod directed_parts;
#[path = "sim/directed_withdraw.rs"]
mod directed_withdraw;
#[path = "sim/farm.rs"]
mod farm;
#[path = "sim/faults.rs"]
mod faults;
#[path = "sim/growth.rs"]
mod growth;
#[path = "sim/history.rs"]
mod history;
#[path = "sim/idle.rs"]
mod idle;
#[path = "sim/kernel.rs"]
mod kernel;
#[path = "sim/machine.rs"]
mod machine;
#[path = "sim/net.rs"]
mod net;
#[path = "sim/proofs.rs"]
mod proofs;
#[path = "sim/rng.rs"]
mod rng;
#[path = "sim/rotation.rs"]
mod rotation;
#[path = "sim/world.rs"]
mod world;

use std::num::NonZero;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, thread};

use faults::Faults;
use history::Plan;

/// Histories of an ordinary run.
const HISTORIES: u64 = 300;

/// Runs the histories of these seeds on all processors; the recoveries in milliseconds.
fn run_all(seeds: Range<u64>, plan: Plan) -> Vec<u64> {
    let next = AtomicU64::new(seeds.start);
    let work = || {
        let mut recoveries = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return recoveries;
            }
            recoveries.extend(history::run(seed, plan).unwrap_or_else(|problem| {
                // The others need not go on.
                next.store(seeds.end, Ordering::Relaxed);
                panic!("{problem}")
            }));
        }
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let results = workers.into_iter().map(|worker| worker.join());
        results
            .flat_map(|result| result.unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

#[test]
fn random_histories_keep_the_invariants() {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    if env::var("EVENKEEL_SIM_FAULTS").as_deref() == Ok("help") {
        println!("\n{}", faults::help());
        return;
    }
    let faults =
        env::var("EVENKEEL_SIM_FAULTS").map_or(Ok(Faults::ALL), |list| Faults::named(&list));
    let plan = Plan {
        faults: faults.unwrap_or_else(|problem| panic!("{problem}")),
        nodes: number("EVENKEEL_SIM_NODES").map(|nodes| usize::try_from(nodes).unwrap()),
    };
    if let Some(seed) = number("EVENKEEL_SIM_SEED") {
        let recoveries = history::run(seed, plan).unwrap_or_else(|problem| panic!("{problem}"));
        println!("seed {seed}: whole after {recoveries:?} ms");
        return;
    }
    let histories = number("EVENKEEL_SIM_HISTORIES").unwrap_or(HISTORIES);
    let base = number("EVENKEEL_SIM_BASE").unwrap_or(1);
    let mut recoveries = run_all(base..base + histories, plan);
    recoveries.sort_unstable();
    let at = |percent: usize| recoveries[(recoveries.len() - 1) * percent / 100];
    println!(
        "{histories} histories from seed {base}, {} recoveries: p50 {} ms, p99 {} ms, max {} ms",
        recoveries.len(),
        at(50),
        at(99),
        at(100)
    );
}
