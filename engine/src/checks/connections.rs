//! `connections="on"` of virtual addresses: how many TCP connections each of them has on this node. All of a
//! module are counted together, for the kernel lists every socket at each count.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::net::IpAddr;
use std::sync::Weak;

use evenkeel_core::module::resources::UNKNOWN;
use tokio::time::MissedTickBehavior;

use super::pace::Resource;
use crate::limits;
use crate::net::sockets;

/// An address whose connections are counted.
#[derive(Debug)]
pub(super) struct Counted {
    addr: IpAddr,
    resource: Resource,
    /// Somebody wants to know of it as long as there is this.
    wanted: Weak<()>,
}

impl Counted {
    /// One that was not counted yet.
    pub(super) const fn new(addr: IpAddr, resource: Resource, wanted: Weak<()>) -> Self {
        Self {
            addr,
            resource,
            wanted,
        }
    }

    fn is_wanted(&self) -> bool {
        self.wanted.strong_count() > 0
    }
}

/// Counts until nobody wants to know.
pub(super) async fn run(mut all: Vec<Counted>) {
    let mut ticks = tokio::time::interval(limits::CONNECTIONS_COUNT);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        all.retain(Counted::is_wanted);
        if all.is_empty() {
            return;
        }
        let addrs: BTreeSet<IpAddr> = all.iter().map(|one| one.addr).collect();
        let counting = tokio::task::spawn_blocking(move || sockets::count(&addrs));
        let counts = counting.await.map_err(io::Error::other).flatten();
        for one in all.iter_mut().filter(|one| one.is_wanted()) {
            let (value, reason) = match &counts {
                Ok(counts) => {
                    let count = counts.get(&one.addr).copied().unwrap_or(0);
                    (Cow::Owned(count.to_string()), None)
                }
                Err(error) => {
                    let reason = format!("the kernel does not list its sockets: {error}");
                    (Cow::Borrowed(UNKNOWN), Some(reason))
                }
            };
            if one.resource.vary(value, reason).await.is_err() {
                return;
            }
        }
    }
}
