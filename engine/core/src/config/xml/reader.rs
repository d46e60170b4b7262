//! What the section readers read with: elements with their paths, values with their places, and
//! the list of problems.
//!
//! A getter that finds a bad value reports it and answers `None`; so the section goes on with a
//! default, which nobody will see because the configuration is refused.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::Range;

use roxmltree::Node;

use super::document::position;
use super::macros::Macros;
use crate::config::problem::{Problem, Severity};

/// Where something stands in the file.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) line: u32,
    column: u32,
    path: String,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) place: Place,
}

/// An element of the file and its path, as in `service.farm.lan`.
#[derive(Clone, Debug)]
pub(super) struct Element<'d> {
    pub(super) node: Node<'d, 'd>,
    path: String,
}

impl<'d> Element<'d> {
    /// The root element; its name is left out of the paths of its children.
    pub(super) fn root(node: Node<'d, '_>) -> Self {
        // The text outlives the tree, so the shorter of the two lifetimes does for both.
        Self {
            node,
            path: node.tag_name().name().to_owned(),
        }
    }

    pub(super) fn name(&self) -> &'d str {
        self.node.tag_name().name()
    }

    /// Its child elements, all or those of one name.
    pub(super) fn children(&self) -> impl Iterator<Item = Self> + use<'d> {
        let is_root = self.node.parent_element().is_none();
        let prefix = if is_root {
            String::new()
        } else {
            format!("{}.", self.path)
        };
        let elements = self.node.children().filter(Node::is_element);
        elements.map(move |node| Self {
            node,
            path: format!("{prefix}{}", node.tag_name().name()),
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
        self.node.has_tag_name(name)
    }

    /// Whether it has this attribute.
    pub(super) fn has(&self, attribute: &str) -> bool {
        self.node.has_attribute(attribute)
    }
}

/// The state of reading one file.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    text: &'t str,
    /// `None` where `%NAME%` has no meaning.
    pub(super) macros: Option<Macros<'t>>,
    problems: Vec<Problem>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str, macros: Option<Macros<'t>>) -> Self {
        Self {
            text,
            macros,
            problems: Vec::new(),
        }
    }

    /// The problems in the order of their places, each once.
    pub(super) fn into_problems(mut self) -> Vec<Problem> {
        let place = |problem: &Problem| (problem.line, problem.column);
        self.problems.sort_by_key(place);
        self.problems.dedup();
        self.problems
    }

    /// Refuses the configuration.
    pub(super) fn error(&mut self, place: Place, message: impl Into<String>) {
        self.report(Severity::Error, place, message.into());
    }

    /// Says what will not be as the file says.
    pub(super) fn warning(&mut self, place: Place, message: impl Into<String>) {
        self.report(Severity::Warning, place, message.into());
    }

    fn report(&mut self, severity: Severity, place: Place, message: String) {
        let Place { line, column, path } = place;
        self.problems.push(Problem {
            severity,
            line,
            column,
            path,
            message,
        });
    }

    /// Where an element starts.
    pub(super) fn place(&self, element: &Element<'_>) -> Place {
        self.at(element.node.range().start, element.path.clone())
    }

    /// Where the value of an attribute starts; where the element starts if it lacks the attribute.
    pub(super) fn place_of(&self, element: &Element<'_>, attribute: &str) -> Place {
        let found = element.node.attribute_node(attribute);
        let byte = found.map_or(element.node.range().start, |found| {
            found.range_value().start
        });
        self.at(byte, format!("{}@{attribute}", element.path))
    }

    /// A byte of the value of an attribute; where the value starts if `value` is not what stands in
    /// the file, because macros or entities were replaced.
    pub(super) fn place_in_value(
        &self,
        element: &Element<'_>,
        attribute: &str,
        (value, byte): (&str, usize),
    ) -> Place {
        let range = element.node.attribute_node(attribute);
        let range = range.map(|found| found.range_value());
        let is_verbatim = |range: &Range<usize>| self.text.get(range.clone()) == Some(value);
        match range.filter(is_verbatim) {
            Some(range) => self.at(range.start + byte, format!("{}@{attribute}", element.path)),
            None => self.place_of(element, attribute),
        }
    }

    /// Where an attribute's name starts.
    pub(super) fn place_of_name(
        &self,
        element: &Element<'_>,
        attribute: &roxmltree::Attribute<'_, '_>,
    ) -> Place {
        self.at(
            attribute.range().start,
            format!("{}@{}", element.path, attribute.name()),
        )
    }

    /// A byte of the file inside an element.
    pub(super) fn place_in(&self, element: &Element<'_>, byte: usize) -> Place {
        self.at(byte, element.path.clone())
    }

    fn at(&self, byte: usize, path: String) -> Place {
        let (line, column) = position(self.text, byte);
        Place { line, column, path }
    }

    /// The text of an attribute with its macros replaced. `None` when there is no such attribute,
    /// and when a macro could not be replaced, which is reported.
    pub(super) fn text(
        &mut self,
        element: &Element<'_>,
        attribute: &str,
    ) -> Option<Placed<String>> {
        let raw = element.node.attribute(attribute)?;
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
        seen: &mut BTreeMap<T, u32>,
        placed: &Placed<T>,
    ) {
        let Placed { value, place } = placed;
        match seen.get(value) {
            Some(line) => {
                let message = format!("{value} stands in line {line} already; once is enough");
                self.error(place.clone(), message);
            }
            None => drop(seen.insert(value.clone(), place.line)),
        }
    }
}
