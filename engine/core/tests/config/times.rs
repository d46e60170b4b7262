//! Times: every unit, and what is finer than the attribute's own.

use std::time::Duration;

use evenkeel_core::config::read_module;

use crate::{data, macros};

const GOOD: &str = r#"nicestoptimeout="2m""#;

fn stop_timeout(text: &str) -> Option<Duration> {
    let good = data("good-userconfig.xml");
    let text = good.replace(GOOD, &format!(r#"nicestoptimeout="{text}""#));
    let none = macros(&[]);
    Some(
        read_module(&text, &none, &none, None)
            .0?
            .user?
            .nicestoptimeout,
    )
}

#[test]
fn units_are_understood() {
    let cases = [
        ("300", Some(300)),
        (" 7 ", Some(7)),
        ("2d", Some(2 * 86_400)),
        ("24h", Some(86_400)),
        ("5m", Some(300)),
        ("60s", Some(60)),
        ("2000ms", Some(2)),
        ("3000000us", Some(3)),
        ("365d", Some(365 * 86_400)),
        ("366d", None),
        ("2500ms", None),
        ("1us", None),
        ("0", None),
        ("", None),
        ("s", None),
        ("5 s", None),
        ("5S", None),
        ("5min", None),
        ("-5", None),
        ("+5", None),
        ("1.5s", None),
        ("99999999999999999999", None),
        ("18446744073709551615d", None),
    ];
    for (text, seconds) in cases {
        assert_eq!(
            stop_timeout(text),
            seconds.map(Duration::from_secs),
            "{text:?}"
        );
    }
}
