//! Revisions of a module's configuration, and how two of them differ.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use similar::TextDiff;
use utoipa::ToSchema;

use super::module::ModuleConfiguration;

/// Lines around each difference.
const CONTEXT_LINES: usize = 3;

/// The revisions that a node has of a module.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"module": "web", "revisions": [{
    "revision": 3, "applied_at": "2026-11-23T02:00:00Z", "applied_by": "admin",
    "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
}]}))]
pub struct RevisionList {
    /// The module.
    pub module: String,
    /// The latest first.
    pub revisions: Vec<RevisionEntry>,
}

/// A revision without its content.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "revision": 3, "applied_at": "2026-11-23T02:00:00Z", "applied_by": "admin",
    "signature": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
}))]
pub struct RevisionEntry {
    /// Its number.
    #[schema(format = "uint64", minimum = 0)]
    pub revision: u64,
    /// SHA-256 of the configuration file, the macros and the scripts.
    pub signature: String,
    /// When this node got it.
    #[schema(format = DateTime)]
    pub applied_at: String,
    /// Who gave it.
    pub applied_by: String,
}

/// How two revisions differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "module": "web", "from": 3, "to": 4, "parts": [{
        "part": "macros.PORT", "change": "changed", "diff": "@@ -1 +1 @@\n-80\n+8080\n"
    }]
}))]
pub struct RevisionDiff {
    /// The module.
    pub module: String,
    /// The revision with the lines that begin with `-`.
    #[schema(format = "uint64", minimum = 0)]
    pub from: u64,
    /// The revision with the lines that begin with `+`.
    #[schema(format = "uint64", minimum = 0)]
    pub to: u64,
    /// What is not the same in both; empty where all is.
    pub parts: Vec<PartDiff>,
}

/// A part of a configuration that two revisions have not in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "part": "macros.PORT", "change": "changed", "diff": "@@ -1 +1 @@\n-80\n+8080\n"
}))]
pub struct PartDiff {
    /// `userconfig`, `macros.NAME` or `scripts.NAME`.
    pub part: String,
    /// What happened to it.
    pub change: PartChange,
    /// The lines that differ, with some around them, as `diff -u` shows them.
    pub diff: String,
}

/// What happened to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PartChange {
    /// Only the later one has it.
    Added,
    /// Only the earlier one has it.
    Removed,
    /// Both have it, with other content.
    Changed,
}

impl RevisionDiff {
    /// What changed from one revision to another.
    pub fn between(from: &ModuleConfiguration, to: &ModuleConfiguration) -> Self {
        let file = PartDiff::between(
            "userconfig".to_owned(),
            Some(&from.userconfig),
            Some(&to.userconfig),
        );
        let mut parts: Vec<PartDiff> = file.into_iter().collect();
        parts.extend(named("macros", &from.macros, &to.macros));
        parts.extend(named("scripts", &from.scripts, &to.scripts));
        Self {
            module: to.module.clone(),
            from: from.revision,
            to: to.revision,
            parts,
        }
    }
}

fn named(
    kind: &str,
    from: &BTreeMap<String, String>,
    to: &BTreeMap<String, String>,
) -> Vec<PartDiff> {
    let names: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    let part = |name| PartDiff::between(format!("{kind}.{name}"), from.get(name), to.get(name));
    names.into_iter().filter_map(part).collect()
}

impl PartDiff {
    fn between(part: String, from: Option<&String>, to: Option<&String>) -> Option<Self> {
        let change = match (from, to) {
            (None, None) => return None,
            (Some(from), Some(to)) if from == to => return None,
            (Some(_), Some(_)) => PartChange::Changed,
            (None, Some(_)) => PartChange::Added,
            (Some(_), None) => PartChange::Removed,
        };
        let text = |side: Option<&String>| side.cloned().unwrap_or_default();
        let (from, to) = (text(from), text(to));
        let lines = TextDiff::from_lines(&from, &to);
        let diff = lines
            .unified_diff()
            .context_radius(CONTEXT_LINES)
            .to_string();
        Some(Self { part, change, diff })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configuration(userconfig: &str, scripts: &[(&str, &str)]) -> ModuleConfiguration {
        let scripts = scripts
            .iter()
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        ModuleConfiguration {
            module: "web".into(),
            revision: 1,
            signature: String::new(),
            applied_at: String::new(),
            applied_by: String::new(),
            userconfig: userconfig.into(),
            macros: BTreeMap::new(),
            scripts: scripts.collect(),
        }
    }

    #[test]
    fn every_part_that_differs_is_shown_and_no_other() {
        let from = configuration(
            "<safe/>\n",
            &[("gone", "a\n"), ("same", "b\n"), ("other", "1\n2\n")],
        );
        let to = configuration(
            "<safe/>\n",
            &[("new", "c\n"), ("same", "b\n"), ("other", "1\n3\n")],
        );
        let parts = RevisionDiff::between(&from, &to).parts;
        let told: Vec<_> = parts
            .iter()
            .map(|part| (part.part.as_str(), part.change))
            .collect();
        assert_eq!(
            told,
            [
                ("scripts.gone", PartChange::Removed),
                ("scripts.new", PartChange::Added),
                ("scripts.other", PartChange::Changed)
            ]
        );
        assert_eq!(parts[2].diff, "@@ -1,2 +1,2 @@\n 1\n-2\n+3\n");
        assert!(RevisionDiff::between(&to, &to).parts.is_empty());
    }
}
