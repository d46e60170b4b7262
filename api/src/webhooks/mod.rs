//! Webhooks: this node's events, brought to receivers that somebody named.
//!
//! ```text
//!   feed ──▶ filter ──▶ outbox ──▶ courier ──▶ receiver
//!                       bounded    one per webhook
//! ```
//!
//! Each node brings its own events, so that each comes once from the farm. In this run of the daemon every event is
//! brought at least once, in order. At the end of the daemon receivers have some seconds for what waits; what is left
//! is lost, and the next run begins by telling the receiver that something may be (`events_lost`).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};

use crate::app::App;
use crate::feed::{Cursor, Feed};
use crate::problem::Problem;
use crate::secrets::Secrets;
use crate::store::webhooks;
use crate::views::feed::{EventKind, FeedEvent};
use crate::views::record::{FormerSealed, WebhookRecord};
use crate::views::webhook::{
    FormerWebhookSecret, WebhookDeliveries, WebhookOnNode, WebhookSettings,
};

pub mod courier;
pub mod message;
pub mod outbox;
pub mod seal;
pub mod target;

use courier::{Courier, Mailbox};
use message::Message;
use seal::{SealError, Sealer};
use target::{Attempt, Target};

/// The webhooks of this node.
#[derive(Debug)]
pub struct Webhooks {
    feed: Arc<Feed>,
    cluster: String,
    sealer: Sealer,
    /// Held for a moment only, never across an await.
    known: Mutex<BTreeMap<String, Known>>,
}

/// A webhook, and who brings its events.
#[derive(Debug)]
struct Known {
    target: watch::Sender<Arc<Target>>,
    mailbox: Arc<Mailbox>,
    /// The courier, where the webhook is enabled; it ends with this.
    courier: Option<JoinSet<()>>,
}

impl Webhooks {
    /// None yet, of the node with this feed.
    ///
    /// # Errors
    ///
    /// When the library refuses the key.
    pub fn new(feed: &Arc<Feed>, secrets: &Secrets) -> Result<Self, SealError> {
        Ok(Self {
            feed: Arc::clone(feed),
            cluster: secrets.cluster_id(),
            sealer: Sealer::new(&secrets.sealing_key())?,
            known: Mutex::default(),
        })
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends events to this target from here on; what waits for the webhook of this name goes there, too.
    pub fn set(&self, name: &str, target: Target) {
        self.set_from(name, target, self.feed.here());
    }

    fn set_from(&self, name: &str, target: Target, from: Cursor) {
        let is_enabled = target.is_enabled();
        let target = Arc::new(target);
        let mut all = self.known();
        let known = all.entry(name.to_owned()).or_insert_with(|| Known {
            target: watch::Sender::new(Arc::clone(&target)),
            mailbox: Arc::default(),
            courier: None,
        });
        known.target.send_replace(target);
        known.mailbox.lock().open();
        if !is_enabled {
            known.courier = None;
            known.mailbox.lock().clear();
        } else if known.courier.is_none() {
            let courier = Courier {
                name: name.to_owned(),
                cluster: self.cluster.clone(),
                mailbox: Arc::clone(&known.mailbox),
                target: known.target.subscribe(),
            };
            let mut task = JoinSet::new();
            task.spawn(courier.run(self.feed.listen(from)));
            known.courier = Some(task);
        }
    }

    /// Sends nothing more for this webhook.
    pub fn remove(&self, name: &str) {
        self.known().remove(name);
    }

    /// Waits until the receivers have what there is in the feed, which is closed, for this long at the most, and for
    /// none that did not take what it was sent last; then sends nothing more.
    pub async fn finish(&self, patience: Duration) {
        let deadline = Instant::now() + patience;
        let all = std::mem::take(&mut *self.known());
        for (name, known) in all {
            let Some(mut courier) = known.courier else {
                continue;
            };
            let is_refused = known.mailbox.lock().is_refused();
            if !is_refused {
                // An error says that it is not done, which shows in what waits.
                drop(timeout_at(deadline, courier.join_next()).await);
            }
            let waiting = known.mailbox.lock().shown().waiting;
            if waiting > 0 {
                tracing::warn!(
                    webhook = name,
                    waiting,
                    "webhook {name}: the receiver did not take {waiting} events before the end"
                );
            }
        }
    }

    /// What became of the events of a webhook.
    pub fn deliveries(&self, name: &str) -> Option<WebhookDeliveries> {
        let all = self.known();
        all.get(name).map(|known| known.mailbox.lock().shown())
    }

    /// The same of all.
    pub fn all(&self) -> Vec<(String, WebhookDeliveries)> {
        let all = self.known();
        let shown = all
            .iter()
            .map(|(name, known)| (name.clone(), known.mailbox.lock().shown()));
        shown.collect()
    }

    /// Sends a test to a webhook, past all that waits, and says what came of it; `None` where there is none.
    pub async fn test(&self, name: &str) -> Option<Attempt> {
        let target = self.known().get(name)?.target.borrow().clone();
        let message = "This is a test: nothing happened";
        let event = FeedEvent {
            id: self.feed.here().to_string(),
            ..FeedEvent::new(self.feed.node(), EventKind::WebhookTested, message)
        };
        Some(target.attempt(&Message::of_test(&event)).await)
    }

    /// A webhook as it is kept.
    ///
    /// # Errors
    ///
    /// When its secrets cannot be sealed.
    pub fn seal(&self, name: &str, webhook: &WebhookOnNode) -> Result<WebhookRecord, Problem> {
        let seal = |secret: &str| {
            let sealed = self.sealer.seal(name, secret);
            sealed.map_err(|error| Problem::internal("sealing a webhook's secret", &error))
        };
        let former = webhook.former.as_ref();
        let former = former.map(|former| {
            Ok::<_, Problem>(FormerSealed {
                secret: seal(&former.secret)?,
                until_s: former.until_s,
            })
        });
        Ok(WebhookRecord {
            secret: seal(webhook.settings.secret.as_deref().unwrap_or_default())?,
            settings: WebhookSettings {
                secret: None,
                ..webhook.settings.clone()
            },
            changed_at: webhook.changed_at.clone(),
            changed_by: webhook.changed_by.clone(),
            former: former.transpose()?,
        })
    }

    /// A kept webhook, with its secrets.
    ///
    /// # Errors
    ///
    /// When they cannot be opened.
    pub fn open(&self, name: &str, stored: WebhookRecord) -> Result<WebhookOnNode, Problem> {
        let open = |sealed| {
            let opened = self.sealer.open(name, sealed);
            opened.map_err(|error| Problem::internal("opening a webhook's secret", &error))
        };
        let former = stored.former.as_ref().map(|former| {
            Ok::<_, Problem>(FormerWebhookSecret {
                secret: open(&former.secret)?,
                until_s: former.until_s,
            })
        });
        Ok(WebhookOnNode {
            settings: WebhookSettings {
                secret: Some(open(&stored.secret)?),
                ..stored.settings
            },
            changed_at: stored.changed_at,
            changed_by: stored.changed_by,
            former: former.transpose()?,
        })
    }
}

/// Begins with the webhooks that the store has. Their receivers get what happened in this run of the daemon, too,
/// and before it that events of the run before may be missing.
///
/// # Errors
///
/// When the store fails. A webhook that cannot be used is left out, and the log says so.
pub async fn restore(app: &App) -> Result<(), Problem> {
    let stored = app
        .store
        .run(|db: &mut Connection| webhooks::list(db))
        .await?;
    for (name, webhook) in stored {
        begin(app, &name, webhook, app.feed.before_all());
    }
    Ok(())
}

/// Goes on with a webhook as another node has it; without it where it was removed.
pub fn take(app: &App, name: &str, webhook: Option<WebhookRecord>) {
    match webhook {
        Some(webhook) => begin(app, name, webhook, app.feed.here()),
        None => app.webhooks.remove(name),
    }
}

fn begin(app: &App, name: &str, webhook: WebhookRecord, from: Cursor) {
    let opened = app.webhooks.open(name, webhook);
    match opened.and_then(|webhook| Target::new(&webhook)) {
        Ok(target) => app.webhooks.set_from(name, target, from),
        Err(problem) => {
            tracing::error!(webhook = name, %problem, "webhook {name} cannot be used: {problem}");
        }
    }
}
