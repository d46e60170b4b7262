//! Names and numbers with a form of their own: what the document says of them, and what is taken.

use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::limits;

/// The name: 1 to 32 characters, a letter first, then letters, digits, `_` and `-`.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, pattern = "^[A-Za-z][A-Za-z0-9_-]{0,31}$")]
#[expect(
    dead_code,
    reason = "for the document: evenkeel_core::ids::ModuleName is what is taken"
)]
pub struct ModuleId(String);

/// The name: 1 to 64 letters, digits, `.`, `_`, `-` and `@`, a letter or digit first.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, pattern = "^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$")]
#[expect(
    dead_code,
    reason = "for the document: handlers::users::check_name says what is taken"
)]
pub struct UserId(String);

/// A resource's class and name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, pattern = "^[A-Za-z0-9_-]+\\.[!-~]+$", max_length = 128)]
pub struct ResourceId(pub String);

impl TryFrom<String> for ResourceId {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let is_class = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let fits = name.len() <= limits::RESOURCE_NAME_LEN_MAX;
        let legal = name.split_once('.').is_some_and(|(class, id)| {
            let has_both = !class.is_empty() && !id.is_empty();
            has_both && class.chars().all(is_class) && id.chars().all(|c| c.is_ascii_graphic())
        });
        if fits && legal {
            return Ok(Self(name));
        }
        Err(format!(
            "{name:?} is no resource; write its class and its name, as in custom.disk, in at most \
             {} signs of ASCII without spaces",
            limits::RESOURCE_NAME_LEN_MAX
        ))
    }
}

/// A number that counts up: JavaScript, too, reads all of them exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Counter(pub u64);

impl Counter {
    /// The greatest one: 2^53 - 1.
    pub const MAX: u64 = 9_007_199_254_740_991;
}

impl TryFrom<u64> for Counter {
    type Error = String;

    fn try_from(number: u64) -> Result<Self, String> {
        match number <= Self::MAX {
            true => Ok(Self(number)),
            false => Err(format!("{number} is above {}", Self::MAX)),
        }
    }
}

impl<'de> Deserialize<'de> for Counter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_u64(Whole)
    }
}

/// Reads a whole number of any type, as [`Counter`] does.
///
/// # Errors
///
/// When it is none, or too great.
pub fn whole<'de, D: Deserializer<'de>, T: TryFrom<u64>>(deserializer: D) -> Result<T, D::Error> {
    Counter::deserialize(deserializer).and_then(fit)
}

/// The same where there may be none.
///
/// # Errors
///
/// As [`whole`].
pub fn maybe_whole<'de, D: Deserializer<'de>, T: TryFrom<u64>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let given = Option::<Counter>::deserialize(deserializer)?;
    given.map(fit).transpose()
}

fn fit<T: TryFrom<u64>, E: Error>(Counter(number): Counter) -> Result<T, E> {
    T::try_from(number).map_err(|_too_great| E::custom(format!("{number} is too great")))
}

/// Reads a whole number: `3.0` is one in JSON.
struct Whole;

impl Visitor<'_> for Whole {
    type Value = Counter;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from 0 to {}", Counter::MAX)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Counter, E> {
        Counter::try_from(number).map_err(E::custom)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Counter, E> {
        // Without a fraction it is written as a whole number.
        let whole = number.to_string().parse();
        whole
            .map_err(|_fraction| E::invalid_type(Unexpected::Float(number), &self))
            .and_then(|whole| self.visit_u64(whole))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_is_a_whole_number_that_javascript_reads() {
        let read = |text: &str| serde_json::from_str(text).ok();
        assert_eq!(read("3"), Some(Counter(3)));
        assert_eq!(read("3.0"), Some(Counter(3)));
        assert_eq!(read("9007199254740991"), Some(Counter(Counter::MAX)));
        for bad in ["3.5", "-1", "-1.0", "9007199254740992", "1e300", "\"3\""] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_resource_has_a_class_and_a_name() {
        let read = |name: &str| ResourceId::try_from(name.to_owned());
        for good in ["custom.disk", "intf.192.0.2.0", "ip.2001:db8::1", "a._"] {
            assert!(read(good).is_ok(), "{good}");
        }
        let long = format!("custom.{}", "x".repeat(122));
        for bad in [
            "",
            "custom",
            "custom.",
            ".disk",
            "cus tom.disk",
            "custom.a b",
            "custom.\u{e9}",
            &long,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
