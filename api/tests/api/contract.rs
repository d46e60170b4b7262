//! Holds answers against the OpenAPI document: as much of JSON schema as the document uses.

use std::sync::LazyLock;

use evenkeel_api::openapi;
use reqwest::Method;
use serde_json::Value;

use crate::common::Answer;

static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi::document);

/// Fails the test where the document does not promise this answer to this request. Paths that the
/// document does not have are answered with problems.
pub(crate) fn check(method: &Method, path: &str, answer: &Answer) {
    let status = answer.status.as_u16();
    let operation = operation(method, path);
    let response = match status / 100 {
        4 => &operation["responses"]["4XX"],
        5 => &operation["responses"]["5XX"],
        _ => &operation["responses"][status.to_string()],
    };
    let here = format!("{method} {path} answered {status}");
    if operation.is_null() {
        assert!(
            status == 404 || status == 405,
            "{here}, and the document has no such path"
        );
        matches(
            &answer.body,
            &serde_json::json!({"$ref": "#/components/schemas/Problem"}),
            &here,
        );
        return;
    }
    assert!(
        !response.is_null(),
        "{here}, which the document does not have"
    );
    let schema = &response["content"][&answer.content_type]["schema"];
    assert!(!schema.is_null(), "{here} as {:?}", answer.content_type);
    matches(&answer.body, schema, &here);
}

fn operation(method: &Method, path: &str) -> &'static Value {
    let path = path.split('?').next().unwrap();
    let fits = |template: &str| {
        let (mut wanted, mut given) = (template.split('/'), path.split('/'));
        let same = wanted
            .by_ref()
            .zip(given.by_ref())
            .all(|(part, segment)| part.starts_with('{') || part == segment);
        same && template.split('/').count() == path.split('/').count()
    };
    let paths = DOCUMENT["paths"].as_object().unwrap();
    let item = paths
        .iter()
        .find(|(template, _)| fits(template))
        .map(|(_, item)| item);
    item.map_or(&Value::Null, |item| &item[method.as_str().to_lowercase()])
}

fn matches(value: &Value, schema: &Value, place: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = DOCUMENT.pointer(reference.trim_start_matches('#')).unwrap();
        return matches(value, target, place);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let null = |choice: &&Value| choice["type"] == "null";
        let other = choices.iter().find(|choice| !null(choice)).unwrap();
        return if value.is_null() {
            assert!(choices.iter().any(|c| null(&c)), "{place}")
        } else {
            matches(value, other, place)
        };
    }
    let one = std::slice::from_ref(&schema["type"]);
    let types = schema["type"].as_array().map_or(one, Vec::as_slice);
    let fits = types
        .iter()
        .any(|name| is_of_type(value, name.as_str().unwrap_or("any")));
    assert!(fits, "{place}: {value} is none of {types:?}");
    if let Some(allowed) = schema["enum"].as_array() {
        assert!(
            allowed.contains(value),
            "{place}: {value} is none of {allowed:?}"
        );
    }
    // Anything goes where nothing is said.
    if schema.as_object().is_some_and(serde_json::Map::is_empty) {
        return;
    }
    match value {
        Value::Object(_) => object(value, schema, place),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                matches(item, &schema["items"], &format!("{place}[{index}]"));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "any" => true,
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_u64() || value.is_i64(),
        other => panic!("the document has a type {other}"),
    }
}

fn object(value: &Value, schema: &Value, place: &str) {
    for name in schema["required"].as_array().into_iter().flatten() {
        let there = name.as_str().is_some_and(|name| value.get(name).is_some());
        assert!(there, "{place}: {name} is missing in {value}");
    }
    let others = &schema["additionalProperties"];
    for (name, field) in value.as_object().unwrap() {
        let described = &schema["properties"][name];
        let schema = if described.is_null() {
            others
        } else {
            described
        };
        assert!(
            schema.is_object(),
            "{place}: the document has no field {name}"
        );
        matches(field, schema, &format!("{place}.{name}"));
    }
}
