//! From records to statements: shares, takeover, who noticed, and a picture of it all.
//!
//! Pure: records in, numbers and text out.

pub mod percentiles;
pub mod picture;
pub mod share;
pub mod takeover;

use std::time::Duration;

pub use percentiles::Percentiles;
pub use share::Shares;
pub use takeover::{Disturbance, HeldToll, Takeover};

/// A duration in milliseconds, to a tenth, as reports give it.
pub fn millis(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 10_000.0).round() / 10.0
}
