//! A stop by force: what is told and asked for, and that a program's one is no care for the module.

use std::time::Duration;

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::input::Input;
use evenkeel_core::module::state::ModuleState;

use crate::shell::{Shell, TRAFFIC, module, named, restart};

fn force(by: &str, automatic: bool) -> Command {
    Command::Forcestop {
        module: named("app"),
        by: by.to_owned(),
        automatic,
    }
}

/// A module with traffic that is up.
fn up() -> Shell {
    let mut shell = Shell::new(module("", TRAFFIC));
    shell.start();
    get_up(&mut shell);
    shell
}

fn get_up(shell: &mut Shell) {
    shell.all_up();
    for _ in 0..20 {
        // Somebody is heard all the time, who is no node.
        shell.handle(Input::Received {
            module: named("app"),
        });
        shell.pass(Duration::from_millis(100));
    }
    assert_eq!(shell.status().state, ModuleState::READY);
    shell.told();
    shell.args();
}

#[test]
fn a_stop_that_hangs_is_forced() {
    let mut shell = up();
    shell.slow = true;
    shell.stop();
    while shell.args().is_empty() {
        shell.pass(Duration::from_millis(20));
    }
    shell.told();
    shell.command(force("admin", false)).unwrap();
    shell.expect(&[
        "Action forcestop called by admin",
        "Local state WAIT Transient",
        "kill scripts",
        "close traffic",
    ]);
    while shell.step(true) {}
    shell.expect(&[
        "Script stop_both",
        "stop checks pre",
        "Script poststop",
        "Local state STOP NotReady",
    ]);
    assert_eq!(shell.args(), ["force WAIT STOP stop", "WAIT STOP stop"]);
    shell.check();
}

#[test]
fn who_serves_takes_part_in_nothing_at_once() {
    let mut shell = up();
    shell.slow = true;
    assert!(shell.status().groups[0].open > 0);
    shell.command(force("admin", false)).unwrap();
    let status = shell.status();
    assert_eq!((status.groups[0].open, status.epoch), (0, None));
}

#[test]
fn a_stopped_module_cannot_be_forced() {
    let mut shell = Shell::new(module("", ""));
    let denied = shell.command(force("admin", false)).unwrap_err();
    assert!(matches!(denied, Denied::WrongState { .. }), "{denied}");
}

#[test]
fn the_count_begins_anew_where_somebody_asks_and_no_program() {
    for (automatic, count) in [(true, 1), (false, 0)] {
        let mut shell = up();
        shell.command(restart("disk", true)).unwrap();
        get_up(&mut shell);
        shell.command(force("watcher", automatic)).unwrap();
        let status = shell.status();
        assert_eq!(status.state, ModuleState::STOPPED);
        assert_eq!(status.loops.count, count);
        let reason = automatic.then_some("stopped by watcher");
        assert_eq!(status.reason.as_deref(), reason);
    }
}
