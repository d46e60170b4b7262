//! Any text whatever is read to its end without a panic, and refused with a place inside it.

use evenkeel_core::config::problem::Severity;
use evenkeel_core::config::{
    Json, Kind, json_to_xml, read_cluster, read_module, read_module_json, write_module, xml_to_json,
};
use proptest::prelude::*;

use crate::{data, macros};

fn check(text: &str) -> Result<(), TestCaseError> {
    let none = macros(&[]);
    let (module, of_module) = read_module(text, &none, &none, None);
    let (cluster, of_cluster) = read_cluster(text);
    for (taken, problems) in [
        (module.is_some(), of_module),
        (cluster.is_some(), of_cluster),
    ] {
        let refused = problems
            .iter()
            .any(|problem| problem.severity == Severity::Error);
        prop_assert_eq!(taken, !refused);
        for problem in problems {
            let line = text.split('\n').nth(problem.line as usize - 1);
            let columns = line.map_or(0, |line| line.chars().count() + 1);
            prop_assert!(
                (1..=columns).contains(&(problem.column as usize)),
                "{}",
                problem
            );
        }
    }
    check_notations(text)
}

/// What is read of a text is read of its twin, and of what is written of it.
fn check_notations(text: &str) -> Result<(), TestCaseError> {
    let none = macros(&[]);
    let (module, _) = read_module(text, &none, &none, None);
    if let Some(module) = &module {
        let written = write_module(module);
        let (again, _) = read_module(&written, &none, &none, None);
        prop_assert_eq!(again.as_ref(), Some(module));
    }
    let Ok(json) = xml_to_json(text, Kind::Module) else {
        prop_assert_eq!(module, None);
        return Ok(());
    };
    prop_assert_eq!(
        read_module_json(&json, &none, &none, None).0,
        module.clone()
    );
    let back = json_to_xml(&json, Kind::Module);
    let back = back.map_err(|problems| TestCaseError::fail(format!("{problems:?}")))?;
    prop_assert_eq!(read_module(&back, &none, &none, None).0, module);
    Ok(())
}

/// Any JSON, with the names that a configuration has more often than others.
fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(Json::Integer),
        Just(Json::Fraction),
        ".{0,8}".prop_map(Json::Text),
        prop::sample::select(vec!["farm", "on", "80", "10s", "%A%", "default"])
            .prop_map(|text| Json::Text(text.to_owned())),
    ];
    let names = [
        "macro", "service", "mode", "farm", "lan", "name", "check", "tcp", "to", "failover",
        "rules", "errd", "proc", "user", "var", "value", "x",
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        let field = (prop::sample::select(names.to_vec()), inner.clone());
        let field = field.prop_map(|(name, value)| (name.to_owned(), value));
        prop_oneof![
            1 => prop::collection::vec(inner, 0..4).prop_map(Json::List),
            3 => prop::collection::vec(field, 0..6).prop_map(Json::Object),
        ]
    })
}

/// Pieces of XML and of the files' vocabulary.
fn piece() -> impl Strategy<Value = String> {
    let words: &[&str] = &[
        "<safe>",
        "</safe>",
        "<service mode=\"farm\">",
        "</service>",
        "<cluster>",
        "<lans>",
        "<lan name=\"a\">",
        "<node ",
        "addr=\"%A%\"",
        "<!DOCTYPE safe>",
        "<!DOCTYPE safe [",
        "<!ENTITY a \"b\">",
        "]>",
        "&a;",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?xml?>",
        "/>",
        ">",
        "\"",
        "%",
        "\n",
        "\u{feff}",
        "\u{a0}",
        "xmlns:x=\"y\"",
        "é",
    ];
    prop_oneof![
        5 => prop::sample::select(words).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

proptest! {
    #[test]
    fn pieces_of_xml(pieces in prop::collection::vec(piece(), 0..20)) {
        check(&pieces.concat())?;
    }

    #[test]
    fn any_json(json in json()) {
        let none = macros(&[]);
        let (module, problems) = read_module_json(&json, &none, &none, None);
        let refused = problems.iter().any(|problem| problem.severity == Severity::Error);
        prop_assert_eq!(module.is_some(), !refused);
        for problem in problems {
            prop_assert_eq!((problem.line, problem.column), (0, 0));
            prop_assert_ne!(problem.path, "");
        }
    }

    #[test]
    fn a_good_file_with_a_hole_or_a_graft(start in 0..3300usize, length in 0..40usize, graft in piece()) {
        for name in ["good-userconfig.xml", "good-cluster.xml", "good-watch.xml", "everything.xml"] {
            let text = data(name);
            let start = start.min(text.len());
            let end = (start + length).min(text.len());
            check(&format!("{}{graft}{}", &text[..start], &text[end..]))?;
        }
    }
}

#[test]
fn nested_without_end() {
    check(&"<safe>".repeat(40_000)).unwrap();
    check(&format!(
        "<safe>{}{}</safe>",
        "<x>".repeat(9_000),
        "</x>".repeat(9_000)
    ))
    .unwrap();
}

#[test]
fn too_long() {
    let text = format!("<safe><!--{}--></safe>", "x".repeat(300_000));
    let none = macros(&[]);
    let (_, problems) = read_module(&text, &none, &none, None);
    assert_eq!(problems[0].message, "the file is larger than 256 KiB");
}

#[test]
fn macros_do_not_multiply() {
    let long = "x".repeat(30_000);
    let macros_in = format!(
        r#"<macro name="A" value="{long}"/><macro name="B" value="{}"/>"#,
        "%A%".repeat(9)
    );
    let vars: String = (0..200)
        .map(|n| format!(r#"<var name="V{n}" value="%A%%A%%A%"/>"#))
        .collect();
    let text =
        format!(r#"<safe>{macros_in}<service mode="light"><user>{vars}</user></service></safe>"#);
    let none = macros(&[]);
    let (config, problems) = read_module(&text, &none, &none, None);
    assert_eq!(config, None);
    let is_long = |message: &str| message == "with its macros this is longer than 32768 bytes";
    let long = problems.iter().filter(|problem| is_long(&problem.message));
    assert_eq!(long.count(), 200);
}

#[test]
fn more_problems_than_anybody_reads() {
    let lans = r#"<lan nam="default"/>"#.repeat(9_000);
    let text = format!(r#"<safe><service mode="farm"><farm>{lans}</farm></service></safe>"#);
    let none = macros(&[]);
    let (config, problems) = read_module(&text, &none, &none, None);
    assert_eq!((config, problems.len()), (None, 500));
}

#[test]
fn an_error_behind_more_warnings_than_anybody_reads() {
    let row = vec!["mine.x == y"; 60].join(" || ");
    let rule = |n: usize| format!("r{n}: if ({row}) then stop();");
    let rules: String = (0..10).map(rule).collect();
    let text = format!(
        r#"<safe><service mode="light"><failover>{rules}
        last: if (mine.x == y) then withdraw(web);</failover></service></safe>"#
    );
    let none = macros(&[]);
    let (config, problems) = read_module(&text, &none, &none, None);
    assert_eq!((config, problems.len()), (None, 501));
    assert_eq!(problems.last().unwrap().severity, Severity::Error);
}

#[test]
fn names_that_no_checker_has_cost_little() {
    let name = |n: usize| format!("{}{n:03}", "abcdefghij".repeat(6));
    let tcp = |n| format!(r#"<tcp ident="{}"><to addr="a" port="1"/></tcp>"#, name(n));
    let checks: String = (0..500).map(tcp).collect();
    let compare = |n: usize| format!("tcp.{} == up", name(n));
    let rule = |r: usize| {
        let row: Vec<_> = (0..50).map(|n| compare(500 + (r * 50 + n) % 500)).collect();
        format!("r{r}: if ({}) then stop();", row.join(" || "))
    };
    let rules: String = (0..30).map(rule).collect();
    let text = format!(
        r#"<safe><service mode="light"><check>{checks}</check><failover>{rules}</failover></service></safe>"#
    );
    let none = macros(&[]);
    let (_, problems) = read_module(&text, &none, &none, None);
    assert_eq!(problems.len(), 500);
}
