//! The daemon goes over to the program that is installed in its place, while it serves.
//!
//! ```text
//! this program              the next one
//! writes itself down   ->   reads it, says whether it could go on with that (another process)
//! stands still         ->   takes its place in this process: exec
//! ```
//!
//! The process stays the same, and with it whoever looks after it, its listening sockets, and what the kernel has
//! in force ([`evenkeel_engine::handover`]). Whatever goes wrong before the exec leaves this program running.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::net::TcpListener;
use std::os::fd::{AsFd, AsRawFd, RawFd};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use evenkeel_engine::handover::{Former, inherited};
use nix::fcntl::{FcntlArg, FdFlag, fcntl};
use nix::sys::memfd::{MFdFlags, memfd_create};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::app::{App, Shared};
use crate::limits;
use crate::problem::{Chain, Problem, ProblemType};
use crate::timestamp;
use crate::views::upgrade::{Upgrade, UpgradeState};

/// The option by which the next program is told.
const OPTION: &str = "--take-over";

/// How the next program is told what it is to do with what it reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum TakeOver {
    /// Say whether it could go on with it.
    Check,
    /// Go on with it.
    Now,
}

impl TakeOver {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Check => "--take-over=check",
            Self::Now => "--take-over=now",
        }
    }
}

/// What the next program is told before the node.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Told {
    /// The version of the program that wrote it.
    version: String,
    /// When it began.
    began_at: String,
    /// The descriptor of the API's socket.
    listener: RawFd,
    /// The same for load balancers and monitors.
    probed: Option<RawFd>,
}

/// What a program was given by the one before.
#[derive(Debug)]
pub struct Given {
    /// What it told.
    pub told: Told,
    /// The node.
    pub former: Former,
}

/// How this daemon gives itself to the next program.
#[derive(Debug)]
pub struct Upgrades {
    program: PathBuf,
    listener: TcpListener,
    probed: Option<TcpListener>,
    status: watch::Sender<Upgrade>,
    /// Held by the one that is under way.
    one: Arc<tokio::sync::Mutex<()>>,
}

impl Upgrades {
    /// With the sockets that the next program goes on with, and what this one went over from.
    ///
    /// # Errors
    ///
    /// When the kernel gives no more descriptors, or does not say which program this is.
    pub fn new(
        listener: &TcpListener,
        probed: Option<&TcpListener>,
        told: Option<&Told>,
    ) -> io::Result<Self> {
        let done = |told: &Told| Upgrade {
            from: Some(told.version.clone()),
            to: Some(env!("CARGO_PKG_VERSION").to_owned()),
            began_at: Some(told.began_at.clone()),
            ended_at: Some(timestamp::now()),
            ..Upgrade::of(UpgradeState::Succeeded)
        };
        let status = told.map_or_else(|| Upgrade::of(UpgradeState::None), done);
        Ok(Self {
            program: std::env::current_exe()?,
            listener: listener.try_clone()?,
            probed: probed.map(TcpListener::try_clone).transpose()?,
            status: watch::Sender::new(status),
            one: Arc::default(),
        })
    }

    /// How the last one stands.
    pub fn status(&self) -> Upgrade {
        self.status.borrow().clone()
    }

    /// Whether the sockets outlive this program.
    fn lend(&self, lend: bool) -> io::Result<()> {
        let flags = match lend {
            true => FdFlag::empty(),
            false => FdFlag::FD_CLOEXEC,
        };
        for socket in [Some(&self.listener), self.probed.as_ref()]
            .into_iter()
            .flatten()
        {
            fcntl(socket, FcntlArg::F_SETFD(flags))?;
        }
        Ok(())
    }

    fn command(&self, what: TakeOver) -> Command {
        let args = std::env::args_os().skip(1);
        let is_other = |arg: &OsString| !arg.to_string_lossy().starts_with(OPTION);
        let mut command = Command::new(&self.program);
        command.args(args.filter(is_other)).arg(what.as_str());
        command
    }
}

/// Begins to go over to the installed program, if that could go on with this node; it does so a moment after this
/// was answered.
///
/// # Errors
///
/// When it could not, something else is under way here, or the node cannot be handed over. Nothing changed.
pub async fn begin(app: &Shared) -> Result<Upgrade, Problem> {
    let upgrades = &app.upgrades;
    let Ok(one) = Arc::clone(&upgrades.one).try_lock_owned() else {
        let detail = "an upgrade of this daemon is under way";
        return Err(Problem::new(ProblemType::InProgress, detail));
    };
    if app.operations.are_some() {
        let detail = "an operation of this node is under way: wait for its end, or call it off";
        return Err(Problem::new(ProblemType::InProgress, detail));
    }
    let told = Told {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        began_at: timestamp::now(),
        listener: upgrades.listener.as_raw_fd(),
        probed: upgrades.probed.as_ref().map(AsRawFd::as_raw_fd),
    };
    let to = could_go_on(app, &told).await?;
    let begun = Upgrade {
        from: Some(told.version.clone()),
        to: Some(to),
        began_at: Some(told.began_at.clone()),
        ..Upgrade::of(UpgradeState::Running)
    };
    upgrades.status.send_replace(begun.clone());
    let app = app.clone();
    tokio::spawn(async move {
        let _one = one;
        tokio::time::sleep(limits::UPGRADE_DELAY).await;
        let why = go_over(&app, told).await;
        tracing::error!(why, "this program goes on");
        app.upgrades.status.send_modify(|upgrade| {
            upgrade.state = UpgradeState::Failed;
            upgrade.ended_at = Some(timestamp::now());
            upgrade.detail = Some(why);
        });
    });
    Ok(begun)
}

/// The version of the installed program, if it could go on with this node as it is.
async fn could_go_on(app: &App, told: &Told) -> Result<String, Problem> {
    let kept = app.engine.keep().await?;
    let written = write(told, &kept);
    let file = written.map_err(|error| Problem::internal("writing this node down", &error))?;
    let mut command = tokio::process::Command::from(app.upgrades.command(TakeOver::Check));
    command.stdin(Stdio::from(file)).kill_on_drop(true);
    let refused = |why: String| {
        let program = app.upgrades.program.display();
        let detail = format!("{program} cannot take this node over: {why}; this program goes on");
        Problem::new(ProblemType::WrongState, detail)
    };
    let output = tokio::time::timeout(limits::UPGRADE_CHECK_TIME_MAX, command.output()).await;
    let output = output
        .map_err(|_late| refused("it does not answer".to_owned()))?
        .map_err(|error| refused(error.to_string()))?;
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let end = text.trim().lines().last().unwrap_or_default().to_owned();
        end.chars().take(limits::UPGRADE_DETAIL_LEN_MAX).collect()
    };
    if !output.status.success() {
        let said: String = text(&output.stderr);
        return Err(refused(format!("{} ({said})", output.status)));
    }
    Ok(text(&output.stdout))
}

/// Comes back only when this program goes on, and says why.
async fn go_over(app: &Shared, told: Told) -> String {
    // No change of a configuration is cut in two, and all that was to be kept is.
    let _no_change = app.changes.lock().await;
    if let Err(error) = app.store.run(|_| Ok(())).await {
        return Chain(&error).to_string();
    }
    let handing = match app.engine.hand_over().await {
        Ok(handing) => handing,
        Err(error) => return Chain(&error).to_string(),
    };
    let exec = app.clone();
    let went = tokio::task::spawn_blocking(move || {
        let file = write(&told, handing.kept())?;
        exec.upgrades.lend(true)?;
        let mut command = exec.upgrades.command(TakeOver::Now);
        // Comes back only when it fails.
        Err::<(), io::Error>(command.stdin(Stdio::from(file)).exec())
    });
    let went = went.await.map_err(io::Error::other).flatten();
    if let Err(error) = app.upgrades.lend(false) {
        tracing::warn!(%error, "programs that are started inherit sockets");
    }
    let program = app.upgrades.program.display();
    went.map_or_else(
        |error| format!("{program} cannot be executed: {error}"),
        |()| "nothing happened".to_owned(),
    )
}

/// A line about the program, then the node; in memory alone, as it has secrets.
fn write(told: &Told, kept: &[u8]) -> io::Result<File> {
    let mut file = File::from(memfd_create("evenkeel", MFdFlags::MFD_CLOEXEC)?);
    serde_json::to_writer(&file, told)?;
    file.write_all(b"\n")?;
    file.write_all(kept)?;
    file.rewind()?;
    Ok(file)
}

/// Reads what the former program wrote, from standard input, which is empty from then on.
///
/// # Errors
///
/// In one sentence, when it is nothing that this program could go on with.
pub fn read() -> Result<Given, String> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| format!("the former program cannot be read: {error}"))?;
    let nothing = File::open("/dev/null").and_then(|null| {
        nix::unistd::dup2_stdin(null.as_fd())?;
        Ok(())
    });
    nothing.map_err(|error| format!("standard input cannot be closed: {error}"))?;
    let end = bytes.iter().position(|byte| *byte == b'\n');
    let (told, kept) = bytes.split_at(end.map_or(0, |end| end + 1));
    let told = serde_json::from_slice(told)
        .map_err(|error| format!("the former program says something unknown: {error}"))?;
    let former = Former::read(kept)?;
    Ok(Given { told, former })
}

impl Told {
    /// The version of the former program.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The sockets that the former program left open in this process: of the API, and for load balancers. To
    /// be called once.
    ///
    /// # Errors
    ///
    /// When it left none.
    pub fn sockets(&self) -> io::Result<(TcpListener, Option<TcpListener>)> {
        let socket = |fd| inherited(fd).map(TcpListener::from);
        Ok((socket(self.listener)?, self.probed.map(socket).transpose()?))
    }
}
