//! The program that writes a fuzz target's first inputs: `NAME FOLDER`.

use std::env;
use std::fmt::Display;
use std::path::Path;
use std::process::ExitCode;

/// Has the inputs written into the folder that the command names, and says how many there are.
/// Status: 2 for a command without a folder.
pub(crate) fn fill<E: Display>(name: &str, write: fn(&Path) -> Result<usize, E>) -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("{name}: name the folder that the inputs go to");
        return ExitCode::from(2);
    };
    let folder = Path::new(&folder);
    match write(folder) {
        Ok(count) => {
            println!("{count} inputs in {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{name}: {}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}
