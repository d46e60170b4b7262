//! Which source address and port comes next: never the same pair twice before all were used.

use std::net::{IpAddr, SocketAddr};

/// Source addresses and ports to rotate through: the address changes each time, the port when all
/// addresses had their turn.
#[derive(Clone, Debug)]
pub struct Tuples {
    sources: Vec<IpAddr>,
    first_port: u16,
    ports: u16,
    next: usize,
}

impl Tuples {
    /// Rotates through `sources` and `ports` ports from `first_port` on. At least one of each.
    pub fn new(sources: Vec<IpAddr>, first_port: u16, ports: u16) -> Self {
        assert!(
            !sources.is_empty() && ports > 0,
            "nothing to rotate through"
        );
        Self {
            sources,
            first_port,
            ports,
            next: 0,
        }
    }
}

impl Iterator for Tuples {
    type Item = SocketAddr;

    fn next(&mut self) -> Option<SocketAddr> {
        let source = self.sources[self.next % self.sources.len()];
        let turn = (self.next / self.sources.len()) % usize::from(self.ports);
        self.next += 1;
        let port = self.first_port.wrapping_add(u16::try_from(turn).ok()?);
        Some(SocketAddr::new(source, port))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_once_and_the_address_changes_first() {
        let sources = vec![IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2])];
        let seen: Vec<String> = Tuples::new(sources, 100, 2)
            .take(5)
            .map(|tuple| tuple.to_string())
            .collect();
        assert_eq!(
            seen,
            [
                "10.0.0.1:100",
                "10.0.0.2:100",
                "10.0.0.1:101",
                "10.0.0.2:101",
                "10.0.0.1:100"
            ]
        );
    }
}
