//! What happens on this node, for those who follow it: the newest events in memory, each with a number
//! from which a follower can go on after its connection broke.
//!
//! A slow follower holds nobody up: it reads at its own pace, and is told where it missed events.

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures::Stream;
use futures::stream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::limits;
use crate::problem::{Problem, ProblemType};
use crate::views::feed::{EventKind, FeedEvent};

pub mod merge;
pub mod told;

/// A place in a node's feed: behind this event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The daemon's start, as in the node's incarnation.
    run: u64,
    /// The event's number in this run; 0 is before the first.
    number: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.run, self.number)
    }
}

impl FromStr for Cursor {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let numbers = text.split_once('-');
        let numbers = numbers.map(|(run, number)| (run.parse(), number.parse()));
        match numbers {
            Some((Ok(run), Ok(number))) => Ok(Self { run, number }),
            Some(_) | None => Err(Problem::malformed(format!(
                "after: {text:?} is no id of an event, as in 4-17"
            ))),
        }
    }
}

/// The newest events of this run.
#[derive(Debug)]
pub struct Feed {
    node: String,
    run: u64,
    /// The newest last; held for a moment only, never across an await.
    kept: Mutex<VecDeque<Arc<FeedEvent>>>,
    /// The number of the newest event.
    newest: watch::Sender<u64>,
    /// Nothing more happens.
    closed: AtomicBool,
    followers: Arc<Semaphore>,
}

/// What a follower gets next.
#[derive(Debug, PartialEq, Eq)]
struct Next {
    /// Events are missing before these.
    lost: bool,
    events: Vec<Arc<FeedEvent>>,
    cursor: Cursor,
}

impl Feed {
    /// Of the node with this name, in this run of its daemon.
    pub fn new(node: &str, run: u64) -> Self {
        Self {
            node: node.to_owned(),
            run,
            kept: Mutex::default(),
            newest: watch::Sender::new(0),
            closed: AtomicBool::new(false),
            followers: Arc::new(Semaphore::new(limits::FOLLOWERS_MAX)),
        }
    }

    /// The node's name.
    pub fn node(&self) -> &str {
        &self.node
    }

    /// Adds an event, and gives it its id.
    pub fn add(&self, event: FeedEvent) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let number = *self.newest.borrow() + 1;
        let id = self.at(number).to_string();
        kept.push_back(Arc::new(FeedEvent { id, ..event }));
        if kept.len() > limits::FEED_EVENTS_MAX {
            kept.pop_front();
        }
        // After the event is there: whoever sees the number finds it.
        self.newest.send_replace(number);
    }

    /// Nothing more happens: who follows gets what there is, and then the end.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.newest.send_modify(|_| {});
    }

    /// An event of this node that no module is the reason of.
    fn about_itself(&self, kind: EventKind, message: &str, cursor: Cursor) -> FeedEvent {
        FeedEvent {
            id: cursor.to_string(),
            ..FeedEvent::new(&self.node, kind, message)
        }
    }

    /// The place behind the newest event.
    pub fn here(&self) -> Cursor {
        self.at(*self.newest.borrow())
    }

    /// A place before this run of the daemon, another one in each run.
    pub const fn before_all(&self) -> Cursor {
        let run = self.run.saturating_sub(1);
        Cursor { run, number: 0 }
    }

    const fn at(&self, number: u64) -> Cursor {
        let run = self.run;
        Cursor { run, number }
    }

    fn after(&self, cursor: Cursor) -> Next {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = *self.newest.borrow();
        let before_first = newest - u64::try_from(kept.len()).unwrap_or(newest);
        let is_known = cursor.run == self.run && (before_first..=newest).contains(&cursor.number);
        let from = if is_known {
            cursor.number
        } else {
            before_first
        };
        let skip = usize::try_from(from - before_first).unwrap_or(usize::MAX);
        let events = kept.iter().skip(skip).take(limits::FEED_BATCH);
        let events: Vec<_> = events.cloned().collect();
        let number = from + u64::try_from(events.len()).unwrap_or_default();
        Next {
            lost: !is_known,
            events,
            cursor: self.at(number),
        }
    }

    /// The events from a place on, or from now on, as they happen. The first one says where they begin.
    ///
    /// # Errors
    ///
    /// When as many follow as can.
    pub fn follow(
        self: &Arc<Self>,
        after: Option<Cursor>,
    ) -> Result<impl Stream<Item = FeedEvent> + Send + use<>, Problem> {
        let permit = Arc::clone(&self.followers).try_acquire_owned();
        let permit = permit.map_err(|_none_left| {
            let detail = format!("{} follow the events of this node", limits::FOLLOWERS_MAX);
            Problem::new(ProblemType::LimitReached, detail)
        })?;
        let cursor = after.unwrap_or_else(|| self.here());
        Ok(self.stream(cursor, Some(permit)))
    }

    /// The same for the daemon itself, which does not count among those who follow.
    pub fn listen(self: &Arc<Self>, after: Cursor) -> impl Stream<Item = FeedEvent> + Send + use<> {
        self.stream(after, None)
    }

    fn stream(
        self: &Arc<Self>,
        cursor: Cursor,
        permit: Option<OwnedSemaphorePermit>,
    ) -> impl Stream<Item = FeedEvent> + Send + use<> {
        let message = format!("Events of {}", self.node);
        let opened = self.about_itself(EventKind::StreamOpened, &message, cursor);
        let follower = Follower {
            feed: Arc::clone(self),
            ready: VecDeque::from([Arc::new(opened)]),
            cursor,
            newest: self.newest.subscribe(),
            _permit: permit,
        };
        stream::unfold(follower, Follower::next)
    }
}

/// One who follows.
#[derive(Debug)]
struct Follower {
    feed: Arc<Feed>,
    ready: VecDeque<Arc<FeedEvent>>,
    cursor: Cursor,
    newest: watch::Receiver<u64>,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Follower {
    async fn next(mut self) -> Option<(FeedEvent, Self)> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some((FeedEvent::clone(&event), self));
            }
            self.newest.mark_unchanged();
            // Before the look, which then finds all there ever was.
            let is_closed = self.feed.closed.load(Ordering::Acquire);
            let next = self.feed.after(self.cursor);
            if next.lost {
                let message = "Events are missing here: they are not kept any more, or the daemon \
                               was started anew";
                let lost = EventKind::EventsLost;
                let lost = self.feed.about_itself(lost, message, self.cursor);
                self.ready.push_back(Arc::new(lost));
            }
            self.ready.extend(next.events);
            self.cursor = next.cursor;
            if self.ready.is_empty() {
                if is_closed {
                    return None;
                }
                self.newest.changed().await.ok()?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::StreamExt;

    use super::*;

    fn feed(events: usize) -> Arc<Feed> {
        let feed = Arc::new(Feed::new("node1", 4));
        (0..events).for_each(|n| say(&feed, n));
        feed
    }

    fn say(feed: &Feed, n: usize) {
        feed.add(FeedEvent::new("node1", EventKind::ShareOpened, n));
    }

    fn cursor(text: &str) -> Cursor {
        text.parse().unwrap()
    }

    async fn told(feed: &Arc<Feed>, after: Option<&str>, count: usize) -> Vec<(String, String)> {
        let events = feed.follow(after.map(cursor)).unwrap();
        let events = events.skip(1).take(count).collect::<Vec<_>>().await;
        events.into_iter().map(|e| (e.id, e.message)).collect()
    }

    fn pair(id: &str, message: &str) -> (String, String) {
        (id.to_owned(), message.to_owned())
    }

    #[test]
    fn only_ids_are_places() {
        assert_eq!(cursor("4-17").to_string(), "4-17");
        for bad in [
            "",
            "4",
            "-",
            "4-",
            "-1",
            "4-x",
            "4--1",
            "4-99999999999999999999",
        ] {
            assert!(bad.parse::<Cursor>().is_err(), "{bad}");
        }
    }

    #[tokio::test]
    async fn a_follower_goes_on_where_it_was() {
        let feed = feed(3);
        let all = [pair("4-2", "1"), pair("4-3", "2")];
        assert_eq!(told(&feed, Some("4-1"), 2).await, all);
        let mut events = Box::pin(feed.follow(Some(cursor("4-3"))).unwrap());
        let opened = events.next().await.unwrap();
        assert_eq!((opened.kind, &*opened.id), (EventKind::StreamOpened, "4-3"));
        say(&feed, 3);
        assert_eq!(events.next().await.unwrap().id, "4-4");
    }

    #[tokio::test]
    async fn who_names_no_place_gets_what_happens_from_now_on() {
        let feed = feed(3);
        let mut events = Box::pin(feed.follow(None).unwrap());
        say(&feed, 3);
        assert_eq!(events.next().await.unwrap().id, "4-3");
        assert_eq!(events.next().await.unwrap().message, "3");
    }

    #[tokio::test]
    async fn a_follower_is_told_that_events_are_missing() {
        let feed = feed(limits::FEED_EVENTS_MAX + 2);
        // Of an earlier run, of no run, one that is not kept, one that has not happened.
        for place in ["3-1", "9-1", "4-1", "4-999999999"] {
            let events = feed.follow(Some(cursor(place))).unwrap();
            let kinds = events.map(|event| (event.kind, event.id));
            let first: Vec<_> = kinds.take(3).collect().await;
            assert_eq!(first[1].0, EventKind::EventsLost, "{place}");
            assert_eq!(first[2], (EventKind::ShareOpened, "4-3".to_owned()));
        }
        let kept = told(&feed, Some("4-2"), limits::FEED_EVENTS_MAX).await;
        assert_eq!(kept.first().unwrap().0, "4-3");
        assert_eq!(kept.len(), limits::FEED_EVENTS_MAX);
    }

    #[tokio::test]
    async fn who_follows_a_closed_feed_gets_all_that_there_is_and_the_end() {
        let feed = feed(limits::FEED_BATCH + 1);
        let early = feed.follow(Some(cursor("4-0"))).unwrap();
        let waiting = tokio::spawn(feed.follow(None).unwrap().count());
        tokio::task::yield_now().await;
        feed.close();
        assert_eq!(early.count().await, 1 + limits::FEED_BATCH + 1);
        assert_eq!(
            waiting.await.unwrap(),
            1,
            "the one that says where it begins"
        );
    }

    #[test]
    fn only_so_many_follow() {
        let feed = feed(0);
        let all: Vec<_> = (0..limits::FOLLOWERS_MAX)
            .map(|_| feed.follow(None))
            .collect();
        assert!(all.iter().all(Result::is_ok));
        let refused = feed.follow(None).err().unwrap();
        assert_eq!(refused.kind, ProblemType::LimitReached);
        drop(all);
        assert!(feed.follow(None).is_ok());
    }
}
