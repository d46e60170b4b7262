//! Every stage with every command, answer and resource: nothing that happens anywhere keeps a module from
//! being stopped, or leaves anything running behind.

use std::collections::BTreeSet;
use std::time::Duration;

use evenkeel_core::command::Command;
use evenkeel_core::config::model::ModuleConfig;
use evenkeel_core::input::{Input, Script, ScriptOutcome};
use evenkeel_core::module::state::ModuleState;
use evenkeel_core::module::switches::CheckKind;

use crate::shell::{Shell, TRAFFIC, ended, module, named};

/// A check of every action, and rules over what callers set.
pub fn nervous(traffic: &str) -> ModuleConfig {
    let apart = match traffic {
        "" => "",
        _ => "apart: if (site.wish == less) then withdraw(all);",
    };
    let sections = r#"<check>
            <tcp ident="a" when="both" action="restart"><to addr="127.0.0.1" port="80"/></tcp>
            <tcp ident="b" when="both" action="stopstart"><to addr="127.0.0.1" port="81"/></tcp>
            <tcp ident="c" when="both" action="stop"><to addr="127.0.0.1" port="82"/></tcp>
            <ping ident="d" when="pre" action="wait"><to addr="10.0.0.1"/></ping>
            <module name="other" ident="other"><to addr="127.0.0.1" port="9010"/></module>
        </check>
        <errd><proc name="e" class="both" action="restart"/>
            <proc name="f" class="pre" action="stopstart"/>
            <proc name="g" class="both" action="handlers/g"/></errd>
        <failover><![CDATA[
            wish: if (site.wish == wait) then wait();
            less: if (site.wish == restart) then restart();
            more: if (site.wish == stopstart) then stopstart();
            most: if (site.wish == stop) then stop();
            APART
        ]]></failover>"#;
    module(&sections.replace("APART", apart), traffic)
}

/// Everything that can happen to a module of this shell.
pub fn happenings(shell: &Shell) -> Vec<Input> {
    let app = || named("app");
    let mut inputs = Vec::new();
    for value in ["up", "down"] {
        for watched in shell.watched() {
            inputs.push(Input::Checked {
                module: app(),
                resource: watched.resource,
                value: value.to_owned(),
                by: "check".to_owned(),
                reason: None,
            });
        }
    }
    for value in ["wait", "restart", "stopstart", "stop", "less", "nothing"] {
        inputs.push(Input::Command(Command::SetResource {
            module: app(),
            resource: "site.wish".to_owned(),
            value: value.to_owned(),
            by: "me".to_owned(),
        }));
    }
    for (kind, on) in CheckKind::ALL
        .into_iter()
        .flat_map(|kind| [(kind, false), (kind, true)])
    {
        inputs.push(Input::Command(Command::SwitchChecks {
            module: app(),
            kind,
            on,
            by: "me".to_owned(),
        }));
    }
    for word in COMMANDS {
        for automatic in [false, true] {
            inputs.extend(command(word, automatic).map(Input::Command));
        }
    }
    for script in [
        Script::Prestart,
        Script::StartBoth,
        Script::StopBoth,
        Script::StopBothForce,
        Script::Poststop,
        Script::Update,
    ] {
        inputs.push(ended(app(), script, ScriptOutcome::Exited { code: 0 }));
        inputs.push(ended(app(), script, ScriptOutcome::Exited { code: 1 }));
    }
    for code in [0, 1] {
        inputs.push(Input::HandlerEnded {
            module: app(),
            process: "g".to_owned(),
            outcome: ScriptOutcome::Exited { code },
        });
    }
    let (module, other) = (app(), named("other"));
    inputs.extend([
        Input::OtherRestarted { module, other },
        Input::TrafficOpened {
            module: app(),
            result: Ok(()),
        },
        Input::TrafficOpened {
            module: app(),
            result: Err("no such interface".to_owned()),
        },
        Input::TrafficClosed { module: app() },
    ]);
    inputs
}

/// The module goes on by itself: answers, first results, time.
fn go_on(shell: &mut Shell) {
    if !shell.step(true) {
        shell.all_up();
        shell.pass(Duration::from_millis(40));
    }
    shell.check();
    shell.told();
}

/// What brings a module of this shell through all of its stages.
const WAYS: [&[&str]; 5] = [
    &["start", "stop"],
    &["start", "restart", "stopstart"],
    &["start", "wait", "wakeup"],
    &["wait", "start", "wakeup", "stop"],
    &["start", "forcestop", "forcestop"],
];

/// What somebody can want of it, program or not.
const COMMANDS: [&str; 7] = [
    "stop",
    "forcestop",
    "restart",
    "stopstart",
    "start",
    "drain",
    "undrain",
];

/// The command of this name.
fn command(word: &str, automatic: bool) -> Option<Command> {
    let (module, by) = (named("app"), "me".to_owned());
    Some(match word {
        "start" => Command::Start { module, by },
        "stop" => Command::Stop {
            module,
            by,
            automatic,
        },
        "forcestop" => Command::Forcestop {
            module,
            by,
            automatic,
        },
        "drain" => Command::Drain { module, by },
        "undrain" => Command::Undrain { module, by },
        "restart" => Command::Restart {
            module,
            by,
            automatic,
        },
        "stopstart" => Command::Stopstart {
            module,
            by,
            automatic,
        },
        _ => return None,
    })
}

/// Gives the command of this name, or says what the rules are to do.
pub fn nudge(shell: &mut Shell, word: &str) {
    match command(word, false) {
        Some(command) => drop(shell.command(command)),
        None => drop(shell.set("site.wish", word)),
    }
}

/// A module after so many turns of its way; `None` when the way is shorter.
fn reach(traffic: &str, way: &[&str], turns: usize) -> Option<Shell> {
    let mut shell = Shell::new(nervous(traffic));
    shell.slow = true;
    let mut left = turns;
    for word in way {
        nudge(&mut shell, word);
        // Enough for the longest piece of a way.
        for _ in 0..22 {
            if left == 0 {
                return Some(shell);
            }
            left -= 1;
            go_on(&mut shell);
        }
    }
    None
}

pub fn stop_for_good(shell: &mut Shell) {
    for turn in 0.. {
        if shell.status().state == ModuleState::STOPPED {
            shell.check();
            return;
        }
        assert!(turn < 300, "it does not stop: {shell:#?}");
        nudge(shell, "stop");
        go_on(shell);
    }
}

fn every_stage_with_every_happening(traffic: &str) {
    let (mut states, mut places) = (BTreeSet::new(), BTreeSet::new());
    for way in WAYS {
        for turns in 0.. {
            let Some(reached) = reach(traffic, way, turns) else {
                break;
            };
            states.insert(reached.status().state.to_string());
            if !places.insert(reached.place()) {
                continue;
            }
            for input in happenings(&reached) {
                let mut shell = reach(traffic, way, turns).unwrap();
                shell.handle(input.clone());
                shell.check();
                for _ in 0..3 {
                    go_on(&mut shell);
                }
                stop_for_good(&mut shell);
            }
        }
    }
    let expected = [
        "STOP NotReady",
        "UP Ready",
        "UP Transient",
        "WAIT NotReady",
        "WAIT Transient",
    ];
    assert!(states.iter().eq(expected), "{states:?}");
}

#[test]
fn a_light_module_can_be_stopped_whatever_happens() {
    every_stage_with_every_happening("");
}

#[test]
fn a_farm_module_can_be_stopped_whatever_happens() {
    every_stage_with_every_happening(TRAFFIC);
}
