//! Packages of modules: out as a file, in as a revision on all nodes.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use evenkeel_package::{BIN, MACROS, Package, USERCONFIG};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::modules::configure_if;
use crate::app::{App, Shared};
use crate::apply;
use crate::auth::{Admin, Monitor};
use crate::extract::{Binary, IfMatch, IfMatchHeader, Json, ModulePath, Path, Query};
use crate::openapi::{PACKAGE_TYPE, Problems};
use crate::problem::{ConfigProblem, Problem, Severity};
use crate::views::module::ModuleSettings;
use crate::views::result::ConfigureResult;

/// The bytes of a zip.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(
    dead_code,
    reason = "for the document: the bytes go out and come in as they are"
)]
pub struct PackageFile(Bytes);

/// The package of a module
///
/// Its configuration as the answering node has it, as a `.safe` file: a zip of `conf/userconfig.xml`,
/// `conf/macros.json` and `bin/` with the scripts. The same configuration gives the same bytes.
#[utoipa::path(
    get, path = "/v1/modules/{module}/package", operation_id = "get_module_package", tag = "modules",
    params(ModulePath), security(("token" = ["monitor"])),
    responses((status = 200, description = "The package, a zip.", body = inline(PackageFile), content_type = "application/zip"), Problems)
)]
pub async fn get(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<ModulePath>,
) -> Result<impl IntoResponse, Problem> {
    let stored = super::node_modules::configuration(&app, &path.module).await?;
    let package = Package {
        userconfig: stored.userconfig,
        macros: stored.macros,
        scripts: stored.scripts,
    };
    let bytes = evenkeel_package::write(&package);
    let bytes = bytes.map_err(|error| Problem::internal("writing the package", &error))?;
    let name = format!("attachment; filename=\"{}.safe\"", path.module);
    let headers = [
        (header::CONTENT_TYPE, PACKAGE_TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes))
}

/// How to take a package.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PackageQuery {
    /// True: check on every node and change nothing.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub dry_run: bool,
    /// Values of macros, as a JSON object of texts; they replace those of the package, name by name.
    #[param(example = "{\"VIRTUAL_IP\": \"192.0.2.100\"}")]
    pub macros: Option<String>,
}

/// Configure a module from a package
///
/// Creates or changes the module on every node, as `configure_module` does, with what a `.safe` file has:
/// `conf/userconfig.xml`, which has to be there, `conf/macros.json` and the files in `bin/`. Everything wrong
/// with the package or in it is told at once; other entries are named in the warnings and not kept. A
/// package has 1 MiB and 256 entries at the most, 1 MiB unpacked, and no entry that unpacks to more than 100
/// times its size; absolute paths, paths with `..` or a backslash, links, and entries that are there twice
/// are refused.
#[utoipa::path(
    put, path = "/v1/modules/{module}/package", operation_id = "put_module_package", tag = "modules",
    params(ModulePath, PackageQuery, IfMatchHeader), security(("token" = ["admin"])),
    request_body(content = inline(PackageFile), content_type = "application/zip", description = "The package, a zip."),
    responses((status = 200, description = "At least one node has the revision, or would take it.", body = ConfigureResult), Problems)
)]
pub async fn put(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Path(ModulePath { module }): Path<ModulePath>,
    Query(query): Query<PackageQuery>,
    condition: IfMatch,
    Binary(bytes): Binary,
) -> Result<Json<ConfigureResult>, Problem> {
    let given = given_macros(query.macros.as_deref())?;
    let (settings, warnings) = settings(&app, bytes, given).await?;
    let configured =
        configure_if(&app, &caller, module, settings, (query.dry_run, condition)).await?;
    Ok(Json(ConfigureResult {
        warnings,
        ..configured
    }))
}

fn given_macros(text: Option<&str>) -> Result<BTreeMap<String, String>, Problem> {
    let given = text.map(serde_json::from_str).transpose();
    let given =
        given.map_err(|e| Problem::malformed(format!("macros: no object of texts: {e}")))?;
    Ok(given.unwrap_or_default())
}

/// What the package has of a module, and what is worth knowing about it.
async fn settings(
    app: &App,
    bytes: Bytes,
    given: BTreeMap<String, String>,
) -> Result<(ModuleSettings, Vec<ConfigProblem>), Problem> {
    let unpacked = tokio::task::spawn_blocking(move || evenkeel_package::read(&bytes)).await;
    let (package, found) = unpacked.map_err(|e| Problem::internal("unpacking the package", &e))?;
    let mut problems: Vec<ConfigProblem> = found.into_iter().map(Into::into).collect();
    let Package {
        userconfig,
        mut macros,
        scripts,
    } = package;
    macros.extend(given);
    let settings = ModuleSettings {
        userconfig,
        macros,
        scripts,
    };
    let needed = ["", USERCONFIG, MACROS];
    let missing = |problem: &ConfigProblem| needed.contains(&problem.path.as_str());
    // A file that is not there has no problems of its own, and one without its macros has too many.
    if !problems.iter().any(missing) {
        let (_, in_file) = apply::read_file(app, &settings);
        problems.extend(in_file.into_iter().map(in_userconfig));
    }
    problems.extend(apply::bad_scripts(&settings).into_iter().map(in_bin));
    let refused = |problem: &ConfigProblem| problem.severity == Severity::Error;
    match problems.iter().any(refused) {
        true => Err(Problem::invalid_configuration(problems)),
        false => Ok((settings, problems)),
    }
}

fn in_userconfig(problem: ConfigProblem) -> ConfigProblem {
    let path = match problem.path.as_str() {
        "" => USERCONFIG.to_owned(),
        path => format!("{USERCONFIG}: {path}"),
    };
    ConfigProblem { path, ..problem }
}

fn in_bin(problem: ConfigProblem) -> ConfigProblem {
    let name = problem.path.strip_prefix("scripts.").unwrap_or_default();
    ConfigProblem {
        path: format!("{BIN}{name}"),
        line: 0,
        column: 0,
        ..problem
    }
}
