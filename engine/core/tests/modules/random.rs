//! Whatever happens in whatever order: checks begin and end in turn, none is left behind, and nobody serves
//! before the checks passed.

use std::time::Duration;

use evenkeel_core::config::model::ModuleConfig;
use proptest::prelude::*;

use crate::shell::{Shell, TRAFFIC};
use crate::table::{happenings, nervous, nudge, stop_for_good};

/// What happens next.
#[derive(Clone, Copy, Debug)]
enum Next {
    /// One of all things that can happen.
    Any(prop::sample::Index),
    /// What was asked for is done, or fails.
    Answer(bool),
    /// All checks find everything well.
    AllUp,
    /// Time passes.
    Pass(u64),
    Start,
    /// The module has these of its checks and processes alone from here on.
    Change(u8),
}

fn next() -> impl Strategy<Value = Next> {
    prop_oneof![
        3 => any::<prop::sample::Index>().prop_map(Next::Any),
        4 => prop::bool::weighted(0.9).prop_map(Next::Answer),
        2 => Just(Next::AllUp),
        1 => (0..200_u64).prop_map(Next::Pass),
        1 => Just(Next::Start),
    ]
}

/// The same with other configurations in between.
fn next_or_change() -> impl Strategy<Value = Next> {
    prop_oneof![
        10 => next(),
        1 => any::<u8>().prop_map(Next::Change),
    ]
}

/// The checks and processes whose bits are set, of eight.
fn some(mut config: ModuleConfig, bits: u8) -> ModuleConfig {
    let mut nth = 0..8;
    let mut is_set = || nth.next().is_some_and(|nth| bits >> nth & 1 == 1);
    config.checks.retain(|_| is_set());
    config.procs.retain(|_| is_set());
    config
}

fn live(traffic: &str, story: &[Next]) {
    let mut shell = Shell::new(nervous(traffic));
    shell.slow = true;
    let all = happenings(&shell);
    for next in story {
        match next {
            Next::Any(index) => shell.handle(index.get(&all).clone()),
            Next::Answer(success) => drop(shell.step(*success)),
            Next::AllUp => shell.all_up(),
            Next::Pass(ms) => shell.pass(Duration::from_millis(*ms)),
            Next::Change(bits) => shell.configure(some(nervous(traffic), *bits)),
            Next::Start => nudge(&mut shell, "start"),
        }
        shell.check();
        shell.told();
    }
    stop_for_good(&mut shell);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_story_breaks_a_light_module(story in prop::collection::vec(next(), 0..120)) {
        live("", &story);
    }

    #[test]
    fn no_story_breaks_a_module_that_changes(story in prop::collection::vec(next_or_change(), 0..120)) {
        live(TRAFFIC, &story);
    }

    #[test]
    fn no_story_breaks_a_farm_module(story in prop::collection::vec(next(), 0..120)) {
        live(TRAFFIC, &story);
    }
}
