//! Rounds on a farm that is whole and on a network that is well, with one kind of trouble in which
//! nobody may notice anything: looked at each millisecond.

use crate::check;
use crate::farm::node_name;
use crate::history::recover;
use crate::kernel::Filter;
use crate::machine::Machine;
use crate::net::{MS, Weather};
use crate::rng::Rng;
use crate::world::World;

/// Daemons stand still for less than this.
const NAP_MS_MAX: u64 = 999;

/// What stood still gets this long before it stands still again: what it says reaches a peer that is
/// awake, and the answer comes back.
const AWAKE_MS_MIN: u64 = 60;

/// A cable that is back is trusted by then. Until then T5 cannot be asked for: a node that is alone with
/// a cable just plugged in cannot tell that the others are lost from a switch that does not forward yet,
/// and the one must pause where the other must not. Pausing breaks at most that node's own connections;
/// going on would open every bucket beside a farm that is well. One peer that is heard settles it for
/// farms of two alone, and it takes a second fault within the time: no rule is worth that.
const DOUBT_MS: u64 = 300;

/// Whether every server runs, and its packets pass its kernel whatever its daemon does.
pub fn is_possible(world: &World) -> bool {
    let is_well = |machine: &Machine| machine.kernel && machine.node.is_some();
    world.machines.iter().all(is_well)
}

/// L1: daemons stand still for less than a second, one after the other or at the same time, or are taken over. No view
/// changes; and as long as one daemon is awake, which asks the others' kernels and is answered, nobody
/// stops to accept.
///
/// # Errors
///
/// What happened all the same.
pub fn naps(world: &mut World, rng: &mut Rng) -> Result<(), String> {
    world.weather = Weather::FAIR;
    let before: Vec<_> = world.machines.iter().map(|one| one.filter.epoch).collect();
    let serving = serving(world);
    let nodes = world.machines.len();
    if serving.is_empty() {
        return Ok(());
    }
    // A member: who is none renews nobody's contact.
    let awake = *rng.pick(&serving);
    // A farm of which every daemon stands still has nobody who asks kernels: its filters may pause.
    let all_at_once = rng.chance(200);
    let in_turn = all_at_once && rng.chance(500);
    let relays = rng.chance(300);
    for _ in 0..rng.between(1, 4) {
        let ms = if rng.chance(500) {
            NAP_MS_MAX
        } else {
            rng.between(10, NAP_MS_MAX)
        };
        for at in (0..nodes).filter(|at| all_at_once || *at != awake) {
            if all_at_once || nodes == 2 || rng.chance(600) {
                // For a second or less, whoever executes it then.
                if !(relays && world.relay(at, ms)) {
                    world.freeze(at, ms);
                }
                let (most, must_accept) = match (all_at_once, in_turn) {
                    (false, _) => (100, &serving[..]),
                    (true, true) => (NAP_MS_MAX, &[][..]),
                    (true, false) => continue,
                };
                if rng.chance(500) {
                    run(world, rng.below(most), |world| {
                        nobody_noticed(world, &before, must_accept)
                    })?;
                }
            }
        }
        let rest = NAP_MS_MAX + AWAKE_MS_MIN + rng.below(300);
        run(world, rest, |world| {
            let must_accept = if all_at_once { &[][..] } else { &serving };
            nobody_noticed(world, &before, must_accept)
        })?;
        if all_at_once {
            return Ok(());
        }
    }
    Ok(())
}

/// T5: one server is lost. What the others have open is never closed on the way to the next table.
///
/// # Errors
///
/// Who stopped to serve what it had.
pub fn lone_loss(world: &mut World, rng: &mut Rng) -> Result<(), String> {
    world.weather = Weather::FAIR;
    // So long a node whose cable is back takes a lost peer for its cable's fault, and pauses.
    world.run_ms(DOUBT_MS)?;
    let mut victim = rng.index(world.machines.len());
    if world.fences() && world.machines.len() == 2 {
        // The second node alone serves nobody.
        victim = 1;
    }
    let mut serving = serving(world);
    serving.retain(|at| *at != victim);
    let before: Vec<Filter> = world
        .machines
        .iter()
        .map(|one| one.filter.clone())
        .collect();
    if rng.chance(500) {
        world.crash(victim);
    } else {
        world.kill(victim);
    }
    run(world, rng.between(300, 800), |world| {
        for at in &serving {
            let one = &world.machines[*at];
            if !one.accepts(world.now) || !one.filter.has_all_of(&before[*at]) {
                let (name, lost) = (node_name(*at), node_name(victim));
                return Err(format!(
                    "T5: {name} stopped serving its own when {lost} was lost"
                ));
            }
        }
        Ok(())
    })?;
    check::t3(world).or_else(|_| recover(world, &mut Vec::new()))
}

fn serving(world: &World) -> Vec<usize> {
    let accepting = world.machines.iter().filter(|one| one.accepts(world.now));
    accepting.map(|one| one.id).collect()
}

fn nobody_noticed(
    world: &World,
    before: &[Option<evenkeel_core::ids::Epoch>],
    serving: &[usize],
) -> Result<(), String> {
    for (one, epoch) in world.machines.iter().zip(before) {
        if one.filter.epoch != *epoch {
            let (name, now) = (node_name(one.id), one.filter.epoch);
            return Err(format!("L1: {name} was in {epoch:?} and is in {now:?}"));
        }
    }
    for at in serving {
        if !world.machines[*at].accepts(world.now) {
            return Err(format!(
                "L1: {} stopped to accept",
                check::told(&world.machines[*at], world.now)
            ));
        }
    }
    Ok(())
}

/// Runs for so long; `holds` each millisecond.
fn run(
    world: &mut World,
    ms: u64,
    holds: impl Fn(&World) -> Result<(), String>,
) -> Result<(), String> {
    let end = world.now + ms * MS;
    while world.now < end {
        world.run_ms(1)?;
        holds(world)?;
    }
    Ok(())
}
