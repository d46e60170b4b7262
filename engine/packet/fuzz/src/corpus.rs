//! Writes the sentences of the packet path into a folder, as inputs for the fuzz target to begin
//! with: `corpus FOLDER`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

#[allow(unreachable_pub, dead_code, reason = "shared with the tests")]
#[path = "../../tests/fixtures/mod.rs"]
mod fixtures;
mod folder;
#[allow(dead_code, reason = "shared with the fuzz target")]
mod situation;

use folder::fill;
use situation::Situation;

fn main() -> ExitCode {
    fill("corpus", write)
}

fn write(folder: &Path) -> Result<usize, String> {
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
