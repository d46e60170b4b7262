//! The files of the repository, and what kind of file each is.
//!
//! The tree is walked rather than asked of git, so that a rule also sees what is not added yet and
//! works in an unpacked archive.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the rules know of languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// `*.rs`.
    Rust,
    /// `*.py`, or a Python interpreter in the first line.
    Python,
    /// `*.sh`, or a shell in the first line.
    Shell,
    /// `*.ts`, `*.mts`, `*.js`, `*.mjs`.
    TypeScript,
    /// Text in which only words and places are checked.
    Other,
}

/// A text file of the repository.
#[derive(Clone, Debug)]
pub struct Source {
    /// Path below the root, with `/`.
    pub path: String,
    /// The whole text.
    pub text: String,
    /// What it is written in.
    pub language: Language,
    /// Written by a generator: the form is the generator's, only places are checked.
    pub generated: bool,
}

/// Written by generators, by path; a `@generated` mark in the first five lines says the same.
const GENERATED: [&str; 16] = [
    "Cargo.lock",
    "engine/kernel/Cargo.lock",
    "engine/packet/fuzz/Cargo.lock",
    "engine/core/fuzz/Cargo.lock",
    "api/package/fuzz/Cargo.lock",
    "openapi/openapi",
    "openapi/package-lock.json",
    "clients/rust/src/generated.rs",
    "clients/python/evenkeel_client/api/",
    "clients/python/evenkeel_client/models/",
    "clients/python/evenkeel_client/client.py",
    "clients/python/evenkeel_client/errors.py",
    "clients/python/evenkeel_client/types.py",
    "clients/typescript/package-lock.json",
    "clients/typescript/src/schema.d.ts",
    "LICENSE",
];

/// Folders that hold nothing of ours.
const SKIPPED: [&str; 6] = [
    ".git",
    "target",
    "node_modules",
    "__pycache__",
    ".venv",
    ".pytest_cache",
];

impl Source {
    /// A file with `text` at `path`; language and generator are told from both.
    pub fn new(path: &str, text: &str) -> Self {
        let marked = text.lines().take(5).any(|line| line.contains("@generated"));
        let listed = GENERATED.iter().any(|start| path.starts_with(start));
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            language: language(path, text),
            generated: marked || listed,
        }
    }

    /// The lines with their numbers, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        (1..).zip(self.text.lines())
    }
}

fn language(path: &str, text: &str) -> Language {
    let extension = Path::new(path)
        .extension()
        .and_then(|e| e.to_str())
        .unwrap_or_default();
    let shebang = text
        .lines()
        .next()
        .filter(|line| line.starts_with("#!/"))
        .unwrap_or_default();
    match extension {
        "rs" => Language::Rust,
        "py" => Language::Python,
        "sh" => Language::Shell,
        "ts" | "mts" | "js" | "mjs" => Language::TypeScript,
        _ if shebang.contains("python") => Language::Python,
        _ if shebang.ends_with("sh") => Language::Shell,
        _ => Language::Other,
    }
}

/// The root of this repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// All text files below `root`, sorted by path; folders that tools fill are left out.
///
/// # Errors
///
/// When a folder or file cannot be read.
pub fn tree(root: &Path) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let path = entry.path();
            let kind = entry.file_type()?;
            if kind.is_dir() && !is_skipped(&path) {
                folders.push(path);
            } else if kind.is_file()
                && entry.file_name() != ".git"
                && let Ok(text) = String::from_utf8(fs::read(&path)?)
            {
                let below = path.strip_prefix(root).unwrap_or(&path);
                sources.push(Source::new(&below.to_string_lossy(), &text));
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

/// Cargo, pytest and others mark the folders they fill.
fn is_skipped(folder: &Path) -> bool {
    let name = folder
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    SKIPPED.contains(&name) || name.ends_with(".egg-info") || folder.join("CACHEDIR.TAG").exists()
}
