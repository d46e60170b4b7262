//! Watches the interfaces' cables: the kernel tells when a link is lost and when it is there again.

use std::collections::BTreeMap;

use futures::StreamExt;
use futures::channel::mpsc::UnboundedReceiver;
use netlink_packet_core::{NetlinkMessage, NetlinkPayload};
use netlink_packet_route::RouteNetlinkMessage;
use netlink_packet_route::link::LinkFlags;
use rtnetlink::sys::SocketAddr;
use tokio::sync::mpsc;

use crate::worker::Answer;

/// What the kernel tells whoever listens.
pub(crate) type Messages = UnboundedReceiver<(NetlinkMessage<RouteNetlinkMessage>, SocketAddr)>;

/// Tells every change of a cable, until nobody listens.
pub(crate) async fn watch(mut messages: Messages, answers: mpsc::Sender<Answer>) {
    let mut known = BTreeMap::new();
    while let Some((message, _)) = messages.next().await {
        let NetlinkPayload::InnerMessage(RouteNetlinkMessage::NewLink(link)) = message.payload
        else {
            continue;
        };
        let interface = link.header.index;
        let plugged = link.header.flags.contains(LinkFlags::LowerUp);
        if known.insert(interface, plugged) == Some(plugged) {
            continue;
        }
        let told = answers.send(Answer::Cable { interface, plugged });
        if told.await.is_err() {
            return;
        }
    }
}
