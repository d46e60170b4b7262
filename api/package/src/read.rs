//! Reads a package: all that is wrong with it at once, nothing that is larger than its limits.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{Cursor, Read};

use evenkeel_core::config::problem::{Problem, Severity};
use zip::ZipArchive;

use crate::entry::{self, Part};
use crate::limits::{
    ENTRIES_MAX, PACKED_BYTES_MAX, RATIO_FREE_BYTES, RATIO_MAX, UNPACKED_BYTES_MAX,
};
use crate::{MACROS, Package, USERCONFIG};

/// Reads a package. What it has of the module is whole unless one of the problems is an error.
///
/// The path of a problem is the name of an entry; empty for the package as a whole. Line and column are 0
/// but for text in an entry that cannot be read. A warning names what is not kept. That the texts make a
/// module, and which names a script can have, is for others to say.
pub fn read(bytes: &[u8]) -> (Package, Vec<Problem>) {
    let mut reader = Reader {
        package: Package::default(),
        problems: Vec::new(),
        room: UNPACKED_BYTES_MAX,
    };
    if let Err(message) = reader.archive(bytes) {
        reader.error("", message);
    }
    (reader.package, reader.problems)
}

struct Reader {
    package: Package,
    problems: Vec<Problem>,
    /// Bytes that can still be unpacked.
    room: usize,
}

/// A zip in memory.
type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// What is where: name, part of the module, number in the archive.
type Parts = BTreeMap<String, (Part, usize)>;

impl Reader {
    /// Reads the whole archive; the reason where it is none, or one that nobody should unpack.
    fn archive(&mut self, bytes: &[u8]) -> Result<(), String> {
        if bytes.len() > PACKED_BYTES_MAX {
            let length = bytes.len();
            return Err(format!(
                "the package has {length} bytes; {PACKED_BYTES_MAX} are the most"
            ));
        }
        let no_zip = |error| format!("the package is no zip that can be read: {error}");
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(no_zip)?;
        let parts = self.parts(&archive)?;
        if archive.has_duplicate_names() {
            self.name_duplicates(bytes, archive.central_directory_start());
        } else {
            // Both lists of entries in it say the same, and no bytes belong to two: what one program
            // shows of a package is what the next one unpacks.
            archive.validate_header_consistency().map_err(no_zip)?;
        }
        for (name, (part, number)) in parts {
            match part {
                Part::Folder => {}
                Part::NotKept => self.problem(Severity::Warning, &name, NOT_KEPT),
                Part::Userconfig | Part::Macros | Part::Script(_) => {
                    match self.text(&mut archive, number) {
                        Ok(text) => self.take(part, text),
                        Err(message) => self.error(&name, message),
                    }
                }
            }
        }
        Ok(())
    }

    /// The entries by name; those that can be no part of a module are complained about.
    fn parts(&mut self, archive: &Archive<'_>) -> Result<Parts, String> {
        let count = archive.len();
        if count > ENTRIES_MAX {
            return Err(format!(
                "the package has {count} entries; {ENTRIES_MAX} are the most"
            ));
        }
        let mut parts = Parts::new();
        for number in 0..count {
            let entry = archive.by_index_data(number);
            let entry = entry.map_err(|error| format!("entry {number}: {error}"))?;
            let (place, told) = match entry::name(entry.name_raw()) {
                Ok(name) => (
                    name.trim_end_matches('/').to_owned(),
                    entry::part(name, &entry),
                ),
                Err((shown, reason)) => (shown, Err(reason.to_owned())),
            };
            match told {
                // A folder and a file of one name are the same place.
                Ok(_) if parts.contains_key(&place) => self.error(&place, TWICE),
                Ok(part) => drop(parts.insert(place, (part, number))),
                Err(reason) => self.error(&place, reason),
            }
        }
        if !parts.contains_key(USERCONFIG) && !self.has_problem(USERCONFIG) {
            let below = |name: &&String| name.ends_with(&format!("/{USERCONFIG}"));
            let message = match parts.keys().find(below) {
                Some(name) => format!(
                    "missing; there is {name}: pack what is in the module's folder, not the folder"
                ),
                None => "missing; a package has the module's configuration file there".to_owned(),
            };
            self.error(USERCONFIG, message);
        }
        Ok(parts)
    }

    /// Complains about each name that stands twice in the list of entries, which begins at `start`: the
    /// archive itself keeps one entry of each name.
    fn name_duplicates(&mut self, bytes: &[u8], start: u64) {
        let mut at = usize::try_from(start).unwrap_or(usize::MAX);
        let mut seen = BTreeMap::new();
        while let Some(header) = bytes
            .get(at..)
            .and_then(|rest| rest.first_chunk::<HEADER>())
            && header.starts_with(HEADER_MARK)
        {
            let length = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
            let behind = at + HEADER;
            let name = bytes.get(behind..behind + length(28)).unwrap_or_default();
            let count = seen.entry(name).or_insert(0);
            *count += 1;
            if *count == 2 {
                self.error(&String::from_utf8_lossy(name), TWICE);
            }
            at = behind + length(28) + length(30) + length(32);
        }
        if self.problems.is_empty() {
            self.error("", TWICE);
        }
    }

    /// The text of an entry, or why it has none.
    fn text(&mut self, archive: &mut Archive<'_>, number: usize) -> Result<String, String> {
        let unreadable = |error: &dyn Display| format!("it cannot be unpacked: {error}");
        let file = archive.by_index(number);
        let file = file.map_err(|error| unreadable(&error))?;
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        let by_ratio = packed.saturating_mul(RATIO_MAX).max(RATIO_FREE_BYTES);
        let most = by_ratio.min(self.room);
        // One byte more tells an entry that ends there from one that goes on.
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let mut content = Vec::new();
        let read = file.take(limit).read_to_end(&mut content);
        if content.len() > most {
            return Err(match by_ratio <= self.room {
                true => format!("unpacked it is more than {RATIO_MAX} times as large as packed"),
                false => {
                    format!(
                        "with it the package is larger than {UNPACKED_BYTES_MAX} bytes, unpacked"
                    )
                }
            });
        }
        self.room -= content.len();
        read.map_err(|error| unreadable(&error))?;
        String::from_utf8(content).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            format!("it is not text in UTF-8, from byte {at} on")
        })
    }

    fn take(&mut self, part: Part, text: String) {
        match part {
            Part::Userconfig => self.package.userconfig = text,
            Part::Script(script) => drop(self.package.scripts.insert(script, text)),
            Part::Macros => match serde_json::from_str(&text) {
                Ok(macros) => self.package.macros = macros,
                Err(error) => {
                    let message = format!("no JSON object of texts: {error}");
                    self.error(MACROS, message);
                    if let Some(problem) = self.problems.last_mut() {
                        problem.line = u32::try_from(error.line()).unwrap_or(0);
                        problem.column = u32::try_from(error.column()).unwrap_or(0);
                    }
                }
            },
            Part::Folder | Part::NotKept => {}
        }
    }

    fn has_problem(&self, path: &str) -> bool {
        self.problems.iter().any(|problem| problem.path == path)
    }

    fn error(&mut self, path: &str, message: impl Into<String>) {
        self.problem(Severity::Error, path, message);
    }

    fn problem(&mut self, severity: Severity, path: &str, message: impl Into<String>) {
        self.problems.push(Problem {
            severity,
            line: 0,
            column: 0,
            path: path.to_owned(),
            message: message.into(),
        });
    }
}

const NOT_KEPT: &str = "not kept: of a package a module has conf/userconfig.xml, conf/macros.json and \
                        the files in bin/";
const TWICE: &str = "two entries of this name";

/// Bytes of an entry's header in the list of entries, without its name and what follows, and how it begins.
const HEADER: usize = 46;
const HEADER_MARK: &[u8] = b"PK\x01\x02";
