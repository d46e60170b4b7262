//! No import runs upwards, and the pure crates have nothing to do input or output with.
//!
//! The dependency list of a crate is the proof that it is pure; so the list itself is checked.

use crate::Finding;
use crate::source::Source;

/// Manifest, and all that it may depend on outside of tests.
const FLOORS: [(&str, &[&str]); 5] = [
    ("engine/packet/Cargo.toml", &["zerocopy"]),
    (
        "engine/core/Cargo.toml",
        &[
            "evenkeel-packet",
            "hmac",
            "postcard",
            "roxmltree",
            "serde",
            "sha2",
            "thiserror",
        ],
    ),
    ("engine/kernel/Cargo.toml", &["evenkeel-packet", "aya-ebpf"]),
    (
        "engine/Cargo.toml",
        &["evenkeel-packet", "evenkeel-core", ANY_FOREIGN],
    ),
    (
        "api/package/Cargo.toml",
        &["evenkeel-core", "flate2", "serde_json", "zip"],
    ),
];

/// Stands for every crate that is not ours.
const ANY_FOREIGN: &str = "*";

/// Dependencies that a floor may not have.
pub fn check(source: &Source) -> Vec<Finding> {
    let Some((_, allowed)) = FLOORS.iter().find(|(path, _)| *path == source.path) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (line, name) in dependencies(source) {
        let foreign = !name.starts_with("evenkeel-") && allowed.contains(&ANY_FOREIGN);
        if !foreign && !allowed.contains(&name.as_str()) {
            let remedy = format!(
                "{name} is not allowed here: move what needs it a floor up (ARCHITECTURE.md, code \
                 map), or, where it knows no clock, socket, file or thread, list it in \
                 tests/tidy/src/floors.rs"
            );
            findings.push(Finding::new(&source.path, line, remedy));
        }
    }
    findings
}

/// Names in all tables of dependencies but those of tests, with their lines.
fn dependencies(source: &Source) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    let mut inside = false;
    for (number, line) in source.lines() {
        let line = line.trim();
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            let is_dependencies = !table.contains("dev-dependencies");
            inside = is_dependencies && table.ends_with("dependencies");
            if let Some((_, name)) = table.split_once("dependencies.")
                && is_dependencies
            {
                names.push((number, name.trim_matches('"').to_owned()));
            }
        } else if inside && !line.is_empty() && !line.starts_with('#') {
            let end = line.find(['.', '=', ' ']).unwrap_or(line.len());
            names.push((number, line[..end].trim_matches('"').to_owned()));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_in_the_core_is_found_and_a_dev_dependency_is_not() {
        let text = "[dependencies]\nserde.workspace = true\ntokio = \"1\"\n[dependencies.nix]\n\
                    [dev-dependencies]\nproptest = \"1\"\n";
        let found = check(&Source::new("engine/core/Cargo.toml", text));
        let lines: Vec<usize> = found.iter().map(|finding| finding.line).collect();
        assert_eq!(lines, [3, 4], "{found:?}");
    }

    #[test]
    fn the_engine_may_use_what_it_likes_but_nothing_above_it() {
        let text = "[dependencies]\ntokio = \"1\"\nevenkeel-api = { path = \"../api\" }\n";
        let found = check(&Source::new("engine/Cargo.toml", text));
        assert_eq!(found.len(), 1, "{found:?}");
    }
}
