//! `maxloop`: how often a module helps itself, and who counts as an automaton.

use std::time::Duration;

use evenkeel_core::command::{Command, Denied};

use crate::shell::{Shell, module, named};

const HOUR: Duration = Duration::from_secs(3600);

fn fragile(service: &str) -> Shell {
    let mut config = module(
        r#"<check><tcp ident="web" when="both"><to addr="127.0.0.1" port="80"/></tcp></check>"#,
        "",
    );
    for attribute in service.split_whitespace() {
        match attribute.split_once('=').unwrap() {
            ("maxloop", count) => config.maxloop = count.parse().unwrap(),
            ("hours", hours) => config.loop_interval = HOUR * hours.parse::<u32>().unwrap(),
            other => panic!("{other:?}"),
        }
    }
    Shell::up(config)
}

/// The application fails once. True when it was restarted.
fn fail(shell: &mut Shell) -> bool {
    shell.told();
    shell.checked("tcp.web", "down", "tcpcheck");
    shell.all_up();
    let told = shell.told();
    let restarted = told.contains(&"Action restart from failover rule t_web".to_owned());
    let given_up = told.contains(&"Action stop called by maxloop".to_owned());
    assert_ne!(restarted, given_up, "{told:?}");
    restarted
}

fn restart(shell: &mut Shell, by: &str, automatic: bool) {
    shell.command(crate::shell::restart(by, automatic)).unwrap();
    shell.all_up();
}

#[test]
fn the_fourth_failure_within_a_day_stops_the_module() {
    let mut shell = fragile("");
    for failure in 1..=3 {
        assert!(fail(&mut shell), "{failure}");
        assert_eq!(shell.value("heart.stopstartloop"), failure.to_string());
        assert_eq!(shell.status().state.to_string(), "UP Ready");
        shell.pass_idle(5 * HOUR);
    }
    assert_eq!(shell.status().loops.count, 3);
    assert!(!fail(&mut shell));
    let status = shell.status();
    assert_eq!(status.state.to_string(), "STOP NotReady");
    assert!(status.reason.unwrap().contains("maxloop"));
    assert_eq!(
        status.loops.count, 3,
        "it says why until somebody starts it"
    );
    shell.start();
    shell.all_up();
    assert_eq!(
        (shell.status().loops.count, shell.status().reason),
        (0, None)
    );
    assert_eq!(shell.value("heart.stopstartloop"), "0");
    assert!(fail(&mut shell), "counted anew");
}

#[test]
fn a_day_after_the_first_failure_the_count_begins_anew() {
    let mut shell = fragile("");
    for _ in 0..3 {
        assert!(fail(&mut shell));
        shell.pass_idle(7 * HOUR);
    }
    shell.pass_idle(3 * HOUR + Duration::from_secs(1));
    assert_eq!(shell.status().loops.count, 0);
    assert!(fail(&mut shell));
    assert_eq!(shell.status().loops.count, 1);
}

#[test]
fn the_limits_are_those_of_the_configuration() {
    let mut shell = fragile("maxloop=0");
    assert!(!fail(&mut shell), "none is allowed");
    let mut shell = fragile("maxloop=1 hours=1");
    assert!(fail(&mut shell));
    shell.pass_idle(HOUR);
    assert!(fail(&mut shell));
    assert!(!fail(&mut shell));
    let mut shell = fragile("maxloop=1 hours=0");
    for _ in 0..10 {
        assert!(fail(&mut shell), "nothing is counted");
    }
    assert_eq!(shell.status().loops.count, 0);
}

#[test]
fn programs_count_and_others_begin_anew() {
    let mut shell = fragile("");
    for _ in 0..3 {
        restart(&mut shell, "app_check", true);
        assert_eq!(shell.status().state.to_string(), "UP Ready");
    }
    restart(&mut shell, "admin", false);
    assert_eq!(shell.status().loops.count, 0);
    for _ in 0..3 {
        restart(&mut shell, "app_check", true);
    }
    shell.told();
    restart(&mut shell, "app_check", true);
    assert_eq!(shell.told()[0], "Action stop called by maxloop");
    assert_eq!(shell.status().state.to_string(), "STOP NotReady");
}

#[test]
fn a_rule_that_goes_on_to_apply_does_not_act_without_end() {
    let config = module(
        r#"<failover><![CDATA[
            bad: if (site.flag == bad) then restart();
        ]]></failover>"#,
        "",
    );
    for hours in [0, 24] {
        let mut config = config.clone();
        config.loop_interval = HOUR * hours;
        config.user = None;
        let mut shell = Shell::up(config);
        shell.told();
        shell.set("site.flag", "bad").unwrap();
        let acted = |shell: &mut Shell| {
            let told = shell.told();
            let acted = told
                .iter()
                .filter(|told| told.starts_with("Action restart"));
            acted.count()
        };
        assert_eq!(acted(&mut shell), 1, "{hours}");
        shell.pass(Duration::from_secs(11));
        assert_eq!(acted(&mut shell), 2, "once per period, {hours}");
    }
}

fn count(shell: &mut Shell) -> Result<(), Denied> {
    let (module, by) = (named("app"), "watcher".to_owned());
    shell.command(Command::CountAction { module, by })
}

#[test]
fn a_program_counts_what_it_does_by_its_own_means() {
    let mut shell = fragile("maxloop=2");
    shell.told();
    count(&mut shell).unwrap();
    assert_eq!(shell.told(), ["Action incloop called by watcher"]);
    assert_eq!(shell.value("heart.stopstartloop"), "1");
    assert!(fail(&mut shell), "what the module does counts as well");
    let denied = count(&mut shell).unwrap_err();
    assert!(
        matches!(denied, Denied::TooManyActions { max: 2, .. }),
        "{denied}"
    );
    assert_eq!((shell.told(), shell.status().loops.count), (vec![], 2));
    let reset = || Command::ResetActions {
        module: named("app"),
        by: "admin".to_owned(),
    };
    shell.command(reset()).unwrap();
    assert_eq!(shell.told(), ["Action resetloop called by admin"]);
    assert_eq!(shell.value("heart.stopstartloop"), "0");
    shell.command(reset()).unwrap();
    assert!(shell.told().is_empty(), "nothing was there to forget");
    count(&mut shell).unwrap();
    count(&mut shell).unwrap();
    assert!(!fail(&mut shell), "and the next failure stops it");
}

#[test]
fn what_a_program_counted_is_forgotten_in_time_and_without_an_interval_nothing_counts() {
    let mut shell = fragile("maxloop=1 hours=1");
    count(&mut shell).unwrap();
    count(&mut shell).unwrap_err();
    shell.pass_idle(HOUR);
    count(&mut shell).unwrap();
    let mut shell = fragile("maxloop=1 hours=0");
    for _ in 0..5 {
        count(&mut shell).unwrap();
    }
}
