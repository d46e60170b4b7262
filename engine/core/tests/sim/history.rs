//! Random histories: rounds of faults, each followed by quiet in which the farm has to recover.

use std::time::Duration;

use evenkeel_core::config::model::Timing;
use evenkeel_core::module::state::ModuleState;

use crate::check;
use crate::net::{MS, Weather};
use crate::rng::Rng;
use crate::world::World;

/// After the last fault of a round the farm has to be whole again within this time, and stay so.
const RECOVERY_MS_MAX: u64 = 2500;

/// How long it has to stay whole.
const STEADY_MS: u64 = 250;

/// How long a daemon stands still: around the pulse, the contact, the lost times, the lease, and
/// beyond.
const FREEZES_MS: [u64; 10] = [4, 20, 35, 45, 60, 150, 280, 350, 1150, 1500];

/// For networks on which a datagram may take 200 ms: with the defaults they are as good as cut.
const PATIENT: Timing = Timing {
    pulse: Duration::from_millis(25),
    slost_count: 12,
    mlost_count: 12,
};

/// How a history went.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Milliseconds from the last fault of each round until the farm was whole.
    pub recoveries_ms: Vec<u64>,
}

/// Runs the history of this seed.
///
/// # Errors
///
/// What went wrong, with the timeline.
pub fn run(seed: u64) -> Result<Outcome, String> {
    let mut rng = Rng::new(seed ^ 0x5eed);
    let nodes = usize::try_from(*rng.pick(&[2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 5, 6])).unwrap();
    let lans = usize::try_from(rng.between(1, 2)).unwrap();
    let weighted = (0..nodes)
        .map(|_| u32::try_from(rng.below(4)).unwrap())
        .collect();
    let powers = if rng.chance(300) {
        vec![vec![], weighted]
    } else {
        vec![vec![]]
    };
    let mut world = World::new(seed, nodes, lans, &powers);
    let patient = rng.chance(400);
    if patient {
        world.set_timing(PATIENT);
    }
    let result = live(&mut world, &mut rng, patient);
    result.map_err(|problem| {
        let (timeline, ms) = (world.timeline(), world.now / MS);
        format!(
            "{timeline}{ms:>6} {problem}
seed {seed}: replay with EVENKEEL_SIM_SEED={seed}"
        )
    })
}

fn live(world: &mut World, rng: &mut Rng, patient: bool) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    for id in 0..world.machines.len() {
        world.machines[id].wanted = rng.chance(900);
        world.machines[id].kernel = rng.chance(850);
        world.boot(id)?;
        if rng.chance(500) {
            world.run_ms(rng.below(400))?;
        }
    }
    recover(world, &mut outcome)?;
    for _ in 0..rng.between(1, 2) {
        if patient && rng.chance(700) {
            storm(world, rng)?;
        } else {
            troubles(world, rng, patient)?;
        }
        recover(world, &mut outcome)?;
    }
    Ok(outcome)
}

/// A few faults of any kind, with time between them.
fn troubles(world: &mut World, rng: &mut Rng, patient: bool) -> Result<(), String> {
    world.weather = match (patient, rng.chance(600)) {
        (_, false) => Weather::FAIR,
        (false, true) => Weather::local(rng),
        (true, true) => Weather::bad(rng),
    };
    for _ in 0..rng.between(1, 6) {
        fault(world, rng)?;
        let pause = *rng.pick(&[0, 1, 10, 50, 200, 600]);
        for _ in 0..4 {
            connect(world, rng);
            world.run_ms(rng.below(pause + 1) / 4)?;
        }
    }
    Ok(())
}

/// Many faults in quick succession on a terrible network that is never cut: nobody is exempt from
/// T2, and views follow each other faster than they arrive.
fn storm(world: &mut World, rng: &mut Rng) -> Result<(), String> {
    world.weather = Weather::terrible(rng);
    for _ in 0..rng.between(4, 16) {
        let nodes = world.machines.len() as u64;
        let one = usize::try_from(rng.below(nodes)).unwrap();
        match rng.below(9) {
            0 => world.crash(one),
            8 => world.kill(one),
            1 => {
                if rng.chance(500) {
                    world.crash(one);
                } else {
                    world.kill(one);
                }
                world.boot(one)?;
            }
            2 | 3 => world.freeze(one, *rng.pick(&FREEZES_MS)),
            4 => freeze_soon(world, rng, one),
            5 => world.stop(one)?,
            6 | 7.. => world.start(one)?,
        }
        connect(world, rng);
        world.run_ms(*rng.pick(&[0, 5, 25, 60, 150, 400]))?;
    }
    Ok(())
}

/// A daemon that freezes in the middle of what it does: it read the clock, decided, and was stopped.
fn freeze_soon(world: &mut World, rng: &mut Rng, at: usize) {
    world.machines[at].freeze_soon = Some((rng.below(30), *rng.pick(&FREEZES_MS)));
}

fn connect(world: &mut World, rng: &mut Rng) {
    for _ in 0..20 {
        let buckets = world.groups * evenkeel_packet::BUCKETS;
        world.connect(usize::try_from(rng.below(buckets as u64)).unwrap());
    }
    if rng.chance(300) {
        world.hang_up();
    }
}

fn fault(world: &mut World, rng: &mut Rng) -> Result<(), String> {
    let nodes = world.machines.len() as u64;
    let one = usize::try_from(rng.below(nodes)).unwrap();
    let other = usize::try_from(rng.below(nodes)).unwrap();
    match rng.below(12) {
        0 => world.crash(one),
        11 => world.kill(one),
        1 | 2 => {
            if world.machines[one].node.is_some() {
                if rng.chance(500) {
                    world.crash(one);
                } else {
                    world.kill(one);
                }
                world.run_ms(*rng.pick(&[0, 20, 200, 500]))?;
            }
            world.boot(one)?;
        }
        3 => world.freeze(one, *rng.pick(&FREEZES_MS)),
        4 => freeze_soon(world, rng, one),
        5 => {
            let side: Vec<_> = (0..world.machines.len())
                .filter(|_| rng.chance(500))
                .collect();
            world.part(&side);
        }
        6 if one != other => world.cut(one, other, true),
        7 => world.stop(one)?,
        8 => world.start(one)?,
        9 if !world.machines[one].unplugged => world.cable(one, false)?,
        6 | 9 | 10.. => world.mend()?,
    }
    Ok(())
}

/// Mends everything, waits until the farm is whole, and sees that it stays so.
fn recover(world: &mut World, outcome: &mut Outcome) -> Result<(), String> {
    world.mend()?;
    world.weather = Weather {
        delay_max: world.weather.delay_max.min(5 * MS),
        ..Weather::FAIR
    };
    while world
        .machines
        .iter()
        .any(|machine| machine.frozen_until.is_some())
    {
        world.run_ms(1)?;
    }
    let last_fault = world.now;
    // A farm that has not noticed the fault yet looks whole: it counts when it stays so.
    let mut whole_since = None;
    loop {
        let problem = check::t3(world);
        match (problem, whole_since) {
            (Ok(()), None) => whole_since = Some(world.now),
            (Ok(()), Some(since)) if world.now - since >= STEADY_MS * MS => {
                outcome.recoveries_ms.push((since - last_fault) / MS);
                return Ok(());
            }
            (Ok(()), Some(_)) => {}
            (Err(problem), _) if world.now - last_fault >= RECOVERY_MS_MAX * MS => {
                return Err(format!(
                    "{problem}, {RECOVERY_MS_MAX} ms after the last fault"
                ));
            }
            (Err(_), _) => {
                whole_since = None;
                ask_again(world)?;
            }
        }
        world.run_ms(if whole_since.is_some() { 50 } else { 10 })?;
    }
}

/// What an operator wanted while the module could not do it is asked again.
fn ask_again(world: &mut World) -> Result<(), String> {
    for id in 0..world.machines.len() {
        match (world.machines[id].wanted, world.state(id)) {
            (true, Some(ModuleState::STOPPED)) => world.start(id)?,
            (false, Some(ModuleState::READY)) => world.stop(id)?,
            (_, Some(_) | None) => {}
        }
    }
    Ok(())
}
