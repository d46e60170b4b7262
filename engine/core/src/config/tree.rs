//! A configuration as elements with attributes, in whichever notation it was written: what XML and
//! JSON have in common. It knows no element's meaning.

/// An element.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    pub(super) name: String,
    /// Whether it is of an XML namespace, where no element has a meaning.
    pub(super) is_foreign: bool,
    /// Its number, from 1, among the elements of its name in the same parent, if there are several.
    pub(super) number: Option<u32>,
    /// Where it starts: a byte of an XML file, the number of a JSON value.
    pub(super) at: usize,
    pub(super) attributes: Vec<Attribute>,
    pub(super) children: Vec<Self>,
    pub(super) text: Text,
}

/// An attribute.
#[derive(Clone, Debug, Default)]
pub(super) struct Attribute {
    pub(super) name: String,
    /// Whether it is of an XML namespace, where no attribute has a meaning.
    pub(super) is_foreign: bool,
    pub(super) value: String,
    /// Where its name starts.
    pub(super) name_at: usize,
    /// Where its value starts.
    pub(super) value_at: usize,
    /// Whether the value stands in the file as it is, so that its bytes can be counted there.
    pub(super) is_verbatim: bool,
    /// Whether it was complained about, so that nobody need look at the value.
    pub(super) is_refused: bool,
}

/// The text between an element's tags, without comments.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) words: String,
    /// Pieces of `words`, each of which stands in the file as it is: at which byte of `words` it
    /// starts, and at which one of the file. In ascending order.
    pub(super) pieces: Vec<(usize, usize)>,
}

impl Text {
    /// Where a byte of the text stands in the file; `None` where that is not known.
    pub(super) fn at(&self, byte: usize) -> Option<usize> {
        let piece = self.pieces.iter().rev().find(|(start, _)| *start <= byte);
        piece.map(|(start, at)| at + (byte - start))
    }
}

impl Node {
    /// An element that is to be written.
    pub(super) fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// The same with this attribute.
    pub(super) fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push(Attribute {
            name: name.to_owned(),
            value: value.into(),
            ..Attribute::default()
        });
        self
    }

    /// The same with this attribute if there is a value.
    pub(super) fn with_some(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same with these elements in it.
    pub(super) fn with_all(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        let is_meant = |found: &&Attribute| found.name == name && !found.is_foreign;
        self.attributes.iter().find(is_meant)
    }

    /// Numbers those of its children that have the same name.
    pub(super) fn number_children(&mut self) {
        let mut counts = std::collections::BTreeMap::<String, u32>::new();
        for child in &mut self.children {
            let count = counts.entry(child.name.clone()).or_default();
            *count += 1;
            child.number = Some(*count);
        }
        for child in &mut self.children {
            if counts.get(&child.name) == Some(&1) {
                child.number = None;
            }
        }
    }
}
