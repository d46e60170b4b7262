//! Files and functions that fit into a head.

use crate::Finding;
use crate::source::{Language, Source};

/// Longest function: lines of code between its head and its end, as clippy counts them.
pub const FUNCTION_LINES_MAX: usize = 70;
/// Longest file, in lines.
pub const FILE_LINES_MAX: usize = 600;

/// Files and functions over the limits.
pub fn check(source: &Source) -> Vec<Finding> {
    if source.generated || source.language == Language::Other {
        return Vec::new();
    }
    let mut findings = long_functions(source);
    let lines = source.text.lines().count();
    if lines > FILE_LINES_MAX {
        let remedy =
            format!("{lines} lines, {FILE_LINES_MAX} is the most: split it by idea, not by size");
        findings.push(Finding::new(&source.path, 1, remedy));
    }
    findings
}

fn long_functions(source: &Source) -> Vec<Finding> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut findings = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let Some(name) = function_name(source.language, line.trim_start()) else {
            continue;
        };
        let end = start + extent(source.language, &lines[start..]);
        let is_code = |line: &&&str| !["", "//", "#"].contains(&opening(line));
        let body = lines[start..end]
            .iter()
            .skip(1)
            .take((end - start).saturating_sub(2));
        let length = body.filter(is_code).count();
        if length > FUNCTION_LINES_MAX {
            let remedy = format!(
                "{name} has {length} lines, {FUNCTION_LINES_MAX} is the most: give its steps names"
            );
            findings.push(Finding::new(&source.path, start + 1, remedy));
        }
    }
    findings
}

fn function_name(language: Language, line: &str) -> Option<&str> {
    let end = |rest: &str| rest.find(|c: char| !c.is_alphanumeric() && c != '_');
    let head = match language {
        Language::Rust => {
            let words = [
                "pub ",
                "pub(crate) ",
                "pub(super) ",
                "const ",
                "async ",
                "unsafe ",
            ];
            let mut rest = line;
            while let Some(next) = words.iter().find_map(|word| rest.strip_prefix(word)) {
                rest = next;
            }
            rest.strip_prefix("extern \"C\" ")
                .unwrap_or(rest)
                .strip_prefix("fn ")?
        }
        Language::Python => line
            .strip_prefix("async ")
            .unwrap_or(line)
            .strip_prefix("def ")?,
        Language::TypeScript => {
            let rest = line.strip_prefix("export ").unwrap_or(line);
            rest.strip_prefix("async ")
                .unwrap_or(rest)
                .strip_prefix("function ")?
        }
        Language::Shell => {
            let name = line.split_once("() {").map(|(name, _)| name)?;
            return (!name.contains(' ')).then_some(name);
        }
        Language::Other => return None,
    };
    end(head).map(|end| &head[..end])
}

/// The mark that a line of comment opens with, or what else the line begins with.
fn opening(line: &str) -> &str {
    let line = line.trim_start();
    ["//", "#"]
        .into_iter()
        .find(|mark| line.starts_with(mark))
        .unwrap_or(line)
}

/// Lines from the head of a function to its last. The formatters put the closing brace, or the
/// semicolon of a declaration without a body, on a line as far in as the head; Python's function
/// ends before the next line that is not further in.
fn extent(language: Language, lines: &[&str]) -> usize {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = lines.first().map_or(0, |line| indent(line));
    if language == Language::Python {
        let next = |line: &&&str| indent(line) <= own && !line.is_empty() && !line.starts_with(')');
        return 1 + lines.iter().skip(1).take_while(|line| !next(line)).count();
    }
    let ends = |line: &&str| {
        let line = line.trim_end();
        indent(line) == own && (line.trim_start().starts_with('}') || line.ends_with([';', '}']))
    };
    lines.iter().position(ends).map_or(1, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> Vec<Finding> {
        check(&Source::new(path, text))
    }

    #[test]
    fn a_function_at_the_limit_passes_and_one_over_it_is_named() {
        let function = |body: usize| {
            format!(
                "fn short() {{}}\n    pub const fn f() {{\n{}    }}\n",
                "        x;\n".repeat(body)
            )
        };
        assert_eq!(findings("a.rs", &function(70)), []);
        let found = findings("a.rs", &function(71));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].line, 2);
        assert!(found[0].remedy.starts_with("f has 71 lines"), "{found:?}");
    }

    #[test]
    fn a_declaration_without_a_body_is_short() {
        let text = format!(
            "    fn f(\n        &self,\n    ) -> u8;\n{}    }}\n",
            "\n".repeat(80)
        );
        assert_eq!(findings("a.rs", &text), []);
    }

    #[test]
    fn python_and_shell_functions_are_measured_too() {
        let python = format!("def f():\n{}\n\ndef g():\n    pass\n", "    x\n".repeat(80));
        assert_eq!(findings("a.py", &python).len(), 1);
        let shell = format!(
            "#!/bin/sh\nf() {{\n{}}}\ng() {{ :; }}\n",
            "  x\n".repeat(80)
        );
        assert_eq!(findings("a", &shell).len(), 1);
    }

    #[test]
    fn a_file_over_the_limit_is_named_unless_generated() {
        let text = "x\n".repeat(FILE_LINES_MAX + 1);
        assert_eq!(findings("a.rs", &text).len(), 1);
        assert_eq!(findings("a.rs", &format!("// @generated\n{text}")), []);
    }
}
