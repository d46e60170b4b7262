//! How long the next bucket table takes with 64 nodes: median and 99th percentile.
//!
//! `cargo run --release -p evenkeel-core --example table_rebuild`

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a measurement needs a clock and prints what it found"
)]

use std::time::{Duration, Instant};

use evenkeel_core::ids::{NodeId, NodeSet};
use evenkeel_core::table::Table;
use evenkeel_packet::NODES_MAX;

const ROUNDS: usize = 2000;

fn main() {
    let nodes: Vec<NodeId> = (0..).map_while(NodeId::new).collect();
    let alive: NodeSet = nodes.iter().copied().collect();
    let weights = |round: usize| -> Vec<(NodeId, u32)> {
        let weight = |node: &NodeId| (*node, u32::from(node.index() != round % NODES_MAX));
        nodes.iter().map(weight).collect()
    };
    let first = Table::next(None, &weights(0), alive);
    report("first table", |round| {
        std::hint::black_box(Table::next(None, &weights(round), alive));
    });
    report("one leaves, one returns", |round| {
        std::hint::black_box(Table::next(Some(&first), &weights(round + 1), alive));
    });
    report("half of the nodes leave", |round| {
        let half: Vec<_> = weights(round).into_iter().step_by(2).collect();
        std::hint::black_box(Table::next(Some(&first), &half, alive));
    });
    report("to bytes and back", |_| {
        std::hint::black_box(Table::from_bytes(&first.to_bytes()).is_ok());
    });
}

/// Runs `work` many times and prints how long it took.
fn report(name: &str, mut work: impl FnMut(usize)) {
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|round| {
            let start = Instant::now();
            work(round);
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let (median, p99) = (times[ROUNDS / 2], times[ROUNDS * 99 / 100]);
    println!("{name:<26} {NODES_MAX} nodes  median {median:>10.1?}  p99 {p99:>10.1?}");
}
