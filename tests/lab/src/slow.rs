//! A slow cable: a token bucket (`tbf`) at each end of a station's cable, put there by `tc`, lets only so much
//! pass. What does not fit waits in a short queue, as at the port of a slow switch, and is lost where that is full.

use std::time::Instant;

use anyhow::Result;

use crate::impair::{Way, tc};
use crate::link::STATION_INTERFACE;
use crate::segment::{Segment, Station};

/// The parts of a second for which a bucket has tokens, and for which a queue has room.
const BURST_PER_SECOND: u64 = 100;
const QUEUE_PER_SECOND: u64 = 10;

/// A bucket holds two full frames at least, and a queue ten of them.
const BURST_MIN: u64 = 2 * 1514;
const QUEUE_MIN: u64 = 10 * 1514;

impl Segment {
    /// Lets a station's cable carry this many kbit/s at the most in each direction; 0: as much as it can. Gives
    /// the moment just before.
    ///
    /// # Errors
    ///
    /// [`Missing`](crate::prerequisites::Missing) when there is no `tc`; otherwise when the kernel refuses.
    pub async fn slow(&self, station: &Station, kbit_per_second: u32) -> Result<Instant> {
        let port = station.namespace.name();
        let at = Instant::now();
        for way in Way::BOTH {
            // A queue is where frames leave: each direction has its own at the end that sends.
            let (namespace, interface) = match way {
                Way::FromStation => (&*station.namespace, STATION_INTERFACE),
                Way::ToStation => (self.namespace(), port),
            };
            tc(namespace, order(interface, kbit_per_second)).await?;
        }
        Ok(at)
    }
}

/// The line for `tc` that puts such a bucket in the place of whatever queue there is, or takes it away.
fn order(interface: &str, kbit_per_second: u32) -> String {
    if kbit_per_second == 0 {
        // What an interface without hardware begins with.
        return format!("qdisc replace dev {interface} root noqueue\n");
    }
    let bytes_per_second = u64::from(kbit_per_second) * 1000 / 8;
    let burst = BURST_MIN.max(bytes_per_second / BURST_PER_SECOND);
    let queue = QUEUE_MIN.max(bytes_per_second / QUEUE_PER_SECOND);
    format!(
        "qdisc replace dev {interface} root tbf rate {kbit_per_second}kbit burst {burst} limit {queue}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn a_slow_cable_has_room_for_some_frames_and_a_fast_one_for_a_moment() {
        assert_eq!(
            order("eth0", 100),
            "qdisc replace dev eth0 root tbf rate 100kbit burst 3028 limit 15140\n"
        );
        assert_eq!(
            order("eth0", 1_000_000),
            "qdisc replace dev eth0 root tbf rate 1000000kbit burst 1250000 limit 12500000\n"
        );
    }

    #[test]
    fn no_limit_is_no_queue() {
        assert_eq!(order("port1", 0), "qdisc replace dev port1 root noqueue\n");
    }
}
