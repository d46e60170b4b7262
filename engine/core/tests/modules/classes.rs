//! Classes of processes that the module's scripts switch.

use std::collections::BTreeMap;

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::module::switches::CheckKind;

use crate::shell::{self, Shell, module, named};

/// A process that always has to run, and two that only do while a class of theirs is on.
fn classes() -> Shell {
    Shell::new(module(
        r#"<errd>
            <proc name="web" class="both" action="restart"/>
            <proc name="batch" class="night" action="restart"/>
            <proc name="report" class="month" action="stop"/>
        </errd>"#,
        "",
    ))
}

fn switch(shell: &mut Shell, class: &str, on: bool) -> Result<(), Denied> {
    shell.command(Command::SwitchClass {
        module: named("app"),
        class: class.to_owned(),
        on,
        by: "start_both".to_owned(),
    })
}

fn up() -> Shell {
    let mut shell = classes();
    shell.start();
    shell.all_up();
    shell.told();
    shell
}

#[test]
fn a_class_is_looked_at_while_it_is_on() {
    let mut shell = up();
    shell.checked("proc.batch", "down", "errd");
    assert_eq!(
        (shell.told(), shell.value("proc.batch")),
        (vec![], "init".to_owned())
    );
    switch(&mut shell, "night", true).unwrap();
    switch(&mut shell, "night", true).unwrap();
    shell.expect(&[
        "Action errd enable night called by start_both",
        "start class night",
    ]);
    let on = |night, month| BTreeMap::from([("night".into(), night), ("month".into(), month)]);
    assert_eq!(shell.status().classes, on(true, false));
    shell.checked("proc.report", "down", "errd");
    assert_eq!(shell.told(), [""; 0], "of another class");
    shell.checked("proc.batch", "up", "errd");
    shell.checked("proc.batch", "down", "errd");
    let told = shell.told();
    assert!(told.contains(&"Action restart called by errd".to_owned()));
    // It is on over the restart, not while scripts stop and start the application.
    let ends = told.iter().position(|told| told == "stop class night");
    let begins = told.iter().position(|told| told == "start class night");
    assert!(ends.is_some() && ends < begins, "{told:?}");
    shell.all_up();
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    shell.told();
    switch(&mut shell, "night", false).unwrap();
    shell.expect(&[
        "Action errd disable night called by start_both",
        "stop class night",
    ]);
    assert_eq!(shell.value("proc.batch"), "init");
    assert_eq!(shell.status().classes, on(false, false));
}

#[test]
fn a_class_is_off_at_each_start() {
    let mut shell = classes();
    let denied = switch(&mut shell, "night", true).unwrap_err();
    assert!(matches!(denied, Denied::WrongState { .. }), "{denied}");
    shell.slow = true;
    shell.start();
    assert!(shell.step(true), "prestart");
    // As start_both does.
    switch(&mut shell, "night", true).unwrap();
    assert!(shell.step(true), "start_both");
    assert!(shell.told().contains(&"start class night".to_owned()));
    assert_eq!(
        shell.status().state.to_string(),
        "UP Transient",
        "it is awaited"
    );
    shell.all_up();
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    shell.stop();
    while shell.step(true) {}
    let told = shell.told();
    assert!(told.contains(&"stop class night".to_owned()), "{told:?}");
    assert_eq!(shell.status().classes.get("night"), Some(&false));
    shell.start();
    while shell.step(true) {
        shell.all_up();
    }
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    assert!(!shell.told().contains(&"start class night".to_owned()));
}

#[test]
fn where_errd_is_off_so_is_every_class() {
    let mut shell = up();
    switch(&mut shell, "night", true).unwrap();
    shell.checked("proc.batch", "up", "errd");
    shell.told();
    shell.switch(CheckKind::Errd, false);
    let off = [
        "Action errd off called by admin",
        "stop errd both",
        "stop class night",
        "Script update",
    ];
    shell.expect(&off);
    assert_eq!(shell.value("proc.batch"), "init");
    switch(&mut shell, "month", true).unwrap();
    shell.expect(&["Action errd enable month called by start_both"]);
    shell.command(shell::restart("admin", false)).unwrap();
    let told = shell.told();
    assert!(
        told.iter().all(|told| !told.contains(" class ")),
        "{told:?}"
    );
    shell.switch(CheckKind::Errd, true);
    let on = shell.told();
    let classes = ["start errd both", "start class month", "start class night"];
    assert_eq!(on[1..4], classes);
}

#[test]
fn a_class_that_there_is_not_is_refused_with_those_there_are() {
    let mut shell = up();
    let denied = switch(&mut shell, "nigth", true).unwrap_err();
    assert!(
        denied.to_string().contains("there are month, night"),
        "{denied}"
    );
    let mut plain = Shell::up(module("", ""));
    let denied = switch(&mut plain, "night", true).unwrap_err();
    assert!(matches!(denied, Denied::UnknownClass { .. }), "{denied}");
}
