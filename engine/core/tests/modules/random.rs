//! Whatever happens in whatever order: checks begin and end in turn, none is left behind, and nobody serves
//! before the checks passed.

use std::time::Duration;

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
    fn no_story_breaks_a_farm_module(story in prop::collection::vec(next(), 0..120)) {
        live(TRAFFIC, &story);
    }
}
