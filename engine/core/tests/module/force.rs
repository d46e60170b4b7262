//! The module state machine: a stop by force, from everywhere and with everything that hangs.

use evenkeel_core::input::{Script, ScriptOutcome};
use evenkeel_core::module::machine::{Machine, Plan, Stage, Step, Trigger};

use super::{FARM, answer, ended, not_opened, opened, reach, up, walk, words};

/// The script of a stage of the table's module, killed.
fn killed(stage: Stage) -> Option<Trigger> {
    let Trigger::ScriptEnded(script, _) = answer(stage) else {
        return None;
    };
    let outcome = ScriptOutcome::Killed { signal: 9 };
    Some(Trigger::ScriptEnded(script, outcome))
}

/// Whether something runs, or is under way, for which a stop by force has to wait.
fn is_at_rest(stage: Stage) -> bool {
    let rests = [Stage::Screening, Stage::Waiting, Stage::Proving];
    let members = [Stage::Joining, Stage::Up];
    rests.contains(&stage) || members.contains(&stage)
}

#[test]
fn a_forcestop_in_every_stage_ends_in_stopped() {
    for stage in Stage::ALL.into_iter().filter(|one| *one != Stage::Stopped) {
        let mut machine = reach(stage);
        machine.handle(Trigger::Forcestop);
        let mut open = !matches!(machine.stage(), Stage::Forcing | Stage::Closing);
        if machine.stage() == Stage::Severing {
            if let Some(killed) = (!is_at_rest(stage)).then(|| killed(stage)).flatten() {
                machine.handle(killed);
            }
            if stage == Stage::Opening {
                assert_eq!(machine.stage(), Stage::Severing);
                machine.handle(opened());
            }
            open &= machine.stage() == Stage::Severing;
        }
        if open || machine.stage() == Stage::Closing {
            machine.handle(Trigger::TrafficClosed);
        }
        for script in [Script::StopBothForce, Script::Poststop] {
            machine.handle(ended(script));
        }
        assert_eq!(machine.stage(), Stage::Stopped, "forced in {stage:?}");
        let graceful = |step: &Step| {
            matches!(
                step,
                Step::Leave
                    | Step::Run {
                        script: Script::StopBoth | Script::StartBoth | Script::Prestart,
                        ..
                    }
            )
        };
        let steps = machine.take_steps();
        assert!(!steps.iter().any(graceful), "forced in {stage:?}");
        let closed = steps.iter().filter(|step| **step == Step::CloseTraffic);
        assert!(closed.count() <= 1, "forced in {stage:?}");
    }
}

#[test]
fn what_hangs_is_killed_and_the_traffic_closed_at_once() {
    let (mut machine, _) = walk(FARM, [&up()[..], &[Trigger::Stop, Trigger::Left]].concat());
    assert_eq!(machine.stage(), Stage::Stopping);
    machine.handle(Trigger::Forcestop);
    let expected = ["state WAIT Transient", "kill scripts", "close traffic"];
    assert_eq!(words(&mut machine), expected);
    // Whatever comes first.
    machine.handle(Trigger::TrafficClosed);
    assert_eq!(words(&mut machine), [""; 0]);
    machine.handle(Trigger::ScriptEnded(
        Script::StopBoth,
        ScriptOutcome::Killed { signal: 9 },
    ));
    machine.handle(ended(Script::StopBothForce));
    machine.handle(ended(Script::Poststop));
    let expected = [
        "stop_both force WAIT STOP stop within 30 s",
        "stop checks Pre",
        "poststop WAIT STOP stop within 30 s",
        "state STOP NotReady",
    ];
    assert_eq!(words(&mut machine), expected);
}

#[test]
fn another_one_kills_what_the_first_is_at() {
    let way = [Trigger::Forcestop, Trigger::TrafficClosed];
    let (mut machine, _) = walk(FARM, [&up()[..], &way].concat());
    for script in [Script::StopBothForce, Script::Poststop] {
        machine.take_steps();
        machine.handle(Trigger::Forcestop);
        assert_eq!(words(&mut machine), ["kill scripts"]);
        let outcome = ScriptOutcome::Killed { signal: 9 };
        machine.handle(Trigger::ScriptEnded(script, outcome));
    }
    assert_eq!(machine.stage(), Stage::Stopped);
    // The next start is none of it.
    let (mut machine, _) = (machine.clone(), machine.take_steps());
    let again = [&up()[..], &[Trigger::Stop, Trigger::Left]].concat();
    again
        .into_iter()
        .for_each(|trigger| machine.handle(trigger));
    for script in [Script::StopBoth, Script::StopBothForce] {
        machine.handle(ended(script));
    }
    let words = words(&mut machine);
    assert!(
        words.contains(&"poststop WAIT STOP stop".to_owned()),
        "{words:?}"
    );
}

#[test]
fn traffic_that_is_just_opened_is_closed_again() {
    let (mut machine, _) = walk(FARM, up()[..4].to_vec());
    assert_eq!(machine.stage(), Stage::Opening);
    machine.handle(Trigger::Forcestop);
    assert_eq!(words(&mut machine)[1..], ["kill scripts"]);
    let mut failing = machine.clone();
    failing.handle(not_opened());
    assert_eq!(failing.stage(), Stage::Forcing);
    machine.handle(opened());
    assert_eq!(words(&mut machine), ["close traffic"]);
    machine.handle(Trigger::TrafficClosed);
    assert_eq!(machine.stage(), Stage::Forcing);
}

#[test]
fn without_scripts_and_traffic_a_forcestop_is_done_at_once() {
    let plan = Plan {
        traffic: false,
        scripts: None,
        checks: (false, false),
    };
    let mut machine = Machine::new(plan);
    for trigger in [Trigger::Start, Trigger::Wakeup, Trigger::Forcestop] {
        machine.handle(trigger);
    }
    assert_eq!(machine.stage(), Stage::Stopped);
}
