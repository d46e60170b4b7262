//! From JSON to a tree of elements, and back, along the tables of what stands where. What a value
//! means is not looked at here.

use std::collections::BTreeSet;

use super::json::Json;
use super::limits::{TEXT_BYTES_MAX, XML_NODES_MAX};
use super::read::reader::{Place, Reader, child_path};
use super::read::schema::{Kind, Shape};
use super::tree::{Attribute, Node, Text};

/// The element that a JSON document describes. What cannot be one is reported; unknown names stay in
/// the tree, where they are found like those of a file.
pub(super) fn to_tree(reader: &mut Reader<'_>, json: &Json, shape: &Shape) -> Node {
    let mut walk = Walk {
        reader,
        root: shape.name,
        values: 0,
        bytes: 0,
        is_too_large: false,
    };
    walk.element(json, shape, Node::new(shape.name), "")
}

struct Walk<'r, 't> {
    reader: &'r mut Reader<'t>,
    root: &'static str,
    /// How many values were met: the number of the present one is its place.
    values: usize,
    bytes: usize,
    is_too_large: bool,
}

impl Walk<'_, '_> {
    /// Fills an element from the fields of an object; `path` is the element's.
    fn element(&mut self, json: &Json, shape: &Shape, mut node: Node, path: &str) -> Node {
        self.values += 1;
        node.at = self.values;
        let Json::Object(fields) = json else {
            let message = format!("<{}> is an object, not {}", shape.name, json.words());
            self.error(path, message);
            return node;
        };
        let mut seen = BTreeSet::new();
        for (name, value) in fields {
            if self.is_large(name, path) {
                break;
            }
            if name.is_empty() {
                self.error(path, "a field here has no name; name it or remove it");
                continue;
            }
            if !seen.insert(name) {
                self.error(&format!("{path}@{name}"), "this field stands here twice");
                continue;
            }
            self.field(name, value, shape, &mut node, path);
        }
        node
    }

    fn field(&mut self, name: &str, value: &Json, shape: &Shape, node: &mut Node, path: &str) {
        let known = shape.attributes.iter().find(|known| known.name == name);
        let child = shape.children.iter().find(|known| known.shape.name == name);
        let is_scalar = !matches!(value, Json::List(_) | Json::Object(_));
        match (value, known, child) {
            (Json::Null, ..) => {}
            (_, Some(known), _) if is_scalar || child.is_none() => {
                self.values += 1;
                let text = self.scalar(value, known.kind, &format!("{path}@{name}"));
                self.attribute(node, name, text);
            }
            (value, _, Some(child)) => {
                self.children(value, child.shape, child.most, node, path);
            }
            (Json::Text(words), ..) if shape.text == Some(name) => {
                self.values += 1;
                self.check_characters(words, path);
                node.text = Text {
                    words: words.clone(),
                    pieces: Vec::new(),
                };
            }
            (value, ..) if shape.text == Some(name) => {
                let message = format!("{name} is a text, not {}", value.words());
                self.error(&format!("{path}@{name}"), message);
            }
            (_, None, None) if is_scalar => {
                self.values += 1;
                self.attribute(node, name, None);
            }
            (_, _, None) => {
                self.values += 1;
                let at = self.values;
                node.children.push(Node {
                    at,
                    ..Node::new(name)
                });
            }
        }
    }

    /// Adds an attribute; `None` for one whose value is not to be looked at.
    fn attribute(&self, node: &mut Node, name: &str, value: Option<String>) {
        node.attributes.push(Attribute {
            name: name.to_owned(),
            is_refused: value.is_none(),
            value: value.unwrap_or_default(),
            name_at: self.values,
            value_at: self.values,
            ..Attribute::default()
        });
    }

    /// Adds the child elements of one name: a list where there can be several.
    fn children(&mut self, value: &Json, shape: &Shape, most: usize, node: &mut Node, path: &str) {
        let child = Node::new(shape.name);
        if most == 1 {
            let path = child_path(path, &child);
            let child = self.element(value, shape, child, &path);
            return node.children.push(child);
        }
        let Json::List(values) = value else {
            let message = format!(
                "<{}> is a list of objects, not {}",
                shape.name,
                value.words()
            );
            return self.error(&child_path(path, &child), message);
        };
        for (value, number) in values.iter().zip(1..) {
            let mut child = child.clone();
            child.number = (values.len() > 1).then_some(number);
            let path = child_path(path, &child);
            let child = self.element(value, shape, child, &path);
            node.children.push(child);
        }
    }

    /// A value as the text of an attribute.
    fn scalar(&mut self, value: &Json, kind: Kind, path: &str) -> Option<String> {
        let wanted = match (kind, value) {
            (Kind::Integer | Kind::Ranges | Kind::Time(_), Json::Integer(number)) => {
                return Some(number.to_string());
            }
            (Kind::OnOff, Json::Bool(is_on)) => {
                return Some(if *is_on { "on" } else { "off" }.to_owned());
            }
            (Kind::YesNo, Json::Bool(is_yes)) => {
                return Some(if *is_yes { "yes" } else { "no" }.to_owned());
            }
            (_, Json::Text(text)) => {
                return self.check_characters(text, path).then(|| text.clone());
            }
            (Kind::Text | Kind::Word, _) => "a text",
            (Kind::Integer, _) => "a whole number",
            (Kind::Ranges, _) => "a number, or a text with numbers and ranges",
            (Kind::OnOff | Kind::YesNo, _) => "true or false",
            (Kind::Time(_), _) => "a whole number, or a text with number and unit",
        };
        self.error(path, format!("this is {}; write {wanted}", value.words()));
        None
    }

    /// Whether a text has only characters that XML can have, too.
    fn check_characters(&mut self, text: &str, path: &str) -> bool {
        self.bytes += text.len();
        let is_foreign = |c: &char| {
            (c.is_ascii_control() && !['\t', '\n', '\r', '\u{7f}'].contains(c))
                || ['\u{fffe}', '\u{ffff}'].contains(c)
        };
        let found = text.chars().find(is_foreign);
        if let Some(found) = found {
            let number = u32::from(found);
            let message = format!("the character U+{number:04X} is not possible here; remove it");
            self.error(path, message);
        }
        found.is_none()
    }

    /// Whether the document is larger than a file could be, which is reported once.
    fn is_large(&mut self, name: &str, path: &str) -> bool {
        self.bytes += name.len();
        let values_max = usize::try_from(XML_NODES_MAX).unwrap_or(usize::MAX);
        if self.bytes <= TEXT_BYTES_MAX && self.values <= values_max {
            return false;
        }
        if !self.is_too_large {
            self.is_too_large = true;
            let limit = TEXT_BYTES_MAX / 1024;
            let message = format!(
                "the configuration is too large: it has more than {limit} KiB or {XML_NODES_MAX} \
                 values"
            );
            self.error(path, message);
        }
        true
    }

    fn error(&mut self, path: &str, message: impl Into<String>) {
        let place = Place {
            at: self.values,
            path: match path.as_bytes() {
                // The root element's name is not part of the paths of its children.
                [] | [b'@', ..] => format!("{}{path}", self.root),
                _ => path.to_owned(),
            },
        };
        self.reader.error(place, message);
    }
}

/// The JSON document of an element that is as its shape says.
pub(super) fn to_json(node: &Node, shape: &Shape) -> Json {
    let mut fields: Vec<(String, Json)> = Vec::new();
    for known in shape.attributes {
        // A name is one field: `<service failover>` is for mirror modules, its `<failover>` is not.
        let is_child = node.children.iter().any(|child| child.name == known.name);
        if let Some(found) = node.attribute(known.name).filter(|_| !is_child) {
            fields.push((known.name.to_owned(), value(&found.value, known.kind)));
        }
    }
    for known in shape.children {
        let is_one = |child: &&Node| child.name == known.shape.name && !child.is_foreign;
        let found = node.children.iter().filter(is_one);
        let mut found: Vec<Json> = found.map(|child| to_json(child, known.shape)).collect();
        let name = known.shape.name.to_owned();
        if known.most > 1 && !found.is_empty() {
            fields.push((name, Json::List(found)));
        } else if let Some(one) = found.pop() {
            fields.push((name, one));
        }
    }
    if let Some(name) = shape.text
        && !node.text.words.trim().is_empty()
    {
        fields.push((name.to_owned(), Json::Text(node.text.words.clone())));
    }
    Json::Object(fields)
}

/// A value as JSON writes it; as it stands where macros are in it.
fn value(text: &str, kind: Kind) -> Json {
    let trimmed = text.trim();
    let read = match (kind, trimmed) {
        (Kind::Integer | Kind::Ranges | Kind::Time(_), digits) => {
            digits.parse().ok().map(Json::Integer)
        }
        (Kind::OnOff, "on") | (Kind::YesNo, "yes") => Some(Json::Bool(true)),
        (Kind::OnOff, "off") | (Kind::YesNo, "no") => Some(Json::Bool(false)),
        (Kind::Text | Kind::Word | Kind::OnOff | Kind::YesNo, _) => None,
    };
    // A number that is written in another way, as 007, stays as it is.
    let is_same = |json: &Json| {
        let Json::Integer(number) = json else {
            return true;
        };
        number.to_string() == trimmed
    };
    read.filter(is_same)
        .unwrap_or_else(|| Json::Text(text.to_owned()))
}
