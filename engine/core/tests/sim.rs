//! The simulator: N cores, one clock, one seed; T1 to T3 and L2 after every step.
//!
//! `EVENKEEL_SIM_SEED=<seed>` replays one history, `EVENKEEL_SIM_HISTORIES=<n>` runs so many.

#![allow(unreachable_pub, reason = "the modules are private to this test")]
#![allow(clippy::unwrap_used, reason = "helpers of tests may")]

#[path = "sim/check.rs"]
mod check;
#[path = "sim/directed.rs"]
mod directed;
#[path = "sim/farm.rs"]
mod farm;
#[path = "sim/history.rs"]
mod history;
#[path = "sim/kernel.rs"]
mod kernel;
#[path = "sim/machine.rs"]
mod machine;
#[path = "sim/net.rs"]
mod net;
#[path = "sim/rng.rs"]
mod rng;
#[path = "sim/world.rs"]
mod world;

use std::num::NonZero;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU64, Ordering};
use std::{env, thread};

/// Histories of an ordinary run.
const HISTORIES: u64 = 300;

/// Runs the histories of these seeds on all processors; the recoveries in milliseconds.
fn run_all(seeds: Range<u64>) -> Vec<u64> {
    let next = AtomicU64::new(seeds.start);
    let work = || {
        let mut recoveries = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds.end {
                return recoveries;
            }
            let outcome = history::run(seed).unwrap_or_else(|problem| {
                // The others need not go on.
                next.store(seeds.end, Ordering::Relaxed);
                panic!("{problem}")
            });
            recoveries.extend(outcome.recoveries_ms);
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
    if let Some(seed) = number("EVENKEEL_SIM_SEED") {
        let outcome = history::run(seed).unwrap_or_else(|problem| panic!("{problem}"));
        println!("seed {seed}: {outcome:?}");
        return;
    }
    let histories = number("EVENKEEL_SIM_HISTORIES").unwrap_or(HISTORIES);
    let base = number("EVENKEEL_SIM_BASE").unwrap_or(1);
    let mut recoveries = run_all(base..base + histories);
    recoveries.sort_unstable();
    let at = |percent: usize| recoveries[(recoveries.len() - 1) * percent / 100];
    println!(
        "{histories} histories, {} recoveries: p50 {} ms, p99 {} ms, max {} ms",
        recoveries.len(),
        at(50),
        at(99),
        at(100)
    );
}
