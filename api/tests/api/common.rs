//! Real nodes on loopback: each test has its own addresses, folder and processes, all gone with it.

#![allow(
    clippy::expect_used,
    reason = "a test ends where its ground is missing"
)]

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use evenkeel_client::{Client, types};
use reqwest::{Method, StatusCode};
use serde_json::Value;
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::contract;

/// Longest wait for anything in a test; nothing is measured by it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The first administrator's password.
pub(crate) const PASSWORD: &str = "correct horse battery staple";

/// A cluster of nodes on loopback.
pub(crate) struct Farm {
    dir: TempDir,
    nodes: Vec<Node>,
    datapath: &'static str,
    options: Vec<String>,
}

struct Node {
    name: String,
    addr: String,
    process: Option<Child>,
}

/// What a node answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: StatusCode,
    /// The media type, without parameters.
    pub(crate) content_type: String,
    /// The body; a text where it is no JSON.
    pub(crate) body: Value,
}

impl Answer {
    /// The last part of the problem's type; fails the test where the answer is no problem.
    pub(crate) fn problem(&self) -> &str {
        assert_eq!(self.content_type, "application/problem+json", "{self:?}");
        assert_eq!(self.body["status"], self.status.as_u16(), "{self:?}");
        let kind = self.body["type"].as_str().expect("a problem has a type");
        kind.strip_prefix("/problems/")
            .expect("types are below /problems/")
    }

    /// Whether the detail has these words.
    pub(crate) fn says(&self, words: &str) -> bool {
        self.body["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains(words))
    }
}

impl Farm {
    /// Makes a cluster and starts all its nodes.
    pub(crate) async fn start(nodes: usize) -> Self {
        let mut farm = Self::init(nodes);
        for node in 0..nodes {
            farm.start_node(node).await;
        }
        farm
    }

    /// Makes a cluster with nodes that do not run.
    pub(crate) fn init(nodes: usize) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let [a, b]: [u8; 2] = rand::random();
        let node = |number: usize| Node {
            name: format!("node{}", number + 1),
            addr: format!("127.{}.{b}.{}", a.clamp(1, 254), number + 1),
            process: None,
        };
        let farm = Self {
            dir,
            nodes: (0..nodes).map(node).collect(),
            datapath: "memory",
            options: Vec::new(),
        };
        let line = |node: &Node| format!("<node name=\"{}\" addr=\"{}\"/>\n", node.name, node.addr);
        let mut lines: String = farm.nodes.iter().map(line).collect();
        if nodes == 1 {
            // A cluster has two nodes at least; this one never runs.
            lines.push_str("<node name=\"absent\" addr=\"127.0.0.2\"/>\n");
        }
        let xml =
            format!("<cluster><lans>\n<lan name=\"default\">\n{lines}</lan>\n</lans></cluster>");
        fs::write(farm.path("cluster.xml"), xml).expect("cluster.xml");
        fs::write(farm.path("password"), format!("{PASSWORD}\n")).expect("password");
        farm.init_nodes();
        farm
    }

    fn init_nodes(&self) {
        let (cluster, password) = (self.text("cluster.xml"), self.text("password"));
        let first = ["init", "--cluster", &cluster, "--node", "node1", "--data"];
        let with_password = [&self.data(0), "--password-file", &password].map(ToOwned::to_owned);
        succeed(evenkeel().args(first).args(with_password));
        for (number, node) in self.nodes.iter().enumerate().skip(1) {
            self.join(number, &node.name);
        }
    }

    /// Makes a node's data by what the first one writes for it, and gives that.
    pub(crate) fn join(&self, number: usize, name: &str) -> String {
        let data = self.data(0);
        let export = ["export-join", "--data", &data, "--node", name];
        let join = succeed(evenkeel().args(export)).stdout;
        let file = self.path(&format!("{name}.join"));
        fs::write(&file, &join).expect("the join file");
        let data = self.data(number);
        let init = ["init", "--data", &data, "--join"];
        succeed(evenkeel().args(init).arg(file));
        String::from_utf8(join).expect("text")
    }

    /// Loses a node's machine with its data.
    pub(crate) fn lose(&mut self, node: usize) {
        self.kill_node(node);
        fs::remove_dir_all(self.data(node)).expect("its data");
    }

    /// Starts a node and waits until it answers.
    pub(crate) async fn start_node(&mut self, node: usize) {
        let data = self.data(node);
        let listen = format!("{}:9453", self.nodes[node].addr);
        let log = fs::File::create(self.path(&format!("node{node}.log"))).expect("the log");
        // The kernel ends the node when the test is killed.
        let mut command = Command::new("setpriv");
        command.args([
            "--pdeathsig",
            "KILL",
            env!("CARGO_BIN_EXE_evenkeel"),
            "serve",
        ]);
        command.args(["--datapath", self.datapath, "--data", &data]);
        command.args(["--listen", &listen]);
        command.args(["--probe-listen", &format!("{}:9010", self.nodes[node].addr)]);
        command.args(&self.options);
        command.stdout(Stdio::null()).stderr(log);
        self.nodes[node].process = Some(command.spawn().expect("evenkeel starts"));
        let (url, http) = (self.url(node), self.http());
        wait_until("the node answers", async || {
            self.refuse_dead(node);
            let health = http.get(format!("{url}/healthz")).send().await;
            health.is_ok_and(|answer| answer.status().is_success())
        })
        .await;
    }

    /// The back end of the nodes that are started from here on.
    pub(crate) const fn use_datapath(&mut self, datapath: &'static str) {
        self.datapath = datapath;
    }

    /// An option more of the nodes that are started from here on.
    pub(crate) fn serve_with(&mut self, option: &str, value: &str) {
        self.options.extend([option.to_owned(), value.to_owned()]);
    }

    /// Nodes that are started from here on do faults.
    pub(crate) fn permit_faults(&mut self) {
        self.options.push("--permit-faults".to_owned());
    }

    /// Modules of nodes that are started from here on may reboot the machine, by this program.
    pub(crate) fn permit_reboot(&mut self, program: &str) {
        self.options.push("--permit-reboot".to_owned());
        self.serve_with("--reboot-command", program);
    }

    /// The process of a node.
    pub(crate) fn pid(&self, node: usize) -> u32 {
        let process = self.nodes[node].process.as_ref();
        process.expect("the node runs").id()
    }

    /// Waits for the end of a node that ends by itself.
    pub(crate) async fn ended(&mut self, node: usize) -> ExitStatus {
        let mut process = self.nodes[node].process.take().expect("the node runs");
        let waiting = tokio::task::spawn_blocking(move || process.wait());
        let ended = tokio::time::timeout(PATIENCE, waiting)
            .await
            .expect("the node ends");
        ended.expect("a result").expect("a status")
    }

    fn refuse_dead(&self, node: usize) {
        let log = fs::read_to_string(self.path(&format!("node{node}.log"))).unwrap_or_default();
        assert!(
            !log.contains("\nevenkeel: ") && !log.starts_with("evenkeel: "),
            "{log}"
        );
    }

    /// Kills a node as a crash would.
    pub(crate) fn kill_node(&mut self, node: usize) {
        if let Some(mut process) = self.nodes[node].process.take() {
            process.kill().expect("the node can be killed");
            process.wait().expect("the node has ended");
        }
    }

    /// Ends a node in order and gives its exit code.
    pub(crate) async fn end_node(&mut self, node: usize) -> Option<i32> {
        let id = i32::try_from(self.pid(node)).expect("a process id");
        let signal = nix::sys::signal::Signal::SIGTERM;
        nix::sys::signal::kill(nix::unistd::Pid::from_raw(id), signal).expect("a signal");
        self.ended(node).await.code()
    }

    /// A client that is logged in as administrator at a node.
    pub(crate) async fn client(&self, node: usize) -> Client {
        let ca = fs::read(self.path("data0/ca.pem")).expect("the CA");
        let url = self.url(node);
        evenkeel_client::connect(&url, &ca, "admin", PASSWORD)
            .await
            .expect("logged in")
    }

    /// The administrator's token.
    pub(crate) async fn token(&self) -> String {
        self.token_of("admin", PASSWORD).await
    }

    /// A user's token.
    pub(crate) async fn token_of(&self, user: &str, password: &str) -> String {
        let answer = self.login(0, user, password).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.body["token"].as_str().expect("a token").to_owned()
    }

    /// Tries to log in.
    pub(crate) async fn login(&self, node: usize, user: &str, password: &str) -> Answer {
        let body = serde_json::json!({"user": user, "password": password});
        self.ask(node, Method::POST, "/v1/login", None, Some(body))
            .await
    }

    /// Sends a request to a node.
    pub(crate) async fn ask(
        &self,
        node: usize,
        method: Method,
        path: &str,
        token: Option<&str>,
        body: Option<Value>,
    ) -> Answer {
        let mut request = self
            .http()
            .request(method.clone(), format!("{}{path}", self.url(node)));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await.expect("the node answers");
        let content_type = response.headers().get("content-type").cloned();
        let content_type = content_type.and_then(|value| value.to_str().ok().map(str::to_owned));
        let status = response.status();
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        let content_type = content_type.unwrap_or_default();
        let content_type = content_type
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned();
        let answer = Answer {
            status,
            content_type,
            body,
        };
        contract::check(&method, path, &answer);
        answer
    }

    /// The base of a node's URLs.
    pub(crate) fn url(&self, node: usize) -> String {
        format!("https://{}:9453", self.nodes[node].addr)
    }

    /// The base of the URLs for load balancers and monitors.
    pub(crate) fn probes_url(&self, node: usize) -> String {
        format!("http://{}:9010", self.nodes[node].addr)
    }

    /// A node's data folder.
    pub(crate) fn data(&self, node: usize) -> String {
        self.text(&format!("data{node}"))
    }

    /// A path in the test's folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name)
            .to_str()
            .expect("a path in UTF-8")
            .to_owned()
    }

    /// A client that trusts the cluster's CA only.
    pub(crate) fn http(&self) -> reqwest::Client {
        let ca = fs::read(self.path("data0/ca.pem")).expect("the CA");
        let ca = reqwest::Certificate::from_pem(&ca).expect("a certificate");
        let client = reqwest::Client::builder().tls_certs_only([ca]).no_proxy();
        client.timeout(PATIENCE).build().expect("a client")
    }
}

impl Drop for Farm {
    fn drop(&mut self) {
        for node in 0..self.nodes.len() {
            self.kill_node(node);
        }
    }
}

/// The program.
pub(crate) fn evenkeel() -> Command {
    Command::new(env!("CARGO_BIN_EXE_evenkeel"))
}

/// Runs a command that has to succeed.
pub(crate) fn succeed(command: &mut Command) -> Output {
    let output = command.output().expect("the command starts");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

/// Runs a command that has to fail; its exit code and what it said.
pub(crate) fn fail(command: &mut Command) -> (i32, String) {
    let output = command.output().expect("the command starts");
    let code = output.status.code().expect("no signal");
    assert_ne!(code, 0);
    (code, String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Waits for a condition; the time limit only ends a test that hangs.
pub(crate) async fn wait_until(what: &str, mut condition: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition().await {
        assert!(Instant::now() < deadline, "not within {PATIENCE:?}: {what}");
        sleep(Duration::from_millis(20)).await;
    }
}

/// A module without network parts: scripts only.
pub(crate) const LIGHT: &str = "<safe>\n<service mode=\"light\">\n<user/>\n</service>\n</safe>";

/// Settings of a module whose scripts succeed.
pub(crate) fn light() -> types::ModuleSettings {
    let script = |name: &str| (name.to_owned(), "#!/bin/sh\nexit 0\n".to_owned());
    types::ModuleSettings {
        userconfig: LIGHT.to_owned(),
        macros: std::collections::BTreeMap::new(),
        scripts: ["start_both", "stop_both"].map(script).into(),
    }
}

/// What these settings of a light module are in a farm, which no module that runs takes.
pub(crate) fn other_mode(settings: types::ModuleSettings) -> types::ModuleSettings {
    let farm = r#"<service mode="farm"><farm><lan name="default"/></farm>"#;
    let light = r#"<service mode="light">"#;
    types::ModuleSettings {
        userconfig: settings.userconfig.replace(light, farm),
        ..settings
    }
}

/// The problem in a client's error.
pub(crate) fn problem<T: std::fmt::Debug>(
    result: Result<T, evenkeel_client::Error<types::Problem>>,
) -> types::Problem {
    let error = result.expect_err("the request is refused");
    evenkeel_client::problem(&error)
        .unwrap_or_else(|| panic!("no problem: {error:?}"))
        .clone()
}
