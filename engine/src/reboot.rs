//! Reboots the machine for a module whose `automatic_reboot` says so, no more often than its `maxloop` allows:
//! what the core counts does not outlive the machine, so the reboots are written down.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::process::Command;

use crate::limits;

/// How the machine is rebooted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reboot {
    /// By `systemctl reboot`; where that fails by `reboot`.
    System,
    /// By this program.
    Program(PathBuf),
}

/// A reboot that is wanted.
#[derive(Debug)]
pub(crate) struct Order {
    pub(crate) by: Reboot,
    /// Where the module's reboots are written down.
    pub(crate) file: PathBuf,
    /// How many there may be within the interval; any number where that is zero.
    pub(crate) max: u32,
    pub(crate) interval: Duration,
}

/// Tells the machine to reboot; it may do so before this returns.
///
/// # Errors
///
/// Why it does not, in a sentence.
pub(crate) async fn reboot(order: Order) -> Result<(), String> {
    let Order {
        by,
        file,
        max,
        interval,
    } = order;
    let counting = tokio::task::spawn_blocking(move || count(&file, max, interval));
    counting.await.map_err(|error| error.to_string())??;
    let ways: Vec<(PathBuf, &[&str])> = match by {
        Reboot::System => vec![("systemctl".into(), &["reboot"]), ("reboot".into(), &[])],
        Reboot::Program(program) => vec![(program, &[])],
    };
    let mut problems = Vec::new();
    for (program, args) in ways {
        match tell(&program, args).await {
            Ok(()) => return Ok(()),
            Err(problem) => problems.push(format!("{}: {problem}", program.display())),
        }
    }
    Err(problems.join("; "))
}

async fn tell(program: &Path, args: &[&str]) -> Result<(), String> {
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let ended = tokio::time::timeout(limits::REBOOT, command.status()).await;
    match ended {
        Ok(Ok(status)) if status.success() => Ok(()),
        Ok(Ok(status)) => Err(status.to_string()),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("no end within {} s", limits::REBOOT.as_secs())),
    }
}

/// Writes one more down, unless there were too many.
fn count(file: &Path, max: u32, interval: Duration) -> Result<(), String> {
    if interval.is_zero() {
        return Ok(());
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |since| since.as_secs());
    let shown = file.display();
    let mut times = read(file).map_err(|error| format!("{shown} cannot be read: {error}"))?;
    // One of the future was noted before the clock was set.
    times.retain(|time| now.saturating_sub(*time) < interval.as_secs());
    if times.len() >= usize::try_from(max).unwrap_or(usize::MAX) {
        return Err(format!(
            "it was {} times within {} s, and maxloop allows no more",
            times.len(),
            interval.as_secs()
        ));
    }
    times.push(now);
    write(file, &times).map_err(|error| format!("{shown} cannot be written: {error}"))
}

fn read(file: &Path) -> io::Result<Vec<u64>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text.lines().filter_map(|line| line.parse().ok()).collect()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The machine may go down right afterwards.
fn write(file: &Path, times: &[u64]) -> io::Result<()> {
    let fresh = file.with_extension("new");
    let text: String = times.iter().map(|time| format!("{time}\n")).collect();
    let mut open = File::create(&fresh)?;
    open.write_all(text.as_bytes())?;
    open.sync_all()?;
    fs::rename(&fresh, file)?;
    file.parent()
        .map_or(Ok(()), |dir| File::open(dir)?.sync_all())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reboots_are_counted_over_reboots() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("reboots");
        let hour = Duration::from_secs(3600);
        for _ in 0..2 {
            count(&file, 2, hour).unwrap();
        }
        let problem = count(&file, 2, hour).unwrap_err();
        assert!(problem.starts_with("it was 2 times"), "{problem}");
        count(&file, 3, hour).unwrap();
        // Long ago is not counted, and what no line of it says neither.
        fs::write(&file, "17\n\nx\n").unwrap();
        count(&file, 1, hour).unwrap();
        assert!(count(&file, 1, hour).is_err());
        count(&file, 0, Duration::ZERO).unwrap();
        assert!(count(&dir.path().join("none/reboots"), 1, hour).is_err());
    }
}
