//! The routes, and the layers around them. One list: it makes the service and the document.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use utoipa_swagger_ui::SwaggerUi;

use crate::app::Shared;
use crate::guard;
use crate::handlers::{
    api_keys, boot, certificates, checks, cluster, drain, events, faults, force, joins, metrics,
    module_json, modules, node_modules, nodes, operations, packages, ready, records, resources,
    revisions, script_logs, scripted, secret, session, snapshots, templates, traffic, upgrade,
    users, webhooks,
};
use crate::idempotency;
use crate::limits;
use crate::linger;
use crate::openapi;
use crate::problem::{Problem, ProblemType};

/// Where load balancers of the reference, and checkers of other nodes, ask for a module.
const READY_TEXT: &str = "/var/modules/{module}/ready.txt";

/// What anybody can ask.
fn open() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(session::health))
        .routes(routes!(ready::node))
        .routes(routes!(ready::module))
        .routes(routes!(session::login))
        .routes(routes!(session::authority))
        .routes(routes!(joins::join))
}

/// What the node that is asked answers, itself or by asking all nodes.
fn common() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(session::whoami))
        .routes(routes!(session::version))
        .routes(routes!(metrics::get))
        .routes(routes!(users::list, users::create))
        .routes(routes!(users::remove))
        .routes(routes!(api_keys::list, api_keys::create))
        .routes(routes!(api_keys::remove))
        .routes(routes!(api_keys::rotate))
        .routes(routes!(webhooks::list))
        .routes(routes!(webhooks::get, webhooks::put, webhooks::remove))
        .routes(routes!(webhooks::rotate))
        .routes(routes!(webhooks::test))
        .routes(routes!(cluster::get))
        .routes(routes!(cluster::add))
        .routes(routes!(cluster::remove))
        .routes(routes!(cluster::add_lan))
        .routes(routes!(cluster::remove_lan))
        .routes(routes!(certificates::list))
        .routes(routes!(joins::create))
        .routes(routes!(secret::rotate))
        .routes(routes!(nodes::list))
        .routes(routes!(events::all))
        .routes(routes!(templates::list))
        .routes(routes!(modules::list, templates::create))
        .routes(routes!(modules::get, modules::configure, modules::remove))
        .routes(routes!(modules::config))
        .routes(routes!(module_json::get, module_json::put))
        .routes(routes!(revisions::list))
        .routes(routes!(revisions::get))
        .routes(routes!(revisions::diff))
        .routes(routes!(revisions::restore))
        .routes(routes!(packages::get, packages::put))
        .routes(routes!(modules::start))
        .routes(routes!(modules::stop))
        .routes(routes!(force::forcestop))
        .routes(routes!(modules::restart))
        .routes(routes!(modules::stopstart))
        .routes(routes!(drain::drain))
        .routes(routes!(drain::undrain))
        .routes(routes!(operations::roll))
        .routes(routes!(operations::list))
}

/// What the node named in the path answers.
fn of_a_node() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(nodes::get))
        .routes(routes!(events::of_node))
        .routes(routes!(nodes::audit))
        .routes(routes!(nodes::put_user, nodes::remove_user))
        .routes(routes!(records::list_of_node))
        .routes(routes!(api_keys::put_on_node, api_keys::remove_on_node))
        .routes(routes!(
            webhooks::get_on_node,
            webhooks::put_on_node,
            webhooks::remove_on_node
        ))
        .routes(routes!(webhooks::test_on_node))
        .routes(routes!(certificates::get))
        .routes(routes!(certificates::renew))
        .routes(routes!(cluster::get_on_node, cluster::put_on_node))
        .routes(routes!(cluster::accept, cluster::abandon))
        .routes(routes!(cluster::change))
        .routes(routes!(secret::get))
        .routes(routes!(secret::accept, secret::abandon))
        .routes(routes!(upgrade::get, upgrade::begin))
        .routes(routes!(faults::list))
        .routes(routes!(faults::cut))
        .routes(routes!(faults::freeze))
        .routes(routes!(faults::kill))
        .routes(routes!(faults::end))
        .routes(routes!(node_modules::list))
        .routes(routes!(
            node_modules::get,
            node_modules::configure,
            node_modules::remove
        ))
        .routes(routes!(node_modules::config))
        .routes(routes!(node_modules::expect, node_modules::expect_none))
        .routes(routes!(node_modules::start))
        .routes(routes!(node_modules::stop))
        .routes(routes!(force::forcestop_on_node))
        .routes(routes!(node_modules::restart))
        .routes(routes!(node_modules::stopstart))
        .routes(routes!(drain::drain_on_node))
        .routes(routes!(drain::undrain_on_node))
        .routes(routes!(operations::list_of_node))
        .routes(routes!(operations::get))
        .routes(routes!(operations::wait))
        .routes(routes!(operations::cancel))
        .routes(routes!(boot::set))
        .routes(routes!(checks::switch))
        .routes(routes!(node_modules::wait))
        .routes(routes!(script_logs::list))
        .routes(routes!(script_logs::get))
        .routes(routes!(snapshots::get))
        .routes(routes!(resources::list))
        .routes(routes!(traffic::buckets))
        .routes(routes!(traffic::owner))
}

/// What a module's scripts say of it on the node named in the path.
fn of_scripts() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(resources::set))
        .routes(routes!(scripted::count, scripted::reset))
        .routes(routes!(scripted::traffic))
        .routes(routes!(node_modules::log, resources::write_log))
}

/// The document of all routes.
pub fn document() -> OpenApi {
    let all = OpenApiRouter::with_openapi(openapi::frame())
        .merge(open())
        .merge(common())
        .merge(of_a_node())
        .merge(of_scripts());
    openapi::complete(all.into_openapi())
}

/// The service. A fan-out of it asks itself by way of `app.service`, which is set here.
pub fn service(app: Shared) -> Router {
    let proxied = of_a_node().merge(of_scripts());
    let proxied = proxied.layer(from_fn_with_state(app.clone(), guard::proxy));
    let guarded = common()
        .merge(proxied)
        .layer(from_fn_with_state(app.clone(), guard::audit))
        .layer(from_fn_with_state(app.clone(), idempotency::once))
        .layer(from_fn_with_state(app.clone(), guard::pace))
        .layer(from_fn_with_state(app.clone(), guard::authenticate));
    let (router, _) = open().merge(guarded).split_for_parts();
    // The page of the document, with all its files: it works where there is no other network.
    let page = SwaggerUi::new(guard::DOCS).url("/openapi.json", document());
    let router = router.merge(page).route(READY_TEXT, get(ready::text));
    let router = bounded(router).with_state(app.clone());
    app.service.get_or_init(|| router).clone()
}

/// The service for this machine alone: whoever can reach it is its administrator. What scripts say again and
/// again is not for the audit trail.
pub fn local(app: Shared) -> Router {
    let proxy = from_fn_with_state(app.clone(), guard::proxy);
    let audited = common()
        .merge(of_a_node().layer(proxy.clone()))
        .layer(from_fn_with_state(app.clone(), guard::audit));
    let all = audited
        .merge(of_scripts().layer(proxy))
        .route("/v1/token", post(session::token))
        .layer(from_fn_with_state(app.clone(), guard::local));
    let (router, _) = all.split_for_parts();
    bounded(router).with_state(app)
}

/// What load balancers and monitors ask without login and without TLS, on a port of its own.
pub fn probes(app: Shared) -> Router {
    let all = Router::new()
        .route("/healthz", get(session::health))
        .route("/readyz", get(ready::node))
        .route("/v1/modules/{module}/ready", get(ready::module))
        .route(READY_TEXT, get(ready::text))
        .route("/metrics", get(metrics::open));
    bounded(all).with_state(app)
}

/// With answers for what there is not, and with the limits of every request.
fn bounded(router: Router<Shared>) -> Router<Shared> {
    router
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(limits::BODY_BYTES_MAX))
        .layer(from_fn(guard::time_out))
        .layer(from_fn(guard::headers))
        .layer(from_fn(linger::linger))
}

async fn not_found() -> Problem {
    Problem::new(ProblemType::NotFound, "the API document lists the paths")
}

async fn method_not_allowed() -> Problem {
    Problem::new(
        ProblemType::MethodNotAllowed,
        "the API document lists the methods of each path",
    )
}
