//! Interfaces, addresses and routes of a namespace, by netlink.
//!
//! Made inside the namespace that it is about; see [`crate::netns::Namespace::run`].

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::os::fd::RawFd;

use anyhow::{Context, Result, anyhow, bail};
use futures::TryStreamExt;
use rtnetlink::packet_route::address::{AddressAttribute, AddressFlags};
use rtnetlink::packet_route::link::{
    BridgeStpState, InfoData, InfoVeth, LinkAttribute, LinkMessage,
};
use rtnetlink::packet_route::route::RouteType;
use rtnetlink::{
    Handle, LinkBridge, LinkMessageBuilder, LinkUnspec, LinkVeth, RouteMessageBuilder,
    new_connection,
};
use tokio::task::{JoinHandle, spawn_local};

/// A MAC address.
pub type Mac = [u8; 6];

/// Name of a station's first interface.
pub const STATION_INTERFACE: &str = "eth0";

/// Name of the second interface of a station that has two.
pub const SECOND_INTERFACE: &str = "eth1";

/// The other end of a cable: a station's interface.
#[derive(Clone, Copy, Debug)]
pub struct FarEnd {
    /// Descriptor of the station's namespace.
    pub namespace: RawFd,
    /// The interface's name.
    pub interface: &'static str,
    /// The interface's MAC address.
    pub mac: Mac,
}

/// The netlink connection of the namespace that the calling thread is in.
#[derive(Debug)]
pub struct Links {
    handle: Handle,
    connection: JoinHandle<()>,
}

impl Drop for Links {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

impl Links {
    /// Connects; needs the namespace's own runtime.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    pub fn connect() -> Result<Self> {
        let (connection, handle, _messages) = new_connection().context("opening netlink")?;
        Ok(Self {
            handle,
            connection: spawn_local(connection),
        })
    }

    /// Makes a bridge without spanning tree that forwards at once, and brings it up. `ageing_s`:
    /// how long it remembers a MAC address.
    ///
    /// # Errors
    ///
    /// When the kernel refuses, as one without bridges does.
    pub async fn add_bridge(&self, name: &str, ageing_s: u32) -> Result<u32> {
        let bridge = LinkBridge::new(name)
            .stp_state(BridgeStpState::Disabled)
            .forward_delay(0)
            // The kernel counts in hundredths of a second.
            .ageing_time(ageing_s.saturating_mul(100))
            .up()
            .build();
        self.handle
            .link()
            .add(bridge)
            .execute()
            .await
            .context("making a bridge")?;
        self.index(name).await
    }

    /// Lays a cable from a new port `name` of the bridge to a station, and brings this end up.
    ///
    /// # Errors
    ///
    /// When the kernel refuses, as one without veth does.
    pub async fn add_port(&self, bridge: u32, name: &str, far: FarEnd) -> Result<u32> {
        let peer = LinkMessageBuilder::<LinkUnspec>::new()
            .name(far.interface)
            .address(far.mac.to_vec())
            .setns_by_fd(far.namespace)
            .build();
        let near = LinkMessageBuilder::<LinkVeth>::new(name, far.interface)
            .set_info_data(InfoData::Veth(InfoVeth::Peer(peer)))
            .controller(bridge)
            .up()
            .build();
        self.handle
            .link()
            .add(near)
            .execute()
            .await
            .context("making a veth pair")?;
        self.index(name).await
    }

    /// Lays a cable from a new interface `name` here, which carries packets of `mtu` bytes at the
    /// most, to a station.
    ///
    /// # Errors
    ///
    /// When the kernel refuses, as one without veth does.
    pub async fn add_cable(&self, name: &str, mac: Mac, mtu: u32, far: FarEnd) -> Result<u32> {
        let peer = LinkMessageBuilder::<LinkUnspec>::new()
            .name(far.interface)
            .address(far.mac.to_vec())
            .setns_by_fd(far.namespace)
            .build();
        let near = LinkMessageBuilder::<LinkVeth>::new(name, far.interface)
            .set_info_data(InfoData::Veth(InfoVeth::Peer(peer)))
            .address(mac.to_vec())
            .mtu(mtu)
            .build();
        let added = self.handle.link().add(near).execute().await;
        added.context("making a veth pair")?;
        self.index(name).await
    }

    /// Sets an interface up or down.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    pub async fn set_up(&self, index: u32, up: bool) -> Result<()> {
        let link = LinkUnspec::new_with_index(index);
        let link = if up { link.up() } else { link.down() };
        let set = self.handle.link().set(link.build()).execute().await;
        set.with_context(|| {
            format!(
                "setting interface {index} {}",
                if up { "up" } else { "down" }
            )
        })
    }

    /// Removes an interface, and with it the other end of its cable.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub async fn remove(&self, index: u32) -> Result<()> {
        let removed = self.handle.link().del(index).execute().await;
        removed.with_context(|| format!("removing interface {index}"))
    }

    /// Adds addresses to an interface. IPv6 addresses can be used at once: nobody looks for a
    /// duplicate.
    ///
    /// # Errors
    ///
    /// At the first that the kernel refuses.
    pub async fn add_addresses(&self, index: u32, addrs: &[(IpAddr, u8)]) -> Result<()> {
        for &(addr, prefix) in addrs {
            let mut request = self.handle.address().add(index, addr, prefix);
            if addr.is_ipv6() {
                let flags = AddressAttribute::Flags(AddressFlags::Nodad);
                request.message_mut().attributes.push(flags);
            }
            let added = request.execute().await;
            added.with_context(|| format!("adding address {addr}/{prefix}"))?;
        }
        Ok(())
    }

    /// Whether an interface has an address.
    ///
    /// # Errors
    ///
    /// When the kernel refuses to say.
    pub async fn has_address(&self, index: u32, addr: IpAddr) -> Result<bool> {
        let addresses = self.handle.address().get().set_link_index_filter(index);
        let addresses = addresses.set_address_filter(addr).execute();
        let found: Vec<_> = addresses.try_collect().await.context("listing addresses")?;
        Ok(!found.is_empty())
    }

    /// Adds a route to `network` through `gateway`.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    pub async fn add_route(&self, network: (IpAddr, u8), gateway: IpAddr) -> Result<()> {
        let route = match (network.0, gateway) {
            (IpAddr::V4(to), IpAddr::V4(gateway)) => RouteMessageBuilder::<Ipv4Addr>::new()
                .destination_prefix(to, network.1)
                .gateway(gateway)
                .build(),
            (IpAddr::V6(to), IpAddr::V6(gateway)) => RouteMessageBuilder::<Ipv6Addr>::new()
                .destination_prefix(to, network.1)
                .gateway(gateway)
                .build(),
            (to, gateway) => bail!("{gateway} is no gateway to {to}: they are of two families"),
        };
        let added = self.handle.route().add(route).execute().await;
        added.with_context(|| format!("adding a route to {}/{}", network.0, network.1))
    }

    /// Lets packets to an IPv6 network end here without a word; else each would be answered by an error.
    ///
    /// # Errors
    ///
    /// When the kernel refuses.
    pub async fn add_black_hole(&self, (to, prefix): (Ipv6Addr, u8)) -> Result<()> {
        let route = RouteMessageBuilder::<Ipv6Addr>::new()
            .destination_prefix(to, prefix)
            .kind(RouteType::BlackHole)
            .build();
        let added = self.handle.route().add(route).execute().await;
        added.with_context(|| format!("adding a black hole for {to}/{prefix}"))
    }

    /// The index of an interface.
    ///
    /// # Errors
    ///
    /// When there is none of this name.
    pub async fn index(&self, name: &str) -> Result<u32> {
        Ok(self.link(name).await?.header.index)
    }

    /// Whether an interface is up and its cable plugged in at both ends.
    ///
    /// # Errors
    ///
    /// When there is none of this name.
    pub async fn has_carrier(&self, name: &str) -> Result<bool> {
        let link = self.link(name).await?;
        Ok(link
            .attributes
            .iter()
            .any(|a| matches!(a, LinkAttribute::Carrier(1))))
    }

    async fn link(&self, name: &str) -> Result<LinkMessage> {
        let mut links = self
            .handle
            .link()
            .get()
            .match_name(name.to_owned())
            .execute();
        let link = links
            .try_next()
            .await
            .with_context(|| format!("looking for {name}"))?;
        link.ok_or_else(|| anyhow!("there is no interface {name}"))
    }
}
