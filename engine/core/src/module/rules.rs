//! Whether a failover rule applies: its condition over the resources of a module.
//!
//! A resource that is `init` or `unknown` is not known, and neither is a comparison with it, unless the
//! rule asks for that very value: `tcp.web != up` is not true of an application that nobody has looked
//! at. A resource that the module does not have equals nothing. `&&`, `||` and `!` over what is not known
//! are known where the rest decides.

use super::resources::{INIT, Resources, UNKNOWN};
use crate::config::model::{Comparison, Condition, ResourceId, ResourcePattern};

/// Whether a condition holds; `None` while that is not known.
pub fn holds(condition: &Condition, resources: &Resources) -> Option<bool> {
    match condition {
        Condition::Is(comparison) => compare(comparison, resources),
        Condition::Not(inner) => holds(inner, resources).map(|holds| !holds),
        Condition::All(parts) => all(parts.iter().map(|part| holds(part, resources))),
        Condition::Any(parts) => any(parts.iter().map(|part| holds(part, resources))),
    }
}

/// Whether a condition says something about this resource.
pub fn names(condition: &Condition, resource: &str) -> bool {
    match condition {
        Condition::Is(comparison) => is_about(&comparison.resource, resource),
        Condition::Not(inner) => names(inner, resource),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().any(|part| names(part, resource))
        }
    }
}

fn is_about(pattern: &ResourcePattern, resource: &str) -> bool {
    let Some((class, id)) = resource.split_once('.') else {
        return false;
    };
    class == pattern.class
        && match &pattern.id {
            ResourceId::One(one) => one == id,
            ResourceId::Any | ResourceId::All => true,
        }
}

fn compare(comparison: &Comparison, resources: &Resources) -> Option<bool> {
    let ResourcePattern { class, id } = &comparison.resource;
    let one = |value: &str| {
        let is_known = ![INIT, UNKNOWN].contains(&value) || comparison.state == value;
        is_known.then_some((value == comparison.state) == comparison.equal)
    };
    let mut values = resources.of_class(class).map(|(_, value)| one(value));
    match id {
        ResourceId::One(id) => match resources.value(class, id) {
            Some(value) => one(value),
            None => Some(!comparison.equal),
        },
        ResourceId::Any => any(values),
        ResourceId::All => {
            let first = values.next().unwrap_or(Some(false));
            all([first].into_iter().chain(values))
        }
    }
}

/// Known to be false as soon as one is.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    any(parts.map(|part| part.map(|holds| !holds))).map(|holds| !holds)
}

/// Known to be true as soon as one is.
fn any(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut found = Some(false);
    for part in parts {
        match part {
            Some(true) => return part,
            Some(false) => {}
            None => found = None,
        }
    }
    found
}
