//! The files of a farm: its directory, the cluster's and the module's configuration, the scripts,
//! and what `evenkeel init` makes of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rand::Rng;
use rand::distr::Alphanumeric;
use tokio::process::Command;

use super::api::Credentials;
use super::node::Node;
use super::options::Mode;
use super::plan;
use super::programs::Programs;
use crate::isolate;

/// The owner's seed, unchanged.
const SEED: &str = include_str!("../../data/seed-userconfig.xml");
const START_BOTH: &str = include_str!("../../data/start_both");
const STOP_BOTH: &str = include_str!("../../data/stop_both");

/// Characters of a generated password.
const PASSWORD_LENGTH: usize = 24;

/// A module as it is given to the API.
#[derive(Clone, Debug)]
pub struct ModuleFiles {
    /// The text of `userconfig.xml`.
    pub userconfig: String,
    /// Values of its macros.
    pub macros: BTreeMap<String, String>,
    /// Scripts by name.
    pub scripts: BTreeMap<String, String>,
}

/// The farm's module: the seed with its macros set, and scripts that start and stop the service.
pub fn userconfig(mode: Mode) -> ModuleFiles {
    let userconfig = match mode {
        Mode::Directed => SEED.to_owned(),
        Mode::Invisible => SEED.replace("vmac_directed", "vmac_invisible"),
    };
    let map = |pairs: [(&str, String); 2]| {
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    };
    ModuleFiles {
        userconfig,
        macros: map([
            ("VIRTUAL_IP", plan::VIP.to_string()),
            ("IIS_PORT", plan::SERVICE.port().to_string()),
        ]),
        scripts: map([
            ("start_both", START_BOTH.into()),
            ("stop_both", STOP_BOTH.into()),
        ]),
    }
}

/// A farm's directory.
#[derive(Debug)]
pub struct FarmFiles {
    dir: PathBuf,
}

impl FarmFiles {
    /// Makes it.
    ///
    /// # Errors
    ///
    /// When it exists or cannot be made.
    pub fn create(dir: PathBuf) -> Result<Self> {
        fs::create_dir(&dir).with_context(|| format!("making {}", dir.display()))?;
        Ok(Self { dir })
    }

    /// Where it is.
    pub const fn dir(&self) -> &PathBuf {
        &self.dir
    }

    /// Makes the first node's data with a new administrator, and lets the others join it.
    ///
    /// # Errors
    ///
    /// When `evenkeel init` or `export-join` fails; with its words.
    pub async fn initialise(&self, programs: &Programs, nodes: &[Node]) -> Result<Credentials> {
        let cluster = self.dir.join("cluster.xml");
        fs::write(&cluster, cluster_xml(nodes.len()))?;
        let password: String = rand::rng()
            .sample_iter(Alphanumeric)
            .take(PASSWORD_LENGTH)
            .map(char::from)
            .collect();
        let password_file = self.dir.join("password");
        fs::write(&password_file, &password)?;
        let Some((first, others)) = nodes.split_first() else {
            bail!("a farm needs nodes")
        };
        let data = path(&first.data_dir());
        evenkeel(
            programs,
            &[
                "init",
                "--data",
                &data,
                "--cluster",
                &path(&cluster),
                "--node",
                first.name(),
            ],
            &["--password-file", &path(&password_file)],
        )
        .await?;
        for node in others {
            self.join(programs, first, node).await?;
        }
        Ok(Credentials::new(
            "admin",
            password,
            first.data_dir().join("ca.pem"),
        ))
    }

    /// Makes a node's data by what another one writes for it.
    ///
    /// # Errors
    ///
    /// When `evenkeel export-join` or `init` fails; with its words.
    pub async fn join(&self, programs: &Programs, by: &Node, node: &Node) -> Result<()> {
        let join = self.dir.join(format!("{}.join", node.name()));
        let export = ["export-join", "--data", &path(&by.data_dir())];
        let exported = evenkeel(programs, &export, &["--node", node.name()]).await?;
        fs::write(&join, exported)?;
        let init = ["init", "--data", &path(&node.data_dir())];
        evenkeel(programs, &init, &["--join", &path(&join)]).await?;
        Ok(())
    }

    /// Writes a node's data into a backup beside the nodes' directories; gives the file.
    ///
    /// # Errors
    ///
    /// When `evenkeel backup` fails; with its words.
    pub async fn back_up(&self, programs: &Programs, node: &Node) -> Result<PathBuf> {
        let file = self.dir.join(format!("{}.backup", node.name()));
        let backup = ["backup", "--data", &path(&node.data_dir())];
        evenkeel(programs, &backup, &["--to", &path(&file)]).await?;
        Ok(file)
    }

    /// Makes a node's data of a backup.
    ///
    /// # Errors
    ///
    /// When `evenkeel restore` fails; with its words.
    pub async fn restore(&self, programs: &Programs, backup: &Path, node: &Node) -> Result<()> {
        let restore = ["restore", "--data", &path(&node.data_dir())];
        evenkeel(programs, &restore, &["--from", &path(backup)]).await?;
        Ok(())
    }
}

/// Runs `evenkeel` to its end and gives its output.
async fn evenkeel(programs: &Programs, args: &[&str], more: &[&str]) -> Result<Vec<u8>> {
    let command = isolate::command(&programs.evenkeel);
    let output = Command::from(command).args(args).args(more).output();
    let output = output.await.context("starting evenkeel")?;
    if !output.status.success() {
        bail!(
            "evenkeel {} failed: {}",
            args.first().copied().unwrap_or_default(),
            String::from_utf8_lossy(&output.stderr).trim()
        );
    }
    Ok(output.stdout)
}

fn cluster_xml(nodes: usize) -> String {
    let mut xml = String::from("<cluster>\n  <lans>\n    <lan name=\"default\">\n");
    for number in (1..=nodes).filter_map(|number| u8::try_from(number).ok()) {
        let (name, addr) = (plan::node_name(number), plan::node_addr(number));
        // Writing to a string cannot fail.
        let _infallible = writeln!(xml, "      <node name=\"{name}\" addr=\"{addr}\"/>");
    }
    xml.push_str("    </lan>\n  </lans>\n</cluster>\n");
    xml
}

fn path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
