//! Events as they happen: followed, and gone on with where the connection broke.

use std::fmt;
use std::time::Duration;

use eventsource_stream::{Event, Eventsource};
use futures::future::ready;
use futures::stream::{self, BoxStream};
use futures::{Stream, StreamExt};
use progenitor_client::ClientInfo;
use reqwest::header::HeaderValue;
use reqwest::{Method, Request, Response, Url};
use thiserror::Error;
use tokio::time::{sleep, timeout};

use crate::generated::{Client, types};
use crate::session::{self, ConnectError};

/// Between two attempts to connect again.
const RETRY: Duration = Duration::from_secs(1);

/// A node gives a sign of life every 10 s; one that is silent for so long is gone.
const SILENCE_MAX: Duration = Duration::from_secs(25);

/// Which events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Follow {
    /// Only this node's; those of all nodes for `None`.
    pub node: Option<String>,
    /// Only those about this module.
    pub module: Option<String>,
    /// The id of the last event that is known; `None`: from now on.
    pub after: Option<String>,
}

/// Why events cannot be followed.
#[derive(Debug, Error)]
pub enum FollowError {
    /// The node refused.
    #[error("{}: {}", .0.title, .0.detail)]
    Refused(Box<types::Problem>),
    /// The login is not taken any more.
    #[error("the login")]
    Login(#[source] ConnectError),
    /// The node sent something that this client does not know.
    #[error("the node sent no event: {0}")]
    Strange(String),
}

/// What happens, event by event. See [`follow`].
pub struct Events {
    client: Client,
    wanted: Follow,
    /// The connection of the moment.
    frames: Option<BoxStream<'static, Event>>,
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Events");
        out.field("wanted", &self.wanted).finish_non_exhaustive()
    }
}

/// Follows what happens, from now on or after the event that `wanted` names.
pub fn follow(client: &Client, wanted: Follow) -> Events {
    Events {
        client: client.clone(),
        wanted,
        frames: None,
    }
}

/// Why there is no connection.
enum Broken {
    /// For good.
    Refused(FollowError),
    /// For the moment.
    Unreachable,
}

impl Events {
    /// The next event. Waits for one for ever: where the connection breaks or the node does not answer it
    /// connects again and goes on after the last event.
    ///
    /// # Errors
    ///
    /// When the node or the login is refused.
    pub async fn next(&mut self) -> Result<types::FeedEvent, FollowError> {
        loop {
            if self.frames.is_none() {
                match self.connect().await {
                    Ok(frames) => self.frames = Some(frames),
                    Err(Broken::Refused(error)) => return Err(error),
                    Err(Broken::Unreachable) => {}
                }
            }
            if let Some(frames) = &mut self.frames
                && let Some(frame) = frames.next().await
            {
                let event: Result<types::FeedEvent, _> = serde_json::from_str(&frame.data);
                let event = event.map_err(|error| FollowError::Strange(error.to_string()))?;
                self.wanted.after = Some(event.id.clone());
                return Ok(event);
            }
            self.frames = None;
            sleep(RETRY).await;
        }
    }

    async fn connect(&self) -> Result<BoxStream<'static, Event>, Broken> {
        let mut request = Request::new(Method::GET, self.url().map_err(Broken::Refused)?);
        *request.timeout_mut() = Some(Duration::MAX);
        if let Some(after) = &self.wanted.after {
            let value = HeaderValue::from_str(after);
            let value = value.map_err(|_not_visible| {
                Broken::Refused(FollowError::Strange(format!("{after:?} is no event's id")))
            })?;
            request.headers_mut().insert("last-event-id", value);
        }
        let authorized = session::authorize(self.client.inner(), &mut request).await;
        authorized.map_err(|error| match error {
            ConnectError::Unreachable(_) => Broken::Unreachable,
            ConnectError::Url(_)
            | ConnectError::Certificate(_)
            | ConnectError::Fingerprint(_)
            | ConnectError::NoCertificate
            | ConnectError::OtherAuthority { .. }
            | ConnectError::Key
            | ConnectError::Refused(_) => Broken::Refused(FollowError::Login(error)),
        })?;
        let response = self.client.client().execute(request).await;
        let response = response.map_err(|_unreachable| Broken::Unreachable)?;
        if response.status().is_client_error() {
            let problem = response
                .json()
                .await
                .map_err(|_other| Broken::Unreachable)?;
            return Err(Broken::Refused(FollowError::Refused(problem)));
        }
        if !response.status().is_success() {
            return Err(Broken::Unreachable);
        }
        // A frame that cannot be read is as good as a broken connection.
        let frames = chunks(response).eventsource();
        Ok(frames.scan((), |(), frame| ready(frame.ok())).boxed())
    }

    fn url(&self) -> Result<Url, FollowError> {
        let url = Url::parse(self.client.baseurl());
        let mut url = url.map_err(|error| FollowError::Strange(error.to_string()))?;
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push("v1");
            if let Some(node) = &self.wanted.node {
                path.extend(["nodes", node]);
            }
            path.push("events");
        }
        if let Some(module) = &self.wanted.module {
            url.query_pairs_mut().append_pair("module", module);
        }
        Ok(url)
    }
}

/// What a node sends, until it ends or is silent for too long.
fn chunks(response: Response) -> impl Stream<Item = Result<Vec<u8>, ()>> + Send + 'static {
    stream::unfold(response, |mut response| async {
        let chunk = timeout(SILENCE_MAX, response.chunk()).await;
        let bytes = chunk.ok()?.ok()??;
        Some((Ok(bytes.to_vec()), response))
    })
}
