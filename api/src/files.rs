//! Files that are either the old ones or the new ones, whatever happens in between.

use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::problem::Problem;

/// Writes a file by way of a temporary one beside it: flushed, then renamed, then the folder
/// flushed. `mode` is the file's, whatever the umask.
///
/// # Errors
///
/// Those of the file system; the old file is still there then.
pub fn write_atomic(path: &Path, content: &[u8], mode: u32) -> io::Result<()> {
    let dir = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    Pending::write(path, content, mode)?.publish()?;
    sync_dir(dir)
}

/// The new content of a file, flushed to a temporary one beside it, which goes where it is not published.
#[derive(Debug)]
pub struct Pending {
    temporary: PathBuf,
    path: PathBuf,
}

impl Pending {
    /// Writes the temporary file. `mode` is the file's, whatever the umask.
    ///
    /// # Errors
    ///
    /// Those of the file system; nothing is left then.
    pub fn write(path: &Path, content: &[u8], mode: u32) -> io::Result<Self> {
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        let dir = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
        let temporary = dir.join(format!(".{}.new", name.to_string_lossy()));
        match fs::remove_file(&temporary) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        let pending = Self {
            temporary,
            path: path.to_owned(),
        };
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(mode)
            .open(&pending.temporary)?;
        file.set_permissions(fs::Permissions::from_mode(mode))?;
        file.write_all(content)?;
        file.sync_all()?;
        Ok(pending)
    }

    /// Puts it in the file's place; the folder is for the caller to flush.
    ///
    /// # Errors
    ///
    /// Those of the file system; the old file is still there then.
    pub fn publish(self) -> io::Result<()> {
        fs::rename(&self.temporary, &self.path)
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        // Not there when it was published; else it would take room that somebody may be short of.
        drop(fs::remove_file(&self.temporary));
    }
}

/// Whether an error comes from a disk, or a quota of it, that is full.
pub fn is_storage_full(error: &(dyn Error + 'static)) -> bool {
    let full = |error: &io::Error| {
        matches!(
            error.kind(),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
        )
    };
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref().is_some_and(full) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Does work that waits for the file system where it holds no request up. `what` names it in the problem.
///
/// # Errors
///
/// Those of the work, as a problem of the daemon.
pub async fn blocking<T, E>(
    what: &str,
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, Problem>
where
    T: Send + 'static,
    E: Error + Send + 'static,
{
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|error| Problem::internal(what, &error))?;
    done.map_err(|error| match is_storage_full(&error) {
        true => Problem::storage_full(what),
        false => Problem::internal(what, &error),
    })
}

/// Makes a folder that only its owner enters, with those above it that are missing.
///
/// # Errors
///
/// Those of the file system.
pub fn make_private_dir(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

/// Flushes a folder's entries.
///
/// # Errors
///
/// Those of the file system.
pub fn sync_dir(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_published_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        write_atomic(&path, b"old", 0o600).unwrap();
        drop(Pending::write(&path, b"new", 0o600).unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        Pending::write(&path, b"new", 0o600)
            .unwrap()
            .publish()
            .unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_full_disk_is_seen_through_other_errors() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        assert!(is_storage_full(&full));
        assert!(is_storage_full(&crate::store::OpenError::Thread(full)));
        assert!(!is_storage_full(&io::Error::from(io::ErrorKind::NotFound)));
    }
}
