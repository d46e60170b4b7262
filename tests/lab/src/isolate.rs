//! A process tree of its own: PID 1 of a new PID and mount namespace, gone with all its traces
//! when it or its starter ends, however it ends.
//!
//! ```text
//! outer   the program as it was started; waits, passes signals on, hands back the exit code
//!   └─ init    PID 1 inside: reaps orphans, ends with the outer one (parent-death signal, pipe)
//!        └─ inner   the program again, in private mounts; makes namespaces, starts daemons
//! ```
//!
//! When PID 1 ends the kernel kills every process inside; network namespaces, interfaces, mounts,
//! BPF programs and files of the run directory have no other holder and vanish with them. Nothing
//! is put into the file system, `/run/netns` or `/sys/fs/bpf` of the host.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::os::fd::{AsFd, AsRawFd};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, ExitStatus, Stdio};

use anyhow::{Context, Result};
use nix::errno::Errno;
use nix::mount::{MsFlags, mount};
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sched::{CloneFlags, unshare};
use nix::sys::prctl::set_pdeathsig;
use nix::sys::signal::{SigSet, Signal, kill};
use nix::sys::signalfd::SignalFd;
use nix::sys::wait::{WaitPidFlag, WaitStatus, waitpid};
use nix::unistd::Pid;

use crate::prerequisites::Missing;

/// Set in the environment of the re-executed program: which role it has.
const ROLE: &str = "EVENKEEL_LAB_ROLE";
/// The same for the init role: the pipe that ends with the outer program, as a path. Standard input is
/// the caller's, in all three roles.
const LIFELINE: &str = "EVENKEEL_LAB_LIFELINE";
const INIT: &str = "init";
const INNER: &str = "inner";

/// Where the run directory can be mounted; the first that exists and does not hide the program.
const MOUNT_POINTS: [&str; 5] = ["/run", "/mnt", "/srv", "/media", "/tmp"];

/// Exit code of a program that a signal ended, as a shell gives it.
const SIGNALLED: u8 = 128;

/// Which side of the isolation the caller is on.
#[derive(Debug)]
pub enum Place {
    /// Inside: go on.
    Inside(World),
    /// Outside, and the inside has ended: end with this code.
    Outside(u8),
}

/// The inside of an isolation.
#[derive(Clone, Debug)]
pub struct World {
    /// This process's number as the outside sees it.
    pub host_pid: u32,
    /// A private, empty directory in memory.
    pub run_dir: PathBuf,
}

/// Isolates the program, which must have only one thread so far: it is executed again inside, with
/// the same arguments, and this call returns there as well.
///
/// # Errors
///
/// [`Missing`] when the kernel or the privilege for it is missing; otherwise what failed.
pub fn enter() -> Result<Place> {
    match env::var(ROLE).as_deref() {
        Ok(INIT) => init().map(Place::Outside),
        Ok(INNER) => inner().map(Place::Inside),
        Ok(_) | Err(_) => outer().map(Place::Outside),
    }
}

/// Whether the program runs inside an isolation.
pub fn is_inside() -> bool {
    env::var(ROLE).is_ok_and(|role| role == INNER)
}

/// A command that starts a program outside of the roles above: without their environment, and not
/// in reach of the terminal's signals.
pub fn command(program: impl Into<OsString>) -> Command {
    let mut command = Command::new(program.into());
    command
        .env_remove(ROLE)
        .env_remove(LIFELINE)
        .process_group(0)
        .stdin(Stdio::null());
    command
}

fn outer() -> Result<u8> {
    let signals = blocked_signals()?;
    unshare(CloneFlags::CLONE_NEWPID | CloneFlags::CLONE_NEWNS).map_err(|errno| {
        Missing::new(format!(
            "PID and mount namespaces cannot be made here: {}",
            errno.desc()
        ))
    })?;
    let (reader, _held_open) = io::pipe()?;
    let lifeline = format!("/proc/{}/fd/{}", process::id(), reader.as_raw_fd());
    let mut child = again(INIT, Some(&lifeline))?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(code_of(status));
        }
        let signal = signals.wait().context("waiting for signals")?;
        if signal != Signal::SIGCHLD {
            pass_on(&child, signal);
        }
    }
}

fn init() -> Result<u8> {
    set_pdeathsig(Signal::SIGKILL).context("tying PID 1 to the program that started it")?;
    let signals = blocked_signals()?;
    let arrivals = SignalFd::new(&signals)?;
    let lifeline = env::var_os(LIFELINE).context("the outer program gave no lifeline")?;
    let lifeline = File::open(lifeline).context("the outer program has ended")?;
    let child = again(INNER, None)?;
    let inner = Pid::from_raw(i32::try_from(child.id())?);
    loop {
        let mut waits = [
            PollFd::new(arrivals.as_fd(), PollFlags::POLLIN),
            PollFd::new(lifeline.as_fd(), PollFlags::POLLIN),
        ];
        match poll(&mut waits, PollTimeout::NONE) {
            Ok(_) | Err(Errno::EINTR) => {}
            Err(errno) => return Err(errno).context("waiting for signals"),
        }
        if waits[1].any() == Some(true) {
            return Ok(SIGNALLED + 9);
        }
        if waits[0].any() == Some(true)
            && let Some(signal) = arrivals.read_signal()?
        {
            let signal = Signal::try_from(i32::try_from(signal.ssi_signo)?)?;
            if signal != Signal::SIGCHLD {
                pass_on(&child, signal);
            }
        }
        if let Some(code) = reap(inner)? {
            return Ok(code);
        }
    }
}

fn inner() -> Result<World> {
    set_pdeathsig(Signal::SIGKILL).context("tying the inner program to PID 1")?;
    SigSet::all()
        .thread_unblock()
        .context("unblocking signals")?;
    // The host's /proc is still mounted: it gives the number that the host sees.
    let own = fs::read_link("/proc/self").context("reading /proc/self")?;
    let host_pid = own
        .to_string_lossy()
        .parse()
        .context("reading /proc/self")?;
    let none = None::<&str>;
    mount(none, "/", none, MsFlags::MS_REC | MsFlags::MS_PRIVATE, none)
        .context("making the mounts private")?;
    mount(Some("proc"), "/proc", Some("proc"), MsFlags::empty(), none)
        .context("mounting a /proc of its own")?;
    let point = mount_point().context("no directory to mount the run directory on")?;
    mount(
        Some("evenkeel-lab"),
        &point,
        Some("tmpfs"),
        MsFlags::empty(),
        Some("mode=755"),
    )
    .context("mounting the run directory")?;
    let run_dir = point.join("evenkeel-lab");
    fs::create_dir(&run_dir)?;
    Ok(World { host_pid, run_dir })
}

/// Blocks the signals that the caller waits for; children inherit the mask.
fn blocked_signals() -> Result<SigSet> {
    let mut set = SigSet::empty();
    for signal in [
        Signal::SIGCHLD,
        Signal::SIGINT,
        Signal::SIGTERM,
        Signal::SIGHUP,
        Signal::SIGQUIT,
    ] {
        set.add(signal);
    }
    set.thread_block().context("blocking signals")?;
    Ok(set)
}

/// Starts this very program again with the same arguments, in `role`.
fn again(role: &str, lifeline: Option<&str>) -> Result<Child> {
    let mut args = env::args_os();
    let name = args.next().unwrap_or_else(|| "evenkeel-lab".into());
    let mut command = Command::new("/proc/self/exe");
    command.arg0(name).args(args).env(ROLE, role);
    match lifeline {
        Some(path) => command.env(LIFELINE, path),
        None => command.env_remove(LIFELINE),
    };
    command
        .spawn()
        .with_context(|| format!("starting the program again as {role}"))
}

/// Passes a signal on; a child that has just ended needs it no more.
fn pass_on(child: &Child, signal: Signal) {
    let Ok(id) = i32::try_from(child.id()) else {
        return;
    };
    match kill(Pid::from_raw(id), signal) {
        Ok(()) | Err(_) => {}
    }
}

/// Collects every child that has ended, also orphans; the exit code when `inner` is among them.
fn reap(inner: Pid) -> Result<Option<u8>> {
    let mut ended = None;
    loop {
        match waitpid(None, Some(WaitPidFlag::WNOHANG)) {
            Ok(WaitStatus::Exited(pid, code)) if pid == inner => {
                ended = Some(u8::try_from(code & 0xff)?);
            }
            Ok(WaitStatus::Signaled(pid, signal, _)) if pid == inner => {
                ended = Some(SIGNALLED.saturating_add(u8::try_from(signal as i32)?));
            }
            Ok(WaitStatus::StillAlive) | Err(Errno::ECHILD) => return Ok(ended),
            Ok(_) | Err(Errno::EINTR) => {}
            Err(errno) => return Err(errno).context("waiting for children"),
        }
    }
}

fn code_of(status: ExitStatus) -> u8 {
    let signalled = status.signal().map(|signal| i32::from(SIGNALLED) + signal);
    let code = status.code().or(signalled).unwrap_or(1);
    u8::try_from(code).unwrap_or(1)
}

fn mount_point() -> Option<PathBuf> {
    let program = env::current_exe().ok()?;
    let free = |point: &&Path| point.is_dir() && !program.starts_with(point);
    MOUNT_POINTS
        .iter()
        .map(Path::new)
        .find(free)
        .map(Path::to_path_buf)
}
