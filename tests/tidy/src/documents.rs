//! The documents that a newcomer relies on: there, short, and naming things that exist.

use std::path::Path;

use crate::Finding;
use crate::source::Source;

/// Two printed pages.
const ARCHITECTURE_LINES_MAX: usize = 130;

/// Length of ARCHITECTURE.md, the Unreleased section of CHANGELOG.md, and files that are named but
/// do not exist below `root`.
pub fn check(source: &Source, root: &Path) -> Vec<Finding> {
    let mut findings = match source.path.as_str() {
        "ARCHITECTURE.md" => too_long(source),
        "CHANGELOG.md" => without_unreleased(source),
        _ => Vec::new(),
    };
    if ["ARCHITECTURE.md", "README.md"].contains(&source.path.as_str()) {
        findings.extend(named_but_missing(source, root));
    }
    findings
}

fn too_long(source: &Source) -> Vec<Finding> {
    let lines = source.text.lines().count();
    if lines <= ARCHITECTURE_LINES_MAX {
        return Vec::new();
    }
    let remedy = format!("{lines} lines, two pages ({ARCHITECTURE_LINES_MAX}) are the most");
    vec![Finding::new(
        &source.path,
        ARCHITECTURE_LINES_MAX + 1,
        remedy,
    )]
}

fn without_unreleased(source: &Source) -> Vec<Finding> {
    if source
        .text
        .lines()
        .any(|line| line.trim() == "## Unreleased")
    {
        return Vec::new();
    }
    let remedy = "add the section `## Unreleased`; what users notice goes there";
    vec![Finding::new(&source.path, 1, remedy)]
}

/// `code` in the text that looks like a path of the repository must be one.
fn named_but_missing(source: &Source, root: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in source.lines() {
        for code in line.split('`').skip(1).step_by(2) {
            if is_path(code) && !root.join(code).exists() {
                let remedy = format!("{code} does not exist: name what does");
                findings.push(Finding::new(&source.path, number, remedy));
            }
        }
    }
    findings
}

fn is_path(code: &str) -> bool {
    const TOPS: [&str; 8] = [
        "engine/",
        "api/",
        "clients/",
        "tests/",
        "packaging/",
        "openapi/",
        ".ci/",
        "fuzz/",
    ];
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    TOPS.iter().any(|top| code.starts_with(top)) && code.chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source;

    #[test]
    fn a_changelog_needs_its_unreleased_section() {
        let findings = |text| check(&Source::new("CHANGELOG.md", text), &source::root());
        assert_eq!(findings("# Changelog\n\n## Unreleased\n"), []);
        assert_eq!(findings("# Changelog\n\n## 1.0\n").len(), 1);
    }

    #[test]
    fn a_path_that_does_not_exist_is_named() {
        let text = "See `tests/tidy/Cargo.toml`.\nSee `tests/nowhere.rs` and `tests/{a,b}`.\n";
        let found = check(&Source::new("README.md", text), &source::root());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].line, 2);
    }
}
