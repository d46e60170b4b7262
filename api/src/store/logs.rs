//! The log of each module, and the audit trail.

use rusqlite::{Connection, Row};

use super::StoreError;
use crate::limits;
use crate::timestamp;
use crate::views::module::LogEntry;
use crate::views::user::AuditEntry;

/// Adds lines to modules' logs, in one transaction; the oldest lines beyond the limit go.
///
/// # Errors
///
/// Those of SQLite.
pub fn add(
    connection: &mut Connection,
    lines: &[(String, String, String)],
) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    for (module, at, message) in lines {
        transaction.execute(
            "INSERT INTO module_log (module, at, message) VALUES (?1, ?2, ?3)",
            [module, at, message],
        )?;
        transaction.execute(
            "DELETE FROM module_log WHERE module = ?1 AND id <=
             (SELECT id FROM module_log WHERE module = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
            rusqlite::params![module, limits::MODULE_LOG_ENTRIES_MAX],
        )?;
    }
    Ok(transaction.commit()?)
}

/// The newest lines of a module's log, oldest first.
///
/// # Errors
///
/// Those of SQLite.
pub fn newest(
    connection: &Connection,
    module: &str,
    limit: u32,
) -> Result<Vec<LogEntry>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at, message FROM module_log WHERE module = ?1 ORDER BY id DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(rusqlite::params![module, limit], |row| {
        Ok(LogEntry {
            id: id(row)?,
            at: row.get(1)?,
            message: row.get(2)?,
        })
    })?;
    let mut entries = rows.collect::<Result<Vec<_>, _>>()?;
    entries.reverse();
    Ok(entries)
}

/// Adds an entry to the audit trail.
///
/// # Errors
///
/// Those of SQLite.
pub fn audit(
    connection: &Connection,
    caller: &str,
    operation: &str,
    target: &str,
    outcome: &str,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO audit (at, caller, operation, target, outcome) VALUES (?1, ?2, ?3, ?4, ?5)",
        [&timestamp::now(), caller, operation, target, outcome],
    )?;
    Ok(())
}

/// The newest entries of the audit trail, oldest first.
///
/// # Errors
///
/// Those of SQLite.
pub fn audit_newest(connection: &Connection, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, at, caller, operation, target, outcome FROM audit ORDER BY id DESC LIMIT ?1",
    )?;
    let rows = statement.query_map([limit], |row| {
        Ok(AuditEntry {
            id: id(row)?,
            at: row.get(1)?,
            caller: row.get(2)?,
            operation: row.get(3)?,
            target: row.get(4)?,
            outcome: row.get(5)?,
        })
    })?;
    let mut entries = rows.collect::<Result<Vec<_>, _>>()?;
    entries.reverse();
    Ok(entries)
}

fn id(row: &Row<'_>) -> rusqlite::Result<u64> {
    // Row numbers of SQLite start at 1.
    Ok(u64::try_from(row.get::<_, i64>(0)?).unwrap_or_default())
}
