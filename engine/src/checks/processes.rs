//! The machine's processes, counted from `/proc`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use regex::bytes::Regex;

use super::posix;
use crate::limits;
use evenkeel_core::config::model::Proc;

/// Which processes are counted.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    comm: Comm,
    command_line: Option<Regex>,
}

#[derive(Clone, Debug)]
enum Comm {
    Is(String),
    Matches(Regex),
}

impl Pattern {
    /// Those that a `<proc>` names.
    ///
    /// # Errors
    ///
    /// With a sentence, when an expression cannot be used.
    pub(super) fn new(proc: &Proc) -> Result<Self, String> {
        let comm = match &proc.nameregex {
            Some(text) => Comm::Matches(posix::compile(text)?),
            None => Comm::Is(proc.name.clone()),
        };
        let command_line = proc.argregex.as_deref().map(posix::compile).transpose()?;
        Ok(Self { comm, command_line })
    }

    fn has(&self, process: &Process, folder: &Path) -> bool {
        let is_named = match &self.comm {
            Comm::Is(name) => name.as_bytes() == process.comm,
            Comm::Matches(regex) => regex.is_match(process.comm),
        };
        is_named
            && self.command_line.as_ref().is_none_or(|regex| {
                let line = command_line(folder);
                line.is_ok_and(|line| regex.is_match(&line))
            })
    }
}

/// How many processes of each pattern there are; of all that this program sees but itself. Blocks for
/// as long as the kernel takes.
///
/// # Errors
///
/// When there is no `/proc`.
pub(super) fn count(patterns: &[Pattern]) -> io::Result<Vec<u32>> {
    let mut counts = vec![0; patterns.len()];
    let own = std::process::id();
    for entry in fs::read_dir("/proc")? {
        let entry = entry?;
        let id: Option<u32> = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse().ok());
        if id.is_none_or(|id| id == own) {
            continue;
        }
        let folder = entry.path();
        // One that ends meanwhile is none.
        let Ok(stat) = fs::read(folder.join("stat")) else {
            continue;
        };
        let Some(process) = Process::parse(&stat).filter(|process| process.is_alive()) else {
            continue;
        };
        for (count, pattern) in counts.iter_mut().zip(patterns) {
            *count += u32::from(pattern.has(&process, &folder));
        }
    }
    Ok(counts)
}

/// What `/proc/<pid>/stat` says of a process.
#[derive(Debug, PartialEq, Eq)]
struct Process<'a> {
    /// At most 15 bytes.
    comm: &'a [u8],
    state: u8,
}

impl<'a> Process<'a> {
    /// `pid (comm) state …`, where the name may have parentheses and blanks too.
    fn parse(stat: &'a [u8]) -> Option<Self> {
        let start = stat.iter().position(|byte| *byte == b'(')? + 1;
        let end = stat.iter().rposition(|byte| *byte == b')')?;
        let comm = stat.get(start..end)?;
        let state = *stat.get(end + 2)?;
        Some(Self { comm, state })
    }

    /// It has not ended: neither a zombie nor dead.
    const fn is_alive(&self) -> bool {
        !matches!(self.state, b'Z' | b'X')
    }
}

/// Program and arguments with blanks between them.
fn command_line(folder: &Path) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    let file = File::open(folder.join("cmdline"))?;
    file.take(limits::COMMAND_LINE_BYTES)
        .read_to_end(&mut line)?;
    line.pop_if(|byte| *byte == 0);
    for byte in &mut line {
        if *byte == 0 {
            *byte = b' ';
        }
    }
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_have_anything_in_it() {
        for (stat, comm, state) in [
            ("17 (nginx) S 1 17", "nginx", b'S'),
            ("17 (a) (b) R 1", "a) (b", b'R'),
            ("17 ((sd-pam)) Z 1", "(sd-pam)", b'Z'),
        ] {
            let comm = comm.as_bytes();
            assert_eq!(
                Process::parse(stat.as_bytes()),
                Some(Process { comm, state })
            );
        }
        for stat in ["", "17", "17 (nginx", "17 )nginx(", "17 (nginx)"] {
            assert_eq!(Process::parse(stat.as_bytes()), None, "{stat}");
        }
    }
}
