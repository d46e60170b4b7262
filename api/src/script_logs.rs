//! What a module's scripts wrote on this node: a file per execution, `var/userlog_<time>_<script>.ulog`
//! in the module's folder. The engine makes and bounds the files; here they are only read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use evenkeel_core::ids::ModuleName;
use time::PrimitiveDateTime;
use time::macros::format_description;

use crate::scripts;
use crate::timestamp;
use crate::views::script_log::ScriptLog;

const BEGIN: &str = "userlog_";
const END: &str = ".ulog";

/// Characters of the time in a name, as in `2026-11-23T020000`.
const STAMP_LEN: usize = 17;

/// A name taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Name<'n> {
    /// When the execution began.
    at: PrimitiveDateTime,
    /// The script, with a number behind it where it ran more than once in that second.
    script: &'n str,
}

/// `None` for what is no name of an output. No other name reaches the file system.
fn read_name(name: &str) -> Option<Name<'_>> {
    let inner = name.strip_prefix(BEGIN)?.strip_suffix(END)?;
    let (stamp, script) = inner.split_at_checked(STAMP_LEN)?;
    let format = format_description!("[year]-[month]-[day]T[hour][minute][second]");
    let at = PrimitiveDateTime::parse(stamp, format).ok()?;
    let script = script.strip_prefix('_')?;
    (!script.is_empty() && scripts::has_plain_signs(script)).then_some(Name { at, script })
}

/// The script of an output, and the number of the execution within its second.
fn script_of<'n>(script: &'n str, known: &BTreeMap<String, String>) -> (&'n str, u32) {
    let numbered = script
        .rsplit_once('-')
        .and_then(|(name, again)| Some((name, again.parse().ok()?)));
    match numbered {
        Some((name, again)) if !known.contains_key(script) => (name, again),
        Some(_) | None => (script, 0),
    }
}

fn folder(modules_dir: &Path, module: &ModuleName) -> PathBuf {
    modules_dir.join(module.as_str()).join("var")
}

/// The outputs of a module with these scripts, the oldest first.
///
/// # Errors
///
/// Those of the file system.
pub fn list(
    modules_dir: &Path,
    module: &ModuleName,
    scripts: &BTreeMap<String, String>,
) -> io::Result<Vec<ScriptLog>> {
    let entries = match fs::read_dir(folder(modules_dir, module)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let file = entry.file_name();
        let Some((text, name)) = file
            .to_str()
            .and_then(|text| Some((text, read_name(text)?)))
        else {
            continue;
        };
        // The engine removes the oldest ones meanwhile.
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        let (script, again) = script_of(name.script, scripts);
        let log = ScriptLog {
            name: text.to_owned(),
            script: script.to_owned(),
            at: timestamp::text(name.at.assume_utc().into()),
            bytes: metadata.len(),
        };
        found.push(((name.at, again), log));
    }
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, log)| log).collect())
}

/// The last `most` bytes of an output, from the beginning of a line on where it is cut; `None` where there
/// is no such output.
///
/// # Errors
///
/// Those of the file system.
pub fn read(
    modules_dir: &Path,
    module: &ModuleName,
    name: &str,
    most: u64,
) -> io::Result<Option<Vec<u8>>> {
    if read_name(name).is_none() {
        return Ok(None);
    }
    let mut file = match File::open(folder(modules_dir, module).join(name)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let from = file.metadata()?.len().saturating_sub(most);
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(most).read_to_end(&mut bytes)?;
    if from > 0
        && let Some(end) = bytes.iter().position(|byte| *byte == b'\n')
    {
        bytes.drain(..=end);
    }
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripts(names: &[&str]) -> BTreeMap<String, String> {
        let entry = |name: &&str| ((*name).to_owned(), String::new());
        names.iter().map(entry).collect()
    }

    fn module() -> ModuleName {
        "web".to_owned().try_into().unwrap()
    }

    #[test]
    fn only_names_of_outputs_are_read() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir_all(dir.path().join("web/var")).unwrap();
        fs::write(dir.path().join("secret"), "x").unwrap();
        for name in [
            "",
            "userlog_.ulog",
            "userlog_2026-11-23T020000_.ulog",
            "userlog_2026-11-23T020000_../../../secret.ulog",
            "userlog_2026-13-23T020000_prestart.ulog",
            "userlog_2026-11-23T020000_pre start.ulog",
            "../../secret",
            "userlog_2026-11-23T02000\u{e9}_prestart.ulog",
        ] {
            assert_eq!(read_name(name), None, "{name}");
            assert_eq!(read(dir.path(), &module(), name, 10).unwrap(), None);
        }
    }

    #[test]
    fn outputs_are_listed_by_time_with_their_scripts() {
        let dir = tempfile::tempdir().unwrap();
        let known = scripts(&["stop_both", "disk-1"]);
        assert_eq!(list(dir.path(), &module(), &known).unwrap(), []);
        let var = dir.path().join("web/var");
        fs::create_dir_all(&var).unwrap();
        for name in [
            "userlog_2026-11-23T020000_stop_both-10.ulog",
            "userlog_2026-11-23T020000_stop_both-2.ulog",
            "userlog_2026-11-23T020000_stop_both.ulog",
            "userlog_2026-11-22T235959_disk-1.ulog",
            "other.txt",
        ] {
            fs::write(var.join(name), "four").unwrap();
        }
        let told = list(dir.path(), &module(), &known).unwrap();
        let told: Vec<_> = told
            .iter()
            .map(|log| (log.at.as_str(), log.script.as_str(), log.bytes))
            .collect();
        let two = ("2026-11-23T02:00:00.000Z", "stop_both", 4);
        assert_eq!(
            told,
            [("2026-11-22T23:59:59.000Z", "disk-1", 4), two, two, two]
        );
    }

    #[test]
    fn a_long_output_is_cut_at_a_line() {
        let dir = tempfile::tempdir().unwrap();
        let var = dir.path().join("web/var");
        fs::create_dir_all(&var).unwrap();
        let name = "userlog_2026-11-23T020000_prestart.ulog";
        fs::write(var.join(name), "first line\nsecond line\n").unwrap();
        let read = |most| read(dir.path(), &module(), name, most).unwrap().unwrap();
        assert_eq!(read(100), b"first line\nsecond line\n");
        assert_eq!(read(15), b"second line\n");
    }
}
