//! Tokens that let a machine join as a node, by the digest of the token.

use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, signed};

/// Keeps a token for a node, in place of the one that there may be.
///
/// # Errors
///
/// Those of SQLite.
pub fn put(
    connection: &Connection,
    node: &str,
    digest: &str,
    expires_at_s: u64,
) -> Result<(), StoreError> {
    connection.execute(
        "INSERT OR REPLACE INTO join_tokens (node, digest, expires_at) VALUES (?1, ?2, ?3)",
        params![node, digest, signed(expires_at_s)],
    )?;
    Ok(())
}

/// Uses a token up: the node that it is for, where there is one that is good at this second.
///
/// # Errors
///
/// Those of SQLite.
pub fn take(connection: &Connection, digest: &str, now: u64) -> Result<Option<String>, StoreError> {
    connection.execute(
        "DELETE FROM join_tokens WHERE expires_at <= ?1",
        [signed(now)],
    )?;
    let mut statement =
        connection.prepare_cached("DELETE FROM join_tokens WHERE digest = ?1 RETURNING node")?;
    Ok(statement.query_row([digest], |row| row.get(0)).optional()?)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_token_is_good_once_until_it_expires_and_until_there_is_another() {
        let db = super::super::open(Path::new(":memory:"), true).unwrap();
        put(&db, "node2", "first", 100).unwrap();
        put(&db, "node3", "late", 100).unwrap();
        put(&db, "node2", "second", 200).unwrap();
        let takes = |digest, now| take(&db, digest, now).unwrap();
        assert_eq!(takes("first", 10), None, "replaced");
        assert_eq!(takes("second", 199).as_deref(), Some("node2"));
        assert_eq!(takes("second", 199), None, "used up");
        assert_eq!(takes("late", 100), None, "expired");
    }
}
