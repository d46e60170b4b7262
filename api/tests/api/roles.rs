//! Every operation of the document, asked with every kind of token: only the role that the document names,
//! or a higher one, is let in.

use crate::common::Farm;
use crate::login::{now, tokens};
use evenkeel_api::openapi;
use evenkeel_api::views::session::Role;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

const ROLES: [Role; 3] = [Role::Monitor, Role::Control, Role::Admin];

struct Operation {
    id: String,
    method: Method,
    path: String,
    body: Option<Value>,
    /// `None`: no token is needed.
    role: Option<Role>,
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
            let id = operation["operationId"].as_str().unwrap().to_owned();
            let role = operation["security"][0]["token"][0].as_str();
            let role = role.map(|name| Role::parse(name).unwrap_or_else(|| panic!("{id}: {name}")));
            all.push(Operation {
                id,
                method: method.to_uppercase().parse().unwrap(),
                path: asked_path(path, operation),
                body: reference.map(|text| asked_body(&document.pointer(text).unwrap()["example"])),
                role,
            });
        }
    }
    all
}

/// What is sent for an event stays on this machine.
fn asked_body(example: &Value) -> Value {
    let text = example.to_string();
    let text = text.replace("https://pager.example.com", "http://127.0.0.1:9");
    serde_json::from_str(&text).unwrap()
}

/// Nothing is configured where that can be: what the scripts of the examples do is not for this machine.
fn asked_path(path: &str, operation: &Value) -> String {
    let path = path
        .replace("{node}", "self")
        .replace("{module}", "web")
        .replace("{user}", "someone")
        .replace("{api_key}", "some-key")
        .replace("{webhook}", "some-hook")
        .replace("{revision}", "1")
        .replace("{operation}", "1")
        .replace("{fault}", "1")
        .replace("{lan}", "backup")
        .replace("{resource}", "custom.disk");
    let mut parameters = operation["parameters"].as_array().into_iter().flatten();
    match parameters.any(|parameter| parameter["name"] == "dry_run") {
        true => format!("{path}?dry_run=true"),
        false => path,
    }
}

/// Who asks: what it is called here, its token, the role that it has by that.
type Asker = (&'static str, Option<String>, Option<Role>);

/// Tokens that are as good as none.
async fn strangers(farm: &Farm) -> Vec<Asker> {
    let admin = farm.token().await;
    let mut all: Vec<Asker> = vec![("nobody", None, None)];
    let expired = tokens(farm).issue("admin", Role::Admin, now() - 16 * 60);
    all.push(("an expired token", Some(expired.unwrap().token), None));
    let elsewhere = tokens(&Farm::init(1)).issue("admin", Role::Admin, now());
    all.push((
        "another cluster's token",
        Some(elsewhere.unwrap().token),
        None,
    ));
    let removed = user(farm, &admin, "removed", Role::Admin).await;
    let gone = farm
        .ask(0, Method::DELETE, "/v1/users/removed", Some(&admin), None)
        .await;
    assert_eq!(gone.status, StatusCode::OK, "{gone:?}");
    all.push(("a removed user's token", Some(removed), None));
    let changed = user(farm, &admin, "changed", Role::Admin).await;
    let path = "/v1/nodes/self/users/changed";
    let other = json!({"password": "another password", "role": "admin"});
    let done = farm
        .ask(0, Method::PUT, path, Some(&admin), Some(other))
        .await;
    assert_eq!(done.status, StatusCode::OK, "{done:?}");
    all.push(("a token from before the password", Some(changed), None));
    all
}

/// Makes a user and gives its token.
async fn user(farm: &Farm, admin: &str, name: &str, role: Role) -> String {
    let user = json!({"name": name, "password": "a good password", "role": role});
    let made = farm
        .ask(0, Method::POST, "/v1/users", Some(admin), Some(user))
        .await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    farm.token_of(name, "a good password").await
}

/// The problem with which a request is refused for whom it comes from; an answer without an end is not read.
async fn refusal(
    farm: &Farm,
    http: &Client,
    operation: &Operation,
    path: &str,
    token: Option<&str>,
) -> Option<String> {
    let url = format!("{}{path}", farm.url(0));
    let mut request = http.request(operation.method.clone(), url);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    if let Some(body) = &operation.body {
        request = request.json(body);
    }
    let answer = request.send().await.expect("the node answers");
    let status = answer.status();
    if ![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status) {
        return None;
    }
    let problem: Value = answer.json().await.expect("a problem");
    let kind = problem["type"].as_str().expect("its type");
    Some(kind.trim_start_matches("/problems/").to_owned())
}

/// What an asker is to hear.
fn expected(operation: &Operation, role: Option<Role>) -> Option<String> {
    // It has a token of its own, and the one in the document is nobody's.
    if operation.id == "join" {
        return Some("unauthenticated".to_owned());
    }
    let needed = operation.role?;
    let problem = match role {
        None => "unauthenticated",
        Some(role) if role < needed => "missing-role",
        Some(_) => return None,
    };
    Some(problem.to_owned())
}

#[tokio::test]
async fn every_operation_lets_in_whom_the_document_names_and_nobody_else() {
    let farm = Farm::start(1).await;
    let admin = farm.token().await;
    let mut askers = strangers(&farm).await;
    for role in ROLES {
        let name = format!("some-{}", role.as_str());
        let token = user(&farm, &admin, &name, role).await;
        askers.push((role.as_str(), Some(token), Some(role)));
    }
    let http = farm.http();
    for operation in operations() {
        for (who, token, role) in &askers {
            let (path, token) = (&operation.path, token.as_deref());
            let heard = refusal(&farm, &http, &operation, path, token).await;
            assert_eq!(
                heard,
                expected(&operation, *role),
                "{} by {who}",
                operation.id
            );
            // The proxy must not reach out for strangers either.
            if role.is_none() && path.contains("/self") {
                let path = path.replace("/self", "/absent");
                let heard = refusal(&farm, &http, &operation, &path, token).await;
                assert_eq!(heard.as_deref(), Some("unauthenticated"), "{path} by {who}");
            }
        }
    }
}

#[test]
fn what_changes_something_needs_more_than_to_read() {
    let proves_itself = |operation: &&Operation| ["login", "join"].contains(&&*operation.id);
    for operation in operations().iter().filter(|one| !proves_itself(one)) {
        let changes = operation.method != Method::GET;
        let may = operation.role > Some(Role::Monitor);
        assert!(may || !changes, "{}: {:?}", operation.id, operation.role);
    }
}
