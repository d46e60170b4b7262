//! The events of all nodes in one stream: a task per node that asks it again for as long as it does not
//! answer, and goes on where it was.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode, header};
use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt};
use tokio::sync::mpsc;
use tower::ServiceExt;

use crate::app::Shared;
use crate::auth::Caller;
use crate::limits;
use crate::problem::Problem;
use crate::views::feed::{EventKind, FeedEvent};

/// A place in the feed of each node, as in `node1=4-17,node2=3-9`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<String, String>);

impl fmt::Display for Places {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (node, place)) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{node}={place}")?;
        }
        Ok(())
    }
}

impl Places {
    /// Reads them; each is a node of the cluster and the id of one of its events.
    ///
    /// # Errors
    ///
    /// When they are not.
    pub fn read(text: &str, nodes: &[String]) -> Result<Self, Problem> {
        let read = |part: &str| {
            let wrong = || {
                let detail = format!("after: {part:?} is no node and place, as in node1=4-17");
                Problem::malformed(detail)
            };
            let (node, place) = part.split_once('=').ok_or_else(wrong)?;
            place.parse::<super::Cursor>()?;
            let is_known = nodes.iter().any(|known| known == node);
            let place = (node.to_owned(), place.to_owned());
            is_known.then_some(place).ok_or_else(wrong)
        };
        text.split(',')
            .map(read)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// The events of all nodes, in the order in which they come here.
pub fn follow(
    app: &Shared,
    caller: &Caller,
    places: Places,
    query: &str,
) -> impl Stream<Item = FeedEvent> + Send + use<> {
    let (sender, receiver) = mpsc::channel(limits::FEED_BATCH);
    for node in app.node_names() {
        let reader = Reader {
            app: Arc::clone(app),
            bearer: caller.bearer.clone(),
            place: places.0.get(&node).cloned(),
            query: query.to_owned(),
            sender: sender.clone(),
            node,
        };
        tokio::spawn(reader.run());
    }
    stream::unfold(
        (receiver, places),
        |(mut receiver, mut places)| async move {
            let event: FeedEvent = receiver.recv().await?;
            // One that does not come from the node has no place there.
            if !event.id.is_empty() {
                places.0.insert(event.node.clone(), event.id);
            }
            let id = places.to_string();
            Some((FeedEvent { id, ..event }, (receiver, places)))
        },
    )
}

/// Reads the events of one node.
struct Reader {
    app: Shared,
    node: String,
    bearer: String,
    place: Option<String>,
    query: String,
    sender: mpsc::Sender<FeedEvent>,
}

/// An answer as it comes; `None` where it breaks off.
type Chunks = BoxStream<'static, Option<Bytes>>;

/// Nobody listens any more, or the node does not let the caller in.
struct Ended;

impl Reader {
    async fn run(mut self) {
        let gone = self.sender.clone();
        let read = async {
            let mut told = false;
            while let Ok(heard) = self.connection().await {
                told &= !heard;
                if !told && self.say_unreachable().await.is_err() {
                    return;
                }
                told = true;
                tokio::time::sleep(limits::FOLLOW_RETRY).await;
            }
        };
        tokio::select! {
            () = read => {}
            () = gone.closed() => {}
        }
    }

    async fn say_unreachable(&self) -> Result<(), Ended> {
        let message = format!(
            "{} does not answer; its events follow when it does",
            self.node
        );
        let event = FeedEvent::new(&self.node, EventKind::NodeUnreachable, message);
        self.send(event).await
    }

    async fn send(&self, event: FeedEvent) -> Result<(), Ended> {
        self.sender.send(event).await.map_err(|_nobody| Ended)
    }

    /// The node's answer: this node's inside the process, another one's over HTTPS.
    async fn open(&self, path: &str) -> Option<(StatusCode, Chunks)> {
        if self.app.is_me(&self.node) {
            let request = Request::get(path)
                .header(header::AUTHORIZATION, format!("Bearer {}", self.bearer))
                .body(Body::empty());
            let service = self.app.service.get()?.clone();
            let Ok(response) = service.oneshot(request.ok()?).await;
            let status = response.status();
            let chunks = response.into_body().into_data_stream();
            return Some((status, chunks.map(Result::ok).boxed()));
        }
        let opened = self.app.peers.open(&self.node, &self.bearer, path, None);
        let response = opened.await.ok()?;
        let status = response.status();
        Some((status, response.bytes_stream().map(Result::ok).boxed()))
    }

    /// Reads until the connection breaks; whether there was one.
    async fn connection(&mut self) -> Result<bool, Ended> {
        let after = self.place.iter().map(|place| format!("&after={place}"));
        let query = format!("{}{}", self.query, after.collect::<String>());
        let query = query.trim_start_matches('&');
        let path = format!("/v1/nodes/{}/events?{query}", self.node);
        let Some((status, mut chunks)) = self.open(&path).await else {
            return Ok(false);
        };
        match status {
            StatusCode::OK => {}
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => return Err(Ended),
            _ => return Ok(false),
        }
        let mut frames = Frames::default();
        while let Some(Some(chunk)) = chunks.next().await {
            frames.add(&chunk);
            while let Some(event) = frames.next() {
                self.place = Some(event.id.clone());
                self.send(event).await?;
            }
            if frames.0.len() > limits::FEED_FRAME_BYTES_MAX {
                break;
            }
        }
        Ok(true)
    }
}

/// The bytes of a stream of events that are not read yet.
#[derive(Debug, Default)]
struct Frames(Vec<u8>);

impl Frames {
    fn add(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    /// The next event; what is none, such as a sign of life, is passed over.
    fn next(&mut self) -> Option<FeedEvent> {
        loop {
            let end = self.0.windows(2).position(|two| two == b"\n\n")?;
            let frame: Vec<u8> = self.0.drain(..end + 2).collect();
            let mut lines = frame.split(|byte| *byte == b'\n');
            let event = lines
                .find_map(|line| line.strip_prefix(b"data:"))
                .and_then(|data| serde_json::from_slice(data).ok());
            if event.is_some() {
                return event;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_of_nodes_of_the_cluster() {
        let nodes = ["node1", "node2"].map(ToOwned::to_owned);
        let text = "node1=4-17,node2=3-9";
        assert_eq!(Places::read(text, &nodes).unwrap().to_string(), text);
        for bad in [
            "",
            "4-17",
            "node1",
            "node1=",
            "node1=x",
            "node3=4-17",
            "node1=4-17,",
        ] {
            assert!(Places::read(bad, &nodes).is_err(), "{bad}");
        }
    }

    #[test]
    fn events_are_read_wherever_the_network_cuts_them() {
        let event = |n: u32| FeedEvent::new("node1", EventKind::ShareOpened, n);
        let frame = |n: u32| {
            let data = serde_json::to_string(&event(n)).unwrap();
            format!("id: 4-{n}\nevent: share_opened\ndata: {data}\n\n")
        };
        let all = format!("{}:\n\n{}event: x\n\n{}", frame(1), frame(2), frame(3));
        for size in 1..all.len() {
            let mut frames = Frames::default();
            let mut read = Vec::new();
            for chunk in all.as_bytes().chunks(size) {
                frames.add(chunk);
                read.extend(std::iter::from_fn(|| frames.next()).map(|event| event.message));
            }
            assert_eq!(read, ["1", "2", "3"], "{size}");
        }
    }
}
