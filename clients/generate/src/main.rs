//! Writes the generated part of the Rust client from the OpenAPI document, or checks that the
//! committed one is fresh.

use std::fmt::Display;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::str::FromStr;

use anyhow::{Context, Result};
use progenitor::{GenerationSettings, Generator, InterfaceStyle};

const DOCUMENT: &str = "openapi/openapi-3.0.json";
const GENERATED: &str = "clients/rust/src/generated.rs";
const COMMAND: &str = "cargo run -p evenkeel-clients-generate";

fn main() -> Result<ExitCode> {
    let check = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--check") => true,
        Some(other) => anyhow::bail!("unknown argument {other:?}; there is only --check"),
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let document = root.join(DOCUMENT);
    let text = fs::read_to_string(&document).with_context(|| format!("reading {DOCUMENT}"))?;
    let code = generate(&text)?;
    let target = root.join(GENERATED);
    if !check {
        fs::write(&target, code).with_context(|| format!("writing {GENERATED}"))?;
    } else if fs::read_to_string(&target).unwrap_or_default() != code {
        eprintln!("{GENERATED} is stale; run: {COMMAND}");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

fn generate(document: &str) -> Result<String> {
    let document = serde_json::from_str(document).context("reading the document")?;
    let mut settings = GenerationSettings::default();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_map_type("::std::collections::BTreeMap");
    settings.with_inner_type(path("crate::session::Login")?);
    settings.with_pre_hook_async(path("crate::session::authorize")?);
    let tokens = Generator::new(&settings).generate_tokens(&document);
    let tokens = tokens.map_err(|error| anyhow::anyhow!("generating the client: {error}"))?;
    let code = prettyplease::unparse(&syn::parse2(tokens).context("parsing the client")?);
    // The examples are sketches: as text they are not listed as tests that are left out.
    let code = code.replace("```ignore", "```text");
    Ok(format!("{HEADER}{code}"))
}

/// A path into the client crate as the generator wants it.
fn path<T: FromStr<Err: Display>>(path: &str) -> Result<T> {
    path.parse()
        .map_err(|error| anyhow::anyhow!("{path}: {error}"))
}

const HEADER: &str = "//! Generated from the OpenAPI document; not edited by hand.\n\n";
