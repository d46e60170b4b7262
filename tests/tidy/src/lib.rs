//! House rules as tests: what rustfmt and clippy do not check.
//!
//! A rule is a function from a [`source::Source`] (or from the whole tree) to findings; a finding
//! names file and line and says how to put it right. `tests/tidy.rs` applies the rules to this
//! repository, the tests beside each rule apply them to a good and a bad example. Nothing here
//! writes a file or runs a program.

use std::fmt;

pub mod comments;
pub mod documents;
pub mod floors;
pub mod headers;
pub mod lengths;
pub mod places;
pub mod source;
pub mod units;

/// A place where a rule is broken, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Path below the root of the repository.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub remedy: String,
}

impl Finding {
    /// A finding at `line` (from 1) of `path`.
    pub fn new(path: &str, line: usize, remedy: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            remedy: remedy.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.remedy)
    }
}
