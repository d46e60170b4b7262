//! The values of attributes: switches, choices, numbers, names, addresses. Text in, value or a
//! sentence out.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::RangeInclusive;

use crate::config::limits::{CHECK_TEXT_BYTES_MAX, NAME_CHARS_MAX, NIC_NAME_BYTES_MAX};
use crate::config::rules;
use crate::ids::{ModuleName, NodeId};

/// A parser that takes one of these words.
pub(super) fn choice<T: Clone>(
    choices: &[(&'static str, T)],
) -> impl Fn(&str) -> Result<T, String> {
    move |text| {
        let found = choices.iter().find(|(word, _)| *word == text);
        let words = || choices.iter().map(|(word, _)| *word).collect::<Vec<_>>();
        found.map(|(_, value)| value.clone()).ok_or_else(|| {
            format!(
                "{text:?} is not possible here; write {}",
                list(&words(), "or")
            )
        })
    }
}

/// `on` or `off`.
pub(super) fn on_off(text: &str) -> Result<bool, String> {
    choice(&[("on", true), ("off", false)])(text)
}

/// How often a configuration changed. Those of JSON have it as a number, which is exact up to there.
pub(super) fn revision(text: &str) -> Result<u64, String> {
    const MOST: u64 = (1 << 53) - 1;
    let revision = Some(text).filter(|text| is_digits(text));
    let revision = revision.and_then(|text| text.parse().ok());
    revision
        .filter(|revision| *revision <= MOST)
        .ok_or_else(|| format!("{text:?} is not a whole number from 0 to {MOST}"))
}

/// The number of a node.
pub(super) fn node_number(text: &str) -> Result<NodeId, String> {
    let most = u32::from(NodeId::LAST.get());
    let number = integer(0..=most)(text)?;
    let node = u8::try_from(number).ok().and_then(NodeId::new);
    node.ok_or_else(|| format!("{text:?} is no number of a node"))
}

/// `yes` or `no`.
pub(super) fn yes_no(text: &str) -> Result<bool, String> {
    choice(&[("yes", true), ("no", false)])(text)
}

/// Words as people write a list: `a, b or c`.
pub(super) fn list(words: &[&str], and: &str) -> String {
    match words {
        [] => String::new(),
        [word] => (*word).to_owned(),
        [words @ .., last] => format!("{} {and} {last}", words.join(", ")),
    }
}

/// A parser for whole numbers.
pub(super) fn integer(range: RangeInclusive<u32>) -> impl Fn(&str) -> Result<u32, String> {
    move |text| {
        let number = Some(text)
            .filter(|text| is_digits(text))
            .and_then(|text| text.parse().ok());
        number
            .filter(|number| range.contains(number))
            .ok_or_else(|| {
                let (least, most) = (range.start(), range.end());
                format!("{text:?} is not a whole number from {least} to {most}")
            })
    }
}

/// A port number.
pub(super) fn port(text: &str) -> Result<u16, String> {
    let number = Some(text)
        .filter(|text| is_digits(text))
        .and_then(|text| text.parse().ok());
    let refusal = || format!("{text:?} is not a port; give a number from 1 to 65535");
    number.filter(|port| *port > 0).ok_or_else(refusal)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The name of a lan, node, group or checker.
pub(super) fn name(text: &str) -> Result<String, String> {
    let length = text.chars().count();
    if (1..=NAME_CHARS_MAX).contains(&length) && !text.chars().any(char::is_control) {
        return Ok(text.to_owned());
    }
    Err(format!(
        "{text:?} is not a name; give 1 to {NAME_CHARS_MAX} printable characters"
    ))
}

/// The name of a network interface.
pub(super) fn nic_name(text: &str) -> Result<String, String> {
    let legal = |c: char| c.is_ascii_graphic() && c != '/';
    let length = 1..=NIC_NAME_BYTES_MAX;
    if length.contains(&text.len()) && text.chars().all(legal) && text != "." && text != ".." {
        return Ok(text.to_owned());
    }
    Err(format!(
        "{text:?} is not the name of a network interface; it has 1 to {NIC_NAME_BYTES_MAX} \
         characters, no white space and no '/'"
    ))
}

/// The name of an environment variable.
pub(super) fn variable(text: &str) -> Result<String, String> {
    let legal = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if text.chars().all(legal)
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && !text.is_empty()
    {
        return Ok(text.to_owned());
    }
    Err(format!(
        "{text:?} is not a variable's name; write letters, digits and '_', no digit first"
    ))
}

/// The name of a checker: one that rules can use.
pub(super) fn ident(text: &str) -> Result<String, String> {
    let is_short = text.chars().count() <= NAME_CHARS_MAX;
    if is_short && rules::is_word(text) && !text.contains(['?', '*']) {
        return Ok(text.to_owned());
    }
    Err(format!(
        "{text:?} is not a checker's name; give 1 to {NAME_CHARS_MAX} letters, digits or signs of \
         _ - . : / @ +"
    ))
}

/// The name of a module.
pub(super) fn module_name(text: &str) -> Result<String, String> {
    let name = ModuleName::try_from(text.to_owned()).map_err(|error| error.to_string())?;
    Ok(name.to_string())
}

/// A host to be checked: an IP address, IPv6 with or without brackets, or a name.
pub(super) fn host(text: &str) -> Result<String, String> {
    if let Some(addr) = address(text) {
        return Ok(addr.to_string());
    }
    let label = |label: &str| {
        let legal = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        (1..=63).contains(&label.len()) && label.chars().all(legal)
    };
    let looks_numeric = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_name = text.len() <= HOST_BYTES_MAX && text.split('.').all(label);
    if is_name && !looks_numeric {
        return Ok(text.to_owned());
    }
    Err(format!(
        "{text:?} is not a host; give an IPv4 address, an IPv6 address or a name"
    ))
}

/// Bytes of a host's name.
const HOST_BYTES_MAX: usize = 253;

/// The path of a program of the module, relative to its `bin` unless absolute.
pub(super) fn program(text: &str) -> Result<String, String> {
    check_text(text)?;
    not_foreign(text)?;
    if text.split('/').any(|part| part == "..") {
        return Err(format!(
            "{text:?} leads out of the module; write it without .."
        ));
    }
    Ok(text.to_owned())
}

/// Refuses, by its name, a program that only other systems run.
///
/// # Errors
///
/// With a sentence that says what can be given instead.
pub fn not_foreign(name: &str) -> Result<(), String> {
    let lower = name.to_lowercase();
    match FOREIGN_ENDS.iter().find(|end| lower.ends_with(*end)) {
        Some(end) => Err(format!(
            "{name:?} is a script of another system: nothing here runs {end} files; give an \
             executable or a script that starts with #!"
        )),
        None => Ok(()),
    }
}

/// How files end that only other systems run.
const FOREIGN_ENDS: [&str; 6] = [".cmd", ".bat", ".ps1", ".vbs", ".exe", ".com"];

/// Text for a checker: not empty, not long, nothing that cannot be printed.
pub(super) fn check_text(text: &str) -> Result<String, String> {
    let length = 1..=CHECK_TEXT_BYTES_MAX;
    if length.contains(&text.len()) && !text.chars().any(char::is_control) {
        return Ok(text.to_owned());
    }
    Err(format!(
        "this has {} bytes; give 1 to {CHECK_TEXT_BYTES_MAX} that can be printed",
        text.len()
    ))
}

/// A node's address: IPv4, or IPv6 with or without brackets.
pub(super) fn node_addr(text: &str) -> Result<IpAddr, String> {
    let addr = address(text).ok_or_else(|| {
        format!(
            "{text:?} is not an address; give an IPv4 address or an IPv6 address in brackets \
             (names are not resolved)"
        )
    })?;
    of_one_machine(addr)
}

/// A virtual address: IPv4, or IPv6 with or without brackets.
pub(super) fn virtual_addr(text: &str) -> Result<IpAddr, String> {
    let addr = address(text).ok_or_else(|| {
        format!("{text:?} is not an address; give an IPv4 or IPv6 address (names are not resolved)")
    })?;
    if addr.is_loopback() {
        return Err(format!(
            "{addr} never leaves a machine; give an address of the local network"
        ));
    }
    if let IpAddr::V6(six) = addr {
        refuse_special(six)?;
    }
    of_one_machine(addr)
}

/// IPv6 addresses that no client outside of the link can name, or that stand for another kind.
fn refuse_special(addr: Ipv6Addr) -> Result<(), String> {
    if addr.is_unicast_link_local() {
        return Err(format!(
            "{addr} means another machine on every link; give a global or unique local address"
        ));
    }
    match addr.to_ipv4_mapped() {
        Some(four) => Err(format!(
            "{addr} is an IPv4 address in disguise; write {four}"
        )),
        None => Ok(()),
    }
}

fn address(text: &str) -> Option<IpAddr> {
    match text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
    {
        Some(inner) => inner.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
        None => text.parse().ok(),
    }
}

fn of_one_machine(addr: IpAddr) -> Result<IpAddr, String> {
    if addr.is_unspecified() || addr.is_multicast() || addr == IpAddr::V4(Ipv4Addr::BROADCAST) {
        return Err(format!(
            "{addr} stands for no single machine; give a unicast address"
        ));
    }
    Ok(addr)
}

/// A netmask, as its prefix length.
pub(super) fn netmask(text: &str) -> Result<u8, String> {
    let bits = text.parse::<Ipv4Addr>().ok().map(u32::from);
    let mask = bits.filter(|bits| *bits > 0 && bits.leading_ones() + bits.trailing_zeros() >= 32);
    let prefix_len = mask.and_then(|bits| u8::try_from(bits.leading_ones()).ok());
    prefix_len.ok_or_else(|| format!("{text:?} is not a netmask such as 255.255.255.0"))
}

/// A unicast MAC address, its bytes separated by `:` or `-`.
pub(super) fn mac(text: &str) -> Result<[u8; 6], String> {
    let refusal = || format!("{text:?} is not a MAC address such as 5a:fe:c0:a8:38:14");
    let separator = if text.contains('-') { '-' } else { ':' };
    let byte = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
        u8::from_str_radix(part, 16).ok().filter(|_| digits)
    };
    let bytes = text.split(separator).map(byte).collect::<Option<Vec<u8>>>();
    let mac: [u8; 6] = bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(refusal)?;
    if mac[0] & 1 == 1 || mac == [0; 6] {
        return Err(format!(
            "{text} is not a unicast MAC address; make its first byte even"
        ));
    }
    Ok(mac)
}

/// A parser for `*` (nothing in particular) or a value.
pub(super) fn any_or<T>(
    parse: impl Fn(&str) -> Result<T, String>,
) -> impl Fn(&str) -> Result<Option<T>, String> {
    move |text| {
        if text == "*" {
            Ok(None)
        } else {
            parse(text).map(Some)
        }
    }
}
