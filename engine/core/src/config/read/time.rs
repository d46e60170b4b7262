//! Durations: a number and a unit, or a number in the attribute's own unit.

use std::ops::RangeInclusive;
use std::time::Duration;

use crate::config::limits::TIME_MAX;

/// The unit of an attribute: what a number without unit means, and the finest value it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::config) enum Unit {
    Hours,
    Seconds,
    Milliseconds,
}

impl Unit {
    const fn micros(self) -> u64 {
        match self {
            Self::Hours => 3_600_000_000,
            Self::Seconds => 1_000_000,
            Self::Milliseconds => 1000,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Seconds => "seconds",
            Self::Milliseconds => "milliseconds",
        }
    }
}

/// The units that a value can name, with their microseconds, the largest first.
const UNITS: [(&str, u64); 6] = [
    ("d", 86_400_000_000),
    ("h", 3_600_000_000),
    ("m", 60_000_000),
    ("s", 1_000_000),
    ("ms", 1000),
    ("us", 1),
];

/// A parser for times of an attribute with this unit.
pub(super) fn time(unit: Unit) -> impl Fn(&str) -> Result<Duration, String> {
    time_within(unit, Duration::ZERO..=TIME_MAX)
}

/// The same, from one unit on.
pub(super) fn positive_time(unit: Unit) -> impl Fn(&str) -> Result<Duration, String> {
    time_within(unit, Duration::from_micros(unit.micros())..=TIME_MAX)
}

/// The same, for times within limits.
pub(super) fn time_within(
    unit: Unit,
    range: RangeInclusive<Duration>,
) -> impl Fn(&str) -> Result<Duration, String> {
    move |text| {
        let micros = micros(text, unit)?;
        if !micros.is_multiple_of(unit.micros()) {
            return Err(format!(
                "{text:?} is finer than its unit; give whole {}",
                unit.name()
            ));
        }
        let time = Duration::from_micros(micros);
        if range.contains(&time) {
            return Ok(time);
        }
        let (least, most) = (show(*range.start()), show(*range.end()));
        Err(format!(
            "{text:?} is out of range; it can be {least} to {most}"
        ))
    }
}

fn micros(text: &str, own: Unit) -> Result<u64, String> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit {
        "" => Some(own.micros()),
        unit => UNITS
            .iter()
            .find(|(name, _)| *name == unit)
            .map(|(_, micros)| *micros),
    };
    let (Some(factor), false) = (factor, number.is_empty()) else {
        return Err(format!(
            "{text:?} is not a time; write a whole number of {}, or one with a unit: d, h, m, s, \
             ms or us",
            own.name()
        ));
    };
    // What is too large for 64 bits is too large for every range, too.
    Ok(number
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(factor))
        .unwrap_or(
            // A whole number of every unit.
            u64::MAX / UNITS[0].1 * UNITS[0].1,
        ))
}

/// A time in its largest whole unit.
pub(in crate::config) fn show(time: Duration) -> String {
    let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    let whole = UNITS
        .iter()
        .find(|(_, unit)| micros > 0 && micros.is_multiple_of(*unit));
    whole.map_or_else(
        || "0".to_owned(),
        |(name, unit)| format!("{}{name}", micros / unit),
    )
}
