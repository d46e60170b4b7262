//! Packages of modules: out of one module, into another, and what is refused on the way.

use std::collections::BTreeMap;

use crate::common::{Answer, Farm, LIGHT, light, problem};
use crate::contract;
use evenkeel_client::types::{ModuleSettings, ProblemType};
use evenkeel_package::{Package, read, write};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// Gives a package to the first node, with what stands behind the path.
async fn put(farm: &Farm, token: &str, module: &str, query: &str, package: Vec<u8>) -> Answer {
    let path = format!("/v1/modules/{module}/package{query}");
    let request = farm.http().put(format!("{}{path}", farm.url(0)));
    let request = request.bearer_auth(token).body(package);
    let response = request.send().await.unwrap();
    let content_type = response.headers()["content-type"].to_str().unwrap();
    let content_type = content_type.to_owned();
    let status = response.status();
    let body = response.json().await.unwrap_or(Value::Null);
    let answer = Answer {
        status,
        content_type,
        body,
    };
    contract::check(&Method::PUT, &path, &answer);
    answer
}

/// The package of a module, as a node gives it.
async fn get(farm: &Farm, node: usize, token: &str, module: &str) -> Vec<u8> {
    let url = format!("{}/v1/modules/{module}/package", farm.url(node));
    let response = farm
        .http()
        .get(url)
        .bearer_auth(token)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/zip");
    let name = format!("attachment; filename=\"{module}.safe\"");
    assert_eq!(header("content-disposition"), name);
    response.bytes().await.unwrap().to_vec()
}

fn package(userconfig: &str, scripts: &[(&str, &str)]) -> Vec<u8> {
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), (*text).to_owned());
    let package = Package {
        userconfig: userconfig.to_owned(),
        macros: BTreeMap::new(),
        scripts: scripts.iter().map(owned).collect(),
    };
    write(&package).unwrap()
}

/// Severity and path of each problem.
fn places(answer: &Answer) -> Vec<(&str, &str)> {
    let key = match answer.status.is_success() {
        true => "warnings",
        false => "problems",
    };
    let problems = answer.body[key].as_array().unwrap().iter();
    problems
        .map(|one| {
            (
                one["severity"].as_str().unwrap(),
                one["path"].as_str().unwrap(),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_module_goes_out_as_a_package_and_in_under_another_name() {
    let farm = Farm::start(2).await;
    let (client, token) = (farm.client(0).await, farm.token().await);
    let settings = ModuleSettings {
        macros: [("WORDS".to_owned(), "a \"b\" \u{e9}\n".to_owned())].into(),
        ..light()
    };
    let configure = client.configure_module().module("app").body(settings);
    let made = configure.send().await.unwrap();
    let out = get(&farm, 0, &token, "app").await;
    assert_eq!(
        out,
        get(&farm, 1, &token, "app").await,
        "every node gives the same bytes"
    );
    let taken = put(&farm, &token, "copy", "", out.clone()).await;
    assert_eq!(taken.status, StatusCode::OK, "{taken:?}");
    assert_eq!(taken.body["complete"], true);
    assert_eq!(taken.body["signature"], made.signature.as_str());
    assert_eq!(get(&farm, 1, &token, "copy").await, out);
    // The same again is the same revision; other macros are another.
    let again = put(&farm, &token, "copy", "", out.clone()).await;
    assert_eq!(again.body["revision"], 1, "{again:?}");
    let macros = "?macros=%7B%22WORDS%22%3A%22x%22%7D";
    let other = put(&farm, &token, "copy", macros, out).await;
    assert_eq!(other.body["revision"], 2, "{other:?}");
    let config = client
        .get_module_config()
        .module("copy")
        .send()
        .await
        .unwrap();
    assert_eq!(config.macros["WORDS"], "x");
    assert_eq!(
        (&config.scripts, &*config.userconfig),
        (&light().scripts, LIGHT)
    );
    // Values of macros are nobody's business but the module's.
    let audit = farm.ask(0, Method::GET, "/v1/nodes/self/audit", Some(&token), None);
    let audit = audit.await.body.to_string();
    assert!(
        audit.contains("/v1/modules/copy/package?macros=..."),
        "{audit}"
    );
    assert!(audit.contains("put_module_package") && !audit.contains("WORDS"));
}

#[tokio::test]
async fn the_generated_client_sends_and_receives_packages() {
    let farm = Farm::start(1).await;
    let client = farm.client(0).await;
    let scripts = [("start_both", "#!/bin/sh\n"), ("stop_both", "#!/bin/sh\n")];
    let sent = package(LIGHT, &scripts);
    let put = client.put_module_package().module("app").dry_run(true);
    let dry = put.body(sent.clone()).send().await.unwrap();
    assert!(dry.dry_run && dry.revision == 1, "{dry:?}");
    let absent = client.get_module_package().module("app").send().await;
    assert_eq!(
        problem(absent.map(drop)).type_,
        ProblemType::ProblemsUnknownModule
    );
    let put = client.put_module_package().module("app").body(sent.clone());
    put.send().await.unwrap();
    let answer = client.get_module_package().module("app").send().await;
    let mut stream = answer.unwrap().into_inner().into_inner();
    let mut received = Vec::new();
    while let Some(part) = futures::StreamExt::next(&mut stream).await {
        received.extend_from_slice(&part.unwrap());
    }
    assert_eq!(received, sent);
}

#[tokio::test]
async fn everything_wrong_with_a_package_is_told_with_its_place_in_it() {
    let farm = Farm::start(1).await;
    let token = farm.token().await;
    let bad = "<safe>\n<service mode=\"light\" boot=\"maybe\"/>\n</safe>";
    let scripts = [
        ("start_both.cmd", "@echo off"),
        (".hidden", ""),
        ("start_both", "#!/bin/sh\n"),
    ];
    let refused = put(&farm, &token, "app", "", package(bad, &scripts)).await;
    assert_eq!(refused.problem(), "invalid-configuration");
    assert_eq!(
        places(&refused),
        [
            ("error", "conf/userconfig.xml: service@boot"),
            ("error", "bin/.hidden"),
            ("error", "bin/start_both.cmd")
        ]
    );
    assert_eq!(refused.body["problems"][0]["line"], 2);
    let foreign = refused.body["problems"][2]["message"].as_str().unwrap();
    assert!(foreign.contains("a script of another system"), "{foreign}");
    let none = put(&farm, &token, "app", "", b"no zip".to_vec()).await;
    assert!(
        none.problem() == "invalid-configuration" && none.says("no zip"),
        "{none:?}"
    );
    assert_eq!(places(&none), [("error", "")]);
    // The same names are refused in JSON.
    let json = json!({"userconfig": LIGHT, "scripts": {"start_both.cmd": "@echo off"}});
    let json = farm
        .ask(0, Method::PUT, "/v1/modules/app", Some(&token), Some(json))
        .await;
    assert_eq!(places(&json), [("error", "scripts.start_both.cmd")]);
    let list = farm
        .ask(0, Method::GET, "/v1/modules", Some(&token), None)
        .await;
    assert_eq!(list.body["modules"], json!([]));
}

#[tokio::test]
async fn a_package_of_others_is_taken_and_what_is_not_kept_is_named() {
    let farm = Farm::start(1).await;
    let token = farm.token().await;
    // Another entry by changing the name of one.
    let mut bytes = package(LIGHT, &[("start_both", "#!/bin/sh\n")]);
    while let Some(at) = bytes.windows(14).position(|part| part == b"bin/start_both") {
        bytes[at..at + 14].copy_from_slice(b"web/index.html");
    }
    let taken = put(&farm, &token, "app", "", bytes).await;
    assert_eq!(taken.status, StatusCode::OK, "{taken:?}");
    assert_eq!(places(&taken), [("warning", "web/index.html")]);
    let (kept, problems) = read(&get(&farm, 0, &token, "app").await);
    assert!(kept.scripts.is_empty() && problems.is_empty());
}

#[tokio::test]
async fn macros_complete_a_package_and_have_to_be_texts() {
    let farm = Farm::start(1).await;
    let token = farm.token().await;
    let open = "<safe>\n<macro name=\"LOOPS\" value=\"LOOPS_TO_BE_DEFINED\"/>\n\
                <service mode=\"light\" maxloop=\"%LOOPS%\"/>\n</safe>";
    let open = package(open, &[]);
    let asked = put(&farm, &token, "app", "", open.clone()).await;
    assert_eq!(
        places(&asked),
        [("error", "conf/userconfig.xml: service@maxloop")]
    );
    let given = put(
        &farm,
        &token,
        "app",
        "?macros=%7B%22LOOPS%22:%225%22%7D",
        open.clone(),
    );
    assert_eq!(given.await.status, StatusCode::OK);
    for bad in ["?macros=5", "?macros=%7B%22LOOPS%22:5%7D", "?macro=x"] {
        let answer = put(&farm, &token, "app", bad, open.clone()).await;
        assert_eq!(answer.problem(), "malformed-request", "{bad}");
    }
}

#[tokio::test]
async fn a_package_has_limits_and_needs_an_administrator() {
    let farm = Farm::start(1).await;
    let token = farm.token().await;
    let large = put(&farm, &token, "app", "", vec![0; 1024 * 1024 + 1]).await;
    assert_eq!(large.problem(), "body-too-large");
    let lines: String = (0..60_000).map(|line| format!("# {line}\n")).collect();
    let unpacked = package(LIGHT, &[("a", &lines), ("b", &lines), ("c", &lines)]);
    let unpacked = put(&farm, &token, "app", "", unpacked).await;
    assert_eq!(unpacked.problem(), "invalid-configuration");
    assert!(
        unpacked.says("larger than 1048576 bytes, unpacked"),
        "{unpacked:?}"
    );
    for role in ["monitor", "control"] {
        let user = json!({"name": role, "password": "a good password", "role": role});
        farm.ask(0, Method::POST, "/v1/users", Some(&token), Some(user))
            .await;
        let other = farm.token_of(role, "a good password").await;
        let refused = put(&farm, &other, "app", "", package(LIGHT, &[])).await;
        assert_eq!(refused.problem(), "missing-role", "{role}");
    }
    put(&farm, &token, "app", "", package(LIGHT, &[])).await;
    // Who may read a configuration may have the package.
    let monitor = farm.token_of("monitor", "a good password").await;
    assert_eq!(
        read(&get(&farm, 0, &monitor, "app").await).0.userconfig,
        LIGHT
    );
}
