//! XML: from text to a tree of elements, and back.

pub(super) mod parse;
pub(super) mod write;
