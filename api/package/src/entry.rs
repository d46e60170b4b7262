//! What the name and the kind of an entry say: which part of the module it is, or why none.

use zip::CompressionMethod;
use zip::read::ZipFileEntry;

use crate::limits::NAME_BYTES_MAX;
use crate::{BIN, MACROS, USERCONFIG};

/// Which part of the module an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The configuration file.
    Userconfig,
    /// The values of macros.
    Macros,
    /// The script of this name.
    Script(String),
    /// A folder; it says nothing by itself.
    Folder,
    /// A file that no module has.
    NotKept,
}

/// The name of an entry, or why it cannot be one; what stands before the reason is the name as it can be
/// shown.
pub(crate) fn name(raw: &[u8]) -> Result<&str, (String, &'static str)> {
    let shown = || {
        let text = String::from_utf8_lossy(raw);
        text.chars().take(NAME_BYTES_MAX).collect::<String>()
    };
    let Ok(name) = str::from_utf8(raw) else {
        return Err((shown(), "the name is not UTF-8"));
    };
    match wrong(name) {
        Some(reason) => Err((shown(), reason)),
        None => Ok(name),
    }
}

fn wrong(name: &str) -> Option<&'static str> {
    let parts = || name.strip_suffix('/').unwrap_or(name).split('/');
    let is_drive = |part: &str| part.as_bytes().get(1) == Some(&b':');
    if name.is_empty() {
        Some("an entry without a name")
    } else if name.len() > NAME_BYTES_MAX {
        Some("the name is longer than 255 bytes")
    } else if name.chars().any(char::is_control) {
        Some("the name has characters that cannot be printed")
    } else if name.contains('\\') {
        Some("the name has a backslash; folders are separated by /")
    } else if name.starts_with('/') || parts().next().is_some_and(is_drive) {
        Some("an absolute path; paths in a package are relative to the module's folder")
    } else if parts().any(|part| part == "..") {
        Some("the path leads out of the module's folder; write it without ..")
    } else if parts().any(|part| part.is_empty() || part == ".") {
        Some("the path has a part that is empty or a dot")
    } else {
        None
    }
}

/// Which part of the module this is, or why it cannot be any.
pub(crate) fn part(name: &str, entry: &ZipFileEntry<'_>) -> Result<Part, String> {
    if let Some(reason) = unreadable(entry) {
        return Err(reason);
    }
    if name.ends_with('/') {
        return Ok(Part::Folder);
    }
    match name {
        USERCONFIG => Ok(Part::Userconfig),
        MACROS => Ok(Part::Macros),
        _ => match name.strip_prefix(BIN) {
            Some(script) if script.contains('/') => {
                Err("a folder in bin/; scripts stand in bin/ itself".to_owned())
            }
            Some(script) => Ok(Part::Script(script.to_owned())),
            None => Ok(Part::NotKept),
        },
    }
}

/// The kind of file in the mode of Unix.
const KIND: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;
const FOLDER: u32 = 0o040_000;

fn unreadable(entry: &ZipFileEntry<'_>) -> Option<String> {
    let kind = entry.unix_mode().map_or(0, |mode| mode & KIND);
    if entry.is_symlink() {
        return Some("a symbolic link; put the file itself into the package".to_owned());
    }
    if ![0, REGULAR, FOLDER].contains(&kind) {
        return Some("neither a file nor a folder".to_owned());
    }
    if entry.encrypted() {
        return Some("it is encrypted; make the package without a password".to_owned());
    }
    let method = entry.compression();
    let known = [CompressionMethod::Stored, CompressionMethod::Deflated];
    (!known.contains(&method)).then(|| {
        format!("it is packed by the method {method}; make the package with deflate, or without compression")
    })
}
