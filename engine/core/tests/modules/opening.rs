//! The traffic of a module whose scripts open and close it.

use std::time::Duration;

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::config::model::ModuleConfig;
use evenkeel_core::input::Input;
use evenkeel_core::module::state::ModuleState;

use crate::shell::{Shell, TRAFFIC, module, named, restart};

fn new() -> Shell {
    Shell::new(module(
        "",
        &TRAFFIC.replace("<vip>", r#"<vip scriptcontrol="on">"#),
    ))
}

fn switch(shell: &mut Shell, open: bool) -> Result<(), Denied> {
    let (module, by) = (named("app"), "start_both".to_owned());
    shell.command(Command::SwitchTraffic { module, open, by })
}

/// Time passes, in which somebody is heard who is no node.
fn pass(shell: &mut Shell) {
    shell.all_up();
    for _ in 0..20 {
        shell.handle(Input::Received {
            module: named("app"),
        });
        shell.pass(Duration::from_millis(100));
    }
}

/// The module's share here, of a module that is up.
#[track_caller]
fn share(shell: &Shell) -> u32 {
    let status = shell.status();
    assert_eq!(status.state, ModuleState::READY);
    let reason = status.reason.unwrap_or_default();
    let open = status.groups[0].open;
    assert_eq!(open == 0, reason.contains("scriptcontrol"), "{reason}");
    open
}

#[test]
fn nothing_is_open_before_a_script_says_so_and_a_script_closes_it_again() {
    let mut shell = new();
    shell.start();
    pass(&mut shell);
    assert_eq!(share(&shell), 0);
    shell.told();
    for _ in 0..3 {
        switch(&mut shell, true).unwrap();
        pass(&mut shell);
        assert!(share(&shell) > 0);
        switch(&mut shell, true).unwrap();
        switch(&mut shell, false).unwrap();
        pass(&mut shell);
        assert_eq!(share(&shell), 0);
        shell.expect(&[
            "Action traffic open called by start_both",
            "Action traffic close called by start_both",
        ]);
    }
    shell.stop();
    pass(&mut shell);
    assert_eq!(shell.status().state, ModuleState::STOPPED);
    shell.check();
}

#[test]
fn a_start_script_opens_it_while_it_runs_and_each_has_to_anew() {
    let mut shell = new();
    shell.slow = true;
    shell.start();
    shell.all_up();
    shell.step(true);
    shell.all_up();
    switch(&mut shell, true).unwrap();
    shell.slow = false;
    while shell.step(true) {}
    pass(&mut shell);
    assert!(share(&shell) > 0);
    shell.command(restart("admin", false)).unwrap();
    pass(&mut shell);
    assert_eq!(share(&shell), 0, "the application is another one");
    switch(&mut shell, true).unwrap();
    pass(&mut shell);
    assert!(share(&shell) > 0);
}

#[test]
fn who_opens_and_closes_in_a_hurry_is_open_or_closed_in_the_end() {
    for last in [true, false] {
        let mut shell = new();
        shell.start();
        pass(&mut shell);
        for open in [true, false, true, false, true, last] {
            switch(&mut shell, open).unwrap();
            shell.pass(Duration::from_millis(40));
        }
        pass(&mut shell);
        assert_eq!(share(&shell) > 0, last);
    }
}

#[test]
fn it_is_refused_where_nothing_runs_and_where_scripts_have_no_say() {
    let denied = switch(&mut new(), true).unwrap_err();
    assert!(matches!(denied, Denied::WrongState { .. }), "{denied}");
    let mut shell = Shell::new(module("", TRAFFIC));
    shell.start();
    let denied = switch(&mut shell, true).unwrap_err();
    assert!(
        denied.to_string().contains("scriptcontrol=\"on\""),
        "{denied}"
    );
}

/// The module with this `scriptcontrol`.
fn with(control: &str) -> ModuleConfig {
    let vip = format!(r#"<vip scriptcontrol="{control}">"#);
    module("", &TRAFFIC.replace("<vip>", &vip))
}

#[test]
fn scripts_get_a_say_and_lose_it_while_the_module_serves() {
    let mut shell = Shell::new(with("off"));
    shell.start();
    pass(&mut shell);
    for _ in 0..2 {
        shell.configure(with("on"));
        pass(&mut shell);
        assert!(share(&shell) > 0, "as it was");
        switch(&mut shell, false).unwrap();
        pass(&mut shell);
        assert_eq!(share(&shell), 0);
        shell.configure(with("off"));
        pass(&mut shell);
        assert!(share(&shell) > 0, "nobody has a say");
    }
    shell.configure(with("on"));
    shell.command(restart("admin", false)).unwrap();
    pass(&mut shell);
    assert_eq!(
        share(&shell),
        0,
        "no script of the new application opened it"
    );
    shell.check();
}

#[test]
fn who_gives_its_share_away_when_scripts_lose_their_say_has_it_again() {
    for ms in [0, 5, 20, 60, 200] {
        let mut shell = Shell::new(with("on"));
        shell.start();
        pass(&mut shell);
        switch(&mut shell, true).unwrap();
        pass(&mut shell);
        switch(&mut shell, false).unwrap();
        shell.pass(Duration::from_millis(ms));
        shell.configure(with("off"));
        pass(&mut shell);
        assert!(share(&shell) > 0, "after {ms} ms");
        shell.check();
    }
}
