//! What the tests with a kernel share: unnamed namespaces, a bpf file system of their own.
//!
//! Nothing has a name outside of the process, so nothing is left when it is killed.

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;
use std::thread;

use nix::mount::{MsFlags, mount};
use nix::sched::{CloneFlags, unshare};
use nix::unistd::geteuid;

/// Whether the test can run; says loudly that it is skipped when it cannot.
#[expect(clippy::print_stderr, reason = "a skipped test must be seen")]
pub(crate) fn is_root(test: &str) -> bool {
    if geteuid().is_root() {
        return true;
    }
    eprintln!("\n*** SKIPPED: {test} needs root\n");
    false
}

/// Runs `work` on a thread with a network namespace and a mount namespace of its own.
pub(crate) fn in_namespace<T: Send>(
    work: impl FnOnce() -> Result<T, Box<dyn Error + Send + Sync>> + Send,
) -> Result<T, Box<dyn Error + Send + Sync>> {
    thread::scope(|scope| {
        let run = || {
            unshare(CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWNS)?;
            // What is mounted here must not appear outside.
            let flags = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
            mount(None::<&str>, "/", None::<&str>, flags, None::<&str>)?;
            work()
        };
        scope
            .spawn(run)
            .join()
            .map_err(|_| "the test's thread panicked")?
    })
}

/// Mounts a bpf file system that only this thread's mount namespace sees, and gives its path.
pub(crate) fn private_bpffs() -> Result<PathBuf, Box<dyn Error + Send + Sync>> {
    // Any folder will do as mount point: it is covered in this namespace alone.
    let path = PathBuf::from("/sys/fs/bpf");
    mount(
        Some("bpf"),
        &path,
        Some("bpf"),
        MsFlags::empty(),
        None::<&str>,
    )?;
    Ok(path)
}

/// Runs `ip` with these words in the calling thread's namespace.
pub(crate) fn ip(words: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    let output = Command::new("ip").args(words.split_whitespace()).output()?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("ip {words}: {}", String::from_utf8_lossy(&output.stderr)).into())
}
