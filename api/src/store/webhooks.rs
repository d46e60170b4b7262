//! Webhooks by name, their secrets sealed.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::StoreError;
use crate::views::webhook::WebhookSettings;
use crate::webhooks::seal::Sealed;

const COLUMNS: &str = "name, settings, changed_at, changed_by, secret, former_secret, former_until";

/// A webhook as it is kept, and as a node that joins gets it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredWebhook {
    /// Its name.
    pub name: String,
    /// What it is for; without the secret.
    pub settings: WebhookSettings,
    /// When it was made or changed.
    pub changed_at: String,
    /// By whom.
    pub changed_by: String,
    /// What signs.
    pub secret: Sealed,
    /// What signs, too, and until when, in seconds since 1970.
    pub former: Option<(Sealed, u64)>,
}

/// All webhooks by name.
///
/// # Errors
///
/// Those of SQLite, and where a row cannot be read.
pub fn list(connection: &Connection) -> Result<Vec<StoredWebhook>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM webhooks ORDER BY name");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], columns)?;
    rows.map(|row| stored(row?)).collect()
}

/// The webhook of this name.
///
/// # Errors
///
/// Those of SQLite, and where the row cannot be read.
pub fn find(connection: &Connection, name: &str) -> Result<Option<StoredWebhook>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM webhooks WHERE name = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let row = statement.query_row([name], columns).optional()?;
    row.map(stored).transpose()
}

/// Makes or replaces a webhook.
///
/// # Errors
///
/// Those of SQLite.
pub fn put(connection: &Connection, webhook: &StoredWebhook) -> Result<(), StoreError> {
    let settings = serde_json::to_string(&webhook.settings);
    let settings = settings.map_err(|error| StoreError::Content(error.to_string()))?;
    let former = webhook.former.as_ref();
    connection.execute(
        &format!("INSERT OR REPLACE INTO webhooks ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        params![
            webhook.name,
            settings,
            webhook.changed_at,
            webhook.changed_by,
            webhook.secret.as_str(),
            former.map(|(secret, _)| secret.as_str()),
            former.map(|(_, until_s)| i64::try_from(*until_s).unwrap_or(i64::MAX)),
        ],
    )?;
    Ok(())
}

/// Removes a webhook; false where there is none.
///
/// # Errors
///
/// Those of SQLite.
pub fn remove(connection: &Connection, name: &str) -> Result<bool, StoreError> {
    Ok(connection.execute("DELETE FROM webhooks WHERE name = ?1", [name])? > 0)
}

/// A row: the webhook, and its settings as text.
type Columns = (StoredWebhook, String);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    let former: Option<String> = row.get(5)?;
    let until: Option<i64> = row.get(6)?;
    let former = former.zip(until);
    let webhook = StoredWebhook {
        name: row.get(0)?,
        settings: WebhookSettings::default(),
        changed_at: row.get(2)?,
        changed_by: row.get(3)?,
        secret: Sealed::from(row.get::<_, String>(4)?),
        former: former.map(|(secret, until)| (secret.into(), u64::try_from(until).unwrap_or(0))),
    };
    Ok((webhook, row.get(1)?))
}

fn stored((webhook, settings): Columns) -> Result<StoredWebhook, StoreError> {
    let unreadable =
        |error| StoreError::Content(format!("webhook {}: its settings: {error}", webhook.name));
    let settings = serde_json::from_str(&settings).map_err(unreadable)?;
    Ok(StoredWebhook {
        settings,
        ..webhook
    })
}
