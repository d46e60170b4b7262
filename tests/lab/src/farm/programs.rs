//! The programs of which a farm consists, next to this one.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::prerequisites::Missing;

/// Where the programs are.
#[derive(Clone, Debug)]
pub struct Programs {
    /// The daemon.
    pub evenkeel: PathBuf,
    /// The lab, for the service behind the virtual address.
    pub lab: PathBuf,
}

impl Programs {
    /// Looks in the directory of this program and, for tests, in the one above.
    ///
    /// # Errors
    ///
    /// [`Missing`] when they have not been built.
    pub fn find() -> Result<Self> {
        let own = env::current_exe().context("looking for this program's own file")?;
        let dir = own
            .parent()
            .context("this program's file has no directory")?;
        Ok(Self {
            evenkeel: find(dir, "evenkeel")?,
            lab: find(dir, "evenkeel-lab")?,
        })
    }
}

fn find(dir: &Path, name: &str) -> Result<PathBuf> {
    let beside = [Some(dir), dir.parent()]
        .into_iter()
        .flatten()
        .map(|dir| dir.join(name));
    let found = beside.into_iter().find(|program| program.is_file());
    Ok(found.ok_or_else(|| {
        Missing::new(format!(
            "The program {name} is not in {}: run `cargo build` (or `cargo build --release`) first.",
            dir.display()
        ))
    })?)
}
