//! Writes a package: the same module gives the same bytes, whoever asks when.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use crate::limits::{RATIO_FREE_BYTES, RATIO_MAX};
use crate::{BIN, MACROS, Package, USERCONFIG};

/// Why a package cannot be written: a name or text that no zip can have.
#[derive(Debug)]
pub struct WriteError(zip::result::ZipError);

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the package cannot be written")
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// Mode of a text, and of a script.
const TEXT: u32 = 0o644;
const SCRIPT: u32 = 0o755;

/// The bytes of a package.
///
/// # Errors
///
/// When a script has a name that no entry of a zip can have.
pub fn write(package: &Package) -> Result<Vec<u8>, WriteError> {
    bytes_of(package).map_err(WriteError)
}

fn bytes_of(package: &Package) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, mode: u32, text: &str| {
        zip.start_file(name, options(mode, text))?;
        zip.write_all(text.as_bytes())
            .map_err(zip::result::ZipError::Io)
    };
    add(USERCONFIG, TEXT, &package.userconfig)?;
    if !package.macros.is_empty() {
        let macros = serde_json::to_string_pretty(&package.macros);
        let macros = macros.map_err(|error| zip::result::ZipError::Io(error.into()))?;
        add(MACROS, TEXT, &format!("{macros}\n"))?;
    }
    for (name, text) in &package.scripts {
        add(&format!("{BIN}{name}"), SCRIPT, text)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Without the time and the system of whoever writes. What repeats itself so much that a reader would
/// take it for a bomb is stored as it is.
fn options(mode: u32, text: &str) -> SimpleFileOptions {
    let method = match text.len() > RATIO_FREE_BYTES && deflated(text) * RATIO_MAX < text.len() {
        true => CompressionMethod::Stored,
        false => CompressionMethod::Deflated,
    };
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .system(System::Unix)
        .unix_permissions(mode)
}

/// Bytes of the text when it is deflated.
fn deflated(text: &str) -> usize {
    let mut deflater =
        flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    // Writing to memory does not fail; if it did, the text would be stored.
    let written = deflater.write_all(text.as_bytes());
    written
        .and_then(|()| deflater.finish())
        .map_or(0, |bytes| bytes.len())
}
