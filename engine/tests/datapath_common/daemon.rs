//! A process that serves until it is killed: a copy of the test's own program, in which one of its
//! tests takes this part.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

use crate::common::{Namespace, Outcome};

/// Tells a copy of a test's program that it is the daemon to be killed, and how it serves.
const DAEMON: &str = "EVENKEEL_TEST_DAEMON";

/// How this process is to serve, where it is the daemon.
pub(crate) fn part() -> Option<String> {
    env::var(DAEMON).ok()
}

/// Says that the filter is in force, and returns when the parent is gone.
#[expect(clippy::print_stdout, reason = "the parent waits for the word")]
pub(crate) fn serve_until_killed() -> Outcome<()> {
    println!("READY");
    std::io::stdout().flush()?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// The process.
pub(crate) struct Daemon {
    child: Child,
}

impl Daemon {
    /// Starts it in a namespace, where the test with this name serves in this way, and waits until its
    /// filter is in force.
    pub(crate) fn start(
        server: &Namespace,
        test: &'static str,
        part: &'static str,
    ) -> Outcome<Self> {
        server.run(move || {
            let mut child = Command::new(env::current_exe()?)
                .args(["--exact", test, "--nocapture"])
                .env(DAEMON, part)
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()?;
            let output = child.stdout.take().ok_or("no output")?;
            let daemon = Self { child };
            let is_ready = |line: std::io::Result<String>| line.is_ok_and(|l| l.contains("READY"));
            if BufReader::new(output).lines().any(is_ready) {
                return Ok(daemon);
            }
            Err("the daemon did not start".into())
        })
    }

    /// `kill -9`, and waits until the process is gone and the kernel has closed what it held.
    pub(crate) fn kill(&mut self) -> Outcome<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        // It was killed already where the test came that far.
        drop(self.kill());
    }
}
