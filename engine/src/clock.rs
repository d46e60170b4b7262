//! The one clock of the engine: `CLOCK_MONOTONIC`, which the kernel's filter reads too.

use std::time::Duration;

use evenkeel_core::ids::Time;
use nix::time::ClockId;

/// This instant.
pub(crate) fn now() -> Time {
    // The call cannot fail for this clock; zero would be the past, which renews and expires nothing.
    let since_boot = ClockId::CLOCK_MONOTONIC
        .now()
        .map_or(Duration::ZERO, Duration::from);
    Time(u64::try_from(since_boot.as_nanos()).unwrap_or(u64::MAX))
}
