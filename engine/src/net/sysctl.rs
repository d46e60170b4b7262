//! Kernel settings of the interfaces in a virtual address's segment, and what they were before.
//!
//! `arp_ignore = 1`: an address is answered for on its own interface only, so a second NIC in the
//! segment never tells its MAC for a virtual address past the filter. `arp_announce = 2`: the
//! machine's own ARP requests never name a virtual address as their sender.
//!
//! The former values stand in a file until they are restored, so that a daemon that finds the
//! settings of a killed one does not take them for the machine's own. The file names the boot: after
//! a reboot the kernel starts from its own values.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io};

use evenkeel_core::ids::ModuleName;

/// What is set on an interface in the segment of a virtual address.
pub const SETTINGS: [(&str, &str); 2] = [("arp_ignore", "1"), ("arp_announce", "2")];

/// The settings in force, by interface and key.
#[derive(Debug)]
pub struct Sysctls {
    /// `/proc/sys/net/ipv4/conf`.
    root: PathBuf,
    /// The former values of settings in force, a line each.
    file: PathBuf,
    /// Which boot of the machine this is.
    boot: String,
    saved: BTreeMap<(String, String), Saved>,
}

#[derive(Debug, Default)]
struct Saved {
    former: String,
    users: BTreeSet<ModuleName>,
}

impl Sysctls {
    /// The settings below `root`, with the former values kept in `file`, where a killed daemon of
    /// the same boot may have left some.
    pub fn new(root: &Path, file: &Path) -> Self {
        let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
        let boot = boot.trim().to_owned();
        let text = fs::read_to_string(file).unwrap_or_default();
        let saved = parse(&text, &boot);
        Self {
            root: root.to_owned(),
            file: file.to_owned(),
            boot,
            saved,
        }
    }

    /// Puts [`SETTINGS`] in force on an interface for `module`.
    ///
    /// # Errors
    ///
    /// When a setting cannot be read or written; those before it are in force.
    pub fn set(&mut self, interface: &str, module: &ModuleName) -> io::Result<()> {
        for (key, value) in SETTINGS {
            let path = self.path(interface, key);
            let slot = (interface.to_owned(), key.to_owned());
            if !self.saved.contains_key(&slot) {
                let former = fs::read_to_string(&path)?.trim().to_owned();
                self.saved.insert(
                    slot.clone(),
                    Saved {
                        former,
                        users: BTreeSet::new(),
                    },
                );
                self.store()?;
            }
            if let Some(saved) = self.saved.get_mut(&slot) {
                saved.users.insert(module.clone());
            }
            fs::write(&path, value)?;
        }
        Ok(())
    }

    /// Ends `module`'s use of its settings; the last user restores the former values. Settings of
    /// an interface that is gone are forgotten.
    ///
    /// # Errors
    ///
    /// When a value cannot be restored; the others are.
    pub fn restore(&mut self, module: &ModuleName) -> io::Result<()> {
        self.restore_others(module, &BTreeSet::new())
    }

    /// The same for all interfaces but these.
    ///
    /// # Errors
    ///
    /// As there.
    pub fn restore_others(
        &mut self,
        module: &ModuleName,
        kept: &BTreeSet<String>,
    ) -> io::Result<()> {
        let mut result = Ok(());
        let mut over = Vec::new();
        let others = |(slot, _): &(&(String, String), &mut Saved)| !kept.contains(&slot.0);
        for (slot, saved) in self.saved.iter_mut().filter(others) {
            if saved.users.remove(module) && saved.users.is_empty() {
                over.push((slot.clone(), saved.former.clone()));
            }
        }
        for (slot, former) in over {
            let restored = fs::write(self.path(&slot.0, &slot.1), former);
            result = result.and(restored.or_else(missing_is_fine));
            self.saved.remove(&slot);
        }
        result.and(self.store())
    }

    fn path(&self, interface: &str, key: &str) -> PathBuf {
        self.root.join(interface).join(key)
    }

    /// Writes the former values down before they are overwritten; renamed into place, so that a
    /// crash leaves the old file or the new one.
    fn store(&self) -> io::Result<()> {
        if self.saved.is_empty() {
            return fs::remove_file(&self.file).or_else(missing_is_fine);
        }
        let mut text = format!("boot {}\n", self.boot);
        for ((interface, key), saved) in &self.saved {
            text.push_str(&format!("{interface} {key} {}\n", saved.former));
        }
        let draft = self.file.with_extension("new");
        fs::write(&draft, text)?;
        fs::rename(&draft, &self.file)
    }
}

fn missing_is_fine(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound {
        Ok(())
    } else {
        Err(error)
    }
}

fn parse(text: &str, boot: &str) -> BTreeMap<(String, String), Saved> {
    let mut lines = text.lines();
    if boot.is_empty() || lines.next() != Some(&format!("boot {boot}")) {
        return BTreeMap::new();
    }
    let entry = |line: &str| {
        let mut words = line.split(' ');
        let slot = (words.next()?.to_owned(), words.next()?.to_owned());
        Some((
            slot,
            Saved {
                former: words.next()?.to_owned(),
                users: BTreeSet::new(),
            },
        ))
    };
    lines.filter_map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Machine {
        dir: tempfile::TempDir,
    }

    impl Machine {
        fn new() -> Self {
            let dir = tempfile::tempdir().unwrap();
            fs::create_dir_all(dir.path().join("conf/eth0")).unwrap();
            let machine = Self { dir };
            machine.write("arp_ignore", "0\n");
            machine.write("arp_announce", "0\n");
            machine
        }

        fn path(&self, key: &str) -> PathBuf {
            self.dir.path().join("conf/eth0").join(key)
        }

        fn write(&self, key: &str, value: &str) {
            fs::write(self.path(key), value).unwrap();
        }

        fn values(&self) -> [String; 2] {
            SETTINGS.map(|(key, _)| {
                fs::read_to_string(self.path(key))
                    .unwrap()
                    .trim()
                    .to_owned()
            })
        }

        fn sysctls(&self) -> Sysctls {
            Sysctls::new(
                &self.dir.path().join("conf"),
                &self.dir.path().join("former"),
            )
        }
    }

    fn module(name: &str) -> ModuleName {
        name.to_owned().try_into().unwrap()
    }

    #[test]
    fn the_last_module_restores_the_former_values() {
        let machine = Machine::new();
        let mut sysctls = machine.sysctls();
        sysctls.set("eth0", &module("a")).unwrap();
        sysctls.set("eth0", &module("b")).unwrap();
        sysctls.restore(&module("a")).unwrap();
        assert_eq!(machine.values(), ["1", "2"], "b still has addresses there");
        sysctls.restore(&module("b")).unwrap();
        assert_eq!(machine.values(), ["0", "0"]);
        assert!(!machine.dir.path().join("former").exists());
    }

    #[test]
    fn the_settings_of_a_killed_daemon_are_not_taken_for_the_machine_s() {
        let machine = Machine::new();
        machine.sysctls().set("eth0", &module("a")).unwrap();
        let mut next = machine.sysctls();
        next.set("eth0", &module("a")).unwrap();
        next.restore(&module("a")).unwrap();
        assert_eq!(machine.values(), ["0", "0"]);
    }

    #[test]
    fn values_of_an_earlier_boot_are_ignored() {
        let machine = Machine::new();
        let stale = "boot 00000000-0000-0000-0000-000000000000\neth0 arp_ignore 8\n";
        fs::write(machine.dir.path().join("former"), stale).unwrap();
        let mut sysctls = machine.sysctls();
        sysctls.set("eth0", &module("a")).unwrap();
        sysctls.restore(&module("a")).unwrap();
        assert_eq!(machine.values(), ["0", "0"]);
    }

    #[test]
    fn an_interface_that_went_away_is_forgotten() {
        let machine = Machine::new();
        let mut sysctls = machine.sysctls();
        sysctls.set("eth0", &module("a")).unwrap();
        fs::remove_dir_all(machine.dir.path().join("conf/eth0")).unwrap();
        sysctls.restore(&module("a")).unwrap();
    }
}
