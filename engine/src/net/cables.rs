//! Watches the interfaces: the kernel tells when a link is lost and when it is there again, and when
//! an address comes.

use std::collections::BTreeMap;

use futures::StreamExt;
use futures::channel::mpsc::UnboundedReceiver;
use netlink_packet_core::{NetlinkMessage, NetlinkPayload};
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::link::LinkFlags;
use rtnetlink::sys::SocketAddr;
use tokio::sync::mpsc;

use crate::net::links::link_addr;
use crate::worker::Answer;

/// What the kernel tells whoever listens.
pub(crate) type Messages = UnboundedReceiver<(NetlinkMessage<RouteNetlinkMessage>, SocketAddr)>;

/// Tells every change of a cable, and every address that comes, until nobody listens.
pub(crate) async fn watch(mut messages: Messages, answers: mpsc::Sender<Answer>) {
    let mut known = BTreeMap::new();
    while let Some((message, _)) = messages.next().await {
        let NetlinkPayload::InnerMessage(message) = message.payload else {
            continue;
        };
        let Some(change) = change(&message, &mut known) else {
            continue;
        };
        if answers.send(change).await.is_err() {
            return;
        }
    }
}

/// What a message changes; `known` says which cables are plugged in.
fn change(message: &RouteNetlinkMessage, known: &mut BTreeMap<u32, bool>) -> Option<Answer> {
    if let RouteNetlinkMessage::NewLink(link) = message {
        let interface = link.header.index;
        let plugged = link.header.flags.contains(LinkFlags::LowerUp);
        let is_same = known.insert(interface, plugged) == Some(plugged);
        return (!is_same).then_some(Answer::Cable { interface, plugged });
    }
    if let RouteNetlinkMessage::NewAddress(address) = message {
        let addr = link_addr(address)?.addr;
        return Some(Answer::Address { addr });
    }
    None
}
