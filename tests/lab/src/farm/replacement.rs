//! A machine that is lost with its disk, and what an administrator does to have the node back on another
//! one: a backup restored, or the node joined to the cluster again.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use super::{Farm, plan};
use crate::isolate;

impl Farm {
    /// Loses the node's machine with all that was on its disk. Its data comes from [`join`](Self::join) or
    /// [`restore_backup`](Self::restore_backup) then, and the new machine is
    /// [switched on](Self::power_on).
    ///
    /// # Errors
    ///
    /// When there is no such node, or its power is off already.
    pub async fn lose_machine(&mut self, number: u8) -> Result<Instant> {
        let at = self.power_off(number).await?;
        self.node_mut(number)?.lose_machine()?;
        Ok(at)
    }

    /// Makes the data of a node, which has none, by what the first node writes for it.
    ///
    /// # Errors
    ///
    /// When there is no such node, or `evenkeel export-join` or `init` fails.
    pub async fn join(&self, number: u8) -> Result<()> {
        let (first, node) = (self.node(1)?, self.node(number)?);
        self.files.join(&self.programs, first, node).await
    }

    /// Makes the data of a node, which has none, as its administrator does: with a token that the first node
    /// made for it.
    ///
    /// # Errors
    ///
    /// When there is no such node, it is none of the cluster, or `evenkeel join` fails.
    pub async fn join_by_token(&self, number: u8) -> Result<()> {
        let name = plan::node_name(number);
        let made = self.api(1)?.join_token(&name).await?;
        let node = self.node(number)?;
        let mut command = isolate::command(&self.programs.evenkeel);
        let from = format!("https://{}:{}", plan::node_addr(1), plan::API_PORT);
        command.args(["join", "--from", &from]);
        command.args(["--fingerprint", &made.fingerprint]);
        command.arg("--data").arg(node.data_dir());
        command.stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let namespace = &node.station().namespace;
        let joined = namespace.run(move || async move {
            let mut joining = command.spawn()?;
            let mut input = joining.stdin.take().context("the token goes nowhere")?;
            input.write_all(made.token.as_bytes())?;
            drop(input);
            Ok::<_, anyhow::Error>(joining.wait_with_output()?)
        });
        let output = joined.await??;
        ensure!(
            output.status.success(),
            "evenkeel join failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        Ok(())
    }

    /// Writes a backup of the node, whose daemon may run; gives the file.
    ///
    /// # Errors
    ///
    /// When there is no such node, or `evenkeel backup` fails.
    pub async fn back_up(&self, number: u8) -> Result<PathBuf> {
        self.files.back_up(&self.programs, self.node(number)?).await
    }

    /// Makes the data of a node, which has none, of its backup.
    ///
    /// # Errors
    ///
    /// When there is no such node, or `evenkeel restore` fails.
    pub async fn restore_backup(&self, number: u8, backup: &Path) -> Result<()> {
        let node = self.node(number)?;
        self.files.restore(&self.programs, backup, node).await
    }
}
