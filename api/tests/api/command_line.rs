//! What the program refuses, and how it says so.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::common::{Farm, evenkeel, fail, succeed};

#[test]
fn a_node_is_initialised_once_and_by_its_name() {
    let farm = Farm::init(2);
    let cluster = farm.path("cluster.xml");
    let init = |data: &str, node: &str| {
        let mut command = evenkeel();
        command
            .args(["init", "--data", data, "--node", node, "--cluster"])
            .arg(&cluster);
        command
    };
    let (code, said) = fail(&mut init(&farm.data(0), "node1"));
    assert!(code == 1 && said.contains("is not empty"), "{said}");
    let fresh = farm.data(9);
    let (_, said) = fail(&mut init(&fresh, "node9"));
    assert!(said.contains("it has node1, node2"), "{said}");
    assert!(!fs::exists(&fresh).unwrap());
    let output = String::from_utf8(succeed(&mut init(&fresh, "node2")).stdout).unwrap();
    assert!(output.contains("CA SHA-256 fingerprint: "), "{output}");
    assert!(output.contains("password (shown this once): "), "{output}");
    let mode = |name: &str| {
        fs::metadata(format!("{fresh}{name}"))
            .unwrap()
            .permissions()
            .mode()
    };
    assert_eq!(mode("") & 0o777, 0o700);
    for name in ["node.key", "secrets.json", "evenkeel.db", "cluster.xml"] {
        assert_eq!(mode(&format!("/{name}")) & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_join_file_is_private_and_any_node_makes_one() {
    let farm = Farm::init(2);
    let export = |data: &str| {
        let mut command = evenkeel();
        command.args(["export-join", "--data", data, "--node", "node2"]);
        command
    };
    succeed(&mut export(&farm.data(1)));
    let path = farm.path("open");
    let file = fs::File::create(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(
        export(&farm.data(0))
            .stdout(file)
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn what_the_machine_lacks_is_one_sentence_and_exit_code_2() {
    let farm = Farm::init(1);
    let no_bpf = farm.data(0);
    let serve = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--datapath",
        "ebpf",
        "--data",
        &no_bpf,
        "--bpffs",
        &no_bpf,
    ];
    let (code, said) = fail(evenkeel().args(serve));
    let sentence = said.lines().last().unwrap();
    assert!(
        code == 2 && sentence.starts_with("evenkeel: this machine cannot run"),
        "{said}"
    );
}

#[test]
fn a_folder_that_is_no_data_or_open_to_others_is_refused() {
    let farm = Farm::init(1);
    let serve =
        |data: &str| fail(evenkeel().args(["serve", "--datapath", "memory", "--data", data]));
    let (code, said) = serve(&farm.data(7));
    assert!(code == 1 && said.contains("evenkeel init"), "{said}");
    fs::set_permissions(farm.data(0), fs::Permissions::from_mode(0o755)).unwrap();
    let (_, said) = serve(&farm.data(0));
    assert!(said.contains("chmod 700"), "{said}");
}

#[tokio::test]
async fn two_daemons_do_not_share_a_folder() {
    let farm = Farm::start(1).await;
    let data = farm.data(0);
    let second = [
        "serve",
        "--datapath",
        "memory",
        "--listen",
        "127.0.0.1:0",
        "--data",
        &data,
    ];
    let (code, said) = fail(evenkeel().args(second));
    assert!(
        code == 1 && said.contains("another evenkeel is running"),
        "{said}"
    );
}
