//! Failed logins slow the caller down: per user and address, and per address.
//!
//! A user is never locked for everybody: an attacker elsewhere cannot keep an operator out.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::time::{Duration, Instant};

use crate::limits;

/// Whose failures are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    UserFrom(String, IpAddr),
    From(IpAddr),
}

/// Failures within a window that began with the first.
#[derive(Clone, Copy, Debug)]
struct Failures {
    since: Instant,
    count: u32,
}

/// Failed logins of the last minute.
#[derive(Debug, Default)]
pub struct Throttle {
    failures: HashMap<Key, Failures>,
}

impl Throttle {
    /// Time until this caller may try again; zero: at once. The attempt is counted as failed until
    /// [`Throttle::succeeded`] is called, so that attempts at the same time count too.
    pub fn attempt(&mut self, user: &str, from: IpAddr, now: Instant) -> Duration {
        self.forget(now);
        let keys = Self::keys(user, from);
        let wait = keys
            .iter()
            .map(|(key, limit)| self.wait(key, *limit, now))
            .max();
        let wait = wait.unwrap_or_default();
        if wait.is_zero() {
            for (key, _) in keys {
                let failures = self.failures.entry(key).or_insert(Failures {
                    since: now,
                    count: 0,
                });
                failures.count = failures.count.saturating_add(1);
            }
        }
        wait
    }

    /// The last attempt of this caller was good.
    pub fn succeeded(&mut self, user: &str, from: IpAddr) {
        let [(user_key, _), (address_key, _)] = Self::keys(user, from);
        self.failures.remove(&user_key);
        if let Some(failures) = self.failures.get_mut(&address_key) {
            failures.count = failures.count.saturating_sub(1);
        }
    }

    fn keys(user: &str, from: IpAddr) -> [(Key, u32); 2] {
        let from = network(from);
        // Names nobody can have are counted as one.
        let user = if user.len() <= limits::USER_NAME_LEN_MAX {
            user
        } else {
            ""
        };
        [
            (
                Key::UserFrom(user.to_owned(), from),
                limits::LOGIN_FAILURES_MAX,
            ),
            (Key::From(from), limits::LOGIN_FAILURES_PER_ADDRESS_MAX),
        ]
    }

    fn wait(&self, key: &Key, limit: u32, now: Instant) -> Duration {
        match self.failures.get(key) {
            Some(failures) if failures.count >= limit => {
                limits::LOGIN_WINDOW.saturating_sub(now.duration_since(failures.since))
            }
            Some(_) | None => Duration::ZERO,
        }
    }

    fn forget(&mut self, now: Instant) {
        self.failures
            .retain(|_, f| now.duration_since(f.since) < limits::LOGIN_WINDOW);
        while self.failures.len() >= limits::LOGIN_CALLERS_MAX {
            let oldest = self
                .failures
                .iter()
                .min_by_key(|(_, f)| f.since)
                .map(|(k, _)| k.clone());
            let Some(oldest) = oldest else { break };
            self.failures.remove(&oldest);
        }
    }
}

/// The address of IPv4, the /64 network of IPv6: an IPv6 host can use any address of its own.
fn network(from: IpAddr) -> IpAddr {
    match from {
        IpAddr::V4(_) => from,
        IpAddr::V6(addr) => Ipv6Addr::from_bits(addr.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 1));
    const THERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 2));

    #[test]
    fn failures_of_one_caller_stop_that_caller_only_and_for_the_window() {
        let mut throttle = Throttle::default();
        let start = Instant::now();
        for _ in 0..limits::LOGIN_FAILURES_MAX {
            assert_eq!(throttle.attempt("admin", HERE, start), Duration::ZERO);
        }
        assert_eq!(throttle.attempt("admin", HERE, start), limits::LOGIN_WINDOW);
        assert_eq!(throttle.attempt("admin", THERE, start), Duration::ZERO);
        assert_eq!(throttle.attempt("other", HERE, start), Duration::ZERO);
        let later = start + limits::LOGIN_WINDOW;
        assert_eq!(throttle.attempt("admin", HERE, later), Duration::ZERO);
    }

    #[test]
    fn many_names_from_one_address_are_stopped_too() {
        let mut throttle = Throttle::default();
        let start = Instant::now();
        for user in 0..limits::LOGIN_FAILURES_PER_ADDRESS_MAX {
            assert_eq!(
                throttle.attempt(&user.to_string(), HERE, start),
                Duration::ZERO
            );
        }
        assert!(!throttle.attempt("another", HERE, start).is_zero());
    }

    #[test]
    fn the_addresses_of_one_ipv6_host_count_together() {
        let mut throttle = Throttle::default();
        let start = Instant::now();
        let from = |host: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, host]);
        for host in 0..5 {
            assert_eq!(throttle.attempt("admin", from(host), start), Duration::ZERO);
        }
        assert!(!throttle.attempt("admin", from(9), start).is_zero());
    }

    #[test]
    fn a_success_clears_the_count() {
        let mut throttle = Throttle::default();
        let start = Instant::now();
        for _ in 0..100 {
            assert_eq!(throttle.attempt("admin", HERE, start), Duration::ZERO);
            throttle.succeeded("admin", HERE);
        }
    }
}
