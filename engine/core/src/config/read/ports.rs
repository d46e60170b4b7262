//! The ports of a rule: `*`, or ports and ranges with commas between them.

use super::reader::{Element, Reader};
use super::values;
use crate::config::limits::RULES_MAX;
use crate::config::model::PortRange;

const ATTRIBUTE: &str = "port";

/// Reads the attribute `port` of a rule: ranges in ascending order, none for all ports, which is
/// also what it means when it is absent. `None` when something in it is wrong, which is reported
/// part by part.
pub(super) fn read(reader: &mut Reader<'_>, element: &Element<'_>) -> Option<Vec<PortRange>> {
    if !element.has(ATTRIBUTE) {
        return Some(Vec::new());
    }
    let text = reader.text(element, ATTRIBUTE)?.value;
    if text.trim() == "*" {
        return Some(Vec::new());
    }
    let mut ranges: Vec<PortRange> = Vec::new();
    let mut is_good = true;
    // One more than there can be is looked at, to be reported; nobody waits for the rest.
    for ((part, byte), number) in parts(&text).zip(0..=RULES_MAX) {
        let read = if number < RULES_MAX {
            range(part).and_then(|read| refuse_twice(&ranges, read))
        } else {
            Err(format!(
                "one range too many; a module has {RULES_MAX} at most"
            ))
        };
        match read {
            Ok(read) => ranges.push(read),
            Err(message) => {
                let place = reader.place_in_value(element, ATTRIBUTE, (&text, byte));
                reader.error(place, message);
                is_good = false;
            }
        }
    }
    ranges.sort_unstable();
    is_good.then_some(ranges)
}

/// The parts of a list without white space around them, and at which byte each of them starts.
fn parts(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut next = 0;
    text.split(',').map(move |part| {
        let start = next + part.len() - part.trim_start().len();
        next += part.len() + 1;
        (part.trim(), start)
    })
}

fn range(text: &str) -> Result<PortRange, String> {
    if text.is_empty() {
        let message = "a port is missing here; write ports and ranges such as 80,443,8000-8080";
        return Err(message.to_owned());
    }
    if text == "*" {
        return Err("* takes all ports; write it alone".to_owned());
    }
    let Some((first, last)) = text.split_once('-') else {
        return values::port(text).map(PortRange::one);
    };
    let (first, last) = (values::port(first.trim())?, values::port(last.trim())?);
    if first > last {
        return Err(format!(
            "{text} is the wrong way round; write {last}-{first}"
        ));
    }
    Ok(PortRange { first, last })
}

fn refuse_twice(before: &[PortRange], range: PortRange) -> Result<PortRange, String> {
    match before.iter().find_map(|known| known.common(range)) {
        Some(common) => {
            let common = words(common);
            Err(format!(
                "{common} stood in this list before; once is enough"
            ))
        }
        None => Ok(range),
    }
}

/// A range as text for people.
pub(super) fn words(range: PortRange) -> String {
    if range.first == range.last {
        format!("port {range}")
    } else {
        format!("ports {range}")
    }
}
