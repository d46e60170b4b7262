//! What liveness probes cost: those that are answered, and packets that have nothing to do with them
//! while they are answered; how many one core answers in a second.

use std::time::{Duration, Instant};

use evenkeel_packet::Reason;
use evenkeel_packet::abi::{MODULES_MAX, Responder, program};
use evenkeel_packet::bucket::Kind as Bucket;
use evenkeel_packet::hash::HashKey;
use evenkeel_packet::probe::{Kind, LEN, Probe};
use nix::net::if_::if_nametoindex;
use nix::time::{ClockId, clock_gettime};

use crate::cases::Case;
use crate::common::{Namespace, Outcome};
use crate::fixtures::frames::{ethernet, ipv4, ipv6, tcp};
use crate::fixtures::world::{CLIENT, CLIENT_MAC, CLIENT6, PLAIN, UNKNOWN, WEB, World, directed};
use crate::loaded::Loaded;
use crate::wire;

const KEY: HashKey = [3, 4];
const PORT: u16 = 4800;
/// The MAC address of the interface on which `BPF_PROG_TEST_RUN` lets frames come in.
const LOOPBACK: [u8; 6] = [0; 6];
/// The node that answers, over IPv6.
const NODE6: [u8; 16] = [0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
/// Single runs of either program at least, and without a faster one at the end.
const STEADY_RUNS: u32 = 20_000;
/// How long probes are sent.
const TIME: Duration = Duration::from_secs(3);
/// When the interfaces must be up.
const DEADLINE: Duration = Duration::from_secs(10);

/// Packets that are no probes, measured as all others.
pub(crate) fn bystanders() -> Vec<Case> {
    let case = |name, frame| Case {
        name,
        programs: [program::EMPTY, program::FILTER],
        state: directed(Bucket::Mine),
        frame,
        reason: None::<Reason>,
        bar_ns: None,
    };
    let short = ipv4((CLIENT, PLAIN), 6, &[], 0, &tcp((UNKNOWN, WEB), 0x10));
    vec![
        case(
            "probes answered: not a virtual address",
            ethernet(LOOPBACK, CLIENT_MAC, 0x0800, &short),
        ),
        case(
            "probes answered: the same, as long as a probe",
            frame(LOOPBACK, PORT + 1, &request(0)),
        ),
        case(
            "probes answered: a forged one: drop",
            frame(LOOPBACK, PORT, &forged()),
        ),
    ]
}

/// What the programs answer by.
pub(crate) fn responder() -> Responder {
    let mut responder = Responder {
        keys: [KEY, [0; 2]],
        run: 1,
        node: 0,
        port: u32::from(PORT),
        ..Responder::default()
    };
    responder.tags[0] = 77;
    responder
}

/// Nanoseconds for answering one, above an empty program: over IPv4 and IPv6.
pub(crate) fn answers() -> Outcome<[i64; 2]> {
    let mut loaded = Loaded::new()?;
    loaded.put(&World::new(directed(Bucket::Mine)))?;
    loaded.put_responder(&responder())?;
    let over_v4: fn(&[u8; LEN]) -> Vec<u8> = |payload| frame(LOOPBACK, PORT, payload);
    let mut found = [0; 2];
    for (found, framed) in found.iter_mut().zip([over_v4, frame6]) {
        let mut fastest = [Duration::MAX; 2];
        let mut steady = 0;
        let before = loaded.probed()?;
        let mut runs = 0;
        while steady < STEADY_RUNS {
            steady += 1;
            runs += 1;
            let frame = framed(&request(now_ns()?));
            for (name, fastest) in [program::EMPTY, program::FILTER].iter().zip(&mut fastest) {
                // Once only: what was answered is a request no more.
                let (result, _) = loaded.run(name, &frame, 1)?;
                if result.duration < *fastest {
                    *fastest = result.duration;
                    steady = 0;
                }
            }
        }
        if loaded.probed()? != before + runs {
            return Err("not every request was answered".into());
        }
        let [empty_ns, whole_ns] = fastest.map(|time| i64::try_from(time.as_nanos()));
        *found = whole_ns? - empty_ns?;
    }
    Ok(found)
}

/// Answers per busy second of the core that asks, answers and receives.
pub(crate) fn answers_per_second() -> Outcome<f64> {
    let (sender, receiver) = (Namespace::new()?, Namespace::new()?);
    let pid = receiver.pid();
    sender.ip(format!("link add out type veth peer name in netns {pid}"))?;
    sender.ip("link set out up")?;
    receiver.ip("link set in up")?;
    let (loaded, mac) = receiver.run(|| {
        let mut loaded = Loaded::new()?;
        let mut world = World::new(directed(Bucket::Mine));
        for link in &mut world.links {
            link.ifindex = if_nametoindex("in")?;
        }
        loaded.put(&world)?;
        loaded.put_responder(&responder())?;
        loaded.attach(program::FILTER, "in")?;
        let mac = wire::link("in")?.addr().ok_or("no MAC address")?;
        Ok((loaded, mac))
    })?;
    let send = move |time| wire::send(time, move |frames| renew(mac, frames));
    // Until the interfaces are up, frames vanish.
    let deadline = Instant::now() + DEADLINE;
    while loaded.probed()? == 0 {
        if Instant::now() > deadline {
            return Err("no probe is answered".into());
        }
        sender.run(move || send(Duration::from_millis(10)).map(drop))?;
    }
    let before = loaded.probed()?;
    let busy = sender.run(move || send(TIME))?;
    let answers = u32::try_from(loaded.probed()? - before)?;
    Ok(f64::from(answers) / busy.as_secs_f64())
}

/// Makes all frames requests of this instant and after.
fn renew(mac: [u8; 6], frames: &mut [Vec<u8>]) -> Outcome<()> {
    let now_ns = now_ns()?;
    for (frame_, later) in frames.iter_mut().zip(0..) {
        *frame_ = frame(mac, PORT, &request(now_ns + later));
    }
    Ok(())
}

fn now_ns() -> Outcome<u64> {
    let now = Duration::from(clock_gettime(ClockId::CLOCK_MONOTONIC)?);
    Ok(u64::try_from(now.as_nanos())?)
}

fn request(asked_ns: u64) -> [u8; LEN] {
    probe(asked_ns).seal(KEY)
}

fn forged() -> [u8; LEN] {
    probe(1).seal([9, 9])
}

fn probe(asked_ns: u64) -> Probe {
    let mut tags = [0; MODULES_MAX];
    tags[0] = 77;
    Probe {
        kind: Kind::Request,
        key: 0,
        flags: 0,
        from: 1,
        to: 0,
        lan: 0,
        leases: 0,
        run: 1,
        to_run: 1,
        asked_ns,
        answered_ns: 1,
        tags,
    }
}

/// A UDP datagram to a port, without a checksum.
fn datagram(port: u16, payload: &[u8; LEN]) -> Vec<u8> {
    let length = u16::try_from(8 + LEN).unwrap_or_default();
    let mut datagram = [UNKNOWN.to_be_bytes(), port.to_be_bytes()].concat();
    datagram.extend(length.to_be_bytes());
    datagram.extend([0, 0]);
    datagram.extend(payload);
    datagram
}

fn frame(mac: [u8; 6], port: u16, payload: &[u8; LEN]) -> Vec<u8> {
    let packet = ipv4((CLIENT, PLAIN), 17, &[], 0, &datagram(port, payload));
    ethernet(mac, CLIENT_MAC, 0x0800, &packet)
}

fn frame6(payload: &[u8; LEN]) -> Vec<u8> {
    let packet = ipv6((CLIENT6.octets(), NODE6), 17, &datagram(PORT, payload));
    ethernet(LOOPBACK, CLIENT_MAC, 0x86dd, &packet)
}
