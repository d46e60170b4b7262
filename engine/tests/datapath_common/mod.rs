//! What the tests with a kernel share: unnamed namespaces, a bpf file system of their own.
//!
//! Nothing has a name outside of the process, so nothing is left when it is killed.

use std::error::Error;
use std::path::PathBuf;
use std::process::Command;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use nix::mount::{MsFlags, mount};
use nix::sched::{CloneFlags, unshare};
use nix::unistd::{Pid, geteuid, gettid};

/// What may go wrong in a test.
pub(crate) type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Whether the test can run; says loudly that it is skipped when it cannot.
#[expect(clippy::print_stderr, reason = "a skipped test must be seen")]
pub(crate) fn is_root(test: &str) -> bool {
    if geteuid().is_root() {
        return true;
    }
    eprintln!("\n*** SKIPPED: {test} needs root\n");
    false
}

/// Something to do in a namespace.
type Job = Box<dyn FnOnce() + Send>;

/// A thread with a network namespace and a mount namespace of its own. Processes that it starts
/// live there too.
pub(crate) struct Namespace {
    thread: Pid,
    jobs: Option<Sender<Job>>,
    handle: Option<JoinHandle<()>>,
}

impl Namespace {
    /// A new one, with the loopback interface up.
    pub(crate) fn new() -> Outcome<Self> {
        let (jobs, queue) = channel::<Job>();
        let (ready, is_ready) = channel();
        let handle = thread::spawn(move || {
            let entered = enter().map(|()| gettid());
            if ready.send(entered).is_ok() {
                queue.iter().for_each(|job| job());
            }
        });
        let thread = is_ready.recv()??;
        Ok(Self {
            thread,
            jobs: Some(jobs),
            handle: Some(handle),
        })
    }

    /// Runs `work` there and waits for it.
    pub(crate) fn run<T, F>(&self, work: F) -> Outcome<T>
    where
        T: Send + 'static,
        F: FnOnce() -> Outcome<T> + Send + 'static,
    {
        let (done, is_done) = channel();
        let job = Box::new(move || {
            // Nobody waits for the result of a test that failed meanwhile.
            drop(done.send(work()));
        });
        let jobs = self.jobs.as_ref().ok_or("closed")?;
        jobs.send(job)
            .map_err(|_gone| "the namespace's thread is gone")?;
        is_done.recv()?
    }

    /// Runs `ip` there with these words.
    pub(crate) fn ip(&self, words: impl Into<String>) -> Outcome<String> {
        let words = words.into();
        self.run(move || ip(&words))
    }

    /// The number by which `ip link … netns` names it.
    pub(crate) fn pid(&self) -> Pid {
        self.thread
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        drop(self.jobs.take());
        // A panic of the thread was seen by whoever waited for its work.
        drop(self.handle.take().map(JoinHandle::join));
    }
}

fn enter() -> Outcome<()> {
    unshare(CloneFlags::CLONE_NEWNET | CloneFlags::CLONE_NEWNS)?;
    // What is mounted here must not appear outside.
    let flags = MsFlags::MS_REC | MsFlags::MS_PRIVATE;
    mount(None::<&str>, "/", None::<&str>, flags, None::<&str>)?;
    ip("link set lo up")?;
    Ok(())
}

/// Mounts a bpf file system that only this thread's mount namespace sees, and gives its path.
pub(crate) fn private_bpffs() -> Outcome<PathBuf> {
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

/// Runs `ip` with these words in the calling thread's namespace and gives what it prints.
pub(crate) fn ip(words: &str) -> Outcome<String> {
    run_program("ip", words)
}

/// Runs a program with these words in the calling thread's namespace and gives what it prints.
pub(crate) fn run_program(program: &str, words: &str) -> Outcome<String> {
    let output = Command::new(program)
        .args(words.split_whitespace())
        .output()?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("{program} {words}: {said}").into())
}
