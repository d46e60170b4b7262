//! The load of the benchmark: wrk where it is installed, else a loop of our own; and the processor
//! time that it took.

use std::fmt;
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZero;
use std::process::Stdio;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use futures::future::try_join_all;
use tokio::process::Command;
use tokio::task::JoinSet;

use crate::farm::plan::{Family, Net};
use crate::isolate;
use crate::load::http::{After, ask, connect};
use crate::netns::Namespace;

/// Ticks of the kernel's accounts in a second, on every architecture that Linux runs on today.
const TICKS_PER_SECOND: f64 = 100.0;

/// Longest time beyond its own that wrk may take.
const GRACE: Duration = Duration::from_secs(30);

/// What makes the load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    /// The program wrk.
    Wrk,
    /// A loop in this program.
    Own,
}

/// One turn.
#[derive(Clone, Debug)]
pub(super) struct Options {
    /// Where to ask: each of these at the same time.
    pub(super) to: Vec<SocketAddr>,
    /// Connections at a time, to all of them together.
    pub(super) connections: u32,
    /// Each request has a connection of its own.
    pub(super) per_request: bool,
    /// How long.
    pub(super) time: Duration,
}

/// What a turn gave.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sample {
    /// Requests per second.
    pub(super) rate: f64,
    /// Requests that failed.
    pub(super) failed: u64,
    /// Processor microseconds per request: of the lab's processes, of the machine.
    pub(super) cpu_us: f64,
    /// See `cpu_us`.
    pub(super) machine_us: f64,
}

impl Tool {
    /// What there is.
    pub(super) fn find() -> Self {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let found = std::env::split_paths(&path).any(|dir| dir.join("wrk").is_file());
        if found { Self::Wrk } else { Self::Own }
    }
}

impl fmt::Display for Tool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Wrk => "wrk",
            Self::Own => "the lab's own loop",
        })
    }
}

/// Runs one turn from a client's namespace.
pub(super) async fn measure(tool: Tool, client: &Namespace, options: &Options) -> Result<Sample> {
    let before = (lab_ticks()?, machine_ticks()?);
    let started = Instant::now();
    let all = (0..).zip(&options.to);
    let all = all.map(|(index, to)| one(tool, client, Part::of(options, index, *to)));
    let counts = try_join_all(all).await?;
    let (answered, failed) = counts
        .iter()
        .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let seconds = started.elapsed().as_secs_f64();
    let after = (lab_ticks()?, machine_ticks()?);
    ensure!(answered > 0, "{:?} answer nothing", options.to);
    let answered = as_float(answered);
    let us = |ticks: u64| as_float(ticks) / TICKS_PER_SECOND * 1e6 / answered;
    Ok(Sample {
        rate: answered / seconds,
        failed,
        cpu_us: us(after.0.saturating_sub(before.0)),
        machine_us: us(after.1.saturating_sub(before.1)),
    })
}

/// What one service is asked in a turn.
#[derive(Clone, Copy, Debug)]
struct Part {
    to: SocketAddr,
    connections: u32,
    per_request: bool,
    time: Duration,
}

impl Part {
    /// That of the service with this index: the connections are split evenly.
    fn of(options: &Options, index: u32, to: SocketAddr) -> Self {
        let of = u32::try_from(options.to.len()).unwrap_or(1);
        let more = u32::from(index < options.connections % of);
        Self {
            to,
            connections: options.connections / of + more,
            per_request: options.per_request,
            time: options.time,
        }
    }
}

/// Requests answered and failed.
async fn one(tool: Tool, client: &Namespace, part: Part) -> Result<(u64, u64)> {
    match tool {
        Tool::Wrk => wrk(client, &part).await,
        Tool::Own => own(client, &part).await,
    }
}

/// Requests answered and failed.
async fn wrk(client: &Namespace, options: &Part) -> Result<(u64, u64)> {
    let mut command = isolate::command("wrk");
    // A thread for each processor: one alone is the farm's bottleneck, because the kernel of a machine
    // that is a whole farm takes a packet to its node on the sender's processor.
    let threads = available_parallelism().map_or(1, NonZero::get);
    let threads = threads.min(options.connections.max(1) as usize);
    command
        .args(["-t", &threads.to_string()])
        .args(["-c", &options.connections.to_string()])
        .args(["-d", &format!("{}s", options.time.as_secs())])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if options.per_request {
        command.args(["-H", "Connection: close"]);
    }
    command.arg(format!("http://{}/", options.to));
    let time_max = options.time + GRACE;
    let run = move || async move {
        let output = Command::from(command).kill_on_drop(true).output();
        tokio::time::timeout(time_max, output).await
    };
    let output = client.run(run).await?.context("wrk does not end")??;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    ensure!(
        output.status.success(),
        "wrk: {text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    read_wrk(&text).with_context(|| format!("wrk said: {text}"))
}

/// Reads `N requests in …` and `Socket errors: connect N, read N, write N, timeout N`.
fn read_wrk(text: &str) -> Option<(u64, u64)> {
    let number = |word: &str| word.trim_end_matches(',').parse::<u64>().ok();
    let requests = text.lines().find(|line| line.contains(" requests in "))?;
    let answered = number(requests.split_whitespace().next()?)?;
    let errors = text.lines().filter(|line| {
        let line = line.trim_start();
        line.starts_with("Socket errors:") || line.starts_with("Non-2xx")
    });
    let failed = errors.flat_map(str::split_whitespace).filter_map(number);
    Some((answered, failed.sum()))
}

/// Requests answered and failed.
async fn own(client: &Namespace, options: &Part) -> Result<(u64, u64)> {
    let options = *options;
    let all = move || async move {
        let mut lines = JoinSet::new();
        let sources = Net::First.client_sources(Family::V4);
        for source in sources
            .into_iter()
            .cycle()
            .take(options.connections as usize)
        {
            lines.spawn_local(line(source, options));
        }
        let (mut answered, mut failed) = (0, 0);
        while let Some(counts) = lines.join_next().await {
            let counts = counts.unwrap_or_default();
            answered += counts.0;
            failed += counts.1;
        }
        (answered, failed)
    };
    client.run(all).await
}

/// One connection, or one after the other, until the time is over.
async fn line(source: IpAddr, options: Part) -> (u64, u64) {
    let until = Instant::now() + options.time;
    let (mut answered, mut failed) = (0, 0);
    let after = if options.per_request {
        After::Close
    } else {
        After::Keep
    };
    while Instant::now() < until {
        let Ok(mut stream) = connect(SocketAddr::new(source, 0), options.to).await else {
            failed += 1;
            continue;
        };
        while Instant::now() < until {
            match ask(&mut stream, after).await {
                Ok(_) => answered += 1,
                Err(_) => failed += 1,
            }
            if after == After::Close {
                break;
            }
        }
    }
    (answered, failed)
}

/// Processor time of every process inside the isolation, those that have ended included.
fn lab_ticks() -> Result<u64> {
    let mut ticks = 0;
    for entry in fs::read_dir("/proc")?.flatten() {
        let is_process = |name: &str| name.bytes().all(|byte| byte.is_ascii_digit());
        if !entry.file_name().to_str().is_some_and(is_process) {
            continue;
        }
        // A process that ends meanwhile is in the account of its parent.
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let Some((_, fields)) = stat.rsplit_once(')') else {
            continue;
        };
        // Own time and that of collected children, in user and kernel mode: fields 14 to 17.
        let own = fields.split_whitespace().skip(11).take(4);
        ticks += own
            .filter_map(|field| field.parse::<u64>().ok())
            .sum::<u64>();
    }
    Ok(ticks)
}

/// Time that the machine's processors were not idle.
fn machine_ticks() -> Result<u64> {
    let stat = fs::read_to_string("/proc/stat")?;
    let line = stat.lines().next().context("/proc/stat is empty")?;
    let fields: Vec<u64> = line
        .split_whitespace()
        .skip(1)
        .filter_map(|field| field.parse().ok())
        .collect();
    // User, nice, system, then idle and waiting, then interrupts; guests are in user already.
    let busy = |index: &usize| !(3..=4).contains(index) && *index < 7;
    Ok((0..fields.len())
        .filter(busy)
        .map(|index| fields[index])
        .sum())
}

fn as_float(number: u64) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::read_wrk;

    #[test]
    fn wrk_is_understood() {
        let text = "  2 threads and 32 connections\n  40521 requests in 2.00s, 5.10MB read\n  \
                    Socket errors: connect 0, read 3, write 0, timeout 1\nRequests/sec:  20252.11\n";
        assert_eq!(read_wrk(text), Some((40_521, 4)));
        assert_eq!(read_wrk("nothing"), None);
    }
}
