//! Random histories: rounds of faults, each followed by quiet in which the farm has to recover.

use std::time::Duration;

use evenkeel_core::config::model::{CheckWhen, GroupConfig, Isolation, Timing};
use evenkeel_core::module::state::ModuleState;
use evenkeel_packet::{BUCKETS, NODES_MAX};

use crate::farm::{self, node_name};
use crate::faults::{Fault, Faults};
use crate::net::{MS, Weather};
use crate::rng::Rng;
use crate::world::World;
use crate::{calm, check};

/// After the last fault of a round the farm has to be whole again within this time, and stay so.
const RECOVERY_MS_MAX: u64 = 2500;

/// How long it has to stay whole.
const STEADY_MS: u64 = 250;

/// How long a daemon stands still: around the pulse, the contact, the lost times, the lease, and
/// beyond.
const FREEZES_MS: [u64; 10] = [4, 20, 35, 45, 60, 150, 280, 350, 1150, 1500];

/// Weights that are changed on the way have reached a server, whose connections end first, within this
/// time.
const RECONFIGURED_MS_MAX: u64 = 8000;

/// For networks on which a datagram may take 200 ms: with the defaults they are as good as cut.
const PATIENT: Timing = Timing {
    pulse: Duration::from_millis(25),
    slost_count: 12,
    mlost_count: 12,
};

/// What a timing may change to; the first one only where every datagram arrives at once. None lets anybody accept for
/// longer than the simulator waits after a cut.
const TIMINGS: [Timing; 4] = [
    Timing {
        pulse: Duration::from_millis(5),
        slost_count: 6,
        mlost_count: 6,
    },
    PATIENT,
    Timing {
        pulse: Duration::from_millis(15),
        slost_count: 20,
        mlost_count: 17,
    },
    Timing {
        pulse: Duration::from_millis(40),
        slost_count: 7,
        mlost_count: 7,
    },
];

/// Of a hundred thousand histories, so many have a farm of at least so many nodes. The cost of a history
/// grows with the square of it.
const LARGE: [(u64, usize); 3] = [(10, 32), (150, 16), (600, 8)];

/// One seed of so many has the largest farm there may be, which takes some seconds of a processor.
const LARGEST_EVERY: u64 = 5000;

/// Of all others.
const SMALL: [usize; 14] = [2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 5, 6];

/// From so many nodes on a history has one round of few faults.
const MANY: usize = 16;

/// What a run of histories is told.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The kinds of faults that may happen.
    pub faults: Faults,
    /// Farms of so many nodes; any number for `None`.
    pub nodes: Option<usize>,
}

/// Runs the history of this seed; milliseconds from the last fault of each round until the farm was
/// whole.
///
/// # Errors
///
/// What went wrong, with the timeline and the command that runs it again.
pub fn run(seed: u64, plan: Plan) -> Result<Vec<u64>, String> {
    let mut rng = Rng::new(seed ^ 0x5eed);
    let mut drawn = size(&mut rng);
    if seed % LARGEST_EVERY == LARGEST_EVERY / 2 {
        drawn = NODES_MAX;
    }
    let nodes = plan.nodes.unwrap_or(drawn);
    let lans = usize::try_from(rng.between(1, 2)).unwrap();
    let powers = powers(&mut rng, nodes);
    let mut world = World::new(seed, nodes, lans, &powers);
    world.attacker.records = false;
    let patient = nodes >= MANY || rng.chance(400);
    if patient {
        world.set_timing(PATIENT);
    }
    let fences = rng.chance(150);
    if fences {
        world.set_isolation(Isolation::Fence);
    }
    if rng.chance(150) {
        let vip = world.module.vip.as_mut();
        vip.unwrap().scriptcontrol = true;
    }
    let mut history = History {
        faults: plan.faults,
        patient,
        lans,
        world,
        rng,
    };
    history.live().map_err(|problem| {
        let world = &history.world;
        let (timeline, ms) = (world.timeline(), world.now / MS);
        let option = plan.faults.option();
        let nodes_option = plan
            .nodes
            .map_or(String::new(), |nodes| format!(" --nodes {nodes}"));
        format!(
            "{timeline}{ms:>6} {problem}
seed {seed}: {nodes} nodes, {lans} LANs, powers {powers:?}, {}{}
replay with: tests/simulate --seed {seed}{option}{nodes_option}",
            if patient {
                "patient timing"
            } else {
                "default timing"
            },
            if fences { ", fencing" } else { "" }
        )
    })
}

fn size(rng: &mut Rng) -> usize {
    let mut draw = rng.below(100_000);
    for (share, nodes) in LARGE {
        if draw < share {
            return nodes;
        }
        draw -= share;
    }
    *rng.pick(&SMALL)
}

/// One group in which all have the same weight; in some farms a second one with any weights, or with a
/// chain of them.
fn powers(rng: &mut Rng, nodes: usize) -> Vec<Vec<u32>> {
    let few = if rng.chance(300) {
        [0, 1, 64, 4096]
    } else {
        [0, 1, 2, 3]
    };
    let weighted = (0..nodes).map(|_| *rng.pick(&few));
    let weighted: Vec<_> = weighted.collect();
    if rng.chance(300) {
        vec![vec![], weighted]
    } else {
        vec![vec![]]
    }
}

/// A history on its way.
struct History {
    faults: Faults,
    patient: bool,
    lans: usize,
    world: World,
    rng: Rng,
}

impl History {
    fn live(&mut self) -> Result<Vec<u64>, String> {
        let mut recoveries = Vec::new();
        let all_wanted = self.rng.chance(300);
        for id in 0..self.world.machines.len() {
            self.world.machines[id].wanted = all_wanted || self.rng.chance(900);
            self.world.machines[id].kernel = all_wanted || self.rng.chance(850);
            self.world.boot(id)?;
            if self.rng.chance(500) {
                // The more there are, the closer they follow each other.
                let pause = self.rng.below(400);
                let share = if self.is_large() { 20 } else { 1 };
                self.world.run_ms(pause / share)?;
            }
        }
        recover(&mut self.world, &mut recoveries)?;
        let rounds = if self.is_large() {
            1
        } else {
            self.rng.between(1, 2)
        };
        for _ in 0..rounds {
            self.round()?;
            recover(&mut self.world, &mut recoveries)?;
        }
        Ok(recoveries)
    }

    fn round(&mut self) -> Result<(), String> {
        if calm::is_possible(&self.world) && self.rng.chance(300) {
            let nap = self.rng.chance(500);
            if nap && self.faults.has(Fault::Nap) {
                return calm::naps(&mut self.world, &mut self.rng);
            }
            if !nap && self.faults.has(Fault::Lone) {
                return calm::lone_loss(&mut self.world, &mut self.rng);
            }
        }
        if self.patient && !self.is_large() && self.rng.chance(700) {
            self.storm()
        } else {
            self.troubles()
        }
    }

    fn is_large(&self) -> bool {
        self.world.machines.len() >= MANY
    }

    /// A few faults of any kind, with time between them.
    fn troubles(&mut self) -> Result<(), String> {
        let weather = match (self.patient, self.rng.chance(600)) {
            (_, false) => Weather::FAIR,
            (false, true) => Weather::local(&mut self.rng),
            (true, true) => Weather::bad(&mut self.rng),
        };
        self.world.weather = weather.only(self.faults);
        let most = if self.is_large() { 3 } else { 6 };
        for _ in 0..self.rng.between(1, most) {
            self.fault()?;
            let pause = *self.rng.pick(&[0, 1, 10, 50, 200, 600]);
            for _ in 0..4 {
                self.connect();
                self.world.go_on()?;
                self.world.run_ms(self.rng.below(pause + 1) / 4)?;
            }
        }
        Ok(())
    }

    /// Many faults in quick succession on a terrible network that is never cut: nobody is exempt from
    /// T2, and views follow each other faster than they arrive.
    fn storm(&mut self) -> Result<(), String> {
        self.world.weather = Weather::terrible(&mut self.rng).only(self.faults);
        for _ in 0..self.rng.between(4, 16) {
            let one = self.one();
            let kind = match self.rng.below(10) {
                0 => Fault::Crash,
                1 => Fault::Boot,
                2 | 3 => Fault::Freeze,
                4 => Fault::Stall,
                5 => Fault::Stop,
                6 | 7 => Fault::Start,
                8 => Fault::Kill,
                _ => *self.rng.pick(&[
                    Fault::Burst,
                    Fault::Weight,
                    Fault::Change,
                    Fault::Drain,
                    Fault::Start,
                    Fault::Relay,
                ]),
            };
            self.strike(kind, one)?;
            self.connect();
            self.world.go_on()?;
            self.world
                .run_ms(*self.rng.pick(&[0, 5, 25, 60, 150, 400]))?;
        }
        Ok(())
    }

    fn fault(&mut self) -> Result<(), String> {
        let one = self.one();
        let kind = match self.rng.below(25) {
            0 => Fault::Crash,
            1 | 2 => Fault::Boot,
            3 => Fault::Freeze,
            4 => Fault::Stall,
            5 => Fault::Part,
            6 => Fault::OneWay,
            7 => Fault::Stop,
            8 => Fault::Start,
            9 => Fault::Cable,
            10 => Fault::Cut,
            11 => Fault::Kill,
            12 => Fault::Burst,
            13 => Fault::Weight,
            14 => Fault::Narrow,
            15 => Fault::Deaf,
            16 | 17 => Fault::Check,
            18 | 19 => Fault::Drain,
            20 | 21 => Fault::Relay,
            22 | 23 => Fault::Change,
            _ => return self.world.mend(),
        };
        self.strike(kind, one)
    }

    /// One fault at a server, if the run has faults of this kind.
    fn strike(&mut self, kind: Fault, one: usize) -> Result<(), String> {
        if !self.faults.has(kind) {
            return Ok(());
        }
        let other = self.one();
        let Self { world, rng, .. } = self;
        match kind {
            Fault::Crash => world.crash(one),
            Fault::Kill => world.kill(one),
            Fault::Boot => self.restart(one)?,
            Fault::Freeze => world.freeze(one, *rng.pick(&FREEZES_MS)),
            Fault::Relay => {
                let ms = *rng.pick(&FREEZES_MS);
                world.relay(one, ms);
            }
            Fault::Stall => {
                world.machines[one].freeze_soon = Some((rng.below(30), *rng.pick(&FREEZES_MS)));
            }
            Fault::Part => {
                let side: Vec<_> = (0..world.machines.len())
                    .filter(|_| rng.chance(500))
                    .collect();
                world.part(&side);
            }
            Fault::Cut | Fault::OneWay | Fault::Narrow if one == other => world.mend()?,
            Fault::OneWay => world.cut(one, other, true),
            Fault::Deaf => {
                world.machines[one].queued = rng.chance(250);
                world.deafen(one, true);
            }
            Fault::Narrow => world.narrow(one, other),
            Fault::Cut => {
                world.cut(one, other, true);
                world.cut(other, one, true);
            }
            Fault::Cable if world.machines[one].unplugged => world.mend()?,
            Fault::Cable => world.cable(one, false)?,
            Fault::Check => {
                let kinds = [CheckWhen::Pre, CheckWhen::Both].map(|when| {
                    // A failing check of each kind of action there is.
                    farm::resources(&world.module, when)
                });
                let resource = rng.pick(&kinds.concat()).clone();
                let ill = !world.machines[one].ill.contains(&resource);
                world.ail(one, &resource, ill)?;
            }
            Fault::Stop if rng.chance(300) => world.force(one)?,
            Fault::Stop => world.stop(one)?,
            Fault::Start => world.start(one)?,
            Fault::Drain if rng.chance(300) => world.close_for_a_while(one)?,
            Fault::Drain => {
                let drain = rng.chance(700);
                world.drain(one, drain)?;
            }
            Fault::Weight => self.weights()?,
            Fault::Change => self.change(),
            Fault::Burst => self.burst()?,
            // Those are whole rounds, or the weather's.
            Fault::Nap | Fault::Lone => {}
            Fault::Loss | Fault::Delay | Fault::Duplicate | Fault::Straggler | Fault::Attack => {}
        }
        Ok(())
    }

    /// A server is switched on; one that runs loses its power, or its daemon, first.
    fn restart(&mut self, one: usize) -> Result<(), String> {
        if self.world.machines[one].node.is_some() {
            if self.rng.chance(500) {
                self.world.crash(one);
            } else {
                self.world.kill(one);
            }
            self.world.run_ms(*self.rng.pick(&[0, 0, 20, 200, 500]))?;
        }
        self.world.boot(one)
    }

    /// Something happens to many servers at the same instant.
    fn burst(&mut self) -> Result<(), String> {
        for at in 0..self.world.machines.len() {
            match self.rng.below(8) {
                0 if self.faults.has(Fault::Crash) => self.world.crash(at),
                1 if self.faults.has(Fault::Kill) => self.world.kill(at),
                2 if self.faults.has(Fault::Stop) => self.world.stop(at)?,
                3 | 4 if self.world.machines[at].node.is_none() => self.world.boot(at)?,
                3 | 4 if self.faults.has(Fault::Start) => self.world.start(at)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Other weights; the first servers take them at once, and the others in the course of events.
    fn weights(&mut self) -> Result<(), String> {
        let nodes = self.world.machines.len();
        let mut groups = self
            .world
            .module
            .vip
            .as_ref()
            .map_or(1, |vip| vip.groups.len());
        let mut weights = || {
            (0..nodes)
                .map(|_| u32::try_from(self.rng.below(5)).unwrap())
                .collect()
        };
        let mut powers: Vec<Vec<u32>> = Vec::new();
        while groups > 0 {
            powers.push(weights());
            groups -= 1;
        }
        self.world.set_powers(&powers);
        for at in 0..nodes {
            if self.rng.chance(500) {
                self.world.reconfigure(at)?;
            }
        }
        Ok(())
    }

    /// The module is to be told another timing, or other LANs or groups, while it serves.
    fn change(&mut self) {
        let mut next = self.world.module.clone();
        if self.rng.chance(600) {
            let groups = &mut next.vip.as_mut().unwrap().groups;
            regroup(groups, &mut self.rng);
            return self.world.begin_change(next);
        }
        let timing = *self.rng.pick(&TIMINGS[usize::from(self.patient)..]);
        let all = [&["lan0"][..], &["lan1"], &["lan1", "lan0"]];
        let names = self.rng.pick(&all[..]).iter().map(|lan| (*lan).to_owned());
        if let Some(farm) = &mut next.farm {
            farm.timing = Some(timing);
            if self.lans > 1 {
                farm.lans = names.collect();
            }
        }
        self.world.begin_change(next);
    }

    fn one(&mut self) -> usize {
        self.rng.index(self.world.machines.len())
    }

    fn connect(&mut self) {
        for _ in 0..20 {
            let slots = farm::slots(&self.world.module);
            let slot = *self.rng.pick(&slots);
            let bucket = slot * BUCKETS + self.rng.index(BUCKETS);
            self.world.connect(bucket);
        }
        if self.rng.chance(300) {
            self.world.hang_up();
        }
    }
}

/// A group behind the first one comes, goes, gets another name or another place.
fn regroup(groups: &mut Vec<GroupConfig>, rng: &mut Rng) {
    let first = groups.remove(0);
    let has = |number: usize| {
        groups
            .iter()
            .any(|one| one.name.starts_with(&format!("group{number}")))
    };
    let absent = [1, 2].into_iter().find(|number| !has(*number));
    match (rng.below(4), absent) {
        (0 | 1, Some(number)) => {
            let group = GroupConfig {
                name: format!("group{number}"),
                hosts: Vec::new(),
                rules: vec![farm::rule(number)],
            };
            let place = rng.index(groups.len() + 1);
            groups.insert(place, group);
        }
        (0 | 2, _) => drop(groups.pop()),
        (1, _) => groups.reverse(),
        _ => {
            for one in groups.iter_mut().filter(|_| rng.chance(700)) {
                match one.name.strip_suffix('b') {
                    Some(name) => one.name = name.to_owned(),
                    None => one.name.push('b'),
                }
            }
        }
    }
    groups.insert(0, first);
}

/// Mends everything, waits until the farm is whole, and sees that it stays so.
///
/// # Errors
///
/// What is not well.
pub fn recover(world: &mut World, recoveries_ms: &mut Vec<u64>) -> Result<(), String> {
    world.mend()?;
    world.weather = Weather {
        delay_max: world.weather.delay_max.min(5 * MS),
        ..Weather::FAIR
    };
    for machine in &mut world.machines {
        machine.freeze_soon = None;
    }
    while world
        .machines
        .iter()
        .any(|machine| machine.frozen_until.is_some())
    {
        world.run_ms(1)?;
    }
    while world.go_on()? {
        world.run_ms(5)?;
    }
    reconfigure(world)?;
    let last_fault = world.now;
    // A farm that has not noticed the fault yet looks whole: it counts when it stays so.
    let mut whole_since = None;
    loop {
        let problem = check::t3(world);
        match (problem, whole_since) {
            (Ok(()), None) => whole_since = Some(world.now),
            (Ok(()), Some(since)) if world.now - since >= STEADY_MS * MS => {
                recoveries_ms.push((since - last_fault) / MS);
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

/// An operator brings a change of the configuration to every server that lacks it.
fn reconfigure(world: &mut World) -> Result<(), String> {
    for at in 0..world.machines.len() {
        let start = world.now;
        while world.reconfigure(at)? {
            if world.now - start >= RECONFIGURED_MS_MAX * MS {
                let (name, state) = (node_name(at), world.state(at));
                return Err(format!("{name} cannot be configured in {state:?}"));
            }
            world.run_ms(5)?;
        }
    }
    Ok(())
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
