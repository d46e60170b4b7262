//! What stands around the servers: switches, clients, a console, a router.

use std::sync::Arc;

use anyhow::{Context, Result};

use super::options::FarmOptions;
use super::plan::{self, Net, STRANGERS_V6};
use crate::link::Links;
use crate::netns::Namespace;
use crate::segment::{MacNames, Segment, Station, lay_cable};

/// Parameters with which a station forgets its neighbours within about a second.
const FORGETFUL: [(&str, &str); 8] = [
    ("net.ipv4.neigh.eth0.base_reachable_time_ms", "500"),
    ("net.ipv4.neigh.eth0.gc_stale_time", "1"),
    ("net.ipv4.neigh.eth0.delay_first_probe_time", "0"),
    ("net.ipv4.neigh.eth0.locktime", "0"),
    ("net.ipv6.neigh.eth0.base_reachable_time_ms", "500"),
    ("net.ipv6.neigh.eth0.gc_stale_time", "1"),
    ("net.ipv6.neigh.eth0.delay_first_probe_time", "0"),
    ("net.ipv6.neigh.eth0.locktime", "0"),
];

/// A router forwards, also for addresses that it has just got.
const FORWARDING: [(&str, &str); 2] = [
    ("net.ipv4.ip_forward", "1"),
    ("net.ipv6.conf.all.forwarding", "1"),
];

/// Everything but the servers.
#[derive(Debug)]
pub struct Surroundings {
    /// The switch.
    pub segment: Segment,
    /// The second switch, with the client's interface there.
    pub second: Option<(Segment, Station)>,
    /// Where the load comes from.
    pub client: Station,
    /// Where the API is called from.
    pub console: Station,
    /// The router and the client behind it.
    pub router: Option<Router>,
    /// Clients with one address each.
    pub guests: Vec<Station>,
}

/// A router with a client behind it.
#[derive(Debug)]
pub struct Router {
    /// Its interface at the switch.
    pub station: Station,
    /// The client behind it.
    pub far: Arc<Namespace>,
}

impl Surroundings {
    pub(super) async fn new(options: &FarmOptions) -> Result<Self> {
        let segment = Segment::new(options.ageing_s).await?;
        let client = segment.plug("client", Net::First.client()).await?;
        let ignore = async || Links::connect()?.add_black_hole(STRANGERS_V6).await;
        client.namespace.run(ignore).await??;
        let console = segment.plug("console", plan::console()).await?;
        let mut second = None;
        if options.second_segment {
            let other = Segment::new(options.ageing_s).await?;
            let there = other.plug_second(&client, Net::Second.client()).await?;
            second = Some((other, there));
        }
        let mut router = None;
        if options.router {
            router = Some(Router::new(&segment).await?);
        }
        let mut guests = Vec::new();
        for number in 1..=options.guests {
            let name = format!("guest{number}");
            guests.push(segment.plug(&name, plan::guest(number)).await?);
        }
        let made = Self {
            segment,
            second,
            client,
            console,
            router,
            guests,
        };
        if options.forgets_neighbours {
            forget_neighbours(&made.client).await?;
        }
        Ok(made)
    }

    /// Plugs a server in; each machine that a node had has a MAC address of its own.
    pub(super) async fn plug_server(
        &self,
        number: u8,
        machine: u8,
        options: &FarmOptions,
    ) -> Result<Station> {
        let name = plan::node_name(number);
        let address = Net::First.machine(number, machine);
        let station = self.segment.plug(&name, address).await?;
        if let Some((second, _)) = &self.second {
            let address = Net::Second.machine(number, machine);
            second.plug_second(&station, address).await?;
        }
        if options.forgets_neighbours {
            forget_neighbours(&station).await?;
        }
        Ok(station)
    }

    /// Adds the names of the MAC addresses that may be seen.
    pub(super) fn name_macs(&self, names: &mut MacNames) {
        names.insert(self.client.mac, "client");
        names.insert(self.console.mac, "console");
        if let Some((_, client)) = &self.second {
            names.insert(client.mac, "client");
        }
        if let Some(router) = &self.router {
            names.insert(router.station.mac, "router");
        }
        for guest in &self.guests {
            names.insert(guest.mac, guest.namespace.name());
        }
    }
}

impl Router {
    async fn new(segment: &Segment) -> Result<Self> {
        let station = segment.plug("router", plan::router()).await?;
        let far = Arc::new(Namespace::new("far")?);
        let ends = (
            (&*station.namespace, plan::router_far()),
            (&*far, plan::far_client()),
        );
        lay_cable(ends.0, ends.1, plan::FAR_MTU)
            .await
            .context("laying the cable to the far client")?;
        station.namespace.set(&FORWARDING).await?;
        Ok(Self { station, far })
    }
}

async fn forget_neighbours(station: &Station) -> Result<()> {
    station.namespace.set(&FORGETFUL).await
}
