//! A module's scripts on disk: `<modules>/<module>/bin/<script>`.
//!
//! The store has them too and is the truth: the files are written again at each start.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
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
    Staged::new(modules_dir, module, scripts)?
        .publish()
        .map(drop)
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

    /// Puts them in force, and removes all others. Who runs one of those goes on with it.
    ///
    /// # Errors
    ///
    /// Those of the file system; the former ones are in force then.
    pub fn publish(self) -> io::Result<Former> {
        let Self { bin, pending } = self;
        let former = Former::keep(bin)?;
        match former.replace(pending) {
            Ok(()) => Ok(former),
            Err(error) => {
                former.restore()?;
                Err(error)
            }
        }
    }
}

/// The scripts that were in force before, under names that no script has. They go where they are not restored.
#[derive(Debug)]
pub struct Former {
    bin: PathBuf,
    names: Vec<OsString>,
}

impl Former {
    /// Those in force. A second name of a file takes no room.
    fn keep(bin: PathBuf) -> io::Result<Self> {
        let mut former = Self {
            names: Vec::new(),
            bin,
        };
        let files = files_in(&former.bin)?.into_iter();
        for name in files.filter(|name| !is_hidden(name)) {
            let aside = former.aside(&name);
            absent_is_fine(fs::remove_file(&aside))?;
            fs::hard_link(former.bin.join(&name), aside)?;
            former.names.push(name);
        }
        Ok(former)
    }

    fn replace(&self, pending: Vec<(String, Pending)>) -> io::Result<()> {
        let names: Vec<String> = pending.iter().map(|(name, _)| name.clone()).collect();
        for (_, script) in pending {
            script.publish()?;
        }
        self.remove_all_but(|name| names.iter().any(|one| name == one.as_str()))
    }

    /// Puts the former ones in force again.
    ///
    /// # Errors
    ///
    /// Those of the file system; each script is the old one or the new one then.
    pub fn restore(&self) -> io::Result<()> {
        for name in &self.names {
            absent_is_fine(fs::rename(self.aside(name), self.bin.join(name)))?;
        }
        self.remove_all_but(|name| self.names.iter().any(|one| one == name))
    }

    fn remove_all_but(&self, is_kept: impl Fn(&OsStr) -> bool) -> io::Result<()> {
        let asides: Vec<PathBuf> = self.names.iter().map(|name| self.aside(name)).collect();
        for name in files_in(&self.bin)? {
            if !is_kept(&name) && !asides.contains(&self.bin.join(&name)) {
                absent_is_fine(fs::remove_file(self.bin.join(name)))?;
            }
        }
        files::sync_dir(&self.bin)
    }

    fn aside(&self, name: &OsStr) -> PathBuf {
        let mut hidden = OsString::from(".");
        hidden.push(name);
        hidden.push(".former");
        self.bin.join(hidden)
    }
}

impl Drop for Former {
    fn drop(&mut self) {
        for name in &self.names {
            // What is left is found by nobody, and replaced by the next one.
            drop(fs::remove_file(self.aside(name)));
        }
    }
}

fn files_in(bin: &Path) -> io::Result<Vec<OsString>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(bin)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            names.push(entry.file_name());
        }
    }
    Ok(names)
}

/// Whether it is one of those beside the scripts.
fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
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

    fn module() -> ModuleName {
        ModuleName::try_from("web".to_owned()).unwrap()
    }

    fn scripts(names: &[&str], text: &str) -> BTreeMap<String, String> {
        let script = |name: &&str| ((*name).to_owned(), format!("#!{name} {text}"));
        names.iter().map(script).collect()
    }

    /// The files, hidden ones as well, each with its text.
    fn found(bin: &Path) -> Vec<(String, String)> {
        let entries = fs::read_dir(bin).unwrap().map(Result::unwrap);
        let mut found: Vec<_> = entries
            .map(|entry| {
                let text = fs::read_to_string(entry.path()).unwrap();
                (entry.file_name().into_string().unwrap(), text)
            })
            .collect();
        found.sort();
        found
    }

    fn all(scripts: BTreeMap<String, String>) -> Vec<(String, String)> {
        scripts.into_iter().collect()
    }

    #[test]
    fn the_folder_holds_exactly_the_scripts_given() {
        let dir = tempfile::tempdir().unwrap();
        let first = ["start_both", "prestart", "disk-check.sh", "../evil"];
        write(dir.path(), &module(), &scripts(&first, "1")).unwrap();
        // What a daemon that was killed left behind.
        fs::write(dir.path().join("web/bin/.gone.new"), "").unwrap();
        fs::write(dir.path().join("web/bin/.gone.former"), "").unwrap();
        let second = scripts(&["start_both", "stop_both"], "2");
        write(dir.path(), &module(), &second).unwrap();
        let bin = dir.path().join("web/bin");
        assert_eq!(found(&bin), all(second));
        let mode = fs::metadata(bin.join("start_both"))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o700);
        assert!(!dir.path().join("evil").exists());
        remove(dir.path(), &module()).unwrap();
        remove(dir.path(), &module()).unwrap();
        assert!(!dir.path().join("web").exists());
    }

    #[test]
    fn the_former_scripts_are_put_in_force_again_or_go() {
        let dir = tempfile::tempdir().unwrap();
        let bin = dir.path().join("web/bin");
        let old = scripts(&["start_both", "prestart"], "old");
        write(dir.path(), &module(), &old).unwrap();
        let new = scripts(&["start_both", "stop_both"], "new");
        let publish = || Staged::new(dir.path(), &module(), &new).unwrap().publish();
        let former = publish().unwrap();
        let text = fs::read_to_string(bin.join("start_both")).unwrap();
        assert_eq!(text, new["start_both"]);
        assert!(!bin.join("prestart").exists());
        former.restore().unwrap();
        drop(former);
        assert_eq!(found(&bin), all(old));
        drop(publish().unwrap());
        assert_eq!(found(&bin), all(new));
    }

    #[test]
    fn what_cannot_be_put_in_force_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let bin = dir.path().join("web/bin");
        let old = scripts(&["a", "prestart"], "old");
        write(dir.path(), &module(), &old).unwrap();
        // A file cannot take the place of a folder.
        fs::create_dir(bin.join("start_both")).unwrap();
        let new = scripts(&["a", "start_both"], "new");
        Staged::new(dir.path(), &module(), &new)
            .unwrap()
            .publish()
            .unwrap_err();
        fs::remove_dir(bin.join("start_both")).unwrap();
        assert_eq!(found(&bin), all(old));
    }
}
