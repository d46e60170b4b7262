//! The module state machine: every stage with every trigger, whole ways up and down, to wait and back,
//! the scripts' arguments and times, and when checks run.

#[path = "module/force.rs"]
mod force;
#[path = "module/random.rs"]
mod random;
#[path = "module/wait.rs"]
mod wait;

use std::time::Duration;

use evenkeel_core::input::{Script, ScriptOutcome};
use evenkeel_core::module::machine::{Machine, Plan, Stage, Step, Trigger};
use evenkeel_core::module::state::ModuleState;

const OK: ScriptOutcome = ScriptOutcome::Exited { code: 0 };
const FAILED: ScriptOutcome = ScriptOutcome::Exited { code: 3 };
const NICE: Duration = Duration::from_secs(300);
const FORCE: Duration = Duration::from_secs(30);
const FARM: Plan = Plan {
    traffic: true,
    scripts: Some((NICE, FORCE)),
    checks: (true, true),
};
/// Without checks.
const PLAIN: Plan = Plan {
    checks: (false, false),
    ..FARM
};

const SCRIPTS: [Script; 5] = [
    Script::Prestart,
    Script::StartBoth,
    Script::StopBoth,
    Script::StopBothForce,
    Script::Poststop,
];

fn ended(script: Script) -> Trigger {
    Trigger::ScriptEnded(script, OK)
}

fn failed(script: Script) -> Trigger {
    Trigger::ScriptEnded(script, FAILED)
}

fn opened() -> Trigger {
    Trigger::TrafficOpened(Ok(()))
}

fn not_opened() -> Trigger {
    Trigger::TrafficOpened(Err("no such interface".into()))
}

/// All triggers.
fn triggers() -> Vec<Trigger> {
    let scripts = SCRIPTS
        .into_iter()
        .flat_map(|script| [ended(script), failed(script)]);
    let others = [
        Trigger::Start,
        Trigger::Stop,
        Trigger::Forcestop,
        Trigger::Restart,
        Trigger::Stopstart,
        Trigger::Reboot,
        Trigger::Wait,
        Trigger::Wakeup,
        Trigger::Proven,
        opened(),
        not_opened(),
        Trigger::TrafficClosed,
        Trigger::ShareOpened,
        Trigger::Left,
    ];
    scripts.chain(others).collect()
}

/// A farm module in this stage, with nothing left to do.
fn reach(stage: Stage) -> Machine {
    let up = up();
    let wait = [
        Trigger::Wait,
        Trigger::Left,
        ended(Script::StopBoth),
        ended(Script::StopBothForce),
        Trigger::TrafficClosed,
    ];
    let down = [
        Trigger::Stop,
        Trigger::Left,
        ended(Script::StopBoth),
        ended(Script::StopBothForce),
        ended(Script::Poststop),
    ];
    let anew = [
        Trigger::Restart,
        Trigger::Left,
        ended(Script::StopBoth),
        ended(Script::StopBothForce),
    ];
    let way = match stage {
        Stage::Stopped => vec![],
        Stage::Prestart => up[..1].to_vec(),
        Stage::Screening => up[..2].to_vec(),
        Stage::Starting => up[..3].to_vec(),
        Stage::Opening => up[..4].to_vec(),
        Stage::Proving => up[..5].to_vec(),
        Stage::Joining => up[..6].to_vec(),
        Stage::Withdrawing => [&up[..], &wait[..4]].concat(),
        Stage::Waiting => [&up[..], &wait[..]].concat(),
        Stage::Up => up.to_vec(),
        Stage::Yielding => [&up[..], &anew[..1]].concat(),
        Stage::Halting => [&up[..], &anew[..2]].concat(),
        Stage::HaltingForce => [&up[..], &anew[..3]].concat(),
        Stage::Restarting => [&up[..], &anew[..]].concat(),
        Stage::Severing => [&up[..], &[Trigger::Forcestop]].concat(),
        Stage::Aborting => [&up[..4], &[not_opened()]].concat(),
        Stage::Reverting => [&up[..3], &[failed(Script::StartBoth)]].concat(),
        Stage::Leaving => [&up[..], &down[..1]].concat(),
        Stage::Stopping => [&up[..], &down[..2]].concat(),
        Stage::Forcing => [&up[..], &down[..3]].concat(),
        Stage::Poststop => [&up[..], &down[..4]].concat(),
        Stage::Closing => [&up[..], &down[..]].concat(),
    };
    let mut machine = Machine::new(FARM);
    for trigger in way {
        machine.handle(trigger);
    }
    assert_eq!(machine.stage(), stage);
    machine.take_steps();
    machine
}

/// What moves a module on, and where to. Everything else changes nothing.
fn moves() -> Vec<(Stage, Trigger, Stage)> {
    use Stage::*;
    let mut moves = vec![
        (Stopped, Trigger::Start, Prestart),
        (Starting, ended(Script::StartBoth), Opening),
        (Starting, failed(Script::StartBoth), Reverting),
        (Screening, Trigger::Wakeup, Starting),
        (Screening, Trigger::Wait, Waiting),
        (Screening, Trigger::Stop, Forcing),
        (Screening, Trigger::Stopstart, Forcing),
        (Screening, Trigger::Reboot, Forcing),
        (Waiting, Trigger::Wakeup, Starting),
        (Waiting, Trigger::Stop, Forcing),
        (Waiting, Trigger::Stopstart, Forcing),
        (Waiting, Trigger::Reboot, Forcing),
        (Opening, opened(), Proving),
        (Proving, Trigger::Proven, Joining),
        (Withdrawing, Trigger::TrafficClosed, Waiting),
        (Opening, not_opened(), Aborting),
        (Joining, Trigger::ShareOpened, Up),
        // Nothing was joined that would have to be left.
        (Proving, Trigger::Restart, Halting),
        (Joining, Trigger::Restart, Yielding),
        (Up, Trigger::Restart, Yielding),
        (Yielding, Trigger::Left, Halting),
        (Restarting, ended(Script::StartBoth), Proving),
        (Restarting, failed(Script::StartBoth), Forcing),
        (Leaving, Trigger::Left, Stopping),
        (Closing, Trigger::TrafficClosed, Stopped),
        (Severing, Trigger::TrafficClosed, Forcing),
        // Nothing runs, and nothing is open.
        (Screening, Trigger::Forcestop, Forcing),
        (Waiting, Trigger::Forcestop, Forcing),
    ];
    let forced = Stage::ALL.into_iter().filter(|stage| {
        let others = [Stopped, Closing, Severing, Screening, Waiting];
        !others.contains(stage)
    });
    moves.extend(forced.map(|stage| (stage, Trigger::Forcestop, Severing)));
    for way in [
        Trigger::Stop,
        Trigger::Stopstart,
        Trigger::Reboot,
        Trigger::Wait,
    ] {
        moves.push((Proving, way.clone(), Stopping));
        for from in [Joining, Up, Yielding] {
            moves.push((from, way.clone(), Leaving));
        }
    }
    // However these scripts end, the way goes on.
    let whatever = [
        (Prestart, Script::Prestart, Screening),
        (Halting, Script::StopBoth, HaltingForce),
        (HaltingForce, Script::StopBothForce, Restarting),
        (Aborting, Script::StopBoth, Reverting),
        (Reverting, Script::StopBothForce, Stopped),
        (Stopping, Script::StopBoth, Forcing),
        (Forcing, Script::StopBothForce, Poststop),
        (Poststop, Script::Poststop, Closing),
    ];
    for (from, script, to) in whatever {
        moves.push((from, ended(script), to));
        moves.push((from, failed(script), to));
    }
    moves
}

#[test]
fn every_stage_with_every_trigger() {
    let moves = moves();
    let mut moved = 0;
    for stage in Stage::ALL {
        for trigger in triggers() {
            let mut machine = reach(stage);
            machine.handle(trigger.clone());
            let expected = moves
                .iter()
                .find(|(from, on, _)| (*from, on) == (stage, &trigger));
            let after = expected.map_or(stage, |(.., to)| *to);
            assert_eq!(machine.stage(), after, "{stage:?} on {trigger:?}");
            moved += usize::from(expected.is_some());
            if expected.is_none() {
                assert_eq!(machine.take_steps(), [], "{stage:?} on {trigger:?}");
            }
        }
    }
    assert_eq!(moved, moves.len(), "every move was seen");
}

/// How the shell answers what is asked of it in a stage, where a stop was asked for.
fn answer(stage: Stage) -> Trigger {
    match stage {
        Stage::Prestart => ended(Script::Prestart),
        Stage::Starting | Stage::Restarting => ended(Script::StartBoth),
        Stage::Opening => opened(),
        Stage::Aborting | Stage::Halting | Stage::Stopping => ended(Script::StopBoth),
        Stage::Reverting | Stage::HaltingForce | Stage::Forcing => ended(Script::StopBothForce),
        Stage::Yielding | Stage::Leaving => Trigger::Left,
        Stage::Poststop => ended(Script::Poststop),
        Stage::Withdrawing | Stage::Severing | Stage::Closing => Trigger::TrafficClosed,
        Stage::Stopped
        | Stage::Screening
        | Stage::Waiting
        | Stage::Proving
        | Stage::Joining
        | Stage::Up => panic!("{stage:?}: the stop was forgotten"),
    }
}

#[test]
fn a_stop_in_every_stage_ends_in_stopped() {
    for stage in Stage::ALL {
        let mut machine = reach(stage);
        machine.handle(Trigger::Stop);
        let mut started = 0;
        for _ in 0..20 {
            let now = machine.stage();
            if now == Stage::Stopped {
                break;
            }
            let starts = matches!(now, Stage::Starting | Stage::Restarting);
            started += usize::from(starts && stage != now);
            machine.handle(answer(now));
        }
        assert_eq!(machine.stage(), Stage::Stopped, "stopped in {stage:?}");
        assert_eq!(started, 0, "stopped in {stage:?}, yet start_both ran");
    }
}

/// The steps of a machine, and what it did in words.
fn words(machine: &mut Machine) -> Vec<String> {
    let word = |step: Step| match step {
        Step::Changed(state) => format!("state {state}"),
        Step::StartsAgain => "starts again".into(),
        Step::Reboot => "reboot".into(),
        Step::Run {
            script,
            args,
            timeout,
        } => {
            let seconds = timeout.map_or(String::new(), |t| format!(" within {} s", t.as_secs()));
            format!("{} {}{seconds}", script.file_name(), args.join(" "))
        }
        Step::StartChecks(when) => format!("start checks {when:?}"),
        Step::StopChecks(when) => format!("stop checks {when:?}"),
        Step::OpenTraffic => "open traffic".into(),
        Step::KillScripts => "kill scripts".into(),
        Step::CloseTraffic => "close traffic".into(),
        Step::Join => "join".into(),
        Step::Leave => "leave".into(),
    };
    machine.take_steps().into_iter().map(word).collect()
}

fn walk(plan: Plan, triggers: impl IntoIterator<Item = Trigger>) -> (Machine, Vec<String>) {
    let mut machine = Machine::new(plan);
    for trigger in triggers {
        machine.handle(trigger);
    }
    let words = words(&mut machine);
    (machine, words)
}

#[test]
fn a_farm_module_goes_up_and_down() {
    let down = [
        Trigger::Stop,
        Trigger::Left,
        ended(Script::StopBoth),
        ended(Script::StopBothForce),
        ended(Script::Poststop),
        Trigger::TrafficClosed,
    ];
    let (machine, words) = walk(FARM, up().into_iter().chain(down));
    let expected = [
        "state WAIT Transient",
        "prestart STOP WAIT start",
        "start checks Pre",
        "state UP Transient",
        "start_both WAIT UP start",
        "open traffic",
        "start checks Both",
        "join",
        "state UP Ready",
        "state UP Transient",
        "leave",
        "stop checks Both",
        "stop_both UP WAIT stop within 300 s",
        "state WAIT Transient",
        "stop_both force WAIT STOP stop within 30 s",
        "stop checks Pre",
        "poststop WAIT STOP stop",
        "close traffic",
        "state STOP NotReady",
    ];
    assert_eq!(words, expected);
    assert_eq!(machine.reason(), None);
}

/// What takes a farm module up.
fn up() -> [Trigger; 7] {
    [
        Trigger::Start,
        ended(Script::Prestart),
        Trigger::Wakeup,
        ended(Script::StartBoth),
        opened(),
        Trigger::Proven,
        Trigger::ShareOpened,
    ]
}

#[test]
fn a_restart_stops_and_starts_the_application_in_place() {
    let anew = [
        Trigger::Restart,
        Trigger::Left,
        ended(Script::StopBoth),
        ended(Script::StopBothForce),
        ended(Script::StartBoth),
        Trigger::Proven,
        Trigger::ShareOpened,
    ];
    let (_, words) = walk(FARM, up().into_iter().chain(anew));
    let expected = [
        "state UP Transient",
        "leave",
        "stop checks Both",
        "stop_both UP UP restart within 300 s",
        "stop_both force UP UP restart within 30 s",
        "start_both UP UP restart",
        "start checks Both",
        "join",
        "state UP Ready",
    ];
    assert_eq!(words[9..], expected);
}

#[test]
fn a_start_script_that_fails_in_a_restart_takes_the_module_down() {
    let anew = [
        Trigger::Restart,
        Trigger::Left,
        ended(Script::StopBoth),
        ended(Script::StopBothForce),
        failed(Script::StartBoth),
        ended(Script::StopBothForce),
        ended(Script::Poststop),
        Trigger::TrafficClosed,
    ];
    let (machine, words) = walk(FARM, up().into_iter().chain(anew));
    assert_eq!(machine.stage(), Stage::Stopped);
    assert!(machine.reason().unwrap().contains("start_both"));
    let expected = [
        "state WAIT Transient",
        "stop_both force WAIT STOP stop within 30 s",
        "stop checks Pre",
        "poststop WAIT STOP stop",
        "close traffic",
        "state STOP NotReady",
    ];
    assert_eq!(words[15..], expected);
}

#[test]
fn a_stopstart_goes_down_and_up_by_itself_unless_a_stop_calls_it_off() {
    let down = [
        Trigger::Stopstart,
        Trigger::Left,
        ended(Script::StopBoth),
        ended(Script::StopBothForce),
        ended(Script::Poststop),
        Trigger::TrafficClosed,
    ];
    let (machine, words) = walk(FARM, up().into_iter().chain(down.clone()));
    assert_eq!(machine.stage(), Stage::Prestart);
    let expected = [
        "stop checks Both",
        "stop_both UP WAIT stopstart within 300 s",
        "state WAIT Transient",
        "stop_both force WAIT STOP stopstart within 30 s",
        "stop checks Pre",
        "poststop WAIT STOP stopstart",
        "close traffic",
        "state STOP NotReady",
        "starts again",
        "state WAIT Transient",
        "prestart STOP WAIT start",
    ];
    assert_eq!(words[11..], expected);
    for called_off in 1..down.len() {
        let (before, after) = down.split_at(called_off);
        let way = [&up()[..], before, &[Trigger::Stop], after].concat();
        let (machine, _) = walk(FARM, way);
        assert_eq!(machine.stage(), Stage::Stopped, "after {before:?}");
    }
}

#[test]
fn a_reboot_comes_when_all_is_down_unless_something_calls_it_off() {
    let down = [
        Trigger::Reboot,
        Trigger::Left,
        ended(Script::StopBoth),
        ended(Script::StopBothForce),
        ended(Script::Poststop),
        Trigger::TrafficClosed,
    ];
    let (mut machine, words) = walk(FARM, up().into_iter().chain(down.clone()));
    assert_eq!(words[words.len() - 2..], ["state STOP NotReady", "reboot"]);
    assert!(words.contains(&"poststop WAIT STOP stopstart".to_owned()));
    machine.handle(Trigger::Start);
    machine.handle(Trigger::Stop);
    machine.take_steps();
    for called_off in 1..down.len() {
        let (before, after) = down.split_at(called_off);
        for (by, stage) in [
            (Trigger::Stop, Stage::Stopped),
            (Trigger::Stopstart, Stage::Prestart),
        ] {
            let way = [&up()[..], before, &[by], after].concat();
            let (machine, words) = walk(FARM, way);
            assert_eq!(machine.stage(), stage, "after {before:?}");
            assert!(!words.contains(&"reboot".to_owned()), "after {before:?}");
        }
    }
}

#[test]
fn a_start_script_that_fails_takes_the_module_down_again() {
    let triggers = [
        Trigger::Start,
        ended(Script::Prestart),
        Trigger::Wakeup,
        failed(Script::StartBoth),
        ended(Script::StopBothForce),
    ];
    let (mut machine, words) = walk(FARM, triggers);
    let expected = [
        "state WAIT Transient",
        "prestart STOP WAIT start",
        "start checks Pre",
        "state UP Transient",
        "start_both WAIT UP start",
        "state WAIT Transient",
        "stop_both force WAIT STOP stop within 30 s",
        "state STOP NotReady",
        "stop checks Pre",
    ];
    assert_eq!(words, expected);
    assert!(
        machine.reason().unwrap().contains("start_both"),
        "{:?}",
        machine.reason()
    );
    machine.handle(Trigger::Start);
    assert_eq!(machine.reason(), None, "a new start, a new chance");
}

#[test]
fn traffic_that_cannot_be_opened_takes_the_module_down_again() {
    let triggers = [
        Trigger::Start,
        ended(Script::Prestart),
        Trigger::Wakeup,
        ended(Script::StartBoth),
        not_opened(),
        ended(Script::StopBoth),
        ended(Script::StopBothForce),
    ];
    let (machine, words) = walk(PLAIN, triggers);
    assert_eq!(
        words[4..],
        [
            "open traffic",
            "stop_both UP WAIT stop within 300 s",
            "state WAIT Transient",
            "stop_both force WAIT STOP stop within 30 s",
            "state STOP NotReady",
        ]
    );
    assert!(machine.reason().unwrap().contains("no such interface"));
}

#[test]
fn without_scripts_and_without_traffic_a_module_is_up_at_once() {
    let plan = Plan {
        traffic: false,
        scripts: None,
        checks: (false, false),
    };
    let (machine, words) = walk(plan, [Trigger::Start, Trigger::Wakeup]);
    assert_eq!(machine.stage().state(), ModuleState::READY);
    assert_eq!(
        words,
        [
            "state WAIT Transient",
            "state UP Transient",
            "state UP Ready"
        ]
    );
    let (machine, words) = walk(plan, [Trigger::Start, Trigger::Wakeup, Trigger::Stop]);
    assert_eq!(machine.stage(), Stage::Stopped);
    assert_eq!(
        words[3..],
        [
            "state UP Transient",
            "state WAIT Transient",
            "state STOP NotReady"
        ]
    );
}

#[test]
fn a_light_module_runs_its_scripts_and_opens_no_traffic() {
    let plan = Plan {
        traffic: false,
        ..FARM
    };
    let up = [
        Trigger::Start,
        ended(Script::Prestart),
        Trigger::Wakeup,
        ended(Script::StartBoth),
        Trigger::Proven,
    ];
    let (machine, words) = walk(plan, up);
    assert_eq!(machine.stage(), Stage::Up);
    assert!(!words.contains(&"open traffic".to_owned()));
}
