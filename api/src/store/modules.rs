//! Configurations of modules, revision by revision.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest, Sha256};

use super::StoreError;
use crate::limits;
use crate::secrets::hex;
use crate::views::module::{ModuleConfiguration, ModuleSettings};

/// Which configuration a node has of a module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Revision {
    /// Counts the changes in the whole cluster, from 1.
    pub revision: u64,
    /// See [`signature`].
    pub signature: String,
}

/// The configuration in force of a module, as far as nodes compare theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Latest {
    /// Which one.
    pub revision: Revision,
    /// When it was applied here.
    pub applied_at: String,
}

/// SHA-256 in hexadecimal over the file, the macros and the scripts: equal where all are equal.
pub fn signature(settings: &ModuleSettings) -> String {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        // Each part with its length, so that no two different contents make the same bytes.
        hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(text.as_bytes());
    };
    add(&settings.userconfig);
    for (part, entries) in [("macros", &settings.macros), ("scripts", &settings.scripts)] {
        add(part);
        for (name, value) in entries {
            add(name);
            add(value);
        }
    }
    hex(&hash.finalize())
}

/// The configuration of a module, without the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRevision {
    /// Revision and signature.
    pub revision: Revision,
    /// When it was applied.
    pub applied_at: String,
    /// By whom.
    pub applied_by: String,
    /// What.
    pub settings: ModuleSettings,
}

/// Keeps a revision, the active one from here on, and forgets those beyond the limit.
///
/// # Errors
///
/// Those of SQLite.
pub fn put(connection: &mut Connection, module: &str, new: &NewRevision) -> Result<(), StoreError> {
    let number = to_sql(new.revision.revision)?;
    let transaction = connection.transaction()?;
    transaction.execute(
        "INSERT OR REPLACE INTO revisions
         (module, revision, signature, applied_at, applied_by, userconfig, macros, scripts)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        rusqlite::params![
            module,
            number,
            new.revision.signature,
            new.applied_at,
            new.applied_by,
            new.settings.userconfig,
            json(&new.settings.macros)?,
            json(&new.settings.scripts)?,
        ],
    )?;
    transaction.execute("DELETE FROM removed_modules WHERE module = ?1", [module])?;
    transaction.execute(
        "DELETE FROM revisions WHERE module = ?1 AND revision NOT IN
         (SELECT revision FROM revisions WHERE module = ?1 ORDER BY revision DESC LIMIT ?2)",
        rusqlite::params![module, limits::REVISIONS_MAX],
    )?;
    Ok(transaction.commit()?)
}

/// The active configuration of a module.
///
/// # Errors
///
/// Those of SQLite, and where a row cannot be read.
pub fn active(
    connection: &Connection,
    module: &str,
) -> Result<Option<ModuleConfiguration>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT module, revision, signature, applied_at, applied_by, userconfig, macros, scripts
         FROM revisions WHERE module = ?1 ORDER BY revision DESC LIMIT 1",
    )?;
    statement
        .query_row([module], columns)
        .optional()?
        .map(configuration)
        .transpose()
}

/// All revisions of a module that are kept, the active one first.
///
/// # Errors
///
/// Those of SQLite, and where a row cannot be read.
pub fn history(
    connection: &Connection,
    module: &str,
) -> Result<Vec<ModuleConfiguration>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT module, revision, signature, applied_at, applied_by, userconfig, macros, scripts
         FROM revisions WHERE module = ?1 ORDER BY revision DESC",
    )?;
    let rows = statement.query_map([module], columns)?;
    rows.map(|row| configuration(row?)).collect()
}

/// Which configuration is the active one of each module.
///
/// # Errors
///
/// Those of SQLite.
pub fn revisions(connection: &Connection) -> Result<BTreeMap<String, Latest>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT module, max(revision), signature, applied_at FROM revisions GROUP BY module",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, String>(3)?,
        ))
    })?;
    rows.map(|row| {
        let (module, revision, signature, applied_at) = row?;
        let revision = Revision {
            revision: from_sql(revision)?,
            signature,
        };
        Ok((
            module,
            Latest {
                revision,
                applied_at,
            },
        ))
    })
    .collect()
}

/// The modules that were removed, with the revision that the removal counts as.
///
/// # Errors
///
/// Those of SQLite.
pub fn removed(connection: &Connection) -> Result<BTreeMap<String, u64>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT module, revision FROM removed_modules")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.map(|row| {
        let (module, revision): (String, i64) = row?;
        Ok((module, from_sql(revision)?))
    })
    .collect()
}

/// The active configurations of all modules.
///
/// # Errors
///
/// Those of SQLite, and where a row cannot be read.
pub fn all_active(connection: &Connection) -> Result<Vec<ModuleConfiguration>, StoreError> {
    let names = revisions(connection)?.into_keys();
    let configurations = names.map(|module| active(connection, &module));
    configurations.filter_map(Result::transpose).collect()
}

/// Forgets a module with all its revisions, its log and its switches; false where there is none. The removal
/// counts as this revision, or as the one after the latest.
///
/// # Errors
///
/// Those of SQLite.
pub fn remove(
    connection: &mut Connection,
    module: &str,
    revision: Option<u64>,
) -> Result<bool, StoreError> {
    let transaction = connection.transaction()?;
    transaction.execute(
        "INSERT OR REPLACE INTO removed_modules
         SELECT module, ifnull(?2, max(revision) + 1) FROM revisions WHERE module = ?1 GROUP BY module",
        rusqlite::params![module, revision.map(to_sql).transpose()?],
    )?;
    let removed = transaction.execute("DELETE FROM revisions WHERE module = ?1", [module])?;
    transaction.execute("DELETE FROM module_log WHERE module = ?1", [module])?;
    transaction.execute("DELETE FROM module_boot WHERE module = ?1", [module])?;
    transaction.execute("DELETE FROM module_checks WHERE module = ?1", [module])?;
    transaction.commit()?;
    Ok(removed > 0)
}

type Columns = (String, i64, String, String, String, String, String, String);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
    ))
}

fn configuration(columns: Columns) -> Result<ModuleConfiguration, StoreError> {
    let (module, revision, signature, applied_at, applied_by, userconfig, macros, scripts) =
        columns;
    let revision = from_sql(revision)?;
    let (macros, scripts) = (from_json(&macros)?, from_json(&scripts)?);
    Ok(ModuleConfiguration {
        module,
        revision,
        signature,
        applied_at,
        applied_by,
        userconfig,
        macros,
        scripts,
    })
}

fn json(map: &BTreeMap<String, String>) -> Result<String, StoreError> {
    serde_json::to_string(map).map_err(|e| StoreError::Content(e.to_string()))
}

fn from_json(text: &str) -> Result<BTreeMap<String, String>, StoreError> {
    serde_json::from_str(text).map_err(|e| StoreError::Content(e.to_string()))
}

fn to_sql(revision: u64) -> Result<i64, StoreError> {
    i64::try_from(revision).map_err(|e| StoreError::Content(format!("revision {revision}: {e}")))
}

fn from_sql(revision: i64) -> Result<u64, StoreError> {
    u64::try_from(revision).map_err(|e| StoreError::Content(format!("revision {revision}: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store;

    fn settings(text: &str) -> ModuleSettings {
        ModuleSettings {
            userconfig: text.to_owned(),
            ..ModuleSettings::default()
        }
    }

    #[test]
    fn the_latest_revision_is_active_and_old_ones_go() {
        let mut db = store::open(std::path::Path::new(":memory:"), true).unwrap();
        for revision in 1..=u64::from(limits::REVISIONS_MAX) + 3 {
            let settings = settings(&format!("text {revision}"));
            let signature = signature(&settings);
            let new = NewRevision {
                revision: Revision {
                    revision,
                    signature,
                },
                applied_at: "2026-11-23T02:00:00Z".to_owned(),
                applied_by: "admin".to_owned(),
                settings,
            };
            put(&mut db, "web", &new).unwrap();
        }
        let active = active(&db, "web").unwrap().unwrap();
        assert_eq!(
            (active.revision, active.userconfig.as_str()),
            (13, "text 13")
        );
        let kept: u32 = db
            .query_row("SELECT count(*) FROM revisions", [], |row| row.get(0))
            .unwrap();
        assert_eq!(kept, limits::REVISIONS_MAX);
        assert!(remove(&mut db, "web", None).unwrap());
        assert!(!remove(&mut db, "web", None).unwrap());
        assert_eq!(
            removed(&db).unwrap(),
            BTreeMap::from([("web".to_owned(), 14)])
        );
    }

    #[test]
    fn a_signature_tells_apart_what_differs_anywhere() {
        let pair = |a: &str, b: &str| BTreeMap::from([(a.to_owned(), b.to_owned())]);
        let with = |macros, scripts| ModuleSettings {
            userconfig: "x".into(),
            macros,
            scripts,
        };
        let none = BTreeMap::new;
        let all = [
            settings("x"),
            settings("y"),
            with(pair("a", "b"), none()),
            with(none(), pair("a", "b")),
            with(pair("ab", ""), none()),
        ];
        let signatures: std::collections::BTreeSet<_> = all.iter().map(signature).collect();
        assert_eq!(signatures.len(), all.len());
        assert_eq!(signature(&settings("x")), signature(&settings("x")));
    }
}
