//! The readers of the configuration files: models, problems, and texts that are no configuration.
//!
//! Expected models and problems are files in `tests/data`. `EVENKEEL_REGENERATE=1 cargo test -p
//! evenkeel-core --test config` writes them anew; read the difference before committing it.

#![expect(clippy::unwrap_used, reason = "tests: a failure is the report")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{env, fs};

use evenkeel_core::config::model::ClusterConfig;
use evenkeel_core::config::problem::{Problem, Severity};
use evenkeel_core::config::read_cluster;

mod attributes;
mod attributes_watch;
mod bad;
mod examples;
mod good;
mod models;
mod round_trip;
mod rules;
mod seed;
mod template;
mod times;
mod twin;
mod wild;

/// A file of `tests/data`.
fn data(name: &str) -> String {
    fs::read_to_string(path(name)).unwrap()
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data")
        .join(name)
}

/// Compares with a file of `tests/data`, or writes it.
fn assert_golden(name: &str, found: &str) {
    if env::var_os("EVENKEEL_REGENERATE").is_some() {
        fs::write(path(name), found).unwrap();
    }
    let expected = data(name);
    for (number, (found, expected)) in found.lines().zip(expected.lines()).enumerate() {
        assert_eq!(found, expected, "{name}, line {}", number + 1);
    }
    assert_eq!(found, expected, "{name}");
}

fn pretty<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).unwrap() + "\n"
}

/// A problem as one line: `line:column path: message`, warnings marked as such.
fn line(problem: &Problem) -> String {
    match problem.severity {
        Severity::Error => format!("{problem}\n"),
        Severity::Warning => format!("warning {problem}\n"),
    }
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(line).collect()
}

fn macros(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// Three nodes on one lan, as the modules of these tests expect.
fn cluster() -> ClusterConfig {
    let nodes: String = (1..=3)
        .map(|id| format!(r#"<node name="node{id}" addr="192.168.56.{id}"/>"#))
        .collect();
    let text = format!(r#"<cluster><lans><lan name="default">{nodes}</lan></lans></cluster>"#);
    let (config, problems) = read_cluster(&text);
    assert_eq!(problems, []);
    config.unwrap()
}
