//! Writes the sentences of the packet path into a folder, as inputs for the fuzz target to begin
//! with: `corpus FOLDER`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

#[allow(unreachable_pub, dead_code, reason = "shared with the tests")]
#[path = "../../tests/fixtures/mod.rs"]
mod fixtures;
#[allow(dead_code, reason = "shared with the fuzz target")]
mod situation;

use situation::Situation;

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("corpus: name the folder that the inputs go to");
        return ExitCode::from(2);
    };
    match write(&folder) {
        Ok(count) => {
            println!("{count} inputs in {}", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("corpus: {}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &PathBuf) -> Result<usize, String> {
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let sentences = fixtures::sentences::all();
    for (number, sentence) in sentences.iter().enumerate() {
        let situation = Situation::new(sentence.state);
        let input = [&situation.bytes()[..], &sentence.frame].concat();
        let (read, _) = Situation::split(&input).ok_or("an input is too short")?;
        if format!("{:?}", read.state) != format!("{:?}", sentence.state) {
            return Err(format!(
                "{}: {:?} was read as {:?}",
                sentence.name, sentence.state, read.state
            ));
        }
        fs::write(folder.join(format!("sentence-{number:03}")), input)
            .map_err(|error| error.to_string())?;
    }
    Ok(sentences.len())
}
