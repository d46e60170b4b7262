//! Which change of each user and API key is the latest here, and taking over that of another node.
//!
//! The highest version wins, of equal ones the one of the later instant: whatever order changes reach nodes
//! in, all of them end with the same.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, api_keys, signed, users};
use crate::timestamp;
use crate::views::account::{Account, AccountKind, UserRecord};

/// Counts a change; part of the transaction that makes it.
///
/// # Errors
///
/// Those of SQLite.
pub fn changed(
    connection: &Connection,
    kind: AccountKind,
    name: &str,
    changed_at: &str,
    removed: bool,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO accounts (kind, name, version, changed_at, removed) VALUES (?1, ?2, 1, ?3, ?4)
         ON CONFLICT (kind, name) DO UPDATE SET
             version = version + 1, changed_at = excluded.changed_at, removed = excluded.removed",
        params![kind.as_str(), name, changed_at, removed],
    )?;
    Ok(())
}

/// Removes a user or a key, as a change; false where there is none.
///
/// # Errors
///
/// Those of SQLite.
pub fn remove(
    connection: &mut Connection,
    kind: AccountKind,
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

fn erase(connection: &Connection, kind: AccountKind, name: &str) -> Result<bool, StoreError> {
    match kind {
        AccountKind::User => users::erase(connection, name),
        AccountKind::ApiKey => api_keys::erase(connection, name),
    }
}

/// All users and keys, and the removals, by kind and name.
///
/// # Errors
///
/// Those of SQLite, and where a row cannot be read.
pub fn all(connection: &Connection) -> Result<Vec<Account>, StoreError> {
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
    let mut statement = connection.prepare_cached(
        "SELECT kind, name, version, changed_at, removed FROM accounts ORDER BY kind, name",
    )?;
    let rows = statement.query_map([], |row| {
        let kind: String = row.get(0)?;
        let version: i64 = row.get(2)?;
        Ok((kind, row.get(1)?, version, row.get(3)?, row.get(4)?))
    })?;
    let account = |row: rusqlite::Result<(String, String, i64, String, bool)>| {
        let (kind, name, version, changed_at, removed) = row?;
        let kind = AccountKind::parse(&kind)
            .ok_or_else(|| StoreError::Content(format!("account {name}: kind {kind:?}")))?;
        let (user, api_key) = match kind {
            AccountKind::User => (users.remove(&name), None),
            AccountKind::ApiKey => (None, keys.remove(&name)),
        };
        Ok(Account {
            kind,
            name,
            version: u64::try_from(version).unwrap_or(0),
            changed_at,
            removed,
            user,
            api_key,
        })
    };
    rows.map(account).collect()
}

/// Those of another node's accounts that are later changes than what is here.
///
/// # Errors
///
/// Those of SQLite.
pub fn later(connection: &Connection, there: Vec<Account>) -> Result<Vec<Account>, StoreError> {
    let mut later = Vec::new();
    for account in there {
        if is_later(connection, &account)? {
            later.push(account);
        }
    }
    Ok(later)
}

fn is_later(connection: &Connection, account: &Account) -> Result<bool, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT version, changed_at FROM accounts WHERE kind = ?1 AND name = ?2")?;
    let here: Option<(i64, String)> = statement
        .query_row([account.kind.as_str(), &account.name], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let there = (signed(account.version), &account.changed_at);
    Ok(here.is_none_or(|(version, changed_at)| there > (version, &changed_at)))
}

/// Takes over what another node has, as a whole. A user's tokens end with it.
///
/// # Errors
///
/// Those of SQLite, and where it lacks what it is of.
pub fn take(connection: &mut Connection, account: &Account) -> Result<(), StoreError> {
    let name = &account.name;
    let transaction = connection.transaction()?;
    match (account.removed, &account.user, &account.api_key) {
        (false, Some(user), None) => users::write(&transaction, name, user)?,
        (false, None, Some(key)) => api_keys::write(&transaction, name, key)?,
        (true, None, None) => {
            erase(&transaction, account.kind, name)?;
        }
        _ => {
            let what = format!("{} {name}: it is incomplete", account.kind.as_str());
            return Err(StoreError::Content(what));
        }
    }
    transaction.execute(
        "INSERT OR REPLACE INTO accounts (kind, name, version, changed_at, removed)
         VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            account.kind.as_str(),
            name,
            signed(account.version),
            account.changed_at,
            account.removed
        ],
    )?;
    Ok(transaction.commit()?)
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

    fn user(version: u64, changed_at: &str, phc: Option<&str>) -> Account {
        Account {
            kind: AccountKind::User,
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
        }
    }

    /// Every order of the same changes.
    fn orders(changes: &[Account]) -> Vec<Vec<Account>> {
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
        remove(&mut connection, AccountKind::User, "operator").unwrap();
        let now = all(&connection).unwrap().remove(0);
        assert_eq!((now.version, now.removed, now.user), (8, true, None));
        assert!(!is_later(&connection, &user(7, "9", Some("b"))).unwrap());
    }

    #[test]
    fn what_is_incomplete_is_refused_and_changes_nothing() {
        let (_folder, mut connection) = store();
        let incomplete = Account {
            removed: false,
            ..user(1, "1", None)
        };
        take(&mut connection, &incomplete).unwrap_err();
        assert_eq!(all(&connection).unwrap(), []);
    }
}
