//! Operations, so that whoever was told of one finds it after a restart of the daemon as well.

use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, signed};
use crate::limits;
use crate::timestamp;
use crate::views::operation::{Operation, OperationState};

/// Keeps an operation that begins, and gives its number; the oldest go.
///
/// # Errors
///
/// Those of SQLite.
pub fn add(connection: &mut Connection, operation: &Operation) -> Result<u64, StoreError> {
    let transaction = connection.transaction()?;
    transaction.execute(
        "INSERT INTO operations (module, running, document) VALUES (?1, ?2, ?3)",
        params![operation.module, operation.is_running(), text(operation)?],
    )?;
    let id = transaction.last_insert_rowid();
    transaction.execute(
        "DELETE FROM operations WHERE NOT running AND id <= ?1",
        [id - limits::OPERATIONS_MAX],
    )?;
    transaction.commit()?;
    Ok(u64::try_from(id).unwrap_or_default())
}

/// Keeps where an operation is.
///
/// # Errors
///
/// Those of SQLite.
pub fn update(connection: &Connection, operation: &Operation) -> Result<(), StoreError> {
    connection.execute(
        "UPDATE operations SET running = ?2, document = ?3 WHERE id = ?1",
        params![
            signed(operation.id),
            operation.is_running(),
            text(operation)?
        ],
    )?;
    Ok(())
}

/// The operation on this module with this number.
///
/// # Errors
///
/// Those of SQLite, and where the row cannot be read.
pub fn find(
    connection: &Connection,
    module: &str,
    id: u64,
) -> Result<Option<Operation>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, document FROM operations WHERE module = ?1 AND id = ?2")?;
    let row = statement.query_row(params![module, signed(id)], |row| {
        Ok((row.get(0)?, row.get(1)?))
    });
    row.optional()?.map(read).transpose()
}

/// The operations on a module, the newest first.
///
/// # Errors
///
/// Those of SQLite, and where a row cannot be read.
pub fn list(connection: &Connection, module: &str) -> Result<Vec<Operation>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT id, document FROM operations WHERE module = ?1 ORDER BY id DESC")?;
    let rows = statement.query_map([module], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.map(|row| read(row?)).collect()
}

/// Ends those that ran when the daemon did, and says how many.
///
/// # Errors
///
/// Those of SQLite, and where a row cannot be read.
pub fn interrupt(connection: &mut Connection) -> Result<usize, StoreError> {
    let running: Vec<(i64, String)> = connection
        .prepare("SELECT id, document FROM operations WHERE running")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let transaction = connection.transaction()?;
    for row in &running {
        let mut operation = read(row.clone())?;
        operation.state = OperationState::Interrupted;
        operation.ended_at = Some(timestamp::now());
        operation.detail = Some("the daemon ended meanwhile; what was done stays".to_owned());
        update(&transaction, &operation)?;
    }
    transaction.commit()?;
    Ok(running.len())
}

fn text(operation: &Operation) -> Result<String, StoreError> {
    serde_json::to_string(operation).map_err(|e| StoreError::Content(e.to_string()))
}

/// The number stands in a column of its own: it is given when the row is made.
fn read((id, document): (i64, String)) -> Result<Operation, StoreError> {
    let operation: Operation =
        serde_json::from_str(&document).map_err(|e| StoreError::Content(e.to_string()))?;
    let id = u64::try_from(id).unwrap_or_default();
    Ok(Operation { id, ..operation })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store;
    use crate::views::operation::RollingAction;

    fn operation(module: &str, state: OperationState) -> Operation {
        Operation {
            id: 0,
            node: "node1".to_owned(),
            module: module.to_owned(),
            action: RollingAction::Restart,
            by: "admin".to_owned(),
            state,
            started_at: timestamp::now(),
            ended_at: None,
            detail: None,
            steps: Vec::new(),
        }
    }

    #[test]
    fn what_ran_is_interrupted_and_the_oldest_go() {
        let mut db = store::open(std::path::Path::new(":memory:"), true).unwrap();
        let first = add(&mut db, &operation("web", OperationState::Running)).unwrap();
        let done = operation("web", OperationState::Succeeded);
        let second = add(&mut db, &done).unwrap();
        assert_eq!(find(&db, "other", first).unwrap(), None);
        assert_eq!(interrupt(&mut db).unwrap(), 1);
        let found = find(&db, "web", first).unwrap().unwrap();
        assert_eq!(
            (found.id, found.state),
            (first, OperationState::Interrupted)
        );
        assert!(found.ended_at.is_some());
        assert_eq!(interrupt(&mut db).unwrap(), 0);
        for _ in 0..limits::OPERATIONS_MAX {
            add(&mut db, &done).unwrap();
        }
        let kept = list(&db, "web").unwrap();
        assert_eq!(kept.len(), usize::try_from(limits::OPERATIONS_MAX).unwrap());
        assert!(kept.iter().all(|one| one.id > second));
    }
}
