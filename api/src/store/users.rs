//! Users, and from when on their older tokens are refused.

use rusqlite::{Connection, OptionalExtension, Row};

use super::{StoreError, records};
use crate::limits;
use crate::timestamp;
use crate::views::record::{RecordKind, UserRecord};
use crate::views::session::Role;
use crate::views::user::User;

/// A user with what the API does not show.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredUser {
    /// Name, role, age.
    pub user: User,
    /// The password's hash as a PHC string.
    pub phc: String,
}

impl std::fmt::Debug for StoredUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoredUser")
            .field("user", &self.user)
            .finish_non_exhaustive()
    }
}

/// All users by name.
///
/// # Errors
///
/// Those of SQLite, and where a role is unknown.
pub fn list(connection: &Connection) -> Result<Vec<StoredUser>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT name, phc, role, created_at FROM users ORDER BY name")?;
    let rows = statement.query_map([], columns)?;
    rows.map(|row| stored(row?)).collect()
}

/// The user of this name.
///
/// # Errors
///
/// Those of SQLite, and where the role is unknown.
pub fn find(connection: &Connection, name: &str) -> Result<Option<StoredUser>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT name, phc, role, created_at FROM users WHERE name = ?1")?;
    statement
        .query_row([name], columns)
        .optional()?
        .map(stored)
        .transpose()
}

/// Makes or replaces a user, at an instant. Replacing ends its tokens.
///
/// # Errors
///
/// Those of SQLite.
pub fn put(
    connection: &mut Connection,
    name: &str,
    phc: String,
    role: Role,
    changed_at: String,
) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    records::changed(&transaction, RecordKind::User, name, &changed_at, false)?;
    let record = UserRecord {
        phc,
        role,
        created_at: changed_at,
    };
    write(&transaction, name, &record)?;
    Ok(transaction.commit()?)
}

/// Makes or replaces a user and ends its tokens, without counting it as a change. When a user that there is
/// was made stays.
///
/// # Errors
///
/// Those of SQLite.
pub fn write(connection: &Connection, name: &str, record: &UserRecord) -> Result<(), StoreError> {
    let replaced = connection.execute(
        "UPDATE users SET phc = ?2, role = ?3 WHERE name = ?1",
        [name, &record.phc, record.role.as_str()],
    )?;
    if replaced > 0 {
        return revoke(connection, name);
    }
    connection.execute(
        "INSERT INTO users (name, phc, role, created_at) VALUES (?1, ?2, ?3, ?4)",
        [name, &record.phc, record.role.as_str(), &record.created_at],
    )?;
    Ok(())
}

/// Removes a user and ends its tokens, without counting it as a change; false where there is none.
///
/// # Errors
///
/// Those of SQLite.
pub fn erase(connection: &Connection, name: &str) -> Result<bool, StoreError> {
    let removed = connection.execute("DELETE FROM users WHERE name = ?1", [name])?;
    revoke(connection, name)?;
    Ok(removed > 0)
}

/// Whether a token issued to `user` at this second is still good.
///
/// # Errors
///
/// Those of SQLite.
pub fn token_is_good(
    connection: &Connection,
    user: &str,
    issued_at: u64,
) -> Result<bool, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT at_seconds FROM revocations WHERE user = ?1")?;
    let revoked: Option<i64> = statement.query_row([user], |row| row.get(0)).optional()?;
    Ok(revoked.is_none_or(|at| i64::try_from(issued_at).unwrap_or(0) > at))
}

fn revoke(connection: &Connection, user: &str) -> Result<(), StoreError> {
    let now = i64::try_from(timestamp::now_seconds()).unwrap_or(i64::MAX);
    let expired = now - i64::try_from(limits::TOKEN_AGE_MAX.as_secs()).unwrap_or(0);
    // A revocation is of no use once every token of its time has expired.
    connection.execute("DELETE FROM revocations WHERE at_seconds < ?1", [expired])?;
    connection.execute(
        "INSERT INTO revocations (user, at_seconds) VALUES (?1, ?2)
         ON CONFLICT (user) DO UPDATE SET at_seconds = excluded.at_seconds",
        rusqlite::params![user, now],
    )?;
    Ok(())
}

type Columns = (String, String, String, String);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn stored((name, phc, role, created_at): Columns) -> Result<StoredUser, StoreError> {
    let role = Role::parse(&role)
        .ok_or_else(|| StoreError::Content(format!("user {name}: role {role:?}")))?;
    Ok(StoredUser {
        user: User {
            name,
            role,
            created_at,
        },
        phc,
    })
}
