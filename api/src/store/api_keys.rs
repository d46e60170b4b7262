//! Keys of programs, by name and by the digest of the key.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{StoreError, records, signed};
use crate::views::api_key::{ApiKeySettings, FormerApiKey};
use crate::views::record::RecordKind;
use crate::views::session::Role;

const COLUMNS: &str = "name, role, modules, created_at, created_by, expires_at, digest, \
                       former_digest, former_until";

/// A key with its name.
pub type Named = (String, ApiKeySettings);

/// All keys by name.
///
/// # Errors
///
/// Those of SQLite, and where a row cannot be read.
pub fn list(connection: &Connection) -> Result<Vec<Named>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM api_keys ORDER BY name");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([], columns)?;
    rows.map(|row| stored(row?)).collect()
}

/// The key of this name.
///
/// # Errors
///
/// Those of SQLite, and where the row cannot be read.
pub fn find(connection: &Connection, name: &str) -> Result<Option<ApiKeySettings>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM api_keys WHERE name = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let row = statement.query_row([name], columns).optional()?;
    Ok(row.map(stored).transpose()?.map(|(_, settings)| settings))
}

/// The key with this digest, also as one that was replaced and is good at this second. Whether it has
/// expired is not asked.
///
/// # Errors
///
/// Those of SQLite, and where the row cannot be read.
pub fn find_by_digest(
    connection: &Connection,
    digest: &str,
    now: u64,
) -> Result<Option<Named>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM api_keys
         WHERE digest = ?1 OR (former_digest = ?1 AND former_until > ?2)"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let row = statement.query_row(params![digest, signed(now)], columns);
    row.optional()?.map(stored).transpose()
}

/// Makes or replaces a key, at the instant that it says.
///
/// # Errors
///
/// Those of SQLite.
pub fn put(
    connection: &mut Connection,
    name: &str,
    settings: &ApiKeySettings,
) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    let at = &settings.created_at;
    records::changed(&transaction, RecordKind::ApiKey, name, at, false)?;
    write(&transaction, name, settings)?;
    Ok(transaction.commit()?)
}

/// Makes or replaces a key, without counting it as a change.
///
/// # Errors
///
/// Those of SQLite.
pub fn write(
    connection: &Connection,
    name: &str,
    settings: &ApiKeySettings,
) -> Result<(), StoreError> {
    let modules = settings.modules.as_ref().map(serde_json::to_string);
    let modules = modules
        .transpose()
        .map_err(|e| StoreError::Content(e.to_string()))?;
    let former = settings.former.as_ref();
    connection.execute(
        &format!("INSERT OR REPLACE INTO api_keys ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
        params![
            name,
            settings.role.as_str(),
            modules,
            settings.created_at,
            settings.created_by,
            signed(settings.expires_at_s),
            settings.digest,
            former.map(|former| &former.digest),
            former.map(|former| signed(former.until_s)),
        ],
    )?;
    Ok(())
}

/// Removes a key, without counting it as a change; false where there is none.
///
/// # Errors
///
/// Those of SQLite.
pub fn erase(connection: &Connection, name: &str) -> Result<bool, StoreError> {
    Ok(connection.execute("DELETE FROM api_keys WHERE name = ?1", [name])? > 0)
}

/// A row: the key, and its role and modules as text.
type Columns = (Named, String, Option<String>);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    let seconds = |value: i64| u64::try_from(value).unwrap_or(0);
    let digest: Option<String> = row.get(7)?;
    let until: Option<i64> = row.get(8)?;
    let former = digest.zip(until).map(|(digest, until)| FormerApiKey {
        digest,
        until_s: seconds(until),
    });
    let settings = ApiKeySettings {
        role: Role::Monitor,
        modules: None,
        created_at: row.get(3)?,
        created_by: row.get(4)?,
        expires_at_s: seconds(row.get(5)?),
        digest: row.get(6)?,
        former,
    };
    Ok(((row.get(0)?, settings), row.get(1)?, row.get(2)?))
}

fn stored(((name, settings), role, modules): Columns) -> Result<Named, StoreError> {
    let unreadable = |what: &str| StoreError::Content(format!("API key {name}: {what}"));
    let role = Role::parse(&role).ok_or_else(|| unreadable(&role))?;
    let modules = modules.map(|text| serde_json::from_str(&text).map_err(|_not| unreadable(&text)));
    let modules = modules.transpose()?;
    let settings = ApiKeySettings {
        role,
        modules,
        ..settings
    };
    Ok((name, settings))
}
