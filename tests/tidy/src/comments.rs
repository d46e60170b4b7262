//! Comments describe the code, not its history, and leave no work behind.

use crate::Finding;
use crate::source::{Language, Source};

/// Marks of unfinished work, put together here so that this file carries none.
const MARKS: [&str; 3] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];

/// Ways to speak of an earlier state of the code.
const HISTORY: [&str; 17] = [
    concat!("no", " longer"),
    concat!("any", "more"),
    concat!("for", "merly"),
    concat!("it used", " to"),
    concat!("that used", " to"),
    concat!("they used", " to"),
    concat!("this used", " to"),
    concat!("we used", " to"),
    concat!("used to", " be"),
    concat!("used to", " have"),
    concat!("we", " now"),
    concat!("now", " uses"),
    concat!("now", " we"),
    concat!("now", " has"),
    concat!("now", " returns"),
    concat!("now", " takes"),
    concat!("now", " also"),
];

/// Unfinished work anywhere; words of history in comments.
pub fn check(source: &Source) -> Vec<Finding> {
    if source.generated {
        return Vec::new();
    }
    source
        .lines()
        .flat_map(|(number, line)| check_line(source, number, line))
        .collect()
}

fn check_line(source: &Source, number: usize, line: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(mark) = MARKS.iter().find(|mark| has_phrase(line, mark)) {
        let remedy = format!("{mark}: do it, or open an issue and leave no mark");
        findings.push(Finding::new(&source.path, number, remedy));
    }
    let comment = comment(source.language, line).to_lowercase();
    let prose = without_code(&comment);
    if let Some(phrase) = HISTORY.iter().find(|phrase| has_phrase(&prose, phrase)) {
        let remedy = format!("\"{phrase}\": say what the code does, not what it did before");
        findings.push(Finding::new(&source.path, number, remedy));
    }
    findings
}

/// The comment on a line, or nothing.
fn comment(language: Language, line: &str) -> &str {
    let mark = match language {
        Language::Rust | Language::TypeScript => "//",
        Language::Python | Language::Shell => "#",
        Language::Other => return "",
    };
    let whole = line.trim_start();
    if whole.starts_with(mark) || whole.starts_with("* ") || whole.starts_with("\"\"\"") {
        return whole;
    }
    // A mark after an odd number of quotes stands inside a string.
    match line.rfind(&format!(" {mark} ")) {
        Some(at) if line[..at].matches('"').count().is_multiple_of(2) => &line[at..],
        _ => "",
    }
}

/// The text without its `code`.
fn without_code(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

/// Whether `phrase` stands in `text` as whole words.
fn has_phrase(text: &str, phrase: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(phrase).any(|(at, _)| {
        !is_word(text[..at].chars().next_back())
            && !is_word(text[at + phrase.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(line: &str) -> bool {
        !check(&Source::new("a.rs", line)).is_empty()
    }

    #[test]
    fn unfinished_work_is_found_in_code_and_comments() {
        assert!(broken(&format!("// {}: later", MARKS[0])));
        assert!(broken(&format!("let x = 1; // {}", MARKS[1])));
        assert!(!broken("let mastodon = HEXXX_MASK;"));
    }

    #[test]
    fn history_is_found_in_comments_only() {
        assert!(broken(&format!("/// A peer that {} answers.", HISTORY[0])));
        assert!(broken(&format!("let x = 1; // {} the map", HISTORY[11])));
        assert!(!broken(&format!("let text = \"{} valid\";", HISTORY[0])));
        assert!(!broken(
            "/// The key used to sign tokens, valid from `now` on."
        ));
        assert!(!broken("// What a node knows right now."));
    }
}
