//! What the eBPF back end needs of the machine: one clear sentence for each thing that is missing.

use std::fs;
use std::path::Path;

use aya::util::KernelVersion;
use nix::sys::statfs::{BPF_FS_MAGIC, statfs};

use super::hook::Hook;
use crate::ports::DatapathError;

/// `CAP_NET_ADMIN`: attaching to an interface.
const NET_ADMIN: u32 = 12;
/// `CAP_SYS_ADMIN`: stands for the other two in what is needed here.
const SYS_ADMIN: u32 = 21;
/// `CAP_BPF`: loading programs.
const BPF: u32 = 39;

/// Checks privileges and the bpf file system.
///
/// # Errors
///
/// The first thing that is missing, and what to do about it.
pub(super) fn check(bpffs: &Path) -> Result<(), DatapathError> {
    capabilities()?;
    file_system(bpffs)
}

/// The hook that this kernel has for the programs.
///
/// # Errors
///
/// When it is too old for either.
pub(super) fn hook() -> Result<Hook, DatapathError> {
    let (clsact, tcx) = (KernelVersion::new(5, 10, 0), KernelVersion::new(6, 6, 0));
    match KernelVersion::current() {
        Ok(version) if version >= tcx => Ok(Hook::Tcx),
        Ok(version) if version >= clsact => Ok(Hook::Clsact),
        Ok(version) => Err(DatapathError::Unsupported(format!(
            "the eBPF filter needs Linux 5.10 or later, and this is {version:?}"
        ))),
        Err(error) => Err(DatapathError::Unsupported(format!(
            "the eBPF filter needs Linux 5.10 or later, and the version of this kernel cannot be \
             read: {error}"
        ))),
    }
}

fn capabilities() -> Result<(), DatapathError> {
    let status = fs::read_to_string("/proc/thread-self/status").unwrap_or_default();
    let missing = missing_capabilities(&status);
    if missing.is_empty() {
        return Ok(());
    }
    Err(DatapathError::Unsupported(format!(
        "the eBPF filter needs {}: run as root, or give the service these capabilities",
        missing.join(" and ")
    )))
}

/// Names of the needed capabilities that a `/proc/…/status` does not show as effective.
fn missing_capabilities(status: &str) -> Vec<&'static str> {
    let effective = status
        .lines()
        .find_map(|line| line.strip_prefix("CapEff:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or(0);
    let has = |capability: u32| effective >> capability & 1 == 1;
    [(BPF, "CAP_BPF"), (NET_ADMIN, "CAP_NET_ADMIN")]
        .into_iter()
        .filter(|(capability, _)| !has(*capability) && (*capability != BPF || !has(SYS_ADMIN)))
        .map(|(_, name)| name)
        .collect()
}

fn file_system(bpffs: &Path) -> Result<(), DatapathError> {
    let path = bpffs.display();
    match statfs(bpffs) {
        Ok(found) if found.filesystem_type() == BPF_FS_MAGIC => Ok(()),
        Ok(_) => Err(DatapathError::Unsupported(format!(
            "the eBPF filter needs a bpf file system at {path}: mount -t bpf bpf {path}"
        ))),
        Err(error) => Err(DatapathError::Unsupported(format!(
            "the eBPF filter needs a bpf file system at {path}, which cannot be looked at: {error}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_missing_capability_is_named() {
        let all = "Name:\tx\nCapEff:\t000001ffffffffff\n";
        assert!(missing_capabilities(all).is_empty());
        assert_eq!(
            missing_capabilities("CapEff:\t0\n"),
            ["CAP_BPF", "CAP_NET_ADMIN"]
        );
        assert_eq!(missing_capabilities("CapEff:\t0000000000201000\n"), [""; 0]);
        assert_eq!(
            missing_capabilities("CapEff:\t0000008000000000\n"),
            ["CAP_NET_ADMIN"]
        );
        assert_eq!(missing_capabilities(""), ["CAP_BPF", "CAP_NET_ADMIN"]);
    }

    #[test]
    fn a_folder_that_is_no_bpf_file_system_is_refused_with_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let error = file_system(folder.path()).unwrap_err().to_string();
        assert!(error.contains("mount -t bpf"), "{error}");
    }
}
