//! How fast a caller may ask: so many requests a second of each user and of each API key, at each node.
//!
//! What a node asks for a caller, the caller has asked of that node and was counted there.

use std::num::NonZero;
use std::time::Duration;

use governor::clock::{Clock, MonotonicClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::limits;

/// The callers of the last second.
#[derive(Debug)]
pub struct Rates {
    callers: RateLimiter<String, HashMapStateStore<String>, MonotonicClock>,
}

impl Rates {
    /// So many requests a second of each caller, one at the least; all at once where the caller was quiet before.
    pub fn new(per_second: u32) -> Self {
        let least = NonZero::<u32>::MIN;
        let quota = Quota::per_second(NonZero::new(per_second).unwrap_or(least));
        let callers = HashMapStateStore::default();
        Self {
            callers: RateLimiter::new(quota, callers, MonotonicClock),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    ///
    /// The time until the caller may ask again; the request is not counted then.
    pub fn count(&self, caller: &str) -> Result<(), Duration> {
        if self.callers.len() >= limits::RATES_MAX {
            self.callers.retain_recent();
        }
        let now = MonotonicClock.now();
        let counted = self.callers.check_key(&caller.to_owned());
        counted.map_err(|later| later.wait_time_from(now))
    }
}
