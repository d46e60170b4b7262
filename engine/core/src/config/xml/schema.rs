//! Which elements and attributes stand where: the tables' types, and the check of a tree against
//! them.
//!
//! Everything unknown, missing or repeated is reported here, so the section readers take what they
//! find. Elements that no section reader looks at have their values checked here, too.

use roxmltree::Node;

use super::reader::{Element, Reader};
use super::time::{Unit, time};
use super::values::{integer, list, on_off, port, some_text, yes_no};

/// An element.
#[derive(Debug)]
pub(super) struct Shape {
    pub(super) name: &'static str,
    pub(super) attributes: &'static [Attribute],
    pub(super) children: &'static [Child],
    /// Child elements that are known and not taken, with the reason.
    pub(super) refused: &'static [(&'static str, &'static str)],
    /// Whether it contains text.
    pub(super) text: bool,
}

/// An attribute of an element.
#[derive(Debug)]
pub(super) struct Attribute {
    name: &'static str,
    mandatory: bool,
    kind: Kind,
}

/// What an attribute's value is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Checked by the section reader.
    Read,
    /// Any text but none.
    Text,
    /// A whole number.
    Integer,
    /// A whole number, or -1 for none.
    IntegerOrNone,
    Port,
    OnOff,
    YesNo,
    Time(Unit),
    OneOf(&'static [&'static str]),
}

/// A child of an element, and how often it can stand there.
#[derive(Debug)]
pub(super) struct Child {
    shape: &'static Shape,
    least: usize,
    most: usize,
}

/// A mandatory attribute.
pub(super) const fn needs(name: &'static str, kind: Kind) -> Attribute {
    Attribute {
        name,
        mandatory: true,
        kind,
    }
}

/// An optional attribute.
pub(super) const fn may(name: &'static str, kind: Kind) -> Attribute {
    Attribute {
        name,
        mandatory: false,
        kind,
    }
}

/// A child that stands there once.
pub(super) const fn one(shape: &'static Shape) -> Child {
    Child {
        shape,
        least: 1,
        most: 1,
    }
}

/// A child that stands there once or not at all.
pub(super) const fn at_most_one(shape: &'static Shape) -> Child {
    Child {
        shape,
        least: 0,
        most: 1,
    }
}

/// Children of which there are one to `most`.
pub(super) const fn some(shape: &'static Shape, most: usize) -> Child {
    Child {
        shape,
        least: 1,
        most,
    }
}

/// Children of which there are none to `most`.
pub(super) const fn any(shape: &'static Shape, most: usize) -> Child {
    Child {
        shape,
        least: 0,
        most,
    }
}

/// Reports everything in and below `element` that is not as its shape says.
pub(super) fn check(reader: &mut Reader<'_>, element: &Element<'_>, shape: &Shape) {
    check_attributes(reader, element, shape);
    check_counts(reader, element, shape);
    for child in element.children() {
        let known = shape.children.iter().map(|known| known.shape);
        match known.clone().find(|known| child.is(known.name)) {
            Some(known) => check(reader, &child, known),
            None => refuse_child(reader, &child, shape),
        }
    }
    if !shape.text {
        refuse_text(reader, element);
    }
}

fn check_attributes(reader: &mut Reader<'_>, element: &Element<'_>, shape: &Shape) {
    for found in element.node.attributes() {
        let known = shape
            .attributes
            .iter()
            .find(|known| known.name == found.name());
        if known.is_some() && found.namespace().is_none() {
            continue;
        }
        let names: Vec<_> = shape.attributes.iter().map(|known| known.name).collect();
        let has = if names.is_empty() {
            "none".to_owned()
        } else {
            list(&names, "and")
        };
        let message = format!("unknown attribute; <{}> has {has}", shape.name);
        reader.error(reader.place_of_name(element, &found), message);
    }
    for attribute in shape.attributes {
        if element.has(attribute.name) {
            check_value(reader, element, attribute);
        } else if attribute.mandatory {
            reader.error(
                reader.place_of(element, attribute.name),
                "this attribute is missing; it is mandatory",
            );
        }
    }
}

fn check_value(reader: &mut Reader<'_>, element: &Element<'_>, attribute: &Attribute) {
    let name = attribute.name;
    let kind = attribute.kind;
    if let Kind::Read = kind {
        return;
    }
    // The value itself is of no use to anybody here.
    let _checked: Option<()> = reader.value(element, name, |text| match kind {
        Kind::Read => Ok(()),
        Kind::Text => some_text(text).map(drop),
        Kind::Integer => integer(0..=u32::MAX)(text).map(drop),
        Kind::IntegerOrNone if text == "-1" => Ok(()),
        Kind::IntegerOrNone => integer(0..=u32::MAX)(text)
            .map(drop)
            .map_err(|message| format!("{message}, nor -1 for no limit")),
        Kind::Port => port(text).map(drop),
        Kind::OnOff => on_off(text).map(drop),
        Kind::YesNo => yes_no(text).map(drop),
        Kind::Time(unit) => time(unit)(text).map(drop),
        Kind::OneOf(words) if words.contains(&text) => Ok(()),
        Kind::OneOf(words) => Err(format!(
            "{text:?} is not possible here; write {}",
            list(words, "or")
        )),
    });
}

fn check_counts(reader: &mut Reader<'_>, element: &Element<'_>, shape: &Shape) {
    for Child {
        shape: child,
        least,
        most,
    } in shape.children
    {
        let found = element.all(child.name);
        let (name, parent) = (child.name, shape.name);
        if found.len() < *least {
            let message = if *most == 1 {
                format!("<{name}> is missing; <{parent}> has one")
            } else {
                format!("<{name}> is missing; <{parent}> has at least one")
            };
            reader.error(reader.place(element), message);
        }
        if let Some(extra) = found.get(*most) {
            let message = match most {
                1 => format!("another <{name}>; <{parent}> has one at most"),
                most => format!("one <{name}> too many; <{parent}> has {most} at most"),
            };
            reader.error(reader.place(extra), message);
        }
    }
}

fn refuse_child(reader: &mut Reader<'_>, child: &Element<'_>, shape: &Shape) {
    let refused = shape.refused.iter().find(|(name, _)| child.is(name));
    let message = refused.map_or_else(
        || {
            let names: Vec<_> = shape
                .children
                .iter()
                .map(|known| known.shape.name)
                .collect();
            let names: Vec<_> = names.iter().map(|name| format!("<{name}>")).collect();
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            let has = if names.is_empty() {
                "none".to_owned()
            } else {
                list(&names, "and")
            };
            format!("unknown element; <{}> has {has}", shape.name)
        },
        |(_, reason)| (*reason).to_owned(),
    );
    reader.error(reader.place(child), message);
}

fn refuse_text(reader: &mut Reader<'_>, element: &Element<'_>) {
    let has_words = |node: &Node<'_, '_>| node.text().is_some_and(|text| !text.trim().is_empty());
    let text = element
        .node
        .children()
        .filter(Node::is_text)
        .find(has_words);
    if let Some(text) = text {
        let words = text.text().unwrap_or_default();
        let blank = words.len() - words.trim_start().len();
        let place = reader.place_in(element, text.range().start + blank);
        reader.error(
            place,
            format!("text has no meaning in <{}>", element.name()),
        );
    }
}
