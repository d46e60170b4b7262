//! From a tree of elements to text that is read as the same tree.

use crate::config::tree::{Attribute, Node};

/// A file with this root element.
pub(in crate::config) fn write(root: &Node) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE {}>\n",
        root.name
    );
    element(&mut text, root, 0);
    text
}

fn element(text: &mut String, node: &Node, depth: usize) {
    let indent = "  ".repeat(depth);
    text.push_str(&indent);
    text.push('<');
    text.push_str(&node.name);
    for attribute in &node.attributes {
        let Attribute { name, value, .. } = attribute;
        text.push(' ');
        text.push_str(name);
        text.push_str("=\"");
        escape(text, value, true);
        text.push('"');
    }
    if node.children.is_empty() && node.text.words.is_empty() {
        text.push_str("/>\n");
        return;
    }
    text.push('>');
    escape(text, &node.text.words, false);
    if !node.children.is_empty() {
        text.push('\n');
        for child in &node.children {
            element(text, child, depth + 1);
        }
        text.push_str(&indent);
    }
    text.push_str("</");
    text.push_str(&node.name);
    text.push_str(">\n");
}

/// Adds `words` so that a parser finds them unchanged: in an attribute white space other than a
/// blank would become one.
fn escape(text: &mut String, words: &str, is_attribute: bool) {
    for character in words.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' if is_attribute => text.push_str("&quot;"),
            '\t' | '\n' if is_attribute => text.push_str(&format!("&#{};", u32::from(character))),
            '\r' => text.push_str("&#13;"),
            other => text.push(other),
        }
    }
}
