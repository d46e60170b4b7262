//! The house rules, applied to this repository: one test per rule, all findings at once.

use std::sync::LazyLock;

use evenkeel_tidy::source::{self, Source};
use evenkeel_tidy::{Finding, comments, documents, floors, headers, lengths, places, units};

static TREE: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let tree = source::tree(&source::root()).unwrap_or_default();
    assert!(
        tree.len() > 40,
        "only {} files found; is this the repository?",
        tree.len()
    );
    tree
});

fn apply(rule: impl Fn(&Source) -> Vec<Finding>) {
    let findings: Vec<String> = TREE
        .iter()
        .flat_map(rule)
        .map(|finding| finding.to_string())
        .collect();
    assert!(
        findings.is_empty(),
        "{} finding(s):\n{}\n",
        findings.len(),
        findings.join("\n")
    );
}

#[test]
fn every_file_opens_with_its_purpose() {
    apply(headers::check);
}

#[test]
fn files_and_functions_are_short() {
    apply(lengths::check);
}

#[test]
fn comments_say_what_is() {
    apply(comments::check);
}

#[test]
fn nothing_names_a_machine_or_a_registry() {
    apply(places::check);
}

#[test]
fn no_import_runs_upwards_and_pure_crates_stay_pure() {
    apply(floors::check);
    let manifests = [
        "engine/packet/Cargo.toml",
        "engine/core/Cargo.toml",
        "engine/Cargo.toml",
    ];
    for manifest in manifests {
        assert!(
            TREE.iter().any(|source| source.path == manifest),
            "{manifest} is missing"
        );
    }
}

#[test]
fn documents_are_there_short_and_true() {
    apply(|source| documents::check(source, &source::root()));
    for document in [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "LICENSE",
        "deny.toml",
    ] {
        assert!(
            TREE.iter().any(|source| source.path == document),
            "{document} is missing"
        );
    }
}

#[test]
fn capabilities_have_reasons() {
    apply(units::check);
}
