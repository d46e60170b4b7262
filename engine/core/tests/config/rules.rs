//! The language of `<failover>`: what is read, what is printed, and what is wrong where.

use evenkeel_core::config::model::{Condition, FailoverRule};
use evenkeel_core::config::rules::parse;
use proptest::prelude::*;

use crate::models;

fn rules(text: &str) -> Vec<FailoverRule> {
    let (read, problems) = parse(text);
    assert_eq!(problems, [], "{text}");
    read.into_iter().map(|read| read.rule).collect()
}

/// The rules as they are printed.
fn printed(text: &str) -> Vec<String> {
    rules(text).iter().map(ToString::to_string).collect()
}

#[test]
fn rules_are_read_whatever_the_white_space() {
    for (text, expected) in [
        (
            "ip_failure: if (ip.? == down) then stopstart();",
            "ip_failure: if (ip.? == down) then stopstart();",
        ),
        (
            "a:if(tcp.x==down)then restart();",
            "a: if (tcp.x == down) then restart();",
        ),
        (
            "\n a :\n if ( local.ip.fd00::1 != up )\n then\n wait ( ) ;",
            "a: if (ip.fd00::1 != up) then wait();",
        ),
        (
            "a: if (a.b == c && d.e == f || !g.h != i) then stop();",
            "a: if ((a.b == c && d.e == f) || !(g.h != i)) then stop();",
        ),
        (
            "a: if (((a.b == c)) && (d.* == e && f.g == h)) then stop();",
            "a: if (a.b == c && (d.* == e && f.g == h)) then stop();",
        ),
        (
            "a: if (!!(a.b == c)) then withdraw(\"my group\");",
            "a: if (!!(a.b == c)) then withdraw(\"my group\");",
        ),
    ] {
        assert_eq!(printed(text), [expected], "{text}");
        assert_eq!(rules(expected), rules(text), "{text}");
    }
    assert_eq!(printed(" \n"), [""; 0]);
}

#[test]
fn and_binds_closer_than_or() {
    let read = rules("a: if (a.b == c || d.e == f && g.h == i) then stop();");
    let Condition::Any(parts) = &read[0].condition else {
        panic!("{read:?}");
    };
    assert!(matches!(parts[..], [Condition::Is(_), Condition::All(_)]));
}

/// A rule, what stands where its problem is, and a part of the sentence about it.
const WRONG: [(&str, &str, &str); 22] = [
    (
        "if (a.b == c) then stop();",
        "if",
        "a rule starts with its label",
    ),
    (
        "a: iff (a.b == c) then stop();",
        "iff",
        "if is missing here; there is iff",
    ),
    (
        "a: if a.b == c then stop();",
        "a.b",
        "( is missing here; there is a.b",
    ),
    (
        "a: if (a.b = c) then stop();",
        "= c",
        "== or !=; there is =",
    ),
    ("a: if (a.b) then stop();", ") then", "== or !=; there is )"),
    (
        "a: if (a == c) then stop();",
        "a == c",
        "write its class and its name",
    ),
    (
        "a: if (a.b == ) then stop();",
        ") then",
        "a state such as down is missing",
    ),
    (
        "a: if (a.b? == c) then stop();",
        "a.b?",
        "? and * stand for a whole name",
    ),
    (
        "a: if (*.b == c) then stop();",
        "*.b",
        "? and * stand for the name behind",
    ),
    (
        "a: if (remote.a.b == c) then stop();",
        "remote",
        "of its own node",
    ),
    (
        "a: if (a.b == c &&) then stop();",
        ") then",
        "a comparison is missing here",
    ),
    (
        "a: if (a.b == c & d.e == f) then stop();",
        "& d",
        ") is missing here; there is &",
    ),
    (
        "a: if (a.b == c then stop();",
        "then",
        ") is missing here; there is then",
    ),
    (
        "a: if (a.b == c) stop();",
        "stop",
        "then is missing here; there is stop",
    ),
    (
        "a: if (a.b == c) then swap();",
        "swap",
        "swap() is for mirror modules",
    ),
    (
        "a: if (a.b == c) then reboot();",
        "reboot",
        "It can be stop(), stopstart()",
    ),
    (
        "a: if (a.b == c) then stop;",
        ";",
        "( is missing here; there is ;",
    ),
    (
        "a: if (a.b == c) then stop(1);",
        "1",
        ") is missing here; there is 1",
    ),
    (
        "a: if (a.b == c) then withdraw();",
        ");",
        "the name of a group is missing",
    ),
    (
        "a: if (a.b == c) then stop()",
        "",
        "; is missing here; there is the end",
    ),
    (
        "Rules = Rules + {}",
        "Rules",
        "rules in Lua are not supported",
    ),
    (
        "Rules.disable(\"a\")",
        "Rules",
        "rules in Lua are not supported",
    ),
];

#[test]
fn each_rule_that_is_wrong_is_named_where_it_is() {
    for (text, at, message) in WRONG {
        let good = "good: if (a.b == c) then stop();\n";
        let whole = if text.starts_with("Rules") || !text.ends_with(';') {
            text.to_owned()
        } else {
            format!("{text}\n{good}")
        };
        let (read, problems) = parse(&whole);
        assert_eq!(problems.len(), 1, "{text}: {problems:?}");
        assert!(
            problems[0].message.contains(message),
            "{text}: {problems:?}"
        );
        let rest = &whole[problems[0].at..];
        assert!(rest.starts_with(at), "{text}: at {rest}");
        assert_eq!(read.len(), usize::from(whole != text), "{text}");
    }
}

#[test]
fn depth_and_number_are_limited() {
    let nested = |sign: &str, end: &str, depth: usize| {
        let (open, close) = (sign.repeat(depth), end.repeat(depth));
        parse(&format!("a: if ({open}a.b == c{close}) then stop();")).1
    };
    assert_eq!(nested("!", "", 16), []);
    assert!(nested("!", "", 17)[0].message.contains("too deep"));
    assert_eq!(nested("(", ")", 32), []);
    assert!(nested("(", ")", 33)[0].message.contains("too deep"));
    assert!(nested("(", ")", 100_000)[0].message.contains("too deep"));
    let row = |count: usize| vec!["a.b == c"; count].join(" && ");
    let parse_row = |count| parse(&format!("a: if ({}) then stop();", row(count))).1;
    assert_eq!(parse_row(64), []);
    assert!(parse_row(65)[0].message.contains("at most 64 comparisons"));
    let many = "a: if (a.b == c) then stop();".repeat(65);
    let (read, problems) = parse(&many);
    assert_eq!((read.len(), problems.len()), (64, 1));
}

proptest! {
    #[test]
    fn what_is_printed_is_read_as_the_same(rule in models::failover_rule("r".to_owned())) {
        let text = rule.to_string();
        let (read, problems) = parse(&text);
        prop_assert_eq!(problems, [], "{}", text);
        prop_assert_eq!(&read[0].rule, &rule);
    }

    #[test]
    fn any_text_is_read_to_its_end(text in "[a-z.:?*=!&|();\" \n]{0,60}|\\PC{0,40}") {
        let (read, problems) = parse(&text);
        for at in read.iter().map(|read| read.label_at).chain(problems.iter().map(|p| p.at)) {
            prop_assert!(text.is_char_boundary(at));
        }
        let again: String = read.iter().map(|read| format!("{}\n", read.rule)).collect();
        let (reread, _) = parse(&again);
        let rules = |all: Vec<_>| -> Vec<FailoverRule> {
            all.into_iter().map(|read: evenkeel_core::config::rules::ReadRule| read.rule).collect()
        };
        prop_assert_eq!(rules(reread), rules(read));
    }
}
