//! `automatic_reboot`: who reboots the machine, and what happens where nobody may.

use evenkeel_core::command::Command;
use evenkeel_core::event::{Event, Reboot};

use crate::shell::{Shell, module, named};

/// A module that is up, whose application fails where `tcp.web` is down, or a program says so.
fn up(automatic_reboot: bool, may_reboot: bool) -> Shell {
    let mut config = module(
        r#"<check><tcp ident="web" when="both" action="stopstart">
            <to addr="127.0.0.1" port="80"/>
        </tcp></check>
        <errd><proc name="nginx" class="both" action="stopstart"/></errd>"#,
        "",
    );
    config.automatic_reboot = automatic_reboot;
    let mut shell = Shell::on(config, may_reboot);
    // The reboot fails at once otherwise.
    shell.slow = true;
    shell.start();
    go_on(&mut shell);
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    shell.told();
    shell
}

/// All answers but the last one, which is that of the reboot where there is one.
fn go_on(shell: &mut Shell) {
    while shell.status().state.to_string() != "STOP NotReady" && shell.step(true) {
        shell.all_up();
    }
}

fn stopstart(shell: &mut Shell, by: &str, automatic: bool) {
    let stopstart = Command::Stopstart {
        module: named("app"),
        by: by.to_owned(),
        automatic,
    };
    shell.command(stopstart).unwrap();
}

/// What an event looks like in the log.
fn line(reboot: Reboot) -> String {
    let module = named("app");
    Event::Reboot { module, reboot }.to_string()
}

type Fault = fn(&mut Shell);

const AUTOMATIC: [(Fault, &str); 3] = [
    (
        |shell| shell.checked("tcp.web", "down", "tcpcheck"),
        "Action stopstart from failover rule t_web",
    ),
    (
        |shell| shell.checked("proc.nginx", "down", "errd"),
        "Action stopstart called by errd",
    ),
    (
        |shell| stopstart(shell, "watcher", true),
        "Action stopstart called by watcher",
    ),
];

#[test]
fn an_automatic_stopstart_stops_the_module_and_reboots_the_machine() {
    for (fault, action) in AUTOMATIC {
        let mut shell = up(true, true);
        fault(&mut shell);
        shell.args();
        go_on(&mut shell);
        let told = shell.told();
        let at = |line: &str| told.iter().position(|told| told == line);
        let action = at(action).unwrap();
        assert_eq!(told[action + 1], line(Reboot::Planned));
        let last = &told[told.len() - 4..];
        let begins = line(Reboot::Begins);
        let expected = [
            "Script poststop",
            "Local state STOP NotReady",
            &begins,
            "reboot",
        ];
        assert_eq!(last, expected);
        assert_eq!(told.iter().filter(|told| *told == "reboot").count(), 1);
        assert_eq!(shell.status().loops.count, 1);
        let scripts = shell.args();
        assert!(
            scripts.iter().all(|args| args.ends_with("stopstart")),
            "{scripts:?}"
        );
    }
}

#[test]
fn without_permission_it_is_a_stopstart_and_the_log_says_why() {
    for (fault, action) in AUTOMATIC {
        let mut shell = up(true, false);
        fault(&mut shell);
        while shell.step(true) {
            shell.all_up();
        }
        let told = shell.told();
        let action = told.iter().position(|told| told == action).unwrap();
        assert_eq!(told[action + 1], line(Reboot::NotPermitted));
        assert!(told[action + 1].contains("--permit-reboot"));
        assert!(told.contains(&"Action start called automatically".to_owned()));
        assert!(!told.contains(&"reboot".to_owned()));
        assert_eq!(shell.status().state.to_string(), "UP Ready");
    }
}

#[test]
fn nobody_else_reboots_anything() {
    let mut shell = up(false, true);
    AUTOMATIC[0].0(&mut shell);
    while shell.step(true) {
        shell.all_up();
    }
    let mut by_somebody = up(true, true);
    stopstart(&mut by_somebody, "admin", false);
    while by_somebody.step(true) {
        by_somebody.all_up();
    }
    for mut shell in [shell, by_somebody] {
        assert_eq!(shell.status().state.to_string(), "UP Ready");
        let told = shell.told();
        let said = told.iter().find(|told| told.contains("reboot"));
        assert_eq!(said, None);
    }
}

#[test]
fn who_calls_it_off_in_time_is_obeyed() {
    let mut shell = up(true, true);
    AUTOMATIC[0].0(&mut shell);
    shell.stop();
    go_on(&mut shell);
    assert!(!shell.told().contains(&"reboot".to_owned()));
}

#[test]
fn a_reboot_that_fails_starts_the_module_again() {
    let mut shell = up(true, true);
    AUTOMATIC[0].0(&mut shell);
    while shell.step(true) {
        shell.all_up();
    }
    let reason = "no such program".to_owned();
    let failed = line(Reboot::Failed { reason });
    let told = shell.told();
    let at = told.iter().position(|told| *told == failed).unwrap();
    assert_eq!(told[at + 1], "Action start called automatically");
    assert_eq!(shell.status().state.to_string(), "UP Ready");
    assert_eq!(shell.status().loops.count, 1, "it counts on");
    // Somebody was faster.
    let mut shell = up(true, true);
    AUTOMATIC[0].0(&mut shell);
    go_on(&mut shell);
    shell.start();
    let told_before = shell.told().len();
    while shell.step(true) {
        shell.all_up();
    }
    let told = shell.told();
    assert!(told.contains(&failed) && told_before > 0);
    assert!(!told.contains(&"Action start called automatically".to_owned()));
    assert_eq!(shell.status().state.to_string(), "UP Ready");
}
