//! The module template that is shipped: its file reads, its scripts are there.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use evenkeel_core::config::problem::Severity;
use evenkeel_core::config::read_module;
use evenkeel_core::input::Script;

use crate::{cluster, lines, macros};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packaging/modules/farm")
}

#[test]
fn it_is_a_module_once_its_macros_are_given() {
    let text = fs::read_to_string(folder().join("userconfig.xml")).unwrap();
    let given = [
        ("VIRTUAL_IP", "192.168.56.20"),
        ("PORT", "80"),
        ("SERVICES", "nginx"),
    ];
    let (config, problems) = read_module(&text, &macros(&given), &macros(&[]), Some(&cluster()));
    assert!(config.is_some(), "{}", lines(&problems));
    let variables = config.unwrap().user.unwrap().vars;
    assert_eq!(variables, [("SERVICES".to_owned(), "nginx".to_owned())]);
}

#[test]
fn until_then_each_macro_is_asked_for() {
    let text = fs::read_to_string(folder().join("userconfig.xml")).unwrap();
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

#[test]
fn its_scripts_can_be_run() {
    for script in [Script::StartBoth, Script::StopBoth] {
        let path = folder().join("bin").join(script.file_name());
        assert!(
            fs::read_to_string(&path)
                .unwrap()
                .starts_with("#!/bin/sh\n"),
            "{path:?}"
        );
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o111,
            0o111,
            "{path:?}"
        );
    }
}
