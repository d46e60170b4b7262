//! What a node remembers of its modules for the start of its machine.

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;

/// What is remembered of a module. Of one that was neither started nor switched on: nothing is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BootRecord {
    /// Its last command was no stop by somebody: it is to be up, whether it is or not.
    pub started: bool,
    /// The switch of `boot="ignore"` is on.
    pub enabled: bool,
}

/// What is remembered of a module.
///
/// # Errors
///
/// Those of SQLite.
pub fn get(connection: &Connection, module: &str) -> Result<BootRecord, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT started, enabled FROM module_boot WHERE module = ?1")?;
    let record = statement.query_row([module], |row| {
        Ok(BootRecord {
            started: row.get(0)?,
            enabled: row.get(1)?,
        })
    });
    Ok(record.optional()?.unwrap_or_default())
}

/// Remembers whether a module is to be up.
///
/// # Errors
///
/// Those of SQLite.
pub fn set_started(connection: &Connection, module: &str, started: bool) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO module_boot (module, started) VALUES (?1, ?2)
         ON CONFLICT (module) DO UPDATE SET started = excluded.started",
        rusqlite::params![module, started],
    )?;
    Ok(())
}

/// Turns the switch of `boot="ignore"`.
///
/// # Errors
///
/// Those of SQLite.
pub fn set_enabled(connection: &Connection, module: &str, enabled: bool) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO module_boot (module, enabled) VALUES (?1, ?2)
         ON CONFLICT (module) DO UPDATE SET enabled = excluded.enabled",
        rusqlite::params![module, enabled],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{self, modules};

    #[test]
    fn both_are_remembered_apart_and_go_with_the_module() {
        let mut db = store::open(std::path::Path::new(":memory:"), true).unwrap();
        let record = |started, enabled| BootRecord { started, enabled };
        assert_eq!(get(&db, "web").unwrap(), BootRecord::default());
        set_started(&db, "web", true).unwrap();
        assert_eq!(get(&db, "web").unwrap(), record(true, false));
        set_enabled(&db, "web", true).unwrap();
        set_started(&db, "web", false).unwrap();
        assert_eq!(get(&db, "web").unwrap(), record(false, true));
        assert_eq!(get(&db, "other").unwrap(), BootRecord::default());
        modules::remove(&mut db, "web", None).unwrap();
        assert_eq!(get(&db, "web").unwrap(), BootRecord::default());
    }
}
