//! Drops on a pair of virtual interfaces: frames of another node's flow, sent as fast as one core
//! can, end in the filter or in the driver at the other end.
//!
//! On virtual interfaces the receiver's work is done by the core that sends. So the rate includes
//! making the frames, and is less than that of a core that only receives.

use std::fs;
use std::io::IoSlice;
use std::os::fd::AsRawFd;
use std::thread;
use std::time::{Duration, Instant};

use evenkeel_packet::Reason;
use evenkeel_packet::abi::program;
use evenkeel_packet::bucket::Kind;
use nix::net::if_::if_nametoindex;
use nix::sched::{CpuSet, sched_getcpu, sched_setaffinity};
use nix::sys::socket::{LinkAddr, MsgFlags, MultiHeaders, sendmmsg};
use nix::unistd::Pid;
use socket2::{Domain, Protocol, Socket, Type};

use crate::cases::web;
use crate::common::{Namespace, Outcome};
use crate::fixtures::world::{PEER, UNKNOWN, VMAC, World, invisible};
use crate::loaded::Loaded;

/// Frames of one system call.
const BATCH: usize = 256;
/// How long frames are sent.
const TIME: Duration = Duration::from_secs(3);
/// When the interfaces must be up.
const DEADLINE: Duration = Duration::from_secs(10);

/// Where the frames end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// In the filter.
    Ingress,
    /// In the program in the driver.
    Driver,
}

impl Place {
    pub(crate) const ALL: [Self; 2] = [Self::Ingress, Self::Driver];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ingress => "tc ingress of a veth, with their sender",
            Self::Driver => "driver of a veth, with their sender",
        }
    }

    const fn program(self) -> &'static str {
        match self {
            Self::Ingress => program::FILTER,
            Self::Driver => program::EARLY,
        }
    }
}

/// Drops per busy second of the core on which all of it happens.
pub(crate) fn drops_per_second(place: Place) -> Outcome<f64> {
    let (sender, receiver) = (Namespace::new()?, Namespace::new()?);
    let pid = receiver.pid();
    sender.ip(format!("link add out type veth peer name in netns {pid}"))?;
    sender.ip("link set out up")?;
    receiver.ip("link set in up")?;
    let loaded = receiver.run(move || {
        let mut loaded = Loaded::new()?;
        let mut world = World::new(invisible(Kind::Foreign { owner: PEER }));
        for link in &mut world.links {
            link.ifindex = if_nametoindex("in")?;
        }
        loaded.put(&world)?;
        loaded.attach(place.program(), "in")?;
        Ok(loaded)
    })?;
    let first = dropped(&loaded)?;
    // Until the interfaces are up, frames vanish.
    let deadline = Instant::now() + DEADLINE;
    while dropped(&loaded)? == first {
        if Instant::now() > deadline {
            return Err("no frame arrives at the other end".into());
        }
        sender.run(|| send_web(Duration::from_millis(10)).map(drop))?;
    }
    let before = dropped(&loaded)?;
    let busy = sender.run(|| send_web(TIME))?;
    let drops = dropped(&loaded)? - before;
    let drops = u32::try_from(drops)?;
    Ok(f64::from(drops) / busy.as_secs_f64())
}

fn dropped(loaded: &Loaded) -> Outcome<u64> {
    let counts = loaded.counts()?;
    let index = usize::try_from(Reason::DropForeign.index())?;
    Ok(counts.get(index).copied().unwrap_or(0))
}

/// Sends frames of another node's flow for a while.
fn send_web(time: Duration) -> Outcome<Duration> {
    let mut is_made = false;
    send(time, move |frames| {
        if !is_made {
            frames.fill(web(VMAC, UNKNOWN, 0x10));
            is_made = true;
        }
        Ok(())
    })
}

/// Sends frames for a while and gives the time in which the core was busy. Before each system call
/// `renew` may make them anew.
pub(crate) fn send<F>(time: Duration, renew: F) -> Outcome<Duration>
where
    F: FnMut(&mut [Vec<u8>]) -> Outcome<()> + Send + 'static,
{
    let cpu = sched_getcpu()?;
    let mut one = CpuSet::new();
    one.set(cpu)?;
    // The namespace's thread itself stays where it may be.
    let sending = thread::spawn(move || {
        sched_setaffinity(Pid::from_raw(0), &one)?;
        let before = busy(cpu)?;
        flood(time, renew)?;
        Ok(busy(cpu)?.saturating_sub(before))
    });
    sending.join().map_err(|_panic| "the sender panicked")?
}

fn flood(time: Duration, mut renew: impl FnMut(&mut [Vec<u8>]) -> Outcome<()>) -> Outcome<()> {
    let socket = Socket::new(Domain::PACKET, Type::RAW, Some(Protocol::from(0)))?;
    let to = vec![Some(link("out")?); BATCH];
    let mut frames = vec![Vec::new(); BATCH];
    let mut headers = MultiHeaders::preallocate(BATCH, None);
    let started = Instant::now();
    while started.elapsed() < time {
        renew(&mut frames)?;
        let parts: Vec<[IoSlice<'_>; 1]> = frames.iter().map(|f| [IoSlice::new(f)]).collect();
        sendmmsg(
            socket.as_raw_fd(),
            &mut headers,
            &parts,
            &to,
            [],
            MsgFlags::empty(),
        )?;
    }
    Ok(())
}

/// The packet socket's address of an interface.
pub(crate) fn link(name: &str) -> Outcome<LinkAddr> {
    nix::ifaddrs::getifaddrs()?
        .filter(|one| one.interface_name == name)
        .find_map(|one| one.address?.as_link_addr().copied())
        .ok_or_else(|| "the interface is gone".into())
}

/// The time for which a core was not idle so far.
fn busy(cpu: usize) -> Outcome<Duration> {
    // Hundredths of a second on every architecture (proc(5), USER_HZ).
    const TICK: Duration = Duration::from_millis(10);
    let text = fs::read_to_string("/proc/stat")?;
    let name = format!("cpu{cpu} ");
    let line = text.lines().find_map(|line| line.strip_prefix(&name));
    let fields: Vec<u32> = line
        .ok_or("the kernel does not tell the core's time")?
        .split_whitespace()
        .map(|field| field.parse().unwrap_or(0))
        .collect();
    // User, nice, system; idle and waiting left out; interrupts, soft interrupts.
    let ticks = fields
        .iter()
        .take(7)
        .enumerate()
        .filter(|(place, _)| !matches!(place, 3 | 4))
        .map(|(_, ticks)| ticks)
        .sum();
    Ok(TICK * ticks)
}
