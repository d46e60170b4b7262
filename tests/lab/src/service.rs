//! The application behind the virtual IP: a small HTTP/1.1 service that answers its node's name.
//!
//! Needs no privilege but the port's. In the background it outlives the daemon that started it, and
//! it is found again by its pid file.

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// Longest request head; a longer one ends the connection.
const HEAD_BYTES_MAX: usize = 8192;

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 4096;

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
    /// Address and port
    #[arg(long, default_value = "0.0.0.0:80")]
    pub listen: SocketAddr,
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
            runtime.block_on(foreground(&args.name, args.listen))
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
        .args([
            "serve",
            "--name",
            &args.name,
            "--listen",
            &args.listen.to_string(),
        ])
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
            "the service could not listen on {}: is the port taken?",
            args.listen
        );
    }
    fs::write(pid_file, child.id().to_string()).context("writing the pid file")
}

async fn foreground(name: &str, listen: SocketAddr) -> Result<()> {
    let listener = listener(listen)?;
    writeln!(io::stdout(), "listening on {}", listener.local_addr()?)?;
    let response = response(name);
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // A client that goes away is its own business.
                tokio::spawn({
                    let response = response.clone();
                    async move { drop(converse(stream, &response).await) }
                });
            }
            // Out of descriptors or memory: those being served will give some back.
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Listens as the service does.
///
/// # Errors
///
/// When the kernel refuses.
pub fn listener(listen: SocketAddr) -> Result<TcpListener> {
    let socket = if listen.is_ipv4() {
        TcpSocket::new_v4()?
    } else {
        TcpSocket::new_v6()?
    };
    socket.set_reuseaddr(true)?;
    socket
        .bind(listen)
        .with_context(|| format!("binding {listen}"))?;
    Ok(socket.listen(BACKLOG)?)
}

/// The answer, apart from the line that says whether the connection stays.
fn response(name: &str) -> String {
    let length = name.len() + 1;
    format!("Content-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{name}\n")
}

/// Answers one connection's requests until one asks for its end.
async fn converse(mut stream: TcpStream, response: &str) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut read = Vec::with_capacity(512);
    loop {
        let Some(head) = next_head(&mut stream, &mut read).await? else {
            return Ok(());
        };
        let head = head.to_ascii_lowercase();
        let close = head.contains("connection: close") || head.contains(" http/1.0\r\n");
        let status = if head.starts_with("get ") {
            "200 OK"
        } else {
            "405 Method Not Allowed"
        };
        let keep = if close { "close" } else { "keep-alive" };
        let answer = format!("HTTP/1.1 {status}\r\nConnection: {keep}\r\n{response}");
        stream.write_all(answer.as_bytes()).await?;
        if close {
            return Ok(());
        }
    }
}

/// The next request's head; `None` at the end of the connection. What was read beyond it stays.
async fn next_head(stream: &mut TcpStream, read: &mut Vec<u8>) -> io::Result<Option<String>> {
    loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            let head: Vec<u8> = read.drain(..end + 4).collect();
            return Ok(Some(String::from_utf8_lossy(&head).into_owned()));
        }
        if read.len() > HEAD_BYTES_MAX || stream.read_buf(read).await? == 0 {
            return Ok(None);
        }
    }
}
