//! What a script gets and what becomes of it, with real processes.

use std::fs;
use std::time::Instant;

use super::*;

/// A module's folder that goes with the test.
struct Module {
    dir: tempfile::TempDir,
    execution: Execution,
    kill: watch::Sender<()>,
}

impl Module {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("bin")).unwrap();
        let user = UserConfig {
            nicestoptimeout: Duration::from_secs(300),
            forcestoptimeout: Duration::from_secs(300),
            logging: true,
            userlogsize: 1 << 20,
            vars: vec![("SERVICES".to_owned(), "web db".to_owned())],
        };
        let home = Home {
            module: "shop".to_owned().try_into().unwrap(),
            folder: dir.path().to_owned(),
            user,
            node: "node1".to_owned(),
            env: BTreeMap::from([("LAB".to_owned(), "7".to_owned())]),
        };
        let (kill, killed) = watch::channel(());
        let execution = Execution {
            home,
            program: "start_both".to_owned(),
            args: vec!["WAIT".to_owned(), "UP".to_owned(), "start".to_owned()],
            limit: None,
            kill: killed,
        };
        Self {
            dir,
            execution,
            kill,
        }
    }

    fn script(&self, text: &str, mode: u32) {
        let path = self.dir.path().join("bin/start_both");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    }

    async fn run(&self) -> ScriptOutcome {
        run(self.execution.clone()).await
    }

    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.dir.path().join(name))
            .ok()
            .filter(|text| text.ends_with('\n'))
    }

    fn output(&self) -> String {
        let outputs: Vec<_> = self.dir.path().join("var").read_dir().unwrap().collect();
        assert_eq!(outputs.len(), 1);
        fs::read_to_string(outputs[0].as_ref().unwrap().path()).unwrap()
    }
}

fn is_running(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
    stat.is_ok_and(|stat| !stat.contains(") Z "))
}

async fn until(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !condition() {
        assert!(Instant::now() < deadline, "never happened: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn arguments_environment_and_output() {
    let module = Module::new();
    let text = "#!/bin/sh\necho $SAFEMODULE $SAFENODE $LAB $SERVICES: $*\n\
                echo $SAFEUSERBIN $SAFEUSERVAR $PWD $CARGO_MANIFEST_DIR >&2\nexit 3\n";
    module.script(text, 0o755);
    assert_eq!(module.run().await, ScriptOutcome::Exited { code: 3 });
    let dir = module.dir.path().display();
    let expected = format!("shop node1 7 web db: WAIT UP start\n{dir}/bin {dir}/var {dir}/bin\n");
    assert_eq!(module.output(), expected);
}

#[tokio::test]
async fn an_absent_script_is_no_failure() {
    assert_eq!(Module::new().run().await, ScriptOutcome::Absent);
}

#[tokio::test]
async fn what_cannot_be_run_says_why() {
    let module = Module::new();
    let path = module.dir.path().join("bin/start_both");
    let cases = [
        ("#!/bin/sh\n", 0o644, "is not executable: chmod +x it"),
        (
            "#!/no/such/program\n",
            0o755,
            "cannot be run: No such file or directory",
        ),
        (
            "hello\n",
            0o755,
            "is no program: its first line must name one, such as #!/bin/sh",
        ),
    ];
    for (text, mode, expected) in cases {
        module.script(text, mode);
        let ScriptOutcome::Failed { reason } = module.run().await else {
            panic!("{expected}")
        };
        assert!(
            reason.starts_with(&format!("{} {expected}", path.display())),
            "{reason}"
        );
    }
}

#[tokio::test]
async fn a_signal_is_told() {
    let module = Module::new();
    module.script("#!/bin/sh\nkill -9 $$\n", 0o755);
    assert_eq!(module.run().await, ScriptOutcome::Killed { signal: 9 });
}

#[tokio::test]
async fn too_long_kills_the_script_with_its_children() {
    let mut module = Module::new();
    module.execution.limit = Some(Duration::from_millis(300));
    module.script("#!/bin/sh\nsleep 600 &\necho $! >../child\nwait\n", 0o755);
    let outcome = module.run().await;
    assert_eq!(
        outcome,
        ScriptOutcome::TimedOut {
            limit: Duration::from_millis(300)
        }
    );
    let child = module
        .read("child")
        .expect("the script wrote the child's number");
    until("the child is killed", || !is_running(&child)).await;
}

#[tokio::test]
async fn who_is_told_to_kill_a_script_kills_all_that_it_started() {
    let module = Module::new();
    module.script(
        "#!/bin/sh\nsetsid sh -c 'echo $$ >../away; sleep 600; :' &\nsleep 600 &\necho $! >../child\nwait\n",
        0o755,
    );
    let running = tokio::spawn(run(module.execution.clone()));
    let all = || ["child", "away"].map(|name| module.read(name));
    until("both children run", || all().iter().all(Option::is_some)).await;
    module.kill.send_replace(());
    assert_eq!(running.await.unwrap(), ScriptOutcome::Killed { signal: 9 });
    for child in all().into_iter().flatten() {
        until("a child is killed", || !is_running(&child)).await;
    }
    // What runs from here on is none of it.
    module.script("#!/bin/sh\nexit 4\n", 0o755);
    let mut next = module.execution.clone();
    next.kill = module.kill.subscribe();
    assert_eq!(run(next).await, ScriptOutcome::Exited { code: 4 });
}

#[tokio::test]
async fn a_background_child_is_neither_waited_for_nor_ended() {
    let mut module = Module::new();
    module.execution.limit = Some(Duration::from_secs(60));
    module.script("#!/bin/sh\nsleep 600 &\necho $! >../child\n", 0o755);
    assert_eq!(module.run().await, ScriptOutcome::Exited { code: 0 });
    let child = module
        .read("child")
        .expect("the script wrote the child's number");
    assert!(is_running(&child));
    nix::sys::signal::kill(
        Pid::from_raw(child.trim().parse().unwrap()),
        Signal::SIGKILL,
    )
    .unwrap();
}

#[tokio::test]
async fn output_is_thrown_away_without_logging() {
    let mut module = Module::new();
    module.execution.home.user.logging = false;
    module.script("#!/bin/sh\necho hello\n", 0o755);
    assert_eq!(module.run().await, ScriptOutcome::Exited { code: 0 });
    assert_eq!(module.dir.path().join("var").read_dir().unwrap().count(), 0);
}

#[tokio::test]
async fn output_is_bounded() {
    let mut module = Module::new();
    module.execution.home.user.userlogsize = 10_000;
    module.script("#!/bin/sh\nhead -c 1000000 /dev/zero\necho last\n", 0o755);
    assert_eq!(module.run().await, ScriptOutcome::Exited { code: 0 });
    let output = module.output();
    assert!(
        output.len() <= 10_000 && output.ends_with("last\n"),
        "{} bytes",
        output.len()
    );
}
