//! One layer-2 segment: a switch, and stations plugged into it.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use anyhow::{Context, Result};

use crate::link::{FarEnd, Links, Mac, SECOND_INTERFACE, STATION_INTERFACE};
use crate::netns::Namespace;

const BRIDGE: &str = "switch";

/// What sends a bridge's frames through the packet filters of its namespace, where the kernel has it.
const BRIDGE_FILTERS: [&str; 3] = [
    "net.bridge.bridge-nf-call-arptables",
    "net.bridge.bridge-nf-call-ip6tables",
    "net.bridge.bridge-nf-call-iptables",
];

/// A switch in a namespace of its own.
#[derive(Debug)]
pub struct Segment {
    namespace: Namespace,
    bridge: u32,
}

/// A machine's cable to the switch.
#[derive(Clone, Debug)]
pub struct Station {
    /// Where it lives.
    pub namespace: Arc<Namespace>,
    /// The MAC address of its interface.
    pub mac: Mac,
    /// Index of its port in the switch.
    pub port: u32,
}

/// What a station is given when it is plugged in.
#[derive(Clone, Debug)]
pub struct Address {
    /// The MAC address of its interface.
    pub mac: Mac,
    /// Its addresses with their prefix lengths.
    pub addrs: Vec<(IpAddr, u8)>,
    /// Networks behind other stations: network, prefix length, gateway.
    pub routes: Vec<(IpAddr, u8, IpAddr)>,
}

impl Segment {
    /// Makes a switch that forgets a MAC address after `ageing_s` seconds.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    pub async fn new(ageing_s: u32) -> Result<Self> {
        let namespace = Namespace::new("switch")?;
        // A switch looks at MAC addresses: it filters nothing, and puts no fragments together.
        for filter in BRIDGE_FILTERS {
            namespace.set_where_known(filter, "0").await?;
        }
        let bridge = namespace
            .run(move || async move { Links::connect()?.add_bridge(BRIDGE, ageing_s).await });
        let bridge = bridge.await??;
        Ok(Self { namespace, bridge })
    }

    /// The switch's namespace.
    pub const fn namespace(&self) -> &Namespace {
        &self.namespace
    }

    /// Makes a station and plugs it in.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    pub async fn plug(&self, name: &str, address: Address) -> Result<Station> {
        let namespace = Arc::new(Namespace::new(name)?);
        // Its interfaces can look for neighbours at once, as those of a machine that has been up for a second.
        namespace
            .set_where_known("net.ipv6.conf.default.accept_dad", "0")
            .await?;
        self.connect(&namespace, STATION_INTERFACE, address).await
    }

    /// Plugs the second interface of a station in, which is at another switch with its first one.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    pub async fn plug_second(&self, station: &Station, address: Address) -> Result<Station> {
        let namespace = Arc::clone(&station.namespace);
        self.connect(&namespace, SECOND_INTERFACE, address).await
    }

    async fn connect(
        &self,
        namespace: &Arc<Namespace>,
        interface: &'static str,
        address: Address,
    ) -> Result<Station> {
        let (bridge, mac) = (self.bridge, address.mac);
        let far = FarEnd {
            namespace: namespace.raw_fd(),
            interface,
            mac,
        };
        let name = namespace.name().to_owned();
        let near = name.clone();
        let port = self
            .namespace
            .run(move || async move { Links::connect()?.add_port(bridge, &near, far).await });
        let port = port
            .await?
            .with_context(|| format!("plugging {name} into the switch"))?;
        let configured = namespace.run(move || configure(interface, address)).await?;
        configured.with_context(|| format!("configuring {name}"))?;
        Ok(Station {
            namespace: Arc::clone(namespace),
            mac,
            port,
        })
    }

    /// Pulls a station's cable, or plugs it in again.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    pub async fn set_link(&self, port: u32, up: bool) -> Result<()> {
        let set = self
            .namespace
            .run(move || async move { Links::connect()?.set_up(port, up).await });
        set.await?
    }

    /// Takes a station's cable away for good, and its interface with it.
    ///
    /// # Errors
    ///
    /// When it is gone.
    pub async fn unplug(&self, port: u32) -> Result<()> {
        self.namespace
            .run(move || async move { Links::connect()?.remove(port).await })
            .await?
    }
}

/// Lays a cable between two stations, away from any switch: `from` gets its second interface,
/// which carries packets of `mtu` bytes at the most, and `to` its first.
///
/// # Errors
///
/// When the kernel refuses.
pub async fn lay_cable(
    (from, from_address): (&Namespace, Address),
    (to, to_address): (&Namespace, Address),
    mtu: u32,
) -> Result<()> {
    let far = FarEnd {
        namespace: to.raw_fd(),
        interface: STATION_INTERFACE,
        mac: to_address.mac,
    };
    let mac = from_address.mac;
    let lay = move || async move {
        let links = Links::connect()?;
        links.add_cable(SECOND_INTERFACE, mac, mtu, far).await
    };
    from.run(lay).await??;
    to.run(move || configure(STATION_INTERFACE, to_address))
        .await??;
    from.run(move || configure(SECOND_INTERFACE, from_address))
        .await?
}

/// Configures an interface of the station that the caller is in. It comes up first: the kernel gives
/// addresses that were there before their routes only when it has seen the carrier, some time later.
async fn configure(interface: &str, address: Address) -> Result<()> {
    let links = Links::connect()?;
    links.set_up(links.index("lo").await?, true).await?;
    let interface = links.index(interface).await?;
    links.set_up(interface, true).await?;
    links.add_addresses(interface, &address.addrs).await?;
    for (network, prefix, gateway) in address.routes {
        links.add_route((network, prefix), gateway).await?;
    }
    Ok(())
}

/// Sets the first interface of the station that the caller is in down; its cable stays plugged in.
///
/// # Errors
///
/// When the kernel refuses.
pub async fn disable() -> Result<()> {
    let links = Links::connect()?;
    links
        .set_up(links.index(STATION_INTERFACE).await?, false)
        .await
}

/// Sets the first interface of the station that the caller is in up again, and gives it of `address`
/// what the kernel took from it meanwhile.
///
/// # Errors
///
/// When the kernel refuses.
pub async fn enable(address: Address) -> Result<()> {
    let links = Links::connect()?;
    let interface = links.index(STATION_INTERFACE).await?;
    let mut lost = Vec::new();
    for (addr, prefix) in address.addrs {
        if !links.has_address(interface, addr).await? {
            lost.push((addr, prefix));
        }
    }
    let left = Address {
        addrs: lost,
        ..address
    };
    configure(STATION_INTERFACE, left).await
}

/// Names for MAC addresses in messages.
#[derive(Clone, Debug, Default)]
pub struct MacNames(BTreeMap<Mac, String>);

impl MacNames {
    /// Gives an address a name.
    pub fn insert(&mut self, mac: Mac, name: &str) {
        self.0.insert(mac, name.to_owned());
    }

    /// The name, or the address in hexadecimal.
    pub fn name(&self, mac: Mac) -> String {
        self.0.get(&mac).cloned().unwrap_or_else(|| hex(mac))
    }
}

/// A MAC address as people write it.
pub fn hex(mac: Mac) -> String {
    mac.map(|byte| format!("{byte:02x}")).join(":")
}
