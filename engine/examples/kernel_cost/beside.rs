//! Two builds of the programs, measured in turns: what disturbs the machine disturbs both. A number of
//! one run says little about a change of a nanosecond; the median of several rounds does.

use std::process::ExitCode;
use std::time::Duration;

use crate::cases::{self, Case};
use crate::common::{Namespace, Outcome};
use crate::loaded::{Loaded, connect};
use crate::{REPEAT, median};

/// Rounds, of which the median counts.
const ROUNDS: usize = 11;
/// Runs of each program in a round, of which the fastest counts.
const RUNS: u32 = 25;

/// The two object files that are named on the command line, if any are.
pub(crate) fn objects() -> Option<[String; 2]> {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--beside");
    arguments.next()?;
    Some([arguments.next()?, arguments.next()?])
}

/// Measures and prints.
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the numbers are what it is for"
)]
pub(crate) fn print(objects: [String; 2]) -> ExitCode {
    let wanted = std::env::args().nth(4).unwrap_or_default();
    let measure = move || {
        let mut cases = cases::all();
        cases.retain(|case| case.name.contains(&wanted));
        compare(&objects, &cases)
    };
    let rows = Namespace::new().and_then(|namespace| namespace.run(measure));
    match rows {
        Ok(rows) => {
            for (name, [first, second]) in rows {
                println!("{name:<54} {first:>4} ns {second:>4} ns");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("kernel_cost: {error}");
            ExitCode::FAILURE
        }
    }
}

type Row = (&'static str, [i64; 2]);

fn compare(objects: &[String; 2], cases: &[Case]) -> Outcome<Vec<Row>> {
    let mut files = Vec::new();
    for (place, object) in objects.iter().enumerate() {
        files.push((place, std::fs::read(object)?));
    }
    let _connection = connect()?;
    let mut costs = vec![[const { Vec::new() }; 2]; cases.len()];
    for _ in 0..ROUNDS {
        // Loaded anew, and in turns the other one first: where the kernel puts a program in memory
        // makes a difference, too.
        files.reverse();
        let mut loaded = Vec::new();
        for (place, file) in &files {
            loaded.push((*place, Loaded::from_object(file)?));
        }
        for (case, costs) in cases.iter().zip(&mut costs) {
            round(&mut loaded, case, costs)?;
        }
    }
    let rows = cases.iter().zip(costs);
    Ok(rows
        .map(|(case, costs)| {
            let middle = costs.map(|costs| median(costs, |cost| *cost).unwrap_or_default());
            (case.name, middle)
        })
        .collect())
}

/// One round of both, in turns.
fn round(loaded: &mut [(usize, Loaded)], case: &Case, costs: &mut [Vec<i64>; 2]) -> Outcome<()> {
    let mut fastest = [[Duration::MAX; 2]; 2];
    for (_, object) in &mut *loaded {
        object.put(&case.world())?;
    }
    for _ in 0..RUNS {
        for (place, object) in &mut *loaded {
            for (name, fastest) in case.programs.into_iter().zip(&mut fastest[*place]) {
                let (result, _) = object.run(name, &case.frame, REPEAT)?;
                *fastest = result.duration.min(*fastest);
            }
        }
    }
    for ([empty, whole], costs) in fastest.into_iter().zip(costs) {
        let [empty, whole] = [empty, whole].map(|time| i64::try_from(time.as_nanos()));
        costs.push(whole? - empty?);
    }
    Ok(())
}
