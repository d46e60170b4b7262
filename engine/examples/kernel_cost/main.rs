//! What a decision costs in the kernel: nanoseconds per packet above an empty program; and how many
//! packets of other nodes one core drops, and liveness probes it answers, in a second.
//!
//! Runs the committed programs by `BPF_PROG_TEST_RUN`, attached nowhere, then once more attached to
//! a pair of virtual interfaces. Needs root; without it says so and ends with code 2. `--json`
//! prints one object per line. `--beside A.o B.o` compares two builds of the programs instead.
//!
//! `cargo run --release -p evenkeel-engine --example kernel_cost`

use std::process::ExitCode;
use std::time::{Duration, Instant};

use cases::{Case, DROPPED, DROPPED_EARLY};
use common::{Namespace, Outcome, is_root};
use evenkeel_packet::Reason;
use loaded::{Loaded, connect};

mod beside;
mod cases;
#[allow(dead_code, reason = "shared with the tests")]
#[path = "../../tests/datapath_common/mod.rs"]
mod common;
#[allow(unreachable_pub, dead_code, reason = "shared with the tests")]
#[path = "../../packet/tests/fixtures/mod.rs"]
mod fixtures;
#[allow(dead_code, reason = "shared with other programs")]
#[path = "../../tests/datapath_common/loaded.rs"]
mod loaded;
mod probes;
mod wire;

/// Packets of one run: a run of about a millisecond is often not interrupted, also on a busy machine.
const REPEAT: u32 = 20_000;
/// Runs of either program at least, and without a faster one at the end. The fastest counts: what
/// disturbs a run makes it slower, never faster.
const STEADY_RUNS: u32 = 60;
/// How often the programs are loaded: where the kernel puts them in memory costs up to 10 ns, so the
/// median over several loads counts.
const LOADS: usize = 7;
/// Time after which a case ends though a faster run was seen lately.
const CASE_MAX: Duration = Duration::from_secs(10);

/// What a case costs, in nanoseconds per packet.
struct Cost {
    case: Case,
    /// The program, the kernel's way to it and back included.
    whole_ns: i64,
    /// The same of the empty program.
    empty_ns: i64,
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
    if let Some(objects) = beside::objects() {
        return beside::print(objects);
    }
    let json = std::env::args().any(|argument| argument == "--json");
    let costs = match Namespace::new().and_then(|namespace| namespace.run(measure)) {
        Ok(costs) => costs,
        Err(error) => {
            eprintln!("kernel_cost: {error}");
            return ExitCode::FAILURE;
        }
    };
    for cost in &costs {
        println!("{}", line(cost, json));
    }
    for (place, name) in [("tc ingress", DROPPED), ("driver", DROPPED_EARLY)] {
        let of_this = costs.iter().find(|cost| cost.case.name == name);
        if let Some(per_second) =
            of_this.and_then(|cost| 1_000_000_000_i64.checked_div(cost.whole_ns))
        {
            let name = format!("drops per second of one core, {place}, computed");
            println!("{}", rate(&name, &per_second.to_string(), json));
        }
    }
    for place in wire::Place::ALL {
        let name = format!("drops per second of one core, {}", place.name());
        match wire::drops_per_second(place) {
            Ok(drops) => println!("{}", rate(&name, &format!("{drops:.0}"), json)),
            Err(error) => eprintln!("kernel_cost: {name}: not measured: {error}"),
        }
    }
    print_probes(json);
    ExitCode::SUCCESS
}

#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the numbers are what it is for"
)]
fn print_probes(json: bool) {
    match Namespace::new().and_then(|namespace| namespace.run(probes::answers)) {
        Ok(found) => {
            for (name, cost_ns) in ["a probe, answered", "a probe, answered, IPv6"]
                .into_iter()
                .zip(found)
            {
                let text = format!("{name:<54} {cost_ns:>4} ns  once each");
                let object = format!(r#"{{"case":"{name}","ns":{cost_ns}}}"#);
                println!("{}", if json { object } else { text });
            }
        }
        Err(error) => eprintln!("kernel_cost: probes: not measured: {error}"),
    }
    let name = "probes answered per second of one core, veth, with their sender";
    match probes::answers_per_second() {
        Ok(answers) => println!("{}", rate(name, &format!("{answers:.0}"), json)),
        Err(error) => eprintln!("kernel_cost: {name}: not measured: {error}"),
    }
}

fn line(cost: &Cost, json: bool) -> String {
    let (name, whole_ns, bar_ns) = (cost.case.name, cost.whole_ns, cost.case.bar_ns);
    let cost_ns = whole_ns - cost.empty_ns;
    if json {
        let bar = bar_ns.map_or("null".to_owned(), |bar| bar.to_string());
        return format!(
            r#"{{"case":"{name}","ns":{cost_ns},"whole_ns":{whole_ns},"bar_ns":{bar}}}"#
        );
    }
    let bar = match bar_ns {
        Some(bar) if cost_ns <= bar => format!("within the bar of {bar}"),
        Some(bar) => format!("OVER the bar of {bar}"),
        None => String::new(),
    };
    format!("{name:<54} {cost_ns:>4} ns  {bar}")
}

fn rate(name: &str, per_second: &str, json: bool) -> String {
    if json {
        return format!(r#"{{"case":"{name}","per_second":{per_second}}}"#);
    }
    format!("{name:<80} {per_second:>10}/s")
}

fn measure() -> Outcome<Vec<Cost>> {
    let _connection = connect()?;
    let mut loads = Vec::new();
    for _ in 0..LOADS {
        loads.push(measure_once()?.into_iter());
    }
    let next = || loads.iter_mut().filter_map(Iterator::next).collect();
    let rows = std::iter::repeat_with(next).take_while(|row: &Vec<Cost>| !row.is_empty());
    let cost_ns = |cost: &Cost| cost.whole_ns - cost.empty_ns;
    Ok(rows.filter_map(|row| median(row, cost_ns)).collect())
}

/// Of the costs of one case, the one in the middle.
fn median<T>(mut costs: Vec<T>, cost_ns: impl Fn(&T) -> i64) -> Option<T> {
    costs.sort_by_key(cost_ns);
    let middle = costs.len() / 2;
    costs.into_iter().nth(middle)
}

fn measure_once() -> Outcome<Vec<Cost>> {
    let mut loaded = Loaded::new()?;
    let mut costs = Vec::new();
    for case in cases::all() {
        costs.push(cost(&mut loaded, case)?);
    }
    loaded.put_responder(&probes::responder())?;
    for case in probes::bystanders() {
        costs.push(cost(&mut loaded, case)?);
    }
    Ok(costs)
}

fn cost(loaded: &mut Loaded, case: Case) -> Outcome<Cost> {
    loaded.put(&case.world())?;
    check(loaded, &case)?;
    let [empty_ns, whole_ns] = fastest(loaded, &case)?;
    Ok(Cost {
        case,
        whole_ns,
        empty_ns,
    })
}

/// Makes sure that the packet meets what its name says.
fn check(loaded: &mut Loaded, case: &Case) -> Outcome<()> {
    let before = loaded.counts()?;
    loaded.run(case.programs[1], &case.frame, 1)?;
    let after = loaded.counts()?;
    let counted = Reason::ALL
        .iter()
        .zip(before.iter().zip(after))
        .find(|(_, (before, after))| **before != *after)
        .map(|(reason, _)| *reason);
    if counted == case.reason {
        return Ok(());
    }
    let (name, expected) = (case.name, case.reason);
    Err(format!("{name}: counted as {counted:?}, not as {expected:?}").into())
}

/// The time per packet of the empty program and of the other one.
fn fastest(loaded: &mut Loaded, case: &Case) -> Outcome<[i64; 2]> {
    let started = Instant::now();
    let mut fastest = [Duration::MAX; 2];
    let mut steady = 0;
    while steady < STEADY_RUNS && started.elapsed() < CASE_MAX {
        steady += 1;
        // Alternating: what slows the machine down meanwhile slows down both.
        for (name, fastest) in case.programs.into_iter().zip(&mut fastest) {
            let (result, _) = loaded.run(name, &case.frame, REPEAT)?;
            if result.duration < *fastest {
                *fastest = result.duration;
                steady = 0;
            }
        }
    }
    Ok(fastest.map(|time| i64::try_from(time.as_nanos()).unwrap_or(i64::MAX)))
}
