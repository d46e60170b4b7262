//! A node that was away has what the others have before it serves, and nothing differs in silence (S2).

use evenkeel_client::Client;
use evenkeel_client::types::{ModuleSettings, NodeSelection, Phase, Readiness};

use crate::common::{Farm, light, other_mode, wait_until};

/// A configuration that differs in a macro, and in a script.
fn settings(value: &str) -> ModuleSettings {
    let mut settings = light();
    let script = format!("#!/bin/sh\n# {value}\n");
    settings.macros = [("A".to_owned(), value.to_owned())].into();
    settings.scripts.insert("value".to_owned(), script);
    settings
}

async fn configure(client: &Client, module: &str, value: &str) -> u64 {
    let made = client
        .configure_module()
        .module(module)
        .body(settings(value));
    made.send().await.unwrap().revision
}

/// Revision and macro of a module as a node has it; `None` where it has none.
async fn has(client: &Client, module: &str) -> Option<(u64, String)> {
    let config = client
        .get_module_config_on_node()
        .node("self")
        .module(module);
    let config = config.send().await.ok()?;
    Some((config.revision, config.macros["A"].clone()))
}

async fn catches_up(client: &Client, module: &str, expected: Option<(u64, &str)>) {
    let expected = expected.map(|(revision, value)| (revision, value.to_owned()));
    wait_until("the node has what the others have", async || {
        has(client, module).await == expected
    })
    .await;
}

async fn log(client: &Client, module: &str) -> Vec<String> {
    let log = client
        .get_module_log()
        .node("self")
        .module(module)
        .limit(100);
    let log = log.send().await.unwrap();
    let entries = log.into_inner().entries.into_iter();
    entries.map(|entry| entry.message).collect()
}

/// Waits until the module `web` serves on a node.
async fn up(client: &Client, node: &str) {
    let wait = client.wait_for_module().node(node).module("web");
    let wait = wait.phase(Phase::Up).readiness(Readiness::Ready);
    wait.send().await.unwrap();
}

#[tokio::test]
async fn a_node_that_was_away_takes_changes_new_modules_and_removals() {
    let mut farm = Farm::start(3).await;
    let client = farm.client(0).await;
    for module in ["changed", "removed", "kept"] {
        assert_eq!(configure(&client, module, "1").await, 1);
    }
    farm.kill_node(2);
    assert_eq!(configure(&client, "changed", "2").await, 2);
    assert_eq!(configure(&client, "new", "1").await, 1);
    client
        .delete_module()
        .module("removed")
        .send()
        .await
        .unwrap();
    farm.start_node(2).await;
    let returned = farm.client(2).await;
    catches_up(&returned, "changed", Some((2, "2"))).await;
    catches_up(&returned, "new", Some((1, "1"))).await;
    catches_up(&returned, "removed", None).await;
    assert_eq!(has(&returned, "kept").await, Some((1, "1".to_owned())));
    let told = log(&returned, "changed").await;
    let taken = "Configuration: revision 2 taken from node";
    assert!(told.iter().any(|line| line.starts_with(taken)), "{told:?}");
    // What is made anew is later than its removal.
    assert_eq!(configure(&client, "removed", "2").await, 3);
    let list = client.list_modules().send().await.unwrap();
    assert!(
        list.modules.iter().all(|module| module.consistent),
        "{list:?}"
    );
}

#[tokio::test]
async fn of_two_changes_at_the_same_time_the_later_wins_and_the_other_is_kept() {
    let mut farm = Farm::start(2).await;
    let client = farm.client(0).await;
    assert_eq!(configure(&client, "web", "1").await, 1);
    // Neither node knows of the other's change.
    farm.kill_node(0);
    let second = farm.client(1).await;
    assert_eq!(configure(&second, "web", "node2's").await, 2);
    farm.kill_node(1);
    farm.start_node(0).await;
    let first = farm.client(0).await;
    assert_eq!(configure(&first, "web", "node1's").await, 2);
    farm.start_node(1).await;
    let second = farm.client(1).await;
    for client in [&first, &second] {
        catches_up(client, "web", Some((3, "node1's"))).await;
    }
    let lost = second.get_revision().module("web").revision(2).send().await;
    assert_eq!(lost.unwrap().macros["A"], "node2's");
    // The log has it when the others have been asked, too.
    let is_told = |line: &String| line.contains("that of this node is kept as revision 2");
    wait_until("the loss is told", async || {
        log(&second, "web").await.iter().any(is_told)
    })
    .await;
}

#[tokio::test]
async fn a_module_that_runs_takes_what_it_can_and_the_rest_when_it_is_stopped() {
    let mut farm = Farm::start(2).await;
    let client = farm.client(0).await;
    assert_eq!(configure(&client, "web", "1").await, 1);
    let start = client.start_module_on_node().node("node1").module("web");
    start.send().await.unwrap();
    up(&client, "node1").await;
    let mut put = async |settings: ModuleSettings| {
        let second = farm.client(1).await;
        let put = second.configure_module_on_node();
        let put = put.node("node2").module("web").body(settings);
        let revision = put.send().await.unwrap().revision;
        // The other one is heard again: a reason to look.
        farm.kill_node(1);
        farm.start_node(1).await;
        revision
    };
    assert_eq!(put(settings("2")).await, 2);
    catches_up(&client, "web", Some((2, "2"))).await;
    up(&client, "node1").await;
    assert_eq!(put(other_mode(settings("3"))).await, 3);
    wait_until("the change is told to wait", async || {
        let told = log(&client, "web").await;
        told.iter()
            .any(|line| line.starts_with("Configuration: revision 3, which other nodes have"))
    })
    .await;
    assert_eq!(has(&client, "web").await, Some((2, "2".to_owned())));
    let all = NodeSelection {
        nodes: Some(vec!["node1".to_owned()]),
    };
    client
        .stop_module()
        .module("web")
        .body(all)
        .send()
        .await
        .unwrap();
    catches_up(&client, "web", Some((3, "3"))).await;
}

#[tokio::test]
async fn a_module_that_starts_with_its_node_starts_as_it_was_changed_meanwhile() {
    let mut farm = Farm::start(2).await;
    let client = farm.client(0).await;
    let ran = farm.path("ran");
    let version = |version: &str| {
        let start = format!("#!/bin/sh\necho $SAFENODE {version} >> {}\n", ran.display());
        ModuleSettings {
            userconfig: "<safe><service mode=\"light\" boot=\"auto\"><user/></service></safe>"
                .into(),
            scripts: [
                ("start_both".to_owned(), start),
                ("stop_both".to_owned(), "#!/bin/sh\n".to_owned()),
            ]
            .into(),
            ..light()
        }
    };
    let first = client.configure_module().module("web").body(version("1"));
    first.send().await.unwrap();
    let all = NodeSelection { nodes: None };
    client
        .start_module()
        .module("web")
        .body(all.clone())
        .send()
        .await
        .unwrap();
    up(&client, "node1").await;
    up(&client, "node2").await;
    farm.kill_node(1);
    client
        .stop_module_on_node()
        .node("node1")
        .module("web")
        .send()
        .await
        .unwrap();
    let wait = client.wait_for_module().node("node1").module("web");
    wait.phase(Phase::Stop).send().await.unwrap();
    let second = client.configure_module().module("web").body(version("2"));
    second.send().await.unwrap();
    farm.start_node(1).await;
    up(&farm.client(1).await, "node2").await;
    let ran = std::fs::read_to_string(ran).unwrap();
    let there: Vec<&str> = ran
        .lines()
        .filter(|line| line.starts_with("node2"))
        .collect();
    assert_eq!(
        there,
        ["node2 1", "node2 2"],
        "what it had before never ran again"
    );
}
