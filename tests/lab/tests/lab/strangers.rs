//! A stranger's flood: forged, replayed, truncated, foreign and outdated datagrams, heartbeats and
//! probes. Each is counted, none changes anything, and the daemon holds no more memory than before.

use std::collections::BTreeMap;
use std::env;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use evenkeel_lab::farm::{Farm, FarmOptions, MODULE, PATIENCE, plan};
use evenkeel_lab::isolate::World;

use crate::expect::{answered_by, eventually};
use crate::overheard::{Overheard, PORT, overhear, say};
use crate::{on_farm, tell};

/// The node that is flooded; from another one, and to a third, it is overheard.
const TARGET: u8 = 1;
const OTHER: u8 = 2;
const RESTARTED: u8 = 3;

/// Sets how many datagrams the stranger sends a second.
const RATE_VARIABLE: &str = "EVENKEEL_LAB_FLOOD_RATE";
const RATE: u64 = 24_000;
/// How long it does so.
const TIME: Duration = Duration::from_secs(5);

/// Datagrams of each kind that are gone through again and again.
const OF_EACH: usize = 8;

/// Where a heartbeat has the number of its sender.
const SENDER_AT: usize = 14;

/// More than this the daemon's memory does not vary by itself.
const NOISE_KIB: u64 = 4096;

/// What a stranger says, and by which counter of the API that is told.
type Lies = BTreeMap<&'static str, Vec<Vec<u8>>>;

pub(crate) fn flood(world: &World, options: FarmOptions) -> Result<()> {
    let rate = match env::var(RATE_VARIABLE) {
        Ok(rate) => rate.parse().context(RATE_VARIABLE)?,
        Err(_) => RATE,
    };
    on_farm(world, options, async |farm| {
        let to_target = overhear(farm, TARGET, OF_EACH).await?;
        let to_other = overhear(farm, OTHER, 4 * OF_EACH).await?;
        // What was overheard is of a former epoch then, and some of it of a former run.
        let name = plan::node_name(RESTARTED);
        farm.kill9(RESTARTED)?;
        farm.restart_daemon(RESTARTED).await?;
        farm.api(TARGET)?
            .start(MODULE, Some(vec![name.clone()]))
            .await?;
        farm.api(RESTARTED)?
            .wait_ready(MODULE, &name, PATIENCE)
            .await?;
        all_alive(farm).await?;
        let lies = lies(&to_target, &to_other);
        flooded(farm, &lies, rate).await
    })
}

async fn flooded(farm: &Farm, lies: &Lies, rate: u64) -> Result<()> {
    let datagrams: Vec<Vec<u8>> = lies.values().flatten().cloned().collect();
    let client = &farm.client().namespace;
    let before = Seen::at(farm).await?;
    // The first flood fills what is filled once: buffers, tables, the log.
    let (warm, _) = say(client, TARGET, datagrams.clone(), (rate, TIME / 5)).await?;
    let resident_kib = farm.node(TARGET)?.resident_kib()?;
    let epochs = epochs(farm).await?;
    let load = farm.steady().await?;
    let (rounds, took) = say(client, TARGET, datagrams, (rate, TIME)).await?;
    let after = eventually("every datagram counted", async || {
        let after = Seen::at(farm).await?;
        Ok(uncounted(lies, &before, &after, warm + rounds)
            .is_none()
            .then_some(after))
    });
    let after = match after.await {
        Ok(after) => after,
        Err(error) => {
            let after = Seen::at(farm).await?;
            let why = uncounted(lies, &before, &after, warm + rounds);
            return Err(error.context(why.unwrap_or_default()));
        }
    };
    let attempts = load.finish().await;
    let all: u64 = lies.values().map(|of| rounds * count(of)).sum();
    let per_second = all * 1000 / u64::try_from(took.as_millis())?;
    let now_kib = farm.node(TARGET)?.resident_kib()?;
    tell(&format!(
        "{per_second} datagrams a second for {took:.1?}; the socket had no room for {}; timer late by \
         {} us at the most; {} connections meanwhile; memory {resident_kib} KiB, then {now_kib} KiB",
        after.dropped - before.dropped,
        after.late_max_us,
        attempts.len(),
    ));
    for (counter, of) in lies {
        let (sent, counted) = (
            (warm + rounds) * count(of),
            after.of(counter) - before.of(counter),
        );
        tell(&format!("{counter}: {sent} sent, {counted} counted"));
    }
    ensure!(
        per_second >= 20_000,
        "the stranger is too slow: {per_second} a second"
    );
    let names = farm.names();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    answered_by(&attempts, &names)?;
    let grown = now_kib.saturating_sub(resident_kib);
    ensure!(
        grown <= NOISE_KIB,
        "the daemon holds {grown} KiB more than before"
    );
    let now = self::epochs(farm).await?;
    ensure!(now == epochs, "the view changed: {epochs:?}, then {now:?}");
    all_alive(farm).await
}

/// What is wrong with the counters, if anything: every datagram for which the socket had room is counted
/// for what it is, and every probe, which needs no socket.
fn uncounted(lies: &Lies, before: &Seen, after: &Seen, rounds: u64) -> Option<String> {
    let mut missing = 0;
    for (counter, of) in lies {
        let (sent, counted) = (rounds * count(of), after.of(counter) - before.of(counter));
        missing += sent.saturating_sub(counted);
        if counter.starts_with("probed") && counted < sent {
            return Some(format!("{counter}: {counted} of {sent} were counted"));
        }
    }
    let dropped = after.dropped - before.dropped;
    (missing > dropped).then(|| format!("{missing} were not counted, {dropped} not received"))
}

fn count(of: &[Vec<u8>]) -> u64 {
    u64::try_from(of.len()).unwrap_or(u64::MAX)
}

/// What the stranger makes of what it overheard.
fn lies(to_target: &[Overheard], to_other: &[Overheard]) -> Lies {
    let some = |of: &[Overheard], is: fn(&Overheard) -> bool, change: fn(&mut Vec<u8>)| {
        let wanted = of.iter().filter(|one| is(one)).take(OF_EACH);
        let mut some: Vec<Vec<u8>> = wanted.map(|one| one.bytes.clone()).collect();
        some.iter_mut().for_each(change);
        some
    };
    let heartbeat = Overheard::is_heartbeat;
    // What the node said itself is nobody's that it knows.
    let of_a_third = |one: &Overheard| one.is_heartbeat() && one.bytes[SENDER_AT] != TARGET - 1;
    let request = Overheard::is_request;
    let forge = |bytes: &mut Vec<u8>| {
        if let Some(last) = bytes.last_mut() {
            *last ^= 1;
        }
    };
    // A heartbeat cut to less than a header, and one with another cluster's id.
    let cut = |bytes: &mut Vec<u8>| bytes.truncate(30);
    let estrange = |bytes: &mut Vec<u8>| bytes[10] ^= 1;
    Lies::from([
        ("refused.forged", some(to_target, heartbeat, forge)),
        ("refused.malformed", some(to_target, heartbeat, cut)),
        ("refused.foreign", some(to_target, heartbeat, estrange)),
        (
            "refused.replayed",
            [
                some(to_target, heartbeat, |_as_it_was| ()),
                some(to_other, of_a_third, |_to_another| ()),
            ]
            .concat(),
        ),
        ("probed.forged", some(to_target, request, forge)),
        ("probed.foreign", some(to_other, request, |_to_another| ())),
        ("probed.replayed", some(to_target, request, |_as_it_was| ())),
    ])
}

/// What a flooded node tells of itself, and its kernel.
struct Seen {
    counters: BTreeMap<&'static str, u64>,
    late_max_us: u64,
    /// Datagrams that its socket had no room for.
    dropped: u64,
}

impl Seen {
    async fn at(farm: &Farm) -> Result<Self> {
        let name = plan::node_name(TARGET);
        let status = farm.api(TARGET)?.node_status(&name).await?;
        let (refused, probed) = (&status.refused, &status.detector.probed);
        let udp = farm
            .node(TARGET)?
            .station()
            .namespace
            .proc_net("udp")
            .await?;
        Ok(Self {
            counters: BTreeMap::from([
                ("refused.malformed", refused.malformed),
                ("refused.foreign", refused.foreign),
                ("refused.forged", refused.forged),
                ("refused.replayed", refused.replayed),
                ("probed.forged", probed.forged),
                ("probed.foreign", probed.foreign),
                ("probed.replayed", probed.replayed),
            ]),
            late_max_us: status.detector.late_max_us,
            dropped: dropped(&udp)?,
        })
    }

    fn of(&self, counter: &str) -> u64 {
        self.counters.get(counter).copied().unwrap_or(0)
    }
}

/// What the kernel dropped because a socket on the nodes' port was full, from `/proc/net/udp`.
fn dropped(udp: &str) -> Result<u64> {
    let port = format!(":{PORT:04X}");
    let of_port = |line: &&str| {
        line.split_whitespace()
            .nth(1)
            .is_some_and(|at| at.ends_with(&port))
    };
    let line = udp
        .lines()
        .find(of_port)
        .context("the daemon has no socket")?;
    let last = line.split_whitespace().last();
    Ok(last.context("no counter of drops")?.parse()?)
}

/// The epoch in force at each node.
pub(crate) async fn epochs(farm: &Farm) -> Result<Vec<Option<String>>> {
    let mut epochs = Vec::new();
    for number in farm.numbers() {
        let status = farm
            .api(number)?
            .status(MODULE, &plan::node_name(number))
            .await?;
        epochs.push(status.epoch);
    }
    Ok(epochs)
}

/// Waits until every node hears every other one.
pub(crate) async fn all_alive(farm: &Farm) -> Result<()> {
    eventually("nodes that hear each other", async || {
        for number in farm.numbers() {
            let status = farm
                .api(number)?
                .node_status(&plan::node_name(number))
                .await?;
            if !status.peers.iter().all(|peer| peer.alive) {
                return Ok(None);
            }
        }
        Ok(Some(()))
    })
    .await
}
