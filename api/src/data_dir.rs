//! A node's data: one private folder with the cluster's configuration, keys, secrets and store.
//!
//! | file | what it is |
//! |---|---|
//! | `cluster.xml` | the cluster's configuration |
//! | `cluster-next.xml` | the one to come, while nodes come or go |
//! | `ca.pem` | the certificate of the cluster's CA, for those who ask the API |
//! | `node.pem`, `node.key` | this node's certificate |
//! | `secrets.json` | what all nodes share, with the CA's key |
//! | `evenkeel.db` | the store |
//! | `lock` | held by the running daemon |
//! | `api.sock` | where it answers this machine |

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use evenkeel_core::config::model::ClusterConfig;
use evenkeel_core::config::problem::Severity;
use nix::fcntl::{Flock, FlockArg};
use thiserror::Error;

use crate::files;
use crate::local;
use crate::secrets::Secrets;

/// A data folder cannot be made, read or used. The sentence says what to do.
#[derive(Debug, Error)]
pub enum DataDirError {
    /// It holds something.
    #[error("{} exists and is not empty; a node is initialised into a new folder", .0.display())]
    Exists(PathBuf),
    /// It is not there.
    #[error("{} is no node's data; make it with: evenkeel init", .0.display())]
    Missing(PathBuf),
    /// Others than its owner can enter it.
    #[error("{} holds secrets and others can enter it; close it with: chmod 700", .0.display())]
    Open(PathBuf),
    /// A daemon uses it.
    #[error("another evenkeel is running on {}", .0.display())]
    InUse(PathBuf),
    /// The file system refused.
    #[error("{}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Its answer.
        #[source]
        source: io::Error,
    },
    /// The cluster's configuration is refused.
    #[error("the cluster's configuration is refused:\n{0}")]
    Cluster(String),
    /// A file does not say what it should.
    #[error("{} cannot be read: {why}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
}

impl DataDirError {
    /// Whether a file is not there.
    fn is_not_found(&self) -> bool {
        matches!(self, Self::File { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

/// A node's data folder.
#[derive(Clone, Debug)]
pub struct DataDir {
    path: PathBuf,
}

impl DataDir {
    /// An existing one.
    ///
    /// # Errors
    ///
    /// When it is none, or is open to others.
    pub fn open(path: &Path) -> Result<Self, DataDirError> {
        let dir = Self {
            path: path.to_owned(),
        };
        if !dir.secrets_file().exists() {
            return Err(DataDirError::Missing(path.to_owned()));
        }
        let mode = fs::metadata(path)
            .map_err(|e| file(path, e))?
            .permissions()
            .mode();
        if mode & 0o077 != 0 {
            return Err(DataDirError::Open(path.to_owned()));
        }
        Ok(dir)
    }

    /// Makes one: `fill` puts the files into a folder beside it, which then becomes the data
    /// folder at once or not at all.
    ///
    /// # Errors
    ///
    /// When it exists, and those of `fill`.
    pub fn create<E: From<DataDirError>>(
        path: &Path,
        fill: impl FnOnce(&Self) -> Result<(), E>,
    ) -> Result<Self, E> {
        refuse_existing(path)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let new = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
        files::make_private_dir(&new).map_err(|e| file(&new, e))?;
        let done = fill(&Self { path: new.clone() }).and_then(|()| {
            fs::rename(&new, path).map_err(|e| file(path, e))?;
            let parent = path
                .parent()
                .filter(|parent| !parent.as_os_str().is_empty());
            files::sync_dir(parent.unwrap_or(Path::new("."))).map_err(|e| file(path, e))?;
            Ok(Self {
                path: path.to_owned(),
            })
        });
        if done.is_err() {
            // What is left over is private and harmless; the reason matters more.
            drop(fs::remove_dir_all(&new));
        }
        done
    }

    /// Writes a file that only its owner reads.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn write(&self, name: &str, content: &[u8]) -> Result<(), DataDirError> {
        let path = self.path.join(name);
        files::write_atomic(&path, content, 0o600).map_err(|e| file(&path, e))
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn read(&self, name: &str) -> Result<String, DataDirError> {
        let path = self.path.join(name);
        fs::read_to_string(&path).map_err(|e| file(&path, e))
    }

    /// The secrets.
    ///
    /// # Errors
    ///
    /// When the file is missing or damaged.
    pub fn secrets(&self) -> Result<Secrets, DataDirError> {
        serde_json::from_str(&self.read(SECRETS)?).map_err(|e| DataDirError::Content {
            path: self.secrets_file(),
            why: e.to_string(),
        })
    }

    /// Replaces the secrets: what is there is the old ones or these, whatever happens.
    ///
    /// # Errors
    ///
    /// Those of the file system; the old ones are still there then.
    pub fn write_secrets(&self, secrets: &Secrets) -> Result<(), DataDirError> {
        let text = serde_json::to_string(secrets).map_err(|e| DataDirError::Content {
            path: self.secrets_file(),
            why: e.to_string(),
        })?;
        self.write(SECRETS, text.as_bytes())
    }

    /// The cluster's configuration.
    ///
    /// # Errors
    ///
    /// When the file is missing or refused.
    pub fn cluster(&self) -> Result<ClusterConfig, DataDirError> {
        read_cluster(&self.read(CLUSTER)?)
    }

    /// The cluster's configuration that was accepted beside it, where there is one.
    ///
    /// # Errors
    ///
    /// When the file is refused.
    pub fn cluster_next(&self) -> Result<Option<ClusterConfig>, DataDirError> {
        match self.read(CLUSTER_NEXT) {
            Ok(text) => read_cluster(&text).map(Some),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Removes a file; one that is not there is as good as removed.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn remove(&self, name: &str) -> Result<(), DataDirError> {
        let path = self.path.join(name);
        let removed = fs::remove_file(&path).map_err(|e| file(&path, e));
        match removed {
            Err(error) if error.is_not_found() => Ok(()),
            Err(error) => Err(error),
            Ok(()) => files::sync_dir(&self.path).map_err(|e| file(&path, e)),
        }
    }

    /// Where the store is.
    pub fn database(&self) -> PathBuf {
        self.path.join(DATABASE)
    }

    /// Where the local socket is, whatever folder a script is in.
    pub fn socket(&self) -> PathBuf {
        let path = self.path.join(local::SOCKET);
        std::path::absolute(&path).unwrap_or(path)
    }

    /// Where modules are unless said otherwise.
    pub fn modules(&self) -> PathBuf {
        self.path.join("modules")
    }

    /// Keeps other daemons out while the answer lives, also when this one is killed.
    ///
    /// # Errors
    ///
    /// When another has it.
    pub fn lock(&self) -> Result<Flock<File>, DataDirError> {
        let path = self.path.join("lock");
        let mut options = OpenOptions::new();
        let file = options
            .create(true)
            .truncate(false)
            .write(true)
            .mode(0o600)
            .open(&path);
        let file = file.map_err(|e| self::file(&path, e))?;
        Flock::lock(file, FlockArg::LockExclusiveNonblock)
            .map_err(|_held| DataDirError::InUse(self.path.clone()))
    }

    fn secrets_file(&self) -> PathBuf {
        self.path.join(SECRETS)
    }
}

/// Name of the file with the cluster's configuration.
pub const CLUSTER: &str = "cluster.xml";
/// Name of the file with the cluster's configuration that is to come.
pub const CLUSTER_NEXT: &str = "cluster-next.xml";
/// Name of the file with the CA's certificate.
pub const CA: &str = "ca.pem";
/// Name of the file with the node's certificate.
pub const NODE: &str = "node.pem";
/// Name of the file with the node's key.
pub const NODE_KEY: &str = "node.key";
/// Name of the file that is the store.
pub const DATABASE: &str = "evenkeel.db";
/// Name of the file with the secrets.
pub const SECRETS: &str = "secrets.json";

/// Reads a cluster's configuration.
///
/// # Errors
///
/// With everything that is wrong with it, a line each.
pub fn read_cluster(text: &str) -> Result<ClusterConfig, DataDirError> {
    let (config, problems) = evenkeel_core::config::read_cluster(text);
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error);
    let lines: Vec<String> = errors
        .map(|problem| format!("cluster.xml:{problem}"))
        .collect();
    config
        .filter(|_| lines.is_empty())
        .ok_or_else(|| DataDirError::Cluster(lines.join("\n")))
}

/// Refuses a folder in which there is something.
///
/// # Errors
///
/// When there is, or it cannot be read.
pub fn refuse_existing(path: &Path) -> Result<(), DataDirError> {
    match fs::read_dir(path) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(DataDirError::Exists(path.to_owned())),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(file(path, error)),
    }
}

fn file(path: &Path, source: io::Error) -> DataDirError {
    DataDirError::File {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_made_whole_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("data");
        let failed = DataDir::create(&path, |_| Err(DataDirError::Missing("x".into())));
        assert!(matches!(failed, Err(DataDirError::Missing(_))));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        let made = DataDir::create::<DataDirError>(&path, |new| new.write(SECRETS, b"{}"));
        made.unwrap();
        let mode = fs::metadata(path.join(SECRETS))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
        let again = DataDir::create::<DataDirError>(&path, |_| Ok(()));
        assert!(matches!(again, Err(DataDirError::Exists(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(matches!(DataDir::open(&path), Err(DataDirError::Open(_))));
    }
}
