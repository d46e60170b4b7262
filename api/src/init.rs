//! `evenkeel init` and `evenkeel export-join`: how a cluster begins and grows.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use evenkeel_core::config::model::ClusterConfig;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::auth::password::{self, PasswordError};
use crate::certificate::{self, CertificateError};
use crate::cli;
use crate::data_dir::{self, DataDir, DataDirError};
use crate::handlers::users::check_name;
use crate::pki::{self, PkiError};
use crate::secrets::Secrets;
use crate::store::{self, OpenError, StoreError, records, settings};
use crate::timestamp;
use crate::views::record::{Record, RecordKind, UserRecord};
use crate::views::session::Role;

/// A node cannot be initialised. Nothing was left behind.
#[derive(Debug, Error)]
pub enum InitError {
    /// The data folder.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// The certificates.
    #[error(transparent)]
    Pki(#[from] PkiError),
    /// The node's certificate.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The store cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The password.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The administrator's name.
    #[error("{0}")]
    AdminName(String),
    /// A file that was named cannot be read.
    #[error("{} cannot be read", path.display())]
    Input {
        /// The file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The node is not in the cluster's configuration.
    #[error("cluster.xml has no node {node:?}; it has {}", nodes.join(", "))]
    UnknownNode {
        /// The name given.
        node: String,
        /// The names there are.
        nodes: Vec<String>,
    },
    /// The file is none that `export-join` wrote.
    #[error("{} is no file of evenkeel export-join: {why}", path.display())]
    Join {
        /// The file.
        path: PathBuf,
        /// Why not.
        why: String,
    },
}

/// What a new node's operator needs to know.
#[derive(Debug)]
pub struct Initialised {
    /// The node's name.
    pub node: String,
    /// SHA-256 of the CA's certificate.
    pub fingerprint: String,
    /// Where the CA's certificate is.
    pub ca: PathBuf,
    /// The first administrator, where one was made.
    pub admin: Option<String>,
    /// Its password, where it was made up; shown once.
    pub password: Option<String>,
}

/// Everything a joining node needs; secret.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct JoinFile {
    evenkeel_join: u32,
    node: String,
    cluster_xml: String,
    secrets: Secrets,
    records: Vec<Record>,
}

/// The version of [`JoinFile`].
const JOIN_VERSION: u32 = 3;

/// Makes a node's data.
///
/// # Errors
///
/// When something is missing or refused; nothing is left behind.
pub fn init(options: &cli::Init) -> Result<Initialised, InitError> {
    match (&options.join, &options.cluster, &options.node) {
        (Some(join), _, _) => init_joining(&options.data, &read_input(join)?, join),
        (None, Some(cluster), Some(node)) => init_first(options, cluster, node),
        (None, _, _) => Err(InitError::UnknownNode {
            node: String::new(),
            nodes: Vec::new(),
        }),
    }
}

fn init_first(options: &cli::Init, file: &Path, node: &str) -> Result<Initialised, InitError> {
    let cluster_xml = read_input(file)?;
    check_node(&data_dir::read_cluster(&cluster_xml)?, node)?;
    check_name(&options.admin).map_err(|problem| InitError::AdminName(problem.detail))?;
    let (given, made_up) = match &options.password_file {
        Some(file) => (first_line(&read_input(file)?), None),
        None => (password::random(), Some(())),
    };
    let phc = password::hash_now(&given)?;
    let contents = Contents {
        node,
        cluster_xml: &cluster_xml,
        secrets: &Secrets::generate(pki::make_authority()?),
        records: &[first_administrator(options.admin.clone(), phc)],
        starts: 0,
    };
    let made = contents.make(&options.data)?;
    let (admin, password) = (Some(options.admin.clone()), made_up.map(|()| given));
    Ok(Initialised {
        admin,
        password,
        ..made
    })
}

fn first_administrator(name: String, phc: String) -> Record {
    let now = timestamp::now();
    Record {
        kind: RecordKind::User,
        name,
        version: 1,
        changed_at: now.clone(),
        removed: false,
        user: Some(UserRecord {
            phc,
            role: Role::Admin,
            created_at: now,
        }),
        api_key: None,
        webhook: None,
    }
}

/// Makes a node's data of what `export-join` wrote; `file` is where that is from.
///
/// # Errors
///
/// When it is none, or of another version; nothing is left behind.
pub fn init_joining(data: &Path, text: &str, file: &Path) -> Result<Initialised, InitError> {
    let refused = |why: String| InitError::Join {
        path: file.to_owned(),
        why,
    };
    let join: JoinFile = serde_json::from_str(text).map_err(|e| refused(e.to_string()))?;
    if join.evenkeel_join != JOIN_VERSION {
        return Err(refused(format!("version {} of it", join.evenkeel_join)));
    }
    check_node(&data_dir::read_cluster(&join.cluster_xml)?, &join.node)?;
    let contents = Contents {
        node: &join.node,
        cluster_xml: &join.cluster_xml,
        secrets: &join.secrets,
        records: &join.records,
        // The others refuse a run before one that they know, and may know many of a machine that this one
        // replaces: none started once a millisecond.
        starts: timestamp::now_millis(),
    };
    contents.make(data)
}

/// The text of the file with which `node` joins the cluster of `data`. It holds secrets.
///
/// # Errors
///
/// When the node is unknown, or the data cannot be read.
pub fn export_join(data: &Path, node: &str) -> Result<String, InitError> {
    export_join_of(&DataDir::open(data)?, node)
}

/// [`export_join`] of an open folder.
///
/// # Errors
///
/// The same.
pub fn export_join_of(dir: &DataDir, node: &str) -> Result<String, InitError> {
    check_node(&dir.cluster()?, node)?;
    let store = store::open(&dir.database(), false)?;
    let join = JoinFile {
        evenkeel_join: JOIN_VERSION,
        node: node.to_owned(),
        cluster_xml: dir.read(data_dir::CLUSTER)?,
        secrets: dir.secrets()?,
        records: records::all(&store)?,
    };
    serde_json::to_string_pretty(&join).map_err(|e| InitError::Join {
        path: dir.database(),
        why: e.to_string(),
    })
}

/// What a data folder is filled with.
struct Contents<'a> {
    node: &'a str,
    cluster_xml: &'a str,
    secrets: &'a Secrets,
    records: &'a [Record],
    /// Starts of the daemon to count from.
    starts: u64,
}

impl Contents<'_> {
    fn make(&self, path: &Path) -> Result<Initialised, InitError> {
        let fingerprint = pki::fingerprint(&self.secrets.authority().certificate)?;
        DataDir::create(path, |dir| self.fill(dir))?;
        Ok(Initialised {
            node: self.node.to_owned(),
            fingerprint,
            ca: path.join(data_dir::CA),
            admin: None,
            password: None,
        })
    }

    fn fill(&self, dir: &DataDir) -> Result<(), InitError> {
        dir.write(data_dir::CLUSTER, self.cluster_xml.as_bytes())?;
        dir.write_secrets(self.secrets)?;
        certificate::identity(dir, self.secrets, self.node, true)?;
        // Made empty first, so that SQLite keeps its permissions.
        let database = dir.database();
        let name = database.file_name().unwrap_or_default().to_string_lossy();
        dir.write(&name, b"")?;
        self.fill_store(&mut store::open(&database, false)?)
    }

    fn fill_store(&self, connection: &mut Connection) -> Result<(), InitError> {
        settings::set(connection, settings::NODE, self.node)?;
        settings::skip_incarnations(connection, self.starts)?;
        for record in self.records {
            records::take(connection, record)?;
        }
        Ok(())
    }
}

fn check_node(cluster: &ClusterConfig, node: &str) -> Result<(), InitError> {
    if cluster.node(node).is_some() {
        return Ok(());
    }
    let nodes = cluster
        .nodes()
        .map(|(_, known)| known.name.clone())
        .collect();
    Err(InitError::UnknownNode {
        node: node.to_owned(),
        nodes,
    })
}

fn read_input(path: &Path) -> Result<String, InitError> {
    fs::read_to_string(path).map_err(|source| InitError::Input {
        path: path.to_owned(),
        source,
    })
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}
