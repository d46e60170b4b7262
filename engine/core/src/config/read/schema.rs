//! Which elements and attributes stand where: the tables' types, and the check of a tree against
//! them.
//!
//! Everything unknown, missing or repeated is reported here, so the section readers take what they
//! find and check its values. Everything that is refused by name stands here, too.

use super::reader::{Element, Reader};
use super::similar;
use super::time::Unit;
use super::values::list;

/// An element.
#[derive(Debug)]
pub(in crate::config) struct Shape {
    pub(in crate::config) name: &'static str,
    pub(in crate::config) attributes: &'static [Attribute],
    pub(in crate::config) children: &'static [Child],
    /// Child elements that are known and not taken, with the reason.
    pub(super) refused: &'static [(&'static str, &'static str)],
    /// What its text is called in JSON, where it contains text.
    pub(in crate::config) text: Option<&'static str>,
}

/// An attribute of an element.
#[derive(Debug)]
pub(in crate::config) struct Attribute {
    pub(in crate::config) name: &'static str,
    mandatory: bool,
    pub(in crate::config) kind: Kind,
}

/// What an attribute's value is, and so how JSON writes it. The section readers check it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::config) enum Kind {
    /// Any text.
    Text,
    /// One of a few words.
    Word,
    /// A whole number.
    Integer,
    /// Numbers and ranges with commas between them; JSON can write a single number as a number.
    Ranges,
    OnOff,
    YesNo,
    /// A time in this unit, or with a unit of its own.
    Time(Unit),
}

/// A child of an element, and how often it can stand there.
#[derive(Debug)]
pub(in crate::config) struct Child {
    pub(in crate::config) shape: &'static Shape,
    least: usize,
    pub(in crate::config) most: usize,
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
pub(in crate::config) fn check(reader: &mut Reader<'_>, element: &Element<'_>, shape: &Shape) {
    check_attributes(reader, element, shape);
    check_counts(reader, element, shape);
    for child in element.children() {
        let known = shape.children.iter().map(|known| known.shape);
        match known.clone().find(|known| child.is(known.name)) {
            Some(known) => check(reader, &child, known),
            None => refuse_child(reader, &child, shape),
        }
    }
    if shape.text.is_none() {
        refuse_text(reader, element);
    }
}

fn check_attributes(reader: &mut Reader<'_>, element: &Element<'_>, shape: &Shape) {
    for found in &element.node.attributes {
        let names: Vec<_> = shape.attributes.iter().map(|known| known.name).collect();
        if names.contains(&found.name.as_str()) && !found.is_foreign {
            continue;
        }
        let has = if names.is_empty() {
            "none".to_owned()
        } else {
            list(&names, "and")
        };
        let hint = similar::hint(&found.name, &names);
        let message = format!("unknown attribute; <{}> has {has}{hint}", shape.name);
        reader.error(reader.place_of_name(element, found), message);
    }
    for attribute in shape.attributes.iter().filter(|one| one.mandatory) {
        if !element.has(attribute.name) {
            reader.error(
                reader.place_of(element, attribute.name),
                "this attribute is missing; it is mandatory",
            );
        }
    }
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
    let refused = shape.refused.iter().chain(REFUSED);
    let reason = refused.clone().find(|(name, _)| child.is(name));
    let message = reason.map_or_else(
        || {
            let names: Vec<_> = shape.children.iter().map(|c| c.shape.name).collect();
            let tags: Vec<_> = names.iter().map(|name| format!("<{name}>")).collect();
            let tags: Vec<_> = tags.iter().map(String::as_str).collect();
            let has = if names.is_empty() {
                "none".to_owned()
            } else {
                list(&tags, "and")
            };
            let hint = similar::hint(child.name(), &names);
            format!("unknown element; <{}> has {has}{hint}", shape.name)
        },
        |(_, reason)| (*reason).to_owned(),
    );
    reader.error(reader.place(child), message);
}

fn refuse_text(reader: &mut Reader<'_>, element: &Element<'_>) {
    let words = &element.node.text.words;
    if words.trim().is_empty() {
        return;
    }
    let blank = words.len() - words.trim_start().len();
    let message = format!("text has no meaning in <{}>", element.name());
    reader.error(reader.place_in_text(element, words, blank), message);
}

/// Elements that no module of this kind has, wherever they stand.
const REFUSED: &[(&str, &str)] = &[
    (
        "rfs",
        "<rfs> replicates files between the two nodes of a mirror module, which is not supported; \
         remove it",
    ),
    (
        "replicated",
        "<replicated> is for mirror modules, which are not supported; remove it",
    ),
    (
        "heart",
        "<heart> is the heartbeat of mirror modules, which are not supported; a farm names its \
         networks in <farm>",
    ),
    (
        "heartbeat",
        "<heartbeat> is for mirror modules, which are not supported; a farm names its networks in \
         <farm>",
    ),
    (
        "splitbrain",
        "<splitbrain> is for mirror modules, which are not supported; remove it",
    ),
    (
        "real_interface",
        "<real_interface> is for mirror modules, which are not supported; a farm has \
         <virtual_interface>",
    ),
    (
        "vhost",
        "virtual host names are not supported; remove <vhost>",
    ),
    (
        "virtualhostname",
        "virtual host names are not supported; remove <virtualhostname>",
    ),
];
