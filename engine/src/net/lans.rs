//! On which interfaces liveness probes come in: those that have this node's addresses in the LANs.

use crate::handle::EngineConfig;
use crate::net::heartbeat::{LanAddrs, lan_addrs};
use crate::net::links::Link;
use crate::ports::{LanInterface, Responder};

/// What this node answers probes by, as the interfaces are. A LAN that has none is told.
pub(crate) fn responder(config: &EngineConfig, links: &[Link]) -> Responder {
    let addrs = lan_addrs(&config.cluster, config.node, &config.heartbeat_addrs);
    let mut interfaces: Vec<LanInterface> = Vec::new();
    let mut lans_without = 0;
    for lan in &addrs {
        let Some(interface) = interface(lan, links) else {
            lans_without += 1;
            tracing::warn!(
                lan = %lan.name, addr = %lan.own.ip(),
                "no Ethernet interface has this node's address in the LAN: probes that come there \
                 are answered by the daemon, which a busy processor delays"
            );
            continue;
        };
        if !interfaces.contains(&interface) {
            interfaces.push(interface);
        }
    }
    let port = addrs.first().map(|lan| lan.own.port());
    Responder {
        node: config.node,
        run: config.incarnation,
        port: port.unwrap_or(config.cluster.port),
        keys: config.keys.probe_keys(),
        interfaces,
        lans_without,
    }
}

/// The interface of a LAN. Programs read Ethernet frames; on loopback several nodes may be tried
/// side by side.
pub(crate) fn interface(lan: &LanAddrs, links: &[Link]) -> Option<LanInterface> {
    let addr = lan.own.ip();
    let is_fit = |link: &&Link| link.has_own(addr) && link.mac.is_some() && !link.loopback;
    let Link { index, name, .. } = links.iter().find(is_fit)?;
    Some(LanInterface {
        index: *index,
        name: name.clone(),
    })
}
