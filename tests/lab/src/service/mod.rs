//! The application behind the virtual IP: a small HTTP/1.1 and UDP service that answers its node's
//! name.
//!
//! Needs no privilege but the port's. In the background it outlives the daemon that started it, and
//! it is found again by its pid file.

pub mod http;
mod udp;

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use socket2::{Domain, Protocol, Socket, Type};
use tokio::net::TcpListener;

/// Connections that may wait to be accepted.
const BACKLOG: i32 = 4096;

/// How long a service that was told to stop may take.
const STOP_TIME_MAX: Duration = Duration::from_secs(10);

/// How often a stopping service is looked at.
const STOP_POLL: Duration = Duration::from_millis(5);

/// The service to run.
#[derive(Clone, Debug, clap::Args)]
pub struct ServeArgs {
    /// The name it answers with
    #[arg(long)]
    pub name: String,
    /// Address and port for HTTP; may be given several times, and the address need not be here yet
    #[arg(long, default_value = "[::]:80")]
    pub listen: Vec<SocketAddr>,
    /// Address and port for UDP echo; may be given several times
    #[arg(long)]
    pub udp: Vec<SocketAddr>,
    /// Run in the background and write the process number here; nothing is done when the process
    /// of this file runs
    #[arg(long)]
    pub pid_file: Option<PathBuf>,
}

/// Serves until the process is ended, or starts a process that does.
///
/// # Errors
///
/// When the address cannot be listened on, or the process not be started.
pub fn serve(args: &ServeArgs) -> Result<()> {
    match &args.pid_file {
        Some(file) => in_background(args, file),
        None => {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(foreground(args))
        }
    }
}

/// Ends the service of a pid file and waits for its end; it is fine when none runs. `force`: at
/// once.
///
/// # Errors
///
/// When it does not end in 10 s.
pub fn stop(pid_file: &Path, force: bool) -> Result<()> {
    let Some(pid) = running(pid_file) else {
        return Ok(());
    };
    let signal = if force {
        Signal::SIGKILL
    } else {
        Signal::SIGTERM
    };
    let deadline = Instant::now() + STOP_TIME_MAX;
    match kill(pid, signal) {
        Ok(()) | Err(Errno::ESRCH) => {}
        Err(errno) => return Err(errno).with_context(|| format!("signalling process {pid}")),
    }
    while running(pid_file).is_some() {
        if Instant::now() > deadline {
            bail!("process {pid} did not end in {} s", STOP_TIME_MAX.as_secs());
        }
        std::thread::sleep(STOP_POLL);
    }
    fs::remove_file(pid_file).context("removing the pid file")
}

/// The process of a pid file, when it runs; one that only waits to be collected has ended.
pub fn running(pid_file: &Path) -> Option<Pid> {
    let pid: i32 = fs::read_to_string(pid_file).ok()?.trim().parse().ok()?;
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let state = stat.rsplit(')').next()?.trim_start().chars().next()?;
    (state != 'Z').then(|| Pid::from_raw(pid))
}

/// Starts this program again as the service and returns as soon as it listens.
fn in_background(args: &ServeArgs, pid_file: &Path) -> Result<()> {
    if running(pid_file).is_some() {
        return Ok(());
    }
    let mut child = Command::new(env::current_exe()?)
        .args(["serve", "--name", &args.name])
        .args(args.listen.iter().map(|addr| format!("--listen={addr}")))
        .args(args.udp.iter().map(|addr| format!("--udp={addr}")))
        .process_group(0)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .context("starting the service")?;
    let stdout = child.stdout.take().context("the service has no output")?;
    let mut line = String::new();
    BufReader::new(stdout).read_line(&mut line)?;
    if !line.starts_with("listening") {
        bail!(
            "the service could not listen on {:?}: is a port taken?",
            args.listen
        );
    }
    fs::write(pid_file, child.id().to_string()).context("writing the pid file")
}

async fn foreground(args: &ServeArgs) -> Result<()> {
    let name: Arc<str> = args.name.as_str().into();
    let listeners: Vec<TcpListener> = args
        .listen
        .iter()
        .map(|listen| listener(*listen))
        .collect::<Result<_>>()?;
    let mut tasks = tokio::task::JoinSet::new();
    for socket in &args.udp {
        tasks.spawn(udp::echo(udp::open(*socket)?, Arc::clone(&name)));
    }
    for listener in listeners {
        tasks.spawn(accept(listener, Arc::clone(&name)));
    }
    writeln!(io::stdout(), "listening on {:?}", args.listen)?;
    while tasks.join_next().await.is_some() {}
    Ok(())
}

async fn accept(listener: TcpListener, name: Arc<str>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // A client that goes away is its own business.
                tokio::spawn({
                    let name = Arc::clone(&name);
                    async move { drop(http::converse(stream, &name).await) }
                });
            }
            // Out of descriptors or memory: those being served will give some back.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Listens as the service does: also on an address that is not here yet. `[::]` is both families.
///
/// # Errors
///
/// When the kernel refuses.
pub fn listener(listen: SocketAddr) -> Result<TcpListener> {
    let open = || -> io::Result<TcpListener> {
        let socket = Socket::new(
            Domain::for_address(listen),
            Type::STREAM,
            Some(Protocol::TCP),
        )?;
        bind_anywhere(&socket, listen)?;
        socket.set_reuse_address(true)?;
        socket.bind(&listen.into())?;
        socket.listen(BACKLOG)?;
        TcpListener::from_std(socket.into())
    };
    open().with_context(|| format!("listening on {listen}"))
}

/// Lets a socket that does not wait be bound to an address that the machine does not have.
fn bind_anywhere(socket: &Socket, listen: SocketAddr) -> io::Result<()> {
    socket.set_nonblocking(true)?;
    match listen {
        SocketAddr::V4(_) => socket.set_freebind_v4(true),
        SocketAddr::V6(_) => {
            socket.set_only_v6(!listen.ip().is_unspecified())?;
            socket.set_freebind_v6(true)
        }
    }
}
