//! `<failover>`: the rules, and whether the names in them are there.

use std::collections::{BTreeMap, BTreeSet};

use super::reader::{Element, Placed, Reader};
use super::time::{Unit, positive_time, time};
use super::{similar, values};
use crate::config::limits::{ADDRS_MAX, CHECKS_MAX, INTERFACES_MAX};
use crate::config::model::{
    CONNECTIONS_CLASS, Comparison, Condition, FailoverConfig, FailoverRule, ModuleConfig,
    ResourceId, RuleAction,
};
use crate::config::rules::{self, ReadRule};

/// Classes whose resources a module has whether or not it has checkers.
const OTHER_CLASSES: [&str; 5] = ["state", "usersetting", CONNECTIONS_CLASS, "heart", "rule"];
/// Classes of checkers, and of what is monitored.
const CLASSES: [&str; 8] = [
    "tcp", "ping", "intf", "ip", "custom", "module", "http", "proc",
];
/// What a number is while it is not known.
const NO_NUMBERS: [&str; 2] = ["init", "unknown"];
/// Values of the resources of checkers.
const STATES: [&str; 3] = ["init", "up", "down"];

/// Reads the `<failover>` of a service whose other sections are in `module`.
pub(super) fn read(
    reader: &mut Reader<'_>,
    service: &Element<'_>,
    module: &ModuleConfig,
) -> FailoverConfig {
    let default = FailoverConfig::default();
    let Some(element) = service.first("failover") else {
        return default;
    };
    let extends = reader.value(&element, "extends", values::yes_no);
    let period = reader.value(&element, "period", positive_time(Unit::Milliseconds));
    let period = period.unwrap_or(default.period);
    let handle_time = reader.placed(&element, "handle_time", time(Unit::Milliseconds));
    if let Some(Placed { value, place }) = &handle_time
        && !value.as_micros().is_multiple_of(period.as_micros())
    {
        let message = format!(
            "handle_time has to be a multiple of period, which is {} ms",
            period.as_millis()
        );
        reader.error(place.clone(), message);
    }
    let handle_time = handle_time.map_or(default.handle_time, |placed| placed.value);
    let extends = extends.unwrap_or(default.extends);
    // Names of rules that the module has beside those of the file.
    let taken: BTreeSet<String> = if extends {
        module.rules().into_iter().map(|rule| rule.label).collect()
    } else {
        BTreeSet::new()
    };
    FailoverConfig {
        extends,
        period,
        handle_time,
        rules: read_rules(reader, &element, module, &taken),
    }
}

fn read_rules(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    module: &ModuleConfig,
    taken: &BTreeSet<String>,
) -> Vec<FailoverRule> {
    let Some(words) = reader.words_of(element) else {
        return Vec::new();
    };
    let (found, problems) = rules::parse(&words);
    for problem in problems {
        reader.error(
            reader.place_in_text(element, &words, problem.at),
            problem.message,
        );
    }
    let mut labels = BTreeMap::new();
    for read in &found {
        let label = Placed {
            value: read.rule.label.clone(),
            place: reader.place_in_text(element, &words, read.label_at),
        };
        reader.once(&mut labels, &label);
        if taken.contains(&label.value) {
            let message = format!(
                "{} is the name of a rule that the module has anyway; choose another",
                label.value
            );
            reader.error(label.place, message);
        }
        check_names(reader, (element, &words), module, read);
    }
    found.into_iter().map(|read| read.rule).collect()
}

fn check_names(
    reader: &mut Reader<'_>,
    (element, words): (&Element<'_>, &str),
    module: &ModuleConfig,
    read: &ReadRule,
) {
    let mut comparisons = Vec::new();
    collect(&read.rule.condition, &mut comparisons);
    for (comparison, at) in comparisons.into_iter().zip(&read.comparisons_at) {
        if reader.is_full() {
            break;
        }
        let place = reader.place_in_text(element, words, *at);
        match check_comparison(module, comparison) {
            Some(Doubt::Wrong(message)) => reader.error(place, message),
            Some(Doubt::Odd(message)) => reader.warning(place, message),
            None => {}
        }
    }
    let RuleAction::Withdraw(group) = &read.rule.action else {
        return;
    };
    let groups = module.vip.iter().flat_map(|vip| &vip.groups);
    let names: Vec<&str> = groups.map(|group| group.name.as_str()).collect();
    let place = reader.place_in_text(element, words, read.action_at);
    if !names.contains(&group.as_str()) {
        let has = match names.as_slice() {
            [] => "it has none".to_owned(),
            names => format!("it has {}", values::list(names, "and")),
        };
        let hint = similar::hint(group, &names);
        let message = format!("the module has no group {group:?}; {has}{hint}");
        reader.error(place, message);
    }
}

/// The comparisons of a condition in the order of its text.
fn collect<'c>(condition: &'c Condition, found: &mut Vec<&'c Comparison>) {
    match condition {
        Condition::Is(comparison) => found.push(comparison),
        Condition::Not(inner) => collect(inner, found),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| collect(part, found));
        }
    }
}

/// What is strange about a comparison: scripts can set resources that no checker has, so a name
/// alone is no error.
enum Doubt {
    Wrong(String),
    Odd(String),
}

fn check_comparison(module: &ModuleConfig, comparison: &Comparison) -> Option<Doubt> {
    let class = comparison.resource.class.as_str();
    if class == CONNECTIONS_CLASS {
        return check_count(module, comparison);
    }
    if !CLASSES.contains(&class) {
        let known: Vec<&str> = CLASSES.iter().chain(&OTHER_CLASSES).copied().collect();
        let hint = similar::hint(class, &known);
        return (!OTHER_CLASSES.contains(&class)).then(|| {
            Doubt::Odd(format!(
                "no checker sets resources of the class {class}; they exist once a script sets \
                 them{hint}"
            ))
        });
    }
    let state = comparison.state.as_str();
    if !STATES.contains(&state) {
        let hint = similar::hint(state, &STATES);
        return Some(Doubt::Wrong(format!(
            "{} is {}, never {state}{hint}",
            comparison.resource,
            values::list(&STATES, "or")
        )));
    }
    let ResourceId::One(id) = &comparison.resource.id else {
        return None;
    };
    let known = known(module, class)?;
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    (!names.contains(&id.as_str())).then(|| {
        let hint = similar::hint(id, &names);
        Doubt::Odd(format!(
            "nothing in this file sets {}; the rule waits for a script that does{hint}",
            comparison.resource
        ))
    })
}

/// What is strange about a comparison with a number of connections.
fn check_count(module: &ModuleConfig, comparison: &Comparison) -> Option<Doubt> {
    let Comparison {
        resource, state, ..
    } = comparison;
    let is_number = state.parse::<u64>().is_ok();
    if !is_number && !NO_NUMBERS.contains(&state.as_str()) {
        return Some(Doubt::Wrong(format!(
            "{resource} is a number, never {state}; a rule can compare it with one, as in {resource} == 0"
        )));
    }
    let ResourceId::One(id) = &resource.id else {
        return None;
    };
    let mut addrs = module.interfaces().flat_map(|one| &one.addrs);
    let is_counted = addrs.any(|addr| addr.connections && addr.addr.to_string() == *id);
    (!is_counted).then(|| {
        Doubt::Odd(format!(
            "the connections of {id} are not counted; its <virtual_addr> has no connections=\"on\""
        ))
    })
}

/// The names that resources of a class have by this file; `None` where more are made elsewhere.
fn known(module: &ModuleConfig, class: &str) -> Option<Vec<String>> {
    let checks = module
        .checks
        .iter()
        .filter(|check| check.probe.class() == class);
    // A module with more of a class is refused, and its names are not worth the search.
    let checks = checks.take(CHECKS_MAX).map(|check| check.ident.clone());
    match class {
        "proc" => {
            let procs = module.procs.iter().take(CHECKS_MAX);
            Some(procs.map(|proc| proc.name.clone()).collect())
        }
        // One per network with a virtual address, which the node knows.
        "intf" => None,
        "ip" => {
            let interfaces = module.interfaces();
            let addrs = interfaces.flat_map(|interface| &interface.addrs);
            let addrs = addrs
                .filter(|addr| addr.check)
                .take(INTERFACES_MAX * ADDRS_MAX)
                .map(|addr| addr.addr.to_string());
            Some(checks.chain(addrs).collect())
        }
        _ => Some(checks.collect()),
    }
}
