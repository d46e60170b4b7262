//! Nothing in the repository depends on the machine it was written on.

use crate::Finding;
use crate::source::Source;

/// Places that exist on one machine only, put together here so that this file names none.
const MACHINE: [&str; 4] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/home", "/"),
    concat!("/Users", "/"),
];

/// Hosts of package registries: tools know them; a lock file with one fails behind a mirror.
const REGISTRIES: [&str; 7] = [
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("registry.", "npmjs.org"),
    concat!("registry.", "yarnpkg.com"),
    concat!("pypi.", "org/simple"),
    concat!("files.", "pythonhosted.org"),
    concat!("proxy.", "golang.org"),
];

/// Machine paths and registry hosts, in every text file, generated or not.
pub fn check(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, line) in source.lines() {
        if let Some(place) = MACHINE.iter().find(|place| has_path(line, place)) {
            let remedy = format!("{place} exists on one machine: use a path below the repository");
            findings.push(Finding::new(&source.path, number, remedy));
        }
        if let Some(host) = REGISTRIES.iter().find(|host| line.contains(**host)) {
            let remedy = format!("{host}: leave the registry to the tool's own configuration");
            findings.push(Finding::new(&source.path, number, remedy));
        }
    }
    findings
}

/// Whether an absolute path begins with `place`; `target/work/` is not one.
fn has_path(line: &str, place: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || "_-.}*)]>/".contains(c);
    line.match_indices(place)
        .any(|(at, _)| !line[..at].chars().next_back().is_some_and(inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(line: &str) -> bool {
        !check(&Source::new("a.txt", line)).is_empty()
    }

    #[test]
    fn machine_paths_and_registries_are_found() {
        assert!(broken(&format!("cd {}x", MACHINE[0])));
        assert!(broken(&format!(
            "\"resolved\": \"https://{}/x\"",
            REGISTRIES[2]
        )));
    }

    #[test]
    fn relative_paths_and_urls_pass() {
        assert!(!broken(&format!("target{}x", MACHINE[0])));
        assert!(!broken(&format!("https://example.org{}x", MACHINE[2])));
    }
}
