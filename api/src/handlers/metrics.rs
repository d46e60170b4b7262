//! What this node measures, for Prometheus.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

use super::node_modules::module_status;
use super::{nodes, resources};
use crate::app::{App, Shared};
use crate::auth::Monitor;
use crate::metrics::{self, Module};
use crate::openapi::Problems;
use crate::problem::Problem;

/// What the answering node measures
///
/// As text for Prometheus (OpenMetrics): the node, its peers, its modules with their resources, shares, flows and
/// packets. Without login it is on the plain port for probes (`evenkeel serve --probe-listen`).
#[utoipa::path(
    get, path = "/metrics", operation_id = "metrics", tag = "cluster",
    security(("token" = ["monitor"])),
    responses((status = 200, description = "The measures.", body = String, content_type = "application/openmetrics-text", example = json!("# HELP evenkeel_module_ready 1: the module is UP (Ready) here.\n# TYPE evenkeel_module_ready gauge\nevenkeel_module_ready{module=\"web\"} 1.0\n# EOF\n")), Problems)
)]
pub async fn get(State(app): State<Shared>, _: Monitor) -> Result<impl IntoResponse, Problem> {
    text(&app).await.map(answer)
}

/// The same for whoever reaches the port for probes.
pub async fn open(State(app): State<Shared>) -> Result<impl IntoResponse, Problem> {
    text(&app).await.map(answer)
}

fn answer(text: String) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, CONTENT_TYPE)], text)
}

/// What this node measures.
///
/// # Errors
///
/// None but those of writing into memory.
pub async fn text(app: &App) -> Result<String, Problem> {
    let status = app.engine.status().borrow().clone();
    let node = nodes::shown(app, &status);
    let mut modules = Vec::new();
    for known in &status.modules {
        // One that is removed meanwhile has none.
        if let Ok(status) = module_status(app, &status, &known.module).await {
            let resources = resources::shown(app, known);
            modules.push(Module { status, resources });
        }
    }
    let text = metrics::text(&node, &modules, &app.webhooks.all());
    text.map_err(|error| Problem::internal("writing the measures", &error))
}

/// With the version and the character set that Prometheus asks for.
const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
