//! Templates of modules, and modules made from them on all nodes.

use axum::extract::State;

use super::modules::{ConfigureQuery, configure_everywhere, module_list};
use crate::app::Shared;
use crate::auth::{Admin, Caller, Monitor};
use crate::extract::{Body, Json, Query};
use crate::openapi::Problems;
use crate::problem::{ConfigProblem, Problem, ProblemType, Severity};
use crate::store::modules::signature;
use crate::templates;
use crate::views::module::ModuleSettings;
use crate::views::result::ConfigureResult;
use crate::views::template::{NewModule, TemplateList};

/// The templates
///
/// What `create_module` can make a module from, with the macros that need a value. They are part of the
/// answering node's program.
#[utoipa::path(
    get, path = "/v1/templates", operation_id = "list_templates", tag = "modules",
    security(("token" = ["monitor"])),
    responses((status = 200, description = "The templates.", body = TemplateList), Problems)
)]
pub async fn list(_: Monitor) -> Json<TemplateList> {
    Json(TemplateList {
        templates: templates::all(),
    })
}

/// Make a module from a template
///
/// On every node, as `configure_module` does, with the template's configuration file and scripts and the
/// macros given. The same request again completes it on nodes that missed it; a module of this name with
/// another content is refused. What the template leaves out is changed by `configure_module` afterwards.
#[utoipa::path(
    post, path = "/v1/modules", operation_id = "create_module", tag = "modules",
    params(ConfigureQuery), security(("token" = ["admin"])), request_body = NewModule,
    responses((status = 200, description = "At least one node has the module, or would take it.", body = ConfigureResult), Problems)
)]
pub async fn create(
    State(app): State<Shared>,
    Admin(caller): Admin,
    Query(query): Query<ConfigureQuery>,
    Body(new): Body<NewModule>,
) -> Result<Json<ConfigureResult>, Problem> {
    let settings = settings(&new)?;
    refuse_other(&app, &caller, &new, &settings).await?;
    configure_everywhere(&app, &caller, new.name, settings, (query.dry_run, None))
        .await
        .map(Json)
}

fn settings(new: &NewModule) -> Result<ModuleSettings, Problem> {
    let all = templates::all();
    let template = all.iter().find(|template| template.name == new.template);
    let (Some(template), Some(settings)) = (template, templates::settings(&new.template)) else {
        let names: Vec<&str> = all.iter().map(|template| template.name.as_str()).collect();
        let detail = format!(
            "there is no template {:?}; there is: {}",
            new.template,
            names.join(", ")
        );
        return Err(Problem::new(ProblemType::UnknownTemplate, detail));
    };
    let known: Vec<&str> = template
        .macros
        .iter()
        .map(|known| known.name.as_str())
        .collect();
    let unknown = |name: &String| ConfigProblem {
        severity: Severity::Error,
        line: 0,
        column: 0,
        path: format!("macros.{name}"),
        message: format!(
            "template {} has no macro {name}; it has: {}",
            template.name,
            known.join(", ")
        ),
    };
    let names = new.macros.keys();
    let unknown: Vec<ConfigProblem> = names
        .filter(|name| !known.contains(&name.as_str()))
        .map(unknown)
        .collect();
    match unknown.is_empty() {
        true => Ok(ModuleSettings {
            macros: new.macros.clone(),
            ..settings
        }),
        false => Err(Problem::invalid_configuration(unknown)),
    }
}

/// Refuses a name that some node has with another content.
async fn refuse_other(
    app: &Shared,
    caller: &Caller,
    new: &NewModule,
    settings: &ModuleSettings,
) -> Result<(), Problem> {
    let list = module_list(app, caller).await;
    let known = list
        .modules
        .into_iter()
        .find(|module| module.module == new.name.as_str());
    let content = signature(settings);
    let nodes = known.map(|module| module.nodes).unwrap_or_default();
    match nodes.iter().find(|on| on.signature != content) {
        Some(on) => {
            let detail = format!(
                "module {} exists on {} with another content; change it with PUT, or remove it first",
                new.name, on.node
            );
            Err(Problem::new(ProblemType::AlreadyExists, detail))
        }
        None => Ok(()),
    }
}
