//! A module that comes as a package: read before the farm is made, given to it through the API.

use std::collections::BTreeMap;

use anyhow::{Context, Result, anyhow, ensure};

use super::FarmArgs;
use crate::farm::{Farm, plan};

/// The macro that gets the farm's virtual address, as the templates call it.
const ADDRESS: &str = "VIRTUAL_IP";

/// The bytes of the package, where one is wanted.
pub(super) fn read(args: &FarmArgs) -> Result<Option<Vec<u8>>> {
    let Some(path) = &args.module else {
        return Ok(None);
    };
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(Some(bytes))
}

/// Gives every node the module.
pub(super) async fn install(farm: &Farm, args: &FarmArgs, package: Vec<u8>) -> Result<()> {
    let mut macros = BTreeMap::from([(ADDRESS.to_owned(), plan::VIP.to_string())]);
    macros.extend(args.macros.iter().cloned());
    let (name, macros) = (args.name.clone(), serde_json::to_string(&macros)?);
    let api = farm.api(1)?;
    let answer = api.call(|client| async move {
        let put = client.put_module_package().module(name).macros(macros);
        put.body(package).send().await
    });
    let result = answer
        .await?
        .map_err(|refusal| anyhow!("the package of {}: {refusal}", args.name))?;
    let missing = result.missing.join(", ");
    ensure!(result.complete, "these nodes lack the module: {missing}");
    Ok(())
}

/// `NAME=VALUE`.
pub(super) fn parse_macro(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("as in PORT=80")?;
    Ok((name.to_owned(), value.to_owned()))
}
