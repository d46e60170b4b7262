//! Runs one of the system's network tools in the network namespace of the calling thread.

use std::io::{self, ErrorKind, Write};
use std::process::{Command, Stdio};

/// Runs a program with these arguments and this input, and gives what it prints.
///
/// # Errors
///
/// In one line: that it is not installed, or what it says when it fails.
pub(super) fn run(program: &str, args: &[&str], input: &str) -> Result<String, String> {
    let output = spawn(program, args, input).map_err(|error| {
        if error.kind() == ErrorKind::NotFound {
            format!("{program} is not installed")
        } else {
            format!("{program} cannot be run: {error}")
        }
    })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    // iptables warns before it says what is wrong.
    let mut lines = said.lines().map(str::trim);
    let telling = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    let said = telling.unwrap_or("it does not say why");
    Err(format!("{program} refuses: {said}"))
}

fn spawn(program: &str, args: &[&str], input: &str) -> io::Result<std::process::Output> {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        match stdin.write_all(input.as_bytes()) {
            // It ended before it read everything; what it says tells why.
            Err(error) if error.kind() != ErrorKind::BrokenPipe => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    child.wait_with_output()
}
