//! The module templates that are shipped: their files read, their scripts are there.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use evenkeel_core::config::problem::Severity;
use evenkeel_core::config::read_module;
use evenkeel_core::input::Script;

use crate::{cluster, lines, macros};

/// A value for each macro that any template leaves open.
const GIVEN: [(&str, &str); 5] = [
    ("VIRTUAL_IP", "192.168.56.20"),
    ("PORT", "80"),
    ("SERVICES", "nginx"),
    ("START_COMMAND", "true"),
    ("STOP_COMMAND", "true"),
];

fn folders() -> Vec<PathBuf> {
    let all = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packaging/modules");
    let entries = fs::read_dir(all).unwrap();
    let folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    assert_eq!(folders.len(), 4, "{folders:?}");
    folders
}

#[test]
fn they_are_modules_without_a_warning_once_their_macros_are_given() {
    for folder in folders() {
        let text = fs::read_to_string(folder.join("conf/userconfig.xml")).unwrap();
        let given = macros(&GIVEN);
        let (config, problems) = read_module(&text, &given, &macros(&[]), Some(&cluster()));
        assert_eq!(lines(&problems), "", "{folder:?}");
        // What the scripts ask for is what the configuration gives them.
        for (name, value) in config.unwrap().user.unwrap().vars {
            assert!(!value.contains('%'), "{folder:?}: {name}={value}");
            let start = fs::read_to_string(folder.join("bin/start_both")).unwrap();
            let stop = fs::read_to_string(folder.join("bin/stop_both")).unwrap();
            assert!((start + &stop).contains(&name), "{folder:?}: {name}");
        }
    }
}

#[test]
fn until_then_each_macro_is_asked_for() {
    for folder in folders() {
        let text = fs::read_to_string(folder.join("conf/userconfig.xml")).unwrap();
        let none = macros(&[]);
        let (config, problems) = read_module(&text, &none, &none, Some(&cluster()));
        assert_eq!(config, None);
        let errors = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        for problem in errors {
            assert!(problem.message.contains("_TO_BE_DEFINED"), "{problem}");
        }
    }
}

#[test]
fn their_scripts_can_be_run() {
    for folder in folders() {
        for script in [Script::StartBoth, Script::StopBoth] {
            let path = folder.join("bin").join(script.file_name());
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o111, 0o111, "{path:?}");
        }
        for file in fs::read_dir(folder.join("bin")).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let sourced = path.extension().is_some_and(|end| end == "sh");
            assert!(text.starts_with("#!/bin/sh\n") != sourced, "{path:?}");
            let checked = Command::new("sh").arg("-n").arg(&path).status().unwrap();
            assert!(checked.success(), "{path:?}");
        }
    }
}
