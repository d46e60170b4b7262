//! Where the output of a script goes: a file per execution, with a bound on each and on their number.
//!
//! The script writes to the file itself, so nothing is lost when the daemon dies. The bound is kept
//! from outside: a file that has outgrown it keeps its last half.

use std::convert::Infallible;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::limits;

/// The output of one execution.
#[derive(Debug)]
pub enum Output {
    /// Kept in a file.
    File(OutputFile),
    /// Thrown away.
    Null,
}

impl Output {
    /// One end for the script's process.
    ///
    /// # Errors
    ///
    /// When the process has too many files open.
    pub fn stdio(&self) -> io::Result<Stdio> {
        match self {
            Self::File(output) => Ok(output.file.try_clone()?.into()),
            Self::Null => Ok(Stdio::null()),
        }
    }

    /// Keeps the file below `size` bytes, for as long as it is awaited; it never ends.
    pub async fn keep_below(&self, size: u64) -> Infallible {
        loop {
            tokio::time::sleep(limits::SCRIPT_LOG_CHECK).await;
            self.cut(size);
        }
    }

    /// Cuts the file where it has more than `size` bytes.
    pub fn cut(&self, size: u64) {
        let Self::File(output) = self else { return };
        if let Err(error) = output.cut(size) {
            tracing::warn!(path = %output.path.display(), %error, "a script's output was not cut");
        }
    }
}

/// The file of one execution: `userlog_<date>T<time>_<script>.ulog`, in UTC.
#[derive(Debug)]
pub struct OutputFile {
    path: PathBuf,
    file: File,
}

impl OutputFile {
    /// Makes the file for an execution of `script` in `folder`, and removes the oldest ones.
    ///
    /// # Errors
    ///
    /// When the folder cannot be written.
    pub fn create(folder: &Path, script: &str) -> io::Result<Self> {
        remove_oldest(folder)?;
        let since_epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        let stamp = stamp(since_epoch.as_secs());
        // Both calls of a stop script may fall into one second.
        for again in 0..limits::SCRIPT_LOGS {
            let suffix = if again == 0 {
                String::new()
            } else {
                format!("-{again}")
            };
            let path = folder.join(format!("userlog_{stamp}_{script}{suffix}.ulog"));
            match OpenOptions::new()
                .read(true)
                .append(true)
                .create_new(true)
                .open(&path)
            {
                Ok(file) => return Ok(Self { path, file }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// What is written while this runs is lost: the script holds the file, not this program.
    fn cut(&self, size: u64) -> io::Result<()> {
        let length = self.file.metadata()?.len();
        if length <= size {
            return Ok(());
        }
        let keep = size / 2;
        let mut reader = File::open(&self.path)?;
        reader.seek(SeekFrom::Start(length - keep))?;
        let mut tail = Vec::new();
        reader.take(keep).read_to_end(&mut tail)?;
        self.file.set_len(0)?;
        let mut file = &self.file;
        writeln!(
            file,
            "[{} bytes of earlier output were dropped]",
            length - keep
        )?;
        file.write_all(&tail)
    }
}

fn remove_oldest(folder: &Path) -> io::Result<()> {
    let mut outputs = Vec::new();
    for entry in folder.read_dir()? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("userlog_") && name.ends_with(".ulog") {
            outputs.push(name);
        }
    }
    // The names sort by time.
    outputs.sort();
    let excess = (outputs.len() + 1).saturating_sub(limits::SCRIPT_LOGS);
    for name in outputs.iter().take(excess) {
        std::fs::remove_file(folder.join(name))?;
    }
    Ok(())
}

/// `<date>T<time>` of a number of seconds since 1970, in UTC: `2026-02-28T235959`.
fn stamp(seconds: u64) -> String {
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    let (hours, minutes) = (second / 3600, second / 60 % 60);
    format!(
        "{year:04}-{month:02}-{day:02}T{hours:02}{minutes:02}{:02}",
        second % 60
    )
}

/// The Gregorian date of a number of days since 1970. Counts years from March, so that the leap
/// day is a year's last.
const fn civil(days: u64) -> (u64, u64, u64) {
    const DAYS_TO_1970: u64 = 719_468;
    const DAYS_IN_400_YEARS: u64 = 146_097;
    let days = days + DAYS_TO_1970;
    let (era, day_of_era) = (days / DAYS_IN_400_YEARS, days % DAYS_IN_400_YEARS);
    let leap_days = day_of_era / 1460 + day_of_era / (DAYS_IN_400_YEARS - 1);
    let year_of_era = (day_of_era + day_of_era / 36_524 - leap_days) / 365;
    let first_of_year = 365 * year_of_era + year_of_era / 4 - year_of_era / 100;
    let day_of_year = day_of_era - first_of_year;
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = era * 400 + year_of_era;
    (if month <= 2 { year + 1 } else { year }, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_are_dates() {
        let cases = [
            (0, "1970-01-01T000000"),
            (951_782_399, "2000-02-28T235959"),
            (951_782_400, "2000-02-29T000000"),
            (951_868_800, "2000-03-01T000000"),
            (1_767_225_599, "2025-12-31T235959"),
            (1_796_592_365, "2026-12-06T212605"),
            (4_107_542_400, "2100-03-01T000000"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(stamp(seconds), expected);
        }
    }

    #[test]
    fn an_outgrown_file_keeps_its_end() {
        let dir = tempfile::tempdir().unwrap();
        let output = OutputFile::create(dir.path(), "prestart").unwrap();
        (&output.file).write_all(&[b'a'; 500]).unwrap();
        (&output.file).write_all(b"the end\n").unwrap();
        output.cut(508).unwrap();
        assert_eq!(output.file.metadata().unwrap().len(), 508, "just full");
        output.cut(100).unwrap();
        let text = std::fs::read_to_string(&output.path).unwrap();
        assert!(
            text.starts_with("[458 bytes of earlier output were dropped]\naaa"),
            "{text}"
        );
        assert!(text.ends_with("aaathe end\n"), "{text}");
        assert!(text.len() <= 100);
    }

    #[test]
    fn the_oldest_files_go() {
        let dir = tempfile::tempdir().unwrap();
        let old = |n: usize| {
            dir.path()
                .join(format!("userlog_2020-01-01T{n:06}_prestart.ulog"))
        };
        for n in 0..limits::SCRIPT_LOGS {
            std::fs::write(old(n), "").unwrap();
        }
        let first = OutputFile::create(dir.path(), "stop_both").unwrap();
        let second = OutputFile::create(dir.path(), "stop_both").unwrap();
        assert_ne!(first.path, second.path);
        assert_eq!(dir.path().read_dir().unwrap().count(), limits::SCRIPT_LOGS);
        assert!(!old(1).exists() && old(2).exists());
    }
}
