//! What the section readers read with: elements with their paths, values with their places, and
//! the list of problems.
//!
//! A getter that finds a bad value reports it and answers `None`; so the section goes on with a
//! default, which nobody will see because the configuration is refused.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::macros::Macros;
use crate::config::limits::PROBLEMS_MAX;
use crate::config::problem::{Problem, Severity};
use crate::config::tree::{Attribute, Node};
use crate::config::xml::parse::Cursor;

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::config) struct Place {
    /// A byte of an XML file, the number of a JSON value.
    pub(in crate::config) at: usize,
    pub(in crate::config) path: String,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

/// An element and its path, as in `service.farm.lan`.
#[derive(Clone, Debug)]
pub(in crate::config) struct Element<'d> {
    pub(super) node: &'d Node,
    path: String,
}

impl<'d> Element<'d> {
    /// The root element; its name is left out of the paths of its children.
    pub(in crate::config) fn root(node: &'d Node) -> Self {
        Self {
            node,
            path: String::new(),
        }
    }

    pub(super) fn name(&self) -> &'d str {
        &self.node.name
    }

    /// Its path; the root element's is its name.
    fn path(&self) -> String {
        if self.path.is_empty() {
            self.node.name.clone()
        } else {
            self.path.clone()
        }
    }

    /// Its child elements, all or those of one name.
    pub(super) fn children(&self) -> impl Iterator<Item = Self> + use<'d> {
        let prefix = self.path.clone();
        self.node.children.iter().map(move |node| Self {
            node,
            path: child_path(&prefix, node),
        })
    }

    /// Its child elements of this name.
    pub(super) fn all(&self, name: &str) -> Vec<Self> {
        self.children().filter(|child| child.is(name)).collect()
    }

    /// Its first child element of this name.
    pub(super) fn first(&self, name: &str) -> Option<Self> {
        self.children().find(|child| child.is(name))
    }

    /// Whether it has this name, outside every namespace.
    pub(super) fn is(&self, name: &str) -> bool {
        self.node.name == name && !self.node.is_foreign
    }

    /// Whether it has this attribute.
    pub(super) fn has(&self, attribute: &str) -> bool {
        self.node.attribute(attribute).is_some()
    }
}

/// The path of a child of the element with the path `parent`.
pub(in crate::config) fn child_path(parent: &str, child: &Node) -> String {
    let dot = if parent.is_empty() { "" } else { "." };
    let name = &child.name;
    match child.number {
        Some(number) => format!("{parent}{dot}{name}[{number}]"),
        None => format!("{parent}{dot}{name}"),
    }
}

/// What is read: a file with lines, or JSON, which has none.
#[derive(Debug)]
pub(in crate::config) enum Source<'t> {
    /// The text, and the bytes where its lines start.
    Xml(&'t str, Vec<usize>),
    Json,
}

impl<'t> Source<'t> {
    pub(in crate::config) fn xml(text: &'t str) -> Self {
        let ends = text.match_indices('\n').map(|(byte, _)| byte + 1);
        Self::Xml(text, std::iter::once(0).chain(ends).collect())
    }
}

/// The state of reading one configuration.
#[derive(Debug)]
pub(in crate::config) struct Reader<'t> {
    source: Source<'t>,
    /// `None` where `%NAME%` has no meaning.
    pub(super) macros: Option<Macros<'t>>,
    problems: Vec<(Severity, Place, String)>,
    is_refused: bool,
}

impl<'t> Reader<'t> {
    pub(in crate::config) fn new(source: Source<'t>, macros: Option<Macros<'t>>) -> Self {
        Self {
            source,
            macros,
            problems: Vec::new(),
            is_refused: false,
        }
    }

    /// The problems in the order of their places, each once.
    pub(in crate::config) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|(_, place, _)| place.at);
        self.problems.dedup();
        let text = match &self.source {
            Source::Xml(text, _) => Some(*text),
            Source::Json => None,
        };
        let mut cursor = text.map(Cursor::new);
        let problem = |(severity, Place { at, path }, message)| {
            let (line, column) = cursor.as_mut().map_or((0, 0), |cursor| cursor.advance(at));
            Problem {
                severity,
                line,
                column,
                path,
                message,
            }
        };
        self.problems.into_iter().map(problem).collect()
    }

    /// Refuses the configuration.
    pub(in crate::config) fn error(&mut self, place: Place, message: impl Into<String>) {
        self.report(Severity::Error, place, message.into());
    }

    /// Says what will not be as the configuration says.
    pub(super) fn warning(&mut self, place: Place, message: impl Into<String>) {
        self.report(Severity::Warning, place, message.into());
    }

    /// Whether more problems are of no use to anybody.
    pub(super) const fn is_full(&self) -> bool {
        self.problems.len() >= PROBLEMS_MAX
    }

    fn report(&mut self, severity: Severity, place: Place, message: String) {
        let is_first_error = severity == Severity::Error && !self.is_refused;
        if !self.is_full() || is_first_error {
            self.is_refused |= is_first_error;
            self.problems.push((severity, place, message));
        }
    }

    /// A place as part of a sentence: `line 7`, or the path where there are no lines.
    pub(super) fn words(&self, place: &Place) -> String {
        match &self.source {
            Source::Xml(_, lines) => {
                format!("line {}", lines.partition_point(|start| *start <= place.at))
            }
            Source::Json => place.path.clone(),
        }
    }

    /// Where an element starts.
    pub(in crate::config) fn place(&self, element: &Element<'_>) -> Place {
        Place {
            at: element.node.at,
            path: element.path(),
        }
    }

    /// Where the value of an attribute starts; where the element starts if it lacks the attribute.
    pub(super) fn place_of(&self, element: &Element<'_>, attribute: &str) -> Place {
        let found = element.node.attribute(attribute);
        Place {
            at: found.map_or(element.node.at, |found| found.value_at),
            path: format!("{}@{attribute}", element.path()),
        }
    }

    /// A byte of the value of an attribute; where the value starts if `value` is not what stands in
    /// the file, because macros or entities were replaced.
    pub(super) fn place_in_value(
        &self,
        element: &Element<'_>,
        attribute: &str,
        (value, byte): (&str, usize),
    ) -> Place {
        let mut place = self.place_of(element, attribute);
        let found = element.node.attribute(attribute);
        let is_verbatim = |found: &&Attribute| found.is_verbatim && found.value == value;
        if found.filter(is_verbatim).is_some() {
            place.at += byte;
        }
        place
    }

    /// Where an attribute's name starts.
    pub(super) fn place_of_name(&self, element: &Element<'_>, attribute: &Attribute) -> Place {
        Place {
            at: attribute.name_at,
            path: format!("{}@{}", element.path(), attribute.name),
        }
    }

    /// A byte of `words`, the text of an element; where the element starts if they are not what
    /// stands in the file, because macros were replaced.
    pub(super) fn place_in_text(&self, element: &Element<'_>, words: &str, byte: usize) -> Place {
        let text = &element.node.text;
        let found = text.at(byte).filter(|_| text.words == words);
        Place {
            at: found.unwrap_or(element.node.at),
            path: element.path(),
        }
    }

    /// The text of an attribute with its macros replaced. `None` when there is no such attribute,
    /// and when a macro could not be replaced, which is reported.
    pub(super) fn text(
        &mut self,
        element: &Element<'_>,
        attribute: &str,
    ) -> Option<Placed<String>> {
        let found = element.node.attribute(attribute);
        let raw = found.filter(|found| !found.is_refused)?.value.as_str();
        let place = self.place_of(element, attribute);
        let expanded = self
            .macros
            .as_ref()
            .map_or(Ok(raw.to_owned()), |known| known.expand(raw));
        match expanded {
            Ok(value) => Some(Placed { value, place }),
            Err(messages) => {
                for message in messages {
                    self.error(place.clone(), message);
                }
                None
            }
        }
    }

    /// The text of an element with its macros replaced. `None` when one could not be replaced, which
    /// is reported.
    pub(super) fn words_of(&mut self, element: &Element<'_>) -> Option<String> {
        let raw = &element.node.text.words;
        let known = self.macros.as_ref();
        match known.map_or_else(|| Ok(raw.clone()), |known| known.expand(raw)) {
            Ok(words) => Some(words),
            Err(messages) => {
                for message in messages {
                    self.error(self.place(element), message);
                }
                None
            }
        }
    }

    /// The text of an attribute as it is meant, without white space around it; nothing is reported.
    pub(super) fn peek(&self, element: &Element<'_>, attribute: &str) -> Option<String> {
        let raw = &element.node.attribute(attribute)?.value;
        let known = self.macros.as_ref();
        let expanded = known.map_or_else(|| Ok(raw.clone()), |known| known.expand(raw));
        Some(expanded.ok()?.trim().to_owned())
    }

    /// The value of an attribute, without white space around it. `None` when there is no such
    /// attribute, and when `parse` does not take it, which is reported.
    pub(super) fn placed<T>(
        &mut self,
        element: &Element<'_>,
        attribute: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<Placed<T>> {
        let Placed { value, place } = self.text(element, attribute)?;
        match parse(value.trim()) {
            Ok(value) => Some(Placed { value, place }),
            Err(message) => {
                self.error(place, message);
                None
            }
        }
    }

    /// [`Reader::placed`] without the place.
    pub(super) fn value<T>(
        &mut self,
        element: &Element<'_>,
        attribute: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        self.placed(element, attribute, parse)
            .map(|placed| placed.value)
    }

    /// Reports a value that stood before, and remembers those that did not.
    pub(super) fn once<T: Ord + Clone + Display>(
        &mut self,
        seen: &mut BTreeMap<T, Place>,
        placed: &Placed<T>,
    ) {
        let Placed { value, place } = placed;
        match seen.get(value) {
            Some(first) => {
                let first = self.words(first);
                let message = format!("{value} stands in {first} already; once is enough");
                self.error(place.clone(), message);
            }
            None => drop(seen.insert(value.clone(), place.clone())),
        }
    }
}
