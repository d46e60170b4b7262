//! Other words in place of what a snapshot must not tell: the same one for the same thing in all entries.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::LazyLock;

use regex::Regex;

/// What hides a secret.
const MASK: &str = "***";

static MAC: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("^(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}$").ok());

/// Replaces words and, where it is to make a text anonymous, addresses.
#[derive(Debug, Default)]
pub struct Replacer {
    /// Whole words, and what stands for each.
    words: BTreeMap<String, String>,
    /// Texts that are replaced wherever they stand, as a part of a word too.
    secrets: Vec<String>,
    /// What stands for each address met so far; `None`: addresses stay.
    addresses: Option<BTreeMap<String, String>>,
}

impl Replacer {
    /// One that hides these secrets.
    pub fn hiding(secrets: impl IntoIterator<Item = String>) -> Self {
        let mut secrets: Vec<_> = secrets
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        // One that has another in it goes first.
        secrets.sort_by_key(|text| std::cmp::Reverse(text.len()));
        Self {
            secrets,
            ..Self::default()
        }
    }

    /// Replaces addresses too.
    pub fn hide_addresses(&mut self) {
        self.addresses.get_or_insert_default();
    }

    /// Replaces a word wherever it stands alone; the first replacement of a word stays.
    pub fn hide_word(&mut self, word: &str, instead: impl Into<String>) {
        if !word.is_empty() {
            self.words
                .entry(word.to_owned())
                .or_insert_with(|| instead.into());
        }
    }

    /// The text with everything replaced.
    pub fn replace(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.secrets {
            text = text.replace(secret, MASK);
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let word_len = rest.find(|c| !is_of_word(c)).unwrap_or(rest.len());
            let (word, behind) = rest.split_at(word_len.max(first_len(rest)));
            out.push_str(&self.word(word));
            rest = behind;
        }
        out
    }

    /// A run of letters, digits, and the signs that names and addresses have; or one other sign. Names and
    /// addresses can stand in it beside others: what replaces the most goes first.
    fn word(&mut self, word: &str) -> String {
        let mut out = String::new();
        let mut rest = word;
        while !rest.is_empty() {
            let ends = rest
                .char_indices()
                .filter(|(_, c)| !c.is_ascii_alphanumeric());
            let ends = ends.map(|(at, _)| at).chain([rest.len()]);
            let ends: Vec<usize> = ends.filter(|end| *end > 0).collect();
            let known = ends.iter().rev();
            let known = known
                .filter_map(|end| Some((self.instead(&rest[..*end])?, *end)))
                .next();
            let (text, end) = known.unwrap_or_else(|| {
                // Up to where the next one can begin.
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric());
                let end = end.map_or(rest.len(), |at| at + first_len(&rest[at..]));
                (rest[..end].to_owned(), end)
            });
            out.push_str(&text);
            rest = &rest[end..];
        }
        out
    }

    fn instead(&mut self, word: &str) -> Option<String> {
        let known = self.words.get(word).cloned();
        known.or_else(|| self.address(word))
    }

    fn address(&mut self, word: &str) -> Option<String> {
        let known = self.addresses.as_mut()?;
        let is_mac = MAC.as_ref().is_some_and(|mac| mac.is_match(word));
        let ip = word.parse::<IpAddr>().ok();
        if !is_mac && ip.is_none_or(says_nothing) {
            return None;
        }
        let (kind, key) = match ip {
            Some(ip) => ("ip", ip.to_string()),
            None => ("mac", word.to_lowercase()),
        };
        let number = known.len() + 1;
        let instead = known
            .entry(key)
            .or_insert_with(|| format!("{kind}-{number}"));
        Some(instead.clone())
    }
}

/// An address that every machine has, or that stands for any.
fn says_nothing(ip: IpAddr) -> bool {
    ip.is_unspecified() || ip == Ipv4Addr::LOCALHOST || ip == Ipv6Addr::LOCALHOST
}

fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || [':', '.', '-', '_'].contains(&c)
}

fn first_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anonymous() -> Replacer {
        let mut replacer = Replacer::default();
        replacer.hide_addresses();
        for (word, instead) in [
            ("paris", "node-1"),
            ("paris-2", "node-2"),
            ("eve", "user-1"),
        ] {
            replacer.hide_word(word, instead);
        }
        replacer
    }

    #[test]
    fn names_and_addresses_are_replaced_wherever_they_stand_alone() {
        for (text, expected) in [
            ("Action stop called by eve", "Action stop called by user-1"),
            ("paris paris-2, parisian", "node-1 node-2, parisian"),
            ("\"addr\": \"192.0.2.7\"", "\"addr\": \"ip-1\""),
            ("192.0.2.7:9453, 192.0.2.8.", "ip-1:9453, ip-2."),
            ("fd09::1: fd09:0:0::1 fd09::2.", "ip-1: ip-1 ip-2."),
            (
                "ip.fd09::1 module.web_192.0.2.1/24",
                "ip.ip-1 module.web_ip-2/24",
            ),
            (
                "02:00:5e:00:01:0A at [fd09::1%eth0]",
                "mac-1 at [ip-2%eth0]",
            ),
            (
                "2026-11-23T02:00:00.123Z 02:00:00",
                "2026-11-23T02:00:00.123Z 02:00:00",
            ),
            (
                "evenkeel_engine::driver 0.1.0 127.0.0.1",
                "evenkeel_engine::driver 0.1.0 127.0.0.1",
            ),
            ("\u{e9}eve\u{e9} eve", "\u{e9}user-1\u{e9} user-1"),
            ("", ""),
        ] {
            assert_eq!(anonymous().replace(text), expected);
        }
    }

    #[test]
    fn the_same_address_is_the_same_in_all_texts() {
        let mut replacer = anonymous();
        assert_eq!(replacer.replace("192.0.2.1 192.0.2.2"), "ip-1 ip-2");
        assert_eq!(replacer.replace("192.0.2.2"), "ip-2");
    }

    #[test]
    fn secrets_are_masked_in_the_middle_of_words_and_addresses_stay() {
        let mut replacer = Replacer::hiding(["hunter2", "hunter22", ""].map(ToOwned::to_owned));
        let text = "--password=hunter22 xhunter2x 192.0.2.1";
        assert_eq!(replacer.replace(text), "--password=*** x***x 192.0.2.1");
    }
}
