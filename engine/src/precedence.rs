//! The precedence of threads: a starved driver looks dead to the other nodes.
//!
//! Nothing that such a thread starts inherits its precedence: scripts and other threads are ordinary
//! unless they ask for it themselves.

use std::fmt;
use std::io;

use nix::libc;
use serde::{Deserialize, Serialize};

/// Before all ordinary threads.
const BEFORE_ALL: i32 = -20;
/// The lowest of the real-time priorities: before all ordinary threads, behind every other that was
/// given one on purpose.
const REAL_TIME: i32 = 1;

/// How the kernel schedules the driver's thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheduling {
    /// In real time (`SCHED_FIFO`): whenever it has something to do.
    Fifo,
    /// Before ordinary threads where there are not enough processors (nice -20).
    Nice,
    /// As any other: on a busy machine its heartbeats may come late.
    Ordinary,
}

impl fmt::Display for Scheduling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fifo => "fifo",
            Self::Nice => "nice",
            Self::Ordinary => "ordinary",
        })
    }
}

/// What a thread got, and why not more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precedence {
    /// What it got.
    pub scheduling: Scheduling,
    /// Why, in a sentence.
    pub why: String,
}

/// Puts the calling thread before all others, as far as this machine lets it.
pub(crate) fn go_first() -> Precedence {
    let no_fifo = match schedule(libc::SCHED_FIFO, REAL_TIME) {
        Ok(()) => {
            return Precedence {
                scheduling: Scheduling::Fifo,
                why: "this machine grants real-time scheduling".to_owned(),
            };
        }
        Err(error) => format!("real-time scheduling is refused ({error})"),
    };
    match go_before_ordinary() {
        Ok(()) => Precedence {
            scheduling: Scheduling::Nice,
            why: format!("{no_fifo}; nice {BEFORE_ALL} is granted"),
        },
        Err(error) => Precedence {
            scheduling: Scheduling::Ordinary,
            why: format!(
                "{no_fifo}, and nice {BEFORE_ALL} too ({error}): give the service CAP_SYS_NICE"
            ),
        },
    }
}

/// Puts the calling thread before ordinary ones, without real-time scheduling.
///
/// # Errors
///
/// When the kernel refuses.
pub(crate) fn go_before_ordinary() -> io::Result<()> {
    schedule(libc::SCHED_OTHER, 0)?;
    // `None` is the calling thread, not its process.
    rustix::process::setpriority_process(None, BEFORE_ALL)?;
    Ok(())
}

/// Gives the calling thread a policy that nothing inherits that it starts.
#[expect(unsafe_code, reason = "no crate in use offers this call")]
fn schedule(policy: i32, priority: i32) -> io::Result<()> {
    const CALLING_THREAD: libc::pid_t = 0;
    let parameters = libc::sched_param {
        sched_priority: priority,
    };
    let policy = policy | libc::SCHED_RESET_ON_FORK;
    // SAFETY: reads the parameters, which live until it returns.
    let result = unsafe { libc::sched_setscheduler(CALLING_THREAD, policy, &raw const parameters) };
    if result == 0 {
        return Ok(());
    }
    Err(io::Error::last_os_error())
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;

    fn policy() -> i32 {
        let stat = std::fs::read_to_string("/proc/thread-self/stat").unwrap();
        let (_, fields) = stat.rsplit_once(") ").unwrap();
        // Field 41 of proc_pid_stat(5); the first behind the name is field 3.
        fields.split(' ').nth(38).unwrap().parse().unwrap()
    }

    #[test]
    fn nothing_inherits_the_precedence_of_a_thread() {
        let tried = thread::spawn(|| {
            let got = go_first();
            let inherited = thread::spawn(|| (policy(), nice())).join().unwrap();
            (got, policy(), nice(), inherited)
        });
        let (got, policy, nice, inherited) = tried.join().unwrap();
        assert_eq!(inherited.0, libc::SCHED_OTHER, "{got:?}");
        match got.scheduling {
            Scheduling::Fifo => assert_eq!(policy, libc::SCHED_FIFO),
            Scheduling::Nice => assert_eq!((policy, nice), (libc::SCHED_OTHER, BEFORE_ALL)),
            Scheduling::Ordinary => assert_eq!(policy, libc::SCHED_OTHER),
        }
        assert!(inherited.1 >= 0, "{got:?}");
    }

    fn nice() -> i32 {
        rustix::process::getpriority_process(None).unwrap()
    }
}
