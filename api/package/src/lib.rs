//! Packages of modules: a `.safe` file is a zip of a module's folder.
//!
//! | entry | what |
//! |---|---|
//! | `conf/userconfig.xml` | the configuration file; the one entry that has to be there |
//! | `conf/macros.json` | values of macros that replace those of the file: an object of texts |
//! | `bin/NAME` | a script or program of the module |
//!
//! Bytes in, texts and problems out, and the way back: no file is touched, and nobody here knows what
//! the texts mean. Whoever sent the bytes is not trusted.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;

mod entry;
pub mod limits;
mod read;
mod write;

pub use read::read;
pub use write::{WriteError, write};

/// The entry of the configuration file.
pub const USERCONFIG: &str = "conf/userconfig.xml";
/// The entry of the macros' values.
pub const MACROS: &str = "conf/macros.json";
/// The folder of the scripts.
pub const BIN: &str = "bin/";

/// What a package has of a module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// The text of `userconfig.xml`.
    pub userconfig: String,
    /// Values of macros, by name.
    pub macros: BTreeMap<String, String>,
    /// The scripts' texts, by the name in `bin/`.
    pub scripts: BTreeMap<String, String>,
}
