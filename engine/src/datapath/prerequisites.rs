//! What the back ends need of the machine: one clear sentence for each thing that is missing.

use std::fs;
use std::path::Path;

use aya::programs::ProgramType;
use aya::sys::is_program_supported;
use aya::util::KernelVersion;
use nix::sys::statfs::{BPF_FS_MAGIC, statfs};

use super::hook::Hook;
use crate::ports::DatapathError;

/// `CAP_NET_ADMIN`: attaching to an interface.
const NET_ADMIN: u32 = 12;
/// `CAP_NET_RAW`: frames past the stack.
const NET_RAW: u32 = 13;
/// `CAP_SYS_ADMIN`: stands for `CAP_BPF`.
const SYS_ADMIN: u32 = 21;
/// `CAP_BPF`: loading programs.
const BPF: u32 = 39;

/// A capability: its number and its name.
type Capability = (u32, &'static str);

/// What the eBPF back end needs.
const FOR_EBPF: &[Capability] = &[(BPF, "CAP_BPF"), (NET_ADMIN, "CAP_NET_ADMIN")];
/// What the back end through NFQUEUE needs.
const FOR_NFQUEUE: &[Capability] = &[(NET_ADMIN, "CAP_NET_ADMIN"), (NET_RAW, "CAP_NET_RAW")];

/// Checks privileges, the bpf file system and that the kernel loads programs, for the eBPF back end.
///
/// # Errors
///
/// The first thing that is missing, and what to do about it.
pub(super) fn check(bpffs: &Path) -> Result<(), DatapathError> {
    capabilities("the eBPF filter", FOR_EBPF)?;
    file_system(bpffs)?;
    programs()
}

/// Checks the privileges for the back end through NFQUEUE.
///
/// # Errors
///
/// The capabilities that are missing, and what to do about it.
pub(super) fn nfqueue() -> Result<(), DatapathError> {
    capabilities("the filter through NFQUEUE", FOR_NFQUEUE)
}

/// Loads a program that does nothing: a kernel may be built without eBPF, or locked down.
fn programs() -> Result<(), DatapathError> {
    let why = match is_program_supported(ProgramType::SchedClassifier) {
        Ok(true) => return Ok(()),
        Ok(false) => "the kernel has no programs of this kind".to_owned(),
        Err(error) => error.to_string(),
    };
    Err(DatapathError::Unsupported(format!(
        "the eBPF filter needs a kernel that loads programs, and this one does not: {why}"
    )))
}

/// The hook that this kernel has for the programs.
///
/// # Errors
///
/// When it is too old for either.
pub(super) fn hook() -> Result<Hook, DatapathError> {
    // The programs compare and exchange, which the kernel's machine does since 5.12.
    let (clsact, tcx) = (KernelVersion::new(5, 12, 0), KernelVersion::new(6, 6, 0));
    match KernelVersion::current() {
        Ok(version) if version >= tcx => Ok(Hook::Tcx),
        Ok(version) if version >= clsact => Ok(Hook::Clsact),
        Ok(version) => Err(DatapathError::Unsupported(format!(
            "the eBPF filter needs Linux 5.12 or later, and this is {version:?}"
        ))),
        Err(error) => Err(DatapathError::Unsupported(format!(
            "the eBPF filter needs Linux 5.12 or later, and the version of this kernel cannot be \
             read: {error}"
        ))),
    }
}

fn capabilities(who: &str, needed: &[Capability]) -> Result<(), DatapathError> {
    let status = fs::read_to_string("/proc/thread-self/status").unwrap_or_default();
    let missing = missing_capabilities(&status, needed);
    if missing.is_empty() {
        return Ok(());
    }
    Err(DatapathError::Unsupported(format!(
        "{who} needs {}: run as root, or give the service these capabilities",
        missing.join(" and ")
    )))
}

/// Names of the needed capabilities that a `/proc/…/status` does not show as effective.
fn missing_capabilities(status: &str, needed: &[Capability]) -> Vec<&'static str> {
    let effective = status
        .lines()
        .find_map(|line| line.strip_prefix("CapEff:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or(0);
    let has = |capability: u32| effective >> capability & 1 == 1;
    let missing = needed
        .iter()
        .filter(|(capability, _)| !has(*capability) && (*capability != BPF || !has(SYS_ADMIN)));
    missing.map(|(_, name)| *name).collect()
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
        let ebpf = |status| missing_capabilities(status, FOR_EBPF);
        assert!(ebpf(all).is_empty());
        assert_eq!(ebpf("CapEff:\t0\n"), ["CAP_BPF", "CAP_NET_ADMIN"]);
        assert_eq!(ebpf("CapEff:\t0000000000201000\n"), [""; 0]);
        assert_eq!(ebpf("CapEff:\t0000008000000000\n"), ["CAP_NET_ADMIN"]);
        assert_eq!(ebpf(""), ["CAP_BPF", "CAP_NET_ADMIN"]);
        let nfqueue = |status| missing_capabilities(status, FOR_NFQUEUE);
        assert!(nfqueue(all).is_empty());
        assert_eq!(nfqueue("CapEff:\t0000000000201000\n"), ["CAP_NET_RAW"]);
    }

    #[test]
    fn a_folder_that_is_no_bpf_file_system_is_refused_with_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let error = file_system(folder.path()).unwrap_err().to_string();
        assert!(error.contains("mount -t bpf"), "{error}");
    }
}
