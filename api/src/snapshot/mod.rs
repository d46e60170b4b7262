//! A snapshot: what this node knows of a module, in one file for whoever is to find a fault.
//!
//! | entry | what |
//! |---|---|
//! | `about.json` | when, where, by which version, what is left out |
//! | `node.json`, `module.json`, `resources.json`, `metrics.txt` | as the API shows them |
//! | `cluster.xml`, `conf/userconfig.xml`, `conf/macros.json` | the configuration |
//! | `bin/` | the scripts; not in an anonymous one |
//! | `log.txt` | the module's log |
//! | `script-logs/` | the ends of the newest outputs; not in an anonymous one |
//!
//! Values of macros whose names speak of a secret are masked wherever they stand. Keys, passwords and tokens
//! of the cluster are in no file that goes in.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub mod collect;
pub mod replace;

/// The entries of a snapshot: name and text.
pub type Entries = BTreeMap<String, String>;

/// Packs entries into a zip.
///
/// # Errors
///
/// When an entry has a name that no zip can have.
pub fn pack(entries: &Entries) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().unix_permissions(0o600);
    for (name, text) in entries {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
