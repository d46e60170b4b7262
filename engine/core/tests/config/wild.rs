//! Any text whatever is read to its end without a panic, and refused with a place inside it.

use evenkeel_core::config::problem::Severity;
use evenkeel_core::config::{read_cluster, read_module};
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
    Ok(())
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
    fn a_good_file_with_a_hole_or_a_graft(start in 0..1700usize, length in 0..40usize, graft in piece()) {
        for name in ["good-userconfig.xml", "good-cluster.xml", "seed-userconfig.xml"] {
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
