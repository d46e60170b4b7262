//! `<custom>`, with scripts of a few lines.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::bench::Bench;
use crate::common::{block_on, is_running, until, write_script};

const CHECK: &str = r#"<check><custom ident="disk" when="both" exec="watch" arg="a b"/></check>"#;

/// What a file says, once it is written.
async fn read(path: &Path) -> String {
    let whole = || {
        fs::read_to_string(path)
            .ok()
            .filter(|text| text.ends_with('\n'))
    };
    until("the script has written", whole).await
}

/// A module with this script as its checker.
fn folder(script: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("bin")).unwrap();
    write_script(&dir.path().join("bin/watch"), script);
    dir
}

async fn until_ended(pids: &[String]) {
    until("all processes ended", || {
        pids.iter().all(|pid| !is_running(pid)).then_some(())
    })
    .await;
}

#[test]
fn it_is_called_with_module_resource_and_argument_and_ends_with_its_tree() {
    block_on(async {
        let script = "echo \"$1,$2,$3,$#,$SAFEMODULE,$PWD\" >../called\n\
                      sleep 600 &\necho $$ $! >../pids\nwait";
        let dir = folder(script);
        let bench = Bench::both_in(dir.path(), CHECK);
        let bin = dir.path().join("bin");
        let expected = format!("shop,custom.disk,a b,3,shop,{}\n", bin.display());
        assert_eq!(read(&dir.path().join("called")).await, expected);
        let pids = read(&dir.path().join("pids")).await;
        let pids: Vec<String> = pids.split_whitespace().map(str::to_owned).collect();
        assert_eq!(pids.len(), 2);
        assert!(pids.iter().all(|pid| is_running(pid)));
        drop(bench);
        until_ended(&pids).await;
    });
}

#[test]
fn it_is_started_again_when_it_ends_by_itself() {
    block_on(async {
        let dir = folder("sleep 600 &\necho $! >>../children\nexit 7");
        let mut bench = Bench::both_in(dir.path(), CHECK);
        for again in ["1 s", "2 s"] {
            let reason = bench.is_down("custom.disk").await;
            let expected =
                format!("its program ended with status 7; it is started again in {again}");
            assert_eq!(reason, expected);
        }
        let children = read(&dir.path().join("children")).await;
        let children: Vec<String> = children.lines().map(str::to_owned).collect();
        assert_eq!(children.len(), 2);
        until_ended(&children).await;
    });
}

#[test]
fn what_cannot_be_run_says_why() {
    block_on(async {
        let dir = folder("true");
        let path = dir.path().join("bin/watch");
        fs::remove_file(&path).unwrap();
        let mut bench = Bench::both_in(dir.path(), CHECK);
        let reason = bench.is_down("custom.disk").await;
        let expected = format!(
            "{} is not there; it is started again in 1 s",
            path.display()
        );
        assert_eq!(reason, expected);
    });
}

/// This test once more, as a process of its own that is killed.
#[test]
fn it_ends_with_the_daemon_that_is_killed() {
    const FOLDER: &str = "EVENKEEL_TEST_FOLDER";
    if let Ok(folder) = std::env::var(FOLDER) {
        return block_on(async {
            let _bench = Bench::both_in(Path::new(&folder), CHECK);
            std::future::pending::<()>().await;
        });
    }
    block_on(async {
        let dir = folder("sleep 600 &\necho $$ $! >../pids\nwait");
        let name = "custom::it_ends_with_the_daemon_that_is_killed";
        let mut daemon = Command::new(std::env::current_exe().unwrap())
            .args([name, "--exact"])
            .env(FOLDER, dir.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let pids = read(&dir.path().join("pids")).await;
        let pids: Vec<String> = pids.split_whitespace().map(str::to_owned).collect();
        assert!(pids.iter().all(|pid| is_running(pid)));
        daemon.kill().unwrap();
        daemon.wait().unwrap();
        until_ended(&pids).await;
    });
}
