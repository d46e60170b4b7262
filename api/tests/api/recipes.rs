//! The recipes for curl are run as they stand, against a node.

use std::fs;
use std::path::Path;
use std::process::Command;

use evenkeel_api::pki;

use crate::common::{Farm, PASSWORD};

/// What stands between the fences of shell code, in order.
fn code(page: &str) -> String {
    let blocks = page.split("```sh\n").skip(1);
    let blocks = blocks.map(|rest| rest.split("```").next().unwrap());
    blocks.collect()
}

#[tokio::test]
async fn the_recipes_for_curl_work_as_they_stand() {
    let mut farm = Farm::init(1);
    farm.permit_faults();
    farm.start_node(0).await;
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging/doc/curl.md");
    let code = code(&fs::read_to_string(page).unwrap());
    assert!(
        code.contains("/v1/api-keys") && code.contains("/restore"),
        "all of it"
    );
    let mut bash = Command::new("bash");
    // A command of which the page says that it may fail says so itself.
    bash.args(["-euo", "pipefail", "-c", &code]);
    let ca = fs::read_to_string(farm.path("data0/ca.pem")).unwrap();
    // The file is not known, only its fingerprint: nothing works but by the recipe for that.
    bash.env("NODE", farm.url(0)).env("CA", "nowhere.pem");
    bash.env("FINGERPRINT", pki::fingerprint(&ca).unwrap());
    // A receiver that nobody is.
    bash.env("RECEIVER", "http://127.0.0.1:9/");
    bash.env("PASSWORD", PASSWORD).current_dir(farm.path(""));
    let run = move || bash.output().unwrap();
    let ran = tokio::task::spawn_blocking(run).await.unwrap();
    let (out, err) = (
        String::from_utf8_lossy(&ran.stdout),
        String::from_utf8_lossy(&ran.stderr),
    );
    assert!(ran.status.success(), "{out}\n{err}");
    for words in [
        "\"user\":\"key:nightly-failover\"",
        "\"part\":\"macros.PORT\"",
        "\"type\":\"/problems/receiver-failed\"",
    ] {
        assert!(out.contains(words), "{words} is not in: {out}");
    }
}
