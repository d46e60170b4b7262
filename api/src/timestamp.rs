//! Instants as the API and the store write them: RFC 3339, in UTC, always to the millisecond, so that texts
//! sort as the instants do.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::de::{Deserialize, Deserializer, Error};
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

const FORMAT: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");

/// This instant.
pub fn now() -> String {
    text(SystemTime::now())
}

/// This instant in seconds since 1970.
pub fn now_seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// This instant in milliseconds since 1970.
pub fn now_millis() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(0))
}

/// The instant this many seconds after 1970.
pub fn from_seconds(seconds: u64) -> String {
    text(UNIX_EPOCH + Duration::from_secs(seconds))
}

/// Whether a text is one that [`text`] writes.
pub fn is_text(given: &str) -> bool {
    PrimitiveDateTime::parse(given, &FORMAT).is_ok()
}

/// An instant.
pub fn text(instant: SystemTime) -> String {
    // Only years above 9999 cannot be written.
    OffsetDateTime::from(instant)
        .format(&FORMAT)
        .unwrap_or_default()
}

/// Reads a text that is an instant (RFC 3339).
///
/// # Errors
///
/// When it is none.
pub fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let given = String::deserialize(deserializer)?;
    match OffsetDateTime::parse(&given, &Rfc3339) {
        Ok(_) => Ok(given),
        Err(_) => Err(D::Error::custom(format!(
            "{given:?} is no instant such as 2026-11-23T02:00:00Z"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_sort_as_their_texts_do() {
        let at = |millis| text(UNIX_EPOCH + Duration::from_millis(millis));
        assert_eq!(at(1_795_489_200_000), "2026-11-24T03:00:00.000Z");
        assert_eq!(at(1_795_489_200_070), "2026-11-24T03:00:00.070Z");
        let texts = [0, 1, 70, 429, 1000, 60_000].map(|later| at(1_795_489_200_000 + later));
        assert!(texts.is_sorted(), "{texts:?}");
        assert!(texts.iter().all(|text| is_text(text)));
        for other in ["", "2026-11-24T03:00:00Z", "2026-13-24T03:00:00.000Z"] {
            assert!(!is_text(other), "{other}");
        }
    }
}
