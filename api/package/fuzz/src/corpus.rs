//! Writes packages, good ones and bad ones, into a folder, as inputs for the fuzz target to begin with:
//! `package-corpus FOLDER`.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use evenkeel_package::{Package, write};

#[path = "../../../../engine/packet/fuzz/src/folder.rs"]
mod folder;

use folder::fill;

const CONFIG: &str = "<safe><service mode=\"light\"/></safe>";

/// Entries: name, content, how often.
type Entries = &'static [(&'static str, &'static str, u16)];

/// Modules, and what is none.
const RECIPES: [Entries; 8] = [
    &[("conf/userconfig.xml", CONFIG, 1)],
    &[
        ("conf/userconfig.xml", CONFIG, 2),
        ("bin/a", "#!/bin/sh\n", 3),
    ],
    &[
        ("conf/userconfig.xml", CONFIG, 1),
        ("conf/macros.json", "{\"A\": \"1\"}", 1),
    ],
    &[
        ("conf/userconfig.xml", CONFIG, 1),
        ("bin/", "", 0),
        ("README.md", "x", 1),
    ],
    &[
        ("conf/userconfig.xml", CONFIG, 1),
        ("bin/a", "0000000000000000", 5001),
    ],
    &[("web/conf/userconfig.xml", CONFIG, 1)],
    &[("../bin/a", "x", 1), ("/bin/a", "x", 1), ("bin\\a", "x", 1)],
    &[
        ("bin/a/b", "x", 1),
        ("bin/a", "x", 1),
        ("conf/macros.json", "[]", 1),
    ],
];

fn main() -> ExitCode {
    fill("package-corpus", write_all)
}

fn write_all(folder: &Path) -> std::io::Result<usize> {
    fs::create_dir_all(folder)?;
    let module = Package {
        userconfig: CONFIG.to_owned(),
        macros: [("PORT".to_owned(), "80".to_owned())].into(),
        scripts: [("start_both".to_owned(), "#!/bin/sh\nexit 0\n".to_owned())].into(),
    };
    let module = write(&module).map_err(std::io::Error::other)?;
    let mut inputs = vec![[&[0], &module[..]].concat()];
    for entries in RECIPES {
        let recipe: Vec<u8> = entries.iter().flat_map(entry).collect();
        // Without changes, and with one to the kind of the first entry.
        inputs.push([&[1], &recipe[..]].concat());
        inputs.push([&[2, 1, 0, 8, 12], &recipe[..]].concat());
    }
    for (number, input) in inputs.iter().enumerate() {
        fs::write(folder.join(format!("package-{number:03}")), input)?;
    }
    Ok(inputs.len())
}

fn entry((name, content, times): &(&str, &str, u16)) -> Vec<u8> {
    let length = |text: &str| u8::try_from(text.len()).unwrap_or(u8::MAX);
    let head = [length(name), length(content)];
    [
        &head[..],
        &times.to_be_bytes(),
        name.as_bytes(),
        content.as_bytes(),
    ]
    .concat()
}
