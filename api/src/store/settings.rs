//! Single values: which node this is, how often it was started, and in which boot.

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;

/// The name of this node.
pub const NODE: &str = "node";
/// The boot of the machine in which the daemon was started last, as the kernel calls it.
pub const BOOT: &str = "boot";
/// How often the daemon was started.
const INCARNATION: &str = "incarnation";

/// The value of a setting.
///
/// # Errors
///
/// Those of SQLite.
pub fn get(connection: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT value FROM settings WHERE key = ?1")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

/// Sets a setting.
///
/// # Errors
///
/// Those of SQLite.
pub fn set(connection: &Connection, key: &str, value: &str) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO settings (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [key, value],
    )?;
    Ok(())
}

/// Counts this many starts that this store does not know of.
///
/// # Errors
///
/// As of [`next_incarnation`].
pub fn skip_incarnations(connection: &Connection, starts: u64) -> Result<(), StoreError> {
    let next = last_incarnation(connection)?.saturating_add(starts);
    set(connection, INCARNATION, &next.to_string())
}

fn last_incarnation(connection: &Connection) -> Result<u64, StoreError> {
    let last = get(connection, INCARNATION)?.unwrap_or_else(|| "0".to_owned());
    last.parse()
        .map_err(|e| StoreError::Content(format!("incarnation {last:?}: {e}")))
}

/// Counts this start of the daemon; the first is 1. Committed before it returns, so that no two
/// runs share an incarnation.
///
/// # Errors
///
/// Those of SQLite, and where the counter is not a number.
pub fn next_incarnation(connection: &Connection) -> Result<u64, StoreError> {
    let next = last_incarnation(connection)?.saturating_add(1);
    set(connection, INCARNATION, &next.to_string())?;
    Ok(next)
}
