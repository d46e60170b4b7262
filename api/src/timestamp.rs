//! Instants as the API and the store write them: RFC 3339, in UTC, to the millisecond.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

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

/// The instant this many seconds after 1970.
pub fn from_seconds(seconds: u64) -> String {
    text(UNIX_EPOCH + Duration::from_secs(seconds))
}

/// An instant.
pub fn text(instant: SystemTime) -> String {
    let exact = OffsetDateTime::from(instant);
    let millis = exact
        .replace_millisecond(exact.millisecond())
        .unwrap_or(exact);
    // Only years above 9999 cannot be written.
    millis.format(&Rfc3339).unwrap_or_default()
}
