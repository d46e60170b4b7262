//! Webhooks by name, their secrets sealed.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{StoreError, records, signed};
use crate::views::record::{FormerSealed, RecordKind, WebhookRecord};
use crate::views::webhook::WebhookSettings;

const COLUMNS: &str = "name, settings, changed_at, changed_by, secret, former_secret, former_until";

/// A webhook with its name.
pub type Named = (String, WebhookRecord);

/// All webhooks by name.
///
/// # Errors
///
/// Those of SQLite, and where a row cannot be read.
pub fn list(connection: &Connection) -> Result<Vec<Named>, StoreError> {
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
pub fn find(connection: &Connection, name: &str) -> Result<Option<WebhookRecord>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM webhooks WHERE name = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let row = statement.query_row([name], columns).optional()?;
    Ok(row.map(stored).transpose()?.map(|(_, webhook)| webhook))
}

/// Makes or replaces a webhook, at the instant that it says.
///
/// # Errors
///
/// Those of SQLite.
pub fn put(
    connection: &mut Connection,
    name: &str,
    webhook: &WebhookRecord,
) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    let at = &webhook.changed_at;
    records::changed(&transaction, RecordKind::Webhook, name, at, false)?;
    write(&transaction, name, webhook)?;
    Ok(transaction.commit()?)
}

/// Makes or replaces a webhook, without counting it as a change.
///
/// # Errors
///
/// Those of SQLite.
pub fn write(
    connection: &Connection,
    name: &str,
    webhook: &WebhookRecord,
) -> Result<(), StoreError> {
    let settings = serde_json::to_string(&webhook.settings);
    let settings = settings.map_err(|error| StoreError::Content(error.to_string()))?;
    let former = webhook.former.as_ref();
    connection.execute(
        &format!("INSERT OR REPLACE INTO webhooks ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        params![
            name,
            settings,
            webhook.changed_at,
            webhook.changed_by,
            webhook.secret.as_str(),
            former.map(|former| former.secret.as_str()),
            former.map(|former| signed(former.until_s)),
        ],
    )?;
    Ok(())
}

/// Removes a webhook, without counting it as a change; false where there is none.
///
/// # Errors
///
/// Those of SQLite.
pub fn erase(connection: &Connection, name: &str) -> Result<bool, StoreError> {
    Ok(connection.execute("DELETE FROM webhooks WHERE name = ?1", [name])? > 0)
}

/// A row: the webhook, and its settings as text.
type Columns = (Named, String);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    let former: Option<String> = row.get(5)?;
    let until: Option<i64> = row.get(6)?;
    let former = former.zip(until).map(|(secret, until)| FormerSealed {
        secret: secret.into(),
        until_s: u64::try_from(until).unwrap_or(0),
    });
    let webhook = WebhookRecord {
        settings: WebhookSettings::default(),
        changed_at: row.get(2)?,
        changed_by: row.get(3)?,
        secret: row.get::<_, String>(4)?.into(),
        former,
    };
    Ok(((row.get(0)?, webhook), row.get(1)?))
}

fn stored(((name, webhook), settings): Columns) -> Result<Named, StoreError> {
    let unreadable = |error| StoreError::Content(format!("webhook {name}: its settings: {error}"));
    let settings = serde_json::from_str(&settings).map_err(unreadable)?;
    Ok((
        name,
        WebhookRecord {
            settings,
            ..webhook
        },
    ))
}
