//! What a decision costs in the kernel: nanoseconds per packet above an empty program.
//!
//! Runs the committed programs by `BPF_PROG_TEST_RUN`, attached nowhere. Needs root; without it says
//! so and ends with code 2. `--json` prints one object per line.
//!
//! `cargo run --release -p evenkeel-engine --example kernel_cost`

use std::process::ExitCode;
use std::time::Duration;

use common::{Namespace, Outcome, is_root};
use evenkeel_packet::Mac;
use evenkeel_packet::abi::program;
use evenkeel_packet::bucket::Kind;
use fixtures::frames::{ethernet, ipv4, ipv6, tcp};
use fixtures::world::{
    CLIENT, CLIENT_MAC, CLIENT6, CONNECTED, MY_MAC, PEER, PLAIN, State, UNKNOWN, VIP, VIP6, VMAC,
    WEB, World, directed, invisible,
};
use loaded::{Loaded, connect};

#[allow(dead_code, reason = "shared with the tests")]
#[path = "../tests/datapath_common/mod.rs"]
mod common;
#[allow(unreachable_pub, dead_code, reason = "shared with the tests")]
#[path = "../packet/tests/fixtures/mod.rs"]
mod fixtures;
#[allow(dead_code, reason = "shared with other programs")]
#[path = "../tests/datapath_common/loaded.rs"]
mod loaded;

/// Packets of one run: a run of about a millisecond is often not interrupted, also on a busy machine.
const REPEAT: u32 = 20_000;
/// Runs of which the fastest counts: what disturbs a run makes it slower, never faster.
const RUNS: usize = 400;

/// Bar of the design for settled packets, nanoseconds.
const SETTLED: Option<i64> = Some(30);
/// Bar of the design while buckets move, nanoseconds.
const MOVING: Option<i64> = Some(120);

/// A packet in a state, with the bar of the design in nanoseconds.
struct Case {
    name: &'static str,
    state: State,
    frame: Vec<u8>,
    bar_ns: Option<i64>,
}

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the numbers are what it is for"
)]
fn main() -> ExitCode {
    if !is_root("kernel_cost") {
        return ExitCode::from(2);
    }
    let json = std::env::args().any(|argument| argument == "--json");
    match Namespace::new().and_then(|namespace| namespace.run(measure)) {
        Ok(costs) => {
            for (case, cost_ns) in costs {
                println!("{}", line(&case, cost_ns, json));
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("kernel_cost: {error}");
            ExitCode::FAILURE
        }
    }
}

fn line(case: &Case, cost_ns: i64, json: bool) -> String {
    let name = case.name;
    if json {
        let bar = case.bar_ns.map_or("null".to_owned(), |bar| bar.to_string());
        return format!(r#"{{"case":"{name}","ns":{cost_ns},"bar_ns":{bar}}}"#);
    }
    let bar = match case.bar_ns {
        Some(bar) if cost_ns <= bar => format!("within the bar of {bar}"),
        Some(bar) => format!("OVER the bar of {bar}"),
        None => String::new(),
    };
    format!("{name:<42} {cost_ns:>4} ns  {bar}")
}

fn cases() -> Vec<Case> {
    let foreign = Kind::Foreign { owner: PEER };
    let moving = Kind::Migrating { from: PEER };
    let held = Kind::ForeignHeld { owner: PEER };
    let case = |name, state, frame, bar_ns| Case {
        name,
        state,
        frame,
        bar_ns,
    };
    let mine = |port| web(MY_MAC, VIP, port);
    let web6 = ipv6(
        (CLIENT6.octets(), VIP6.octets()),
        6,
        &tcp((UNKNOWN, WEB), 0x10),
    );
    let web6 = ethernet(MY_MAC, CLIENT_MAC, 0x86dd, &web6);
    vec![
        case(
            "not a virtual address",
            directed(foreign),
            web(MY_MAC, PLAIN, UNKNOWN),
            None,
        ),
        case(
            "settled: accept",
            directed(Kind::Mine),
            mine(UNKNOWN),
            SETTLED,
        ),
        case("settled: accept, IPv6", directed(Kind::Mine), web6, SETTLED),
        case(
            "settled: accept, invisible",
            invisible(Kind::Mine),
            web(VMAC, VIP, UNKNOWN),
            SETTLED,
        ),
        case(
            "settled: foreign, drop",
            invisible(foreign),
            web(VMAC, VIP, UNKNOWN),
            SETTLED,
        ),
        case(
            "settled: foreign, forward",
            directed(foreign),
            mine(UNKNOWN),
            SETTLED,
        ),
        case(
            "migrating: a socket has it",
            directed(moving),
            mine(CONNECTED),
            MOVING,
        ),
        case(
            "migrating: forward to the previous owner",
            directed(moving),
            mine(UNKNOWN),
            MOVING,
        ),
        case(
            "held: a socket has it",
            directed(held),
            mine(CONNECTED),
            MOVING,
        ),
    ]
}

fn web(to: [u8; 6], service: [u8; 4], port: u16) -> Vec<u8> {
    let segment = ipv4((CLIENT, service), 6, &[], 0, &tcp((port, WEB), 0x10));
    ethernet(to, CLIENT_MAC, 0x0800, &segment)
}

fn measure() -> Outcome<Vec<(Case, i64)>> {
    let mut loaded = Loaded::new()?;
    let _connection = connect()?;
    let mut costs = Vec::new();
    for case in cases() {
        let mut world = World::new(case.state);
        // The kernel runs the program over the same frame again and again: sent to its own address,
        // a forwarded frame stays one that must be forwarded.
        world
            .neighbours
            .values_mut()
            .for_each(|mac| *mac = Mac::new(MY_MAC));
        loaded.put(&world)?;
        // Alternating: what slows the machine down meanwhile slows down both.
        let mut fastest = [Duration::MAX; 2];
        for _ in 0..RUNS {
            for (name, fastest) in [program::EMPTY, program::FILTER]
                .into_iter()
                .zip(&mut fastest)
            {
                let (result, _) = loaded.run(name, &case.frame, REPEAT)?;
                *fastest = result.duration.min(*fastest);
            }
        }
        let [empty, filter] =
            fastest.map(|time| i64::try_from(time.as_nanos()).unwrap_or(i64::MAX));
        costs.push((case, filter - empty));
    }
    Ok(costs)
}
