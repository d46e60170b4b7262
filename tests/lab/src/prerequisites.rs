//! What a lab needs of the machine, checked before anything is made: one sentence when it is
//! missing.

use std::fs;
use std::path::Path;

use nix::sys::utsname::uname;
use nix::unistd::geteuid;
use thiserror::Error;

/// Oldest kernel on which fence and filter can be ordered (TCX).
const KERNEL_MIN: (u32, u32) = (6, 6);

/// The machine lacks something that the lab needs; nothing was made.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct Missing(String);

impl Missing {
    /// Says in one sentence what is missing and what would help.
    pub fn new(sentence: String) -> Self {
        Self(sentence)
    }
}

/// Checks privilege and kernel.
///
/// # Errors
///
/// The first thing that is missing.
pub fn check() -> Result<(), Missing> {
    if !geteuid().is_root() {
        return Err(Missing::new(
            "The lab makes network namespaces and loads eBPF programs: run it as root (sudo)."
                .into(),
        ));
    }
    let release = uname().map(|name| name.release().to_string_lossy().into_owned());
    let release = release.unwrap_or_default();
    if kernel_version(&release).is_none_or(|version| version < KERNEL_MIN) {
        let (major, minor) = KERNEL_MIN;
        return Err(Missing::new(format!(
            "This kernel is {release}; the lab needs Linux {major}.{minor} or newer."
        )));
    }
    let file_systems = fs::read_to_string("/proc/filesystems").unwrap_or_default();
    for needed in ["bpf", "tmpfs", "proc"] {
        if !file_systems
            .lines()
            .any(|line| line.split_whitespace().last() == Some(needed))
        {
            return Err(Missing::new(format!(
                "This kernel has no {needed} file system."
            )));
        }
    }
    if !Path::new("/proc/net/if_inet6").exists() {
        return Err(Missing::new(
            "This kernel has no IPv6, which the lab's farms use beside IPv4.".into(),
        ));
    }
    Ok(())
}

/// Major and minor number of a release such as `6.18.4-arch1`.
fn kernel_version(release: &str) -> Option<(u32, u32)> {
    let mut numbers = release.split(|c: char| !c.is_ascii_digit());
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::kernel_version;

    #[test]
    fn releases_of_distributions_are_understood() {
        assert_eq!(kernel_version("6.18.44-fc-v669"), Some((6, 18)));
        assert_eq!(kernel_version("6.6-rc1"), Some((6, 6)));
        assert_eq!(kernel_version("linux"), None);
    }
}
