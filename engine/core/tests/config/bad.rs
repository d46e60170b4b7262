//! Bad files and every problem in them, as tables in `tests/data`.
//!
//! A case is a headline (`== …`), the change to the good file (`- ` what stands there, `+ ` what
//! stands there instead; without `- ` the whole file), and the problems that must be found.

use std::fmt::Write;

use evenkeel_core::config::problem::{Problem, Severity};
use evenkeel_core::config::{read_cluster, read_module};

use crate::{assert_golden, cluster, data, lines, macros};

/// The cases to have at least, of both files together.
const CASES_MIN: usize = 40;

struct Case<'a> {
    headline: &'a str,
    old: String,
    new: String,
}

fn cases(table: &str) -> Vec<Case<'_>> {
    let join = |case: &str, mark: &str| {
        case.lines()
            .filter_map(|line| line.strip_prefix(mark))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let read = |case| Case {
        headline: str::lines(case).next().unwrap_or_default(),
        old: join(case, "- "),
        new: join(case, "+ "),
    };
    table
        .split("\n== ")
        .map(|case| read(case.trim_start_matches("== ")))
        .collect()
}

/// The table with the problems as found.
fn found(table: &str, good: &str, read: impl Fn(&str) -> (bool, Vec<Problem>)) -> String {
    let mut found = String::new();
    for Case { headline, old, new } in cases(table) {
        let occurrences = good.matches(&old).count();
        assert!(
            old.is_empty() || occurrences == 1,
            "{headline}: found {occurrences} times"
        );
        let text = if old.is_empty() {
            new.clone()
        } else {
            good.replace(&old, &new)
        };
        let (taken, problems) = read(&text);
        let refused = problems
            .iter()
            .any(|problem| problem.severity == Severity::Error);
        assert_eq!(taken, !refused, "{headline}");
        assert_ne!(problems, [], "{headline}");
        writeln!(found, "== {headline}").unwrap();
        for (mark, text) in [("- ", &old), ("+ ", &new)] {
            text.lines()
                .for_each(|line| writeln!(found, "{mark}{line}").unwrap());
        }
        writeln!(found, "{}", lines(&problems)).unwrap();
    }
    found.truncate(found.trim_end().len());
    found + "\n"
}

#[test]
fn every_problem_of_a_module_is_found_where_it_stands() {
    let (none, environment) = (macros(&[]), macros(&[("ENVIRONMENT", "x")]));
    let found = found(
        &data("bad-userconfig.txt"),
        &data("good-userconfig.xml"),
        |text| {
            let (config, problems) = read_module(text, &none, &environment, Some(&cluster()));
            (config.is_some(), problems)
        },
    );
    assert_golden("bad-userconfig.txt", &found);
}

#[test]
fn every_problem_of_a_cluster_is_found_where_it_stands() {
    let found = found(
        &data("bad-cluster.txt"),
        &data("good-cluster.xml"),
        |text| {
            let (config, problems) = read_cluster(text);
            (config.is_some(), problems)
        },
    );
    assert_golden("bad-cluster.txt", &found);
}

#[test]
fn the_tables_are_long() {
    let both = data("bad-userconfig.txt") + &data("bad-cluster.txt");
    assert!(cases(&both).len() >= CASES_MIN);
}
