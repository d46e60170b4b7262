//! The OpenAPI document: fresh, and free of what its readers stumble over.

use std::collections::BTreeSet;
use std::path::Path;

use evenkeel_api::openapi::{self, PACKAGE_TYPE};
use serde_json::Value;

#[test]
fn the_committed_documents_are_fresh() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi");
    let stale = openapi::stale(&dir);
    assert!(
        stale.is_empty(),
        "{stale:?} stale; run: {}",
        openapi::COMMAND
    );
}

/// Path, method and operation of each operation.
fn operations(document: &Value) -> Vec<(&String, &String, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        item.as_object()
            .unwrap()
            .iter()
            .map(move |(method, operation)| (path, method, operation))
    });
    all.collect()
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

#[test]
fn every_operation_is_described() {
    let document = openapi::document();
    let mut ids = BTreeSet::new();
    for (path, method, operation) in operations(&document) {
        let here = format!("{method} {path}");
        let id = operation["operationId"]
            .as_str()
            .unwrap_or_else(|| panic!("{here}: no id"));
        assert!(ids.insert(id), "{here}: id {id} twice");
        assert!(operation["summary"].is_string(), "{here}: no summary");
        assert!(
            operation["description"].is_string(),
            "{here}: no description"
        );
        assert_eq!(
            operation["tags"].as_array().map(Vec::len),
            Some(1),
            "{here}: tags"
        );
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].is_string(), "{here}: {parameter}");
            assert!(!parameter["example"].is_null(), "{here}: {parameter}");
        }
        let open = [
            "/v1/login",
            "/v1/authority",
            "/v1/join",
            "/healthz",
            "/readyz",
            "/v1/modules/{module}/ready",
        ];
        let is_open = open.contains(&path.as_str());
        let security = operation["security"].as_array();
        assert_eq!(
            security.map(Vec::is_empty),
            Some(is_open),
            "{here}: security"
        );
    }
}

#[test]
fn every_response_has_a_description_one_success_and_both_classes_of_problems() {
    let document = openapi::document();
    for (path, method, operation) in operations(&document) {
        let here = format!("{method} {path}");
        let responses = operation["responses"].as_object().unwrap();
        let statuses: Vec<&str> = responses.keys().map(String::as_str).collect();
        assert_eq!(statuses.len(), 3, "{here}: {statuses:?}");
        assert!(statuses[0].starts_with('2'), "{here}: {statuses:?}");
        assert_eq!(statuses[1..], ["4XX", "5XX"], "{here}");
        for (status, response) in responses {
            assert!(response["description"].is_string(), "{here} {status}");
            let content = response["content"].as_object().unwrap();
            assert_eq!(content.len(), 1, "{here} {status}: one media type");
            let (media, body) = content.iter().next().unwrap();
            let problem = !status.starts_with('2');
            assert_eq!(
                media == "application/problem+json",
                problem,
                "{here} {status}: {media}"
            );
            let schema = resolve(&document, &body["schema"]);
            // A package is no JSON.
            let is_package = media == PACKAGE_TYPE && schema["format"] == "binary";
            let is_text = schema["type"] == "string" && body["example"].is_string();
            let shown = is_package || is_text || schema["example"].is_object();
            assert!(shown, "{here} {status}: no example");
        }
        let body = &operation["requestBody"]["content"]["application/json"]["schema"];
        let described = body.is_null() || resolve(&document, body)["example"].is_object();
        assert!(described, "{here}: no example of the body");
    }
}

#[test]
fn every_type_and_field_is_described() {
    let document = openapi::document();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(schema["description"].is_string(), "{name}: no description");
        for (field, schema) in schema["properties"].as_object().into_iter().flatten() {
            // A reference is described where it points to.
            let is_reference = schema["$ref"].is_string() || schema["oneOf"].is_array();
            let described = is_reference || schema["description"].is_string();
            assert!(described, "{name}.{field}: no description");
        }
    }
}

/// Every object in the document, with its place.
fn walk<'a>(value: &'a Value, place: &str, visit: &mut dyn FnMut(&str, &'a Value)) {
    visit(place, value);
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter().filter(|(name, _)| *name != "example") {
                walk(field, &format!("{place}/{name}"), visit);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{place}/{index}"), visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn references_lead_somewhere_and_unsigned_numbers_say_so() {
    let document = openapi::document();
    walk(&document, "", &mut |place, value| {
        if let Some(reference) = value["$ref"].as_str() {
            let target = document.pointer(reference.trim_start_matches('#'));
            assert!(target.is_some(), "{place}: {reference} leads nowhere");
        }
        let signed = matches!(value["format"].as_str(), Some("int32" | "int64"));
        let small = value["maximum"]
            .as_i64()
            .is_some_and(|most| most <= i64::from(i32::MAX));
        assert!(
            !signed || small,
            "{place}: {value}: say uint32 or uint64, or the maximum"
        );
    });
}

#[test]
fn the_derived_document_has_nothing_that_3_0_lacks() {
    let derived = openapi::derive_3_0(&openapi::document());
    assert_eq!(derived["openapi"], "3.0.3");
    walk(&derived, "", &mut |place, value| {
        assert!(!value["type"].is_array(), "{place}: a list of types");
        assert_ne!(value["type"], "null", "{place}: null");
        assert!(!place.ends_with("problem+json"), "{place}");
        assert!(!place.ends_with("/default"), "{place}: default response");
    });
}

#[test]
fn the_types_of_problems_are_the_closed_list_of_the_document() {
    let document = openapi::document();
    let listed = document["components"]["schemas"]["ProblemType"]["enum"]
        .as_array()
        .unwrap();
    assert!(
        listed
            .iter()
            .all(|kind| kind.as_str().unwrap().starts_with("/problems/"))
    );
    assert_eq!(listed.len(), 40);
}

#[test]
fn every_counter_is_named_in_the_document() {
    let document = openapi::document();
    let counters = &document["components"]["schemas"]["ModuleStatus"]["properties"]["counters"];
    let description = counters["description"].as_str().unwrap();
    for reason in evenkeel_packet::Reason::ALL {
        let name = format!("`{}`", reason.name());
        assert!(description.contains(&name), "{name}");
    }
}
