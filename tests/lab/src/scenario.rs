//! `evenkeel-lab run SCENARIO.yaml`: scenarios from the command line of pipelines.
//!
//! The runner is the Python package evenkeel-failover, whose tests, report and load are the same with
//! or without a scenario file; this hands over to it, with this very program as its lab. Its exit codes
//! are those of the command: 0 all held, 1 not, 2 something is missing, 3 a file is not understood.

use std::env;
use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use anyhow::{Context, Error, Result};

use crate::prerequisites::Missing;

/// The package, as Python imports it.
const PACKAGE: &str = "evenkeel_failover";

/// Names the interpreter that has the package; else the one of the search path.
const INTERPRETER: &str = "EVENKEEL_PYTHON";

/// What to run.
#[derive(Clone, Debug, clap::Args)]
#[command(disable_help_flag = true)]
pub struct RunArgs {
    /// Scenarios, and options as --report FILE and --junit FILE; --help tells all
    #[arg(
        value_name = "SCENARIO.yaml",
        trailing_var_arg = true,
        allow_hyphen_values = true,
        required = true
    )]
    pub arguments: Vec<OsString>,
}

/// Becomes the runner.
///
/// # Errors
///
/// [`Missing`] when there is no Python with the package; otherwise why the runner could not be started.
pub fn run(args: &RunArgs) -> Result<std::convert::Infallible> {
    let python = env::var_os(INTERPRETER).unwrap_or_else(|| "python3".into());
    let own = env::current_exe().context("looking for this program's own file")?;
    let import = format!("import {PACKAGE}");
    let found = Command::new(&python)
        .args(["-c", &import])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !found.is_ok_and(|status| status.success()) {
        return Err(Missing::new(format!(
            "{} has no package {PACKAGE}: `pip install clients/python tests/failover`, or name an \
             interpreter that has it by {INTERPRETER}.",
            python.to_string_lossy()
        ))
        .into());
    }
    let mut runner = Command::new(python);
    runner.args(["-m", PACKAGE, "run"]).args(&args.arguments);
    let error = runner.env("EVENKEEL_LAB", own).exec();
    Err(Error::new(error).context("starting the runner"))
}
