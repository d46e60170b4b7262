//! `<vip>`: interfaces, entry modes and virtual addresses; the groups are in [`super::balancing`].

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::time::Duration;

use super::reader::{Element, Place, Placed, Reader};
use super::time::{Unit, positive_time, time};
use super::{balancing, values};
use crate::config::model::{ClusterConfig, EntryMode, InterfaceConfig, VipConfig, VirtualAddr};

const ARPINTERVAL: Duration = Duration::from_secs(60);
const ARPELAPSE: Duration = Duration::from_secs(1200);

/// Reads a `<vip>`.
pub(super) fn read(
    reader: &mut Reader<'_>,
    vip: &Element<'_>,
    cluster: Option<&ClusterConfig>,
) -> VipConfig {
    let tcpreset = reader
        .value(vip, "tcpreset", values::on_off)
        .unwrap_or(true);
    let scriptcontrol = reader.value(vip, "scriptcontrol", values::on_off);
    let replay = reader.value(vip, "replay", values::on_off);
    let list = vip.first("interface_list");
    let interfaces = list.map(|list| Interfaces::default().read(reader, &list, cluster));
    let interfaces = interfaces.unwrap_or_default();
    let groups = balancing::read(reader, vip, &interfaces, cluster);
    VipConfig {
        tcpreset,
        scriptcontrol: scriptcontrol.unwrap_or(false),
        replay: replay.unwrap_or(true),
        interfaces: interfaces.list,
        groups,
    }
}

/// The interfaces of a module, as far as they were read.
#[derive(Debug, Default)]
pub(super) struct Interfaces {
    list: Vec<InterfaceConfig>,
    names: BTreeMap<String, Place>,
    addrs: BTreeMap<IpAddr, Place>,
    /// Something could not be read, so what is missing here may be in the file.
    incomplete: bool,
}

impl Interfaces {
    /// Whether a virtual address is certainly not among those of the file.
    pub(super) fn lacks(&self, addr: IpAddr) -> bool {
        !self.incomplete && !self.addrs.contains_key(&addr)
    }

    /// The virtual addresses, as text for people.
    pub(super) fn describe(&self) -> String {
        let addrs: Vec<_> = self.addrs.keys().map(ToString::to_string).collect();
        values::list(&addrs.iter().map(String::as_str).collect::<Vec<_>>(), "and")
    }

    /// Whether all interfaces that a rule is about are of this entry mode: those with `addr`, or
    /// all of them.
    pub(super) fn are_all(&self, entry: EntryMode, addr: Option<IpAddr>) -> bool {
        self.with(addr).all(|interface| interface.entry == entry)
    }

    /// Whether one of the interfaces that a rule is about repeats its announcements.
    pub(super) fn repeat_announcements(&self, addr: Option<IpAddr>) -> bool {
        self.with(addr).any(|interface| interface.arpreroute)
    }

    /// Whether a rule for `addr`, or for all addresses, is certainly for IPv6 addresses only.
    pub(super) fn are_v6(&self, addr: Option<IpAddr>) -> bool {
        match addr {
            Some(addr) => addr.is_ipv6(),
            None => {
                let has_none = self.addrs.is_empty() || self.incomplete;
                !has_none && self.addrs.keys().all(IpAddr::is_ipv6)
            }
        }
    }

    /// The interfaces with `addr`, or all of them.
    fn with(&self, addr: Option<IpAddr>) -> impl Iterator<Item = &InterfaceConfig> {
        let has = move |interface: &&InterfaceConfig| {
            addr.is_none_or(|addr| interface.addrs.iter().any(|known| known.addr == addr))
        };
        self.list.iter().filter(has)
    }

    fn read(
        mut self,
        reader: &mut Reader<'_>,
        list: &Element<'_>,
        cluster: Option<&ClusterConfig>,
    ) -> Self {
        for element in list.all("interface") {
            match self.read_interface(reader, &element, cluster) {
                Some(interface) => self.list.push(interface),
                None => self.incomplete = true,
            }
        }
        self
    }

    fn read_interface(
        &mut self,
        reader: &mut Reader<'_>,
        element: &Element<'_>,
        cluster: Option<&ClusterConfig>,
    ) -> Option<InterfaceConfig> {
        let name = reader.placed(element, "name", values::nic_name);
        if let Some(name) = &name {
            reader.once(&mut self.names, name);
        }
        let check = reader
            .value(element, "check", values::on_off)
            .unwrap_or(true);
        let arpreroute = reader
            .value(element, "arpreroute", values::on_off)
            .unwrap_or(false);
        let arpinterval = reader.value(element, "arpinterval", positive_time(Unit::Seconds));
        let arpelapse = reader.value(element, "arpelapse", time(Unit::Seconds));
        let virtual_interface = element.first("virtual_interface")?;
        let entry = read_entry(reader, &virtual_interface);
        let vmac = read_vmac(reader, &virtual_interface, entry);
        let addrs = self.read_addrs(reader, &virtual_interface, cluster);
        Some(InterfaceConfig {
            name: name.map(|name| name.value),
            check,
            arpreroute,
            arpinterval: arpinterval.unwrap_or(ARPINTERVAL),
            arpelapse: arpelapse.unwrap_or(ARPELAPSE),
            entry: entry?,
            vmac,
            addrs,
        })
    }

    fn read_addrs(
        &mut self,
        reader: &mut Reader<'_>,
        virtual_interface: &Element<'_>,
        cluster: Option<&ClusterConfig>,
    ) -> Vec<VirtualAddr> {
        let mut addrs = Vec::new();
        for element in virtual_interface.all("virtual_addr") {
            match read_addr(reader, &element) {
                Some(read) => {
                    let addr = Placed {
                        value: read.addr,
                        place: reader.place_of(&element, "addr"),
                    };
                    reader.once(&mut self.addrs, &addr);
                    refuse_node_addr(reader, &addr, cluster);
                    addrs.push(read);
                }
                None => self.incomplete = true,
            }
        }
        addrs
    }
}

fn read_entry(reader: &mut Reader<'_>, element: &Element<'_>) -> Option<EntryMode> {
    let modes = [
        ("vmac_directed", EntryMode::VmacDirected),
        ("vmac_invisible", EntryMode::VmacInvisible),
    ];
    reader.value(element, "type", values::choice(&modes))
}

fn read_vmac(
    reader: &mut Reader<'_>,
    element: &Element<'_>,
    entry: Option<EntryMode>,
) -> Option<[u8; 6]> {
    let vmac = reader.placed(element, "addr", values::mac)?;
    if entry == Some(EntryMode::VmacDirected) {
        let message = "vmac_directed has no virtual MAC; remove addr, or set the type to \
                       vmac_invisible";
        reader.error(vmac.place, message);
    }
    Some(vmac.value)
}

fn read_addr(reader: &mut Reader<'_>, element: &Element<'_>) -> Option<VirtualAddr> {
    let addr = reader.value(element, "addr", values::virtual_addr);
    let _where: Option<()> = reader.value(element, "where", |text| match text {
        "alias" => Ok(()),
        "one_side_alias" | "one_side" => Err(format!(
            "{text} is for mirror modules, which are not supported; write alias"
        )),
        _ => Err(format!("{text:?} is not alias")),
    });
    let check = reader
        .value(element, "check", values::on_off)
        .unwrap_or(true);
    let connections = reader
        .value(element, "connections", values::on_off)
        .unwrap_or(false);
    let netmask = reader.placed(element, "netmask", values::netmask);
    if let (Some(IpAddr::V6(addr)), Some(Placed { place, .. })) = (addr, &netmask) {
        let message = format!("netmask is for IPv4 addresses; {addr} needs none, remove it");
        reader.error(place.clone(), message);
    }
    Some(VirtualAddr {
        addr: addr?,
        check,
        connections,
        prefix_len: netmask.map(|placed| placed.value),
    })
}

fn refuse_node_addr(
    reader: &mut Reader<'_>,
    addr: &Placed<IpAddr>,
    cluster: Option<&ClusterConfig>,
) {
    let nodes = cluster
        .iter()
        .flat_map(|cluster| &cluster.lans)
        .flat_map(|lan| &lan.nodes);
    for node in nodes.filter(|node| node.addr == addr.value) {
        let name = &node.name;
        let message = format!(
            "{} is the own address of {name}; give a free one",
            addr.value
        );
        reader.error(addr.place.clone(), message);
    }
}
