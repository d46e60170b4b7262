//! Programs of the module for the failure of a process.

use std::time::Duration;

use crate::shell::{Shell, module};

const RUN: &str = "run handler of batch";
const STOPSTART: &str = "Action stopstart called by errd";

/// A module that is up, with a process whose failure its own program handles; what it is told takes
/// time.
fn up() -> Shell {
    let config = module(
        r#"<errd polltimer="10s"><proc name="batch" class="both" action="handlers/batch"/></errd>"#,
        "",
    );
    let mut shell = Shell::up(config);
    shell.slow = true;
    shell
}

/// The process fails, and its program is run.
fn fail(shell: &mut Shell) {
    shell.checked("proc.batch", "down", "errd");
    shell.expect(&[
        "Process batch not running",
        "Resource proc.batch set to down by errd",
        "Action handlers/batch called by errd",
        RUN,
    ]);
}

#[test]
fn a_failure_that_was_handled_does_nothing_else() {
    let mut shell = up();
    fail(&mut shell);
    shell.pass(Duration::from_secs(60));
    shell.expect(&[]);
    assert!(shell.step(true), "it is still running until here");
    shell.checked("proc.batch", "up", "errd");
    shell.pass(Duration::from_secs(60));
    shell.expect(&["Resource proc.batch set to up by errd"]);
    assert_eq!(shell.status().loops.count, 0);
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    fail(&mut shell);
}

#[test]
fn it_is_run_again_where_the_next_look_finds_nothing_better() {
    let mut shell = up();
    fail(&mut shell);
    assert!(shell.step(true));
    // A look, and the period of rules.
    shell.pass(Duration::from_secs(14));
    shell.expect(&[]);
    shell.pass(Duration::from_secs(2));
    shell.expect(&["Action handlers/batch called by errd", RUN]);
}

#[test]
fn one_that_fails_is_followed_by_a_stopstart_which_counts() {
    let mut shell = up();
    fail(&mut shell);
    assert!(shell.step(false));
    let told = shell.told();
    assert!(
        told[0].contains("program for the failure of batch failed"),
        "{told:?}"
    );
    assert_eq!(told[1], STOPSTART);
    while shell.step(true) {
        shell.all_up();
    }
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    assert_eq!(shell.status().loops.count, 1);
}

#[test]
fn one_that_fails_when_the_process_is_well_again_or_the_module_stops_is_let_be() {
    let mut shell = up();
    fail(&mut shell);
    shell.checked("proc.batch", "up", "errd");
    shell.told();
    assert!(shell.step(false));
    shell.expect(&[]);
    fail(&mut shell);
    shell.stop();
    while shell.step(false) {}
    assert!(!shell.told().contains(&STOPSTART.to_owned()));
    assert_eq!(shell.status().state.to_string(), "STOP NotReady");
}
