//! The OpenAPI document: 3.1 as generated from the handlers, and the 3.0.3 copy derived from it for
//! tools that read no 3.1. Both are committed and compared.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use utoipa::openapi::path::{
    HttpMethod, Operation, ParameterBuilder, ParameterIn, PathItem, PathsBuilder,
};
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::response::{ResponseBuilder, ResponsesBuilder};
use utoipa::openapi::schema::Type;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, ObjectBuilder, OpenApi, Ref, RefOr, Required, Response, Schema,
};
use utoipa::{IntoResponses, Modify, OpenApi as _};

use crate::handlers::webhooks;
use crate::idempotency::IDEMPOTENCY_KEY;
use crate::limits;
use crate::problem;
use crate::router;
use crate::views::traffic::Protocol;
use crate::views::webhook::WebhookEvent;

/// How to bring the committed documents up to date.
pub const COMMAND: &str = "cargo run -p evenkeel-api -- openapi";

/// The media type of a module's package.
pub const PACKAGE_TYPE: &str = "application/zip";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Evenkeel",
        description = "Several servers share a virtual IP. Log in with `POST /v1/login`, then send \
                       the token as `Authorization: Bearer <token>` to any node: each answers for \
                       all. Programs send an API key in its place. Errors are RFC 9457 problems with \
                       a closed list of types."
    ),
    // Whichever node gave the document.
    servers((url = "/", description = "The node that gave the document; any other one does as well")),
    tags(
        (name = "session", description = "Login, caller, version, health"),
        (name = "users", description = "Users, API keys and the audit trail"),
        (name = "cluster", description = "Nodes and networks"),
        (name = "modules", description = "Modules on all nodes"),
        (name = "node modules", description = "A module on one node"),
        (name = "events", description = "What happens, as it happens"),
        (name = "faults", description = "What a test does to a node whose daemon was started for it")
    ),
    // Types that only parameters and webhooks use are not found by themselves.
    components(schemas(Protocol, WebhookEvent)),
    modifiers(&BearerToken)
)]
struct Frame;

struct BearerToken;

impl Modify for BearerToken {
    fn modify(&self, document: &mut OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some(
                "The token that `POST /v1/login` gives, or an API key; good at every node. Each operation \
                 names the role that it needs: `monitor`, `control`, which includes it, or `admin`, which \
                 includes both.",
            ));
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(scheme.build()));
    }
}

/// The problems that every operation can answer.
#[derive(Debug)]
pub struct Problems;

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let problem = |description: &str| {
            let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem")));
            ResponseBuilder::new()
                .description(description)
                .content(problem::CONTENT_TYPE, content.build())
                .build()
        };
        ResponsesBuilder::new()
            .response(
                "4XX",
                problem("The request was not taken; the problem says why."),
            )
            .response("5XX", problem("The request failed; the problem says why."))
            .build()
            .into()
    }
}

/// Every POST that needs a token takes the header of [`crate::idempotency`].
fn tell_of_idempotency(document: &mut OpenApi) {
    let parameter = ParameterBuilder::new()
        .name(IDEMPOTENCY_KEY)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "A text of the caller's choice, 1 to 128 visible characters: the request is carried out once. \
             Sent again with the same key within an hour, to the same node, it gets the same answer. Keys \
             of requests that were refused can be used again.",
        ))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .pattern(Some("^[!-~]+$"))
                .min_length(Some(1))
                .max_length(Some(limits::IDEMPOTENCY_KEY_LEN_MAX)),
        ))
        .example(Some(Value::from("b7f1d1f0-deploy-42")))
        .build();
    let posts = document
        .paths
        .paths
        .values_mut()
        .filter_map(|item| item.post.as_mut());
    for post in posts.filter(|post| needs_token(post)) {
        post.parameters
            .get_or_insert_default()
            .push(parameter.clone().into());
    }
}

/// Says of every operation what follows from the rest: that it needs no token where none is named, and
/// that its body can be left out where nothing of it is needed.
pub fn complete(mut document: OpenApi) -> OpenApi {
    let OpenApi {
        paths, components, ..
    } = &mut document;
    let schemas = &components.get_or_insert_default().schemas;
    for item in paths.paths.values_mut() {
        let operations = [
            &mut item.get,
            &mut item.put,
            &mut item.post,
            &mut item.delete,
        ];
        for operation in operations.into_iter().flatten() {
            operation.security.get_or_insert_default();
            if let Some(RefOr::T(body)) = &mut operation.request_body
                && !needs_something(body, schemas)
            {
                body.required = None;
            }
        }
    }
    tell_of_idempotency(&mut document);
    let event = PathItem::new(HttpMethod::Post, webhooks::event_operation());
    document.webhooks = Some(PathsBuilder::new().path("event", event).build());
    document
}

fn needs_token(operation: &Operation) -> bool {
    let security = operation.security.as_ref();
    security.is_some_and(|required| !required.is_empty())
}

fn needs_something(body: &RequestBody, schemas: &BTreeMap<String, RefOr<Schema>>) -> bool {
    body.content.values().any(|content| {
        let RefOr::T(content) = content else {
            return true;
        };
        let Some(RefOr::Ref(reference)) = &content.schema else {
            return true;
        };
        let name = reference.ref_location.rsplit('/').next();
        match name.and_then(|name| schemas.get(name)) {
            Some(RefOr::T(Schema::Object(object))) => !object.required.is_empty(),
            Some(_) | None => true,
        }
    })
}

/// The document without its paths.
pub fn frame() -> OpenApi {
    Frame::openapi()
}

/// The document as generated: OpenAPI 3.1.
pub fn document() -> Value {
    serde_json::to_value(router::document()).unwrap_or_default()
}

/// Id of each operation by method and path.
pub fn operation_ids() -> BTreeMap<(String, String), String> {
    let document = document();
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(path, item)| {
        item.as_object()
            .into_iter()
            .flatten()
            .map(move |(method, op)| (method, path, op))
    });
    operations
        .filter_map(|(method, path, operation)| {
            let id = operation["operationId"].as_str()?;
            Some(((method.clone(), path.clone()), id.to_owned()))
        })
        .collect()
}

/// The same document as OpenAPI 3.0.3.
pub fn derive_3_0(document: &Value) -> Value {
    let mut old = rewritten(document);
    if let Some(old) = old.as_object_mut() {
        old.remove("webhooks");
    }
    old["openapi"] = Value::from("3.0.3");
    old
}

fn rewritten(value: &Value) -> Value {
    match value {
        Value::Object(object) => rewritten_object(object),
        Value::Array(items) => Value::Array(items.iter().map(rewritten).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

fn rewritten_object(object: &Map<String, Value>) -> Value {
    let mut out = Map::new();
    for (key, value) in object {
        match (key.as_str(), value) {
            // Examples are data, not schema.
            ("example", _) => drop(out.insert(key.clone(), value.clone())),
            ("type", Value::Array(types)) => nullable_type(types, &mut out),
            ("oneOf", Value::Array(choices)) if choices.iter().any(is_null) => {
                let others = choices
                    .iter()
                    .filter(|c| !is_null(c))
                    .map(rewritten)
                    .collect();
                out.insert("allOf".to_owned(), Value::Array(others));
                out.insert("nullable".to_owned(), Value::Bool(true));
            }
            // Clients get text: the generator would ask for a date library.
            ("format", Value::String(format)) if format == "date-time" || format == "ip" => {}
            // And what a text has to look like is the node's to say: it would ask for one of patterns.
            ("pattern", Value::String(_)) | ("propertyNames", _) => {}
            // Roles are for tokens of another kind there.
            ("security", Value::Array(kinds)) => {
                let kinds = kinds.iter().map(without_roles).collect();
                out.insert(key.clone(), Value::Array(kinds));
            }
            // The generator knows no other name for a body that is no text.
            ("requestBody", body) => drop(out.insert(key.clone(), with_octets(body))),
            (problem::CONTENT_TYPE, _) => {
                out.insert("application/json".to_owned(), rewritten(value));
            }
            _ => drop(out.insert(key.clone(), rewritten(value))),
        }
    }
    Value::Object(out)
}

fn without_roles(kinds: &Value) -> Value {
    let names = kinds.as_object().into_iter().flatten();
    names
        .map(|(name, _)| (name.clone(), Value::Array(Vec::new())))
        .collect()
}

/// A request's body, a package being a stream of octets.
fn with_octets(body: &Value) -> Value {
    let mut body = rewritten(body);
    let content = body["content"].as_object_mut();
    if let Some((content, package)) = content.and_then(|c| c.remove(PACKAGE_TYPE).map(|p| (c, p))) {
        content.insert("application/octet-stream".to_owned(), package);
    }
    body
}

fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
}

fn nullable_type(types: &[Value], out: &mut Map<String, Value>) {
    let mut others = types.iter().filter(|name| *name != "null");
    if let Some(name) = others.next() {
        out.insert("type".to_owned(), name.clone());
    }
    if others.next().is_none() && types.iter().any(|name| name == "null") {
        out.insert("nullable".to_owned(), Value::Bool(true));
    }
}

/// The committed documents: file name and what should be in it.
pub fn files() -> Vec<(&'static str, String)> {
    let document = document();
    let text = |value: &Value| {
        let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
        text.push('\n');
        text
    };
    vec![
        ("openapi.json", text(&document)),
        ("openapi-3.0.json", text(&derive_3_0(&document))),
    ]
}

/// Writes the documents into `dir`.
///
/// # Errors
///
/// Those of the file system.
pub fn write(dir: &Path) -> io::Result<()> {
    std::fs::create_dir_all(dir)?;
    for (name, text) in files() {
        std::fs::write(dir.join(name), text)?;
    }
    Ok(())
}

/// The files in `dir` that differ from what they should be.
pub fn stale(dir: &Path) -> Vec<PathBuf> {
    let fresh = |(name, text): &(&str, String)| {
        std::fs::read_to_string(dir.join(name)).is_ok_and(|old| old == *text)
    };
    let all = files().into_iter().filter(|file| !fresh(file));
    all.map(|(name, _)| dir.join(name)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_3_0_lacks_is_rewritten() {
        let new = json!({
            "openapi": "3.1.0",
            "content": {"application/problem+json": {"schema": {"type": ["string", "null"]}}},
            "maybe": {"oneOf": [{"type": "null"}, {"$ref": "#/x"}]},
            "at": {"type": "string", "format": "date-time"},
            "name": {"type": "string", "pattern": "^[a-z]+$"},
            "properties": {"pattern": {"type": "string"}},
            "security": [{"token": ["admin"]}],
            "example": {"type": ["string", "null"]}
        });
        let old = json!({
            "openapi": "3.0.3",
            "content": {"application/json": {"schema": {"type": "string", "nullable": true}}},
            "maybe": {"allOf": [{"$ref": "#/x"}], "nullable": true},
            "at": {"type": "string"},
            "name": {"type": "string"},
            "properties": {"pattern": {"type": "string"}},
            "security": [{"token": []}],
            "example": {"type": ["string", "null"]}
        });
        assert_eq!(derive_3_0(&new), old);
    }
}
