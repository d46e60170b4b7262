//! Which checks of modules are switched on on this node.

use rusqlite::{Connection, OptionalExtension};

use super::StoreError;
use crate::views::checks::ModuleChecks;

/// Those of a module.
///
/// # Errors
///
/// Those of SQLite.
pub fn get(connection: &Connection, module: &str) -> Result<ModuleChecks, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT checkers, processes FROM module_checks WHERE module = ?1")?;
    let checks = statement.query_row([module], |row| {
        Ok(ModuleChecks {
            checkers: row.get(0)?,
            processes: row.get(1)?,
            ..ModuleChecks::default()
        })
    });
    Ok(checks.optional()?.unwrap_or_default())
}

/// Remembers which are on.
///
/// # Errors
///
/// Those of SQLite.
pub fn set(connection: &Connection, module: &str, checks: &ModuleChecks) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO module_checks (module, checkers, processes) VALUES (?1, ?2, ?3)
         ON CONFLICT (module) DO UPDATE
         SET checkers = excluded.checkers, processes = excluded.processes",
        rusqlite::params![module, checks.checkers, checks.processes],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{self, modules};

    #[test]
    fn all_are_on_until_somebody_says_otherwise_and_it_goes_with_the_module() {
        let mut db = store::open(std::path::Path::new(":memory:"), true).unwrap();
        let some = ModuleChecks {
            checkers: false,
            processes: true,
            ..ModuleChecks::default()
        };
        assert_eq!(get(&db, "web").unwrap(), ModuleChecks::default());
        set(&db, "web", &some).unwrap();
        assert_eq!(get(&db, "web").unwrap(), some);
        assert_eq!(get(&db, "other").unwrap(), ModuleChecks::default());
        modules::remove(&mut db, "web", None).unwrap();
        assert_eq!(get(&db, "web").unwrap(), ModuleChecks::default());
    }
}
