//! A module's scripts on disk: `<modules>/<module>/bin/<script>`.
//!
//! The store has them too and is the truth: the files are written again at each start.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use evenkeel_core::ids::ModuleName;

use crate::files::{self, Pending};
use crate::limits;

/// Whether a script can have this name. No other name reaches the file system.
pub fn is_name(name: &str) -> bool {
    (1..=limits::SCRIPT_NAME_LEN_MAX).contains(&name.len())
        && !name.starts_with('.')
        && has_plain_signs(name)
}

/// Whether a text has only signs that a script's name can have: it is one part of a path at the most.
pub fn has_plain_signs(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ['_', '-', '.'].contains(&c);
    text.chars().all(is_plain)
}

/// Makes the module's `bin` folder hold these scripts and no other files; what is no script's name is
/// passed over.
///
/// # Errors
///
/// Those of the file system; see [`Staged`].
pub fn write(
    modules_dir: &Path,
    module: &ModuleName,
    scripts: &BTreeMap<String, String>,
) -> io::Result<()> {
    Staged::new(modules_dir, module, scripts)?.publish()
}

/// New scripts beside the ones in force: all that can fail for lack of room has been done.
#[derive(Debug)]
pub struct Staged {
    bin: PathBuf,
    pending: Vec<(String, Pending)>,
}

impl Staged {
    /// Writes the scripts beside those in force.
    ///
    /// # Errors
    ///
    /// Those of the file system; nothing changed then.
    pub fn new(
        modules_dir: &Path,
        module: &ModuleName,
        scripts: &BTreeMap<String, String>,
    ) -> io::Result<Self> {
        let bin = modules_dir.join(module.as_str()).join("bin");
        files::make_private_dir(&modules_dir.join(module.as_str()))?;
        files::make_private_dir(&bin)?;
        let scripts = scripts.iter().filter(|(name, _)| is_name(name));
        let stage = |(name, text): (&String, &String)| {
            let pending = Pending::write(&bin.join(name), text.as_bytes(), 0o700)?;
            Ok((name.clone(), pending))
        };
        let pending = scripts.map(stage).collect::<io::Result<_>>()?;
        Ok(Self { bin, pending })
    }

    /// Puts them in force, and removes all others.
    ///
    /// # Errors
    ///
    /// Those of the file system; each script is the old one or the new one then.
    pub fn publish(self) -> io::Result<()> {
        let Self { bin, pending } = self;
        let names: Vec<String> = pending.iter().map(|(name, _)| name.clone()).collect();
        for (_, script) in pending {
            script.publish()?;
        }
        for entry in fs::read_dir(&bin)? {
            let entry = entry?;
            let is_script = names.iter().any(|name| entry.file_name() == name.as_str());
            if !is_script && !entry.file_type()?.is_dir() {
                absent_is_fine(fs::remove_file(entry.path()))?;
            }
        }
        files::sync_dir(&bin)
    }
}

/// Removes the module's folder with everything in it.
///
/// # Errors
///
/// Those of the file system.
pub fn remove(modules_dir: &Path, module: &ModuleName) -> io::Result<()> {
    absent_is_fine(fs::remove_dir_all(modules_dir.join(module.as_str())))
}

fn absent_is_fine(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_name_is_one_plain_file_in_the_folder() {
        for good in ["start_both", "disk-check.sh", "a"] {
            assert!(is_name(good), "{good}");
        }
        for bad in [
            "",
            ".",
            "..",
            ".hidden",
            "a/b",
            "a b",
            "\u{e9}",
            &"a".repeat(65),
        ] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn the_folder_holds_exactly_the_scripts_given() {
        let dir = tempfile::tempdir().unwrap();
        let module = ModuleName::try_from("web".to_owned()).unwrap();
        let scripts = |names: &[&str]| {
            names
                .iter()
                .map(|name| ((*name).to_owned(), format!("#!{name}")))
                .collect()
        };
        write(
            dir.path(),
            &module,
            &scripts(&["start_both", "prestart", "disk-check.sh", "../evil"]),
        )
        .unwrap();
        write(dir.path(), &module, &scripts(&["start_both", "stop_both"])).unwrap();
        let bin = dir.path().join("web/bin");
        let mut names: Vec<_> = fs::read_dir(&bin)
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["start_both", "stop_both"]);
        let mode = fs::metadata(bin.join("start_both"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
        assert!(!dir.path().join("evil").exists());
        remove(dir.path(), &module).unwrap();
        remove(dir.path(), &module).unwrap();
        assert!(!dir.path().join("web").exists());
    }
}
