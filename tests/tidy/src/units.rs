//! A service unit says why it needs each capability that it asks for.

use crate::Finding;
use crate::source::Source;

/// Capabilities of `*.service` files that no comment of the same file explains.
pub fn check(source: &Source) -> Vec<Finding> {
    if !source.path.ends_with(".service") {
        return Vec::new();
    }
    let reasons: Vec<&str> = source
        .text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix('#'))
        .collect();
    let explained = |capability: &str| {
        reasons.iter().any(|reason| {
            reason
                .split_once(capability)
                .is_some_and(|(_, why)| why.trim_start().len() > 20)
        })
    };
    let mut findings = Vec::new();
    for (number, line) in source.lines() {
        let Some((key, value)) = line.split_once('=') else {
            continue;
        };
        if !["CapabilityBoundingSet", "AmbientCapabilities"].contains(&key) {
            continue;
        }
        for capability in value.split_whitespace().filter(|c| !explained(c)) {
            let remedy = format!("say why: `# {capability}  what it is needed for`");
            findings.push(Finding::new(&source.path, number, remedy));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capability_without_a_reason_is_found() {
        let text = "# CAP_NET_ADMIN  sets addresses and attaches the filter\n\
                    CapabilityBoundingSet=CAP_NET_ADMIN CAP_BPF\n";
        let found = check(&Source::new("x.service", text));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].remedy.contains("CAP_BPF"), "{found:?}");
    }
}
