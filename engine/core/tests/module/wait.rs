//! The module state machine: to wait and back, and checks before traffic.

use evenkeel_core::input::Script;
use evenkeel_core::module::machine::{Stage, Trigger};

use super::{FARM, PLAIN, answer, ended, up, walk, words};

#[test]
fn a_module_waits_and_goes_on() {
    let wait = [
        Trigger::Wait,
        Trigger::Left,
        ended(Script::StopBoth),
        ended(Script::StopBothForce),
        Trigger::TrafficClosed,
        Trigger::Wakeup,
    ];
    let again = &up()[3..];
    let way = [&up()[..], &wait, again].concat();
    let (machine, words) = walk(FARM, way);
    assert_eq!(machine.stage(), Stage::Up);
    let expected = [
        "state UP Transient",
        "leave",
        "stop checks Both",
        "stop_both UP WAIT stopwait within 300 s",
        "state WAIT Transient",
        "stop_both force WAIT WAIT stopwait within 30 s",
        "close traffic",
        "state WAIT NotReady",
        "state UP Transient",
        "start_both WAIT UP start",
        "open traffic",
        "start checks Both",
        "join",
        "state UP Ready",
    ];
    assert_eq!(words[9..], expected);
}

#[test]
fn a_module_that_waits_can_be_stopped() {
    let (_, words) = walk(
        FARM,
        [
            Trigger::Start,
            ended(Script::Prestart),
            Trigger::Wait,
            Trigger::Stop,
            ended(Script::StopBothForce),
            ended(Script::Poststop),
        ],
    );
    let expected = [
        "start checks Pre",
        "state WAIT NotReady",
        "state WAIT Transient",
        "stop_both force WAIT STOP stop within 30 s",
        "stop checks Pre",
        "poststop WAIT STOP stop",
        "state STOP NotReady",
    ];
    assert_eq!(words[2..], expected);
}

#[test]
fn a_stop_calls_a_wait_off_wherever_it_comes() {
    let wait = [
        Trigger::Wait,
        Trigger::Left,
        ended(Script::StopBoth),
        ended(Script::StopBothForce),
        Trigger::TrafficClosed,
    ];
    for called_off in 1..=wait.len() {
        for (stop, stage) in [
            (Trigger::Stop, Stage::Stopped),
            (Trigger::Stopstart, Stage::Prestart),
        ] {
            let way = [&up()[..], &wait[..called_off], &[stop]].concat();
            let (mut machine, _) = walk(FARM, way);
            let mut done = Vec::new();
            while machine.stage() != stage {
                machine.handle(answer(machine.stage()));
                done.extend(words(&mut machine));
            }
            let poststop = done.iter().filter(|word| word.starts_with("poststop"));
            assert_eq!(poststop.count(), 1, "{called_off}: {done:?}");
            let opened = done.iter().any(|word| word == "open traffic");
            assert!(!opened, "{called_off}: {done:?}");
        }
    }
}

#[test]
fn nobody_joins_before_the_checks_passed_nor_waits_for_checks_that_there_are_not() {
    let way = &up()[..5];
    let (machine, words) = walk(FARM, way.to_vec());
    assert_eq!(machine.stage(), Stage::Proving);
    assert!(!words.contains(&"join".to_owned()), "{words:?}");
    let (machine, words) = walk(PLAIN, way.to_vec());
    assert_eq!(machine.stage(), Stage::Joining);
    assert!(
        !words.iter().any(|word| word.contains("checks")),
        "{words:?}"
    );
}
