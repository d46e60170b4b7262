//! From text to a tree of elements: size, document type, well-formedness, depth.
//!
//! Document types are looked at before the parser runs, so that no entity declaration, however
//! clever, is ever expanded.

use std::ops::Range;

use roxmltree::{Document, Error, ParsingOptions};

use crate::config::limits::{DEPTH_MAX, TEXT_BYTES_MAX, XML_NODES_MAX};
use crate::config::problem::{Problem, Severity};
use crate::config::tree::{Attribute, Node, Text};

/// Parses a file; the root element, or why there is none.
pub(in crate::config) fn parse(text: &str) -> Result<Node, Problem> {
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
    let document = Document::parse_with_options(text, options);
    let document = document.map_err(|error| malformed(text, &error))?;
    element(text, &document.root_element(), 1).map_err(|byte| {
        let message = format!("elements stand in each other more than {DEPTH_MAX} deep");
        problem(position(text, byte), message)
    })
}

/// Line and column, both from 1, of a byte of the text; the column counts characters.
fn position(text: &str, byte: usize) -> (u32, u32) {
    Cursor::new(text).advance(byte)
}

/// A walk over a text that counts lines and columns.
#[derive(Debug)]
pub(in crate::config) struct Cursor<'t> {
    rest: &'t str,
    byte: usize,
    line: u32,
    column: u32,
}

impl<'t> Cursor<'t> {
    pub(in crate::config) const fn new(text: &'t str) -> Self {
        Self {
            rest: text,
            byte: 0,
            line: 1,
            column: 1,
        }
    }

    /// Line and column of a byte that is not before the last one.
    pub(in crate::config) fn advance(&mut self, byte: usize) -> (u32, u32) {
        let mut characters = self.rest.char_indices();
        let start = self.byte;
        loop {
            self.rest = characters.as_str();
            let Some((offset, character)) = characters.next().filter(|(o, _)| start + o < byte)
            else {
                break (self.line, self.column);
            };
            self.byte = start + offset + character.len_utf8();
            (self.line, self.column) = if character == '\n' {
                (self.line + 1, 1)
            } else {
                (self.line, self.column + 1)
            };
        }
    }
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

/// An element with all that is in it, or the byte where one starts that is too deep.
fn element(text: &str, found: &roxmltree::Node<'_, '_>, depth: usize) -> Result<Node, usize> {
    if depth > DEPTH_MAX {
        return Err(found.range().start);
    }
    let mut node = Node {
        name: found.tag_name().name().to_owned(),
        is_foreign: found.tag_name().namespace().is_some(),
        at: found.range().start,
        attributes: found
            .attributes()
            .map(|one| attribute(text, &one))
            .collect(),
        ..Node::default()
    };
    for child in found.children().filter(roxmltree::Node::is_element) {
        node.children.push(element(text, &child, depth + 1)?);
    }
    node.number_children();
    node.text = words(text, found);
    Ok(node)
}

/// The text of an element. Where elements stand beside it, it is out of place, and only where it
/// starts is of interest.
fn words(text: &str, found: &roxmltree::Node<'_, '_>) -> Text {
    let is_text = |child: &roxmltree::Node<'_, '_>| {
        child.is_text() && child.text().is_some_and(|words| !words.trim().is_empty())
    };
    let Some(first) = found.children().find(is_text) else {
        return Text::default();
    };
    if found.children().any(|child| child.is_element()) {
        return Text {
            words: first.text().unwrap_or_default().to_owned(),
            pieces: vec![(0, first.range().start)],
        };
    }
    let range = found.range();
    let head = found
        .attributes()
        .next_back()
        .map_or(range.start, |last| last.range().end);
    let start = text[head..]
        .find('>')
        .map_or(range.end, |end| head + end + 1);
    let end = text[..range.end].rfind("</").unwrap_or(range.end);
    Content::default().read(text, start..end)
}

/// The content of an element without elements in it, piece by piece, so that every character of it
/// is found again in the file.
#[derive(Debug, Default)]
struct Content {
    text: Text,
}

impl Content {
    fn read(mut self, text: &str, range: Range<usize>) -> Text {
        let mut at = range.start;
        while let Some(rest) = text.get(at..range.end).filter(|rest| !rest.is_empty()) {
            let until = |end: &str| rest.find(end).map_or(rest.len(), |found| found + end.len());
            at += if rest.starts_with("<!--") {
                until("-->")
            } else if rest.starts_with("<?") {
                until("?>")
            } else if let Some(inner) = rest.strip_prefix(CDATA) {
                let inner = inner.split_once("]]>").map_or(inner, |(inner, _)| inner);
                self.push(inner, at + CDATA.len());
                until("]]>")
            } else if let Some((reference, _)) = reference(rest) {
                self.push(&character(reference), at);
                until(";")
            } else {
                let is_sign = |c: char| c == '<' || c == '&';
                let plain = rest.trim_start_matches(is_sign);
                let plain = plain.find(is_sign).map_or("", |next| &plain[next..]);
                let length = rest.len() - plain.len();
                self.push(&rest[..length], at);
                length
            };
        }
        self.text
    }

    fn push(&mut self, words: &str, at: usize) {
        let Text { words: all, pieces } = &mut self.text;
        pieces.push((all.len(), at));
        all.push_str(words);
    }
}

const CDATA: &str = "<![CDATA[";

/// The name between `&` and `;`, and the rest.
fn reference(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('&')?.split_once(';')
}

/// What a reference stands for; the parser has refused those that stand for nothing.
fn character(reference: &str) -> String {
    let number = reference.strip_prefix('#').map(|digits| {
        let hexadecimal = digits
            .strip_prefix('x')
            .map(|digits| u32::from_str_radix(digits, 16));
        hexadecimal.unwrap_or_else(|| digits.parse())
    });
    match (number, reference) {
        (Some(number), _) => number
            .ok()
            .and_then(char::from_u32)
            .unwrap_or_default()
            .to_string(),
        (None, "lt") => "<".to_owned(),
        (None, "gt") => ">".to_owned(),
        (None, "amp") => "&".to_owned(),
        (None, "quot") => "\"".to_owned(),
        (None, "apos") => "'".to_owned(),
        (None, other) => format!("&{other};"),
    }
}

fn attribute(text: &str, found: &roxmltree::Attribute<'_, '_>) -> Attribute {
    let range = found.range_value();
    Attribute {
        name: found.name().to_owned(),
        is_foreign: found.namespace().is_some(),
        value: found.value().to_owned(),
        name_at: found.range().start,
        value_at: range.start,
        is_verbatim: text.get(range) == Some(found.value()),
        is_refused: false,
    }
}
