//! From text to an XML tree: size, document type and well-formedness.
//!
//! Document types are looked at before the parser runs, so that no entity declaration, however
//! clever, is ever expanded.

use roxmltree::{Document, Error, ParsingOptions};

use crate::config::limits::{TEXT_BYTES_MAX, XML_NODES_MAX};
use crate::config::problem::{Problem, Severity};

/// Parses a file.
pub(super) fn parse(text: &str) -> Result<Document<'_>, Problem> {
    if text.len() > TEXT_BYTES_MAX {
        let limit = TEXT_BYTES_MAX / 1024;
        return Err(problem(
            (1, 1),
            format!("the file is larger than {limit} KiB"),
        ));
    }
    refuse_declarations(text)?;
    let options = ParsingOptions {
        allow_dtd: true,
        nodes_limit: XML_NODES_MAX,
        entity_resolver: None,
    };
    Document::parse_with_options(text, options).map_err(|error| malformed(text, &error))
}

/// Line and column, both from 1, of a byte of the text; the column counts characters.
pub(super) fn position(text: &str, byte: usize) -> (u32, u32) {
    let (mut line, mut column) = (1, 1);
    for (at, character) in text.char_indices() {
        if at >= byte {
            break;
        }
        (line, column) = if character == '\n' {
            (line + 1, 1)
        } else {
            (line, column + 1)
        };
    }
    (line, column)
}

fn problem((line, column): (u32, u32), message: String) -> Problem {
    Problem {
        severity: Severity::Error,
        line,
        column,
        path: String::new(),
        message,
    }
}

/// Accepts `<!DOCTYPE name>` and refuses all else that a document type can contain.
fn refuse_declarations(text: &str) -> Result<(), Problem> {
    let Some(start) = find_doctype(text) else {
        return Ok(());
    };
    let content = &text[start + "<!DOCTYPE".len()..];
    let end = content.find(['>', '[', '"', '\'']).unwrap_or(content.len());
    if content[end..].starts_with('>') && content[..end].split_whitespace().count() == 1 {
        return Ok(());
    }
    if let Some(entity) = content.find("<!ENTITY") {
        let at = position(text, text.len() - content.len() + entity);
        let message = "entity declarations are refused; use a <macro> instead".to_owned();
        return Err(problem(at, message));
    }
    let message = "a document type can only be a name, as in <!DOCTYPE safe>".to_owned();
    Err(problem(position(text, start), message))
}

/// The byte where the document type starts, if there is one before the root element.
fn find_doctype(text: &str) -> Option<usize> {
    let mut rest = text.trim_start_matches('\u{feff}');
    loop {
        rest = rest.trim_start();
        let end = match rest {
            _ if rest.starts_with("<?") => "?>",
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<!DOCTYPE") => return Some(text.len() - rest.len()),
            _ => return None,
        };
        rest = rest.split_once(end)?.1;
    }
}

/// The parser's complaint as a problem.
fn malformed(text: &str, error: &Error) -> Problem {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "the parser's errors are many and alike"
    )]
    let (at, what) = match error {
        Error::NoRootNode | Error::UnclosedRootNode | Error::UnexpectedEndOfStream => {
            (position(text, text.len()), error.to_string())
        }
        Error::NodesLimitReached => (
            (1, 1),
            format!("more than {XML_NODES_MAX} elements, texts and comments"),
        ),
        _ => {
            let at = error.pos();
            (
                (at.row, at.col),
                error.to_string().replace(&format!(" at {at}"), ""),
            )
        }
    };
    problem(at, format!("not a well-formed XML file: {what}"))
}
