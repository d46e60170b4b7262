//! Which groups of a configuration come from which of another one: by the rules that take the same packets.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::addrs;
use crate::config::model::{ModuleConfig, Proto, Rule, VipConfig};

/// The groups of a configuration by name, each with its rules.
pub type Groups<'a> = Vec<(&'a str, &'a [Rule])>;

/// Groups that come with `after` and get rules of one of `before`, each with that one. They go on from its table.
pub fn origins<'a>(before: &'a ModuleConfig, after: &'a ModuleConfig) -> Vec<(&'a str, &'a str)> {
    match (&before.vip, &after.vip) {
        (Some(old), Some(new)) => origins_of(&groups(old), &groups(new), &common(old, new)),
        (_, None) | (None, _) => Vec::new(),
    }
}

/// The same of groups with rules for virtual addresses that both configurations have.
pub fn origins_of<'a>(
    before: &Groups<'a>,
    after: &Groups<'a>,
    addrs: &BTreeSet<IpAddr>,
) -> Vec<(&'a str, &'a str)> {
    let mut origins: Vec<(&str, &str)> = Vec::new();
    for (from, to) in moves(before, after, addrs).map(|((from, _), (to, _))| (from, to)) {
        let comes = before.iter().all(|(name, _)| *name != to);
        if comes && origins.iter().all(|(known, _)| *known != to) {
            origins.push((to, from));
        }
    }
    origins
}

/// Whether some rule of `before` is not there any more.
pub fn loses_rules(before: &ModuleConfig, after: &ModuleConfig) -> bool {
    let is_there = |rule: &Rule| all_rules(after).any(|one| one == rule);
    all_rules(before).any(|rule| !is_there(rule))
}

fn all_rules(config: &ModuleConfig) -> impl Iterator<Item = &Rule> {
    let groups = config.vip.iter().flat_map(|vip| &vip.groups);
    groups.flat_map(|group| &group.rules)
}

pub(super) type OfGroup<'a> = (&'a str, &'a Rule);

/// Each rule of before with each of after that takes some packet that it takes, and their groups' names.
pub(super) fn moves<'a>(
    before: &Groups<'a>,
    after: &Groups<'a>,
    addrs: &BTreeSet<IpAddr>,
) -> impl Iterator<Item = (OfGroup<'a>, OfGroup<'a>)> {
    let (before, after) = (rules(before), rules(after));
    let pairs = before.flat_map(move |old| after.clone().map(move |new| (old, new)));
    let both: Vec<_> = pairs
        .filter(|((_, old), (_, new))| old.overlaps(new, addrs))
        .collect();
    both.into_iter()
}

pub(super) fn groups(vip: &VipConfig) -> Groups<'_> {
    let groups = vip.groups.iter();
    groups.map(|group| (&*group.name, &*group.rules)).collect()
}

/// The virtual addresses of both.
pub(super) fn common(before: &VipConfig, after: &VipConfig) -> BTreeSet<IpAddr> {
    &addrs(&before.interfaces) & &addrs(&after.interfaces)
}

/// Each rule with its group's name.
fn rules<'a>(groups: &Groups<'a>) -> impl Iterator<Item = OfGroup<'a>> + Clone {
    let rules = groups.clone().into_iter();
    rules.flat_map(|(name, rules)| rules.iter().map(move |rule| (name, rule)))
}

pub(super) fn arp(vip: &VipConfig) -> Vec<OfGroup<'_>> {
    rules(&groups(vip))
        .filter(|(_, rule)| rule.proto == Proto::Arp)
        .collect()
}

impl Rule {
    /// Whether it takes TCP packets to this place.
    pub fn takes_tcp(&self, addr: IpAddr, port: u16) -> bool {
        let of_port = self.ports.is_empty()
            || self
                .ports
                .iter()
                .any(|range| (range.first..=range.last).contains(&port));
        self.proto == Proto::Tcp && self.is_of(addr) && of_port
    }

    fn is_of(&self, addr: IpAddr) -> bool {
        self.virtual_addr.is_none_or(|of| of == addr)
    }

    /// Whether there is a packet to one of these addresses that both name.
    fn overlaps(&self, other: &Self, addrs: &BTreeSet<IpAddr>) -> bool {
        let mut addrs = addrs.iter();
        let all = self.ports.is_empty() || other.ports.is_empty();
        self.proto == other.proto
            && addrs.any(|addr| self.is_of(*addr) && other.is_of(*addr))
            && (all || self.common_ports(other).is_some())
    }
}
