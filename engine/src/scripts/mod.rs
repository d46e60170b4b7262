//! Runs a module's scripts: arguments, environment, output, time limit.
//!
//! A script is a process group of its own, with its output in a file and never in a pipe. So it may
//! leave a background child behind: nobody waits for it, and it outlives the daemon. Only the limit
//! of time, or who says so, kills the script with its children, and only while the script itself still
//! runs.

pub mod output;
mod tree;

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use evenkeel_core::config::model::UserConfig;
use evenkeel_core::ids::ModuleName;
use evenkeel_core::input::ScriptOutcome;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::process::{Child, Command};
use tokio::sync::watch;

use crate::limits;
use crate::scripts::output::{Output, OutputFile};

/// Variables of the daemon's own environment that scripts see too; the rest stays with the daemon.
const INHERITED: [&str; 4] = ["PATH", "HOME", "LANG", "TZ"];
/// The variable of the engine's configuration that says where the product's own programs are; scripts
/// find them behind all others.
const PROGRAMS: &str = "SAFEBIN";
const DEFAULT_PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/// Where a module's programs run: its scripts and its custom checkers.
#[derive(Clone, Debug)]
pub struct Home {
    /// The module.
    pub module: ModuleName,
    /// The module's folder, with `bin` and `var` in it.
    pub folder: PathBuf,
    /// The module's `<user>` settings.
    pub user: UserConfig,
    /// This node's name.
    pub node: String,
    /// Environment from the engine's configuration.
    pub env: BTreeMap<String, String>,
}

/// One execution of a script, or of another program of the module.
#[derive(Clone, Debug)]
pub struct Execution {
    /// Where.
    pub home: Home,
    /// The file: absolute, or relative to the module's `bin`.
    pub program: String,
    /// Its arguments.
    pub args: Vec<String>,
    /// Kill it with all its children after this time.
    pub limit: Option<Duration>,
    /// Or as soon as something is sent here.
    pub kill: watch::Receiver<()>,
}

/// Runs a script to its end.
pub async fn run(execution: Execution) -> ScriptOutcome {
    let bin = execution.home.folder.join("bin");
    let path = bin.join(&execution.program);
    match runnable(&path) {
        Ok(true) => {}
        Ok(false) => return ScriptOutcome::Absent,
        Err(reason) => return ScriptOutcome::Failed { reason },
    }
    match run_file(&execution, &path).await {
        Ok(outcome) => outcome,
        Err(error) => ScriptOutcome::Failed {
            reason: sentence(&path, &error),
        },
    }
}

/// Whether there is such a script; a reason where there is one that cannot be run.
pub(crate) fn runnable(path: &Path) -> Result<bool, String> {
    let shown = path.display();
    let metadata = match path.metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(sentence(path, &error)),
    };
    if !metadata.is_file() {
        return Err(format!("{shown} is not a file"));
    }
    if metadata.permissions().mode() & 0o111 == 0 {
        return Err(format!("{shown} is not executable: chmod +x it"));
    }
    Ok(true)
}

pub(crate) fn sentence(path: &Path, error: &io::Error) -> String {
    let shown = path.display();
    if error.raw_os_error() == Some(nix::libc::ENOEXEC) {
        return format!("{shown} is no program: its first line must name one, such as #!/bin/sh");
    }
    format!("{shown} cannot be run: {error}")
}

async fn run_file(execution: &Execution, path: &Path) -> io::Result<ScriptOutcome> {
    let output = execution.home.output(&plain(&execution.program))?;
    let size = execution.home.user.userlogsize;
    let mut kill = execution.kill.clone();
    let mut child = spawn(command(execution, path, &output)?).await?;
    let group = child
        .id()
        .and_then(|id| i32::try_from(id).ok())
        .map(Pid::from_raw);
    let ended = tokio::select! {
        ended = wait(&mut child, group, execution.limit, &mut kill) => ended,
        never = output.keep_below(size) => match never {},
    };
    output.cut(size);
    // Children that the script left behind go on writing.
    if let Some(group) = group.filter(|group| has_members(*group)) {
        tokio::spawn(async move {
            while has_members(group) {
                tokio::time::sleep(limits::SCRIPT_LOG_CHECK).await;
                output.cut(size);
            }
        });
    }
    ended
}

/// A name for a file that says which program it is about.
fn plain(program: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ['_', '-', '.'].contains(&c);
    let sign = |c| if is_plain(c) { c } else { '_' };
    program.chars().map(sign).collect()
}

fn has_members(group: Pid) -> bool {
    killpg(group, None).is_ok()
}

fn command(execution: &Execution, path: &Path, output: &Output) -> io::Result<Command> {
    let mut command = execution.home.command(path, output)?;
    command.args(&execution.args).stdin(Stdio::null());
    Ok(command)
}

impl Home {
    /// Where the output of a program of this name goes, from here on.
    pub(crate) fn output(&self, name: &str) -> io::Result<Output> {
        let var = self.folder.join("var");
        std::fs::create_dir_all(&var)?;
        Ok(match self.user.logging {
            true => Output::File(OutputFile::create(&var, name)?),
            false => Output::Null,
        })
    }

    /// A program in its folder and environment, a process group of its own.
    pub(crate) fn command(&self, path: &Path, output: &Output) -> io::Result<Command> {
        let mut command = Command::new(path);
        command
            .current_dir(self.folder.join("bin"))
            .env_clear()
            .envs(self.environment())
            .stdout(output.stdio()?)
            .stderr(output.stdio()?)
            .process_group(0)
            .kill_on_drop(false);
        Ok(command)
    }

    fn environment(&self) -> BTreeMap<String, String> {
        let mut env = BTreeMap::from([("PATH".to_owned(), DEFAULT_PATH.to_owned())]);
        for name in INHERITED {
            env.extend(std::env::var(name).map(|value| (name.to_owned(), value)));
        }
        env.extend(self.env.clone());
        if let (Some(path), Some(bin)) = (env.get("PATH"), self.env.get(PROGRAMS)) {
            let path = format!("{path}:{bin}");
            env.insert("PATH".to_owned(), path);
        }
        env.extend(self.user.vars.iter().cloned());
        let folder = |name: &str| self.folder.join(name).display().to_string();
        // Last, so that no variable of the configuration takes their place.
        env.extend([
            ("SAFEMODULE".to_owned(), self.module.to_string()),
            ("SAFENODE".to_owned(), self.node.clone()),
            ("SAFEUSERBIN".to_owned(), folder("bin")),
            ("SAFEUSERCONF".to_owned(), folder("conf")),
            ("SAFEUSERVAR".to_owned(), folder("var")),
        ]);
        env
    }
}

/// Starts the process. A script that somebody is just writing is tried again for a while.
pub(crate) async fn spawn(mut command: Command) -> io::Result<Child> {
    for _ in 0..limits::SCRIPT_BUSY_RETRIES {
        match command.spawn() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => {
                tokio::time::sleep(limits::SCRIPT_BUSY_WAIT).await;
            }
            spawned => return spawned,
        }
    }
    command.spawn()
}

async fn wait(
    child: &mut Child,
    group: Option<Pid>,
    limit: Option<Duration>,
    kill: &mut watch::Receiver<()>,
) -> io::Result<ScriptOutcome> {
    let told = async {
        if kill.changed().await.is_err() {
            // Nobody is left to say so.
            std::future::pending::<()>().await;
        }
    };
    let outcome = tokio::select! {
        status = child.wait() => return status.map(outcome),
        limit = after(limit) => ScriptOutcome::TimedOut { limit },
        () = told => ScriptOutcome::Killed { signal: Signal::SIGKILL as i32 },
    };
    // The script has not been waited for, so its number is still its own and its group's.
    if let Some(group) = group {
        tokio::task::spawn_blocking(move || tree::end(group)).await?;
    }
    match tokio::time::timeout(limits::SCRIPT_DEATH, child.wait()).await {
        Ok(status) => drop(status?),
        // The kernel holds it, as on storage that does not answer: nobody can do more.
        Err(_) => tracing::warn!("a script that was killed does not end"),
    }
    Ok(outcome)
}

/// The limit, when it is over.
async fn after(limit: Option<Duration>) -> Duration {
    match limit {
        Some(limit) => {
            tokio::time::sleep(limit).await;
            limit
        }
        None => std::future::pending().await,
    }
}

fn outcome(status: ExitStatus) -> ScriptOutcome {
    match (status.code(), status.signal()) {
        (Some(code), _) => ScriptOutcome::Exited { code },
        (None, Some(signal)) => ScriptOutcome::Killed { signal },
        (None, None) => ScriptOutcome::Failed {
            reason: format!("it ended with {status}"),
        },
    }
}

#[cfg(test)]
mod tests;
