//! The invariants of a simulated farm.

use evenkeel_core::ids::NodeId;
use evenkeel_core::module::state::ModuleState;
use evenkeel_packet::BUCKETS;

use crate::farm;
use crate::machine::Machine;
use crate::world::{Exempt, World};

/// T2: no bucket is open at this server and at another one that is not parted from it. Looked at
/// whenever a filter is given a table, when it begins to accept by a lease, a contact or because its
/// daemon runs on, and when an exemption ends; nothing else opens a bucket.
///
/// Exempt are two servers between which the way is cut, in either direction, or was cut up to
/// `parted_for` ago: both sides serve, and need that long to make one view again, or since a daemon runs
/// on that stood still when the way was mended. So is one that hears nothing at all, which no packet
/// of a client reaches either.
///
/// # Errors
///
/// Which bucket, where.
pub fn t2(world: &World, at: usize) -> Result<(), String> {
    let (me, now) = (&world.machines[at], world.now);
    if !me.accepts(now) {
        return Ok(());
    }
    let since = now.saturating_sub(world.parted_for);
    for other in world
        .machines
        .iter()
        .filter(|other| other.id != at && other.accepts(now))
    {
        let Some(bucket) = me.filter.common(&other.filter) else {
            continue;
        };
        if !are_parted(world, at, other.id, since) {
            let (here, there) = (told(me, now), told(other, now));
            return Err(format!(
                "T2: bucket {bucket} is open at {here} and at {there}"
            ));
        }
    }
    Ok(())
}

/// Whether so many daemons run that the farm serves, if it was told to fence its smaller parts: more
/// than half, or half with the first one.
fn is_enough(world: &World) -> bool {
    let (runs, first) = (|one: &&Machine| one.node.is_some(), world.machines.first());
    let running = world.machines.iter().filter(runs).count();
    let with_first = usize::from(first.as_ref().is_some_and(runs));
    !world.fences() || 2 * running + with_first > world.machines.len()
}

/// Nobody serves.
fn fenced(world: &World) -> Result<(), String> {
    let open = |one: &&Machine| one.accepts(world.now) && one.filter.open() > 0;
    match world.machines.iter().find(open) {
        Some(one) => Err(format!(
            "T3: {} serves, with too few others",
            told(one, world.now)
        )),
        None => Ok(()),
    }
}

/// T3: who is wanted and up shares one view, every bucket is open at exactly one of them, and each
/// has its share (T1); who is not wanted is stopped.
///
/// # Errors
///
/// What is not so.
pub fn t3(world: &World) -> Result<(), String> {
    if !is_enough(world) {
        return fenced(world);
    }
    let is_serving = |machine: &&Machine| machine.wanted && machine.node.is_some();
    let serving: Vec<&Machine> = world.machines.iter().filter(is_serving).collect();
    // What is cheap to see comes first: this is asked very often.
    let epoch = serving.first().and_then(|first| first.filter.epoch);
    for machine in &serving {
        if !machine.accepts(world.now) || machine.filter.epoch != epoch {
            return Err(format!(
                "T3: {}, not in {epoch:?}",
                told(machine, world.now)
            ));
        }
    }
    for machine in world.machines.iter().filter(|machine| !machine.wanted) {
        if world
            .state(machine.id)
            .is_some_and(|state| state != ModuleState::STOPPED)
        {
            return Err(format!("T3: {} does not stop", farm::node_name(machine.id)));
        }
    }
    for (group, slot) in farm::slots(&world.module).into_iter().enumerate() {
        buckets(world, &serving, (group, slot))?;
    }
    let members: Vec<NodeId> = serving
        .iter()
        .map(|machine| farm::node_id(machine.id))
        .collect();
    serving
        .iter()
        .try_for_each(|machine| status(world, machine, &members))
}

/// Every bucket of a group is open once, and every server has its share of them.
fn buckets(
    world: &World,
    serving: &[&Machine],
    (group, slot): (usize, usize),
) -> Result<(), String> {
    let powers = powers(world, serving, group);
    let total: u64 = powers.iter().sum();
    if total == 0 {
        return Ok(());
    }
    let mut open_at = vec![0_u8; BUCKETS];
    for (machine, power) in serving.iter().zip(powers) {
        let table = machine
            .filter
            .table
            .get(slot * BUCKETS..(slot + 1) * BUCKETS);
        let mut open = 0_u64;
        for (state, count) in table.unwrap_or_default().iter().zip(&mut open_at) {
            let is_open = state >> 7;
            *count += is_open;
            open += u64::from(is_open);
        }
        let share = BUCKETS as u64 * power;
        if open < share / total || open > share.div_ceil(total) {
            return Err(format!(
                "T1: {} owns {open}, not {share}/{total}",
                farm::node_name(machine.id)
            ));
        }
    }
    match open_at.iter().position(|count| *count != 1) {
        Some(bucket) => Err(format!(
            "T3: bucket {bucket} of group {group} is open at {} nodes",
            open_at[bucket]
        )),
        None => Ok(()),
    }
}

fn status(world: &World, machine: &Machine, members: &[NodeId]) -> Result<(), String> {
    let status = world.status(machine.id).ok_or("T3: a node is down")?;
    let module = status
        .modules
        .first()
        .ok_or("T3: the module is not configured")?;
    if module.members != members || module.state != ModuleState::READY {
        let (got, state) = (&module.members, module.state);
        return Err(format!(
            "T3: {} is {state} with {got:?}, not {members:?}",
            farm::node_name(machine.id)
        ));
    }
    Ok(())
}

/// What counts of the power of each server that serves: in a chain, that of the highest alone; nothing of
/// one that is drained or out of the group by its rule, unless nobody else has any.
fn powers(world: &World, serving: &[&Machine], group: usize) -> Vec<u64> {
    let config = world.module.vip.as_ref().map(|vip| &vip.groups[group]);
    let hosts = config.map_or(&[][..], |group| &group.hosts);
    let all = || {
        hosts
            .iter()
            .map(|host| host.power)
            .filter(|power| *power > 0)
    };
    let is_chain = all().all(|power| [1, 64, 4096].contains(&power)) && all().min() < all().max();
    let power = |machine: &&Machine| {
        hosts
            .get(machine.id)
            .map_or(1, |host| u64::from(host.power))
    };
    let configured: Vec<u64> = serving.iter().map(power).collect();
    let is_out = |machine: &Machine| {
        machine.drained || group == 0 && machine.ill.contains(farm::FIRST_GROUP)
    };
    let wants = |(machine, power): (&&Machine, &u64)| if is_out(machine) { 0 } else { *power };
    let wanted: Vec<u64> = serving.iter().zip(&configured).map(wants).collect();
    let is_enough = wanted.iter().any(|power| *power > 0);
    let powers = if is_enough { wanted } else { configured };
    let highest = powers.iter().copied().max();
    let counts = |power: &u64| !is_chain || Some(*power) == highest;
    powers
        .iter()
        .map(|power| if counts(power) { *power } else { 0 })
        .collect()
}

fn are_parted(world: &World, a: usize, b: usize, since: u64) -> bool {
    // Whoever stands still may be the one that makes a view for both.
    let all = world.machines.iter();
    let since = all.map(|one| hears_since(world, one.id, since)).min();
    let since = since.unwrap_or_default();
    let ways = [
        world.cuts.was_cut(a, b, since),
        world.cuts.was_cut(b, a, since),
    ];
    match world.exempt {
        Exempt::Parted => ways.contains(&true),
        Exempt::PartedBothWays => ways == [true, true],
        Exempt::Nobody => false,
    }
}

/// Since when a way must be whole for a server to have heard of it: `since`, but where its daemon stood
/// still then, up to `parted_for` before that began.
fn hears_since(world: &World, at: usize, since: u64) -> u64 {
    match world.machines[at].stood_still {
        Some((from, until)) if until.is_none_or(|until| until >= since) => {
            since.min(from.saturating_sub(world.parted_for))
        }
        Some(_) | None => since,
    }
}

/// A server as it is at this time, for people.
pub fn told(machine: &Machine, now: u64) -> String {
    let clock = machine.clock(now);
    let left = machine.filter.lease.since(clock);
    let contact = machine
        .filter
        .contact
        .map(|contact| contact.max(machine.filter.echoed).since(clock));
    let epoch = machine
        .filter
        .epoch
        .map_or_else(|| "none".into(), |epoch| epoch.to_string());
    format!(
        "{} (epoch {epoch}, lease for {left:?}, contact {contact:?})",
        farm::node_name(machine.id)
    )
}
