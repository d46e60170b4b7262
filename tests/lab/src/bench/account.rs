//! What processes cost, from the kernel's accounts: `/proc`, and `perf` where it is installed.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use tokio::process::Command;

/// Stack entries of packets that come in. In the lab they are other machines' and the switch's: a
/// veth pair hands a frame over at once, in the system call that sends it.
const INCOMING: [&str; 2] = ["net_rx_action", "process_backlog"];

/// Samples a second and process; no divisor of the pulse.
const SAMPLES_PER_SECOND: &str = "1999";

/// Processor time of all threads of a process that live, in nanoseconds.
pub(super) fn cpu_ns(pid: u32) -> Result<u64> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task"));
    let tasks = tasks.with_context(|| format!("process {pid} has ended"))?;
    let mut sum = 0;
    for task in tasks.flatten() {
        // A thread that ends meanwhile takes its account along.
        sum += on_core_ns(&task.path()).unwrap_or_default();
    }
    ensure!(
        sum > 0,
        "the kernel keeps no account of process {pid} in schedstat"
    );
    Ok(sum)
}

/// Processor time of the thread with this folder in `/proc`, in nanoseconds.
fn on_core_ns(thread: &Path) -> Result<u64> {
    let schedstat = fs::read_to_string(thread.join("schedstat"))?;
    let on_core = schedstat.split_whitespace().next();
    let ns = on_core.and_then(|ns| ns.parse().ok());
    ns.context("no time on a core in schedstat")
}

/// What a thread costs on this machine that does nothing but wake up once per pulse, in percent of a
/// core: no daemon with this pulse can cost less here.
///
/// # Errors
///
/// When the kernel keeps no account of it.
pub(super) fn sleeper_percent(pulse: Duration, time: Duration) -> Result<f64> {
    let account = || on_core_ns(Path::new("/proc/thread-self"));
    let sleeper = thread::spawn(move || {
        let (began, before) = (Instant::now(), account()?);
        while began.elapsed() < time {
            thread::sleep(pulse);
        }
        let busy_ns = account()?.saturating_sub(before);
        Ok(100.0 * as_float(busy_ns) / (began.elapsed().as_secs_f64() * 1e9))
    });
    sleeper
        .join()
        .map_err(|_panic| anyhow!("the thread that sleeps panicked"))?
}

/// Memory that a process has, in MiB.
pub(super) fn resident_mib(pid: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    Ok(as_float(kib.context("no VmRSS")?) / 1024.0)
}

/// What all processors of the machine did since it started, in ticks: busy, and in all.
#[derive(Clone, Copy, Debug)]
pub(super) struct Machine {
    busy: u64,
    all: u64,
}

impl Machine {
    /// As it is.
    ///
    /// # Errors
    ///
    /// When the kernel does not say.
    pub(super) fn now() -> Result<Self> {
        let stat = fs::read_to_string("/proc/stat").context("reading /proc/stat")?;
        let line = stat.lines().find_map(|line| line.strip_prefix("cpu "));
        let ticks = line.context("/proc/stat says nothing of the processors")?;
        let ticks: Vec<u64> = ticks
            .split_whitespace()
            .map_while(|ticks| ticks.parse().ok())
            .collect();
        // The fourth and fifth are idle; guests, behind the eighth, are in the first two already.
        let all: u64 = ticks.iter().take(8).sum();
        let idle: u64 = ticks.iter().skip(3).take(2).sum();
        Ok(Self {
            busy: all - idle,
            all,
        })
    }

    /// In percent how busy it was since an earlier look.
    pub(super) fn busy_percent_since(&self, earlier: &Self) -> f64 {
        let all = self.all.saturating_sub(earlier.all).max(1);
        100.0 * as_float(self.busy.saturating_sub(earlier.busy)) / as_float(all)
    }
}

/// Which part of the processor time of processes goes to incoming packets; `None` without `perf`.
///
/// # Errors
///
/// When `perf` fails.
pub(super) async fn share_of_incoming(
    pids: &[u32],
    time: Duration,
    scratch: &Path,
) -> Result<Option<f64>> {
    if !is_there("perf").await {
        return Ok(None);
    }
    let pids: Vec<String> = pids.iter().map(u32::to_string).collect();
    let mut record = Command::new("perf");
    record.args(["record", "--freq", SAMPLES_PER_SECOND, "-g", "--output"]);
    record.arg(scratch).args(["--pid", &pids.join(","), "--"]);
    record.args(["sleep", &time.as_secs().to_string()]);
    run(&mut record).await.context("perf record")?;
    let mut script = Command::new("perf");
    // Without what is inlined, for which it would ask another program line by line.
    script.args(["script", "--no-inline", "--fields", "ip,sym", "--input"]);
    let stacks = run(script.arg(scratch)).await.context("perf script")?;
    fs::remove_file(scratch)?;
    Ok(share(&stacks))
}

async fn run(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().await?;
    ensure!(
        output.status.success(),
        "{}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

async fn is_there(program: &str) -> bool {
    let asked = Command::new(program).arg("--version").output().await;
    asked.is_ok_and(|answer| answer.status.success())
}

/// The part of the stacks, which empty lines part, that have incoming packets in them.
fn share(stacks: &str) -> Option<f64> {
    let is_incoming = |stack: &&str| INCOMING.iter().any(|name| stack.contains(name));
    let stacks = || {
        stacks
            .split("\n\n")
            .filter(|stack| !stack.trim().is_empty())
    };
    let (all, incoming) = (stacks().count(), stacks().filter(is_incoming).count());
    let number = |count| u64::try_from(count).map(as_float).ok();
    (all > 0).then_some(number(incoming)? / number(all)?)
}

pub(super) fn as_float(number: u64) -> f64 {
    // Good to nine digits and a sign, which is more than is printed.
    number.to_string().parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stacks_with_incoming_packets_are_counted() {
        let stacks = "\n\tffff veth_xmit\n\tffff __sys_sendmmsg\n\n\
                      \tffff bpf_prog_F\n\tffff process_backlog\n\tffff net_rx_action\n\n\
                      \t55aa driver\n\n\t55aa driver\n\n";
        assert_eq!(share(stacks), Some(0.25));
        assert_eq!(share("\n"), None);
    }

    #[test]
    fn a_machine_is_as_busy_as_its_ticks_say() {
        let (before, after) = (
            Machine { busy: 10, all: 100 },
            Machine { busy: 60, all: 200 },
        );
        let busy = after.busy_percent_since(&before);
        assert!((busy - 50.0).abs() < 1e-9, "{busy}");
    }
}
