//! Events as they happen: followed at one node or at all, gone on with after the connection broke.

use std::time::Duration;

use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::common::{Farm, PATIENCE, light};

/// A client that reads events.
struct Stream {
    response: Response,
    bytes: Vec<u8>,
}

/// An event as it came: its id, its name, its data.
#[derive(Debug)]
struct Event {
    id: String,
    name: String,
    data: Value,
}

impl Stream {
    async fn open(farm: &Farm, node: usize, path: &str, token: &str, last: Option<&str>) -> Self {
        let request = farm.http().get(format!("{}{path}", farm.url(node)));
        let mut request = request.bearer_auth(token).timeout(Duration::MAX);
        if let Some(last) = last {
            request = request.header("Last-Event-ID", last);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let bytes = Vec::new();
        Self { response, bytes }
    }

    /// The next event; `None` at the end of the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(end) = self.bytes.windows(2).position(|two| two == b"\n\n") {
                let frame: Vec<u8> = self.bytes.drain(..end + 2).collect();
                if let Some(event) = read(&String::from_utf8(frame).unwrap()) {
                    return Some(event);
                }
                continue;
            }
            let chunk = timeout(PATIENCE, self.response.chunk());
            let chunk = chunk.await.expect("an event or a sign of life");
            self.bytes.extend(chunk.unwrap_or_default()?);
        }
    }

    /// The first event from here on that fits.
    async fn until(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Event {
        loop {
            let event = self
                .next()
                .await
                .unwrap_or_else(|| panic!("the end: no {what}"));
            if fits(&event.data) {
                return event;
            }
        }
    }
}

fn read(frame: &str) -> Option<Event> {
    let line = |name: &str| {
        let mut lines = frame.lines();
        lines.find_map(|line| Some(line.strip_prefix(name)?.trim().to_owned()))
    };
    let data = serde_json::from_str(&line("data:")?).unwrap();
    let (id, name) = (line("id:").unwrap(), line("event:").unwrap());
    Some(Event { id, name, data })
}

async fn configure(farm: &Farm) {
    let client = farm.client(0).await;
    let configured = client.configure_module().module("app").body(light());
    configured.send().await.unwrap();
}

async fn act(farm: &Farm, action: &str, token: &str) {
    let path = format!("/v1/modules/app/{action}");
    let done = farm.ask(0, Method::POST, &path, Some(token), Some(json!({})));
    assert_eq!(done.await.status, StatusCode::ACCEPTED);
}

fn is_in(node: &str, phase: &str, readiness: &str) -> impl Fn(&Value) -> bool {
    let wanted = [("node", node), ("phase", phase), ("readiness", readiness)];
    let wanted = wanted.map(|(name, value)| (name.to_owned(), value.to_owned()));
    move |event| wanted.iter().all(|(name, value)| event[name] == *value)
}

const OF_NODE_2: &str = "/v1/nodes/node2/events";

#[tokio::test]
async fn who_was_cut_off_goes_on_after_the_last_event_that_came() {
    let farm = Farm::start(2).await;
    let token = farm.token().await;
    // Of the second node by way of the first.
    let mut stream = Stream::open(&farm, 0, OF_NODE_2, &token, None).await;
    let opened = stream.next().await.unwrap();
    assert_eq!(
        (&*opened.name, &opened.data["node"]),
        ("stream_opened", &json!("node2"))
    );
    configure(&farm).await;
    act(&farm, "start", &token).await;
    let called = stream
        .until("action", |event| event["kind"] == "action_called")
        .await;
    assert_eq!(called.name, "action_called");
    assert_eq!(called.data["id"], called.id);
    for (field, value) in [("action", "start"), ("by", "admin"), ("module", "app")] {
        assert_eq!(called.data[field], value, "{called:?}");
    }
    let up = stream.until("UP", is_in("node2", "UP", "Ready")).await;
    drop(stream);
    act(&farm, "stop", &token).await;
    let mut again = Stream::open(&farm, 0, OF_NODE_2, &token, Some(&up.id)).await;
    assert_eq!(again.next().await.unwrap().id, up.id);
    let (run, number) = up.id.split_once('-').unwrap();
    let next = format!("{run}-{}", number.parse::<u64>().unwrap() + 1);
    assert_eq!(again.next().await.unwrap().id, next);
    again
        .until("STOP", is_in("node2", "STOP", "NotReady"))
        .await;
    // The same at the node itself, by the parameter that curl has it easier with.
    let path = format!(
        "/v1/nodes/self/events?after={}&module=app&level=normal",
        up.id
    );
    let mut direct = Stream::open(&farm, 1, &path, &token, None).await;
    direct.next().await.unwrap();
    let first = direct.next().await.unwrap();
    assert_eq!(first.data["level"], "normal");
    direct
        .until("STOP", is_in("node2", "STOP", "NotReady"))
        .await;
}

#[tokio::test]
async fn events_of_all_nodes_come_in_one_stream() {
    let mut farm = Farm::start(2).await;
    let token = farm.token().await;
    let mut stream = Stream::open(&farm, 0, "/v1/events", &token, None).await;
    let mut last = String::new();
    while last.split(',').count() < 2 {
        let opened = stream.next().await.unwrap();
        assert_eq!(opened.name, "stream_opened");
        last = opened.id;
    }
    configure(&farm).await;
    act(&farm, "start", &token).await;
    // Both nodes' are missed by this stream, and are in the one that goes on.
    drop(stream);
    for node in ["node1", "node2"] {
        let mut stream = Stream::open(&farm, 1, "/v1/events", &token, Some(&last)).await;
        stream.until(node, is_in(node, "UP", "Ready")).await;
    }
    let mut stream = Stream::open(&farm, 0, "/v1/events?module=app", &token, Some(&last)).await;
    stream.until("node2", is_in("node2", "UP", "Ready")).await;
    farm.kill_node(1);
    let of_node2 =
        |name: &'static str| move |event: &Value| event["kind"] == name && event["node"] == "node2";
    stream.until("silence", of_node2("node_unreachable")).await;
    farm.start_node(1).await;
    stream.until("connection", of_node2("stream_opened")).await;
    stream.until("gap", of_node2("events_lost")).await;
}

#[tokio::test]
async fn a_place_is_the_id_of_an_event() {
    let farm = Farm::start(1).await;
    let token = farm.token().await;
    for path in [
        "/v1/nodes/self/events?after=yesterday",
        "/v1/events?after=4-17",
        "/v1/events?after=node9=4-17",
        "/v1/events?since=4-17",
    ] {
        let answer = farm.ask(0, Method::GET, path, Some(&token), None).await;
        assert_eq!(answer.problem(), "malformed-request", "{path}");
    }
}

#[tokio::test]
async fn a_stream_ends_when_its_user_may_not_follow_any_more() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let user = json!({"name": "guest", "password": "a good password", "role": "monitor"});
    let made = farm.ask(0, Method::POST, "/v1/users", Some(&admin), Some(user));
    assert_eq!(made.await.status, StatusCode::CREATED);
    let guest = farm.token_of("guest", "a good password").await;
    let mut streams = Vec::new();
    for path in ["/v1/nodes/self/events", "/v1/events"] {
        let mut stream = Stream::open(&farm, 0, path, &guest, None).await;
        stream.next().await.unwrap();
        streams.push(stream);
    }
    let removed = farm.ask(0, Method::DELETE, "/v1/users/guest", Some(&admin), None);
    assert_eq!(removed.await.status, StatusCode::OK);
    for mut stream in streams {
        while stream.next().await.is_some() {}
    }
}
