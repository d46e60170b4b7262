//! What a capture read: the frames, and where it was asked for their bytes, to be kept as a file in
//! the format that every packet analyser reads.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use super::frame::Frame;

/// Magic number of a capture file with nanoseconds, in the machine's byte order.
const MAGIC: u32 = 0xa1b2_3c4d;

/// Version of the file format.
const VERSION: [u16; 2] = [2, 4];

/// Link type: Ethernet.
const ETHERNET: u32 = 1;

/// Longest frame in the file, in bytes.
const SNAP_BYTES: u32 = 65_535;

/// Frames in the order in which they came.
#[derive(Debug)]
pub struct Recording {
    /// The frames, parsed.
    pub frames: Vec<Frame>,
    /// The first bytes of each, where they are kept.
    bytes: Option<Vec<Box<[u8]>>>,
    /// One moment on both clocks.
    began: (Instant, SystemTime),
}

impl Recording {
    pub(super) fn without_bytes() -> Self {
        Self {
            frames: Vec::new(),
            bytes: None,
            began: (Instant::now(), SystemTime::now()),
        }
    }

    pub(super) fn with_bytes() -> Self {
        Self {
            bytes: Some(Vec::new()),
            ..Self::without_bytes()
        }
    }

    pub(super) fn push(&mut self, frame: Frame, seen: &[u8]) {
        self.frames.push(frame);
        if let Some(bytes) = &mut self.bytes {
            bytes.push(seen.into());
        }
    }

    /// Writes the frames as a capture file (pcap). Without kept bytes it is an empty one.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn write_pcap(&self, path: &Path) -> Result<()> {
        let write = || -> io::Result<()> {
            let mut file = BufWriter::new(File::create(path)?);
            write_head(&mut file)?;
            for (frame, bytes) in self.frames.iter().zip(self.bytes.iter().flatten()) {
                self.write_frame(&mut file, frame, bytes)?;
            }
            file.flush()
        };
        write().with_context(|| format!("writing {}", path.display()))
    }

    fn write_frame(&self, file: &mut impl Write, frame: &Frame, bytes: &[u8]) -> io::Result<()> {
        let (instant, time) = self.began;
        let at = time + frame.at.saturating_duration_since(instant);
        let at = at.duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
        let seconds = u32::try_from(at.as_secs()).map_err(io::Error::other)?;
        let kept = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        for field in [seconds, at.subsec_nanos(), kept, frame.length.max(kept)] {
            file.write_all(&field.to_ne_bytes())?;
        }
        file.write_all(bytes)
    }
}

fn write_head(file: &mut impl Write) -> io::Result<()> {
    file.write_all(&MAGIC.to_ne_bytes())?;
    for number in VERSION {
        file.write_all(&number.to_ne_bytes())?;
    }
    // Time zone and accuracy, which nobody fills in, then the longest frame and what frames are.
    for field in [0, 0, SNAP_BYTES, ETHERNET] {
        file.write_all(&field.to_ne_bytes())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_head_and_each_frame_with_its_length() {
        let mut recording = Recording::with_bytes();
        let frame = Frame::parse(Instant::now(), 1, &[7; 60]);
        recording.push(frame, &[7; 60]);
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("frames.pcap");
        recording.write_pcap(&path).expect("a file");
        let written = std::fs::read(&path).expect("a file");
        assert_eq!(written.len(), 24 + 16 + 60);
        assert_eq!(written[32..40], [60_u32.to_ne_bytes(); 2].concat());
    }

    #[test]
    fn bytes_are_kept_only_where_asked_for() {
        let mut recording = Recording::without_bytes();
        recording.push(Frame::parse(Instant::now(), 1, &[7; 60]), &[7; 60]);
        assert_eq!(
            (recording.frames.len(), recording.bytes.is_none()),
            (1, true)
        );
    }
}
