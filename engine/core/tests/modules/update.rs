//! The script `update`: when it is run, and with what.

use std::time::Duration;

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::module::switches::CheckKind;

use crate::shell::{self, Shell, TRAFFIC, module, named};

/// A module that may have to wait for a router; scripts take their time.
fn slow() -> Shell {
    let config = module(
        r#"<check><ping ident="router" when="pre"><to addr="10.0.0.1"/></ping></check>"#,
        "",
    );
    let mut shell = Shell::up(config);
    shell.slow = true;
    shell.args();
    shell
}

fn changed(shell: &mut Shell) -> Result<(), Denied> {
    shell.command(Command::Changed {
        module: named("app"),
        action: "boot on".to_owned(),
        by: "admin".to_owned(),
    })
}

const UP: &str = "UP UP update";

#[test]
fn what_changes_while_the_module_runs_is_followed_once() {
    let mut shell = slow();
    shell.switch(CheckKind::Errd, false);
    assert_eq!(shell.args(), [UP]);
    shell.switch(CheckKind::Errd, false);
    assert_eq!(shell.args(), [""; 0], "nothing changed");
    changed(&mut shell).unwrap();
    shell.switch(CheckKind::Errd, true);
    assert_eq!(shell.args(), [""; 0], "it runs still");
    let told = shell.told();
    assert!(told.contains(&"Action boot on called by admin".to_owned()));
    assert!(shell.step(true));
    assert_eq!(shell.args(), [UP], "once for both");
    assert!(shell.step(false), "however it ends");
    assert_eq!(shell.args(), [""; 0]);
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    assert!(!shell.step(true));
}

#[test]
fn it_waits_for_the_scripts_that_move_the_module() {
    let mut shell = slow();
    shell.command(shell::restart("admin", false)).unwrap();
    shell.args();
    changed(&mut shell).unwrap();
    assert!(shell.step(true) && shell.step(true), "stop_both twice");
    let scripts = shell.args();
    assert!(!scripts.contains(&UP.to_owned()), "{scripts:?}");
    assert!(shell.step(true), "start_both");
    assert_eq!(shell.args(), [UP]);
    assert!(shell.step(true));
    // Where the module waits.
    shell.checked("ping.router", "down", "pingcheck");
    while shell.step(true) {}
    assert_eq!(shell.status().state.to_string(), "WAIT NotReady");
    shell.args();
    changed(&mut shell).unwrap();
    assert_eq!(shell.args(), ["WAIT WAIT update"]);
}

#[test]
fn a_module_that_stops_or_is_stopped_is_not_told() {
    let mut shell = slow();
    shell.stop();
    changed(&mut shell).unwrap();
    shell.args();
    while shell.step(true) {}
    let scripts = shell.args();
    assert!(
        scripts.iter().all(|args| !args.ends_with("update")),
        "{scripts:?}"
    );
    assert!(matches!(
        changed(&mut shell),
        Err(Denied::WrongState { .. })
    ));
    shell.switch(CheckKind::Errd, false);
    shell.start();
    while shell.step(true) {
        shell.all_up();
    }
    let scripts = shell.args();
    assert!(
        scripts.iter().all(|args| !args.ends_with("update")),
        "{scripts:?}"
    );
    // Without scripts there is nothing to run.
    let mut config = module("", "");
    config.user = None;
    let mut plain = Shell::up(config);
    changed(&mut plain).unwrap();
    assert_eq!(plain.args(), [""; 0]);
}

#[test]
fn another_configuration_is_followed() {
    let config = |port: &str| {
        let rule = r#"<rule port="80" proto="tcp" filter="on_addr"/>"#;
        let more = format!(r#"{rule}<rule port="{port}" proto="tcp" filter="on_addr"/>"#);
        module("", &TRAFFIC.replace(rule, &more))
    };
    let mut shell = Shell::new(config("8080"));
    shell.start();
    shell.all_up();
    shell.pass(Duration::from_secs(2));
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    shell.slow = true;
    shell.args();
    shell.configure(config("8080"));
    assert_eq!(shell.args(), [UP], "its scripts may be others");
    assert!(shell.step(true));
    shell.configure(config("8081"));
    assert_eq!(shell.args(), [UP]);
    assert!(shell.step(true));
    let other = module("", &TRAFFIC.replace("on_addr", "on_port"));
    let denied = shell.try_configure(other).unwrap_err().to_string();
    assert!(denied.ends_with("stop it first"), "{denied}");
    assert_eq!(shell.args(), [""; 0]);
}
