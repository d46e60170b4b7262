//! A module that runs gets another configuration: what stays goes on, what is gone does nothing any more,
//! what is new begins.

use std::time::Duration;

use evenkeel_core::command::{Command, Denied};
use evenkeel_core::config::model::{EntryMode, ModuleConfig};
use evenkeel_core::input::Script;
use evenkeel_core::module::state::ModuleState;

use crate::shell::{Shell, TRAFFIC, module, named};

const WEB: &str =
    r#"<tcp ident="web" when="both"><to addr="127.0.0.1" port="80" interval="10s"/></tcp>"#;
const SLOWER: &str =
    r#"<tcp ident="web" when="both"><to addr="127.0.0.1" port="80" interval="20s"/></tcp>"#;
const ROUTER: &str = r#"<ping ident="router" when="pre"><to addr="10.0.0.1"/></ping>"#;
const ADMIN: &str =
    r#"<tcp ident="admin" when="both" action="noaction"><to addr="127.0.0.1" port="81"/></tcp>"#;

fn with(checks: &str, elements: &str) -> ModuleConfig {
    module(&format!("<check>{checks}</check>{elements}"), "")
}

fn errd(procs: &str) -> String {
    format!("<errd>{procs}</errd>")
}

fn rules(text: &str) -> String {
    format!("<failover><![CDATA[{text}]]></failover>")
}

/// A farm module that serves.
fn serving(config: ModuleConfig) -> Shell {
    let mut shell = Shell::new(config);
    shell.start();
    shell.all_up();
    shell.pass(Duration::from_secs(2));
    assert_eq!(shell.status().state, ModuleState::READY);
    shell.told();
    shell
}

/// What a change makes run; the script `update` is called each time.
#[track_caller]
fn changes(shell: &mut Shell, config: ModuleConfig, expected: &[&str]) {
    shell.configure(config);
    let told = shell.told();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    let (update, rest): (Vec<&str>, Vec<&str>) =
        told.iter().partition(|line| **line == "Script update");
    assert_eq!((update.len(), rest.as_slice()), (1, expected));
    assert_eq!(shell.status().state, ModuleState::READY);
}

fn names(shell: &Shell) -> Vec<String> {
    let all = shell.status().resources.into_iter();
    let names = all.map(|one| one.resource);
    names
        .filter(|name| !name.starts_with("usersetting.") && !name.starts_with("heart."))
        .collect()
}

#[test]
fn checks_that_stay_keep_what_they_said_and_new_ones_begin() {
    let mut shell = Shell::up(with(&[WEB, ROUTER].concat(), ""));
    let before = shell.resource("tcp.web");
    changes(
        &mut shell,
        with(&[WEB, ADMIN].concat(), ""),
        &["stop checks pre", "exchange checks both"],
    );
    assert_eq!(names(&shell), ["tcp.admin", "tcp.web"]);
    assert_eq!(shell.resource("tcp.web"), before);
    assert_eq!(shell.value("tcp.admin"), "init", "and nothing closes");
    shell.checked("ping.router", "down", "pingcheck");
    shell.expect(&[]);
    shell.checked("tcp.admin", "up", "tcpcheck");
    shell.expect(&["Resource tcp.admin set to up by tcpcheck"]);
    changes(&mut shell, with("", ""), &["stop checks both"]);
    assert_eq!(names(&shell), [""; 0]);
    changes(
        &mut shell,
        with(&[ROUTER, WEB].concat(), ""),
        &["start checks pre", "start checks both"],
    );
}

#[test]
fn a_check_that_looks_in_another_way_is_a_new_one() {
    let mut shell = Shell::up(with(WEB, ""));
    changes(&mut shell, with(SLOWER, ""), &["exchange checks both"]);
    assert_eq!(shell.value("tcp.web"), "init");
    assert!(shell.resource("tcp.web").history.len() > 1);
    // What it does is none of its looking.
    shell.checked("tcp.web", "up", "tcpcheck");
    shell.told();
    let harmless = SLOWER.replace("when", r#"action="noaction" when"#);
    changes(&mut shell, with(&harmless, ""), &[]);
    assert_eq!(shell.value("tcp.web"), "up");
    shell.checked("tcp.web", "down", "tcpcheck");
    shell.expect(&["Resource tcp.web set to down by tcpcheck"]);
}

#[test]
fn a_module_without_checks_gets_some_of_each_time() {
    let mut shell = Shell::up(module("", ""));
    let all = with(
        &[WEB, ROUTER].concat(),
        &errd(r#"<proc name="nginx" class="both" action="restart"/>"#),
    );
    let begin = ["start checks pre", "start checks both", "start errd both"];
    changes(&mut shell, all, &begin);
    shell.checked("tcp.web", "down", "tcpcheck");
    let told = shell.told();
    assert!(told.contains(&"Action restart from failover rule t_web".to_owned()));
    shell.all_up();
    assert_eq!(shell.status().state, ModuleState::READY);
    shell.told();
    shell.stop();
    let told = shell.told();
    for end in ["stop checks pre", "stop checks both", "stop errd both"] {
        assert!(told.contains(&end.to_owned()), "{told:?}");
    }
}

#[test]
fn what_waits_for_a_resource_that_is_gone_wakes_up() {
    let mut shell = Shell::up(with(ROUTER, ""));
    shell.checked("ping.router", "down", "pingcheck");
    assert_eq!(shell.status().state.to_string(), "WAIT NotReady");
    shell.told();
    shell.configure(module("", ""));
    let told = shell.told();
    let wakes = "Action wakeup from failover rule Implicit_wakeup";
    assert!(told.contains(&wakes.to_owned()), "{told:?}");
    assert_eq!(shell.status().state, ModuleState::READY);
}

#[test]
fn what_waits_says_which_rule_it_waits_for() {
    let ill = rules("ill: if (site.ill == yes) then wait();");
    let mut shell = Shell::up(with(ROUTER, &ill));
    shell.checked("ping.router", "down", "pingcheck");
    shell.set("site.ill", "yes").unwrap();
    assert_eq!(shell.status().rule.as_deref(), Some("p_router"));
    shell.configure(module(&ill, ""));
    assert_eq!(shell.status().state.to_string(), "WAIT NotReady");
    assert_eq!(shell.status().rule.as_deref(), Some("ill"));
}

#[test]
fn what_waits_waits_for_the_first_result_of_a_new_check() {
    let mut shell = Shell::up(with(ROUTER, ""));
    shell.checked("ping.router", "down", "pingcheck");
    let other = ROUTER.replace("10.0.0.1", "10.0.0.2");
    shell.configure(with(&other, ""));
    assert_eq!(shell.status().state.to_string(), "WAIT NotReady");
    assert_eq!(shell.value("ping.router"), "init");
    shell.checked("ping.router", "up", "pingcheck");
    assert_eq!(shell.status().state, ModuleState::READY);
}

#[test]
fn a_start_that_waits_for_a_first_result_goes_on_without_the_check() {
    let mut shell = Shell::new(with(&[WEB, ROUTER].concat(), ""));
    shell.start();
    shell.configure(with(WEB, ""));
    assert_eq!(shell.status().state.to_string(), "UP Transient");
    shell.configure(with("", ""));
    assert_eq!(shell.status().state, ModuleState::READY);
}

#[test]
fn a_rule_that_goes_on_to_apply_does_not_act_anew() {
    let stop = "ill: if (site.ill == yes) then stopstart();";
    let mut shell = Shell::up(module(&rules(stop), ""));
    shell.set("site.ill", "yes").unwrap();
    let acts = "Action stopstart from failover rule ill".to_owned();
    assert!(shell.told().contains(&acts));
    assert_eq!(shell.status().loops.count, 1);
    shell.configure(with(WEB, &rules(stop)));
    shell.all_up();
    assert!(!shell.told().contains(&acts));
    shell.pass(Duration::from_secs(6));
    assert!(shell.told().contains(&acts), "after its period");
    // Nothing of a rule that is gone is in force, what scripts set is.
    shell.all_up();
    shell.configure(with(WEB, ""));
    shell.told();
    shell.pass(Duration::from_secs(60));
    shell.expect(&[]);
    assert_eq!(shell.value("site.ill"), "yes");
    shell.configure(with(WEB, &rules(stop)));
    assert!(shell.told().contains(&acts), "it applies at once");
}

#[test]
fn a_group_is_given_back_when_the_rule_that_withdraws_it_is_gone() {
    let rule = rules("no_web: if (tcp.admin == down) then withdraw(all);");
    let checked = |elements: &str| module(&format!("<check>{ADMIN}</check>{elements}"), TRAFFIC);
    let mut shell = serving(checked(&rule));
    shell.checked("tcp.admin", "down", "tcpcheck");
    assert_eq!(shell.status().withdrawn.len(), 1);
    shell.configure(checked(&rule.replace("no_web", "other")));
    assert_eq!(shell.status().withdrawn[0].rule, "other");
    shell.configure(checked(""));
    assert_eq!(shell.status().withdrawn, []);
    assert_eq!(shell.status().state, ModuleState::READY);
}

#[test]
fn processes_and_their_classes_come_and_go() {
    let proc = |name: &str, class: &str| {
        format!(r#"<proc name="{name}" class="{class}" action="restart"/>"#)
    };
    let of = |procs: &[String]| module(&errd(&procs.concat()), "");
    let (nginx, php) = (proc("nginx", "both"), proc("php", "both"));
    let (cron, job) = (proc("cron", "night"), proc("job", "night"));
    let mut shell = Shell::up(of(&[nginx.clone(), cron.clone()]));
    shell
        .command(Command::SwitchClass {
            module: named("app"),
            class: "night".to_owned(),
            on: true,
            by: "admin".to_owned(),
        })
        .unwrap();
    shell.checked("proc.cron", "up", "errd");
    shell.told();
    let more = [nginx.clone(), php, cron, job.clone()];
    changes(
        &mut shell,
        of(&more),
        &["exchange errd both", "exchange class night"],
    );
    assert_eq!(shell.value("proc.cron"), "up");
    changes(
        &mut shell,
        of(&[nginx]),
        &["exchange errd both", "stop class night"],
    );
    changes(&mut shell, of(&[job]), &["stop errd both"]);
    assert!(!shell.status().classes["night"], "it is a new one");
    shell.checked("proc.nginx", "down", "errd");
    shell.expect(&[]);
}

#[test]
fn the_count_of_automatic_actions_goes_on_under_other_limits() {
    let config = |max| {
        let mut config = with(WEB, "");
        config.maxloop = max;
        config
    };
    let mut shell = Shell::up(config(3));
    let fail = |shell: &mut Shell| {
        shell.checked("tcp.web", "down", "tcpcheck");
        shell.all_up();
        shell.status().loops.count
    };
    assert_eq!((fail(&mut shell), fail(&mut shell)), (1, 2));
    shell.told();
    changes(&mut shell, config(4), &[]);
    assert_eq!((fail(&mut shell), fail(&mut shell)), (3, 4));
    shell.configure(config(1));
    assert_eq!(shell.status().state, ModuleState::READY);
    fail(&mut shell);
    assert_eq!(shell.status().state, ModuleState::STOPPED);
}

#[test]
fn scripts_have_the_new_times() {
    let mut shell = Shell::up(with(WEB, ""));
    let mut config = with(WEB, "");
    let user = config.user.as_mut().unwrap();
    user.nicestoptimeout = Duration::from_secs(7);
    changes(&mut shell, config, &[]);
    shell.stop();
    assert_eq!(
        shell.timeouts[&Script::StopBoth],
        Some(Duration::from_secs(7))
    );
}

#[test]
fn what_cannot_change_is_refused_and_the_rest_with_it() {
    let mut shell = serving(module("", TRAFFIC));
    let mut config = module(&format!("<check>{WEB}</check>"), TRAFFIC);
    config.vip.as_mut().unwrap().interfaces[0].entry = EntryMode::VmacInvisible;
    let Err(Denied::NotLive { problem, .. }) = shell.try_configure(config) else {
        panic!("it is not refused");
    };
    assert!(problem.contains("gets another type"), "{problem}");
    shell.expect(&[]);
    assert!(!names(&shell).contains(&"tcp.web".to_owned()));
}
