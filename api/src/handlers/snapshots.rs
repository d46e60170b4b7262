//! Snapshots of modules.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use utoipa::IntoParams;

use super::packages::PackageFile;
use crate::app::Shared;
use crate::auth::Monitor;
use crate::extract::{NodeModulePath, Path, Query};
use crate::files;
use crate::openapi::{PACKAGE_TYPE, Problems};
use crate::problem::Problem;
use crate::snapshot::{self, collect};

/// Which snapshot.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SnapshotQuery {
    /// True: for somebody who may not know the site. Nodes, LANs, users, addresses and other machines have other
    /// names, the same ones throughout; scripts and their outputs are left out.
    #[serde(default)]
    #[param(required = false, example = false)]
    pub anonymous: bool,
}

/// A snapshot of a module on a node
///
/// A zip for whoever is to find a fault: state, resources with their history, measures, configuration, scripts,
/// log, and the ends of the newest outputs of scripts; `about.json` says what is left out. Values of macros whose
/// names speak of a secret (`PASS`, `SECRET`, `TOKEN`, `KEY`, `CREDENTIAL`) are masked wherever they stand.
#[utoipa::path(
    get, path = "/v1/nodes/{node}/modules/{module}/snapshot", operation_id = "get_snapshot",
    tag = "node modules", params(NodeModulePath, SnapshotQuery), security(("token" = ["monitor"])),
    responses((status = 200, description = "The snapshot, a zip.", body = inline(PackageFile), content_type = "application/zip"), Problems)
)]
pub async fn get(
    State(app): State<Shared>,
    _: Monitor,
    Path(path): Path<NodeModulePath>,
    Query(SnapshotQuery { anonymous }): Query<SnapshotQuery>,
) -> Result<impl IntoResponse, Problem> {
    let entries = collect::entries(&app, &path.module, anonymous).await?;
    let bytes = files::blocking("packing the snapshot", move || snapshot::pack(&entries)).await?;
    let name = match anonymous {
        true => "attachment; filename=\"snapshot.zip\"".to_owned(),
        false => {
            let (node, module) = (&app.name, &path.module);
            format!("attachment; filename=\"snapshot_{node}_{module}.zip\"")
        }
    };
    let headers = [
        (header::CONTENT_TYPE, PACKAGE_TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes))
}
