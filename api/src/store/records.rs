//! Which change of each user, API key and webhook is the latest here, and taking over that of another node.
//!
//! The highest version wins, of equal ones the one of the later instant: whatever order changes reach nodes
//! in, all of them end with the same.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, api_keys, signed, users, webhooks};
use crate::timestamp;
use crate::views::record::{Record, RecordKind, UserRecord};

/// Counts a change; part of the transaction that makes it.
///
/// # Errors
///
/// Those of SQLite.
pub fn changed(
    connection: &Connection,
    kind: RecordKind,
    name: &str,
    changed_at: &str,
    removed: bool,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO records (kind, name, version, changed_at, removed) VALUES (?1, ?2, 1, ?3, ?4)
         ON CONFLICT (kind, name) DO UPDATE SET
             version = version + 1, changed_at = excluded.changed_at, removed = excluded.removed",
        params![kind.as_str(), name, changed_at, removed],
    )?;
    Ok(())
}

/// Removes one of them, as a change; false where there is none.
///
/// # Errors
///
/// Those of SQLite.
pub fn remove(
    connection: &mut Connection,
    kind: RecordKind,
    name: &str,
) -> Result<bool, StoreError> {
    let transaction = connection.transaction()?;
    let removed = erase(&transaction, kind, name)?;
    if removed {
        changed(&transaction, kind, name, &timestamp::now(), true)?;
    }
    transaction.commit()?;
    Ok(removed)
}

fn erase(connection: &Connection, kind: RecordKind, name: &str) -> Result<bool, StoreError> {
    match kind {
        RecordKind::User => users::erase(connection, name),
        RecordKind::ApiKey => api_keys::erase(connection, name),
        RecordKind::Webhook => webhooks::erase(connection, name),
    }
}

/// All of them, and the removals, by kind and name.
///
/// # Errors
///
/// Those of SQLite, and where a row cannot be read.
pub fn all(connection: &Connection) -> Result<Vec<Record>, StoreError> {
    let users = users::list(connection)?.into_iter();
    let record = |stored: users::StoredUser| {
        let record = UserRecord {
            phc: stored.phc,
            role: stored.user.role,
            created_at: stored.user.created_at,
        };
        (stored.user.name, record)
    };
    let mut users: BTreeMap<_, _> = users.map(record).collect();
    let mut keys: BTreeMap<_, _> = api_keys::list(connection)?.into_iter().collect();
    let mut hooks: BTreeMap<_, _> = webhooks::list(connection)?.into_iter().collect();
    let mut statement = connection.prepare_cached(
        "SELECT kind, name, version, changed_at, removed FROM records ORDER BY kind, name",
    )?;
    let rows = statement.query_map([], |row| {
        let kind: String = row.get(0)?;
        let version: i64 = row.get(2)?;
        Ok((kind, row.get(1)?, version, row.get(3)?, row.get(4)?))
    })?;
    let record = |row: rusqlite::Result<(String, String, i64, String, bool)>| {
        let (kind, name, version, changed_at, removed) = row?;
        let kind = RecordKind::parse(&kind)
            .ok_or_else(|| StoreError::Content(format!("record {name}: kind {kind:?}")))?;
        let is = |this| kind == this;
        Ok(Record {
            user: is(RecordKind::User).then(|| users.remove(&name)).flatten(),
            api_key: is(RecordKind::ApiKey).then(|| keys.remove(&name)).flatten(),
            webhook: is(RecordKind::Webhook)
                .then(|| hooks.remove(&name))
                .flatten(),
            kind,
            name,
            version: u64::try_from(version).unwrap_or(0),
            changed_at,
            removed,
        })
    };
    rows.map(record).collect()
}

/// Those of another node's records that are later changes than what is here.
///
/// # Errors
///
/// Those of SQLite.
pub fn later(connection: &Connection, there: Vec<Record>) -> Result<Vec<Record>, StoreError> {
    let mut later = Vec::new();
    for record in there {
        if is_later(connection, &record)? {
            later.push(record);
        }
    }
    Ok(later)
}

fn is_later(connection: &Connection, record: &Record) -> Result<bool, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT version, changed_at FROM records WHERE kind = ?1 AND name = ?2")?;
    let here: Option<(i64, String)> = statement
        .query_row([record.kind.as_str(), &record.name], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let there = (signed(record.version), &record.changed_at);
    Ok(here.is_none_or(|(version, changed_at)| there > (version, &changed_at)))
}

/// Takes over what another node has, as a whole. A user's tokens end with it.
///
/// # Errors
///
/// Those of SQLite, and where it lacks what it is of.
pub fn take(connection: &mut Connection, record: &Record) -> Result<(), StoreError> {
    let name = &record.name;
    let transaction = connection.transaction()?;
    match (record.kind, &record.user, &record.api_key, &record.webhook) {
        (kind, None, None, None) if record.removed => {
            erase(&transaction, kind, name)?;
        }
        _ if record.removed => return Err(incomplete(record)),
        (RecordKind::User, Some(user), None, None) => users::write(&transaction, name, user)?,
        (RecordKind::ApiKey, None, Some(key), None) => api_keys::write(&transaction, name, key)?,
        (RecordKind::Webhook, None, None, Some(webhook)) => {
            webhooks::write(&transaction, name, webhook)?;
        }
        _ => return Err(incomplete(record)),
    }
    transaction.execute(
        "INSERT OR REPLACE INTO records (kind, name, version, changed_at, removed)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            record.kind.as_str(),
            name,
            signed(record.version),
            record.changed_at,
            record.removed
        ],
    )?;
    Ok(transaction.commit()?)
}

fn incomplete(record: &Record) -> StoreError {
    let (kind, name) = (record.kind.as_str(), &record.name);
    StoreError::Content(format!("{kind} {name}: it is incomplete"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::views::session::Role;

    fn store() -> (tempfile::TempDir, Connection) {
        let folder = tempfile::tempdir().unwrap();
        let connection = super::super::open(&folder.path().join("db"), true).unwrap();
        (folder, connection)
    }

    fn user(version: u64, changed_at: &str, phc: Option<&str>) -> Record {
        Record {
            kind: RecordKind::User,
            name: "operator".to_owned(),
            version,
            changed_at: changed_at.to_owned(),
            removed: phc.is_none(),
            user: phc.map(|phc| UserRecord {
                phc: phc.to_owned(),
                role: Role::Control,
                created_at: "1".to_owned(),
            }),
            api_key: None,
            webhook: None,
        }
    }

    /// Every order of the same changes.
    fn orders(changes: &[Record]) -> Vec<Vec<Record>> {
        if changes.is_empty() {
            return vec![Vec::new()];
        }
        let first = |at: usize| {
            let mut rest = changes.to_vec();
            let one = rest.remove(at);
            orders(&rest)
                .into_iter()
                .map(move |order| [vec![one.clone()], order].concat())
        };
        (0..changes.len()).flat_map(first).collect()
    }

    #[test]
    fn nodes_end_with_the_same_whatever_order_changes_come_in() {
        let changes = [
            user(1, "1", Some("a")),
            user(2, "2", None),
            user(2, "3", Some("b")),
            user(1, "9", Some("c")),
        ];
        for order in orders(&changes) {
            let (_folder, mut connection) = store();
            for change in order {
                if is_later(&connection, &change).unwrap() {
                    take(&mut connection, &change).unwrap();
                }
            }
            assert_eq!(all(&connection).unwrap(), [user(2, "3", Some("b"))]);
        }
    }

    #[test]
    fn a_change_counts_on_from_what_was_taken() {
        let (_folder, mut connection) = store();
        take(&mut connection, &user(7, "5", Some("a"))).unwrap();
        remove(&mut connection, RecordKind::User, "operator").unwrap();
        let now = all(&connection).unwrap().remove(0);
        assert_eq!((now.version, now.removed, now.user), (8, true, None));
        assert!(!is_later(&connection, &user(7, "9", Some("b"))).unwrap());
    }

    #[test]
    fn what_is_incomplete_is_refused_and_changes_nothing() {
        let (_folder, mut connection) = store();
        let incomplete = Record {
            removed: false,
            ..user(1, "1", None)
        };
        take(&mut connection, &incomplete).unwrap_err();
        assert_eq!(all(&connection).unwrap(), []);
    }
}
