//! An interface that takes the frames to a virtual MAC, which the stack ends as those of another
//! host: a macvlan on top of the NIC.
//!
//! It receives only. It has no ARP, no route and no address that could be a source, so the kernel has
//! no reason to send from it, and replies leave by the NIC with its own MAC. Mode `private`: it must not exchange frames with other
//! macvlans of the NIC, as `bridge` does; they are no part of the farm. Everything else that comes in on it
//! (it gets a copy of each broadcast) is dropped by the rules.

use std::fs;
use std::path::Path;

use evenkeel_packet::Mac;
use nix::net::if_::if_nametoindex;

use super::label::Label;
use super::program::run;
use crate::ports::InterfacePath;

/// A virtual interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct VirtualLink {
    /// Its name.
    pub(super) name: String,
    /// Its index in the kernel.
    pub(super) index: u32,
}

/// The kernel refuses all packets of an interface without any address where `rp_filter` of the
/// machine is 1 or 2. This one is of this host alone and on no wire.
const OWN_ADDRESS: &str = "127.254.254.254/32";

/// Settings of IPv4 below `/proc/sys/net/ipv4/conf`: replies leave by another interface, which is
/// no reason to refuse a packet; and no ARP, were it ever switched on.
const IPV4: [(&str, &str); 2] = [("rp_filter", "2"), ("arp_ignore", "8")];

/// The same of IPv6: no address makes itself.
const IPV6: [(&str, &str); 2] = [("accept_ra", "0"), ("autoconf", "0")];

/// Makes the virtual interface for the interface at this place of the configuration.
///
/// # Errors
///
/// What refuses, in a sentence; nothing is left then.
pub(super) fn make(
    label: &Label,
    place: usize,
    interface: &InterfacePath,
) -> Result<VirtualLink, String> {
    let name = label.interface(place);
    let result = try_make(label, &name, interface);
    if result.is_err() {
        // It may not have come that far.
        run("ip", &["link", "delete", "dev", &name], "").map_or_else(drop, drop);
    }
    result.map_err(|refusal| {
        format!(
            "vmac_invisible needs a macvlan for {} on {}, and it cannot be made: {refusal}. A NIC \
             that is part of a bridge or bond takes none; use vmac_directed there",
            text(interface.vmac),
            interface.name
        )
    })
}

fn try_make(label: &Label, name: &str, interface: &InterfacePath) -> Result<VirtualLink, String> {
    let (nic, vmac) = (&interface.name, text(interface.vmac));
    let comment = label.comment();
    let batch = format!(
        "link add link {nic} name {name} address {vmac} type macvlan mode private\n\
         link set dev {name} arp off addrgenmode none alias \"{comment}\"\n\
         address add {OWN_ADDRESS} dev {name} scope host noprefixroute\n"
    );
    run("ip", &["-batch", "-"], &batch)?;
    settle(name, interface)?;
    run("ip", &["link", "set", "dev", name, "up"], "")?;
    let index = if_nametoindex(name).map_err(|error| format!("{name} is gone: {error}"))?;
    Ok(VirtualLink {
        name: name.to_owned(),
        index,
    })
}

/// Settings that must stand before the interface is up.
fn settle(name: &str, interface: &InterfacePath) -> Result<(), String> {
    for (key, value) in IPV4 {
        set(
            &Path::new("/proc/sys/net/ipv4/conf").join(name).join(key),
            value,
        )?;
    }
    let ipv6 = Path::new("/proc/sys/net/ipv6/conf").join(name);
    if !ipv6.exists() {
        return Ok(());
    }
    let is_needed = interface.addrs.iter().any(std::net::IpAddr::is_ipv6);
    set(
        &ipv6.join("disable_ipv6"),
        if is_needed { "0" } else { "1" },
    )?;
    for (key, value) in IPV6 {
        set(&ipv6.join(key), value)?;
    }
    Ok(())
}

fn set(path: &Path, value: &str) -> Result<(), String> {
    fs::write(path, value).map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

/// Removes all virtual interfaces of the module, also those that a killed daemon left.
///
/// # Errors
///
/// What the tool says; all that could be removed is.
pub(super) fn remove_all(label: &Label) -> Result<(), String> {
    let listed = run("ip", &["-o", "link", "show", "type", "macvlan"], "")?;
    let prefix = label.interface_prefix();
    let mut result = Ok(());
    for name in listed.lines().filter_map(link_name) {
        if name.starts_with(&prefix) {
            let removed = run("ip", &["link", "delete", "dev", name], "");
            result = result.and(removed.map(drop));
        }
    }
    result
}

/// The name in a line of `ip -o link`: `3: name@nic: <…`.
fn link_name(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once(": ")?;
    rest.split(['@', ':']).next()
}

fn text(mac: [u8; 6]) -> String {
    format!("{:?}", Mac::new(mac))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_link_has_its_name_before_the_nic_s() {
        let line = "3: evk01234567-0@if2: <BROADCAST,NOARP,UP> mtu 1500 qdisc noqueue";
        assert_eq!(link_name(line), Some("evk01234567-0"));
        assert_eq!(link_name("9: vlan0: <UP>"), Some("vlan0"));
        assert_eq!(link_name(""), None);
    }
}
