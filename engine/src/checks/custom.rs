//! `<custom>`: a program of the module that runs without end and sets its resource itself.
//!
//! It is a process group of its own that ends with its task, and with this process however that ends:
//! a process beside it reads from a pipe whose other end only this process has, and kills the group
//! when that closes. What ends by itself is told as down and started again.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};

use evenkeel_core::module::resources::DOWN;
use nix::errno::Errno;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::process::{Child, ChildStdin};
use tokio::time::Instant;

use super::pace::Resource;
use super::words;
use crate::limits;
use crate::scripts::output::Output;
use crate::scripts::{Home, runnable, sentence, spawn};

const SHELL: &str = "/bin/sh";
/// Takes the program and its arguments. The guard is no child of the program, which knows nothing of
/// it; the program takes the place of the shell, so that its end is seen as its own.
const GUARDED: &str = "exec 3<&0 </dev/null
( { read -r nothing <&3; kill -KILL 0; } & )
exec 3<&-
exec \"$0\" \"$@\"";

/// A custom checker.
#[derive(Debug)]
pub(super) struct Custom {
    /// Where it runs.
    pub(super) home: Home,
    /// The resource that it sets.
    pub(super) resource: String,
    /// Its path, relative to the module's `bin` unless absolute.
    pub(super) exec: String,
    /// What it is called with, after the names of module and resource.
    pub(super) arg: Option<String>,
}

/// Keeps the program running until nobody wants to know.
pub(super) async fn run(custom: Custom, mut resource: Resource) {
    let output = custom.output();
    let mut pause = limits::CUSTOM_AGAIN_FIRST;
    loop {
        let started = Instant::now();
        let ended = match &output {
            Ok(output) => custom.once(output).await,
            Err(error) => Err(format!("its output cannot be kept: {error}")),
        };
        if started.elapsed() >= limits::CUSTOM_SETTLED {
            pause = limits::CUSTOM_AGAIN_FIRST;
        }
        let reason = ended.unwrap_or_else(|reason| reason);
        let again = words::time(pause);
        let reason = format!("{reason}; it is started again in {again}");
        tracing::warn!(resource = custom.resource, reason, "a checker ended");
        // It may have set the resource itself meanwhile, so that what was told here says nothing.
        if resource.tell(DOWN, Some(reason)).await.is_err() {
            return;
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(limits::CUSTOM_AGAIN_MAX);
    }
}

impl Custom {
    /// Its output, over all its runs.
    fn output(&self) -> io::Result<Output> {
        self.home.output(&self.resource.replace('/', "_"))
    }

    /// Runs it to its end, and says how it ended.
    async fn once(&self, output: &Output) -> Result<String, String> {
        let path = self.path();
        if !runnable(&path)? {
            return Err(format!("{} is not there", path.display()));
        }
        let started = self.start(&path, output).await;
        let mut group = started.map_err(|error| sentence(&path, &error))?;
        let size = self.home.user.userlogsize;
        let ended = tokio::select! {
            ended = group.child.wait() => ended,
            never = output.keep_below(size) => match never {},
        };
        output.cut(size);
        let status = ended.map_err(|error| error.to_string())?;
        Ok(format!("its program {}", how(status)))
    }

    fn path(&self) -> PathBuf {
        self.home.folder.join("bin").join(&self.exec)
    }

    async fn start(&self, path: &Path, output: &Output) -> io::Result<Group> {
        let mut command = self.home.command(Path::new(SHELL), output)?;
        command
            .args(["-c", GUARDED])
            .arg(path)
            .arg(self.home.module.to_string())
            .arg(&self.resource)
            .args(&self.arg)
            .stdin(Stdio::piped());
        let mut child = spawn(command).await?;
        let id = child.id().and_then(|id| i32::try_from(id).ok());
        Ok(Group {
            _guarded: child.stdin.take(),
            id: id.map(Pid::from_raw),
            child,
        })
    }
}

/// The processes of a program. Dropping it ends them.
#[derive(Debug)]
struct Group {
    child: Child,
    /// Named after the program, whose number it keeps while the guard is in it.
    id: Option<Pid>,
    /// Its end ends the guard and with it the rest.
    _guarded: Option<ChildStdin>,
}

impl Drop for Group {
    fn drop(&mut self) {
        match self.id.map(|id| killpg(id, Signal::SIGKILL)) {
            None | Some(Ok(()) | Err(Errno::ESRCH)) => {}
            Some(Err(error)) => tracing::warn!(%error, "a checker's processes were not killed"),
        }
    }
}

fn how(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("ended with status {code}"),
        (None, Some(signal)) => format!("was ended by signal {signal}"),
        (None, None) => format!("ended with {status}"),
    }
}
