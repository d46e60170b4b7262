//! `evenkeel backup` and `evenkeel restore`: a node's data as one file, taken while the daemon runs.
//!
//! The file is a zip of the data folder's files but those that only a running daemon has. It holds the
//! node's keys and the cluster's secret: whoever has it can be this node.

use std::fs;
use std::io::{self, Cursor, Read, Write};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use thiserror::Error;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::cli;
use crate::data_dir::{self, DATABASE, DataDir, DataDirError};
use crate::files;
use crate::limits;
use crate::store::{self, OpenError, StoreError, settings};

/// What every backup has.
const FILES: [&str; 6] = [
    data_dir::CLUSTER,
    data_dir::CA,
    data_dir::NODE,
    data_dir::NODE_KEY,
    data_dir::SECRETS,
    DATABASE,
];

/// Why there is no backup, or nothing was restored. Nothing is half done.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The data folder.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// The database refused.
    #[error("the database cannot be copied")]
    Copy(#[from] rusqlite::Error),
    /// The database in the backup is refused.
    #[error("the backup's database")]
    Open(#[from] OpenError),
    /// What the backup's database says cannot be changed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file system refused.
    #[error("{}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Its answer.
        #[source]
        source: io::Error,
    },
    /// The file is no backup.
    #[error("{} is no backup of a node: {why}", path.display())]
    NoBackup {
        /// The file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
}

/// Writes a node's data into a file that only its owner reads; what was there is replaced at once or stays.
///
/// # Errors
///
/// When the data cannot be read or the file not be written.
pub fn backup(options: &cli::Backup) -> Result<(), BackupError> {
    let dir = DataDir::open(&options.data)?;
    let to = &options.to;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, bytes: &[u8]| {
        zip.start_file(name, SimpleFileOptions::default().unix_permissions(0o600))?;
        zip.write_all(bytes)
    };
    let failed = |source: io::Error| in_file(to, source);
    for name in FILES.into_iter().filter(|name| *name != DATABASE) {
        add(name, dir.read(name)?.as_bytes()).map_err(failed)?;
    }
    // Last: what it says of the files is not older than they are.
    add(DATABASE, &copy_of_database(&dir, to)?).map_err(failed)?;
    let bytes = zip.finish().map_err(|error| failed(error.into()))?;
    files::write_atomic(to, &bytes.into_inner(), 0o600).map_err(failed)
}

/// The database as of one instant, whatever the daemon writes meanwhile. The copy is beside the backup for a
/// moment, in a folder of its own.
fn copy_of_database(dir: &DataDir, to: &Path) -> Result<Vec<u8>, BackupError> {
    let name = to.file_name().unwrap_or_default().to_string_lossy();
    let scratch = to.with_file_name(format!(".{name}.{}.new", std::process::id()));
    files::make_private_dir(&scratch).map_err(|error| in_file(&scratch, error))?;
    let file = scratch.join(DATABASE);
    let copy = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(dir.database(), flags)?;
        connection.busy_timeout(limits::BACKUP_BUSY_TIME_MAX)?;
        connection.execute("VACUUM INTO ?1", [file.to_string_lossy()])?;
        fs::read(&file).map_err(|error| in_file(&file, error))
    };
    let copied = copy();
    // What is left over is private and harmless; the reason matters more.
    drop(fs::remove_dir_all(&scratch));
    copied
}

/// Makes a node's data folder of a backup, and gives the node's name. The restored node begins far beyond the
/// starts that the backup knows of: the others take it for a later run than any that they have seen.
///
/// # Errors
///
/// When the file is no backup, or the folder exists.
pub fn restore(options: &cli::Restore) -> Result<String, BackupError> {
    let from = &options.from;
    let no_backup = |why: String| BackupError::NoBackup {
        path: from.clone(),
        why,
    };
    let bytes = fs::read(from).map_err(|error| in_file(from, error))?;
    let entries = entries(&bytes).map_err(no_backup)?;
    let mut node = String::new();
    DataDir::create(&options.data, |dir| {
        for (name, content) in &entries {
            dir.write(name, content)?;
        }
        let (cluster, _) = (dir.cluster()?, dir.secrets()?);
        let connection = store::open(&dir.database(), false)?;
        node = settings::get(&connection, settings::NODE)?.unwrap_or_default();
        if cluster.node(&node).is_none() {
            return Err(no_backup(format!("its cluster has no node {node:?}")));
        }
        settings::skip_incarnations(&connection, limits::RESTORE_SKIPS_STARTS)?;
        Ok(())
    })?;
    Ok(node)
}

/// The files in a backup.
fn entries(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut found: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..zip.len() {
        let entry = zip.by_index(index).map_err(|error| error.to_string())?;
        let name = entry
            .name()
            .map_err(|error| error.to_string())?
            .into_owned();
        let is_known = FILES.contains(&name.as_str());
        if !is_known || found.iter().any(|(known, _)| *known == name) {
            return Err(format!(
                "{name:?} does not belong into it, or is there twice"
            ));
        }
        let mut content = Vec::new();
        let mut limited = entry.take(limits::BACKUP_FILE_BYTES_MAX);
        let read = limited.read_to_end(&mut content);
        read.map_err(|error| format!("{name}: {error}"))?;
        if limited.limit() == 0 {
            return Err(format!("{name} is too large"));
        }
        found.push((name, content));
    }
    let has = |name: &&str| found.iter().any(|(known, _)| known == name);
    match FILES.iter().find(|name| !has(name)) {
        Some(missing) => Err(format!("{missing} is missing")),
        None => Ok(found),
    }
}

fn in_file(path: &Path, source: io::Error) -> BackupError {
    BackupError::File {
        path: path.to_owned(),
        source,
    }
}
