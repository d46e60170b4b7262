//! What happens, as it happens: server-sent events of one node or of all.

use std::convert::Infallible;
use std::future::Future;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use evenkeel_core::ids::ModuleName;
use futures::{Stream, StreamExt};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::Shared;
use crate::auth::{Caller, Monitor};
use crate::extract::{NodePath, Path, Query};
use crate::feed::merge::{self, Places};
use crate::guard;
use crate::limits;
use crate::openapi::Problems;
use crate::problem::Problem;
use crate::views::feed::FeedEvent;
use crate::views::module::LogLevel;
use crate::views::names::ModuleId;

/// How the paths end whose answers do not.
pub const EVENTS: &str = "/events";

/// Where a client says which event it had last, as browsers do when they connect again.
pub const LAST_EVENT_ID: &str = "last-event-id";

/// Which events.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventsQuery {
    /// The `id` of an event: those after it, as far as they are kept, then those that happen. Without it, and
    /// without a header `Last-Event-ID`, those that happen from now on.
    #[param(example = "4-17")]
    pub after: Option<String>,
    /// Only those about this module.
    #[param(value_type = Option<ModuleId>, inline, example = "web")]
    pub module: Option<ModuleName>,
    /// `normal` leaves verbose events out; there is everything when absent.
    #[param(inline, example = "normal")]
    pub level: Option<LogLevel>,
}

impl EventsQuery {
    /// The place to go on from. The header is the later one where a client connects again to the same URL.
    fn place(&self, headers: &HeaderMap) -> Option<String> {
        let last = headers.get(LAST_EVENT_ID).and_then(|id| id.to_str().ok());
        last.map(ToOwned::to_owned).or_else(|| self.after.clone())
    }

    fn wants(&self, event: &FeedEvent) -> bool {
        if event.kind.is_of_the_stream() {
            return true;
        }
        let of_module = |module: &ModuleName| event.module.as_deref() == Some(module.as_str());
        self.module.as_ref().is_none_or(of_module)
            && (self.level != Some(LogLevel::Normal) || event.level == LogLevel::Normal)
    }

    /// The same question, to another node.
    fn passed_on(&self) -> String {
        let module = self.module.iter().map(|module| format!("&module={module}"));
        let level = self
            .level
            .iter()
            .map(|level| format!("&level={}", level.as_str()));
        module.chain(level).collect()
    }
}

/// What happens on a node
///
/// Server-sent events, each with its id, its kind as the event's name, and as data the object described here.
/// The first one (`stream_opened`) says where the stream begins; a client that connects again sends the id of
/// the last one it had. The node keeps the newest 10 000 in memory: where some are missing, an `events_lost`
/// stands in their place. The stream ends with the token; log in again and go on.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/events", operation_id = "follow_node_events", tag = "events",
    params(NodePath, EventsQuery), security(("token" = ["monitor"])),
    responses((status = 200, description = "The events, without an end.", body = FeedEvent, content_type = "text/event-stream"), Problems)
)]
pub async fn of_node(
    State(app): State<Shared>,
    Monitor(caller): Monitor,
    _: Path<NodePath>,
    Query(query): Query<EventsQuery>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let after = query.place(&headers).map(|place| place.parse());
    let events = app.feed.follow(after.transpose()?)?;
    let wanted = events.filter(move |event| std::future::ready(query.wants(event)));
    Ok(sent(wanted, ended(app, caller)))
}

/// What happens on all nodes
///
/// The events of every node in one stream, in the order in which they come to the node that answers, as of
/// `GET /v1/nodes/{node}/events`. An id has a place of each node, as in `node1=4-17,node2=3-9`. A node that
/// does not answer is told by `node_unreachable`; when it does again its events follow without a gap, as far
/// as it kept them.
#[utoipa::path(
    get, path = "/v1/events", operation_id = "follow_events", tag = "events",
    params(EventsQuery), security(("token" = ["monitor"])),
    responses((status = 200, description = "The events, without an end.", body = FeedEvent, content_type = "text/event-stream"), Problems)
)]
pub async fn all(
    State(app): State<Shared>,
    Monitor(caller): Monitor,
    Query(query): Query<EventsQuery>,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let nodes = app.node_names();
    let places = query.place(&headers);
    let places = places.map(|text| Places::read(&text, &nodes)).transpose()?;
    let places = places.unwrap_or_default();
    let events = merge::follow(&app, &caller, places, &query.passed_on());
    Ok(sent(events, ended(app, caller)))
}

fn sent(
    events: impl Stream<Item = FeedEvent> + Send + 'static,
    ended: impl Future<Output = ()> + Send + 'static,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let frame = |event: FeedEvent| {
        let frame = Event::default().id(&event.id).event(event.kind.name());
        // It is made of texts and numbers alone.
        Ok(frame.json_data(&event).unwrap_or_default())
    };
    let signs = KeepAlive::new().interval(limits::FEED_SIGN_OF_LIFE);
    Sse::new(events.take_until(ended).map(frame)).keep_alive(signs)
}

/// Until the caller may not hear more, or the daemon ends.
async fn ended(app: Shared, caller: Caller) {
    let mut status = app.engine.status();
    let engine_ends = async { while status.changed().await.is_ok() {} };
    let token_ends = async {
        while guard::is_good(&app, &caller).await {
            tokio::time::sleep(limits::FOLLOWER_CHECK).await;
        }
    };
    tokio::select! {
        () = engine_ends => {}
        () = token_ends => {}
    }
}
