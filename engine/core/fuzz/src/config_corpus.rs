//! Writes configurations, good ones and bad ones, into a folder, as inputs for the fuzz target to
//! begin with: `config-corpus FOLDER`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use evenkeel_core::config::{Kind, xml_to_json};

#[path = "../../../packet/fuzz/src/folder.rs"]
mod folder;

use folder::fill;

/// Files in XML.
const XML: [&str; 7] = [
    include_str!("../../tests/data/everything.xml"),
    include_str!("../../tests/data/good-cluster.xml"),
    include_str!("../../tests/data/good-rules.xml"),
    include_str!("../../tests/data/good-userconfig.xml"),
    include_str!("../../tests/data/good-watch.xml"),
    include_str!("../../tests/data/good-watch-written.xml"),
    include_str!("../../tests/data/seed-userconfig.xml"),
];

/// A good file, and changes to it with what is wrong then.
const GOOD: &str = include_str!("../../tests/data/good-userconfig.xml");
const BAD: &str = include_str!("../../tests/data/bad-userconfig.txt");
/// Documents in JSON with what is wrong with them.
const BAD_JSON: &str = include_str!("../../tests/data/bad-json.txt");
/// Rules, a line each.
const RULES: &str = include_str!("../../tests/data/good-watch-rules.txt");

fn main() -> ExitCode {
    fill("config-corpus", write)
}

fn write(folder: &Path) -> std::io::Result<usize> {
    fs::create_dir_all(folder)?;
    let mut inputs: Vec<String> = XML.iter().map(|text| (*text).to_owned()).collect();
    for text in XML {
        let twins = [Kind::Module, Kind::Cluster].map(|kind| xml_to_json(text, kind));
        let twins = twins.into_iter().filter_map(Result::ok);
        inputs.extend(twins.filter_map(|json| serde_json::to_string(&json).ok()));
    }
    for case in BAD.split("\n== ") {
        let (old, new) = (marked(case, "- "), marked(case, "+ "));
        inputs.push(if old.is_empty() {
            new
        } else {
            GOOD.replace(&old, &new)
        });
    }
    inputs.extend(BAD_JSON.split("\n== ").map(|case| marked(case, "+ ")));
    inputs.extend(RULES.lines().map(str::to_owned));
    inputs.push(RULES.to_owned());
    for (number, input) in inputs.iter().enumerate() {
        fs::write(folder.join(format!("config-{number:03}")), input)?;
    }
    Ok(inputs.len())
}

/// The lines of a case that begin with a mark, without it.
fn marked(case: &str, mark: &str) -> String {
    let lines = case.lines().filter_map(|line| line.strip_prefix(mark));
    lines.collect::<Vec<_>>().join("\n")
}
