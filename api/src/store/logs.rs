//! The log of each module, and the audit trail.

use rusqlite::{Connection, Row};

use super::StoreError;
use crate::limits;
use crate::timestamp;
use crate::views::module::{LogEntry, LogLevel};
use crate::views::user::AuditEntry;

/// A line to be added to a module's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// The module.
    pub module: String,
    /// When, as in [`LogEntry`].
    pub at: String,
    /// Who reads it.
    pub level: LogLevel,
    /// What.
    pub message: String,
}

impl LogLine {
    /// A line of this instant.
    pub fn now(module: impl ToString, level: LogLevel, message: impl ToString) -> Self {
        Self {
            module: module.to_string(),
            at: timestamp::now(),
            level,
            message: message.to_string(),
        }
    }
}

/// Adds lines to modules' logs, in one transaction; the oldest lines beyond the limit go.
///
/// # Errors
///
/// Those of SQLite.
pub fn add(connection: &mut Connection, lines: &[LogLine]) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    for line in lines {
        let LogLine { module, at, .. } = line;
        transaction.execute(
            "INSERT INTO module_log (module, at, level, message) VALUES (?1, ?2, ?3, ?4)",
            [module, at, line.level.as_str(), &line.message],
        )?;
        transaction.execute(
            "DELETE FROM module_log WHERE module = ?1 AND id <=
             (SELECT id FROM module_log WHERE module = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
            rusqlite::params![module, limits::MODULE_LOG_ENTRIES_MAX],
        )?;
    }
    Ok(transaction.commit()?)
}

/// The newest lines of a module's log; with `after` the oldest of those with a greater number, so that who
/// asks again and again misses none. At most `limit`, oldest first.
///
/// # Errors
///
/// Those of SQLite.
pub fn module_log(
    connection: &Connection,
    module: &str,
    level: LogLevel,
    (after, limit): (Option<u64>, u32),
) -> Result<Vec<LogEntry>, StoreError> {
    let order = if after.is_some() { "ASC" } else { "DESC" };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id, at, level, message FROM module_log
         WHERE module = ?1 AND (level = ?2 OR ?3) AND id > ?4 ORDER BY id {order} LIMIT ?5"
    ))?;
    let all = level == LogLevel::Verbose;
    let place = i64::try_from(after.unwrap_or(0)).unwrap_or(i64::MAX);
    let wanted = rusqlite::params![module, level.as_str(), all, place, limit];
    let rows = statement.query_map(wanted, |row| {
        Ok(LogEntry {
            id: id(row)?,
            at: row.get(1)?,
            level: row.get(2)?,
            message: row.get(3)?,
        })
    })?;
    let mut entries = rows.collect::<Result<Vec<_>, _>>()?;
    if after.is_none() {
        entries.reverse();
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store;

    #[test]
    fn a_modules_log_is_bounded_and_keeps_the_newest() {
        let mut db = store::open(std::path::Path::new(":memory:"), true).unwrap();
        let line = |n: u32| LogLine::now("web", LogLevel::Normal, format!("line {n}"));
        let lines: Vec<_> = (0..limits::MODULE_LOG_ENTRIES_MAX + 5).map(line).collect();
        add(&mut db, &lines).unwrap();
        add(&mut db, &[LogLine::now("other", LogLevel::Normal, "x")]).unwrap();
        let count = "SELECT count(*) FROM module_log WHERE module = 'web'";
        let count: u32 = db.query_row(count, [], |row| row.get(0)).unwrap();
        assert_eq!(count, limits::MODULE_LOG_ENTRIES_MAX);
        let newest = module_log(&db, "web", LogLevel::Verbose, (None, 2)).unwrap();
        let messages: Vec<_> = newest.iter().map(|entry| entry.message.as_str()).collect();
        assert_eq!(messages, ["line 10003", "line 10004"]);
        let place = Some(newest[0].id - 3);
        let later = module_log(&db, "web", LogLevel::Verbose, (place, 2)).unwrap();
        let messages: Vec<_> = later.iter().map(|entry| entry.message.as_str()).collect();
        assert_eq!(
            messages,
            ["line 10001", "line 10002"],
            "the oldest of those"
        );
    }

    #[test]
    fn a_modules_log_tells_as_much_as_is_wanted() {
        let mut db = store::open(std::path::Path::new(":memory:"), true).unwrap();
        let levels = [LogLevel::Normal, LogLevel::Verbose, LogLevel::Normal];
        let lines = levels.map(|level| LogLine::now("web", level, level.as_str()));
        add(&mut db, &lines).unwrap();
        let told = |level| {
            let entries = module_log(&db, "web", level, (None, 2)).unwrap();
            entries.iter().map(|entry| entry.level).collect::<Vec<_>>()
        };
        assert_eq!(told(LogLevel::Normal), [LogLevel::Normal; 2]);
        assert_eq!(told(LogLevel::Verbose), levels[1..]);
    }

    #[test]
    fn the_audit_trail_cannot_be_changed() {
        let db = store::open(std::path::Path::new(":memory:"), true).unwrap();
        audit(&db, "eve", "login", "/v1/login", "unauthenticated").unwrap();
        assert!(db.execute("DELETE FROM audit", []).is_err());
        assert!(
            db.execute("UPDATE audit SET outcome = 'accepted'", [])
                .is_err()
        );
        assert_eq!(audit_newest(&db, 10).unwrap()[0].outcome, "unauthenticated");
    }
}
