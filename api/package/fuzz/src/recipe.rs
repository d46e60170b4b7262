//! Inputs that are more often zips than chance would have it: sums and lists of entries agree.
//!
//! | first byte | the others |
//! |---|---|
//! | 0 | a zip |
//! | 1 | entries to make a zip of |
//! | 2 | how many bytes to change: place and value of each, then entries as above |
//!
//! An entry is the length of its name, the length of its content, how often the content is repeated, then
//! both. Lengths are a byte, the repetitions two; the lowest bit of them says whether it is deflated.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Bytes of an entry's content at the most, so that one that is too large is made and nothing much larger.
const CONTENT_BYTES_MAX: usize = 1200 * 1024;

/// The zip of an input; `None` where it is none.
pub(crate) fn zip_of(input: &[u8]) -> Option<Vec<u8>> {
    let (kind, rest) = input.split_first()?;
    match kind {
        0 => Some(rest.to_vec()),
        1 => made(rest),
        2 => {
            let (count, rest) = rest.split_first()?;
            let (changes, rest) = rest.split_at_checked(usize::from(*count) * 3)?;
            let mut zip = made(rest)?;
            for change in changes.as_chunks::<3>().0 {
                let at = usize::from(u16::from_be_bytes([change[0], change[1]])) % zip.len();
                zip[at] = change[2];
            }
            Some(zip)
        }
        _ => None,
    }
}

fn made(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut made = 0;
    while let [name, content, high, low, behind @ ..] = rest {
        let (name, behind) = behind.split_at_checked(usize::from(*name))?;
        let (content, behind) = behind.split_at_checked(usize::from(*content))?;
        let times = usize::from(u16::from_be_bytes([*high, *low]));
        let method = match times & 1 {
            0 => CompressionMethod::Stored,
            _ => CompressionMethod::Deflated,
        };
        made += content.len() * times;
        if made > CONTENT_BYTES_MAX {
            return None;
        }
        let options = SimpleFileOptions::default().compression_method(method);
        let name = String::from_utf8_lossy(name);
        zip.start_file(name, options).ok()?;
        zip.write_all(&content.repeat(times)).ok()?;
        rest = behind;
    }
    Some(zip.finish().ok()?.into_inner())
}
