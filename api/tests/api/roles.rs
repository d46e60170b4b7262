//! Every operation of the document, asked without a token and with too small a role.

use crate::common::Farm;
use evenkeel_api::openapi;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// The operations that change something and the role that each needs.
const CHANGES: [(&str, &str); 31] = [
    ("create_user", "admin"),
    ("delete_user", "admin"),
    ("put_user_on_node", "admin"),
    ("delete_user_on_node", "admin"),
    ("create_api_key", "admin"),
    ("rotate_api_key", "admin"),
    ("delete_api_key", "admin"),
    ("put_api_key_on_node", "admin"),
    ("delete_api_key_on_node", "admin"),
    ("rotate_secret", "admin"),
    ("accept_secret_on_node", "admin"),
    ("abandon_secret_on_node", "admin"),
    ("configure_module", "admin"),
    ("restore_revision", "admin"),
    ("create_module", "admin"),
    ("put_module_package", "admin"),
    ("delete_module", "admin"),
    ("start_module", "control"),
    ("stop_module", "control"),
    ("restart_module", "control"),
    ("stopstart_module", "control"),
    ("configure_module_on_node", "admin"),
    ("delete_module_on_node", "admin"),
    ("start_module_on_node", "control"),
    ("stop_module_on_node", "control"),
    ("restart_module_on_node", "control"),
    ("stopstart_module_on_node", "control"),
    ("set_module_boot_on_node", "control"),
    ("set_resource_on_node", "control"),
    ("write_module_log", "control"),
    ("login", "nobody"),
];

struct Operation {
    id: String,
    method: Method,
    path: String,
    body: Option<Value>,
}

/// All operations, with the examples of the document as parameters and bodies.
fn operations() -> Vec<Operation> {
    let document = openapi::document();
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let reference = schema["$ref"]
                .as_str()
                .map(|text| text.trim_start_matches('#'));
            let body = reference.map(|text| document.pointer(text).unwrap()["example"].clone());
            let id = operation["operationId"].as_str().unwrap().to_owned();
            let path = path
                .replace("{node}", "self")
                .replace("{module}", "web")
                .replace("{user}", "someone")
                .replace("{api_key}", "some-key")
                .replace("{revision}", "1")
                .replace("{resource}", "custom.disk");
            let method = method.to_uppercase().parse().unwrap();
            all.push(Operation {
                id,
                method,
                path,
                body,
            });
        }
    }
    all
}

#[tokio::test]
async fn nothing_but_login_and_readiness_is_answered_without_a_token() {
    let farm = Farm::start(1).await;
    for Operation {
        id,
        method,
        path,
        body,
    } in operations()
    {
        if ["login", "health", "ready", "module_ready"].contains(&id.as_str()) {
            continue;
        }
        let answer = farm.ask(0, method.clone(), &path, None, body.clone()).await;
        assert_eq!(answer.problem(), "unauthenticated", "{id}");
        // The proxy must not reach out for strangers either.
        let elsewhere = path.replace("/self", "/absent");
        let answer = farm.ask(0, method, &elsewhere, None, body).await;
        assert_eq!(answer.problem(), "unauthenticated", "{id} on another node");
    }
}

#[tokio::test]
async fn every_change_needs_its_role() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    for role in ["monitor", "control"] {
        let user = json!({"name": role, "password": "a good password", "role": role});
        let made = farm
            .ask(0, Method::POST, "/v1/users", Some(&admin), Some(user))
            .await;
        assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    }
    let monitor = farm.token_of("monitor", "a good password").await;
    let control = farm.token_of("control", "a good password").await;
    for Operation {
        id,
        method,
        path,
        body,
    } in operations()
    {
        let needed = CHANGES
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, role)| *role);
        if method == Method::GET {
            assert_eq!(needed, None, "{id} reads");
            continue;
        }
        let needed = needed.unwrap_or_else(|| panic!("{id}: which role does it need?"));
        for (token, role) in [(&monitor, "monitor"), (&control, "control")] {
            let may = needed == "nobody" || (needed == "control" && role == "control");
            let answer = farm
                .ask(0, method.clone(), &path, Some(token), body.clone())
                .await;
            let refused = answer.status == StatusCode::FORBIDDEN;
            assert_eq!(refused, !may, "{id} as {role}: {answer:?}");
            if refused {
                assert_eq!(answer.problem(), "missing-role", "{id}");
            }
        }
    }
    let users = farm
        .ask(0, Method::GET, "/v1/users", Some(&monitor), None)
        .await;
    assert_eq!(users.problem(), "missing-role");
}
