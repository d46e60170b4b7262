//! How systemd services are, as `systemctl` says.

use std::collections::BTreeMap;
use std::io;
use std::process::Stdio;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;

use super::words;
use crate::limits;

/// States of a unit that runs.
const RUNNING: [&str; 3] = ["active", "reloading", "refreshing"];

/// Whether each of these services runs, asked in one call; `env` is for that.
///
/// # Errors
///
/// With a sentence, when there is no systemd that answers.
pub(super) async fn are_running(
    names: &[String],
    env: &BTreeMap<String, String>,
) -> Result<Vec<bool>, String> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let mut command = Command::new("systemctl");
    command.args(["is-active", "--"]).args(names).envs(env);
    let asked = tokio::time::timeout(limits::SYSTEMCTL, ask(command)).await;
    let asked = asked.unwrap_or_else(|_| Err(io::Error::other(words::late(limits::SYSTEMCTL))));
    let (out, err) = asked.map_err(|error| format!("systemctl cannot be asked: {error}"))?;
    let states: Vec<bool> = out
        .lines()
        .map(|line| RUNNING.contains(&line.trim()))
        .collect();
    if states.len() == names.len() {
        return Ok(states);
    }
    let err = err.lines().next().unwrap_or("it says nothing");
    Err(format!(
        "systemctl does not say how the services are: {err}"
    ))
}

/// What it prints as output and as errors. Its status says no more than the lines do.
async fn ask(mut command: Command) -> io::Result<(String, String)> {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let mut child = command.spawn()?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let read = tokio::try_join!(read(out), read(err))?;
    child.wait().await?;
    Ok(read)
}

async fn read(from: Option<impl AsyncRead + Unpin>) -> io::Result<String> {
    let mut bytes = Vec::new();
    if let Some(from) = from {
        let mut from = from.take(limits::SYSTEMCTL_BYTES);
        from.read_to_end(&mut bytes).await?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
