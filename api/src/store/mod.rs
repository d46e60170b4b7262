//! What outlives the daemon: settings, users, configurations, logs, audit. SQLite in one file.
//!
//! One thread owns the connection; callers hand it jobs and wait. What a job committed survives
//! kill -9 and power loss (WAL, `synchronous=FULL`). The functions of the modules below take a
//! connection, so that `evenkeel init` uses them without a thread.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};
use thiserror::Error;
use tokio::sync::{mpsc, oneshot};

use crate::limits;

pub mod api_keys;
pub mod boot;
pub mod checks;
pub mod join_tokens;
pub mod logs;
pub mod modules;
pub mod operations;
pub mod records;
pub mod settings;
pub mod users;
pub mod webhooks;

/// The steps from an empty file to the current shape. Append only.
const MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("001-first.sql")),
    M::up(include_str!("002-boot.sql")),
    M::up(include_str!("003-log-level.sql")),
    M::up(include_str!("004-api-keys.sql")),
    M::up(include_str!("005-operations.sql")),
    M::up(include_str!("006-removed-modules.sql")),
    M::up(include_str!("007-accounts.sql")),
    M::up(include_str!("008-webhooks.sql")),
    M::up(include_str!("009-join-tokens.sql")),
    M::up(include_str!("010-checks.sql")),
];

/// The store did not do it. Nothing changed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The daemon is ending.
    #[error("the store is closed; the daemon is ending")]
    Stopped,
    /// SQLite refused.
    #[error("the database")]
    Sqlite(#[from] rusqlite::Error),
    /// A row cannot be read.
    #[error("the database has unreadable content: {0}")]
    Content(String),
}

/// Why a store cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// SQLite refused.
    #[error("the database cannot be opened")]
    Sqlite(#[from] rusqlite::Error),
    /// The file is of a later version, or a step failed.
    #[error("the database cannot be brought to this version's shape")]
    Migration(#[from] rusqlite_migration::Error),
    /// The file is damaged.
    #[error(
        "the database is damaged ({0}); restore a backup (evenkeel restore), or initialise the node again"
    )]
    Damaged(String),
    /// The store's thread cannot be started.
    #[error("the store's thread cannot be started")]
    Thread(#[from] std::io::Error),
}

/// Opens the file, makes it where `create` says so, brings it to the current shape, checks it.
///
/// # Errors
///
/// When the file is missing, damaged, or of a later version.
pub fn open(path: &Path, create: bool) -> Result<Connection, OpenError> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    let verdict: String =
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(OpenError::Damaged(verdict));
    }
    Migrations::from_slice(MIGRATIONS).to_latest(&mut connection)?;
    Ok(connection)
}

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The store's thread as its users see it. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    jobs: mpsc::Sender<Job>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

impl Store {
    /// Starts the thread that owns `connection`; it ends with the last handle.
    ///
    /// # Errors
    ///
    /// When the system has no thread left.
    pub fn start(mut connection: Connection) -> Result<Self, OpenError> {
        let (jobs, mut queue) = mpsc::channel::<Job>(limits::STORE_QUEUE_MAX);
        std::thread::Builder::new()
            .name("store".to_owned())
            .spawn(move || {
                while let Some(job) = queue.blocking_recv() {
                    job(&mut connection);
                }
            })?;
        Ok(Self { jobs })
    }

    /// Runs a job on the store's thread, in the order of the calls.
    ///
    /// # Errors
    ///
    /// Those of the job, and [`StoreError::Stopped`].
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // Nobody waits any more where the caller was dropped; the job is done all the same.
            drop(answer.send(job(connection)));
        });
        if self.jobs.send(job).await.is_err() {
            return Err(StoreError::Stopped);
        }
        answered.await.unwrap_or(Err(StoreError::Stopped))
    }
}

/// SQLite's integers have a sign.
fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_are_valid() {
        Migrations::from_slice(MIGRATIONS).validate().unwrap();
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("evenkeel.db");
        std::fs::write(&path, vec![0x5a; 8192]).unwrap();
        assert!(open(&path, false).is_err());
    }
}
