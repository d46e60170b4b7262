//! `<http>` and `<https>`: whom to ask, and which answers are good.

use super::check::read_times;
use super::reader::{Element, Reader};
use super::values;
use crate::config::limits::STATUS_RANGES_MAX;
use crate::config::model::{HttpProbe, Probe, StatusRange};

/// Ports without and with TLS.
const PORTS: (u16, u16) = (80, 443);
/// Status codes that there are.
const CODES: (u16, u16) = (100, 599);
/// Status codes of a good answer, unless others are named.
const GOOD: StatusRange = StatusRange {
    first: 200,
    last: 399,
};

/// Reads the `<to>` of a `<http>` or `<https>`.
pub(super) fn read(reader: &mut Reader<'_>, element: &Element<'_>) -> Option<Probe> {
    let to = element.first("to")?;
    let tls = element.is("https");
    let target = read_target(reader, &to, tls);
    let status = reader.value(&to, "status", status);
    let body = reader.value(&to, "body", values::check_text);
    let insecure = reader.value(&to, "insecure", values::on_off);
    let (interval, timeout) = read_times(reader, &to);
    let Target { addr, port, path } = target?;
    Some(Probe::Http(HttpProbe {
        tls,
        addr,
        port,
        path,
        status: status.unwrap_or_else(|| vec![GOOD]),
        body,
        insecure: insecure.unwrap_or(false),
        interval,
        timeout,
    }))
}

/// What a URL says.
struct Target {
    addr: String,
    port: u16,
    path: String,
}

/// Either a URL, or its parts.
fn read_target(reader: &mut Reader<'_>, to: &Element<'_>, tls: bool) -> Option<Target> {
    if to.has("url") {
        for part in ["addr", "port", "path"].iter().filter(|name| to.has(name)) {
            let message = format!("the url says it already; remove {part}, or the url");
            reader.error(reader.place_of(to, part), message);
        }
        return reader.value(to, "url", |text| url(text, tls));
    }
    if !to.has("addr") {
        let message = "addr is missing; give it, or a url";
        reader.error(reader.place_of(to, "addr"), message);
    }
    let addr = reader.value(to, "addr", values::host);
    let port = reader.value(to, "port", values::port);
    let path = if to.has("path") {
        reader.value(to, "path", path)
    } else {
        Some("/".to_owned())
    };
    Some(Target {
        addr: addr?,
        port: port.unwrap_or_else(|| default_port(tls)),
        path: path?,
    })
}

const fn default_port(tls: bool) -> u16 {
    if tls { PORTS.1 } else { PORTS.0 }
}

fn url(text: &str, tls: bool) -> Result<Target, String> {
    let scheme = if tls { "https" } else { "http" };
    let rest = text
        .strip_prefix(scheme)
        .and_then(|rest| rest.strip_prefix("://"));
    let rest = rest.ok_or_else(|| {
        format!("{text:?} is no URL for <{scheme}>; write {scheme}://host:port/path")
    })?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, rest) = rest.split_at(end);
    // Behind the brackets of an IPv6 address.
    let colon = authority
        .rfind(':')
        .filter(|at| !authority[*at..].contains(']'));
    let (host, port) = match colon {
        Some(at) => (&authority[..at], values::port(&authority[at + 1..])?),
        None => (authority, default_port(tls)),
    };
    if host.contains(':') && !host.starts_with('[') {
        return Err(format!("{host:?} is an IPv6 address; put it into brackets"));
    }
    let path_text = if rest.starts_with('/') {
        rest.to_owned()
    } else {
        format!("/{rest}")
    };
    Ok(Target {
        addr: values::host(host)?,
        port,
        path: path(&path_text)?,
    })
}

fn path(text: &str) -> Result<String, String> {
    let legal = |c: char| c.is_ascii_graphic() && c != '#';
    if text.starts_with('/') && text.chars().all(legal) {
        return values::check_text(text);
    }
    Err(format!(
        "{text:?} is not a path; it starts with / and has neither blanks nor #, and other letters \
         than those of English are written as %XX"
    ))
}

/// Status codes and ranges of them, in ascending order.
fn status(text: &str) -> Result<Vec<StatusRange>, String> {
    let mut ranges: Vec<StatusRange> = Vec::new();
    for part in text.split(',').map(str::trim) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let range = StatusRange {
            first: code(first.trim())?,
            last: code(last.trim())?,
        };
        if range.first > range.last {
            return Err(format!(
                "{range} is the wrong way round; write {}-{}",
                range.last, range.first
            ));
        }
        let overlaps =
            |known: &&StatusRange| known.first <= range.last && range.first <= known.last;
        if let Some(known) = ranges.iter().find(overlaps) {
            return Err(format!(
                "{range} and {known} have codes in common; once is enough"
            ));
        }
        if ranges.len() == STATUS_RANGES_MAX {
            return Err(format!(
                "one range too many; there can be {STATUS_RANGES_MAX}"
            ));
        }
        ranges.push(range);
    }
    ranges.sort_unstable();
    Ok(ranges)
}

fn code(text: &str) -> Result<u16, String> {
    let (least, most) = CODES;
    let is_number = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| is_number);
    number
        .filter(|code| (least..=most).contains(code))
        .ok_or_else(|| {
            format!("{text:?} is no status code; give {least} to {most}, as in 200-299,304")
        })
}
